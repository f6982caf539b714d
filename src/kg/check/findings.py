"""A finding, and the words in which findings speak: attributed, neutral, in English."""

import json
from collections.abc import Collection
from dataclasses import astuple, dataclass
from decimal import Decimal
from typing import Literal

from kg.model import Document

Severity = Literal["info", "warning"]  # info: the texts agree; warning: they do not
_NOUNS = {"article": "article", "report": "list"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to notice, in one sentence, and the ids of the claims that it concerns."""

    id: str
    check: str
    severity: Severity
    message: str
    claims: tuple[str, ...]

    def line(self) -> bytes:
        """One line, with its end; lines sort by the ids."""
        value = json.dumps(astuple(self)[1:], ensure_ascii=False, separators=(",", ":"))
        return f"{self.id}\t{value}\n".encode()

    @classmethod
    def of(cls, line: bytes) -> "Finding":
        """The finding of a line."""
        id, _, value = line.decode().partition("\t")
        check, severity, message, claims = json.loads(value)
        return cls(id, check, severity, message, tuple(claims))


def severity(agrees: bool) -> Severity:
    return "info" if agrees else "warning"


def called(document: Document, article: str = "the") -> str:
    """``the list “The Occupation in Figures”``; by its id where it has no title."""
    name = f"“{document.title}”" if document.title else document.id
    return f"{article} {_NOUNS[document.kind]} {name}"


def number(value: Decimal, qualifier: str = "exact") -> str:
    """
    >>> number(Decimal("14393.0")), number(Decimal("100"), "less-than")
    ('14,393', 'less than 100')
    """
    digits = f"{value:,f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return digits if qualifier in ("exact", "part-of") else f"{qualifier.replace('-', ' ')} {digits}"


def counted(count: int, noun: str) -> str:
    """
    >>> counted(1, "city"), counted(7, "district"), counted(3, "city")
    ('1 city', '7 districts', '3 cities')
    """
    if count == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"
    return f"{count:,} {plural}"


def listed(names: Collection[str]) -> str:
    """
    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
