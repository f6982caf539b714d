"""Triples of pyoxigraph as a graph of rdflib."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"


def to_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    """The triples as an rdflib graph, each term made once and as it is written."""
    import rdflib
    from rdflib.term import BNode, URIRef

    from kg.validate.rdflib_literal import XsdLiteral

    known: dict[object, Node] = {}

    def term(node: object) -> Node:
        found = known.get(node)
        if found is None:
            if isinstance(node, NamedNode):
                found = URIRef(node.value)
            elif isinstance(node, Literal):
                datatype = None if node.language or node.datatype.value == _STRING else node.datatype.value
                found = XsdLiteral(node.value, lang=node.language, datatype=datatype)
            else:
                assert isinstance(node, BlankNode)
                found = BNode(node.value)
            known[node] = found
        return found

    graph = rdflib.Graph(bind_namespaces="none")
    graph.addN((term(s), term(p), term(o), graph) for s, p, o in triples)
    return graph
