"""Who publishes a document: the *who* of every comparison, with where it is stated."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from kg.model import PublisherFrom, Source, Span
from kg.text.blocks import Block

Publishers = tuple[tuple[str, str], ...]
"""File patterns, each with the name of who publishes what fits: the table of the settings."""

_NEAR = 4  # blocks at the top of a document
_CLOSED = 100  # characters of a bracket that ends a text
_PROSE = 60  # characters, at the least, of a paragraph that a dateline opens; an entry of a list is shorter
_NAME = r"[^\W\d_][^()\n\d/,.:;]{1,40}?"
_DATE = r"(?:[^\W\d_]{3,9}\.?\s\d{1,2}|\d{1,2}\s[^\W\d_]{3,9}|\d{1,2}\.\d{1,2})(?:[,.]?\s?\d{4})?"
_PLACE = r"[^\W\d_][^\n(/.\d]{1,50}?"
_DATELINES = (
    # KYIV, Feb. 19, 2015 (Steppe Press) --
    re.compile(rf"[^\W\d_][^\n(]{{1,50}}\((?P<name>{_NAME})\s*(?:/[^()\n]{{1,40}})?\)\s*(?:--|—|–|-)(?:\s|$)"),
    # (Steppe Press) -- In the night, or (Steppe Press) KYIV, May 4, 2016:
    re.compile(rf"\((?P<name>{_NAME})\)\s*(?:{_PLACE},\s{_DATE}\s*)?(?:--|—|–|-|(?<=\d):)\s"),
    # Ankara, 18.05.2021. TURAN: or YEREVAN, MAY 8, ARMENPRESS.
    re.compile(
        rf"{_PLACE}[,.]\s{_DATE}[,.]?\s+(?P<name>[A-ZƏÖÜĞŞÇİ][^\W\d_a-z]{{2,20}})(?:\s[^\W\d_a-z]{{3,12}})?[.:]\s"
    ),
    # Baku, May 8, Turan News -- or Baku, May 8 /Turan/.
    re.compile(rf"{_PLACE},\s{_DATE}[,.]?\s+/(?P<name>[^\W\d_][^/\n\d]{{1,30}})/"),
)
_OUTLET = (
    r"(?:[A-Z][\w’'.-]*\s){0,4}(?:News|Agency|Press|Presse|Times|Post|Herald|Courier|Wire|Radio|TV|Television|Gazette|"
    r"Tribune|Journal|Daily|Weekly|Today|Observer|Chronicle|Monitor|Bulletin|Standard|Dispatch|Mail|Telegraph|Guardian|"
    r"Independent|Reuters|AFP|AP|BBC|CNN|TASS|Interfax|Bloomberg)(?:\s(?:Agency|Service|Network|Online|World))?"
)
_OUTLET_FIRST = re.compile(rf"(?P<name>(?:The\s)?{_OUTLET}),\s{_PLACE},\s{_DATE}\s*(?:--|—|–|-|:)\s")
"""``Steppe Press, Kyiv, May 4, 2016 -``"""
CLOSING = re.compile(
    rf"[(\[](?P<name>(?:The\s)?{_OUTLET}|(?!MORE|END)[A-Z]{{3,12}})(?:[,;]\s?[^()\[\]\n]{{3,60}})?[)\]]\.?\s*$"
)
"""At the end of a text: ``(Steppe Press)``, ``[TASS, Kyiv, 4 May 2016]``."""
_PUBLISHER = r"(?P<name>[^\W\d_][^\n|/,.:]{2,50}?)"
_BYLINES = (
    re.compile(rf"(?i:by|from)\s[^\n,|]{{3,60}}?(?:,|\s\||\sfor(?:\sthe)?|\s[–—-])\s(?P<name>(?:The\s)?{_OUTLET})\b"),
    re.compile(rf"(?i:published by|publisher:|source:)\s*{_PUBLISHER}(?:\son\s[^\n]*\d{{4}})?\.?$"),
)
_COPYRIGHTS = (
    re.compile(rf"(?i:copyright(?: ©)?|©) ?\d{{4}}(?:[-–]\d{{4}})? {_PUBLISHER}(?:\.? All [Rr]ights [Rr]eserved)?\.?$"),
)
"""With a year: without one it is a photograph's."""
_DATED = r"(?:[^\W\d_]{3,6}day,?\s)?(?:[^\W\d_]{3,9}\.?\s\d{1,2},?|\d{1,2}\.?\s[^\W\d_]{3,9}),?\s\d{4}"
# Only at the top, where a line is not the source of a note: "Baku Weekly, 8 May 2022", "8 May 2022 | Daily Courier".
_MASTHEADS = (
    re.compile(rf"(?P<name>(?:The\s)?{_OUTLET})\s*(?:,|\||·|[–—-])\s*{_DATED}$"),
    re.compile(rf"{_DATED}\s*(?:,|\||·|[–—-])\s*(?P<name>(?:The\s)?{_OUTLET})$"),
)


