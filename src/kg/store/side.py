"""Two sets of triples that are compared by value, sorted only where they differ.

Of each set the number of its triples and the sum of their hashes are known: sets that agree in both are the same
(another one of that number has the same sum once in 2^64). What stores write in another form, such as numbers, has
sums and a file of its own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.rdf.values import NUMBERS, canonical, kind
from kg.runtime.spool import Spool, compared
from kg.store.ntriples import parsed
from kg.vocabulary import GEO, XSD

_PIECE: Final = 1 << 20  # bytes of a file at a time
_VARYING: Final = tuple(
    f"{datatype}> .".encode() for datatype in (*NUMBERS, f"{XSD.iri}boolean", f"{XSD.iri}date", GEO.wktLiteral.value)
)


@dataclass(frozen=True, slots=True)
class Sums:
    """What is known of some triples without looking at them again."""

    count: int = 0
    total: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(self.count + other.count, self.total + other.total)

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums(self.count - other.count, self.total - other.total)


@dataclass(frozen=True, slots=True)
class Side:
    """Triples in a file, in any order; ``varying`` are those that have their value in several forms."""

    path: Path
    varying: Path
    fixed: Sums
    forms: Sums

    @property
    def count(self) -> int:
        return self.fixed.count + self.forms.count


@dataclass(frozen=True, slots=True)
class Difference:
    """What one graph needs to hold a part of the dataset; the files hold plain lines."""

    add: Path
    remove: Path
    to_add: int
    to_remove: int
    equal: int
    rewritten: Counter[str]

    def __bool__(self) -> bool:
        return bool(self.to_add or self.to_remove)


def side(place: Spool, pieces: Iterable[list[bytes]]) -> Side:
    """The triples of all the pieces."""
    path, varying, fixed, forms = place.new(), place.new(), Sums(), Sums()
    with path.open("wb") as file, varying.open("wb") as apart:
        for lines in filter(None, pieces):
            file.write(b"\n".join(lines) + b"\n")
            others = [line for line in lines if _varies(line)]
            apart.writelines(line + b"\n" for line in others)
            forms += _sums(others)
            fixed += _sums(lines) - _sums(others)
    return Side(path, varying, fixed, forms)


def difference(place: Spool, ours: Side, theirs: Side) -> Difference:
    """What must be added to their triples and removed from them, so that they have the values of ours."""
    nothing = place.new()
    nothing.touch()
    if not theirs.count:
        return Difference(ours.path, nothing, ours.count, 0, 0, Counter())
    if ours.fixed != theirs.fixed:
        found = _sorted(place, _each(ours.path), _each(theirs.path))
        if all(_is_parsed(piece) for piece in pieces(found.remove)):
            return found
        again = (line for piece in pieces(theirs.path) for line in parsed(b"\n".join(piece)))
        return _sorted(place, _each(ours.path), again)
    if ours.forms == theirs.forms:
        return Difference(nothing, nothing, 0, 0, ours.count, Counter())
    return _sorted(place, _each(ours.varying), _each(theirs.varying), same=ours.fixed.count)


def pieces(path: Path) -> Iterator[list[bytes]]:
    """The lines of a file, a megabyte at a time."""
    with path.open("rb") as file:
        while some := file.readlines(_PIECE):
            yield b"".join(some).rstrip(b"\n").split(b"\n")


def _sums(lines: list[bytes]) -> Sums:
    return Sums(len(lines), sum(map(hash, lines)))


def _each(path: Path) -> Iterator[bytes]:
    return (line for piece in pieces(path) for line in piece)


def _is_parsed(piece: list[bytes]) -> bool:
    """Whether lines say what they say in the form in which kg writes it, but for what is compared by value."""
    return set(map(canonical, parsed(b"\n".join(piece)))) == set(map(canonical, piece))


def _varies(line: bytes) -> bool:
    """Whether a store may write the literal of a line in another form; the same for all its forms."""
    return line.endswith(_VARYING) or b"-" in line[line.rfind(b'"') :]  # a language tag of several parts


def _sorted(place: Spool, ours: Iterable[bytes], theirs: Iterable[bytes], *, same: int = 0) -> Difference:
    add, remove = place.new(), place.new()
    counts: Counter[str] = Counter()
    rewritten: Counter[str] = Counter()
    one, other = (place.sorted(lines, key=canonical) for lines in (ours, theirs))
    with add.open("wb") as adding, remove.open("wb") as removing:
        for mine, its in compared(one, other):
            if its is None:
                counts["add"] += 1
                adding.write((mine or b"") + b"\n")
            elif mine is None:
                counts["remove"] += 1
                removing.write(its + b"\n")
            else:
                counts["equal"] += 1
                if mine != its:
                    rewritten[kind(mine)] += 1
    for path in (one, other):
        path.unlink()
    return Difference(add, remove, counts["add"], counts["remove"], same + counts["equal"], rewritten)
