"""One source, one or more documents: where a new one begins, its headline, its date, what it is.

A new document begins where the text says so: a headline that is printed twice, a second top heading, a rule or
form feed before a headline, a headline followed by a dateline, or a list of figures after an article (or the
other way round). Sections of one text are no documents.
"""

import re
from collections.abc import Sequence

from kg.model import Document, Source, Span
from kg.text.blocks import Block, blocks, is_headline, mask
from kg.text.dates import find_dates
from kg.text.language import is_english

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][^\W\d_.'’ -]*(?:[ -][^\W\d_][^\W\d_.'’-]*){0,3}(?:,\s*[^\W\d_]+(?: [^\W\d_]+)?)??)"
    r"\s*(?:,|\(|—|–|-|\.)\s*(?P<rest>[^\n]{4,60})"
)
_STATED = re.compile(
    r"(?:last\s+)?(?:published|posted|updated|revised|modified|issued|released|date|dated)\b"
    r"(?:\s+in\s+[^\W\d_]+(?:\s[^\W\d_]+)?)?(?:\s+(?:on|at))?\s*[:,]?\s*",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|from)\s+[^\n]{3,80}?\s*[|,–—-]\s*", re.IGNORECASE)
_RECORD = re.compile(r"^[^\W\d_][\w' ’().-]{1,40}?\s*(?::|–|—| - |,)\s*[^\n]*\d")
_IN_FIGURES = re.compile(
    r"\b(?:in (?:figures|numbers|brief)|at a glance|fact ?box"
    r"|key (?:data|facts|figures|dates)|facts and figures|fact file|factfile|the numbers)\b",
    re.IGNORECASE,
)


def documents(source: Source) -> tuple[Document, ...]:
    """The documents of a source, in order; none where there is no text."""
    # As far as a document goes: most often there is one, and `kg.extract` asks for the same blocks.
    text = mask(source.text.rstrip(), markdown=source.media_type != "text/plain")
    found = blocks(text)
    if not any(block.kind != "rule" for block in found):
        return ()
    starts = _starts(found, text)
    made = []
    for number, first in enumerate(starts, 1):
        last = starts[number] if number < len(starts) else len(found)
        part = [block for block in found[first:last] if block.kind != "rule"]
        made.append(_document(source, text, part, number))
    return tuple(made)


def _starts(found: Sequence[Block], text: str) -> list[int]:
    """The indices of the blocks at which documents begin."""
    starts = [next(i for i, block in enumerate(found) if block.kind != "rule")]
    tops = [i for i, block in enumerate(found) if block.kind == "heading" and block.level == 1]
    for index in range(starts[0] + 1, len(found)):
        if found[index].kind == "rule" or index - starts[-1] < 1:
            continue
        if _begins(found, index, starts[-1], text, tops):
            starts.append(index)
    return starts


def _begins(found: Sequence[Block], index: int, current: int, text: str, tops: Sequence[int]) -> bool:
    block = found[index]
    if not is_headline(block, text):
        return False
    line = _key(block, text)
    following = found[index + 1] if index + 1 < len(found) else None
    if following is None:
        return False
    previous = found[index - 1]
    first_is_same = any(_key(found[i], text) == line for i in range(current, min(current + 3, index)))
    if first_is_same:
        return False  # the headline of the current document, printed again
    if _key(following, text) == line and len(line) > 8 and is_headline(following, text):
        return True
    if block.kind == "heading" and block.level == 1 and len(tops) > 1 and index in tops and index - current > 1:
        return True
    if block.kind == "heading" and block.level > 1:
        return False
    if (
        previous.kind == "rule"
        and following.kind in ("paragraph", "item", "row", "heading")
        and index - current > 2
        and len(line) > 8
    ):
        return True
    if block.gap + previous.gap == 0 and block.kind != "heading":
        return False
    if _dated_line(following, text) and index - current > 2 and block.kind == "paragraph":
        return True
    if (
        not tops
        and _IN_FIGURES.search(block.span.of(text))
        and index - current > 2
        and block.gap
        and _is_record(following, text)
    ):
        return True
    if previous.kind != "paragraph" and block.gap < 2:
        return False
    return bool(
        block.gap >= 2
        and index - current > 2
        and block.kind == "paragraph"
        and not _is_record(block, text)
        and len(following.span.of(text)) > 60
    )


def _key(block: Block, text: str) -> str:
    return " ".join(_TOKEN.findall(block.span.of(text).lower()))


def _is_record(block: Block, text: str) -> bool:
    return block.kind in ("item", "row") or bool(_RECORD.match(block.span.of(text)))


def _dated_line(block: Block, text: str) -> bool:
    return block.kind == "paragraph" and len(block.span.of(text)) < 90 and _published(block, text) is not None


def _document(source: Source, text: str, part: Sequence[Block], number: int) -> Document:
    headlines: list[Span] = []
    if (
        len(part) > 1
        and is_headline(part[0], text)
        and not _is_record_row(part[0], text)
        and not _published(part[0], text)
    ):
        first = _key(part[0], text)
        headlines = [block.span for block in part[:4] if _key(block, text) == first]
    body = [block for block in part if block.span not in headlines] or list(part)
    published, published_span = _date_of(body, text)
    agency = _agency(body, text)
    if published is None:
        published = source.published
    rows = sum(_is_record(block, text) or _glued(block, text) for block in body)
    return Document(
        source=source,
        number=number,
        span=Span(0 if number == 1 else part[0].span.start, part[-1].span.end),
        kind="report" if rows * 2 > len(body) else "article",
        headlines=tuple(headlines),
        language=_language(source, text[part[0].span.start : part[-1].span.end]),
        published=published,
        published_span=published_span,
        publisher=agency.of(source.text) if agency else source.publisher,
        publisher_span=agency,
    )


