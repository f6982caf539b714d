"""Where a text has dates, and what each says as written; `kg.text.dates.years` settles what they leave open."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.text.dates.dated import Bound, Dated, Relative, dated, day_of_month, is_day, shift
from kg.text.dates.forms import forms_at, words_of_forms
from kg.text.dates.relative import BEGINNINGS, relative_at
from kg.text.dates.words import DAY, FULL_MONTH, MODIFIERS, MONTH, MONTHS, SEASONS, SHORT_WEEKDAYS, month_number, one_of
from kg.text.tokens import Token

_BEGINNINGS = BEGINNINGS | words_of_forms() | MODIFIERS
_DAY_AND_HOUR = re.compile(rf"^\W{{0,3}}{DAY}\.? {MONTH},? 0\d[0-5]\d\b", re.MULTILINE | re.IGNORECASE)
_HOUR_AFTER = re.compile(r",? (?:[01]\d|2[0-4])[0-5]\d$")
_SLASHED = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(?:1[5-9]|20)\d\d(?!\d)")
# A month or season alone is a date only after a word of time.
_TIMED = re.compile(
    r"\b(?:in|since|until|till|by|before|after|during|of|from|last|this|next|early|late|mid|every|and|to|through|between)"
    r"[\s-]+(?:the\s+)?$",
    re.IGNORECASE,
)
_IN_SEASON = re.compile(r"\b(?:in|since|until|till|by|during|early|late|mid)[\s-]+(?:the\s+)?$", re.IGNORECASE)
_MONTH_ALONE = re.compile(rf"(?P<month>{FULL_MONTH})(?!\s+\d{{1,4}}(?!\d|,\d{{3}}))")  # "In May 6,150 fled"
_MODIFIER = re.compile(
    r"(?:early|mid|late)(?:\s+in\s+|[\s-]+)"
    r"|(?:first|second|third|last|final|opening|closing)\s+(?:weeks?|days|half|part|weekend|third)\s+of\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_EDGE = re.compile(r"(?P<which>first|last)\s+day\s+of\s+(?=[^\W\d_])", re.IGNORECASE)
_OF_YEAR = re.compile(
    r"\s*,?\s*(?:of\s+|in\s+)?(?:(?P<which>this|last|next|that|the\s+(?:same|following|next|previous|preceding|prior))\s+year"
    r"|the\s+year\s+(?P<side>before|after|previous)(?!\s+(?:the|his|her|its|their)\b)"
    r"|(?<=of\s)the\s+(?P<of>next|following|previous)(?=\s*[.,;:)]))(?:\b|(?=\s*[.,;:)]))",
    re.IGNORECASE,
)
_YEARS_APART = {"last": -1, "next": 1, "following": 1, "after": 1} | dict.fromkeys(
    ("previous", "preceding", "prior", "before"), -1
)
_BOUND = re.compile(
    r"\b(?P<word>since|until|till|up\s+to|by)\s+(?:the\s+)?(?:(?:night|evening|morning|end|beginning|middle|afternoon)\s+of\s+)?"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)


def slash_order(text: str) -> str:
    """How a document writes ``04/11/2023``: "day" or "month" first where another of its dates tells, else "".

    >>> slash_order("26/10/2023 and 04/11/2023"), slash_order("04/11/2023")
    ('day', '')
    """
    pairs = [(int(a), int(b)) for a, b in _SLASHED.findall(text)]
    day, month = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)
    return "day" if day and not month else "month" if month and not day else ""


def anchors(tokens: Iterable[Token]) -> Iterator[tuple[int, str]]:
    """Where a date may begin: the offset and lower-case word of each number, month and word of time."""
    for token in tokens:
        if token.kind == "n" or token.low in _BEGINNINGS:
            yield token.start, token.low
        elif "-" in token.low and token.low.startswith(("mid-", "late-", "early-")):  # "mid-1992", "late-May"
            lead, _, rest = token.low.partition("-")
            yield token.start + len(lead) + 1, rest


def find_dates(text: str, anchors: Iterable[tuple[int, str]], *, order: str = "", hours: bool = False) -> list[Dated]:
    """The dates that begin at `anchors`, as written; ``hours``: what looks like a year may be one (`has_hours`).

    The grammar is tried only where a number, a month or a word of time stands: a search over
    the whole text took half of the time of an extraction.
    """
    found: list[Dated] = []
    reached = 0
    for start, word in anchors:
        if start < reached or not word:
            continue
        dates = _read(text, start, word, order)
        if dates and hours:
            dates = [_without_hour(one, text) for one in dates]
        if dates:
            found += dates
            reached = found[-1].end
    return [_bounded(one, text) for one in _join_weekdays(found, text)]


def has_hours(text: str) -> bool:
    """Whether lines of a text begin with a day and an hour, ``2 May, 0400``: there ``2 May, 1700`` is no year.

    >>> has_hours("2 May, 1700 - lost\\n3 May, 0630 - retaken"), has_hours("2 May, 1700 - lost")
    (True, False)
    """
    return _DAY_AND_HOUR.search(text) is not None


def _without_hour(one: Dated, text: str) -> Dated:
    hour = _HOUR_AFTER.search(text, one.start, one.end)
    if hour is None or len(one.value) != 10:
        return one
    return replace(one, end=hour.start(), value=f"XXXX{one.value[4:]}", yearless=True)


def _read(text: str, start: int, word: str, order: str) -> list[Dated]:
    """The dates at an offset: of the calendar, a month alone, or counted from another; none is there is none."""
    if word in MODIFIERS and (modified := _modified(text, start, order)):
        return modified
    for pattern, reader in forms_at(word):
        if match := pattern.match(text, start):
            if dates := reader(match, text, order):
                return _with_article(_timed([_written(one, text) for one in dates], text, word), text)
            break
    if word in MONTHS and (match := _MONTH_ALONE.match(text, start)) and _before(_TIMED, text, start):
        return [_of_year(dated(*match.span(), None, month_number(word)), text)]
    relative = relative_at(text, start, word)
    return [relative] if relative else []


def _before(pattern: re.Pattern[str], text: str, start: int) -> re.Match[str] | None:
    return pattern.search(text, max(0, start - 14), start)


def _modified(text: str, start: int, order: str) -> list[Dated]:
    """``early May 1992``, ``late 2014``: the month or year, which is not more than the words say; ``the last day of
    May`` is a day.
    """
    edge = _EDGE.match(text, start)
    match = edge or _MODIFIER.match(text, start)
    if not match:
        return []
    following = re.compile(r"[^\W_]+").match(text, match.end())
    if not following:
        return []
    number = re.match(r"\d+", following[0])
    dates = _read(text, match.end(), number[0] if number else following[0].lower(), order)
    if edge:
        if not dates or dates[0].relative:
            return []
        return [replace(dates[0], start=start, value=day_of_month(dates[0].value, edge["which"].lower())), *dates[1:]]
    return _with_article([replace(dates[0], start=start), *dates[1:]], text) if dates else []


def _with_article(dates: list[Dated], text: str) -> list[Dated]:
    """``the 1990s``, ``the spring of 1999``: the article is the date's, and not that of a noun after it."""
    value = dates[0].value if dates else ""
    part = value[5:7]
    named = (value[3:4] == "X" and value[0] != "X") or (part.isdecimal() and int(part) > 12 and "/" not in value)
    if named and text[max(0, dates[0].start - 4) : dates[0].start].lower() == "the ":
        return [replace(dates[0], start=dates[0].start - 4), *dates[1:]]
    return dates


