"""Which sentences are the rows of a list or a table: by their beginnings, their cells and their company."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract import words
from kg.extract.names import Found
from kg.extract.places import Places, placeable
from kg.extract.reading import Reading, Sentence
from kg.model import Entity, Span
from kg.text.blocks import Block
from kg.text.dates import Dated
from kg.text.quantities import Quantity

_SEPARATORS = frozenset(": – — - | ( / • · =".split())
_YEAR_RANGE = re.compile(r"\b\d{4}\s*[-–—/]\s*\d{4}\b")
_MONTH_LINE = re.compile(r"([A-Za-z]{3,9})\.?,?(?: \d{4})?:?")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(slots=True)
class Row:
    """A record of a list: its sentence, its place, its date, and the cells of a table."""

    sentence: Sentence
    place: Found | None = None
    date: Dated | None = None
    cells: tuple[Span, ...] = ()
    header: tuple[Span, ...] = ()
    prose: bool = False  # a place with a colon and whole sentences after it


class Rows:
    """Finds the rows of a document, by sentence, and what its titles and leading paragraphs are."""

    def __init__(
        self, reading: Reading, found: list[list[Found]], places: Places, quantities: list[list[Quantity]]
    ) -> None:
        self.reading, self.found, self.places, self.quantities = reading, found, places, quantities
        self.tokens = reading.tokens
        self.rows: dict[int, Row] = {}  # by sentence index
        self._headers: dict[int, tuple[Span, ...]] = self._table_headers()
        self.titles: set[int] = self._title_rows()
        candidates = [
            row for sentence in reading.sentences if sentence.block not in self.titles and (row := self._row(sentence))
        ]
        self._accept(candidates)
        self.leads = self._leads()

    def _accept(self, candidates: Sequence[Row]) -> None:
        """Rows come in company, or begin with a place that is known; a lone "Updated: ..." is none."""
        blocks = [row.sentence.block for row in candidates]
        for number, row in enumerate(candidates):
            near = sum(abs(row.sentence.block - other) <= 2 for other in blocks[max(0, number - 2) : number + 3])
            known = row.place is not None and row.place.entity is not None and row.place.entity.key is not None
            if near >= 2 or known or row.date is not None or row.cells:
                self.rows[row.sentence.index] = row
                if row.place is not None:
                    self.places.of(row.place)

    def _leads(self) -> dict[int, Entity]:
        """Paragraphs that begin with nothing but a name, ``Palmyra. Fell to ...``: what they speak of; in company,
        or known.
        """
        found: list[tuple[int, int, Found]] = []
        for sentence in self.reading.sentences:
            here = self.reading.block_sentences(sentence.block)
            group = self.found[sentence.index]
            if (
                len(here) < 2
                or here[0] is not sentence
                or len(group) != 1
                or self.reading.blocks[sentence.block].kind == "heading"
            ):
                continue
            one = group[0]
            whole = one.first == sentence.first and one.last >= sentence.last - 1 and one.kind in ("place", "name")
            if whole and self._name_fits(one):
                found.append((sentence.index, sentence.block, one))
        leads = {}
        for number, (index, block, one) in enumerate(found):
            company = any(
                abs(block - other) <= 2 for _, other, _ in found[max(0, number - 1) : number + 2] if other != block
            )
            if (company or (one.entity and one.entity.key)) and (place := self.places.of(one)):
                leads[index] = place
        return leads

    def _row(self, sentence: Sentence) -> Row | None:
        block = self.reading.blocks[sentence.block]
        if block.kind == "heading":
            return None
        header = self._headers.get(sentence.block, ())
        if block.kind == "row":
            return self._table_row(sentence, block, header)
        first = sentence.first
        if first >= sentence.last:
            return None
        dated = self._date_first(sentence)
        if dated:
            place = self._place_after(sentence, dated)
            return Row(sentence, place, dated)
        one = self._place_first(sentence)
        if one is None:
            return None
        row = Row(sentence, one, cells=self._dash_cells(sentence), header=header)
        filled = sentence.dates or any(q.kind in ("area", "share") for q in self.quantities[sentence.index])
        block_goes_on = sentence.last - one.last > 3 and self._colon_after(one, sentence)
        if not filled and not block_goes_on:
            return None
        row.prose = not filled or self._many_sentences(sentence)
        return row

    def _many_sentences(self, sentence: Sentence) -> bool:
        here = self.reading.block_sentences(sentence.block)
        return len(here) > 1 and here[0] is sentence and self._place_first(here[1]) is None

    def _colon_after(self, one: Found, sentence: Sentence) -> bool:
        return one.last < sentence.last and self.tokens[one.last].text == ":"

    def _place_first(self, sentence: Sentence) -> Found | None:
        """A place at the beginning, with a separator, or directly a date, after it."""
        tokens, group = self.tokens, self.found[sentence.index]
        first = sentence.first
        if tokens[first].low == "the" and first + 1 < sentence.last:
            first += 1
        if tokens[first].low in words.PLACE_TYPES and first + 1 < sentence.last and tokens[first + 1].low == "of":
            first += 2
        one = next((o for o in group if o.first == first), None)
        if one is None or one.kind not in ("place", "name") or (one.kind == "name" and not self._name_fits(one)):
            return None
        step = one.last
        while step < sentence.last and (
            tokens[step].low in words.PLACE_TYPES or (tokens[step].low in ("and",) and False)
        ):
            step += 1
        if step >= sentence.last:
            return None
        if tokens[step].text == "(" and not self._date_in_brackets(sentence, step):
            close = next((i for i in range(step, min(step + 6, sentence.last)) if tokens[i].text == ")"), None)
            if close is None or close + 1 >= sentence.last:
                return None
            step = close + 1
        separated = tokens[step].text in _SEPARATORS
        if tokens[step].text == "," and step + 1 < sentence.last:
            separated = any(d.start == tokens[step + 1].start for d in sentence.dates)
        direct = any(d.start == tokens[step].start for d in sentence.dates) and not tokens[step].low.startswith(
            ("on", "in")
        )
        verbless = (separated and tokens[step].text != ",") or direct or separated
        if not verbless:
            return None
        if tokens[step].text == "-" and tokens[step].start == tokens[step - 1].end:
            return None
        return one

    def _date_in_brackets(self, sentence: Sentence, step: int) -> bool:
        return any(0 <= d.start - self.tokens[step].end <= 1 for d in sentence.dates)

    def _name_fits(self, one: Found) -> bool:
        """An unknown name that may head a row: not the word of a form ("Updated:", "Source:")."""
        if not placeable(self.reading, replace_initial(one)):
            return False
        low = one.text.lower()
        if low in words.CEASEFIRES or low in words.CONFLICTS or low in words.CONTROL_NOUNS or low in words.NEGOTIATIONS:
            return False
        return low not in _FORM_WORDS and not any(
            token.low in words.ROLE_HEADS for token in self.tokens[one.first : one.last]
        )

    def _date_first(self, sentence: Sentence) -> Dated | None:
        tokens = self.tokens
        first = sentence.first
        if tokens[first].low in ("on", "by", "from") and first + 1 < sentence.last:
            return None
        dated = next((d for d in sentence.dates if d.start == tokens[first].start and not d.relative), None)
        if dated is None:
            return None
        after = self.reading.token_index(dated.end)
        stopped = self.reading.text[dated.end - 1] == "." and len(dated.value) > 4  # "10 Aug.": the stop is in the date
        if (stopped and after < sentence.last) or (after + 1 < sentence.last and tokens[after].text == "."):
            return dated  # "24 June. Faya-Largeau is taken"
        if after < sentence.last and tokens[after].text == "(":
            return None
        if after < sentence.last and (tokens[after].text in _SEPARATORS):
            return dated
        if (
            after < sentence.last
            and self.reading.blocks[sentence.block].kind == "item"
            and tokens[after].kind == "w"
            and tokens[after].capital
        ):
            return dated  # "- **11 July** Troops capture ..."
        if after < sentence.last and tokens[after].text == "," and self.reading.blocks[sentence.block].kind == "item":
            return dated
        return None

    def _place_after(self, sentence: Sentence, dated: Dated) -> Found | None:
        """``8 May 1992 – Shusha – 289 km2``: the place right after a leading date."""
        index = self.reading.token_index(dated.end)
        while index < sentence.last and self.tokens[index].kind == "p":
            index += 1
        one = next((o for o in self.found[sentence.index] if o.first == index and o.kind in ("place", "name")), None)
        if (
            one is None
            or (one.last < sentence.last and self.tokens[one.last].kind != "p")
            or (one.kind == "name" and not self._name_fits(one))
        ):
            return None
        return one

    # --- tables ------------------------------------------------------------------------------------

    def _table_headers(self) -> dict[int, tuple[Span, ...]]:
        """For each row of a table, of cells or of lines with dashes, the cells of its header."""
        headers: dict[int, tuple[Span, ...]] = {}
        current: tuple[Span, ...] = ()
        for number, block in enumerate(self.reading.blocks):
            if block.kind == "row":
                first_row = number == 0 or self.reading.blocks[number - 1].kind != "row"
                if block.header or (first_row and not any(c.isdigit() for c in block.span.of(self.reading.text))):
                    current = block.cells
                    continue
                if first_row:
                    current = ()
                headers[number] = current
            elif block.kind in ("paragraph", "item"):
                line = block.span.of(self.reading.text)
                parts = _split_dashes(line, block.span.start)
                if len(parts) >= 2 and not any(c.isdigit() for c in line):
                    current = parts
                elif len(parts) >= 2 and current:
                    headers[number] = current
                else:
                    current = ()
            else:
                current = ()
        return headers

    def _title_rows(self) -> set[int]:
        """Blocks that name the columns of a table, or state the document's date: no text to read."""
        blocks = self.reading.blocks
        titles = {number for number, block in enumerate(blocks) if block.header}
        headlines = set(self.reading.document.headlines)
        titles |= {n for n, block in enumerate(blocks) if block.span in headlines}
        starts = [block.span.start for block in blocks]
        titles |= {bisect_right(starts, cells[0].start) - 1 for cells in self._headers.values() if cells}
        stated = self.reading.document.published_span
        if stated is not None:
            titles |= {
                n
                for n, block in enumerate(blocks)
                if stated in block.span and len(block.span.of(self.reading.text)) < 90
            }
        return titles

    def _dash_cells(self, sentence: Sentence) -> tuple[Span, ...]:
        return _split_dashes(self.reading.text[sentence.start : sentence.end], sentence.start)

    def _table_row(self, sentence: Sentence, block: Block, header: tuple[Span, ...]) -> Row | None:
        if not header and block.header:
            return None
        if block.header or not block.cells:
            return None
        place = self._place_cell(sentence, block.cells, header)
        dated = None
        if block.cells:
            dated = next((d for d in sentence.dates if block.cells[0].start <= d.start < block.cells[0].end), None)
        year_cell = block.cells[0].of(self.reading.text).strip()
        if len(block.cells) > 1 and (not year_cell or year_cell.isdigit()):  # a year, or nothing, stands before the day
            second = next((d for d in row_dates(sentence, block.cells[1]) if d.start - block.cells[1].start <= 1), None)
            dated = second or dated
        if dated is None and header:
            column = next(
                (
                    i
                    for i, cell in enumerate(header)
                    if cell.of(self.reading.text).strip().lower() in ("date", "day", "when", "year")
                ),
                None,
            )
            if column is not None and column < len(block.cells):
                dated = next(
                    (d for d in sentence.dates if block.cells[column].start <= d.start < block.cells[column].end), None
                )
        if place is None and dated is None:
            return None
        return Row(sentence, place, dated, block.cells, header)

    def _place_cell(self, sentence: Sentence, cells: Sequence[Span], header: Sequence[Span]) -> Found | None:
        group = self.found[sentence.index]
        order = list(range(len(cells)))
        for index, cell in enumerate(header):
            title = cell.of(self.reading.text).lower().split()
            if (
                any(
                    word in words.PLACE_TYPES
                    or word in words.PLURAL_PLACE_TYPES
                    or word in ("place", "where", "location", "name")
                    for word in title
                )
                and index in order
            ):
                order.remove(index)
                order.insert(0, index)
                break
        for index in order:
            for one in group:
                inside = (
                    cells[index].start <= self.tokens[one.first].start
                    and self.tokens[one.last - 1].end <= cells[index].end
                )
                if (
                    inside
                    and one.kind in ("place", "name")
                    and self._name_fits(one)
                    and self.tokens[one.first].start == cells[index].start
                ):
                    return one
        return None


_FORM_WORDS = frozenset(
    (
        "updated published source sources note notes contact date time place photo email tel phone fax by "
        "from to subject re author editor title background summary context copyright disclaimer example map "
        "key legend table figure chapter annex part section day week month year total area population capital "
        "losses results question answer total: reference ref release attention"
    ).split()
)


def replace_initial(one: Found) -> Found:
    """The same name, not held to be a sentence's first word: a row begins with its name."""
    return Found(one.first, one.last, one.kind, one.text, one.candidates, one.entity, one.hint, one.titled)


def row_dates(sentence: Sentence, cell: Span) -> list[Dated]:
    return [dated for dated in sentence.dates if cell.start <= dated.start < cell.end]


def _split_dashes(line: str, start: int) -> tuple[Span, ...]:
    parts = re.split(r"( [–—-] | \| | / |\t+)", line)
    if len(parts) < 3:
        return ()
    spans, position = [], start
    for index, part in enumerate(parts):
        if index % 2 == 0:
            spans.append(Span(position, position + len(part)))
        position += len(part)
    return tuple(spans)
