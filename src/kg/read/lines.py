"""What a block of a page is, by its form and by what stands around it: evidence for headlines and for documents."""

import re
from collections.abc import Sequence
from functools import cached_property

from kg.read.furniture import heads_links, is_byline, is_credit, is_furniture
from kg.read.published import Published, bare_day, published
from kg.text.blocks import Block, is_headline

_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_SENTENCE_END = re.compile(r"[.…。։۔]['\"”’»)\]]*\s*$")
_NEXT_SENTENCE = re.compile(r"[.!?…]['\"”’»)\]]*\s+[\"“«]?[^\W\d_a-z]")
_RECORD = re.compile(r"^[^\W\d_][\w' ’().-]{1,40}?\s*(?::|–|—| - |,)\s*[^\n]*\d")
_ADDRESS = re.compile(r"(?:https?://|www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
_STOP = frozenset(
    "about after also amid been before from have into more most near next over says some than that their them then "
    "they this were what when where which while will with your".split()
)
_STEM = 5  # letters by which "captured" is "capture"
_BODY = 1500  # characters of a body in which a headline's words must come again
_NEAR = 5  # blocks


class Lines:
    """The blocks of a masked text with what can be asked of each; an index is one of ``blocks``."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text, self.blocks = text, blocks
        self._published: dict[int, Published | None] = {}

    def __len__(self) -> int:
        return len(self.blocks)

    def of(self, index: int) -> str:
        return self.blocks[index].span.of(self.text)

    def key(self, index: int) -> str:
        """The words of a block, by which two are the same line."""
        return key(self.of(index))

    def words(self, index: int) -> int:
        return len(_WORD.findall(self.of(index)))

    def is_prose(self, index: int) -> bool:
        """Whether a block is sentences, and not a line of a page."""
        block = self.blocks[index]
        if block.kind != "paragraph":
            return False
        line = self.of(index)
        if is_furniture(line) or is_credit(line) or is_record_row(block, self.text):
            return False
        if len(line) > 200 or (len(line) > 100 and _NEXT_SENTENCE.search(line)):
            return True
        return len(line) >= 30 and not is_headline(block, self.text) and bool(_SENTENCE_END.search(line))

    def is_record(self, index: int) -> bool:
        return is_record(self.blocks[index], self.text) and not self.is_prose(index)

    def is_rule(self, index: int) -> bool:
        return self.blocks[index].kind == "rule"

    def is_top(self, index: int) -> bool:
        block = self.blocks[index]
        return block.kind == "heading" and block.level == 1 and self._names_something(index)

    def can_head(self, index: int) -> bool:
        """Whether a block has the form of a headline, and not that of a date, a credit, a name of its author or an
        address.
        """
        block = self.blocks[index]
        return (
            is_headline(block, self.text)
            and self._names_something(index)
            and not is_record_row(block, self.text)
            and not self._day_of(index)
        )

    def _names_something(self, index: int) -> bool:
        line = self.of(index)
        return not (
            not _WORD.search(line)
            or is_furniture(line)
            or is_credit(line)
            or is_byline(line)
            or _ADDRESS.fullmatch(line)
        )

    def is_furniture(self, index: int) -> bool:
        return is_furniture(self.of(index))

    def is_day(self, index: int) -> bool:
        return self.blocks[index].kind != "rule" and bare_day(self.blocks[index], self.text) is not None

    def is_dated(self, index: int) -> bool:
        return index < len(self) and not self.is_rule(index) and self._day_of(index) is not None

    def _day_of(self, index: int) -> Published | None:
        """The date of publication that a block states, looked for once."""
        if index not in self._published:
            self._published[index] = published(self.blocks[index], self.text)
        return self._published[index]

    def shared(self, index: int, body: int) -> int:
        """How many words of a headline the text from another block on says again."""
        if body >= len(self):
            return 0
        start = self.blocks[body].span.start
        said = _stems(self.text[start : start + _BODY])
        return len(_stems(self.of(index)) & said)

    def body_after(self, index: int) -> int | None:
        """The first block of sentences or records near after a headline; None where there is none."""
        last = min(index + 1 + _NEAR, len(self))
        for following in range(index + 1, last):
            if self.is_prose(following):
                return following
            alone = following + 1 < len(self) and not self.is_record(following + 1)
            if self.is_record(following) and (not alone or glued(self.blocks[following], self.text)):
                return following
        return None

    def links_below(self) -> int:
        """With which block the links to other pages begin that a site puts below its texts, each with a sentence of
        its own at most; the number of blocks where there are none.
        """
        heads = sentences = 0
        first = next((index for index in range(len(self)) if self.is_prose(index)), len(self))
        for index in range(len(self) - 1, -1, -1):
            block = self.blocks[index]
            if block.kind in ("paragraph", "heading") and heads_links(self.of(index)):
                if 0 < heads >= sentences and first < index:
                    return index
            elif self.is_prose(index):
                sentences += 1
                if sentences > heads + 1:
                    break
            elif block.kind == "row" or (block.kind == "item" and any(map(str.isdigit, self.of(index)))):
                break
            elif block.kind == "item" or self.can_head(index):
                heads += 1
        return len(self)

    @cached_property
    def tops(self) -> int:
        """How many headings of the first level there are."""
        return sum(block.kind == "heading" and block.level == 1 for block in self.blocks)


def key(line: str) -> str:
    """The words and numbers of a line, lower case: what makes two lines the same."""
    return " ".join(_TOKEN.findall(line.lower()))


def is_record(block: Block, text: str) -> bool:
    """Whether a block has the form of an entry of a list: ``Lachin: 18 May 1992``."""
    return block.kind in ("item", "row") or bool(_RECORD.match(block.span.of(text)))


def is_record_row(block: Block, text: str) -> bool:
    return block.kind in ("item", "row") or (";" in block.span.of(text) and is_record(block, text))


def glued(block: Block, text: str) -> bool:
    """Whether a block is several records in one line."""
    line = block.span.of(text)
    return line.count(";") >= 2 and bool(_RECORD.match(line))


def _stems(words: str) -> set[str]:
    return {word[:_STEM].lower() for word in _WORD.findall(words) if len(word) > 3 and word.lower() not in _STOP}
