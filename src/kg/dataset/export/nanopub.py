"""Nanopublications: each claim on its own, with where it comes from (https://nanopub.net/guidelines/working_draft/).

Four named graphs each: the head, the assertion (what the document says), the provenance of the assertion (document and
spans), and the publication info. They are for exchange claim by claim, and are not loaded into a store by default: the
dataset is one graph.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import pyoxigraph as ox

from kg.dataset import Dataset
from kg.dataset.graph import Graph, Term
from kg.vocabulary import DCAT, DCTERMS, KG, NP, PROV, RDF, SCHEMA, XSD, prefixes
from kg.write.nodes import natural

_CREATED: Final = "SOURCE_DATE_EPOCH"
# Of a claim, what tells where it comes from and what kg makes of it: not what the document says.
_NOT_SAID: Final = frozenset({PROV.wasDerivedFrom, KG.mainEvidence, KG.method, KG.confidence, KG.about})
_OF_DOCUMENT: Final = (RDF.type, SCHEMA.headline, SCHEMA.publisher, SCHEMA.datePublished, DCTERMS.isPartOf)
_TOGETHER: Final = 200  # nanopublications that are written at a time


def nanopublications(data: Dataset) -> Iterator[bytes]:
    """One nanopublication for each claim, in TriG, in the order of the documents.

    ``dcterms:created`` is that of the catalogue (``issued`` in kg.toml) or `SOURCE_DATE_EPOCH`; without either there
    is none, for kg knows no clock.
    """
    graph = Graph(data.store)
    published = _published(data)
    known = prefixes(data.base)
    claims = sorted(set(graph.subjects(DCTERMS.source)), key=lambda node: natural(str(node)))
    head = True
    for start in range(0, len(claims), _TOGETHER):
        quads = [quad for claim in claims[start : start + _TOGETHER] for quad in _one(graph, data, claim, published)]
        written = ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=known)
        assert written is not None
        yield written if head else b"\n" + _body(written)
        head = False


def _one(graph: Graph, data: Dataset, claim: ox.NamedNode, published: list[tuple[ox.NamedNode, Term]]) -> list[ox.Quad]:
    iri = f"{data.base}nanopub/{claim.value.rpartition('/')[2]}"
    nanopub = ox.NamedNode(iri)
    head, assertion, provenance, info = (
        ox.NamedNode(f"{iri}#{part}") for part in ("Head", "assertion", "provenance", "pubinfo")
    )
    quads = [
        ox.Quad(nanopub, RDF.type, NP.Nanopublication, head),
        ox.Quad(nanopub, NP.hasAssertion, assertion, head),
        ox.Quad(nanopub, NP.hasProvenance, provenance, head),
        ox.Quad(nanopub, NP.hasPublicationInfo, info, head),
    ]
    said = graph.properties(claim, without=_NOT_SAID)
    quads += [ox.Quad(claim, predicate, value, assertion) for predicate, values in said for value in values]
    quads += [ox.Quad(*triple, provenance) for triple in _provenance(graph, claim, assertion)]
    quads += [ox.Quad(nanopub, predicate, value, info) for predicate, value in published]
    return quads


def _provenance(
    graph: Graph, claim: ox.NamedNode, assertion: ox.NamedNode
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, Term]]:
    spans = graph.nodes(claim, PROV.wasDerivedFrom)
    documents = graph.nodes(claim, DCTERMS.source)
    for document in documents:
        yield assertion, PROV.hadPrimarySource, document
    for predicate in (KG.method, KG.confidence):
        for value in graph.objects(claim, predicate):
            yield assertion, predicate, value
    for span in spans:
        yield assertion, PROV.wasDerivedFrom, span
    for document in documents:
        for predicate in _OF_DOCUMENT:
            for value in graph.objects(document, predicate):
                yield document, predicate, value
    for span in spans:
        for predicate, values in graph.properties(span):
            for value in values:
                yield span, predicate, value


def _published(data: Dataset) -> list[tuple[ox.NamedNode, Term]]:
    """What the catalogue says of the dataset holds for each of its nanopublications."""
    dataset = ox.NamedNode(f"{data.base}dataset")
    store = ox.Store()
    path = data.folder / "catalog.ttl"
    if path.is_file():
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    catalog = Graph(store)
    info: list[tuple[ox.NamedNode, Term]] = [(DCTERMS.isPartOf, dataset)]
    for predicate in (DCTERMS.license, DCTERMS.publisher, DCAT.version):
        info += [(predicate, value) for value in catalog.objects(dataset, predicate)]
    issued: list[Term] = list(catalog.objects(dataset, DCTERMS.issued))
    info += [(DCTERMS.created, value) for value in issued or _epoch()]
    return info


def _epoch() -> list[Term]:
    seconds = os.environ.get(_CREATED, "")
    if not seconds.isdigit():
        return []
    text = datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return [ox.Literal(text, datatype=XSD.dateTime)]


def _body(trig: bytes) -> bytes:
    """TriG without its prefixes, which stand once at the top."""
    lines = trig.split(b"\n")
    return b"\n".join(line for line in lines if not line.startswith(b"@prefix "))
