"""Reported speech: the clause that somebody is reported to have said, without the words of attribution."""

from collections.abc import Sequence

from kg.extract import words
from kg.extract.reading import Sentence
from kg.extract.speech.attributions import Attribution, Attributions
from kg.extract.speech.quotes import Quote, word_count
from kg.extract.speech.speakers import Speakers
from kg.model import Entity, Span, Statement
from kg.text.tokens import Token

_NO_CLAUSE = frozenset(
    "in on at of to by with during after before from about as for so nothing little more goodbye yes it's".split()
) | {"to"}
_TAIL = frozenset(
    (
        "with through via citing without in on at during after when while from to as by before this last "
        "yesterday today for earlier later a an the ,"
    ).split()
) - {"the"}
_FINITE = frozenset(
    (
        "is are was were has had have will would could should can may might must do does did remains remained "
        "cannot began came went took made held stood lay fell rose ran left kept lost won got became seemed "
        "needs need want wants lies stays keeps makes takes goes gave shot broke saw met led sent built put "
        "let cut hit said knew found thought brought meant felt heard"
    ).split()
)

_SAYING = words.SAY | {"according"}


class Reported:
    """Reads the sentences that report speech."""

    def __init__(self, speakers: Speakers, attributions: Attributions, statements: list[Statement]) -> None:
        self.speakers, self.attributions, self.statements = speakers, attributions, statements
        self.quotes = speakers.quotes
        self.reading, self.found, self.tokens = speakers.reading, speakers.found, speakers.tokens

    def indirect(self, sentence: Sentence, quotes: Sequence[Quote]) -> None:
        """``NAME said that ...``; ``..., NAME said``; ``According to NAME, ...``."""
        tokens = self.tokens
        if sentence.lows.isdisjoint(_SAYING):
            return
        verbs = [
            i
            for i in range(sentence.first, sentence.last)
            if (tokens[i].low in words.SAY or tokens[i].low == "according") and not self.quotes.contain(tokens[i].start)
        ]
        done_until = sentence.first
        speaker: Entity | None = None
        for verb in verbs:
            if verb < done_until:
                continue
            if tokens[verb].low == "according":
                done_until = self._according(sentence, verb) or done_until
                continue
            if tokens[verb].low in words.DENY:
                made = self.attributions.subject_of(verb, max(sentence.first, done_until), sentence.last)
                if made:
                    self.speakers.speaks(tokens[verb].start, made.speaker)
                return
            result = self._reported(sentence, verb, done_until, speaker)
            if result:
                speaker, done_until = result

    def _reported(self, sentence: Sentence, verb: int, floor: int, speaker: Entity | None) -> tuple[Entity, int] | None:
        tokens = self.tokens
        made = self.attributions.subject_of(verb, floor, sentence.last)
        if made is None:
            joined = tokens[verb - 1].low in ("and", "but", "also") if verb > sentence.first else False
            if not (joined and speaker):
                return None
            made = Attribution(speaker, verb, verb + 1, verb)
        if made.last == verb + 1:
            clause = self._clause_after(sentence, verb)
            if clause:
                self._add_indirect(sentence, made, clause)
                return made.speaker, self.reading.token_index(clause.end)
        clause = self._clause_before(sentence, made, floor) or self._clause_around(sentence, made)
        if clause:
            self._add_indirect(sentence, made, clause)
            return made.speaker, max(made.last, verb + 1)
        self.speakers.speaks(tokens[verb].start, made.speaker)
        return made.speaker, verb + 1

    def _add_indirect(self, sentence: Sentence, made: Attribution, clause: Span) -> None:
        tokens = self.tokens
        self.attributions.settle_gender(made)
        self.speakers.speaks(tokens[made.verb].start, made.speaker)
        if word_count(clause.of(self.reading.text)) < 3 or self.quotes.whole(clause):
            return  # a quotation is direct speech
        hearer = (
            self.attributions.hearer(made.verb + 1)
            if tokens[made.verb].low in ("told", "tells", "reminded", "assured", "informed")
            else None
        )
        said_at = next(
            (d.value for d in sentence.dates if d.value and not (clause.start <= d.start < clause.end)), None
        )
        self.statements.append(
            Statement(
                evidence=(sentence.span,),
                kind="indirect",
                text=clause,
                speaker=made.speaker,
                said_to=hearer,
                said_at=said_at,
            )
        )

    def _clause_after(self, sentence: Sentence, verb: int) -> Span | None:
        """The clause that a verb of saying leads to, up to the end of the sentence or the next verb of saying of
        the same subject.
        """
        tokens = self.tokens
        low = tokens[verb].low
        end = sentence.last
        that = None
        for index in range(verb + 1, min(end, verb + 26)):
            word = tokens[index].low
            if word == "that" and not self.quotes.contain(tokens[index].start):
                nxt = tokens[index + 1].low if index + 1 < end else ""
                if nxt not in (",", "."):
                    that = index
                break
            if tokens[index].text in ("“", '"', "«", ";"):
                break
            if (
                tokens[index].text == ":"
                and index == verb + 1
                and low in ("said", "says", "added", "stressed", "noted")
            ):
                that = index
                break
            if index > verb + 1 and word in words.SAY:
                break
        if that is not None:
            between = tokens[verb + 1 : that]
            if any(t.low in ("which", "who", "because", "when", "while", "but") for t in between):
                that = None
            if (
                any(t.low in _FINITE and t.start not in self.reading.in_date for t in between)
                and low not in words.NEEDS_THAT
            ):
                that = None  # "said the loss was the heaviest that the group had suffered"
        if that is not None:
            begin = that + 1
        elif low in words.NEEDS_THAT and low not in (
            "told",
            "noted",
            "claimed",
            "explained",
            "argued",
            "insisted",
            "warned",
            "believes",
        ):
            return None
        else:
            begin = verb + 1
            if low in ("told", "tells"):
                begin = self._past_hearer(begin, end)
                if begin == verb + 1:
                    return None
            begin = self._past_adverbial(begin, end)
            if begin >= end or tokens[begin].kind == "p" or tokens[begin].low in _NO_CLAUSE:
                return None
            if not self._has_verb(begin, end):
                return None
        if begin >= end:
            return None
        stop = self._clause_end(begin, end)
        first, last = tokens[begin].start, tokens[stop - 1].end
        return Span(first, last) if last > first else None

    def _past_hearer(self, index: int, end: int) -> int:
        """Past ``reporters``, ``Gori Post``, ``a joint briefing in Baku`` after ``told``."""
        tokens = self.tokens
        step = index
        while step < end and tokens[step].low in ("the", "a", "an", "local", "state", "joint"):
            step += 1
        one = self.speakers.by_first.get(step)
        if one:
            return one.last
        if step < end and tokens[step].low in (
            "reporters",
            "journalists",
            "parliament",
            "lawmakers",
            "briefing",
            "them",
            "him",
            "her",
            "us",
            "agency",
            "station",
            "newspaper",
            "council",
            "assembly",
            "news",
            "press",
        ):
            return step + 1
        return index

    def _past_adverbial(self, index: int, end: int) -> int:
        """Past ``on Tuesday``, ``in an interview with X``, ``later`` between the verb and its clause."""
        tokens = self.tokens
        step = index
        sentence = self.reading.sentence_at(tokens[min(index, len(tokens) - 1)].start)
        for _ in range(3):
            if step < end and tokens[step].low in ("on", "in", "at", "by") and sentence:
                dated = next(
                    (
                        d
                        for d in sentence.dates
                        if d.start <= tokens[min(step + 1, end - 1)].start < d.end or d.start == tokens[step].start
                    ),
                    None,
                )
                if dated:
                    step = self.reading.token_index(dated.end)
                    continue
            if (
                step < end
                and sentence
                and (dated := next((d for d in sentence.dates if d.start == tokens[step].start and d.relative), None))
            ):
                step = self.reading.token_index(dated.end)
        return step

    def _has_verb(self, begin: int, end: int) -> bool:
        """Whether words without ``that`` read as a clause: a finite verb in the first words."""
        for token in self.tokens[begin + 1 : min(end, begin + 22)]:
            low = token.low
            if low in _FINITE or (token.kind == "w" and low.endswith("ed") and not token.capital and len(low) > 4):
                return True
        return False

    def _clause_end(self, begin: int, end: int) -> int:
        """Where a reported clause stops: at ``and added that``, ``, he said``, or the sentence's final mark."""
        tokens = self.tokens
        for index in range(begin + 2, end - 2):
            if tokens[index].low in ("and", "but") and (verb := self.attributions.verb_at(index + 1, end)) is not None:
                if verb + 1 < end and tokens[verb + 1].low == "that" and tokens[verb].low in words.SAY:
                    end = index
                    break
            if tokens[index].text == ";":
                end = index
                break
        while end > begin + 1 and tokens[end - 1].text in (".", ",", "!", "?", ";", "…", ":", "-", "–", "—"):
            if (
                tokens[end - 1].text == "."
                and tokens[end - 2].kind == "w"
                and len(tokens[end - 2].text) == 1
                and tokens[end - 2].capital
            ):
                break
            end -= 1
        return end

    def _clause_before(self, sentence: Sentence, made: Attribution, floor: int) -> Span | None:
        """``CLAUSE, NAME said [in an interview ...].``"""
        tokens = self.tokens
        start = made.first
        first = max(sentence.first, floor)
        while start > first and tokens[start - 1].low in ("the", "a", "an"):
            start -= 1
        # the office and state before a name: "said Azerbaijan's Foreign Minister X" is already in the attribution
        while (
            start > first and tokens[start - 1].text != "," and tokens[start - 1].text not in ("”", '"', "»", "—", "–")
        ):
            one = next(
                (
                    o
                    for o in self.found[sentence.index]
                    if o.last == start and o.kind in ("role", "place", "demonym", "organization", "person")
                ),
                None,
            )
            if one is None:
                if (
                    tokens[start - 1].low in words.ROLE_MODIFIERS
                    or tokens[start - 1].low in ("the", "a", "an", "of", "for", ",")
                    or tokens[start - 1].low in words.TITLES
                    or tokens[start - 1].text in (".", "-")
                ):
                    start -= 1
                    continue
                return None
            start = one.first
        if start <= first or tokens[start - 1].text not in (",", "—", "–"):
            return None
        comma = next((i for i in range(start - 2, max(first, start - 16), -1) if tokens[i].text == ","), None)
        if comma is not None:  # ", the director of the Library, Zara Bisultanova, told"
            office = self.speakers.by_first.get(comma + 1) or self.speakers.by_first.get(comma + 2)
            if office is not None and office.kind == "role" and office.last < start:
                start = comma + 1
        after = self._past_hearer(made.last, sentence.last) if tokens[made.verb].low in ("told", "tells") else made.last
        rest = tokens[after : sentence.last]
        tail = [t for t in rest if t.text not in (".", ",", "!", "?")]
        if tail and tail[0].low not in _TAIL and not self._date_at(sentence, tail[0]):
            return None
        if any(self.quotes.contain(t.start) for t in tokens[first : start - 1]):
            return None
        begin = first
        if begin > sentence.first and tokens[begin].text == ",":
            begin += 1
        if start - 1 - begin < 3 or tokens[begin].low in (
            "speaking",
            "asked",
            "addressing",
            "writing",
            "answering",
            "responding",
            "in",
            "on",
        ):
            return None
        return Span(tokens[begin].start, tokens[start - 2].end)

    def _clause_around(self, sentence: Sentence, made: Attribution) -> Span | None:
        """``But the alternative, she said, was another war.``: no slice leaves the attribution out, so the whole
        sentence.
        """
        tokens = self.tokens
        before, after = made.first - 1, made.last
        while before > sentence.first and tokens[before].low in ("the", "a"):
            before -= 1
        if not (
            before - sentence.first >= 2
            and after + 3 < sentence.last
            and tokens[before].text == "," == tokens[after].text
        ):
            return None
        if any(self.quotes.contain(t.start) for t in self.reading.words(sentence)) or tokens[after + 1].low in (
            "who",
            "which",
            "adding",
            "citing",
            "speaking",
            "referring",
            "but",
            "and",
        ):
            return None
        if tokens[after + 1].low not in _FINITE and tokens[sentence.first].low in (
            "in",
            "on",
            "at",
            "for",
            "with",
            "from",
            "as",
        ):
            return None
        return Span(tokens[sentence.first].start, tokens[self._clause_end(sentence.first, sentence.last) - 1].end)

    def _date_at(self, sentence: Sentence, token: Token) -> bool:
        return any(d.start <= token.start < d.end for d in sentence.dates)

    def _according(self, sentence: Sentence, index: int) -> int | None:
        """``According to NAME, CLAUSE``; ``CLAUSE, according to NAME``."""
        tokens = self.tokens
        if index + 2 >= sentence.last or tokens[index + 1].low != "to":
            return None
        low = tokens[index + 2].low
        if low in ("him", "her"):
            entity = self.speakers.pronoun(low, tokens[index].start)
            who = (entity, index + 3) if entity else None
        else:
            who = self.speakers.subject(index + 2, sentence.last)
        if who is None:
            return None
        speaker, after = who
        made = Attribution(speaker, index, after, index)
        if index == sentence.first or tokens[index - 1].text in ("“", '"') or index - sentence.first <= 1:
            comma = next((i for i in range(after, min(sentence.last, after + 16)) if tokens[i].text == ","), None)
            if (
                comma is None
                or comma + 1 >= sentence.last
                or self.quotes.contain(tokens[comma + 1].start)
                or tokens[comma + 1].text in ("“", '"', "«")
            ):
                return None
            stop = self._clause_end(comma + 1, sentence.last)
            self._add_indirect(sentence, made, Span(tokens[comma + 1].start, tokens[stop - 1].end))
            return stop
        if (
            tokens[index - 1].text == ","
            and after < sentence.last
            and tokens[after].text == ","
            and sentence.last - after > 4
            and not self._describes(sentence, after + 1)
        ):
            stop = self._clause_end(after + 1, sentence.last)  # "By then, according to the network, they held ..."
            self._add_indirect(sentence, made, Span(tokens[after + 1].start, tokens[stop - 1].end))
            return stop
        if tokens[index - 1].text == ",":
            begin = sentence.first
            if self.quotes.contain(tokens[begin].start) or index - 1 - begin < 3:
                return None
            self._add_indirect(sentence, made, Span(tokens[begin].start, tokens[index - 2].end))
            return after
        begin = sentence.first
        if index - begin >= 4 and after >= sentence.last - 1 and not self.quotes.contain(tokens[begin].start):
            self._add_indirect(sentence, made, Span(tokens[begin].start, tokens[index - 1].end))
            return after
        return None

    def _describes(self, sentence: Sentence, index: int) -> bool:
        """``, a spokesman for the network.``: words on the speaker, up to the end of the sentence."""
        tokens = self.tokens
        rest = tokens[index : sentence.last]
        if rest[0].low in ("who", "which"):
            return not any(t.text == "," for t in rest)
        role = self.speakers.by_first.get(index + (rest[0].low in ("a", "an", "the", "its")))
        begins = rest[0].low in ("a", "an") or (role is not None and role.kind == "role")
        return begins and not any(t.text == "," or t.low in _FINITE for t in rest)
