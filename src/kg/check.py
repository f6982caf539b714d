"""Findings: what a careful reader would notice when claims are laid side by side.

A finding says what two places of the texts state, and leaves the judgement to the reader. `check` sees the documents
of one source at a time, so that it streams; `contested` sees a group of reconciled records.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

from kg import edtf
from kg.model import Claim, Document, Entity, EventClaim, Extraction, FigureClaim, Statement
from kg.rdf.iris import claim_ids
from kg.reconcile import ClaimRecord, Number, Reconciled

Severity = Literal["info", "warning"]  # info: the texts agree; warning: they do not
_LIST = 3  # rows that make a list
_NOUNS = {"article": "article", "report": "list"}
_COMES, _LEAVES = frozenset({"occupation", "capture"}), frozenset({"liberation", "withdrawal"})
_FAMILIES = {
    "control": "change of control",
    "conflict": "conflict",
    "ceasefire": "ceasefire",
    "negotiation": "negotiations",
    "interview": "interview",
    "adoption": "adoption",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to notice, in one English sentence, and the ids of the claims that it concerns."""

    id: str
    check: str
    severity: Severity
    message: str
    claims: tuple[str, ...]


class Place(Protocol):
    """What a check wants to know of a place."""

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


def check(extractions: Sequence[Extraction], places: Places) -> tuple[Finding, ...]:
    """What is to notice in the documents of one source, in the order of the checks and of the text."""
    page = _Page(extractions, places)
    counts: Counter[str] = Counter()
    findings = []
    for name, rule in CHECKS.items():
        for noted in rule(page):
            counts[name] += 1
            id = f"{extractions[0].document.source.slug}_{name}_{counts[name]}"
            findings.append(Finding(id, name, noted.severity, noted.message, tuple(dict.fromkeys(noted.claims))))
    return tuple(findings)


def contested(reconciled: Reconciled, records: Iterable[ClaimRecord], places: Places) -> tuple[Finding, ...]:
    """A finding for each property on which the claims of an event, or on a place's area, differ.

    `records` are those that were reconciled.
    """
    by_claim = {record.claim: record for record in records}
    findings = []
    for event in reconciled.events:
        claims = [by_claim[claim] for claim in event.claims]
        where = f" in {_name(event.place, places)}" if event.place else ""
        for property in event.contested:
            what = f"the {property} of the {_FAMILIES[event.family]}{where}"
            findings.append(_contested(f"{event.id}_{property}", what, claims, VALUES[property]))
    for area in reconciled.areas:
        what = f"the area of {_name(area.place, places)}"
        id = f"{area.place.partition('/')[2].replace('/', '-')}_area"
        findings.append(_contested(id, what, [by_claim[claim] for claim in area.claims], VALUES["area"]))
    return tuple(findings)


# Contested values


def _numbers(numbers: Iterable[Number], unit: str) -> str:
    return ", ".join(f"{_words(n.qualifier)}{_digits(n.value)} {unit}" for n in numbers)


VALUES: dict[str, Callable[[ClaimRecord], str]] = {
    "date": lambda record: record.date,
    "area": lambda record: _numbers(record.whole, "km2"),
    "part": lambda record: _numbers(record.part, "km2"),
    "share": lambda record: _numbers(record.share, "percent"),
    "actor": lambda record: ", ".join(record.actors),
}


def _contested(id: str, what: str, records: Sequence[ClaimRecord], value: Callable[[ClaimRecord], str]) -> Finding:
    stated: dict[str, dict[str, None]] = {}
    for record in records:
        if said := value(record):
            stated.setdefault(said, {})[record.document] = None
    sides = "; ".join(f"{said} ({_plural(len(documents), 'document')})" for said, documents in sorted(stated.items()))
    claims = tuple(record.claim for record in records if value(record))
    return Finding(id, "contested", "warning", f"Claims differ on {what}: {sides}.", claims)


# The documents of one source


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim with its id and its document."""

    id: str
    claim: Claim
    document: Document


@dataclass(frozen=True, slots=True)
class _Noted:
    severity: Severity
    message: str
    claims: list[str]


@dataclass(frozen=True, slots=True)
class _Row:
    """An event of a list, with its place's key."""

    key: str
    id: str
    claim: EventClaim


@dataclass(frozen=True, slots=True)
class _List:
    """A document that lists places whose control changed: its rows, and those not inside the place of another row."""

    document: Document
    rows: dict[str, _Row]
    outer: tuple[_Row, ...]

    def without(self, rows: Iterable[_Row], places: Places) -> str:
        """Which rows are left out, and why."""
        names = [_name(row.key, places) for row in rows if row not in self.outer]
        return f" (without {', '.join(names)}, inside another place of the list)" if names else ""


