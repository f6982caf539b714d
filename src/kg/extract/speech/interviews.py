"""Interviews as events: that somebody was interviewed."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.extract import words
from kg.extract.found import Found
from kg.extract.reading import Reading, Sentence
from kg.extract.speech.turns import Turns
from kg.model import Entity, EventClaim, Statement

_INTERVIEWED = frozenset(("interview", "interviewed"))
_LENGTHS = frozenset("hour hours minutes conversation conversations talk answers".split())
_TALKED = frozenset("spoke talked talks speaks met meets conversation sat".split())


class Interviews:
    """The interviews that a document tells of, with who speaks in them."""

    def __init__(self, reading: Reading, statements: Sequence[Statement], turns: Turns) -> None:
        self.reading = reading
        self.asked = min((question.start for question in turns.questions), default=0)  # where an interviewer begins
        answering = (turn.speaker for turn in turns.blocks.values() if not turn.asks)
        self.answers = next((one for one in answering if one is not None and one.kind != "described"), None)
        named = (said for said in statements if said.speaker and said.speaker.kind != "described")
        self._said = sorted(named, key=lambda said: said.evidence[0].start)
        self._starts = [said.evidence[0].start for said in self._said]

    def read(self) -> Iterator[EventClaim]:
        """``in an interview with TRT World``: an event with the one who speaks and the outlet; once a pair."""
        seen: set[tuple[str, str]] = set()
        for sentence, index in self._told():
            outlet = _outlet_of(self.reading, self.reading.found[sentence.index], sentence, index)
            talked = self.reading.tokens[index].low in _TALKED
            speaker = (self.answers if talked else None) or self._speaker(sentence, known=outlet is not None)
            if outlet is None and self.asked:
                outlet = self._first(sentence, "organization")
            if speaker is None or (outlet is None and not talked and not self._gave(index)):
                continue
            pair = (speaker.name, outlet.name if outlet else "")
            if pair in seen or (outlet is None and any(speaker.name == name for name, _ in seen)):
                continue
            seen.add(pair)
            yield EventClaim(
                evidence=(sentence.span,),
                family="interview",
                called_as=self.reading.tokens[index].text,
                actors=(speaker, outlet) if outlet else (speaker,),
                date=self._date(sentence, index),
            )

    def _told(self) -> Iterator[tuple[Sentence, int]]:
        """Each word that tells of an interview, with its sentence: before questions also ``spoke``."""
        for sentence in self.reading.sentences:
            talked = sentence.start < self.asked or self._heads(sentence) or _recorded(sentence)
            told = _INTERVIEWED | (_TALKED if talked else frozenset())
            for index in range(sentence.first, sentence.last) if not sentence.lows.isdisjoint(told) else ():
                before = self.reading.tokens[max(sentence.first, index - 4) : index]
                negated = any(token.low in words.NEGATIONS for token in before)
                if self.reading.tokens[index].low in told and not negated:
                    yield sentence, index

    def _heads(self, sentence: Sentence) -> bool:
        """``X in conversation with our editor, 3 May 2009``: a line over an interview."""
        lows = [token.low for token in self.reading.words(sentence)]
        at = lows.index("conversation") if "conversation" in sentence.lows else 0
        names = self.reading.found[sentence.index]
        person = bool(names) and names[0].kind == "person" and names[0].first == sentence.first
        return person and names[0].last - sentence.first == at - 1 and lows[at + 1 : at + 3] == ["with", "our"]

    def _speaker(self, sentence: Sentence, *, known: bool) -> Entity | None:
        """Who says something in the sentence, or is named in it; where the outlet is known, who spoke last."""
        after = bisect_left(self._starts, sentence.start)
        near = (said for said in self._said[max(0, after - 1) : after + 1] if said.evidence[0].overlaps(sentence.span))
        speaker = next((said.speaker for said in near), None) or self._first(sentence, "person")
        if speaker is None and known and self._said:
            speaker = self._said[-1].speaker
        return speaker

    def _first(self, sentence: Sentence, kind: str) -> Entity | None:
        group = self.reading.found[sentence.index]
        return next((one.entity for one in group if one.kind == kind and one.entity), None)

    def _gave(self, index: int) -> bool:
        before = self.reading.tokens[max(0, index - 3) : index]
        return self.reading.tokens[index].low == "interview" and any(t.low in ("gave", "told", "in") for t in before)

    def _date(self, sentence: Sentence, index: int) -> str | None:
        """A day soon after the word, or another date right after it."""
        token = self.reading.tokens[index]
        near = (dated for dated in sentence.dates if dated.value and 0 < dated.start - token.start < 60)
        return next((d.value for d in near if len(d.value) == 10 or d.start - token.end <= 4), None)


def _recorded(sentence: Sentence) -> bool:
    """``I met X and taped an hour on the fence``: whether who writes says that a talk was recorded."""
    return not any(map(sentence.lows.isdisjoint, (("i", "we"), ("taped", "recorded"), _LENGTHS)))


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
