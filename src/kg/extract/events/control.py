"""Changes of control: what the frames of that family tell of a place, where the text says that it happened."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, takewhile

from kg.extract.clauses import Clause, Phrase, clauses_of
from kg.extract.clauses.candidates import is_facility
from kg.extract.clauses.discourse import Context, Discourse
from kg.extract.clauses.reality import reality, reality_of_noun
from kg.extract.clauses.when import date_of, date_of_noun, is_of_another_time, own_date, value_of
from kg.extract.events.actors import Actors
from kg.extract.events.themes import Place, Themes
from kg.extract.frames import OWNING, Instance, Told, agent_of, is_force, is_passive, patient_of
from kg.extract.lexicon import listed, word
from kg.extract.reading import Reading, Sentence
from kg.model import Entity, EventClaim
from kg.text.quantities import Quantity


class Control:
    """Reads changes of control, sentence by sentence, in order."""

    def __init__(self, reading: Reading, themes: Themes, actors: Actors, discourse: Discourse) -> None:
        self.reading, self.themes, self.actors, self.discourse = reading, themes, actors, discourse
        self.told: Instance | None = None  # the last change of control, for "B followed on 9 February"
        self.used: set[int] = set()  # offsets of quantities that stand on an event
        self._whats: tuple[int, list[Clause]] = (-1, [])  # of the sentence that was looked at last

    def read(self, sentence: Sentence, told: Told, context: Context) -> Iterator[EventClaim]:
        """The changes of control that the clauses of a sentence tell."""
        made = sorted(self._read(sentence, told, context), key=lambda told: told[0])
        yield from (claim for _, claim in made)

    def _read(self, sentence: Sentence, clauses: Told, context: Context) -> Iterator[tuple[int, EventClaim]]:
        """The claims of a sentence, each with the index of the token that tells it."""
        self.discourse.begin()
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
                if made:
                    self.told = instance
                    self.discourse.here = [claim.place for claim in made if claim.place is not None]
                told = [(instance.first, claim) for claim in made]
                driven = [one for one in driven if not any(_same(one[1], claim) for claim in made)]
                if instance.frame.drives:
                    driven += told
                else:
                    yield from told
        yield from driven

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
        places = self._places(instance, context)
        if not places or not self._happened(sentence, instance, context):
            return
        announcer = self._announcer(instance)
        speaker = next(iter(self.actors.of(announcer, instance.clause)), None) if announcer is not None else None
        actors = self._actors(instance) if speaker is None or self._acts(instance, announcer) else ()
        needs = instance.frame.needs
        towns = "town" in needs or any(theme.head.determiner == OWNING for theme in instance.themes)
        if not self._has_what_it_needs(instance, context) or (towns and any(map(_is_country, places))):
            return
        if "gates" in needs and any(
            is_facility(t.head.word) and t.head.word not in listed("part") for t in instance.themes
        ):
            return  # of a building it says something else
        if "seat" in needs and any(
            t.head.determiner in ("a", "an") and t.head.word in listed("lodging") for t in instance.themes
        ):
            return  # "took over a school in Goma"
        named = self.discourse.places.sites
        if _by_others(instance.actor) and any(place.anaphoric and place.entity.name in named for place in places):
            return
        dates = self._dates(instance, places, context)
        if ("date" in instance.frame.needs or self._only_named(instance)) and not any(dates):
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

    def _places(self, instance: Instance, context: Context) -> list[Place]:
        clause = instance.clause
        if clause.listed is not None:
            return self.themes.of(clause.listed, clause, context)
        if clause.marker == "what":
            named = self._said_to_be(clause)
            return self.themes.of(named, clause, context) if named is not None else []
        for theme in instance.themes:
            if found := self.themes.of(theme, clause, context):
                return found
            inner = theme.members[-1].of
            if inner is not None and theme is clause.antecedent and clause.kind == "relative":
                return self.themes.of(inner, clause, context)  # "the hall of Pyongyang, which fell"
            if theme.head.word in listed("part") and inner is None:
                whole = next(clause.prepositional("of"), None)  # "captured most of the city"
                return self.themes.of(whole, clause, context) if whole is not None else []
            if (named := self._among(theme, clause)) is not None:
                return self.themes.of(named, clause, context)
        if instance.themes:
            return []
        if (fronted := self._fronted(clause)) is not None:
            return self.themes.of(fronted, clause, context)
        if (what := self._what(clause)) is not None:
            left = next(what.prepositional("of"), None) if what.verb and what.verb.word in ("leave", "remain") else None
            return self.themes.of(left, clause, context) if left is not None else []
        frame = instance.frame
        objectless = not clause.objects or bool(frame.object or frame.drives or instance.event is not None)
        if context.place is None and (date_of(clause) is None or not objectless):
            return []
        if instance.event is None and (held := _held_by(clause)) is not None:
            return self.themes.of(held, clause, context)
        return [Place(entity, anaphoric=True) for entity in self.discourse.zero(clause, context)]

    def _among(self, theme: Phrase, clause: Clause) -> Phrase | None:
        """``Among the towns lost were A and B``, ``the first town to fall was A``: what the verb "be" says it is."""
        above = clause.parent
        if above is None:
            return None
        subject = above.subject
        said = theme is subject or (subject is None and any(theme is one for one in above.prepositional("among")))
        return self._said_to_be(clause) if said else None

    def _said_to_be(self, clause: Clause) -> Phrase | None:
        """``What the rebels took was Ard``: what stands after the "be" around a clause."""
        above = clause.parent
        if above is None or above.verb is None or above.verb.word != "be" or above.object is None:
            return None
        return above.object if above.object.head.quantity is None else None  # "what changed hands was 4 percent of it"

    def _what(self, clause: Clause) -> Clause | None:
        """``What was left of A was taken``: the clause that is the subject."""
        sentence = self.reading.sentence_at(self.reading.tokens[clause.first].start)
        if clause.subject is not None or clause.verb is None or sentence is None:
            return None
        if self._whats[0] != sentence.index:
            self._whats = sentence.index, [c for c in clauses_of(self.reading, sentence) if c.marker == "what"]
        first = next((c for c in self._whats[1] if c is not clause), None)
        return first if first is not None and first.first < clause.verb.first else None

    def _fronted(self, clause: Clause) -> Phrase | None:
        """``Of the smaller places: A was surrendered``: a subject that the mark hides in the list before it."""
        if clause.subject is not None or clause.verb is None or clause.parent is not None:
            return None
        before = [a.phrase for a in clause.adjuncts if a.phrase is not None and a.first < clause.verb.first]
        return next((member.listed for phrase in before for member in phrase.members if member.listed), None)

    def _happened(self, sentence: Sentence, instance: Instance, context: Context) -> bool:
        clause, verb = instance.clause, instance.clause.verb
        if instance.event is not None:
            return reality_of_noun(clause, instance.event.noun) in ("real", "reported")
        if reality(clause) not in ("real", "reported") or self._taken_back(sentence) or self._or_so(sentence, clause):
            return False
        if verb is None or clause.kind == "gapped":
            return clause.kind == "gapped"
        if verb.form == "ing" and not verb.progressive:
            return date_of(clause) is not None and not (clause.marker == "" and clause.parent is None)
        if verb.progressive:
            return "since" in instance.frame.needs
        if not self._present(clause) or context.dated_row:
            return True
        return own_date(clause) is not None and not is_passive(clause) and not self._conditional(sentence, clause)

    def _conditional(self, sentence: Sentence, clause: Clause) -> bool:
        """``If this road falls, the town falls the day after``."""
        return any(c.parent is clause and c.marker in ("if", "unless") for c in clauses_of(self.reading, sentence))

    def _present(self, clause: Clause) -> bool:
        """``is taken``, ``take``, ``takes``: reported in a row, and told of a day; else a habit or a state."""
        verb = clause.verb
        assert verb is not None
        if verb.infinitive or verb.auxiliary in ("did", "didn't") or clause.inverted:
            return False
        if verb.passive and verb.auxiliary in ("is", "are", "'s", "'re"):
            return not verb.perfect
        return not verb.auxiliary and verb.form in ("present", "base")

    def _or_so(self, sentence: Sentence, clause: Clause) -> bool:
        """``Ard fell, or so the telegrams had it``: what the text leaves to others."""
        if "so" not in sentence.lows or "or" not in sentence.lows:
            return False
        after = (c for c in clauses_of(self.reading, sentence) if c.shares is clause and c.verb is not None)
        return any(
            c.verb is not None and (c.verb.word == "have" or c.verb.word in listed("saying", "reality")) for c in after
        )

    def _taken_back(self, sentence: Sentence) -> bool:
        """``There was a story that Pariang had been seized. It hadn't.``"""
        if sentence.index + 1 >= len(self.reading.sentences):
            return False
        following = self.reading.words(self.reading.sentences[sentence.index + 1])
        lows = [t.low for t in following if t.kind == "w"]
        if any(" ".join(lows).endswith(ending) for ending in _FALSE) and lows[0] in ("it", "they", "that", "this"):
            return True
        lows = [t.low for t in takewhile(lambda t: t.kind == "w", following)]  # "It had not: the mayor answered"
        if not 2 <= len(lows) <= 4 or lows[0] not in ("it", "they", "that", "this"):
            return False
        others = [low for low in lows if low not in _DENIALS]
        denied = any(low.endswith(("n't", "n’t")) or low in _UNTRUE for low in lows)
        said = [word(low) for low in others]  # "it wasn't pretty" denies nothing
        return denied and (not said or (len(said) == 1 and bool(said[0].lemma or not said[0].adjective)))

    def _has_what_it_needs(self, instance: Instance, context: Context) -> bool:
        needs, clause = instance.frame.needs, instance.clause
        seen = bool(self.discourse.here) or context.row or self._told_before(clause)
        if "since" in needs and not any(
            a.preposition == "since" or (a.date is not None and _closed(a.date.value)) for a in clause.dates()
        ):
            return False
        if not self.actors.may_act(instance):
            return False
        if "own" in needs and date_of(clause) is None and not context.dated_row:
            return False
        if "colours" in needs and not self._shown(instance):
            return False
        if "force" in needs and instance.actor is not None and instance.actor.head.word in _NO_CAPTORS:
            return instance.frame.word != "capture"
        if "force" in needs and not self._by_force(instance, seen=seen):
            if instance.actor is not None and not any(noun.name or noun.pronoun for noun in instance.actor.nouns()):
                return False  # "was taken over by a bank"
            return is_passive(clause) and (seen or instance.frame.word == "capture")
        if "stays" in needs and not self._stays(clause):
            return False
        if instance.frame.drives and not self.actors.fights(instance.loser, clause, seen=seen):
            return False
        agent = agent_of(clause)
        if instance.frame.word == "handover" and agent is not None and agent.head.word in listed("agreement"):
            return False  # "the agreement gives half of the country to X"
        if "foe" in needs and instance.actor is not None and not self.actors.may_take(instance.actor, clause):
            return False
        return "told" not in needs or self._told_before(clause)

    def _shown(self, instance: Instance) -> bool:
        """Whether a flag is that of those who fight, or of a state: ``the rebel flag``, not ``the Olympic flag``."""
        flag = patient_of(instance.clause)
        if instance.actor is not None or flag is None:
            return True
        return any(one.kind != "name" for one in flag.head.names) or is_force(flag)

    def _stays(self, clause: Clause) -> bool:
        """``came on 3 May and were gone on the 13th``, ``and stayed``: whether who comes is said to hold the place."""
        sentence = self.reading.sentence_at(self.reading.tokens[clause.first].start)
        after = (c.verb for c in clauses_of(self.reading, sentence) if c.shares is clause) if sentence else ()
        return any(verb is not None and (verb.word in _STAYING or "gone" in verb.adverbs) for verb in after)

    def _by_force(self, instance: Instance, *, seen: bool) -> bool:
        """Whether who acts is one who fights: by its noun, or by what stands before the noun that tells it."""
        event = instance.event.noun if instance.event is not None else None
        if event is not None and (event.names or not event.words.isdisjoint(listed("force"))):
            return True  # "the rebels' entry into Ard"
        return self.actors.fights(instance.actor, instance.clause, seen=seen)

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
            each = [a.date.value for a in clause.dates() if a.date is not None and a.date.value]
            if len(places) > 1 and len(each) == len(places) and not any(p.date for p in places):
                return list(each)
            shared = self._beside(instance) or date_of(clause)
        if any(a.date is not None and a.date.relative and not a.date.value for a in clause.dates()):
            context = replace(context, date=None)  # "yesterday", of a day of which the year is not known
        shared = shared or context.date
        return [place.date.value if place.date is not None and place.date.value else shared for place in places]

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


