"""What a quantity is of: the phrase that its syntax makes it a measure of, or nothing.

The ways are tried in order, each a question about the chunks around the quantity: does it stand before a noun, does
"of" follow, does it follow an attribute ("an area of"), a bracket, a comma, a verb of measure? An actor is never
what it holds: ``Armenia controlled 14,000 square kilometres`` is no area of Armenia.
"""

import re
from collections.abc import Callable

from kg.extract.clauses import Noun, Verb
from kg.extract.lexicon import listed, word
from kg.extract.measures.beside import (
    DIMENSIONS,
    EXTENDING,
    again,
    apposed,
    coordinated,
    labelled,
    located,
    noun_before,
)
from kg.extract.measures.position import ATTRIBUTES, FAR, ROUGHLY, Place
from kg.extract.measures.predicates import (
    MEASURING,
    among_had,
    answered,
    at_measure,
    dimension,
    held,
    inverted,
    noted,
    predicate,
    situated,
    subject_of_verb,
    where,
)
from kg.extract.measures.spoken import Subject

_RESTATED = re.compile(
    r",?\s*(?:or|that is|i\.e\.|,)?\s*(?:about|some|roughly|nearly|almost|around|over|just|under|ca\.)?\s*"
)
_UNITS_OR_JOURNEYS = frozenset(
    """
    km kms kilometres kilometers miles mi m metres meters ha hectares acres dunums feet
    march drive walk flight ride hours hour minutes days
    """.split()
)


def subject_of(place: Place) -> Subject:
    """What a quantity is of."""
    if place.index < 0:
        return Subject()
    for way in WAYS:
        found = way(place)
        if found is not None:
            return found
    return Subject()


# Within and after the noun phrase


def _premodified(place: Place) -> Subject | None:
    """``the 75-km-long zone``, ``a 311 km border``: the head of its noun phrase."""
    noun = place.noun(place.index)
    if noun is None or place.quantity.kind == "count" or noun.adjective:
        return None
    if noun.head < place.last:  # "the 150-kilometre-long Lachin corridor"
        follows = noun.determiner and place.noun(place.index + 1) is not None and place.is_distance
        return place.namer.at(place.sentence, place.index + 1) if follows else None
    words = place.lows(place.last, noun.head + 1)
    if noun.word in EXTENDING or not words:
        return None
    if noun.name is not None:
        return place.namer.found(noun.name)
    return place.namer.words(max(place.last, _past_dimension(place, noun)), noun.head + 1) or None


def _past_dimension(place: Place, noun: Noun) -> int:
    """``1,000-metre-high dam``: past the words that say what is measured."""
    first = place.last
    while first < noun.head and (
        place.reading.tokens[first].low in DIMENSIONS or place.reading.tokens[first].text == "-"
    ):
        first += 1
    return first


def _of_what(place: Place) -> Subject | None:
    """``20 percent of the country``, ``75 km of border``; a distance "within 40 km of" has a landmark there."""
    index = place.index + 1
    while place.word(index) in ("”", '"', "»"):
        index += 1  # "“not more than 30 per cent” of it"
    if place.word(index) in ("that", "which") and place.lead(index + 1) in ("make", "makes", "made", "form"):
        up = index + 2 + (place.noun(index + 2) is None)  # "that make up the district"
        return place.namer.phrase(place.sentence, up, place.quantity) if place.noun(up) is not None else None
    if place.word(index) != "of" or place.noun(index + 1) is None or not _is_head(place):
        return None
    if place.is_distance and _within(place):
        return None
    noun = place.noun(index + 1)
    aside = place.word(place.left if place.left < place.index else place.index - 1) in (",", ":", "–", "—")
    named = noun_before(place, place.index - 1) if aside else None
    mass = noun is not None and not (noun.determiner or noun.names or noun.pronoun or noun.plural)
    if aside and named is not None and noun is not None and (mass or noun.word in ("it", "them")):
        return place.namer.at(place.sentence, named)  # "the valley, all 61 sq km of it", "Taba, 1,020 metres of beach"
    if noun is not None and noun.word in ("it", "them"):
        before = place.namer.previous(place.sentence, place.quantity)
        if before is not None and before[1].known:
            return before[1]  # "held 70 percent of northern Mali, and hold 30 percent of it"
    if noun is not None and not (noun.determiner or noun.names or noun.pronoun) and place.quantity.kind == "area":
        covered = predicate(place)
        if covered is not None and covered.known:
            return covered  # "covers 266,000 square kilometres of desert"
    return place.namer.phrase(place.sentence, index + 1, place.quantity)