@dataclass(slots=True)
class _Page:
    """The documents of one source."""

    extractions: Sequence[Extraction]
    places: Places
    said: list[_Said] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)

    def __post_init__(self) -> None:
        for extraction in self.extractions:
            ids = claim_ids(extraction)
            said = [_Said(id, c, extraction.document) for id, c in zip(ids, extraction.claims, strict=True)]
            self.said += said
            if extraction.document.kind == "report" and (found := self._list(extraction.document, said)):
                self.lists.append(found)

    def _list(self, document: Document, said: Iterable[_Said]) -> _List | None:
        rows: dict[str, _Row] = {}
        for one in said:
            claim = one.claim
            if isinstance(claim, EventClaim) and claim.family == "control" and claim.place and claim.place.key:
                rows.setdefault(claim.place.key, _Row(claim.place.key, one.id, claim))
        if len(rows) < _LIST:
            return None
        outer = tuple(row for key, row in rows.items() if not rows.keys() & self.around(key))
        return _List(document, rows, outer)

    def around(self, key: str) -> dict[str, None]:
        """The keys of all places that contain the place, the nearest first."""
        found: dict[str, None] = {}
        todo = [key]
        while todo:
            entry = self.places.entry(todo.pop(0))
            for outer in entry.within if entry else ():
                if outer not in found and outer != key:
                    found[outer] = None
                    todo.append(outer)
        return found

    def inside(self, rows: Iterable[_Row], keys: Iterable[str]) -> list[_Row]:
        """The rows whose place is one of the places, or lies in one."""
        wanted = set(keys)
        return [row for row in rows if row.key in wanted or wanted & self.around(row.key).keys()]

    def others(self, document: Document) -> Iterator[_Said]:
        return (said for said in self.said if said.document.id != document.id)


# Checks


def _count(page: _Page) -> Iterator[_Noted]:
    """How many places of a kind a list names, against how many another document counts."""
    for listed in page.lists:
        for said in page.others(listed.document):
            claim = said.claim
            if not isinstance(claim, FigureClaim) or claim.kind != "count" or not _is_of_control(said, page):
                continue
            named = [row for row in listed.rows.values() if _type(row.key, page.places) == claim.noun]
            counted = [row for row in named if row in listed.outer]
            if counted:
                yield _Noted(
                    _severity(_allows(claim.value, claim.qualifier, Decimal(len(counted)), exactly=True)),
                    f"{_called(listed.document, 'The')} names {_plural(len(counted), claim.noun)}"
                    f"{listed.without(named, page.places)}; {_called(said.document, 'the')} counts "
                    f"{_words(claim.qualifier)}{_digits(claim.value)}.",
                    [said.id, *(row.id for row in counted)],
                )


def _sum(page: _Page) -> Iterator[_Noted]:
    """What a list's areas add up to, against the share of the whole that another document states."""
    for listed in page.lists:
        for said in page.others(listed.document):
            share, qualifier, whole = _share(said.claim)
            if share is None or not whole or not whole.key:
                continue
            inside = page.inside(listed.rows.values(), [whole.key])
            rows = [row for row in inside if row in listed.outer and row.claim.area_km2 is not None]
            area, cited = _area(whole, page)
            if len(rows) < 2 or not area:
                continue
            total = sum((row.claim.area_km2 or Decimal(0) for row in rows), Decimal(0))
            percent = (total / area * 100).quantize(Decimal("0.1"))
            yield _Noted(
                _severity(_allows(share, qualifier, percent)),
                f"The areas in {_called(listed.document, 'the')} add up to {_digits(total)} km2"
                f"{listed.without(inside, page.places)}, which is {percent} percent of the {_digits(area)} km2 of "
                f"{whole.name} ({cited}); {_called(said.document, 'the')} states {_words(qualifier)}{_digits(share)} "
                "percent.",
                [said.id, *(row.id for row in rows)],
            )


def _years(page: _Page) -> Iterator[_Noted]:
    """The years over which a list dates the parts of a place, against the date of the whole elsewhere."""
    for listed in page.lists:
        for said in page.others(listed.document):
            claim = said.claim
            if not isinstance(claim, EventClaim) or claim.family != "control" or not claim.date:
                continue
            keys = [place.key for place in (claim.place, *claim.includes) if place and place.key]
            rows = [row for row in page.inside(listed.rows.values(), keys) if all(_bounds(row.claim.date))]
            first, last = _bounds(claim.date)
            if len(rows) < 2 or not first or not last:
                continue
            begin = min(day for row in rows if (day := _bounds(row.claim.date)[0]))
            end = max(day for row in rows if (day := _bounds(row.claim.date)[1]))
            if begin < first or end > last:
                where = claim.place.name if claim.place else "these places"
                yield _Noted(
                    "warning",
                    f"{_called(said.document, 'The')} dates the {claim.word or 'change of control'} of {where} to "
                    f"{claim.date}; {_called(listed.document, 'the')} dates that of {len(rows)} places in it from "
                    f"{begin.year} to {end.year}.",
                    [said.id, *(row.id for row in rows)],
                )