def _by_others(actor: Phrase | None) -> bool:
    """``The workers occupied the sugar works``: done by those who may take a building, and do not fight."""
    return actor is not None and not actor.head.pronoun and not (is_force(actor) and actor.head.word != "company")


def _held_by(clause: Clause) -> Phrase | None:
    """``The defenders of Ard withdrew on 3 May and returned on the 9th``: what those who go or come are of."""
    subject = clause.subject if clause.subject is not None else None
    return subject.members[0].of if subject is not None and subject.head.word in _HOLDERS else None


def _is_country(place: Place) -> bool:
    return place.entity.type in ("country", "state")


def _same(driven: EventClaim, claim: EventClaim) -> bool:
    """``drove the garrison out and retook it``: told twice."""
    return driven.place == claim.place and driven.date == claim.date and claim.word != "withdrawal"


def _closed(value: str) -> bool:
    """Whether a date has a beginning and an end."""
    first, _, last = value.partition("/")
    return first not in ("", "..") and last not in ("", "..")


_FALSE = (
    "nothing of the kind",
    "nothing of the sort",
    "no such thing",
    "is not so",
    "was not so",
    "is nonsense",
)
_NO_CAPTORS = frozenset(("peacekeepers", "police", "observers", "monitors", "inspectors"))
_HOLDERS = frozenset(("garrison", "garrisons", "defenders", "defender", "occupiers", "rearguard"))
_STAYING = frozenset(("stay", "remain", "leave", "withdraw", "hold", "keep", "depart", "settle"))
_UNTRUE = frozenset("not false untrue mistaken wrong lying invented premature".split())
_DENIALS = frozenset(
    "mistaken wrong lying invented premature it they that this was were is are had has have did not never wasn't "
    "weren't hadn't isn't false untrue so true right correct".split()
)
