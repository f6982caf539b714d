"""What the frames of changes of control need of a clause: an actor who may do it, a flag, a stay, a date of its own."""

from collections.abc import Sequence

from kg.extract.clauses import Clause, clauses_of
from kg.extract.clauses.discourse import Context
from kg.extract.clauses.when import date_of
from kg.extract.events.actors import Actors
from kg.extract.events.themes import Place
from kg.extract.frames import OWNING, Instance, agent_of, is_expelled, is_force, is_passive, patient_of
from kg.extract.lexicon import is_facility, listed
from kg.extract.reading import Reading


class Needs:
    """Asks a clause for what the frame that it tells needs."""

    def __init__(self, reading: Reading, actors: Actors) -> None:
        self.reading, self.actors = reading, actors

    def met(self, instance: Instance, context: Context, *, seen: bool, told: bool) -> bool:
        """Whether a clause has what its frame needs; ``seen``: places were spoken of before, ``told``: a change was."""
        needs, clause = instance.frame.needs, instance.clause
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
        driven = is_expelled(clause, instance.actor, instance.loser)
        if instance.frame.drives and not (driven or self.actors.fights(instance.loser, clause, seen=seen)):
            return False
        agent = agent_of(clause)
        if instance.frame.word == "handover" and agent is not None and agent.head.word in listed("agreement"):
            return False  # "the agreement gives half of the country to X"
        if "foe" in needs and instance.actor is not None and not self.actors.may_take(instance.actor, clause):
            return False
        return told or "told" not in needs

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


def may_change(instance: Instance, places: Sequence[Place]) -> bool:
    """Whether what a frame is told of may change hands so: not a building where a town is meant, nor a country."""
    needs, heads = instance.frame.needs, [theme.head for theme in instance.themes]
    if ("town" in needs or any(head.determiner == OWNING for head in heads)) and any(map(_is_country, places)):
        return False
    if "gates" in needs and any(is_facility(head.word) and head.word not in listed("part") for head in heads):
        return False  # of a building it says something else
    lodged = any(head.determiner in ("a", "an") and head.word in listed("lodging") for head in heads)
    return not (lodged and "seat" in needs)  # "took over a school in Goma"


def is_news(instance: Instance) -> bool:
    """``entered Ard on Sunday``, ``have taken over Ard``: told of a day, or as so now by those who fight."""
    clause, verb = instance.clause, instance.clause.verb
    relative = any(a.date is not None and a.date.relative for a in clause.dates())
    now = verb is not None and verb.auxiliary in ("has", "have") and clause.kind in ("main", "that")
    return relative or (now and instance.actor is not None and is_force(instance.actor))


def _is_country(place: Place) -> bool:
    return place.entity.type in ("country", "state")


def _closed(value: str) -> bool:
    """Whether a date has a beginning and an end."""
    first, _, last = value.partition("/")
    return first not in ("", "..") and last not in ("", "..")


_NO_CAPTORS = frozenset(("peacekeepers", "police", "observers", "monitors", "inspectors"))
_STAYING = frozenset(("stay", "remain", "leave", "withdraw", "hold", "keep", "depart", "settle"))
