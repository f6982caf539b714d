"""What the dataset is, which files it has and what stands in it: DCAT 3 and VoID, for people and for harvesters."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from kg import formats
from kg.vocabulary import BASE, DCAT, DCTERMS, PREFIXES, PROV, RDF, RDFS, SCHEMA, SPDX, VOID, XSD, prefixes
from kg.write.manifest import File, measure_all
from kg.write.ntriples import Graph, lines
from kg.write.turtle import turtle

_MEDIA_TYPES: Final = {"csv": "text/csv", "md": "text/markdown", "txt": "text/plain"}
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_GZIP: Final = NamedNode(f"{_IANA}application/gzip")
_FORMATS: Final = {  # unique URIs for file formats, https://www.w3.org/ns/formats/
    formats.TURTLE: "Turtle",
    formats.N_TRIPLES: "N-Triples",
    formats.JSON_LD: "JSON-LD",
}
_NOT_SAFE: Final = re.compile(r"[^A-Za-z0-9_-]+")
_TYPE: Final = str(RDF.type).encode()
# Files of an output folder that are downloads of the dataset, not accounts of how it was made.
_DOWNLOADS: Final = ("dataset*", "annotations.*", "tables/*.csv")


@dataclass(frozen=True, slots=True)
class Config:
    """What ``kg.toml`` says of the dataset; every value has a default.

    ``license`` is an IRI; ``publisher`` a name, ``publisher_url`` their page. ``issued`` is an ISO date:
    there is no clock in the output. ``version`` and ``previous_version`` are of the data. ``publishers`` are file
    patterns, each with the name of who publishes the documents of the files that fit.
    """

    base: str = BASE
    title: str = "Claims of documents, with their evidence"
    description: str = (
        "What each document claims, who says it, at which characters it stands, and where sources disagree."
    )
    language: str = "en"  # of title and description
    license: str = ""
    publisher: str = ""
    publisher_url: str = ""
    homepage: str = ""
    issued: str = ""
    version: str = ""
    previous_version: str = ""
    keywords: tuple[str, ...] = ()
    publishers: tuple[tuple[str, str], ...] = ()
    nlp: bool = False  # whether a statistical model adds to what the rules find


class Statistics:
    """What VoID counts of a graph, of which the sorted lines are added one after the other.

    The number of distinct objects is the one that needs memory for every value; without
    ``distinct_objects`` it is not counted.
    """

    def __init__(self, *, distinct_objects: bool = True) -> None:
        self.triples = self.subjects = self.entities = 0
        self.predicates: Counter[bytes] = Counter()
        self.classes: Counter[bytes] = Counter()
        self._values: set[bytes] | None = set() if distinct_objects else None
        self._subject, self._is_typed = b"", False

    def add(self, lines: Iterable[bytes]) -> None:
        """Add lines without their ends, which follow those added before."""
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            if subject != self._subject:
                self._subject, self._is_typed = subject, False
                self.subjects += 1
            if predicate == _TYPE:
                self.classes[rest[:-2]] += 1
                self.entities += not self._is_typed
                self._is_typed = True
            self.triples += 1
            self.predicates[predicate] += 1
            if self._values is not None:
                self._values.add(rest[:-2])

    @property
    def objects(self) -> int | None:
        """Distinct ones; None where they were not counted."""
        return None if self._values is None else len(self._values)


def statistics(graph: Graph) -> Statistics:
    """The statistics of a graph in memory."""
    counted = Statistics()
    counted.add(lines(graph))
    return counted


def catalog(folder: Path, graph: Graph | Statistics, *, config: Config, base: str) -> bytes:
    """``catalog.ttl`` for the dataset ``graph`` whose files stand in ``folder``: sorted Turtle without blank nodes."""
    return describe(_downloads(folder), graph, config=config, base=base)


def describe(files: Iterable[File], graph: Graph | Statistics, *, config: Config, base: str) -> bytes:
    """`catalog`, of files that were measured elsewhere."""
    return turtle(catalog_triples(files, graph, config=config, base=base), prefixes=_prefixes(base), base=base)


def catalog_triples(files: Iterable[File], graph: Graph | Statistics, *, config: Config, base: str) -> list[Triple]:
    """The dataset (DCAT 3), each file as its distribution with size and checksum, and the statistics of VoID."""
    dataset = NamedNode(f"{base}dataset")
    return [
        *_described(dataset, config, base),
        *(triple for file in files for triple in _distribution(dataset, file, config, base)),
        *_statistics(dataset, graph if isinstance(graph, Statistics) else statistics(graph), base),
    ]


def _prefixes(base: str) -> dict[str, str]:
    own = {name: f"{base}{name}/" for name in ("distribution", "checksum", "partition")}
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
    if config.license:
        yield says(DCTERMS.license, NamedNode(config.license))
    if config.homepage:
        yield says(DCAT.landingPage, NamedNode(config.homepage))
    if config.issued:
        yield says(DCTERMS.issued, Literal(config.issued, datatype=XSD.date))
    if config.version:
        yield says(DCAT.version, Literal(config.version))
    if config.previous_version:
        yield says(DCAT.previousVersion, NamedNode(config.previous_version))
        yield says(PROV.wasRevisionOf, NamedNode(config.previous_version))
    if config.publisher:
        publisher = NamedNode(f"{base}publisher")
        yield says(DCTERMS.publisher, publisher)
        yield Triple(publisher, RDF.type, SCHEMA.Organization)
        yield Triple(publisher, RDFS.label, Literal(config.publisher, language=config.language))
        if config.publisher_url:
            yield Triple(publisher, SCHEMA.url, NamedNode(config.publisher_url))


def _distribution(dataset: NamedNode, file: File, config: Config, base: str) -> Iterator[Triple]:
    name = _NOT_SAFE.sub("-", file.path)
    node, checksum = NamedNode(f"{base}distribution/{name}"), NamedNode(f"{base}checksum/{name}")
    address = NamedNode(f"{base}{quote(file.path)}")
    yield Triple(dataset, DCAT.distribution, node)
    yield Triple(node, RDF.type, DCAT.Distribution)
    yield Triple(node, DCTERMS.title, Literal(file.path))
    yield Triple(node, DCAT.downloadURL, address)
    yield Triple(node, DCAT.byteSize, Literal(str(file.size), datatype=XSD.nonNegativeInteger))
    yield Triple(node, SPDX.checksum, checksum)
    yield Triple(checksum, RDF.type, SPDX.Checksum)
    yield Triple(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    yield Triple(checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary))
    if config.license:
        yield Triple(node, DCTERMS.license, NamedNode(config.license))
    if file.path.endswith(".gz"):
        yield Triple(node, DCAT.compressFormat, _GZIP)
    format = formats.by_path(file.path)
    extension = file.path.removesuffix(".gz").rpartition(".")[2]
    if media_type := format.media_type if format else _MEDIA_TYPES.get(extension):
        yield Triple(node, DCAT.mediaType, NamedNode(f"{_IANA}{media_type}"))
    if file.path.startswith("dataset") and format in _FORMATS:
        yield Triple(dataset, VOID.dataDump, address)
        yield Triple(dataset, VOID.feature, NamedNode(f"http://www.w3.org/ns/formats/{_FORMATS[format]}"))


def _statistics(dataset: NamedNode, counted: Statistics, base: str) -> Iterator[Triple]:
    for term, number in (
        (VOID.triples, counted.triples),
        (VOID.entities, counted.entities),
        (VOID.distinctSubjects, counted.subjects),
        (VOID.distinctObjects, counted.objects),
        (VOID.properties, len(counted.predicates)),
        (VOID.classes, len(counted.classes)),
    ):
        if number is not None:
            yield Triple(dataset, term, _integer(number))
    for namespace in sorted({_namespace(term) for term in (*counted.predicates, *counted.classes)}):
        yield Triple(dataset, VOID.vocabulary, NamedNode(namespace))
    yield from _partitions(dataset, counted.classes, base, (VOID.classPartition, VOID["class"], VOID.entities))
    yield from _partitions(dataset, counted.predicates, base, (VOID.propertyPartition, VOID.property, VOID.triples))


def _partitions(
    dataset: NamedNode, counts: Counter[bytes], base: str, terms: tuple[NamedNode, NamedNode, NamedNode]
) -> Iterator[Triple]:
    part, of, number = terms
    kind = part.value.removeprefix(VOID.iri).removesuffix("Partition")
    for term in sorted(counts):
        iri = NamedNode(term.decode()[1:-1])
        node = NamedNode(f"{base}partition/{kind}-{_short(iri.value)}")
        yield Triple(dataset, part, node)
        yield Triple(node, RDF.type, VOID.Dataset)
        yield Triple(node, of, iri)
        yield Triple(node, number, _integer(counts[term]))


def _short(iri: str) -> str:
    """A segment for a term: its prefix and name, or all of it."""
    for name, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{name}-{_NOT_SAFE.sub('-', iri.removeprefix(namespace))}"
    return _NOT_SAFE.sub("-", iri)


def _namespace(term: bytes) -> str:
    iri = term.decode()[1:-1]
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)
