"""Quotation marks: where a quotation stands, and what is only an apostrophe or an inch mark."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.reading import Reading
from kg.model import Entity, Span
from kg.text.blocks import Block

_MARK = re.compile("[“«„\"‘'”]")
LEAST_WORDS = 4  # a shorter quotation is a word of the writer's in marks
PAIRS = {"“": "”", "«": "»", "„": "“", '"': '"', "‘": "’", "'": "'", "”": "”"}


@dataclass(slots=True)
class Quote:
    """What stands between quotation marks (``inner``) and where the marks are."""

    start: int  # of the opening mark
    end: int  # one past the closing mark
    inner: Span
    block: int
    opened: bool = False  # no closing mark in its paragraph
    speaker: Entity | None = None
    said_to: Entity | None = None
    attribution: Span | None = None


def word_count(text: str) -> int:
    return len(re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", text))


def find_quotes(text: str, number: int, block: Block) -> Iterator[Quote]:
    """The quotations of a block; apostrophes and inch marks are none."""
    if block.kind == "rule":
        return
    start, end = block.span.start, block.span.end
    index = start
    while match := _MARK.search(text, index, end):
        index = match.start()
        char = text[index]
        closing = PAIRS.get(char)
        if closing is None or char == "”" or (char in "‘'" and not _opens_single(text, index, start)):
            index += 1
            continue
        close = _closing(text, index + 1, end, char, closing)
        if close < 0:
            if char in "“«" and word_count(text[index + 1 : end]) >= LEAST_WORDS:
                yield Quote(index, end, Span(index + 1, end), number, opened=True)
                return
            index += 1
            continue
        if close > index + 1:
            yield Quote(index, close + 1, Span(index + 1, close), number)
        index = close + 1


class Quotes:
    """The quotations of a document, in order."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self.all: list[Quote] = []
        for number, block in enumerate(reading.blocks):
            self.all += find_quotes(reading.text, number, block)
        self.by_block: dict[int, list[Quote]] = {}
        for quote in self.all:
            self.by_block.setdefault(quote.block, []).append(quote)
        self._starts = [quote.start for quote in self.all]

    def contain(self, offset: int) -> bool:
        """Whether an offset lies within a quotation."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self.all[index].end

    def whole(self, span: Span) -> bool:
        """Whether a span is a quotation and nothing else, its marks within the span or not."""
        index = bisect_right(self._starts, span.start) - 1
        return index >= 0 and span.end <= self.all[index].end and self._length(index) >= LEAST_WORDS

    def _length(self, index: int) -> int:
        return word_count(self.all[index].inner.of(self._text))


def _opens_single(text: str, index: int, floor: int) -> bool:
    before = text[index - 1] if index > floor else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    return (before.isspace() or before in "(—–:") and not after.isspace() and after.isalnum()


def _closing(text: str, index: int, end: int, opening: str, closing: str) -> int:
    if opening not in "‘'":
        depth = 1
        for position in range(index, end):
            char = text[position]
            if char == closing:
                depth -= 1
                if not depth:
                    return position
            elif char == opening:
                depth += 1
        return -1
    position = index
    while (position := text.find(closing, position, end)) >= 0:
        before, after = text[position - 1], text[position + 1] if position + 1 < end else " "
        if not after.isalnum() and (before in ",.!?…" or (not after.isspace() or before != "s")):
            if word_count(text[index:position]) >= LEAST_WORDS:
                return position
        position += 1
    return -1
