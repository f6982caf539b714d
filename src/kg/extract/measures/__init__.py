"""Figures: areas, shares, counts, distances, and what happened to people and homes, each with what it is of.

`subjects` tells by the syntax what a quantity measures, `named` what the phrase names, `elliptic` finds numbers without
their noun, `people` reads how many were killed, displaced or destroyed, `resolutions` what counted resolutions demand.
"""

from collections.abc import Iterator, Sequence

from kg.extract.events import Context
from kg.extract.found import Found
from kg.extract.measures.beside import restated
from kg.extract.measures.elliptic import Elliptic
from kg.extract.measures.named import Namer
from kg.extract.measures.outcomes import tells_outcome
from kg.extract.measures.people import People, PeopleReader
from kg.extract.measures.position import ATTRIBUTES, Place, opens
from kg.extract.measures.resolutions import adopter, demanded, refusing
from kg.extract.measures.spoken import Subject
from kg.extract.measures.subjects import subject_of
from kg.extract.places import Places
from kg.extract.reading import Reading, Sentence
from kg.model import Entity, EventClaim, FigureClaim, Span
from kg.text.quantities import Quantity


class Measures:
    """Reads the figures of a document, sentence by sentence, that no event carries."""

    def __init__(
        self,
        reading: Reading,
        found: Sequence[Sequence[Found]],
        places: Places,
        quantities: Sequence[Sequence[Quantity]],
    ) -> None:
        self.reading, self.found, self.places, self.quantities = reading, found, places, quantities
        self.namer = Namer(reading, places)
        self.people = PeopleReader(reading, self.namer)
        self._wholes: dict[int, Subject] = {}  # by offset: what the last measures are of, for their parts

    def read(
        self, sentence: Sentence, used: set[int], *, events: Sequence[EventClaim] = (), context: Context | None = None
    ) -> Iterator[FigureClaim]:
        """The figures of a sentence, events' own (`used`) left out."""
        quantities, counts = self.quantities[sentence.index], self._counts(sentence)
        if not quantities and not counts:
            return
        context = context or Context()
        self.namer.open(sentence, quantities, context.place)
        evidence = (sentence.span,) if not context.heading else (sentence.span, context.heading)
        here = next((event.place for event in events if event.place), None)
        taken = {quantity.start for quantity in quantities if quantity.kind != "count"}
        taken |= {quantity.whole_start for quantity in quantities if quantity.whole is not None}
        told: set[int] = set()  # starts of counts whose outcome is told
        for people in self.people.read(sentence) if counts else ():
            if people.start in taken:
                continue
            taken.add(people.start)
            told.add(people.start)
            party = people.where.text if people.where.of is None else ""
            of = people.where.of if party else people.where.of or self._happened(sentence, people, context, here)
            yield FigureClaim(
                evidence=evidence,
                kind=people.kind,
                value=people.value,
                of=of,
                of_text=party,
                noun=people.noun,
                qualifier=people.qualifier,
            )
        for quantity in quantities:
            if quantity.start not in used and not (quantity.kind == "count" and quantity.start in told):
                yield self._figure(sentence, quantity, evidence, self._subject(sentence, quantity, context, here))

    def _happened(self, sentence: Sentence, people: People, context: Context, here: Entity | None) -> Entity | None:
        """Where it happened to people: where the event of the sentence was, in its row, or as said before."""
        if people.kind == "population":
            return context.place if context.place is not None and context.row else None
        said = here or context.place or people.near.of
        cell = "|" in sentence.lows  # of a table, where what the row before speaks of is another's
        return said if said is not None or cell else self.places.recent(sentence.start)

    def _counts(self, sentence: Sentence) -> bool:
        """Whether a sentence may say what became of how many."""
        return any(map(tells_outcome, sentence.lows)) or self.people.speaks_of_people(sentence)

    def _figure(
        self, sentence: Sentence, quantity: Quantity, evidence: tuple[Span, ...], subject: Subject
    ) -> FigureClaim:
        self.namer.note(quantity, subject)
        self._wholes[quantity.start] = subject
        is_resolution = quantity.unit == "resolution"
        group = self.found[sentence.index]
        return FigureClaim(
            evidence=evidence,
            kind=quantity.kind,
            value=quantity.value,
            of=subject.of,
            of_text=subject.text if subject.of is None else "",
            noun=quantity.unit if quantity.kind == "count" else "",
            qualifier=quantity.qualifier,
            converted_from=quantity.converted_from,
            demands=demanded(self.reading, sentence, quantity) if is_resolution else None,
            not_implemented_by=refusing(self.reading, sentence, group, quantity) if is_resolution else None,
        )

    def _whole(self, sentence: Sentence, part: Quantity, context: Context, here: Entity | None) -> Subject | None:
        """What a part is of: what its whole is of."""
        if part.whole_start in self._wholes:
            return self._wholes[part.whole_start]
        whole = next((one for one in self.quantities[sentence.index] if one.start == part.whole_start), None)
        return self._subject(sentence, whole, context, here) if whole is not None else None

    def _subject(self, sentence: Sentence, quantity: Quantity, context: Context, here: Entity | None) -> Subject:
        """By the syntax; in a row of a list else the row's place, of a count else the place of the event."""
        if quantity.unit == "resolution":
            return Subject(adopter(self.reading, self.found[sentence.index], quantity))
        if quantity.start in self._wholes:
            return self._wholes[quantity.start]
        if quantity.same >= 0 and quantity.same in self._wholes:
            return self._wholes[quantity.same]
        where = Place(self.reading, sentence, quantity, self.namer)
        if quantity.whole is not None and (known := restated(where)) is not None:
            return self._wholes.setdefault(quantity.whole_start, known)
        if quantity.whole is not None and (whole := self._whole(sentence, quantity, context, here)) is not None:
            return whole
        subject = subject_of(where)
        if subject.known:
            return subject
        if quantity.kind == "count":
            place = here or context.place
            labelled = self.reading.text[: quantity.start].rstrip()[-1:] == ":"
            return self.namer.headline() if place is None and labelled else Subject(place)
        place = context.place
        if (
            place is not None
            and place.name.casefold() not in ATTRIBUTES
            and (quantity.kind != "distance" or context.row or opens(where))
        ):
            return Subject(place)
        return subject


__all__ = ["Elliptic", "Measures"]
