"""The namespaces and every term that kg emits, as pyoxigraph nodes.

A namespace is closed: a term that is not listed here is an AttributeError, so that a slip of the pen
never becomes a triple. Our own terms (`KG`) are documented in ``ontology.ttl``.

>>> SEM.hasPlace
<NamedNode value=http://semanticweb.cs.vu.nl/2009/11/sem/hasPlace>
>>> KG.hasPlace
Traceback (most recent call last):
AttributeError: 'Namespace' object has no attribute 'hasPlace'
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg import domain
from kg.text.edtf import DATATYPE

BASE = "https://kg.example/"
"""Where data lives unless a build is given another base."""


class Namespace:
    """A closed set of terms below one IRI; iteration gives the terms in alphabetical order."""

    def __init__(self, prefix: str, iri: str, terms: str) -> None:
        self.terms = tuple(sorted(terms.split()))
        self._nodes = {term: NamedNode(iri + term) for term in self.terms}
        self.__dict__.update(self._nodes)
        self.prefix, self.iri = prefix, iri  # a term of that name is to be had as an item

    def __iter__(self) -> Iterator[NamedNode]:
        return (self[term] for term in self.terms)

    def __getitem__(self, term: str) -> NamedNode:
        return self._nodes[term]

    if TYPE_CHECKING:

        def __getattr__(self, term: str) -> NamedNode: ...


KG = Namespace(
    "kg",
    "https://kg.example/ontology#",
    # claims, and what kinds of them there are
    "Claim EventClaim FigureClaim RoleClaim Statement DirectSpeech IndirectSpeech "
    # families of events, the words for a change of control, kinds of figures, and numbers that are compared
    f"{' '.join(domain.TERMS)} FigureKind Finding "
    # every claim
    "accordingTo method confidence mainEvidence about "
    # event claims and events
    "calledAs date areaConvertedFrom ofAreaKm2 "
    "placeText includesPlace sources contested "
    # figure claims
    "figureOf figureKind subjectText countOf qualifier convertedFrom demands notImplementedBy "
    # role claims and statements
    "roleTitle speaker saidTo saidAt isHeadline DescribedSpeaker DescribedActor describedAs "
    # findings
    "check severity message concerns "
    # sources and documents
    "path encoding textSha256 characters note publisherFrom publisherEvidence "
    # gazetteer
    "iso demonym people acronym citedAreaKm2 "
    # annotations
    "mentionKind mentionValue yields unresolvedKind candidate suggestion",
)
RDF = Namespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "langString type")
RDFS = Namespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#", "Class comment label subClassOf")
XSD = Namespace(
    "xsd",
    "http://www.w3.org/2001/XMLSchema#",
    "anyURI boolean date dateTime decimal hexBinary integer nonNegativeInteger string",
)
DCTERMS = Namespace(
    "dcterms",
    "http://purl.org/dc/terms/",
    "LicenseDocument Location MediaType PeriodOfTime RightsStatement accessRights created creator "
    "description identifier isPartOf issued license publisher relation source spatial temporal title",
)
PROV = Namespace(
    "prov",
    "http://www.w3.org/ns/prov#",
    "Activity Entity hadPrimarySource used wasDerivedFrom wasGeneratedBy wasRevisionOf",
)
NIF = Namespace(
    "nif",
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "Phrase Sentence anchorOf beginIndex endIndex referenceContext",
)
ITSRDF = Namespace("itsrdf", "http://www.w3.org/2005/11/its/rdf#", "taIdentRef")
SEM = Namespace(
    "sem",
    "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "hasActor hasEarliestBeginTimeStamp hasLatestEndTimeStamp hasPlace",
)
SCHEMA = Namespace(
    "schema",
    "https://schema.org/",
    "AdministrativeArea CreativeWork Legislation NewsArticle Organization Person Place Report "
    "SoftwareApplication additionalType alternateName containedInPlace creator datePublished encodingFormat headline "
    "identifier inLanguage keywords latitude longitude mentions name position publisher sameAs sha256 "
    "softwareVersion text url",
)
ORG = Namespace("org", "http://www.w3.org/ns/org#", "Role member organization role")
QUDT = Namespace("qudt", "http://qudt.org/schema/qudt/", "hasUnit numericValue")
UNIT = Namespace("unit", "http://qudt.org/vocab/unit/", " ".join(domain.UNITS))
GEO = Namespace("geo", "http://www.opengis.net/ont/geosparql#", "Feature Geometry asWKT hasGeometry wktLiteral")
SH = Namespace(
    "sh",
    "http://www.w3.org/ns/shacl#",
    "PrefixDeclaration SPARQLExecutable SPARQLSelectExecutable ValidationReport ValidationResult Violation conforms "
    "declare detail focusNode namespace prefix result resultMessage resultPath resultSeverity select "
    "sourceConstraintComponent sourceShape value",
)
DCAT = Namespace(
    "dcat",
    "http://www.w3.org/ns/dcat#",
    "Catalog DataService Dataset Distribution accessURL byteSize compressFormat contactPoint dataset distribution "
    "downloadURL endDate endpointURL keyword landingPage mediaType previousVersion servesDataset service startDate "
    "version",
)
VOID = Namespace(
    "void",
    "http://rdfs.org/ns/void#",
    "Dataset class classPartition classes dataDump distinctObjects distinctSubjects entities feature properties "
    "property propertyPartition sparqlEndpoint triples uriSpace vocabulary",
)
VCARD = Namespace("vcard", "http://www.w3.org/2006/vcard/ns#", "Kind fn hasEmail hasURL")
VOIDEXT = Namespace("voidext", "http://ldf.fi/void-ext#", "datatype datatypePartition")
SPDX = Namespace(
    "spdx",
    "http://spdx.org/rdf/terms#",
    "Checksum ChecksumAlgorithm algorithm checksum checksumAlgorithm_sha256 checksumValue",
)
FOAF = Namespace("foaf", "http://xmlns.com/foaf/0.1/", "Agent Document name")
NP = Namespace(
    "np",
    "http://www.nanopub.org/nschema#",
    "Nanopublication hasAssertion hasProvenance hasPublicationInfo",
)
EDTF = NamedNode(DATATYPE)

NAMESPACES = (
    KG,
    RDF,
    RDFS,
    XSD,
    DCTERMS,
    PROV,
    NIF,
    ITSRDF,
    SEM,
    SCHEMA,
    ORG,
    QUDT,
    UNIT,
    GEO,
    SH,
    DCAT,
    VOID,
    VOIDEXT,
    SPDX,
    FOAF,
    NP,
)

# Below the base, one segment each; each has a prefix of its own so that no local name needs an escape.
KINDS = ("source", "document", "span", "claim", "event", "place", "geometry", "agent", "role", "finding")

PREFIXES: dict[str, str] = {namespace.prefix: namespace.iri for namespace in NAMESPACES} | {
    "edtf": DATATYPE.removesuffix("EDTF")
}


def term(name: str) -> NamedNode:
    """The node of a term that is written with its prefix.

    >>> term("sem:hasActor")
    <NamedNode value=http://semanticweb.cs.vu.nl/2009/11/sem/hasActor>
    """
    prefix, _, local = name.partition(":")
    return next(namespace for namespace in NAMESPACES if namespace.prefix == prefix)[local]


def prefixes(base: str) -> dict[str, str]:
    """Every prefix of a dataset below `base`: one per kind of IRI, then those of the vocabularies.

    >>> prefixes("https://kg.example/")["place"]
    'https://kg.example/place/'
    """
    return {kind: f"{base}{kind}/" for kind in KINDS} | PREFIXES
