"""Score what kg reads from a folder of documents with gold.

    python -m bench.evaluation.score tests/corpus/dev [--show]

The folder holds pairs, NN-slug.txt (or .html, .md) and NN-slug.json, as tests/corpus/README.md describes. The
documents alone are built once, and the tables of the dataset are compared with the gold file by file, one to one, best
fits first.
Text is folded (no marks, lower case, letters and digits, no leading "the"); a gold value that is a list means: any of
these.

- documents: how many. events: type, or one that says more exactly the same (a "recapture" fits "liberation" and
  "capture"); place, by the last segment of its IRI or its name, where the gold gives one; date, the same EDTF. A listed
  event found again undated is not an extra.
- figures: kind, unit and value, after km -> m and ha -> km2. The same figure found again is not an extra. Qualifier and
  subject are accuracies. Kinds that count people are compared only where the gold of the document has one of that kind.
- people: full name. Role and `of` are accuracies: one contains the other; an empty option means that none need be said.
- organizations: a name, as the tool gives it or the document writes it (`mentions`).
- statements: kind, and 0.8 of the words shared (Jaccard). The speaker is an accuracy, and `statements+speaker` counts
  only pairs with the right one. The gold has speakers with a name: a statement of one without is no extra.

Accuracies are over matched pairs whose gold states the value. What fits an "optional" item is neither right nor an
extra. Numbers are over all files.
"""

import argparse
import csv
import json
import re
import shutil
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Gold = Any  # an item of the gold: an object, or a name
Build = Callable[[Path, Path], None]
"""Builds the dataset of a folder of documents in another folder."""

KINDS = ("events", "figures", "people", "organizations", "statements")
COLUMNS = {
    "documents": "document published file",
    "places": "place name",
    "events": "type place place_name date document",
    "figures": "subject subject_name kind value unit qualifier document",
    "people": "name role of document",
    "organizations": "organization name",
    "statements": "kind speaker speaker_name text document",
    "mentions": "document text kind entity",
}
LETTERS = str.maketrans("əƏıłŁđĐøØ", "eEilLdDoO")
SCALE = {"km": ("m", 1000), "ha": ("km2", 0.01), "m2": ("km2", 1e-6)}
FINER = {  # types that say more exactly what older gold calls by one of these
    "recapture": {"liberation", "capture"},
    "handover": {"withdrawal", "liberation"},
    "annexation": {"occupation", "capture"},
}
MEASURED = {"area", "share", "count", "distance"}  # other kinds (killed, displaced, ...) count where the gold has them


def fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(LETTERS)).casefold()
    words = re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join(words).removeprefix("the ")


def named(iri: str, name: str) -> set[str]:
    return {fold(re.split(r"[/#]", iri)[-1]), fold(name)}


