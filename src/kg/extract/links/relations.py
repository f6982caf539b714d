"""Where the text says that a place lies: in another (``Dashkasan in Jabrayil district``) or near it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from kg.extract import words
from kg.extract.found import Found
from kg.extract.reading import Reading, Sentence
from kg.gazetteer.lookup import NATURE, SETTLEMENTS
from kg.model import Span
from kg.text.tokens import Token

Relation = Literal["in", "near", "beside", "among"]


class Located(NamedTuple):
    """One name and another that says where it lies.

    ``beside``: both stand in one sentence that names an area, which counts little. ``among``: they are neighbours in
    a list, or the ends of a way.
    """

    one: Found
    anchor: Found
    relation: Relation


PLACED = ("place", "name")
PROVINCES = frozenset(
    (
        "state province region oblast governorate republic autonomous-republic administrative-region entity krai "
        "country-of-the-uk autonomous-region administrative-territory autonomous-community autonomous-province canton "
        "special-administrative-region autonomous-city dependency emirate federal-district union-territory "
        "regional-state land voivodship federal-territory constituent-country pakistan-administered-area"
    ).split()
)
"""Types of subdivisions that are known by their plain name abroad."""
_INSIDE = frozenset("in of within inside".split())
_COMPASS = frozenset(
    (
        "north south east west northeast northwest southeast southwest north-east north-west south-east south-west"
    ).split()
)
_NEAR = frozenset("near outside from off around beside".split()) | _COMPASS
_LIST = frozenset((",", "and", "or", "the", "as", "well", "both", ";"))
_DESCRIBING = (
    frozenset(
        (
            ", a an the small little tiny large big main border former rural mountain mountainous coastal remote key "
            "strategic some about just to km kilometres kilometers miles kms away which is lies located situated at on "
            "shore edge banks outskirts foot slopes"
        ).split()
    )
    | words.DIRECTIONS
    | frozenset(words.PLACE_TYPES)
    | frozenset(words.PLURAL_PLACE_TYPES)
)
_AREAS = frozenset(
    "district region province oblast governorate county municipality prefecture canton state raion".split()
)


def relations(reading: Reading, found: Sequence[Sequence[Found]]) -> list[Located]:
    """All that the text says of where its places lie."""
    located: list[Located] = []
    for sentence, names in zip(reading.sentences, found, strict=True):
        group = [one for one in names if one.kind in (*PLACED, "demonym")]
        if len(group) > 1:
            located += _in_sentence(reading, sentence, group)
    return [*located, *_in_tables(reading, found)]


def _in_sentence(reading: Reading, sentence: Sentence, group: Sequence[Found]) -> Iterator[Located]:
    tokens = reading.tokens
    listed: list[Found] = []
    row = 0  # of those that are listed since something was said of where they lie
    for one, following in pairwise(group):
        between = tokens[one.last : following.first]
        listed.append(one)
        row += 1
        if one.kind == "demonym":
            if between and between[0].low in words.PLACE_TYPES and _describes(between):
                yield Located(following, one, "in")
            listed = []
        elif following.kind == "demonym":
            listed = []
        elif tokens[one.last - 1].possessive and not between:
            yield Located(following, one, "in")
        elif _is_alias(between):
            yield _renamed(tokens, one, following, between)
            listed = []
        elif [token.low for token in between] == [","] and (
            _lies_within(reading, one, following) or (row == 1 and _is_address(tokens, sentence, one, following))
        ):
            yield Located(one, following, "in")
            row = 0
        elif [token.low for token in between] == [","] and _is_closed(tokens, sentence, following):
            if (
                row == 1
                and not is_fronted(tokens, sentence, one, following)
                and (_is_area(following) or _is_doubtful_area(reading, following))
            ):
                yield Located(one, following, "in")
        elif relation := _relation(between):
            yield from (Located(each, following, relation) for each in listed[-_WINDOW:])
            row = 0
        elif all(token.low in _LIST for token in between) or _is_way(tokens, one, between):
            yield from (Located(one, following, "among"), Located(following, one, "among"))
        else:
            listed, row = [], 0
    yield from _from_anchor(tokens, sentence, group)


def _renamed(tokens: Sequence[Token], one: Found, following: Found, between: Sequence[Token]) -> Located:
    """``the hamlet in South Kivu was renamed Medina``, ``Basra is the new name of the hamlet of Taziri``."""
    if "village" in (one.hint, following.hint):
        one.hint = following.hint = "village"
    placed = one.kind == "place" or any(t.low in words.NAME_TYPES for t in tokens[one.first : one.last])
    following.located |= placed and _ALIASING.issuperset(token.low for token in between)
    before = tokens[one.first - 1 - (tokens[one.first - 1].low == "the")].low
    return Located(following, one, "in" if before in _INSIDE and before != "of" else "near")


def _is_way(tokens: Sequence[Token], one: Found, between: Sequence[Token]) -> bool:
    """``from Nice to Paris``."""
    return [token.low for token in between] == ["to"] and one.first > 0 and tokens[one.first - 1].low == "from"


_WINDOW = 30  # places: how far a place says something of others of its sentence
_ALIAS = frozenset("known called name named renamed dubbed formerly".split())
_ALIASING = _ALIAS | frozenset(", is was also now then once later previously locally better as to in “ \" ‘ '".split())
"""Of words such as these alone, what follows is another name: ``Q-West`` of ``Qayyarah, also called “Q-West”``."""


def _is_alias(between: Sequence[Token]) -> bool:
    """``Khojavend, known to Armenians as Martuni``; ``Khojavend (Martuni)``: two names of one place."""
    lows = [token.low for token in between]
    return lows == ["("] or (len(lows) < 9 and not _ALIAS.isdisjoint(lows))


def _is_closed(tokens: Sequence[Token], sentence: Sentence, anchor: Found) -> bool:
    """Whether no list goes on after what stands after a comma: ``Afrin, Syria, fell``, not ``Iraq, Syria and``."""
    after, further, *_ = [*(token.low for token in tokens[anchor.last : min(sentence.last, anchor.last + 2)]), ".", ""]
    return after not in ("and", "or", "&") and further not in ("and", "or")


def is_fronted(tokens: Sequence[Token], sentence: Sentence, one: Found, following: Found) -> bool:
    """``In the Spratlys, China seized``: where, and then who, which are no list and no address."""
    step = one.first - 1
    step -= step > sentence.first and tokens[step].low == "the"
    led = step >= sentence.first and tokens[step].low in words.PLACE_PREPOSITIONS
    opens = step == sentence.first or tokens[step - 1].text in ",;:"
    goes_on = following.last < sentence.last and tokens[following.last].kind == "w"
    return led and opens and goes_on


def _relation(between: Sequence[Token]) -> Relation | None:
    """What the words between a name and the next say: that it lies in it, or near it."""
    lows = [token.low for token in between]
    if not lows or not all(low in _DESCRIBING or low in _INSIDE or low in _NEAR or low.isdigit() for low in lows):
        return None
    if lows[0] in words.PLACE_TYPES and lows[1:2] == ["the"]:
        return None  # "In Antioquia department the villages of Toledo and Granada"
    compass = any(low in _COMPASS for low in lows) and "in" not in lows
    if compass or any(low in _NEAR and low not in _COMPASS for low in lows):
        return "near"
    return "in" if any(low in _INSIDE for low in lows) else None


def _describes(between: Sequence[Token]) -> bool:
    return all(token.low in _DESCRIBING or token.low == "of" for token in between)


def _is_typed(one: Found) -> bool:
    """Whether a word says that it is an area: ``Lachin district``."""
    return one.hint in _AREAS or one.text.rpartition(" ")[2].lower() in _AREAS


def _is_area(one: Found) -> bool:
    return _is_typed(one) or any(
        name.entry.type in ("country", "territory") or (name.entry.population == 0 and name.entry.kind == "place")
        for name in one.candidates
    )


def _lies_within(reading: Reading, one: Found, other: Found) -> bool:
    """``Alexandria, Virginia, and``: what follows is known to contain a place of that name, list or not."""
    if one.kind != "place" or other.kind not in PLACED:
        return False
    outer = {name.entry.key for name in other.candidates or reading.gazetteer.lookup(other.text)}
    inner = (name.entry for name in one.candidates if name.entry.type not in ("country", "territory"))
    return any(outer.intersection(reading.gazetteer.containers(entry.key)[1:]) for entry in inner)


def _is_address(tokens: Sequence[Token], sentence: Sentence, one: Found, other: Found) -> bool:
    """``Dublin, Ohio, and``: a city and, between commas, a division of another country than that of the best known."""
    closed = other.last < sentence.last and tokens[other.last].text == ","
    cities = [name.entry for name in one.candidates if name.entry.type in SETTLEMENTS]
    outer = [name.entry for name in other.candidates if name.entry.type not in NATURE]
    divided = bool(outer) and all(entry.type in PROVINCES for entry in outer)
    return closed and bool(cities) and divided and cities[0].country not in {entry.country for entry in outer}


def _is_doubtful_area(reading: Reading, one: Found) -> bool:
    """``Alexandria, Virginia,``: a division whose name plain text uses for a person, too."""
    known = () if one.candidates else reading.gazetteer.lookup(one.text)
    return any(name.kind == "name" and name.entry.type in PROVINCES for name in known)


def _from_anchor(tokens: Sequence[Token], sentence: Sentence, group: Sequence[Found]) -> Iterator[Located]:
    """``west of Pokrovsk, at Serhiivka``; ``In North Kivu, rebels took ...``; an area anywhere in the sentence."""
    for number, anchor in enumerate(group):
        lead = [token.low for token in tokens[max(sentence.first, anchor.first - 3) : anchor.first]]
        after = tokens[anchor.last].low if anchor.last < sentence.last else ""
        fronted = anchor.first == sentence.first + 1 and tokens[sentence.first].low == "in" and _is_area(anchor)
        compass = lead[-1:] == ["of"] and not _COMPASS.isdisjoint(lead)
        beyond = tokens[anchor.last + 1].low if anchor.last + 1 < sentence.last else ""
        within = group[number + 1] if number + 1 < len(group) and after == "in" else anchor
        held = within.first - anchor.last < 3 and within.last < sentence.last  # "east of Kutum in Darfur, at Damra"
        if (
            after in _FRONTS
            or (compass and held and tokens[within.last].low in (",", "at"))
            or (lead[-1:] in _BY and after == "," and beyond in _SUCH)
        ):
            yield from (Located(one, anchor, "near") for one in _others(group, number, number + 1))
        elif _is_typed(anchor) or (fronted and after == ","):
            yield from (Located(one, anchor, "beside") for one in _others(group, number, max(0, number - _WINDOW)))


_BY = (["near"], ["around"], ["outside"])
_FRONTS = frozenset(("front", "sector"))
_SUCH = frozenset(("including", "such", "namely", "among"))


def _others(group: Sequence[Found], number: int, first: int) -> Iterator[Found]:
    """The plain names of places near one in a sentence."""
    for position in range(first, min(len(group), number + _WINDOW)):
        if position != number and group[position].kind in PLACED and not _is_typed(group[position]):
            yield group[position]


def _in_tables(reading: Reading, found: Sequence[Sequence[Found]]) -> Iterator[Located]:
    """A cell below ``Raion`` or ``Region`` says where the places in the other cells of its row lie."""
    areas: tuple[int, ...] = ()
    for sentence, names in zip(reading.sentences, found, strict=True):
        block = reading.blocks[sentence.block]
        if block.kind != "row":
            areas = ()
        elif block.header or not areas:
            titles = [cell.of(reading.text).strip().lower().split() for cell in block.cells]
            areas = tuple(n for n, title in enumerate(titles) if n and _AREAS.intersection(title))
        elif names:
            yield from _in_row(reading, names, [block.cells[n] for n in areas if n < len(block.cells)])


def _in_row(reading: Reading, names: Sequence[Found], cells: Sequence[Span]) -> Iterator[Located]:
    tokens = reading.tokens
    for cell in cells:
        inside = [one for one in names if cell.start <= tokens[one.first].start < cell.end and one.kind in PLACED]
        for anchor in inside:
            yield from (
                Located(one, anchor, "in")
                for one in names
                if tokens[one.first].start < cell.start and one.kind in PLACED and one is not anchor
            )
