"""Events out of records, group by group."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from kg.domain import COMPARED, EFFECT, LEAVES, NUMBERS, Compared
from kg.ids import event_id, is_local, told_apart
from kg.model import Family
from kg.reconcile.clusters import clusters
from kg.reconcile.compatible import Mark, Moment, Number, agreed_date, finest_number, moment, numbers_agree
from kg.reconcile.records import ClaimRecord, group, order


@dataclass(frozen=True, slots=True)
class Event:
    """What claims that speak of the same thing agree on; what is empty is not stated, or contested."""

    id: str
    family: Family
    place: str  # path
    claims: tuple[str, ...]
    sources: int  # independent ones
    date: str = ""  # EDTF
    numbers: Mapping[str, Number] = field(default_factory=dict)  # by the names of `kg.domain.NUMBERS`
    actors: tuple[str, ...] = ()  # paths
    contested: tuple[Compared, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceArea:
    """A place on whose area the claims differ."""

    place: str  # path
    claims: tuple[str, ...]
    sources: int


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Events by id, and the places whose area is contested by path."""

    events: tuple[Event, ...] = ()
    areas: tuple[PlaceArea, ...] = ()


def reconcile(records: Iterable[ClaimRecord]) -> Reconciled:
    """The events of any number of records, given in any order."""
    groups = [reconcile_group(list(members)) for _, members in groupby(sorted(records, key=order), key=group)]
    return Reconciled(
        tuple(sorted((event for found in groups for event in found.events), key=lambda event: event.id)),
        tuple(sorted((area for found in groups for area in found.areas), key=lambda area: area.place)),
    )


def reconcile_group(records: Collection[ClaimRecord]) -> Reconciled:
    """The events of all records of one place, or of one record that has no place."""
    records = sorted(records, key=order)
    area = contested_area(records)
    events = [
        event
        for _, family in groupby(records, key=lambda record: record.family)
        for event in family_events(list(family), area_is_contested=area is not None)
    ]
    return Reconciled(tuple(sorted(events, key=lambda event: event.id)), (area,) if area else ())


def contested_area(records: Iterable[ClaimRecord]) -> PlaceArea | None:
    """The place where its records, given in order, differ on its area; those that give none are passed over."""
    areas = _areas(records)
    if numbers_agree([number for record in areas for number in record.stated("area")]):
        return None
    return PlaceArea(areas[0].place, tuple(record.claim for record in areas), independent(areas))


def _areas(records: Iterable[ClaimRecord]) -> list[ClaimRecord]:
    """The records that give the area of the whole place.

    Figures of one document, in one voice, that exclude each other ("from 7,200 to 7,750 square kilometers") are of
    different things. None of them is compared.
    """
    voices: dict[tuple[str, str], list[Number]] = defaultdict(list)
    areas = [record for record in records if record.stated("area")]
    for record in areas:
        if not record.family:
            voices[record.document, record.voice] += record.stated("area")
    return [record for record in areas if record.family or numbers_agree(voices[record.document, record.voice])]


def independent(records: Iterable[ClaimRecord]) -> int:
    """How many independent sources the records have: the same publisher or the same text counts once."""
    parents: dict[str, str] = {}

    def root(key: str) -> str:
        parents.setdefault(key, key)
        while parents[key] != key:
            parents[key] = parents[parents[key]]
            key = parents[key]
        return key

    for record in records:
        parents[root(record.publisher)] = root(record.text)
    return len({root(key) for key in parents})


def family_events(records: Sequence[ClaimRecord], *, area_is_contested: bool) -> Iterator[Event]:
    """The events of all records of one family and place, given in order.

    Records without a family come to none.
    """
    dated: dict[tuple[str, Mark], list[ClaimRecord]] = defaultdict(list)
    moments: dict[tuple[str, Mark], Moment] = {}
    taken: set[str] = set()
    for record in records:
        when = _moment(record) if record.place else None
        if when:
            dated[when.key].append(record)
            moments[when.key] = when
        elif record.family:
            yield _event(record.claim, [record], area_is_contested=area_is_contested)
    voices = {key: frozenset((r.document, r.voice) for r in members) for key, members in dated.items()}
    for cluster in clusters(moments.values(), voices):
        members = sorted((record for when in cluster for record in dated[when.key]), key=order)
        id = _id(members[0], cluster)
        if id in taken:  # several vague dates that begin alike and yet do not fit together
            id = told_apart(id, members[0].claim)
        taken.add(id)
        yield _event(id, members, area_is_contested=area_is_contested)


def _moment(record: ClaimRecord) -> Moment | None:
    """When, and what was done then by whom."""
    when = moment(record.date)
    return replace(when, mark=(EFFECT[record.word], record.powers)) if when and record.word else when


def _id(record: ClaimRecord, cluster: Iterable[Moment]) -> str:
    """``{family}_{place}_{date}``: the earliest of the finest, so that a vaguer claim does not change it."""
    finest = min(cluster, key=lambda when: (when.anchor[1] - when.anchor[0], when.anchor, when.value))
    return event_id(record.family, record.place, finest.name)


def _event(id: str, records: Sequence[ClaimRecord], *, area_is_contested: bool) -> Event:
    assert records[0].family
    date, actors = _date(records), _actors(records)
    stated = {one: [number for record in records for number in record.stated(one.name)] for one in NUMBERS}
    differing = {one for one, numbers in stated.items() if not numbers_agree(numbers)}
    left_out = {one for one in NUMBERS if one in differing or (one.scope == "place" and area_is_contested)}
    finest = {one.name: finest_number(numbers) for one, numbers in stated.items() if one not in left_out}
    contested = {"date": date is None, "actor": actors is None}
    contested |= {one.name: one.scope != "place" for one in differing}
    return Event(
        id=id,
        family=records[0].family,
        place=records[0].place,
        claims=tuple(record.claim for record in records),
        sources=independent(records),
        date=date or "",
        numbers={name: number for name, number in finest.items() if number},
        actors=actors or (),
        contested=tuple(one.name for one in COMPARED if contested.get(one.name)),
    )


def _date(records: Sequence[ClaimRecord]) -> str | None:
    """Empty: not stated; None: contested."""
    moments = [when for record in records if (when := moment(record.date))]
    return agreed_date(moments) if moments else records[0].date


def _actors(records: Sequence[ClaimRecord]) -> tuple[str, ...] | None:
    """Empty: not stated, or not comparable; None: contested.

    Who comes is not compared with who leaves. A state and its own armed forces are compatible, and so is one of several
    who act with all of them: the event has the finest. Somebody whom only one document knows may be anybody, so that it
    takes two known actors to differ.
    """
    named = [record for record in records if record.actors]
    compared = [record for record in named if record.word not in LEAVES] or named
    known = [record for record in compared if not _is_local(record)]
    powers = sorted({frozenset(record.powers or record.actors) for record in known}, key=len)
    if records[0].family == "control" and any(not few <= many for few, many in pairwise(powers)):
        return None
    stated = {record.actors for record in compared}
    if len(stated) != 1 and len(known) == len(compared) and records[0].family == "control":
        stated = {record.actors for record in known if set(record.powers or record.actors) == powers[-1]}
        stated = {actors for actors in stated if not set(actors) & powers[-1]} or stated
    return next(iter(stated)) if len(stated) == 1 else ()


def _is_local(record: ClaimRecord) -> bool:
    return any(is_local(actor, record.document) for actor in record.actors)
