"""Events in prose: changes of control, ceasefires, adoptions, beginnings of conflicts, negotiations.

A verb of the table `words.CONTROL` is an event where it is said to have happened: finite, not negated, wished
for, planned, feared, denied or merely possible. What changes hands is its object (or, in the passive, its
subject), through ``it`` and ``the town``; the date is the one that stands with it, or the one of its row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract import words
from kg.extract.events.actors import Actors
from kg.extract.events.occasions import Occasions
from kg.extract.events.patients import Patients
from kg.extract.events.syntax import BE, BREAKS, HAVE, SKIPPED, Context, Syntax, Trigger
from kg.extract.events.triggers import Triggers
from kg.extract.events.when import When
from kg.extract.names import Found
from kg.extract.places import Places
from kg.extract.reading import Reading, Sentence
from kg.model import Entity, EventClaim
from kg.text.dates import Dated
from kg.text.quantities import Quantity


class Events:
    """Reads the events of a document, sentence by sentence, in order."""

    def __init__(
        self, reading: Reading, found: list[list[Found]], places: Places, quantities: list[list[Quantity]]
    ) -> None:
        self.reading, self.found, self.places, self.quantities = reading, found, places, quantities
        self.tokens = reading.tokens
        self.used: set[int] = set()  # offsets of quantities that stand on an event
        self.syntax = Syntax(reading, found, places, quantities)
        self.triggers, self.patients = Triggers(self.syntax), Patients(self.syntax)
        self.actors, self.when, self.occasions = Actors(self.syntax), When(self.syntax), Occasions(self.syntax)

    def read(self, sentence: Sentence, context: Context) -> list[EventClaim]:
        """The events of a sentence; the places it speaks of become topics for what follows."""
        made: list[EventClaim] = []
        for start, end in self._clauses(sentence):
            here = list(self._control(sentence, start, end, context))
            if not here and made and made[-1].family == "control":
                here = list(self._verbless(sentence, start, end, made[-1]))
            made += here
        made += self.occasions.ceasefires(sentence)
        made += self.occasions.adoptions(sentence)
        made += self.occasions.conflicts(sentence)
        made += self.occasions.negotiations(sentence)
        self._note_topics(sentence, made)
        return made

    def _note_topics(self, sentence: Sentence, made: Sequence[EventClaim]) -> None:
        tokens = self.tokens
        group = [
            one
            for one in self.found[sentence.index]
            if one.kind == "place" and one.entity and not self.syntax.names_event(sentence, one)
        ]
        for one in group:
            if one.entity and one.entity.type == "country":
                self.places.countries.append((tokens[one.first].start, one.entity))
            elif one.entity and not self.syntax.adverbial(sentence, one) and not tokens[one.last - 1].possessive:
                self.places.note(tokens[one.first].start, one.entity, one.hint)
        if not self.places.topics and group and group[0].entity and not self.syntax.adverbial(sentence, group[0]):
            self.places.note(tokens[group[0].first].start, group[0].entity, group[0].hint)
        subject = next(
            (one for one in group if one.first - sentence.first <= 4 and not self.syntax.adverbial(sentence, one)), None
        )
        if subject and subject.entity and subject.entity.type != "country":
            self.places.note(sentence.end - 2, subject.entity, subject.hint)
        for claim in reversed(made):
            if claim.family == "control" and claim.place:
                hint = next((one.hint for one in group if one.entity == claim.place), "")
                self.places.note(sentence.end - 1, claim.place, hint)

    def _clauses(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        start = sentence.first
        for index in range(sentence.first, sentence.last):
            if self.tokens[index].text == ";":
                yield start, index
                start = index + 1
        if start < sentence.last:
            yield start, sentence.last

    def _verbless(self, sentence: Sentence, start: int, end: int, before: EventClaim) -> Iterator[EventClaim]:
        """``A was taken by X on D; B, capital of C, on E; F on G``: the verb of the clause before holds on."""
        tokens = self.tokens
        group = self.syntax.places_in(sentence, start, end)
        dated = next(
            (d for d in sentence.dates if d.value and tokens[start].start <= d.start < tokens[end - 1].end), None
        )
        if (
            not group
            or dated is None
            or group[0].first - start > 2
            or any(t.low in BE or t.low in HAVE or t.low in words.SAY for t in tokens[start:end])
        ):
            return
        place = self.places.of(group[0])
        if place is not None:
            yield replace(
                before,
                place=place,
                date=dated.value,
                area_km2=None,
                area_converted_from="",
                of_area_km2=None,
                share_percent=None,
                includes=(),
            )

    def _control(self, sentence: Sentence, start: int, end: int, context: Context) -> Iterator[EventClaim]:
        candidates = list(self.triggers.find(sentence, start, end, context))
        for trigger in candidates:
            if trigger.vetoed:
                self._settle(sentence, trigger, start, end, context)
        triggers = [trigger for trigger in candidates if not trigger.vetoed]
        self.patients.patient = None
        subject: list[Entity] = []
        for number, trigger in enumerate(triggers):
            left = triggers[number - 1].last if number else start
            right = triggers[number + 1].index if number + 1 < len(triggers) else end
            right = self._right_bound(trigger, right)
            patients, anaphoric = self.patients.of(sentence, trigger, left, right, start, context)
            actors = self.actors.of(sentence, trigger, left, right) or (
                subject if number and not trigger.passive else []
            )
            if actors and not trigger.passive:
                subject = actors
            if not patients:
                continue
            if isinstance(patients[-1], Found) or anaphoric:
                patients = [*patients, *self.patients.gapped(sentence, trigger, patients[-1], right)]
            self.patients.patient = self.places.of(patients[0]) if isinstance(patients[0], Found) else patients[0]
            self.triggers.last_word = trigger.word
            opens = self._past_aside(sentence, triggers[number - 1], trigger) if number else left
            dates = self.when.dates(sentence, trigger, opens, right)
            dates, bound = self.when.subordinate(sentence, trigger, left, start, dates)
            yield from self._claims(
                sentence, trigger, patients, anaphoric, actors, dates, (left, right, bound), context
            )

    def _past_aside(self, sentence: Sentence, aside: Trigger, trigger: Trigger) -> int:
        """Where an aside with a verb of its own ends: ``A, taken on 19 June, was abandoned``, ``A, which the army
        had seized in May, was retaken``. Its date is not that of the verb after it.
        """
        tokens = self.tokens
        opening = next((i for i in range(aside.index - 1, sentence.first, -1) if tokens[i].text == ","), None)
        closing = next((i for i in range(trigger.index - 1, aside.last - 1, -1) if tokens[i].text == ","), None)
        if opening is None or closing is None or not self.syntax.place_before(sentence, opening):
            return aside.last
        return closing if opening == aside.index - 1 or tokens[opening + 1].low in ("which", "who") else aside.last

    def _right_bound(self, trigger: Trigger, right: int) -> int:
        for index in range(trigger.last, right):
            if self.tokens[index].low in ("which", "who") and (
                comma := next((i for i in range(index, min(right, index + 14)) if self.tokens[i].text == ","), None)
            ):
                if any(self.tokens[i].low in words.CONTROL for i in range(index, comma)):
                    return index
                continue  # a clause between commas; what is said of the object goes on after it
            if self.tokens[index].low in BREAKS or self.tokens[index].low in (
                "which",
                "who",
                "because",
                "when",
                "after",
                "before",
                "until",
            ):
                if index > trigger.last + 1 or self.tokens[index].low not in ("after", "before", "when"):
                    return index if self.tokens[index].low not in ("after", "before", "until", "when") else right
        return right

    def _settle(self, sentence: Sentence, trigger: Trigger, start: int, end: int, context: Context) -> None:
        """What is not said to have happened to a place says still that it is one."""
        patients, _ = self.patients.of(sentence, trigger, start, end, start, context)
        for patient in patients:
            if isinstance(patient, Found):
                self.places.of(patient)

    def _claims(
        self,
        sentence: Sentence,
        trigger: Trigger,
        patients: Sequence[Found | Entity],
        anaphoric: bool,
        actors: Sequence[Entity],
        dates: Sequence[Dated],
        bounds: tuple[int, int, int],
        context: Context,
    ) -> Iterator[EventClaim]:
        tokens = self.tokens
        right = bounds[1]
        leading = self.when.leading(sentence, trigger, bounds[2])
        paired = self.when.respectively(patients, dates, sentence)
        for number, patient in enumerate(patients):
            entity = patient if isinstance(patient, Entity) else self.places.of(patient)
            if entity is None:
                continue
            if paired:
                date: str | None = paired[number]
            else:
                date = self.when.date_of(patient, trigger, dates) or leading or context.date
            date = self.when.by(sentence, trigger, date)
            claim = EventClaim(
                evidence=(sentence.span, context.heading) if context.heading else (sentence.span,),
                family="control",
                word=trigger.word,
                called_as=self.reading.document.source.text[
                    tokens[trigger.index].start : tokens[trigger.last - 1].end
                    if tokens[trigger.last - 1].low in ("back", "out", "over")
                    else tokens[trigger.index].end
                ],
                place=entity,
                actors=tuple(dict.fromkeys(actors)),
                date=date,
            )
            yield self._measured(sentence, trigger, claim, right) if number == 0 else claim

    def with_area(self, claim: EventClaim, area: Quantity) -> EventClaim:
        """The claim with the area that it is about, which is then no figure of its own."""
        self.used.add(area.start)
        if area.whole is not None:
            self.used.add(area.whole_start)
        return replace(
            claim,
            area_km2=area.value,
            area_qualifier="part-of" if area.whole is not None else area.qualifier,
            area_converted_from=area.converted_from,
            of_area_km2=area.whole,
        )

    def _measured(self, sentence: Sentence, trigger: Trigger, claim: EventClaim, right: int) -> EventClaim:
        """``occupied 20 percent of``, ``seized some 882 of the 1,094 sq km``: the extent, as the object of the verb."""
        tokens = self.tokens
        end = tokens[right - 1].end if right > trigger.last else tokens[trigger.last - 1].end
        start = tokens[trigger.last - 1].end
        for quantity in self.quantities[sentence.index]:
            if not start <= quantity.start < end or quantity.start in self.used:
                continue
            between = tokens[trigger.last : self.reading.token_index(quantity.start)]
            if any(
                t.low not in SKIPPED
                and t.low
                not in (
                    "than",
                    "less",
                    "more",
                    "around",
                    "roughly",
                    "approximately",
                    "over",
                    "up",
                    "to",
                    "at",
                    "least",
                    "as",
                    "much",
                )
                for t in between
            ):
                break
            if quantity.kind == "area":
                claim = self.with_area(claim, quantity)
                after = self.reading.token_index(quantity.end)
                if after < len(tokens) and tokens[after].low == "of":  # "300 square miles of Syria", not all of it
                    claim = replace(claim, area_qualifier="part-of")
                break
            if quantity.kind == "share":
                self.used.add(quantity.start)
                claim = replace(claim, share_percent=quantity.value, share_qualifier=quantity.qualifier)
                break
        return (
            replace(claim, includes=self._included(sentence, trigger))
            if claim.share_percent is not None or claim.area_km2 is not None
            else claim
        )

    def _included(self, sentence: Sentence, trigger: Trigger) -> tuple[Entity, ...]:
        """Places after ``including``."""
        tokens = self.tokens
        for index in range(trigger.last, sentence.last):
            if tokens[index].low in ("including", "includes"):
                found = [self.places.of(one) for one in self.syntax.places_in(sentence, index + 1, sentence.last)]
                return tuple(dict.fromkeys(entity for entity in found if entity))
        return ()


__all__ = ["Context", "Events"]
