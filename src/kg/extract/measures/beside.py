"""What a quantity beside a noun is of: in apposition, after a label, before where it is, after another measure."""

import re

from kg.extract.clauses import Date, Verb
from kg.extract.lexicon import is_common
from kg.extract.measures.position import ATTRIBUTES, FAR, Place
from kg.extract.measures.spoken import Subject, has_extent, has_settlements

DIMENSIONS = frozenset(
    "long wide high deep tall across thick broad up away apart off on further farther below above in".split()
)
DIRECTIONS = frozenset(
    """
    north south east west northeast northwest southeast southwest north-east north-west south-east south-west
    northern southern eastern western inland upstream downstream upriver downriver offshore short
    """.split()
)
EXTENDING = DIRECTIONS | DIMENSIONS
_BETWEEN = frozenset(",–—(-")
_FROM = frozenset("from away outside inside off of in above below beyond to by".split())
AMONG = ("in", "across", "within", "throughout", "on", "along", "around", "inside")
_ASIDE = re.compile(r"(?: [a-z]+){0,4} and (?:about |some |over |nearly )?")
_OR = re.compile(r"[^;:]{0,60}?,? or (?:about |some |roughly |nearly |almost |around |just |only )*")
_ATTRIBUTED = re.compile(
    r"[^;:]{0,12}?\W(?:length|width|breadth|height|depth|area|extent|altitude|elevation)(?: [a-z]+){0,2} "
)
_HOLDING = frozenset("hold control keep rule occupy have claim lose take run".split())
_NEAR = 48  # characters between two quantities of one thing


def noun_before(place: Place, index: int) -> int | None:
    """The noun chunk before an index, past commas, ``itself`` and ``on 21 May``; of ``City, Country`` the city."""
    step = index - 1
    while step > index - 7 and (chunk := place.at(step)) is not None:
        if place.word(step) == ")" and (opening := _opening(place, step)) is not None:
            step = opening - 1  # "the camp of Anéfis (7 October), 112 km"
            continue
        dated = place.word(step) in ("on", "in") and isinstance(place.at(step + 1), Date)
        if not (dated or isinstance(chunk, Date) or chunk.kind == "adverb" or place.word(step) in _BETWEEN):
            break
        step -= 1
    if place.noun(step) is None:
        return None
    while (
        step >= max(2, index - FAR)
        and place.word(step - 1) == ","
        and place.namer.is_country(place.noun(step))
        and place.namer.is_lesser(place.noun(step - 2))
    ):
        step -= 2
    return step


def apposed(place: Place) -> Subject | None:
    """``Ard, 25 km west of Besk``; ``the border, 311 km long``; ``Kalbajar, with 3,054 sq km``."""
    if place.quantity.kind in ("count", "share"):
        return None
    sign = place.word(place.left)
    if sign == "with":
        before = noun_before(place, place.left)
        return place.namer.at(place.sentence, before) if before is not None else None
    beside = place.noun(place.left) if place.left < place.index else None
    left: int | None = place.left
    if sign == "and" and _describes(place):
        left = _comma_before(place)  # "Ard, outside its limits and 550 km from Besk"
    elif sign not in (",", "–", "—") and beside is None:
        return None
    if left is None:
        return None
    before = place.left if beside is not None else _described(place, noun_before(place, left + 1))
    noun = place.noun(before) if before is not None else None
    if before is None or noun is None or noun.quantity is not None or noun.time or noun.adjective:
        return None
    opening = place.at(before - 1) if before == 1 + place.floor else None
    if opening is not None and opening.kind == "prep":
        return None  # "On the map, 640 sq km"
    if beside is None and not _describes(place):
        return None
    if beside is not None and not (beside.names or beside.determiner):
        return None
    return place.namer.behind(before) or place.namer.at(place.sentence, before)


def _opening(place: Place, close: int) -> int | None:
    return next((i for i in range(close - 1, max(-1, close - FAR), -1) if place.word(i) == "("), None)


