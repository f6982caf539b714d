"""How a sentence was read: names with the reasons for their links, dates, clauses, frames and what fills their roles.

    for line in trace(document, gazetteer, claim.evidence[0]):
        print(line)

The document is read again, by the rules that read it for the dataset, and each layer is asked what it made of the
sentence. Nothing of it is kept with the claims: the text and kg's version are enough to tell it again.
"""

from collections.abc import Iterator

from kg.extract import extract
from kg.extract.clauses import Clause, Phrase, clauses_of
from kg.extract.clauses.reality import reality, reality_of_noun
from kg.extract.clauses.when import date_of
from kg.extract.frames import Instance, instances
from kg.extract.reading import Reading, Sentence
from kg.gazetteer import Gazetteer
from kg.model import Document, EventClaim, Extraction, Span

_INDENT = "  "


def trace(document: Document, gazetteer: Gazetteer, evidence: Span) -> Iterator[str]:
    """Say what each layer made of the sentences that a piece of evidence overlaps.

    ``evidence`` is in characters of the source text, as every span.
    """
    kept: list[Reading] = []

    def keep(reading: Reading, extraction: Extraction) -> Extraction:
        kept.append(reading)
        return extraction

    claims = extract(document, gazetteer, extractors=[keep]).claims
    told = _Told(kept[0])
    for sentence in kept[0].sentences:
        if sentence.span.overlaps(evidence):
            yield from told.sentence(sentence)
            for claim in claims:
                if isinstance(claim, EventClaim) and claim.evidence[0].overlaps(sentence.span):
                    yield from told.event(sentence, claim)


class _Told:
    """A reading in words."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.text = reading, reading.document.source.text

    def sentence(self, sentence: Sentence) -> Iterator[str]:
        yield f"sentence {sentence.start}-{sentence.end}: {self._line(sentence.span)}"
        for found in self.reading.found[sentence.index]:
            link = (found.entity.key or "not linked") if found.entity else "not linked"
            yield f"{_INDENT}{found.kind} {found.text}: {link}"
            for key, reason in found.why:
                yield f"{_INDENT * 2}{key}: {reason.text}"
        for date in sentence.dates:
            yield f"{_INDENT}date {self._line(Span(date.start, date.end))}: {date.value or 'open'}"
        for quantity in self.reading.quantities[sentence.index]:
            yield f"{_INDENT}{quantity.kind} {self._line(Span(quantity.start, quantity.end))}: {quantity.value}"
        clauses = clauses_of(self.reading, sentence)
        for clause in clauses:
            yield from self._clause(clause, clauses)
        if not any(True for clause in clauses for _ in instances(clause)):
            yield f"{_INDENT}no frame in it: its claims were read from a row, a quantity, a quotation or an office"

    def event(self, sentence: Sentence, claim: EventClaim) -> Iterator[str]:
        """Where the place and the date of an event were taken from: its own sentence, or what stands around it."""
        called = claim.word or claim.family
        yield f"{_INDENT}event: {called}"
        if claim.place is not None:
            named = any(one.entity == claim.place for one in self.reading.found[sentence.index])
            site = claim.place.name in self._line(sentence.span)
            source = "named here" if named or site else f"from {self._before(sentence, claim)}"
            yield f"{_INDENT * 2}place: {claim.place.name}, {source}"
        if claim.date:
            said = any(date.value and date.value in claim.date for date in sentence.dates)
            yield f"{_INDENT * 2}date: {claim.date}, {'said here' if said else 'of the row, entry or section'}"

    def _before(self, sentence: Sentence, claim: EventClaim) -> str:
        """The last sentence that names a place before the one that only refers to it."""
        for before in reversed(self.reading.sentences[: sentence.index]):
            if any(one.entity == claim.place for one in self.reading.found[before.index]):
                return f"sentence {before.start}-{before.end}"
        return "a heading or the date line"

    def _clause(self, clause: Clause, clauses: tuple[Clause, ...]) -> Iterator[str]:
        within = f" within {clauses.index(clause.parent) + 1}" if clause.parent in clauses else ""
        marker = f" after {clause.marker!r}" if clause.marker else ""
        yield f"{_INDENT}clause {clauses.index(clause) + 1}: {clause.kind}{within}{marker}, {reality(clause)}"
        if clause.verb is not None:
            yield f"{_INDENT * 2}verb: {self._tokens(clause.verb.first, clause.verb.last)} ({clause.verb.word})"
        for role, phrase in (("subject", clause.subject), *(("object", one) for one in clause.objects)):
            if phrase is not None:
                yield f"{_INDENT * 2}{role}: {self._phrase(phrase)}"
        for adjunct in clause.adjuncts:
            if adjunct.phrase is not None:
                yield f"{_INDENT * 2}{adjunct.preposition or 'beside'}: {self._phrase(adjunct.phrase)}"
        if clause.verb is not None and any(True for _ in clause.dates()):
            dates = ", ".join(adjunct.date.value or "open" for adjunct in clause.dates() if adjunct.date is not None)
            yield f"{_INDENT * 2}date: {date_of(clause) or 'none'}, of {dates}"
        for instance in instances(clause):
            yield from self._instance(instance)

    def _instance(self, instance: Instance) -> Iterator[str]:
        frame = instance.frame
        told = self._tokens(instance.first, instance.last)
        yield f"{_INDENT * 2}frame: {frame.family} {frame.word or ''}".rstrip() + f", told by {told!r}"
        if instance.event is not None:
            yield f"{_INDENT * 3}told by a noun, {reality_of_noun(instance.clause, instance.event.noun)}"
        for role, phrases in (
            ("of what", instance.themes),
            ("by whom", (instance.actor,)),
            ("from whom", (instance.loser,)),
        ):
            for phrase in phrases:
                if phrase is not None:
                    yield f"{_INDENT * 3}{role}: {self._phrase(phrase)}"
        if not instance.themes:
            yield f"{_INDENT * 3}of what: left out; it is what was spoken of"

    def _phrase(self, phrase: Phrase) -> str:
        return self._tokens(phrase.first, phrase.last)

    def _tokens(self, first: int, last: int) -> str:
        tokens = self.reading.tokens[first:last]
        return self._line(Span(tokens[0].start, tokens[-1].end)) if tokens else ""

    def _line(self, span: Span) -> str:
        return " ".join(span.of(self.text).split())
