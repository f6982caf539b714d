"""Whose words a claim is: quotations, reported speech, headlines, transcripts and interviews.

A quotation takes its speaker from the words around it in its own paragraph, never from another paragraph, but where
that ends in a colon, or the quotation goes on over paragraphs. Reported speech needs a verb of saying. Who speaks is
the head of the subject; somebody without a name is a speaker as the text describes them. What stands in quotation
marks or in a reported clause is never in the document's own voice.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.lexicon import word
from kg.extract.people import People
from kg.extract.people.phrases import mark_at, phrase_from
from kg.extract.reading import Reading, Sentence
from kg.extract.speech.attributions import Attributions, saying
from kg.extract.speech.interviews import Interviews
from kg.extract.speech.marks import LEAST_WORDS, Quote, Quotes, word_count
from kg.extract.speech.quotations import Quotations
from kg.extract.speech.reported import Reported
from kg.extract.speech.speakers import Speakers
from kg.extract.speech.turns import Turns
from kg.model import Entity, EventClaim, Mention, Span, Statement
from kg.text.blocks import Block

_UNKNOWN = Entity("described", "a quotation")  # words in quotation marks of which the text does not say whose they are
_OPENERS = frozenset(("according", "words", "quote", "opinion", "view", "belief", "conviction", "puts", "put", "sees"))
_LONGEST_LABEL = 10  # chunks before the colon of a headline


class Speech:
    """Reads the statements of one document, in the order of the text, since pronouns look back."""

    def __init__(self, reading: Reading, people: People) -> None:
        self.reading, self.tokens = reading, reading.tokens
        self.quotes = Quotes(reading)
        self.speakers = Speakers(reading, people)
        self.attributions = Attributions(self.speakers)
        self.quotations = Quotations(self.attributions, self.quotes)
        self.reported = Reported(self.attributions, self.quotes)
        self.turns = Turns(self.attributions)
        self.statements: list[Statement] = []

    def read(self) -> list[Statement]:
        """All statements; those of one place in the order of the text."""
        for number, block in enumerate(self.reading.blocks):
            if block.kind == "rule":
                continue
            sentences = self.reading.block_sentences(number)
            if self._is_headline(block) and number not in self.turns.blocks:
                self._headline(block, sentences)
                self._heads_interview(sentences)
                for quote in self.quotes.by_block.get(number, []):
                    quote.speaker = self.quotations.signed(quote, block)
            elif number in self.turns.blocks:
                self.statements += filter(None, [self.turns.read(number)])
            else:
                self._block(number, block, sentences)
        self.statements += [said for said in self.quotations.statements() if not self._in_turn(said.evidence[0])]
        return self.statements

    def interviews(self) -> Iterator[EventClaim]:
        """The interviews that the document tells of."""
        return Interviews(self.reading, self.statements, self.turns).read()

    def voices(self) -> "Voices":
        """Whose words stand where, those of nobody known included."""
        heard = [
            (said.text, said.speaker) for said in self.statements if said.speaker is not None and not said.headline
        ]
        unknown = [
            (quote.inner, _UNKNOWN)
            for quote in self.quotes.all
            if quote.speaker is None and self.quotations.spoken(quote) and not self._in_turn(quote.inner)
        ]
        return Voices(heard + unknown + self.reported.unheard)

    def mentions(self) -> list[Mention]:
        """The pronouns that were understood, as mentions of who is meant."""
        return [
            Mention(span, "person", entity)
            for span, entity in self.speakers.pronouns.items()
            if entity.kind == "person"
        ]

    def _in_turn(self, span: Span) -> bool:
        sentence = self.reading.sentence_at(span.start)
        return sentence is not None and sentence.block in self.turns.blocks

    def _is_headline(self, block: Block) -> bool:
        headlines = self.reading.document.headlines
        return block.kind == "heading" or any(block.span.overlaps(headline) for headline in headlines)

    def _block(self, number: int, block: Block, sentences: Sequence[Sentence]) -> None:
        quotes = self.quotes.by_block.get(number, [])
        position = 0
        for sentence in sentences:
            if any(one.kind == "person" for one in self.reading.found[sentence.index]):
                self.speakers.focus.read(self.attributions.chunks(sentence))
            while position < len(quotes) and quotes[position].start < sentence.end:
                self.quotations.attribute(position, quotes, block)
                position += 1
            if any(map(_speaks, sentence.lows)):
                self.statements += self.reported.read(sentence)

    def _heads_interview(self, sentences: Sequence[Sentence]) -> None:
        """``X in conversation with our editor``: the one person of a title over an interview is spoken of below."""
        for sentence in sentences:
            persons = [one for one in self.reading.found[sentence.index] if one.kind == "person"]
            if len(persons) == 1 and "conversation" in sentence.lows:
                self.speakers.focus.read(self.attributions.chunks(sentence))

    def _headline(self, block: Block, sentences: Sequence[Sentence]) -> None:
        """``Azerbaijani FM: We need ...``; a headline that is repeated is one statement."""
        document = self.reading.document
        if not sentences or not document.headlines or block.span != document.headlines[0]:
            return
        if not any(":" in sentence.lows for sentence in sentences):
            return
        chunks = [chunk for sentence in sentences for chunk in self.attributions.chunks(sentence)]
        colon = next((i for i in range(min(len(chunks), _LONGEST_LABEL)) if mark_at(chunks, i) == ":"), None)
        subject = phrase_from(chunks, 0, colon) if colon is not None else None
        if colon is None or subject is None or subject.last != colon or colon + 1 >= len(chunks):
            return
        if any(self.tokens[index].kind == "n" for index in range(chunks[0].first, chunks[colon].first)):
            return  # "NORTHERN FRONT, 1937: ...": a title
        speaker = self.speakers.who(subject)
        if speaker is None or speaker.kind == "described" or speaker.type in ("state", "country"):
            return
        quote = self.quotes.at(self.tokens[chunks[colon + 1].first].start)
        text = (
            quote.inner
            if quote
            else Span(self.tokens[chunks[colon + 1].first].start, self.tokens[sentences[-1].last - 1].end)
        )
        if word_count(text.of(self.reading.text)) >= 3:
            kind = "direct" if quote else "indirect"
            self.statements.append(
                Statement(evidence=document.headlines, kind=kind, text=text, speaker=speaker, headline=True)  # type: ignore[arg-type]
            )


class Voices:
    """Whose words stand where: looked up by offset, since a long text has many."""

    def __init__(self, heard: Sequence[tuple[Span, Entity]]) -> None:
        self._heard = sorted(heard, key=lambda one: one[0])
        self._starts = [span.start for span, _ in self._heard]

    def at(self, offset: int) -> Entity | None:
        """Whose words stand at an offset; the innermost where one speaks within another's words."""
        index = bisect_right(self._starts, offset)
        around = (one for one in reversed(self._heard[max(0, index - 4) : index]) if offset < one[0].end)
        return next((speaker for _, speaker in around), None)

    def of(self, span: Span) -> Entity | None:
        """Whose words make up a span, or stand in it."""
        index = bisect_right(self._starts, span.end)
        for said, speaker in self._heard[max(0, index - 4) : index]:
            shared = min(said.end, span.end) - max(said.start, span.start)
            if said in span or shared > 0.8 * (span.end - span.start):
                return speaker
        return None


@lru_cache(maxsize=1 << 12)
def _speaks(low: str) -> bool:
    return low in _OPENERS or word(low).lemma in saying()


__all__ = ["LEAST_WORDS", "Quote", "Quotes", "Speech", "Voices"]
