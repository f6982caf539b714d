"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from collections.abc import Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from kg.formats import Format
from kg.vocabulary import RDF
from kg.web.sparql.syntaxes import ROWS, TRIPLES

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
# Unique URIs for file formats, https://www.w3.org/ns/formats/
_RESULTS: Final = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "ntriples": "N-Triples",
    "trig": "TriG",
    "nquads": "N-Quads",
    "rdfxml": "RDF_XML",
}


def service_description(endpoint: str, graphs: Sequence[str], format: Format) -> bytes:
    """The description of an endpoint over a default graph and the named graphs."""
    data = ox.serialize(_triples(endpoint, graphs), format=format.syntax, prefixes={"sd": SD, "format": _FORMATS})
    assert data is not None  # serialize gives bytes where it is given no file
    return data


def _triples(endpoint: str, graphs: Sequence[str]) -> Iterator[ox.Triple]:
    service, dataset, default = (ox.NamedNode(endpoint + part) for part in ("", "#dataset", "#default-graph"))
    yield ox.Triple(service, RDF.type, _term("Service"))
    yield ox.Triple(service, _term("endpoint"), service)
    yield ox.Triple(service, _term("supportedLanguage"), _term("SPARQL11Query"))
    for name in (*ROWS, *TRIPLES):
        yield ox.Triple(service, _term("resultFormat"), ox.NamedNode(_FORMATS + _RESULTS[name]))
    yield ox.Triple(service, _term("defaultDataset"), dataset)
    yield ox.Triple(dataset, RDF.type, _term("Dataset"))
    yield ox.Triple(dataset, _term("defaultGraph"), default)
    yield ox.Triple(default, RDF.type, _term("Graph"))
    for number, graph in enumerate(graphs, 1):
        named = ox.NamedNode(f"{endpoint}#named-graph-{number}")
        yield ox.Triple(dataset, _term("namedGraph"), named)
        yield ox.Triple(named, RDF.type, _term("NamedGraph"))
        yield ox.Triple(named, _term("name"), ox.NamedNode(graph))


def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
