"""Dates that are counted from another: from the day of publication, or from the date last said.

``published``: ``yesterday``, ``last week``, ``a year ago``. ``said``: ``two days later``, ``that winter``, ``the same
evening``. A count is as exact as its unit: ``a month later`` is a month, not a day.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from kg.text.dates.dated import Dated, Relative, day_of_month, is_day, shift, year_of
from kg.text.dates.words import (
    COUNT,
    COUNTS,
    ENDS,
    FULL_MONTH,
    MONTHS,
    SEASON,
    SEASONS,
    WEEKDAYS,
    one_of,
)
from kg.text.edtf import is_valid

_WEEKDAY = rf"{one_of(WEEKDAYS)}\b(?!s)"
_NAMED = rf"(?P<named>{_WEEKDAY}|(?-i:{FULL_MONTH})|{SEASON})"
_UNIT = r"(?P<unit>day|night|morning|evening|afternoon|week|weekend|fortnight|month|year)"
_CLOSED = r"(?=\s*(?:[.,;:!?)\]\"”’–—]|\n|$)|\s+(?:that|this|and|but)\b)"
_STEPS = {"last": -1, "this": 0, "next": 1}
_DAY_WORDS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_UNITS = dict.fromkeys(("day", "night", "morning", "evening", "afternoon"), "day") | {
    "week": "week",
    "weekend": "week",
    "fortnight": "week",
    "month": "month",
    "year": "year",
}

_FEASTS = "good black bloody palm holy ash maundy easter shrove".split()
_NO_FEAST = "".join(rf"(?<!{feast}\s)" for feast in _FEASTS)  # "Good Friday" is no Friday of this week
WITHIN = 1  # of a relative day that is only counted from one that the same paragraph has said
LAST = 99  # of the days of a month, the last
Builder = Callable[[re.Match[str], str], Relative | None]


def _of_day(match: re.Match[str], text: str) -> Relative:
    before = match["side"]
    return Relative("published", "day", _DAY_WORDS[match["word"].lower()] * (2 if before else 1))


def _of_this(match: re.Match[str], text: str) -> Relative | None:
    """``last week``, ``this May``, ``next year``, ``this morning``, ``last night``."""
    step = _STEPS[match["step"].lower()]
    if step and _OWNED.search(text, max(0, match.start() - 8), match.start()):
        return None  # "over the last year", "his last week"
    if match["named"]:
        return _named("published", match["named"], step)
    unit = _UNITS[match["unit"].lower()]
    if unit == "day" and step == 1:
        return Relative("said", "day", 1)  # "Next morning they left."
    if match["unit"].lower() == "day":
        return None
    return Relative("published", unit, step)  # type: ignore[arg-type]


_OWNED = re.compile(r"(?:\b(?:the|his|her|its|their|my|our|every|each)|['’]s)\s+$", re.IGNORECASE)


_LENGTHS = {"hour": 1, "day": 24, "week": 168, "month": 0, "year": 0}  # in hours, where a day tells


def _of_past(match: re.Match[str], text: str) -> Relative:
    """``in the last 24 hours``, ``the past two weeks``: a stretch that ends on the day of publication."""
    written = (match["count"] or "one").lower()
    count = int(written) if written.isdecimal() else COUNTS[written]
    return Relative("published", "past", -count, list(_LENGTHS).index(match["unit"].lower()))


def _of_weekday(match: re.Match[str], text: str) -> Relative | None:
    """``on Wednesday``; of the week before, ``Wednesday last week``, no form of a date is counted yet."""
    if match["week"]:
        return Relative("published", "weekday", None, WEEKDAYS[match["named"].lower()])
    return Relative("published", "weekday", 0, WEEKDAYS[match["named"].lower()])


def _named(base: str, name: str, step: int) -> Relative:
    low = name.lower()
    if low in WEEKDAYS:
        return Relative(base, "weekday", step, WEEKDAYS[low])  # type: ignore[arg-type]
    if low in MONTHS:
        return Relative(base, "named-month", step, MONTHS[low])  # type: ignore[arg-type]
    return Relative(base, "season", step, SEASONS[low])  # type: ignore[arg-type]


_EXACT = re.compile(r"\b(?:exactly|precisely)\s+$", re.IGNORECASE)
_ROUGH = re.compile(
    r"\b(?:about|around|almost|nearly|roughly|over|under|within|some|(?:more|less)\s+than|at\s+least|(?:just|only)\s+over)\s+$",
    re.IGNORECASE,
)


def _count(match: re.Match[str], text: str) -> int | None:
    written = match["count"].lower()
    if _ROUGH.search(text, max(0, match.start() - 16), match.start()):
        return None
    number = int(written) if written.isdecimal() else COUNTS.get(written)
    return number if number is None or match["unit"].lower() != "fortnight" else 2 * number


def _of_ago(match: re.Match[str], text: str) -> Relative | None:
    """``two days ago``; ``exactly one year ago`` is a day, ``a year ago`` a year."""
    count, unit = _count(match, text), _UNITS[match["unit"].lower()]
    exact = match["today"] or _EXACT.search(text, max(0, match.start() - 12), match.start())
    steps = None if count is None else -count
    if unit == "year" and exact:
        return Relative("published", "year", steps, 1)
    return Relative("published", unit, steps)  # type: ignore[arg-type]


def _of_later(match: re.Match[str], text: str) -> Relative | None:
    """``two days later``, ``a week earlier``; weeks are counted in days, as they are said."""
    count, unit = _count(match, text), _UNITS[match["unit"].lower()]
    back = match["way"].lower().split()[0] in ("earlier", "before", "previously", "prior")
    steps = None if count is None else -count if back else count
    if unit == "week":
        return Relative("said", "day", None if steps is None else 7 * steps)
    return Relative("said", unit, steps)  # type: ignore[arg-type]


def _of_same(match: re.Match[str], text: str) -> Relative | None:
    """``the same day``, ``that night``, ``that winter``, ``that year``."""
    if match["named"]:
        return _named("said", match["named"], 0)
    return Relative("said", _UNITS[match["unit"].lower()], 0)  # type: ignore[arg-type]


def _of_part(match: re.Match[str], text: str) -> Relative:
    """``by noon``, ``before dusk``: of the day that the paragraph has said."""
    return Relative("said", "day", 0, WITHIN)


def _of_next(match: re.Match[str], text: str) -> Relative | None:
    """``the following day``, ``the previous year``, ``the following May``, ``the day before``."""
    way = match["way"].lower()
    step = -1 if way in ("previous", "preceding", "before") else 1
    named = match.groupdict().get("named")
    if named:
        return _named("said", named, step)
    unit = _UNITS[match["unit"].lower()]
    return Relative("said", unit, step)  # type: ignore[arg-type]


def _of_edge(match: re.Match[str], text: str) -> Relative:
    """``the last day of that month``."""
    step = {"next": 1, "following": 1, "previous": -1}.get((match["way"] or "").lower(), 0)
    return Relative("said", "nth", step, 1 if match["which"].lower() == "first" else LAST)


def _of_nth(match: re.Match[str], text: str) -> Relative:
    """``the 10th``, ``the 22nd of the next month``."""
    step = {"next": 1, "following": 1, "previous": -1}.get((match["way"] or "").lower(), 0)
    return Relative("said" if match["way"] else "either", "nth", step, int(match["nth"]))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A form of relative dates: the words that it begins with, its pattern, and what it counts from."""

    begins: frozenset[str]
    pattern: re.Pattern[str]
    build: Builder


