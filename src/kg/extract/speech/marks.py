"""Quotation marks: where a quotation stands, and what is only an apostrophe or an inch mark.

Marks of every script are read in one pass with a stack, so that pairs may be mixed and nested. Which side a mark
stands on is seen from the characters beside it: no form of mark opens in all languages.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract.reading import Reading
from kg.model import Entity, Span
from kg.text.blocks import Block

LEAST_WORDS = 4  # a shorter quotation is a word of the writer's in marks
_MARK = re.compile("``|''|[“”„‟\"«»‘’‚‛'‹›「」『』〝〞]")
_SINGLE = frozenset("‘’‚‛'‹›")
_OPENING = frozenset("“„‟«‘‚‛'‹「『〝\"")  # may open with nothing open before; others only by what is beside them
_ONLY_OPENING, _ONLY_CLOSING = frozenset("「『〝"), frozenset("」』〞")
_LEFT = frozenset("([{—–-:;/“„«\"‘'¿¡")
_RIGHT = frozenset(")]}—–-:;,.!?…/”»\"’'“«")
_DASH = re.compile(r"[—–-]\s+")
_ASIDE = re.compile(r"(?<=[,.!?…])\s+[—–-]\s+(?=[a-z])")
_RESUMED = re.compile(r"[.,]\s+[—–-]\s+")
_MOST_PARAGRAPHS = 12  # that a quotation goes on without a mark


@dataclass(slots=True, eq=False)
class Quote:
    """What stands between quotation marks (``inner``) and where the marks are."""

    start: int  # of the opening mark
    end: int  # one past the closing mark
    inner: Span
    block: int
    opened: bool = False  # no closing mark in its paragraph
    before: "Quote | None" = None  # the part of the same quotation in the paragraph before
    split: bool = False  # by its attribution: the next quotation goes on with it
    speaker: Entity | None = None
    said_to: Entity | None = None
    attribution: Span | None = None


def word_count(text: str) -> int:
    return len(re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", text))


class Quotes:
    """The quotations of a document, in order."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        paired = [_Paired(reading.text, number, block) for number, block in enumerate(reading.blocks)]
        self.by_block: dict[int, list[Quote]] = {}
        for number, one in enumerate(paired):
            if quotes := list(one.whole()):
                self.by_block[number] = quotes
        self._continue(reading.blocks, paired)
        self.all = sorted((quote for group in self.by_block.values() for quote in group), key=lambda quote: quote.start)
        self._starts = [quote.start for quote in self.all]

    def _continue(self, blocks: Sequence[Block], paired: Sequence["_Paired"]) -> None:
        """A quotation left open goes on in the next paragraph, which opens it again, or up to where it closes."""
        for number, one in enumerate(paired):
            opened = one.opened
            if opened is None:
                continue
            before: Quote | None = None
            if number and (left := paired[number - 1].opened) is not None and _begins(opened, blocks[number]):
                before = left
            follows = self._goes_on(number, opened, blocks, paired)
            directed = self._text[opened.start] in "“«„「"
            if directed or follows or before is not None:
                opened.before = opened.before or before
                self.by_block.setdefault(number, []).append(opened)
        for number, quotes in self.by_block.items():
            left = paired[number - 1].opened if number else None
            first = quotes[0]
            if left is not None and first.before is None and _begins(first, blocks[number]):
                first.before = left

    def _goes_on(self, number: int, opened: Quote, blocks: Sequence[Block], paired: Sequence["_Paired"]) -> bool:
        previous = opened
        parts: list[Quote] = []
        for after in range(number + 1, min(len(blocks), number + 1 + _MOST_PARAGRAPHS)):
            block, here = blocks[after], paired[after]
            if block.kind not in ("paragraph", "item"):
                return False
            first = next(here.whole(), here.opened)
            if first is not None and (here.closer is None or first.start < here.closer):
                return not parts and _begins(first, block)
            end = here.closer if here.closer is not None else block.span.end
            part = Quote(block.span.start, end + (here.closer is not None), Span(block.span.start, end), after)
            part.before, previous = previous, part
            parts.append(part)
            if here.closer is not None:
                for quote in parts:
                    self.by_block.setdefault(quote.block, []).insert(0, quote)
                return True
        return False

    def contain(self, offset: int) -> bool:
        """Whether an offset lies within a quotation."""
        return self.at(offset) is not None

    def at(self, offset: int) -> Quote | None:
        """The quotation around an offset, its marks included."""
        index = bisect_right(self._starts, offset) - 1
        return self.all[index] if index >= 0 and offset < self.all[index].end else None

    def touch(self, span: Span) -> bool:
        """Whether a quotation begins within a span, or lies around its beginning."""
        index = bisect_right(self._starts, span.start)
        return self.contain(span.start) or (index < len(self._starts) and self._starts[index] < span.end)

    def whole(self, span: Span) -> bool:
        """Whether a span is a quotation and nothing else, its marks within the span or not."""
        quote = self.at(span.start)
        return quote is not None and span.end <= quote.end and word_count(quote.inner.of(self._text)) >= LEAST_WORDS


