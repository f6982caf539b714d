"""Who says what: the values that documents give for one thing, side by side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

import pyoxigraph as ox

from kg.domain import ORGANS, PROPERTY
from kg.reconcile.compatible import moment
from kg.vocabulary import DCTERMS, KG, SEM, term
from kg.web.pages.view import Claim, Facts, Thing
from kg.web.pages.wording import date_words, number_words

PROPERTIES: Final = tuple(PROPERTY)
MOST: Final = 200  # questions of a page,
MOST_VALUES: Final = 20  # values of a question, and
MOST_TOLD: Final = 10  # claims of a value
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
class Given:
    """A claim that gives values to compare, before its card is made."""

    claim: ox.NamedNode
    values: dict[str, tuple[str, ...]]  # by name of `kg.domain.PROPERTY`
    document: str  # IRIs; empty where none is stated
    event: str
    place: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value, with the claims that give it."""

    words: str
    thing: Thing | None  # an actor
    given: tuple[Given, ...]
    note: str = ""  # how it stands to the others, which it does not contradict
    number: float = 0.0
    claims: tuple[Claim, ...] = ()  # those that are shown

    @property
    def left_out(self) -> int:
        return len(self.given) - len(self.claims)


@dataclass(frozen=True, slots=True)
class Question:
    """A property of an event or of a place, with the values that are given for it."""

    subject: Thing
    name: str  # of `kg.domain.PROPERTY`
    contested: bool
    values: tuple[Value, ...]
    left_out: int = 0  # values that are not shown
    relation: str = ""  # how its values stand to each other, one of `RELATIONS`

    @property
    def claims(self) -> int:
        return sum(len(value.given) for value in self.values)


def questions(facts: Facts, claims: Iterable[ox.NamedNode], *, most: int = MOST) -> list[Question]:
    """The properties on which claims give a value; those where they exclude each other first, and no more than so many.

    Of each the values that the most claims give, and of each value some claims, those that name a publisher first.
    """
    every = [given for claim in claims if (given := _given(facts, claim))]
    groups = sorted(_groups(every).items(), key=_key)
    found = _beside_wholes([_question(facts, iri, name, group) for (iri, name), group in groups])
    related = (replace(question, relation=_relation(question)) for question in found)
    ordered = sorted(related, key=lambda question: (_ORDER[question.relation], -len(question.values)))
    return [_shown(facts, question) for question in ordered[:most]]


def by_relation(found: Iterable[Question]) -> list[tuple[str, list[Question]]]:
    """Questions that are in the order of `questions`, by how their values stand to each other."""
    return [(relation, list(group)) for relation, group in groupby(found, key=lambda one: one.relation)]


def of_place(facts: Facts, place: ox.NamedNode, *, most: int = MOST) -> list[Question]:
    """The questions on a place and on its events."""
    return questions(facts, facts.ordered(_of(facts, place)), most=most)


def contested_places(facts: Facts, most: int) -> Iterator[tuple[Thing, list[Question]]]:
    """The places of so many contested events and places, with what sources differ on, the most questions first."""
    found: dict[Thing, list[Question]] = {}
    for subject in facts.graph.subjects(KG.contested)[:most]:
        thing = facts.thing(subject.value)
        place = thing if thing.path.startswith("place/") else facts.one(subject, SEM.hasPlace)
        of_it = [KG.figureOf, SEM.hasPlace] if thing == place else [KG.about]
        claims = facts.ordered(claim for predicate in of_it for claim in _stating(facts, predicate, subject))
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
        claims = facts.ordered(_varied(facts, ox.NamedNode(place.iri)))
        for relation, group in by_relation(questions(facts, claims)):
            if relation in found:
                found[relation].append((place, group))
    return found


def _given(facts: Facts, claim: ox.NamedNode) -> Given | None:
    """What a claim gives to compare; None where that is nothing."""
    values = facts.compared(claim)
    if not values:
        return None
    graph = facts.graph
    document = graph.one(claim, DCTERMS.source)
    place = graph.one(claim, SEM.hasPlace) or graph.one(claim, KG.figureOf)
    return Given(claim, values, document, graph.one(claim, KG.about), place, facts.publisher(document))


