"""Check what kg reads from small inputs against what a careful reader takes from them.

    python -m bench.evaluation.cases [--show] [--kind KIND] [FILE...]

A line of a file of cases is a case; tests/cases/README.md says what it holds. Each has a folder of its own in one build
and sees only the rows of its own documents. Cases that ask across documents (timeline, control, ...) or consist of
several files have a build to themselves.
"""

import argparse
import csv
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import kg

FOLDER = Path(__file__).parents[2] / "tests" / "cases"
OF_ONE_DOCUMENT = {"claims", "coverage", "documents", "events", "figures", "mentions", "people", "statements"}

Case = dict[str, Any]
Row = dict[str, str]
Faults = dict[str, list[str]]
"""By query: what is wrong with its rows, in words."""


def files() -> list[Path]:
    """Every file of cases, by name."""
    return sorted(FOLDER.glob("*.jsonl"))


def read(path: Path) -> list[Case]:
    """Return the cases of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def checked(cases: Sequence[Case]) -> Iterator[tuple[Case, Faults, dict[str, list[Row]]]]:
    """Build the cases; give each with what is wrong and the rows that are there."""
    with tempfile.TemporaryDirectory() as folder:
        together = [case for case in cases if not _is_alone(case)]
        if together:
            shared = _build(together, Path(folder, "shared"))
        for case in cases:
            tables = _build([case], Path(folder, "alone", case["id"])) if _is_alone(case) else shared
            rows = {check["query"]: _rows(case, tables, check["query"]) for check in case["checks"]}
            wrong = {check["query"]: [*_faults(check, rows[check["query"]])] for check in case["checks"]}
            yield case, {query: found for query, found in wrong.items() if found}, rows
    _table.cache_clear()


def shares(path: Path) -> dict[str, float]:
    """Return the share of each kind's cases that hold, and of all as ``total``."""
    held: dict[str, list[bool]] = defaultdict(list)
    for case, wrong, _ in checked(read(path)):
        for kind in (case["kind"], "total"):
            held[kind].append(not wrong)
    return {kind: sum(each) / len(each) for kind, each in sorted(held.items())}


def _is_alone(case: Case) -> bool:
    return len(case["files"]) > 1 or any(check["query"] not in OF_ONE_DOCUMENT for check in case["checks"])


def _build(cases: Sequence[Case], folder: Path) -> Path:
    """One dataset of the cases; returns its folder of tables."""
    for case in cases:
        (folder / "in" / case["id"]).mkdir(parents=True)
        for name, text in case["files"].items():
            (folder / "in" / case["id"] / name).write_text(text, encoding="utf-8", newline="")
    kg.build([folder / "in"], folder / "out")
    return folder / "out" / "tables"


@cache
def _table(tables: Path, query: str) -> list[Row]:
    with (tables / f"{query}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rows(case: Case, tables: Path, query: str) -> list[Row]:
    """The rows of a query that concern the case: those of its documents, or all of its own build."""
    if query not in OF_ONE_DOCUMENT:
        return _table(tables, query)
    own = {row["document"] for row in _table(tables, "documents") if row["file"].split("/")[0] == case["id"]}
    return [row for row in _table(tables, query) if row["document"] in own]


def _values(cell: str) -> list[str]:
    """What a cell says: each of several IRIs by its last segment, or the text, whole and in its parts."""
    if re.match(r"https?://", cell):
        return [iri.rpartition("/")[2] for iri in cell.split()]
    return [cell, *cell.split(" | ")]


def _fits(cell: str, wanted: Any) -> bool:
    """Whether a cell says what is wanted: a value, a /regex/, or one of a list of them."""
    if isinstance(wanted, list):
        return any(_fits(cell, alternative) for alternative in wanted)
    if len(wanted) > 1 and wanted[0] == wanted[-1] == "/":
        return any(re.search(wanted[1:-1], value) for value in _values(cell))
    return wanted in _values(cell)


def _matches(row: Row, wanted: Row) -> bool:
    return all(_fits(row[column], value) for column, value in wanted.items())


def _faults(check: Case, rows: Sequence[Row]) -> Iterator[str]:
    """What is wrong with the rows, in words; nothing where the check holds."""
    for wanted in check.get("must", ()):
        if not any(_matches(row, wanted) for row in rows):
            yield f"missing {wanted}"
    for unwanted in check.get("must_not", ()):
        if any(_matches(row, unwanted) for row in rows):
            yield f"unwanted {unwanted}"
    bounds = check.get("count", {})
    if not bounds.get("min", 0) <= len(rows) <= bounds.get("max", len(rows)):
        yield f"{len(rows)} rows, not {bounds}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Check what kg reads from small inputs.")
    parser.add_argument("files", nargs="*", type=Path, help="files of cases, instead of those of tests/cases")
    parser.add_argument("--show", action="store_true", help="say what is wrong")
    parser.add_argument("--kind", help="only the cases of this kind")
    given = parser.parse_args()
    held: dict[str, list[bool]] = defaultdict(list)
    found = (
        one
        for path in given.files or files()
        for one in checked([case for case in read(path) if given.kind in (None, case["kind"])])
    )
    for case, wrong, rows in found:
        for kind in (case["kind"], "total"):
            held[kind].append(not wrong)
        for query in wrong if given.show else ():
            lines = [" | ".join(_values(cell)[0] for cell in row.values() if cell) for row in rows[query]]
            print(f"{case['id']} {query}: {case['why']}", *wrong[query], *lines, sep="\n    ")
    for kind in sorted(held, key=lambda kind: (kind == "total", kind)):
        print(f"{kind:20}{sum(held[kind]):4} of {len(held[kind])}")


if __name__ == "__main__":
    main()
