"""Dates in text -> EDTF.

One grammar over the (masked) text. A date is read as written; what it leaves open is filled, in a second step,
only from where the text fills it: a year named later in the same enumeration, earlier in the
same paragraph or in the heading of its list, or the date of the document. What stays open stays
open (``XXXX-05-09``). Day and month are never swapped by guess: ``08/05/1992`` is only ``1992``.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.text.edtf import is_valid

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
_NUMBERS = {word: n for n, word in enumerate("two three four five six seven eight nine ten".split(), 2)}
WEEKDAYS = {name: n for n, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}


def _one_of(words: Iterable[str]) -> str:
    """A pattern of the words of a table, and of nothing that the table does not know.

    Where case does not count, ``ſ`` is an ``s`` and ``İ`` an ``i`` to a pattern, but not to a table: so only ASCII is.
    """
    return f"(?a:{'|'.join(sorted(words, key=len, reverse=True))})"


_MONTH = rf"(?:{_one_of(_FULL_MONTHS)}(?![^\W\d_])|{_one_of(_SHORT_MONTHS)}\b\.?)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?a:st|nd|rd|th)?(?![\d])"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)(?![\d]|[,.]\d)"
_DASH = r"\s*(?:[-–—]|to|and|through|until)\s*"
_BARE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|before|after|during|of|from|last|this|next|early|late|mid|every|and|to)[\s-]+"
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b(?!\s+\d)"
)
_RELATIVE = re.compile(
    r"\b(?:(?:on|last|this|late|early|since|until|by)\s+)?(?P<weekday>" + _one_of(WEEKDAYS) + r")\b(?!s)"
    r"|\b(?P<same>(?:(?:on|that|the)\s+)*same\s+day|that\s+(?:very\s+)?day|that\s+date)\b"
    r"|\b(?P<next>the\s+(?:next|following)\s+day|(?:a|one)\s+day\s+later|the\s+day\s+after)\b(?!\s+tomorrow)"
    r"|\b(?P<later>(?P<n>\d{1,2}|" + _one_of(_NUMBERS) + r")\s+(?P<unit>day|week)s\s+later)\b"
    r"|\bthe\s+(?P<nth>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)\b(?:\s+of\s+(?:that|the\s+same|this)\s+month)?(?!\s+(?:of|century|anniversary|day|time|year|week|hour|"
    r"month|session|meeting|round|and|[A-Z]|[a-z]+ly\b))"
    r"|\b(?P<today>today|yesterday|tomorrow|tonight)\b"
    r"|\b(?P<year>this\s+year|last\s+year|the\s+same\s+year|that\s+year)\b",
    re.IGNORECASE,
)
# A number that could be a year is one where the words around it speak of time.
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|by|of|from|until|till|before|after|during|to|through|between|and|the|late|early|mid|year|winter|spring|"
    r"summer|autumn|fall|circa|around|about|ca\.?|into|back|than|end\sof|for|on|as|with|their|its|his|her|this|that)|[(\[–—:;,|/*#]|^)[\s*-]*$",
    re.IGNORECASE,
)
_AFTER_YEAR = re.compile(
    r"\s*(?:%|per\s?cent|sq|square|km|ha\b|hectares?|acres?|miles?|met(?:er|re)s?|m\b|kilomet|people|persons|troops|soldiers|"
    r"fighters|men\b|women|civilians|residents|inhabitants|families|refugees|houses|homes|villages|towns|tons|tonnes|"
    r"dollars|euros|vehicles|tanks|shells|mines|times|thousand|million)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as read: its characters, its parts as far as the text gives them, its EDTF value."""

    start: int
    end: int
    value: str  # "" where it cannot be resolved
    yearless: bool = False
    relative: str = ""  # same, next, weekday:N, today, yesterday, month ...


_TIME_WORDS = "on last this late early since until by that the same a one today yesterday tomorrow tonight".split()
ANCHORS = frozenset([*MONTHS, *WEEKDAYS, *_NUMBERS, *_TIME_WORDS])
"""Words at which a date may begin, besides numbers."""


_SLASHED = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(?:1[5-9]|20)\d\d(?!\d)")


def slash_order(text: str) -> str:
    """How a document writes ``04/11/2023``: "day" or "month" first where another of its dates tells, else "".

    >>> slash_order("26/10/2023 and 04/11/2023"), slash_order("04/11/2023")
    ('day', '')
    """
    pairs = [(int(a), int(b)) for a, b in _SLASHED.findall(text)]
    day, month = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)
    return "day" if day and not month else "month" if month and not day else ""


