"""Chunks -> clauses with their subject, object and adjuncts.

One pass from left to right over a stack of clauses that are still open. Coordinated and gapped predicates share the
arguments of the clause that they continue. A clause is built once and only read from then on.
"""

from collections.abc import Callable, Sequence

from kg.extract.clauses.arguments import date, noun
from kg.extract.clauses.chunks import Chunk
from kg.extract.clauses.clause import Clause
from kg.extract.clauses.marks import mark
from kg.extract.clauses.openers import adverb, conjunction, preposition, subordinator
from kg.extract.clauses.predicates import verb
from kg.extract.clauses.settle import settle
from kg.extract.clauses.stack import Stack


def build(chunks: Sequence[Chunk]) -> tuple[Clause, ...]:
    """The clauses of a sentence, in the order in which they begin."""
    stack = Stack(chunks)
    index, end = 0, len(chunks)
    while index < end:
        chunk = chunks[index]
        index = _READ[chunk.kind](stack, chunk, index)
        last = chunks[index - 1].last
        if last > stack.current.last:
            stack.current.last = last
    settle(stack.clauses)
    return tuple(stack.clauses)


_READ: dict[str, Callable[[Stack, Chunk, int], int]] = {
    "mark": mark,
    "and": conjunction,
    "adverb": adverb,
    "sub": subordinator,
    "prep": preposition,
    "date": date,
    "noun": noun,
    "verb": verb,
}
