"""Speakers of quotations that the rules left without one, by the dependency parse."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.extract.reading import Reading
from kg.extract.speech import LEAST_WORDS, Quote, find_quotes
from kg.extract.statistical.candidates import SAYING, Taken
from kg.extract.statistical.passages import Passage
from kg.extract.statistical.references import CONFIDENCE_OF_PRONOUN, SUBJECTS, THIRD, Who
from kg.model import Entity, Extraction, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

CONFIDENCE = Decimal("0.7")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it, in which words, and how surely."""

    speaker: Entity
    span: Span
    confidence: Decimal


def speakers(reading: Reading, read: Sequence[Passage], extraction: Extraction, who: Who) -> Iterator[Statement]:
    """Direct speech whose speaker is the subject of a verb of saying beside it, in the order of the text.

    A quotation of which the rules made a statement, and words of the writer's in marks, are left alone.
    """
    said = Taken(claim.text for claim in extraction.claims if isinstance(claim, Statement))
    quotes_of: dict[int, list[Quote]] = {}
    for passage in read:
        number = passage.block
        if number not in quotes_of:
            quotes_of[number] = list(find_quotes(reading.text, number, reading.blocks[number]))
        quotes = [quote for quote in quotes_of[number] if quote.inner in passage.span]
        for quote in quotes:
            text = _trimmed(quote.inner, reading.text)
            if len(text.of(reading.text).split()) < LEAST_WORDS or text in said:
                continue
            if attribution := _attribution(passage, quote, quotes, who, reading.text):
                yield Statement(
                    evidence=(Span(quote.start, quote.end), attribution.span),
                    kind="direct",
                    text=text,
                    speaker=attribution.speaker,
                    method="model",
                    confidence=attribution.confidence,
                )


def _attribution(passage: Passage, quote: Quote, quotes: Sequence[Quote], who: Who, text: str) -> Attribution | None:
    """The attribution nearest to a quotation, in the words after it or else before it, of one sentence with it."""
    for verb in _verbs_beside(passage, quote, quotes, text):
        subject = _subject(verb) or _inverted(verb, passage, quote)
        if subject is None or any(passage.span_of(subject).overlaps(other.inner) for other in quotes):
            continue
        said, named = passage.span_of(verb), passage.span_of(subject)
        pronoun = subject.lower_ in THIRD
        speaker = who.before(named.start) if pronoun else None
        if not pronoun and (found := _named(subject, passage, who)):
            speaker, named = found
        if speaker is not None:
            whole = Span(min(named.start, said.start), max(named.end, said.end))
            return Attribution(speaker, whole, CONFIDENCE_OF_PRONOUN if pronoun else CONFIDENCE)
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


def _subject(verb: "Token") -> "Token | None":
    """The grammatical subject of a verb, or of the verb that it continues, or what a relative clause is about."""
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            return verb.head if child.lower_ in ("who", "which") and verb.dep_ == "relcl" else child
    return _subject(verb.head) if verb.dep_ == "conj" and verb.head != verb else None


def _inverted(verb: "Token", passage: Passage, quote: Quote) -> "Token | None":
    """What looks like the object of a verb right after a quotation is its subject: the quotation is the object."""
    between = passage.span_of(verb).start - quote.end
    return next((child for child in verb.rights if child.dep_ == "dobj"), None) if 0 <= between <= 2 else None


def _named(subject: "Token", passage: Passage, who: Who) -> tuple[Entity, Span] | None:
    """Whom a subject names, itself or in apposition: ``a spokesman, John Smith``."""
    for token in (subject, *(child for child in subject.children if child.dep_ in ("appos", "compound"))):
        if found := who.at(passage.span_of(token)):
            return found
    return None


def _trimmed(span: Span, text: str) -> Span:
    quoted = span.of(text)
    return Span(span.end - len(quoted.lstrip()), span.start + len(quoted.rstrip()))
