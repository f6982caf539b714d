"""Interviews: their turns, and the event that somebody was interviewed."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extract import words
from kg.extract.names import Found
from kg.extract.reading import Reading, Sentence
from kg.extract.speech.quotes import LEAST_WORDS, word_count
from kg.extract.speech.speakers import Speakers
from kg.model import Entity, EventClaim, Span, Statement
from kg.text.blocks import Block
from kg.text.tokens import Token

if TYPE_CHECKING:
    from kg.extract.speech import Speech


_QUESTION = re.compile(r"(?:Q|Question|Interviewer)\s*[.:]\s*", re.IGNORECASE)
_ANSWER = re.compile(r"(?:A|Answer)\s*[.:]\s*", re.IGNORECASE)
_DASH = re.compile(r"[—–-]\s+")
_LABEL = re.compile(r"(?P<label>[^\W\d_][^:\n.?!\"“«]{1,60}?)\s*:\s+(?=\S)")

_INTERVIEWED = frozenset(("interview", "interviewed", "spoke", "talked", "talks", "speaks"))


class Interview:
    """Turns with ``Q.`` and ``A.``, dashes, or surnames: an answer is direct speech of the one who is interviewed."""

    def __init__(self, speakers: Speakers, statements: list[Statement]) -> None:
        self.speakers, self.statements = speakers, statements
        self.reading = speakers.reading
        self.turn_labels: dict[str, Entity] = {}
        self.asking = ""
        self.answers: set[Span] = set()  # blocks of an interview in dashes that answer
        self.questions: set[Span] = set()  # blocks in which an interviewer speaks: nothing is claimed in them

    def interviewee(self) -> tuple[str, Entity] | None:
        """The form of an interview's turns (``Q.``/``A.``, dashes) and who answers."""
        blocks = [block for block in self.reading.blocks if block.kind in ("paragraph", "item")]
        texts = [block.span.of(self.reading.text) for block in blocks]
        questions = sum(bool(_QUESTION.match(text)) for text in texts)
        answers = sum(bool(_ANSWER.match(text)) for text in texts)
        people = [person for person in self.speakers.people.all if not person.credited]
        if not people:
            return None
        if questions >= 1 and answers >= 1:
            return "label", people[0].entity
        labels = self._labels(blocks, texts)
        if labels is not None:
            return "name", labels
        dashes = [number for number, text in enumerate(texts) if self._dashed(blocks[number], text)]
        asked = sum(texts[number].rstrip().endswith("?") for number in dashes)
        if len(dashes) >= 4 and asked >= 2 and texts[dashes[0]].rstrip().endswith("?"):
            self.answers = {blocks[number].span for number in dashes[1::2]}
            return "dash", people[0].entity
        return None

    def _labels(self, blocks: Sequence[Block], texts: Sequence[str]) -> Entity | None:
        """Turns that begin with a surname and a colon: who answers, as against who asks; None where there are no
        such turns.
        """
        turns: dict[str, list[str]] = {}
        for text in texts:
            if match := _LABEL.match(text):
                turns.setdefault(match["label"], []).append(text[match.end() :])
        spoken = {
            label: person
            for label, said in turns.items()
            if len(said) >= 2 and (person := self.speakers.people.of_surname(label.split(",")[0])) is not None
        }
        if len(turns) < 2 or not spoken or max(map(len, turns.values())) < 2:
            return None
        asking = max(turns, key=lambda label: sum(said.rstrip().endswith("?") for said in turns[label]))
        answering = [label for label in spoken if label != asking]
        if not answering or not any(said.rstrip().endswith("?") for said in turns[asking]):
            return None
        self.turn_labels = {label: spoken[label].entity for label in answering}
        self.asking = asking
        return spoken[answering[0]].entity

    def _dashed(self, block: Block, text: str) -> bool:
        source = self.reading.text
        before = source[max(0, block.span.start - 3) : block.span.start]
        return bool(_DASH.match(text)) or (block.kind == "item" and before.strip() in ("-", "–", "—"))

    def turn(self, block: Block, interview: tuple[str, Entity]) -> bool:
        """One turn of an interview; an answer is direct speech of the one who is interviewed."""
        form, speaker = interview
        text = block.span.of(self.reading.text)
        if form == "name":
            label = _LABEL.match(text)
            if label is None:
                return False
            if label["label"] == self.asking:
                self.questions.add(block.span)
                return True
            if label["label"] not in self.turn_labels:
                return False
            speaker = self.turn_labels[label["label"]]
            begin = block.span.start + label.end()
        elif form == "label":
            if _QUESTION.match(text):
                self.questions.add(block.span)
                return True
            match = _ANSWER.match(text)
            if not match:
                return False
            begin = block.span.start + match.end()
        else:
            if not self._dashed(block, text):
                return False
            if block.span not in self.answers:
                self.questions.add(block.span)
                return True
            match = _DASH.match(text)
            begin = block.span.start + (match.end() if match else 0)
        span = Span(begin, block.span.end)
        if word_count(span.of(self.reading.text)) >= LEAST_WORDS:
            self.statements.append(Statement(evidence=(block.span,), kind="direct", text=span, speaker=speaker))
            self.speakers.speaks(block.span.start, speaker)
        return True


def interviews(reading: Reading, found: list[list[Found]], speech: "Speech") -> Iterator[EventClaim]:
    """``in an interview with TRT World``: an event with the one who speaks and the outlet; once a pair."""
    tokens = reading.tokens
    seen: set[tuple[str, str]] = set()
    spoken = sorted((s for s in speech.statements if s.speaker), key=lambda said: said.evidence[0].start)
    starts = [statement.evidence[0].start for statement in spoken]

    def speaker_in(span: Span) -> Entity | None:
        """Who is the first to say something in a span."""
        after = bisect_left(starts, span.start)
        return next((s.speaker for s in spoken[max(0, after - 1) : after + 1] if s.evidence[0].overlaps(span)), None)

    for sentence in reading.sentences:
        if sentence.lows.isdisjoint(_INTERVIEWED):
            continue
        for index in range(sentence.first, sentence.last):
            talked = tokens[index].low in ("spoke", "talked", "talks", "speaks") and bool(speech.interview.questions)
            if tokens[index].low not in ("interview", "interviewed") and not talked:
                continue
            outlet = _outlet_of(reading, found[sentence.index], sentence, index)
            speaker = speaker_in(sentence.span)
            if speaker is None:
                speaker = next(
                    (one.entity for one in found[sentence.index] if one.kind == "person" and one.entity), None
                )
            if speaker is None and outlet is not None:
                speaker = speech.speakers.focus[-1][1] if speech.speakers.focus else None
            if outlet is None and speech.interview.questions:
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
