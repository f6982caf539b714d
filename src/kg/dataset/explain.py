"""Who says something, where, and in which words: the claims of an IRI with their sentences."""

import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.dataset import Dataset
from kg.dataset.graph import Graph, Term
from kg.dataset.rows import shorten
from kg.domain import NUMBERS
from kg.errors import UsageError
from kg.model import Span
from kg.runtime.terminal import Line, line
from kg.vocabulary import DCTERMS, KG, NIF, ORG, PROV, QUDT, RDF, RDFS, SCHEMA, SEM, term

_INDENT = "  "
_LINE_ENDS = re.compile(r"\s*\n\s*")
_SHOWN_APART = frozenset({PROV.wasDerivedFrom, KG.mainEvidence, DCTERMS.source, KG.accordingTo, RDF.type})
_WORDS = {  # in the order in which a person asks; other properties follow under their short IRIs
    RDFS.label: "name",
    RDF.type: "type",
    SEM.hasPlace: "place",
    KG.calledAs: "called",
    KG.date: "date",
    SEM.hasActor: "by",
    **{term(one.term): f"{one.label}, {one.unit}" for one in NUMBERS},
    KG.ofAreaKm2: "of, km2",
    KG.includesPlace: "including",
    KG.figureOf: "of",
    QUDT.numericValue: "value",
    KG.countOf: "counted",
    ORG.member: "person",
    KG.roleTitle: "role",
    ORG.organization: "of",
    KG.speaker: "speaker",
    SCHEMA.text: "text",
    KG.saidTo: "said to",
    KG.about: "event",
    KG.sources: "independent sources",
    KG.contested: "contested",
    KG.message: "message",
}
_ORDER = {predicate: number for number, predicate in enumerate(_WORDS)}
_DERIVED = frozenset({SEM.hasEarliestBeginTimeStamp, SEM.hasLatestEndTimeStamp})  # the date says it
_LINKS = _DERIVED | frozenset({SCHEMA.mentions})  # a document's list of what it names is long and says little


def explain(data: Dataset, wanted: str) -> Iterator[Line]:
    """The lines for a claim, event, place, agent, document, span or finding.

    ``wanted`` is an IRI, in full or short (``place:AZ-SUS``, ``claim/...``), or the name of one
    entity. Raises UsageError where the dataset has no such thing.
    """
    explained = _Explained(data)
    subject = explained.find(wanted)
    if explained.is_claim(subject):
        yield from explained.claim(subject)
        return
    yield from explained.thing(subject)
    claims = explained.claims_about(subject)
    if claims:
        yield line()
        yield line((f"{len(claims)} claim{'s' * (len(claims) > 1)}", "title"))
    for claim in claims:
        yield line()
        yield from explained.claim(claim)


