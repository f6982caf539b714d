"""What the phrase of an office leaves unsaid: whose it is, and who holds it where a pronoun or a surname stands."""

from collections.abc import Iterator

from kg.extract import words
from kg.extract.clauses import Noun
from kg.extract.found import Found
from kg.extract.lexicon import listed
from kg.extract.people.lists import named_in_full
from kg.extract.people.persons import looks_personal
from kg.extract.reading import Reading, Sentence
from kg.model import Entity
from kg.text.folding import fold

OF_PLACES = frozenset(
    "governor mayor elder chief ruler emir king prefect stationmaster postmaster harbourmaster".split()
)
_OF_BODIES = listed("of_bodies")
_NEAR = 3  # sentences that are looked back
_FAR = 40  # likewise, for what "its" means
_STATES = ("country", "state")


def unsaid(reading: Reading, sentence: Sentence, role: Found) -> Entity | None:
    """``the mayor, X,``: of the town spoken of; ``the spokesman, X,``: of the body spoken of."""
    before = reading.tokens[role.first - 1].low if role.first > sentence.first else ""
    head = reading.tokens[role.last - 1].low
    if before == "its":
        return next(_named(reading, sentence, role, "organization", _FAR), None)
    if before != "the" or role.words > 2:
        return None
    if head in OF_PLACES:
        places = _named(reading, sentence, role, "place", _NEAR)
        return next((place for place in places if place.type not in _STATES), None)
    if head in _OF_BODIES:
        bodies = _named(reading, sentence, role, "organization", _NEAR)
        return next((body for body in bodies if body.type not in ("media", *_STATES)), None)
    return None


def _named(reading: Reading, sentence: Sentence, role: Found, kind: str, far: int) -> Iterator[Entity]:
    """What was named before an office: last in its own sentence, first in a sentence before."""
    for index in range(sentence.index, max(-1, sentence.index - far), -1):
        group = reading.found[index]
        for one in reversed(group) if index == sentence.index else group:
            entity = one.entity or _unknown(one, kind)
            if one.kind in (kind, "name") and entity is not None and entity.kind == kind and one.last <= role.first:
                yield entity


def _unknown(one: Found, kind: str) -> Entity | None:
    """A name of which it is not yet known what it is, as a place."""
    if kind != "place" or one.initial or one.titled or one.kind not in ("place", "name"):
        return None
    return Entity("place", one.text, None, one.hint)


def holder(reading: Reading, sentence: Sentence, noun: Noun) -> Found | None:
    """Whom a pronoun or a surname means that is said to hold an office: somebody named in full, alone of their kind."""
    one = noun.name
    if one is not None:
        return one if one.words == 1 and not one.candidates and named_in_full(reading, one) else None
    if not noun.pronoun or noun.word not in ("he", "she"):
        return None
    for index in range(sentence.index, max(-1, sentence.index - _NEAR), -1):
        earlier = reading.sentences[index]
        if earlier.block != sentence.block:
            return None
        people = [other for other in reading.found[index] if other.last <= noun.first and _is_person(reading, other)]
        if len({fold(other.text) for other in people}) == 1:
            return people[0]
        if people:
            return None
    return None


def _is_person(reading: Reading, one: Found) -> bool:
    gendered = one.kind == "person" or (one.kind == "name" and looks_personal(reading, one))
    return gendered and one.words >= 2 and reading.tokens[one.first].low not in words.DIRECTIONS
