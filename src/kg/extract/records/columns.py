"""The columns of a table: what each holds, what its header says happened and who did it, what its numbers are of."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from kg.extract.events import Context
from kg.extract.found import Found
from kg.extract.lexicon import is_facility, listed
from kg.extract.names import state_of
from kg.extract.places import Places
from kg.extract.reading import Reading, Sentence
from kg.extract.records.changes import in_header, is_unreal
from kg.extract.records.fields import Row, is_of_date
from kg.extract.records.headings import OF_PLACES, Heading, claim_of, heading_of, names_rows
from kg.extract.records.heads import may_head
from kg.extract.records.tables import Cells, Table, Tables
from kg.extract.words import CHRISTENED, COMPANIONS, GOODS, KIN, MILITARY_RANKS, PLACE_TYPES, ROLE_HEADS, WARES
from kg.model import Entity, EventClaim, FigureClaim, Span
from kg.text.dates import Dated
from kg.text.numbers import is_number
from kg.text.numbers import number as number_of
from kg.text.quantities import COUNTED, convert, converted_from

Role = Literal["place", "within", "date", "actor", "told", "names", "number", "other", ""]
"""What a column holds; within: what the place lies in; told: its header names a change; names: of places, perhaps;
other: names of officers or ships.
"""

_DATES = frozenset("date dates day when year time on dated".split())
_ACTORS = listed("actors", "records")
_UNIT_OF_COLUMN = re.compile(
    r"(?P<km2>sq\.?\s?km|km\s?(?:2|²)|square\s+kilomet)|(?P<ha>\bha\b|hectares)|(?P<mi2>sq\.?\s?mi|square\s+miles)"
    r"|(?P<percent>%|per\s?cent)|(?P<km>(?:\b|_)km(?:\b|_)|\bkilomet(?:er|re)s\b)|(?P<mi>\bmiles\b)",
    re.IGNORECASE,
)
_PLACES = frozenset(("place", "where", "location", "site", "locality", "garrison", "position", "height", *OF_PLACES))
_SPORT = frozenset("opponent opponents team teams home away score scores goals venue club league attendance".split())
_COARSE = listed("coarse", "records")
_OTHERS = CHRISTENED | WARES | GOODS | KIN | COMPANIONS | ROLE_HEADS | MILITARY_RANKS
_AGENTS = ("er", "or", "ist", "man", "ee")
_KNOWN = 4  # of so many names in a column one must be a known place
_NOTHING = " .?-–—"
_DITTO = frozenset(("", "do", "ditto", "idem", "id", '"', "″", "”", "''", "same", "ibid"))


class Columns:
    """Reads rows by what their columns hold."""

    def __init__(self, reading: Reading, places: Places, tables: Tables) -> None:
        self.reading, self.found, self.places, self.tables = reading, reading.found, places, tables
        self.tokens = reading.tokens
        self._roles: dict[Table, list[Role]] = {}
        self._last: tuple[Table, Found] | None = None  # the place of the row before

    # --- what a column holds --------------------------------------------------------------------------------

    def roles(self, number: int) -> list[Role]:
        """What each column of a row's table holds."""
        table = self.tables.by_block.get(number)
        if table is None:
            return []
        if table not in self._roles:
            self._roles[table] = self._typed(table)
        return self._roles[table]

    def _typed(self, table: Table) -> list[Role]:
        width = max(map(len, table.rows.values()))
        if any(not _SPORT.isdisjoint(_words(header, self.reading)) for header in table.header):
            return ["actor"] * width
        roles = [self._by_title(table.header[index]) if index < len(table.header) else "" for index in range(width)]
        for index, role in enumerate(roles):
            titled = index < len(table.header) and bool(_words(table.header[index], self.reading))
            held = self._by_cells(table, index) if role in ("", "told", "other") else ""
            known = held == "names" and not role and self._has_known(table, index)
            if held == "number" or known or not (role or titled):
                roles[index] = held  # "Captured: 12" are men
        places = [index for index, role in enumerate(roles) if role == "place"]
        fine = [i for i in places if _COARSE.isdisjoint(_words(table.header[i], self.reading))]
        named = [index for index, role in enumerate(roles) if role == "names"]
        best = next(iter([*fine, *named, *places]), -1)
        for index in places:
            roles[index] = "within"
        if best >= 0:
            roles[best] = "place"
        return roles

    def _by_title(self, header: Span) -> Role:
        said = _words(header, self.reading)
        if self.told(header) is not None:
            return "told"
        if not _DATES.isdisjoint(said):
            return "date"
        if said and (not _PLACES.isdisjoint(said) or is_facility(said[-1])):
            return "place"
        if "name" in said:
            return "names"
        if not _ACTORS.isdisjoint(said):
            return "actor"
        return "other" if said and (said[-1] in _OTHERS or said[-1].endswith(_AGENTS)) else ""

    def _has_known(self, table: Table, index: int) -> bool:
        """Whether enough of the names below a title, such as ``Seat``, are of known places."""
        cells = {number: row[index] for number, row in table.rows.items() if index < len(row)}
        heads = [self._head(self.reading.block_sentences(number)[0], cell) for number, cell in cells.items()]
        known = sum(one is not None and one.entity is not None and one.entity.key is not None for one in heads)
        return known > 1 and _KNOWN * known >= len(heads)

    def _by_cells(self, table: Table, index: int) -> Role:
        """What most of the cells below no title are."""
        seen: list[Role] = []
        for number, cells in table.rows.items():
            if index < len(cells) and cells[index].of(self.reading.text).strip(_NOTHING).lower() not in _DITTO:
                seen.append(self._of_cell(self.reading.block_sentences(number)[0], cells[index]))
        return next((role for role in ("date", "names", "number") if 2 * seen.count(role) > len(seen)), "")

    def _of_cell(self, sentence: Sentence, cell: Span) -> Role:
        if self._date_in(sentence, cell) is not None:
            return "date"
        one = self._head(sentence, cell)
        if one is not None and self._is_place(one, cell):
            return "names"
        return "number" if is_number(cell.of(self.reading.text).rstrip(".")) else ""

    def _is_place(self, one: Found, cell: Span) -> bool:
        """Whether nothing but a place stands in a cell: ``Ard bridge``, ``Ard (north)``, ``Ard, Besk``."""
        sentence = self.reading.sentence_at(cell.start)
        group = self.found[sentence.index] if sentence is not None else []
        named = {self.tokens[i].start for each in group for i in range(each.first, each.last)}
        depth = 0
        for token in self.reading.tokens_in(self.tokens[one.last - 1].end, cell.end):
            depth += (token.text == "(") - (token.text == ")")
            of_site = token.kind == "p" or token.low in PLACE_TYPES or is_facility(token.low) or token.low == "and"
            if not (depth or of_site or token.start in named):
                return False
        return True

    def _date_in(self, sentence: Sentence, cell: Span) -> Dated | None:
        """The date that a cell is, and nothing else."""
        dates = [d for d in sentence.dates if cell.start <= d.start < cell.end and d.value]
        alone = dates and all(is_of_date(self.reading, t) for t in self.reading.tokens_in(cell.start, cell.end))
        return dates[0] if alone else None

    def _head(self, sentence: Sentence, cell: Span) -> Found | None:
        """The name that a cell begins with, where it may head a row."""
        one = next((o for o in self.found[sentence.index] if self.tokens[o.first].start == cell.start), None)
        if one is None or self.tokens[one.last - 1].end > cell.end:
            return None
        capitals = one.kind == "organization" and one.text.isupper() and not (one.entity and one.entity.key)
        return one if capitals or may_head(self.reading, one) else None

    # --- the place and the date of a row ----------------------------------------------------------------------

    def place_of(self, sentence: Sentence, cells: Cells) -> Found | None:
        """The name that heads a row: of the column of places, else a known place in the first cell that has one."""
        roles = self.roles(sentence.block)
        table = self.tables.by_block.get(sentence.block)
        for index in sorted(range(len(cells)), key=lambda index: roles[index : index + 1] != ["place"]):
            role = roles[index] if index < len(roles) else ""
            one = self._head(sentence, cells[index]) if role not in ("actor", "told", "date", "other") else None
            if one is not None and (one.kind == "place" or role == "place"):
                if one.kind == "organization":
                    one.kind, one.entity = "name", None  # "BRUCHFELD"
                self._last = (table, one) if table is not None else None
                return one
            text = cells[index].of(self.reading.text).strip(" .").lower()
            if role == "place" and text in _DITTO and self._last is not None and self._last[0] is table:
                return self._last[1]
        return None

    def date_of(self, sentence: Sentence, cells: Cells) -> Dated | None:
        """The date of a row: in its first cell, after the year that stands there, or in the column of dates."""
        dated = next(iter(_within(sentence, cells[0])), None)
        year = cells[0].of(self.reading.text).strip()
        if len(cells) > 1 and (not year or year.isdigit()):
            second = next((d for d in _within(sentence, cells[1]) if d.start - cells[1].start <= 1), None)
            dated = second or dated
        for role, cell in zip(self.roles(sentence.block), cells, strict=False):
            if dated is None and role == "date":
                dated = next(iter(_within(sentence, cell)), None)
        return dated

    def texts(self, row: Row) -> Iterator[tuple[int, int]]:
        """The tokens of each cell that may tell something: first, and one past the last."""
        roles = self.roles(row.sentence.block)
        for index, cell in enumerate(row.cells):
            first, last = self.reading.token_index(cell.start), self.reading.token_index(cell.end)
            if roles[index : index + 1] == [""] and first < min(last, row.sentence.last):
                yield first, min(last, row.sentence.last)

    # --- what headers say happened ------------------------------------------------------------------------------

    def told(self, header: Span) -> Heading | None:
        """The change that a header says of the places below it: ``Lost``, ``Taken by``, ``Rebels back in``."""
        if (moved := in_header(self.reading, header, self._names_in(header))) is not None:
            return Heading(header, moved.word, moved.called.of(self.reading.document.source.text))
        heading = heading_of(self.reading, header)
        return heading if heading.word and names_rows(self.reading, heading, self._names_in(header)) else None

    def events(self, row: Row, context: Context) -> list[EventClaim]:
        """``| Town | Taken by Tigrayan forces | Retaken |``: dates, or on the row's date places or who did it, in a
        column that names a change.
        """
        if len(row.cells) < 2 or len(row.header) != len(row.cells):
            return []
        return [*self._across(row), *self._below(row, context)]

    def _below(self, row: Row, context: Context) -> Iterator[EventClaim]:
        roles = self.roles(row.sentence.block)
        leads = _leads(roles)
        for index, (cell, header) in enumerate(zip(row.cells, row.header, strict=True)):
            heading = self.told(header) if roles[index] == "told" else None
            if heading is None or is_unreal(self.reading.tokens_in(cell.start, cell.end)):
                continue
            actors = self.actors_of(heading) or self.actors_in(cell)
            date, said = self._date_at(row, index, roles), _words(header, self.reading)
            told: list[tuple[Entity, str]] = []
            if date is not None and context.place is not None and leads and self._fills(row):
                told = [(context.place, date)]
            elif date is None and context.date is not None and not OF_PLACES.isdisjoint(said):
                told = [(place, context.date) for place in self.only_places(row.sentence, cell)]
            elif (
                date is None
                and context.dated_row
                and context.place is not None
                and "by" in _words(header, self.reading)
            ):
                told = [(context.place, context.date or "")] if cell.start < cell.end and actors else []
            for place, value in told:
                evidence = (row.sentence.span, header)
                yield claim_of(heading, place, value, evidence, actors=actors or self.by_whom(row))

    def _fills(self, row: Row) -> bool:
        """Whether a row's place stands alone in its cell: no "Lyon branch"."""
        if row.place is None:
            return True
        start = self.tokens[row.place.first].start
        cell = next((cell for cell in row.cells if cell.start <= start < cell.end), row.sentence.span)
        return self._is_place(row.place, cell)

    def _date_at(self, row: Row, index: int, roles: Sequence[Role]) -> str | None:
        """The date in a cell, or in the next one: ``| Taken by | on |``."""
        following = roles[index + 1 : index + 2] == ["date"] and index + 1 < len(row.cells)
        for cell in (row.cells[index], *(row.cells[index + 1 : index + 2] if following else ())):
            if dates := _within(row.sentence, cell):
                return dates[0].value
        return None

    def _across(self, row: Row) -> Iterator[EventClaim]:
        """``| Captured | 2 March 2022 | 1 April 2022 |`` below a header of places."""
        told = heading_of(self.reading, row.cells[0])
        if told.word is None or row.place is not None:
            return
        for cell, header in zip(row.cells[1:], row.header[1:], strict=True):
            sentence = self.reading.sentence_at(header.start)
            dates = _within(row.sentence, cell)
            places = self.only_places(sentence, header) if sentence is not None else []
            if len(places) == 1 and dates:
                yield claim_of(told, places[0], dates[0].value, (row.sentence.span, header))

    def only_places(self, sentence: Sentence, span: Span) -> list[Entity]:
        """The places of a list, ``Jabrayil, Karkhulu and Dejal``; none where there is anything else."""
        tokens = self.reading.tokens_in(span.start, span.end)
        group = [o for o in self.found[sentence.index] if span.start <= self.tokens[o.first].start < span.end]
        named = {self.tokens[i].start for one in group for i in range(one.first, one.last)}
        rest = [t for t in tokens if t.start not in named and t.start not in self.reading.in_date]
        if not all(t.kind == "p" or t.low == "and" for t in rest) or any(
            o.kind not in ("place", "name") for o in group
        ):
            return []
        return [place for one in group if (place := self.places.of(one)) is not None]

    # --- who did it ---------------------------------------------------------------------------------------------

    def actors_of(self, heading: Heading) -> tuple[Entity, ...]:
        """Who took, in ``Taken by Tigrayan forces`` and ``Lost to the M23``; who lost took nothing."""
        tokens = self.reading.tokens_in(heading.span.start, heading.span.end)
        lost = heading.called_as.lower().startswith("los")
        mark = next((t for t in tokens if t.low == ("to" if lost else "by")), None)
        return self.actors_in(Span(mark.end, heading.span.end)) if mark is not None else ()

    def actors_in(self, span: Span) -> tuple[Entity, ...]:
        """The first organization or state that a cell names."""
        named = [(one, one.entity) for one in self._names_in(span) if one.entity is not None]
        sides = (
            entity if one.kind == "organization" else state_of(self.reading, entity.key or "") for one, entity in named
        )
        return next(((side,) for side in sides if side is not None), ())

    def _names_in(self, span: Span) -> list[Found]:
        sentence = self.reading.sentence_at(span.start)
        group = self.found[sentence.index] if sentence is not None else []
        return [one for one in group if span.start <= self.tokens[one.first].start < span.end]

    def by_whom(self, row: Row) -> tuple[Entity, ...]:
        """The actor in the column of actors."""
        roles = self.roles(row.sentence.block)
        cells = (cell for role, cell in zip(roles, row.cells, strict=False) if role == "actor")
        return next((actors for cell in cells if (actors := self.actors_in(cell))), ())

    # --- numbers ------------------------------------------------------------------------------------------------

    def is_of_counts(self, row: Row) -> bool:
        """Whether a table counts something, so that the title above it is not said of its places."""
        columns = zip(row.header, self.roles(row.sentence.block), strict=False)
        return any(role == "number" and not _UNIT_OF_COLUMN.search(h.of(self.reading.text)) for h, role in columns)

    def figures(self, row: Row, context: Context) -> Iterator[FigureClaim]:
        """Numbers of a table whose unit or noun stands in the header of their column."""
        for cell, header in zip(row.cells, row.header, strict=False):
            text, title = cell.of(self.reading.text).strip().rstrip("."), header.of(self.reading.text)
            if not is_number(text):
                continue
            evidence = (row.sentence.span, header)
            if unit := _UNIT_OF_COLUMN.search(title):
                name = next(key for key, value in unit.groupdict().items() if value)
                kind, value = convert(number_of(text), name)
                of, converted = context.place, converted_from(name)
                yield FigureClaim(evidence=evidence, kind=kind, value=value, of=of, converted_from=converted)
            elif noun := next(
                (COUNTED[w] for w in _words(header, self.reading) if w in COUNTED and w[-1] == "s"), None
            ):
                yield FigureClaim(evidence=evidence, kind="count", value=number_of(text), of=context.place, noun=noun)


def _words(header: Span, reading: Reading) -> list[str]:
    """The words of a header: ``km_from_Orrin``, ``taken_by``."""
    return re.findall(r"[^\W\d_]+", header.of(reading.text).lower())


def _leads(roles: Sequence[Role]) -> bool:
    """Whether the rows of a table are of its places: no name of somebody else stands before them."""
    first = next((role for role in roles if role not in ("date", "number", "actor", "within")), "")
    return first in ("place", "told") or (first != "other" and "place" not in roles)


def _within(sentence: Sentence, cell: Span) -> list[Dated]:
    return [dated for dated in sentence.dates if cell.start <= dated.start < cell.end and dated.value]