def find_dates(text: str, anchors: Iterable[tuple[int, str]], *, order: str = "") -> list[Dated]:
    """The dates that begin at the anchors (offset and lower-case word of a token), as written.

    The grammar is tried only where a number, a month or a word of time stands: a search over
    the whole text took half of the time of an extraction.
    """
    found: list[Dated] = []
    reached = 0
    for start, word in anchors:
        if start < reached:
            continue
        first = word[0]
        if first.isdigit() or word in MONTHS:
            if read := _at(text, start, order):
                dates, reached = read
                found += dates
            elif word in MONTHS and (match := _BARE_MONTH.search(text, max(0, start - 12), start + len(word) + 1)):
                found.append(_dated(match.start("month"), match.end("month"), None, MONTHS[word], None))
                reached = match.end()
            elif first.isdigit() and (match := _RELATIVE.match(text, start)):
                found += _relative(match)
                reached = match.end()
        elif word in ANCHORS and (match := _RELATIVE.match(text, start)):
            found += _relative(match)
            reached = match.end()
    return found


def _at(text: str, start: int, order: str) -> tuple[list[Dated], int] | None:
    """What the first form that fits reads at an offset, and where it ends."""
    for pattern, reader in FORMS:
        if match := pattern.match(text, start):
            return reader(match, text, order), match.end()
    return None


def _relative(match: re.Match[str]) -> Iterator[Dated]:
    word = match[0].lower()
    if match["weekday"]:
        relative = f"weekday:{WEEKDAYS[match['weekday'].lower()]}"
    elif match["nth"]:
        relative = f"nth:{match['nth']}"
    elif match["later"]:
        number = _NUMBERS.get(match["n"].lower()) or int(match["n"])
        relative = f"later:{number * (7 if match['unit'].lower() == 'week' else 1)}"
    elif match["same"]:
        relative = "later:0"
    elif match["next"]:
        relative = "later:1"
    elif match["today"]:
        relative = word if word != "tonight" else "today"
    else:
        relative = " ".join(word.split()[-2:])
    yield Dated(match.start(), match.end(), "", relative=relative)


def _dated(start: int, end: int, year: int | None, month: int | None = None, day: int | None = None) -> Dated:
    value = f"{year:04}" if year else "XXXX"
    if month:
        value += f"-{month:02}"
        if day:
            value += f"-{day:02}"
    return Dated(start, end, value if is_valid(value) else "", yearless=not year)


def _month(text: str) -> int:
    return MONTHS[text.lower().rstrip(".")]


def _day(text: str) -> int:
    return int(text.rstrip("stndrhSTNDRH"))


def _year(text: str | None) -> int | None:
    return int(text) if text else None


_ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()
Reader = Callable[[re.Match[str], str, str], list[Dated]]


def _iso(match: re.Match[str], text: str, order: str) -> list[Dated]:
    return [_dated(*match.span(), int(match["y"]), int(match["m"]), int(match["d"]))]