def _of_which(place: Place) -> Subject | None:
    """``the Ogaden, of which they claim to hold 90 percent``: what stands before "of which"."""
    if place.quantity.kind == "distance":
        return None
    for index in range(place.index - 1, max(1, place.index - FAR), -1):
        if place.word(index) in _ENDS:
            return None
        if place.word(index) in ("which", "whose") and place.word(index - 1) == "of":
            before = noun_before(place, index - 1)
            noun = place.noun(before) if before is not None else None
            if before is None or noun is None or noun.quantity is not None:
                return None
            return place.namer.at(place.sentence, before)
    return None


_ENDS = frozenset(",;:.(")


def _fronted(place: Place) -> Subject | None:
    """``Of the whole province the governor controls 72 percent``; ``How much of it they hold``."""
    if place.quantity.kind != "share" or place.word(0) != "of" or place.noun(1) is None or place.index < 3:
        return None
    return place.namer.phrase(place.sentence, 1, place.quantity)


def _is_head(place: Place) -> bool:
    """Whether nothing of its noun phrase follows the quantity: not in "25 km west of"."""
    return place.chunk.last <= max(place.last, place.chunk.first + 1) or place.quantity.kind == "count"


def _within(place: Place) -> bool:
    before = place.lows(max(place.sentence.first, place.first - 3), place.first)
    return "within" in before or "inside" in before


def _owned(place: Place) -> Subject | None:
    """``the delta's 905 sq km``, ``its 44 hamlets``."""
    noun = place.noun(place.index)
    if noun is None or (noun.owner is not None and noun.owner.last > place.first):
        return None
    return place.namer.owner(place.sentence, noun)


def _postmodifier(place: Place) -> Subject | None:
    """``a buffer zone 75 km long``: the noun before it in its own phrase."""
    noun = place.noun(place.index)
    if noun is None or place.quantity.kind == "count" or place.left != place.index:
        return None
    words = place.lows(noun.first, place.first)
    while words and words[-1] in ROUGHLY:
        words.pop()
    if not words or words[-1] in ATTRIBUTES or words[-1] in listed("time"):
        return None
    if all(word(low).closed or not word(low).noun for low in words) or (len(words) == 1 and word(words[0]).lemma):
        return None  # "a mere 3 km wide", "maps show as much as 18,500 km²": no noun
    return place.namer.behind(place.index) or place.namer.words(noun.first, noun.first + len(words)) or None


def _attribute(place: Place) -> Subject | None:
    """``an area of 1,835 sq km``, ``a strip of about 470 square kilometres``: the strip, or what has the area."""
    index = place.left - 1
    outer = place.noun(index - 2) if place.word(index - 1) == "of" else None
    if outer is not None and outer.determiner in ("a", "an"):
        index -= 2  # "Zangilan, a district of Azerbaijan of 707 sq km"
    if place.word(place.left) != "of" or (noun := place.noun(index)) is None:
        return None
    if noun.quantity is not None or noun.number or noun.pronoun:
        return None
    described = place.namer.behind(index)  # "the Golan Heights, an area of 235 sq km"
    if described is not None and noun.determiner in ("a", "an"):
        return described
    if noun.word not in ATTRIBUTES:
        return None if noun.word in place.namer.hold_nouns else place.namer.at(place.sentence, index)
    return _having(place, noun, index)


