"""The dataset as the pages show it: things with their names and paths, claims with their quotes."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

import pyoxigraph as ox

from kg import gazetteer
from kg.dataset.graph import Graph, Settled, Term
from kg.dataset.rows import shorten
from kg.domain import COMPARED, FIGURE, NUMBERS, PROPERTY
from kg.model import Span
from kg.vocabulary import DCTERMS, GEO, KG, NIF, ORG, PROV, QUDT, RDF, RDFS, SCHEMA, SEM, term
from kg.web.pages.figures import area_words, converted_words, figure_words
from kg.web.pages.naming import Names
from kg.web.pages.publishers import Publishers
from kg.web.pages.wording import FAMILIES, FIGURES, KINDS, TYPES, date_words, number_words
from kg.web.snapshot import Snapshot

_OF_FIGURES: Final = {KG[FIGURE[one.figure].term]: one.name for one in COMPARED if one.figure}
_AROUND: Final = 160  # characters shown before and after a quote


@dataclass(frozen=True, slots=True)
class Thing:
    """Anything that has a page: where it is, what it is called, what it is. Without a path it is elsewhere."""

    iri: str
    name: str
    path: str = ""
    kind: str = ""

    def __bool__(self) -> bool:
        return bool(self.iri)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what a claim or event says: a word, and values that are text or things."""

    word: str
    values: tuple["str | Thing", ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of a text that a claim rests on."""

    span: Span
    words: str
    main: bool
    path: str  # the span's IRI
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one document says."""

    iri: str
    path: str
    kind: str
    title: str  # what it says, in a line
    facts: tuple[Fact, ...]
    document: Thing
    publisher: str  # of the document; empty where nobody states it
    by: str  # its colour
    voices: tuple[Thing, ...]
    evidence: tuple[Evidence, ...]
    event: Thing | None = None
    text: str = ""  # of a statement
    speaker: Thing | None = None
    place: Thing | None = None
    actors: tuple[Thing, ...] = ()
    word: str = ""  # the document's own, of an event
    family: str = ""
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)  # date, area, part, share, actor: as compared

    @property
    def quote(self) -> Evidence:
        return next((one for one in self.evidence if one.main), self.evidence[0])


