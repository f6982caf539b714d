"""The words that dates are made of, and the patterns of them that the forms share."""

from collections.abc import Iterable

from kg.text.numbers import WORDS as NUMBER_WORDS

_SHORT_MONTHS = {
    name: number
    for number, names in enumerate("jan|feb|mar|apr||jun|jul|aug|sep sept|oct|nov|dec".split("|"), 1)
    for name in names.split()
}
_FULL_MONTHS = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
MONTHS = _SHORT_MONTHS | _FULL_MONTHS
ROMAN_MONTHS = {name: number for number, name in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}
WEEKDAYS = {name: n for n, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
SHORT_WEEKDAYS = {name: n for n, name in enumerate("mon tue wed thu fri sat sun".split())} | {
    "tues": 1,
    "thur": 3,
    "thurs": 3,
}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""As EDTF numbers them (ISO 8601-2:2019, level 1)."""
ORDINALS = {
    word: number
    for number, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
        ).split(),
        1,
    )
}
COUNTS = {word: n for word, n in NUMBER_WORDS.items() if 0 < n < 100 and word not in ("single", "dozen")} | {
    "a": 1,
    "an": 1,
}
MODIFIERS = frozenset("early mid late first second third last final opening closing".split())


def one_of(words: Iterable[str]) -> str:
    """A pattern of the words of a table, and of nothing that the table does not know.

    Where case does not count, ``ſ`` is an ``s`` and ``İ`` an ``i`` to a pattern, but not to a table: so only ASCII is.
    """
    return f"(?a:{'|'.join(sorted(words, key=len, reverse=True))})"


MONTH = rf"(?:{one_of(_FULL_MONTHS)}(?![^\W\d_])|{one_of(_SHORT_MONTHS)}\b\.?)"
FULL_MONTH = rf"{one_of(name.title() for name in _FULL_MONTHS)}(?![^\W\d_])"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?a:st|nd|rd|th)?(?!\d|,\d{3}(?!\d))"
YEAR = r"(?:(?:1[5-9]\d\d|20\d\d)(?![\d]|[,.]\d)|['’‘]\d\d(?![\w'’]))"
SEASON = rf"{one_of(SEASONS)}\b"
COUNT = rf"(?:\d{{1,3}}|{one_of(COUNTS)})\b"
# What may follow a season or a day of the month alone: not a noun that it describes ("the summer offensive").
ENDS = (
    r"(?=\s*(?:[.,;:!?)\]\"”’–—]|-\s|\n|$)|\s+(?:(?:the|a|an|and|or|but|when|while|as|"
    r"it|he|she|they|we|i|his|her|their|its|in|on|at|by|to|for|with|from|after|before|was|were|had|has|is|did|that|"
    r"without|under|near|into|until)\b))"
)


def month_number(text: str) -> int:
    """Of a month as written, ``Sept.``, ``May``.

    >>> month_number("Sept.")
    9
    """
    return MONTHS[text.lower().rstrip(".")]
