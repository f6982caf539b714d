"""Names that no gazetteer knows, or that fit several entries, with the entries that may be meant: for a person."""

from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from kg.dataset.graph import Graph
from kg.dataset.rows import Rows, Value
from kg.model import Span
from kg.text.folding import fold
from kg.vocabulary import KG, NIF
from kg.web.pages.table import Answer, Cell, words_of
from kg.web.pages.view import Facts, Thing
from kg.web.pages.wording import shortened

_SHOWN: Final = 3  # documents in which a name stands
_TITLE: Final = 60  # characters of a document's
_HEAD: Final = f"PREFIX kg: <{KG.iri}> PREFIX nif: <{NIF.iri}>"
_NAMES: Final = f"""{_HEAD} SELECT ?name ?kind (COUNT(*) AS ?times)
    {{ ?node kg:unresolvedKind ?kind ; nif:anchorOf ?name }} GROUP BY ?name ?kind"""
_MEANT: Final = f"""{_HEAD} SELECT DISTINCT ?name ?kind ?entry
    {{ ?node kg:candidate|kg:suggestion ?entry ; kg:unresolvedKind ?kind ; nif:anchorOf ?name }} ORDER BY ?entry"""


def names(store: ox.Store) -> Rows:
    """A row for each name, the most frequent first, with the entries that may be meant."""
    meant: dict[tuple[str, str], list[str]] = {}
    for name, kind, entry in _solutions(store, _MEANT):
        meant.setdefault((name, kind), []).append(entry)
    made: list[Mapping[str, Value]] = [
        {"name": name, "kind": kind, "times": int(times), "may_be": " ".join(meant.get((name, kind), ())) or None}
        for name, kind, times in _solutions(store, _NAMES)
    ]
    made.sort(key=lambda one: (-int(str(one["times"])), str(one["name"]), str(one["kind"])))
    return Rows(["name", "kind", "times", "may_be", "stands_in"], [{**one, "stands_in": None} for one in made])


def _solutions(store: ox.Store, query: str) -> list[list[str]]:
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return [[value.value for value in row if isinstance(value, ox.NamedNode | ox.Literal)] for row in found]


class Unresolved(Answer):
    """These rows as a table: entries by their names; where a name stands is looked up for the rows that are shown."""

    def _cell(self, row: Mapping[str, Value], name: str) -> Cell:
        if name != "stands_in":
            return super()._cell(row, name)
        return _places(self.facts, str(row["name"]), str(row["kind"]))

    def _folded(self, row: Mapping[str, Value]) -> str:
        told = (words_of(self._cell(row, name)) for name in self.columns if name != "stands_in")
        return fold(" | ".join(told))


def _places(facts: Facts, name: str, kind: str) -> Cell:
    """The first documents in which a name is not resolved, each at the least evidence that holds it."""
    graph, stands = Graph(facts.snapshot.store), dict[str, Span]()
    found = ((*_stands(node), node) for node in graph.subjects(NIF.anchorOf, ox.Literal(name)))
    for document, span, node in sorted(found, key=lambda one: one[:2]):
        if document not in stands and ox.Literal(kind) in graph.objects(node, KG.unresolvedKind):
            stands[document] = span
        if len(stands) == _SHOWN:
            break
    return [_place(facts, facts.base + document, span) for document, span in stands.items()]


def _stands(span: ox.NamedNode) -> tuple[str, Span]:
    """The path of a span's document, and its characters, as its IRI tells them."""
    path, start, end = span.value.rsplit("-", 2)
    return f"document/{path.rpartition('/span/')[2]}", Span(int(start), int(end))


def _place(facts: Facts, document: str, name: Span) -> Thing:
    """The address of the least evidence that holds a name, or of the document where no claim rests on it."""
    around = next((span for span in facts.spans(document) if name in span), None)
    address = f"{document}#{around.start}-{around.end}" if around else document
    title, publisher = shortened(facts.thing(document).name, _TITLE), facts.publisher(document)
    return Thing(address, f"{publisher}: {title}" if publisher else title, facts.path(address))
