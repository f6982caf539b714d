"""Values as a person reads them."""

from decimal import Decimal
from itertools import accumulate
from typing import Final
from unicodedata import combining, east_asian_width

from kg import domain
from kg.vocabulary import KG, ORG, SCHEMA, UNIT

_MONTHS: Final = tuple("January February March April May June July August September October November December".split())
QUALIFIERS: Final = {"about": "about ", "less-than": "less than ", "more-than": "more than "}
_PARTS: Final = dict(
    zip(
        "21 22 23 24 33 34 35 36 40 41".split(),
        "spring,summer,autumn,winter,first quarter of,second quarter of,third quarter of,fourth quarter of,"
        "first half of,second half of".split(","),
        strict=True,
    )
)
_MARKS: Final = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
KINDS: Final = {  # of claims, the most telling first
    **{KG[word.term]: word.label for word in (*domain.CONTROL_WORDS, *domain.FAMILIES)},
    KG.DirectSpeech: "direct speech",
    KG.IndirectSpeech: "indirect speech",
    KG.RoleClaim: "role",
    KG.FigureClaim: "figure",
}
FAMILIES: Final = {KG[family.term]: family.name for family in domain.FAMILIES}
FIGURES: Final = {KG[figure.term]: figure.label for figure in domain.FIGURES}
UNITS: Final = {UNIT[figure.unit]: figure.shown for figure in domain.FIGURES if figure.unit}
TYPES: Final = {
    SCHEMA.Person: "person",
    SCHEMA.Organization: "organization",
    KG.DescribedSpeaker: "speaker without a name",
    KG.DescribedActor: "actor without a name",
    SCHEMA.NewsArticle: "article",
    SCHEMA.Report: "report",
    SCHEMA.Legislation: "cited document",
    SCHEMA.CreativeWork: "cited document",
    ORG.Role: "role",
}


def date_words(value: str) -> str:
    """An EDTF date in words.

    >>> date_words("1992-05-08"), date_words("1988/1992"), date_words("1994/.."), date_words("XXXX-05-09")
    ('8 May 1992', '1988 to 1992', 'since 1994', '9 May of a year that is not given')
    >>> date_words("1992-23"), date_words("199X"), date_words("1992-33")
    ('autumn 1992', 'the 1990s', 'first quarter of 1992')
    """
    first, slash, last = value.partition("/")
    if not slash:
        return _day(value)
    if last == "..":
        return f"since {_day(first)}"
    return f"until {_day(last)}" if first == ".." else f"{_day(first)} to {_day(last)}"


def _day(value: str) -> str:
    mark, value = _MARKS.get(value[-1:], ""), value.rstrip("~?%")
    year, *rest = value.split("-")
    if not rest:
        return mark + _years(year)
    if part := _PARTS.get(rest[0]):
        return f"{mark}{part} {'of a year that is not given' if year == 'XXXX' else year}"
    month = _MONTHS[int(rest[0]) - 1] if rest[0].isdigit() and 1 <= int(rest[0]) <= 12 else rest[0]
    shown = "of a year that is not given" if year == "XXXX" else year
    return mark + " ".join([*(str(int(day)) for day in rest[1:] if day.isdigit()), month, shown])


def _years(year: str) -> str:
    """A year, decade or century.

    >>> _years("1992"), _years("199X"), _years("19XX")
    ('1992', 'the 1990s', '1900 to 1999')
    """
    if not year.endswith("X") or year == "XXXX":
        return year
    return f"{year[:2]}00 to {year[:2]}99" if year.endswith("XX") else f"the {year[:3]}0s"


def number_words(value: str, unit: str = "", qualifier: str = "") -> str:
    """A number with thousands apart, its unit, and how exact it is.

    >>> number_words("14393.0", "km²"), number_words("20", "percent", "about")
    ('14,393 km²', 'about 20 percent')
    """
    try:
        number = Decimal(value)
    except ArithmeticError:
        return value
    whole = number.to_integral_value() if number == number.to_integral_value() else number.normalize()
    return f"{QUALIFIERS.get(qualifier, '')}{whole:,}{' ' if unit else ''}{unit}"


def size_words(size: int) -> str:
    """Bytes as a person compares them.

    >>> size_words(850), size_words(141506)
    ('850 bytes', '142 kB')
    """
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def count_words(number: int, noun: str, plural: str = "") -> str:
    """A count with its noun.

    >>> count_words(1, "source"), count_words(3, "source"), count_words(2, "country", "countries")
    ('1 source', '3 sources', '2 countries')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def plural(noun: str) -> str:
    """A counted noun for several; empty for none.

    >>> plural("village"), plural("city"), plural("church"), plural("person"), plural("serviceman"), plural("")
    ('villages', 'cities', 'churches', 'people', 'servicemen', '')
    """
    for ending, changed in _PLURALS.items():
        if noun.endswith(ending):
            return noun.removesuffix(ending) + changed
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s" if noun else ""


_PLURALS: Final = {
    "person": "people",
    "child": "children",
    "man": "men",
    "life": "lives",
    **{ending: f"{ending}es" for ending in ("s", "x", "ch", "sh")},
}


def shortened(text: str, most: int) -> str:
    """A text of so many characters at most, cut between words.

    >>> shortened("The town by the river", 14), shortened("The town", 14)
    ('The town by …', 'The town')
    """
    return text if len(text) <= most else text[: most - 1].rpartition(" ")[0] + " …"


def fitted(text: str, most: int) -> str:
    """A text that is as wide as so many Latin letters at most; letters of East Asia are as wide as two (UAX #11).

    >>> fitted("Khankendi", 9), fitted("Khankendi", 6), fitted("東京都庁", 6)
    ('Khankendi', 'Khank…', '東京…')
    """
    widths = [0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text]
    if sum(widths) <= most:
        return text
    return "".join(letter for letter, end in zip(text, accumulate(widths), strict=True) if end < most) + "…"
