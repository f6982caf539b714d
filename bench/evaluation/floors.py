"""The least that each folder with gold, kind of case, cell and style of generated texts must reach: it only rises.

    python -m bench.evaluation.floors        measures, and raises what is better than its floor

A change that lowers a figure for a reason lowers its floor by hand, with a line in the CHANGELOG.
"""

import tomllib
from collections.abc import Callable, Mapping
from functools import partial
from math import floor

from bench.evaluation import cases, metamorphic, scored, styles
from bench.evaluation.score import ROWS, Scored, score
from bench.generator import measure

PATH = scored.CORPUS / "floors.toml"
Floors = dict[str, dict[str, float]]
_HEAD = (
    "# The least F1 of each folder, and the least share of each kind of case that holds. `make floors` raises them.\n"
)
MEASURES: dict[str, Callable[[], dict[str, float]]] = {
    "cells": measure.figures,
    "styles": styles.figures,
    "metamorphic": metamorphic.figures,
    "metamorphic-sample": partial(metamorphic.figures, metamorphic.SAMPLE),
}
"""What is measured beside folders and cases: on generated texts, over all styles, and on changed texts."""


def read() -> Floors:
    """Return the floors by folder or file of cases."""
    return tomllib.loads(PATH.read_text(encoding="utf-8"))


def below(reached: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Say which figures are lower than their floors."""
    return [
        f"{row}: {reached.get(row, 0.0):.3f} < {least}" for row, least in floors.items() if reached.get(row, 0) < least
    ]


def figures(scored: Scored) -> dict[str, float]:
    """Return the F1 of every row, and the precision of events: a false one costs more than a missed one."""
    f1 = {row: scored.f1(row) for row in ROWS}
    _, found, right = scored.counts["events"]
    return f1 | {"events.precision": right / found if found else 1.0}


def measured() -> Floors:
    """Measure every folder, every file of cases, and the rest."""
    reached = {folder.name: figures(score(folder)) for folder in scored.folders()}
    reached |= {f"cases-{path.stem}": cases.shares(path) for path in cases.files()}
    return reached | {name: measured() for name, measured in MEASURES.items()}


def raised(floors: Floors, reached: Floors) -> Floors:
    """Return the floors with each raised to what is reached, rounded down to three digits."""
    return {
        name: {row: max(floor(value * 1000) / 1000, floors.get(name, {}).get(row, 0.0)) for row, value in rows.items()}
        for name, rows in reached.items()
    }


def written(floors: Floors) -> str:
    """Return the floors as the text of their file."""
    tables = (
        "\n".join([f"[{name}]", *(f'"{row}" = {value:g}' for row, value in rows.items())])
        for name, rows in sorted(floors.items())
    )
    return _HEAD + "\n" + "\n\n".join(tables) + "\n"


def main() -> None:
    before = read() if PATH.exists() else {}
    after = raised(before, measured())
    PATH.write_text(written(after), encoding="utf-8")
    for name, rows in after.items():
        for row, value in rows.items():
            if value != before.get(name, {}).get(row):
                print(f"{name} {row}: {before.get(name, {}).get(row)} -> {value:g}")


if __name__ == "__main__":
    main()
