"""The forms in which a calendar date is written, each with its reader: one table, tried in order.

Day and month are never swapped by guess: ``08/05/1992`` is only ``1992``, unless the numbers or the document's other
dates tell (`slash_order`).
"""

import re
from collections.abc import Callable
from dataclasses import replace

from kg.text.dates.dated import Dated, dated
from kg.text.dates.words import (
    DAY,
    ENDS,
    MONTH,
    MONTHS,
    ORDINALS,
    ROMAN_MONTHS,
    SEASON,
    SEASONS,
    YEAR,
    month_number,
    one_of,
)
from kg.text.edtf import is_valid

Reader = Callable[[re.Match[str], str, str], list[Dated]]
"""Match, text and slash order -> the dates that the match holds; none where it only looks like one."""

# A number that could be a year is one where the words around it speak of time.
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|by|of|from|until|till|before|after|during|to|through|between|and|the|late|early|mid|year|winter|spring|"
    r"summer|autumn|fall|circa|around|about|ca?\.?|into|back|than|end\sof|for|on|as|with|their|its|his|her|this|that)|[(\[–—:;,|/*#]|^)[\s*-]*$",
    re.IGNORECASE,
)
_AFTER_YEAR = re.compile(
    r"\s*(?:%|per\s?cent|sq|square|km|ha\b|hectares?|acres?|miles?|met(?:er|re)s?|m\b|kilomet|people|persons|troops|soldiers|"
    r"fighters|men\b|women|civilians|residents|inhabitants|families|refugees|houses|homes|villages|towns|tons|tonnes|"
    r"dollars|euros|vehicles|tanks|shells|mines|times|thousand|million)",
    re.IGNORECASE,
)
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?\n]\s*)(?:In|By|Until|Since) $")
# What has a year for its name, whatever stands before it: "Russia's 2014 annexation", "a 1994 truce".
_NAMED_BY_YEAR = re.compile(
    r"\s+(?:[a-z-]+\s)?(?:war|wars|ceasefire|cease-fire|truce|armistice|agreement|accord|accords|treaty|deal|pact|memorandum|"
    r"protocol|convention|declaration|resolution|constitution|referendum|elections?|census|offensive|counter-?offensive|invasion|"
    r"annexation|occupation|operation|campaign|conflict|revolution|coup|uprising|revolt|rebellion|massacre|genocide|siege|battle|"
    r"attack|summit|conference|talks|border|borders|boundary|lines?|crisis|clashes|fighting|partition|earthquake)\b"
)


def is_year(text: str, start: int, end: int) -> bool:
    """Whether a number that could be a year is one: "the 1994 ceasefire", not "sent 1994 troops"."""
    opens = _OPENS_SENTENCE.search(text, max(0, start - 8), start)  # "In 2008 soldiers camped there"
    if (after := _AFTER_YEAR.match(text, end)) and not (opens and after[0].strip().isalpha() and len(after[0]) > 4):
        return False
    before = text[max(0, start - 14) : start].rpartition("\n")[2]
    said = _BEFORE_YEAR.search(before) or text[end : end + 1] in (")", ":") or _NAMED_BY_YEAR.match(text, end)
    return bool(said)


def _day(text: str) -> int:
    return int(text.rstrip("stndrhSTNDRH"))


def _year(text: str | None) -> int | None:
    """A year as written; of ``'92`` that of the last century, and of ``'14`` none, which may be of either."""
    if text and text[0].isdigit():
        return int(text)
    return 1900 + int(text[1:]) if text and int(text[1:]) >= 40 else None


def _iso(match: re.Match[str], text: str, order: str) -> list[Dated]:
    return [dated(*match.span(), int(match["y"]), int(match["m"]), int(match["d"]))]


