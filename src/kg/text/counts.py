"""Numbers that count what a noun after them names: ``12,300``, ``24 374``, ``eleven``, ``half a million``."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.text.numbers import WORDS, is_number, number, spelled
from kg.text.tokens import Token

_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "third": Decimal(1) / 3}
_MONEY = frozenset("$€£₽#№")
_NUMBERED = frozenset(
    "no nos number resolution resolutions article chapter bus route road line flight page aged age".split()
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number: its tokens, value, and whether it is a rough one ("half a million")."""

    first: int
    last: int
    value: Decimal
    rough: bool = False


def counted_at(tokens: Sequence[Token], index: int, end: int, *, decimal: str = "") -> Counted | None:
    """The number that begins at a token, if it may count something; with a decimal comma 1.835 is over a thousand.

    >>> from kg.text.tokens import tokenize
    >>> counted_at(tokenize("half a million people", 0, 21), 0, 4)
    Counted(first=0, last=3, value=Decimal('500000.0'), rough=True)
    """
    token = tokens[index]
    before = tokens[index - 1] if index else None
    if before is not None and (before.text in _MONEY or before.low in _NUMBERED):
        return None
    if token.kind == "n":
        return _in_digits(tokens, index, end, decimal)
    if token.low in _PARTS:
        return _part(tokens, index, end)
    if token.low in ("a", "an"):
        return _a_scale(tokens, index, end)
    if token.low in WORDS:
        value, last = spelled(tokens, index, end)
        if last + 2 < end and tokens[last + 1].low.removesuffix("s") in _PARTS and tokens[last + 2].low == "of":
            part = _part(tokens, last + 1, end)  # "three quarters of a million"
            return Counted(index, part.last, value * part.value, rough=True) if part is not None else None
        return _scaled(tokens, index, last + 1, end, value)
    return None


def _in_digits(tokens: Sequence[Token], index: int, end: int, decimal: str) -> Counted | None:
    if not is_number(tokens[index].text):
        return None
    text, last = tokens[index].text, index + 1
    if decimal == ",":
        text = text.replace(".", "")
    while last < end and len(tokens[last].text) == 3 and _goes_on(tokens[last - 1], tokens[last]) and len(text) < 12:
        text += tokens[last].text
        last += 1
    value = number(text)
    counted = _scaled(tokens, index, last, end, value)
    return counted if counted.value == counted.value.to_integral_value() else None


def _goes_on(token: Token, following: Token) -> bool:
    """``24 374``: three digits after one space, and no more than three before."""
    digits = token.kind == following.kind == "n" and following.text.isdecimal() and token.text.isdecimal()
    return digits and following.start - token.end == 1 and len(token.text) <= 3


def _scaled(tokens: Sequence[Token], first: int, last: int, end: int, value: Decimal) -> Counted:
    if last < end and tokens[last].low in _SCALES:
        return Counted(first, last + 1, value * _SCALES[tokens[last].low])
    return Counted(first, last, value)


def _part(tokens: Sequence[Token], index: int, end: int) -> Counted | None:
    """``half a million``, ``a quarter of a million``."""
    step = index + 1
    if step < end and tokens[step].low == "of":
        step += 1
    if step + 1 < end and tokens[step].low in ("a", "one") and tokens[step + 1].low in _SCALES:
        first = index - 1 if index and tokens[index - 1].low in ("a", "one") else index
        value = _PARTS[tokens[index].low.removesuffix("s")] * _SCALES[tokens[step + 1].low]
        return Counted(first, step + 2, value, rough=True) if value == value.to_integral_value() else None
    return None


def _a_scale(tokens: Sequence[Token], index: int, end: int) -> Counted | None:
    """``a hundred``, ``a quarter of a million``."""
    of_it = index > 1 and tokens[index - 1].low == "of" and tokens[index - 2].low.removesuffix("s") in _PARTS
    if index + 1 >= end or of_it:
        return None  # "two thirds of a million"
    following = tokens[index + 1].low
    if following in _PARTS:
        return _part(tokens, index + 1, end)
    if following in ("hundred", "thousand", "million", "dozen"):
        value = Decimal(12 if following == "dozen" else _SCALES[following])
        return Counted(index, index + 2, value, rough=True)
    return None
