"""Who says something, where, and in which words: the claims of an IRI with their sentences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.dataset import Dataset
from kg.errors import UsageError
from kg.model import Span
from kg.results import shorten
from kg.terminal import Line, line
from kg.vocabulary import DCTERMS, KG, NIF, PROV, RDF, RDFS, SCHEMA

_INDENT = "  "
_ABOUT_EVIDENCE = frozenset({PROV.wasDerivedFrom, KG.mainEvidence, DCTERMS.source, KG.accordingTo, RDF.type, KG.about})


def explain(data: Dataset, wanted: str) -> Iterator[Line]:
    """The lines for a claim, event, place, agent, document, span or finding.

    ``wanted`` is an IRI, in full or short (``place:AZ-SUS``, ``claim/...``), or the name of one
    entity. Raises UsageError where the dataset has no such thing.
    """
    graph = _Graph(data)
    subject = _find(data, graph, wanted)
    if graph.is_claim(subject):
        yield from _claim(graph, subject)
        return
    yield from _thing(graph, subject)
    claims = graph.claims_about(subject)
    if claims:
        yield line()
        yield line((f"{len(claims)} claim{'s' * (len(claims) > 1)}", "title"))
    for claim in claims:
        yield line()
        yield from _claim(graph, claim)


def _find(data: Dataset, graph: "_Graph", wanted: str) -> ox.NamedNode:
    try:
        subject = ox.NamedNode(data.iri(wanted))
    except (UsageError, ValueError):
        found = data.named(wanted)
        if len(found) == 1:
            return ox.NamedNode(found[0])
        shorts = ", ".join(shorten(iri, data.prefixes) for iri in found)
        hint = f"choose one of {shorts}" if found else "kg query places, people or organizations list the names"
        raise UsageError(f"{len(found) or 'no'} things are named {wanted!r}", hint=hint) from None
    if not graph.has(subject):
        raise UsageError(f"the dataset says nothing of <{subject.value}>", hint=_nearest(data, graph, subject))
    return subject


def _nearest(data: Dataset, graph: "_Graph", subject: ox.NamedNode) -> str:
    from rapidfuzz.process import extractOne

    match = extractOne(subject.value, graph.subjects(), score_cutoff=80)
    return f"did you mean {shorten(match[0], data.prefixes)}?" if match else "kg query events lists events and claims"


def _thing(graph: "_Graph", subject: ox.NamedNode) -> Iterator[Line]:
    """A node's own properties, one a line."""
    name = graph.label(subject)
    yield line((graph.short(subject), "name"), *([_INDENT, (name, "title")] if name else []))
    for predicate, values in graph.properties(subject):
        yield line(_INDENT, (f"{graph.short(predicate)}: ", "quiet"), ", ".join(values))


def _claim(graph: "_Graph", claim: ox.NamedNode) -> Iterator[Line]:
    """A claim: what it says, who says it where, and the words."""
    types = [graph.short(kind).partition(":")[2] for kind in graph.objects(claim, RDF.type)]
    yield line((graph.short(claim), "name"), _INDENT, (", ".join(sorted(types)), "title"))
    for predicate, values in graph.properties(claim, without=_ABOUT_EVIDENCE):
        yield line(_INDENT, (f"{graph.short(predicate)}: ", "quiet"), ", ".join(values))
    for document in graph.objects(claim, DCTERMS.source):
        sayers = graph.objects(claim, KG.accordingTo)
        voice = ", ".join(graph.named(sayer) for sayer in sayers) or "the document in its own voice"
        yield line(_INDENT, ("said by: ", "quiet"), voice)
        yield line(_INDENT, ("in: ", "quiet"), graph.named(document), (f"  {graph.file(document)}", "quiet"))
        yield from _evidence(graph, claim, document)


def _evidence(graph: "_Graph", claim: ox.NamedNode, document: ox.NamedNode) -> Iterator[Line]:
    main = graph.objects(claim, KG.mainEvidence)
    others = [span for span in graph.objects(claim, PROV.wasDerivedFrom) if span not in main]
    for node in [*main, *others]:
        span = graph.span(node)
        where = f"characters {span.start}-{span.end}" if node in main else f"with characters {span.start}-{span.end}"
        yield line(_INDENT, (f"{where}: ", "quiet"))
        text = graph.text(document)
        if text is None:
            yield line(_INDENT * 2, (graph.one(node, NIF.anchorOf), "evidence"))
        elif node in main:
            yield from _in_context(text, span, graph.sentences(document))
        else:
            yield line(_INDENT * 2, (_one_line(span.of(text)), "evidence"))


