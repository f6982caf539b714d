"""How many were killed, wounded, missing, captured, displaced, came back, live somewhere, or were destroyed.

A number with its noun is read with the verb that it is subject or object of, the state that follows it ("57 people
dead"), or the label before it ("Wounded: 540"). Only what the text tells as having happened counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.domain import FigureKind
from kg.extract.clauses import Noun, Verb
from kg.extract.found import PEOPLES
from kg.extract.lexicon import word
from kg.extract.measures.named import Namer
from kg.extract.measures.outcomes import (
    BEING,
    BUILDINGS,
    DIED,
    DISPLACED,
    DRIVEN,
    DWELLERS,
    FIGHTING,
    FOLLOWED,
    HOLDING,
    LABELS,
    LOSSES,
    NUMBERING,
    OBJECTS,
    PRISONERS,
    RELEASING,
    STATES,
    SUBJECTS,
    is_person,
    singular,
)
from kg.extract.measures.spoken import Subject
from kg.extract.measures.told import FAR, SOFT, Told, past_demonyms
from kg.extract.reading import Reading, Sentence
from kg.extract.words import PLACE_TYPES
from kg.model import Qualifier
from kg.text.counts import Counted, counted_at
from kg.text.numbers import WORDS
from kg.text.quantities import qualifier
from kg.text.tokens import Token

_MARKS = frozenset(":|–—-*")
_LISTS = frozenset(",:;")
_MANY = 100  # of so many soldiers or drivers who flee one says that they are displaced
_HOME = re.compile(rf"\bhome to(?: (?:{'|'.join(sorted(SOFT))}))*$")
_LEFT = frozenset("area city country district island region town village".split())
_ENDS = (".", ";", ",", "and", "in", "at", "near")
_JOINS = ("to", "-", "–")


@dataclass(frozen=True, slots=True)
class People:
    """A number of people or things, and what the text says became of them."""

    start: int
    kind: FigureKind
    value: Decimal
    noun: str
    qualifier: Qualifier
    where: Subject
    near: Subject


class PeopleReader:
    """Reads a document's sentences, in order."""

    def __init__(self, reading: Reading, namer: Namer) -> None:
        self.reading, self.namer = reading, namer
        self.before: tuple[int, int, FigureKind] | None = None  # sentence, chunk and kind of the number before
        self._spoken_of = -9  # the last sentence with a number of people

    def read(self, sentence: Sentence) -> Iterator[People]:
        """The numbers of people and homes of a sentence that `Namer.open` has opened."""
        for counted in self._counted(sentence):
            index = self.namer.chunk_at(sentence, counted.last - 1)
            if index < 0:
                continue
            one = Reader(self, sentence, counted, past_demonyms(self.namer.chunks(sentence), index))
            found = one.outcome()
            if one.noun and is_person(one.noun):
                self._spoken_of = sentence.index
            if found is not None:
                kind, noun = found
                self.before = (sentence.index, index, kind)
                self._spoken_of = self._spoken_of if kind == "destroyed" else sentence.index
                yield People(
                    self.reading.tokens[counted.first].start,
                    kind,
                    counted.value,
                    noun,
                    self._qualifier(sentence, counted),
                    one.where(kind),
                    one.near(),
                )

    def _counted(self, sentence: Sentence) -> Iterator[Counted]:
        tokens = self.reading.tokens
        index = sentence.first
        while index < sentence.last:
            counted = None
            if tokens[index].start not in self.reading.in_date:
                counted = counted_at(tokens, index, sentence.last, decimal=self.reading.decimal)
            if counted is None:
                index += 1
                continue
            yield counted
            index = counted.last

    def _qualifier(self, sentence: Sentence, counted: Counted) -> Qualifier:
        if ranged := self._ranged(sentence, counted):
            return ranged
        found = qualifier(self.reading.text, self.reading.tokens[counted.first].start, sentence.start)
        return "about" if counted.rough and found == "exact" else found

    def _ranged(self, sentence: Sentence, counted: Counted) -> Qualifier | None:
        """``between 30 and 40``, ``30 to 40``: an end of a range is no number of its own."""
        tokens = self.reading.tokens
        before = [t.low for t in tokens[max(sentence.first, counted.first - 4) : counted.first]]
        after = tokens[counted.last : min(sentence.last, counted.last + 2)]
        between = before[-1:] == ["and"] and "between" in before
        dated = tokens[counted.first - 2].start in self.reading.in_date  # "6 March 2001 - 1,140 people"
        if between or ("".join(before[-1:]) in _JOINS and _is_number(tokens[counted.first - 2]) and not dated):
            return "less-than"
        follows = len(after) == 2 and _is_number(after[1]) and (after[0].low in _JOINS or before[-1:] == ["between"])
        return "more-than" if follows else None

    def speaks_of_people(self, sentence: Sentence) -> bool:
        """Whether a number of people was read in this sentence or the two before."""
        return sentence.index - self._spoken_of <= 2


