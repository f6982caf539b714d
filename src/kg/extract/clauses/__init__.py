"""The clauses of a sentence: who does what to whom, when, and whether the text says that it happened.

    clauses_of(reading, sentence) -> tuple[Clause, ...]
    phrases_of(reading, sentence) -> tuple[Phrase, ...]

Layers, each a value that the next reads: `slots` (words, whole names), `tags` (one reading a word), `chunks` (noun
phrases, verb groups), `phrases` (lists, appositions, brackets), `tree` (clauses with subject, object, adjuncts),
`reality`, `discourse`, `when`.
Names, dates and quantities must have been found before (`Reading.found`, `Sentence.dates`, `Reading.quantities`).
"""

from collections.abc import Iterator, Sequence

from kg.extract.clauses.chunks import Chunk, Date, Noun, Verb, chunk
from kg.extract.clauses.clause import Adjunct, Clause
from kg.extract.clauses.phrases import Member, Phrase, phrase_at
from kg.extract.clauses.tags import tag
from kg.extract.clauses.tree import build
from kg.extract.reading import Reading, Sentence

_MOST = 200  # slots read as one sentence: a longer run of words is a list or no text

__all__ = [
    "Adjunct",
    "Chunk",
    "Clause",
    "Date",
    "Member",
    "Noun",
    "Phrase",
    "Verb",
    "chunks_of",
    "clauses_of",
    "phrase_at",
    "phrases_of",
]


def chunks_of(reading: Reading, sentence: Sentence) -> list[Chunk]:
    """The chunks of a sentence, in order."""
    key = (sentence.first, sentence.last)
    known = reading.chunks.get(key)
    if known is None:
        names = _names_of(reading, sentence)
        known = reading.early.get(key) if reading.chunked_by.get(key) == names else None
        if known is None:
            known = chunk(tag(reading, sentence, reading.found[sentence.index], reading.quantities[sentence.index]))
        reading.chunks[key], reading.chunked_by[key] = known, names
    return known


def _names_of(reading: Reading, sentence: Sentence) -> tuple[object, ...]:
    """All of a sentence's names that tags and chunks depend on: whether one is a place or a body, they do not ask."""
    return tuple(
        [
            (id(one), one.first, one.last, one.kind in _ASKED and one.kind, one.text, one.initial and not one.entity)
            for one in reading.found[sentence.index]
        ]
    )


_ASKED = frozenset(("demonym", "person", "role"))


def clauses_of(reading: Reading, sentence: Sentence) -> tuple[Clause, ...]:
    """The clauses of a sentence, in the order in which they begin; the same objects whenever they are asked for."""
    key = (sentence.first, sentence.last)
    known = reading.clauses.get(key)
    if known is None:
        chunks = chunks_of(reading, sentence)
        known = tuple(clause for part in _parts(chunks) for clause in build(part))
        reading.clauses[key] = known
    return known


def _parts(chunks: Sequence[Chunk]) -> Iterator[Sequence[Chunk]]:
    for start in range(0, len(chunks), _MOST):
        yield chunks[start : start + _MOST]


def phrases_of(reading: Reading, sentence: Sentence) -> tuple[Phrase, ...]:
    """Every noun phrase of a sentence with what belongs to it, in order, also where no clause is."""
    found: list[Phrase] = []
    for part in _parts(chunks_of(reading, sentence)):
        index = 0
        while index < len(part):
            if isinstance(part[index], Noun):
                phrase, index = phrase_at(part, index, own_verb=False)
                found.append(phrase)
            else:
                index += 1
    return tuple(found)
