"""Why a query has no answer, as a person reads it: in words, and where in the query."""

import re
from dataclasses import dataclass
from typing import Final

_PLACE: Final = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<wanted>.*)", re.DOTALL)
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_MOST: Final = 8  # words that could have stood there


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong; for what cannot be read the line, and a mark below the character at which reading ended."""

    words: str
    line: str = ""
    mark: str = ""


def problem(reason: str, query: str) -> Problem:
    """The reason that an endpoint gives, explained.

    >>> problem("this is not a SPARQL 1.1 query: error at 1:8: expected one of FROM, WHERE, [_]", "SELECT ! {}")
    Problem(words='Line 1 cannot be read from character 8 on. Here could stand: FROM, WHERE.', line='SELECT ! {}', \
mark='       ^')
    """
    found = _PLACE.search(reason)
    if not found:
        return Problem(reason)
    number, column = int(found["line"]), int(found["column"])
    lines = query.split("\n")
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    return Problem(_words(found["wanted"], line, number, column), line, " " * (column - 1) + "^" if line else "")


def _words(wanted: str, line: str, number: int, column: int) -> str:
    prefix = re.search(r"([\w.-]*):[^\s:]*$", line[: column - 1])
    if "Prefix not found" in wanted and prefix:
        return f"Line {number}: no prefix {prefix[1]}: is known; write PREFIX {prefix[1]}: <...> before the query."
    words = [
        one
        for one in re.split(r",\s*", wanted.removeprefix("expected ").removeprefix("one of "))
        if _WORD.fullmatch(one)
    ]
    hint = f" Here could stand: {', '.join(words[:_MOST])}." if words else ""
    return f"Line {number} cannot be read from character {column} on.{hint}"
