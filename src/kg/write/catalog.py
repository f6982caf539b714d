"""What the dataset is and which files it has: DCAT-AP 3, for people and for harvesters; `kg.write.void` counts.

Each node has the class that DCAT-AP asks of it, those of other people too: a harvester sees this file alone.
"""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from kg import formats
from kg.config import ACCESS_RIGHTS, Config
from kg.vocabulary import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SCHEMA, SH, SPDX, VCARD, VOID, XSD, prefixes
from kg.write.made import Made
from kg.write.manifest import File, measure_all
from kg.write.nodes import NOT_SAFE
from kg.write.ntriples import Graph
from kg.write.turtle import turtle
from kg.write.void import Statistics, statistics, void_triples

_MEDIA_TYPES: Final = {"csv": "text/csv", "md": "text/markdown", "txt": "text/plain"}
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_FORMATS: Final = {  # unique URIs for file formats, https://www.w3.org/ns/formats/
    formats.TURTLE: "Turtle",
    formats.N_TRIPLES: "N-Triples",
    formats.JSON_LD: "JSON-LD",
}
_RIGHTS: Final = "http://publications.europa.eu/resource/authority/access-right/"
# Files of an output folder that are downloads of the dataset, not accounts of how it was made.
_DOWNLOADS: Final = ("dataset*", "annotations.*", "tables/*.csv")


def catalog(folder: Path, graph: Graph | Statistics, *, made: Made, base: str) -> bytes:
    """``catalog.ttl`` for the dataset ``graph`` whose files stand in ``folder``: sorted Turtle without blank nodes."""
    return describe(_downloads(folder), graph, made=made, base=base)


def describe(files: Iterable[File], graph: Graph | Statistics, *, made: Made, base: str) -> bytes:
    """`catalog`, of files that were measured elsewhere."""
    return turtle(catalog_triples(files, graph, made=made, base=base), prefixes=_prefixes(base), base=base)


def catalog_triples(files: Iterable[File], graph: Graph | Statistics, *, made: Made, base: str) -> list[Triple]:
    """The dataset (DCAT 3), each file as its distribution with size and checksum, and the statistics of VoID."""
    dataset = NamedNode(f"{base}dataset")
    counted = graph if isinstance(graph, Statistics) else statistics(graph)
    config = made.config
    return [
        *_described(dataset, config, base),
        *_people(dataset, config, base),
        *_related(dataset, config),
        *_around(dataset, config, base),
        *(triple for file in files for triple in _distribution(dataset, file, config, base)),
        *void_triples(dataset, counted, base),
        *_coverage(dataset, counted, base),
        *_declared(dataset, base),
        *made.triples(dataset, base),
    ]


def _prefixes(base: str) -> dict[str, str]:
    own = {name: f"{base}{name}/" for name in ("distribution", "checksum", "partition", "prefix", "input")}
    return own | {"media": f"{_IANA}text/", "application": f"{_IANA}application/"} | prefixes(base)


def _downloads(folder: Path) -> list[File]:
    return list(measure_all(folder, lambda name: any(fnmatchcase(name, pattern) for pattern in _DOWNLOADS)))


def _described(dataset: NamedNode, config: Config, base: str) -> Iterator[Triple]:
    def says(predicate: NamedNode, value: NamedNode | Literal) -> Triple:
        return Triple(dataset, predicate, value)

    yield says(RDF.type, DCAT.Dataset)
    yield says(RDF.type, VOID.Dataset)
    yield says(DCTERMS.title, Literal(config.title, language=config.language))
    yield says(DCTERMS.description, Literal(config.description, language=config.language))
    yield says(VOID.uriSpace, Literal(base))
    for keyword in config.keywords:
        yield says(DCAT.keyword, Literal(keyword, language=config.language))
    if config.identifier:
        yield says(DCTERMS.identifier, Literal(config.identifier))
    if config.issued:
        yield says(DCTERMS.issued, Literal(config.issued, datatype=XSD.date))
    if config.version:
        yield says(DCAT.version, Literal(config.version))


def _people(dataset: NamedNode, config: Config, base: str) -> Iterator[Triple]:
    for term, name, page in (
        (DCTERMS.publisher, config.publisher, config.publisher_url),
        (DCTERMS.creator, config.creator, config.creator_url),
    ):
        if not name:
            continue
        node = NamedNode(base + term.value.removeprefix(DCTERMS.iri))
        yield Triple(dataset, term, node)
        yield Triple(node, RDF.type, FOAF.Agent)
        yield Triple(node, RDFS.label, Literal(name, language=config.language))
        yield Triple(node, FOAF.name, Literal(name, language=config.language))
        if term == DCTERMS.publisher:
            yield Triple(node, RDF.type, SCHEMA.Organization)
        if page:
            yield Triple(node, SCHEMA.url, NamedNode(page))
    if config.contact:
        yield from _contact(dataset, config, base)


def _contact(dataset: NamedNode, config: Config, base: str) -> Iterator[Triple]:
    """Whom to tell that something is wrong."""
    node = NamedNode(f"{base}contact")
    yield Triple(dataset, DCAT.contactPoint, node)
    yield Triple(node, RDF.type, VCARD.Kind)
    yield Triple(node, VCARD.fn, Literal(config.publisher or config.creator or config.title, language=config.language))
    is_page = "://" in config.contact
    value = NamedNode(config.contact if is_page else f"mailto:{config.contact}")
    yield Triple(node, VCARD.hasURL if is_page else VCARD.hasEmail, value)


