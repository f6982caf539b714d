"""The named queries on many claims: each a row, on two sizes, so that growth is seen."""

import time
from collections.abc import Iterator
from typing import cast

import pyoxigraph as ox

from kg.dataset import queries
from kg.vocabulary import BASE, DCTERMS, EDTF, GEO, KG, NIF, PROV, RDF, RDFS, SCHEMA, SEM, XSD

TITLE = "Named queries"
SIZES = (4_000, 16_000)  # event claims; about 21 triples each


def rows() -> Iterator[tuple[str, ...]]:
    """Each query with its milliseconds on both sizes."""
    stores = [filled(size) for size in SIZES]
    yield "query", *(f"{len(store):,} triples, ms" for store in stores)
    for query in map(queries.load, queries.names()):
        yield query.name, *(f"{milliseconds(store, query.text):.0f}" for store in stores)
    place = {"place": ox.NamedNode(f"{BASE}place/p5")}
    text = queries.load("compare").bind(place)
    yield "compare, one place", *(f"{milliseconds(store, text):.0f}" for store in stores)


def milliseconds(store: ox.Store, text: str) -> float:
    """From the text of a query to its CSV, the best of three."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        cast(ox.QuerySolutions, store.query(text)).serialize(format=ox.QueryResultsFormat.CSV)
        taken.append(time.perf_counter() - start)
    return min(taken) * 1000


def filled(claims: int) -> ox.Store:
    """A store of event claims, four a document, three an event, some of them contested."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for number in range(claims) for triple in _claim(number))
    return store


def _claim(number: int) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    def node(path: str) -> ox.NamedNode:
        return ox.NamedNode(BASE + path)

    claim, span, event = node(f"claim/{number}"), node(f"span/{number}"), node(f"event/{number // 3}")
    document, source = node(f"document/s{number // 4}-1"), node(f"source/s{number // 4}")
    place, actor = node(f"place/p{number % 1000}"), node(f"agent/a{number % 50}")
    day = ox.Literal(f"{1900 + number % 90}-01-01", datatype=XSD.date)
    for kind in (KG.EventClaim, KG.ControlChange, KG.Occupation):
        yield claim, RDF.type, kind
    yield claim, DCTERMS.source, document
    yield claim, KG.mainEvidence, span
    yield claim, PROV.wasDerivedFrom, span
    yield claim, KG.method, ox.Literal("rules")
    yield claim, KG.calledAs, ox.Literal("occupied", language="en")
    yield claim, SEM.hasPlace, place
    yield claim, SEM.hasActor, actor
    yield claim, KG.date, ox.Literal(day.value, datatype=EDTF)
    yield claim, SEM.hasEarliestBeginTimeStamp, day
    yield claim, SEM.hasLatestEndTimeStamp, day
    yield claim, KG.areaKm2, ox.Literal(f"{number % 77}.5", datatype=XSD.decimal)
    yield claim, KG.about, event
    yield span, NIF.beginIndex, ox.Literal(str(number % 4), datatype=XSD.nonNegativeInteger)
    yield span, NIF.endIndex, ox.Literal("9", datatype=XSD.nonNegativeInteger)
    yield span, NIF.anchorOf, ox.Literal(f"quote {number}")
    yield document, RDF.type, SCHEMA.NewsArticle
    yield document, DCTERMS.isPartOf, source
    yield document, SCHEMA.mentions, place
    yield place, RDF.type, GEO.Feature
    yield place, RDFS.label, ox.Literal(f"place {number % 1000}", language="en")
    yield actor, RDF.type, SCHEMA.Organization
    yield actor, RDFS.label, ox.Literal(f"agent {number % 50}", language="en")
    yield event, RDF.type, KG.ControlChange
    yield event, KG.sources, ox.Literal("2", datatype=XSD.integer)
    yield event, SEM.hasPlace, place
    if number % 30 == 0:
        yield event, KG.contested, KG.date
    if number % 2000 == 0:
        yield place, KG.contested, KG.areaKm2
