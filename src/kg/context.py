"""Our JSON-LD context: the short words of ``dataset.jsonld`` and the terms that they stand for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from pyoxigraph import NamedNode

from kg import domain
from kg.vocabulary import (
    DCTERMS,
    EDTF,
    GEO,
    KG,
    NIF,
    ORG,
    PREFIXES,
    PROV,
    QUDT,
    RDFS,
    SCHEMA,
    SEM,
    XSD,
    term,
)  # fmt: skip

CONTEXT_IRI: Final = "https://kg.example/context.jsonld"
CLAIMS: Final = "claims"

Coercion = Literal["id", "language", "text"] | NamedNode


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the context: the predicate that it stands for, and what its plain values are."""

    word: str
    predicate: NamedNode
    values: Coercion
    many: bool = False  # always a list, so that programs need not ask

    def definition(self) -> dict[str, str]:
        """Its definition by JSON-LD 1.1, section 9.15.1."""
        definition = {"@id": _compact(self.predicate.value)}
        if self.values == "language":
            definition["@container"] = "@language"
        elif self.values == "id":
            definition["@type"] = "@id"
        elif isinstance(self.values, NamedNode):
            definition["@type"] = _compact(self.values.value)
        if self.many:
            definition["@container"] = "@set"
        return definition


def _compact(iri: str) -> str:
    end = max(iri.rfind("/"), iri.rfind("#")) + 1
    name = next((name for name, namespace in PREFIXES.items() if namespace == iri[:end]), None)
    return f"{name}:{iri[end:]}" if name else iri


def _number(name: str, values: Coercion) -> Term:
    return Term(name.partition(":")[2], term(name), values)


TERMS: Final = (
    # names and texts
    Term("label", RDFS.label, "language"),
    Term("name", SCHEMA.name, "language"),
    Term("alternateName", SCHEMA.alternateName, "language"),
    Term("headline", SCHEMA.headline, "language"),
    Term("text", SCHEMA.text, "language"),
    Term("quote", NIF.anchorOf, "text"),
    Term("calledAs", KG.calledAs, "language"),
    Term("roleTitle", KG.roleTitle, "language"),
    Term("message", KG.message, "language"),
    # sources and documents
    Term("partOf", DCTERMS.isPartOf, "id"),
    Term("path", KG.path, "text"),
    Term("encodingFormat", SCHEMA.encodingFormat, "text"),
    Term("encoding", KG.encoding, "text"),
    Term("sha256", SCHEMA.sha256, "text"),
    Term("textSha256", KG.textSha256, "text"),
    Term("characters", KG.characters, XSD.integer),
    Term("language", SCHEMA.inLanguage, "text"),
    Term("published", SCHEMA.datePublished, XSD.date),
    Term("publisher", SCHEMA.publisher, "text"),
    Term("publisherFrom", KG.publisherFrom, "text"),
    Term("publisherEvidence", KG.publisherEvidence, "id"),
    Term("position", SCHEMA.position, XSD.integer),
    Term("url", SCHEMA.url, "text"),
    Term("note", KG.note, "language"),
    Term("mentions", SCHEMA.mentions, "id", many=True),
    # every claim
    Term("document", DCTERMS.source, "id"),
    Term("evidence", PROV.wasDerivedFrom, "id", many=True),
    Term("mainEvidence", KG.mainEvidence, "id"),
    Term("context", NIF.referenceContext, "id"),
    Term("start", NIF.beginIndex, XSD.nonNegativeInteger),
    Term("end", NIF.endIndex, XSD.nonNegativeInteger),
    Term("accordingTo", KG.accordingTo, "id"),
    Term("method", KG.method, "text"),
    Term("confidence", KG.confidence, XSD.decimal),
    Term("about", KG.about, "id"),
    # events
    Term("place", SEM.hasPlace, "id"),
    Term("actor", SEM.hasActor, "id"),
    Term("date", KG.date, EDTF),
    Term("earliestBegin", SEM.hasEarliestBeginTimeStamp, XSD.date),
    Term("latestEnd", SEM.hasLatestEndTimeStamp, XSD.date),
    *(_number(one.term, XSD.decimal) for one in domain.NUMBERS),
    *(_number(one.qualifier, "text") for one in domain.NUMBERS),
    Term("areaConvertedFrom", KG.areaConvertedFrom, "language"),
    Term("ofAreaKm2", KG.ofAreaKm2, XSD.decimal),
    Term("placeText", KG.placeText, "language"),
    Term("includesPlace", KG.includesPlace, "id"),
    Term("sources", KG.sources, XSD.integer),
    Term("contested", KG.contested, "id", many=True),
    # figures
    Term("figureOf", KG.figureOf, "id"),
    Term("figureKind", KG.figureKind, "id"),
    Term("subjectText", KG.subjectText, "language"),
    Term("value", QUDT.numericValue, XSD.decimal),
    Term("hasUnit", QUDT.hasUnit, "id"),
    Term("countOf", KG.countOf, "language"),
    Term("qualifier", KG.qualifier, "text"),
    Term("convertedFrom", KG.convertedFrom, "language"),
    Term("demands", KG.demands, "id"),
    Term("notImplementedBy", KG.notImplementedBy, "id"),
    # roles and statements
    Term("member", ORG.member, "id"),
    Term("organization", ORG.organization, "id"),
    Term("role", ORG.role, "id"),
    Term("speaker", KG.speaker, "id"),
    Term("saidTo", KG.saidTo, "id"),
    Term("saidAt", KG.saidAt, EDTF),
    Term("isHeadline", KG.isHeadline, XSD.boolean),
    Term("creator", SCHEMA.creator, "id"),
    Term("describedAs", KG.describedAs, "language"),
    # places, agents, cited documents
    Term("containedInPlace", SCHEMA.containedInPlace, "id"),
    Term("sameAs", SCHEMA.sameAs, "id"),
    Term("additionalType", SCHEMA.additionalType, "text"),
    Term("latitude", SCHEMA.latitude, XSD.decimal),
    Term("longitude", SCHEMA.longitude, XSD.decimal),
    Term("geometry", GEO.hasGeometry, "id"),
    Term("wkt", GEO.asWKT, GEO.wktLiteral),
    Term("primarySource", PROV.hadPrimarySource, "id"),
    Term("iso", KG.iso, "text"),
    Term("citedAreaKm2", KG.citedAreaKm2, XSD.decimal),
    Term("identifier", SCHEMA.identifier, "text"),
    # findings
    Term("check", KG.check, "text"),
    Term("severity", KG.severity, "text"),
    Term("concerns", KG.concerns, "id", many=True),
)
CLASSES: Final = tuple(node for node in KG if node.value.removeprefix(KG.iri)[0].isupper())

CONTEXT: Final[Mapping[str, Any]] = {
    "@version": 1.1,
    **PREFIXES,
    "id": "@id",
    "type": "@type",
    **{node.value.removeprefix(KG.iri): _compact(node.value) for node in CLASSES},
    CLAIMS: {"@reverse": _compact(DCTERMS.source.value), "@container": "@set"},
    **{word.word: word.definition() for word in TERMS},
}


def context(base: str) -> dict[str, Any]:
    """The context for a dataset below ``base``, whose IRIs it writes as paths: ``place/AZ-SUS``."""
    return {"@version": 1.1, "@base": base, **CONTEXT}
