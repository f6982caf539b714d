"""An HTML element as blocks of Markdown: its text, in order, each piece once, without inline markup."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from kg.read.html_main import SILENT, Element
from kg.read.html_tables import HEADINGS, Table, is_data

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "header", "hgroup", "hr", "html",
    "legend", "li", "listing", "main", "menu", "ol", "p", "plaintext", "pre", "search", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp", "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
_SPACE = re.compile(r"[ \t\n\f\r]+")  # HTML's white space; U+00A0 is text
_SPACES = re.compile(r" {2,}")
_AROUND_BREAK = re.compile(r" *\n *")
_BLANK_LINES = re.compile(r"\n\s*\n")
# Soft hyphens and zero-width spaces say where a line may break; they are no characters of a word.
_INVISIBLE = str.maketrans({"\u00ad": None, "\u200b": None, "\ufeff": None, "\r": "\n", "\f": " "})
# km<sup>2</sup> is km², and 1992<sup>1</sup> must not become the year 19921.
_RAISED = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_RAISABLE = re.compile(r"\s*[0-9+−()-]{1,4}\s*")

_DEEPEST_LIST = 8  # what a reader still sees as deeper

Kind = Literal["heading", "paragraph", "item", "table"]
_MARKERS: dict[Kind, Callable[[int], str]] = {
    "heading": lambda level: "#" * level + " ",
    "paragraph": lambda level: "",
    "item": lambda level: "  " * (min(level, _DEEPEST_LIST) - 1) + "- ",
    "table": lambda level: "",
}


@dataclass(slots=True)
class Piece:
    """One block; ``text`` is without its marker, save for a table's."""

    kind: Kind
    text: str
    level: int = 0  # of a heading 1..6; of an item 1.. for the outermost list


def markdown(pieces: list[Piece]) -> str:
    """The blocks as text, a blank line between them; the items of a list on adjacent lines."""
    parts: list[str] = []
    before: Kind | None = None
    for piece in pieces:
        if before:
            parts.append("\n" if piece.kind == before == "item" else "\n\n")
        parts.append(_MARKERS[piece.kind](piece.level) + piece.text)
        before = piece.kind
    return "".join(parts)


