"""A name as it is found in a text, and the gazetteer entries that it may stand for."""

from dataclasses import dataclass
from typing import NamedTuple

from kg.gazetteer import Name
from kg.model import Entity


class Reason(NamedTuple):
    """What a text says of an entry, and how much it weighs; below zero it speaks against it."""

    weight: int
    text: str


PEOPLES = ("demonym", "people")
"""Kinds of names that are of a country's people: ``Syrian``, ``Syrians``."""


@dataclass(slots=True)
class Found:
    """A name or office in a sentence: tokens ``first`` to ``last`` (excluded) of `Reading.tokens`."""

    first: int
    last: int
    kind: str  # place, demonym, people, organization, person, role, document, thing, name (not yet known what)
    text: str
    candidates: tuple[Name, ...] = ()
    entity: Entity | None = None
    hint: str = ""  # a place word beside it: town, district
    titled: bool = False  # a title or office stands before it
    credited: bool = False  # in a byline
    located: bool = False  # the text says where it lies
    initial: bool = False  # its one capital may be due to its place in the sentence alone
    why: tuple[tuple[str, Reason], ...] = ()  # of a place: what speaks for and against each entry, by its key

    @property
    def words(self) -> int:
        return self.last - self.first


def shown(text: str) -> str:
    """A name as its label: ``KHERSON`` -> ``Kherson``; acronyms stay.

    >>> shown("SNAKE ISLAND"), shown("Tal Afar"), shown("UN"), shown("BOARD ON THE COAST")
    ('Snake Island', 'Tal Afar', 'UN', 'Board on the Coast')
    """
    if not text.isupper() or len(text) < 4:
        return text
    first, *rest = text.split(" ")
    parts = [part.lower() if part in _SMALL else part if len(part) < 3 else part.capitalize() for part in rest]
    return " ".join([first if len(first) < 3 and first != "OF" else first.capitalize(), *parts])


_SMALL = frozenset("OF ON THE INTO FOR AND IN".split())
