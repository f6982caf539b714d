"""Dates in text -> EDTF.

One grammar over the (masked) text. A date is read as written; what it leaves open is filled, in a second step,
only from where the text fills it: a year named later in the same enumeration, earlier in the
same paragraph or in the heading of its list, or the date of the document. What stays open stays
open (``XXXX-05-09``). Day and month are never swapped by guess: ``08/05/1992`` is only ``1992``.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.edtf import is_valid

MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|"
        "oct october|nov november|dec december".split("|"),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {name: n for n, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}

_MONTH = (
    r"(?:jan(?:uary|\b\.?)|feb(?:ruary|\b\.?)|mar(?:ch|\b\.?)|apr(?:il|\b\.?)|may\b|june?\b\.?|july?\b\.?|aug(?:ust|\b\.?)"
    r"|sept?(?:ember|\b\.?)|oct(?:ober|\b\.?)|nov(?:ember|\b\.?)|dec(?:ember|\b\.?))"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d])"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)(?![\d]|[,.]\d)"
_DASH = r"\s*(?:[-–—]|to|and|through|until)\s*"
_GRAMMAR = re.compile(
    rf"""(?<![\w/.,-])(?:
    (?P<iso>(?:1[5-9]|20)\d\d-\d\d-\d\d)(?![\d-])
  | (?P<dotted>\d\d?\.\d\d?\.(?:1[5-9]|20)\d\d)(?!\d)
  | (?P<slashed>\d\d?/\d\d?/(?:1[5-9]|20)\d\d)(?!\d)
  | (?P<d1>{_DAY})\s+(?:of\s+)?(?P<m1>{_MONTH})(?:,?\s+(?P<y1a>{_YEAR}))?{_DASH}(?P<d2>{_DAY})\s+(?:of\s+)?(?P<m2>{_MONTH})(?:,?\s+(?P<y1>{_YEAR}))?
  | (?P<m3>{_MONTH})\s+(?P<d3>{_DAY})(?:,?\s+(?P<y3a>{_YEAR}))?\s*(?:[-–—]|to|through|until)\s*(?P<m4>{_MONTH})\s+(?P<d4>{_DAY})(?:,?\s+(?P<y3>{_YEAR}))?
  | (?P<d5>{_DAY})\s*(?:[-–—]|to|through)\s*(?P<d6>{_DAY})\s+(?:of\s+)?(?P<m5>{_MONTH})(?:,?\s+(?P<y5>{_YEAR}))?
  | (?P<dl>{_DAY}(?:,\s*{_DAY})*,?\s+and\s+{_DAY})\s+(?:of\s+)?(?P<ml>{_MONTH})(?:,?\s+(?P<yl>{_YEAR}))?
  | (?P<m6>{_MONTH})\s+(?P<d7>{_DAY})\s*(?:[-–—]|to|through)\s*(?P<d8>{_DAY})(?:,?\s+(?P<y6>{_YEAR}))?
  | (?P<d9>{_DAY})[\s-]+(?:of\s+)?(?P<m9>{_MONTH})(?:[,\s-]\s*(?:of\s+)?(?P<y9>{_YEAR}))?
  | (?P<m10>{_MONTH})\s+(?:the\s+)?(?P<d10>{_DAY})(?:\s*,?\s*(?:of\s+)?(?P<y10>{_YEAR}))?
  | (?P<m11>{_MONTH})(?:\s*[-–—]\s*|\s+(?:to|and)\s+)(?P<m12>{_MONTH}),?\s+(?:of\s+)?(?P<y11>{_YEAR})
  | (?P<m13>{_MONTH}),?\s+(?:of\s+)?(?P<y13>{_YEAR})
  | (?P<y14>{_YEAR})\s*(?:[-–—/]|to\b|until\b)\s*(?P<y15>{_YEAR}|\d\d(?![\d,.:]))
  | (?P<y16>{_YEAR})
    )""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
