"""Why a query has no answer, with the line of the query at which it goes wrong and a mark below the place."""

import re
from dataclasses import dataclass
from typing import Final

_PLACE: Final = re.compile(r"line (\d+), column (\d+)")  # as `kg.dataset.mistakes` writes it


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong; the line and the mark are empty where no place is known."""

    words: str
    line: str = ""
    mark: str = ""


def problem(reason: str, query: str) -> Problem:
    """The reason that the endpoint gives, with the place in the query that it names.

    >>> problem("line 1, column 8: unknown word HERE", "SELECT HERE")
    Problem(words='line 1, column 8: unknown word HERE', line='SELECT HERE', mark='       ^')
    """
    found = _PLACE.search(reason)
    lines = re.split(r"\r\n|\n|\r", query)
    if not found or not 0 < int(found[1]) <= len(lines):
        return Problem(reason)
    return Problem(reason, lines[int(found[1]) - 1], " " * (int(found[2]) - 1) + "^")
