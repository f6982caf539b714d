"""Which places a phrase names: ``the town of X`` is X, ``X airport`` is a place of its own, soldiers are none."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.extract import words
from kg.extract.clauses import Clause, Member, Noun, Phrase, clauses_of
from kg.extract.clauses.discourse import COUNTS, Context, Discourse, is_site, stands_alone
from kg.extract.found import Found
from kg.extract.frames import OWNING
from kg.extract.lexicon import is_facility, listed
from kg.extract.links.relations import PROVINCES
from kg.extract.place_kinds import placeable
from kg.extract.places import Places
from kg.extract.reading import Reading
from kg.gazetteer.lookup import COUNTRIES, SETTLEMENTS
from kg.model import Entity
from kg.text.dates import Dated
from kg.text.quantities import Quantity

_DEFENCES = frozenset(("position", "positions", "defences", "defenses", "fortifications"))
_BUILT = frozenset(("bridge", "dam"))  # "the bridge at Ard" is not Ard
_TOWNS = frozenset(("town", "city"))
_QUARTERS = frozenset(("upper", "lower", "old", "inner"))
_SEATS = frozenset(("capital", "seat"))
_KINDS = frozenset((*words.PLACE_TYPES, *words.PLURAL_PLACE_TYPES))
_KNOWN = ("place", "name")
_WIDE = COUNTRIES | PROVINCES
_BESIDE = frozenset(
    ("at", "in", "above", "over", "below", "near", "outside", "beyond", "behind")
)  # "the mill at Ard" is not Ard


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a phrase names, with the date of its own and the extent that the phrase gives it."""

    entity: Entity
    date: Dated | None = None
    extent: Quantity | None = None
    anaphoric: bool = False


