"""The ontology as a page: its terms with what they mean and the shapes that speak of them."""

from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import pyoxigraph as ox

from kg.dataset.graph import Graph
from kg.dataset.rows import shorten
from kg.validate.shapes import shapes_folder
from kg.vocabulary import DCTERMS, KG, PREFIXES, RDFS, SH

_COMMENT, _DOMAIN, _RANGE, _CLASS, _PROPERTY = (
    ox.NamedNode(f"{RDFS.iri}{name}") for name in ("comment", "domain", "range", "subClassOf", "subPropertyOf")
)
_TARGET, _PATH, _MESSAGE = (ox.NamedNode(f"{SH.iri}{name}") for name in ("targetClass", "path", "message"))


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of our own."""

    name: str
    label: str
    comment: str
    kind: str  # class, property, or what it is an instance of
    broader: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    shapes: tuple[str, ...]  # what the shapes say of it


class Vocabulary:
    """The terms of ``ontology.ttl``, in alphabetical order."""

    @cached_property
    def ontology(self) -> bytes:
        return (files("kg") / "ontology.ttl").read_bytes()

    @cached_property
    def description(self) -> str:
        return self._graph.one(ox.NamedNode(KG.iri.rstrip("#")), DCTERMS.description)

    @cached_property
    def terms(self) -> list[Term]:
        nodes = [node for node in self._graph.subjects(RDFS.label) if node.value.startswith(KG.iri)]
        return [self._term(node) for node in nodes]

    @property
    def classes(self) -> list[Term]:
        return [term for term in self.terms if term.name[0].isupper()]

    @property
    def properties(self) -> list[Term]:
        return [term for term in self.terms if not term.name[0].isupper()]

    @cached_property
    def _graph(self) -> Graph:
        store = ox.Store()
        store.load(self.ontology, format=ox.RdfFormat.TURTLE)
        return Graph(store)

    @cached_property
    def _shapes(self) -> ox.Store:
        store = ox.Store()
        for path in sorted(shapes_folder().glob("*.ttl")):
            store.load(path=path, format=ox.RdfFormat.TURTLE)
        return store

    def _term(self, node: ox.NamedNode) -> Term:
        graph = self._graph
        return Term(
            name=node.value.removeprefix(KG.iri),
            label=graph.label(node),
            comment=graph.one(node, _COMMENT),
            kind="class" if node.value.removeprefix(KG.iri)[0].isupper() else "property",
            broader=self._short(node, _CLASS) + self._short(node, _PROPERTY),
            domain=self._short(node, _DOMAIN),
            range=self._short(node, _RANGE),
            shapes=tuple(sorted(self._messages(node))),
        )

    def _short(self, node: ox.NamedNode, predicate: ox.NamedNode) -> tuple[str, ...]:
        return tuple(shorten(one.value, PREFIXES) for one in self._graph.nodes(node, predicate))

    def _messages(self, node: ox.NamedNode) -> set[str]:
        """The messages of the shapes that target the term or constrain it."""
        quads = (
            *self._shapes.quads_for_pattern(None, _TARGET, node),
            *self._shapes.quads_for_pattern(None, _PATH, node),
        )
        found = {message for quad in quads for message in self._shapes.quads_for_pattern(quad.subject, _MESSAGE, None)}
        return {one.object.value for one in found if isinstance(one.object, ox.Literal)}
