"""Extended Date/Time Format, the part that kg emits (ISO 8601-2:2019, levels 0 and 1).

``1992-05-08``, ``1992-05``, ``1992``, ``1988/1992``, ``1994/..``, ``../2022-05-20`` and
``XXXX-05-09`` for a day whose year the text does not give.
"""

import calendar
import re
from datetime import date
from functools import lru_cache

DATATYPE = "http://id.loc.gov/datatypes/edtf/EDTF"
_DATE = re.compile(r"(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?[~?%]?")


@lru_cache(maxsize=1 << 13)
def bounds(value: str) -> tuple[date | None, date | None]:
    """The first and last day that a value allows; None where it is open or has no year.

    Raises ValueError where the value is not of the forms above.

    >>> bounds("1992-02")
    (datetime.date(1992, 2, 1), datetime.date(1992, 2, 29))
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
    """3 for a day, 2 for a month, 1 for a year, 0 for an interval."""
    return 0 if "/" in value else value.count("-") + 1


def _day_range(value: str) -> tuple[date | None, date | None]:
    match = _DATE.fullmatch(value)
    if not match:
        raise ValueError(f"{value!r} is not an EDTF date")
    year, month, day = match.groups()
    if year == "XXXX":
        if month:
            date(2000, int(month), int(day or 1))  # 2000: a leap year, so that 29 February passes
        return None, None
    if day:
        exact = date(int(year), int(month), int(day))
        return exact, exact
    if month:
        last = calendar.monthrange(int(year), int(month))[1]
        return date(int(year), int(month), 1), date(int(year), int(month), last)
    return date(int(year), 1, 1), date(int(year), 12, 31)