def options(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def measure(value: str, unit: str) -> tuple[float | str, str]:
    """The value in base units, and the unit, a counted noun in the singular; "*" stays."""
    unit, factor = SCALE.get(unit, (unit, 1.0))
    singular = re.sub(r"(?<=[a-z])s$", "", re.sub(r"ies$", "y", unit.casefold()))
    return value if value == "*" else round(float(value) * factor, 6), singular


def contains(wanted: Any, found: Sequence[str]) -> bool:
    """Whether one says what the other does; nothing said is right where an empty option allows it."""
    accepted, said = [*map(fold, options(wanted))], [name for name in map(fold, found) if name]
    return any(a and (a in b or b in a) for a in accepted for b in said) or ("" in accepted and not said)


AGREES: dict[str, Callable[[Gold, Row], bool]] = {  # accuracies: does the row say what the gold item says?
    "figures.qualifier": lambda gold, row: row["qualifier"] in options(gold["qualifier"]),
    "figures.subject": lambda gold, row: bool(
        {*map(fold, gold["subject"])} & named(row["subject"], row["subject_name"])
    ),
    "people.role": lambda gold, row: contains(gold["role"], row["role"]),
    "people.of": lambda gold, row: contains(gold["of"], row["of"]),
    "statements.speaker": lambda gold, row: bool({*map(fold, options(gold["speaker"]))} & row["speaker_names"]),
}
ROWS = ("documents", *KINDS, "statements+speaker", "published", *AGREES)


def fit(kind: str, gold: Gold, row: Row) -> float:
    """Return 0 where the row is not the gold item; otherwise how well it fits."""
    return float(FITS[kind](gold, row))


def _event_fits(gold: Gold, row: Row) -> float:
    place = not gold["place"] or {*map(fold, gold["place"])} & named(row["place"], row["place_name"])
    date, *accepted = (re.sub(r"(-XX)+(?=/|$)", "", d or "") for d in [row["date"], *options(gold["date"])])
    called = {row["type"], *FINER.get(row["type"], ())} & set(gold["types"])
    return int(bool(called) and bool(place) and (date in accepted or "*" in accepted))


def _figure_fits(gold: Gold, row: Row) -> float:
    value, unit = measure(gold["value"], gold["unit"])
    row_value, row_unit = measure(row["value"], row["unit"])
    same = gold["kind"] == row["kind"] and value in ("*", row_value) and unit in ("*", row_unit)
    return same * (1 + AGREES["figures.qualifier"](gold, row) + 2 * AGREES["figures.subject"](gold, row))


def _statement_fits(gold: Gold, row: Row) -> float:
    words, *accepted = (Counter(fold(text).split()) for text in [row["text"], *options(gold["text"])])
    best = max((words & other).total() / (words | other).total() for other in accepted)
    return (row["kind"] in options(gold["kind"]) and best >= 0.8) * (best + AGREES["statements.speaker"](gold, row))


FITS: dict[str, Callable[[Gold, Row], float]] = {
    "events": _event_fits,
    "figures": _figure_fits,
    "people": lambda gold, row: fold(row["name"]) in map(fold, options(gold["name"])),
    "organizations": lambda gold, row: bool({*map(fold, options(gold))} & row["names"]),
    "statements": _statement_fits,
}


def pair(kind: str, golds: Sequence[Gold], rows: Sequence[Row]) -> dict[int, int]:
    """Pair rows with gold one to one, best fits first: row index to gold index."""
    fits = {(g, r): fit(kind, gold, row) for g, gold in enumerate(golds) for r, row in enumerate(rows)}
    pairs: dict[int, int] = {}
    for g, r in sorted((both for both, how in fits.items() if how), key=lambda both: (-fits[both], both)):
        if r not in pairs and g not in pairs.values():
            pairs[r] = g
    return pairs


def read_gold(folder: Path) -> dict[Path, Gold]:
    """Read the gold of every document of a folder.

    Raises ValueError where a file of gold lacks a key, or there is none.
    """
    inputs = sorted(p for p in folder.glob("*") if p.suffix in (".txt", ".html", ".md") and p.stem != "README")
    golds = {path: json.loads(path.with_suffix(".json").read_text(encoding="utf-8")) for path in inputs}
    for path, gold in golds.items():
        if missing := {"documents", "published", *KINDS} - set(gold):
            raise ValueError(f"the gold of {path} lacks {', '.join(sorted(missing))}")
    if not golds:
        raise ValueError(f"no documents in {folder}")
    return golds


def tables_of(inputs: Sequence[Path], build: Build) -> dict[str, list[Row]]:
    """The rows that are compared, of a dataset of the documents alone."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, data = Path(temporary, "documents"), Path(temporary, "data")
        folder.mkdir()
        for path in inputs:
            shutil.copy(path, folder)
        build(folder, data)
        return {name: _table(data / "tables" / f"{name}.csv", columns.split()) for name, columns in COLUMNS.items()}


def _table(path: Path, columns: Sequence[str]) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return [{column: row[column] or "" for column in columns} for row in csv.DictReader(file)]


def by_file(tables: Mapping[str, list[Row]], files: Sequence[str]) -> dict[str, dict[str, list[Row]]]:
    """Sort the rows by file and kind, repeated ones once, with the names that a document writes for an entity."""
    found: dict[str, dict[str, list[Row]]] = {file: {kind: [] for kind in ("documents", *KINDS)} for file in files}
    file_of = {row["document"]: Path(row["file"]).name for row in tables["documents"]}
    for row in (row for rows in tables.values() for row in rows if "document" in row):
        row["file"] = file_of[row["document"]]
    written: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in tables["mentions"]:
        if row["entity"]:
            written[row["file"], row["entity"]].add(fold(row["text"]))
    organizations = {row["organization"]: row["name"] for row in tables["organizations"]}
    for (file, entity), names in sorted(written.items()):
        if entity in organizations:
            name = organizations[entity]
            found[file]["organizations"].append({"name": name, "names": names | {fold(name)}})
    for (file, _), person in _people(tables, organizations).items():
        found[file]["people"].append(person)
    for row in tables["statements"]:
        names = written.get((row["file"], row["speaker"]), set())
        row["speaker_names"] = {fold(row["speaker_name"])} | names
        row["described"] = not names and row["speaker"] not in organizations
    for row in tables["documents"]:
        found[row["file"]]["documents"].append(row)
    for kind in ("events", "figures", "statements"):
        for row in tables[kind]:
            del row["document"]  # what two documents of one file say alike counts once
            if row not in found[row["file"]][kind]:
                found[row["file"]][kind].append(row)
    return found


def _people(tables: Mapping[str, list[Row]], organizations: Mapping[str, str]) -> dict[tuple[str, str], Row]:
    """One item for each person of a file, with every role that the file gives to the name."""
    label = {row["place"]: row["name"] for row in tables["places"]} | dict(organizations)
    people: dict[tuple[str, str], Row] = {}
    for row in tables["people"]:
        person = people.setdefault((row["file"], fold(row["name"])), {"name": row["name"], "role": [], "of": []})
        person["role"].append(row["role"])
        person["of"] += named(row["of"], label.get(row["of"], ""))
    return people


Counts = dict[str, tuple[int, int, int]]
"""Of each row of the report: how many the gold has, how many were found, how many of those are right."""


def compare(gold: Gold, got: Mapping[str, list[Row]]) -> tuple[Counts, list[str]]:
    """Compare one file; return its counts, and what differs in words."""
    number, dates = len(got["documents"]), {row["published"] for row in got["documents"]} - {""}
    dated = dates == {gold["published"]} - {None}
    counts: Counts = {
        "documents": (gold["documents"], number, min(gold["documents"], number)),
        "published": (1, 1, int(dated)),
    }
    lines = [] if dated else [f"published: {gold['published']} expected, {sorted(dates)} found"]
    for kind in KINDS:
        lines += _compare_kind(kind, gold, got[kind], counts)
    counts["statements+speaker"] = (*counts["statements"][:2], counts["statements.speaker"][2])
    return counts, lines


def _compare_kind(kind: str, gold: Gold, rows: list[Row], counts: Counts) -> list[str]:
    items = gold[kind]
    if kind == "figures":
        asked = MEASURED | {item["kind"] for item in items}
        rows = [row for row in rows if row["kind"] in asked]
    pairs = pair(kind, items, rows)
    again = {"figures": gold["figures"], "events": [{**item, "date": None} for item in gold["events"]]}
    ignored = gold.get("optional", {}).get(kind, []) + again.get(kind, [])
    extra = [row for r, row in enumerate(rows) if r not in pairs and not any(fit(kind, i, row) for i in ignored)]
    extra = [row for row in extra if not row.get("described")]
    counts[kind] = (len(items), len(pairs) + len(extra), len(pairs))
    lines = [f"{kind}: missed {item}" for g, item in enumerate(items) if g not in pairs.values()]
    lines += [f"{kind}: extra {row}" for row in extra]
    for name in (name for name in AGREES if name.startswith(kind)):
        both = [(items[g], rows[r]) for r, g in pairs.items() if items[g][name.split(".")[1]]]
        wrong = [(item, row) for item, row in both if not AGREES[name](item, row)]
        counts[name] = (len(both), len(both), len(both) - len(wrong))
        lines += [f"{name}: {item} <> {row}" for item, row in wrong]
    return lines


@dataclass
class Scored:
    """A folder's counts, row by row of the report, and what differs from the gold."""

    counts: Counts
    lines: list[str] = field(default_factory=list)

    def f1(self, row: str) -> float:
        gold, found, right = self.counts[row]
        return 2 * right / (gold + found) if gold + found else 1.0


def plain_build(folder: Path, out: Path) -> None:
    """Build with the rules alone."""
    import kg

    kg.build([folder], out)


def score(folder: Path, build: Build = plain_build) -> Scored:
    """Score the documents of a folder.

    Raises ValueError where a file of gold lacks a key, or a table a document.
    """
    golds = read_gold(folder)
    found = by_file(tables_of(list(golds), build), [path.name for path in golds])
    scored = Scored(dict.fromkeys(ROWS, (0, 0, 0)))
    for path, gold in golds.items():
        counts, lines = compare(gold, found[path.name])
        for row, numbers in counts.items():
            summed = [a + b for a, b in zip(scored.counts[row], numbers, strict=True)]
            scored.counts[row] = (summed[0], summed[1], summed[2])
        if counts["documents"][0] != counts["documents"][1]:
            lines.insert(0, f"split wrongly: {counts['documents'][0]} expected, {counts['documents'][1]} found")
        scored.lines += [f"{path.name}: {line}" for line in lines]
    return scored


def report(scored: Scored) -> str:
    """The counts as a table of plain text."""
    lines = [f"{'':20}{'gold':>6}{'found':>7}{'right':>7}{'precision':>11}{'recall':>8}{'F1':>8}"]
    for row, (gold, found, right) in scored.counts.items():
        precision, recall = right / found if found else 1.0, right / gold if gold else 1.0
        lines.append(f"{row:20}{gold:6}{found:7}{right:7}{precision:11.3f}{recall:8.3f}{scored.f1(row):8.3f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Score what kg reads from a folder of documents with gold.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="list misses, extras and disagreements by file")
    given = parser.parse_args()
    scored = score(given.folder)
    print(report(scored))
    for line in scored.lines if given.show else ():
        print(line)


if __name__ == "__main__":
    main()
