"""Ceasefires, adoptions, talks, beginnings of conflicts, attacks: instances of the frames of those families."""

from collections.abc import Iterator

from kg.extract.clauses import Clause, Member, clauses_of
from kg.extract.clauses.discourse import Context
from kg.extract.clauses.reality import reality, reality_of_noun
from kg.extract.clauses.when import date_of, date_of_noun, value_of
from kg.extract.events.actors import Actors
from kg.extract.events.themes import Themes
from kg.extract.frames import Instance, Told, is_of, is_passive, phrases_in
from kg.extract.lexicon import listed
from kg.extract.reading import Reading, Sentence
from kg.model import Entity, EventClaim, Family

_HOLDS = frozenset(("real", "reported"))
_COMES = frozenset("come take go enter begin start materialise materialize happen exist".split())
_ENDS = frozenset(
    "break breach violate collapse end expire lapse fail crumble demand reject propose urge want seek offer".split()
)


class Occasions:
    """Reads events other than changes of control; each but an attack has a date of its own."""

    def __init__(self, reading: Reading, themes: Themes, actors: Actors) -> None:
        self.reading, self.themes, self.actors = reading, themes, actors

    def read(self, sentence: Sentence, clauses: Told, context: Context) -> list[EventClaim]:
        """The events of a sentence's clauses, in the order of the text, none of them twice."""
        told: list[tuple[int, bool, EventClaim]] = []
        for clause, found in clauses:
            for instance in found:
                if instance.frame.family != "control":
                    told += (
                        (instance.first, instance.frame.effective, c) for c in self._claims(sentence, instance, context)
                    )
            told += ((first, False, claim) for first, claim in self._named(sentence, clause, context))
        effective = any(is_effective for _, is_effective, _ in told)
        kept: dict[tuple[Family, str | None], EventClaim] = {}
        for _, is_effective, claim in sorted(told, key=lambda one: (not one[1], one[0])):
            if claim.family == "ceasefire" and effective and not is_effective:
                continue  # agreed on one day, in force from another: the second is when the fire ceases
            kept.setdefault((claim.family, claim.date), claim)
        return list(kept.values())

    # --- by a verb ----------------------------------------------------------------------------------------

    def _claims(self, sentence: Sentence, instance: Instance, context: Context) -> Iterator[EventClaim]:
        clause, frame = instance.clause, instance.frame
        if reality(clause) not in _HOLDS or self._future(clause, context) or _on_paper(clause):
            return
        if frame.family == "ceasefire" and self._never_began(sentence, clause):
            return
        if frame.kind and not instance.themes and not self._spoken_of(sentence, frame.kind):
            return
        if any(theme.head.plural and theme.head.number for theme in instance.themes):
            return  # "passed eight resolutions": no date of one of them
        if "since" in frame.needs and not any(a.preposition == "since" for a in clause.dates()):
            return
        place, actors = self._place(instance, context), self._actors(instance)
        if "place" in frame.needs and place is None:
            return
        for date in self._dates(sentence, instance, context):
            value = f"{date}/.." if frame.begins and "/" not in date and not date.startswith("XXXX") else date
            yield EventClaim(
                evidence=(sentence.span,),
                family=frame.family,
                called_as=self._called(instance),
                place=place,
                actors=actors,
                date=value,
            )

    def _never_began(self, sentence: Sentence, clause: Clause) -> bool:
        """``A ceasefire was declared for 3 March, and the guns did not even pause``."""
        after = [c for c in clauses_of(self.reading, sentence) if c.shares is clause]
        if not after and sentence.index + 1 < len(self.reading.sentences):
            after = list(clauses_of(self.reading, self.reading.sentences[sentence.index + 1])[:1])
        held = (c for c in after if c.verb is not None and c.verb.word in _CEASES and reality(c) == "negated")
        return any(c.subject is not None and c.subject.head.word in listed("firing") for c in held)

    def _future(self, clause: Clause, context: Context) -> bool:
        """A plain present tells only in a dated row."""
        verb = clause.verb
        if verb is None or verb.perfect or clause.kind in ("participle", "infinitive"):
            return False
        present = not verb.auxiliary and verb.form in ("present", "base")
        copula = verb.lone and verb.auxiliary in ("is", "are", "be")
        return (present or copula or (verb.passive and verb.auxiliary in ("is", "are"))) and not context.dated_row

    def _spoken_of(self, sentence: Sentence, kind: str) -> bool:
        """Whether the block, or the sentence before, has a noun of the kind."""
        before = self.reading.sentences[max(0, sentence.index - 2) : sentence.index]
        here = [*before, *self.reading.block_sentences(sentence.block)[:40]]
        nouns = listed(kind) | ({"res"} if kind == "adopted" else set())
        return any(not nouns.isdisjoint(one.lows) for one in here)

    def _dates(self, sentence: Sentence, instance: Instance, context: Context) -> list[str]:
        """The date of the clause; of each member, where a list of resolutions has a date each."""
        members = [m for theme in instance.themes for m in theme.members if m.date is not None and m.date.value]
        if len(members) > 1:
            return [m.date.value for m in members if m.date is not None]
        clause = instance.clause
        date = date_of(clause) or context.date
        named = clause.subject.head.dated if clause.subject is not None else None
        if date is None and named is not None and instance.frame.family != "adoption":
            date = named.value  # "the ceasefire of 1994 was followed by talks", not "the act of 3 May was approved"
        if date is None and len(sentence.dates) == 1 and instance.frame.family == "ceasefire":
            others = (c for c in clauses_of(self.reading, sentence) if c is not clause)
            if not any(True for c in others for _ in c.dates()):
                date = sentence.dates[0].value or None
        if clause.shares is not None and date is None and instance.frame.effective:
            date = date_of(clause.shares)
        return [date] if date else []

    def _actors(self, instance: Instance) -> tuple[Entity, ...]:
        return self.actors.of(instance.actor, instance.clause)

    def _place(self, instance: Instance, context: Context) -> Entity | None:
        """Where: what an attack is on; what follows ``in``, ``around`` or ``for`` right after the noun or the verb."""
        clause = instance.clause
        if not instance.frame.kind:
            found = [
                p.entity for theme in instance.themes for p in self.themes.of(theme, clause, context) if not p.anaphoric
            ]
            return found[0] if found else None
        for theme in instance.themes:
            if (place := self._beside(theme.members[-1], clause, context)) is not None:
                return place
        if instance.frame.family == "conflict":
            for phrase in clause.prepositional("in", "around", "near", "over", "at"):
                if found := [p.entity for p in self.themes.of(phrase, clause, context) if not p.anaphoric]:
                    return found[0]
            return self._between(clause)
        return None

    def _between(self, clause: Clause) -> Entity | None:
        """``between the two South Caucasus countries``: the region that the parties are named by."""
        names = [one for phrase in clause.prepositional("between") for noun in phrase.nouns() for one in noun.names]
        places = [one.entity for one in names if one.kind == "place" and one.entity is not None]
        return next((place for place in places if place.type != "country"), None)

    def _beside(self, member: Member, clause: Clause, context: Context) -> Entity | None:
        """``a ceasefire in Gaza``, ``the war over Abkhazia``, ``the siege of Goma``."""
        phrases = [member.of] if member.of is not None else []
        for adjunct in clause.adjuncts:
            if (
                adjunct.phrase is not None
                and adjunct.preposition in ("in", "for", "over", "around")
                and 0 <= adjunct.first - member.last <= 1
            ):
                phrases.append(adjunct.phrase)
        for phrase in phrases:
            if found := [p.entity for p in self.themes.of(phrase, clause, context) if not p.anaphoric]:
                return found[0]
        return None

    def _called(self, instance: Instance) -> str:
        tokens, text = self.reading.tokens, self.reading.document.source.text
        if instance.frame.kind in ("ceasefire", "talks", "fighting") and instance.themes:
            noun = instance.themes[0].head
            named = next(
                (i for i in range(noun.first, noun.last) if tokens[i].low in listed(instance.frame.kind)), noun.head
            )
            return text[tokens[named].start : tokens[named].end]
        return text[tokens[instance.first].start : tokens[instance.first].end]

    # --- by a noun ----------------------------------------------------------------------------------------

    def _named(self, sentence: Sentence, clause: Clause, context: Context) -> Iterator[tuple[int, EventClaim]]:
        """``the ceasefire of 12 May 1994``, ``a truce on 3 May``; a row that says no more than ``Truce as of noon``."""
        if sentence.lows.isdisjoint(listed("ceasefire")):
            return
        for phrase in phrases_in(clause):
            for member in phrase.members:
                if not is_of(type(phrase)((member,)), "ceasefire"):
                    continue
                date = self._own_date(clause, member, context)
                bare = clause.verb is None and not context.dated_row and clause.kind != "label"
                if date and self._stands(clause, member) and not (bare and len(date) != 10):
                    noun = member.noun
                    called = next(
                        i for i in range(noun.first, noun.last) if self.reading.tokens[i].low in listed("ceasefire")
                    )
                    token = self.reading.tokens[called]
                    yield (
                        called,
                        EventClaim(
                            evidence=(sentence.span,),
                            family="ceasefire",
                            called_as=self.reading.document.source.text[token.start : token.end],
                            place=self._beside(member, clause, context),
                            date=date,
                        ),
                    )

    def _own_date(self, clause: Clause, member: Member, context: Context) -> str | None:
        if clause.verb is None and context.dated_row:
            return context.date
        if member.date is not None and member.date.value:
            return member.date.value
        for adjunct in clause.dates():
            if adjunct.preposition in ("of", "on", "in", "from", "") and 0 <= adjunct.first - member.last <= 1:
                return value_of(adjunct)
        return date_of_noun(clause, member.noun, member.last) if member.noun.dated is not None else None

    def _is_title(self, member: Member) -> bool:
        """``quoted as "the truce of 14 February"``: words that somebody uses for something else."""
        tokens = self.reading.tokens
        around = (member.noun.first - 1, member.last)
        return all(0 <= index < len(tokens) and tokens[index].text in _QUOTES for index in around)

    def _stands(self, clause: Clause, member: Member) -> bool:
        """Whether the text says that there was one: not called for, broken, or said to end on that day."""
        if _on_paper(clause) or self._is_title(member):
            return False
        verb, dated = clause.verb, member.noun.dated is not None or member.date is not None
        if dated and member.noun.determiner in ("the", "its", "their", "this"):
            return True  # whatever is said of it
        if reality_of_noun(clause, member.noun) not in _HOLDS:
            return False
        if verb is None or dated:
            return True
        subject = clause.subject is not None and member in clause.subject.members
        if verb.word == "end" and subject and clause.object is not None:
            return True  # it ended a war
        return not (verb.word in _ENDS and (subject or is_passive(clause) or verb.word not in ("end", "break")))


def _on_paper(clause: Clause) -> bool:
    """``The truce proclaimed on 3 May stayed on paper``, ``never came into being``, ``was observed by no one``."""
    holders = (clause, clause.parent) if clause.kind in ("participle", "relative") else (clause,)
    for one in holders:
        if one is None or one.verb is None:
            continue
        on_paper = any(phrase.head.word == "paper" for phrase in one.prepositional("on"))
        if on_paper and one.verb.word in ("remain", "stay"):
            return True
        by_nobody = one.verb.word in _KEEPS and not one.verb.negated
        if (by_nobody or one.verb.word in _COMES) and reality(one) == "negated":
            return True
    return False


_QUOTES = frozenset('“”"‘’«»„')
_CEASES = frozenset("cease fall halt pause quit relent rest stop".split())
_KEEPS = frozenset(("observe", "respect", "honour", "honor", "keep", "heed"))
