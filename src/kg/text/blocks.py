"""A source text as blocks: headings, paragraphs, list items and table rows, each with its characters.

Markdown's block syntax is the one structure that kg knows; plain text uses little of it, and the
HTML reader writes it. Inline markup is *masked*: `mask` replaces it with blanks of the same length, so
that an offset into the masked text is an offset into the source.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kg.model import Span
from kg.text.values import separated

BlockKind = Literal["heading", "paragraph", "item", "row", "rule"]

_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_ITEM = re.compile(
    r"[ \t]*(?:(?:[-*+•·▪‣◦]|\(?\d{1,3}[.)](?!\d)|[a-z]\))[ \t]+(?=\S)"
    r"|[–—][ \t]+(?=\d|(?:In|Early|Mid|Late|Spring|Summer|Autumn|Fall|Winter|[MTWFS][a-z]{2,5}day|"
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\b[.,]? [\w ]{0,12}\d))"  # a dash before a day: no speaker's
)
_RULE = re.compile(r"[ \t]*(?:(?:[-*_=~#] ?){3,}|\f)[ \t]*$")
_DIVIDER = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_MARKUP = re.compile(
    r"(?P<image>!\[[^\]\n]{0,300}\]\([^)\s]{0,2000}\))"
    r"|(?P<open>\[)(?P<label>[^\[\]\n]{1,300})(?P<target>\]\([^)\s]{0,2000}\))"
    r"|(?P<mark>\*{1,3}(?=[^\W_]|[\"“‘«(])|(?<=[\w.,;:!?)\"”’»])\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=[\w.,;:!?)])_{1,2}(?!\w)|`)"
)
_FOOTNOTE = re.compile(
    r"\[(?:\d{1,3}|[a-z]|(?:note|nb|n|lower-alpha|upper-alpha) \d{1,3}|edit|(?:who|when|where|which|by whom)\?|"
    r"(?:(?:citation|page|better source|non-primary source|clarification|verification|update|quotation)s? needed)|"
    r"original research\?|failed verification|dead link|dubious(?: – discuss)?)\](?:: ?\d{1,4}(?:[–-]\d{1,4})?)?",
    re.IGNORECASE,
)
# Addresses, percent-encoded or not: their words and numbers are nobody's.
_ADDRESS = re.compile(
    r"(?<![^\W_])(?:[a-z][a-z+.-]{1,9}://|www\.)[^\s<>\"”»|]*[^\s<>\"”»|.,;:!?)\]'’]"
    r"|(?<!\S)[^\s%]*(?:%[0-9A-Fa-f]{2}[^\s%]*){2,}"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
# What an author has struck out is withdrawn; a comment was never said.
_STRUCK = re.compile(
    r"~~(?=\S)[^~\n]{1,1000}~~|<(?P<tag>del|s|strike)>[^<]{0,1000}</(?P=tag)>|<!--[^<]{0,5000}?-->",
    re.IGNORECASE,
)
WRAP_WIDTH = 100  # lines longer than this are paragraphs by themselves, not hard-wrapped text
FULL_LINE = 55  # a line of wrapped text that goes on is at least so long


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive characters of one kind; ``span`` leaves out the marker (``# ``, ``- ``) and line end."""

    kind: BlockKind
    span: Span
    level: int = 0  # of a heading: 1..6, 0 where the text is plain
    cells: tuple[Span, ...] = ()  # of a table row
    gap: int = 0  # blank lines before it
    header: bool = False  # of a table row: names the columns


