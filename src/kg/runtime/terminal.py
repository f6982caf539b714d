"""Lines of text with emphasis, the same words on a terminal and in a pipe."""

from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "title", "evidence", "quiet", "name", "missed"]

# ANSI escape codes, ECMA-48 section 8.3.117 (SGR).
_CODES: dict[Style, str] = {"title": "1", "evidence": "1;30;43", "quiet": "2", "name": "36", "missed": "33"}
_MARKS: dict[Style, tuple[str, str]] = {"evidence": ("[", "]")}  # what stands for the colour where there is none


@dataclass(frozen=True, slots=True)
class Line:
    """Parts of one line, each with its emphasis."""

    parts: tuple[tuple[str, Style], ...] = ()

    def plain(self) -> str:
        """The line without colours; evidence stands in square brackets."""
        return "".join(_marked(text, style) for text, style in self.parts)

    def styled(self) -> str:
        """The line for a terminal."""
        return "".join(f"\x1b[{_CODES[style]}m{text}\x1b[0m" if style in _CODES else text for text, style in self.parts)


def line(*parts: str | tuple[str, Style]) -> Line:
    """A line of plain text and of (text, style) pairs."""
    return Line(tuple((part, "plain") if isinstance(part, str) else part for part in parts))


def _marked(text: str, style: Style) -> str:
    before, after = _MARKS.get(style, ("", ""))
    return f"{before}{text}{after}"
