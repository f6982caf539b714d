"""Mentions, sentences and unresolved names, as NIF beside the dataset (file ``annotations.nt``)."""

from collections.abc import Callable, Sequence

from pyoxigraph import Literal

from kg.model import Mention, MentionKind, Unresolved
from kg.rdf import literals
from kg.rdf.documents import METHODS, Names
from kg.rdf.graph import Graph, Pairs
from kg.vocabulary import ITSRDF, KG, NIF

Suggest = Callable[[str, MentionKind], Sequence[str]]
"""Keys of entries that a name may mean, best first; they are shown to a person and never decide."""


def annotation_graph(names: Names, *, suggest: Suggest | None = None) -> bytes:
    """Where the text names what, its sentences with the claims that stand in them, and its unresolved names.

    Sorted N-Triples.
    """
    extraction, graph = names.extraction, Graph()
    for mention in extraction.mentions:
        names.describe(mention.span, graph)
        graph.add(names.span(mention.span), _mention(mention, names))
    for unresolved in extraction.unresolved:
        names.describe(unresolved.span, graph)
        graph.add(names.span(unresolved.span), _unresolved(unresolved, names, suggest))
    for sentence, claims in names.sentences:
        names.describe(sentence, graph, kind=NIF.Sentence)
        graph.add(names.span(sentence), ((KG.yields, names.claims[claim]) for claim in claims))
    return graph.sorted()


def _mention(mention: Mention, names: Names) -> Pairs:
    yield KG.mentionKind, Literal(mention.kind)
    yield KG.method, METHODS[mention.method]
    if mention.confidence is not None:
        yield KG.confidence, literals.decimal(mention.confidence)
    if mention.entity:
        yield ITSRDF.taIdentRef, names.entities[mention.entity]
    if mention.value:
        yield KG.mentionValue, Literal(mention.value)


def _unresolved(unresolved: Unresolved, names: Names, suggest: Suggest | None) -> Pairs:
    yield KG.unresolvedKind, Literal(unresolved.kind)
    for key in unresolved.candidates:
        yield KG.candidate, names.iris(key)
    if suggest and not unresolved.candidates:
        for key in suggest(unresolved.span.of(names.content), unresolved.kind):
            yield KG.suggestion, names.iris(key)