def _phrase(begins: str, pattern: str, build: Builder) -> Phrase:
    return Phrase(frozenset(begins.split()), re.compile(rf"(?<![\w-]){pattern}", re.IGNORECASE), build)


_COUNTING = f"{' '.join(COUNTS)} # some several many few"
_MANY = rf"(?P<count>{COUNT}|some|several|many|a\s+few|a\s+couple\s+of)"
_UNBOUND = r"(?!\s+(?:of|before|after|until)\b)"
PHRASES: tuple[Phrase, ...] = (
    _phrase(
        "the today tonight yesterday tomorrow",
        rf"(?P<side>the\s+day\s+(?:before|after)\s+)?(?P<word>{one_of(_DAY_WORDS)})\b(?!['’]s)",
        _of_day,
    ),
    _phrase(
        "by",
        r"by\s+(?:noon|midday|evening|nightfall|dusk|sunset|sundown|breakfast|lunch|lunchtime|supper)\b"
        r"(?!\s+(?:on|of|the|that|next|today|yesterday|tomorrow|\w+day|\d))",
        _of_part,
    ),
    _phrase(
        "last this next",
        rf"(?P<step>last|this|next)\s+(?:{_NAMED}|{_UNIT}\b)(?!\s+of\b)",
        _of_this,
    ),
    _phrase(
        "the last past",
        rf"(?:the\s+)?(?:last|past)\s+(?P<count>{COUNT})\s+(?P<unit>{one_of(_LENGTHS)})s?\b{_UNBOUND}",
        _of_past,
    ),
    _phrase(
        "the",
        rf"the\s+past(?P<count>)\s+(?P<unit>{one_of(_LENGTHS)})\b{_UNBOUND}",
        _of_past,
    ),
    _phrase(
        " ".join(WEEKDAYS),
        rf"{_NO_FEAST}(?P<named>{_WEEKDAY})(?P<week>(?:,|\s+of)?\s+(?:last|next|the\s+(?:previous|following|next))\s+week\b)?",
        _of_weekday,
    ),
    _phrase(_COUNTING, rf"{_MANY}\s+{_UNIT}s?\s+ago\b(?P<today>\s+(?:today|to\s+the\s+day))?", _of_ago),
    _phrase(
        _COUNTING,
        rf"{_MANY}\s+{_UNIT}s?\s+(?P<way>later\b(?!\s+than)|afterwards?\b|thereafter\b|(?:after|before)\s+(?:that|this)\b"
        rf"|on(?=,)|earlier\b(?!\s+than)|previously\b|(?:before|prior){_CLOSED}|after(?=\s*[.,;:!?]))",
        _of_later,
    ),
    _phrase(
        "the that same",
        rf"(?:(?:the\s+)?(?:very\s+)?same|that(?:\s+(?:very|same))?)\s+(?:{_NAMED}|{_UNIT}|date(?P<date>))\b",
        lambda match, text: Relative("said", "day", 0) if match["date"] is not None else _of_same(match, text),
    ),
    _phrase(
        "the",
        rf"the\s+(?P<way>next|following|previous|preceding)\s+(?:{_NAMED}|{_UNIT}\b)(?!\s+of\b)",
        _of_next,
    ),
    _phrase("the", rf"the\s+{_UNIT}\s+(?P<way>before|after){_CLOSED}", _of_next),
    _phrase(
        "first last",
        r"(?P<which>first|last)\s+day\s+of\s+(?:that|this|the(?:\s+(?P<way>same|next|following|previous))?)\s+month\b",
        _of_edge,
    ),
    _phrase(
        "the",
        rf"the\s+(?P<nth>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)\b"
        rf"(?:\s+of\s+(?:that|this|the\s+(?P<way>same|next|following|previous))\s+month\b|{ENDS})",
        _of_nth,
    ),
)
"""Tried in order; ``#`` stands for any number."""
_BY_WORD = {
    word: tuple(phrase for phrase in PHRASES if word in phrase.begins) for phrase in PHRASES for word in phrase.begins
}
_AFTER_THE = re.compile(
    rf"the\s+(?:past|last|next|following|previous|preceding|very|same|\d|{_NAMED}|{_UNIT})", re.IGNORECASE
)
BEGINNINGS = frozenset(_BY_WORD) - {"#"}


