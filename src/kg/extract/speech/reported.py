"""Reported speech: the clause that somebody is reported to have said, without the words of attribution."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from kg.extract.clauses import Chunk, Clause, Verb, clauses_of
from kg.extract.lexicon import listed
from kg.extract.people.phrases import (
    mark_at,
    noun_at,
    past_adverbs,
    phrase_from,
    subject_before,
    verb_at,
)
from kg.extract.reading import Reading, Sentence
from kg.extract.speech.attributions import DENYING, Attribution, Attributions, saying
from kg.extract.speech.marks import Quotes, word_count
from kg.model import Entity, Span, Statement

LEAST_WORDS = 3
_STOPS = frozenset(".,!?;…:-–—")
_BREAKS = frozenset(';:“"«')
_TAIL = frozenset("prep date adverb sub and".split())
_NO_CLAUSE = frozenset("speaking asked addressing writing answering responding".split())
_LONGEST = 200  # chunks of a sentence that is quoted as a whole
_MOST = 30  # chunks between a verb of saying and its clause


class Said(NamedTuple):
    """What is reported in a sentence: whose words, and which."""

    made: Attribution
    clause: Span
    until: int  # the chunk up to which the sentence is read


class Reported:
    """Reads the sentences that report speech."""

    def __init__(self, attributions: Attributions, quotes: Quotes) -> None:
        self.attributions, self.quotes = attributions, quotes
        self.speakers = attributions.speakers
        self.reading: Reading = self.speakers.reading
        self.tokens = self.speakers.tokens
        self.unheard: list[tuple[Span, Entity]] = []  # words of nobody whom the text names or describes

    def read(self, sentence: Sentence) -> list[Statement]:
        """``NAME said that ...``; ``..., NAME said``; ``According to NAME, ...``."""
        chunks = self.attributions.chunks(sentence)
        statements: list[Statement] = []
        floor = 0
        last: Attribution | None = None
        for index, chunk in enumerate(chunks):
            if index < floor or self.quotes.contain(self.tokens[chunk.first].start):
                continue
            said = self._opened(chunks, index) or self._verb(sentence, chunks, index, floor, last)
            if said is None:
                continue
            last, floor = said.made, said.until
            self.speakers.speak(self.tokens[chunk.first].start, said.made.speaker)
            statements += self._statement(sentence, said)
        return statements

    def _statement(self, sentence: Sentence, said: Said) -> list[Statement]:
        clause = said.clause
        if word_count(clause.of(self.reading.text)) < LEAST_WORDS or self.quotes.whole(clause):
            return []  # a quotation is direct speech
        leads = self.tokens[said.made.first].start < clause.start  # what follows the clause is told by another
        around = (d for d in sentence.dates if d.start < clause.start or (not leads and d.start >= clause.end))
        said_at = next((d.value for d in around if d.value and d.bound != "since"), None)
        return [
            Statement(
                evidence=(sentence.span,),
                kind="indirect",
                text=clause,
                speaker=said.made.speaker,
                said_to=said.made.said_to,
                said_at=said_at,
            )
        ]

    # --- a verb of saying --------------------------------------------------------------------------------

    def _verb(
        self, sentence: Sentence, chunks: Sequence[Chunk], index: int, floor: int, last: Attribution | None
    ) -> Said | None:
        verb = verb_at(chunks, index)
        if verb is None or verb.word in DENYING:
            return None
        if verb.word == "be" and (held := self._opinion(sentence, chunks, index, floor)) is not None:
            return held
        if verb.passive:
            return self._impersonal(sentence, chunks, index)
        if not self.attributions.says(verb) or verb.word not in saying():
            return None
        made = self._attributed(chunks, index, floor, last)
        if made is None:
            return None
        clause = self._after(sentence, chunks, made)
        if clause is not None:
            return Said(made, clause, self._chunk_at(chunks, clause.end))
        clause = self._before(sentence, chunks, made, floor) or self._around(sentence, chunks, made)
        return Said(made, clause or Span(0, 0), max(index + 1, made.end) if clause else floor)

    def _opinion(self, sentence: Sentence, chunks: Sequence[Chunk], index: int, floor: int) -> Said | None:
        """``NAME is of the opinion that ...``."""
        verb, noun = chunks[index], noun_at(chunks, index + 2)
        held = mark_at(chunks, index + 1) == "of" and noun is not None and noun.word in _OPINIONS
        if not held or mark_at(chunks, index + 3) != "that" or index + 4 >= len(chunks):
            return None
        subject = subject_before(chunks, index, floor)
        speaker = self.speakers.who(subject) if subject is not None else None
        if subject is None or speaker is None:
            return None
        made = Attribution(speaker, subject.noun.first, verb.last, index, index + 4)
        clause = self._to_end(sentence, chunks, index + 4)
        return Said(made, clause, self._chunk_at(chunks, clause.end))

    def _attributed(
        self, chunks: Sequence[Chunk], index: int, floor: int, last: Attribution | None
    ) -> Attribution | None:
        made = self.attributions.of_verb(chunks, index, floor)
        if made is None and last is not None and mark_at(chunks, index - 1) in ("and", "but", ",", "also"):
            verb = chunks[index]
            return Attribution(last.speaker, verb.first, verb.last, index, index + 1)
        return made

    def _impersonal(self, sentence: Sentence, chunks: Sequence[Chunk], index: int) -> Said | None:
        """``It was claimed that ...``, ``NAME was told that ...``: nobody says it, or who stands after ``by``."""
        verb, subject = chunks[index], noun_at(chunks, index - 1)
        if subject is None or verb.word not in (saying() if subject.word == "it" else _TOLD):
            return None
        by = phrase_from(chunks, index + 2, len(chunks)) if mark_at(chunks, index + 1) == "by" else None
        that = by.last if by is not None else index + 1
        speaker = self.speakers.who(by) if by is not None else self.speakers.described(subject.first, verb.last)
        if speaker is None or mark_at(chunks, that) != "that" or that + 1 >= len(chunks):
            return None
        made = Attribution(speaker, subject.first, verb.last, index, index + 1)
        clause = self._to_end(sentence, chunks, that + 1)
        if by is None and subject.word != "it":
            self.unheard.append((clause, speaker))
            return None
        return Said(made, clause, self._chunk_at(chunks, clause.end))

    def _chunk_at(self, chunks: Sequence[Chunk], offset: int) -> int:
        return bisect_left(chunks, offset, key=lambda chunk: self.tokens[chunk.first].start)

    # --- after the verb ----------------------------------------------------------------------------------

    def _after(self, sentence: Sentence, chunks: Sequence[Chunk], made: Attribution) -> Span | None:
        """The clause that a verb of saying leads to."""
        if made.first > chunks[made.verb].first or (made.end > made.verb + 1 and made.last > chunks[made.verb].last):
            return None  # "..., said NAME"
        begin = self._that(chunks, made) or self._bare(sentence, chunks, made)
        if begin is None or begin >= len(chunks):
            return None
        aside = mark_at(chunks, made.verb - 1) == "who" and mark_at(chunks, made.verb - 2) == ","
        close = next((i for i in range(begin, len(chunks) - 1) if mark_at(chunks, i) == ","), None) if aside else None
        if close is not None and isinstance(chunks[close + 1], Verb):
            return self._trimmed(chunks[begin].first, chunks[close].first)  # "X, who says that he left, rode in"
        return self._to_end(sentence, chunks, begin)

    def _that(self, chunks: Sequence[Chunk], made: Attribution) -> int | None:
        """The chunk after ``that`` or a colon, with only adverbials or a hearer between it and the verb."""
        index = made.verb + 1
        while index < min(len(chunks), made.verb + _MOST):
            chunk = chunks[index]
            if chunk.kind == "sub" and chunk.word == "that":
                verbs = sum(isinstance(c, Verb) for c in chunks[index + 1 : index + 1 + _MOST])
                timed = index + 1 < len(chunks) and chunks[index + 1].word in _SINCE  # "has said that since she came"
                clause = verbs > timed and mark_at(chunks, index + 2) != "and"  # "said that twice and"
                return index + 1 if clause else None
            if chunk.word == ":" and index == made.verb + 1:
                return index + 1
            finite = isinstance(chunk, Verb) and (chunk.finite or chunk.word in saying())
            if _thinks_of(chunks, index, made.verb):
                return None  # "judges the bread that the bakers bring"
            if finite or chunk.kind in ("sub", "and") or chunk.word in _BREAKS:
                return None
            index += 1
        return None

    def _bare(self, sentence: Sentence, chunks: Sequence[Chunk], made: Attribution) -> int | None:
        """The clause without ``that``: a noun phrase with a finite verb, right after the verb, its hearer and dates."""
        verb = chunks[made.verb]
        index = past_adverbs(chunks, made.end, len(chunks))
        subject = noun_at(chunks, index)
        if subject is None or not isinstance(verb, Verb) or verb.word in _GOVERN_ONLY - _TOLD:
            return None
        clauses = (c for c in clauses_of(self.reading, sentence) if _governs(c, verb) and c.subject is not None)
        governed = next(clauses, None)
        phrase = phrase_from(chunks, index, len(chunks))
        following = verb_at(chunks, past_adverbs(chunks, phrase.last, len(chunks))) if phrase is not None else None
        if governed is not None and governed.subject is not None and governed.subject.first == subject.first:
            following = governed.verb  # "said A, B and C had been taken"
        finite = (
            following is not None
            and following.finite
            and not (following.form == "past or participle" and _by(chunks, following))
        )
        bare = verb.word in _BARE or (subject.pronoun and subject.word in ("he", "she", "they", "it", "we", "i"))
        return index if (governed is not None or bare) and finite else None

    def _to_end(self, sentence: Sentence, chunks: Sequence[Chunk], begin: int) -> Span:
        """To the end of the sentence, or of what is said: ``and added that``, ``, she said``, ``, adding that``."""
        end = len(chunks)
        for index in range(begin + 1, len(chunks)):
            chunk = chunks[index]
            if self.quotes.contain(self.tokens[chunk.first].start):
                if mark_at(chunks, index - 1) == ".":
                    end = index  # "... to Platoon C. “We left,” he said."
                    break
                continue
            if chunk.word == ";" or self._told_on(chunks, begin, index):
                end = index
                break
            cut = self._next_saying(chunks, index, begin) if isinstance(chunk, Verb) else self._told_by(chunks, index)
            if cut is not None:
                end = cut
                break
        last = chunks[end].first if end < len(chunks) else sentence.last
        return self._trimmed(chunks[begin].first, last)

    def _told_on(self, chunks: Sequence[Chunk], begin: int, comma: int) -> bool:
        """``said that it would withdraw, and the last men left``: what the text tells after what was promised."""
        if mark_at(chunks, comma) != "," or mark_at(chunks, comma + 1) not in ("and", "but"):
            return False
        promised = next((chunk for chunk in chunks[begin:comma] if isinstance(chunk, Verb)), None)
        subject = noun_at(chunks, comma + 2)
        told = next((chunk for chunk in chunks[comma + 2 : comma + 2 + _MOST] if isinstance(chunk, Verb)), None)
        modal = promised is not None and promised.modal in ("would", "should", "will")
        plain = told is not None and told.finite and not (told.modal or told.perfect) and told.form != "present"
        return modal and plain and subject is not None

    def _next_saying(self, chunks: Sequence[Chunk], index: int, begin: int) -> int | None:
        """Where the speaker's next verb of saying takes over, if the one here is such a one."""
        verb = chunks[index]
        if not isinstance(verb, Verb) or verb.word not in saying() or verb.infinitive:
            return None
        joined = mark_at(chunks, index - 1)
        that = mark_at(chunks, index + 1) == "that"
        if (joined in ("and", "but") and that) or (joined == "," and verb.word == "add" and verb.form == "ing"):
            return index - 1
        says = self.attributions.says(verb) and verb.finite
        made = self.attributions.of_verb(chunks, index, begin) if says else None
        start = self._chunk_at(chunks, self.tokens[made.first].start) if made is not None else begin
        while start > begin and (chunks[start].kind in ("noun", "prep", "date") or chunks[start].word == ","):
            start -= 1  # "but a spokesman for the mission, Oumar Sarr, said"
        joins = made is not None and start - 1 > begin and mark_at(chunks, start - 1) == ","
        if joins and chunks[start].word in ("and", "but") and (that or verb.word not in _GOVERN_ONLY):
            return start
        subject = noun_at(chunks, index - 1)
        if subject is None or mark_at(chunks, index - 2) not in (",", "and", "but") or index - 2 <= begin:
            return None
        reporter = says and mark_at(chunks, index - 2) == "," and _ends(chunks, index + 1)
        return index - 2 if (that and subject.pronoun) or reporter else None

    def _told_by(self, chunks: Sequence[Chunk], index: int) -> int | None:
        """Where ``, according to NAME`` closes the sentence: who tells what another has said."""
        if mark_at(chunks, index) != "according to" or mark_at(chunks, index - 1) != ",":
            return None
        made = self.attributions.quoted_from(chunks, index, len(chunks))
        return index - 1 if made is not None and _ends(chunks, made.end) else None

    def _trimmed(self, first: int, last: int) -> Span:
        """The characters of tokens, without the marks that begin or end them."""
        while first < last - 1 and self.tokens[first].text in (",", ";"):
            first += 1  # "said that, while they held the town, the road was shut"
        while last > first + 1 and self.tokens[last - 1].text in _STOPS:
            before = self.tokens[last - 2]
            if self.tokens[last - 1].text == "." and before.kind == "w" and len(before.text) == 1 and before.capital:
                break
            last -= 1
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    # --- before and around -------------------------------------------------------------------------------

    def _before(self, sentence: Sentence, chunks: Sequence[Chunk], made: Attribution, floor: int) -> Span | None:
        """``CLAUSE, NAME said [in an interview ...].``"""
        start = self._chunk_at(chunks, self.tokens[made.first].start)
        if chunks[made.verb].word in _GOVERN_ONLY or mark_at(chunks, made.verb - 1) == "who":
            return None
        if start > floor and mark_at(chunks, start - 1) == "as":
            start -= 1
        if start - 1 <= floor or start - floor > _LONGEST or mark_at(chunks, start - 1) not in (",", "—", "–"):
            return None
        after = made.end
        if after < len(chunks) and not (
            chunks[after].kind in _TAIL or chunks[after].word in _STOPS or _ing(chunks[after])
        ):
            return None
        opening = chunks[floor]
        if mark_at(chunks, after) == "," and (opening.kind == "sub" or isinstance(opening, Verb)):
            return None  # "Had the pass held, he believes, the war might have ended."
        going_on = verb_at(chunks, after + 1) if mark_at(chunks, after) == "," else None
        if going_on is not None and going_on.finite and noun_at(chunks, start - 2) is not None:
            return None  # "The town changed hands so often that children, she says, learned two anthems."
        floor = next((i for i in range(start - 2, floor, -1) if mark_at(chunks, i) == ";"), floor)
        begin = floor + (mark_at(chunks, floor) in (",", ";", "and"))
        return self._clause(sentence, chunks, begin, start - 1)

    def _clause(self, sentence: Sentence, chunks: Sequence[Chunk], begin: int, end: int) -> Span | None:
        """The chunks as a clause, if they are one: no aside, no quotation, a finite verb."""
        here = chunks[begin:end]
        if not here:
            return None
        comma = (
            next((i for i, chunk in enumerate(here) if chunk.word == ","), len(here)) if here[0].kind == "sub" else 0
        )
        if not any(isinstance(chunk, Verb) and not chunk.infinitive for chunk in here[comma:]):
            return None
        if self.quotes.touch(Span(self.tokens[here[0].first].start, self.tokens[here[-1].last - 1].end)):
            return None
        first = self.tokens[here[0].first]
        if first.low in _NO_CLAUSE or (
            here[0].kind == "prep" and not any(isinstance(c, Verb) and c.finite for c in here)
        ):
            return None
        return self._trimmed(here[0].first, chunks[end].first)

    def _around(self, sentence: Sentence, chunks: Sequence[Chunk], made: Attribution) -> Span | None:
        """``But the alternative, she said, was another war.``: no slice leaves the attribution out, so the whole."""
        start = self._chunk_at(chunks, self.tokens[made.first].start)
        after = made.end
        if (
            start < 2
            or len(chunks) > _LONGEST
            or mark_at(chunks, start - 1) != ","
            or mark_at(chunks, after) != ","
            or after + 2 >= len(chunks)
        ):
            return None
        if self.quotes.touch(sentence.span):
            return None
        following = chunks[after + 1]
        if (following.kind == "sub" and following.word != "because") or following.kind == "and" or _ing(following):
            return None
        opened = next((i + 1 for i in range(start, 0, -1) if mark_at(chunks, i) == ";"), 0)
        return self._trimmed(chunks[opened].first, sentence.last)

    # --- according to ------------------------------------------------------------------------------------

    def _opened(self, chunks: Sequence[Chunk], index: int) -> Said | None:
        """``According to NAME, CLAUSE``; ``CLAUSE, according to NAME``; ``To quote NAME, CLAUSE``."""
        word, verb = mark_at(chunks, index), verb_at(chunks, index)
        if not (
            word in ("according to", "in", "as") or (verb is not None and verb.infinitive and verb.word == "quote")
        ):
            return None
        made = self.attributions.quoted_from(chunks, index, len(chunks))
        if made is None:
            return None
        sentence = self.reading.sentence_at(self.tokens[chunks[index].first].start)
        assert sentence is not None
        begins = index <= 1 and mark_at(chunks, index - 1) in ("", ",", "but", "and")
        if begins:
            return self._leading(sentence, chunks, made)
        if word in ("in", "as"):
            return None
        return self._trailing(sentence, chunks, made, index)

    def _leading(self, sentence: Sentence, chunks: Sequence[Chunk], made: Attribution) -> Said | None:
        begin = made.end
        if mark_at(chunks, begin - 1) != "," and mark_at(chunks, begin) != ",":
            begin = next((i for i in range(begin, len(chunks)) if mark_at(chunks, i) == ","), len(chunks))
        begin += mark_at(chunks, begin) == ","
        if mark_at(chunks, begin) == "and":  # "According to A, an aid worker, and two drivers, ..."
            begin = next((i + 1 for i in range(begin, len(chunks)) if mark_at(chunks, i) == ","), len(chunks))
        if begin >= len(chunks) or self.quotes.contain(self.tokens[chunks[begin].first].start):
            return None
        clause = self._to_end(sentence, chunks, begin)
        return Said(made, clause, self._chunk_at(chunks, clause.end))

    def _trailing(self, sentence: Sentence, chunks: Sequence[Chunk], made: Attribution, index: int) -> Said | None:
        comma = mark_at(chunks, index - 1) == ","
        after = made.end - (mark_at(chunks, made.end - 1) == ",")
        if comma and mark_at(chunks, after) == "," and not any(isinstance(c, Verb) for c in chunks[:index]):
            return self._leading(sentence, chunks, made)  # "By then, according to the network, they held ..."
        end = index - comma
        if end < 2 or self.quotes.touch(Span(sentence.start, self.tokens[chunks[end - 1].last - 1].end)):
            return None
        return Said(made, self._trimmed(chunks[0].first, chunks[end].first), made.end)


