"""Extended Date/Time Format, the part that kg emits (ISO 8601-2:2019, level 1, and the quarters and halves of level 2).

``1992-05-08``, ``1992-05``, ``1992``, ``1988/1992``, ``1994/..``, ``../2022-05-20``, ``XXXX-05-09`` for a day whose
year the text does not give, ``199X`` for a decade, ``19XX`` for a century, ``1992-21`` to ``1992-24`` for spring to
winter, ``1992-33`` to ``1992-36`` for quarters and ``1992-40`` and ``1992-41`` for halves of a year.
"""

import calendar
import re
from datetime import date
from functools import lru_cache

DATATYPE = "http://id.loc.gov/datatypes/edtf/EDTF"
_DATE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(\d\d)(?:-(\d\d))?)?[~?%]?", re.ASCII)
# The first and last day that a part of a year allows, and by how many years later it ends. A season is as wide as any
# calendar of the northern hemisphere has it; a winter may be the one that a year begins with or ends with.
_PARTS: dict[int, tuple[tuple[int, int], tuple[int, int], int]] = {
    21: ((3, 1), (6, 20), 0),
    22: ((6, 1), (9, 22), 0),
    23: ((9, 1), (12, 20), 0),
    24: ((1, 1), (3, 20), 1),
    33: ((1, 1), (3, 31), 0),
    34: ((4, 1), (6, 30), 0),
    35: ((7, 1), (9, 30), 0),
    36: ((10, 1), (12, 31), 0),
    40: ((1, 1), (6, 30), 0),
    41: ((7, 1), (12, 31), 0),
}


@lru_cache(maxsize=1 << 13)
def bounds(value: str) -> tuple[date | None, date | None]:
    """The first and last day that a value allows; None where it is open or has no year.

    Raises ValueError where the value is not of the forms above.

    >>> bounds("1992-02")
    (datetime.date(1992, 2, 1), datetime.date(1992, 2, 29))
    >>> bounds("199X")
    (datetime.date(1990, 1, 1), datetime.date(1999, 12, 31))
    >>> bounds("1994/..")
    (datetime.date(1994, 1, 1), None)
    """
    first, slash, last = value.partition("/")
    if not slash:
        return _day_range(value)
    if first == ".." == last:
        raise ValueError(f"{value!r} says nothing")
    begin = None if first == ".." else _day_range(first)[0]
    end = None if last == ".." else _day_range(last)[1]
    if begin and end and begin > end:
        raise ValueError(f"{value!r} ends before it begins")
    return begin, end


def is_valid(value: str) -> bool:
    """Whether the value has one of the forms above and is in the calendar."""
    try:
        bounds(value)
    except ValueError:
        return False
    return True


def precision(value: str) -> int:
    """3 for a day, 2 for a month or another part of a year, 1 for a year or more, 0 for an interval."""
    return 0 if "/" in value else value.count("-") + 1


def _day_range(value: str) -> tuple[date | None, date | None]:
    match = _DATE.fullmatch(value)
    if not match:
        raise ValueError(f"{value!r} is not an EDTF date")
    year, month, day = match.groups()
    if year == "XXXX":
        if month and (day or int(month) not in _PARTS):
            date(2000, int(month), int(day or 1))  # 2000: a leap year, so that 29 February passes
        return None, None
    if "X" in year:
        if month:
            raise ValueError(f"{value!r} is a part of a year that is not known")
        return date(int(year.replace("X", "0")), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    if day:
        exact = date(int(year), int(month), int(day))
        return exact, exact
    if month and int(month) in _PARTS:
        first, last, later = _PARTS[int(month)]
        return date(int(year), *first), date(int(year) + later, *last)
    if month:
        return date(int(year), int(month), 1), date(
            int(year), int(month), calendar.monthrange(int(year), int(month))[1]
        )
    return date(int(year), 1, 1), date(int(year), 12, 31)
