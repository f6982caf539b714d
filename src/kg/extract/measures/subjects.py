"""What a quantity is of: the phrase that its syntax makes it a measure of, or nothing.

The ways are tried in order, each a question about the chunks around the quantity: does it stand before a noun, does
"of" follow, does it follow an attribute ("an area of"), a bracket, a comma, a verb of measure? An actor is never
what it holds: ``Armenia controlled 14,000 square kilometres`` is no area of Armenia.
"""

import re
from collections.abc import Callable

from kg.extract.clauses import Date, Noun, Verb
from kg.extract.lexicon import listed, word
from kg.extract.measures.position import ATTRIBUTES, FAR, ROUGHLY, Place
from kg.extract.measures.spoken import Subject, has_extent, has_settlements

_DIMENSIONS = frozenset(
    "long wide high deep tall across thick broad up away apart off on further farther below above in".split()
)
_DIRECTIONS = frozenset(
    """
    north south east west northeast northwest southeast southwest north-east north-west south-east south-west
    northern southern eastern western inland upstream downstream upriver downriver offshore short
    """.split()
)
_MEASURING = listed("measuring")
_EXTENDING = _DIRECTIONS | _DIMENSIONS
_MEASURED = frozenset("put estimate give list reckon calculate state record register quote".split())
_PLACING = frozenset("be lie stand sit locate situate run stretch remain come advance get".split())
_NEAR = 48  # characters between two quantities of one thing
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
    if noun.word in _EXTENDING or not words:
        return None
    if noun.name is not None:
        return place.namer.found(noun.name)
    return place.namer.words(max(place.last, _past_dimension(place, noun)), noun.head + 1) or None


