"""Property paths, as SPARQL writes them and as SHACL says them in triples (SHACL, section 2.3.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.vocabulary import RDF, SH

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_FIRST, _REST, _NIL = (NamedNode(RDF.type.value.replace("type", name)) for name in ("first", "rest", "nil"))
_AFTER: Final = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_TOKEN: Final = re.compile(r"<[^>]*>|[/|^()*+?]")

Term = NamedNode | BlankNode


def written(report: rdflib.Graph, node: Node | None) -> str:
    """A path of a graph as SPARQL writes it, over full IRIs; empty where there is none."""
    from rdflib import RDF as RDFLIB_RDF
    from rdflib import Namespace
    from rdflib.collection import Collection as RdfList
    from rdflib.term import URIRef

    sh = Namespace(SH.iri)
    if node is None:
        return ""
    if isinstance(node, URIRef):
        return f"<{node}>"
    if (node, RDFLIB_RDF.first, None) in report:
        return "/".join(_grouped(written(report, step), "/") for step in RdfList(report, node))
    if inner := report.value(node, sh.inversePath):
        return f"^{_grouped(written(report, inner), '/^*+?')}"
    for name, after in _AFTER.items():
        if inner := report.value(node, sh[name]):
            return f"{_grouped(written(report, inner), '/^*+?')}{after}"
    start = report.value(node, sh.alternativePath)
    assert start is not None
    alternatives = RdfList(report, start)
    return f"({'|'.join(written(report, step) for step in alternatives)})"


def _grouped(path: str, operators: str) -> str:
    """In brackets where its outermost operator is one of these."""
    outer = re.sub(r"<[^>]*>", "", path)
    while (inner := re.sub(r"\([^()]*\)", "", outer)) != outer:
        outer = inner
    return f"({path})" if any(operator in outer for operator in operators) else path


def said(path: str, blank: Callable[[], BlankNode]) -> tuple[Term, list[Triple]]:
    """The node that stands for a path as `written` writes it, and the triples that say so; ``blank`` makes nodes."""
    reader = _Reader(_TOKEN.findall(path), blank)
    return reader.alternatives(), reader.triples


class _Reader:
    def __init__(self, tokens: list[str], blank: Callable[[], BlankNode]) -> None:
        self._tokens, self._blank = iter([*tokens, ""]), blank
        self._next = next(self._tokens)
        self.triples: list[Triple] = []

    def alternatives(self) -> Term:
        found = list(self._separated("|", self._sequence))
        return found[0] if len(found) == 1 else self._about("alternativePath", self._list(found))

    def _sequence(self) -> Term:
        found = list(self._separated("/", self._step))
        return found[0] if len(found) == 1 else self._list(found)

    def _step(self) -> Term:
        if self._taken("^"):
            return self._about("inversePath", self._step())
        if self._taken("("):
            node = self.alternatives()
            self._taken(")")
        else:
            node = NamedNode(self._next[1:-1])
            self._next = next(self._tokens)
        for name, mark in _AFTER.items():
            if self._taken(mark):
                return self._about(name, node)
        return node

    def _separated(self, mark: str, read: Callable[[], Term]) -> Iterator[Term]:
        yield read()
        while self._taken(mark):
            yield read()

    def _taken(self, token: str) -> bool:
        if self._next != token:
            return False
        self._next = next(self._tokens)
        return True

    def _about(self, name: str, value: Term) -> Term:
        node = self._blank()
        self.triples.append(Triple(node, NamedNode(SH.iri + name), value))
        return node

    def _list(self, items: list[Term]) -> Term:
        nodes = [self._blank() for _ in items]
        rests: list[Term] = [*nodes[1:], _NIL]
        for node, item, rest in zip(nodes, items, rests, strict=True):
            self.triples += [Triple(node, _FIRST, item), Triple(node, _REST, rest)]
        return nodes[0]
