"""Names that no gazetteer knows, or that fit several entries, with the entries that may be meant: for a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg import gazetteer
from kg.dataset.rows import Value
from kg.dataset.unresolved import grouped
from kg.model import Span
from kg.web.pages.view import Facts, Thing

_SHOWN: Final = 3  # places at which a name stands
MOST: Final = 500  # names


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands."""

    document: Thing
    publisher: str
    path: str  # of the span


@dataclass(frozen=True, slots=True)
class Name:
    """A name with how often it stands, where, and what may be meant."""

    words: str
    kind: str
    count: int
    places: tuple[Place, ...]
    candidates: tuple[Thing, ...]


def names(facts: Facts, rows: Iterable[dict[str, Value]]) -> list[Name]:
    """The names in the rows of the query ``unresolved``, the most frequent first."""
    made = [_name(facts, words, kind, group) for (words, kind), group in grouped(rows).items()]
    return sorted(made, key=lambda one: (-one.count, one.words, one.kind))


def _name(facts: Facts, words: str, kind: str, rows: Sequence[dict[str, Value]]) -> Name:
    iris = dict.fromkeys(iri for row in rows for iri in str(row["suggestion"] or "").split())
    places = (
        Place(
            facts.thing(str(row["document"])),
            str(row["publisher"] or ""),
            _where(facts, str(row["document"]), Span(int(str(row["start"])), int(str(row["end"])))),
        )
        for row in rows[:_SHOWN]
    )
    return Name(words, kind, len(rows), tuple(places), tuple(_candidate(facts, iri) for iri in iris))


def _where(facts: Facts, document: str, name: Span) -> str:
    """The address of the least evidence that holds a name, or of the document where no claim rests on it."""
    around = next((span for span in facts.spans(document) if name in span), None)
    return f"{facts.path(document)}#{around.start}-{around.end}" if around else facts.path(document)


def _candidate(facts: Facts, iri: str) -> Thing:
    """An entry of the gazetteer; it has a page only where the dataset speaks of it."""
    if facts.known(iri):
        return facts.thing(iri)
    entry = gazetteer.load().entry(iri.removeprefix(facts.base))
    if entry is None:
        return Thing(iri, facts.short(iri))
    where = f", {entry.country}" if entry.country else ""
    return Thing(iri, f"{entry.name} ({entry.type}{where})")