def _described(place: Place, before: int | None) -> int | None:
    """``Panguna, the town beside it, 27 km from``; ``the road from Gao to Kidal, 320 km,``: what an aside is about."""
    if before is None or (noun := place.noun(before)) is None:
        return before
    if (entry := _entry(place, before)) is not None:
        return entry
    first = before
    while first > 0 and (left := place.at(first - 1)) and (left.kind == "prep" or place.noun(first - 1)):
        first -= 1
    opening = place.noun(first)
    if noun.pronoun and place.word(first - 1) == ",":
        return first - 2 if place.noun(first - 2) is not None else before
    after = place.noun(place.index + 2) if place.word(place.index + 1) == "in" else None
    alone = place.word(place.index + 1) in (",", ".", "") or (after is not None and after.word in ATTRIBUTES)
    vague = noun.word in ("side", "end", "bank")  # "Strip on either side, 2 km deep"
    whole = opening is not None and has_extent(opening.word)
    return first if whole and (vague or (alone and noun.name is not None)) else before


def _entry(place: Place, before: int) -> int | None:
    """``TACNA, city in the south of Peru, 35 km from``: the name that an entry without a verb opens with."""
    first = before
    while place.word(first - 1) in _LOCATIVE | {"and"} and place.noun(first - 2) is not None:
        first -= 2  # "city and province in the south of Peru"
    opening, noun = place.noun(0), place.noun(first)
    if before > FAR:
        return None
    told = any(chunk.kind in ("verb", "sub") or chunk.word in (";", ":", "|") for chunk in place.chunks[:before])
    if told or noun is None or opening is None or opening.name is None or place.word(1) not in (",", "(", "–", "—"):
        return None
    return 0 if noun.name is None else None


_LOCATIVE = frozenset("of in on at near off along around beside".split())


def _comma_before(place: Place) -> int | None:
    """The comma that opens an aside of nouns and prepositions, in which the quantity is joined with "and"."""
    for index in range(place.left - 1, max(0, place.left - 6), -1):
        if place.word(index) == ",":
            return index if place.at(index + 1) is not None and place.noun(index + 1) is None else None
        if isinstance(place.at(index), Verb):
            return None
    return None


def _describes(place: Place) -> bool:
    """Whether the quantity opens a description: "25 km west of", "311 km long", or nothing but the measure."""
    noun = place.noun(place.index)
    after = place.at(place.index + 1)
    if noun is not None and not EXTENDING.isdisjoint(place.lows(place.last, noun.last)):
        return True
    if after is None or after.kind in ("adverb", "mark"):
        return True
    first = after.word.split(" ")[0]
    return first in EXTENDING or (after.kind == "prep" and first in _FROM)


def labelled(place: Place) -> Subject | None:
    """``Area of the country: 51,209 km2``, ``the border: approx. 1,000 km``, ``Buffer zone: 346 sq km``: what the
    label names, as far as the line tells nothing else.
    """
    if place.word(place.left) not in (":", "|", "–", "—") or place.quantity.kind == "count":
        return None
    step = place.left - 1
    while step > place.left - 4 and place.at(step) is not None and place.noun(step) is None:
        step -= 1
    whole = (noun := place.noun(step)) is not None and noun.word == "whole" and place.word(step - 1) == "as"
    step -= 2 * whole  # "The peninsula as a whole: 60,000 sq km"
    step -= noun is not None and noun.time and place.noun(step - 1) is not None  # "Ard today: 46 sq km"
    first = step
    while place.word(first - 1) in _LOCATIVE and place.noun(first - 2) is not None:
        first -= 2
    noun = place.noun(first)
    if noun is None or noun.time or noun.quantity is not None or place.index > FAR or len(noun.word) < 3:
        return None  # no "A: a hundred square miles"
    if noun.word in ATTRIBUTES:
        return place.namer.phrase(place.sentence, first, place.quantity)
    if noun.name is not None and not is_common(noun.word):
        opens = first == 0 and place.word(place.left) == ":" and noun.name.kind == "place"
        return place.namer.found(noun.name) if opens else None  # a row of a list has its place
    told = any(chunk.kind == "verb" for chunk in place.chunks[: place.index])
    opens = first == (place.word(0) == "|") and not told
    whole = opens and place.word(place.left) in (":", "|")
    told_of = place.quantity.kind != "share" and bool(noun.determiner)  # "the strip around it: some 4,000 sq km"
    return place.namer.at(place.sentence, first) if whole or told_of else None


