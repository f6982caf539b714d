"""Turns: transcripts and interviews, where who speaks stands before the words, or is known from the form.

``Q.`` and ``A.``; ``NAME: ...``, ``NAME, OUTLET: ...``, ``THE SPEAKER (A. Berg): ...``; dashes in turn; questions in
paragraphs of their own. A turn goes on over paragraphs up to the next.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extract.clauses import Noun, Verb
from kg.extract.people.persons import is_person_noun, saying_verbs
from kg.extract.people.phrases import mark_at, phrase_from, verb_at
from kg.extract.reading import Sentence
from kg.extract.speech.attributions import Attributions
from kg.extract.speech.interviewed import CODED, TALKS, interviewee
from kg.extract.speech.marks import LEAST_WORDS, word_count
from kg.model import Entity, Span, Statement
from kg.text.blocks import Block

_QUESTION = re.compile(r"(?:Q|Question|Interviewer)\s*\d{0,3}\s*[.:]\s*", re.IGNORECASE)
_ANSWER = re.compile(r"(?:A|Answer)\s*\d{0,3}\s*[.:]\s*", re.IGNORECASE)
_DASH = re.compile(r"[—–-]\s+")
_LABEL = re.compile(r"(?:[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?\s+)?(?P<label>[^\W\d_][^:\n?!\"“«]{1,80}?)\s*:\s+(?=\S)")
_AFFILIATION = re.compile(r"\([^()]+\)$")  # a delegate's: who asks in minutes speaks for somebody
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|us|me|you|You)\b")
_ADDRESSED = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Madam|Professor|General|Colonel)\.? (?P<name>[^\W\d_][\w'’-]+),")
_GUESTS = frozenset("guest interviewee respondent".split())
_MY_NAME = re.compile(r"\b[Mm]y name is (?P<name>[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+){0,3})(?=[.,;])")
_AT_THE_DESK = frozenset("host guest interviewee respondent audience anchor voice staff studio".split())
_LONGEST_QUESTION = 240
_EMPHASIS = {"*", "_"}


@dataclass(slots=True)
class Turn:
    """What one speaks before another does: the words of its first block, and the blocks in which it goes on."""

    block: int
    begin: int
    label: str
    speaker: Entity | None = None
    asks: bool = False


class Turns:
    """The turns of a document, if it has the form of a transcript or an interview."""

    def __init__(self, attributions: Attributions) -> None:
        self.attributions = attributions
        self.speakers = attributions.speakers
        self.reading = attributions.reading
        self.text = self.reading.text
        self.questions: set[Span] = set()  # blocks in which an interviewer speaks: nothing is claimed in them
        self.blocks: dict[int, Turn] = {}  # by number of a block: whose turn it is
        for turn in self._found():
            self.blocks[turn.block] = turn
            if turn.asks:
                self.questions.add(self.reading.blocks[turn.block].span)
        self._go_on()

    def read(self, number: int) -> Statement | None:
        """The words of a block, as direct speech of whose turn it is."""
        turn = self.blocks[number]
        span = self.reading.blocks[number].span
        words = Span(turn.begin if turn.block == number else span.start, span.end)
        if turn.asks or turn.speaker is None or word_count(words.of(self.text)) < LEAST_WORDS:
            return None
        self.speakers.speak(span.start, turn.speaker)
        return Statement(evidence=(span,), kind="direct", text=words, speaker=turn.speaker)

    # --- the forms ---------------------------------------------------------------------------------------

    def _found(self) -> list[Turn]:
        spoken = [(n, b) for n, b in enumerate(self.reading.blocks) if b.kind in ("paragraph", "item")]
        texts = [(number, block.span.of(self.text).rstrip("*_ ")) for number, block in spoken]
        for form in (self._lettered, self._labelled, self._dashed, self._asked):
            if turns := form(texts):
                return turns
        return []

    def _lettered(self, texts: Sequence[tuple[int, str]]) -> list[Turn]:
        """``Q.`` and ``A.``"""
        turns: list[Turn] = []
        for number, text in texts:
            for pattern, asks in ((_QUESTION, True), (_ANSWER, False)):
                if match := pattern.match(text):
                    begin = self.reading.blocks[number].span.start + match.end()
                    turns.append(Turn(number, begin, "", None, asks))
        if not any(turn.asks for turn in turns) or all(turn.asks for turn in turns):
            return []
        who = Entity("described", "the person interviewed")
        return self._given(turns) or [replace(turn, speaker=None if turn.asks else who) for turn in turns]

    def _labelled(self, texts: Sequence[tuple[int, str]]) -> list[Turn]:
        """Labels that name somebody, at least two turns, and words that are somebody's."""
        turns: list[Turn] = []
        introduced: dict[str, Entity] = {}
        for number, text in texts:
            if (match := _LABEL.match(text)) and (said := text[match.end() :]) and self._speaks(said):
                speaker = self._called(match["label"]) or self._label(number, *match.span("label"))
                if speaker is not None and not (speaker.kind == "described" and self._names(number, match.end())):
                    begin = self.reading.blocks[number].span.start + match.end()
                    bare, _, bracketed = match["label"].partition(" (")
                    if bracketed:
                        introduced.setdefault(bare, speaker)
                    elif speaker.kind == "described":
                        called = self._own_name(number) or self._addressed(turns, number)
                        if bare not in introduced and called is not None:
                            introduced[bare] = called
                        speaker = introduced.get(bare, speaker)
                    turns.append(Turn(number, begin, match["label"], speaker))
        by_speaker: dict[str, list[Turn]] = {}
        for turn in turns:
            if turn.speaker is not None:
                by_speaker.setdefault(turn.speaker.name, []).append(turn)
        asked = [turn for turn in turns if self._asks(turn)]
        minutes = all(turn.label.partition(" (")[0].isupper() for turn in turns)
        if len(turns) < 2 or (not asked and not minutes and len(by_speaker) == len(turns)):
            return []
        who = interviewee(self.reading, self.speakers.people, {turn.block for turn in turns})
        for turn in turns:
            if who is not None and who.kind == "person" and turn.label.casefold().removeprefix("the ") in _GUESTS:
                turn.speaker = who
        for group in by_speaker.values():
            if all(self._asks(turn) for turn in group) and not any(_AFFILIATION.search(turn.label) for turn in group):
                for turn in group:
                    turn.asks = True
        return turns

    def _names(self, number: int, offset: int) -> bool:
        """``Speaker: Milena Kos, born 1931.``: whether what stands after a label only says who that is."""
        tokens, begin = self.reading.tokens, self.reading.blocks[number].span.start + offset
        found = [one for s in self.reading.block_sentences(number) for one in self.reading.found[s.index]]
        first = next((one for one in found if tokens[one.first].start == begin and one.kind == "person"), None)
        told = self.reading.blocks[number].span.of(self.text).rstrip().endswith(("?", "!"))
        return first is not None and not told and tokens[first.last].text in (",", ".", ";")

    def _called(self, label: str) -> Entity | None:
        """``JK``, ``J.K.``: the one person with these initials; ``WITNESS K-12``, ``K-12``: by the code; ``THE
        WITNESS``: of whom the document has one.
        """
        coded = {match.casefold(): match for match in CODED.findall(self.text)}
        coded |= {one.partition(" ")[2]: named for one, named in coded.items()}
        own = label.casefold() in coded
        if own or (label.casefold() in ("witness", "the witness") and len({*coded.values()}) == 1):
            return Entity("described", coded[label.casefold()] if own else next(iter(coded.values())))
        letters = label.replace(".", "").replace(" ", "")
        if not (1 < len(letters) < 4 and letters.isupper()):
            return None
        people = self.speakers.people.all
        named = [one for one in people if "".join(part[0] for part in one.name.split()).upper() == letters]
        return named[0].entity if len(named) == 1 else None

    def _own_name(self, number: int) -> Entity | None:
        """``WITNESS: My name is Ana Mora.``: who says so."""
        block = self.reading.blocks[number].span
        match = _MY_NAME.search(self.text, block.start, block.end)
        person = self.speakers.people.of_surname(match["name"]) if match else None
        return person.entity if person is not None else None

    def _addressed(self, turns: Sequence[Turn], number: int) -> Entity | None:
        """Who is asked by name right before an answer: ``MS MENSAH: Mr Kallon, in whose hands was it?``"""
        if not turns or turns[-1].block != number - 1 or not self._asks(turns[-1]):
            return None
        address = _ADDRESSED.match(self.text, turns[-1].begin)
        person = self.speakers.people.of_surname(address["name"]) if address else None
        return person.entity if person is not None else None

    def _speaks(self, said: str) -> bool:
        """Whether what stands after a label is a sentence that somebody may say."""
        return said.rstrip()[-1:] in ".?!…”\"'" and word_count(said) >= 2

    def _asks(self, turn: Turn) -> bool:
        return self.reading.blocks[turn.block].span.of(self.text).rstrip(" ”\"'*_").endswith("?")

    def _label(self, number: int, first: int, last: int) -> Entity | None:
        """Whom the words before a colon name: a noun phrase and nothing else; a person, an office or a body."""
        start = self.reading.blocks[number].span.start
        sentences = [s for s in self.reading.block_sentences(number) if s.start < start + last + 1]
        chunks = [c for s in sentences for c in self.attributions.chunks(s)]
        chunks = [c for c in chunks if self.reading.tokens[c.last - 1].start >= start + first]  # past the time of day
        end = next((i for i, c in enumerate(chunks) if mark_at(chunks, i) == ":"), len(chunks))
        chunks = chunks[:end]
        if any(isinstance(chunk, Verb) for chunk in chunks):
            return None
        for index, chunk in enumerate(chunks):
            if chunk.kind != "noun" or (index and mark_at(chunks, index - 1) not in (".", "")):
                continue
            subject = phrase_from(chunks, index, end)
            if subject is None or subject.last < end:
                continue
            speaker = self.speakers.who(subject)
            if speaker is not None and speaker.kind == "described" and not self._somebody(subject.noun):
                return None
            if speaker is not None and (speaker.kind in ("person", "described") or speaker.type == "media"):
                return speaker
            return (
                speaker if speaker is not None and speaker.kind == "organization" and speaker.type != "state" else None
            )
        return None

    def _somebody(self, noun: Noun) -> bool:
        """Whether a label without a name is of a person: ``Present:``, ``Subject:`` are none."""
        return bool(noun.determiner) or is_person_noun(noun.word.lower()) or noun.word.lower() in _AT_THE_DESK

    def _dashed(self, texts: Sequence[tuple[int, str]]) -> list[Turn]:
        """Dashes in turn: who asks begins."""
        dashes = [(number, text) for number, text in texts if self._dash(number, text)]
        asked = sum(text.rstrip().endswith("?") for _, text in dashes)
        if told := [turn for number, text in dashes if len(dashes) > 1 and (turn := self._told(number, text))]:
            return told
        if len(dashes) < 4 or asked < 2 or not dashes[0][1].rstrip().endswith("?"):
            return []
        places = [place for place, one in enumerate(texts) if one in dashes]
        if all(right - left > 1 for left, right in pairwise(places)):
            return []  # only who asks has a dash
        turns = []
        for place, (number, text) in enumerate(dashes):
            match = _DASH.match(text)
            begin = self.reading.blocks[number].span.start + (match.end() if match else 0)
            turns.append(Turn(number, begin, "", None, not place % 2))
        return self._given(turns)

    def _told(self, number: int, text: str) -> Turn | None:
        """``— My cousins, answered NAME. They were cold.``: a line of a dialogue that says whose it is."""
        for sentence in self.reading.block_sentences(number):
            chunks = self.attributions.chunks(sentence)
            for index in range(1, len(chunks)):
                verb = verb_at(chunks, index)
                beside = mark_at(chunks, index - 1) in (",", "?", "!")
                if verb is None or not beside or verb.word not in saying_verbs() or not verb.finite:
                    continue
                made = self.attributions.inverted(chunks, index, len(chunks))
                if made is not None and made.speaker.kind == "person":
                    match = _DASH.match(text)
                    begin = self.reading.blocks[number].span.start + (match.end() if match else 0)
                    return Turn(number, begin, "", made.speaker)
        return None

    def _dash(self, number: int, text: str) -> bool:
        block = self.reading.blocks[number]
        before = self.text[max(0, block.span.start - 3) : block.span.start]
        return bool(_DASH.match(text)) or (block.kind == "item" and before.strip() in ("-", "–", "—"))

    def _asked(self, texts: Sequence[tuple[int, str]]) -> list[Turn]:
        """Questions in paragraphs of their own, answers in the first person between them."""
        asked = self._questions(texts)
        answers = [texts[place + 1] for place in asked if place + 1 < len(texts) and place + 1 not in asked]
        personal = sum(bool(_FIRST_PERSON.search(text)) for _, text in answers)
        alternate = len(answers) > 3 and all(place - 2 in asked or place == min(asked) for place in asked)
        to_the_end = alternate and max(asked) >= len(texts) - 2
        to_the_end &= bool(asked) and (self._emphasised(texts, asked) or self._told_of_interview(texts[min(asked)][0]))
        quoted = any(mark in text for _, text in answers for mark in '“"«')
        told = personal and to_the_end and not quoted  # who answers may not speak of himself
        if len(answers) < 3 or any(text[:1] in '“"«' for _, text in answers):
            return []
        if 2 * personal < len(answers) and not told:
            return []
        answered = {place + 1 for place in asked if place + 1 < len(texts)} - asked
        turns = [
            Turn(texts[place][0], self.reading.blocks[texts[place][0]].span.start, "", None, place in asked)
            for place in sorted(asked | answered)
        ]
        return self._given(turns)

    def _given(self, turns: list[Turn]) -> list[Turn]:
        """The turns with who answers; none where nobody is known to."""
        who = interviewee(self.reading, self.speakers.people, {turn.block for turn in turns})
        for turn in turns:
            turn.speaker = None if turn.asks else who
        return turns if who is not None else []

    def _questions(self, texts: Sequence[tuple[int, str]]) -> set[int]:
        """The places of the questions: those with a mark, and what stands among them in the same form or turn."""
        short = {place for place, (_, text) in enumerate(texts) if len(text) < _LONGEST_QUESTION}
        asked = {place for place in short if texts[place][1].endswith("?")}
        dashed = {place for place in short if self._dash(*texts[place])}
        if len(asked & dashed) >= 3 and asked <= dashed:
            return dashed  # "– You had the castle road too."
        turns = set(range(min(asked), max(asked) + 1, 2)) if asked else set()
        first = min(turns, default=0)
        while first >= 3 and first - 2 in short and len(asked) > 3 and self._asks_before(texts, first - 2):
            first -= 2  # "You arrived in the worst year."
            turns.add(first)
        emphasised = {place for place in short if self._emphasised(texts, (place,))}
        if len(asked) >= 3 and asked <= emphasised:
            return {place for place in emphasised if place >= min(asked)}
        if asked <= turns and len(turns) < 2 * len(asked):
            return turns & short  # each second paragraph, one of which states what it asks
        if len(asked) >= 3 and asked <= turns <= short and self._told_of_interview(texts[first][0]):
            answers = [len(texts[place + 1][1]) for place in turns if place + 1 < len(texts)]
            briefer = sum(len(texts[place][1]) for place in turns) < sum(answers) / 2
            return turns if briefer else asked  # "But they came back.": most turns state what they ask
        return asked

    def _asks_before(self, texts: Sequence[tuple[int, str]], place: int) -> bool:
        """Whether a paragraph before the first question may state one: a sentence of no "I", and an answer after it."""
        asked, answer = texts[place][1], texts[place + 1][1]
        return not _FIRST_PERSON.search(asked) and asked[-1:] in ".…" and bool(_FIRST_PERSON.search(answer))

    def _emphasised(self, texts: Sequence[tuple[int, str]], places: Collection[int]) -> bool:
        """Whether paragraphs are in bold or italics as a whole, as who prints an interview sets the questions."""
        source = self.reading.document.source.text
        spans = [self.reading.blocks[texts[place][0]].span for place in places]
        around = ((source[span.start - 1], source[span.end : span.end + 1]) for span in spans)
        inside = ((source[span.start], source[span.end - 1]) for span in spans)
        marked = ({*outer} <= _EMPHASIS or {*inner} <= _EMPHASIS for outer, inner in zip(around, inside, strict=True))
        return all(marked)

    def _tells_of_interview(self, sentence: Sentence) -> bool:
        sat = {"sat", "down", "with"} <= sentence.lows
        return (sat or not sentence.lows.isdisjoint(TALKS)) and sentence.block not in self.blocks

    def _told_of_interview(self, block: int) -> bool:
        before = (sentence for sentence in self.reading.sentences if sentence.block < block)
        return any(self._tells_of_interview(sentence) for sentence in before)

    # --- over paragraphs -----------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """A turn goes on in the paragraphs after it, up to the next turn, a heading, or words about who spoke."""
        turn: Turn | None = None
        for number, block in enumerate(self.reading.blocks):
            if number in self.blocks:
                turn = self.blocks[number]
            elif turn is not None and (block.kind not in ("paragraph", "item") or not self._same(turn, number, block)):
                turn = None
            elif turn is not None:
                self.blocks[number] = turn

    def _same(self, turn: Turn, number: int, block: Block) -> bool:
        text = block.span.of(self.text)
        personal = bool(_FIRST_PERSON.search(text))
        if turn.asks or turn.speaker is None or text[:1] in "([*" or _LABEL.match(text):
            return False
        found = [one for s in self.reading.block_sentences(number) for one in self.reading.found[s.index]]
        if any(one.entity is turn.speaker for one in found) or set(text.lower().split()) & TALKS:
            return False
        return personal