def _date_time_group(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``041200Z MAY 16``: day, time and time zone, month, year of this century."""
    month = MONTHS.get(match["m"].lower())
    return [dated(*match.span(), 2000 + int(match["y"][-2:]), month, int(match["d"]))] if month else []


def _dotted(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``08.05.1992``: day first, as where stops are used; the other way round only where no day can be meant."""
    day, month = int(match["d"]), int(match["m"])
    if month > 12 >= day:
        day, month = month, day
    return [dated(*match.span(), int(match["y"]), month, day)]


def _roman(match: re.Match[str], text: str, order: str) -> list[Dated]:
    return [dated(*match.span(), int(match["y"]), ROMAN_MONTHS[match["m"]], int(match["d"]))]


def _slashed(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``08/05/1992``: day or month first where the numbers or the document's other dates tell, else only the year."""
    first, second, year = int(match["d"]), int(match["m"]), int(match["y"])
    if first > 12 >= second or order == "day":
        return [dated(*match.span(), year, second, first)]
    if second > 12 >= first or order == "month" or first == second:
        return [dated(*match.span(), year, first, second)]
    return [dated(*match.span(), year)]


_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)


def _are_two(match: re.Match[str], text: str, join: str) -> bool:
    """``3 and 5 May`` are two days; ``between 3 and 5 May`` is a stretch."""
    return join.strip().lower() == "and" and not _BETWEEN.search(text, max(0, match.start() - 14), match.start())


def _stretch(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``27 September – 10 November 2020``; with ``and`` two days.

    A stretch of which one end has a year goes on to the next such day: ``5 December 2020 - 8 February``.
    """
    last_year = _year(match["y2"])
    first_year = _year(match["y"]) or last_year
    first_end, last_start = match.span("to")
    last = (last_year, month_number(match["m2"]), _day(match["d2"]))
    if _are_two(match, text, match["to"]):
        first = dated(match.start(), first_end, first_year, month_number(match["m"]), _day(match["d"]))
        return [first, dated(last_start, match.end(), *last)]
    day = (month_number(match["m"]), _day(match["d"]))
    if first_year and not last_year:
        last = (first_year + (last[1:] < day), *last[1:])
    stretch = _interval(dated(*match.span(), first_year, *day), dated(*match.span(), *last))
    both = match["y"] and match["y2"] and stretch.value[:4] != match["y"]
    return [replace(stretch, value="") if both else stretch]


def _days(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``17-19 February 2020``, ``Feb. 17-19``."""
    if _is_another_word(match):
        return []
    year, month = _year(match["y"]), month_number(match["m"])
    first = dated(*match.span(), year, month, _day(match["d"]))
    return [_interval(first, dated(*match.span(), year, month, _day(match["d2"])))]


def _each(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``5, 8 and 12 May 1992``: three days; ``between 3 and 5 May`` a stretch."""
    year, month, offset = _year(match["y"]), month_number(match["m"]), match.start("d")
    days = list(re.finditer(r"\d+", match["d"]))
    if len(days) == 2 and not _are_two(match, text, "and"):
        first, last = (dated(*match.span(), year, month, int(one[0])) for one in days)
        return [_interval(first, last)]
    return [
        dated(offset + one.start(), match.end() if one is days[-1] else offset + one.end(), year, month, int(one[0]))
        for one in days
    ]


def _one_day(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``8 May 1992``, ``May 8, 1992``, ``8 May``; ``3 may`` and ``10 march`` are no dates where no year follows."""
    if _is_another_word(match):
        return []
    return [dated(*match.span(), _year(match["y"]), month_number(match["m"]), _day(match["d"]))]


def _is_another_word(match: re.Match[str]) -> bool:
    """Whether a month in lower case, with no year after it, is rather a verb: ``of whom 3 may leave``."""
    word = match["m"]
    return not (word[0].isupper() or match["y"]) and word.rstrip(".") in ("may", "march", "mar", "dec", "sep")


def _months(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``January to March 1993``, ``between May and July 1992``; ``May and July 1992`` are two months."""
    year = _year(match["y"])
    first_end, last_start = match.span("to")
    if _are_two(match, text, match["to"]):
        first = dated(match.start(), first_end, year, month_number(match["m"]))
        return [first, dated(last_start, match.end(), year, month_number(match["m2"]))]
    first = dated(*match.span(), year, month_number(match["m"]))
    return [_interval(first, dated(*match.span(), year, month_number(match["m2"])))]


def _from_month(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``May 2016 until June 2017``."""
    first = dated(*match.span(), _year(match["y"]), month_number(match["m"]))
    return [_interval(first, dated(*match.span(), _year(match["y2"]), month_number(match["m2"])))]


def _month_year(match: re.Match[str], text: str, order: str) -> list[Dated]:
    return [dated(*match.span(), _year(match["y"]), month_number(match["m"]))]


def _part(match: re.Match[str], year: int | None, part: int) -> list[Dated]:
    value = f"{year:04}-{part}" if year else f"XXXX-{part}"
    return [Dated(*match.span(), value, yearless=not year)]


def _season(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``spring 1992``, ``the winter of 1992-93``; without a year only where no noun follows."""
    return _part(match, _year(match["y"]), SEASONS[match["s"].lower()])


_FRACTIONS = {(word, "quarter"): 33 + n for n, word in enumerate("first second third fourth".split())}
_FRACTIONS |= {("last", "quarter"): 36, ("first", "half"): 40, ("second", "half"): 41, ("last", "half"): 41}


def _fraction(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``the first quarter of 1992``, ``the second half of 2020``, ``Q3 2014``."""
    if match["q"]:
        return _part(match, int(match["y"]), 32 + int(match["q"]))
    part = _FRACTIONS.get((match["n"].lower(), match["of"].lower()))
    return _part(match, _year(match["y"]), part) if part else []


def _decade(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``1990s`` is ``199X``; ``1900s`` may mean the decade or the century and is ``19XX``."""
    decade = match["y"]
    return [Dated(*match.span(), f"{decade[:2]}XX" if decade[2] == "0" else f"{decade[:3]}X")]


def _century(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``the 19th century`` is ``18XX``; ``a 19th-century fort`` is of no time."""
    number = int(match["n"]) if match["n"] else ORDINALS[match["w"].lower()]
    return [Dated(*match.span(), f"{number - 1}XX")] if 16 <= number <= 21 else []


def _years(match: re.Match[str], text: str, order: str) -> list[Dated]:
    """``1988-1992``, ``1991/92``, ``between 1991 and 1994``; not ``1988-1992 km``."""
    last = match["y2"] if len(match["y2"]) == 4 else match["y"][:2] + match["y2"][-2:]
    two = _are_two(match, text, match["to"])
    if _AFTER_YEAR.match(text, match.end()) or (int(last) <= int(match["y"]) and not two):
        return []
    if two:
        years = [dated(*match.span("y"), int(match["y"])), dated(*match.span("y2"), int(last))]
        return years if is_year(text, *match.span("y")) and len(match["y2"]) == 4 else years[:1]
    return [Dated(*match.span(), f"{int(match['y'])}/{int(last)}")]


def _one_year(match: re.Match[str], text: str, order: str) -> list[Dated]:
    return [dated(*match.span(), int(match["y"]))] if is_year(text, *match.span()) else []


def _interval(first: Dated, last: Dated) -> Dated:
    if not first.value or not last.value:
        return replace(first, value="")
    if first.value > last.value and not first.yearless and first.value[:4] == last.value[:4]:
        first = replace(first, value=f"{int(first.value[:4]) - 1}{first.value[4:]}")  # "27 December – 3 January 2009"
    value = f"{first.value}/{last.value}"
    return replace(first, value=value if is_valid(value) else "")


def _form(pattern: str, reader: Reader) -> tuple[re.Pattern[str], Reader]:
    return re.compile(rf"(?:(?<![\w/.,-])|(?<=\bmid-)|(?<=\blate-)|(?<=\bearly-)){pattern}", re.IGNORECASE), reader


_D, _M = f"(?P<d>{DAY})", f"(?P<m>{MONTH})"
_D2, _M2 = f"(?P<d2>{DAY})", f"(?P<m2>{MONTH})"
# A year after a day or month, which may be in brackets: "Jan. 31 [1993]", "31 January (1993)".
_Y = rf"(?:(?:,?\s+(?:of\s+)?|\s*,\s*|-|(?P<open>\s*[\[(]))(?P<y>{YEAR})(?(open)[\])]))?"
_Y2 = rf"(?:,?\s+(?P<y2>{YEAR}))?"
_TO = r"\s*(?P<to>\s(?:to|and|through|until)\s|[-–—])\s*"
_TO_ONLY = r"\s*(?P<to>\s(?:to|through|until)\s|[-–—])\s*"
_OF = r"\s+(?:of\s+)?"
_FULL = r"(?:1[5-9]|20)\d\d"
_MONTH_FORMS = (
    _form(rf"{_M}\s+{_D}(?:,?\s+(?P<y>{YEAR}))?{_TO_ONLY}{_M2}\s+{_D2}{_Y2}", _stretch),
    _form(rf"{_M}\s+{_D}\s*(?:[-–—]|to|through)\s*{_D2}{_Y}", _days),
    _form(rf"{_M}\s+(?P<d>{DAY}(?:,\s*{DAY})*,?\s+and\s+{DAY})(?=\s*[.,;)]|\s+respectively){_Y}", _each),
    _form(rf"{_M}\s+(?:the\s+)?{_D}{_Y}", _one_day),
    _form(rf"{_M}{_OF}(?P<y>{YEAR})\s*(?P<to>[-–—]|\s(?:to|until|through)\s)\s*{_M2}{_OF}(?P<y2>{YEAR})", _from_month),
    _form(rf"{_M}(?:\s*(?P<to>[-–—/]|\s(?:to|and)\s)\s*){_M2},?{_OF}(?P<y>{YEAR})", _months),
    _form(rf"{_M}(?:,?{_OF}|\s*(?P<open>[\[(]))(?P<y>{YEAR})(?(open)[\])])", _month_year),
)
_DAY_FORMS = (
    _form(r"(?P<d>\d\d)\d{4}(?-i:[A-Z])\s?(?P<m>(?-i:[A-Z][A-Za-z]{2}))\s?(?P<y>(?:20)?\d\d)(?!\d)", _date_time_group),
    _form(rf"(?P<y>{_FULL})[-/](?P<m>\d\d)[-/](?P<d>\d\d)(?:T\d\d:?\d\d(?::?\d\d)?(?:\.\d+)?Z?)?(?![\d-])", _iso),
    _form(rf"(?P<d>\d\d?)\.(?P<m>\d\d?)\.(?P<y>{_FULL})(?!\d)", _dotted),
    _form(rf"(?P<d>\d\d?)[./ ]\s?(?P<m>(?-i:{one_of(ROMAN_MONTHS)}))[./ ]\s?(?P<y>{_FULL})(?!\d)", _roman),
    _form(rf"(?P<d>\d\d?)(?P<mark>[/-])(?P<m>\d\d?)(?P=mark)(?P<y>{_FULL})(?!\d)", _slashed),
    _form(rf"{_D}{_OF}{_M}(?:,?\s+(?P<y>{YEAR}))?{_TO}{_D2}{_OF}{_M2}{_Y2}", _stretch),
    _form(rf"{_D}\s*(?:[-–—/]|to|through)\s*{_D2}{_OF}{_M}{_Y}", _days),
    _form(rf"(?P<d>{DAY}(?:,\s*{DAY})*,?\s+and\s+{DAY}){_OF}{_M}{_Y}", _each),
    _form(rf"{_D}[\s-]+(?:of\s+)?{_M}{_Y}", _one_day),
    _form(r"(?P<n>\d\d)(?a:st|nd|rd|th)(?P<w>)\s+century\b(?!\s+BC)", _century),
    _form(r"(?P<y>(?:1[5-9]|20)\d0)['’]?s\b", _decade),
    _form(
        rf"(?P<y>{YEAR})(?P<to>\s*[-–—/]\s*|\s*to\s+|\s+until\s+|\s+and\s+)(?P<y2>{YEAR}|\d\d(?!\d|[,.:]\d))", _years
    ),
    _form(rf"(?P<y>{YEAR})", _one_year),
)
_SEASON_FORMS = (
    _form(rf"(?P<s>{SEASON})(?:\s+of|,)?\s+(?P<y>{YEAR})(?:[-–/]\d\d(?:\d\d)?(?!\d))?", _season),
    _form(
        rf"(?P<s>{SEASON})(?P<y>)(?:{ENDS}|(?=\s+(?-i:[A-Z]))|(?=\s+of\s+(?:that|this|the\s+[a-z]+)\s+year\b))", _season
    ),
)
_WORD_FORMS = (
    _form(
        rf"(?P<q>)(?P<n>{one_of(word for word, _ in _FRACTIONS)})\s+(?P<of>quarter|half)\s+of\s+(?P<y>{YEAR})",
        _fraction,
    ),
    _form(rf"(?P<n>)(?P<w>{one_of(ORDINALS)})\s+century\b(?!\s+BC)", _century),
)
_QUARTER_FORMS = (_form(rf"(?P<n>)(?P<of>)Q(?P<q>[1-4])\s+(?P<y>{YEAR})", _fraction),)


def forms_at(word: str) -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """The forms that may begin with a word (lower case) or a number."""
    if word[0].isdigit():
        return _DAY_FORMS
    return _OF_WORD.get(word, ())


_OF_WORD: dict[str, tuple[tuple[re.Pattern[str], Reader], ...]] = {
    **dict.fromkeys(ORDINALS, _WORD_FORMS),
    "last": _WORD_FORMS,
    **dict.fromkeys(SEASONS, _SEASON_FORMS),
    **dict.fromkeys(MONTHS, _MONTH_FORMS),
    **dict.fromkeys(("q1", "q2", "q3", "q4"), _QUARTER_FORMS),
}
"""By the word that a date begins with: a search over the whole text took half of the time of an extraction."""


def words_of_forms() -> frozenset[str]:
    """The words, besides numbers, that a form may begin with."""
    return frozenset(_OF_WORD)
