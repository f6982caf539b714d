"""Who held what, when, as the documents say: for the timeline and the map."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyoxigraph as ox

from kg import domain
from kg.text.edtf import bounds, is_valid
from kg.vocabulary import KG, RDF, SCHEMA, SEM, term
from kg.web.pages.view import Facts, Thing
from kg.web.pages.wording import FAMILIES, KINDS, date_words


@dataclass(frozen=True, slots=True)
class Period:
    """An event with the days within which it begins, and all that its claims allow.

    ``first`` and ``last``: the earliest and latest day of any claim; None where open or unknown. ``begun`` is
    the day from which a map shows it. ``whole``: it concerns a place, not a part of it.
    """

    event: Thing
    family: str
    words: tuple[str, ...]  # the documents' own
    place: Thing | None
    actors: tuple[Thing, ...]
    first: date | None
    last: date | None
    open_end: bool
    dates: tuple[str, ...]  # every value that a claim gives
    contested: frozenset[str]  # names of properties
    sources: int
    whole: bool
    leaves: bool  # a withdrawal or handover: nobody is said to hold the place after it
    region: str = ""  # in which the place lies

    @property
    def begun(self) -> date | None:
        return self.first or self.last

    @property
    def band(self) -> tuple[date, date] | None:
        """The days within which it begins: those that all its claims allow; where these differ, any of them.

        A claim that is less precise than another, and allows all that the other does, adds no day.
        """
        allowed = [bounds(_begin(value)) for value in self.dates if is_valid(value)]
        known = {(begin or date.min, end) for begin, end in allowed if end}
        finest = [one for one in known if not any(other != one and _within(other, one) for other in known)]
        if not finest:
            return None
        begins, ends = zip(*finest, strict=True)
        agree = "date" not in self.contested and max(begins) <= min(ends)
        return (max(begins), min(ends)) if agree else (min(begins), max(ends))

    @property
    def when(self) -> str:
        return " or ".join(map(date_words, self.dates)) or "no date given"

    @property
    def holder(self) -> str:
        """Who holds the place after it, in words."""
        if self.leaves:
            return "left"
        if "actor" in self.contested:
            return "sources differ on who"
        return ", ".join(one.name for one in self.actors) or "actor not stated"


CONTESTED: Final = {term(one.term): one.name for one in domain.COMPARED}
_LEAVES: Final = frozenset(KG[word.term] for word in domain.CONTROL_WORDS if word.effect == "leaves")
_HOLDS: Final = frozenset(KG[word.term] for word in domain.CONTROL_WORDS) - _LEAVES


def periods(facts: Facts, events: Iterable[ox.NamedNode]) -> list[Period]:
    """The events by the day on which they begin at the earliest; undated ones last."""
    found = [_period(facts, event) for event in events]
    return sorted(found, key=lambda one: (one.begun or date.max, one.event.iri))


def is_day(text: str) -> bool:
    """Whether a text is a day, as ISO 8601 writes it.

    >>> is_day("1992-05-08"), is_day("1992-13-01"), is_day("1992-W1-1")
    (True, False, False)
    """
    return len(text) == 10 and text[:4].isdigit() and _day(text) is not None


def _period(facts: Facts, event: ox.NamedNode) -> Period:
    graph = facts.graph
    claims = graph.subjects(KG.about, event)
    types = {kind for claim in claims for kind in graph.nodes(claim, RDF.type)}
    firsts = [_day(graph.one(claim, SEM.hasEarliestBeginTimeStamp)) for claim in claims]
    lasts = [_day(graph.one(claim, SEM.hasLatestEndTimeStamp)) for claim in claims]
    dates = sorted({value.value for claim in claims for value in graph.objects(claim, KG.date)})
    begun = [day for day in firsts if day]
    ended = [day for day in lasts if day]
    parts = (KG.ofAreaKm2, KG.sharePercent)
    partial = any(graph.objects(claim, part) for claim in claims for part in parts) or any(
        graph.one(claim, KG.areaQualifier) == "part-of" for claim in claims
    )
    place = facts.one(event, SEM.hasPlace)
    region = facts.one(ox.NamedNode(place.iri), SCHEMA.containedInPlace) if place else None
    return Period(
        event=facts.thing(event.value),
        family=next((FAMILIES[kind] for kind in graph.nodes(event, RDF.type) if kind in FAMILIES), ""),
        words=tuple(KINDS[kind] for kind in KINDS if kind in types and kind not in FAMILIES),
        place=place,
        actors=facts.things(event, SEM.hasActor),
        first=min(begun, default=None),
        last=max(ended, default=None),
        open_end=any(value.endswith("/..") for value in dates),
        dates=tuple(dates),
        contested=frozenset(CONTESTED[node] for node in graph.nodes(event, KG.contested) if node in CONTESTED),
        sources=int(graph.one(event, KG.sources) or 0),
        whole=not partial,
        leaves=bool(types & _LEAVES) and not types & _HOLDS,
        region=region.name if region else "",
    )


def _begin(value: str) -> str:
    """The part of an EDTF date in which what it says begins."""
    first, _, last = value.partition("/")
    return first if last == ".." else value


def _within(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:  # not a date, or a year before 1 or after 9999 cannot be drawn
        return None
