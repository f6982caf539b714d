"""The records of a run-on line: ``A: 1992, 289 km2; B: 1993, ...``, whatever marks recur in it.

Each way to cut the line is scored by how alike the parts are; the best is taken, where it beats reading the line as
prose.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.model import Span

_UPPER = r"[^\W\d_a-z]"
_NAME = rf"{_UPPER}[^\W\d_]*(?:[ '’-](?:{_UPPER}[^\W\d_]*|(?:al|el|de|do|da|la|of|e)(?=[ -]{_UPPER}))){{0,4}}"
_WORD = r"[^\W\d_][^\W\d_]{2,8}\.?"
_DAY = rf"(?:\d\d? {_WORD}(?: \d{{4}})?|{_WORD} \d\d?(?:, \d{{4}})?|\d\d?\.\d\d?\.\d{{4}}|\d{{4}}-\d\d-\d\d)"
_MARKS = {
    ": ": r"\s?:\s",
    " - ": r"\s-\s",
    " – ": r"\s–\s",
    " — ": r"\s—\s",
    " / ": r"\s/\s",
    " | ": r"\s\|\s",
    "\t": r"\t+",
}
_SOON = r"(?=(?:[^\W\d_]+[ -]){0,3}\S{0,2}\d)"  # a day or a number follows within three words
_STARTS = [
    (mark, re.compile(rf"(?:(?<=[\w²);,.])\s?|(?<!\S))(?P<start>{head}){sign}"))
    for mark, sign in _MARKS.items()
    for head, sign in ((_NAME, sign + _SOON), (_DAY, sign))
]
_LEADS = re.compile(
    rf"(?:and\s+)?(?:(?P<day>{_DAY})|(?P<name>[^\W\d_][^:;(–—\n]{{0,48}}?))(?P<mark>\s?[:(|]|\s[–—/-]\s|\t)", re.UNICODE
)
_FULL = re.compile(rf"{_NAME}(?:\s?[:|/]|\s[–—-])\s?{_DAY}\s?[,/|–—-].*\d", re.DOTALL)  # a name, its day, a number
_NEXT = re.compile(rf";(?=\s*(?:(?:the|The) (?:\w+ of )?)?{_UPPER})")  # what follows is no field of the same record
_CLOSING = re.compile(
    rf"(?:(?:the|The) (?:\w+ of )?)?{_UPPER}[^\W\d_]+ [^\W\d_]"
)  # the clause that a list of such records may end with
_LONGEST = 240  # characters of a record
_WORDS = 5  # of the name that a record begins with
_SENTENCES = re.compile(rf"\w{{4}}\. {_UPPER}")
_BETWEEN = " .,;\n\t|"


def cut_run(text: str, span: Span) -> list[Span]:
    """Return the records of a run-on line, its title as the first where it has one; empty where the line is prose.

    The marks between two records belong to neither.
    """
    line = text[span.start : span.end]
    if not any(map(str.isdigit, line)):
        return []
    scored = [(_score(line, edges, least), edges) for edges, least in _cuts(line)]
    score, edges = max(scored, key=lambda one: one[0], default=(0.0, []))
    if score <= 0:
        return []
    parts = (_trimmed(line, a, b) for a, b in edges)
    return [Span(span.start + a, span.start + b) for a, b in parts if a < b]


def _cuts(line: str) -> Iterator[tuple[list[tuple[int, int]], int]]:
    """The ways to cut a line, each with the least number of like records that it needs."""
    if ";" in line:
        edges = [-1, *(match.start() for match in re.finditer(";", line)), len(line)]
        yield [(a + 1, b) for a, b in pairwise(edges)], 2
        marks = [-1, *(match.start() for match in _NEXT.finditer(line)), len(line)]
        yield [(a + 1, b) for a, b in pairwise(marks)], len(line)
    starts = [0, *(match.end() for match in re.finditer(r"\n", line)), len(line)]
    yield [*pairwise(starts)], 2
    for mark, pattern in _STARTS:
        if line.count(mark) < 3:
            continue
        starts = [match.start("start") for match in pattern.finditer(line)]
        if len(starts) >= 2:
            yield [*pairwise([0, *(start for start in starts if start), len(line)])], 3


def _score(line: str, edges: Sequence[tuple[int, int]], least: int) -> float:
    """How many more parts are alike than not; a title at the front counts for neither, other than a record, nor does a
    clause at the end of records that are full.
    """
    parts = [part for a, b in edges if (part := line[a:b].strip(_BETWEEN))]
    shapes = [*map(_shape, parts)]
    if not shapes:
        return 0
    shape, alike = Counter(shapes).most_common(1)[0]
    full = alike >= 2 and all(_FULL.match(part) for part, own in zip(parts, shapes, strict=True) if own == shape)
    others = len(shapes) - alike - (shapes[0] == "" and (alike >= 3 or full))
    others -= full and shapes[-1] == "" and bool(_CLOSING.match(parts[-1]))
    return alike - 2.4 * others if shape and alike >= (2 if full else least) else 0


def _shape(part: str) -> str:
    """What a record begins with and the mark after it; empty for what is no record."""
    match = _LEADS.match(part)
    dated = any(map(str.isdigit, part))
    if match is None or not dated or len(part) > _LONGEST or not (part[0].isupper() or part[0].isdigit()):
        return ""
    if (match["name"] or "").count(" ") >= _WORDS or _SENTENCES.search(part):
        return ""
    mark = match["mark"].strip() or "\t"
    return f"{'day' if match['day'] else 'name'}{'-' if mark in '–—' else mark}"


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start] in _BETWEEN:
        start += 1
    while end > start and line[end - 1] in _BETWEEN:
        end -= 1
    return start, end
