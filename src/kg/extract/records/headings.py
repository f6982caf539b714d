"""What headings say of the rows below them, and the dates of every block with the years that these give."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract import words
from kg.extract.found import Found
from kg.extract.lexicon import listed
from kg.extract.reading import Reading
from kg.extract.records.changes import change_at, change_in
from kg.extract.records.fields import is_of_date
from kg.extract.records.tables import Tables
from kg.model import ControlWord, Entity, EventClaim, Span
from kg.text.blocks import Block, is_headline
from kg.text.dates import MONTHS, Dated, Story, anchors, find_dates, has_hours, slash_order, with_year, year_of
from kg.text.tokens import Token

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_YEAR_RANGE = re.compile(r"\b\d{4}\s*[-–—/]\s*\d{4}\b")
_MONTH_LINE = re.compile(r"([A-Za-z]{3,9})\.?,?(?: \d{4})?:?")
_MONTH_LAST = re.compile(r"(?<!\d )(?<!\d\d)\b([A-Z][a-z]{2,8})\.? \d{4}\.?\Z")
_LONGEST_MONTH = len("September., 1991:")
_YEAR_LINE = re.compile(r"\W*(?:1[5-9]|20)\d\d(?:\s*[-–—/]\s*(?:1[5-9]|20)?\d\d)?\W*")
_BARE_DAY = re.compile(r"(?P<day>3[01]|[12]\d|0?[1-9])(?:(?:st|nd|rd|th)(?=\W*\Z)|(?=\s*[–—:|]\s?|\s-\s))")
_PLACED = re.compile(r"\W*[^\W\d_][^\d.?!;:,/|–—(]{1,40}?\s*(?:[;:/|(–—]|, | - ).{0,24}", re.DOTALL)
"""What stands before the date of a row that begins with its place: ``Corrales – ``, ``Ard; seized: ``."""
_HEAD = re.compile(r"[^\W\d_][^.!?()\n]{0,40} \((?:[^()\n]{0,60}[\s,])?")
_LISTS = frozenset("table list lists entries entry chronology register calendar log dates rows below following".split())
OF_PLACES = frozenset([*words.PLACE_TYPES, *words.PLURAL_PLACE_TYPES]) | listed("of_places", "records")
_BESIDE = _LISTS | words.FORCE_NOUNS | words.FORCE_MODIFIERS | words.DIRECTIONS
_BESIDE |= listed("beside", "records")
_TURN = 8  # months between a row and an earlier one that is of the next year: from December to January, or to April
_NEAR = 4  # tokens between a word and the places that it speaks of
_MOST_IN_FORCE = 60  # headings, after the first: lines that lead to lists end none before them
_LONGEST_LEAD = 260  # characters of a paragraph that says what the rows below it are


@dataclass(slots=True)
class Heading:
    """A heading in force: its characters, the word for control in it, its year."""

    span: Span
    word: ControlWord | None = None
    called_as: str = ""
    year: int | None = None
    last_year: int | None = None  # where it names a stretch of years
    month: int | None = None  # where it is a month: rows below may begin with a bare day
    level: int = 0


def claim_of(
    told: Heading | EventClaim,
    place: Entity,
    date: str | None,
    evidence: tuple[Span, ...],
    *,
    actors: tuple[Entity, ...] = (),
) -> EventClaim:
    """Return the change that a heading, a field or the row before names, of a place and date."""
    return EventClaim(
        evidence=evidence,
        family="control",
        word=told.word,
        called_as=told.called_as,
        place=place,
        actors=actors,
        date=date,
    )


class Calendar:
    """Finds the dates of a document, block by block, and the headings in force for each block."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tables = Tables(reading)
        self.headings: list[list[Heading]] = []  # by block
        self._in_force: list[Heading] = []
        self._row: str | None = None  # the date of the row before
        self._cell_year: int | None = None  # the year in the first cell of a table's rows
        self._hours = has_hours(reading.text)
        self._alone = False  # whether the day of the entry stands on a line of its own, above what is written of it
        self._asked: int | None = None  # the year that the block before asks about: "And in 2002?"
        self._order = slash_order(reading.text) if "/" in reading.text else ""
        self._story = Story(reading.document.published or "", self._titled())
        for number, block in enumerate(reading.blocks):
            self._enter(block)
            self.headings.append(self._in_force)
            if block.kind != "rule":
                self._note(number, block)

    def _titled(self) -> int | None:
        """The one year that the title names, where the document is not of that year."""
        document = self.reading.document
        titled = years_of(document.headlines[0].of(self.reading.text))[0] if document.headlines else None
        return titled if titled and not (document.published or "").startswith(f"{titled}") else None

    def _enter(self, block: Block) -> None:
        """Put a heading in force, and the ones that it ends out of it."""
        if not self._is_heading(block):
            return
        heading = heading_of(self.reading, block.span, level=block.level)
        if block.kind == "heading":
            self._in_force = [h for h in self._in_force if h.level < block.level]
            self._story.section()
        elif heading.year and is_year_line(block.span.of(self.reading.text)):
            self._in_force = [h for h in self._in_force if h.level == 0]
            heading.level = 1
        self._in_force = [*self._in_force[:1], *self._in_force[1:][-_MOST_IN_FORCE:], heading]
        self._row = None

    def _is_heading(self, block: Block) -> bool:
        """Whether a block is marked as one, or is a year, a month, the headline, or a line that leads to a list."""
        text = block.span.of(self.reading.text)
        if block.kind == "heading" or is_year_line(text) or block.span in self.reading.document.headlines:
            return True
        if month_of(text):
            return True
        if block.kind != "paragraph":
            return False
        title = text.endswith(":") or (is_headline(block, self.reading.text) and not any(map(str.isdigit, text)))
        return title or self._leads_list(block, text)

    def _leads_list(self, block: Block, text: str) -> bool:
        """``The table gives the day on which M23 took each place.``"""
        if len(text) > _LONGEST_LEAD:
            return False
        tokens = self.reading.tokens_in(block.span.start, block.span.end)
        return any(t.low in _LISTS for t in tokens) and change_in(tokens) is not None

    def _note(self, number: int, block: Block) -> None:
        """Find the dates of a block, fill their years, and give them to its sentences."""
        tokens = self.reading.tokens_in(block.span.start, block.span.end)
        dated = (one for one in self._found(block, tokens) if not self.tables.is_of_hours(number, one.start))
        found = [self._of_column(number, one) for one in dated]
        self._note_cell_year(block)
        leads = bool(found) and found[0].start - block.span.start <= 2 and not found[0].relative
        year = self._row_year(found[0].value) if leads else self._cell_year or self._section_year() or self._asked
        if not (leads or year) and found and _PLACED.fullmatch(self.reading.text, block.span.start, found[0].start):
            year = self._titled_year()
        if not (leads or self._alone):
            self._story.entry = ""
        heads = leads or bool(found and self._in_head(block, found[0]))
        dates = self._story.settle(found, self.reading.text, heading_year=year, dated=heads)
        if leads and year_of(dates[0].value):
            self._row = dates[0].value
        self.reading.note_dates(number, dates)
        if leads or not self._story.entry:
            self._alone = leads and all(is_of_date(self.reading, token) for token in tokens)
        asks = block.span.of(self.reading.text).rstrip().endswith("?")
        years = {year for one in dates if (year := year_of(one.value))}
        self._asked = years.pop() if asks and len(years) == 1 else None

    def _in_head(self, block: Block, one: Dated) -> bool:
        """``LEOPOLDVILLE (home service, 1200 gmt 26 Nov). The town was freed this morning``: the day of an entry."""
        begins = _HEAD.fullmatch(self.reading.text, block.span.start, one.start)
        return begins is not None and self.reading.text[one.end : one.end + 2] in (").", "):")

    def _found(self, block: Block, tokens: Sequence[Token]) -> list[Dated]:
        found = find_dates(self.reading.text, anchors(tokens), order=self._order, hours=self._hours)
        if bare := self._bare_day(block):
            found.insert(0, bare)
        return sorted([*found, *self.tables.days.get(block.span.start, ())], key=lambda one: one.start)

    def _of_column(self, number: int, one: Dated) -> Dated:
        """``| Lost (1993) |``: a date below a header with a year is of that year."""
        table = self.tables.by_block.get(number)
        if table is None or not one.yearless or one.relative:
            return one
        headers = (
            h for cell, h in zip(table.rows[number], table.header, strict=False) if cell.start <= one.start < cell.end
        )
        year = next((years_of(header.of(self.reading.text))[0] for header in headers), None)
        return with_year(one, year) if year else one

    def _bare_day(self, block: Block) -> Dated | None:
        """``8 – Kunduz falls``, ``8th`` alone below the heading ``August 2021``: a day of that month."""
        month = next((h.month for h in reversed(self._in_force) if h.month), None)
        match = _BARE_DAY.match(self.reading.text, block.span.start, block.span.end) if month else None
        if match is None or month is None:
            return None
        return Dated(match.start(), match.end(), f"XXXX-{month:02}-{int(match['day']):02}", yearless=True)

    def _note_cell_year(self, block: Block) -> None:
        """Keep the year of ``| 1993 | 19 January: ... |`` for ``| | 6 March: ... |``."""
        first = block.cells[0].of(self.reading.text).strip() if block.kind == "row" and block.cells else None
        if first is None:
            self._cell_year = None
        elif first:
            self._cell_year = int(first) if first.isdigit() and is_year_line(first) else None

    def _section_year(self) -> int | None:
        """The year of the section, where its heading names one alone; a headline's year is no year of prose."""
        return next((h.year for h in reversed(self._in_force) if h.year and not h.last_year and h.level > 0), None)

    def _titled_year(self) -> int | None:
        """The one year that the nearest heading with a year names: also a headline's is that of rows."""
        heading = next((h for h in reversed(self._in_force) if h.year), None)
        return heading.year if heading and not heading.last_year else None

    def _row_year(self, value: str) -> int | None:
        """The year of a row that begins with a day: its heading's, or the one that lets the rows go on in time."""
        heading = next((h for h in reversed(self._in_force) if h.year), None)
        if heading and not heading.last_year:
            return heading.year if heading.level or self._row is None else self._turned(self._row, value)
        if self._row is None:
            return heading.year if heading else None
        year = int(self._row[:4])
        if value.startswith("XXXX") and value[4:] < self._row[4 : len(value)]:
            year += 1
        return min(year, heading.last_year) if heading and heading.last_year else year

    @staticmethod
    def _turned(row: str, value: str) -> int:
        """The year of a row below a title, which may go on into the next: 29 January after 30 December."""
        months = (row[5:7], value[5:7])
        turns = all("01" <= month <= "12" for month in months) and int(months[0]) - int(months[1]) >= _TURN
        return int(row[:4]) + turns


