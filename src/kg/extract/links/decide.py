"""One entry for a name, or none: the best supported of those that nothing speaks against."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kg.extract import words
from kg.extract.found import Found, Reason
from kg.extract.lexicon import is_common, word
from kg.extract.links.evidence import Story, Weighing, called, story, total
from kg.extract.links.relations import PROVINCES, Located, relations
from kg.extract.reading import Reading, Sentence
from kg.gazetteer import Entry, Gazetteer, Name
from kg.gazetteer.lookup import AREA_HINTS, SETTLEMENTS
from kg.text.folding import fold
from kg.text.tokens import Token

FORE, TOWN = 4, 10_000
"""A town with so many times more people is meant rather than a namesake near it; a village never of itself."""


@dataclass(frozen=True, slots=True)
class Link:
    """The entry that a name means, None where it is open, with the reasons for and against each candidate."""

    entry: Entry | None
    reasons: tuple[tuple[str, Reason], ...] = ()


def link(reading: Reading, found: Sequence[Sequence[Found]]) -> frozenset[str]:
    """Give each place name its entry, or none; give back the countries that the document is about.

    A word that a town's name is too has candidates from here on where the text says where it lies.
    """
    _mark_kinds(reading, found)
    located = relations(reading, found)
    for place in located:
        _recall(reading, place)
    about = story(reading, found)
    _recall_words(reading, found, about)
    weighing = Weighing(reading.gazetteer, about)
    lies: dict[str, dict[tuple[str, str], Located]] = {}
    holds: dict[str, dict[str, Located]] = {}
    for place in located:
        inner_name, outer_name = fold(place.one.text), fold(place.anchor.text)
        lies.setdefault(inner_name, {})[place.relation, outer_name] = place
        holds.setdefault(outer_name, {})[inner_name] = place
    for name, ones in _by_name(found):
        entries = dict.fromkeys(each.entry for one in ones for each in one.candidates if each.entry.kind == "place")
        inner, outer = holds.get(name, {}).values(), lies.get(name, {}).values()
        weighed = {entry: weighing.reasons(entry, ones, outer, inner) for entry in entries}
        for one in ones:
            chosen = decide(reading, one, weighed, about)
            one.why = chosen.reasons
            one.entity = chosen.entry.entity() if chosen.entry else None
    return about.countries


def decide(reading: Reading, one: Found, weighed: dict[Entry, list[Reason]], about: Story) -> Link:
    """What one mention means, by the reasons that all mentions of its name give, and by the word beside it."""
    places = [name for name in one.candidates if name.entry.kind == "place"]
    weighed = {**weighed, **_called(one, places, weighed)}
    typed = AREA_HINTS.intersection((one.hint, one.text.rpartition(" ")[2].lower()))
    bare = not typed and not any(name.entry.type in SETTLEMENTS for name in places)
    fit = [name for name in places if not (bare and _is_called_after_town(reading.gazetteer, name.entry))]
    left = _foremost([name for name in fit if total(weighed[name.entry]) >= 0], TOWN)
    supported = _foremost([name for name in fit if total(weighed[name.entry]) > 0], 1)
    resolve = reading.gazetteer.resolve
    meant: Name | None = None
    hints = (one.hint, "") if one.hint in AREA_HINTS else (one.hint,)  # a district may be known by its town
    for hint, candidates, countries in product(hints, (supported, left), (about.named, about.countries)):
        meant = meant or resolve(candidates, countries=countries, hint=hint)
    reasons = tuple((name.entry.key, reason) for name in places for reason in weighed[name.entry])
    return Link(meant.entry if meant else None, reasons)


def _is_called_after_town(gazetteer: Gazetteer, entry: Entry) -> bool:
    """``Deir Ezzor``, ``Sverdlovsk``: an area whose bare name means its town, though under another spelling or name."""
    bare, _, last = fold(entry.name).rpartition(" ")
    towns = (town.entry for town in gazetteer.lookup(bare)) if last in AREA_HINTS and not entry.curated else ()
    seat = any(town.type in SETTLEMENTS and town.country == entry.country for town in towns)
    return seat or entry.type == "administrative-region"


def _called(one: Found, places: Sequence[Name], weighed: dict[Entry, list[Reason]]) -> dict[Entry, list[Reason]]:
    """The areas that the word beside this mention calls so: ``the Kyiv region``, where ``Kyiv`` alone is the city."""
    areas = (name.entry for name in places if one.hint in AREA_HINTS and name.entry.type == one.hint)
    directed = fold(one.text).split()[0] in words.DIRECTIONS
    return {} if directed else {area: [*dict.fromkeys((*weighed[area], called(area)))] for area in areas}


def _foremost(names: list[Name], least: int) -> list[Name]:
    """Without the far smaller namesakes, in the same country, of a town of at least so many people."""
    return [
        name
        for name in names
        if name.entry.curated
        or not any(
            other.entry.population > max(least, FORE * name.entry.population)
            and other.entry.country == name.entry.country
            and {other.entry.type, name.entry.type} <= SETTLEMENTS
            for other in names
        )
    ]


WITH_ARTICLE = frozenset("congo gambia lebanon sudan ukraine yemen".split())
"""Countries that have an article in English, or had one."""


def _mark_kinds(reading: Reading, found: Sequence[Sequence[Found]]) -> None:
    """What a name that two kinds of places share is, by the words around it: a river, or a state of a union."""
    for sentence, names in zip(reading.sentences, found, strict=True):
        for one in names:
            types = {name.entry.type for name in one.candidates} if one.kind == "place" else set()
            if one.hint in ("", "area") and "river" in types and _is_articled(reading.tokens, sentence, one):
                one.hint = "river"  # also "the bank of the Jordan"
            elif not one.hint and {"country", "state"} <= types:
                if _has_office(reading.tokens, sentence, one) or _holds_towns(reading, found, one):
                    one.hint = "state"


def _holds_towns(reading: Reading, found: Sequence[Sequence[Found]], one: Found) -> bool:
    """``Georgia``, where the text names towns of the state and none of the country."""
    inside: Counter[str] = Counter()
    for other in (other for names in found for other in names):
        entry = other.candidates[0].entry if other.kind == "place" and other.candidates else None
        if entry is not None and entry.type in SETTLEMENTS:
            inside.update(reading.gazetteer.containers(entry.key)[1:])
    countries, states = (
        [name.entry.key for name in one.candidates if name.entry.type == kind] for kind in ("country", "state")
    )
    return any(inside[key] for key in states) and not any(inside[key] for key in countries)


def _is_articled(tokens: Sequence[Token], sentence: Sentence, one: Found) -> bool:
    """``the Niger overflowed``: an article before a name, and no noun after it."""
    if one.first == sentence.first or tokens[one.last - 1].possessive or one.text.lower() in WITH_ARTICLE:
        return False
    following = tokens[one.last] if one.last < sentence.last else None
    free = following is None or following.kind == "p" or not _may_be_noun(following.low)
    return tokens[one.first - 1].low == "the" and free


_STATE_OFFICES = frozenset("congressman congresswoman governor lieutenant-governor senator senators sheriff".split())


def _has_office(tokens: Sequence[Token], sentence: Sentence, one: Found) -> bool:
    """``the senator from Georgia``, ``Governor Ray Coleman of Georgia``, ``Georgia's governor``."""
    lead = tokens[max(sentence.first, one.first - 5) : one.first]
    held = bool(lead) and lead[-1].low in ("from", "of") and any(token.low in _STATE_OFFICES for token in lead)
    return held or (one.last < sentence.last and tokens[one.last].low in _STATE_OFFICES)


