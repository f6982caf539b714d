"""What a text says for and against an entry: each reason with its weight; below zero nothing is linked."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from kg.extract import words
from kg.extract.found import Found, Reason
from kg.extract.frames import tells
from kg.extract.links.relations import PROVINCES, Located
from kg.extract.reading import Reading
from kg.gazetteer import Entry, Gazetteer
from kg.gazetteer.lookup import AREA_HINTS, COUNTRIES, NATURE, SETTLEMENTS
from kg.text.folding import fold

_TOWNS = SETTLEMENTS - {"quarter"}
AGAINST, DOUBT, FOR = -10, -1, 2
LARGE, METROPOLIS, VILLAGE, FAMOUS = 100_000, 500_000, 20_000, 1_000_000
"""People: of a city that is known abroad, of one that is known by an old name, of no village, of one for all texts."""
WITHIN_KM, NEAR_KM, FAR_KM = 80, 150, 1500
_OF_STATES = frozenset("state armed-forces government ministry".split())
_VILLAGES = frozenset({"village", "farm"})


@dataclass(frozen=True, slots=True)
class Story:
    """What the document speaks of: countries by name, and where the places lie that only one country has.

    ``setting`` are those in which it says that something is or happens: whose army acts says little of where.
    """

    named: frozenset[str]
    nearby: frozenset[str]
    setting: frozenset[str]
    places: tuple[tuple[str, Entry], ...]
    contested: frozenset[str]

    @property
    def countries(self) -> frozenset[str]:
        return self.named | self.nearby

    def is_lone(self, entry: Entry, text: str) -> bool:
        """Whether nothing but this name speaks of the country of the entry."""
        return entry.country not in {*self.named, *(other.country for name, other in self.places if name != fold(text))}

    def is_far(self, entry: Entry, text: str) -> bool:
        """Whether a place changes hands far from all others of the text, in a country that only its name speaks of."""
        others = [other for name, other in self.places if name != fold(text) and other.type != "capital"]
        apart = [km for other in others if (km := distance(entry, other)) is not None]
        return fold(text) in self.contested and min(apart, default=0) > FAR_KM and self.is_lone(entry, text)


def story(reading: Reading, found: Sequence[Sequence[Found]]) -> Story:
    """The countries that the document names, and those of a well-known place or of two small ones in it."""
    gazetteer, named, setting = reading.gazetteer, set(), set()
    small: dict[str, set[str]] = {}
    places: dict[tuple[str, Entry], None] = {}
    for one in (one for names in found for one in names):
        first = one.candidates[0].entry if one.candidates else gazetteer.entry((one.entity and one.entity.key) or "")
        if first is None or not first.country or one.hint in _VILLAGES:
            continue
        if first.kind == "organization":
            places[fold(one.text), first] = None
        if first.type == "armed-group":
            small.setdefault(first.country, set()).update((first.name, "known"))
        led = one.kind == "place" and one.first and reading.tokens[one.first - 1].low in _SETTING
        if first.type in COUNTRIES or first.type in _OF_STATES:
            named.add(first.country)
            setting.update([first.country] * bool(led))
        elif first.kind == "place" and len({name.entry.country for name in one.candidates}) == 1:
            if gazetteer.calls(first.key, one.text):
                places.update({(fold(one.text), first): None} if not (one.located or _is_venue(reading, one)) else {})
                small.setdefault(first.country, set()).update({fold(one.text), *(["known"] * _is_known(first))})
                setting.update([first.country] * bool(led and _is_known(first)))
    nearby = frozenset(country for country, names in small.items() if len(names) > 1)
    return Story(frozenset(named), nearby, frozenset(setting), tuple(places), _contested(reading, found))


def _contested(reading: Reading, found: Sequence[Sequence[Found]]) -> frozenset[str]:
    """The names in sentences that tell of a change of control, but for those in which something goes on."""
    names = set()
    for sentence, group in zip(reading.sentences, found, strict=False):
        if group and any(map(tells, sentence.lows)):
            names |= {fold(one.text) for one in group if one.kind == "place" and not _is_venue(reading, one)}
    return frozenset(names)


def _is_venue(reading: Reading, one: Found) -> bool:
    return one.first > 0 and reading.tokens[one.first - 1].low in _VENUES


_SETTING = words.PLACE_PREPOSITIONS | words.DIRECTIONS | frozenset("across from over throughout through within".split())
_VENUES = frozenset(("at", "in"))  # talks are held anywhere


def _is_known(entry: Entry) -> bool:
    return entry.curated or entry.population >= LARGE


class Weighing:
    """Weighs entries for the names of one document."""

    def __init__(self, gazetteer: Gazetteer, about: Story) -> None:
        self._gazetteer, self._about = gazetteer, about

    def reasons(
        self, entry: Entry, ones: Sequence[Found], located: Iterable[Located], holds: Iterable[Located] = ()
    ) -> list[Reason]:
        """All reasons for and against an entry that every one of these mentions is to mean.

        ``located`` says where these lie, ``holds`` what lies in them.
        """
        found = [*self._holding(entry, holds)]
        if entry.type in COUNTRIES:
            return [*found, *self._not_the_country(entry, located, holds)]
        found += [reason for place in located if (reason := self._located(entry, place)) is not None]
        found += self._called(entry, ones)
        found += self._abroad(entry, ones[0].text, supported=any(reason.weight > 0 for reason in found))
        return list(dict.fromkeys(found))

    def _holding(self, entry: Entry, holds: Iterable[Located]) -> list[Reason]:
        """``Atlanta, Georgia``: the one of two Georgias in which the text's Atlanta lies."""
        for place in holds:
            for inner in self._entries(place.one) if place.relation == "in" else ():
                if inner.key != entry.key and entry.key in self._gazetteer.containers(inner.key):
                    return [Reason(FOR, f"it holds {place.one.text}, as the text says")]
        return []

    def _not_the_country(self, entry: Entry, located: Iterable[Located], holds: Iterable[Located]) -> Iterator[Reason]:
        """``Lebanon, New Hampshire``; ``Rome, Georgia``: what has a country's name, and lies or holds otherwise."""
        for place in located:
            outer = self._entries(place.anchor) if place.relation == "in" else []
            if outer and all(one.type in PROVINCES and one.country != entry.country for one in outer):
                yield Reason(AGAINST, f"the text puts it in {place.anchor.text}, which is no part of it")
        for place in holds:
            shared = any(name.entry.type in PROVINCES for name in place.anchor.candidates)
            inner = self._entries(place.one) if place.relation == "in" and shared else []
            if inner and not any(one.country in (entry.country, "") for one in inner):
                yield Reason(AGAINST, f"the text puts {place.one.text} in it, which it does not hold")

    def _called(self, entry: Entry, ones: Sequence[Found]) -> Iterator[Reason]:
        hints = {one.hint for one in ones}
        large = entry.population >= VILLAGE or (entry.curated and entry.type == "city")
        abroad = self._about.countries and entry.country not in self._about.countries
        if large and not hints.isdisjoint(_VILLAGES):
            yield Reason(AGAINST, "the text calls it a village, and the entry is a city")
        elif entry.population >= FAMOUS and "town" in hints and self._about.is_lone(entry, ones[0].text):
            yield Reason(AGAINST, "the text calls it a town, and the entry is a city of a million people")
        elif abroad and entry.population >= LARGE and "town" in hints:
            yield Reason(AGAINST, "the text calls it a town, and the entry is a city of another country")
        if entry.type == ones[0].text.rpartition(" ")[2].lower() and entry.type in AREA_HINTS:
            if fold(ones[0].text).split()[0] not in words.DIRECTIONS:
                yield called(entry)

    def _abroad(self, entry: Entry, text: str, *, supported: bool) -> Iterator[Reason]:
        """What is too little known to be meant in a text that speaks of other countries, or by another name."""
        if entry.curated:
            return
        spoken_of = entry.country in self._about.countries
        if entry.type in SETTLEMENTS and not self._gazetteer.calls(entry.key, text):
            if not (spoken_of and entry.population >= METROPOLIS):
                yield Reason(AGAINST, "an old or foreign name of a city that the text need not mean")
        famous = entry.population >= FAMOUS or (entry.type == "capital" and fold(entry.name) == fold(text))
        alike = [name.entry for name in self._gazetteer.lookup(text) if name.entry.country == entry.country]
        if not supported and not famous and any(self._about.is_far(one, text) for one in alike):
            yield Reason(AGAINST, "far from where the other places of the text lie")
        if supported or spoken_of or not self._about.countries:
            return
        if entry.type in SETTLEMENTS and entry.population < LARGE and self._about.setting:
            yield Reason(AGAINST, "a small place in a country that the text does not speak of")
        elif not any(entry.type in types for types in (SETTLEMENTS, PROVINCES, NATURE)):
            yield Reason(AGAINST, "a small division of a country that the text does not speak of")
        elif fold(entry.name) != fold(text) and entry.population:
            yield Reason(AGAINST, "another name of a city in a country that the text does not speak of")

    def _located(self, entry: Entry, place: Located) -> Reason | None:
        if place.relation == "among":
            beside = {one.country for one in self._entries(place.anchor)}
            alike = beside == {entry.country} or (entry.curated and entry.type in SETTLEMENTS and bool(beside))
            return Reason(1, f"it stands beside {place.anchor.text}") if alike else None
        outer = self._entries(place.anchor)
        if place.one.hint in AREA_HINTS and place.relation == "in" and entry.type in _TOWNS:
            if any(anchor.type in SETTLEMENTS for anchor in outer) and not place.anchor.hint:
                return Reason(AGAINST, f"the text calls it a part of {place.anchor.text}, and the entry is a town")
        verdicts = [self._lies(entry, anchor, place.relation) for anchor in outer]
        name = place.anchor.text
        if True in verdicts:
            return Reason(FOR, f"it lies as the text says: {place.relation} {name}")
        if False in verdicts and (entry.is_located or None not in verdicts or place.relation != "near"):
            if place.relation != "beside":
                return Reason(AGAINST, f"the text puts it {place.relation} {name}, where the entry is not")
            if entry.type in SETTLEMENTS and not entry.curated and entry.population < LARGE:
                return Reason(AGAINST, f"the text speaks of {name}, where the entry is not")
        return None

    def _entries(self, anchor: Found) -> list[Entry]:
        return [n.entry for n in anchor.candidates if n.entry.kind == "place" and n.entry.type not in NATURE]

    def _lies(self, entry: Entry, anchor: Entry, relation: str) -> bool | None:
        """Whether an entry lies in or near another; None where that is not known."""
        if anchor.key in self._gazetteer.containers(entry.key):
            return None if relation == "near" and anchor.type in COUNTRIES else True
        if entry.type in NATURE or (relation == "near" and anchor.type in COUNTRIES):
            return None  # a river lies in many places
        apart = distance(entry, anchor)
        if apart is not None:
            return apart <= (NEAR_KM if relation == "near" else WITHIN_KM)
        if anchor.country and entry.country and anchor.country != entry.country:
            return None if relation == "near" and (entry.curated or anchor.type not in SETTLEMENTS) else False
        return self._same_country(entry, anchor, relation)

    def _same_country(self, entry: Entry, anchor: Entry, relation: str) -> bool | None:
        if anchor.type in ("country-of-the-uk", *COUNTRIES):
            return anchor.country == entry.country
        divided = anchor.key.removeprefix("place/")[:3] == f"{entry.country}-" and anchor.country == entry.country
        located = any(key.startswith(f"place/{entry.country}-") for key in self._gazetteer.containers(entry.key))
        # Regions of a country that no code divides it by (Donbas) overlap those of which it consists.
        return False if divided and located and relation != "near" else None


def called(entry: Entry) -> Reason:
    """The word of its kind that stands beside one mention: it says nothing of what the bare name means elsewhere."""
    return Reason(1, f"the text calls it a {entry.type}")


def distance(one: Entry, other: Entry) -> float | None:
    """Kilometres between two entries; None where one has no coordinates."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    (north, east), (other_north, other_east) = (
        (radians(float(entry.latitude or 0)), radians(float(entry.longitude or 0))) for entry in (one, other)
    )
    half = sin((other_north - north) / 2) ** 2
    half += cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return 12742 * asin(sqrt(half))


def total(reasons: Collection[Reason]) -> int:
    return sum(reason.weight for reason in reasons)
