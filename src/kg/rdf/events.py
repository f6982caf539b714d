"""What comes of many documents: events, contested areas of places, and findings."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from kg import domain
from kg.check import Finding
from kg.ids import IRIs
from kg.rdf.documents import FAMILIES, A, date_pairs, number_pairs
from kg.rdf.graph import Graph, Pairs
from kg.rdf.literals import count
from kg.reconcile import Event, Reconciled
from kg.vocabulary import KG, SEM, term

CONTESTED = {one.name: term(one.term) for one in domain.COMPARED}
NUMBERS: dict[str, tuple[NamedNode, NamedNode]] = {
    one.name: (term(one.term), term(one.qualifier)) for one in domain.NUMBERS
}


def event_graph(reconciled: Reconciled, iris: IRIs) -> bytes:
    """Every event, the link from each of its claims to it, and the places whose area is contested: sorted N-Triples."""
    graph = Graph()
    for event in reconciled.events:
        node = iris.event(event.id)
        graph.add(node, _event(event, iris))
        for claim in event.claims:
            graph.add(iris.claim(claim), ((KG.about, node),))
    for area in reconciled.areas:
        graph.add(iris(area.place), ((KG.contested, KG.areaKm2),))
    return graph.sorted()


def finding_graph(findings: Iterable[Finding], iris: IRIs) -> bytes:
    """Every finding with the claims that it concerns, as sorted N-Triples."""
    graph = Graph()
    for finding in findings:
        graph.add(iris.finding(finding.id), _finding(finding, iris))
    return graph.sorted()


def _finding(finding: Finding, iris: IRIs) -> Pairs:
    yield A, KG.Finding
    yield KG.check, Literal(finding.check)
    yield KG.severity, Literal(finding.severity)
    yield KG.message, Literal(finding.message, language="en")
    for claim in finding.claims:
        yield KG.concerns, iris.claim(claim)


def _event(event: Event, iris: IRIs) -> Pairs:
    yield A, FAMILIES[event.family]
    if event.place:
        yield SEM.hasPlace, iris(event.place)
    yield KG.sources, count(event.sources)
    if event.date:
        yield from date_pairs(event.date)
    for name, number in event.numbers.items():
        predicate, qualifier = NUMBERS[name]
        yield from number_pairs(predicate, number.value, qualifier, number.qualifier)
    for actor in event.actors:
        yield SEM.hasActor, iris(actor)
    for contested in event.contested:
        yield KG.contested, CONTESTED[contested]
