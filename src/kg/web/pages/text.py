"""A document's text, cut where pieces of evidence begin and end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.model import Span

BLANK: Final = "\n\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that the same spans cover; ``begins`` are those that begin with it."""

    words: str
    spans: tuple[Span, ...]  # the shortest first
    begins: tuple[Span, ...]


def paragraphs(text: str, document: Span, spans: Sequence[Span]) -> Iterator[tuple[Piece, ...]]:
    """The paragraphs of a document, each cut into pieces; together they are the document's text, blank lines aside.

    >>> spans = [Span(0, 5), Span(3, 8)]
    >>> [[piece.words for piece in paragraph] for paragraph in paragraphs("abcdefgh\\n\\nij", Span(0, 12), spans)]
    [['abc', 'de', 'fgh'], ['ij']]
    """
    for paragraph in _paragraphs(text, document):
        yield tuple(_pieces(text, paragraph, [span for span in spans if span.overlaps(paragraph)]))


def _paragraphs(text: str, document: Span) -> Iterator[Span]:
    begin = document.start
    while begin < document.end:
        blank = text.find(BLANK, begin, document.end)
        end = blank if blank >= 0 else document.end
        if text[begin:end].strip():
            yield Span(begin, end)
        begin = end + len(BLANK) if blank >= 0 else document.end


def _pieces(text: str, paragraph: Span, spans: Sequence[Span]) -> Iterator[Piece]:
    inside = (place for span in spans for place in (span.start, span.end) if paragraph.start < place < paragraph.end)
    cuts = sorted({paragraph.start, paragraph.end, *inside})
    for start, end in pairwise(cuts):
        covering = sorted((one for one in spans if Span(start, end) in one), key=lambda one: (one.end - one.start, one))
        begins = tuple(one for one in covering if one.start == start)
        yield Piece(text[start:end], tuple(covering), begins)
