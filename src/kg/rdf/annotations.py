"""Mentions, sentences and unresolved names, as NIF beside the dataset (file ``annotations.nt``)."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from pyoxigraph import Literal

from kg.model import Extraction, Mention, MentionKind, Span, Unresolved
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
    for sentence, claims in _yields(extraction):
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


def _yields(extraction: Extraction) -> Iterator[tuple[Span, list[int]]]:
    """Each sentence with the positions of the claims whose evidence overlaps it."""
    sentences = sorted(extraction.sentences)
    ends = [sentence.end for sentence in sentences]
    found: list[list[int]] = [[] for _ in sentences]
    for position, claim in enumerate(extraction.claims):
        for span in claim.evidence:
            for sentence in range(bisect_right(ends, span.start), bisect_left(sentences, Span(span.end, 0))):
                found[sentence].append(position)
    return zip(sentences, found, strict=True)