def _dotted(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``08.05.1992``: day first, as where stops are used; the other way round only where no day can be meant."""
    day, month = int(match["d"]), int(match["m"])
    if month > 12 >= day:
        day, month = month, day
    return [_dated(*match.span(), int(match["y"]), month, day)]


def _roman(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``4.III.2011``: the month in Roman numerals."""
    return [_dated(*match.span(), int(match["y"]), _ROMAN.index(match["m"].upper()) + 1, int(match["d"]))]


def _slashed(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``08/05/1992``: day or month first where the numbers or the document's other dates tell, else only the year."""
    first, second, year = int(match["d"]), int(match["m"]), int(match["y"])
    if first > 12 >= second or order == "day":
        return [_dated(*match.span(), year, second, first)]
    if second > 12 >= first or order == "month" or first == second:
        return [_dated(*match.span(), year, first, second)]
    return [_dated(*match.span(), year)]


def _stretch(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``27 September – 10 November 2020``; with ``and`` two days.

    A stretch of which one end has a year goes on to the next such day: ``5 December 2020 - 8 February``.
    """
    last_year = _year(match["y2"])
    first_year = _year(match["y"]) or last_year
    first_end = match.end("y") if match["y"] else max(match.end("m"), match.end("d"))
    last_start = min(match.start("d2"), match.start("m2"))
    last = (last_year, _month(match["m2"]), _day(match["d2"]))
    if re.search(r"\band\b", text[first_end:last_start]):
        first = _dated(match.start(), first_end, first_year, _month(match["m"]), _day(match["d"]))
        return [first, _dated(last_start, match.end(), *last)]
    day = (_month(match["m"]), _day(match["d"]))
    if first_year and not last_year:
        last = (first_year + (last[1:] < day), *last[1:])
    return [_interval(_dated(*match.span(), first_year, *day), _dated(*match.span(), *last))]


def _days(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``17-19 February 2020``, ``Feb. 17-19``."""
    year, month = _year(match["y"]), _month(match["m"])
    first = _dated(*match.span(), year, month, _day(match["d"]))
    return [_interval(first, _dated(*match.span(), year, month, _day(match["d2"])))]


def _each(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``5, 8 and 12 May 1992``: three days."""
    year, month, offset = _year(match["y"]), _month(match["m"]), match.start("d")
    days = list(re.finditer(r"\d+", match["d"]))
    return [
        _dated(offset + one.start(), match.end() if one is days[-1] else offset + one.end(), year, month, int(one[0]))
        for one in days
    ]


def _one_day(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``8 May 1992``, ``May 8, 1992``, ``8 May``; ``3 may`` and ``10 march`` are no dates where no year follows."""
    word = match["m"]
    if not (word[0].isupper() or match["y"]) and word.rstrip(".") in ("may", "march", "mar", "dec", "sep"):
        return []
    return [_dated(*match.span(), _year(match["y"]), _month(word), _day(match["d"]))]


def _months(match: re.Match[str], text: str, order: str) -> list[Dated]:
    year = int(match["y"])
    first = _dated(*match.span(), year, _month(match["m"]))
    return [_interval(first, _dated(*match.span(), year, _month(match["m2"])))]


def _month_year(match: re.Match[str], text: str, order: str) -> list[Dated]:
    return [_dated(*match.span(), int(match["y"]), _month(match["m"]))]


def _years(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``1988-1992``, ``1991/92``; not ``1988-1992 km``."""
    last = match["y2"] if len(match["y2"]) == 4 else match["y"][:2] + match["y2"]
    if _AFTER_YEAR.match(text, match.end()) or int(last) <= int(match["y"]):
        return []
    return [Dated(*match.span(), f"{int(match['y'])}/{int(last)}")]


def _one_year(match: re.Match[str], text: str, order: str) -> list[Dated]:
    return [_dated(*match.span(), int(match["y"]))] if _is_year(text, *match.span()) else []


def _form(pattern: str, reader: Reader) -> tuple[re.Pattern[str], Reader]:
    return re.compile(rf"(?<![\w/.,-]){pattern}", re.IGNORECASE), reader


_D, _M, _Y = f"(?P<d>{_DAY})", f"(?P<m>{_MONTH})", f"(?P<y>{_YEAR})"
_D2, _M2, _Y2 = f"(?P<d2>{_DAY})", f"(?P<m2>{_MONTH})", f"(?P<y2>{_YEAR})"
_TO = r"\s*(?:[-–—]|to|through|until)\s*"
_OF = r"\s+(?:of\s+)?"
FORMS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    _form(r"(?P<y>(?:1[5-9]|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])", _iso),
    _form(r"(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>(?:1[5-9]|20)\d\d)(?!\d)", _dotted),
    _form(rf"(?P<d>\d\d?)[. ]\s?(?P<m>{'|'.join(reversed(_ROMAN))})[. ]\s?(?P<y>(?:1[5-9]|20)\d\d)(?!\d)", _roman),
    _form(r"(?P<d>\d\d?)/(?P<m>\d\d?)/(?P<y>(?:1[5-9]|20)\d\d)(?!\d)", _slashed),
    _form(rf"{_D}{_OF}{_M}(?:,?\s+{_Y})?{_DASH}{_D2}{_OF}{_M2}(?:,?\s+{_Y2})?", _stretch),
    _form(rf"{_M}\s+{_D}(?:,?\s+{_Y})?{_TO}{_M2}\s+{_D2}(?:,?\s+{_Y2})?", _stretch),
    _form(rf"{_D}\s*(?:[-–—]|to|through)\s*{_D2}{_OF}{_M}(?:,?\s+{_Y})?", _days),
    _form(rf"(?P<d>{_DAY}(?:,\s*{_DAY})*,?\s+and\s+{_DAY}){_OF}{_M}(?:,?\s+{_Y})?", _each),
    _form(rf"{_M}\s+{_D}\s*(?:[-–—]|to|through)\s*{_D2}(?:,?\s+{_Y})?", _days),
    _form(rf"{_D}[\s-]+(?:of\s+)?{_M}(?:[,\s-]\s*(?:of\s+)?{_Y})?", _one_day),
    _form(rf"{_M}\s+(?:the\s+)?{_D}(?:\s*,?\s*(?:of\s+)?{_Y})?", _one_day),
    _form(rf"{_M}(?:\s*[-–—]\s*|\s+(?:to|and)\s+){_M2},?{_OF}{_Y}", _months),
    _form(rf"{_M},?{_OF}{_Y}", _month_year),
    _form(rf"{_Y}\s*(?:[-–—/]|to\b|until\b)\s*(?P<y2>{_YEAR}|\d\d(?![\d,.:]))", _years),
    _form(_Y, _one_year),
)
"""The forms of dates, in the order in which they are tried at a number or a month."""


def _is_year(text: str, start: int, end: int) -> bool:
    if _AFTER_YEAR.match(text, end):
        return False
    line = text.rfind("\n", 0, start) + 1
    return bool(_BEFORE_YEAR.search(text[max(line, start - 14) : start])) or text[end : end + 1] in (")", ":")


def _interval(first: Dated, last: Dated) -> Dated:
    if not first.value or not last.value:
        return replace(first, value="")
    if first.value > last.value and not first.yearless and first.value[:4] == last.value[:4]:
        first = replace(first, value=f"{int(first.value[:4]) - 1}{first.value[4:]}")  # "27 December – 3 January 2009"
    return Dated(first.start, first.end, f"{first.value}/{last.value}", yearless=first.yearless)


_ENUMERATION = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+|;\s*(?:and\s+)?)(?:on\s+|by\s+|in\s+)?")


def resolve_years(
    dates: Sequence[Dated], text: str, *, heading_year: int | None, published: str | None, paragraph_years: bool = True
) -> list[Dated]:
    """Fill the years that one block leaves open from its own dates, its heading, or the document's date."""
    resolved = list(dates)
    for index in range(len(resolved) - 2, -1, -1):  # "16 September, 16 November and 18 November 1991"
        one, following = resolved[index], resolved[index + 1]
        if one.yearless and following.value and not following.yearless:
            year = year_of(following.value)
            if year and _ENUMERATION.fullmatch(text[one.end : following.start]) and following.value[4:5] == "-":
                resolved[index] = _fill(one, year)
    known, last_day = heading_year, None
    for index, one in enumerate(resolved):
        if one.relative.startswith("nth:") and last_day is None and known is not None and published:
            last_day = published if len(published) == 10 else None
        if one.relative in ("that year", "same year") and known is not None:
            one = replace(one, value=f"{known:04}")
        elif one.relative:
            one = _resolve_relative(one, last_day, published)
        elif one.yearless and one.value:
            if known is not None and paragraph_years:
                one = _fill(one, known + _turns(last_day, one.value))
            elif published:
                one = _fill(one, _year_before(one.value, published))
        resolved[index] = one
        if year := year_of(one.value.rpartition("/")[2]):
            if not one.relative:
                known = year
            if one.value.count("-") == 2 and "/" not in one.value:
                last_day = one.value
            elif len(one.value) == 7 and not one.relative:
                last_day = f"{one.value}-01"
    return resolved


def _turns(last_day: str | None, value: str) -> int:
    """1 where a text goes from the end of one year into the beginning of the next: ``24 December 2013 ... on 20
    January``.
    """
    return int(bool(last_day) and last_day is not None and last_day[5:7] >= "11" and "01" <= value[5:7] <= "03")


def _fill(one: Dated, year: int) -> Dated:
    first, slash, last = one.value.partition("/")
    value = first.replace("XXXX", f"{year:04}")
    if slash:
        value += f"/{last.replace('XXXX', f'{year + (last < first):04}')}"
    return replace(one, value=value if is_valid(value) else "", yearless=False)


def _year_before(value: str, published: str) -> int:
    """The year that puts a month and day on or before the document's date (its month where that is all)."""
    year = int(published[:4])
    rest = value.split("/")[0][4:]
    return year if not published[4:] or rest <= published[4 : 4 + len(rest)] else year - 1


def _resolve_relative(one: Dated, last_day: str | None, published: str | None) -> Dated:
    kind, _, number = one.relative.partition(":")
    if kind == "nth":
        month = (last_day or published or "")[:7]
        value = f"{month}-{int(number):02}"
        return replace(one, value=value) if len(month) == 7 and is_valid(value) else one
    if kind == "later":
        return replace(one, value=shift(last_day, int(number))) if last_day else one
    if not published or len(published) < 4:
        return one
    if kind in ("this year", "last year"):
        value = f"{int(published[:4]) - (kind == 'last year'):04}"
        return replace(one, value=value if is_valid(value) else "")
    if len(published) != 10:
        return one
    if kind == "weekday":
        today = date.fromisoformat(published)
        return replace(one, value=shift(published, -((today.weekday() - int(number)) % 7)))
    if kind in ("today", "yesterday", "tomorrow"):
        return replace(one, value=shift(published, {"today": 0, "yesterday": -1, "tomorrow": 1}[kind]))
    return one


def year_of(value: str) -> int | None:
    """The year in which a date lies or a stretch begins; None where it is open."""
    return int(value[:4]) if value[:4].isdecimal() else None


def shift(day: str, days: int) -> str:
    """A day some days later or, negative, earlier; empty where its year is open or the calendar ends."""
    if year_of(day) is None:
        return ""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return ""