def relative_at(text: str, start: int, word: str) -> Dated | None:
    """The relative date that begins at an offset with a word (lower case) or number, if there is one."""
    if word == "the" and not _AFTER_THE.match(text, start):
        return None
    for phrase in _BY_WORD.get("#" if word[0].isdigit() else word, ()):
        if match := phrase.pattern.match(text, start):
            if (relative := phrase.build(match, text)) is not None:
                return Dated(match.start(), match.end(), "", relative=relative)
    return None


# What relative dates are


def reckon(one: Relative, said: str, published: str, *, future: bool = False) -> str:
    """The value of a relative date, given the date last said and that of publication; empty where it is open.

    >>> reckon(Relative("said", "day", 2), "1992-05-08", "")
    '1992-05-10'
    >>> reckon(Relative("published", "week", -1), "", "2024-05-14")
    '2024-05'
    """
    base = published if one.base == "published" else said or (published if one.base == "either" else "")
    if one.unit == "nth" and not one.steps and base.startswith("XXXX-"):
        return _valid(_nth(one, base, future))
    if one.unit == "day" and one.steps is not None and base.startswith("XXXX-"):
        return shift(base, one.steps)
    if one.steps is None or year_of(base) is None:
        return ""
    value = _RECKONERS[one.unit](one, base, future)
    if one.base == "either" and not said and value > published and not future:
        value = _RECKONERS[one.unit](replace(one, steps=-1), base, future)  # "the 30th", on the 12th
    return _valid(value)


