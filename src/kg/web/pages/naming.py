"""What things are called on the pages: so that a person tells them apart."""

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from kg.dataset.graph import Graph
from kg.vocabulary import DCTERMS, GEO, KG, NIF, RDF, SCHEMA, SEM
from kg.web.pages.wording import KINDS, date_words, shortened

_TITLE: Final = 70  # characters of the first words of a document without a title
_MOST: Final = 100_000  # places whose names are looked through for homonyms


class Names:
    """The names of the things of a dataset; ``short`` shortens an IRI, ``text`` gives a source's text."""

    def __init__(self, graph: Graph, short: Callable[[str], str], text: Callable[[str], str | None]) -> None:
        self.graph, self.short, self.text = graph, short, text

    def of(self, node: ox.NamedNode) -> str:
        graph = self.graph
        if label := graph.label(node):
            return f"{label} ({self._apart(node, label)})" if node in self.homonyms else label
        if graph.one(node, KG.sources):
            return self._event(node)
        if message := graph.one(node, KG.message):
            return message
        return graph.one(node, KG.path) or self._beginning(node) or self.short(node.value)

    @cached_property
    def homonyms(self) -> frozenset[ox.NamedNode]:
        """The places that share their name with another."""
        places = self.graph.subjects(RDF.type, GEO.Feature)[:_MOST]
        named = {place: self.graph.label(place) for place in places}
        often = Counter(named.values())
        return frozenset(place for place, name in named.items() if often[name] > 1)

    def _apart(self, place: ox.NamedNode, label: str) -> str:
        """What tells a place from others of its name: what it lies in, else what it is and the text that names it."""
        for node in self.graph.nodes(place, SCHEMA.containedInPlace):
            if (outer := self.graph.label(node)) and outer != label:
                return outer
        for document in self.graph.subjects(SCHEMA.mentions, place):
            title = (self.graph.label(document) or self._beginning(document)).strip("\"“”„«»'")
            return f"in “{shortened(title, 40)}”"
        return self.graph.one(place, SCHEMA.additionalType).replace("-", " ") or place.value.rpartition("/")[2]

    def _beginning(self, document: ox.NamedNode) -> str:
        """The first words of a document that has no title; empty where its text is not published."""
        sources = self.graph.nodes(document, DCTERMS.isPartOf)
        text = self.text(sources[0].value) if sources and self.graph.one(document, NIF.beginIndex) else None
        lines = text[self.graph.span(document).start :].split("\n") if text else []
        first = next((" ".join(line.split()) for line in lines if line.strip()), "")
        if first:
            return shortened(first, _TITLE)
        return f"Untitled, from {self.graph.one(sources[0], KG.path)}" if sources else ""

    def _event(self, node: ox.NamedNode) -> str:
        kind = next((KINDS[kind] for kind in self.graph.nodes(node, RDF.type) if kind in KINDS), "event")
        places = [self.of(place) for place in self.graph.nodes(node, SEM.hasPlace)]
        date = self.graph.one(node, KG.date) or self._first_date(node)
        named = f"{kind.capitalize()}: {places[0]}" if places else kind.capitalize()
        return f"{named}, {date_words(date)}" if date else named

    def _first_date(self, event: ox.NamedNode) -> str:
        """Of an event whose date is contested: the earliest year that a claim gives."""
        begins = sorted(
            self.graph.one(claim, SEM.hasEarliestBeginTimeStamp) for claim in self.graph.subjects(KG.about, event)
        )
        known = [begin for begin in begins if begin]
        return known[0][:4] if known else ""
