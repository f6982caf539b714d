"""When values of several claims are compatible, and which of them an event may carry.

A value is the range of what it allows. Ranges have something in common exactly if each two of them have (Helly's
theorem on a line), so one comparison of the highest beginning with the lowest end settles any number of claims,
in whatever order they come.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, TypeVar

from kg.text import edtf

ABOUT = Decimal("0.1")  # "about" allows a tenth on either side
CONVERTED = Decimal("0.01")  # what was stated in another unit was rounded in that unit
_INFINITY = Decimal("Infinity")

Days = tuple[date, date]
Mark = tuple[str, tuple[str, ...]]
"""What claims say became of who holds the place (`kg.domain.Effect`), and who did it, if more than they know him."""
T = TypeVar("T", date, Decimal)


class Number(NamedTuple):
    """A value, and how it was qualified."""

    value: Decimal
    qualifier: str = "exact"
    converted: bool = False

    @property
    def range(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest value that would not contradict it."""
        if self.qualifier == "less-than":
            return -_INFINITY, self.value
        if self.qualifier == "more-than":
            return self.value, _INFINITY
        share = ABOUT if self.qualifier == "about" else CONVERTED if self.converted else Decimal(0)
        return self.value - abs(self.value) * share, self.value + abs(self.value) * share

    @property
    def vagueness(self) -> int:
        """0: as stated; 1: approximate or converted; 2: a bound."""
        return {"less-than": 2, "more-than": 2, "about": 1}.get(self.qualifier, int(self.converted))


@dataclass(frozen=True, slots=True)
class Moment:
    """An EDTF date as it is compared: the days that its beginning, its end, and the whole of it may lie on.

    A date without a slash has a beginning and no stated end.
    """

    value: str
    begin: Days | None
    end: Days | None
    anchor: Days  # where it begins, or else where it ends
    extent: Days  # all of it
    mark: Mark = ("", ())

    @property
    def effect(self) -> str:
        return self.mark[0]

    @property
    def key(self) -> tuple[str, Mark]:
        """What tells it from others of the same place."""
        return self.value, self.mark

    @property
    def name(self) -> str:
        """The anchor as one segment of an IRI."""
        first, _, last = self.value.partition("/")
        return (first if self.begin else last).rstrip("~?%")

    @property
    def length(self) -> int:
        """Days."""
        return (self.extent[1] - self.extent[0]).days


@lru_cache(maxsize=1 << 13)
def moment(value: str) -> Moment | None:
    """The date as it is compared; None where it gives no year, is unreadable or is missing."""
    if not edtf.is_valid(value):
        return None
    first, slash, last = value.partition("/")
    begin = _days(first)
    end = _days(last) if slash else None
    anchor = begin or end
    if not anchor:
        return None
    return Moment(value, begin, end, anchor, (begin[0], end[1]) if begin and end else anchor)


def compatible(ranges: Collection[tuple[T, T]]) -> bool:
    """Whether some value lies in all of the ranges; true of none."""
    return not ranges or max(first for first, _ in ranges) <= min(last for _, last in ranges)


def numbers_agree(numbers: Collection[Number]) -> bool:
    return compatible([number.range for number in numbers])


def finest_number(numbers: Collection[Number]) -> Number | None:
    """The least vague of compatible numbers; None where several are equally so but not equal."""
    if not numbers:
        return None
    vagueness = min(number.vagueness for number in numbers)
    finest = {(n.value, n.qualifier): n for n in sorted(numbers) if n.vagueness == vagueness}
    return next(iter(finest.values())) if len(finest) == 1 else None


def agreed_date(moments: Collection[Moment]) -> str | None:
    """The finest date that contradicts none: begin compared with begin, end with end.

    None: they contradict each other. Empty: there are none.
    """
    begins, ends = [m.begin for m in moments if m.begin], [m.end for m in moments if m.end]
    if not (compatible(begins) and compatible(ends)):
        return None
    begin = min((_finest(m.begin, m.value.partition("/")[0]) for m in moments if m.begin), default=None)
    end = min((_finest(m.end, m.value.partition("/")[2]) for m in moments if m.end), default=None)
    if end:
        value = f"{begin[-1] if begin else '..'}/{end[-1]}"
    elif begin:
        value = begin[-1] + ("/.." if any(m.value.endswith("/..") for m in moments) else "")
    else:
        return ""
    return value if edtf.is_valid(value) else None


def _finest(days: Days, value: str) -> tuple[int, date, str]:
    """Sorts the shortest first, and a certain date before an uncertain one."""
    return (days[1] - days[0]).days, days[0], value


def _days(value: str) -> Days | None:
    first, last = edtf.bounds(value) if value and value != ".." else (None, None)
    return (first, last) if first and last else None
