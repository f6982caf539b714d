"""Lists: rows that begin with a place or a date, tables, and what their headings say of them.

A row gives the events in it a place or a date (`events.Context`); a row without a verb is itself an event
where the heading of its column or list names one ("The Occupation in Figures", "taken on").
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract import words
from kg.extract.events import Context, Events
from kg.extract.names import Found
from kg.extract.places import Places
from kg.extract.reading import Reading
from kg.extract.records.headings import Heading, control_word, heading_of, is_year_line
from kg.extract.records.rows import Row, Rows
from kg.model import Entity, EventClaim, FigureClaim, Span
from kg.text.dates import Dated
from kg.text.quantities import COUNTED, Quantity, convert, converted_from, is_number
from kg.text.quantities import number as number_of

_UNIT_OF_COLUMN = re.compile(
    r"(?P<km2>sq\.?\s?km|km\s?(?:2|²)|square\s+kilomet)|(?P<ha>\bha\b|hectares)|(?P<mi2>sq\.?\s?mi|square\s+miles)"
    r"|(?P<percent>%|per\s?cent)|(?P<km>\bkm\b|\bkilomet(?:er|re)s\b)|(?P<mi>\bmiles\b)",
    re.IGNORECASE,
)

__all__ = ["Heading", "Records", "heading_of", "is_year_line"]


class Records:
    """Reads the rows of a document; most have no verb."""

    def __init__(
        self, reading: Reading, found: list[list[Found]], places: Places, quantities: list[list[Quantity]]
    ) -> None:
        self.reading, self.found, self.places, self.quantities = reading, found, places, quantities
        self.tokens = reading.tokens
        found_rows = Rows(reading, found, places, quantities)
        self.rows, self.titles, self.leads = found_rows.rows, found_rows.titles, found_rows.leads

    def context(self, row: Row) -> Context:
        place = self.places.of(row.place) if row.place else None
        return Context(place=place, date=row.date.value if row.date and row.date.value else None, row=True)

    def read(self, row: Row, headings: Sequence[Heading], events: Events) -> tuple[list[EventClaim], list[FigureClaim]]:
        """The events and figures of a row: by its columns, by its verbs, by its heading; areas go with the first
        event.
        """
        context = self.context(row)
        made = self._by_columns(row, context) or self._by_fields(row, context)
        if not made:
            made = events.read(row.sentence, context)
            if row.prose:
                return made, []
            by_heading = self._by_heading(row, headings, context, made)
            if by_heading:
                made.insert(0, by_heading)
        figures = self._figures(row, context)
        return self._with_area(row, context, made, figures, events)

    def _by_columns(self, row: Row, context: Context) -> list[EventClaim]:
        """``| Town | Taken by Tigrayan forces | Retaken by the federal army |``: a date in a column that names a
        change.
        """
        made: list[EventClaim] = []
        if context.place is None or len(row.cells) < 2 or len(row.header) != len(row.cells):
            return made
        for cell, header in zip(row.cells, row.header, strict=True):
            title = self.reading.tokens_in(header.start, header.end)
            word, called = control_word(title, self.reading.document.source.text)
            dates = [d for d in row.sentence.dates if cell.start <= d.start < cell.end and d.value]
            if word is None or not dates:
                continue
            made.append(
                EventClaim(
                    evidence=(row.sentence.span, header),
                    family="control",
                    word=word,
                    called_as=called,
                    place=context.place,
                    actors=self._column_actor(header) or self._by_cell(row),
                    date=dates[0].value,
                )
            )
        return made

    def _by_fields(self, row: Row, context: Context) -> list[EventClaim]:
        """``Agdam: date of occupation – July 23, 1993; ...; returned – November 20, 2020``: labels before dates."""
        made: list[EventClaim] = []
        if context.place is None or row.place is None:
            return made
        for dated in row.sentence.dates:
            last = self.reading.token_index(dated.start)
            if (
                last - 2 < row.sentence.first
                or self.tokens[last - 1].text not in ("–", "—", "-", ":")
                or not dated.value
            ):
                continue
            first = last - 1
            while first > row.place.last and self.tokens[first - 1].text not in (";", ",", ":") and last - first < 6:
                first -= 1
            word, called = control_word(self.tokens[first : last - 1], self.reading.document.source.text)
            if word is not None:
                made.append(
                    EventClaim(
                        evidence=(row.sentence.span,),
                        family="control",
                        word=word,
                        called_as=called,
                        place=context.place,
                        date=dated.value,
                    )
                )
        return made

    def _column_actor(self, header: Span) -> tuple[Entity, ...]:
        for group in self.found:
            for one in group:
                if (
                    header.start <= self.tokens[one.first].start < header.end
                    and one.kind == "organization"
                    and one.entity
                ):
                    return (one.entity,)
        return ()

    def _by_cell(self, row: Row) -> tuple[Entity, ...]:
        """The actor in a column headed ``By``."""
        for cell, header in zip(row.cells, row.header, strict=True):
            if header.of(self.reading.text).strip().lower() in (
                "by",
                "by whom",
                "actor",
                "force",
                "taken by",
                "captured by",
                "who",
            ):
                return self._column_actor(cell)
        return ()

    def _by_heading(
        self, row: Row, headings: Sequence[Heading], context: Context, made: Sequence[EventClaim]
    ) -> EventClaim | None:
        heading = next((h for h in reversed(headings) if h.word), None)
        place = context.place
        if heading is None or place is None:
            return None
        used = {claim.date for claim in made}
        first = next((d for d in row.sentence.dates if d.value), None)
        if made and (first is None or first.value in used or self._verb_beside(row, first)):
            return None
        if first is None:
            return None
        return EventClaim(
            evidence=(self._row_span(row), heading.span),
            family="control",
            word=heading.word,
            called_as=heading.called_as,
            place=place,
            date=first.value,
        )

    def _verb_beside(self, row: Row, dated: Dated) -> bool:
        index = self.reading.token_index(dated.start)
        last = self.reading.token_index(dated.end)
        near = [
            *self.tokens[max(row.sentence.first, index - 2) : index],
            *self.tokens[last : min(row.sentence.last, last + 2)],
        ]
        return any(t.low in words.CONTROL for t in near)

    def _row_span(self, row: Row) -> Span:
        """The row without the mark that ends it."""
        text = self.reading.document.source.text
        end = row.sentence.end
        while end > row.sentence.start and text[end - 1] in ".;, ":
            end -= 1
        return Span(row.sentence.start, end)

    def _figures(self, row: Row, context: Context) -> list[FigureClaim]:
        """Numbers of a table whose unit or noun stands in the header of their column."""
        made: list[FigureClaim] = []
        if len(row.header) != len(row.cells):
            return made
        for cell, header in zip(row.cells, row.header, strict=True):
            text = cell.of(self.reading.text).strip().rstrip(".")
            title = header.of(self.reading.text)
            if not is_number(text):
                continue
            span = (row.sentence.span, header)
            if unit := _UNIT_OF_COLUMN.search(title):
                name = next(key for key, value in unit.groupdict().items() if value)
                kind, value = convert(number_of(text), name)
                made.append(
                    FigureClaim(
                        evidence=span,
                        kind=kind,
                        value=value,
                        of=context.place,
                        converted_from=converted_from(name),
                    )
                )
            elif noun := next(
                (COUNTED[w] for w in re.findall(r"[a-z]+", title.lower()) if w in COUNTED and w.endswith("s")), None
            ):
                made.append(
                    FigureClaim(evidence=span, kind="count", value=number_of(text), of=context.place, noun=noun)
                )
        return made

    def _with_area(
        self, row: Row, context: Context, made: list[EventClaim], figures: list[FigureClaim], events: Events
    ) -> tuple[list[EventClaim], list[FigureClaim]]:
        """The area of a row goes with its first event of that place; without an event it is a figure of the place."""
        areas = [q for q in self.quantities[row.sentence.index] if q.kind == "area" and q.start not in events.used]
        index = next(
            (
                i
                for i, claim in enumerate(made)
                if claim.family == "control" and claim.place == context.place and claim.area_km2 is None
            ),
            None,
        )
        if context.place is None or index is None:
            return made, figures
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
