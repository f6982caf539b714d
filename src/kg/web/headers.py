"""What the header fields of a request say (RFC 9110): lists over several lines, preconditions, ranges."""

import re
from email.utils import parsedate_to_datetime
from typing import Final

from starlette.types import Scope

_RANGES: Final = re.compile(r"bytes=[ \t]*(.+?)[ \t]*", re.IGNORECASE)
_RANGE: Final = re.compile(r"(?:([0-9]+)-([0-9]*)|-([0-9]+))")


def listed(scope: Scope, name: bytes) -> str:
    """A header of a request, its lines as one list (section 5.3); Starlette's own look-up copies them all."""
    return ", ".join([value.decode("latin-1") for key, value in scope["headers"] if key == name])


def known(stated: str, tag: str) -> bool:
    """Whether a header ``If-None-Match`` says that the client has what has this tag (section 13.1.2).

    >>> known('W/"a", "b"', '"a"'), known("*", '"a"'), known('"ab"', '"a"'), known("", '"a"')
    (True, True, False, False)
    """
    return not {tag, "*"}.isdisjoint(one.strip().removeprefix("W/") for one in stated.split(","))


def ended(scope: Scope, tag: str, modified: float | None = None) -> int:
    """The status with which the preconditions of a request to read end it, in their order (section 13.2.2).

    412, 304, or 0: they hold. ``tag`` is the entity tag of what would be sent, ``modified`` when it last was.
    """
    if stated := listed(scope, b"if-match"):
        if {tag, "*"}.isdisjoint(one.strip() for one in stated.split(",")):
            return 412
    elif (day := _date(scope, b"if-unmodified-since")) is not None and modified is not None and int(modified) > day:
        return 412
    if stated := listed(scope, b"if-none-match"):
        return 304 if known(stated, tag) else 0
    day = _date(scope, b"if-modified-since")
    return 304 if day is not None and modified is not None and int(modified) <= day else 0


def without_ignored_ranges(scope: Scope, size: int) -> None:
    """Take out of a request the ranges that a server ignores: of other units, ill-formed, of HEAD (section 14.2).

    Of ranges that begin within the file and beyond it those that do remain (section 14.1.1).
    """
    stated = listed(scope, b"range")
    if stated:
        others = [(name, value) for name, value in scope["headers"] if name != b"range"]
        kept = satisfiable(stated, size) if scope["method"] == "GET" else ""
        scope["headers"] = [*others, (b"range", kept.encode("latin-1"))] if kept else others


def satisfiable(stated: str, size: int) -> str:
    """A header ``Range`` with the ranges that can be had of so many bytes; all, where none can; empty if it is none.

    >>> satisfiable("lines=1-2", 10), satisfiable("bytes=5-2", 10), satisfiable("Bytes=0-1, 20-", 10)
    ('', '', 'bytes=0-1')
    """
    whole = _RANGES.fullmatch(stated)
    parts = [one.strip() for one in whole[1].split(",")] if whole else []
    found = [match for part in parts if part and (match := _RANGE.fullmatch(part))]
    if not found or len(found) < len(list(filter(None, parts))) or any(map(_is_backwards, found)):
        return ""
    within = [one for one in found if (int(one[1]) < size if one[1] else int(one[3]) > 0)]
    return f"bytes={','.join(one[0] for one in within or found)}"


def _is_backwards(match: "re.Match[str]") -> bool:
    return bool(match[1] and match[2]) and int(match[2]) < int(match[1])


def _date(scope: Scope, name: bytes) -> float | None:
    """A date of HTTP; None where there is none, or what is no date: that is ignored."""
    try:
        return parsedate_to_datetime(listed(scope, name)).timestamp()
    except (ValueError, OverflowError):
        return None
