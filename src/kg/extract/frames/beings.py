"""What kind of being a phrase names, by its head and what stands before it: who takes, holds and leaves a place.

Nobody does unless a class of the lexicon, an armed word or a name says so: rain, a ferry, a bank, an orchestra and
whatever noun no list knows take no town.
"""

from typing import Literal

from kg.extract.clauses.chunks import Noun
from kg.extract.clauses.clause import Clause
from kg.extract.clauses.phrases import Member, Phrase
from kg.extract.lexicon import listed
from kg.extract.words import MILITARY_RANKS, ROLE_HEADS

Being = Literal["force", "chief", "side", "named", "many", "one", "civic", "weapon", "other"]

_OUTERMOST = frozenset(("last", "first"))  # "the last soldier left": who left are all of them
_NAMED_BODIES = ("organization", "demonym", "people")
_REFERRING = frozenset(("latter", "former", "other", "second", "third"))
_FIGHTING = frozenset(
    "armed rebel insurgent enemy hostile militant jihadist paramilitary mutinous guerrilla separatist".split()
)
_LEFT = frozenset(
    "last first rest most bulk majority remnants remainder remains some all half".split()
)  # "the last of the Guides"
_SINGLE = frozenset(("he", "she", "i", "him", "her", "me", "himself", "herself", "somebody", "someone"))


def beings(phrase: Phrase) -> frozenset[Being]:
    """The kinds of being that the members of a phrase are."""
    return frozenset(map(_being, phrase.members))


def is_force(phrase: Phrase) -> bool:
    """Whether a phrase is by its nouns of those who fight, or names a body, a people or a country; not a ferry."""
    return any(map(_fights, phrase.members))


def _fights(member: Member) -> bool:
    noun = member.noun
    if noun.word in _LEFT and member.of is not None and member.listed is None:
        return any(_fights(inner) or inner.noun.name is not None for inner in member.of.members)
    if noun.name is not None and _being(member) == "named":
        country = noun.name.entity is not None and noun.name.entity.type == "country"
        return country or noun.name.kind in _NAMED_BODIES
    return _being(member) == "force"


def _being(member: Member) -> Being:
    noun = member.noun
    if member.listed is not None:
        return _being(member.listed.members[0])  # "THE WITNESS: British soldiers"
    if noun.pronoun or noun.word in _REFERRING:
        return "one" if noun.word in _SINGLE else "many"
    if noun.word in listed("yoke"):
        return _yoke(member)
    if noun.word in listed("gathered") and noun.name is None:
        return _gathered(member)
    for kind in _KINDS:
        if noun.word in listed(kind) and (noun.name is None or kind == "force"):
            return kind
    if noun.name is not None:
        return _named(noun)
    if noun.word in listed("fighter") and not noun.words.isdisjoint(_OUTERMOST):
        return "force"
    if (noun.determiner == "our" and noun.plural) or not noun.words.isdisjoint(_FIGHTING):
        return "force"  # "our cyclists", "armed fishermen"
    mass = not (noun.determiner or noun.plural) and any(one.kind == "demonym" for one in noun.names)
    if mass and noun.words.isdisjoint(listed("peaceful")):
        return "force"  # "Syrian armour"
    of = beings(member.of) if member.of is not None else frozenset[Being]()
    if noun.word in _LEFT and "named" in of:
        return "named"  # "the last of the Guides"
    return "force" if "force" in of else "many" if "many" in of else "other"  # "hundreds of fighters", "all of them"


_KINDS: tuple[Being, ...] = ("force", "chief", "side", "civic", "weapon")


def _named(noun: Noun) -> Being:
    """A name takes a place where nothing in it or before it says that it is no party to a war."""
    offices = noun.words & ROLE_HEADS
    led = not noun.words.isdisjoint(listed("chief") | MILITARY_RANKS)
    if not noun.words.isdisjoint(listed("unarmed")) or (offices and not led):
        return "other"
    return "named"


def _yoke(member: Member) -> Being:
    """``government hands``, ``the hands of the M23``, ``the rebel flag``: those whose hands they are."""
    noun, of = member.noun, member.of
    if not noun.words.isdisjoint(listed("force") | listed("side") | listed("chief")):
        return "force"
    if of is None:
        return "side" if noun.names else "other"
    whose = _being(of.members[0])
    return "side" if whose in ("named", "many", "one") else whose


def _gathered(member: Member) -> Being:
    """``an army column``, ``a group of soldiers``; not ``an aid convoy``, nor ``a column of refugees``."""
    noun, of = member.noun, member.of
    before = noun.words - {noun.word}
    if noun.determiner == "our":
        return "force"
    if not before.isdisjoint(listed("peaceful")):
        return "other"
    if of is not None:
        told = of.head.word != "company" or not of.head.words.isdisjoint(listed("armed"))
        return "force" if told and beings(of) != {"other"} else "other"  # "a division of the company" sells
    if not before.isdisjoint(listed("armed")) or noun.word in listed("force"):
        return "force"
    if any(one.kind in _NAMED_BODIES for one in noun.names):
        return "force"  # "the Turkish convoy"
    if noun.word in listed("fighter") and not before.isdisjoint(_OUTERMOST):
        return "force"  # "the last convoy"
    return "side" if noun.determiner == "the" and noun.word in _PARTIES else "other"


_PARTIES = frozenset(
    "alliance bloc faction factions front fronts group groups movement movements organisation organization".split()
)


def is_undone(clause: Clause, actor: Phrase | None) -> bool:
    """Whether what stands after a preposition turns "took Ard": ``on film``, ``by storm with his concert``."""
    for adjunct in clause.adjuncts:
        noun = adjunct.phrase.head.word if adjunct.phrase is not None else ""
        if adjunct.preposition in _UNDOING and noun in listed(adjunct.preposition, "undone"):
            return True
        if adjunct.preposition == "by" and noun == "storm" and actor is not None:
            return beings(actor).isdisjoint(("force", "side"))
    return False


_UNDOING = frozenset(("on", "in", "at", "for", "with", "to", "under"))
