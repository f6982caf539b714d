"""A table of data while a walk over the page reads it."""

from dataclasses import dataclass, field
from itertools import islice

from kg.read.html_main import Element
from kg.text.dates import anchors, find_dates
from kg.text.tokens import tokenize

HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STRUCTURE = {*HEADINGS, "ul", "ol", "dl", "table", "article", "section", "blockquote", "figure"}
_LONGEST_CELL = 400  # characters: a cell with more is a column of a page, not of a table
_WIDEST = 30  # cells or rows that one cell may span
_CELLS = {"table": ("td", "th"), "dl": ("dt", "dd")}


def is_data(element: Element) -> bool:
    """Whether a table or description list holds data, or only lays out a page."""
    if element.get("role") in {"presentation", "none"}:
        return False
    if element.find(".//table") is not None:  # an infobox has one in a cell, whose rows are its own
        return "infobox" in element.get("class", "").split()
    cells = list(element.iter(*_CELLS[element.tag]))
    rows = sum(1 for _ in element.iter("tr", "dt"))
    if len(cells) <= rows:
        return False
    return any(cell.tag == "th" for cell in cells) or not any(map(_is_column_of_page, cells))


def _is_column_of_page(cell: Element) -> bool:
    length = 0
    for inner in cell.iter():
        length += len(inner.text or "") + len(inner.tail or "" if inner is not cell else "")
        if length > _LONGEST_CELL or inner.tag in _STRUCTURE:
            return True
    return False


@dataclass(slots=True)
class Table:
    """Rows of cells; of a cell that spans several, all rows have the name or date, and its first alone a number."""

    element: Element
    captions: list[str] = field(default_factory=list)  # text that stands in no cell
    _rows: list[list[str]] = field(default_factory=list)
    _headers: int = 0
    _names_only: bool = True  # the row so far holds nothing but column names
    _above: dict[int, tuple[int, str]] = field(default_factory=dict)  # column: rows that a cell still takes, its text
    _open: Element | None = None  # the cell that is being read
    _cell: list[str] = field(default_factory=list)  # its texts

    def say(self, text: str) -> None:
        text = text.replace("\n", " ").replace("|", "¦")  # a bar would end the cell for every reader of Markdown
        if self._open is not None:
            self._cell.append(text)
        elif any(map(any, self._rows)):  # broken markup, whose text still has its place
            self._rows.append([text])
        else:
            self.captions.append(text)

    def start_row(self) -> None:
        self._end_open_cell()
        self._rows.append([])
        self._names_only = True

    def start_cell(self, cell: Element) -> None:
        self._end_open_cell()
        if not self._rows or (cell.tag == "dt" and self._rows[-1]):
            self.start_row()
        if cell.tag == "dd" and len(self._rows[-1]) != 1:  # a second description of a term, or one without
            self._rows.append([""])
        self._leave_to_above()
        self._names_only &= cell.tag == "th" or any(above.tag == "thead" for above in islice(cell.iterancestors(), 2))
        self._open = cell

    def end_cell(self, cell: Element) -> None:
        if cell is not self._open:
            return  # another cell began inside it and ended it
        row, text = self._rows[-1], " ".join(self._cell)
        self._open = None
        self._cell.clear()
        high = _span(cell, "rowspan")
        for _ in range(_span(cell, "colspan")):
            if high > 1:
                self._above[len(row)] = high - 1, text if _holds_for_all(text) else ""
            row.append(text)
            text = ""

    def _end_open_cell(self) -> None:
        if self._open is not None:
            self.end_cell(self._open)

    def end_row(self) -> None:
        self._end_open_cell()
        self._leave_to_above()
        if self._names_only and any(self._rows[-1]) and self._headers == len(self._rows) - 1:
            self._headers += 1

    def markdown(self) -> str:
        """The rows, those that name the columns set off as Markdown does; empty rows left out."""
        headers = self._headers
        if headers == len(self._rows):
            headers = min(headers, 1)
        lines = []
        for number, row in enumerate(self._rows, 1):
            if any(row):
                lines.append("| " + " | ".join(row) + " |")
            if number == headers:
                lines.append("| " + " | ".join("---" for _ in row) + " |")
        return "\n".join(lines)

    def _leave_to_above(self) -> None:
        row = self._rows[-1]
        while left := self._above.pop(len(row), None):
            rows, text = left
            if rows > 1:
                self._above[len(row)] = rows - 1, text
            row.append(text)


def _holds_for_all(text: str) -> bool:
    """Whether what a cell says is so of each row that it spans: a name or a date, and no number of them together."""
    dated = {
        index for one in find_dates(text, anchors(tokenize(text, 0, len(text)))) for index in range(one.start, one.end)
    }
    return not any(letter.isdigit() and index not in dated for index, letter in enumerate(text))


def _span(cell: Element, attribute: str) -> int:
    value = cell.get(attribute, "1").strip()
    return max(1, min(int(value), _WIDEST)) if value.isascii() and value.isdigit() and len(value) < 10 else 1