def heading_of(reading: Reading, span: Span, *, level: int = 0) -> Heading:
    """Return what the characters of a heading say of the rows below."""
    text, tokens = span.of(reading.text), reading.tokens_in(span.start, span.end)
    change = change_in(tokens)
    called = reading.document.source.text[tokens[change.first].start : tokens[change.first].end] if change else ""
    first, last = years_of(text)
    return Heading(span, change.word if change else None, called, first, last, month_of(text), level)


def names_rows(reading: Reading, heading: Heading, group: Sequence[Found]) -> bool:
    """Whether the word of a heading is said of the places below it: ``Lost towns``, ``Dates of return``; not ``Lost
    matches``, ``The fall of Saigon``, ``Captured on film``.
    """
    tokens = reading.tokens_in(heading.span.start, heading.span.end)
    change = change_in(tokens)
    if change is None:
        return False
    before, after = tokens[: change.first], tokens[change.last :]
    by = next((i for i, token in enumerate(after) if token.low == "by"), len(after))
    rest = [token for token in before + after[:by] if token.kind == "w"]  # who did it stands after "by"
    if any(token.low in OF_PLACES for token in tokens[max(0, change.first - _NEAR) : change.last + _NEAR]):
        return True
    named = {reading.tokens[i].start for one in group if one.kind != "name" for i in range(one.first, one.last)}
    theme = next((t for t in after[:by] if t.low not in ("of", "the")), None)
    if any(token is not None and token.start in named for token in (theme, before[-1] if before else None)):
        return False
    return all(t.low in _BESIDE or t.start in named | reading.in_date or change_at([t], 0) for t in rest)


def month_of(text: str) -> int | None:
    """Return the month that a line is, alone or with its year, or that a title ends with: ``WAR DIARY, June 1941``."""
    line = text.strip()
    match = _MONTH_LINE.fullmatch(line) if len(line) <= _LONGEST_MONTH else None
    if match is None and "\n" not in line:
        match = _MONTH_LAST.search(line, max(0, len(line) - _LONGEST_MONTH))
    return MONTHS.get(match[1].lower()) if match else None


def years_of(text: str) -> tuple[int | None, int | None]:
    """The year that a heading gives to the rows below it, or the first and last of a stretch.

    >>> years_of("2014"), years_of("2019–2020"), years_of("Cyprus 1974: the summer in dates"), years_of("1990 and 1995")
    ((2014, None), (2019, 2020), (1974, None), (None, None))
    """
    years = [int(year) for year in _YEAR.findall(text)]
    if len(years) == 1:
        return years[0], None
    if len(years) == 2 and _YEAR_RANGE.search(text) and years[0] < years[1]:
        return years[0], years[1]
    return None, None


def is_year_line(text: str) -> bool:
    """Whether a line is nothing but a year or a stretch of years."""
    return bool(_YEAR_LINE.fullmatch(text))
