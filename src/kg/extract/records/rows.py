"""Which sentences are the rows of a list or a table: by what they begin with, and whether others near them do."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from kg.extract import words
from kg.extract.found import Found
from kg.extract.lexicon import is_facility
from kg.extract.places import Places
from kg.extract.reading import Reading, Sentence
from kg.extract.records.changes import change_at, change_in
from kg.extract.records.columns import Columns
from kg.extract.records.fields import STRONG, Field, Row, fields_of, is_mark
from kg.extract.records.heads import may_head
from kg.extract.records.tables import Table
from kg.model import Span
from kg.text.dates import Dated

_LABEL = 5  # tokens of a label before places
_NEAR = 2  # blocks between rows of one list
_OF_NO_PROSE = frozenset("; / | • ·".split())  # marks between fields that no sentence has
_AFTER_DATE = STRONG - {"("} | frozenset(("]", ")"))
_TIME = re.compile(
    r"[\s,(]*(?:\d{1,2}[:.]\d{2}|(?:[01]\d|2[0-4])[0-5]\d(?!\d))(?:\s?(?:h|hrs|a\.?m\.?|p\.?m\.?|GMT|UTC)\b)?\)?"
)


class Rows:
    """Finds the rows of a document, by sentence."""

    def __init__(self, reading: Reading, places: Places, columns: Columns) -> None:
        self.reading, self.found, self.places, self.quantities = reading, reading.found, places, reading.quantities
        self.tokens = reading.tokens
        self.columns, self.tables = columns, columns.tables
        read = (self._read(s) for s in reading.sentences if s.block not in self.tables.titles)
        candidates = [row for row in read if row is not None]
        self.rows = {row.sentence.index: row for row in self._in_company(candidates)}
        self.titles = self.tables.titles | self.tables.doubtful - {row.sentence.block for row in self.rows.values()}
        for row in self.rows.values():
            for one in (row.place, *row.others):
                if one is not None:
                    places.of(one)

    def _in_company(self, candidates: Sequence[Row]) -> Iterator[Row]:
        """The rows that are sure by themselves, and those near which others begin alike; a title or date is both."""
        blocks = {form: [row.sentence.block for row in candidates if row.form == form] for form in ("date", "place")}
        for row in candidates:
            listed, block = blocks[row.form], row.sentence.block
            company = bisect_right(listed, block + _NEAR) - bisect_left(listed, block - _NEAR) > 1
            if (row.sure and company) if block in self.tables.doubtful else (row.sure or company):
                yield row

    def _read(self, sentence: Sentence) -> Row | None:
        block = self.reading.blocks[sentence.block]
        if block.kind == "heading" or sentence.first >= sentence.last:
            return None
        table = self.tables.by_block.get(sentence.block)
        if table is not None:
            return self._table_row(sentence, table)
        return self._date_first(sentence) or self._place_first(sentence)

    # --- a date, then what happened on it -----------------------------------------------------------

    def _date_first(self, sentence: Sentence) -> Row | None:
        """``24 June. Faya-Largeau is taken``, ``Mon 19 Nov 2012, 18:30 - ...``, ``8 May 1992 – Shusha – 289 km2``."""
        dated = self._leading_date(sentence)
        if dated is None or not self._mark_after(sentence, dated):
            return None
        row = Row(sentence, self._place_after(sentence, dated), date=dated)
        row.fields = self._fields(sentence, row.place)
        if row.place is not None:
            row.site = self._site(sentence, row.place)
            row.others = self._listed(sentence, row.place)
        return row

    def _leading_date(self, sentence: Sentence) -> Dated | None:
        """The date that a sentence begins with, past a bracket, or ``Day 8 (``."""
        first = sentence.first
        if self.tokens[first].low == "day" and first + 2 < sentence.last and self.tokens[first + 1].kind == "n":
            first += 2
        if self.tokens[first].text in "[(":
            first += 1
        if first >= sentence.last:
            return None
        return next((d for d in sentence.dates if d.start == self.tokens[first].start and not d.relative), None)

    def _mark_after(self, sentence: Sentence, dated: Dated) -> bool:
        """Whether the sign after a leading date is one of a row."""
        tokens, text, end = self.tokens, self.reading.text, self._past_hour(sentence, dated)
        after = self.reading.token_index(end)
        if after >= sentence.last:
            return False
        stop = text[end - 1] == "." and len(dated.value) > 4  # "10 Aug.": the stop is in the date
        if stop or (tokens[after].text == "." and after + 1 < sentence.last):
            return True
        if tokens[after].text in _AFTER_DATE or "\t" in text[end : tokens[after].start]:
            return True
        item = self.reading.blocks[sentence.block].kind == "item"
        capital = tokens[after].kind == "w" and tokens[after].capital
        numeric = not any(c.isalpha() for c in text[dated.start : dated.end]) and len(dated.value) > 4
        begins = item and (capital or tokens[after].text == ",")  # "- **11 July** Troops capture ..."
        return begins or (capital and numeric)

    def _past_hour(self, sentence: Sentence, dated: Dated) -> int:
        return match.end() if (match := _TIME.match(self.reading.text, dated.end, sentence.end)) else dated.end

    def _place_after(self, sentence: Sentence, dated: Dated) -> Found | None:
        """The place that stands alone in the field after a leading date, past a label ``Lake villages:``."""
        index = self.reading.token_index(self._past_hour(sentence, dated))
        labels = (i for i in range(index + 1, min(index + _LABEL, sentence.last)) if self.tokens[i].text == ":")
        index = next((i for i in labels if self.tokens[i - 1].low in words.PLURAL_PLACE_TYPES), index)
        while index < sentence.last and self.tokens[index].kind == "p":
            index += 1
        one = next((o for o in self.found[sentence.index] if o.first == index), None)
        if one is None or not may_head(self.reading, one):
            return None
        last = self._past_site(sentence, one)
        return one if last >= sentence.last or self.tokens[last].kind == "p" else None

    def _past_site(self, sentence: Sentence, one: Found) -> int:
        """One past the word after a name that says what of the place it is: ``Ard bridge``."""
        last = one.last
        while last < sentence.last and is_facility(self.tokens[last].low) and last - one.last < 2:
            last += 1
        following = self.tokens[last] if last < sentence.last else None
        ends = last + 1 >= sentence.last or self.tokens[last + 1].kind == "p"
        numbered = following is not None and following.kind == "n" and following.start not in self.reading.in_date
        return last + (numbered and ends)  # "PT 402"

    def _site(self, sentence: Sentence, one: Found) -> str:
        last = self._past_site(sentence, one)
        return self.reading.text[self.tokens[one.first].start : self.tokens[last - 1].end] if last > one.last else ""

    def _listed(self, sentence: Sentence, one: Found) -> list[Found]:
        """The names that follow in the cell: ``Ard, Besk | both ours again``, ``Ard, Besk and Corl – occupied``."""
        listed, joints = [], {"both"} & sentence.lows
        for other in self.found[sentence.index]:
            joint = self.tokens[one.last].low if one.last < sentence.last else ""
            if other.first == one.last + 1 and joint in ("and", ",") and may_head(self.reading, other):
                listed.append(other)
                joints.add(joint)
                one = other
        return listed if joints & {"and", "both"} else []

    # --- a place, then what happened to it -----------------------------------------------------------

    def _place_first(self, sentence: Sentence) -> Row | None:
        """``Shusha – 8 May 1992 – 289 km2``, ``KHERSON: Russian troops ...``, ``Orvin; seized: 4 March 2011``."""
        one = self._name_at_head(sentence)
        step = self._past_bracket(sentence, one) if one is not None else None
        if one is None or step is None or step >= sentence.last:
            return None
        filled = sentence.dates or any(q.kind in ("area", "share") for q in self.quantities[sentence.index])
        if not filled and not (sentence.last - one.last > 3 and self.tokens[one.last].text == ":"):
            return None
        row = Row(sentence, one, fields=self._fields(sentence, one))
        parts = self._separated(sentence, step, [field for field in row.fields if field.first > step])
        if not parts:
            return None
        known = one.entity is not None and one.entity.key is not None
        row.sure = known or max(parts, _dated_changes(row.fields)) > 1 or _typed(row.fields) or _entered(row.fields)
        row.prose = not filled or self._goes_on(sentence)
        return row

    def _name_at_head(self, sentence: Sentence) -> Found | None:
        """The name that a sentence begins with, past ``the`` and ``the town of``."""
        tokens, first = self.tokens, sentence.first
        if tokens[first].low == "the" and first + 1 < sentence.last:
            first += 1
        if tokens[first].low in words.PLACE_TYPES and first + 2 < sentence.last and tokens[first + 1].low == "of":
            first += 2
        if tokens[first].start in self.reading.date_starts:
            return None  # "Mon 18 May", and no state of Burma
        one = next((o for o in self.found[sentence.index] if o.first == first), None)
        return one if one is not None and may_head(self.reading, one) else None

    def _past_bracket(self, sentence: Sentence, one: Found) -> int | None:
        """The index of the token after a name, past its place word and a bracket that holds no date."""
        tokens, step = self.tokens, one.last
        while step < sentence.last and tokens[step].low in words.PLACE_TYPES:
            step += 1
        bracket = step < sentence.last and tokens[step].text == "("
        if not bracket or any(0 <= d.start - tokens[step].end <= 1 for d in sentence.dates):
            return step
        if sentence.dates and step + 1 < sentence.last and change_at(tokens, step + 1) is not None:
            return step
        close = next((i for i in range(step, min(step + 6, sentence.last)) if tokens[i].text == ")"), None)
        return None if close is None else close + 1

    def _separated(self, sentence: Sentence, step: int, fields: Sequence[Field]) -> int:
        """How many parts the sign after a leading name tells apart: a strong mark, a date, or fields that are dated."""
        token = self.tokens[step]
        if any(d.start == token.start for d in sentence.dates) and not token.low.startswith(("on", "in")):
            return 1
        if "\t" in self.reading.text[self.tokens[step - 1].end : token.start]:
            return 1
        if not is_mark(self.reading, sentence, step):
            return 0
        if token.text in STRONG or token.text == ".":  # of dots that lead on
            return 1
        following = self.tokens[step + 1].start if step + 1 < sentence.last else -1
        if token.text == "," and any(d.start == following for d in sentence.dates):
            return 1
        return _dated_changes(fields) if token.text in ",;" else 0

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether sentences of prose follow in the block."""
        here = self.reading.block_sentences(sentence.block)
        if len(here) < 2 or here[0] is not sentence:
            return False
        one = self._name_at_head(here[1])
        step = self._past_bracket(here[1], one) if one is not None else None
        return step is None or step >= here[1].last or not self._separated(here[1], step, ())

    def _fields(self, sentence: Sentence, place: Found | None, cells: Sequence[Span] = ()) -> list[Field]:
        fields = fields_of(self.reading, sentence, sentence.first, self.quantities[sentence.index], cells)
        return [f for f in fields if place is None or not f.first <= place.first < f.last]

    # --- tables -----------------------------------------------------------------------------------------

    def _table_row(self, sentence: Sentence, table: Table) -> Row | None:
        """A row of cells, of which one holds a place or a date."""
        cells = table.rows[sentence.block]
        if not cells:
            return None
        place, date = self.columns.place_of(sentence, cells), self.columns.date_of(sentence, cells)
        row = Row(sentence, place, date=date, cells=cells, header=table.header)
        row.fields = self._fields(sentence, place, cells)
        if place is not None:
            row.others, row.site = self._listed(sentence, place), self._site(sentence, place)
        known = place is not None and place.entity is not None and place.entity.key is not None
        if not (known or sentence.dates or self.quantities[sentence.index]):
            return None  # a table of something else
        labelled = bool(table.header) and change_in(self.reading.tokens_in(cells[0].start, cells[0].end)) is not None
        return row if place is not None or row.date is not None or labelled else None


def _dated_changes(fields: Sequence[Field]) -> int:
    """Of ``Orvin; seized: 4 March 2011; regained: 19 May 2012``: how many fields say what happened when."""
    if not fields or fields[0].kind != "change":
        return 0
    if any(one.kind == "text" and _OF_NO_PROSE.isdisjoint((fields[0].mark, one.mark)) for one in fields):
        return 0
    return sum(one.kind == "change" and one.date is not None for one in fields)


def _entered(fields: Sequence[Field]) -> bool:
    """Of ``Kiska, 15 August – The Americans landed``: whether a day stands between two marks."""
    return len(fields) > 1 and fields[0].kind in ("date", "when") and fields[1].mark in STRONG


def _typed(fields: Sequence[Field]) -> bool:
    """Whether the fields are those of a row: each a date, a measure or a change, one of which says when."""
    return any(one.date is not None for one in fields) and all(one.kind != "text" or one.date for one in fields)
