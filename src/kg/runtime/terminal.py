"""Lines of text with emphasis, the same words on a terminal and in a pipe."""

import re
from dataclasses import dataclass
from typing import Literal

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNPRINTABLE = re.compile(f"[{_CONTROLS}\t\n\r]")
_UNPRINTABLE_IN_LINES = re.compile(f"[{_CONTROLS}]|\r(?!\n)")
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
        return "".join(_marked(printable(text), style) for text, style in self.parts)

    def styled(self) -> str:
        """The line for a terminal."""
        parts = ((printable(text), style) for text, style in self.parts)
        return "".join(f"\x1b[{_CODES[style]}m{text}\x1b[0m" if style in _CODES else text for text, style in parts)


def printable(text: str, *, lines: bool = False) -> str:
    """Text of others as a terminal may show it: what would move its cursor, colour it or turn it around is escaped.

    Control characters (Unicode Cc), and those that set the direction of what follows (UAX #9, section 2); with
    ``lines``, line ends and tabs stay.

    >>> printable("a\x1b[31mb\u202ec\n")
    'a\\x1b[31mb\\u202ec\\n'
    """
    return _UNPRINTABLE_IN_LINES.sub(_escaped, text) if lines else _UNPRINTABLE.sub(_escaped, text)


def visible(text: str) -> str:
    """Text of others as a page may show it, as many characters: a picture stands for each that `printable` escapes.

    >>> visible("a\x1bb\u202ec")
    'a␛b�c'
    """
    return text if text.isprintable() else _UNPRINTABLE_IN_LINES.sub(_pictured, text)  # most are, and it costs less


def _pictured(match: "re.Match[str]") -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def _escaped(match: "re.Match[str]") -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def line(*parts: str | tuple[str, Style]) -> Line:
    """A line of plain text and of (text, style) pairs."""
    return Line(tuple((part, "plain") if isinstance(part, str) else part for part in parts))


def _marked(text: str, style: Style) -> str:
    before, after = _MARKS.get(style, ("", ""))
    return f"{before}{text}{after}"
