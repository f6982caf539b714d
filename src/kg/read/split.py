"""One source, one or more documents: where a new one begins, its headline, its date, what it is.

A page is one document. A new one begins only where a headline has a text of its own, the document before it has had
its text, and the page says more: the headline is printed twice and set apart, a second top heading, a rule or form feed
before it, a date of its own below it, or a list of figures after an article. Sections of one text are no documents.
"""

import re
from collections.abc import Callable

from kg.model import Document, Source, Span
from kg.read.furniture import is_byline
from kg.read.headlines import headlines
from kg.read.lines import Lines, glued, is_record
from kg.read.published import publication
from kg.read.publisher import Publishers, publisher_of
from kg.text.blocks import blocks, mask
from kg.text.language import language_of

_IN_FIGURES = re.compile(
    r"\b(?:in (?:figures|numbers|brief)|at a glance|fact ?box"
    r"|key (?:data|facts|figures|dates)|facts and figures|fact file|factfile|the numbers)\b",
    re.IGNORECASE,
)
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_TITLE = 3  # words of a headline, at least; a name has fewer
_RULE = 8  # characters of a rule that parts texts; a shorter one parts scenes


def documents(source: Source, *, publishers: Publishers = ()) -> tuple[Document, ...]:
    """The documents of a source, in order; none where there is no text.

    ``publishers`` are file patterns with the name of who publishes what fits, the first that fits counts.
    """
    # As far as a document goes: most often there is one, and `kg.extract` asks for the same blocks.
    text = mask(source.text.rstrip(), markdown=source.media_type != "text/plain")
    found = [block for block in blocks(text) if block.span.start >= source.body]
    if not any(block.kind != "rule" for block in found):
        return ()
    whole = Lines(text, found)
    lines = Lines(text, found[: whole.links_below()])
    starts = _Starts(lines, is_page=source.media_type in _PAGES or source.title is not None).find()
    made = []
    for number, first in enumerate(starts, 1):
        last = starts[number] if number < len(starts) else len(lines)
        made.append(_document(source, lines, (first, last), number, publishers))
    return tuple(made)


