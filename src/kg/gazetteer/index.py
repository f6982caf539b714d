"""The index of kg's own Turtle files: which entries and names they hold, and where, so that nothing is parsed unasked.

Turtle is the truth. ``python -m kg.gazetteer.index`` writes ``index.tsv`` anew, a test compares it, and an index
that does not fit the files is made in memory. Three sections, each after an empty line:

    file    size in bytes   SHA-256             in the order in which their descriptions are merged
    key     places          number of the file : first byte : bytes, one for each file that describes the entry
    name    references      number of the key, with a letter for other kinds than a plain name; best first
"""

import hashlib
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from kg.gazetteer import turtle
from kg.gazetteer.entries import Entry, NameKind
from kg.gazetteer.turtle import Triples
from kg.names import fold

CURATED = ("karabakh.ttl", "regions.ttl", "organizations.ttl", "roles.ttl")
GENERATED = ("world/countries.ttl", "world/subdivisions.ttl", "world/cities.ttl")
INDEX = "index.tsv"
FOLDER = Path(__file__).parent
LETTERS: dict[NameKind, str] = {"name": "", "acronym": "a", "demonym": "d", "people": "p"}
KINDS: dict[str, NameKind] = {letter: kind for kind, letter in LETTERS.items()}
NAMED_BY_PLACE = "state"
"""A state that acts is found by the name of its place; its own entry is never looked up."""

_BLOCK = re.compile(rb"^(place|agent|role):([A-Za-z0-9_-]+) ", re.MULTILINE)
_PREFIX = re.compile(rb"^@prefix .*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Index:
    """What the own files hold: ``keys`` in order, where each is described, and references of names."""

    keys: tuple[str, ...]
    places: Mapping[str, str]
    names: Mapping[str, str]
    text: str

    def fits(self, folder: Path) -> bool:
        """Whether the files are as long as when the index was written."""
        return all((folder / name).stat().st_size == size for name, size in _sizes(self.text))


class Files:
    """The own Turtle files, read when an entry of theirs is asked for."""

    def __init__(self, index: Index) -> None:
        self.index = index

    @cached_property
    def _loaded(self) -> dict[str, tuple[bytes, bytes]]:
        return {}

    def described(self, key: str) -> Triples:
        """The triples of an entry, from every file that describes it; empty for a key that is unknown."""
        merged: Triples = ()
        for place in self.index.places.get(key, "").split():
            file, start, length = map(int, place.split(":"))
            prefixes, data = self._file((*CURATED, *GENERATED)[file])
            block = prefixes + data[start : start + length]
            merged = turtle.merge(merged, tuple(quad.triple for quad in parse(block, format=RdfFormat.TURTLE)))
        return merged

    def is_curated(self, key: str) -> bool:
        return int(self.index.places[key].partition(":")[0]) < len(CURATED)

    def _file(self, name: str) -> tuple[bytes, bytes]:
        if name not in self._loaded:
            data = (FOLDER / name).read_bytes()
            self._loaded[name] = b"".join(_PREFIX.findall(data)), data
        return self._loaded[name]


def read() -> Index:
    """The index of the files as they are."""
    index = parsed((FOLDER / INDEX).read_text(encoding="utf-8"))
    return index if index.fits(FOLDER) else parsed(written())


def parsed(text: str) -> Index:
    """An index from its text."""
    _, places, names = text.split("\n\n")
    described = dict(line.split("\t") for line in places.split("\n"))
    return Index(tuple(described), described, dict(line.split("\t") for line in names.rstrip("\n").split("\n")), text)


def written() -> str:
    """The index's text, made from the files."""
    places: dict[str, list[str]] = {}
    described: dict[str, Triples] = {}
    sections: list[list[str]] = [[], [], []]
    for number, name in enumerate((*CURATED, *GENERATED)):
        data = (FOLDER / name).read_bytes()
        sections[0].append(f"{name}\t{len(data)}\t{hashlib.sha256(data).hexdigest()}")
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


def _references(places: Mapping[str, Sequence[str]], described: Mapping[str, Triples]) -> Iterator[tuple[str, list[str]]]:
    entries = {
        key: turtle.entry(key, described[key], country="", curated=int(where[0].partition(":")[0]) < len(CURATED), where=key)
        for key, where in places.items()
    }
    found: dict[str, dict[tuple[int, NameKind], Entry]] = {}
    for number, (key, entry) in enumerate(entries.items()):
        if entry.type != NAMED_BY_PLACE:
            for kind, text in turtle.names(described[key]):
                found.setdefault(fold(text), {})[number, kind] = entry
    for name, references in sorted(found.items()):
        best = sorted(references, key=lambda reference: rank(references[reference], reference[1]))
        yield name, [f"{number}{LETTERS[kind]}" for number, kind in best]


def rank(entry: Entry, kind: NameKind) -> tuple[bool, bool, int, int, str]:
    """Best first: curated, countries, names before other kinds, the more populous."""
    return not entry.curated, entry.type != "country", list(LETTERS).index(kind), -entry.population, entry.key


def _sizes(text: str) -> list[tuple[str, int]]:
    rows = (line.split("\t") for line in text.partition("\n\n")[0].split("\n"))
    return [(name, int(size)) for name, size, _ in rows]


if __name__ == "__main__":
    (FOLDER / INDEX).write_text(written(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{INDEX} written\n")