def _past_dimension(place: Place, noun: Noun) -> int:
    """``1,000-metre-high dam``: past the words that say what is measured."""
    first = place.last
    while first < noun.head and (
        place.reading.tokens[first].low in _DIMENSIONS or place.reading.tokens[first].text == "-"
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
    if noun is not None and noun.word in ("it", "them"):
        before = place.namer.previous(place.sentence, place.quantity)
        if before is not None and before[1].known:
            return before[1]  # "held 70 percent of northern Mali, and hold 30 percent of it"
    if noun is not None and not (noun.determiner or noun.names or noun.pronoun) and place.quantity.kind == "area":
        predicate = _predicate(place)
        if predicate is not None and predicate.known:
            return predicate  # "covers 266,000 square kilometres of desert"
    return place.namer.phrase(place.sentence, index + 1, place.quantity)


def _of_which(place: Place) -> Subject | None:
    """``the Ogaden, of which they claim to hold 90 percent``: what stands before "of which"."""
    if place.quantity.kind == "distance":
        return None
    for index in range(place.index - 1, max(1, place.index - FAR), -1):
        if place.word(index) in _ENDS:
            return None
        if place.word(index) == "which" and place.word(index - 1) == "of":
            before = _noun_before(place, index - 1)
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
    if place.word(index - 1) == "with":
        before = _noun_before(place, index - 1)
        if before is not None:
            return place.namer.at(place.sentence, before)
        after = next((i for i in range(place.index + 1, place.index + FAR) if place.word(i) == ","), None)
        if after is not None and place.noun(after + 1) is not None:
            return place.namer.at(place.sentence, after + 1)
    if noun.determiner in ("its", "their") or noun.first == place.sentence.first:
        return place.namer.spoken_of(place.sentence, place.quantity)
    verb = place.at(index - 1)
    if isinstance(verb, Verb) and verb.word in _MEASURING:
        return _subject_of_verb(place, verb, index - 1)
    return Subject()


# Beside it


def _noun_before(place: Place, index: int) -> int | None:
    """The noun chunk before an index, past commas, ``itself`` and ``on 21 May``; of ``City, Country`` the city."""
    step = index - 1
    while step > index - 7 and (chunk := place.at(step)) is not None:
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


def _bracketed(place: Place) -> Subject | None:
    """``Mount Ard (1,902 m)``; what stands in a bracket after a measure is of the same thing as that."""
    if place.moved or place.word(place.left) not in ("(", "["):
        return None
    before = _noun_before(place, place.left)
    noun = place.noun(before) if before is not None else None
    if before is None or noun is None:
        return None
    if noun.time or noun.quantity is not None or not noun.words.isdisjoint(_UNITS_OR_JOURNEYS):
        if noun.name is not None or noun.names:
            return place.namer.found(noun.names[-1])
        return subject_of(_moved(place, before))
    return place.namer.at(place.sentence, before)


def _moved(place: Place, index: int) -> Place:
    """The quantity as if it stood in an earlier chunk of its sentence."""
    moved = Place(place.reading, place.sentence, place.quantity, place.namer, moved=True)
    moved.__dict__["index"] = index
    moved.__dict__["first"] = place.chunks[index].first
    moved.__dict__["last"] = place.chunks[index].last
    return moved


def _apposed(place: Place) -> Subject | None:
    """``Ard, 25 km west of Besk``; ``the border, 311 km long``; ``Kalbajar, with 3,054 sq km``."""
    if place.quantity.kind in ("count", "share"):
        return None
    sign = place.word(place.left)
    if sign == "with":
        before = _noun_before(place, place.left)
        return place.namer.at(place.sentence, before) if before is not None else None
    beside = place.noun(place.left) if place.left < place.index else None
    left: int | None = place.left
    if sign == "and" and _describes(place):
        left = _comma_before(place)  # "Ard, outside its limits and 550 km from Besk"
    elif sign not in (",", "–", "—") and beside is None:
        return None
    if left is None:
        return None
    before = place.left if beside is not None else _described(place, _noun_before(place, left + 1))
    noun = place.noun(before) if before is not None else None
    if before is None or noun is None or noun.quantity is not None or noun.time or noun.adjective:
        return None
    if beside is None and not _describes(place):
        return None
    if beside is not None and not (beside.names or beside.determiner):
        return None
    return place.namer.behind(before) or place.namer.at(place.sentence, before)


def _described(place: Place, before: int | None) -> int | None:
    """``Panguna, the town beside it, 27 km from``; ``the road from Gao to Kidal, 320 km,``: what an aside is about."""
    if before is None or (noun := place.noun(before)) is None:
        return before
    first = before
    while first > 1 and (left := place.at(first - 1)) and (left.kind == "prep" or place.noun(first - 1)):
        first -= 1
    opening = place.noun(first)
    if noun.pronoun and place.word(first - 1) == ",":
        return first - 2 if place.noun(first - 2) is not None else before
    alone = place.word(place.index + 1) in (",", ".", "")
    return first if alone and opening is not None and has_extent(opening.word) and noun.name is not None else before


def _comma_before(place: Place) -> int | None:
    """The comma that opens an aside of nouns and prepositions, in which the quantity is joined with "and"."""
    for index in range(place.left - 1, max(0, place.left - 6), -1):
        if place.word(index) == ",":
            return index if place.at(index + 1) is not None and place.noun(index + 1) is None else None
        if isinstance(place.at(index), Verb):
            return None
    return None


_BETWEEN = frozenset(",–—(-")
_FROM = frozenset("from away outside inside off of in above below beyond to".split())


def _describes(place: Place) -> bool:
    """Whether the quantity opens a description: "25 km west of", "311 km long", or nothing but the measure."""
    noun = place.noun(place.index)
    after = place.at(place.index + 1)
    if noun is not None and noun.word in _EXTENDING:
        return True
    if after is None or after.kind in ("adverb", "mark"):
        return True
    first = after.word.split(" ")[0]
    return first in _EXTENDING or (after.kind == "prep" and first in _FROM)


def _labelled(place: Place) -> Subject | None:
    """``Area of the country: 51,209 km2``, ``the border: approx. 1,000 km``: what the label names."""
    if place.word(place.left) not in (":", "|", "–", "—") or place.quantity.kind == "count":
        return None
    step = place.left - 1
    while step > place.left - 4 and place.at(step) is not None and place.noun(step) is None:
        step -= 1
    first = step
    while place.word(first - 1) == "of" and place.noun(first - 2) is not None:
        first -= 2
    noun = place.noun(first)
    if noun is None or noun.time or (noun.name is not None and noun.word not in ATTRIBUTES):
        return None
    if noun.word not in ATTRIBUTES:
        return place.namer.at(place.sentence, first) if place.is_distance and noun.determiner else None
    return place.namer.phrase(place.sentence, first, place.quantity)


def _located(place: Place) -> Subject | None:
    """``30 villages in the districts of X``, ``1,200 hectares in the Northern Province``: where they are."""
    if place.quantity.kind not in ("count", "area"):
        return None
    counts, index = place.quantity.kind == "count", place.index + 1
    placed = place.at(index)
    if counts and isinstance(placed, Verb) and not placed.auxiliary and placed.form != "past":
        index += 1  # "represented in", "lying along"
    where = _AMONG if counts else ("in", "across", "within", "at", "near")
    noun = place.noun(index + 1)
    if place.word(index) not in where or noun is None:
        return None
    found = place.namer.phrase(place.sentence, index + 1, place.quantity)
    if counts and noun.word == "side" and place.word(index + 2) == "of" and place.noun(index + 3) is not None:
        found = place.namer.at(place.sentence, index + 3)  # "on our side of the district"
    if found.of is not None or found.text[:1].isupper():
        return found
    return found if counts and has_settlements(found) else None


_AMONG = ("in", "across", "within", "throughout", "on", "along", "around", "inside")


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


def _coordinated(place: Place) -> Subject | None:
    """``75 km long and at most 10 km wide``: the measure before is of the same thing."""
    before = place.namer.previous(place.sentence, place.quantity)
    if before is None:
        return None
    quantity, subject = before
    between = place.reading.text[quantity.end : place.quantity.start]
    plain = len(between) < _NEAR and ";" not in between and not any(c.isupper() for c in between)
    alike = quantity.kind == place.quantity.kind or {quantity.kind, place.quantity.kind} <= {"area", "share"}
    aside = not plain or not _ASIDE.fullmatch(between)  # "23 km from the sea and 17 sq km in size"
    return subject if subject.known and plain and (alike or not aside) and place.quantity.kind != "count" else None


def _again(place: Place) -> Subject | None:
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


_ASIDE = re.compile(r"(?: [a-z]+){0,4} and (?:about |some |over |nearly )?")
_HOLDING = frozenset("hold control keep rule occupy have claim lose take run".split())


# By the clause


def _predicate(place: Place) -> Subject | None:
    """``Ard covers 289 sq km``, ``the line runs for 40 km``, ``which lies 25 km from Besk``: the subject."""
    found = place.verb_left()
    if found is None:
        return None
    verb, index = found
    if place.quantity.kind == "count" and place.word(place.left) in ("in", "at", "from", "of"):
        return None  # "open in 7 of its 44 hamlets"
    if verb.passive and not (verb.word in _PLACING or verb.word in _MEASURED):
        return Subject() if place.quantity.kind in ("area", "share") else None
    if verb.passive and verb.word in _MEASURED:
        return _subject_of_verb(place, verb, index)
    if verb.word not in (_PLACING if place.is_distance else _MEASURING) | _MEASURING:
        return None
    return _subject_of_verb(place, verb, index)


def _among_had(place: Place) -> Subject | None:
    """``Ard has a lighthouse, 11 villages and one road``: who has what is listed."""
    if place.quantity.kind != "count":
        return None
    for index in range(place.index - 1, max(-1, place.index - FAR), -1):
        chunk = place.at(index)
        if isinstance(chunk, Verb):
            return _subject_of_verb(place, chunk, index) if chunk.word in _HAVING and not chunk.passive else None
        if place.noun(index) is None and place.word(index) not in (",", "and"):
            return None
    return None


def _at(place: Place) -> Subject | None:
    """``Shan State, which at 155,801 km2 is larger``; ``It has, at 11 km from the sea, the worst view``."""
    if place.word(place.index - 1) not in ("at", "of") or place.quantity.kind not in ("area", "distance"):
        return None
    before = place.index - 2
    if place.word(before) == "which":
        named = _noun_before(place, before)
        return place.namer.at(place.sentence, named) if named is not None else None
    offset = place.reading.tokens[place.chunks[place.index - 1].first].start
    return place.namer.spoken_of(place.sentence, None, before=offset) if place.word(before) == "," else None


def _dimension(place: Place) -> Subject | None:
    """``The corridor that they opened, in some places a mere 3 km wide``: what the clause is about."""
    follows = place.reading.tokens[place.last].low if place.last < place.sentence.last else ""
    if not place.is_distance or follows not in ("long", "wide", "deep", "high", "tall", "across", "broad"):
        return None
    found = place.namer.spoken_of(place.sentence, place.quantity)
    return found if found.known else None


_HAVING = frozenset("have comprise include contain count boast number".split())


def _subject_of_verb(place: Place, verb: Verb, index: int) -> Subject | None:
    clause = place.namer.clause_of(place.sentence, verb)
    if clause is None:
        return None
    phrase = clause.subject or clause.antecedent
    if (
        phrase is not None
        and phrase.head.name is not None
        and phrase.head.name.initial
        and place.quantity.kind == "share"
    ):
        return None  # "Turnout was 45 percent"
    if clause.kind == "relative" and clause.antecedent is not None:
        if clause.subject is None or clause.marker == "whose":
            phrase = clause.antecedent
    if phrase is None or phrase.head.word == "there" or phrase.first > place.first:
        return None
    behind = place.namer.behind(place.namer.chunk_at(place.sentence, phrase.first))
    return behind or place.namer.subject(place.sentence, phrase, place.quantity)


def _inverted(place: Place) -> Subject | None:
    """``25 km from Besk lies Ard``; ``25 km west of Besk, Ard has ...``: the noun that the clause is about."""
    if not place.is_distance or any(one.kind in ("noun", "verb") for one in place.chunks[: min(place.index, FAR)]):
        return None
    for step in range(place.index + 1, min(len(place.chunks), place.index + FAR)):
        chunk = place.chunks[step]
        if isinstance(chunk, Verb):
            noun = place.noun(step + 1)
            return place.namer.at(place.sentence, step + 1) if noun and chunk.word in _PLACING else None
        if chunk.word == "," and (noun := place.noun(step + 1)) is not None:
            return place.namer.at(place.sentence, step + 1)
    return None


def _where(place: Place) -> Subject | None:
    """``In Korma Bai a clinic works in 3 of the 28 villages``: the place that the sentence begins with."""
    if place.quantity.kind != "count" or place.word(0) not in _AMONG or place.noun(1) is None or place.index < 2:
        return None
    found = place.namer.phrase(place.sentence, 1, place.quantity)
    return found if found.of is not None or found.text[:1].isupper() else None


def _held(place: Place) -> Subject | None:
    """``Serbia gave up 10,887 square kilometres``: what is held or lost is no measure of who holds it."""
    found = place.verb_left()
    return Subject() if found is not None and place.quantity.kind == "area" else None


def _answered(place: Place) -> Subject | None:
    """``And how big is the park? – Four hundred square kilometres.``: the subject of the question."""
    asked = place.namer.question_before(place.index)
    floor = asked + 1 if asked >= 0 else 0
    if asked < 0 and place.noun(0) is not None and place.word(1) == ":":
        floor = 2  # "A: 344 km2"
    if place.index - floor > FAR or any(one.kind in ("noun", "verb") for one in place.chunks[floor : place.index]):
        return None
    return place.namer.asked(place.sentence, asked)


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
    _coordinated,
    _apposed,
    _labelled,
    _inverted,
    _located,
    _again,
    _predicate,
    _among_had,
    _at,
    _dimension,
    _restated,
    _answered,
    _where,
    _held,
)
"""Tried in order; the first that answers decides. An answer may be that it is of nothing that is named."""
