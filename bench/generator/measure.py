"""How well kg reads each cell and each style of generated texts, worst first.

    python -m bench.generator.measure [--texts N] [--seed N] [--cell N]... [--show [N]]

Strict: an event has its type, place and date, a figure its subject, a person the role and the body, a statement its
speaker. What fits an optional item is neither right nor an extra. The misses of `LEFT_OUT` styles are counted and never
shown: nobody mends a rule by them, so they tell how unseen texts are read.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bench.evaluation.score import AGREES, MEASURED, fit, pair
from bench.generator.document import of_cell, of_style
from bench.generator.grammar import STYLES, productions
from bench.generator.page import KINDS, Page
from bench.generator.read import Rows, rows

LEFT_OUT = ("letter", "transcript", "encyclopedia")
TEXTS = 24
"""Generated texts a cell."""
CELLS = tuple(sorted({each.cell for each in productions()}))
MECHANISMS = {each.cell: each.mechanism for each in productions()}


@dataclass
class Tally:
    """How many claims the gold has, how many were found, how many are right; and what is not, in words."""

    gold: int = 0
    found: int = 0
    right: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 1.0

    def add(self, other: "Tally") -> None:
        """Count another as well."""
        self.gold += other.gold
        self.found += other.found
        self.right += other.right
        self.faults += other.faults


def compared(gold: dict[str, Any], got: Rows, kinds: Sequence[str] = KINDS) -> Tally:
    """Compare the rows of one text with its gold."""
    tally = Tally()
    for kind in kinds:
        tally.add(_kind(kind, gold, got[kind]))
    return tally


def _kind(kind: str, gold: dict[str, Any], found: list[dict[str, Any]]) -> Tally:
    items = gold[kind]
    asked = MEASURED | {item["kind"] for item in gold["figures"]}
    given = [row for row in found if kind != "figures" or row["kind"] in asked]
    pairs = pair(kind, items, given)
    right = {r: g for r, g in pairs.items() if _agrees(kind, items[g], given[r])}
    spare = [*gold.get("optional", {}).get(kind, [])]
    extra = [row for r, row in enumerate(given) if r not in pairs and not any(fit(kind, item, row) for item in spare)]
    missed = [f"missed {_said(item)}" for g, item in enumerate(items) if g not in pairs.values()]
    wrong = [f"{_said(items[g])} read as {_said(given[r])}" for r, g in pairs.items() if r not in right]
    faults = missed + wrong + [f"extra {_said(row)}" for row in extra]
    return Tally(len(items), len(pairs) + len(extra), len(right), [f"{kind}: {fault}" for fault in faults])


def _agrees(kind: str, item: dict[str, Any], row: dict[str, Any]) -> bool:
    asked = {name.partition(".")[2]: agree for name, agree in AGREES.items() if name.startswith(f"{kind}.")}
    return all(agree(item, row) for key, agree in asked.items() if item[key])


def _said(item: dict[str, Any]) -> str:
    return " ".join(f"{key}={value}" for key, value in item.items() if key not in ("at", "documents") and value)


def read(page: Page) -> Tally:
    """Read a generated text, and compare it with its gold; its date counts like a claim."""
    got = rows(page.source())
    tally = compared(page.gold(), got)
    dates = {row["published"] for row in got["documents"]} - {""}
    if dates != {page.published} - {None}:
        tally.add(Tally(bool(page.published), bool(dates), 0, [f"published {page.published}, read as {sorted(dates)}"]))
    return tally


@dataclass(frozen=True, slots=True)
class Fault:
    """A text that is not read as it should be."""

    cell: int
    style: str
    text: str
    faults: tuple[str, ...]


@cache
def measured(texts: int, seed: int = 0, cells: tuple[int, ...] = CELLS) -> tuple[dict[int, Tally], list[Fault]]:
    """The tally of each cell over a number of texts, and the faults that may be shown."""
    of_cells: dict[int, Tally] = defaultdict(Tally)
    shown = []
    for cell in cells:
        for number in range(texts):
            page = of_cell(cell, number, seed=seed)
            tally = read(page)
            of_cells[cell].add(tally)
            if tally.faults and page.style not in LEFT_OUT:
                shown.append(Fault(cell, page.style, page.text, tuple(tally.faults)))
    return of_cells, shown


def of_wordings(texts: int, seed: int = 0) -> dict[str, dict[int, Tally]]:
    """The tally of each cell that has wordings in held.toml: over the others (`seen`), and over those (`left out`)."""
    held = sorted({each.cell for each in productions("held.toml")})
    sides: dict[str, dict[int, Tally]] = {"seen": {}, "left out": {}}
    for side, file in (("seen", "grammar.toml"), ("left out", "held.toml")):
        for cell in held:
            tally = sides[side].setdefault(cell, Tally())
            for number in range(texts):
                tally.add(read(of_cell(cell, number, seed=seed, file=file)))
    return sides


def of_styles(texts: int, seed: int = 0) -> dict[str, Tally]:
    """The tally of each style over a number of whole documents."""
    tallies = {style: Tally() for style in STYLES}
    for style, tally in tallies.items():
        for number in range(texts):
            tally.add(read(of_style(style, number, seed=seed)))
    return tallies


def figures() -> dict[str, float]:
    """What is kept at a floor: F1 of each cell, and the precision over all."""
    tallies, _ = measured(TEXTS)
    together = Tally()
    for tally in tallies.values():
        together.add(tally)
    return {f"{cell:02}": tally.f1 for cell, tally in tallies.items()} | {"precision": together.precision}


def cell_rows(tallies: dict[int, Tally]) -> Iterator[tuple[str, ...]]:
    """A line for each cell, worst first; the first line is the head."""
    yield "cell", "what must answer it", "in the texts", "recall", "precision", "F1"
    for cell, tally in sorted(tallies.items(), key=lambda each: (each[1].f1, each[0])):
        yield str(cell), MECHANISMS[cell], str(tally.gold), *_shares(tally)


def style_rows(tallies: dict[str, Tally]) -> Iterator[tuple[str, ...]]:
    """A line for each style, worst first; the first line is the head."""
    yield "style", "in the texts", "recall", "precision", "F1"
    for style, tally in sorted(tallies.items(), key=lambda each: (each[1].f1, each[0])):
        yield style, str(tally.gold), *_shares(tally)


def _shares(tally: Tally) -> tuple[str, ...]:
    return tuple(f"{value:.2f}" for value in (tally.recall, tally.precision, tally.f1))


def main() -> None:
    from bench.evaluation.__main__ import table

    parser = argparse.ArgumentParser(description="Measure what kg reads of generated texts, by cell and by style.")
    parser.add_argument("--texts", type=int, default=TEXTS, help="texts a cell")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cell", type=int, action="append", choices=CELLS, metavar="N")
    parser.add_argument("--show", type=int, nargs="?", const=1, default=0, help="texts a cell whose faults are shown")
    given = parser.parse_args()
    tallies, shown = measured(given.texts, given.seed, tuple(given.cell or CELLS))
    print(table(cell_rows(tallies)))
    if not given.cell:
        print(table(style_rows(of_styles(max(2, given.texts // 4), given.seed))))
    for cell in tallies:
        for fault in [each for each in shown if each.cell == cell][: given.show]:
            print(f"--- cell {cell}, {fault.style}\n{fault.text}" + "".join(f"    {each}\n" for each in fault.faults))


if __name__ == "__main__":
    main()