@dataclass(frozen=True, slots=True)
class PublishedBy:
    """A name, the characters that state it, or else where it comes from."""

    name: str | None = None
    span: Span | None = None
    known_from: PublisherFrom = "text"


def publisher_of(source: Source, body: Sequence[Block], text: str, publishers: Publishers) -> PublishedBy:
    """Who publishes a document: the user's word, or else its dateline, its byline, its metadata, its copyright."""
    for pattern, name in publishers:
        if fits(source.path, pattern):
            return PublishedBy(name, None, "settings")
    if span := _dateline(body[:_NEAR], text):
        return PublishedBy(span.of(text), span)
    if span := _line(body[:_NEAR], text, _MASTHEADS) or _line([*body[:_NEAR], *body[-2:]], text, _BYLINES):
        return PublishedBy(span.of(text), span)
    closing = CLOSING.search(text, max(body[-1].span.start, body[-1].span.end - _CLOSED), body[-1].span.end)
    if closing and body[-1].kind == "paragraph":
        return PublishedBy(closing["name"], Span(*closing.span("name")))
    if source.publisher:
        return PublishedBy(source.publisher, None, "metadata")
    span = _line([*body[: 2 * _NEAR], *body[-2:]], text, _COPYRIGHTS)
    return PublishedBy(span.of(text), span) if span else PublishedBy()


def fits(path: str, pattern: str) -> bool:
    """Whether a source's path is the file or lies in the folder that is named, ``*`` standing for any characters.

    >>> fits("baku/2020/a.txt", "baku/"), fits("baku/a.txt", "baku/*.txt"), fits("baku.jsonl#a-1", "baku.jsonl")
    (True, True, True)
    >>> fits("baku-2/a.txt", "baku")
    False
    """
    pattern = pattern.rstrip("/")
    file = path.partition("#")[0]
    return any(fnmatchcase(named, one) for named in (file, path) for one in (pattern, f"{pattern}/*"))


def _dateline(body: Sequence[Block], text: str) -> Span | None:
    for block in body:
        if block.kind != "paragraph":
            continue
        opens = block.span.end - block.span.start >= _PROSE
        for form in (*_DATELINES, _OUTLET_FIRST):
            match = form.match(text, block.span.start, block.span.end)
            if match and match["name"][0].isupper() and (opens or match.end() == block.span.end):
                return Span(*match.span("name"))
    return None


def _line(lines: Sequence[Block], text: str, forms: Sequence[re.Pattern[str]]) -> Span | None:
    for block in lines:
        note = text.endswith("    ", 0, block.span.start)  # where its mark was, "[3] Lake Herald, 3 May 2012"
        if block.kind != "paragraph" or block.span.end - block.span.start > 120 or note:
            continue
        for form in forms:
            match = form.match(text, block.span.start, block.span.end)
            if match and match["name"][0].isupper():
                return Span(*match.span("name"))
    return None
