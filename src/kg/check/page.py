"""The documents of one source, laid out for the rules."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from kg.check.findings import listed
from kg.model import Claim, Document, Entity, EventClaim, Extraction, FigureClaim

SHORTEST = 3  # rows that make a list


class Place(Protocol):
    """What a rule wants to know of a place."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def within(self) -> tuple[str, ...]: ...
    @property
    def area_km2(self) -> Decimal | None: ...


class Places(Protocol):
    """Known places by key, such as a `kg.gazetteer.Gazetteer`."""

    def entry(self, key: str) -> Place | None: ...


def name(path: str, places: Places) -> str:
    """The name of an entry; of what only one document knows, the path's last segment."""
    entry = places.entry(path)
    return entry.name if entry else path.rpartition("/")[2]


def around(key: str, places: Places) -> dict[str, None]:
    """The keys of all places that contain the place, the nearest first."""
    found: dict[str, None] = {}
    todo = [key]
    while todo:
        entry = places.entry(todo.pop(0))
        for outer in entry.within if entry else ():
            if outer not in found and outer != key:
                found[outer] = None
                todo.append(outer)
    return found


@dataclass(frozen=True, slots=True)
class Said:
    """A claim with its id and its document."""

    id: str
    claim: Claim
    document: Document


@dataclass(frozen=True, slots=True)
class Row:
    """A place in a list, with the event that the list states of it; `inside`: the place of another row."""

    key: str
    id: str
    claim: EventClaim
    inside: str | None


class List:
    """A document that lists places whose control changed."""

    def __init__(self, document: Document, events: Iterable[Said], places: Places) -> None:
        self.document, self.places = document, places
        first: dict[str, tuple[str, EventClaim]] = {}
        for said in events:
            if isinstance(said.claim, EventClaim) and said.claim.place and said.claim.place.key:
                first.setdefault(said.claim.place.key, (said.id, said.claim))
        self.rows: list[Row] = []
        self._under: defaultdict[str, list[Row]] = defaultdict(list)
        for key, (id, claim) in first.items():
            outer = around(key, places)
            row = Row(key, id, claim, next((place for place in outer if place in first), None))
            self.rows.append(row)
            for place in (key, *outer):
                self._under[place].append(row)

    def under(self, keys: Iterable[str]) -> list[Row]:
        """The rows whose place is one of the places or lies in one."""
        return list({row.key: row for key in keys for row in self._under.get(key, ())}.values())

    def of_type(self, type: str) -> list[Row]:
        return [row for row in self.rows if (entry := self.places.entry(row.key)) and entry.type == type]

    def left_out(self, rows: Iterable[Row]) -> str:
        """Which of the rows count with another row of the list, in brackets."""
        inner: defaultdict[str, list[str]] = defaultdict(list)
        for row in rows:
            if row.inside:
                inner[name(row.inside, self.places)].append(name(row.key, self.places))
        places = [
            f"{listed(names)}, which {'lies' if len(names) == 1 else 'lie'} within {outer}"
            for outer, names in inner.items()
        ]
        return f" (without {'; '.join(places)})" if places else ""


class Page:
    """What the documents of one source say, and which of them are lists."""

    def __init__(self, extractions: Sequence[Extraction], places: Places, ids: Iterable[Sequence[str]]) -> None:
        self.places = places
        self.said: list[Said] = []
        self._control: dict[str, list[Said]] = {}
        for extraction, own in zip(extractions, ids, strict=True):
            document = extraction.document
            said = [Said(id, claim, document) for id, claim in zip(own, extraction.claims, strict=True)]
            self.said += said
            self._control[document.id] = [
                one for one in said if isinstance(one.claim, EventClaim) and one.claim.family == "control"
            ]
        found = (
            List(extraction.document, self._control[extraction.document.id], places)
            for extraction in extractions
            if extraction.document.kind == "report"
        )
        self.lists = [one for one in found if len(one.rows) >= SHORTEST]

    def pairs(self) -> Iterator[tuple[List, Said]]:
        """Each list with each claim of another document."""
        return ((one, said) for one in self.lists for said in self.said if said.document.id != one.document.id)

    def is_of_control(self, figure: Said) -> bool:
        """Whether the same words state a change of control."""
        starts, ends = self._control_spans[figure.document.id]
        return any(bisect_left(starts, span.end) > bisect_right(ends, span.start) for span in figure.claim.evidence)

    @cached_property
    def _control_spans(self) -> dict[str, tuple[list[int], list[int]]]:
        """Of each document, the starts and the ends of its evidence of control, each in order."""
        spans = {id: [span for one in said for span in one.claim.evidence] for id, said in self._control.items()}
        return {id: (sorted(s.start for s in of), sorted(s.end for s in of)) for id, of in spans.items()}

    @cached_property
    def areas(self) -> dict[str, tuple[Decimal, Document]]:
        """The area of each whole place that a document states exactly, as the first one states it."""
        found: dict[str, tuple[Decimal, Document]] = {}
        for said in self.said:
            match said.claim:
                case FigureClaim(kind="area", qualifier="exact", of=Entity(key=str(key)), value=value):
                    found.setdefault(key, (value, said.document))
        return found