def _is_number(token: Token) -> bool:
    return token.kind == "n" or token.low in WORDS


class Reader(Told):
    """What became of one number of people."""

    def __init__(self, people: PeopleReader, sentence: Sentence, counted: Counted, index: int) -> None:
        super().__init__(people.namer, sentence, counted, index)
        self.people = people
        self.noun, self.bare, self.state = self._noun()
        self.labelled = False

    def _noun(self) -> tuple[str, bool, str]:
        """The counted noun, whether there is none, and the state that closes the phrase ("57 people dead")."""
        chunk = self.chunks[self.index]
        begin = max(self.counted.last, chunk.last - FAR)
        words = [token.low for token in self.reading.tokens[begin : chunk.last] if token.kind == "w"]
        if not words and self._following("of"):
            return "", True, ""
        if not words and (whole := self._whole()):
            return whole, False, ""
        if len(words) > 1 and FOLLOWED.get((word(words[-2]).lemma, words[-1])) == "captured":
            words[-2:] = ["captured"]  # "1,000 taken prisoner"
        state = words.pop() if words and words[-1] in STATES else ""
        if not words:
            return "", True, state
        head = words[-1]
        if head in ("others", "more", "other"):
            return "person", True, state
        last = chunk.last - bool(state)
        people = any(one.last == last and one.kind in PEOPLES for one in getattr(chunk, "names", ()))
        named = people or (state and self.reading.tokens[last - 1].capital)  # "739 Japanese dead", "31 Argentines"
        return "person" if named else singular(head), False, state

    def _whole(self) -> str:
        """``Of the 180 houses in Ard, 131 were destroyed``: what the number is some of."""
        noun = self.chunks[1] if len(self.chunks) > 1 and self.chunks[0].word == "of" else None
        return singular(noun.word) if isinstance(noun, Noun) and noun.number and self.index > 1 else ""

    def _following(self, preposition: str) -> bool:
        step = self.index + 1
        return step < len(self.chunks) and self.chunks[step].word == preposition

    # --- what became of them -----------------------------------------------------------------------------

    def outcome(self) -> tuple[FigureKind, str] | None:
        """The kind of figure and the noun; None where the text says nothing of the sort."""
        ways = [self._by_state, self._by_label, self._population, self._as_object, self._as_subject]
        ways += [self._as_listed, self._alone]
        following = [*self.chunks[self.index + 1 : self.index + 2]] and self._past_aside(self.index + 1)
        beside = self.chunks[following] if following and following < len(self.chunks) else None
        if isinstance(beside, Verb) and not isinstance(self.chunks[self.index - 1], Verb):
            ways.insert(3, self._as_subject)  # "212 soldiers killed, 540 wounded"
        for way in ways:
            kind = way()
            if kind is not None and (noun := self._fitting(kind)):
                return kind, noun
        return None

    def _fitting(self, kind: FigureKind) -> str:
        """The noun, where it is one that this can happen to; a number alone is of people where people are counted."""
        if kind == "destroyed":
            return self.noun if self.noun and not is_person(self.noun) else ""
        if not self.bare:
            return self.noun if is_person(self.noun) else "person" if self.noun in ("life", "body") else ""
        sure = kind in ("killed", "wounded", "missing") or self.labelled
        sure = sure or self.people.speaks_of_people(self.sentence)
        return "person" if sure or self.noun == "person" else ""

    def _by_state(self) -> FigureKind | None:
        if not self.state or not self._is_real(None):
            return None
        return STATES[self.state]

    def _by_label(self) -> FigureKind | None:
        """``Wounded: 540``, ``| Dead | 2,310 |``: a label that opens the row."""
        tokens, token = self.reading.tokens, self.counted.first - 1
        while token >= self.sentence.first and (tokens[token].text in _MARKS or tokens[token].low in SOFT):
            token -= 1
        if token < self.sentence.first:
            return None
        if token - self.sentence.first > 4 and tokens[token - 1].text not in _LISTS:
            return None
        marked = any(tokens[n].text in _MARKS for n in range(token + 1, self.counted.first))
        closed = self.counted.last >= self.sentence.last or tokens[self.counted.last].kind == "p"
        marked |= self.bare and closed and tokens[token - 1].text in _LISTS
        kind = LABELS.get(tokens[token].low) if marked else None
        self.labelled = kind is not None
        return kind

    def _alone(self) -> FigureKind | None:
        """``24,369 prisoners.``, ``Arsk - 1,140 people``: a row or sentence without a verb."""
        if self.namer.has_verb:
            return None
        before = self.reading.tokens[self.counted.first - 1].text if self.counted.first > self.sentence.first else ""
        if self.noun in PRISONERS:
            return "captured"
        return "population" if self.noun in DWELLERS and before in _MARKS | {";"} else None

    def _population(self) -> FigureKind | None:
        """``a population of 89,000``, ``2,300 inhabitants``, ``about 44,600 people lived in Vukovar``."""
        before = [
            t.low for t in self.reading.tokens[max(self.sentence.first, self.counted.first - 6) : self.counted.first]
        ]
        home = _HOME.search(" ".join(before))
        while before and before[-1] in SOFT:
            before.pop()
        numbered = before[-1:] == ["population"] or before[-2:] == ["population", "of"]
        if home or numbered or before[-3:] == ["population", "was", "of"]:
            self.noun = self.noun if self.noun and not self.bare else "person"
            self.bare = False
            return "population"
        kinds = before[-2:-1] if before[-1:] == ["of"] else ()
        if self.noun in DWELLERS and any(low in PLACE_TYPES for low in kinds):
            return "population"  # "Mekelle, a city of 500,000 people"
        if self.bare and (kind := self._numbered()) is not None:
            self.noun, self.bare = "person", False
            return kind
        verb = self._verb_right()
        if verb is not None and verb.word in ("live", "reside", "dwell") and not verb.passive and is_person(self.noun):
            return "population" if self._is_real(verb) else None
        left = self._verb_left()
        if self.noun in ("inhabitant", "resident") and (verb is None or left is not None):
            holds = left is None or left.word in ("have", "be", "count", "number")
            return "population" if holds else None
        if self.noun == "person" and left is not None and left.word == "have" and not left.passive:
            return "population" if self._of_town(left) and self._is_real(left) else None
        return None

    def _of_town(self, verb: Verb) -> bool:
        """``the city had 280,000 people``: a place has them."""
        clause = self.namer.clause_of(self.sentence, verb)
        head = clause.subject.head if clause is not None and clause.subject is not None else None
        return head is not None and (head.word in PLACE_TYPES or (head.name is not None and head.name.kind == "place"))

    def _numbered(self) -> FigureKind | None:
        """``The population of Ard was 192,000``, ``The death toll rose to 212``, ``The number of dead was 31``."""
        verb = self._verb_left()
        clause = self.namer.clause_of(self.sentence, verb) if verb is not None and self._is_real(verb) else None
        subject = clause.subject if clause is not None else None
        if verb is None or subject is None or verb.word not in NUMBERING:
            return None
        of, head = subject.members[0].of, subject.head
        if head.word == "population":
            return "population" if of is None or of.head.names else None  # not that of wolves
        if head.word == "toll" and "death" in head.words:
            return "killed"
        return LABELS.get(of.head.word) if head.word == "number" and of is not None else None

    def _as_object(self) -> FigureKind | None:
        """``killed 31 civilians``; the verb may stand within what was read as one noun phrase."""
        chunk = self.chunks[self.index]
        token = self.counted.first - 1
        while token >= chunk.first and self.reading.tokens[token].low in SOFT:
            token -= 1
        if token >= chunk.first:
            low = self.reading.tokens[token].low
            known = word(low)
            driven = DRIVEN.get((known.lemma, self._home()))
            return driven or OBJECTS.get(known.lemma) if known.form in ("past", "past or participle") else None
        if (loss := self._loss_of()) is not None and self._is_real(loss[0]):
            return LOSSES.get((loss[0].word, loss[1]))
        verb = self._verb_left()
        if verb is None or verb.passive or not self._is_real(verb):
            return None
        if self.noun in PRISONERS and (verb.word in RELEASING or verb.word in HOLDING):
            return "count" if verb.word in RELEASING else "captured"
        if (kind := DRIVEN.get((verb.word, self._home()))) is not None:
            return kind
        if verb.word == "lose":
            if self.noun in FIGHTING:
                return "killed"
            return "count" if is_person(self.noun) else "destroyed" if self.noun in BUILDINGS else None
        return OBJECTS.get(verb.word)

    def _home(self) -> str:
        """What people are driven from, or lose, after the number and what is listed with it: ``their homes``."""
        tokens = self.reading.tokens
        for step in range(self.index + 1, min(len(self.chunks), self.index + FAR)):
            chunk = self.chunks[step]
            if isinstance(chunk, Noun) and chunk.determiner == "their":
                return tokens[chunk.head].low
            if not (self._listed(step) or chunk.word in ("from", "out of")):
                return ""
        return ""

    def _as_listed(self) -> FigureKind | None:
        """``870 houses and three schools``: what became of the number before in the same list."""
        before = self.people.before
        if before is None or before[0] != self.sentence.index:
            return None
        beside = self.chunks[self.index + 1] if self.index + 1 < len(self.chunks) else None
        if isinstance(beside, Verb) and self.reading.tokens[beside.main].low in STATES:
            return None  # what became of these is said of them
        own = self.reading.tokens[self.chunks[self.index].first : self.counted.first]
        if any(token.low not in SOFT for token in own):
            return None  # "388 dead, whereabouts unknown 29"
        _, index, kind = before
        plain = self.index - index <= FAR and all(map(self._listed, range(index + 1, self.index)))
        return kind if plain else None

    def _as_subject(self) -> FigureKind | None:
        """``26 soldiers were killed``, ``540 wounded``, ``two civilians died``, ``17 are missing``."""
        verb = self._verb_right()
        if verb is None or not self._is_real(verb):
            return None
        after = self._after(verb)
        if (kind := FOLLOWED.get((verb.word, after))) is not None:
            return kind
        if verb.lone or verb.word == "be":
            return BEING.get(after)
        if verb.word == "fall" and self.noun in FIGHTING and after in ("", *_ENDS):
            return "killed"
        if verb.passive and verb.word in RELEASING and self.noun in PRISONERS:
            return "count"
        if verb.progressive or (verb.form == "ing" and not self._has_object(verb)):
            return STATES.get(self.reading.tokens[verb.main].low)  # "3 are missing", "12 dead and four nurses missing"
        if verb.word == "die" and after not in ("", *DIED) and self._after(verb, past=False) in ("of", "from"):
            return None
        if verb.passive or (not verb.auxiliary and verb.form != "past" and not self._has_object(verb)):
            if (kind := OBJECTS.get(verb.word)) is not None:
                return kind
        few = self.noun not in DISPLACED and self.counted.value < _MANY
        if verb.word == "flee" and few:
            return None  # "two drivers fled"
        if verb.word == "leave" and not verb.passive and after in _LEFT and self.noun in DISPLACED:
            return "displaced" if self.counted.value >= _MANY else None
        return SUBJECTS.get(verb.word) if not verb.passive else None
