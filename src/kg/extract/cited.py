"""Documents that a text cites by symbol: resolutions of the UN Security Council and General Assembly.

Only where the text gives what the symbol needs (number and year); a bare number identifies nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Entity

_SYMBOL = re.compile(r"\b(?P<body>[SA])/RES/(?P<number>\d{1,4})(?:\s*\((?P<year>\d{4})\)|/(?P<tail>\d{1,4}))")
_NUMBERED = re.compile(r"\b[Rr]es(?:olutions?\b|\.)\s+(?:\(?[Nn]os?\.?\s*)?(?=\d)")
_ONE = re.compile(r"(?:[SA]/RES/)?(?P<number>\d{1,4})\s*\((?P<year>(?:19|20)\d\d)\)")
_NEXT = re.compile(r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*;\s*)(?=\d{1,4}\s*\()")


@dataclass(frozen=True, slots=True)
class Cited:
    start: int
    end: int
    entity: Entity


def find_cited(text: str, start: int, end: int) -> Iterator[Cited]:
    """The cited documents between two offsets, in order."""
    for match in _SYMBOL.finditer(text, start, end):
        if match["year"]:
            yield Cited(match.start(), match.end(), resolution(match["body"], match["number"], match["year"]))
        elif match["body"] == "A":
            symbol = f"A/RES/{match['number']}/{match['tail']}"
            yield Cited(
                match.start(),
                match.end(),
                Entity("document", symbol, f"document/A-RES-{match['number']}-{match['tail']}", "resolution"),
            )
    for match in _NUMBERED.finditer(text, start, end):
        position = match.end()
        first = match.start()
        while one := _ONE.match(text, position, end):
            yield Cited(first, one.end(), resolution("S", one["number"], one["year"]))
            following = _NEXT.match(text, one.end(), end)
            if not following:
                break
            first = position = following.end()


def resolution(body: str, number: str, year: str) -> Entity:
    return Entity("document", f"{body}/RES/{number} ({year})", f"document/{body}-RES-{number}-{year}", "resolution")