def _order(page: _Page) -> Iterator[_Noted]:
    """A place that one document, in one voice, has left before it was taken."""
    by_place: dict[tuple[str, Entity | None, Entity], list[tuple[_Said, EventClaim]]] = {}
    for said in page.said:
        claim = said.claim
        if isinstance(claim, EventClaim) and claim.place and all(_bounds(claim.date)):
            by_place.setdefault((said.document.id, claim.according_to, claim.place), []).append((said, claim))
    for (_, _, place), claims in by_place.items():
        comes = [(said, claim) for said, claim in claims if claim.word in _COMES]
        leaves = [(said, claim) for said, claim in claims if claim.word in _LEAVES]
        if comes and leaves and max(_last(c) for _, c in leaves) < min(_first(c) for _, c in comes):
            (left, leaving), (taken, taking) = leaves[-1], comes[0]
            yield _Noted(
                "warning",
                f"{_called(left.document, 'The')} dates the {leaving.word} of {place.name} ({leaving.date}) before "
                f"its {taking.word} ({taking.date}).",
                [left.id, taken.id],
            )


def _publication(page: _Page) -> Iterator[_Noted]:
    """An event that a document reports before it happens."""
    for said in page.said:
        value = _date(said.claim)
        begin, published = _bounds(value)[0], _bounds(said.document.published)[1]
        if begin and published and begin > published:
            yield _Noted(
                "warning",
                f"{_called(said.document, 'The')} was published on {said.document.published} and states as past "
                f"what it dates to {value}.",
                [said.id],
            )


def _whole(page: _Page) -> Iterator[_Noted]:
    """A part that is larger than its whole."""
    for said in page.said:
        claim = said.claim
        if (
            isinstance(claim, EventClaim)
            and claim.area_km2
            and claim.of_area_km2
            and claim.area_km2 > claim.of_area_km2
        ):
            part, whole = f"{_digits(claim.area_km2)} km2", f"{_digits(claim.of_area_km2)} km2"
        elif (share := _share(claim)[0]) is not None and share > 100:
            part, whole = f"{_digits(share)} percent", "a whole"
        else:
            continue
        yield _Noted("warning", f"{_called(said.document, 'The')} states {part} as a part of {whole}.", [said.id])


CHECKS: dict[str, Callable[[_Page], Iterator[_Noted]]] = {
    "count": _count,
    "sum": _sum,
    "years": _years,
    "order": _order,
    "publication": _publication,
    "whole": _whole,
}


# What claims state


def _is_of_control(figure: _Said, page: _Page) -> bool:
    """Whether the same words of the document state a change of control."""
    return any(
        said.document.id == figure.document.id
        and isinstance(said.claim, EventClaim)
        and said.claim.family == "control"
        and any(one.overlaps(other) for one in figure.claim.evidence for other in said.claim.evidence)
        for said in page.said
    )


def _share(claim: Claim) -> tuple[Decimal | None, str, Entity | None]:
    match claim:
        case EventClaim(share_percent=Decimal()):
            return claim.share_percent, claim.share_qualifier, claim.place
        case FigureClaim(kind="share"):
            return claim.value, claim.qualifier, claim.of
    return None, "", None


def _area(place: Entity, page: _Page) -> tuple[Decimal | None, str]:
    """The area of a whole place, and who says so: a document of the source, or else the gazetteer."""
    for said in page.said:
        match said.claim:
            case FigureClaim(kind="area", of=Entity(key=key), qualifier="exact", value=value) if key == place.key:
                return value, f"as {_called(said.document, 'the')} states"
    entry = page.places.entry(place.key or "")
    return (entry.area_km2, "as the gazetteer cites") if entry else (None, "")


def _date(claim: Claim) -> str | None:
    match claim:
        case EventClaim():
            return claim.date
        case Statement():
            return claim.said_at
    return None


def _bounds(value: str | None) -> tuple[date | None, date | None]:
    return edtf.bounds(value) if value and edtf.is_valid(value) else (None, None)


def _first(claim: EventClaim) -> date:
    return _bounds(claim.date)[0] or date.min


def _last(claim: EventClaim) -> date:
    return _bounds(claim.date)[1] or date.max


def _allows(stated: Decimal, qualifier: str, found: Decimal, *, exactly: bool = False) -> bool:
    """Whether the number found is one that the number stated allows, at the precision at which it is stated."""
    low, high = Number(stated, qualifier).range
    exponent = stated.normalize().as_tuple().exponent
    slack = Decimal(0) if exactly or not isinstance(exponent, int) else Decimal(1).scaleb(min(exponent, 0)) / 2
    return low - slack <= found <= high + slack


# Wording


def _severity(agrees: bool) -> Severity:
    return "info" if agrees else "warning"


def _called(document: Document, article: str) -> str:
    noun = _NOUNS[document.kind]
    return f"{article} {noun} “{document.title}”" if document.title else f"{article} {noun} {document.id}"


def _name(path: str, places: Places) -> str:
    entry = places.entry(path)
    return entry.name if entry else path.partition("/")[2]


def _type(key: str, places: Places) -> str:
    entry = places.entry(key)
    return entry.type if entry else ""


def _digits(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _words(qualifier: str) -> str:
    return "" if qualifier in ("exact", "part-of") else qualifier.replace("-", " ") + " "


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