def located(place: Place) -> Subject | None:
    """``30 villages in the districts of X``, ``1,200 hectares in the Northern Province``: where they are."""
    if place.quantity.kind not in ("count", "area"):
        return None
    counts, index = place.quantity.kind == "count", place.index + 1
    placed = place.at(index)
    if counts and isinstance(placed, Verb) and not placed.auxiliary and placed.form != "past":
        index += 1  # "represented in", "lying along"
    where = AMONG if counts else ("in", "across", "within", "at", "near")
    noun = place.noun(index + 1)
    if place.word(index) not in where or noun is None:
        return None
    found = place.namer.phrase(place.sentence, index + 1, place.quantity)
    if counts and noun.word == "side" and place.word(index + 2) == "of" and place.noun(index + 3) is not None:
        found = place.namer.at(place.sentence, index + 3)  # "on our side of the district"
    if found.of is not None or found.text[:1].isupper():
        return found
    return found if counts and has_settlements(found) else None


def restated(place: Place) -> Subject | None:
    """``28 percent of the region, or about 8,000 of its 28,461 sq km``: the share before is of the same."""
    before = place.namer.previous(place.sentence, place.quantity)
    between = place.reading.text[before[0].end : place.quantity.start] if before is not None else ""
    return before[1] if before is not None and before[1].known and _OR.fullmatch(between) else None


def coordinated(place: Place) -> Subject | None:
    """``75 km long and at most 10 km wide``: the measure before is of the same thing."""
    before = place.namer.previous(place.sentence, place.quantity)
    if before is None:
        return None
    quantity, subject = before
    between = place.reading.text[quantity.end : place.quantity.start]
    if subject.known and ";" not in between and (_OR.fullmatch(between) or _ATTRIBUTED.fullmatch(between)):
        return subject  # "346 sq km - length 180 km"
    told = any(one.kind == "verb" for one in place.chunks[place.chunk_of(quantity) : place.index])
    if place.is_distance and quantity.kind == "distance" and place.word(place.left) == "and" and not told:
        return subject if subject.known else None  # "50 km south of Erbil and 40 km from Kirkuk"
    plain = len(between) < _NEAR and ";" not in between and not any(c.isupper() for c in between)
    alike = quantity.kind == place.quantity.kind or {quantity.kind, place.quantity.kind} <= {"area", "share"}
    aside = not plain or not _ASIDE.fullmatch(between)  # "23 km from the sea and 17 sq km in size"
    return subject if subject.known and plain and (alike or not aside) and place.quantity.kind != "count" else None


def again(place: Place) -> Subject | None:
    """``They hold 41 percent of the country; the Front holds 9 percent``: the share before is of the same whole."""
    if place.quantity.kind != "share" or place.word(place.index + 1) == "of":
        return None
    before = place.namer.last_share(place.sentence)
    if before is None:
        return None
    if (last := place.namer.previous(place.sentence, place.quantity)) is not None and last[0].kind == "share":
        start = place.namer.chunk_at(place.sentence, place.reading.token_index(last[0].start))
        if not any(isinstance(chunk, Verb) for chunk in place.chunks[start : place.index]):
            return before  # "51 percent of the country to the Federation and 49 percent to the Republic"
    if (found := place.verb_left()) is None:
        return None
    clause = place.namer.clause_of(place.sentence, found[0])
    subject = clause.subject.head.word if clause is not None and clause.subject is not None else ""
    holds = found[0].word in _HOLDING or subject in ("it", "that", "this", "figure", "share", "")
    return before if holds else None
