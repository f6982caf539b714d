"""The index of kg's own Turtle files: which entries and names they hold, and where, so that nothing is parsed unasked.

Turtle is the truth. ``python -m kg.gazetteer.index`` writes ``index.tsv`` anew, a test compares it, and an index
that does not fit the files is made in memory. Three sections, each after an empty line:

    file    bytes:SHA-256   in the order in which their descriptions are merged
    key     places          number of the file : first byte : bytes, one for each file that describes the entry
    name    references      number of the key, with a letter for other kinds than a plain name; best first
"""

import hashlib
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from kg.gazetteer import turtle
from kg.gazetteer.entries import Entry, NameKind
from kg.gazetteer.turtle import Triples
from kg.text.folding import fold

CURATED = ("karabakh.ttl", "regions.ttl", "nature.ttl", "organizations.ttl", "roles.ttl")
GENERATED = (
    "world/countries.ttl", "world/subdivisions.ttl", "world/districts.ttl", "world/cities.ttl", "world/nature.ttl"
)  # fmt: skip
INDEX = "index.tsv"
FOLDER = Path(__file__).parent
LETTERS: dict[NameKind, str] = {"name": "", "acronym": "a", "demonym": "d", "people": "p"}
KINDS: dict[str, NameKind] = {letter: kind for kind, letter in LETTERS.items()}
_NAMED_OTHERWISE = frozenset({("organization", "state"), ("place", "second-level-division")})
_BLOCK = re.compile(rb"^(place|agent|role):([A-Za-z0-9_-]+) ", re.MULTILINE)
_PREFIX = re.compile(rb"^@prefix .*\n", re.MULTILINE)
_HEAD = 1 << 14  # bytes in which a file's prefixes stand


@dataclass(frozen=True, slots=True)
class Index:
    """What the own files hold: ``keys`` in order, where each is described, and references of names."""

    keys: tuple[str, ...]
    places: Mapping[str, str]
    names: dict[str, str]


def fits(text: str, folder: Path) -> bool:
    """Whether the files are as long as when the text of an index was written."""
    sizes = _pairs(text.partition("\n\n")[0])
    return all(sizes[name].startswith(f"{(folder / name).stat().st_size}:") for name in (*CURATED, *GENERATED))


class Files:
    """The own Turtle files, read when an entry of theirs is asked for."""

    def __init__(self, index: Index) -> None:
        self.keys, self._places = index.keys, index.places

    def described(self, key: str) -> Triples:
        """The triples of an entry, from every file that describes it; empty for a key that is unknown."""
        merged: Triples = ()
        for place in self._places.get(key, "").split():
            file, start, length = map(int, place.split(":"))
            prefixes, data = _mapped((*CURATED, *GENERATED)[file])
            block = prefixes + data[start : start + length]
            merged = turtle.merge(merged, tuple(quad.triple for quad in parse(block, format=RdfFormat.TURTLE)))
        return merged

    def is_curated(self, key: str) -> bool:
        return int(self._places[key].partition(":")[0]) < len(CURATED)


@cache
def _mapped(name: str) -> tuple[bytes, mmap]:
    """A file's prefixes, and the file, whose pages all processes share."""
    with (FOLDER / name).open("rb") as file:
        data = mmap(file.fileno(), 0, access=ACCESS_READ)
    return b"".join(_PREFIX.findall(data[:_HEAD])), data


def read() -> Index:
    """The index of the files as they are."""
    return parsed(text())


def text() -> str:
    """The text of that index: what is kept beside the files, if it fits them."""
    kept = (FOLDER / INDEX).read_text(encoding="utf-8")
    return kept if fits(kept, FOLDER) else written()


def parsed(text: str) -> Index:
    """An index from its text."""
    places, names = map(_pairs, text.split("\n\n")[1:])
    return Index(tuple(places), places, names)


def written() -> str:
    """The index's text, made from the files."""
    places: dict[str, list[str]] = {}
    described: dict[str, Triples] = {}
    sections: list[list[str]] = [[], [], []]
    for number, name in enumerate((*CURATED, *GENERATED)):
        data = (FOLDER / name).read_bytes()
        sections[0].append(f"{name}\t{len(data)}:{hashlib.sha256(data).hexdigest()}")
        for key, start, length in blocks(data):
            places.setdefault(key, []).append(f"{number}:{start}:{length}")
        for key, triples in turtle.read(data, name).items():
            described[key] = turtle.merge(described.get(key, ()), triples)
    sections[1] = [f"{key}\t{' '.join(where)}" for key, where in places.items()]
    sections[2] = [f"{name}\t{' '.join(references)}" for name, references in _references(places, described)]
    return "\n\n".join("\n".join(section) for section in sections) + "\n"


def blocks(data: bytes) -> Iterator[tuple[str, int, int]]:
    """Each entry of a file as key, first byte and length; an entry begins at the start of a line."""
    starts = list(_BLOCK.finditer(data))
    for match, end in zip(starts, [*(later.start() for later in starts[1:]), len(data)], strict=True):
        kind, name = match.groups()
        yield f"{kind.decode()}/{name.decode()}", match.start(), end - match.start()


def _references(
    places: Mapping[str, Sequence[str]], described: Mapping[str, Triples]
) -> Iterator[tuple[str, list[str]]]:
    entries = {
        key: turtle.entry(
            key, described[key], country="", curated=int(where[0].partition(":")[0]) < len(CURATED), where=key
        )
        for key, where in places.items()
    }
    found: dict[str, dict[tuple[int, NameKind], Entry]] = {}
    for number, (key, entry) in enumerate(entries.items()):
        if is_named(entry):
            for kind, text in turtle.names(described[key]):
                found.setdefault(fold(text), {})[number, kind] = entry
    for name, references in sorted(found.items()):
        best = sorted(references, key=lambda reference: rank(references[reference], reference[1]))
        yield name, [f"{number}{LETTERS[kind]}" for number, kind in best]


def is_named(entry: Entry) -> bool:
    """Whether texts speak of the entry by its own names.

    A state that acts is found by the name of its place; a district that has a city's name only says where that lies.
    """
    return (entry.kind, entry.type) not in _NAMED_OTHERWISE


def rank(entry: Entry, kind: NameKind) -> tuple[bool, bool, int, int, str]:
    """Best first: curated, countries, names before other kinds, the more populous."""
    return not entry.curated, entry.type != "country", list(LETTERS).index(kind), -entry.population, entry.key


def _pairs(section: str) -> dict[str, str]:
    cells = section.rstrip("\n").replace("\n", "\t").split("\t")
    return dict(zip(cells[::2], cells[1::2], strict=True))


if __name__ == "__main__":
    (FOLDER / INDEX).write_text(written(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{INDEX} written\n")
