"""Numbers with a unit or a counted noun -> exact decimal values in km2, percent, m, or a count.

Factors are exact by definition: the hectare (SI Brochure, 9th edition, table 8), the international mile of
1609.344 m and the international acre of 4046.8564224 m2 (1959 agreement). A converted area is rounded to 3
decimals.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from kg.model import FigureKind, Qualifier
from kg.text.numbers import FRACTIONS, NUMBER, WORDS, is_number, number, spelled
from kg.text.tokens import Token

_AREA = {
    "km2": Decimal(1),
    "ha": Decimal("0.01"),
    "m2": Decimal("0.000001"),
    "mi2": Decimal("2.589988110336"),
    "acre": Decimal("0.0040468564224"),
}
_LENGTH = {"km": Decimal(1000), "m": Decimal(1), "mi": Decimal("1609.344"), "nmi": Decimal(1852)}
MEASURES = frozenset({*_AREA, *_LENGTH})
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "k": 1000, "mln": 10**6, "bn": 10**9}

_SPACED = re.compile(r"\d{1,3}(?:[\u00a0\u202f\u2009 ’']\d{3}){1,4}(?![\d,.]*\d)")  # "3 830 villages"
_UNIT = r"""(?:
    (?P<km2>(?:sq(?:uare)?\.?[\s-]?(?:km|kms|kilomet(?:er|re)s?|kilometers)\b\.?|km\s?(?:2(?:\b|(?=(?-i:[A-Z])))|²|\^2)|kmq\b|sqkm\b
        |km\.?\s?sq\b|kilomet(?:er|re)s?\s+squared))
  | (?P<mi2>sq(?:uare)?\.?[\s-]?mi(?:les?)?\b\.?|mi(?:les?)?\s?(?:2\b|²|\^2))
  | (?P<m2>sq(?:uare)?\.?[\s-]?(?:m|met(?:er|re)s?)\b|m\s?(?:2\b|²))
  | (?P<ha>hectares?\b|ha\b)
  | (?P<acre>acres?\b)
  | (?P<percent>%(?![0-9A-Fa-f]{2})|per\s?cent\b|pct\b)
  | (?P<km>kilomet(?:er|re)s?\b|kms?\b(?!\s?/|\s?per|\s?an?\s?hour))
  | (?P<nmi>nautical\s+miles?\b)
  | (?P<mi>miles?\b(?!\s?/|\s?per|\s?an?\s?hour))
  | (?P<m>met(?:er|re)s?\b(?!\s?per)|m\b(?!\s?/))
)(?!-?old)"""
_MEASURE = re.compile(
    rf"(?P<number>{NUMBER})(?:\s*(?:\+|\b))?(?:[\s-](?P<scale>(?a:hundred|thousand|million|billion|mln|bn))\b)?[\s\u00a0-]?\s?{_UNIT}".replace(
        "(?:\\s*(?:\\+|\\b))?", ""
    ),
    re.IGNORECASE | re.VERBOSE,
)
_WORD_MEASURE = re.compile(
    rf"(?:[\s-](?P<scale>(?a:hundred|thousand|million))\b)?[\s-]{_UNIT}", re.IGNORECASE | re.VERBOSE
)
_OF_WHOLE = re.compile(
    rf"(?P<number>{NUMBER})\s+(?:out\s+)?of\s+(?:(?:the\s+|its\s+|a\s+total\s+(?:of\s+)?|some\s+|about\s+)*"
    rf"|(?:[^\W\d]+\s){{0,4}}[^\W\d]+(?:['’]s|s['’])\s)(?={NUMBER}[\s-])"
)
_RANGE = re.compile(
    rf"(?P<number>{NUMBER})\s*(?:%|per\s?cent\b|km2?\b|sq\.?\s?km\b)?\s*(?P<join>to|and|or|[-–—])\s*(?:(?:more\s+than|over|about|some|nearly|almost|around|as\s+much\s+as)\s+)?(?={NUMBER}[\s\u00a0-]?\s?(?:hundred|thousand|million)?\s?{_UNIT})",
    re.IGNORECASE | re.VERBOSE,
)

COUNTED = {
    "district": "district",
    "districts": "district",
    "towns": "town",
    "town": "town",
    "villages": "village",
    "village": "village",
    "resolutions": "resolution",
    "resolution": "resolution",
    "settlements": "settlement",
    "settlement": "settlement",
    "cities": "city",
    "hamlets": "hamlet",
    "municipalities": "municipality",
    "regions": "region",
    "provinces": "province",
    "counties": "county",
    "communes": "commune",
    "townships": "township",
    "localities": "locality",
    "communities": "community",
    "violations": "violation",
    "breaches": "breach",
}
# How many words may stand between a number and what it counts: "four UN Security Council resolutions".
_BETWEEN = 5

_ABOUT = (
    r"about|around|roughly|approximately|approx\.?|some|nearly|almost|circa|ca\.|c\.|an\sestimated|estimated|close\sto|or\sso"
    r"|nearly\sa|perhaps|maybe|possibly|barely|hardly|scarcely|somewhere\saround|more\sor\sless"
)
_LESS = (
    r"less\sthan|fewer\sthan|under|below|at\smost|up\sto|not\smore\sthan|no\smore\sthan|as\smuch\sas|within|a\smaximum\sof"
    r"|never\swider\sthan|not\sexceeding|just\sunder|just\sbelow"
)
_MORE = (
    r"more\sthan|over|above|at\sleast|not\sless\sthan|no\sless\sthan|no\sfewer\sthan|exceeding|in\sexcess\sof|upwards\sof"
    r"|as\smany\sas|a\sminimum\sof|just\sover|well\sover"
)
_QUALIFIER = re.compile(
    rf"(?:\b(?:(?P<less>{_LESS}|(?:never|not)\s\w+er\sthan)|(?P<more>{_MORE}|\w+er\sthan)|(?P<about>{_ABOUT}))"
    rf"|(?P<tilde>[~≈])|(?P<lt>[<≤])|(?P<gt>[>≥]))"
    rf"\s*(?:a\s|an\s|the\s|its\s|only\s|just\s|of\s)?$".replace(r"\s)", r"\s+)"),
    re.IGNORECASE,
)

_ROUGH = re.compile(r",?\s(?:more or less|or so|or thereabouts|give or take|at a guess)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured or counted amount: its characters, kind, canonical value, and the words around the number."""

    start: int
    end: int
    kind: FigureKind
    value: Decimal
    qualifier: Qualifier = "exact"
    unit: str = ""  # as recognised: km2, ha, mi2, percent, km, ...; of a count the noun
    whole: Decimal | None = None  # of what it is a part ("882 of the 1,094 sq km")
    whole_start: int = 0
    same: int = -1  # where another number for the same measure stands ("17 sq km; the county says 16.4")

    @property
    def converted_from(self) -> str:
        return converted_from(self.unit)


