"""Changes of control: what the frames of that family tell of a place, where the text says that it happened."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kg.extract.clauses import Clause, Phrase
from kg.extract.clauses.discourse import Context, Discourse
from kg.extract.clauses.when import date_of, date_of_noun, is_beginning, is_of_another_time, value_of
from kg.extract.events.actors import Actors
from kg.extract.events.changed import Changed
from kg.extract.events.happened import happened
from kg.extract.events.needs import Needs, is_news, may_change
from kg.extract.events.themes import Place, Themes
from kg.extract.frames import Instance, Told, is_force, is_passive
from kg.extract.lexicon import listed
from kg.extract.reading import Reading, Sentence
from kg.extract.words import TREATIES
from kg.model import Entity, EventClaim
from kg.text.quantities import Quantity

_SPAN = 14  # tokens of a clause within which its "respectively" stands


class Control:
    """Reads changes of control, sentence by sentence, in order."""

    def __init__(self, reading: Reading, themes: Themes, actors: Actors, discourse: Discourse) -> None:
        self.reading, self.themes, self.actors, self.discourse = reading, themes, actors, discourse
        self.changed, self.needs = Changed(reading, themes, discourse), Needs(reading, actors)
        self.told: Instance | None = None  # the last change of control, for "B followed on 9 February"
        self.changing: list[Entity | None] = []  # the places that it was told of
        self.told_in: list[tuple[bool, list[Entity | None]]] = []  # of each predicate: whether it is main, its places
        self.used: set[int] = set()  # offsets of quantities that stand on an event

    def read(self, sentence: Sentence, told: Told, context: Context) -> Iterator[EventClaim]:
        """The changes of control that the clauses of a sentence tell."""
        made = [claim for _, claim in sorted(self._read(sentence, told, context), key=lambda told: told[0])]
        yield from (claim for claim in made if not any(_tells_more(other, claim) for other in made))

    def _read(self, sentence: Sentence, clauses: Told, context: Context) -> Iterator[tuple[int, EventClaim]]:
        """The claims of a sentence, each with the index of the token that tells it."""
        self.discourse.begin()
        self.told_in = []
        by_clause: dict[int, Instance] = {}
        driven: list[tuple[int, EventClaim]] = []
        for clause, found in clauses:
            for instance in chain(found, self._gapped(clause, by_clause)):
                if instance.frame.family != "control":
                    continue
                if instance.frame.same:
                    dated = date_of(clause) or context.date
                    again = self._elliptical(instance) if dated else None
                    if again is None:
                        continue
                    instance = again
                if instance.event is None:
                    by_clause[id(clause)] = instance
                made = list(self._claims(sentence, instance, context))
                if found and found[0].frame.same:  # "Ard fell. So did the fort": which is not Ard
                    made = [claim for claim in made if claim.place not in self.changing]
                if made:
                    self.changing = [claim.place for claim in made]
                    self.told_in.append((clause.kind == "main", self.changing))
                    self.told = instance
                    self.discourse.here = [claim.place for claim in made if claim.place is not None]
                told = [(instance.first, claim) for claim in made]
                driven = [one for one in driven if not any(_same(one[1], claim) for claim in made)]
                if instance.frame.drives:
                    driven += told
                else:
                    yield from told
        yield from driven

    def spoken_of(self) -> list[Entity]:
        """The places of the sentence read last, that of the last main predicate at the end."""
        places = (place for _, told in sorted(self.told_in, key=lambda one: one[0]) for place in reversed(told))
        return [place for place in places if place is not None]

    def _elliptical(self, instance: Instance) -> Instance | None:
        """What was told last, of another place: ``so did B``, ``B followed``; none where nothing was told."""
        if self.told is None or not self._told_before(instance.clause, 2):
            return None
        return replace(self.told, clause=instance.clause, themes=instance.themes, actor=None, event=None)

    def _gapped(self, clause: Clause, before: dict[int, Instance]) -> Iterator[Instance]:
        """``A was taken on 3 May and B on 4 May``."""
        told = before.get(id(clause.shares)) if clause.kind == "gapped" and clause.shares is not None else None
        if told is not None and clause.subject is not None and any(True for _ in clause.dates()):
            yield replace(told, clause=clause, themes=(clause.subject,))

    # --- one instance -------------------------------------------------------------------------------

    def _claims(self, sentence: Sentence, instance: Instance, context: Context) -> Iterator[EventClaim]:
        places = self.changed.places(instance, context)
        if not places or not happened(self.reading, sentence, instance, context):
            return
        announcer = self._announcer(instance)
        speaker = next(iter(self.actors.of(announcer, instance.clause)), None) if announcer is not None else None
        actors = self._actors(instance) if speaker is None or self._acts(instance, announcer) else ()
        told = self._told_before(instance.clause)
        seen = bool(self.discourse.here) or context.row or told
        if not self.needs.met(instance, context, seen=seen, told=told) or not may_change(instance, places):
            return
        named = self.discourse.places.sites
        if _by_others(instance.actor) and any(place.anaphoric and place.entity.name in named for place in places):
            return
        dates = self._dates(instance, places, context)
        if "changed" in instance.frame.needs and any(place.entity not in self.changing for place in places):
            return
        needed = self._only_named(instance) or ("date" in instance.frame.needs and not is_news(instance))
        if needed and not any(dates):
            return
        for place, date in zip(places, dates, strict=True):
            claim = EventClaim(
                evidence=(sentence.span, context.heading) if context.heading else (sentence.span,),
                according_to=speaker,
                family="control",
                word=instance.frame.word,
                called_as=self._called(instance),
                place=place.entity,
                actors=tuple(actor for actor in actors if actor != place.entity),
                date=date,
            )
            yield self._measured(claim, place, instance.clause)

    def _announcer(self, instance: Instance) -> Phrase | None:
        """``The ministry announced the liberation of Ard``, ``was announced by the ministry``: whose word it is."""
        clause, verb = instance.clause, instance.clause.verb
        if instance.event is None or verb is None or verb.word not in listed("saying", "reality"):
            return None
        if verb.passive:
            return next((phrase for phrase in clause.prepositional("by") if phrase.first > verb.first), None)
        return clause.subject

    def _acts(self, instance: Instance, announcer: Phrase | None) -> bool:
        """Whether another than who announces it is named as who did it."""
        return instance.actor is not None and (announcer is None or instance.actor.first != announcer.first)

    def _only_named(self, instance: Instance) -> bool:
        """``since the occupation of Ard``: a noun that nobody announces or reports; it needs a date."""
        verb = instance.clause.verb
        said = verb is not None and (verb.word in listed("saying", "reality") or verb.word == "complete")
        return instance.event is not None and not said

    def _told_before(self, clause: Clause, sentences: int = 4) -> bool:
        """Whether a change of control was told in this sentence or some before."""
        here = self.reading.sentence_at(self.reading.tokens[clause.first].start)
        return here is not None and self.told_before(here, sentences)

    def told_before(self, sentence: Sentence, sentences: int = 2) -> bool:
        """Whether a change of control was told in a sentence or some before."""
        if self.told is None:
            return False
        before = self.reading.sentence_at(self.reading.tokens[self.told.first].start)
        return before is not None and sentence.index - before.index <= sentences

    def _actors(self, instance: Instance) -> Sequence[Entity]:
        if instance.event is not None and instance.actor is None:
            owner = instance.event.noun.owner or next(iter(instance.event.noun.names), None)
            if owner is None and (by := _completed_by(instance)) is not None:
                return self.actors.of(by, instance.clause)
            return self.actors.named(owner) if owner is not None else ()
        return self.actors.of(instance.actor, instance.clause)

    def _dates(self, instance: Instance, places: Sequence[Place], context: Context) -> list[str | None]:
        """The date of each place: its own, one each of as many, or that of the clause, or of the row."""
        clause = instance.clause
        if instance.event is not None:
            ends = (
                instance.event.last,
                *(t.last for t in instance.themes),
                instance.actor.last if instance.actor else 0,
            )
            shared = date_of_noun(clause, instance.event.noun, max(ends))
            if shared is None and is_of_another_time(clause, instance.event.noun):
                context = replace(context, date=None)
        else:
            each = [a.date.value for a in clause.dates() if a.date is not None and is_beginning(a)]
            each = [
                one for one in each if not any(other.startswith(f"{one}-") for other in each)
            ]  # "in 1991, on 3 May"
            if len(places) > 1 and len(each) == len(places) and not any(p.date for p in places):
                return list(each)
            if len(each) > 1 and self._one_each(clause):
                return [None] * len(places)  # and which date is of which place was not made out
            shared = self._beside(instance) or date_of(clause) or _of_treaty(instance)
        if any(a.date is not None and a.date.relative and not a.date.value for a in clause.dates()):
            context = replace(context, date=None)  # "yesterday", of a day of which the year is not known
        shared = shared or context.date
        return [place.date.value if place.date is not None and place.date.value else shared for place in places]

    def _one_each(self, clause: Clause) -> bool:
        """``A and B, left on 3 and 9 May respectively``."""
        here = self.reading.tokens[clause.first : max(clause.last, clause.first + _SPAN)]
        return any(token.low == "respectively" for token in here)

    def _beside(self, instance: Instance) -> str | None:
        """``from A on 3 May and from B on 9 May``: the date right after a theme that a preposition leads to."""
        clause = instance.clause
        led = {id(a.phrase) for a in clause.adjuncts if a.phrase is not None}
        for theme in instance.themes:
            if id(theme) in led:
                after = (a for a in clause.dates() if 0 <= a.first - theme.last <= 1 and a.date is not None)
                return next((value_of(a) for a in after if a.date is not None and a.date.value), None)
        return None

    def _called(self, instance: Instance) -> str:
        tokens = self.reading.tokens
        last = instance.last
        if last < len(tokens) and tokens[last].low in ("back", "out", "over", "up") and instance.event is None:
            last += 1
        return self.reading.document.source.text[tokens[instance.first].start : tokens[last - 1].end]

    # --- extent -------------------------------------------------------------------------------------

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

    def _measured(self, claim: EventClaim, place: Place, clause: Clause) -> EventClaim:
        """``occupied 20 percent of``, ``seized some 882 of the 1,094 sq km of``: the extent of a place."""
        extent = place.extent
        if extent is None or extent.start in self.used:
            return claim
        if extent.kind == "area":
            claim = replace(self.with_area(claim, extent), area_qualifier="part-of")
        else:
            self.used.add(extent.start)
            claim = replace(claim, share_percent=extent.value, share_qualifier=extent.qualifier)
        included = [
            p.entity for phrase in clause.prepositional("including") for p in self.themes.of(phrase, clause, Context())
        ]
        return replace(claim, includes=tuple(dict.fromkeys(included)))


def _of_treaty(instance: Instance) -> str | None:
    """``By the treaty of Ard of 20 October 1883 Peru ceded Besk``: the day of what a place is ceded by."""
    if instance.frame.word not in ("handover", "annexation"):
        return None
    for phrase in instance.clause.prepositional("by", "under", "in"):
        if phrase.head.words.isdisjoint(listed("agreement") | TREATIES):
            continue
        parts = [*phrase.members, *(inner for member in phrase.members if member.of for inner in member.of.members)]
        return next((one.noun.dated.value for one in parts if one.noun.dated is not None), None)
    return None


def _completed_by(instance: Instance) -> Phrase | None:
    """``The army completed its conquest of Ard``: who does it by the verb, where the noun names nobody."""
    clause, event = instance.clause, instance.event
    done = clause.verb is not None and clause.verb.word in ("complete", "finish") and not is_passive(clause)
    noted = event is not None and clause.object is not None and event in clause.object.members
    return clause.subject if done and noted else None


def _by_others(actor: Phrase | None) -> bool:
    """``The workers occupied the sugar works``: done by those who may take a building, and do not fight."""
    return actor is not None and not actor.head.pronoun and not (is_force(actor) and actor.head.word != "company")


def _tells_more(other: EventClaim, claim: EventClaim) -> bool:
    """``took it, only to lose it seven months later: X marched back on 28 June``: the same, with a better date."""
    if (
        claim.date is None
        or other.date is None
        or other.place != claim.place
        or "withdrawal" in (claim.word, other.word)
    ):
        return False
    return len(other.date) > len(claim.date) and other.date.startswith(f"{claim.date}-")


def _same(driven: EventClaim, claim: EventClaim) -> bool:
    """``drove the garrison out and retook it``: told twice."""
    return driven.place == claim.place and driven.date == claim.date and claim.word != "withdrawal"
