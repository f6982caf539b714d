"""Dates in text -> EDTF.

A date is read as written (`find_dates`); what it leaves open is settled in a second step, in the order of the text
(`Story`): by a year named later in the same enumeration, earlier in the paragraph or narrative, in the heading of its
list, or by the date of the document. What stays open stays open (``XXXX-05-09``).
"""

from kg.text.dates.dated import Bound, Dated, Relative, dated, shift, year_of
from kg.text.dates.find import anchors, find_dates, has_hours, slash_order
from kg.text.dates.relative import with_year
from kg.text.dates.words import MONTHS, WEEKDAYS
from kg.text.dates.years import CHOICES, Story, settle_dates

__all__ = [
    "CHOICES",
    "MONTHS",
    "WEEKDAYS",
    "Bound",
    "Dated",
    "Relative",
    "Story",
    "anchors",
    "dated",
    "find_dates",
    "has_hours",
    "settle_dates",
    "shift",
    "slash_order",
    "with_year",
    "year_of",
]
