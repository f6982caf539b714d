"""A row cut at its marks: which field is a date, which names a change of control, and which date belongs to which."""

import dataclasses
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeVar

from kg.extract.found import Found
from kg.extract.lexicon import listed
from kg.extract.reading import Reading, Sentence
from kg.extract.records.changes import Change, change_at, change_in, is_unreal
from kg.extract.words import PLACE_TYPES
from kg.model import Span
from kg.text.dates import WEEKDAYS, Dated
from kg.text.quantities import Quantity
from kg.text.tokens import Token

MARKS = frozenset(": ; , ( ) – — - | / • · = →".split())
STRONG = MARKS - frozenset(", ) ;".split())
_LIGHT = listed("light", "records")
_BEFORE = listed("before", "records")
_AFTER = listed("after", "records")
_LEADER = "..."  # dots that lead to the next column
_JOINTS = frozenset("and but then".split())
_REACH = 4  # fields between a change and its date
_LONGEST_LABEL = 6  # tokens of a label
_LONGEST_MEASURE = 7  # tokens of a quantity with its label

Marked = TypeVar("Marked", Dated, Quantity)
Kind = Literal["date", "when", "change", "measure", "text"]  # when: the date of the change beside it


@dataclass(slots=True)
class Field:
    """Tokens between two marks of a row."""

    first: int
    last: int
    mark: str  # before it
    kind: Kind = "text"
    change: Change | None = None
    date: Dated | None = None  # its own, or the one that was found to belong to it

    def __len__(self) -> int:
        return self.last - self.first


@dataclass(slots=True)
class Row:
    """A record of a list: its sentence, its place, its date, its fields, and the cells of a table."""

    sentence: Sentence
    place: Found | None = None
    site: str = ""  # "Ard bridge": what of that place it is
    others: list[Found] = dataclasses.field(default_factory=list)  # places in its cell beside the first
    date: Dated | None = None
    cells: tuple[Span, ...] = ()
    header: tuple[Span, ...] = ()
    fields: list[Field] = dataclasses.field(default_factory=list)
    prose: bool = False  # a place with a colon and whole sentences after it
    sure: bool = True  # whatever stands near it

    @property
    def form(self) -> str:
        """What it begins with; the rows of a list begin alike."""
        return "date" if self.date is not None and not self.cells else "place"


def fields_of(
    reading: Reading,
    sentence: Sentence,
    first: int,
    quantities: Sequence[Quantity] = (),
    cells: Sequence[Span] = (),
) -> list[Field]:
    """Return the fields of a row from a token on, each with its kind, and each change with its date."""
    fields = list(_cut(reading, sentence, first, frozenset(cell.start for cell in cells)))
    for field in fields:
        _type(reading, sentence, field, quantities)
    for field, following in pairwise(fields):
        if field.kind == "text" and following.mark in STRONG and len(field) <= _LONGEST_LABEL:
            _label(reading, field, following)
    _date(fields)
    return fields


def is_mark(reading: Reading, sentence: Sentence, index: int) -> bool:
    """Whether a token separates two fields: no hyphen within a word, no stroke within a date."""
    token = reading.tokens[index]
    if token.kind != "p" or token.start in reading.in_date:
        return False
    if token.text == ".":
        if reading.text.startswith(_LEADER, token.start) or reading.text.endswith(_LEADER, 0, token.end):
            return True
        following = reading.tokens[index + 1] if index + 1 < sentence.last else None
        return following is not None and (following.capital or following.kind == "n") and following.start > token.end
    if token.text == ":" and reading.text[token.end : token.end + 1].isdigit():
        return not reading.text[token.start - 1].isdigit()  # "18:30"
    if token.text in "-/":
        return reading.text[token.start - 1].isspace() or reading.text[token.end : token.end + 1].isspace()
    return token.text in MARKS


def _cut(reading: Reading, sentence: Sentence, first: int, edges: frozenset[int]) -> Iterator[Field]:
    """Cut at the marks between fields, at words that join two changes, and where a cell begins."""
    start, mark = first, ""
    tokens = reading.tokens
    for index in range(first, sentence.last):
        edge = tokens[index].start in edges or (
            index > start and "\t" in reading.text[tokens[index - 1].end : tokens[index].start]
        )
        sign = is_mark(reading, sentence, index) or (index > start and _joins(tokens, index, sentence.last))
        if not (edge or sign):
            continue
        if index > start:
            yield Field(start, index, mark)
        start, mark = (index, "|") if edge else (index + 1, tokens[index].text)
    if start < sentence.last:
        yield Field(start, sentence.last, mark)


