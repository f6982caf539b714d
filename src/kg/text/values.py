"""Lines of separated values (CSV and its like) in a plain text: which lines are rows, and the cells of each."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.model import Span

Line = tuple[int, int]
Cells = tuple[Span, ...]

_ROWS = 3  # lines one after the other with as many cells
_COLUMNS = 3
_LONGEST_NAME = 4  # words of a column's name
_QUOTED = r'"(?:[^"]|"")*"'
_IN_QUOTES = re.compile(_QUOTED)
_SEPARATORS = {
    "\t": re.compile(r"(\t)"),
    "|": re.compile(r"(\|)"),
    ";": re.compile(rf"(?<![^;\n]){_QUOTED}|(;)"),
    ",": re.compile(rf"(?<![^,\n]){_QUOTED}|(,)"),
}
"""What separates two values: of comma and semicolon those that stand within no quotation marks."""
_IN_NUMBER = re.compile(r"\d,\d{3}(?!\d)")


def separated(text: str, lines: Sequence[Line]) -> Iterator[tuple[int, list[Cells]]]:
    """The stretches of lines that are rows of values: the number of the first line, and the cells of each."""
    if len(lines) < _ROWS:
        return
    for separator, pattern in _SEPARATORS.items():
        if text.count(separator, lines[0][0], lines[-1][1]) < _ROWS * (_COLUMNS - 1):
            continue
        cells = [_cells(text, line, pattern) if separator in text[slice(*line)] else () for line in lines]
        stretches = [*_stretches(text, separator, cells)]
        if stretches:
            yield from stretches
            return


def _cells(text: str, line: Line, pattern: re.Pattern[str]) -> Cells:
    """The values of a line, without blanks and quotation marks around them."""
    edges = [line[0] - 1, *(match.start(1) for match in pattern.finditer(text, *line) if match[1]), line[1]]
    return tuple(_value(text, a + 1, b) for a, b in pairwise(edges))


def _value(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    quoted = _IN_QUOTES.fullmatch(text, start, end)
    return Span(start + 1, end - 1) if quoted else Span(start, end)


def _stretches(text: str, separator: str, cells: Sequence[Cells]) -> Iterator[tuple[int, list[Cells]]]:
    first = 0
    for last in range(1, len(cells) + 1):
        if last < len(cells) and len(cells[last]) == len(cells[first]):
            continue
        rows = [*cells[first:last]]
        if len(rows) >= _ROWS and len(rows[0]) >= _COLUMNS and (separator in "\t|" or _is_no_prose(text, rows)):
            yield first, rows
        first = last


def _is_no_prose(text: str, rows: Sequence[Cells]) -> bool:
    """Whether comma or semicolon separate values: no blank follows them, or the first line names the columns."""
    if all(_is_number(text, row) for row in rows):
        return False
    spaced = any(text[cell.start - 1 : cell.start].isspace() for row in rows for cell in row[1:])
    return not spaced or (len(rows) > _ROWS and _names_columns(text, rows[0]))


def _is_number(text: str, row: Cells) -> bool:
    """``1,140 people and 1,300 goats``: whether the commas are those of numbers."""
    line = text[row[0].start : row[-1].end]
    return len(_IN_NUMBER.findall(line)) >= len(row) - 1


def _names_columns(text: str, row: Cells) -> bool:
    names = [cell.of(text) for cell in row]
    return all(name and len(name.split()) <= _LONGEST_NAME and name[-1] not in ".:!?" for name in names) and not any(
        character.isdigit() for name in names for character in name
    )