def pieces(part: Element, dropped: set[Element]) -> list[Piece]:
    """The blocks of the element, leaving out what is dropped or silent."""
    from lxml import etree

    writer = _Writer()
    walk = etree.iterwalk(part, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        left_out = tag in SILENT or element in dropped
        if event == "start":
            if left_out:
                walk.skip_subtree()
            else:
                writer.start(element, tag)
                writer.say(element.text)
            continue
        if not left_out:
            writer.end(element, tag)
        elif tag in _BLOCKS:
            writer.flush()
        if element is not part:
            writer.say(element.tail)
    writer.flush()
    return writer.pieces


class _Writer:
    """Receives a page as a walk does: start, text, end. Inline text gathers until a block begins or ends."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._inline: list[str] = []
        self._raised: list[int] = []  # where in the inline text each open <sup> begins
        self._heading = 0
        self._preformatted = 0
        self._lists = 0  # open ones
        self._item = 0  # level of the list whose item the next block begins
        self._table: Table | None = None

    def say(self, text: str | None) -> None:
        if text:
            self._inline.append(text if self._preformatted else _SPACE.sub(" ", text))

    def start(self, element: Element, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
        if begin := _BEGIN.get(tag):
            begin(self, element)

    def end(self, element: Element, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
        if finish := _FINISH.get(tag):
            finish(self, element)

    def flush(self) -> None:
        """Makes a block of the inline text, of the kind that the open elements say."""
        if not self._inline:
            return
        text = "".join(self._inline).translate(_INVISIBLE)
        self._inline.clear()
        if not self._preformatted:
            text = _SPACES.sub(" ", _AROUND_BREAK.sub("\n", text))
        if text := text.strip():
            self._add(text)

    def _add(self, text: str) -> None:
        if self._table:
            self._table.say(text)
        elif self._heading:
            self.pieces.append(Piece("heading", text.replace("\n", " "), self._heading))
        elif self._item:
            self.pieces.append(Piece("item", text.replace("\n", " "), self._item))
        else:
            self.pieces += (Piece("paragraph", part) for part in _BLANK_LINES.split(text))
        self._item = 0

    def break_line(self, element: Element) -> None:
        self._inline.append("\n")

    def begin_heading(self, element: Element) -> None:
        self._heading = HEADINGS[element.tag]

    def finish_heading(self, element: Element) -> None:
        self._heading = 0

    def begin_list(self, element: Element) -> None:
        self._lists += 1

    def finish_list(self, element: Element) -> None:
        self._lists -= 1

    def begin_item(self, element: Element) -> None:
        self._item = max(self._lists, 1)

    def finish_item(self, element: Element) -> None:
        self._item = 0

    def begin_preformatted(self, element: Element) -> None:
        self._preformatted += 1

    def finish_preformatted(self, element: Element) -> None:
        self._preformatted -= 1

    def begin_raised(self, element: Element) -> None:
        self._raised.append(len(self._inline))

    def finish_raised(self, element: Element) -> None:
        start = self._raised.pop()
        text = "".join(self._inline[start:])
        if _RAISABLE.fullmatch(text):
            self._inline[start:] = [text.translate(_RAISED)]

    def open_quote(self, element: Element) -> None:
        self._inline.append("“")

    def close_quote(self, element: Element) -> None:
        self._inline.append("”")

    def begin_table(self, element: Element) -> None:
        if self._table is None and is_data(element):
            self._table = Table(element)

    def finish_table(self, element: Element) -> None:
        table = self._table
        if table is None or table.element is not element:
            return
        self._table = None
        for caption in table.captions:
            self._add(caption)
        if rows := table.markdown():
            self.pieces.append(Piece("table", rows))

    def begin_row(self, element: Element) -> None:
        if self._table:
            self._table.start_row()

    def finish_row(self, element: Element) -> None:
        if self._table:
            self._table.end_row()

    def begin_cell(self, element: Element) -> None:
        if table := self._table_of(element):
            table.start_cell(element)

    def finish_cell(self, element: Element) -> None:
        if table := self._table_of(element):
            table.end_cell(element)

    def _table_of(self, element: Element) -> "Table | None":
        """The open table if it is a cell of it, and not a list inside one."""
        table = self._table
        if table is None or (table.element.tag == "table") != (element.tag in {"td", "th"}):
            return None
        return table


_Act = Callable[[_Writer, Element], None]
_BEGIN: dict[str, _Act] = {
    "br": _Writer.break_line,
    "sup": _Writer.begin_raised,
    "q": _Writer.open_quote,
    "li": _Writer.begin_item,
    "tr": _Writer.begin_row,
    **dict.fromkeys(HEADINGS, _Writer.begin_heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _Writer.begin_list),
    **dict.fromkeys(("pre", "listing", "plaintext", "xmp"), _Writer.begin_preformatted),
    **dict.fromkeys(("table", "dl"), _Writer.begin_table),
    **dict.fromkeys(("td", "th", "dt", "dd"), _Writer.begin_cell),
}
_FINISH: dict[str, _Act] = {
    "sup": _Writer.finish_raised,
    "q": _Writer.close_quote,
    "li": _Writer.finish_item,
    "tr": _Writer.finish_row,
    **dict.fromkeys(HEADINGS, _Writer.finish_heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _Writer.finish_list),
    **dict.fromkeys(("pre", "listing", "plaintext", "xmp"), _Writer.finish_preformatted),
    **dict.fromkeys(("table", "dl"), _Writer.finish_table),
    **dict.fromkeys(("td", "th", "dt", "dd"), _Writer.finish_cell),
}
