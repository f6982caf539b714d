"""One document as the extractors see it: masked text, blocks, sentences, tokens, and what was found so far."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from kg.extract.found import Found
from kg.extract.lexicon import listed
from kg.gazetteer import Gazetteer
from kg.model import Claim, Document, Entity, Span
from kg.text.blocks import Block, blocks, mask
from kg.text.datelines import dateline
from kg.text.dates import Dated
from kg.text.folding import fold
from kg.text.language import UNDETERMINED, is_english
from kg.text.quantities import Quantity
from kg.text.runs import cut_run
from kg.text.tokens import Token, tokenize

_ABBREVIATIONS = listed("abbreviations")
_DAY = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)? [^\W\d_]{3,9}|[^\W\d_]{3,9} \d{1,2})(?:,? \d{4})?")
_SENTENCE_BREAK = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s+|$)")
_SPOKEN = re.compile(r"[\"“][A-Z][^\"“”\n]*(?:[,.!?…][\"”]|(?: [^\"“”\n]*){5})")  # no nickname: J. "Skip" Lowe
_OPENERS = "“\"‘'«([—–-"


@dataclass(slots=True)
class Sentence:
    """A sentence, or a whole heading, item or row: its characters and its tokens."""

    index: int
    block: int
    start: int
    end: int
    first: int  # of its tokens in `Reading.tokens`
    last: int  # one past
    shouted: bool = False  # all in capitals, so that capitals mark no names in it
    lows: frozenset[str] = frozenset()  # its words, lower case: what is not among them need not be looked for
    dates: list[Dated] = field(default_factory=list)

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def is_read(document: Document) -> bool:
    """Whether the rules read the document's language: it is English, or may be."""
    if document.language != UNDETERMINED:
        return document.language.lower().startswith("en")
    return is_english(document.span.of(document.source.text))


class Reading:
    """The working state of one document; extractors read it and add to it, in their order."""

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        self.document, self.gazetteer = document, gazetteer
        source = document.source
        self.markdown = source.media_type != "text/plain"
        own = mask(document.span.of(source.text), markdown=self.markdown)
        self.text = " " * document.span.start + own  # offsets are the source's; the documents before are not read again
        self.blocks: list[Block] = [_shift(block, document.span.start) for block in blocks(own)]
        self.text = _barred(self.text, self.blocks)
        self.tokens: list[Token] = []
        self.sentences: list[Sentence] = []
        self.claims: list[Claim] = []
        self.runs: set[int] = set()  # blocks that are records in one line
        self.datelines: list[Span] = []  # where paragraphs were written, as they say before their first sentence
        self.decimal = ""  # "," where the text's numbers have a decimal comma
        self.in_date: set[int] = set()  # starts of tokens within a date
        self.date_starts: set[int] = set()
        self.date_ends: set[int] = set()
        self.organizations: list[tuple[int, Entity]] = []  # offset and entity, in the order of the text
        self.found: list[list[Found]] = []  # for each sentence its names, in order
        self.quantities: list[list[Quantity]] = []  # for each sentence
        # What `kg.extract.clauses` makes of sentences, by their tokens, as far as asked for; `early` are chunks of
        # before it was known what all names are.
        self.clauses: dict[tuple[int, int], Any] = {}
        self.chunks: dict[tuple[int, int], Any] = {}
        self.early: dict[tuple[int, int], Any] = {}
        self.chunked_by: dict[tuple[int, int], tuple[object, ...]] = {}  # what they took its names for
        self._of_block: list[list[Sentence]] = [[] for _ in self.blocks]
        for number, block in enumerate(self.blocks):
            if block.kind != "rule":
                self._sentences(number, block)
        self._starts = [token.start for token in self.tokens]
        self._sentence_starts = [sentence.start for sentence in self.sentences]
        self._organization_starts: list[int] = []

    def _sentences(self, number: int, block: Block) -> None:
        tokens = self._split_pairs(tokenize(self.text, block.span.start, block.span.end))
        position = len(self.tokens)
        self.tokens += tokens
        index = 0
        if block.kind in ("heading", "row"):
            spans = self._of_row(block)
        else:
            body = self._past_dateline(block.span)
            spans = cut_run(self.text, body)
            if spans:
                self.runs.add(number)
            spans = spans or split_sentences(self.text, body)
        starts = [token.start for token in tokens]
        for span in spans:
            first = bisect_left(starts, span.start, index)  # past the mark between two records
            index = bisect_left(starts, span.end, first)
            sentence = Sentence(len(self.sentences), number, span.start, span.end, position + first, position + index)
            here = tokens[first:index]
            sentence.shouted = _shouted(here)
            sentence.lows = frozenset([token.low for token in here])
            self.sentences.append(sentence)
            self._of_block[number].append(sentence)

    def _of_row(self, block: Block) -> list[Span]:
        """A heading whole; a row up to the first sentence of its last cell, and what follows there."""
        last = next((cell for cell in reversed(block.cells) if cell.start < cell.end), block.span)
        first, *others = split_sentences(self.text, last) if block.cells else [block.span]
        return [Span(block.span.start, first.end if others else block.span.end), *others]

    def _split_pairs(self, tokens: list[Token]) -> list[Token]:
        """``Armenia-Azerbaijan`` is two names where the gazetteer knows both and not the pair."""
        if not tokens or self.text.find("-", tokens[0].start, tokens[-1].end) < 0:
            return tokens
        names = self.gazetteer.names
        split: list[Token] = []
        for token in tokens:
            left, hyphen, right = token.text.partition("-")
            if (
                hyphen
                and right[:1].isupper()
                and fold(token.text) not in names
                and fold(left) in names
                and fold(right) in names
            ):
                middle = token.start + len(left)
                split += [
                    Token(token.start, middle, left, "w", False),
                    Token(middle, middle + 1, "-", "p", False),
                    Token(middle + 1, token.end, right, "w", token.possessive),
                ]
            else:
                split.append(token)
        return split

    def _past_dateline(self, span: Span) -> Span:
        """The paragraph without ``KYIV, Feb. 19, 2015 (Steppe Press) --`` at its beginning."""
        if written := dateline(self.text, span.start, span.end):
            self.datelines.append(Span(span.start, written[0]))
            return Span(written[1], span.end)
        return span

    def words(self, sentence: Sentence) -> list[Token]:
        return self.tokens[sentence.first : sentence.last]

    def tokens_in(self, start: int, end: int) -> list[Token]:
        return self.tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def token_index(self, offset: int) -> int:
        """The index of the first token that starts at or after an offset."""
        return bisect_left(self._starts, offset)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The last sentence that starts at or before an offset."""
        index = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[index] if index >= 0 else None

    def sentence_after(self, offset: int) -> Sentence | None:
        """The first sentence that starts at or after an offset."""
        index = bisect_left(self._sentence_starts, offset)
        return self.sentences[index] if index < len(self.sentences) else None

    def block_sentences(self, number: int) -> list[Sentence]:
        return self._of_block[number]

    def note_dates(self, number: int, dates: list[Dated]) -> None:
        """Give a block's dates to its sentences, and remember which tokens are part of one."""
        index = 0
        for sentence in self._of_block[number]:
            while index < len(dates) and dates[index].start < sentence.start:
                index += 1
            first = index
            while index < len(dates) and dates[index].start < sentence.end:
                index += 1
            sentence.dates = dates[first:index]
        for dated in dates:
            self.date_starts.add(dated.start)
            self.date_ends.add(dated.end)
            self.in_date.update(token.start for token in self.tokens_in(dated.start, dated.end))

    def note_organizations(self, found: Iterable[tuple[int, Entity]]) -> None:
        """Keep the organizations that the text names, by offset, for what refers back to them."""
        self.organizations = list(found)
        self._organization_starts = [offset for offset, _ in self.organizations]

    def organizations_before(self, offset: int, *, most: int = 200) -> Iterator[Entity]:
        """The organizations named before an offset, nearest first; at most so many, so that a long text stays
        linear.
        """
        index = bisect_left(self._organization_starts, offset)
        for position in range(index - 1, max(-1, index - 1 - most), -1):
            yield self.organizations[position][1]