def _written(one: Dated, text: str) -> Dated:
    """``April '14``: its year is written, so that nothing else in the text gives it one."""
    return replace(one, yearless=False) if one.yearless and text[one.end - 3] in "'’‘" else one


def _timed(dates: list[Dated], text: str, word: str) -> list[Dated]:
    """Leave out a season without a year that no word of time leads to; add the year that a phrase gives."""
    last = dates[-1]
    if word in SEASONS and last.yearless and not _before(_IN_SEASON, text, last.start):
        return []
    return [*dates[:-1], _of_year(last, text)] if last.yearless else dates


def _of_year(one: Dated, text: str) -> Dated:
    """``3 May last year``, ``late July of that year``: the year is counted from another."""
    match = _OF_YEAR.match(text, one.end)
    if not match:
        return one
    which = (match["which"] or match["side"] or match["of"]).lower().split()[-1]
    base = "published" if (match["which"] or "").lower() in ("this", "last", "next") else "said"
    return replace(one, end=match.end(), relative=Relative(base, "year", _YEARS_APART.get(which, 0)))  # type: ignore[arg-type]


_SHORT_WEEKDAY = re.compile(rf"\b(?P<short>(?=[A-Z])(?i:{one_of(SHORT_WEEKDAYS)}))\b\.?,?\s+$")
_WEEKDAY_BEFORE = re.compile(r"\s*,?\s*(?:the\s+)?")
_WEEKDAY_AFTER = re.compile(r"\s*[,(]\s*(?:a\s+)?")


def _join_weekdays(found: Sequence[Dated], text: str) -> list[Dated]:
    """``Saturday, 1 October`` and ``1 October, a Saturday`` are one date each."""
    joined: list[Dated] = []
    for one in found:
        before = joined[-1] if joined else None
        if _is_day(one) and (short := _SHORT_WEEKDAY.search(text, max(0, one.start - 8), one.start)):
            one = replace(one, start=short.start(), weekday=SHORT_WEEKDAYS[short["short"].lower()])
        if before and _is_weekday(before) and before.relative and _is_day(one):
            if _WEEKDAY_BEFORE.fullmatch(text, before.end, one.start):
                joined[-1] = replace(one, start=before.start, weekday=before.relative.number)
                continue
        if before and _is_weekday(one) and one.relative and _is_day(before) and before.weekday is None:
            if _WEEKDAY_AFTER.fullmatch(text, before.end, one.start):
                joined[-1] = replace(before, weekday=one.relative.number)
                continue
        joined.append(one)
    return joined


def _is_weekday(one: Dated) -> bool:
    return one.relative is not None and one.relative.unit == "weekday" and not one.relative.steps


def _is_day(one: Dated) -> bool:
    return len(one.value) == 10 or (one.relative is not None and one.relative.unit == "nth")


_EVE = re.compile(r"\bon\s+the\s+eve\s+of\s+$", re.IGNORECASE)
_BOUNDS: dict[str, Bound] = {"since": "since", "by": "by"}


def _bounded(one: Dated, text: str) -> Dated:
    if one.start > 7 and _EVE.search(text, one.start - 16 if one.start > 16 else 0, one.start):
        one = replace(one, value=shift(one.value, -1) if is_day(one.value) else "", relative=None, yearless=False)
    match = _BOUND.search(text, max(0, one.start - 28), one.start)
    return replace(one, bound=_BOUNDS.get(match["word"].lower(), "until")) if match else one
