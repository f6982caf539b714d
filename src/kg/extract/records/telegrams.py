"""What logs tell without clauses: who goes and who comes in a cell, and names with what was done to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.extract import words
from kg.extract.events import Context
from kg.extract.found import Found
from kg.extract.lexicon import listed, word
from kg.extract.places import Places
from kg.extract.reading import Reading, Sentence
from kg.extract.records.changes import is_unreal
from kg.extract.records.columns import Columns, claim_of
from kg.extract.records.fields import Field, change_of
from kg.extract.records.headings import Heading
from kg.extract.records.rows import Row, Rows
from kg.model import ControlWord, EventClaim, Span

_GOES = frozenset(
    "leave leaves left go goes gone out depart departs withdraw withdraws flee flees fled quit quits".split()
)
_COMES = frozenset("arrive arrives come comes in enter enters".split())
_MOVES = frozenset(
    "walk walks walked march marches marched ride rides rode move moves moved roll rolls rolled drive drives drove "
    "pull pulls pulled come comes came go goes went are is".split()
)  # tells with "in" or "out" after it
_WORDS: dict[ControlWord, frozenset[str]] = {"withdrawal": _GOES, "capture": _COMES}
_GOES_ON = frozenset("at by and before after during overnight again this that the same".split())
_LONGEST = 4  # tokens of who goes or comes
_DONE = frozenset(("participle", "past or participle"))
_NOT_DONE = listed("intransitive") | {"leave", "lose"}  # of these the name before is who does it
_JOINED = frozenset(", ; and | / – — -".split())


@dataclass(frozen=True, slots=True)
class Movement:
    """Who goes or comes: the word that this is, its characters and those of who it is."""

    word: ControlWord
    called: Span
    who: Span
    fights: bool  # a noun or known name says that they do


class Telegrams:
    """Reads rows and lines of a day that leave the verb or its auxiliary out."""

    def __init__(self, reading: Reading, found: Sequence[Sequence[Found]], places: Places, rows: Rows) -> None:
        self.reading, self.found, self.places, self.rows = reading, found, places, rows
        self.tokens, self.columns = reading.tokens, Columns(reading, found, places)

    def exchanged(self, row: Row, context: Context) -> list[EventClaim]:
        """``5.4.1999 | Rudna | gendarmes go, volunteers arrive``."""
        if context.place is None or not context.dated_row or row.prose:
            return []
        source = self.reading.document.source.text
        return [
            claim_of(
                Heading(row.sentence.span, moved.word, moved.called.of(source)),
                context.place,
                context.date,
                (row.sentence.span,),
                actors=self.columns.actors_in(moved.who),
            )
            for moved in exchange_of(self.reading, row.fields, self.found[row.sentence.index]) or ()
        ]

    def of_named(self, sentence: Sentence, context: Context) -> list[EventClaim]:
        """``4 March - Mostar recovered.``, ``Ard and Besk won back``: names, then what was done to them on the day.

        An unknown name may be one that does the recovering, unless the verb has a particle or always an object.
        """
        if not context.dated_row:
            return []
        index = next((i for i in range(sentence.first, sentence.last) if self._says(i)), sentence.last)
        group: list[Found] = []
        for one in self.found[sentence.index]:
            if one.first == index and one.kind in ("place", "name") and self.rows.may_head(one):
                group.append(one)
                listed_on = one.last < sentence.last and self.tokens[one.last].low in (",", "and")
                index = one.last + listed_on
        rest = self.tokens[index : sentence.last]
        change = change_of(self.reading, rest) if group and rest and index == group[-1].last else None
        verb = word(rest[0].low) if rest else None
        if change is None or change.first > 0 or verb is None or verb.form not in _DONE or verb.lemma in _NOT_DONE:
            return []
        sure = change.last > 1 or verb.lemma in listed("transitive")
        told = Heading(sentence.span, change.word, " ".join(t.text for t in rest[: change.last]))
        named = [one for one in group if sure or one.kind == "place"]
        return [
            claim_of(told, place, context.date, (sentence.span,)) for one in named if (place := self.places.of(one))
        ]

    def _says(self, index: int) -> bool:
        return self.tokens[index].kind == "w" and self.tokens[index].start not in self.reading.in_date


def exchange_of(reading: Reading, fields: Sequence[Field], names: Sequence[Found]) -> tuple[Movement, Movement] | None:
    """Return who went and who came in two fields beside each other; one alone may be on leave, or on patrol.

    One of the two is a force by its name or noun, the other may be a name that nobody knows.
    """
    for field, following in pairwise(fields):
        if following.mark not in _JOINED:
            continue
        one, other = _movement(reading, field, names), _movement(reading, following, names)
        if one and other and one.word != other.word and (one.fights or other.fights):
            return one, other
    return None


def _movement(reading: Reading, field: Field, names: Sequence[Found]) -> Movement | None:
    tokens = reading.tokens[field.first : field.last]
    if is_unreal(tokens):
        return None
    for at in range(1, min(len(tokens), _LONGEST + 1)):
        low = tokens[at].low
        moves = low in _MOVES and at + 1 < len(tokens) and tokens[at + 1].low in ("in", "out")
        last = at + 1 + moves
        word = next((w for w, lows in _WORDS.items() if tokens[last - 1].low in lows), None)
        if word is None:
            continue
        end = tokens[last] if last < len(tokens) else None
        goes_on = end is None or end.low in _GOES_ON or end.kind == "p" or end.start in reading.in_date
        fights = _fights(reading, field.first, field.first + at, names)
        if not goes_on or fights is None:
            return None
        called = Span(tokens[at].start, tokens[last - 1].end)
        return Movement(word, called, Span(tokens[0].start, tokens[at - 1].end), fights)
    return None


def _fights(reading: Reading, first: int, last: int, names: Sequence[Found]) -> bool | None:
    """Whether tokens are a force; None where they are something else, such as families or a ferry."""
    head = reading.tokens[last - 1].low
    if head in listed("force") or head in words.FORCE_NOUNS or head == "police":
        return True
    named = next((one for one in names if one.last == last and one.first >= first), None)
    if named is None or named.kind not in ("organization", "demonym", "people", "name"):
        return None
    return named.kind != "name"