def _language(source: Source, words: str) -> str:
    """The stated language; but many pages state English by default, and texts state nothing."""
    stated = source.language or "en"
    return stated if not stated.lower().startswith("en") or is_english(words) else "und"


def _is_record_row(block: Block, text: str) -> bool:
    line = block.span.of(text)
    return block.kind in ("item", "row") or (";" in line and _is_record(block, text))


def _glued(block: Block, text: str) -> bool:
    return block.span.of(text).count(";") >= 2 and bool(_RECORD.match(block.span.of(text)))


_TRAILING = re.compile(r"[|·•/–—]\s*(?=[^|·•/–—]{6,40}$)")
_AGENCY = re.compile(
    r"[^\W\d_][^\n(]{1,50}\((?P<name>[^\W\d_][^()\n\d/]{2,40}?)\s*(?:/[^()\n]{1,40})?\)\s*(?:--|—|–|-)\s"
)


def _agency(body: Sequence[Block], text: str) -> Span | None:
    """The agency in a dateline: ``KYIV, Feb. 19, 2015 (Steppe Press) --``."""
    for block in body[:4]:
        match = _AGENCY.match(text, block.span.start, block.span.end)
        if match and match["name"][0].isupper():
            return Span(match.start("name"), match.end("name"))
    return None


def _date_of(body: Sequence[Block], text: str) -> tuple[str | None, Span | None]:
    """The document's date: a dateline or a line that says when it was published, near the top or at the very end."""
    candidates = [block for block in [*body[:9], *body[-2:]] if block.kind in ("paragraph", "heading")]
    dates = [found for block in candidates if (found := _published(block, text))]
    if len({value for value, _ in dates}) > 2:
        return None, None  # a log, each line with its day
    return dates[0] if dates else (None, None)


def _published(block: Block, text: str) -> tuple[str, Span] | None:
    line = block.span.of(text)
    start = block.span.start
    head = line[:110]
    if head[:1] in "*_":
        start, head = start + 1, head[1:]
        line = line[1:]
    if match := _STATED.search(head) if len(line) < 120 else _STATED.match(head):
        offset = match.end()
        if found := _full_date(text, start + offset, start + min(len(line), offset + 40), within=24):
            return found
    if (
        len(line) < 70
        and (found := _full_date(text, start, start + len(line), within=2))
        and len(line) - (found[1].end - start) < 26
    ):
        return found  # a line that is nothing but a date
    if (
        len(line) < 70
        and (found := _full_date(text, start, start + len(line), within=0))
        and re.match(r"\s*[|·–—]", text[found[1].end :])
    ):
        if not re.search(r"\d", text[found[1].end : start + len(line)]):
            return found  # "19.03.2018 | Ankara | Bosphorus Ajans"
    if (
        len(line) < 120
        and (match := _TRAILING.search(line))
        and not line.rstrip().endswith(".")
        and (dates := _whole_dates(text, start + match.start(), start + len(line)))
    ):
        return dates[0] if text[dates[0][1].end : start + len(line)].strip() == "" else None
    if (
        len(line) < 100
        and (found := _full_date(text, start, start + len(line), within=0))
        and re.match(r"\.\s+[A-Z]", text[found[1].end :])
    ):
        return found  # "Friday 5 June 2020. All times GMT."
    if (
        line[:1] == "("
        and line.rstrip()[-1:] == ")"
        and len(line) < 90
        and (dates := _whole_dates(text, start, start + len(line)))
        and len(dates) == 1
    ):
        return dates[0]
    if (match := _BYLINE.match(head)) and len(line) < 100:
        if found := _full_date(text, start + match.end(), start + len(line), within=20):
            return found
    if match := _DATELINE.match(head):
        place = match["place"]
        rest = start + match.start("rest")
        if found := _full_date(text, rest, start + min(len(line), match.start("rest") + 60), within=1):
            after = text[found[1].end : found[1].end + 30]
            tail = line[found[1].end - start :].strip(" .*_")
            short = len(line) < 160 and (not tail or tail[0] in "(|·•/")
            dashed = re.match(r"\s*(?:\([^)]{2,30}\)\s*)?(?:,\s*)?(?:[—–-]|:|\(|/)", after) or re.match(r"\s*\(", after)
            prose = dashed and len(after) >= 25 and not any(c.isdigit() for c in after[dashed.end() : dashed.end() + 4])
            opening = (
                re.match(r"\.\s+[A-Z“\"/(]", after)
                and len(place) < 30
                and block.span.start + match.start("place") == start
            )
            if short or ((prose or opening) and place[0].isupper()):
                return found
    return None


_DIGIT = re.compile(r"\d")


def _whole_dates(text: str, start: int, end: int) -> list[tuple[str, Span]]:
    """The dates of a line that name day, month and year."""
    if not _DIGIT.search(text, start, end):
        return []
    anchors = ((m.start(), m[0].lower()) for m in _TOKEN.finditer(text, start, end))
    return [
        (d.value, Span(d.start, d.end))
        for d in find_dates(text, anchors)
        if len(d.value) == 10 and d.value[0].isdigit()
    ]


def _full_date(text: str, start: int, end: int, *, within: int) -> tuple[str, Span] | None:
    """A whole date that begins within a few characters, a weekday aside."""
    for value, span in _whole_dates(text, start, end)[:1]:
        weekday = re.sub(r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?\s*", "", text[start : span.start])
        return (value, span) if len(weekday.strip(" ,*_(")) <= within else None
    return None