def converted_from(unit: str) -> str:
    """The unit as recognised, where the value is in another; empty for kilometres, which metres tell exactly."""
    return unit if unit in MEASURES and unit not in ("km2", "km", "m") else ""


def convert(value: Decimal, unit: str) -> tuple[FigureKind, Decimal]:
    """The kind and the value in km2, m or percent."""
    if unit == "percent":
        return "share", value
    if unit in _LENGTH:
        return "distance", _plain(value * _LENGTH[unit])
    exact = value * _AREA[unit]
    if unit != "km2":
        exact = exact.quantize(Decimal("0.001"), ROUND_HALF_UP)
    return "area", _plain(exact)


def _plain(value: Decimal) -> Decimal:
    """Without an exponent or trailing zeros, so that one value has one form."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def qualifier(text: str, start: int, floor: int) -> Qualifier:
    """What the words before a number say of it: about, less-than, more-than, or exact."""
    match = _QUALIFIER.search(text, max(floor, start - 28), start)
    if not match:
        return "exact"
    if match["about"] or match["tilde"]:
        return "about"
    return "less-than" if match["less"] or match["lt"] else "more-than"


def _unit(match: re.Match[str]) -> str:
    return next(name for name in ("percent", *MEASURES) if match[name])


_GROUPED = re.compile(r"\d{1,3}\.\d{3}(?![\d,.])")


def regrouped(quantity: Quantity, text: str) -> Quantity:
    """A quantity of a text with a decimal comma: its stop stands between thousands."""
    match = _GROUPED.match(text, quantity.start)
    if not match:
        return quantity
    value = Decimal(match[0].replace(".", ""))
    return replace(quantity, value=value if quantity.kind == "count" else convert(value, quantity.unit)[1])


def find_quantities(text: str, tokens: Sequence[Token], floor: int) -> list[Quantity]:
    """The quantities of a block's tokens; ``floor`` is where the block starts."""
    found: list[Quantity] = []
    reached = floor
    for index, token in enumerate(tokens):
        if token.start < reached:
            continue
        if token.kind == "n":
            made = _measured(text, token.start, floor) or _counted(text, tokens, index, None, floor)
        elif token.low in WORDS:
            made = _worded(text, tokens, index, floor)
        elif token.low in FRACTIONS and index:
            made = _fraction(text, tokens, index)
        else:
            continue
        if made:
            found += made
            reached = max(one.end for one in made)
    return found


