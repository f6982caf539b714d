"""Written numbers and their values: in digits, with either decimal mark, and in words."""

import re
from collections.abc import Sequence
from decimal import Decimal

from kg.text.tokens import Token

WORDS = {
    word: value
    for value, word in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        ).split()
    )
}
_TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
WORDS |= _TENS
WORDS |= {f"{ten}-{one}": _TENS[ten] + WORDS[one] for ten in _TENS for one in list(WORDS)[1:10]}
WORDS |= {"single": 1, "dozen": 12, "hundred": 100, "thousand": 1000}
FRACTIONS = {
    "half": "50",
    "third": "33.3",
    "quarter": "25",
    "fifth": "20",
    "tenth": "10",
    "sixth": "16.7",
    "eighth": "12.5",
}
NUMBERS = frozenset([*WORDS, *FRACTIONS])

# At most 15 digits before the point: what is longer measures nothing, and exact arithmetic ends at 28.
NUMBER = (
    r"(?:\d{1,3}(?:[,\u00a0\u202f\u2009 ’']\d{3}){1,4}(?![\d])(?:\.\d{1,15})?"
    r"|\d{1,3}(?:\.\d{3}){1,4},\d{1,15}|\d{1,3}(?:\.\d{3}){2,4}|\d{1,15}(?:[.,]\d{1,15})?)(?!\d)"
)


def is_number(text: str) -> bool:
    """Whether a text is nothing but a number that kg reads: not ``99999999991,0,9``, nor one of thirty digits."""
    return re.fullmatch(NUMBER, text) is not None


def number(text: str) -> Decimal:
    """The value of a written number, as `is_number` knows them.

    >>> number("1,835"), number("24 374"), number("1.835,5"), number("0.5"), number("12,5")
    (Decimal('1835'), Decimal('24374'), Decimal('1835.5'), Decimal('0.5'), Decimal('12.5'))
    """
    plain = re.sub(r"[\s\u00a0\u202f\u2009’']", "", text)
    if "," in plain and "." in plain:
        if plain.rfind(",") > plain.rfind("."):
            plain = plain.replace(".", "").replace(",", ".")
        else:
            plain = plain.replace(",", "")
    elif "," in plain:
        head, *groups = plain.split(",")
        is_point = len(groups) == 1 and (len(groups[0]) != 3 or head == "0")
        plain = plain.replace(",", "." if is_point else "")
    elif plain.count(".") > 1:
        plain = plain.replace(".", "")
    return Decimal(plain)


_DECIMAL_COMMA = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)|\d{1,3},\d{1,2}\s?(?:%|per\s?cent|km|ha\b|sq|hectares|million))"
)
_DECIMAL_POINT = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+\.\d{1,2}\s?(?:%|per\s?cent|km|ha\b|sq|hectares|million))"
)

_COMMA = re.compile(r",(?<=\d,)\d{1,2}(?!\d)")  # is soon found not to be there


def decimal_mark(text: str) -> str:
    """ "," where the numbers of a text have a decimal comma and none a decimal point, so that 1.835 is over a thousand.

    >>> decimal_mark("1.835 km2, or 33,95%"), decimal_mark("1.835 km2, 3,400 tents"), decimal_mark("1.835 km2")
    (',', '', '')
    """
    if not _COMMA.search(text):
        return ""
    return "," if _DECIMAL_COMMA.search(text) and not _DECIMAL_POINT.search(text) else ""


def spelled(tokens: Sequence[Token], index: int, end: int) -> tuple[Decimal, int]:
    """The value of a number in words, ``five thousand two hundred and ten``, and its last token, before ``end``."""
    thousands = group = 0
    room, last = 1000, index  # what is added must be less than `room`
    step = index
    while step < end:
        if (group >= 100 or (thousands and not group)) and tokens[step].low == "and" and step + 1 < end:
            step += 1
            if WORDS.get(tokens[step].low, room) >= room:
                break
        low, value = tokens[step].low, WORDS.get(tokens[step].low, room)
        if low == "thousand" and not thousands:
            thousands, group, room = value * (group or 1), 0, value
        elif low in ("hundred", "dozen") and group < 100:
            group, room = value * (group or 1), value if low == "hundred" else 0
        elif value < room:
            group, room = group + value, 10 if low in _TENS else 0
        else:
            break
        last = step
        step += 1
    return Decimal(thousands + group), last