def _groups(every: Iterable[Given]) -> dict[tuple[str, str], list[Given]]:
    """Claims by what they can agree or differ on: an area belongs to a place, all else to an event."""
    groups: dict[tuple[str, str], list[Given]] = {}
    for one in every:
        for name in one.values:
            if subject := one.place if PROPERTY[name].scope == "place" or not one.event else one.event:
                groups.setdefault((subject, name), []).append(one)
    return groups


def _key(entry: tuple[tuple[str, str], list[Given]]) -> tuple[str, int]:
    (subject, name), _ = entry
    return subject, PROPERTIES.index(name)


def _question(facts: Facts, subject: str, name: str, group: Sequence[Given]) -> Question:
    contested = _TERMS[name] in facts.graph.nodes(ox.NamedNode(subject), KG.contested)
    by_value: dict[str, list[Given]] = {}
    for one in group:
        for value in one.values[name]:
            by_value.setdefault(value, []).append(one)
    vague = _vague(by_value) if name == "date" else frozenset()
    values = [_value(facts, name, value, given, vague) for value, given in sorted(by_value.items())]
    return Question(Thing(subject, ""), name, contested, tuple(sorted(values, key=lambda one: one.note)))


def _relation(question: Question) -> str:
    if question.contested:
        return "contradictory"
    if len(question.values) < 2:
        return ""
    if any(value.note == WHOLE for value in question.values):
        return "part and whole"
    if question.name != "actor":
        return "in one text" if _told_apart(question) else "less precise"
    kinds = {value.thing.kind.replace(" ", "-") for value in question.values if value.thing}
    return "organ" if kinds & ORGANS and kinds - ORGANS == {"state"} else "part and whole"


def _told_apart(question: Question) -> bool:
    """Whether one document gives numbers that are too far apart for one to be the other less precisely."""
    by_document: dict[str, list[float]] = {}
    for value in question.values if question.name != "date" else ():
        for one in value.given:
            by_document.setdefault(one.document, []).append(value.number)
    return any(max(numbers) > _FAR * min(numbers) for numbers in by_document.values())


def _shown(facts: Facts, question: Question) -> Question:
    """A question with its name, its values that the most claims give, and the cards of some of these."""
    told = sorted(question.values, key=lambda value: -len(value.given))[:MOST_VALUES]
    values = tuple(
        replace(value, claims=tuple(facts.claim(one.claim) for one in value.given[:MOST_TOLD]))
        for value in question.values
        if value in told
    )
    left_out = len(question.values) - len(values)
    return replace(question, subject=facts.thing(question.subject.iri), values=values, left_out=left_out)


def _beside_wholes(found: Sequence[Question]) -> Iterator[Question]:
    """The questions; the area of a part has what is stated for the whole of its place beside it."""
    wholes = {one.subject.iri: one.values for one in found if one.name == "area"}
    for question in found:
        whole = wholes.get(question.values[0].given[0].place, ()) if question.name == "part" else ()
        yield replace(question, values=question.values + tuple(replace(one, note=WHOLE) for one in whole))


def _vague(dates: Iterable[str]) -> frozenset[str]:
    """The dates that allow all that another does, and more."""
    extents = {value: found.extent for value in dates if (found := moment(value))}
    return frozenset(
        value
        for value, (first, last) in extents.items()
        if any((first, last) != other and first <= other[0] and other[1] <= last for other in extents.values())
    )


def _value(facts: Facts, name: str, value: str, group: Iterable[Given], vague: frozenset[str]) -> Value:
    given = tuple(sorted(group, key=lambda one: (not one.publisher, one.publisher)))  # those that name one first
    if name == "actor":
        actor = facts.thing(value)
        return Value(actor.name, actor, given)
    words = date_words(value) if name == "date" else number_words(value, PROPERTY[name].shown)
    number = 0.0 if name == "date" else float(value)
    return Value(words, None, given, VAGUE if value in vague else "", number)
