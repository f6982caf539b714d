"""Speakers of quotations that the rules left without one, by the dependency parse."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.extract import words
from kg.extract.reading import Reading
from kg.extract.speech import LEAST_WORDS, Quote, find_quotes
from kg.extract.statistical.passages import Passage
from kg.model import Entity, Extraction, Mention, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

CONFIDENCE = Decimal("0.6")
CONFIDENCE_OF_PRONOUN = Decimal("0.4")
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
SAYING = words.SAY.keys() | words.SAY_ONLY_QUOTE
NEAR = 600  # characters within which a pronoun looks back for a person


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it, in which words, and how surely."""

    speaker: Entity
    span: Span
    confidence: Decimal


def speakers(
    reading: Reading, read: Sequence[Passage], extraction: Extraction, named: Iterable[Mention]
) -> Iterator[Statement]:
    """Direct speech whose speaker is the subject of a verb of saying beside it, in the order of the text.

    A quotation of which the rules made a statement, and words of the writer's in marks, are left alone.
    """
    who = Who([*extraction.mentions, *named])
    said = [claim.text for claim in extraction.claims if isinstance(claim, Statement)]
    for passage in read:
        block = reading.blocks[passage.block]
        quotes = [quote for quote in find_quotes(reading.text, passage.block, block) if quote.inner in passage.span]
        for quote in quotes:
            text = _trimmed(quote.inner, reading.text)
            if len(text.of(reading.text).split()) < LEAST_WORDS or any(text.overlaps(other) for other in said):
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


def _attribution(passage: Passage, quote: Quote, quotes: Sequence[Quote], who: "Who", text: str) -> Attribution | None:
    """The attribution nearest to a quotation, in the words after it or else before it, of one sentence with it."""
    for verb in _verbs_beside(passage, quote, quotes, text):
        subject = _subject(verb)
        if subject is None or any(passage.span_of(subject).overlaps(other.inner) for other in quotes):
            continue
        found = (
            who.pronoun(passage.span_of(subject)) if subject.lower_ in ("he", "she") else who.named(subject, passage)
        )
        if found is not None:
            entity, span = found
            verb_span = passage.span_of(verb)
            whole = Span(min(span.start, verb_span.start), max(span.end, verb_span.end))
            sure = CONFIDENCE_OF_PRONOUN if subject.lower_ in ("he", "she") else CONFIDENCE
            return Attribution(entity, whole, sure)
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


class Who:
    """The people and organizations that a document names, by where."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._named = sorted(
            ((m.span, m.entity) for m in mentions if m.entity is not None and m.kind in ("person", "organization")),
            key=lambda pair: pair[0],
        )
        self._starts = [span.start for span, _ in self._named]

    def named(self, subject: "Token", passage: Passage) -> tuple[Entity, Span] | None:
        """Whom the subject names itself, or in apposition: ``a spokesman, John Smith``."""
        for token in (subject, *(child for child in subject.children if child.dep_ in ("appos", "compound"))):
            span = passage.span_of(token)
            index = bisect_right(self._starts, span.start) - 1
            if index >= 0 and span in self._named[index][0]:
                return self._named[index][1], self._named[index][0]
        return None

    def pronoun(self, span: Span) -> tuple[Entity, Span] | None:
        """The person named last before a pronoun, and the pronoun; nobody where that is too far back."""
        for index in range(bisect_left(self._starts, span.start) - 1, -1, -1):
            before, entity = self._named[index]
            if span.start - before.end > NEAR:
                return None
            if entity.kind == "person":
                return entity, span
        return None


def _trimmed(span: Span, text: str) -> Span:
    quoted = span.of(text)
    return Span(span.end - len(quoted.lstrip()), span.start + len(quoted.rstrip()))
