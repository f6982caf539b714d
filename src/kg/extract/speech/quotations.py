"""Direct speech: quotations with the speaker that the words around them name."""

from collections.abc import Sequence

from kg.extract.speech.attributions import Attribution, Attributions
from kg.extract.speech.marks import LEAST_WORDS, Quote, Quotes, word_count
from kg.model import Entity, Span, Statement
from kg.text.blocks import Block

_TITLED = frozenset("entitled titled headlined song film book article poem report novel slogan".split())
_SUBJECTS = frozenset("I We You He She They It Nobody Everybody".split())
_ENDS = frozenset(",.!?…")
_SIGNATURE = 90  # characters of a line that names who a quotation above it is by


class Quotations:
    """The quotations of a document, and who says each."""

    def __init__(self, attributions: Attributions, quotes: Quotes) -> None:
        self.attributions, self.quotes = attributions, quotes
        self.speakers = attributions.speakers
        self.reading, self.tokens = attributions.reading, attributions.tokens

    def attribute(self, index: int, quotes: Sequence[Quote], block: Block) -> None:
        """Find who says a quotation of a block: in the words after it, before it, or of the part before it."""
        quote = quotes[index]
        previous = quotes[index - 1] if index else None
        following = quotes[index + 1].start if index + 1 < len(quotes) else block.span.end
        made = self.attributions.after(quote, min(following, self._sentence_end(quote.end, block)))
        if made is None:
            made = self._leading(quote, previous, block)
        if made is not None:
            self._take(quote, made)
        elif quote.before is not None:
            quote.speaker = quote.before.speaker
        elif previous is not None:
            quote.speaker = previous.speaker if self._continues(previous, quote) else None
            previous.split = quote.speaker is not None and previous.inner.of(self.reading.text).rstrip().endswith(",")
        else:
            quote.speaker = self._carried(quote, block) or self.signed(quote, block)

    def _take(self, quote: Quote, made: Attribution) -> None:
        quote.speaker, quote.said_to = made.speaker, made.said_to
        quote.attribution = Span(self.tokens[made.first].start, self.tokens[made.last - 1].end)
        self.speakers.speak(self.tokens[made.first].start, made.speaker)
        part = quote.before
        while part is not None and part.speaker is None:
            part.speaker, part = made.speaker, part.before

    def _leading(self, quote: Quote, previous: Quote | None, block: Block) -> Attribution | None:
        """The words before a quotation: of its sentence, or of one that leads to it with a colon."""
        text, start = self.reading.text, block.span.start
        floor = max(start, previous.end if previous is not None else start)
        if floor >= quote.start or quote.before is not None:
            return None
        sentence = self.reading.sentence_at(quote.start)
        own = max(floor, sentence.start if sentence is not None else floor)
        if own == quote.start and text[floor : quote.start].rstrip().endswith(":"):
            own = floor
        if previous is not None and previous.attribution is not None and own < previous.attribution.end <= quote.start:
            own = previous.attribution.end
        return self.attributions.before(quote, own) if own < quote.start else None

    def _sentence_end(self, offset: int, block: Block) -> int:
        sentence = self.reading.sentence_at(offset)
        if sentence is None or sentence.end - offset < 2:
            sentence = self.reading.sentence_after(offset)
        return min(sentence.end, block.span.end) if sentence else block.span.end

    def _continues(self, previous: Quote, quote: Quote) -> bool:
        """``..." he said. "...``: nothing between but the attribution, or sentences about the same speaker."""
        start = previous.end
        if previous.attribution is not None:
            start = max(start, previous.attribution.end)
        between = self.reading.text[start : quote.start]
        if previous.attribution is None and previous.before is None:
            return len(between.split()) <= 2
        people = [one for one in self._named(start, quote.start) if one is not previous.speaker]
        return not people and between.count(".") + between.count("!") <= 2

    def _named(self, start: int, end: int) -> list[Entity]:
        first, last = self.reading.token_index(start), self.reading.token_index(end)
        found = [self.speakers.by_first[i] for i in range(first, last) if i in self.speakers.by_first]
        return [one.entity for one in found if one.kind == "person" and one.entity is not None]

    def _carried(self, quote: Quote, block: Block) -> Entity | None:
        """From the paragraph before: where it ends in a colon."""
        if quote.block == 0 or self.reading.text[block.span.start : quote.start].strip():
            return None
        before = self.reading.blocks[quote.block - 1]
        sentences = self.reading.block_sentences(quote.block - 1)
        if before.kind != "paragraph" or not sentences or not before.span.of(self.reading.text).rstrip().endswith(":"):
            return None
        made = self.attributions.before(quote, sentences[-1].start)
        return made.speaker if made is not None else None

    def signed(self, quote: Quote, block: Block) -> Entity | None:
        """``- Amina Diallo, schoolteacher`` on the line below a quotation that stands alone."""
        text, number = self.reading.text, quote.block + 1
        alone = not (text[block.span.start : quote.start] + text[quote.end : block.span.end]).strip(" .,")
        if not alone or number >= len(self.reading.blocks):
            return None
        line = self.reading.blocks[number]
        lead = text[max(0, line.span.start - 3) : line.span.start + 1]
        if len(line.span.of(text)) > _SIGNATURE or not any(mark in lead for mark in "-–—"):
            return None
        sentences = self.reading.block_sentences(number)
        chunks = self.attributions.chunks(sentences[0]) if len(sentences) == 1 else []
        first = next((i for i, chunk in enumerate(chunks) if chunk.kind != "mark"), len(chunks))
        made = self.attributions.signed(chunks, first, len(chunks))
        if made is None:
            return None
        self._take(quote, made)
        return made.speaker

    # --- statements --------------------------------------------------------------------------------------

    def statements(self) -> list[Statement]:
        """The quotations of somebody, in the order of the text; words of the writer's in marks are none."""
        return [self._statement(quote) for quote in self.quotes.all if quote.speaker is not None and self.spoken(quote)]

    def spoken(self, quote: Quote) -> bool:
        """Whether a quotation is speech: four words or more, fewer where it is a sentence of its own; no title."""
        text = quote.inner.of(self.reading.text).rstrip()
        whole = quote.attribution is not None and text[-1:] in _ENDS  # "They hold Baga," somebody said
        least = LEAST_WORDS - whole - (whole and text.split()[0] in _SUBJECTS)  # "We manage," somebody said
        return word_count(text) >= (1 if quote.split else least) and not self._is_title(quote)

    def _statement(self, quote: Quote) -> Statement:
        text = quote.inner.of(self.reading.text)
        left = len(text) - len(text.lstrip())
        inner = Span(quote.inner.start + left, quote.inner.start + len(text.rstrip()))
        evidence = [Span(quote.start, quote.end)]
        if quote.attribution:
            evidence.append(quote.attribution)
        return Statement(
            evidence=tuple(evidence), kind="direct", text=inner, speaker=quote.speaker, said_to=quote.said_to
        )

    def _is_title(self, quote: Quote) -> bool:
        """A title in marks: ``entitled "..."``, ``a film called "..."``."""
        before = self.reading.text[max(0, quote.start - 24) : quote.start].lower().split()
        return bool(before) and before[-1].strip("(,:") in _TITLED
