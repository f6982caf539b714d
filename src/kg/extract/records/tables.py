"""Tables: of cells, or of lines with dashes; where each begins and ends, and its header."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from kg.extract.reading import Reading
from kg.model import Span
from kg.text.blocks import Block
from kg.text.dates import Dated, dated

_BETWEEN_CELLS = re.compile(r"( [–—-] | \| | / |\t+)")
_WORDS = 5
_HOUR = re.compile(r"[0-2]\d:?[0-5]\d\W*(?:h|hrs|hours)?")
_HOUR_FIRST = re.compile(
    r"(?:[01]?\d|2[0-4])[:.]?[0-5]\d\s?(?:h|hrs|hours|[ap]\.?m\.?|GMT|UTC)?[\s:–—-]{1,3}(?=[^\W\d_])"
)
_DOTTED_DAY = re.compile(r"(?<![\d.])(?P<day>3[01]|[12]\d|[1-9])\.(?P<month>1[0-2]|[1-9])(?![\d/])")
_LEAST_DOTTED = 3  # lines that begin with "28.10 ", so that it is a day and no number
_STATED = 90  # characters of a line that states the document's date

Cells = tuple[Span, ...]


@dataclass(slots=True, eq=False)
class Table:
    """The rows below one header, or below none."""

    header: Cells = ()
    rows: dict[int, Cells] = field(default_factory=dict)  # by block


class Tables:
    """The tables of a document, and the blocks that are titles: no text to read."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.by_block: dict[int, Table] = {}
        self._current, self._lines = Table(), set[int]()  # lines with cells
        self._rows = {number: block.cells for number, block in enumerate(reading.blocks) if block.kind == "row"}
        for number, block in enumerate(reading.blocks):
            self._note(number, block)
        self.days = self._dotted_days()
        self.hours = self._hours()
        self.titles = self._titles()
        self.doubtful = self._doubtful()

    def _note(self, number: int, block: Block) -> None:
        """Put a row into its table, or begin one with the row as its header."""
        if block.kind == "row":
            first = number - 1 not in self._rows
            cells, names = block.cells, block.header or (first and self._names_columns(number, block))
        else:
            first, cells = False, self.cells(number, block.span)
            names = bool(cells) and not self._has_digit(block) and number - 1 not in self._lines
            if cells:
                self._lines.add(number)
        if names:
            self._current = Table(cells)
            return
        if first or not cells:
            self._current = Table()
        if cells and (self._current.header or block.kind == "row"):
            self._current.rows[number] = cells
            self.by_block[number] = self._current

    def _names_columns(self, number: int, block: Block) -> bool:
        """Whether the first row has no number, or none where the rows below have numbers alone."""
        if not self._has_digit(block):
            return True
        below = [self._rows[n] for n in range(number + 1, number + 4) if len(self._rows.get(n, ())) == len(block.cells)]
        for cell, *column in zip(block.cells, *below, strict=True):
            filled = [one for one in column if one.start < one.end]
            text = self.reading.text
            if (
                text[cell.start : cell.end][:1].isalpha()
                and filled
                and all(text[one.start].isdigit() for one in filled)
            ):
                return True
        return False

    def _dotted_days(self) -> dict[int, list[Dated]]:
        """Start of a line -> its days, where lines begin with days of rising date: ``28.10 Bridge blown.``, ``2.11 Ard
        lost; Besk too, 3.11``.
        """
        text, lines = self.reading.text, {}
        for block in self.reading.blocks:
            first = _DOTTED_DAY.match(text, block.span.start, block.span.end)
            if first is None or text[first.end() : first.end() + 1] != " " or block.kind not in ("paragraph", "item"):
                continue
            days = _DOTTED_DAY.finditer(text, first.end(), block.span.end)
            lines[block.span.start] = [first, *(m for m in days if text[m.end() : m.end() + 1] in ",;.)")]
        said = [(int(days[0]["month"]), int(days[0]["day"])) for days in lines.values()]
        falls = sum(one > following for one, following in pairwise(said))
        if len(lines) < _LEAST_DOTTED or falls > len(said) // 4:
            return {}
        return {
            start: [dated(*m.span(), None, int(m["month"]), int(m["day"])) for m in days]
            for start, days in lines.items()
        }

    def _hours(self) -> dict[int, int]:
        """Block -> where its text begins, of those that begin with an hour: ``0640 Hill 402 ours again.``; several."""
        text, begun = self.reading.text, {}
        for number, block in enumerate(self.reading.blocks):
            if (
                block.kind in ("paragraph", "item")
                and block.span.start not in self.days
                and (match := _HOUR_FIRST.match(text, block.span.start, block.span.end))
            ):
                begun[number] = match.end()
        return begun if len(begun) > 1 else {}

    def is_of_hours(self, number: int, offset: int) -> bool:
        """Whether a number begins a line of a log, or stands in a column of hours: ``0445``, ``1900``: no year."""
        if number in self.hours:
            return offset < self.hours[number]
        table = self.by_block.get(number)
        cells = table.rows[number] if table is not None else ()
        index = next((i for i, cell in enumerate(cells) if cell.start == offset), None)
        if table is None or index is None:
            return False
        column = [row[index].of(self.reading.text) for row in table.rows.values() if index < len(row)]
        return all(map(_HOUR.fullmatch, filter(None, column))) and any(hour[:1] == "0" for hour in column)

    def _has_digit(self, block: Block) -> bool:
        return any(character.isdigit() for character in block.span.of(self.reading.text))

    def cells(self, number: int, span: Span) -> Cells:
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
        headers = (table.header[0].start for table in self.by_block.values() if table.header)
        return titles | {bisect_right(starts, start) - 1 for start in headers}

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