def _joins(tokens: Sequence[Token], index: int, last: int) -> bool:
    """``seized on 3 May and retaken on 9 May``: whether a word joins two changes."""
    return tokens[index].low in _JOINTS and index + 1 < last and change_at(tokens[index + 1 : last], 0) is not None


def _type(reading: Reading, sentence: Sentence, field: Field, quantities: Sequence[Quantity]) -> None:
    tokens = reading.tokens[field.first : field.last]
    begin, end = tokens[0].start, tokens[-1].end
    dates = [d for d in _between(sentence.dates, begin, end) if d.value]
    field.date = dates[0] if dates else None
    if dates and all(is_of_date(reading, token) for token in tokens):
        field.kind = "date"
    elif (change := change_of(reading, tokens)) is not None:
        field.kind, field.change = "change", change
        after = [d for d in dates if d.start > tokens[change.first].start]
        field.date = after[0] if after else field.date
    elif len(tokens) <= _LONGEST_MEASURE and (tokens[0].kind == "n" or _between(quantities, begin, end)):
        field.kind = "measure"


def _between(marked: Sequence[Marked], begin: int, end: int) -> Sequence[Marked]:
    """Those that begin between two offsets, of a sequence in the order of the text."""
    first = bisect_left(marked, begin, key=lambda one: one.start)
    return marked[first : bisect_left(marked, end, first, key=lambda one: one.start)]


def _label(reading: Reading, field: Field, following: Field) -> None:
    """``date of occupation – July 23, 1993``, ``territory – 1,094 sq. km``: what a field says of the next one."""
    if following.kind == "measure":
        field.kind = "measure"
    elif following.kind == "date" and field.date is None:
        if (change := change_in(reading.tokens[field.first : field.last])) is not None:
            field.kind, field.change = "change", change


def is_of_date(reading: Reading, token: Token) -> bool:
    """Whether a token is of a date, or may stand beside one that is alone."""
    return (
        token.start in reading.in_date
        or token.kind == "p"
        or token.low in _LIGHT
        or token.low in WEEKDAYS
        or (token.kind == "n" and len(token.text) <= 2)
    )


def change_of(reading: Reading, tokens: Sequence[Token]) -> Change | None:
    """The change that a field is about: its first word but for auxiliaries and dates, with no object after it."""
    if is_unreal(t for t in tokens if t.start not in reading.in_date):
        return None
    index = next(
        (
            i
            for i, t in enumerate(tokens)
            if not (t.low in _BEFORE or t.low in PLACE_TYPES or t.start in reading.in_date or t.kind != "w")
        ),
        -1,
    )
    change = change_at(tokens, index) if index >= 0 else None
    if change is None:
        return None
    following = tokens[change.last] if change.last < len(tokens) else None
    alone = (
        following is None
        or following.start in reading.in_date
        or following.low in _AFTER
        or following.low.endswith("ly")
        or following.kind == "p"
        or (following.kind == "n" and len(following.text) == 4)  # "handed over 0900"
    )
    return change if alone else None


def _date(fields: Sequence[Field]) -> None:
    """Give each change without a date the one before or after it: in the order that leaves fewer without."""
    orders = (_paired(fields, 1), _paired(fields, -1))
    best = max(orders, key=len)
    for number, date in best.items():
        fields[number].date = fields[date].date
        fields[date].kind = "when"


def _paired(fields: Sequence[Field], step: int) -> dict[int, int]:
    """Each change without a date of its own -> the field of a date next to it, in one direction."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for number, field in enumerate(fields):
        if field.kind != "change" or field.date is not None:
            continue
        ahead = range(number + step, number + step * (1 + _REACH), step)
        position = next((p for p in ahead if not 0 <= p < len(fields) or fields[p].kind not in ("text", "measure")), -1)
        if 0 <= position < len(fields) and fields[position].kind == "date" and position not in taken:
            pairs[number] = position
            taken.add(position)
    return pairs