def _having(place: Place, noun: Noun, index: int) -> Subject | None:
    """What has an attribute: its owner, what "with" joins it to, the subject of "has"; of "a further area" nobody."""
    if noun.owner is not None:
        return place.namer.found(noun.owner)
    if place.word(place.index + 1) in ("of", "in") and place.noun(place.index + 2) is not None:
        return place.namer.phrase(place.sentence, place.index + 2, place.quantity)
    opened = index - 1
    while (
        place.word(opened) == "and"
        and (other := place.noun(opened - 1)) is not None
        and (other.quantity or other.number)
    ):
        opened -= 2  # "Ard, with 74,000 inhabitants and an area of"
    if place.word(opened) == "with":
        before = noun_before(place, opened)
        if before is not None:
            return place.namer.at(place.sentence, before)
        after = next((i for i in range(place.index + 1, place.index + FAR) if place.word(i) == ","), None)
        if after is not None and place.noun(after + 1) is not None:
            return place.namer.at(place.sentence, after + 1)
    if noun.determiner in ("its", "their") or noun.first == place.sentence.first:
        return place.namer.spoken_of(place.sentence, place.quantity)
    verb = place.at(index - 1)
    if isinstance(verb, Verb) and verb.word in MEASURING:
        return subject_of_verb(place, verb, index - 1)
    return Subject()


# Beside it


def _bracketed(place: Place) -> Subject | None:
    """``Mount Ard (1,902 m)``; what stands in a bracket after a measure is of the same thing as that."""
    if place.moved or place.word(place.left) not in ("(", "["):
        return None
    before = noun_before(place, place.left)
    noun = place.noun(before) if before is not None else None
    if before is None or noun is None:
        return None
    if noun.time or noun.quantity is not None or not noun.words.isdisjoint(_UNITS_OR_JOURNEYS):
        if noun.name is not None or noun.names:
            return place.namer.found(noun.names[-1])
        return subject_of(_moved(place, before))
    if place.is_distance and place.word(before - 1) == "by" and not (noun.determiner or noun.names):
        journey = place.noun(before - 2)  # "half a day by mule (105 km)": the mule is nobody
        return subject_of(_moved(place, before - 2)) if journey is not None and journey.time else Subject()
    return place.namer.at(place.sentence, before)


def _moved(place: Place, index: int) -> Place:
    """The quantity as if it stood in an earlier chunk of its sentence."""
    moved = Place(place.reading, place.sentence, place.quantity, place.namer, moved=True)
    moved.__dict__["index"] = index
    moved.__dict__["first"] = place.chunks[index].first
    moved.__dict__["last"] = place.chunks[index].last
    return moved


def _restated(place: Place) -> Subject | None:
    """``almost 15,000 sq km, or some 23% of the island``: the measure after says of what both are."""
    following = place.namer.following(place.quantity)
    if following is None or following.kind not in ("area", "share") or place.quantity.kind not in ("area", "share"):
        return None
    between = place.reading.text[place.quantity.end : following.start]
    if not _RESTATED.fullmatch(between) or not between.strip():
        return None
    subject = _of_what(Place(place.reading, place.sentence, following, place.namer))
    return subject if subject is not None and subject.known else None


Way = Callable[[Place], Subject | None]
WAYS: tuple[Way, ...] = (
    _of_what,
    _of_which,
    _fronted,
    _owned,
    _bracketed,
    _premodified,
    _attribute,
    _postmodifier,
    coordinated,
    situated,
    apposed,
    labelled,
    at_measure,
    noted,
    inverted,
    located,
    again,
    predicate,
    among_had,
    dimension,
    _restated,
    answered,
    where,
    held,
)
"""Tried in order; the first that answers decides. An answer may be that it is of nothing that is named."""
