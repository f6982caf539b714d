"""The prose of a document as the model reads it: whole paragraphs, cut where they are long."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kg.extract.reading import Reading, Sentence
from kg.model import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

LONGEST = 5_000  # characters; the model's memory grows with the length of a passage
AT_ONCE = 16  # passages, and with their number
_ENDED = re.compile(r"[.!?…:;][\"”’'»)\]]*$")
_LABEL = re.compile(r"[QA][.:]\s+")
PROSE = frozenset({"paragraph", "item"})  # it reads a heading's capitals and a row's fragments as names


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of one block, parsed; ``block`` is the block's number."""

    block: int
    span: Span
    parsed: "Doc"

    def span_of(self, words: "Words | Token") -> Span:
        """The characters of some of its words in the source text."""
        start = self.span.start + (words.idx if hasattr(words, "idx") else words.start_char)
        return Span(start, start + len(words.text))


def passages(reading: Reading, pipeline: "Language") -> tuple[list[Passage], int]:
    """The passages of a document in their order, and how many sentences were too long to be read."""
    prose = [(sentence.block, _without_label(sentence.span, reading.text)) for sentence in _prose(reading)]
    short = [(block, span) for block, span in prose if span.end - span.start <= LONGEST]
    cut = [
        (block, span)
        for block, spans in groupby(short, key=lambda one: one[0])
        for span in _joined(one[1] for one in spans)
    ]
    texts = (span.of(reading.text).replace("\n", " ") for _, span in cut)
    parsed = map(_light, pipeline.pipe(texts, batch_size=AT_ONCE))
    return [Passage(block, span, doc) for (block, span), doc in zip(cut, parsed, strict=True)], len(prose) - len(short)


def _light(parsed: "Doc") -> "Doc":
    """Without the numbers that the model worked with, which are most of its size."""
    parsed.tensor = parsed.tensor[:0].copy()
    return parsed


def _prose(reading: Reading) -> Iterator[Sentence]:
    """What a person would read as sentences: neither shouted, nor a headline, nor a row of a list."""
    for sentence in reading.sentences:
        block = reading.blocks[sentence.block]
        if block.kind in PROSE and not sentence.shouted and _ENDED.search(sentence.span.of(reading.text)[-4:]):
            yield sentence


def _without_label(span: Span, text: str) -> Span:
    """Without ``Q.`` or ``A.``, which the model reads as an initial."""
    label = _LABEL.match(text, span.start, span.end)
    return Span(label.end(), span.end) if label else span


def _joined(sentences: Iterator[Span]) -> Iterator[Span]:
    """Sentences that follow one another, as spans of at most LONGEST characters."""
    whole = next(sentences)
    for sentence in sentences:
        if sentence.end - whole.start <= LONGEST:
            whole = Span(whole.start, sentence.end)
        else:
            yield whole
            whole = sentence
    yield whole
