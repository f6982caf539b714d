"""What comes of many documents: events, contested areas of places, and findings."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Triple

from kg.rdf.documents import FAMILIES, A, Pairs, date_pairs, number_pairs
from kg.rdf.iris import IRIs
from kg.rdf.literals import count
from kg.vocabulary import KG, SEM

if TYPE_CHECKING:  # both stages name things by the paths of this package
    from kg.check import Finding
    from kg.reconcile import Event, PlaceArea, Reconciled

CONTESTED = {"date": KG.date, "part": KG.partKm2, "share": KG.sharePercent, "actor": SEM.hasActor}


def event_triples(reconciled: "Reconciled", iris: IRIs) -> Iterator[Triple]:
    """Every event, the link from each of its claims to it, and the places whose area is contested."""
    for event in reconciled.events:
        node = iris.event(event.id)
        for predicate, value in _event(event, iris):
            yield Triple(node, predicate, value)
        for claim in event.claims:
            yield Triple(iris.claim(claim), KG.about, node)
    for area in reconciled.areas:
        yield _area(area, iris)


def finding_triples(findings: Iterable["Finding"], iris: IRIs) -> Iterator[Triple]:
    """Every finding with the claims that it concerns."""
    for finding in findings:
        node = iris.finding(finding.id)
        yield Triple(node, A, KG.Finding)
        yield Triple(node, KG.check, Literal(finding.check))
        yield Triple(node, KG.severity, Literal(finding.severity))
        yield Triple(node, KG.message, Literal(finding.message, language="en"))
        for claim in finding.claims:
            yield Triple(node, KG.concerns, iris.claim(claim))


def _event(event: "Event", iris: IRIs) -> Pairs:
    yield A, FAMILIES[event.family]
    if event.place:
        yield SEM.hasPlace, iris(event.place)
    yield KG.sources, count(event.sources)
    if event.date:
        yield from date_pairs(event.date)
    for predicate, number, qualifier in (
        (KG.areaKm2, event.area, KG.areaQualifier),
        (KG.partKm2, event.part, KG.partQualifier),
        (KG.sharePercent, event.share, KG.shareQualifier),
    ):
        if number:
            yield from number_pairs(predicate, number.value, qualifier, number.qualifier)
    for actor in event.actors:
        yield SEM.hasActor, iris(actor)
    for contested in event.contested:
        yield KG.contested, CONTESTED[contested]


def _area(area: "PlaceArea", iris: IRIs) -> Triple:
    return Triple(iris(area.place), KG.contested, KG.areaKm2)