_BARE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|before|after|during|of|from|last|this|next|early|late|mid|every|and|to)[\s-]+"
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b(?!\s+\d)"
)
_RELATIVE = re.compile(
    r"\b(?:(?:on|last|this|late|early|since|until|by)\s+)?(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?!s)"
    r"|\b(?P<same>(?:(?:on|that|the)\s+)*same\s+day|that\s+(?:very\s+)?day|that\s+date)\b"
    r"|\b(?P<next>the\s+(?:next|following)\s+day|(?:a|one)\s+day\s+later|the\s+day\s+after)\b(?!\s+tomorrow)"
    r"|\b(?P<later>(?P<n>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<unit>day|week)s\s+later)\b"
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
_NUMBERS = {word: n for n, word in enumerate("two three four five six seven eight nine ten".split(), 2)}
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
    elsewhere: bool = False  # the year was filled from elsewhere


ANCHORS = frozenset(
    [*MONTHS, *WEEKDAYS, "on", "last", "this", "late", "early", "since", "until", "by", "that", "the", "same", "next"]
    + ["a", "one", *_NUMBERS, "today", "yesterday", "tomorrow", "tonight", "in", "before", "after", "during", "of"]
)


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
            if match := _GRAMMAR.match(text, start):
                found += _read(match, text, order)
                reached = match.end()
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


def _relative(match: re.Match[str]) -> Iterator[Dated]:
    word = match[0].lower()
    if match["weekday"]:
        relative = f"weekday:{WEEKDAYS[match['weekday'].lower()]}"
    elif match["nth"]:
        relative = f"nth:{match['nth']}"
    elif match["later"]:
        number = int(match["n"]) if match["n"].isdigit() else _NUMBERS[match["n"].lower()]
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


def _read(match: re.Match[str], text: str, order: str = "") -> Iterator[Dated]:  # noqa: PLR0911, PLR0912 - one branch a form of the grammar
    start, end = match.span()
    group = match.groupdict()
    if group["iso"]:
        year, month, day = map(int, group["iso"].split("-"))
        yield _dated(start, end, year, month, day)
    elif group["dotted"]:
        day, month, year = map(int, group["dotted"].split("."))
        if month > 12 >= day:
            day, month = month, day
        yield _dated(start, end, year, month, day)
    elif group["slashed"]:
        first, second, year = map(int, group["slashed"].split("/"))
        if first > 12 >= second or (order == "day" and first <= 31):
            yield _dated(start, end, year, second, first)
        elif second > 12 >= first or order == "month":
            yield _dated(start, end, year, first, second)
        else:
            yield _dated(start, end, year, first if first == second else None, first if first == second else None)
    elif group["d2"]:
        last_year = _year(group["y1"])
        first_year = _year(group["y1a"]) or last_year
        first_span = (match.start("d1"), match.end("y1a") if group["y1a"] else match.end("m1"))
        if re.search(r"\band\b", text[first_span[1] : match.start("d2")]):  # two days, not a stretch of days
            yield _dated(*first_span, first_year, _month(group["m1"]), _day(group["d1"]))
            yield _dated(match.start("d2"), end, last_year, _month(group["m2"]), _day(group["d2"]))
        else:
            first = _dated(start, end, first_year, _month(group["m1"]), _day(group["d1"]))
            yield _interval(first, _dated(start, end, last_year, _month(group["m2"]), _day(group["d2"])))
    elif group["m4"]:
        last_year = _year(group["y3"])
        first = _dated(start, end, _year(group["y3a"]) or last_year, _month(group["m3"]), _day(group["d3"]))
        yield _interval(first, _dated(start, end, last_year, _month(group["m4"]), _day(group["d4"])))
    elif group["m5"]:
        year, month = _year(group["y5"]), _month(group["m5"])
        first = _dated(start, end, year, month, _day(group["d5"]))
        yield _interval(first, _dated(start, end, year, month, _day(group["d6"])))
    elif group["ml"]:
        year, month = _year(group["yl"]), _month(group["ml"])
        days = list(re.finditer(r"\d+", group["dl"]))
        for one in days:
            offset = match.start("dl")
            last = end if one is days[-1] else offset + one.end()
            yield _dated(offset + one.start(), last, year, month, int(one[0]))
    elif group["m6"]:
        year, month = _year(group["y6"]), _month(group["m6"])
        first = _dated(start, end, year, month, _day(group["d7"]))
        yield _interval(first, _dated(start, end, year, month, _day(group["d8"])))
    elif group["m9"]:
        if _is_month(match, "m9"):
            yield _dated(start, end, _year(group["y9"]), _month(group["m9"]), _day(group["d9"]))
    elif group["m10"]:
        if _is_month(match, "m10"):
            yield _dated(start, end, _year(group["y10"]), _month(group["m10"]), _day(group["d10"]))
    elif group["m11"]:
        year = int(group["y11"])
        yield _interval(_dated(start, end, year, _month(group["m11"])), _dated(start, end, year, _month(group["m12"])))
    elif group["m13"]:
        yield _dated(start, end, int(group["y13"]), _month(group["m13"]))
    elif group["y15"]:
        if not _AFTER_YEAR.match(text, end):
            last = group["y15"] if len(group["y15"]) == 4 else group["y14"][:2] + group["y15"]
            if int(last) > int(group["y14"]):
                yield Dated(start, end, f"{group['y14']}/{last}")
    elif _is_year(text, start, end):
        yield _dated(start, end, int(group["y16"]))


def _is_month(match: re.Match[str], name: str) -> bool:
    """``10 march`` the verb and ``3 may`` the auxiliary are not dates where no year follows."""
    word = match[name]
    return (
        word[0].isupper()
        or bool(match["y" + name[1:]])
        or word.lower().rstrip(".") not in ("may", "march", "mar", "dec", "sep")
    )


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
            if _ENUMERATION.fullmatch(text[one.end : following.start]) and following.value[4:5] == "-":
                resolved[index] = _fill(one, int(following.value[:4]))
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
        if one.value and not one.value.startswith("XXXX"):
            if not one.relative:
                known = int(one.value.split("/")[-1][:4])
            if one.value.count("-") == 2 and "/" not in one.value:
                last_day = one.value
            elif len(one.value) == 7 and not one.relative:
                last_day = f"{one.value}-01"
    return resolved


def _turns(last_day: str | None, value: str) -> int:
    """1 where a text goes from the end of one year into the beginning of the next: ``24 December 2013 ... on 20 January``."""
    return int(bool(last_day) and last_day is not None and last_day[5:7] >= "11" and "01" <= value[5:7] <= "03")


def _fill(one: Dated, year: int) -> Dated:
    value = one.value.replace("XXXX", f"{year:04}")
    return replace(one, value=value if all(map(is_valid, value.split("/"))) else "", yearless=False, elsewhere=True)


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
        return replace(one, value=f"{int(published[:4]) - (kind == 'last year'):04}")
    if len(published) != 10:
        return one
    if kind == "weekday":
        today = date.fromisoformat(published)
        return replace(one, value=shift(published, -((today.weekday() - int(number)) % 7)))
    if kind in ("today", "yesterday", "tomorrow"):
        return replace(one, value=shift(published, {"today": 0, "yesterday": -1, "tomorrow": 1}[kind]))
    return one


def shift(day: str, days: int) -> str:
    """A day some days later or, negative, earlier."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