def _barred(text: str, blocks: Iterable[Block]) -> str:
    """The text with a bar between the cells of each row, whatever separates them."""
    parts: list[str] = []
    end = 0
    for block in blocks:
        for cell, following in pairwise(block.cells):
            if "|" not in (between := text[cell.end : following.start]):
                parts += (text[end : cell.end], "|".ljust(len(between)))
                end = following.start
    return "".join([*parts, text[end:]]) if parts else text


def _shouted(tokens: list[Token]) -> bool:
    count = 0
    for token in tokens:
        if token.kind == "w":
            if not token.text.isupper():
                return False
            count += 1
    return count >= 3


def split_sentences(text: str, span: Span) -> list[Span]:
    """Sentences of a paragraph: no break after ``Nov.``, ``sq.``, an initial, or before a lower-case word."""
    spans, start = [], span.start
    for match in _SENTENCE_BREAK.finditer(text, span.start, span.end):
        end = match.end()
        after = end
        while after < span.end and text[after].isspace():
            after += 1
        if after >= span.end:
            break
        if _breaks(text, match, start, after, span.end):
            spans.append(Span(start, end))
            start = after
    tail = text[start : span.end].rstrip()
    if tail:
        spans.append(Span(start, start + len(tail)))
    return spans


def _breaks(text: str, match: re.Match[str], start: int, after: int, limit: int) -> bool:
    mark, following = match[0], text[after]
    if len(mark) > 3 and text[match.start() - 1].isspace():
        return False  # dots that lead to the next column: "Kherson ...... 2 March 2022"
    opener = following in _OPENERS
    if opener and following in "—–-":
        return len(mark) > 1
    nxt = text[after + 1] if opener and after + 1 < limit else following
    if not (nxt.isupper() or nxt.isdigit() or opener or (nxt.isalpha() and not nxt.islower())):
        return False
    if mark[0] != "." or len(mark) > 1:
        return True
    if match.start() - start < 22 and _DAY.fullmatch(text, start, match.start()):
        return False  # "24 June. Faya-Largeau is taken": the day of a chronicle, not a sentence
    word_start = match.start()
    while word_start > start and (text[word_start - 1].isalpha() or text[word_start - 1] == "."):
        word_start -= 1
    word = text[word_start : match.start()]
    if not word:
        return True
    if len(word) == 1 and word.isupper():  # an initial; "Plan B." at the end of a sentence is the price
        return bool(_SPOKEN.match(text, after, limit))
    if "." in word:  # U.S., a.m.: breaks only before what cannot go on
        return following in _OPENERS
    low = word.lower()
    if low in ("km", "kms"):
        return nxt.isupper()
    if low in _ABBREVIATIONS and not (low in ("no", "co", "al", "ed", "res") and word.islower() and not nxt.isdigit()):
        return low in ("jr", "sr", "inc", "ltd") and nxt.isupper()
    return True


def _shift(block: Block, offset: int) -> Block:
    if not offset:
        return block
    return Block(
        block.kind,
        Span(block.span.start + offset, block.span.end + offset),
        block.level,
        tuple(Span(cell.start + offset, cell.end + offset) for cell in block.cells),
        block.gap,
        block.header,
    )
