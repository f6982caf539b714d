"""Across documents: their claims to events and findings, validated like the documents were."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import pyoxigraph as ox

from kg import check, rdf, reconcile
from kg.errors import InputError
from kg.process import Processed, Processor, SetAside
from kg.read import Unreadable
from kg.validate import Report, Result, prepare, validate
from kg.vocabulary import KG, RDF
from kg.write import merge, ntriples

_ABOUT = str(KG.about).encode()
_SHAPED = frozenset(
    str(term).encode() for term in (RDF.type, KG.date, KG.sharePercent)
)  # of a claim, by events' shapes
_TOGETHER = 200  # events: SHACL takes more than linear time in large graphs


@dataclass
class Gathered:
    """What came of the documents so far."""

    graphs: list[bytes] = field(default_factory=list)
    annotations: list[bytes] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    records: list[reconcile.ClaimRecord] = field(default_factory=list)
    findings: list[check.Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    unreadable: list[Unreadable] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)

    def add(self, one: Processed | Unreadable) -> None:
        if isinstance(one, Unreadable):
            self.unreadable.append(one)
            return
        for document in one.accepted:
            self.graphs.append(document.graph)
            self.annotations.append(document.annotations)
            self.keys.update(document.keys)
            self.records += document.records
            self.counts.update(document.counts)
        self.findings += one.findings
        self.set_aside += one.set_aside
        self.counts.update({"sources": 1, "documents": len(one.accepted)})

    def refuse_nothing(self) -> None:
        """Raises InputError where no document came of any source."""
        if self.graphs or self.set_aside:
            return
        if self.unreadable:
            first = self.unreadable[0]
            raise InputError(f"nothing could be read: {first.reason}", where=first.path, hint=first.hint)
        raise InputError("there is no text in what was given", hint="name files that hold text")


@dataclass(frozen=True, slots=True)
class United:
    """The graph of all documents with what comes of them together."""

    graph: bytes
    report: Report | None  # of everything that was left out; None: nothing was validated
    counts: Counter[str]


def unite(gathered: Gathered, processor: Processor) -> United:
    """Reconcile the claims and look for findings; what does not conform is left out and reported."""
    iris, names = processor.iris, processor.gazetteer
    found = reconcile.reconcile(gathered.records)
    findings = [*gathered.findings, *check.contested(found, gathered.records, names)]
    documents = merge(*gathered.graphs, ntriples(names.triples(sorted(gathered.keys), iris.base)))
    across = ntriples([*rdf.event_triples(found, iris), *rdf.finding_triples(findings, iris)])
    report = None
    if processor.shapes:
        results = list(_results(documents, across, processor.engine))
        across = _without(across, {result.focus.encode() for result in results})
        results += [result for one in gathered.set_aside for result in one.results]
        report = Report(tuple(sorted(results, key=lambda result: result.order)))
    graph = merge(documents, across)
    contested = sum(bool(event.contested) for event in found.events) + len(found.areas)
    more = {
        "events": len(found.events),
        "contested": contested,
        "findings": len(findings),
        "triples": graph.count(b"\n"),
    }
    return United(graph, report, gathered.counts + Counter(more))


def _results(documents: bytes, across: bytes, engine: str) -> Iterator[Result]:
    """What the shapes of events and findings say, some hundred nodes at a time."""
    by_node: dict[bytes, list[bytes]] = defaultdict(list)
    events_of: dict[bytes, list[bytes]] = defaultdict(list)
    for line in across.splitlines():
        subject, predicate, object = line.split(b" ", 2)
        if predicate == _ABOUT:
            events_of[subject].append(object[:-2])
            subject = object[:-2]
        by_node[subject].append(line)
    for line in documents.splitlines():
        subject, predicate, _ = line.split(b" ", 2)
        if predicate in _SHAPED:
            for event in events_of.get(subject, ()):
                by_node[event].append(line)
    shapes = prepare(part="events")
    nodes = iter(by_node.values())
    while group := list(islice(nodes, _TOGETHER)):
        yield from validate(_triples(line for lines in group for line in lines), shapes, engine=engine).results


def _triples(lines: Iterable[bytes]) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES)]


def _without(graph: bytes, nodes: set[bytes]) -> bytes:
    """The graph without the triples that begin or end at these nodes."""
    if not nodes:
        return graph
    kept = (line for line in graph.splitlines() if not {line.split(b" ", 1)[0], line.split(b" ", 2)[2][:-2]} & nodes)
    return b"".join(line + b"\n" for line in kept)
