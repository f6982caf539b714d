"""What several things are called: ``two villages on the western shore, A and B, ...``, ``the forts (A and B)``."""

from collections.abc import Iterator
from dataclasses import replace

from kg.extract import words
from kg.extract.clauses.chunks import Noun
from kg.extract.clauses.clause import Clause
from kg.extract.clauses.phrases import Member, Phrase, is_name, phrase_at
from kg.extract.clauses.stack import Stack
from kg.extract.lexicon import is_facility
from kg.text.numbers import WORDS as NUMBER_WORDS


def called(stack: Stack, index: int) -> int | None:
    """List names after a comma under the plural before it that they are what is called; the index after them."""
    names, end = phrase_at(stack.chunks, index, own_verb=False, dated=False)
    holder = list_under(stack.current, names) if _closes(stack, end) else None
    if holder is None:
        return None
    stack.current = holder  # a relative clause between them is at its end
    return end


def apart(stack: Stack, phrase: Phrase, end: int) -> Phrase:
    """A phrase without the names that a plural in it or before it is called: ``on the shore, A and B``."""
    if not _closes(stack, end):
        return phrase
    (first, *rest), of = phrase.members, phrase.members[-1].of
    if rest and not first.noun.names and first.listed is None:
        names, plain = Phrase(tuple(rest)), Phrase((first,))
    elif not rest and of is not None and len(of.members) > 1 and not of.members[0].noun.names:
        names, plain = Phrase(of.members[1:]), Phrase((replace(first, of=Phrase(of.members[:1])),))
        if all(map(is_name, names.nouns())) and _may_be_called(plain.members[0], names):
            plain.members[0].listed = names
            return plain
    else:
        return phrase
    holder = list_under(stack.current, names)
    if holder is None:
        return phrase
    stack.current = holder  # "two villages that lie on the shore, A and B"
    return plain


def list_under(clause: Clause, names: Phrase) -> Clause | None:
    """List names under the last plural for places before them in a clause, or around it; the clause that has it."""
    if not all(map(is_name, names.nouns())):
        return None
    for here in (clause, *clause.above()):
        for member in _members_before(here, names.first):
            if _may_be_called(member, names):
                member.listed = names
                return here
            if _of_places(member.noun):
                return None
    return None


def _closes(stack: Stack, end: int) -> bool:
    """Whether a list ends with a mark, so that no verb follows of which it would be the subject."""
    return end >= len(stack.chunks) or stack.chunks[end].kind == "mark"


def _members_before(clause: Clause, first: int) -> Iterator[Member]:
    """The last members of a clause's phrases that end before a token, from the last on."""
    told = clause.subject is not None or clause.verb is not None  # "In the villages, A and B, both empty, fell"
    own = (clause.subject, *clause.objects, *(adjunct.phrase for adjunct in clause.adjuncts if told))
    before = [phrase for phrase in own if phrase is not None and phrase.last <= first]
    for phrase in sorted(before, key=lambda phrase: -phrase.first):
        yield phrase.members[-1]


def _of_places(noun: Noun) -> bool:
    """Whether a common noun in the plural is for places: ``villages``, ``forts``."""
    kind = noun.word in words.PLURAL_PLACE_TYPES or is_facility(noun.word)
    return kind and noun.plural and not noun.names


def _may_be_called(member: Member, names: Phrase) -> bool:
    """Whether a plural for places counts as many as there are names, or is definite: ``two forts``, ``the forts``."""
    noun, count = member.noun, len(names.members)
    number = next((NUMBER_WORDS.get(low) or int(low) for low in noun.words if low in NUMBER_WORDS or low.isdigit()), 0)
    definite = count > 1 and noun.determiner in ("the", "these", "those", "its", "their", "both", "our")
    return _of_places(noun) and member.listed is None and (number == count if number else definite)