def _scaled(value: Decimal, scale: str | None) -> Decimal:
    return value * _SCALES[scale.lower()] if scale else value


def _quantity(
    text: str, start: int, match: re.Match[str], value: Decimal, floor: int, words: Qualifier | None = None
) -> Quantity:
    unit = _unit(match)
    kind, canonical = convert(value, unit)
    said = words or qualifier(text, start, floor)
    said = "about" if said == "exact" and _ROUGH.match(text, match.end()) else said
    return Quantity(start, match.end(), kind, canonical, said, unit)


def _measured(text: str, start: int, floor: int) -> list[Quantity]:
    if start and text[start - 1] in "$€£₽":
        return []
    if (match := _OF_WHOLE.match(text, start)) and (whole := _MEASURE.match(text, match.end())):
        unit = _unit(whole)
        kind, part = convert(number(match["number"]), unit)
        _, all_of_it = convert(number(whole["number"]), unit)
        if kind != "share" and part <= all_of_it:
            return [
                Quantity(start, start + len(match["number"]), kind, part, "part-of", unit, all_of_it, whole.start()),
                Quantity(whole.start(), whole.end(), kind, all_of_it, "exact", unit),
            ]
    if match := _RANGE.match(text, start):
        last = _MEASURE.match(text, match.end())
        own = _MEASURE.match(text, start)
        alike = own is None or last is None or convert(Decimal(1), _unit(own))[0] == convert(Decimal(1), _unit(last))[0]
        if last and alike and number(match["number"]) != number(last["number"]):
            unit = _unit(last)
            scale = last["scale"]
            kind, low = convert(_scaled(number(match["number"]), scale), unit)
            _, high = convert(_scaled(number(last["number"]), scale), unit)
            before = text[max(floor, start - 20) : start].lower()
            change = match["join"] == "to" and re.search(
                r"\bfrom\s+(?:about\s+|some\s+|nearly\s+|roughly\s+)?$", before
            )
            words = qualifier(text, start, floor)
            first_words: Qualifier = words if change or match["join"] == "or" else "more-than"
            last_words: Qualifier = (
                qualifier(text, last.start(), start) if change else words if match["join"] == "or" else "less-than"
            )
            return [
                Quantity(start, start + len(match["number"]), kind, low, first_words, unit),
                Quantity(last.start(), last.end(), kind, high, last_words, unit),
            ]
    if match := _MEASURE.match(text, start):
        value = number(match["number"])
        if match["km2"] and match["km2"].lower() == "kmq" and re.fullmatch(r"\d{1,3}\.\d{3}", match["number"]):
            value *= 1000  # who writes kmq writes thousands with a stop
        return [_quantity(text, start, match, _scaled(value, match["scale"]), floor)]
    return []


def _worded(text: str, tokens: Sequence[Token], index: int, floor: int) -> list[Quantity]:
    """``seven districts``, ``twenty percent``, ``two hundred metres``, ``two of the four districts``."""
    token = tokens[index]
    value, last = spelled(tokens, index, len(tokens))
    if match := _WORD_MEASURE.match(text, tokens[last].end):
        return [_quantity(text, token.start, match, _scaled(value, match["scale"]), floor)]
    return _counted(text, tokens, index, value, floor, last)


_COUNT_BREAK = frozenset(
    """
    and or but of in on at to from that which who with by for as is are was were be been had have has , ; : . ( ) across
    over under between near around inside outside within along into through throughout among against after before since
    until during off per via than the this these those their its his her a an people men women children troops police
    """.split()
)


