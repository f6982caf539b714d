"""Who says what: the values that documents give for one thing, side by side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.domain import PROPERTY
from kg.vocabulary import KG, SEM, term
from kg.web.pages.view import Claim, Facts, Thing
from kg.web.pages.wording import date_words, number_words

PROPERTIES: Final = tuple(PROPERTY)
_TERMS: Final = {name: term(one.term) for name, one in PROPERTY.items()}


@dataclass(frozen=True, slots=True)
class Value:
    """One value, with the claims that give it."""

    words: str
    thing: Thing | None  # an actor
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A property of an event or of a place, with every value that is given for it."""

    subject: Thing
    name: str  # of `kg.domain.PROPERTY`
    contested: bool
    values: tuple[Value, ...]

    @property
    def claims(self) -> int:
        return sum(len(value.claims) for value in self.values)


def questions(facts: Facts, claims: Sequence[Claim]) -> list[Question]:
    """Every property on which claims give a value; those where they exclude each other first."""
    found = [
        _question(facts, subject, name, group) for (subject, name), group in sorted(_groups(claims).items(), key=_key)
    ]
    return sorted(found, key=lambda question: (not question.contested, -len(question.values)))


def of_place(facts: Facts, place: ox.NamedNode) -> list[Question]:
    """The questions on a place and on its events."""
    claims = facts.claims(facts.claims_about(place))
    return questions(facts, [claim for claim in claims if claim.place and claim.place.iri == place.value])


def contested_places(facts: Facts, most: int) -> Iterator[tuple[Thing, list[Question]]]:
    """So many places with the questions on which sources differ, the most questions first."""
    subjects = facts.graph.subjects(KG.contested)[:most]
    places = {
        place for subject in subjects for place in (facts.one(subject, SEM.hasPlace), _self(facts, subject)) if place
    }
    found = []
    for place in sorted(places, key=lambda one: one.iri):
        differing = [one for one in of_place(facts, ox.NamedNode(place.iri)) if one.contested]
        if differing:
            found.append((place, differing))
    yield from sorted(found, key=lambda entry: -len(entry[1]))


def _self(facts: Facts, subject: ox.NamedNode) -> Thing | None:
    thing = facts.thing(subject.value)
    return thing if thing.path.startswith("place/") else None


def _groups(claims: Iterable[Claim]) -> dict[tuple[Thing, str], list[Claim]]:
    """Claims by what they can agree or differ on: an area belongs to a place, all else to an event."""
    groups: dict[tuple[Thing, str], list[Claim]] = {}
    for claim in claims:
        for name in claim.values:
            subject = claim.place if PROPERTY[name].scope == "place" or claim.event is None else claim.event
            if subject:
                groups.setdefault((subject, name), []).append(claim)
    return groups


def _key(entry: tuple[tuple[Thing, str], list[Claim]]) -> tuple[str, int]:
    (subject, name), _ = entry
    return subject.iri, PROPERTIES.index(name)


def _question(facts: Facts, subject: Thing, name: str, claims: Sequence[Claim]) -> Question:
    contested = _TERMS[name] in facts.graph.nodes(ox.NamedNode(subject.iri), KG.contested)
    by_value: dict[str, list[Claim]] = {}
    for claim in claims:
        for value in claim.values[name]:
            by_value.setdefault(value, []).append(claim)
    values = tuple(_value(facts, name, value, tuple(group)) for value, group in sorted(by_value.items()))
    return Question(subject, name, contested, values)


def _value(facts: Facts, name: str, value: str, claims: tuple[Claim, ...]) -> Value:
    if name == "actor":
        actor = facts.thing(value)
        return Value(actor.name, actor, claims)
    words = date_words(value) if name == "date" else number_words(value, PROPERTY[name].shown)
    return Value(words, None, claims)