def _valid(value: str) -> str:
    return value if value and is_valid(value) else ""


def _days(one: Relative, base: str, future: bool) -> str:
    return shift(base, one.steps or 0)


def _week(one: Relative, base: str, future: bool) -> str:
    """No EDTF value is a week: the month that it lies in, or the year, or nothing."""
    if not is_day(base):
        return ""
    monday = shift(shift(base, -date.fromisoformat(base).weekday()), 7 * (one.steps or 0))
    return _shared(monday, shift(monday, 6))


def _shared(first: str, last: str) -> str:
    """The month or year that two days share."""
    return next((first[:length] for length in (7, 4) if first[:length] == last[:length]), "")


def _month(one: Relative, base: str, future: bool) -> str:
    if len(base) < 7 or not base[5:7].isdecimal() or int(base[5:7]) > 12:
        return ""
    if not one.steps:
        return base[:7]
    months = 12 * int(base[:4]) + int(base[5:7]) - 1 + one.steps
    return f"{months // 12:04}-{months % 12 + 1:02}"


def _year(one: Relative, base: str, future: bool) -> str:
    """A year; where it is exact (``number``), the same day of that year."""
    year = f"{int(base[:4]) + (one.steps or 0):04}"
    if not one.number:
        return year
    return year + base[4:] if is_valid(year + base[4:]) else year


def _weekday(one: Relative, base: str, future: bool) -> str:
    """The last such day up to the base, or the next where what happens is to come."""
    today = date.fromisoformat(base).weekday() if is_day(base) else None
    if today is None or (one.base == "said" and not one.steps):
        return ""
    if one.steps == 1 or (future and not one.steps):
        return shift(base, (one.number - today) % 7 or 7 * (one.steps == 1))
    return shift(base, -((today - one.number) % 7 or 7 * (one.steps == -1)))


def _past(one: Relative, base: str, future: bool) -> str:
    """From so long before publication: in days to a day, in months to a month, in years to a year."""
    unit, count = list(_LENGTHS)[one.number], -(one.steps or 0)
    days = -(-count * _LENGTHS[unit] // 24)
    coarse = replace(one, number=0)
    first = shift(base, -days) if days else (_month if unit == "month" else _year)(coarse, base, future)
    return f"{first}/{base}" if first and is_day(base) else ""


def _nth(one: Relative, base: str, future: bool) -> str:
    month = _month(one, base, future)
    if one.number == LAST:
        return day_of_month(month, "last")
    return f"{month}-{one.number:02}" if month else ""


def _named_month(one: Relative, base: str, future: bool) -> str:
    """``last May`` is the one before, ``next May`` the one after, ``this May`` and ``that May`` that of the year."""
    year = int(base[:4])
    if one.steps:
        if len(base) < 7:
            return ""
        month = int(base[5:7])
        year += (one.number <= month) if one.steps > 0 else -(one.number >= month)
    return f"{year:04}-{one.number:02}"


def _season(one: Relative, base: str, future: bool) -> str:
    """``that winter``, said of January, began in the year before; ``last summer`` needs a month to be counted from."""
    year, month = int(base[:4]), int(base[5:7]) if base[5:7].isdecimal() else 0
    if not one.steps:
        return f"{year - (one.number == 24 and 1 <= month <= 3):04}-{one.number}"
    if not 1 <= month <= 12:
        return ""
    begins = {21: 3, 22: 6, 23: 9, 24: 12}[one.number]
    if one.steps > 0:
        return f"{year + (begins <= month):04}-{one.number}"
    ended = {21: 6, 22: 9, 23: 12, 24: 15}[one.number]  # the month, of the year that it begins in, after its last
    return f"{year - (month < ended) - (month < ended - 12):04}-{one.number}"


_RECKONERS: dict[str, Callable[[Relative, str, bool], str]] = {
    "day": _days,
    "week": _week,
    "month": _month,
    "year": _year,
    "weekday": _weekday,
    "nth": _nth,
    "past": _past,
    "named-month": _named_month,
    "season": _season,
}


def with_year(one: Dated, year: int) -> Dated:
    """A yearless date or stretch in a year; a stretch may end in the next."""
    first, slash, last = one.value.partition("/")
    value = first.replace("XXXX", f"{year:04}")
    if slash:
        value += f"/{last.replace('XXXX', f'{year + (last < first):04}')}"
    return replace(one, value=value if is_valid(value) else "", yearless=False)