def _in_context(text: str, span: Span, sentences: list[Span]) -> Iterator[Line]:
    """The sentences of the evidence with their neighbours; the evidence stands out."""
    touched = [number for number, sentence in enumerate(sentences) if sentence.overlaps(span)] or [0]
    near = sentences[max(0, touched[0] - 1) : touched[-1] + 2] or [span]
    start, end = min(near[0].start, span.start), max(near[-1].end, span.end)
    before, after = text[start : span.start], text[span.end : end]
    yield line(_INDENT * 2, (_one_line(before), "quiet"), (_one_line(span.of(text)), "evidence"), (_one_line(after), "quiet"))


def _one_line(text: str) -> str:
    """Text with every run of line ends as one space; nothing else changes."""
    return " ".join(part for part in text.split("\n") if part) if "\n" in text else text


@dataclass(frozen=True)
class _Graph:
    """Questions to a dataset's triples, answered in one order."""

    data: Dataset

    def has(self, subject: ox.NamedNode) -> bool:
        return next(self.data.store.quads_for_pattern(subject, None, None), None) is not None

    def is_claim(self, subject: ox.NamedNode) -> bool:
        return bool(self.objects(subject, PROV.wasDerivedFrom))

    def subjects(self) -> list[str]:
        return sorted({quad.subject.value for quad in self.data.store})

    def objects(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode]:
        found = (quad.object for quad in self.data.store.quads_for_pattern(subject, predicate, None))
        return sorted(found, key=lambda term: term.value)

    def one(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> str:
        return next((str(term.value) for term in self.objects(subject, predicate)), "")

    def claims_about(self, subject: ox.NamedNode) -> list[ox.NamedNode]:
        """Every claim that names the subject, or is named by it, in the order of their documents and characters."""
        pointing = {quad.subject for quad in self.data.store.quads_for_pattern(None, None, subject)}
        pointed = {quad.object for quad in self.data.store.quads_for_pattern(subject, KG.concerns, None)}
        return sorted(filter(self.is_claim, pointing | pointed), key=self._place)

    def properties(
        self, subject: ox.NamedNode, *, without: Iterable[ox.NamedNode] = ()
    ) -> Iterator[tuple[ox.NamedNode, list[str]]]:
        found: dict[ox.NamedNode, list[str]] = {}
        for quad in self.data.store.quads_for_pattern(subject, None, None):
            if quad.predicate not in without:
                found.setdefault(quad.predicate, []).append(self.named(quad.object))
        for predicate in sorted(found, key=lambda node: node.value):
            yield predicate, sorted(found[predicate])

    def named(self, term: ox.NamedNode | ox.Literal) -> str:
        """A literal as text, an IRI as its label and short form."""
        if isinstance(term, ox.Literal):
            return f"“{term.value}”@{term.language}" if term.language else term.value
        label = self.label(term)
        return f"{label} ({self.short(term)})" if label else self.short(term)

    def label(self, subject: ox.NamedNode) -> str:
        """The English name or headline, else the first of any language."""
        found = [
            (term.language != "en", term.value)
            for predicate in (RDFS.label, SCHEMA.headline)
            for term in self.objects(subject, predicate)
            if isinstance(term, ox.Literal)
        ]
        return min(found)[1] if found else ""

    def short(self, node: ox.NamedNode) -> str:
        return shorten(node.value, self.data.prefixes)

    def span(self, node: ox.NamedNode) -> Span:
        return Span(int(self.one(node, NIF.beginIndex)), int(self.one(node, NIF.endIndex)))

    def file(self, document: ox.NamedNode) -> str:
        source = self.objects(document, DCTERMS.isPartOf)
        return self.one(source[0], KG.path) if source else ""

    def text(self, document: ox.NamedNode) -> str | None:
        """The stored text of the document's source; None where it was not published."""
        sources = self.objects(document, DCTERMS.isPartOf)
        return self.data.text(sources[0].value) if sources else None

    def sentences(self, document: ox.NamedNode) -> list[Span]:
        return self.data.sentences(document.value)

    def _place(self, claim: ox.NamedNode) -> tuple[str, int, str]:
        spans = self.objects(claim, KG.mainEvidence) or self.objects(claim, PROV.wasDerivedFrom)
        start = min(self.span(span).start for span in spans)
        return self.one(claim, DCTERMS.source), start, claim.value
