"""Direct speech: quotations with the speaker that the words around them name."""

from collections.abc import Sequence

from kg.extract.speech.attributions import Attributions
from kg.extract.speech.quotes import LEAST_WORDS, Quote, word_count
from kg.extract.speech.speakers import Speakers
from kg.model import Entity, Span, Statement
from kg.text.blocks import Block


class Quotations:
    """The quotations of a document, and who says each."""

    def __init__(self, speakers: Speakers, attributions: Attributions, statements: list[Statement]) -> None:
        self.speakers, self.attributions, self.statements = speakers, attributions, statements
        self.reading, self.tokens = speakers.reading, speakers.tokens
        self.quotes = speakers.quotes

    def quote(self, index: int, quotes: Sequence[Quote], block: Block) -> None:
        quote = quotes[index]
        following = quotes[index + 1].start if index + 1 < len(quotes) else block.span.end
        previous = quotes[index - 1] if index else None
        made = self.attributions.after_quote(quote, min(following, self._sentence_end(quote.end, block)))
        if made is None:
            sentence = self.reading.sentence_at(quote.start)
            sentence_start = max(sentence.start, block.span.start) if sentence else block.span.start
            floor = max(sentence_start, previous.end if previous else block.span.start)
            made = self.attributions.before_quote(quote, floor)
            if (
                made is None
                and previous is None
                and floor > block.span.start
                and self.reading.text[block.span.start : quote.start].rstrip().endswith(":")
            ):
                made = self.attributions.before_quote(quote, block.span.start)
        if made:
            quote.speaker = made.speaker
            quote.said_to = self.attributions.told(made, quote)
            self.attributions.settle_gender(made)
            quote.attribution = Span(self.tokens[made.first].start, self.tokens[made.last - 1].end)
            self.speakers.speaks(self.tokens[made.verb].start, made.speaker)
        elif previous is not None and previous.speaker is not None:
            between = self.reading.text[previous.end : quote.start]
            if self._continues(previous, quote, between):
                quote.speaker = previous.speaker
        elif previous is None:
            quote.speaker = self._carried(quote, block)
        inner = self._trimmed(quote)
        if quote.speaker and word_count(inner.of(self.reading.text)) >= LEAST_WORDS and not self._is_title(quote):
            evidence = self._evidence(quote, block)
            self.statements.append(
                Statement(evidence=evidence, kind="direct", text=inner, speaker=quote.speaker, said_to=quote.said_to)
            )

    def _trimmed(self, quote: Quote) -> Span:
        text = quote.inner.of(self.reading.text)
        left = len(text) - len(text.lstrip())
        return Span(quote.inner.start + left, quote.inner.start + len(text.rstrip()))

    def _sentence_end(self, offset: int, block: Block) -> int:
        sentence = self.reading.sentence_at(offset)
        if sentence is None or sentence.end - offset < 2:
            sentence = self.reading.sentence_after(offset)
        return min(sentence.end, block.span.end) if sentence else block.span.end

    def _evidence(self, quote: Quote, block: Block) -> tuple[Span, ...]:
        """The quotation with its marks, and the words that attribute it."""
        spans = [Span(quote.start, quote.end)]
        if quote.attribution:
            spans.append(quote.attribution)
        return tuple(spans)

    def _continues(self, previous: Quote, quote: Quote, between: str) -> bool:
        """``..." he said. "...``: nothing between but the attribution, or sentences about the same speaker."""
        attribution = previous.attribution
        if attribution is None:
            return not between.strip() or len(between.split()) <= 2
        rest = self.reading.text[max(attribution.end, previous.end) : quote.start]
        if attribution.end <= previous.start:
            rest = between
        start = max(attribution.end, previous.end)
        people = [
            one
            for one in self.speakers.found_between(start, quote.start)
            if one.kind == "person" and one.entity is not previous.speaker
        ]
        return not people and rest.count(".") + rest.count("!") <= 2

    def _carried(self, quote: Quote, block: Block) -> Entity | None:
        """From the paragraph before: a quotation left open there, or a colon at its end."""
        if quote.block == 0 or self.reading.text[block.span.start : quote.start].strip():
            return None
        earlier = self.quotes.by_block.get(quote.block - 1, [])
        if earlier and earlier[-1].opened:
            return earlier[-1].speaker
        before = self.reading.blocks[quote.block - 1]
        if before.kind == "paragraph" and before.span.of(self.reading.text).rstrip().endswith(":"):
            made = self.attributions.before_quote(
                quote, max(s.start for s in self.reading.block_sentences(quote.block - 1))
            )
            return made.speaker if made else None
        return None

    def _is_title(self, quote: Quote) -> bool:
        """A title in marks: ``entitled "..."``, ``a film called "..."``."""
        before = self.reading.text[max(0, quote.start - 24) : quote.start].lower().split()
        return bool(before) and before[-1].strip("(,:") in (
            "entitled",
            "titled",
            "headlined",
            "song",
            "film",
            "book",
            "article",
            "poem",
            "report",
        )
