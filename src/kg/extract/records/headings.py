"""What the heading of a list says of its rows: a word for a change of control, a year, a month."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract import words
from kg.extract.reading import Reading
from kg.model import ControlWord, Span
from kg.text.blocks import Block
from kg.text.dates import MONTHS
from kg.text.tokens import Token

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_YEAR_RANGE = re.compile(r"\b\d{4}\s*[-–—/]\s*\d{4}\b")
_MONTH_LINE = re.compile(r"([A-Za-z]{3,9})\.?,?(?: \d{4})?:?")
_YEAR_LINE = re.compile(r"\W*(?:1[5-9]|20)\d\d(?:\s*[-–—/]\s*(?:1[5-9]|20)?\d\d)?\W*")


@dataclass(slots=True)
class Heading:
    """A heading in force: its characters, the word for control in it, its year."""

    span: Span
    word: ControlWord | None = None
    called_as: str = ""
    year: int | None = None
    last_year: int | None = None  # where it names a stretch of years
    month: int | None = None  # where it is a month: rows below may begin with a bare day
    level: int = 0


def control_word(tokens: Sequence[Token], text: str) -> tuple[ControlWord | None, str]:
    """The first word for a change of control in a heading, and as it is written."""
    for token in tokens:
        if token.low in words.CONTROL_HEADINGS:
            return words.CONTROL_HEADINGS[token.low], text[token.start : token.end]
    return None, ""


def heading_of(reading: Reading, block: Block) -> Heading:
    text = block.span.of(reading.text)
    word, called = control_word(reading.tokens_in(block.span.start, block.span.end), reading.document.source.text)
    first, last = years_of(text)
    month = _MONTH_LINE.fullmatch(text.strip())
    return Heading(block.span, word, called, first, last, MONTHS.get(month[1].lower()) if month else None, block.level)


def years_of(text: str) -> tuple[int | None, int | None]:
    """The year that a heading gives to the rows below it, or the first and last of a stretch.

    >>> years_of("2014"), years_of("2019–2020"), years_of("Cyprus 1974: the summer in dates"), years_of("1990 and 1995")
    ((2014, None), (2019, 2020), (1974, None), (None, None))
    """
    years = [int(year) for year in _YEAR.findall(text)]
    if len(years) == 1:
        return years[0], None
    if len(years) == 2 and _YEAR_RANGE.search(text) and years[0] < years[1]:
        return years[0], years[1]
    return None, None


def is_year_line(text: str) -> bool:
    """Whether a line is nothing but a year or a stretch of years."""
    return bool(_YEAR_LINE.fullmatch(text))
