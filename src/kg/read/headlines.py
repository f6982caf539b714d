"""Which line of a document is its headline."""

import re
from collections.abc import Sequence

from kg.model import Span
from kg.read.lines import Lines, key

_HEAD = 30  # blocks before a document's first sentence that are looked at
_SITE = re.compile(r"\s+[|–—·»-]{1,2}\s+(?=\S)")
_DIVIDER = re.compile(r"\s[/|>›»–—]\s")
_SHORT = 2  # words: a rubric, a place or a name
_TELLING = 2  # words of a headline that its text says again


def headlines(lines: Lines, first: int, last: int, *, stated: str | None = None) -> tuple[Span, ...]:
    """The lines that are the headline of the document of the blocks from ``first`` to ``last``; others repeat the
    first.

    ``stated`` is what the page or record itself calls its title. Without it, a heading of the first level is
    one, or the first line before the text whose words the text takes up; a rubric, a menu, a name or a date is not.
    """
    if last - first < 2:
        return ()
    chosen = _stated(lines, first, last, stated) if stated else _chosen(lines, first, last)
    if chosen is None:
        return ()
    line = lines.key(chosen)
    near = range(chosen, min(chosen + 4, last))
    return tuple(lines.blocks[index].span for index in near if not lines.is_rule(index) and lines.key(index) == line)


def _stated(lines: Lines, first: int, last: int, title: str) -> int | None:
    wanted = key(title)
    heads = [i for i in range(first, min(first + _HEAD, last)) if not lines.is_rule(i) and lines.can_head(i)]
    same = (i for i in heads if lines.key(i) == wanted)
    alike = (i for i in heads if lines.words(i) > _SHORT and (lines.key(i) in wanted or wanted in lines.key(i)))
    top = (i for i in heads if lines.is_top(i))
    return next(same, None) or next(alike, None) or next(top, None)


def _chosen(lines: Lines, first: int, last: int) -> int | None:
    heads, body = _before_text(lines, first, last)
    top = next((index for index in heads if lines.is_top(index)), None)
    if top is not None or not heads:
        return top
    heads = _without_window_titles(lines, heads)
    leading = heads[0]
    heads = [index for index in heads if index == leading or not _is_divided(lines.of(index))]
    shared = {index: lines.shared(index, body) for index in heads}
    if shared[leading] and lines.words(leading) > _SHORT and not _is_divided(lines.of(leading)):
        return leading
    needed = _TELLING if shared[leading] else 1
    others = (i for i in heads[1:] if shared[i] >= needed and lines.words(i) > _SHORT)
    return next(others, leading)


def _before_text(lines: Lines, first: int, last: int) -> tuple[list[int], int]:
    """The lines that may be headlines, and the block with which the text begins; above a list the first line is."""
    heads: list[int] = []
    listed: int | None = None
    for index in range(first, min(first + _HEAD, last)):
        if lines.is_rule(index):
            continue
        if lines.is_prose(index):
            return heads, index
        if index > first and lines.is_record(index):
            listed = index if listed is None else listed
        elif lines.can_head(index) and not (heads and _is_above_list(lines, index, last, listed)):
            heads.append(index)
    return heads[:1], first + 1 if listed is None else listed


def _is_above_list(lines: Lines, index: int, last: int, listed: int | None) -> bool:
    """Whether a line stands among records or names their columns."""
    if listed is not None and lines.blocks[listed].kind == "paragraph":
        return True
    below = range(index + 1, min(index + 3, last))
    return len(below) == 2 and all(not lines.is_rule(i) and lines.is_record(i) for i in below)


def _is_divided(line: str) -> bool:
    """Whether a line names columns, or the way to a page: ``World / Asia / Sri Lanka``."""
    return len(_DIVIDER.findall(line)) > 1


def _without_window_titles(lines: Lines, heads: Sequence[int]) -> list[int]:
    """Without ``Army wins back villages | The Daily`` where the bare line is there too."""
    keys = {lines.key(index) for index in heads}
    kept = [index for index in heads if not _is_window_title(lines.of(index), keys)]
    return kept or list(heads)


def _is_window_title(line: str, keys: set[str]) -> bool:
    return any(key(line[: match.start()]) in keys or key(line[match.end() :]) in keys for match in _SITE.finditer(line))