class Themes:
    """Finds the places of phrases, in the order of the text."""

    def __init__(self, reading: Reading, places: Places, discourse: Discourse) -> None:
        self.reading, self.places, self.discourse = reading, places, discourse

    def of(self, phrase: Phrase, clause: Clause, context: Context) -> list[Place]:
        """The places that a phrase names; each member has its own date, or that of the next one that has."""
        found: list[tuple[Place, Member]] = []
        for member in phrase.members:
            found += [(place, member) for place in self._member(member, clause, context)]
        dated: list[Place] = []
        date: Dated | None = None
        led = _led_by_dates(phrase, clause)
        for place, member in reversed(found):
            own = place.date or member.date or _dated_beside(member, clause)
            date = own or (date if id(member) not in led else None)
            dated.append(Place(place.entity, date or led.get(id(member)), place.extent, place.anaphoric))
        return dated[::-1]

    def _member(self, member: Member, clause: Clause, context: Context) -> Iterator[Place]:
        noun = member.noun
        if member.listed is not None:
            yield from self.of(member.listed, clause, context)
        elif noun.pronoun or noun.word in COUNTS:
            for entity in self.discourse.pronoun(noun, clause, context):
                yield Place(entity, anaphoric=True)
        elif noun.quantity is not None and noun.quantity.kind in ("area", "share"):
            yield from self._extent(member, clause, context)
        elif noun.name is not None:
            named = self._named(noun, self._first(noun))
            if named is not None:
                yield Place(named)
        else:
            yield from self._common(member, clause, context)

    def spoken_of(self, clause: Clause) -> tuple[Entity, str] | None:
        """The building or post that a clause is about, so that ``it`` may be: ``The mill at Ard gave trouble.``"""
        subject = clause.subject if clause.kind == "main" else None
        if subject is None or not is_facility(subject.head.word) or len(subject.members) > 1:
            return None
        places = self.of(subject, clause, Context())
        return (places[0].entity, subject.head.word) if len(places) == 1 and not places[0].anaphoric else None

    def _extent(self, member: Member, clause: Clause, context: Context) -> Iterator[Place]:
        """``20 percent of Azerbaijan``: the place, and how much of it."""
        if member.of is None:
            return
        for place in self.of(member.of, clause, context)[:1]:
            yield Place(place.entity, place.date, member.noun.quantity, place.anaphoric)

    def _first(self, noun: Noun) -> Found:
        """Of names in a row, ``San Vicente del Caguán``, the first: a place and what it is of."""
        assert noun.name is not None
        name, tokens = noun.name, self.reading.tokens
        for one in reversed(noun.names[:-1]):
            gap = [t.low for t in tokens[one.last : name.first]]
            if (
                one.kind != "place"
                or tokens[one.last - 1].possessive
                or any(low not in ("del", "de", "la") for low in gap)
            ):
                break
            name = one
        return name

    def _named(self, noun: Noun, name: Found) -> Entity | None:
        if name.kind not in _KNOWN or (name.kind == "name" and not placeable(self.reading, name)):
            return None
        if self.reading.tokens[name.last - 1].possessive and noun.determiner != OWNING:
            return None
        return self.places.of(name)

    def _common(self, member: Member, clause: Clause, context: Context) -> Iterator[Place]:
        """A common noun: a kind of place with its name, a part of a place, a building, or what was spoken of."""
        noun = member.noun
        if noun.word in listed("institution") and noun.last == noun.first + 1:
            return  # "took office in Kyiv", "left hospital in Goma"
        defended = noun.word in _DEFENCES or (noun.plural and noun.word in listed("part"))
        if defended and member.of is not None:
            yield from self._part(member.of, clause, context)  # "the last houses of Ard", "swathes of it"
        elif is_facility(noun.word) and noun.word not in listed("force") and (end := self._beside(member, clause)):
            yield Place(self.places.own(member, end))
        elif is_facility(noun.word) and noun.word not in _KINDS:
            yield from self._facility(member, clause, context)
        elif noun.word in _KINDS or noun.word in words.NAME_TYPES:
            yield from self._kind(member, clause, context)
        elif noun.word in listed("part") and member.of is not None:
            yield from self._part(member.of, clause, context)
        elif noun.word in ("place", "places", "locality", "former", "latter") and noun.determiner:
            yield from (Place(entity, anaphoric=True) for entity in self.discourse.definite(noun, clause, context))

    def _part(self, whole: Phrase, clause: Clause, context: Context) -> Iterator[Place]:
        """``parts of Ard``: the town, as where it is; of a country nobody knows by that which part."""
        yield from (place for place in self.of(whole, clause, context) if place.entity.type != "country")

    def _beside(self, member: Member, clause: Clause) -> int:
        """``the fort above Ard``: one past the last token of what it stands beside, 0 where nothing follows."""
        for adjunct in clause.adjuncts:
            beside = adjunct.phrase if adjunct.preposition in _BESIDE and adjunct.first == member.last else None
            post = member.noun.word in _KINDS and words.PLACE_TYPES.get(member.noun.word) not in _BUILT
            if post and adjunct.preposition in ("at", "in"):
                continue  # "the base at Elephant Pass"
            if beside is not None and self._names(beside):
                return beside.head.last
        return 0

    def _kind(self, member: Member, clause: Clause, context: Context) -> Iterator[Place]:
        noun = member.noun
        entity: Entity | None
        if noun.owner is not None and noun.word in _TOWNS and not noun.words.isdisjoint(_QUARTERS):
            entity = self.places.of(noun.owner) if noun.owner.kind == "place" else None
            if entity is not None and entity.type not in ("country", "state"):
                yield Place(entity)  # "Ard's upper town"
            return
        named = [one for one in noun.names if one is not noun.owner and one.kind in _KNOWN]
        if named and member.of is not None and _holds(noun, named[-1]) and self._is_town(member.of):
            named = []  # "the Karabakh town of Shusha"; not "Bucha town of Kyiv Region"
        if named and noun.determiner in ("a", "an"):
            return  # "a Red Sea town"
        if named and (entity := self._named(noun, named[-1])) is not None:
            yield Place(self.places.own(member) if is_site(noun) else entity)
            return
        posted = words.PLACE_TYPES.get(noun.word) in ("base", "camp")
        if member.of is not None and is_site(noun) and (self._known(member.of) or not posted):
            yield Place(self.places.own(member))
            return
        if member.of is not None and noun.word not in _SEATS and noun.determiner not in ("a", "an"):
            yield from self._part(member.of, clause, context) if noun.plural else self.of(member.of, clause, context)
            return
        besides = self._besides(member, clause)
        for other in besides:
            assert other.name is not None
            if (called := self._named(other, other.name)) is not None:
                yield Place(called)
        if not besides and member.of is not None and noun.word == "capital" and self._names(member.of):
            yield Place(self.places.own(member))  # "the capital of the Falkland Islands", whichever that is
        if not besides and member.of is None and not named:
            yield from (Place(entity, anaphoric=True) for entity in self.discourse.definite(noun, clause, context))

    def _besides(self, member: Member, clause: Clause) -> list[Noun]:
        """What a noun is called beside it: ``the capital, Damascus``, ``the base at Elephant Pass``."""
        besides = [a.noun for a in member.apposition if a.noun.name is not None]
        besides += self._named_by(member, clause)
        for adjunct in clause.adjuncts:
            if adjunct.preposition == "at" and adjunct.first == member.last and adjunct.phrase is not None:
                besides += [inner for inner in adjunct.phrase.nouns() if inner.name is not None]
        return besides

    def _named_by(self, member: Member, clause: Clause) -> Iterator[Noun]:
        """``the spur that maps call Point 472``, ``the height known as Hill 40``."""
        sentence = self.reading.sentence_at(self.reading.tokens[clause.first].start)
        for other in clauses_of(self.reading, sentence) if sentence is not None else ():
            about = other.antecedent is not None and other.antecedent.head is member.noun
            if about and other.verb is not None and other.verb.word in listed("naming"):
                called = [*other.prepositional("as"), *other.objects[-1:]]
                yield from (phrase.head for phrase in called if phrase.head.name is not None)

    def _known(self, phrase: Phrase) -> bool:
        name = phrase.head.name
        return name is not None and name.entity is not None and name.entity.key is not None

    def _is_town(self, phrase: Phrase) -> bool:
        name = phrase.head.name
        return name is not None and name.kind in _KNOWN and not (name.entity and name.entity.type in _WIDE)

    def _facility(self, member: Member, clause: Clause, context: Context) -> Iterator[Place]:
        """``Ard airport``, ``the fort above Ard``: itself; ``the fort`` the last place that it fits."""
        noun = member.noun
        named = [one for one in noun.names if one.kind in _KNOWN and one is not noun.owner]
        if named or member.of is not None:
            if any(self._placelike(one) for one in named) or self._is_of(member):
                yield Place(self.places.own(member))
            return
        besides = self._besides(member, clause)
        for other in besides:
            assert other.name is not None
            if (entity := self._named(other, other.name)) is not None:
                yield Place(entity)
        if not besides:
            there = "there" in clause.adverbs  # "the headquarters there was overrun"
            meant = self.discourse.zero(clause, context) if there else self.discourse.definite(noun, clause, context)
            own = [self.places.own(member)] if not meant and stands_alone(noun) else []
            yield from (Place(entity, anaphoric=True) for entity in meant or own)

    def _names(self, phrase: Phrase) -> bool:
        return any(one.kind in _KNOWN for noun in phrase.nouns() for one in noun.names)

    def _is_of(self, member: Member) -> bool:
        """``the mill of Ard``, ``the headquarters of the Command``: of a place, or of a body whose seat it is."""
        named = [one.kind for noun in member.of.nouns() for one in noun.names] if member.of is not None else []
        body = member.noun.determiner == "the" and "organization" in named
        return body or any(kind in _KNOWN for kind in named)

    def _placelike(self, one: Found) -> bool:
        return one.kind == "place" or (one.kind == "name" and placeable(self.reading, one))


def _holds(noun: Noun, name: Found) -> bool:
    """Whether a name before a kind of place is of what holds it: ``the Donetsk town``, ``the Helmand district``."""
    wide = name.entity is not None and name.entity.type in _WIDE
    return bool(noun.determiner) and (wide or words.PLACE_TYPES.get(noun.word) in SETTLEMENTS)


def _dated_beside(member: Member, clause: Clause) -> Dated | None:
    """``the post at Ard (13 April)``: the date in the bracket after what a member stands beside."""
    beside = (a.phrase for a in clause.adjuncts if a.preposition in _BESIDE and a.first == member.last)
    return next((phrase.members[-1].date for phrase in beside if phrase is not None), None)


def _led_by_dates(phrase: Phrase, clause: Clause) -> dict[int, Dated]:
    """``took A on 3 May and, on the following day, B and C``: the second leads the rest."""
    led: dict[int, Dated] = {}
    date: Dated | None = None
    for before, member in pairwise(phrase.members):
        between = [a.date for a in clause.dates() if before.noun.first < a.first < member.noun.first]
        date = between[-1] if len(between) > 1 else date
        if date is not None:
            led[id(member)] = date
    return led
