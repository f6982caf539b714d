"""When a document says that it was published: a dateline, a byline, or a line that holds a date."""

import re
from collections.abc import Callable, Sequence

from kg.model import Span
from kg.read.publisher import CLOSING
from kg.text.blocks import Block
from kg.text.dates import MONTHS, WEEKDAYS, find_dates, has_hours

Published = tuple[str, Span]

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_DIGIT = re.compile(r"\d")
_STATED = re.compile(
    r"(?:last\s+)?(?:published|posted|updated|revised|modified|issued|released|date|dated)\b"
    r"(?:\s+in\s+[^\W\d_]+(?:\s[^\W\d_]+)?)?(?:\s+(?:on|at))?\s*[:,]?\s*",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|from)\s+[^\n]{3,80}?\s*[|,–—-]\s*", re.IGNORECASE)
_SESSION = re.compile(r"[^\n.!?]{0,80}?\b(?:sitting|session|hearing)\s+(?:of|on)\s+")
_TRAILING = re.compile(r"[|·•/–—]\s*(?=[^|·•/–—]{6,40}$)")
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_](?:[^\W\d_.'’ -]|['’](?=[^\W\d_]))*(?:[ -][^\W\d_][^\W\d_.'’-]*){0,3}"
    rf"(?:,\s*(?!(?i:{'|'.join([*MONTHS, *WEEKDAYS])})\b)[^\W\d_]+(?: [^\W\d_]+)?)?)"
    r"\s*(?:,|\(|—|–|-|\.)\s*(?P<rest>[^\n]{4,60})"
)
_AGENCY = re.compile(r"\([^()\n\d]{2,40}\)\s+(?=[^\W\d_])")  # "(Steppe Press) KYIV, May 4, 2016:"
_SEPARATOR = re.compile(r"\s*[|·–—]")
_TELLS = re.compile(r"[|·–—]\s*[^\W\d_A-Z][^|·–—\n,]*[ ,]")  # a cell in small letters: "garrison leaves, marines enter"
_SENTENCE = re.compile(
    r"(?:on|in|by)\s[^\n]*\d,?\s[^\W\d_][^\n]*\s[^\W\d_]+\.$", re.IGNORECASE
)  # "On 3 May 2012 Ard fell."
_NEXT_SENTENCE = re.compile(r"\.\s+[A-Z]")
_DASH = re.compile(r"\s*(?:\([^)]{2,30}\)\s*)?(?:,\s*)?(?:[—–-]|:|\(|/)|\s*\(")
_LOOKED_AT = 60  # blocks
_NOTED = re.compile(r"\n {4,5}$")  # where the mark of a note was, "[3] Pike to his editor, Feb. 2 [1991]"
_OPENING = re.compile(r"\.\s+[A-Z“\"/(]")


def publication(body: Sequence[Block], text: str) -> Published | None:
    """The document's date, near its top or at its very end.

    A line that is nothing but a day belongs to what follows it: where there are several, they are the days of a
    chronicle, and none is that of the document.
    """
    lines = [block for block in [*body[:9], *body[-2:]] if block.kind in ("paragraph", "heading")]
    found = [(line, date) for line in lines if (date := published(line, text))]
    stated = next((date for line, date in found if _STATED.search(line.span.of(text))), None)
    days = {day[0] for block in body[:_LOOKED_AT] if (day := bare_day(block, text))}
    if len({date[0] for _, date in found}) > 2:
        return stated  # a log, each line with its day
    return stated or next((date for line, date in found if len(days) < 2 or not bare_day(line, text)), None)


def bare_day(block: Block, text: str) -> Published | None:
    """The day that is all that a line says, a weekday or time of day aside."""
    line = block.span.of(text)
    if len(line) >= 70 or not _DIGIT.search(line) or _STATED.search(line):
        return None
    return _whole_line(line, block.span.start, text)


def published(block: Block, text: str) -> Published | None:
    """The date on which the line says that the document was published."""
    line, start = block.span.of(text), block.span.start
    if not _DIGIT.search(line):
        return None
    if line[:1] in "*_" and len(line) > 1:
        line, start = line[1:], start + 1
    return next((found for form in _FORMS if (found := form(line, start, text))), None)


def _stated(line: str, start: int, text: str) -> Published | None:
    """``Published: 24 January 2023``."""
    head = line[:110]
    match = _STATED.search(head) if len(line) < 120 else _STATED.match(head)
    if not match:
        return None
    offset = match.end()
    return _full_date(text, start + offset, start + min(len(line), offset + 40), within=24)


def _whole_line(line: str, start: int, text: str) -> Published | None:
    """``Monday, 3 December 2012``."""
    if len(line) >= 70:
        return None
    found = _full_date(text, start, start + len(line), within=2)
    if not found or _TELLS.search(text, found[1].end, start + len(line)) or _SENTENCE.match(line):
        return None
    return found if len(line) - (found[1].end - start) < 26 else None


def _leading(line: str, start: int, text: str) -> Published | None:
    """``19.03.2018 | Ankara | Bosphorus Ajans``; ``Friday 5 June 2020. All times GMT.``"""
    found = _full_date(text, start, start + len(line), within=0) if len(line) < 100 else None
    if not found:
        return None
    end = found[1].end
    rest = text[end : start + len(line)]
    if len(line) < 70 and _SEPARATOR.match(rest) and not (_DIGIT.search(rest) or _TELLS.search(rest)):
        return found
    return found if _NEXT_SENTENCE.match(text, end) else None


def _trailing(line: str, start: int, text: str) -> Published | None:
    """``World | Ankara | 19 March 2018``."""
    match = _TRAILING.search(line) if len(line) < 120 and not line.rstrip().endswith(".") else None
    dates = _whole_dates(text, start + match.start(), start + len(line)) if match else []
    return dates[0] if dates and not text[dates[0][1].end : start + len(line)].strip() else None


def _bracketed(line: str, start: int, text: str) -> Published | None:
    """``(Ankara, 19 March 2018)``; at the end of a text ``... in the evening. (Bosphorus Press, 19 March 2018)``."""
    first = 0
    if not (line[:1] in ("(", "[") and line.rstrip()[-1:] in (")", "]") and len(line) < 90):
        closing = CLOSING.search(line, max(0, len(line) - 100))
        if closing is None:
            return None
        first = closing.start()
    dates = _whole_dates(text, start + first, start + len(line))
    return dates[0] if len(dates) == 1 else None


def _after_byline(line: str, start: int, text: str) -> Published | None:
    """``By Ana Petrova, 19 March 2018``."""
    match = _BYLINE.match(line[:110]) if len(line) < 100 else None
    return _full_date(text, start + match.end(), start + len(line), within=20) if match else None


def _session(line: str, start: int, text: str) -> Published | None:
    """``Chamber of Deputies, sitting of 26 February 1942``."""
    match = _SESSION.match(line) if len(line) < 110 else None
    found = _full_date(text, start + match.end(), start + len(line), within=16) if match else None
    return found if found and not text[found[1].end : start + len(line)].strip(" .)*_") else None


def _dateline(line: str, start: int, text: str) -> Published | None:
    """``KYIV, Feb. 19, 2015 (Steppe Press) --``, alone or before the first sentence."""
    if opened := _AGENCY.match(line):
        line, start = line[opened.end() :], start + opened.end()
    match = _DATELINE.match(line[:110])
    if not match or _NOTED.search(text, max(0, start - 6), start):
        return None
    rest, place = match.start("rest"), match["place"]
    found = _full_date(text, start + rest, start + min(len(line), rest + 60), within=1)
    if not found:
        return None
    end = found[1].end
    tail = line[end - start :].strip(" .*_")
    if len(line) < 160 and (not tail or tail[0] in "(|·•/"):
        return found
    after = text[end : end + 30]
    dash = _DASH.match(after)
    is_prose = dash and len(after) >= 25 and not any(c.isdigit() for c in after[dash.end() : dash.end() + 4])
    opens = _OPENING.match(after) and len(place) < 30 and match.start("place") == 0
    return found if (is_prose or opens) and place[0].isupper() else None


_FORMS: tuple[Callable[[str, int, str], Published | None], ...] = (
    _stated,
    _whole_line,
    _leading,
    _trailing,
    _bracketed,
    _after_byline,
    _session,
    _dateline,
)


def _whole_dates(text: str, start: int, end: int) -> list[Published]:
    """The dates of a line that name day, month and year."""
    if not _DIGIT.search(text, start, end):
        return []
    anchors = ((m.start(), m[0].lower()) for m in _TOKEN.finditer(text, start, end))
    return [
        (d.value, Span(d.start, d.end))
        for d in find_dates(text, anchors, hours=has_hours(text))
        if len(d.value) == 10 and d.value[0].isdigit()
    ]


def _full_date(text: str, start: int, end: int, *, within: int) -> Published | None:
    """A whole date that begins within a few characters, a weekday aside."""
    for value, span in _whole_dates(text, start, end)[:1]:
        return (value, span) if len(text[start : span.start].strip(" ,*_(").removeprefix("the")) <= within else None
    return None
