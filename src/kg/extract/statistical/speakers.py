"""Speakers of quotations that the rules left without one, by the dependency parse."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.reading import Reading
from kg.extract.speech import LEAST_WORDS, Quote, Quotes
from kg.extract.statistical.candidates import SAYING, Taken
from kg.extract.statistical.passages import Passage
from kg.extract.statistical.references import Speaker, Who
from kg.model import Extraction, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token


def speakers(reading: Reading, read: Sequence[Passage], extraction: Extraction, who: Who) -> Iterator[Statement]:
    """Direct speech whose speaker is the subject of a verb of saying beside it, in the order of the text.

    A quotation of which the rules made a statement, and words of the writer's in marks, are left alone.
    """
    said = Taken(claim.text for claim in extraction.claims if isinstance(claim, Statement))
    quotes_of = Quotes(reading).by_block
    for passage in read:
        quotes = [quote for quote in quotes_of.get(passage.block, ()) if quote.inner in passage.span]
        for quote in quotes:
            text = _trimmed(quote.inner, reading.text)
            if len(text.of(reading.text).split()) < LEAST_WORDS or text in said:
                continue
            if attribution := _attribution(passage, quote, quotes, who, reading.text):
                yield Statement(
                    evidence=(Span(quote.start, quote.end), attribution.span),
                    kind="direct",
                    text=text,
                    speaker=attribution.entity,
                    method="model",
                    confidence=attribution.confidence,
                )


def _attribution(passage: Passage, quote: Quote, quotes: Sequence[Quote], who: Who, text: str) -> Speaker | None:
    """The speaker nearest to a quotation, in the words after it or else before it, of one sentence with it.

    Its span is the attribution: the subject, the verb and what stands between.
    """
    for verb in _verbs_beside(passage, quote, quotes, text):
        found = who.speaker(verb, passage) or who.speaker(verb, passage, _inverted(verb, passage, quote))
        if found and not any(found.span.overlaps(other.inner) for other in quotes):
            said = passage.span_of(verb)
            return replace(found, span=Span(min(found.span.start, said.start), max(found.span.end, said.end)))
    return None


def _verbs_beside(passage: Passage, quote: Quote, quotes: Sequence[Quote], text: str) -> list["Token"]:
    """Verbs of saying between a quotation and the nearest full stop or other quotation, those after it first."""
    after = min((other.start for other in quotes if other.start >= quote.end), default=passage.span.end)
    before = max((other.end for other in quotes if other.end <= quote.start), default=passage.span.start)
    verbs = [(passage.span_of(token).start, token) for token in passage.parsed if token.lower_ in SAYING]
    following = [token for start, token in verbs if quote.end <= start < after and not _stops(text, quote.end, start)]
    leading = [
        token for start, token in verbs if before <= start < quote.start and not _stops(text, start, quote.start)
    ]
    return following + leading[::-1]


def _stops(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends between two offsets; a title's or initial's dot ends none."""
    return any(
        mark in "!?" or not text[max(start, offset - 4) : offset].split(" ")[-1].istitle()
        for offset, mark in enumerate(text[start:end], start)
        if mark in ".!?"
    )


def _inverted(verb: "Token", passage: Passage, quote: Quote) -> "Token | None":
    """What looks like the object of a verb right after a quotation is its subject: the quotation is the object."""
    between = passage.span_of(verb).start - quote.end
    return next((child for child in verb.rights if child.dep_ == "dobj"), None) if 0 <= between <= 2 else None


def _trimmed(span: Span, text: str) -> Span:
    quoted = span.of(text)
    return Span(span.end - len(quoted.lstrip()), span.start + len(quoted.rstrip()))