class _Explained:
    """A dataset in words."""

    def __init__(self, data: Dataset) -> None:
        self.data, self.graph = data, Graph(data.store)

    def find(self, wanted: str) -> ox.NamedNode:
        try:
            subject = ox.NamedNode(self.data.iri(wanted))
        except (UsageError, ValueError):
            return self._by_name(wanted)
        if subject not in self.graph:
            raise UsageError(f"the dataset says nothing of <{subject.value}>", hint=self._nearest(subject))
        return subject

    def thing(self, subject: ox.NamedNode) -> Iterator[Line]:
        """A node's own properties, one a line."""
        yield line((self.short(subject), "name"), _INDENT, (self.graph.label(subject), "title"))
        yield from self._properties(subject, without=_LINKS)

    def claim(self, claim: ox.NamedNode) -> Iterator[Line]:
        """What a claim says, who says it where, and the words."""
        types = sorted(self.short(kind).partition(":")[2] for kind in self.graph.nodes(claim, RDF.type))
        yield line((self.short(claim), "name"), _INDENT, (", ".join(types), "title"))
        yield from self._properties(claim, without=_SHOWN_APART | _DERIVED)
        for document in self.graph.nodes(claim, DCTERMS.source):
            voices = [self.named(voice) for voice in self.graph.objects(claim, KG.accordingTo)]
            yield line(_INDENT, ("said by: ", "quiet"), ", ".join(voices) or "the document in its own voice")
            yield line(_INDENT, ("document: ", "quiet"), self.named(document), (f", {self._file(document)}", "quiet"))
            yield from self._evidence(claim, document)

    def is_claim(self, subject: ox.NamedNode) -> bool:
        return bool(self.graph.objects(subject, PROV.wasDerivedFrom))

    def claims_about(self, subject: ox.NamedNode) -> list[ox.NamedNode]:
        """Every claim that names the subject, or is named by it, by document and characters."""
        found = {*self.graph.subjects(None, subject), *self.graph.nodes(subject, KG.concerns)}
        return sorted(filter(self.is_claim, found), key=self._place)

    def named(self, term: Term) -> str:
        """A literal as its text, an IRI by its label and short form."""
        if isinstance(term, ox.Literal):
            return f"{term.value} ({term.language})" if term.language else term.value
        label = self.graph.label(term)
        return f"{label} ({self.short(term)})" if label else self.short(term)

    def short(self, node: ox.NamedNode) -> str:
        return shorten(node.value, self.data.prefixes)

    def _properties(self, subject: ox.NamedNode, *, without: frozenset[ox.NamedNode]) -> Iterator[Line]:
        found = self.graph.properties(subject, without=without)
        for predicate, values in sorted(found, key=lambda pair: _ORDER.get(pair[0], len(_ORDER))):
            word = _WORDS.get(predicate) or self.short(predicate)
            yield line(_INDENT, (f"{word}: ", "quiet"), ", ".join(map(self.named, values)))

    def _evidence(self, claim: ox.NamedNode, document: ox.NamedNode) -> Iterator[Line]:
        main = self.graph.nodes(claim, KG.mainEvidence)
        others = [node for node in self.graph.nodes(claim, PROV.wasDerivedFrom) if node not in main]
        text = self._text(document)
        for node in [*main, *sorted(others, key=self.graph.span)]:
            span = self.graph.span(node)
            yield line(_INDENT, (f"{'' if node in main else 'with '}characters {span.start}-{span.end}:", "quiet"))
            if text is None or node not in main:
                yield line(_INDENT * 2, (_flat(self.graph.one(node, NIF.anchorOf)), "evidence"))
            else:
                yield _in_context(text, span, self.data.sentences(document.value))

    def _by_name(self, name: str) -> ox.NamedNode:
        found = self.data.named(name)
        if len(found) == 1:
            return ox.NamedNode(found[0])
        shorts = ", ".join(shorten(iri, self.data.prefixes) for iri in found)
        hint = f"choose one of {shorts}" if found else "kg query places, people or organizations list the names"
        raise UsageError(f"{len(found) or 'no'} things are named {name!r}", hint=hint)

    def _nearest(self, subject: ox.NamedNode) -> str:
        from rapidfuzz.process import extractOne

        match = extractOne(subject.value, [node.value for node in self.graph.subjects()], score_cutoff=80)
        known = "kg query claims lists every claim"
        return f"did you mean {shorten(match[0], self.data.prefixes)}?" if match else known

    def _file(self, document: ox.NamedNode) -> str:
        sources = self.graph.nodes(document, DCTERMS.isPartOf)
        return self.graph.one(sources[0], KG.path) if sources else ""

    def _text(self, document: ox.NamedNode) -> str | None:
        sources = self.graph.nodes(document, DCTERMS.isPartOf)
        return self.data.text(sources[0].value) if sources else None

    def _place(self, claim: ox.NamedNode) -> tuple[str, int, str]:
        spans = self.graph.nodes(claim, KG.mainEvidence) or self.graph.nodes(claim, PROV.wasDerivedFrom)
        return self.graph.one(claim, DCTERMS.source), min(map(self.graph.span, spans)).start, claim.value


def _in_context(text: str, span: Span, sentences: list[Span]) -> Line:
    """The sentences of the evidence with their neighbours; the evidence stands out."""
    touched = [number for number, sentence in enumerate(sentences) if sentence.overlaps(span)]
    near = sentences[max(0, touched[0] - 1) : touched[-1] + 2] if touched else [span]
    before = text[min(near[0].start, span.start) : span.start]
    after = text[span.end : max(near[-1].end, span.end)]
    return line(_INDENT * 2, (_flat(before), "quiet"), (_flat(span.of(text)), "evidence"), (_flat(after), "quiet"))


def _flat(text: str) -> str:
    """The text on one line."""
    return _LINE_ENDS.sub(" ", text) if "\n" in text else text
