"""Tables: of cells, or of lines with dashes; their headers, and what their columns are for."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from kg.extract import words
from kg.extract.reading import Reading, Sentence
from kg.model import Span
from kg.text.blocks import Block
from kg.text.dates import Dated

_DATES = frozenset("date day when year".split())
_PLACES = frozenset(
    [
        "place",
        "where",
        "location",
        "name",
        "site",
        "locality",
        "garrison",
        "position",
        *words.PLACE_TYPES,
        *words.PLURAL_PLACE_TYPES,
    ]
)
_BETWEEN_CELLS = re.compile(r"( [–—-] | \| | / |\t+)")
_WORDS = 5
_STATED = 90  # characters of a line that states the document's date


class Tables:
    """The headers of a document's tables, and the blocks that are titles: no text to read."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.headers: dict[int, tuple[Span, ...]] = {}  # by block
        self._current: tuple[Span, ...] = ()
        for number, block in enumerate(reading.blocks):
            self._note(number, block)
        self.titles = self._titles()
        self.doubtful = self._doubtful()

    def _note(self, number: int, block: Block) -> None:
        """Give a row its header, or keep the row as the header of those below."""
        if block.kind == "row":
            first = number == 0 or self.reading.blocks[number - 1].kind != "row"
            cells, names = block.cells, block.header or (first and not self._has_digit(block))
        else:
            first, cells = False, self.cells(number, block.span)
            names = bool(cells) and not self._has_digit(block)
        if names:
            self._current = cells
            return
        if first or not cells:
            self._current = ()
        if self._current:
            self.headers[number] = self._current

    def _has_digit(self, block: Block) -> bool:
        return any(character.isdigit() for character in block.span.of(self.reading.text))

    def cells(self, number: int, span: Span) -> tuple[Span, ...]:
        """The cells of a line ``A – 8 May 1992 – 289 km2``; none where it has no two marks of a kind."""
        if self.reading.blocks[number].kind not in ("paragraph", "item"):
            return ()
        parts = _BETWEEN_CELLS.split(span.of(self.reading.text))
        if len(parts) < 3:
            return ()
        spans, position = [], span.start
        for index, part in enumerate(parts):
            if index % 2 == 0:
                spans.append(Span(position, position + len(part)))
            position += len(part)
        return tuple(spans)

    def _titles(self) -> set[int]:
        """Blocks that name the columns of a table."""
        blocks = self.reading.blocks
        starts = [block.span.start for block in blocks]
        titles = {number for number, block in enumerate(blocks) if block.header}
        return titles | {bisect_right(starts, cells[0].start) - 1 for cells in self.headers.values()}

    def _doubtful(self) -> set[int]:
        """The headline, and short blocks that hold the document's date: no text to read, unless they are rows."""
        document, text = self.reading.document, self.reading.text
        stated = document.published_span
        return {
            number
            for number, block in enumerate(self.reading.blocks)
            if block.span in document.headlines
            or (
                stated is not None
                and stated in block.span
                and len(block.span.of(text)) < _STATED
                and not self._goes_on(number, stated)
            )
        }

    def _goes_on(self, number: int, stated: Span) -> bool:
        """Whether a sentence follows the date: ``KYIV, 17 June 1990 (Wire) - The town fell on 9 June.``"""
        after = (one for one in self.reading.block_sentences(number) if one.start > stated.end)
        return any(one.last - one.first > _WORDS and self.reading.text[one.end - 1] in ".!?" for one in after)

    def place_columns(self, cells: Sequence[Span], header: Sequence[Span]) -> list[int]:
        """The columns in which to look for the place of a row, those that are headed so first."""
        return sorted(range(len(cells)), key=lambda index: not self.is_of_places(header, index))

    def is_of_places(self, header: Sequence[Span], index: int) -> bool:
        """Whether a column is headed as one of places."""
        title = header[index].of(self.reading.text) if index < len(header) else ""
        return not _PLACES.isdisjoint(title.lower().split())

    def is_headed(self, header: Sequence[Span], index: int) -> bool:
        """Whether a column has a title."""
        return index < len(header) and bool(header[index].of(self.reading.text).strip())

    def date_of(self, sentence: Sentence, cells: Sequence[Span], header: Sequence[Span]) -> Dated | None:
        """The date of a row: in its first cell, after the year that stands there, or in the column headed so."""
        dated = next(iter(_within(sentence, cells[0])), None)
        year = cells[0].of(self.reading.text).strip()
        if len(cells) > 1 and (not year or year.isdigit()):
            second = next((d for d in _within(sentence, cells[1]) if d.start - cells[1].start <= 1), None)
            dated = second or dated
        for title, cell in zip(header, cells, strict=False):
            if dated is None and title.of(self.reading.text).strip().lower() in _DATES:
                dated = next(iter(_within(sentence, cell)), None)
        return dated


def _within(sentence: Sentence, cell: Span) -> list[Dated]:
    return [dated for dated in sentence.dates if cell.start <= dated.start < cell.end]
