"""One document: its source, itself, its claims with their spans, and what only it knows."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg import domain
from kg.ids import IRIs, claim_ids, entity_paths
from kg.model import (
    Claim,
    Document,
    Entity,
    EventClaim,
    Extraction,
    FigureClaim,
    RoleClaim,
    Source,
    Span,
    Statement,
    claim_entities,
)
from kg.rdf import literals
from kg.rdf.graph import Graph, Pairs
from kg.text import edtf
from kg.vocabulary import DCTERMS, GEO, KG, NIF, ORG, PROV, QUDT, RDF, RDFS, SCHEMA, SEM, UNIT, XSD, term

A = RDF.type
DOCUMENTS = {"article": SCHEMA.NewsArticle, "report": SCHEMA.Report}
ENTITIES = {
    "place": (SCHEMA.Place, GEO.Feature),
    "person": (SCHEMA.Person,),
    "organization": (SCHEMA.Organization,),
    "described": (),  # by what it does: `Names.described`
    "role": (ORG.Role,),
    "document": (SCHEMA.CreativeWork,),
}
LEGISLATION = frozenset(("document", type_) for type_ in ("resolution", "law", "treaty", "decree"))
NOT_MENTIONED = frozenset({"role", "described"})  # a document mentions what has a name
FAMILIES = {word.name: KG[word.term] for word in domain.FAMILIES}
WORDS = {word.name: KG[word.term] for word in domain.CONTROL_WORDS}
FIGURES = {figure.name: KG[figure.term] for figure in domain.FIGURES}
UNITS = {figure.name: UNIT[figure.unit] for figure in domain.FIGURES if figure.unit}
NUMBERS = tuple((term(one.term), term(one.qualifier), one.fields) for one in domain.NUMBERS if one.fields)
SPEECH = {"direct": KG.DirectSpeech, "indirect": KG.IndirectSpeech}
METHODS = {"rules": Literal("rules"), "model": Literal("model")}
# As N-Triples writes them, for spans, of which a page has more than a hundred.
_A, _BEGINS, _ENDS, _SAYS = map(str, (A, NIF.beginIndex, NIF.endIndex, NIF.anchorOf))
_OFFSET = str(XSD.nonNegativeInteger)

Node = NamedNode


class Names:
    """What the graphs of one document refer to: its nodes, the ids of its claims, its language and its text."""

    def __init__(self, extraction: Extraction, iris: IRIs) -> None:
        document = extraction.document
        self.extraction, self.iris, self.id = extraction, iris, document.id
        self.paths = entity_paths(extraction)
        self.claim_ids = claim_ids(extraction, self.paths)
        self.document = iris.document(document.id)
        self.claims = tuple(map(iris.claim, self.claim_ids))
        self.entities = {entity: iris(path) for entity, path in self.paths.items()}
        self.language = document.language
        self.content = document.source.text
        self._spans: dict[Span, Node] = {}
        self._of_all_spans = f"{NIF.referenceContext} {self.document} .\n"

    def span(self, span: Span) -> Node:
        node = self._spans.get(span)
        if node is None:
            node = self._spans[span] = self.iris.span(self.id, span)
        return node

    def describe(self, span: Span, graph: Graph, *, kind: Node = NIF.Phrase) -> None:
        """Add one node that is both the place in the text and the words there (NIF 2.0 Core)."""
        node = str(self.span(span))
        graph.lines += (
            f"{node} {_A} {kind} .\n",
            f"{node} {_SAYS} {Literal(span.of(self.content))} .\n",
            f"{node} {self._of_all_spans}",
            f'{node} {_BEGINS} "{span.start}"^^{_OFFSET} .\n',
            f'{node} {_ENDS} "{span.end}"^^{_OFFSET} .\n',
        )

    @cached_property
    def described(self) -> dict[Entity, list[Node]]:
        """What those are whom the text does not name: who speaks, who acts, or both."""
        found: dict[Entity, list[Node]] = {}
        for claim in self.extraction.claims:
            voices = (claim.according_to, claim.speaker if isinstance(claim, Statement) else None)
            acting = claim.actors if isinstance(claim, EventClaim) else ()
            for type_, entities in ((KG.DescribedSpeaker, voices), (KG.DescribedActor, acting)):
                for entity in entities:
                    if entity is not None and entity.kind == "described":
                        types = found.setdefault(entity, [])
                        types += [type_] if type_ not in types else []
        return found

    @cached_property
    def sentences(self) -> list[tuple[Span, list[int]]]:
        """Each sentence, in order, with the positions of the claims whose evidence overlaps it."""
        sentences = sorted(self.extraction.sentences)
        ends = [sentence.end for sentence in sentences]
        found: list[list[int]] = [[] for _ in sentences]
        for position, claim in enumerate(self.extraction.claims):
            for span in claim.evidence:
                for sentence in range(bisect_right(ends, span.start), bisect_left(sentences, Span(span.end, 0))):
                    found[sentence].append(position)
        return list(zip(sentences, found, strict=True))

    def text(self, words: str) -> Literal:
        return literals.text(words, self.language)


def document_graph(names: Names) -> bytes:
    """All that the dataset holds of one document, as sorted N-Triples.

    The source's own triples come with each of its documents. Gazetteer entries are not described here, but by
    the gazetteer.
    """
    extraction, graph = names.extraction, Graph()
    source = extraction.document.source
    graph.add(names.iris.source(source.slug), _source(source))
    graph.add(names.document, _document(extraction, names))
    for node, claim in zip(names.claims, extraction.claims, strict=True):
        graph.add(node, _claim(claim, names))
        graph.add(node, CLAIMS[type(claim)](claim, names))
    for span in dict.fromkeys(_evidence(extraction)):
        names.describe(span, graph)
    for node, entity in _described(names).items():
        graph.add(node, _entity(entity, names))
    for node, confidence in _modelled(extraction, names).items():
        graph.add(node, ((KG.method, METHODS["model"]), (KG.confidence, literals.decimal(confidence))))
    return graph.sorted()


def _evidence(extraction: Extraction) -> Iterator[Span]:
    """Every span on which something rests that the dataset holds of a document, some more than once."""
    document = extraction.document
    if document.publisher_span and document.published_by:
        yield document.publisher_span
    for claim in extraction.claims:
        yield from evidence(claim)


def evidence(claim: Claim) -> Iterator[Span]:
    """Every span of a claim; the words of a statement are evidence too, so that they can be found to the character."""
    yield from claim.evidence
    if isinstance(claim, Statement):
        yield claim.text


def _modelled(extraction: Extraction, names: Names) -> dict[Node, Decimal]:
    """What only the document describes and no rule found, with the highest confidence that a model has in it."""
    found: dict[Node, Decimal] = {}
    for mention in extraction.mentions:
        if mention.method == "model" and mention.entity and mention.entity.key is None and mention.confidence:
            node = names.entities[mention.entity]
            found[node] = max(mention.confidence, found.get(node, mention.confidence))
    if found:
        by_rules = [m.entity for m in extraction.mentions if m.method == "rules" and m.entity]
        by_rules += [
            entity for claim in extraction.claims if claim.method == "rules" for entity in claim_entities(claim)
        ]
        for entity in by_rules:
            found.pop(names.entities[entity], None)
    return found


def _described(names: Names) -> dict[Node, Entity]:
    """What only the document describes, each node by the first entity that says its finer type, or else the first."""
    found: dict[Node, Entity] = {}
    for entity, node in names.entities.items():
        if entity.key is None or entity.kind == "document":
            known = found.get(node)
            if known is None or (entity.type and not known.type):
                found[node] = entity
    return found


def _source(source: Source) -> Pairs:
    yield A, PROV.Entity
    yield KG.path, Literal(source.path)
    yield SCHEMA.encodingFormat, Literal(source.media_type)
    yield KG.encoding, Literal(source.encoding)
    yield KG.characters, literals.count(len(source.text))
    optional = (
        (SCHEMA.sha256, source.sha256_original),
        (KG.textSha256, source.sha256_text),
        (SCHEMA.url, source.url),
    )
    for predicate, value in optional:
        if value:
            yield predicate, Literal(value)
    for note in source.notes:
        yield KG.note, Literal(note, language="en")


def _document(extraction: Extraction, names: Names) -> Pairs:
    document = extraction.document
    yield A, DOCUMENTS[document.kind]
    yield DCTERMS.isPartOf, names.iris.source(document.source.slug)
    yield SCHEMA.position, literals.count(document.number)
    yield SCHEMA.inLanguage, Literal(document.language)
    yield NIF.beginIndex, literals.offset(document.span.start)
    yield NIF.endIndex, literals.offset(document.span.end)
    yield from _stated(document, names)
    for note in extraction.notes:
        yield KG.note, Literal(note, language="en")
    for entity, node in names.entities.items():
        if entity.kind not in NOT_MENTIONED:
            yield SCHEMA.mentions, node


def _stated(document: Document, names: Names) -> Pairs:
    if document.title:
        yield SCHEMA.headline, names.text(document.title)
    if document.published:
        yield SCHEMA.datePublished, literals.published(document.published)
    if document.published_by:
        publisher, known_from = document.published_by
        yield SCHEMA.publisher, Literal(publisher)
        yield KG.publisherFrom, Literal(known_from)
        if known_from == "text" and document.publisher_span:
            yield KG.publisherEvidence, names.span(document.publisher_span)


def _entity(entity: Entity, names: Names) -> Pairs:
    types = (SCHEMA.Legislation,) if (entity.kind, entity.type) in LEGISLATION else ENTITIES[entity.kind]
    for type_ in (*types, *names.described.get(entity, ())):
        yield A, type_
    yield RDFS.label, names.text(entity.name)
    if entity.kind == "described":
        yield KG.describedAs, names.text(entity.name)
    if entity.type:
        yield SCHEMA.additionalType, Literal(entity.type)
    if entity.kind == "document" and entity.key:
        yield SCHEMA.identifier, Literal(entity.name)


def _claim(claim: Claim, names: Names) -> Pairs:
    yield DCTERMS.source, names.document
    for span in evidence(claim):
        yield PROV.wasDerivedFrom, names.span(span)
    if claim.evidence:
        yield KG.mainEvidence, names.span(claim.evidence[0])
    yield KG.method, METHODS[claim.method]
    yield from _entities(names, (KG.accordingTo, claim.according_to))
    yield from _decimals((KG.confidence, claim.confidence))


def _event(claim: EventClaim, names: Names) -> Pairs:
    yield A, KG.EventClaim
    yield A, FAMILIES[claim.family]
    if claim.word:
        yield A, WORDS[claim.word]
    if claim.called_as:
        yield KG.calledAs, literals.text(claim.called_as, claim.called_as_language)
    yield from _entities(names, (SEM.hasPlace, claim.place))
    if claim.place and claim.place_text:
        yield KG.placeText, names.text(claim.place_text)
    yield from _entities(names, *((SEM.hasActor, actor) for actor in claim.actors))
    yield from _entities(names, *((KG.includesPlace, place) for place in claim.includes))
    if claim.date:
        yield from date_pairs(claim.date)
    yield from number_pairs(KG.areaKm2, claim.area_km2, KG.areaQualifier, claim.area_qualifier)
    yield from _decimals((KG.ofAreaKm2, claim.of_area_km2))
    if claim.area_converted_from:
        yield KG.areaConvertedFrom, names.text(claim.area_converted_from)
    for predicate, qualified, (value, qualifier) in NUMBERS:
        yield from number_pairs(predicate, getattr(claim, value), qualified, getattr(claim, qualifier))


def _figure(claim: FigureClaim, names: Names) -> Pairs:
    yield A, KG.FigureClaim
    yield KG.figureKind, FIGURES[claim.kind]
    yield from number_pairs(QUDT.numericValue, claim.value, KG.qualifier, claim.qualifier)
    if unit := UNITS.get(claim.kind):
        yield QUDT.hasUnit, unit
    yield from _entities(names, (KG.figureOf, claim.of), (KG.notImplementedBy, claim.not_implemented_by))
    if claim.of_text:
        yield KG.subjectText, names.text(claim.of_text)
    if claim.noun:
        yield KG.countOf, names.text(claim.noun)
    if claim.converted_from:
        yield KG.convertedFrom, names.text(claim.converted_from)
    if claim.demands:
        yield KG.demands, WORDS[claim.demands]


def _role(claim: RoleClaim, names: Names) -> Pairs:
    yield A, KG.RoleClaim
    yield KG.roleTitle, names.text(claim.title)
    yield from _entities(
        names, (ORG.member, claim.member), (ORG.role, claim.role), (ORG.organization, claim.organization)
    )


def _statement(claim: Statement, names: Names) -> Pairs:
    yield A, KG.Statement
    yield A, SPEECH[claim.kind]
    yield SCHEMA.text, names.text(claim.text.of(names.content))
    yield from _entities(names, (KG.speaker, claim.speaker), (KG.saidTo, claim.said_to))
    if claim.kind == "direct":
        yield from _entities(names, (SCHEMA.creator, claim.speaker))
    if claim.said_at:
        yield KG.saidAt, literals.edtf_date(claim.said_at)
    if claim.headline:
        yield KG.isHeadline, Literal(True)


CLAIMS: dict[type[Claim], Callable[[Any, Names], Pairs]] = {
    EventClaim: _event,
    FigureClaim: _figure,
    RoleClaim: _role,
    Statement: _statement,
}


def date_pairs(value: str) -> Pairs:
    """An EDTF date with the days that it allows as ``xsd:date``, so that ranges work in every store."""
    begin, end = edtf.bounds(value) if edtf.is_valid(value) else (None, None)  # SHACL tells of the others
    yield KG.date, literals.edtf_date(value)
    if begin:
        yield SEM.hasEarliestBeginTimeStamp, literals.day(begin)
    if end:
        yield SEM.hasLatestEndTimeStamp, literals.day(end)


def number_pairs(predicate: Node, value: Decimal | None, qualified: Node, qualifier: str) -> Pairs:
    """A number, and how it is to be read where that is not exactly."""
    if value is not None:
        yield predicate, literals.decimal(value)
        if qualifier != "exact":
            yield qualified, Literal(qualifier)


def _entities(names: Names, *pairs: tuple[Node, Entity | None]) -> Pairs:
    return ((predicate, names.entities[entity]) for predicate, entity in pairs if entity)


def _decimals(*pairs: tuple[Node, Decimal | None]) -> Pairs:
    return ((predicate, literals.decimal(value)) for predicate, value in pairs if value is not None)