def _counted(
    text: str, tokens: Sequence[Token], index: int, value: Decimal | None, floor: int, last: int | None = None
) -> list[Quantity]:
    """A number and, within a few words, the noun it counts."""
    token = tokens[index]
    last = index if last is None else last
    if value is None:
        if "." in token.text or not is_number(token.text):
            return []
        written = _SPACED.match(text, token.start)
        value = number(written[0] if written else token.text)
        while written and last + 1 < len(tokens) and tokens[last + 1].end <= written.end():
            last += 1
    if value < 2 or (
        index
        and tokens[index - 1].low in ("resolution", "resolutions", "no", "number", "nos", "article", "chapter", "$")
    ):
        return []
    words = tokens[last + 1 : last + 1 + _BETWEEN + 1]
    if (words and words[0].low == "of") or (len(words) > 1 and words[0].low == "out" and words[1].low == "of"):
        return _part_of_count(text, tokens, index, last, value, floor)
    for word in words:
        if word.low in COUNTED:
            if word.low[-1] != "s":
                return []  # "seven district heads"
            noun = COUNTED[word.low]
            return [Quantity(token.start, word.end, "count", value, qualifier(text, token.start, floor), noun)]
        if word.low in _COUNT_BREAK or word.kind == "n" or _is_plural(word):
            return []  # "200 shells hit cities"
    return []


def _is_plural(token: Token) -> bool:
    """Whether a word in lower case may be a plural, and so itself what is counted."""
    plain = not token.capital and not token.possessive and len(token.low) > 3
    return plain and token.low[-1] == "s" and token.low[-2] not in "siu"


def _part_of_count(
    text: str, tokens: Sequence[Token], index: int, last: int, value: Decimal, floor: int
) -> list[Quantity]:
    """``two of the four districts`` -> the two, part of them, and the four; ``two of the districts`` -> the two."""
    step = last + 1
    while step < len(tokens) and (
        tokens[step].low in ("out", "of", "the", "its", "these", "those", "their", "all")
        or (tokens[step].possessive and tokens[step].kind == "w")  # "129 of the country's 407 districts"
    ):
        step += 1
    if step >= len(tokens):
        return []
    following = tokens[step]
    if following.low in WORDS or following.kind == "n":
        whole = (
            _worded(text, tokens, step, floor) if following.low in WORDS else _counted(text, tokens, step, None, floor)
        )
        if whole and whole[0].kind == "count" and whole[0].value > value:
            part = Quantity(
                tokens[index].start,
                tokens[last].end,
                "count",
                value,
                "part-of",
                whole[0].unit,
                whole[0].value,
                following.start,
            )
            return [part, *whole]
        return []
    for word in tokens[step : step + 4]:
        if word.low in COUNTED and word.low[-1] == "s":
            return [Quantity(tokens[index].start, word.end, "count", value, "part-of", COUNTED[word.low])]
        if word.low in _COUNT_BREAK:
            break
    return []


def _fraction(text: str, tokens: Sequence[Token], index: int) -> list[Quantity]:
    """``a fifth of the country`` -> a share; only where territory is what it is of."""
    token, before = tokens[index], tokens[index - 1]
    factor = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}.get(before.low.split("-")[0])
    if factor is None and token.low != "half":
        return []
    following = [t.low for t in tokens[index + 1 : index + 6]]
    if following[:1] != ["of"] or not _TERRITORY.intersection(following):
        return []
    start = before.start if factor else token.start
    value = Decimal(FRACTIONS[token.low]) * (factor or 1)
    exact: Qualifier = qualifier(text, start, 0)
    return [Quantity(start, token.end, "share", value, exact if exact != "exact" else "about", "percent")]


_TERRITORY = frozenset("country territory island land area region territories".split())


_CONVERSION = re.compile(r"\s*[(\[]\s*(?:or\s+|about\s+|some\s+|ca\.?\s*|≈\s*)?|,?\s+or\s+(?:about\s+|some\s+)?")


def drop_conversions(quantities: Iterable[Quantity], text: str) -> list[Quantity]:
    """Leave out what a bracket only converts: ``160 kilometres (100 miles)``."""
    kept: list[Quantity] = []
    for one in quantities:
        previous = kept[-1] if kept else None
        if (
            previous
            and previous.kind == one.kind
            and previous.unit != one.unit
            and _CONVERSION.fullmatch(text, previous.end, one.start)
        ):
            if one.unit in ("km2", "km", "m") and previous.unit not in ("km2", "km", "m", "ha"):
                kept[-1] = one  # what is written in the unit we keep needs no factor of ours
            continue
        kept.append(one)
    return kept
