"""Counted resolutions: whose they are, what they demand, and who, says the text, has not carried them out."""

from collections.abc import Sequence

from kg.extract import words
from kg.extract.found import Found
from kg.extract.frames import noun_word
from kg.extract.names import state_of
from kg.extract.reading import Reading, Sentence
from kg.model import ControlWord, Entity
from kg.text.quantities import Quantity

_CARRIED_OUT = frozenset(
    "implemented fulfilled honoured honored complied executed observed obeyed respected carried heeded".split()
)
_BEFORE = 60  # tokens: how far before a count its verb may stand
_LEADING = frozenset("on demanding for about that the".split())
_NEAR = 8  # tokens after the resolutions


def adopter(reading: Reading, group: Sequence[Found], quantity: Quantity) -> Entity | None:
    """The body named within ``four UN Security Council resolutions``."""
    return next(
        (
            one.entity
            for one in group
            if one.kind == "organization"
            and one.entity
            and quantity.start <= reading.tokens[one.first].start < quantity.end
        ),
        None,
    )


def demanded(reading: Reading, sentence: Sentence, quantity: Quantity) -> ControlWord | None:
    """``resolutions demanding the withdrawal``."""
    tokens, last = reading.tokens, reading.token_index(quantity.end)
    for index in range(last, min(sentence.last, last + _NEAR)):
        noun = noun_word(tokens[index].low)
        if noun is not None and any(token.low in _LEADING for token in tokens[last:index]):
            return noun
    return None


def refusing(reading: Reading, sentence: Sentence, group: Sequence[Found], quantity: Quantity) -> Entity | None:
    """``Armenia has not implemented the four resolutions``: the state or body before the verb."""
    first = reading.token_index(quantity.start)
    lows = [token.low for token in reading.tokens[max(sentence.first, first - _BEFORE) : first]]
    negated = any(low in words.NEGATIONS or low.endswith(("n't", "n’t")) for low in lows)
    if not negated or _CARRIED_OUT.isdisjoint(lows):
        return None
    one = next((o for o in group if o.last <= first and o.kind in ("place", "organization") and o.entity), None)
    if one is None or one.entity is None:
        return None
    if one.kind == "organization":
        return one.entity
    return state_of(reading, one.entity.key) if one.entity.key else None
