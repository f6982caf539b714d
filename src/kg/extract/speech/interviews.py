"""Interviews as events: that somebody was interviewed."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extract import words
from kg.extract.names import Found
from kg.extract.reading import Reading, Sentence
from kg.model import Entity, EventClaim, Span
from kg.text.tokens import Token

if TYPE_CHECKING:
    from kg.extract.speech import Speech


_INTERVIEWED = frozenset(("interview", "interviewed", "spoke", "talked", "talks", "speaks"))


def interviews(reading: Reading, found: list[list[Found]], speech: "Speech") -> Iterator[EventClaim]:
    """``in an interview with TRT World``: an event with the one who speaks and the outlet; once a pair."""
    tokens = reading.tokens
    seen: set[tuple[str, str]] = set()
    spoken = sorted(
        (s for s in speech.statements if s.speaker and s.speaker.kind != "speaker"),
        key=lambda said: said.evidence[0].start,
    )
    starts = [statement.evidence[0].start for statement in spoken]

    def speaker_in(span: Span) -> Entity | None:
        """Who is the first to say something in a span."""
        after = bisect_left(starts, span.start)
        return next((s.speaker for s in spoken[max(0, after - 1) : after + 1] if s.evidence[0].overlaps(span)), None)

    for sentence in reading.sentences:
        if sentence.lows.isdisjoint(_INTERVIEWED):
            continue
        for index in range(sentence.first, sentence.last):
            talked = tokens[index].low in ("spoke", "talked", "talks", "speaks") and bool(speech.turns.questions)
            if tokens[index].low not in ("interview", "interviewed") and not talked:
                continue
            outlet = _outlet_of(reading, found[sentence.index], sentence, index)
            speaker = speaker_in(sentence.span)
            if speaker is None:
                speaker = next(
                    (one.entity for one in found[sentence.index] if one.kind == "person" and one.entity), None
                )
            if speaker is None and outlet is not None:
                speaker = speech.speakers.last
            if outlet is None and speech.turns.questions:
                outlet = next(
                    (one.entity for one in found[sentence.index] if one.kind == "organization" and one.entity), None
                )
            if speaker is None or (outlet is None and not _gave(tokens, index)):
                continue
            pair = (speaker.name, outlet.name if outlet else "")
            if any(speaker.name == name for name, _ in seen) and outlet is None:
                continue
            if pair in seen or any(
                token.low in words.NEGATIONS for token in tokens[max(sentence.first, index - 4) : index]
            ):
                continue
            seen.add(pair)
            date = next(
                (
                    d.value
                    for d in sentence.dates
                    if d.value
                    and (len(d.value) == 10 or d.start - tokens[index].end <= 4)
                    and 0 < d.start - tokens[index].start < 60
                ),
                None,
            )
            actors = (speaker, outlet) if outlet else (speaker,)
            yield EventClaim(
                evidence=(sentence.span,), family="interview", called_as=tokens[index].text, actors=actors, date=date
            )


def _gave(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].low == "interview" and any(
        t.low in ("gave", "told", "in") for t in tokens[max(0, index - 3) : index]
    )


def _outlet_of(reading: Reading, group: Sequence[Found], sentence: Sentence, index: int) -> Entity | None:
    tokens = reading.tokens
    after = [one for one in group if one.first > index and one.kind == "organization"]
    for one in after:
        between = tokens[index + 1 : one.first]
        if len(between) <= 6 and any(t.low in ("with", "to", "for", "by", "on") for t in between):
            return one.entity
    for one in group:
        if (
            one.kind == "organization"
            and one.first < index
            and any(t.low == "told" for t in tokens[max(sentence.first, one.first - 3) : one.first])
        ):
            return one.entity
    return None
