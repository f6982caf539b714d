"""Who says what: quotations, reported speech, headlines, interviews.

A quotation takes its speaker from the words around it in its own paragraph: ``said NAME`` after it, ``NAME
said:`` before it, or the attribution of the quotation before it. It never takes one across a paragraph, but
where the paragraph before ends in a colon, or a quotation was left open there. Reported speech needs a verb of
saying and a speaker who can be resolved through pronouns, offices and surnames; what cannot be resolved is no
statement.
"""

from collections.abc import Sequence

from kg.extract.names import Found
from kg.extract.people import People
from kg.extract.reading import Reading, Sentence
from kg.extract.speech.attributions import Attributions
from kg.extract.speech.interviews import Interview, interviews
from kg.extract.speech.quotations import Quotations
from kg.extract.speech.quotes import LEAST_WORDS, PAIRS, Quote, Quotes, find_quotes, word_count
from kg.extract.speech.reported import Reported
from kg.extract.speech.speakers import Speakers
from kg.model import Span, Statement
from kg.text.blocks import Block


class Speech:
    """Reads the statements of one document, in the order of the text, since pronouns look back."""

    def __init__(self, reading: Reading, found: list[list[Found]], people: People) -> None:
        self.reading, self.found, self.tokens = reading, found, reading.tokens
        self.statements: list[Statement] = []
        self.quotes = Quotes(reading)
        self.speakers = Speakers(reading, found, people, self.quotes)
        self.attributions = Attributions(self.speakers)
        self.quotations = Quotations(self.speakers, self.attributions, self.statements)
        self.reported = Reported(self.speakers, self.attributions, self.statements)
        self.interview = Interview(self.speakers, self.statements)

    def read(self) -> list[Statement]:
        """All statements, in the order of the text."""
        interview = self.interview.interviewee()
        for number, block in enumerate(self.reading.blocks):
            if block.kind == "rule":
                continue
            sentences = self.reading.block_sentences(number)
            if self._is_headline(block):
                self._headline(block, sentences)
                continue
            if interview and self.interview.turn(block, interview):
                continue
            self._block(number, block, sentences)
        return self.statements

    def _is_headline(self, block: Block) -> bool:
        return (
            any(block.span.overlaps(headline) for headline in self.reading.document.headlines)
            or block.kind == "heading"
        )

    def _block(self, number: int, block: Block, sentences: Sequence[Sentence]) -> None:
        quotes = self.quotes.by_block.get(number, [])
        position = 0
        for sentence in sentences:
            self.speakers.subjects(sentence)
            here = []
            while position < len(quotes) and quotes[position].start < sentence.end:
                here.append(quotes[position])
                position += 1
            for index in range(position - len(here), position):
                self.quotations.quote(index, quotes, block)
            self.reported.indirect(sentence, here)

    def _headline(self, block: Block, sentences: Sequence[Sentence]) -> None:
        """``Azerbaijani FM: We need ...``; a headline that is repeated is one statement."""
        document = self.reading.document
        if not sentences or not document.headlines or block.span != document.headlines[0]:
            return
        tokens = self.tokens
        first, end = sentences[0].first, sentences[-1].last
        colon = next((i for i in range(first, min(end, first + 10)) if tokens[i].text == ":"), None)
        if colon is None or colon + 2 >= end:
            return
        who = self.speakers.subject(first, colon)
        if who is None or who[1] != colon or who[0].type in ("state", "country"):
            return
        begin = colon + 1
        direct = tokens[begin].text in PAIRS
        if direct:
            quote = next((q for q in self.quotes.all if q.start == tokens[begin].start), None)
            text = quote.inner if quote else None
        else:
            text = Span(tokens[begin].start, tokens[end - 1].end)
        if text and word_count(text.of(self.reading.text)) >= 3:
            self.statements.append(
                Statement(
                    evidence=document.headlines,
                    kind="direct" if direct else "indirect",
                    text=text,
                    speaker=who[0],
                    headline=True,
                )
            )


__all__ = ["LEAST_WORDS", "Quote", "Speech", "find_quotes", "interviews"]