_SINCE = frozenset("since until when whenever before after".split())
_OPINIONS = frozenset("opinion view belief conviction".split())
_TOLD = frozenset("tell inform notify advise assure warn".split())
_GOVERN_ONLY = frozenset("hold indicate observe maintain answer".split()) | listed(
    "thinking", "speech"
)  # that do something else without "that"
_BARE = frozenset("say tell note claim explain argue insist warn believe add think reckon".split())


def _thinks_of(chunks: Sequence[Chunk], index: int, verb: int) -> bool:
    """Whether a chunk is the object of a verb of thinking, which leads to no clause then."""
    noun = noun_at(chunks, index)
    free = noun is not None and not noun.time and chunks[index - 1].kind != "prep"
    return free and chunks[verb].word in listed("thinking", "speech") - _TOLD


def _governs(clause: Clause, verb: Verb) -> bool:
    return clause.kind == "that" and isinstance(clause.governor, Verb) and clause.governor.main == verb.main


def _ends(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether only when and where it was said follows: ``on Sept. 20.``."""
    rest = chunks[index:]
    return not any(isinstance(c, Verb) or c.kind in ("sub", "and") or c.word in _BREAKS for c in rest) and (
        not rest or rest[0].kind in ("prep", "date", "adverb") or rest[0].word in _STOPS
    )


def _ing(chunk: Chunk) -> bool:
    return isinstance(chunk, Verb) and chunk.form == "ing" and not chunk.auxiliary


def _by(chunks: Sequence[Chunk], verb: Verb) -> bool:
    index = chunks.index(verb)
    return mark_at(chunks, index + 1) == "by" and not verb.auxiliary


__all__ = ["Reported", "Said"]
