"""Who says what: the values that documents give for one thing, side by side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from kg.domain import ORGANS, PROPERTY
from kg.reconcile.compatible import moment
from kg.vocabulary import KG, SEM, term
from kg.web.pages.view import Claim, Facts, Thing
from kg.web.pages.wording import date_words, number_words

PROPERTIES: Final = tuple(PROPERTY)
_TERMS: Final = {name: term(one.term) for name, one in PROPERTY.items()}
VAGUE: Final = "less precise"
WHOLE: Final = "the whole"
RELATIONS: Final = {  # how the values of a question stand to each other, what is to be seen first
    "contradictory": "They exclude each other: at most one of them can be right.",
    "less precise": "One allows what the other says: May 1992 and 8 May 1992 do not contradict each other.",
    "part and whole": "One is of a part, or names some of several: 882 of the 1,094 km².",
    "organ": "A state and its own army or office.",
    "in one text": "One text gives numbers that are far apart: what each of them is of is to be read there.",
    "": "One value, whoever gives it.",
}
_FAR: Final = 1.25  # times: further apart than "about" allows on both sides
_ORDER: Final = {relation: number for number, relation in enumerate(RELATIONS)}


@dataclass(frozen=True, slots=True)
class Value:
    """One value, with the claims that give it."""

    words: str
    thing: Thing | None  # an actor
    claims: tuple[Claim, ...]
    note: str = ""  # how it stands to the others, which it does not contradict
    number: float = 0.0


@dataclass(frozen=True, slots=True)
class Question:
    """A property of an event or of a place, with every value that is given for it."""

    subject: Thing
    name: str  # of `kg.domain.PROPERTY`
    contested: bool
    values: tuple[Value, ...]

    @property
    def relation(self) -> str:
        """How its values stand to each other, one of `RELATIONS`."""
        if self.contested:
            return "contradictory"
        if len(self.values) < 2:
            return ""
        if any(value.note == WHOLE for value in self.values):
            return "part and whole"
        if self.name != "actor":
            return "in one text" if self._told_apart else "less precise"
        kinds = {value.thing.kind.replace(" ", "-") for value in self.values if value.thing}
        return "organ" if kinds & ORGANS and kinds - ORGANS == {"state"} else "part and whole"

    @property
    def _told_apart(self) -> bool:
        """Whether one document gives numbers that are too far apart for one to be the other less precisely."""
        by_document: dict[str, list[float]] = {}
        for value in self.values if self.name != "date" else ():
            for claim in value.claims:
                by_document.setdefault(claim.document.iri, []).append(value.number)
        return any(max(numbers) > _FAR * min(numbers) for numbers in by_document.values())

    @property
    def claims(self) -> int:
        return sum(len(value.claims) for value in self.values)


def questions(facts: Facts, claims: Sequence[Claim]) -> list[Question]:
    """Every property on which claims give a value; those where they exclude each other first."""
    found = [
        _question(facts, subject, name, group) for (subject, name), group in sorted(_groups(claims).items(), key=_key)
    ]
    return sorted(_beside_wholes(found), key=lambda question: (_ORDER[question.relation], -len(question.values)))


def by_relation(found: Iterable[Question]) -> list[tuple[str, list[Question]]]:
    """Questions that are in the order of `questions`, by how their values stand to each other."""
    return [(relation, list(group)) for relation, group in groupby(found, key=lambda one: one.relation)]


def of_place(facts: Facts, place: ox.NamedNode) -> list[Question]:
    """The questions on a place and on its events."""
    return questions(facts, facts.claims(filter(facts.compared, _of(facts, place))))


def contested_places(facts: Facts, most: int) -> Iterator[tuple[Thing, list[Question]]]:
    """The places of so many contested events and places, with what sources differ on, the most questions first."""
    found: dict[Thing, list[Question]] = {}
    for subject in facts.graph.subjects(KG.contested)[:most]:
        thing = facts.thing(subject.value)
        place = thing if thing.path.startswith("place/") else facts.one(subject, SEM.hasPlace)
        of_it = [KG.figureOf, SEM.hasPlace] if thing == place else [KG.about]
        claims = facts.claims(claim for predicate in of_it for claim in _stating(facts, predicate, subject))
        differing = [one for one in questions(facts, claims) if one.contested and one.subject == thing]
        if place and differing:
            found.setdefault(place, []).extend(differing)
    yield from sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0].iri))


def _of(facts: Facts, place: ox.NamedNode) -> set[ox.NamedNode]:
    """The claims about a place, or about an event in it."""
    found = {*facts.graph.subjects(SEM.hasPlace, place), *facts.graph.subjects(KG.figureOf, place)}
    return set(filter(facts.is_claim, found))


def _varied(facts: Facts, place: ox.NamedNode) -> Iterator[ox.NamedNode]:
    """The claims about a place of which some value is not the only one that is given, or is one of a part."""
    values: dict[tuple[str, str], set[str]] = {}
    stated: dict[ox.NamedNode, list[tuple[str, str]]] = {}
    for claim in _of(facts, place):
        event = facts.graph.one(claim, KG.about)
        for name, given in facts.compared(claim).items():
            key = (place.value if PROPERTY[name].scope == "place" else event or place.value, name)
            values.setdefault(key, set()).update(given)
            stated.setdefault(claim, []).append(key)
    parts = any(name == "part" for _, name in values)
    for claim, keys in stated.items():
        if any(len(values[key]) > 1 or (parts and key[1] in ("area", "part")) for key in keys):
            yield claim


def _stating(facts: Facts, predicate: ox.NamedNode, subject: ox.NamedNode) -> Iterator[ox.NamedNode]:
    """The claims about a subject that give a value to compare."""
    areas_alone = predicate == SEM.hasPlace  # the rest that they say is of an event
    for claim in facts.graph.subjects(predicate, subject):
        values = facts.compared(claim) if facts.is_claim(claim) else {}
        if "area" in values if areas_alone else values:
            yield claim


def compatible_places(facts: Facts, places: Iterable[Thing]) -> dict[str, list[tuple[Thing, list[Question]]]]:
    """By relation, the places with the questions on which sources differ without contradicting each other."""
    found: dict[str, list[tuple[Thing, list[Question]]]] = {
        relation: [] for relation in RELATIONS if relation not in ("", "contradictory")
    }
    for place in places:
        claims = facts.claims(_varied(facts, ox.NamedNode(place.iri)))
        for relation, group in by_relation(questions(facts, claims)):
            if relation in found:
                found[relation].append((place, group))
    return found


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
    vague = _vague(by_value) if name == "date" else frozenset()
    values = [_value(facts, name, value, group, vague) for value, group in sorted(by_value.items())]
    return Question(subject, name, contested, tuple(sorted(values, key=lambda one: one.note)))


def _beside_wholes(found: Sequence[Question]) -> Iterator[Question]:
    """The questions; the area of a part has what is stated for the whole of its place beside it."""
    wholes = {one.subject.iri: one.values for one in found if one.name == "area"}
    for question in found:
        place = question.values[0].claims[0].place
        whole = wholes.get(place.iri, ()) if place and question.name == "part" else ()
        yield replace(question, values=question.values + tuple(replace(one, note=WHOLE) for one in whole))


def _vague(dates: Iterable[str]) -> frozenset[str]:
    """The dates that allow all that another does, and more."""
    extents = {value: found.extent for value in dates if (found := moment(value))}
    return frozenset(
        value
        for value, (first, last) in extents.items()
        if any((first, last) != other and first <= other[0] and other[1] <= last for other in extents.values())
    )


def _value(facts: Facts, name: str, value: str, group: Iterable[Claim], vague: frozenset[str]) -> Value:
    claims = tuple(sorted(group, key=lambda one: (not one.publisher, one.publisher)))  # those that name one first
    if name == "actor":
        actor = facts.thing(value)
        return Value(actor.name, actor, claims)
    words = date_words(value) if name == "date" else number_words(value, PROPERTY[name].shown)
    number = 0.0 if name == "date" else float(value)
    return Value(words, None, claims, VAGUE if value in vague else "", number)