def mask(text: str, *, markdown: bool) -> str:
    """The text with inline markup, footnote marks, addresses and struck words blanked, every other character in its
    place.

    >>> mask("**Mekelle** [1] and a [truce](https://e.org)", markdown=True)
    '  Mekelle       and a  truce                 '
    """
    if "~~" in text or (markdown and "<" in text):
        text = _STRUCK.sub(_blank, text)
    if markdown and ("*" in text or "[" in text or "_" in text or "`" in text):
        text = _MARKUP.sub(_blank_markup, text)
    if "://" in text or "www." in text or "%" in text or "@" in text:
        text = _ADDRESS.sub(_blank, text)
    if "[" in text:
        text = _FOOTNOTE.sub(_blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    """As many blanks as characters; line ends stay."""
    return re.sub(r"[^\n]", " ", match[0])


def _blank_markup(match: re.Match[str]) -> str:
    if match["label"] is not None:
        return " " + match["label"] + " " * len(match["target"])
    return _blank(match)


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a (masked) text, in order; blank lines belong to none."""
    found: list[Block] = []
    group: list[tuple[int, int]] = []  # adjacent lines of plain text
    gap = 0
    for start, end in _lines(text):
        line = text[start:end]
        divider = _is_divider(line)
        special = None if divider or not line.strip(" \t") else _special(line, start, end)
        if special is None and line.strip() and not divider:
            group.append((start, end))
            continue
        if group:
            found += _plain(text, group, gap)
            group, gap = [], 0
        if divider and found and found[-1].kind == "row":
            last = found[-1]
            found[-1] = Block("row", last.span, cells=last.cells, gap=last.gap, header=True)
        elif special is None:
            gap += not divider
        else:
            kind, span, level, cells = special
            found.append(Block(kind, span, level, cells, gap))
            gap = 0
    if group:
        found += _plain(text, group, gap)
    return tuple(found)


def _lines(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for part in text.split("\n"):
        spans.append((start, start + len(part)))
        start += len(part) + 1
    return spans


def _is_divider(line: str) -> bool:
    """Whether a line is the one below the header of a table: ``| --- | --- |``."""
    return "|" in line and "-" in line and bool(_DIVIDER.fullmatch(line))


def _special(line: str, start: int, end: int) -> tuple[BlockKind, Span, int, tuple[Span, ...]] | None:
    """What a line with a block marker is; None where it is plain text."""
    if _RULE.fullmatch(line):
        return "rule", Span(start, end), 0, ()
    if match := _HEADING.match(line):
        return "heading", _strip(line.rstrip().rstrip("#"), start, match.end()), len(match[1]), ()
    if line.lstrip().startswith("|") and line.count("|") >= 2:
        return "row", Span(start, end), 0, _cells(line, start)
    if match := _ITEM.match(line):
        return "item", _strip(line, start, match.end()), 0, ()
    if line.startswith("> "):
        return "paragraph", _strip(line, start, 2), 0, ()
    return None


def _strip(line: str, start: int, skip: int = 0, end: int | None = None) -> Span:
    """The characters of a line between two places, without the blanks around them."""
    inner = line[skip:end]
    left = skip + len(inner) - len(inner.lstrip())
    return Span(start + left, start + max(left, skip + len(inner.rstrip())))


def _cells(line: str, start: int) -> tuple[Span, ...]:
    edges = [i for i, c in enumerate(line) if c == "|"]
    if line[edges[-1] + 1 :].strip():
        edges.append(len(line))
    return tuple(_strip(line, start, a + 1, b) for a, b in pairwise(edges))


def _plain(text: str, group: list[tuple[int, int]], gap: int) -> list[Block]:
    """Adjacent plain lines: rows of separated values, one hard-wrapped paragraph, or a block a line."""
    made: list[Block] = []
    done = 0
    for first, rows in separated(text, group):
        made += _paragraphs(text, group[done:first])
        made += [Block("row", Span(*line), cells=cells) for line, cells in zip(group[first:], rows, strict=False)]
        done = first + len(rows)
    made += _paragraphs(text, group[done:])
    leading, *others = made
    return [Block(leading.kind, leading.span, cells=leading.cells, gap=gap), *others]


def _paragraphs(text: str, group: list[tuple[int, int]]) -> list[Block]:
    """Adjacent lines of prose: one hard-wrapped paragraph, or a block a line."""
    if len(group) > 1 and max(end - start for start, end in group) <= WRAP_WIDTH:
        width = max(end - start for start, end in group)
        opening = group[0][0] if not text[: group[0][0]].strip() else -1  # a text's first line may be its headline
        merged: list[tuple[int, int]] = [group[0]]
        for start, end in group[1:]:
            first, last = merged[-1]
            previous = text[text.rfind("\n", 0, last) + 1 : last] if last > first else ""
            deliberate = (
                len(previous) + 1 + len(text[start:end].split(" ", 1)[0]) <= width
            )  # the next word would have fitted
            title = first == opening and text[start].isupper() and previous.rstrip()[-1:] not in (",", "-")
            record = previous.rstrip()[-1:] in ".;!?" and bool(_DATED.match(text, start, end))
            wrapped = (
                not record
                and ((not deliberate and len(previous.rstrip()) >= FULL_LINE) or _goes_on(previous, text[start]))
                and not title
                and not _heads(text[first:last])
                and not _RECORD.match(text, start, end)
                and not (_ENTRY.match(text, start, end) and _ENTRY.match(text, first, last))
            )
            if wrapped:
                merged[-1] = (first, end)
            else:
                merged.append((start, end))
        group = merged
    return [Block("paragraph", _strip(text[start:end], start)) for start, end in group]


_SEPARATED = re.compile(r"^[^.!?]{1,60}?(?: [–—|/] |\t|: )[^\n]{1,60}?(?: [–—|/] |\t|; )")


_RECORD = re.compile(r"[^\W\d_][^:.;!?,\n]{0,48}:\s")
_ENTRY = re.compile(
    r"[^\W\d_a-z][^:.;!?,\n–—(]{0,30}?(?: \([^()\n]{1,30}\))?(?: [–—-]|;) "
)  # two lines that begin with a name and a mark


_DATED = re.compile(r"\W*(?:\d{1,2}\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d)")


_SHORT_LINE = 40  # a line of narrow columns that a small letter continues is at least so long
_OPEN_ENDS = frozenset("a an and at by for from in of on or the to with".split())


def _goes_on(line: str, letter: str) -> bool:
    """Whether a sentence goes on in the next line, which begins with a letter: no stop, and a word that needs more."""
    line = line.rstrip()
    open_end = line[-1:].isalpha() and line.rpartition(" ")[2].lower() in _OPEN_ENDS
    return len(line) >= _SHORT_LINE and line[-1] not in ".;:!?" and (letter.islower() or open_end)


def _heads(line: str) -> bool:
    """Whether a line looks like a record of a list, which a next line does not continue."""
    return bool(_SEPARATED.match(line)) and not line.rstrip().endswith((",", "-"))


def is_headline(block: Block, text: str) -> bool:
    """Whether a block reads as a headline: marked as one, or a short line that ends no sentence."""
    if block.kind == "heading":
        return True
    if block.kind != "paragraph":
        return False
    line = block.span.of(text)
    if not 2 <= len(line) <= 160 or "\n" in line or line.endswith((".", ";", ",", ":")) or "; " in line:
        return False
    return line[0].isupper() or line[0].isdigit() or line[0] in "“\"‘'«"