class _Starts:
    """One walk over the lines, which remembers what the current document has had so far."""

    def __init__(self, lines: Lines, *, is_page: bool) -> None:
        self.lines, self.is_page = lines, is_page
        self.current = 0  # where the current document begins
        self.prose = self.records = 0  # blocks that it has had
        self.is_dated = False

    def find(self) -> list[int]:
        """The indices of the blocks at which documents begin."""
        lines = self.lines
        self.current = next(i for i in range(len(lines)) if not lines.is_rule(i))
        starts = [self.current]
        for index in range(self.current, len(lines)):
            if lines.is_rule(index):
                continue
            if (self.prose or self.records) and self._begins(index):
                starts.append(index)
                self.current, self.prose, self.records, self.is_dated = index, 0, 0, False
            elif lines.is_prose(index):
                self.prose += 1
                self.is_dated = self.is_dated or lines.is_dated(index)
            elif lines.is_record(index):
                self.records += 1
                self.is_dated = self.is_dated or (index == self.current + 1 and lines.is_dated(index))  # a dateline
            elif not self.is_dated:
                self.is_dated = lines.is_dated(index)
        return starts

    def _begins(self, index: int) -> bool:
        lines = self.lines
        if not lines.can_head(index) or self._repeats(index):
            return False
        body = lines.body_after(index)
        return body is not None and any(sign(self, index, body) for sign in _SIGNS)

    def _repeats(self, index: int) -> bool:
        """Whether a line is the headline of the current document, printed again."""
        line, near = self.lines.key(index), range(self.current, min(self.current + 3, index))
        return any(self.lines.key(earlier) == line for earlier in near)

    def _gap(self, index: int) -> int:
        """The blank lines before a block."""
        return self.lines.blocks[index].gap if index < len(self.lines) else 0

    def is_printed_twice(self, index: int, body: int) -> bool:
        """Whether the line is printed twice and set apart; a caption is neither, nor is a list of links."""
        lines, twin = self.lines, index + 1
        if body <= twin or lines.key(twin) != lines.key(index) or lines.words(index) <= _TITLE:
            return False
        is_apart = max(self._gap(index), self._gap(twin + 1)) > 1
        is_other = not self.prose and lines.is_prose(body)
        return lines.shared(index, body) > 0 and (is_apart or is_other or self._has_own_date(index, body))

    def is_second_top(self, index: int, body: int) -> bool:
        """Whether it is a heading of the first level after another; a page that states its title has but one."""
        return not self.is_page and self.lines.is_top(index) and self.lines.blocks[self.current].level == 1

    def is_ruled_off(self, index: int, body: int) -> bool:
        """Whether a rule stands before a headline with a date or an author of its own, or a form feed or long rule
        before one whose words its text takes up.
        """
        lines = self.lines
        if self.is_page or not lines.is_rule(index - 1) or lines.blocks[index].level > 1:
            return False
        if self.is_dated and self._has_own_date(index, body):
            return True
        if self._has_author(self.current, index) and self._has_author(index, body):
            return True
        rule = lines.of(index - 1).strip(" \t")
        is_strong = rule == "\f" or len(rule) >= _RULE
        return is_strong and lines.words(index) >= _TITLE and lines.shared(index, body) > 0

    def is_dated_anew(self, index: int, body: int) -> bool:
        """Whether a date of its own stands below it, where the document before has one too; on a page a teaser, a post
        or a comment has.
        """
        lines = self.lines
        is_apart = self._gap(index) > 0 and lines.blocks[index].level < 2
        return (
            is_apart
            and not self.is_page
            and self.is_dated
            and not lines.is_day(index - 1)
            and lines.words(index) >= _TITLE
            and lines.shared(index, body) > 0
            and self._has_own_date(index, body)
        )

    def is_box(self, index: int, body: int) -> bool:
        """Whether it heads a list of figures after an article; a section of Markdown does not."""
        lines = self.lines
        if lines.tops or self.is_page or not self._gap(index) or not lines.is_record(index + 1):
            return False
        return bool(self.prose and _IN_FIGURES.search(lines.of(index)))

    def is_far_apart(self, index: int, body: int) -> bool:
        """Whether two whole texts are parted by more blank lines than a text has within it."""
        lines = self.lines
        if self._gap(index) < 3 or self.prose < 2 or lines.words(index) <= _TITLE or lines.shared(index, body) < 2:
            return False
        after = range(body, min(body + 6, len(lines)))
        return sum(lines.is_prose(i) for i in after) > 1 and all(self._gap(i) < 3 for i in range(body + 1, after.stop))

    def _has_author(self, first: int, last: int) -> bool:
        near = range(first + 1, min(first + 4, last))
        return any(not self.lines.is_rule(i) and is_byline(self.lines.of(i)) for i in near)

    def _has_own_date(self, index: int, body: int) -> bool:
        return any(self.lines.is_dated(i) for i in range(index + 1, body + 1))


_SIGNS: tuple[Callable[[_Starts, int, int], bool], ...] = (
    _Starts.is_printed_twice,
    _Starts.is_second_top,
    _Starts.is_ruled_off,
    _Starts.is_dated_anew,
    _Starts.is_box,
    _Starts.is_far_apart,
)


def _document(source: Source, lines: Lines, place: tuple[int, int], number: int, publishers: Publishers) -> Document:
    first, last = place
    last = _without_links(lines, first, last)
    text = lines.text
    heads = headlines(lines, first, last, stated=source.title if number == 1 else None)
    part = [block for block in lines.blocks[first:last] if block.kind != "rule"]
    body = [block for block in part if block.span not in heads] or part
    date, where = publication(body, text) or (source.published, None)
    published_by = publisher_of(source, body, text, publishers)
    rows = sum(is_record(block, text) or glued(block, text) for block in body)
    words = text[part[0].span.start : part[-1].span.end]
    return Document(
        source=source,
        number=number,
        span=Span(source.body if number == 1 else part[0].span.start, part[-1].span.end),
        kind="report" if rows * 2 > len(body) else "article",
        headlines=heads,
        language=language_of(words, stated=source.language),
        published=date,
        published_span=where,
        publisher=published_by.name,
        publisher_span=published_by.span,
        publisher_from=published_by.known_from,
    )


def _without_links(lines: Lines, first: int, last: int) -> int:
    """Where a document ends: before the links to others that a site puts below its text."""
    end = last
    for index in range(last - 1, first, -1):
        if lines.is_rule(index):
            continue
        if not lines.can_head(index) and not lines.is_furniture(index):
            break
        if lines.is_furniture(index):
            end = index
    return end