def _related(dataset: NamedNode, config: Config) -> Iterator[Triple]:
    """Other people's things, each with the class that it is of."""
    rights = _RIGHTS + config.access_rights.upper().replace("-", "_")
    for term, iri, class_ in (
        (DCTERMS.license, config.license, DCTERMS.LicenseDocument),
        (
            DCTERMS.accessRights,
            rights if config.access_rights in ACCESS_RIGHTS else config.access_rights,
            DCTERMS.RightsStatement,
        ),
        (DCAT.landingPage, config.homepage, FOAF.Document),
        (DCAT.previousVersion, config.previous_version, None),
        (PROV.wasRevisionOf, config.previous_version, None),
        *((DCTERMS.relation, iri, None) for iri in config.related),
    ):
        if iri:
            yield Triple(dataset, term, NamedNode(iri))
            if class_:
                yield Triple(NamedNode(iri), RDF.type, class_)


def _around(dataset: NamedNode, config: Config, base: str) -> Iterator[Triple]:
    """The catalogue, which DCAT-AP allows only with a publisher, and the service where the dataset is asked."""
    catalogue, service = NamedNode(f"{base}catalogue"), NamedNode(f"{base}service")
    title = Literal(config.title, language=config.language)
    if config.publisher:
        yield Triple(catalogue, RDF.type, DCAT.Catalog)
        yield Triple(catalogue, DCTERMS.title, title)
        yield Triple(catalogue, DCTERMS.description, Literal(config.description, language=config.language))
        yield Triple(catalogue, DCTERMS.publisher, NamedNode(f"{base}publisher"))
        yield Triple(catalogue, DCAT.dataset, dataset)
        if config.endpoint:
            yield Triple(catalogue, DCAT.service, service)
    if config.endpoint:
        yield Triple(dataset, VOID.sparqlEndpoint, NamedNode(config.endpoint))
        yield Triple(service, RDF.type, DCAT.DataService)
        yield Triple(service, DCTERMS.title, title)
        yield Triple(service, DCAT.endpointURL, NamedNode(config.endpoint))
        yield Triple(service, DCAT.servesDataset, dataset)


def _coverage(dataset: NamedNode, counted: Statistics, base: str) -> Iterator[Triple]:
    """Of which places and which days the claims speak."""
    for place in sorted(counted.places):
        node = NamedNode(place.decode()[1:-1])
        yield Triple(dataset, DCTERMS.spatial, node)
        yield Triple(node, RDF.type, DCTERMS.Location)
    if counted.days:
        period = NamedNode(f"{base}period")
        yield Triple(dataset, DCTERMS.temporal, period)
        yield Triple(period, RDF.type, DCTERMS.PeriodOfTime)
        for term, day in zip((DCAT.startDate, DCAT.endDate), counted.days, strict=True):
            yield Triple(period, term, Literal(day.decode(), datatype=XSD.date))


def _declared(dataset: NamedNode, base: str) -> Iterator[Triple]:
    """The prefixes that queries may use without declaring them."""
    for name, namespace in prefixes(base).items():
        node = NamedNode(f"{base}prefix/{name}")
        yield Triple(dataset, SH.declare, node)
        yield Triple(node, RDF.type, SH.PrefixDeclaration)
        yield Triple(node, SH["prefix"], Literal(name))
        yield Triple(node, SH.namespace, Literal(namespace, datatype=XSD.anyURI))


def _distribution(dataset: NamedNode, file: File, config: Config, base: str) -> Iterator[Triple]:
    name = NOT_SAFE.sub("-", file.path)
    node = NamedNode(f"{base}distribution/{name}")
    address = NamedNode(f"{base}{quote(file.path)}")
    yield Triple(dataset, DCAT.distribution, node)
    yield Triple(node, RDF.type, DCAT.Distribution)
    yield Triple(node, DCTERMS.title, Literal(file.path))
    yield Triple(node, DCAT.accessURL, address)
    yield Triple(node, DCAT.downloadURL, address)
    yield Triple(node, DCAT.byteSize, Literal(str(file.size), datatype=XSD.nonNegativeInteger))
    yield from _checksum(node, NamedNode(f"{base}checksum/{name}"), file.sha256)
    if config.license:
        yield Triple(node, DCTERMS.license, NamedNode(config.license))
    if file.path.endswith(".gz"):
        yield from _typed(node, DCAT.compressFormat, "application/gzip")
    format = formats.by_path(file.path)
    extension = file.path.removesuffix(".gz").rpartition(".")[2]
    if media_type := format.media_type if format else _MEDIA_TYPES.get(extension):
        yield from _typed(node, DCAT.mediaType, media_type)
    if file.path.startswith("dataset") and format in _FORMATS:
        yield Triple(dataset, VOID.dataDump, address)
        yield Triple(dataset, VOID.feature, NamedNode(f"http://www.w3.org/ns/formats/{_FORMATS[format]}"))


def _checksum(of: NamedNode, checksum: NamedNode, sha256: str) -> Iterator[Triple]:
    yield Triple(of, SPDX.checksum, checksum)
    yield Triple(checksum, RDF.type, SPDX.Checksum)
    yield Triple(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    yield Triple(SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm)
    yield Triple(checksum, SPDX.checksumValue, Literal(sha256, datatype=XSD.hexBinary))


def _typed(node: NamedNode, term: NamedNode, media_type: str) -> Iterator[Triple]:
    value = NamedNode(_IANA + media_type)
    yield Triple(node, term, value)
    yield Triple(value, RDF.type, DCTERMS.MediaType)
