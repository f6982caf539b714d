"""What is contested between documents, as findings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kg.check.findings import Finding, counted, number
from kg.check.page import Places, name
from kg.domain import FAMILY, NUMBERS, PROPERTY, ComparedTerm
from kg.ids import finding_id, told_apart
from kg.reconcile import ClaimRecord, Reconciled

_UNKNOWN = "No gazetteer knows the name: they may speak of several places."
Value = Callable[[ClaimRecord, Places], str]


def _numbers(one: ComparedTerm) -> Value:
    def value(record: ClaimRecord, places: Places) -> str:
        return ", ".join(f"{number(stated.value, stated.qualifier)} {one.unit}" for stated in record.stated(one.name))

    return value


VALUES: dict[str, Value] = {
    "date": lambda record, places: record.date,
    "actor": lambda record, places: ", ".join(name(actor, places) for actor in record.actors),
    **{one.name: _numbers(one) for one in NUMBERS},
}


def contested(reconciled: Reconciled, by_claim: Mapping[str, ClaimRecord], places: Places) -> tuple[Finding, ...]:
    """A finding for each property on which the claims of an event, or on a place's area, differ."""
    findings = []
    for event in reconciled.events:
        claims = [by_claim[claim] for claim in event.claims]
        topic = f"{FAMILY[event.family].topic}{' in ' if event.place else ''}{_name(event.place, claims, places)}"
        for what in event.contested:
            findings.append(
                _finding(
                    finding_id(event.id, what),
                    f"the {PROPERTY[what].label} of the {topic}",
                    claims,
                    VALUES[what],
                    places,
                )
            )
    for area in reconciled.areas:
        claims = [by_claim[claim] for claim in area.claims]
        id, topic = finding_id(area.place, "area"), f"the area of {_name(area.place, claims, places)}"
        findings.append(_finding(id, topic, claims, VALUES["area"], places))
    return tuple(findings)


def same_name(reconciled: Reconciled, by_claim: Mapping[str, ClaimRecord], places: Places) -> tuple[Finding, ...]:
    """A finding for each property on which documents differ about a name that no gazetteer knows.

    Each of them has a place of its own by that name, and nobody knows whether it is one.
    """
    events = tuple(e for e in reconciled.events if len({by_claim[claim].document for claim in e.claims}) > 1)
    return tuple(
        replace(
            found, id=told_apart(found.id, "name"), check="name", severity="info", message=f"{found.message} {_UNKNOWN}"
        )
        for found in contested(Reconciled(events), by_claim, places)
    )


def _name(place: str, records: Sequence[ClaimRecord], places: Places) -> str:
    return records[0].name or (name(place, places) if place else "")


def _finding(id: str, what: str, records: Sequence[ClaimRecord], value: Value, places: Places) -> Finding:
    stated: dict[str, dict[str, None]] = {}
    claims = []
    for record in records:
        if said := value(record, places):
            stated.setdefault(said, {})[record.document] = None
            claims.append(record.claim)
    sides = "; ".join(f"{said} ({counted(len(documents), 'document')})" for said, documents in sorted(stated.items()))
    return Finding(id, "contested", "warning", f"Claims differ on {what}: {sides}.", tuple(claims))
