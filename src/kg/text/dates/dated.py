"""A date as read, what it is counted from where it is relative, and reckoning with days."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kg.text.edtf import is_valid

Bound = Literal["", "since", "until", "by"]


@dataclass(frozen=True, slots=True)
class Relative:
    """What a date is counted from, and how far: ``two days later`` is two days on from the date last said."""

    base: Literal["published", "said", "either"]
    unit: Literal["day", "week", "month", "year", "weekday", "nth", "past", "named-month", "season"]
    steps: int | None = 0  # forward or, negative, back; None where nobody can tell ("some days later")
    number: int = 0  # of the weekday, the day of the month, the month or the season


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as read: its characters, its EDTF value, and what is left to settle of it."""

    start: int
    end: int
    value: str  # "" where it cannot be settled; XXXX for a year that the text leaves open
    yearless: bool = False
    relative: Relative | None = None  # of a yearless date: of its year
    weekday: int | None = None  # that the text gives with a day: "Saturday, 1 October"
    bound: Bound = ""  # what the word before makes of it: a beginning, an end, or a day not later than it
    bare: bool = False  # a year alone

    @property
    def stretch(self) -> str:
        """The value with the side left open that the word before it opens: ``until 3 May 1992`` is ``../1992-05-03``.

        >>> Dated(6, 16, "1992-05-03", bound="until").stretch
        '../1992-05-03'
        """
        if not self.bound or "/" in self.value or not self.value or self.value.startswith("XXXX"):
            return self.value
        return f"{self.value}/.." if self.bound == "since" else f"../{self.value}"


def dated(start: int, end: int, year: int | None, month: int | None = None, day: int | None = None) -> Dated:
    """A date of the parts that a text gives; without a value where the calendar has no such day.

    >>> dated(0, 5, None, 5, 3).value, dated(0, 11, 1992, 2, 30).value
    ('XXXX-05-03', '')
    """
    value = f"{year:04}" if year else "XXXX"
    if month:
        value += f"-{month:02}"
        if day:
            value += f"-{day:02}"
    return Dated(start, end, value if is_valid(value) else "", yearless=not year, bare=not month)


def year_of(value: str) -> int | None:
    """The year in which a date lies or a stretch begins; None where it is open, or a decade."""
    return int(value[:4]) if value[:4].isdecimal() else None


def is_day(value: str) -> bool:
    """Whether a value is one day of a known year."""
    return len(value) == 10 and year_of(value) is not None


def day_of_month(month: str, which: str) -> str:
    """The first or last day of a month; the month itself where it may be of a leap year or of none.

    >>> day_of_month("XXXX-05", "last"), day_of_month("1992-02", "last"), day_of_month("XXXX-02", "last")
    ('XXXX-05-31', '1992-02-29', 'XXXX-02')
    """
    if len(month) != 7 or not "01" <= month[5:7] <= "12":
        return month
    if which == "first":
        return f"{month}-01"
    years = (int(month[:4]),) if month[:4].isdecimal() else (2003, 2004)
    lengths = {monthrange(year, int(month[5:7]))[1] for year in years}
    return f"{month}-{lengths.pop()}" if len(lengths) == 1 else month


def shift(day: str, days: int) -> str:
    """A day some days later or, negative, earlier; empty where the calendar ends, or a year that is left open.

    >>> shift("1992-05-31", 1), shift("XXXX-05-31", 1), shift("XXXX-02-28", 1)
    ('1992-06-01', 'XXXX-06-01', '')
    """
    if day.startswith("XXXX-") and len(day) == 10:
        moved = {shift(day.replace("XXXX", year), days).replace(year, "XXXX") for year in ("2003", "2004")}
        return next(iter(moved)) if len(moved) == 1 else ""
    if not is_day(day):
        return ""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return ""
