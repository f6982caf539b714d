"""Lists: rows of typed fields, tables, chronicles, and what their headings say of them.

A row gives the events in it a place or a date (`events.Context`); its fields are events where they name a change, and
a row that names none is one where the heading of its column or list does ("The Occupation in Figures", "taken on").
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.events import Context, Events
from kg.extract.lexicon import is_common, listed, word
from kg.extract.places import Places
from kg.extract.reading import Reading, Sentence
from kg.extract.records.changes import change_at, is_unreal
from kg.extract.records.columns import Columns
from kg.extract.records.fields import Field, Row, fields_of
from kg.extract.records.headings import Calendar, Heading, claim_of, heading_of, names_rows
from kg.extract.records.rows import Rows
from kg.extract.records.sections import Sections
from kg.extract.records.telegrams import Telegrams
from kg.model import Entity, EventClaim, FigureClaim

_PARTS_OF_DAY = frozenset("day night evening afternoon morning".split())
_ECHO = _PARTS_OF_DAY | listed("echo", "records")
_SURELY = listed("surely", "records")

__all__ = ["Calendar", "Records"]


class Records:
    """Reads the rows of a document, and gives every other sentence what its section says."""

    def __init__(self, reading: Reading, places: Places, calendar: Calendar) -> None:
        self.reading, self.found, self.places, self.quantities = reading, reading.found, places, reading.quantities
        self.headings, self.tokens = calendar.headings, reading.tokens
        self.columns = Columns(reading, places, calendar.tables)
        rows = Rows(reading, places, self.columns)
        self.rows, self.titles = rows.rows, rows.titles
        self.sections = Sections(reading, places, rows)
        self.telegrams = Telegrams(reading, places, self.columns)
        self._told: EventClaim | None = None  # the change of control that a row told last
        self._told_in = 0  # its block
        self._day: str | None = None  # its date

    def is_title(self, sentence: Sentence) -> bool:
        """Whether a sentence is no text to read: a title, a day on a line of its own, the title of a run-on line."""
        if sentence.index in self.rows:
            return False
        block = self.reading.blocks[sentence.block]
        titled = block.kind == "heading" or sentence.block in self.titles or sentence.block in self.sections.day_lines
        return titled or self._titles_run(sentence) or self._in_headline(sentence)

    def _in_headline(self, sentence: Sentence) -> bool:
        headlines = self.reading.document.headlines
        if not headlines or sentence.start >= headlines[-1].end:
            return False
        return any(sentence.span.overlaps(headline) for headline in headlines)

    def _titles_run(self, sentence: Sentence) -> bool:
        here = self.reading.block_sentences(sentence.block)
        first = sentence.block in self.reading.runs and here[0] is sentence and not sentence.dates
        return first and sentence.index not in self.rows

    def read(self, sentence: Sentence, events: Events) -> tuple[list[EventClaim], list[FigureClaim], Context]:
        """Return the events of a sentence, the figures that its columns state, and what it was read with."""
        row = self.rows.get(sentence.index)
        counted: list[FigureClaim] = []
        if row is None:
            context = self._on_same_day(sentence, self.sections.context(sentence))
            part = self._past_hour(sentence)
            made = self._echoed(self._parts(part)[0], context, self._told) or self._said(part, context, events)
        else:
            context = self.sections.of_row(row, self.sections.day_of(row))
            made = self._told_by(row, context, events)
            if not row.prose:
                counted = [*self.columns.figures(row, context)]
                made, counted = self._with_area(row, context, made, counted, events)
        if lead := self.sections.lead(sentence):
            self.places.note(sentence.end - 1, lead, "town")  # of the district's name, too, the town is meant
        self.telegrams.changed.update(claim.place for claim in made if claim.place is not None)
        changes = [claim for claim in made if claim.family == "control"]
        told = next((claim for claim in reversed(changes) if claim.word != "withdrawal"), next(iter(changes), None))
        if told is not None and context.dated_row:
            self._told, self._told_in, self._day = told, sentence.block, context.date
        return made, counted, context

    def _past_hour(self, sentence: Sentence) -> Sentence:
        """The sentence without the hour in its first column, ``0640``."""
        hour = self.columns.tables.hours.get(sentence.block)
        begins = sentence.first if hour is None else self.reading.token_index(hour)
        return replace(sentence, first=min(begins, sentence.last)) if begins > sentence.first else sentence

    def _told_by(self, row: Row, context: Context, events: Events) -> list[EventClaim]:
        """The events of a row: by its columns, by its fields, by its clauses, by the row before, by its heading."""
        if made := self.columns.events(row, context):
            return [*made, *self._remarked(row, replace(context, date=None), events)]
        if exchanged := self.telegrams.exchanged(row, context):
            return exchanged
        if row.header:
            return self._of_parts(row, context, events)
        first, *others = self._parts(row.sentence)
        made = self._echoed(first, context, self._told) or self._of_parts(row, context, events)
        for part in others:  # "Ard lost; Besk too, 3.11"
            made += self._echoed(part, context, next((c for c in reversed(made) if c.family == "control"), None))
        return made

    def _parts(self, sentence: Sentence) -> list[Sentence]:
        """A sentence cut at its semicolons."""
        marks = [i for i in range(sentence.first, sentence.last) if self.tokens[i].text == ";"]
        edges = zip([sentence.first, *(i + 1 for i in marks)], [*marks, sentence.last], strict=True)
        return [replace(sentence, first=first, last=last) for first, last in edges if first < last] or [sentence]

    def _of_parts(self, row: Row, context: Context, events: Events) -> list[EventClaim]:
        """By bare fields, by cells, by clauses, by what logs leave out: the first that tells anything."""
        parts = self.columns.texts(row) if row.cells and not row.prose else ()
        made = self._by_fields(row.sentence, row.fields, context, events)
        made = made or [claim for part in parts for claim in self._clauses(row.sentence, *part, context, events)]
        made = made or events.read(row.sentence, context) or self._telegraphed(row.sentence, context)
        made = made or self.telegrams.ceasefire(row.sentence, row.fields, context)
        return made if row.prose else [*self._by_heading(row, context, made), *made]

    def _remarked(self, row: Row, context: Context, events: Events) -> Iterator[EventClaim]:
        """``| Scutari | 23 April 1913 | evacuated 14 May 1913 |``: what other columns tell of other days."""
        for first, last in self.columns.texts(row):
            fields = fields_of(self.reading, replace(row.sentence, last=last), first)
            made = self._by_fields(row.sentence, fields, context, events)
            told = made or self._clauses(row.sentence, first, last, context, events)
            yield from (claim for claim in told if claim.date is not None)

    def _said(self, sentence: Sentence, context: Context, events: Events) -> list[EventClaim]:
        """The events of a sentence that is no row; below the name of a place its bare participles speak of it."""
        if self._is_doubted(sentence):
            return []
        fields: list[Field] = []
        if sentence.first < sentence.last and (context.place is not None or ":" in sentence.lows):
            fields = fields_of(self.reading, sentence, sentence.first, self.quantities[sentence.index])
        return self._of_parts(Row(sentence, fields=fields, prose=True), context, events)

    def _telegraphed(self, sentence: Sentence, context: Context) -> list[EventClaim]:
        before = self._told if self._told_in == sentence.block else None
        return self.telegrams.of_named(sentence, context) or self.telegrams.moved(sentence, context, before)

    def _is_doubted(self, sentence: Sentence) -> bool:
        """``Unconfirmed: Ard has fallen.``"""
        label = self.tokens[sentence.first : min(sentence.last, sentence.first + 3)]
        colon = next((number for number, token in enumerate(label) if token.text == ":"), 0)
        return colon > 0 and is_unreal(label[:colon])

    def _on_same_day(self, sentence: Sentence, context: Context) -> Context:
        """``Same night, Osk.``: the date of the row before."""
        first = self.reading.words(sentence)[:2]
        same = len(first) == 2 and first[0].low in ("same", "that") and first[1].low in _PARTS_OF_DAY
        if context.date or not same or not self._follows(sentence):
            return context
        return replace(context, date=self._day, row=True)

    def _follows(self, sentence: Sentence) -> bool:
        """Whether the row told last stands in the same block or the one before, past a day on a line of its own."""
        between = range(self._told_in + 1, sentence.block)
        return sentence.block >= self._told_in and all(number in self.sections.day_lines for number in between)

    # --- fields -------------------------------------------------------------------------------------------

    def _by_fields(
        self, sentence: Sentence, fields: Sequence[Field], context: Context, events: Events
    ) -> list[EventClaim]:
        """``Agdam: occupied – July 23, 1993; returned – November 20, 2020``; what is no field is read as clauses."""
        place = context.place
        if place is None:
            return []
        made, bare = [], False
        row = self.rows.get(sentence.index)
        if row is None and fields[:1] and fields[0].kind != "change":
            return []
        others = [
            other for one in (row.others if row is not None else ()) if (other := self.places.of(one)) is not None
        ]
        for field in fields:
            if field.change is None or field.kind != "change":
                continue
            date = field.date.value if field.date is not None else context.date
            if date:
                bare = True
                made += [self._of_field(sentence, field, each, date, events) for each in (place, *others)]
        if not bare:
            return []
        self.places.note(sentence.end - 1, place)
        for first, last in _stretches(fields):
            made += self._clauses(sentence, first, last, context, events)
        return made

    def _of_field(self, sentence: Sentence, field: Field, place: Entity, date: str, events: Events) -> EventClaim:
        assert field.change is not None
        first, last = field.first + field.change.first, field.first + field.change.last
        called = self.reading.document.source.text[self.tokens[first].start : self.tokens[last - 1].end]
        row = self.rows.get(sentence.index)
        part = replace(sentence, first=last, last=max(last, field.last))
        actors = events.actors.named_after(part, to=field.change.word == "capture")
        lost = called.lower().startswith("los")  # who lost took nothing
        actors = actors or (self.columns.by_whom(row) if row is not None and not lost else ())
        told = Heading(sentence.span, field.change.word, called)
        return claim_of(told, place, date, (sentence.span,), actors=actors)

    def _clauses(
        self, sentence: Sentence, first: int, last: int, context: Context, events: Events
    ) -> Iterator[EventClaim]:
        """The events of some fields of a row that are clauses."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        dates = [d for d in sentence.dates if start <= d.start < end]
        part = replace(sentence, first=first, last=last, start=start, end=end, dates=dates)
        for claim in events.read(part, context):
            yield replace(claim, evidence=(sentence.span, *claim.evidence[1:]))

    # --- the row before, the heading above ------------------------------------------------------------------

    def _echoed(self, sentence: Sentence, context: Context, told: EventClaim | None) -> list[EventClaim]:
        """``13 June - Pern too.``, ``Same night, Osk.``, ``Osk 3 Nov.``: what the row before tells, of other places."""
        if told is None or not told.word or not (told is not self._told or self._follows(sentence)):
            return []
        here = self.reading.tokens[sentence.first : sentence.last]
        begins, ends = (here[0].start, here[-1].end) if here else (0, 0)
        dates = [d.value for d in sentence.dates if begins <= d.start < ends and d.value]
        date = dates[-1] if dates and told is not self._told else context.date
        to_whom = next((i for i, t in enumerate(here) if t.low == "to"), len(here))
        tokens = {i: t for i, t in enumerate(here[:to_whom], sentence.first) if t.kind == "w"}
        said = {i for i, t in tokens.items() if t.low in _ECHO}
        group = [
            one
            for one in self.found[sentence.index]
            if one.kind in ("place", "name") and one.first in tokens.keys() - said
        ]
        named = {i for one in group for i in range(one.first, one.last)}
        dated = {i for i, t in tokens.items() if t.start in self.reading.in_date}
        listed = all(t.text in "," or t.low == "and" for a, b in pairwise(group) for t in self.tokens[a.last : b.first])
        sure = all(one.entity is not None and one.entity.key for one in group) or bool(
            {tokens[i].low for i in said} & _SURELY
        )
        if not (group and date) or tokens.keys() - said - named - dated or not listed or not sure:
            return []
        evidence = (sentence.span, told.evidence[0])
        places = (self.places.of(one) for one in group)
        return [claim_of(told, place, date, evidence) for place in places if place is not None and place != told.place]

    def _by_heading(self, row: Row, context: Context, made: Sequence[EventClaim]) -> list[EventClaim]:
        """The events of a row with a date that no word of its own explains, in a list whose heading names one."""
        heading = next((h for h in reversed(self._headings_of(row)) if h.word), None)
        first = next((f.date for f in row.fields if f.kind == "date" and f.date is not None), None)
        if heading is None or first is None or any(claim.date == first.value for claim in made):
            return []
        if (
            row.place is not None
            and not (row.place.entity and row.place.entity.key)
            and is_common(row.place.text.lower())
        ):
            return []  # "Elections: 3 May"
        own = [t for t in self.reading.words(row.sentence) if t.start not in self.reading.in_date]
        none = {t.start for t, noun in pairwise(own) if t.low == "no" and change_at([noun], 0) is None}
        if is_unreal(t for t in own if t.start not in none) or not self._is_of_kind(row, heading):
            return []
        dated = row.date is not None and not row.cells
        places = self.columns.only_places(row.sentence, row.sentence.span) if dated else []
        if not places and context.place is not None:
            places = [context.place]
        evidence = (row.sentence.span, heading.span)
        actors = self.columns.actors_of(heading)
        return [claim_of(heading, place, first.value, evidence, actors=actors) for place in places]

    def _is_of_kind(self, row: Row, heading: Heading) -> bool:
        """Whether a heading speaks of places, and a row holds more of dates, measures and names than other words."""
        sentence = self.reading.sentence_at(heading.span.start)
        if sentence is None or not names_rows(self.reading, heading, self.found[sentence.index]):
            return False
        group = [one for one in self.found[row.sentence.index] if one.kind != "name"]
        named = {one.first for one in group}
        others = sum(f.kind == "text" and f.first not in named for f in row.fields)
        if row.fields[0].kind == "date" and row.fields[0].mark == "(":  # "Harbin (5 February 1932; 3 aircraft)"
            own = (t for t in self.reading.words(row.sentence) if t.start not in self.reading.in_date)
            return not any(word(token.low).closed in ("be", "have", "modal") for token in own)
        return not self.columns.is_of_counts(row) if row.header else 2 * others < len(row.fields)

    def _headings_of(self, row: Row) -> list[Heading]:
        headings = list(self.headings[row.sentence.block])
        first = self.reading.block_sentences(row.sentence.block)[0]
        if self._titles_run(first):
            headings.append(heading_of(self.reading, first.span))
        return headings

    def _with_area(
        self, row: Row, context: Context, made: list[EventClaim], figures: list[FigureClaim], events: Events
    ) -> tuple[list[EventClaim], list[FigureClaim]]:
        """The area of a row goes with its first event of that place; without an event it is a figure of the place."""
        if context.place is None:
            return made, figures
        own = (i for i, c in enumerate(made) if c.family == "control" and c.place == context.place)
        index = next((i for i in own if made[i].area_km2 is None), None)
        if index is None:
            return made, figures
        areas = [q for q in self.quantities[row.sentence.index] if q.kind == "area" and q.start not in events.used]
        if areas:
            made[index] = events.with_area(made[index], areas[0])
        elif figures and figures[0].kind == "area":
            made[index] = replace(
                made[index],
                area_km2=figures[0].value,
                area_qualifier=figures[0].qualifier,
                area_converted_from=figures[0].converted_from,
            )
            figures = figures[1:]
        return made, figures


def _stretches(fields: Sequence[Field]) -> Iterator[tuple[int, int]]:
    """The tokens of neighbouring fields that are text, up to a semicolon, stop or strong mark."""
    first = last = -1
    for field in fields:
        if last >= 0 and (field.kind != "text" or field.mark not in (",", "(", ")")):
            yield first, last
            first = last = -1
        if field.kind == "text":
            first, last = field.first if last < 0 else first, field.last
    if last >= 0:
        yield first, last
