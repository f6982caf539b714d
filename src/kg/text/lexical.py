"""Which texts are of the lexical space of a datatype (XML Schema 1.1, part 2; RDF takes no white space around them)."""

import re
from calendar import isleap
from typing import Final

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_ZONE: Final = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR: Final = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH: Final = r"(?P<month>0[1-9]|1[0-2])"
_DAY: Final = r"(?P<day>0[1-9]|[12][0-9]|3[01])"
_TIME: Final = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_MONTHS: Final = r"(?:[0-9]+Y)?(?:[0-9]+M)?"
_SECONDS: Final = r"(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
_INTEGER: Final = r"[+-]?[0-9]+"
_NAME_START: Final = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME: Final = _NAME_START + "0-9.\u00b7\u0300-\u036f\u203f\u2040-"
_FLOAT: Final = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_FORMS: Final = {
    "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    "double": _FLOAT,
    "float": _FLOAT,
    "boolean": r"true|false|1|0",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE.removesuffix('?')}",
    "time": f"{_TIME}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
    "duration": f"-?P(?=[0-9T]){_MONTHS}{_SECONDS}",
    "dayTimeDuration": f"-?P(?=[0-9T]){_SECONDS}",
    "yearMonthDuration": f"-?P(?=[0-9]){_MONTHS}",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*"
    r"(?:(?:[A-Za-z0-9+/] ?){3}[A-Za-z0-9+/]|(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "Name": f"[:{_NAME_START}][:{_NAME}]*",
    "NCName": f"[{_NAME_START}][{_NAME}]*",
    "NMTOKEN": f"[:{_NAME}]+",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?",
}
_RANGES: Final[dict[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    **{name: (-(1 << bits - 1), (1 << bits - 1) - 1) for name, bits in (("long", 64), ("int", 32), ("short", 16))},
    "byte": (-128, 127),
    **{f"unsigned{name}": (0, (1 << bits) - 1) for name, bits in (("Long", 64), ("Int", 32), ("Short", 16))},
    "unsignedByte": (0, 255),
}
FORMS: Final = {XSD + name: re.compile(form) for name, form in (_FORMS | dict.fromkeys(_RANGES, _INTEGER)).items()}
RANGES: Final = {XSD + name: limits for name, limits in _RANGES.items()}


ILL_FORMED: Final = ".ill-formed"
"""Behind the datatype of what is no literal of it, for engines that would take it for one."""


def is_well_formed(text: str, datatype: str) -> bool:
    """Whether a text is of the lexical space of a datatype; of one that we do not know, every text is."""
    form = FORMS.get(datatype)
    if form is None:
        return True
    found = form.fullmatch(text)
    if found is None:
        return False
    if limits := RANGES.get(datatype):
        return _is_within(text, *limits)
    parts = found.groupdict()
    return not {"month", "day"} <= parts.keys() or int(parts["day"]) <= _days(int(parts["month"]), parts.get("year"))


def _is_within(text: str, least: int | None, most: int | None) -> bool:
    digits = text.lstrip("+-").lstrip("0") or "0"
    if len(digits) > 20:  # beyond every limit; Python refuses numbers of 5,000 digits
        return most is None if text[0] != "-" else least is None
    number = -int(digits) if text[0] == "-" else int(digits)
    return (least is None or number >= least) and (most is None or number <= most)


def _days(month: int, year: str | None) -> int:
    if month == 2 and (year is None or isleap(int(year[-4:]))):  # 10,000 years are 25 times the calendar's 400
        return 29
    return _DAYS[month - 1]
