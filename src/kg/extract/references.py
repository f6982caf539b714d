"""``the city``, ``the country``: definite nouns that stand for the one place that the text has just named."""

from collections.abc import Iterator, Sequence

from kg.extract import words
from kg.extract.found import Found
from kg.extract.lexicon import word
from kg.extract.reading import Reading, Sentence
from kg.gazetteer.lookup import COUNTRIES, SETTLEMENTS
from kg.model import Entity, Mention, Span
from kg.text.tokens import Token

_SMALL = SETTLEMENTS - {"city", "capital"}
_KINDS = {"city": SETTLEMENTS, "town": SETTLEMENTS, "village": _SMALL, "country": COUNTRIES}
_NEAR = 2  # sentences before its own in which the place is named


def references(reading: Reading) -> Iterator[Mention]:
    """A mention for each such noun whose place nothing leaves open: one of its kind, named shortly before."""
    for sentence in reading.sentences:
        if sentence.lows.isdisjoint(_KINDS):
            continue
        for index in range(sentence.first + 1, sentence.last):
            token = reading.tokens[index]
            if token.low not in _KINDS or reading.tokens[index - 1].low != "the" or _goes_on(reading, sentence, index):
                continue
            if place := _one_named(reading, sentence, index, _KINDS[token.low]):
                yield Mention(Span(reading.tokens[index - 1].start, token.end), "place", place)


def _goes_on(reading: Reading, sentence: Sentence, index: int) -> bool:
    """``the city of Mosul``, ``the city council``, ``the town where he was born``: the noun does not stand alone."""
    token = reading.tokens[index]
    if token.capital or token.possessive or index + 1 >= sentence.last:
        return token.capital
    following = reading.tokens[index + 1]
    if following.kind == "p":
        return following.text in "-–/"
    known = word(following.low)
    return following.low in _RESTRICTING or following.capital or (known.noun and not known.lemma and not known.adverb)


_RESTRICTING = frozenset("of called known named that which where whose next nearest closest".split())


def _one_named(reading: Reading, sentence: Sentence, index: int, types: frozenset[str]) -> Entity | None:
    """The place of a kind that this sentence and those shortly before in its block name; None for several."""
    before = reading.sentences[max(0, sentence.index - _NEAR) : sentence.index + 1]
    near = [each for each in before if each.block == sentence.block]
    named = {
        one.entity
        for each in near
        for one in reading.found[each.index]
        if one.kind == "place" and one.entity is not None and one.last <= index and _may_be(one.entity, types)
    }
    return named.pop() if len(named) == 1 and not _is_elsewhere(reading, named, near) else None


def _is_elsewhere(reading: Reading, named: set[Entity], near: Sequence[Sentence]) -> bool:
    """``civilians from Iquitos``, ``left for Graz``, ``Rabat announced``: it is not spoken of, or it is a state."""
    tokens = reading.tokens
    ones = [one for each in near for one in reading.found[each.index] if one.entity in named]
    return all(tokens[one.first - 1].low in ("from", "for") or _is_state(tokens, one) for one in ones)


def _is_state(tokens: Sequence[Token], one: Found) -> bool:
    after = {token.low for token in tokens[one.last : one.last + 3]}
    return one.entity is not None and one.entity.type == "capital" and not after.isdisjoint(words.SAY)


def _may_be(place: Entity, types: frozenset[str]) -> bool:
    """Whether a place is of a kind, or may be: of one that no gazetteer knows, nothing says that it is no town."""
    return place.type in types or (not place.type and types is not COUNTRIES)
