"""What logs tell without clauses: who goes and who comes in a cell, and names with what was done to them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise, takewhile

from kg.extract.events import Context
from kg.extract.found import Found
from kg.extract.lexicon import is_common, listed, word
from kg.extract.places import Places
from kg.extract.reading import Reading, Sentence
from kg.extract.records.changes import Change, Movement, is_armed, is_unreal, movement
from kg.extract.records.columns import Columns
from kg.extract.records.fields import Field, Row, change_of
from kg.extract.records.headings import Heading, claim_of
from kg.extract.records.heads import may_head
from kg.model import ControlWord, Entity, EventClaim, Span
from kg.text.tokens import Token

_DONE = frozenset(("participle", "past or participle"))
_NOT_DONE = listed("intransitive") | {"leave", "lose"}  # of these the name before is who does it
_WAYS: dict[str, ControlWord] = {"out": "withdrawal", "into": "capture", "in": "capture"}
_OTHER_DAY = frozenset("later earlier before after next previous until".split())
_ALONG = frozenset("along on across in at throughout".split())  # where it holds
_JOINED = frozenset(", ; and | / – — -".split())


class Telegrams:
    """Reads rows and lines of a day that leave the verb or its auxiliary out."""

    def __init__(self, reading: Reading, places: Places, columns: Columns) -> None:
        self.reading, self.found, self.places, self.columns = reading, reading.found, places, columns
        self.tokens = reading.tokens
        self._arrived: set[tuple[Entity, str]] = set()  # a place, and who came to it
        self.changed: set[Entity] = set()  # the places that the text has seen change hands

    def exchanged(self, row: Row, context: Context) -> list[EventClaim]:
        """``5.4.1999 | Rudna | gendarmes go, volunteers arrive``."""
        if context.place is None or not context.dated_row or row.prose:
            return []
        source = self.reading.document.source.text
        names = self.found[row.sentence.index]
        moves = exchange_of(self.reading, row.fields, names) or self._gone(row, context.place)
        self._arrived |= {(context.place, moved.who.of(source)) for moved in moves if moved.word == "capture"}
        return [
            claim_of(
                Heading(row.sentence.span, moved.word, moved.called.of(source)),
                context.place,
                context.date,
                (row.sentence.span,),
                actors=self.columns.actors_in(moved.who),
            )
            for moved in moves
        ]

    def _gone(self, row: Row, place: Entity) -> list[Movement]:
        """``28.9.1939 | Rudna | cavalry gone``: those who go are the ones that a row before saw come."""
        source, names = self.reading.document.source.text, self.found[row.sentence.index]
        moves = (movement(self.reading, field.first, field.last, names) for field in row.fields if field.kind == "text")
        return [
            moved
            for moved in moves
            if moved is not None and moved.word == "withdrawal" and (place, moved.who.of(source)) in self._arrived
        ]

    def of_named(self, sentence: Sentence, context: Context) -> list[EventClaim]:
        """``4 March - Mostar recovered.``, ``Ard and Besk won back``: names, then what was done to them on the day.

        An unknown name may be one that does the recovering, unless the verb has a particle or always an object.
        """
        if not context.dated_row:
            return []
        group, change, rest = self._led(sentence)
        if change is None:
            return []
        verb, held = word(rest[0].low), _is_held(rest)
        again = verb.lemma == "lose" and all(one.text in self._placed or self._seen(one) for one in group)
        if not (again or held or (verb.form in _DONE and verb.lemma not in _NOT_DONE)):
            return []
        sure = held or again or change.last > 1 or verb.lemma in listed("transitive")
        told = Heading(sentence.span, change.word, " ".join(t.text for t in rest[: change.last]))
        named = [o for o in group if o.kind == "place" or (sure and not (o.words == 1 and is_common(o.text.lower())))]
        return [
            claim_of(told, place, context.date, (sentence.span,)) for one in named if (place := self.places.of(one))
        ]

    def _led(self, sentence: Sentence) -> tuple[list[Found], Change | None, list[Token]]:
        """The names that a sentence begins with, past its date, and the change that follows right after them."""
        index = next((i for i in range(sentence.first, sentence.last) if self._says(i)), sentence.last)
        group: list[Found] = []
        for one in self.found[sentence.index]:
            if one.first == index and one.kind in ("place", "name") and may_head(self.reading, one):
                group.append(one)
                listed_on = one.last < sentence.last and self.tokens[one.last].low in (",", "and")
                index = one.last + listed_on
        rest = self.tokens[index : sentence.last]
        if group and rest[:1] and rest[0].low == "again":
            index, rest, group[-1] = index + 1, rest[1:], replace(group[-1], last=group[-1].last + 1)
        change = change_of(self.reading, rest) if group and rest and index == group[-1].last else None
        within = rest[0].low == "in" if rest else False  # "in hand"
        return group, change if change is not None and change.first <= within else None, rest

    @cached_property
    def _placed(self) -> frozenset[str]:
        """The names of which a line says that they are held: ``Samarina back in our hands.``"""
        led = map(self._led, self.reading.sentences)
        return frozenset(one.text for group, change, rest in led if change and _is_held(rest) for one in group)

    def _seen(self, one: Found) -> bool:
        return self.places.of(one) in self.changed

    def moved(self, sentence: Sentence, context: Context, before: EventClaim | None) -> list[EventClaim]:
        """``17th Rifles out of Karlsmouth by noon``, ``Other side in by one.``: who is out, or in where others left."""
        unsaid = is_unreal(self.reading.words(sentence)) or not sentence.lows.isdisjoint(_OTHER_DAY)
        if not context.dated_row or unsaid:
            return []
        names = self.found[sentence.index]
        for at in range(sentence.first + 1, sentence.last - 1):
            low, following = self.tokens[at].low, self.tokens[at + 1].low
            if low not in _WAYS or not is_armed(self.reading, sentence.first, at, names):
                continue
            into = (low, following) == ("out", "of") or low == "into"
            one = next((o for o in names if into and o.first == at + 1 + (low == "out")), None)
            place = self.places.of(one) if one is not None and may_head(self.reading, one) else None
            if low == "in" and following in ("at", "by", "again", "."):
                place = before.place if before is not None else context.place
            if place is None:
                continue
            told = Heading(sentence.span, _WAYS[low], self.tokens[at].text)
            actors = self.columns.actors_in(Span(self.tokens[sentence.first].start, self.tokens[at].start))
            return [claim_of(told, place, context.date, (sentence.span,), actors=actors)]
        return []

    def ceasefire(self, sentence: Sentence, fields: Sequence[Field], context: Context) -> list[EventClaim]:
        """``Ceasefire: 9 July 1968, 18.00 hrs``, ``| Armistice | 3 May 1918 |``, ``1 August: A truce.``"""
        worded = not sentence.lows.isdisjoint(listed("ceasefire")) or {"cease", "fire"} <= sentence.lows
        if not worded or is_unreal(self.reading.words(sentence)):
            return []
        for number, field in enumerate(fields):
            here = self.tokens[field.first : field.last]
            said = (t for t in here if t.kind == "w" and t.start not in self.reading.in_date)
            named = [*takewhile(lambda t: t.low not in _ALONG, said)]
            two = [t.low for t in named[-2:]] == ["cease", "fire"]
            if not named or (named[-1].low not in listed("ceasefire") and not two):
                continue
            beside = next((f.date for f in fields[number + 1 : number + 2] if f.kind in ("date", "when")), None)
            date = field.date or beside
            value = date.value if date is not None else context.date
            called = " ".join(t.text for t in named[-1 - two :])
            if value and all(word(t.low).closed or word(t.low).adjective for t in named[: -1 - two]):
                return [EventClaim(evidence=(sentence.span,), family="ceasefire", called_as=called, date=value)]
        return []

    def _says(self, index: int) -> bool:
        return self.tokens[index].kind == "w" and self.tokens[index].start not in self.reading.in_date


def _is_held(rest: Sequence[Token]) -> bool:
    return rest[0].low in ("ours", "back", "under", "in")


def exchange_of(reading: Reading, fields: Sequence[Field], names: Sequence[Found]) -> tuple[Movement, Movement] | None:
    """Return who went and who came in two fields beside each other; one alone may be on leave, or on patrol.

    One of the two is a force by its name or noun, the other may be a name that nobody knows.
    """
    for field, following in pairwise(fields):
        if following.mark not in _JOINED:
            continue
        one, other = (
            movement(reading, field.first, field.last, names),
            movement(reading, following.first, following.last, names),
        )
        if one and other and one.word != other.word and (one.fights or other.fights):
            return one, other
    return None
