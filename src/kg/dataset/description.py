"""What a dataset says of itself to those who ask its endpoint: the catalogue, and its named queries as examples.

Tools that complete queries ask an endpoint for its prefixes (``sh:declare``), its classes and properties (VoID) and
examples (``sh:SPARQLExecutable``). All of it stands in a graph of its own, which an endpoint adds to its default graph.
"""

from collections.abc import Iterator
from itertools import dropwhile
from typing import Final

import pyoxigraph as ox

from kg import formats
from kg.dataset import queries
from kg.dataset.reader import Dataset
from kg.vocabulary import RDF, RDFS, SCHEMA, SH

DESCRIPTION: Final = "description"  # below the base: the graph that holds it


def described(data: Dataset) -> Iterator[ox.Triple]:
    """The catalogue where there is one, and the named queries that the dataset's graph alone answers."""
    path = data.folder / "catalog.ttl"
    if path.is_file():
        yield from formats.read(path)
    for named in map(queries.load, queries.names()):
        if not named.annotations:
            yield from _example(named, data.base)


def _example(named: queries.NamedQuery, base: str) -> Iterator[ox.Triple]:
    node = ox.NamedNode(f"{base}example/{named.name}")
    text = "\n".join(dropwhile(lambda line: line.startswith("#"), named.text.splitlines()))
    yield ox.Triple(node, RDF.type, SH.SPARQLExecutable)
    yield ox.Triple(node, RDF.type, SH.SPARQLSelectExecutable)
    yield ox.Triple(node, RDFS.label, ox.Literal(named.title, language="en"))
    yield ox.Triple(node, RDFS.comment, ox.Literal(named.description, language="en"))
    yield ox.Triple(node, SH.select, ox.Literal(text))
    for keyword in named.keywords:
        yield ox.Triple(node, SCHEMA.keywords, ox.Literal(keyword))
