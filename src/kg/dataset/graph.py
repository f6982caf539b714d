"""Questions to the triples of a store, with answers in one order."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, cast

import pyoxigraph as ox

from kg.model import Span
from kg.vocabulary import NIF, RDFS, SCHEMA

Term = ox.NamedNode | ox.Literal  # kg writes no blank nodes
_REMEMBERED: Final = 4096  # subjects


@dataclass(frozen=True, slots=True)
class Graph:
    """The triples of a store that kg wrote: of all its graphs, or of its default graph alone."""

    store: ox.Store
    default_only: bool = False

    def __contains__(self, subject: ox.NamedNode) -> bool:
        return next(self._quads(subject, None, None), None) is not None

    def objects(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[Term]:
        """Sorted by their text."""
        found = (cast(Term, quad.object) for quad in self._quads(subject, predicate, None))
        return sorted(found, key=_order)

    def nodes(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode]:
        """The objects that are IRIs."""
        return [term for term in self.objects(subject, predicate) if isinstance(term, ox.NamedNode)]

    def one(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> str:
        """The text of the first object; empty where there is none."""
        return next((term.value for term in self.objects(subject, predicate)), "")

    def subjects(self, predicate: ox.NamedNode | None = None, value: Term | None = None) -> list[ox.NamedNode]:
        """Every subject of such a triple once, sorted."""
        found = {cast(ox.NamedNode, quad.subject) for quad in self._quads(None, predicate, value)}
        return sorted(found, key=lambda node: node.value)

    def pairs(self, predicate: ox.NamedNode) -> Iterator[tuple[ox.NamedNode, Term]]:
        """Subject and object of every triple with the predicate, in no order."""
        for quad in self._quads(None, predicate, None):
            yield cast(ox.NamedNode, quad.subject), cast(Term, quad.object)

    def properties(
        self, subject: ox.NamedNode, *, without: Collection[ox.NamedNode] = ()
    ) -> list[tuple[ox.NamedNode, list[Term]]]:
        """Predicates with their objects, both sorted."""
        found = {quad.predicate for quad in self._quads(subject, None, None)} - set(without)
        return [(node, self.objects(subject, node)) for node in sorted(found, key=lambda node: node.value)]

    def label(self, subject: ox.NamedNode) -> str:
        """The English name or headline, else the first of any language; empty where there is none."""
        found = [
            (term.language != "en", term.value)
            for predicate in (RDFS.label, SCHEMA.headline)
            for term in self.objects(subject, predicate)
            if isinstance(term, ox.Literal)
        ]
        return min(found)[1] if found else ""

    def span(self, node: ox.NamedNode) -> Span:
        """The characters of a span or sentence."""
        return Span(int(self.one(node, NIF.beginIndex)), int(self.one(node, NIF.endIndex)))

    def _quads(
        self, subject: ox.NamedNode | None, predicate: ox.NamedNode | None, value: Term | None
    ) -> Iterator[ox.Quad]:
        return self.store.quads_for_pattern(subject, predicate, value, ox.DefaultGraph() if self.default_only else None)


class Settled(Graph):
    """The triples of a store that nobody changes: those of the subjects that were asked for last are remembered.

    A claim has twenty triples and is asked for fifty predicates.
    """

    @cached_property
    def _of(self) -> Callable[[ox.NamedNode], dict[ox.NamedNode, list[Term]]]:
        return lru_cache(_REMEMBERED)(self._read)

    def __contains__(self, subject: ox.NamedNode) -> bool:
        return bool(self._of(subject))

    def objects(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[Term]:
        """Sorted by their text."""
        return list(self._of(subject).get(predicate, ()))

    def said(self, subject: ox.NamedNode) -> Iterator[tuple[ox.NamedNode, Term]]:
        """Predicate and object of every triple of a subject, in one order."""
        for predicate, terms in sorted(self._of(subject).items(), key=lambda entry: entry[0].value):
            for value in terms:
                yield predicate, value

    def _read(self, subject: ox.NamedNode) -> dict[ox.NamedNode, list[Term]]:
        found: dict[ox.NamedNode, list[Term]] = {}
        for quad in self._quads(subject, None, None):
            found.setdefault(quad.predicate, []).append(cast(Term, quad.object))
        return {predicate: sorted(terms, key=_order) for predicate, terms in found.items()}


def _order(term: Term) -> tuple[str, str]:
    """By the text, and where that is the same by language and datatype."""
    return term.value, str(term)
