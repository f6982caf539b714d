"""Who answers in an interview whose turns have no names: what the sentences around it say of each person, weighed."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from kg.extract.clauses import Chunk, Noun, Verb, chunks_of
from kg.extract.people import People
from kg.extract.people.persons import is_person_noun
from kg.extract.people.phrases import mark_at, noun_at, subject_before, verb_at
from kg.extract.people.registry import Person
from kg.extract.reading import Reading
from kg.model import Entity

TALKS = frozenset("interview interviewed spoke speaks talk talks talked conversation met questions answers".split())
"""Words that tell of an interview."""
_MEETS = frozenset(
    """
    accompany ask call catch conduct find interview join listen meet phone question reach record seek see sit speak talk
    telephone transcribe visit write report
    """.split()
)  # what who asks does, to or with who answers
_RECEIVES = frozenset("answer greet host invite receive remember reply tell welcome".split())
_TALK = frozenset("chat conversation interview meeting talk visit discussion exchange".split())
_REPORTERS = frozenset(
    "reporter correspondent editor interviewer writer journalist contributor colleague author photographer".split()
)
_ASKING = frozenset(
    "interview interviewer questions question text words by photos photo pictures photographs recorded".split()
)
_ANSWERING = frozenset("answers answer interviewee guest".split())
_OF_COURTS = frozenset(
    "advocate attorney barrister counsel judge lawyer magistrate prosecutor registrar solicitor".split()
)
_US = frozenset("we i us me".split())
CODED = re.compile(r"\b(?:[Ww]itness|WITNESS) (?:[A-Z]{1,4}-?\d{1,5}|\d{1,5}|[A-Z])\b(?!-?\w)")
"""Witnesses whose names are withheld in court."""


class _Name(NamedTuple):
    """A person where a sentence names them."""

    chunks: Sequence[Chunk]
    at: int
    noun: Noun
    entity: Entity


def interviewee(reading: Reading, people: People, turns: Collection[int]) -> Entity | None:
    """Who answers: nobody who asks, writes or takes pictures. ``turns`` are the blocks that are asked or answered."""
    if coded := CODED.search(reading.text):
        return Entity("described", coded[0])
    weights: Counter[int] = Counter()
    testified = "witness" in reading.text.lower()
    for person in people.all:
        court = testified and any(head in _OF_COURTS for _, head, _ in person.roles)
        weights[id(person.entity)] -= 4 * person.credited + 4 * court
    for sentence in reading.sentences:
        if sentence.block in turns:
            for one in reading.found[sentence.index]:
                weights[id(one.entity)] -= one.kind == "person"  # nobody speaks of themselves by name
            continue
        chunks = chunks_of(reading, sentence)
        for named in _names(chunks):
            weights[id(named.entity)] += sum(weight for shows, weight in _SIGNS if shows(named))
    best: Person | None = None
    for person in sorted(people.all, key=lambda one: one.first):
        if best is None or weights[id(person.entity)] > weights[id(best.entity)]:
            best = person
    return best.entity if best is not None and weights[id(best.entity)] > _LEAST else None


def _names(chunks: Sequence[Chunk]) -> Iterator[_Name]:
    for index, chunk in enumerate(chunks):
        if isinstance(chunk, Noun) and chunk.name is not None and chunk.name.kind == "person" and chunk.name.entity:
            yield _Name(chunks, index, chunk, chunk.name.entity)


def _verb_of(named: _Name) -> Verb | None:
    """The verb whose subject is the name."""
    for index in range(named.at + 1, min(len(named.chunks), named.at + 24)):
        verb = verb_at(named.chunks, index)
        if verb is not None and verb.finite:
            subject = subject_before(named.chunks, index)
            return verb if subject is not None and _is_of(subject.noun, subject.apposed, named) else None
    return None


def _is_of(noun: Noun, apposed: Sequence[Noun], named: _Name) -> bool:
    return any(one.name is not None and one.name.entity is named.entity for one in (noun, *apposed))


def _governor(named: _Name) -> tuple[Verb | None, str]:
    """The verb before a name, with the preposition between: ``talked to X``, ``met X``, ``sat down in May with X``."""
    preposition = mark_at(named.chunks, named.at - 1)
    for index in range(named.at - 1, max(-1, named.at - 8), -1):
        if (verb := verb_at(named.chunks, index)) is not None:
            return verb, preposition
        if mark_at(named.chunks, index) in (";", ":"):
            break
    return None, preposition


def _asks(named: _Name) -> bool:
    """``X met her``, ``X talks to Y``, ``X writes for``, ``X asked``; ``X has seen it all`` does not."""
    verb = _verb_of(named)
    if verb is None or verb.word not in _MEETS or verb.passive:
        return False
    if verb.word in ("write", "report"):
        return mark_at(named.chunks, named.chunks.index(verb) + 1) == "for"
    met = _met(named, verb)
    return not any(map(_is_ours, met)) and (verb.word == "ask" or any(map(_is_person, met)))


def _met(named: _Name, verb: Verb) -> list[Noun]:
    """The nouns after a verb: whom somebody meets, asks or talks with."""
    after = named.chunks.index(verb) + 1
    return [chunk for chunk in named.chunks[after : after + 5] if isinstance(chunk, Noun)]


def _is_ours(noun: Noun) -> bool:
    """``our editor``, ``us``, ``the Zoji Observer``: who asks, for whom reads."""
    body = noun.name is not None and noun.name.kind == "organization"
    return body or bool(noun.words & _US) or (bool(noun.words & _REPORTERS) and noun.determiner in ("our", "this"))


def _is_person(noun: Noun) -> bool:
    named = noun.name is not None and noun.name.kind == "person"
    return named or noun.word in ("him", "her") or is_person_noun(noun.word)


def _is_asked(named: _Name) -> bool:
    """``X was interviewed by``, ``X received us``, ``X tells Y``, ``X talked to our reporter``."""
    verb = _verb_of(named)
    if verb is None or verb.word not in _MEETS:
        return verb is not None and verb.word in _RECEIVES
    return verb.passive or any(map(_is_ours, _met(named, verb)))


def _is_met(named: _Name) -> bool:
    """``met X``, ``talked to X``, ``sat down with X``; ``told X`` is who asks."""
    verb, preposition = _governor(named)
    beside = preposition in ("", "with", "to", "out") or preposition in ("the", ":")
    return verb is not None and verb.word in _MEETS and not verb.passive and beside


def _is_told(named: _Name) -> bool:
    """``told X``, ``was interviewed by X``, ``received X``."""
    verb, preposition = _governor(named)
    if verb is None:
        return False
    by = preposition == "by" and (verb.word in _MEETS or verb.passive) and not _is_given(named)
    return by or (verb.word in _RECEIVES and preposition == "" and not verb.passive)


def _is_given(named: _Name) -> bool:
    """``The answers were given by X``: who answers."""
    verb, preposition = _governor(named)
    return verb is not None and verb.passive and preposition == "by" and verb.word in ("answer", "dictate", "give")


def _is_talked_with(named: _Name) -> bool:
    """``an interview with X``, ``our talk with X``; also ``X in conversation with our editor``."""
    before = noun_at(named.chunks, named.at - 2)
    if before is not None and before.word in _TALK and mark_at(named.chunks, named.at - 1) in ("with", "of"):
        return True
    partner = _partner(named)
    return partner is not None and bool(partner.words & (_REPORTERS | _US))


def _talks_with(named: _Name) -> bool:
    """``X in conversation with Y``: X asks."""
    partner = _partner(named)
    return partner is not None and not partner.words & (_REPORTERS | _US)


def _partner(named: _Name) -> Noun | None:
    talk = noun_at(named.chunks, named.at + 2)
    spoken = mark_at(named.chunks, named.at + 1) == "in" and talk is not None and talk.word in _TALK
    joined = spoken and mark_at(named.chunks, named.at + 3) == "with"
    return noun_at(named.chunks, named.at + 4) if joined else None


def _is_reporter(named: _Name) -> bool:
    """``our reporter X``, ``X, our correspondent``, ``Interview: X``, ``Questions by X``."""
    beside = [named.noun, noun_at(named.chunks, named.at - 2), noun_at(named.chunks, named.at + 2)]
    ours = (noun for noun in beside if noun is not None and noun.determiner in ("our", "this"))
    described = beside[2] is not None and mark_at(named.chunks, named.at + 1) == "," and is_person_noun(beside[2].word)
    guest = described and _is_labelled(named, ("interview",))  # "Interview: X, mayor of Y"
    return any(noun.words & _REPORTERS for noun in ours) or (_is_labelled(named, _ASKING) and not guest)


def _is_labelled(named: _Name, labels: Collection[str]) -> bool:
    label = noun_at(named.chunks, named.at - 2)
    return label is not None and label.word in labels and mark_at(named.chunks, named.at - 1) in (":", "by")


def _answers(named: _Name) -> bool:
    return _is_labelled(named, _ANSWERING)


_SIGNS: tuple[tuple[Callable[[_Name], bool], int], ...] = (
    (_asks, -3),
    (_is_told, -4),
    (_talks_with, -3),
    (_is_reporter, -4),
    (_is_asked, 3),
    (_is_met, 3),
    (_is_talked_with, 3),
    (_answers, 4),
    (_is_given, 4),
)
_LEAST = -3
