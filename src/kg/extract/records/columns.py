"""The columns of a table: what their headers say happened, who did it, and what their numbers are of."""

import re
from collections.abc import Sequence

from kg.extract.events import Context
from kg.extract.found import Found
from kg.extract.places import Places
from kg.extract.reading import Reading, Sentence
from kg.extract.records.headings import OF_PLACES, Heading, heading_of, names_rows
from kg.extract.records.rows import Row
from kg.model import Entity, EventClaim, FigureClaim, Span
from kg.text.quantities import COUNTED, convert, converted_from, is_number
from kg.text.quantities import number as number_of

_UNIT_OF_COLUMN = re.compile(
    r"(?P<km2>sq\.?\s?km|km\s?(?:2|²)|square\s+kilomet)|(?P<ha>\bha\b|hectares)|(?P<mi2>sq\.?\s?mi|square\s+miles)"
    r"|(?P<percent>%|per\s?cent)|(?P<km>\bkm\b|\bkilomet(?:er|re)s\b)|(?P<mi>\bmiles\b)",
    re.IGNORECASE,
)
_BY = frozenset(("by", "by whom", "actor", "force", "taken by", "captured by", "who"))


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


class Columns:
    """Reads rows by the headers of their columns."""

    def __init__(self, reading: Reading, found: Sequence[Sequence[Found]], places: Places) -> None:
        self.reading, self.found, self.places, self.tokens = reading, found, places, reading.tokens

    def events(self, row: Row, context: Context) -> list[EventClaim]:
        """``| Town | Taken by Tigrayan forces | Retaken |``: dates, or on the row's date places, in a column that
        names a change.
        """
        if len(row.cells) < 2 or len(row.header) != len(row.cells):
            return []
        made = self._across(row)
        for cell, header in zip(row.cells, row.header, strict=True):
            heading = heading_of(self.reading, header)
            if heading.word is None or not names_rows(self.reading, heading, self._names_in(header)):
                continue
            actors = self.actors_of(heading) or self.by_whom(row)
            dates = [d.value for d in row.sentence.dates if cell.start <= d.start < cell.end and d.value]
            if dates and context.place is not None:
                told = [(context.place, dates[0])]
            elif not dates and context.date is not None and self._of_places(header):
                told = [(place, context.date) for place in self.only_places(row.sentence, cell)]
            else:
                continue
            evidence = (row.sentence.span, header)
            made += [claim_of(heading, place, date, evidence, actors=actors) for place, date in told]
        return made

    def _across(self, row: Row) -> list[EventClaim]:
        """``| Captured | 2 March 2022 | 1 April 2022 |`` below a header of places."""
        told = heading_of(self.reading, row.cells[0])
        made = []
        if told.word is None or row.place is not None:
            return []
        for cell, header in zip(row.cells[1:], row.header[1:], strict=True):
            sentence = self.reading.sentence_at(header.start)
            dates = [d.value for d in row.sentence.dates if cell.start <= d.start < cell.end and d.value]
            places = self.only_places(sentence, header) if sentence is not None else []
            if len(places) == 1 and dates:
                made.append(claim_of(told, places[0], dates[0], (row.sentence.span, header)))
        return made

    def _of_places(self, header: Span) -> bool:
        return any(token.low in OF_PLACES for token in self.reading.tokens_in(header.start, header.end))

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

    def actors_of(self, heading: Heading) -> tuple[Entity, ...]:
        """Who took, in ``Taken by Tigrayan forces`` and ``Lost to the M23``; who lost took nothing."""
        tokens = self.reading.tokens_in(heading.span.start, heading.span.end)
        lost = heading.called_as.lower().startswith("los")
        mark = next((t for t in tokens if t.low == ("to" if lost else "by")), None)
        return self.actors_in(Span(mark.end, heading.span.end)) if mark is not None else ()

    def actors_in(self, span: Span) -> tuple[Entity, ...]:
        """The first organization that a cell names."""
        names = self._names_in(span)
        return next(((o.entity,) for o in names if o.kind == "organization" and o.entity), ())

    def _names_in(self, span: Span) -> list[Found]:
        sentence = self.reading.sentence_at(span.start)
        group = self.found[sentence.index] if sentence is not None else []
        return [one for one in group if span.start <= self.tokens[one.first].start < span.end]

    def by_whom(self, row: Row) -> tuple[Entity, ...]:
        """The actor in a column headed ``By``."""
        for cell, header in zip(row.cells, row.header, strict=False):
            if header.of(self.reading.text).strip().lower() in _BY:
                return self.actors_in(cell)
        return ()

    def figures(self, row: Row, context: Context) -> list[FigureClaim]:
        """Numbers of a table whose unit or noun stands in the header of their column."""
        if len(row.header) != len(row.cells):
            return []
        made = []
        for cell, header in zip(row.cells, row.header, strict=True):
            text, title = cell.of(self.reading.text).strip().rstrip("."), header.of(self.reading.text)
            if not is_number(text):
                continue
            evidence = (row.sentence.span, header)
            if unit := _UNIT_OF_COLUMN.search(title):
                name = next(key for key, value in unit.groupdict().items() if value)
                kind, value = convert(number_of(text), name)
                of, converted = context.place, converted_from(name)
                made.append(FigureClaim(evidence=evidence, kind=kind, value=value, of=of, converted_from=converted))
                continue
            low = re.findall(r"[a-z]+", title.lower())
            if noun := next((COUNTED[w] for w in low if w in COUNTED and w.endswith("s")), None):
                made.append(
                    FigureClaim(evidence=evidence, kind="count", value=number_of(text), of=context.place, noun=noun)
                )
        return made
