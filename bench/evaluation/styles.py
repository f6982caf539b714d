"""Leave one style out: how well each style is read, where its misses were read by somebody and where they were not.

Seen are the documents of the folders that tests/corpus/styles.toml says are read, and generated texts; left out are
those of the other folders, and generated texts in the styles whose misses are never shown; and of wordings, those of
bench/generator/held.toml. `seen - left out` says how
much of what is reached comes from having looked: above .03 no word or rule helps any more, a mechanism is missing.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from math import floor
from pathlib import Path
from statistics import fmean
from typing import Any

from bench.evaluation.scored import CORPUS, folders
from bench.generator import measure
from bench.generator.grammar import STYLES
from bench.generator.measure import LEFT_OUT, Tally, compared
from bench.generator.read import rows
from kg.model import Source
from kg.read import read

PATH = CORPUS / "styles.toml"
SIDES = ("seen", "left out")
TEXTS = 6
"""Generated documents of a style, and texts of a cell."""
SEED = 7
"""Not that of the texts that are shown."""

Sides = Mapping[str, Mapping[Any, Tally]]
"""By `seen` and `left out`: the tally of each style, or of each cell."""


def documents() -> list[Path]:
    """Every document with gold."""
    found = (
        path.with_suffix(end) for each in folders() for path in each.glob("*.json") for end in (".txt", ".md", ".html")
    )
    return sorted(path for path in found if path.exists())


def short(path: Path) -> str:
    """The name of a document in the table: its folder and number."""
    return f"{path.parent.name}/{path.name[:2]}"


@cache
def table() -> tuple[frozenset[str], dict[str, str]]:
    """The folders that are read, and the style of each document."""
    data = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return frozenset(data["read"]), {name: style for style, names in data["styles"].items() for name in names}


@cache
def of_corpus() -> Sides:
    """The tally of each style over the documents with gold."""
    read_folders, style_of = table()
    sides: dict[str, dict[str, Tally]] = {"seen": {}, "left out": {}}
    for path in documents():
        side = sides["seen" if path.parent.name in read_folders else "left out"]
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        (source,) = (each for each in read([path]) if isinstance(each, Source))
        side.setdefault(style_of[short(path)], Tally()).add(compared(gold, rows(source)))
    return sides


@cache
def of_generated() -> Sides:
    """The tally of each style over generated documents."""
    tallies = measure.of_styles(TEXTS, SEED)
    return {
        "seen": {style: tally for style, tally in tallies.items() if style not in LEFT_OUT},
        "left out": {style: tally for style, tally in tallies.items() if style in LEFT_OUT},
    }


@cache
def of_wordings() -> Sides:
    """The tally of each cell over wordings that are shown, and over others."""
    return measure.of_wordings(TEXTS, SEED)


def mean(side: Mapping[Any, Tally]) -> float:
    """The mean F1 over styles, or cells: each counts alike, however many documents it has."""
    return fmean(tally.f1 for tally in side.values())


def gap(sides: Sides) -> float:
    """Seen minus left out: over the styles that both sides have, or over all where they share none."""
    both = sides["seen"].keys() & sides["left out"].keys()
    seen, left = ({s: t for s, t in sides[side].items() if not both or s in both} for side in ("seen", "left out"))
    return mean(seen) - mean(left)


def figures() -> dict[str, float]:
    """What is kept at a floor: the mean of each side, and 1 less the gap, which rises when the gap closes.

    The gap is kept in steps of .05: better reading of what is seen may widen it a little, and is no fault by itself.
    """
    found: dict[str, float] = {}
    for name, sides in (("corpus", of_corpus()), ("generated", of_generated()), ("wordings", of_wordings())):
        found |= {f"{name} {side}": mean(sides[side]) for side in sides}
        found[f"{name} 1 - gap"] = floor((1 - gap(sides)) * 20) / 20
    return found


def rows_of_page() -> Iterator[tuple[str, ...]]:
    """A line for each style, then the means and the gaps; the first is the head."""
    yield "style", *(f"{what}, {side}" for what in ("documents", "generated", "wordings") for side in SIDES)
    every = (of_corpus(), of_generated(), of_wordings())
    columns = [sides[side] for sides in every for side in SIDES]
    for style in STYLES:
        yield style, *(f"{column[style].f1:.3f}" if style in column else "-" for column in columns)
    yield "mean", *(f"{mean(column):.3f}" for column in columns)
    yield "seen - left out", *(each for sides in every for each in (f"{gap(sides):.3f}", ""))