def _may_be_noun(low: str) -> bool:
    known = word(low)
    return known.noun and not known.closed and known.form not in ("past", "past or participle", "participle")


def _recall(reading: Reading, place: Located) -> None:
    """``Split in Croatia``: a word that is also a town's name is that name where the text says where it lies."""
    one, anchor = place.one, place.anchor
    if place.relation == "in" and anchor.kind == "name" and not one.initial:
        provinces = tuple(name for name in _known(reading, anchor) if name.entry.type in PROVINCES)
        anchor.candidates = anchor.candidates or provinces
        anchor.kind = "place" if anchor.candidates else anchor.kind
    if one.kind == "place":
        one.located |= place.relation in ("in", "near")
    elif one.kind == "name" and place.relation != "beside" and (known := _known(reading, one)):
        weighing = Weighing(reading.gazetteer, story(reading, ()))
        kept = [name for name in known if total(weighing.reasons(name.entry, [one], [place])) > 0]
        if place.relation == "among":
            kept = [*known] if anchor.kind == "place" and reading.tokens[one.first - 1].low in ("from", "to") else []
        if kept or (place.relation == "near" and not one.initial):
            one.candidates, one.kind, one.located = tuple(kept or known), "place", place.relation != "among"


def _recall_words(reading: Reading, found: Sequence[Sequence[Found]], about: Story) -> None:
    """``taken to Reading``: a word that is a town's name is it after a preposition, where its country is spoken of."""
    for one in (one for names in found for one in names if one.kind == "name" and one.words == 1 and not one.initial):
        before, low = reading.tokens[one.first - 1].low, reading.tokens[one.first].low
        if is_common(low) and before in _LEADS:
            towns = tuple(name for name in _known(reading, one) if name.entry.country in about.countries)
            one.candidates, one.kind = (towns, "place") if towns else (one.candidates, one.kind)


_LEADS = words.PLACE_PREPOSITIONS | {"to", "from"}


def _known(reading: Reading, one: Found) -> tuple[Name, ...]:
    """The places that have a name, those included whose name plain text uses for something else."""
    named = reading.gazetteer.lookup(one.text)
    return tuple(name for name in named if name.kind == "name" and name.entry.kind == "place")


def _by_name(found: Sequence[Sequence[Found]]) -> Iterator[tuple[str, list[Found]]]:
    names: dict[str, list[Found]] = {}
    for one in (one for group in found for one in group if one.kind == "place" and one.candidates):
        names.setdefault(fold(one.text), []).append(one)
    yield from names.items()
