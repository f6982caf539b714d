"""Rivers, lakes and mountains of WordNet, by their names."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KINDS = {
    "river": "river",
    "lake": "lake",
    "mountain peak": "mountain",
    "volcano": "mountain",
    "range": "mountains",
    "sea": "sea",
    "strait": "strait",
    "gulf": "gulf",
    "bay": "bay",
    "desert": "desert",
    "peninsula": "peninsula",
    "canal": "canal",
    "waterfall": "waterfall",
}
"""What WordNet says an instance is -> the type of its entry."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of nature with its names, the longest (which says what it is) first."""

    type: str
    names: tuple[str, ...]


def read(path: Path) -> Iterator[Feature]:
    """The features of WordNet's data.noun, by their first names."""
    synsets = dict(map(_synset, filter(lambda line: line[:1] != " ", path.read_text("utf-8").splitlines())))
    found = {}
    for names, classes in synsets.values():
        kind = next((KINDS[head] for of in classes if (head := synsets[of][0][0]) in KINDS), None)
        if kind:
            ordered = tuple(sorted(names, key=lambda name: (" " not in name, names.index(name))))
            found[ordered] = Feature(kind, ordered)
    yield from (found[names] for names in sorted(found))


def _synset(line: str) -> tuple[str, tuple[list[str], list[str]]]:
    """Its number, its words and the numbers of what it is an instance of."""
    cells = line.partition("|")[0].split()
    count = int(cells[3], 16)
    names = [cells[4 + 2 * n].partition("(")[0].replace("_", " ") for n in range(count)]
    pointers = cells[5 + 2 * count :]
    return cells[0], (names, [to for kind, to in zip(pointers[::4], pointers[1::4], strict=False) if kind == "@i"])