def _begins(quote: Quote, block: Block) -> bool:
    return quote.start <= block.span.start + 1


@dataclass(slots=True)
class _Open:
    start: int
    end: int
    single: bool


@dataclass(slots=True)
class _Paired:
    """The marks of one block in pairs; ``opened`` is what no mark closes, ``closer`` a mark that closes nothing."""

    text: str
    number: int
    block: Block
    opened: Quote | None = None
    closer: int | None = None
    _stack: list[_Open] = field(default_factory=list)
    _closed: list[tuple[int, int, int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        start, end = self.block.span.start, self.block.span.end
        if self.block.kind == "rule":
            return
        self._dashes()
        if self._closed:
            return
        for match in _MARK.finditer(self.text, start, end):
            if match[0] in _SINGLE:
                self._single(match.start(), match[0])
            else:
                self._double(match.start(), match.end(), match[0])
        last = max((closed[1] for closed in self._closed), default=start)
        left = next((one for one in self._stack if not one.single and one.start >= last), None)
        if left is not None and word_count(self.text[left.end : end]) >= LEAST_WORDS:
            self.opened = Quote(left.start, end, Span(left.end, end), self.number, opened=True)

    def whole(self) -> Iterator[Quote]:
        """The outermost quotations that are closed here, in order."""
        reached = -1
        for start, end, first, last in sorted(self._closed):
            if start >= reached and last > first:
                yield Quote(start, end, Span(first, last), self.number)
                reached = end

    def _beside(self, start: int, end: int) -> tuple[str, str]:
        span = self.block.span
        return (
            self.text[start - 1] if start > span.start else " ",
            self.text[end] if end < span.end else " ",
        )

    def _double(self, start: int, end: int, mark: str) -> None:
        before, after = self._beside(start, end)
        opens = (before.isspace() or before in _LEFT) and (not after.isspace() or mark == "«")
        closes = (not before.isspace() or mark == "»") and (after.isspace() or after in _RIGHT or not opens)
        depth = next((i for i in range(len(self._stack) - 1, -1, -1) if not self._stack[i].single), None)
        if mark in _ONLY_OPENING or (opens and not closes):
            self._stack.append(_Open(start, end, single=False))
        elif depth is not None and (closes or not opens) and mark not in _ONLY_OPENING:
            left = self._stack[depth]
            del self._stack[depth:]
            self._closed.append((left.start, end, left.end, start))
        elif opens and mark in _OPENING and mark not in _ONLY_CLOSING:
            self._stack.append(_Open(start, end, single=False))
        elif closes and self.closer is None and not self._closed and not before.isdigit():
            self.closer = start

    def _single(self, start: int, mark: str) -> None:
        before, after = self._beside(start, start + 1)
        top = self._stack[-1] if self._stack and self._stack[-1].single else None
        closes = mark not in "‚‛" and not after.isalnum() and not before.isspace()
        if top is not None and closes and (before != "s" or after.isspace() is False):
            self._stack.pop()
            if word_count(self.text[top.end : start]) >= LEAST_WORDS:
                self._closed.append((top.start, start + 1, top.end, start))
        elif mark in _OPENING and after.isalpha() and (before.isspace() or before in _LEFT):
            if top is not None:
                self._stack.pop()
            self._stack.append(_Open(start, start + 1, single=True))

    def _dashes(self) -> None:
        """``– The well is dry, – said the elder. – We walk.``: dashes as marks of a speech."""
        start, end = self.block.span.start, self.block.span.end
        lead = _DASH.match(self.text, start, end)
        marked = self.block.kind == "item" and self.text[max(0, start - 3) : start].strip() in ("-", "–", "—")
        if lead is None and not marked:
            return
        position = lead.end() if lead is not None else start
        while (aside := _ASIDE.search(self.text, position, end)) is not None:
            self._closed.append((position, aside.start(), position, aside.start()))
            resumed = _RESUMED.search(self.text, aside.end(), end)
            if resumed is None:
                return
            position = resumed.end()
        if self._closed:
            self._closed.append((position, end, position, end))