class Facts:
    """Reads a snapshot for the pages."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot, self.data = snapshot, snapshot.dataset
        self.graph = Settled(snapshot.store, default_only=True)
        self._unkept = Graph(snapshot.store, default_only=True)  # for one triple of a subject
        self.base, self._claims = snapshot.base, f"{snapshot.base}claim/"
        self.thing = lru_cache(maxsize=65536)(self._thing)
        self.claim = lru_cache(maxsize=4096)(self._claim)  # each stands on the pages of several things
        self.publisher = lru_cache(maxsize=65536)(self._publisher)  # a place asks for each thrice
        self.position = lru_cache(maxsize=65536)(self._position)
        self.text = lru_cache(maxsize=64)(self.data.text)
        self.spans = lru_cache(maxsize=64)(self._spans)
        self.names = Names(self.graph, self.short, self.text)

    def node(self, path: str) -> ox.NamedNode:
        return ox.NamedNode(self.base + path)

    def path(self, iri: str) -> str:
        """Where an IRI is on the site; empty for one that is not ours."""
        if iri.startswith(KG.iri):
            return f"ontology#{iri.removeprefix(KG.iri)}"
        return iri.removeprefix(self.base) if iri.startswith(self.base) and iri != self.base else ""

    def short(self, iri: str) -> str:
        return shorten(iri, self.data.prefixes)

    def _thing(self, iri: str) -> Thing:
        node = ox.NamedNode(iri)
        name = self.names.of(node)
        if self.is_claim(node) and name == self.short(iri):  # a claim is called by what it says
            name = self.claim(node).title
        return Thing(iri, name, self.path(iri), self._kind(node))

    def things(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> tuple[Thing, ...]:
        return tuple(self.thing(node.value) for node in self.graph.nodes(subject, predicate))

    def one(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> Thing | None:
        return next(iter(self.things(subject, predicate)), None)

    def labels(self, subject: ox.NamedNode) -> list[tuple[str, str]]:
        """Every name with its language, the labels first."""
        found = [
            (term.value, term.language or "")
            for predicate in (RDFS.label, SCHEMA.alternateName)
            for term in self.graph.objects(subject, predicate)
            if isinstance(term, ox.Literal)
        ]
        return list(dict.fromkeys(found))

    def _claim(self, node: ox.NamedNode) -> Claim:
        """A claim with all that its card shows."""
        kind, family = self._claim_kind(node)
        document = self.one(node, DCTERMS.source) or Thing("", "")
        facts = tuple(self.said(node))
        statement = self.graph.one(node, SCHEMA.text)
        place = self.one(node, SEM.hasPlace) or self.one(node, KG.figureOf)
        actors = self.things(node, SEM.hasActor)
        publisher = self.publisher(document.iri) if document else ""
        return Claim(
            iri=node.value,
            path=self.path(node.value),
            kind=kind,
            title=self._title(node, kind, place, actors),
            facts=facts,
            document=document,
            publisher=publisher,
            by=self.publishers.of(publisher),
            voices=self.things(node, KG.accordingTo),
            evidence=tuple(self._evidence(node, document)),
            event=self.one(node, KG.about),
            text=statement,
            speaker=self.one(node, KG.speaker),
            place=place,
            actors=actors,
            word=self.graph.one(node, KG.calledAs),
            family=family,
            values=self.compared(node),
        )

    def column(self, query: str) -> list[str]:
        """The values of a query's one column, where they are bound."""
        return [str(value) for row in self.data.query(query) for value in row.values() if value is not None]

    def claims(self, nodes: Iterable[ox.NamedNode]) -> list[Claim]:
        """Claims in the order of documents and characters."""
        return [self.claim(node) for node in self.ordered(nodes)]

    def ordered(self, nodes: Iterable[ox.NamedNode]) -> list[ox.NamedNode]:
        """Each claim once, in the order of documents and characters."""
        return sorted(set(nodes), key=self.position)

    def claims_about(self, subject: ox.NamedNode) -> list[ox.NamedNode]:
        """Every claim that names the subject, or is named by it; sorted."""
        found = {*self.graph.subjects(None, subject), *self.graph.nodes(subject, KG.concerns)}
        return self.ordered(filter(self.is_claim, found))

    def is_claim(self, node: ox.NamedNode) -> bool:
        return node.value.startswith(self._claims)

    def _publisher(self, document: str) -> str:
        """Who publishes a document; empty where nobody says."""
        return self._unkept.one(ox.NamedNode(document), SCHEMA.publisher)

    def known(self, iri: str) -> bool:
        """Whether the dataset says anything of it, so that it has a page."""
        return iri.startswith(self.base) and ox.NamedNode(iri) in self.graph

    def called(self, iri: str) -> str:
        """What a thing is called; an entry of the gazetteer of which the dataset says nothing, too."""
        if self.known(iri):
            return self.thing(iri).name
        entry = gazetteer.load().entry(iri.removeprefix(self.base))
        if entry is None:
            return self.short(iri)
        return f"{entry.name} ({entry.type}{f', {entry.country}' if entry.country else ''})"

    @cached_property
    def publishers(self) -> Publishers:
        counted = self.data.query(
            f"SELECT ?name (COUNT(?document) AS ?n) {{ ?document <{SCHEMA.publisher.value}> ?name }} GROUP BY ?name"
        )
        return Publishers({str(row["name"]): int(str(row["n"])) for row in counted})

    @cached_property
    def types(self) -> dict[ox.NamedNode, str]:
        others = {KG.Finding: "finding", GEO.Feature: "place", PROV.Entity: "source", NIF.Phrase: "span"}
        return KINDS | TYPES | others

    def _kind(self, node: ox.NamedNode) -> str:
        if finer := self.graph.one(node, SCHEMA.additionalType):
            return finer.replace("-", " ")
        found = self.graph.nodes(node, RDF.type)
        return next((word for kind, word in self.types.items() if kind in found), "")

    def _claim_kind(self, node: ox.NamedNode) -> tuple[str, str]:
        found = {*self.graph.nodes(node, RDF.type), *self.graph.nodes(node, KG.figureKind)}
        return kind_of(found), next((word for type_, word in FAMILIES.items() if type_ in found), "")

    def _title(self, node: ox.NamedNode, kind: str, place: Thing | None, actors: tuple[Thing, ...]) -> str:
        if role := self.graph.one(node, KG.roleTitle):
            holders = ", ".join(one.name for one in self.things(node, ORG.member))
            return f"{holders}: {role}"
        if self.graph.one(node, SCHEMA.text):
            speakers = ", ".join(one.name for one in self.things(node, KG.speaker))
            return f"{speakers or 'Somebody'}, {kind}"
        subject = place.name if place else self.graph.one(node, KG.subjectText) or ", ".join(one.name for one in actors)
        return f"{subject}: {kind}" if subject else kind.capitalize()

    def said(self, node: ox.NamedNode) -> Iterator[Fact]:
        """What a claim or an event says, a line each, in the order in which a person asks."""
        graph = self.graph
        yield from self._linked(node, ("place", SEM.hasPlace), ("of", KG.figureOf))
        if word := graph.one(node, KG.calledAs):
            yield Fact("called", (f"“{word}”",))
        if date := graph.one(node, KG.date):
            yield Fact("date", (date_words(date),))
        yield from self._linked(node, ("by", SEM.hasActor))
        yield from self._numbers(node)
        yield from self._linked(
            node,
            ("including", KG.includesPlace),
            ("person", ORG.member),
        )
        if title := graph.one(node, KG.roleTitle):
            yield Fact("title", (f"“{title}”",))
        yield from self._linked(node, ("of", ORG.organization), ("role", ORG.role), ("speaker", KG.speaker))
        yield from self._linked(node, ("said to", KG.saidTo), ("not carried out by", KG.notImplementedBy))
        if said := graph.one(node, KG.saidAt):
            yield Fact("said", (date_words(said),))
        for demand in graph.nodes(node, KG.demands):
            yield Fact("demand", (KINDS.get(demand, self.short(demand.value)),))

    def _linked(self, node: ox.NamedNode, *pairs: tuple[str, ox.NamedNode]) -> Iterator[Fact]:
        for word, predicate in pairs:
            if found := self.things(node, predicate):
                yield Fact(word, found)

    def _numbers(self, node: ox.NamedNode) -> Iterator[Fact]:
        graph = self.graph
        for one in NUMBERS:
            if value := graph.one(node, term(one.term)):
                exact = graph.one(node, term(one.qualifier))
                yield Fact("part" if exact == "part-of" else one.label, (number_words(value, one.shown, exact),))
        if value := graph.one(node, KG.ofAreaKm2):
            yield Fact("of", (number_words(value, PROPERTY["area"].shown),))
        if unit := graph.one(node, KG.areaConvertedFrom):
            yield Fact("converted from", (area_words(graph, node) or f"“{unit}”",))
        if graph.one(node, QUDT.numericValue):
            yield Fact("value", (figure_words(graph, node),))
        if graph.one(node, KG.convertedFrom):
            yield Fact("converted", (converted_words(graph, node),))

    def compared(self, node: ox.NamedNode) -> dict[str, tuple[str, ...]]:
        """The values of a claim that others can agree or differ with, by property: who is not named may be anybody."""
        graph, found = self.graph, {}
        part = graph.one(node, KG.areaQualifier) == "part-of" or bool(graph.one(node, KG.ofAreaKm2))
        figures, of_part = graph.nodes(node, KG.figureKind), graph.one(node, KG.qualifier) == "part-of"
        for name, values in (
            ("part" if part else "area", graph.objects(node, KG.areaKm2)),
            ("area", graph.objects(node, KG.ofAreaKm2)),
            *(
                (_of_part(name, of_part), self._value(node) if kind in figures else [])
                for kind, name in _OF_FIGURES.items()
            ),
            *((one.name, graph.objects(node, term(one.term))) for one in COMPARED if one.scope == "event"),
        ):
            if known := tuple(value.value for value in values if not self._is_described(value)):
                found[name] = known
        return found

    def _is_described(self, value: Term) -> bool:
        return isinstance(value, ox.NamedNode) and KG.DescribedActor in self.graph.nodes(value, RDF.type)

    def _value(self, node: ox.NamedNode) -> list[Term]:
        return self.graph.objects(node, QUDT.numericValue)

    def _evidence(self, claim: ox.NamedNode, document: Thing) -> Iterator[Evidence]:
        main = self.graph.nodes(claim, KG.mainEvidence)
        others = [node for node in self.graph.nodes(claim, PROV.wasDerivedFrom) if node not in main]
        text = self.text_of(document)
        for node in [*main, *sorted(others, key=self.graph.span)]:
            span, words = self.graph.span(node), self.graph.one(node, NIF.anchorOf)
            around = _around(text, span) if text and node in main else ("", "")
            yield Evidence(span, words, node in main, self.path(node.value), *around)

    def text_of(self, document: Thing) -> str | None:
        """The stored text that a document is part of."""
        if not document:
            return None
        sources = self.graph.nodes(ox.NamedNode(document.iri), DCTERMS.isPartOf)
        return self.text(sources[0].value) if sources else None

    def _spans(self, document: str) -> tuple[Span, ...]:
        """The characters of a document's pieces of evidence, the shortest first."""
        found = self.graph.subjects(NIF.referenceContext, ox.NamedNode(document))
        return tuple(sorted(map(_characters, found), key=lambda span: span.end - span.start))

    def _position(self, claim: ox.NamedNode) -> tuple[str, int, str]:
        graph = self._unkept
        spans = graph.nodes(claim, KG.mainEvidence) or graph.nodes(claim, PROV.wasDerivedFrom)
        begins = [_characters(span).start for span in spans]
        return graph.one(claim, DCTERMS.source), min(begins, default=0), claim.value


def _characters(span: ox.NamedNode) -> Span:
    """The characters of a span, as its IRI tells them."""
    _, start, end = span.value.rsplit("-", 2)
    return Span(int(start), int(end))


def kind_of(types: Collection[object]) -> str:
    """The most telling word for a claim of these types and kinds of figures."""
    kind = next((word for type_, word in KINDS.items() if type_ in types), "claim")
    return next((FIGURES[one] for one in FIGURES if one in types), kind) if kind == "figure" else kind


def _of_part(name: str, of_part: bool) -> str:
    """What a figure is compared as: an area of a part is none of the whole."""
    return "part" if of_part and name == "area" else name


def _around(text: str, span: Span) -> tuple[str, str]:
    """The text before and after a span, up to the ends of its paragraph, not too much of it."""
    first = max(text.rfind("\n", 0, span.start) + 1, span.start - _AROUND)
    end = text.find("\n", span.end)
    last = min(end if end >= 0 else len(text), span.end + _AROUND)
    before, after = text[first : span.start], text[span.end : last]
    if span.start - _AROUND == first and " " in before:
        before = "…" + before[before.index(" ") :]
    if span.end + _AROUND == last and " " in after:
        after = after[: after.rindex(" ")] + " …"
    return before, after
