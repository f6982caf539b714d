"""A graph on its way: lines of N-Triples, which cost a fifth of what as many Triple objects do."""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

Pairs = Iterator[tuple[NamedNode, NamedNode | Literal]]
"""Predicates and objects of one subject."""


class Graph:
    """Triples in any order, as lines of canonical N-Triples with their ends; repeated ones do no harm."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, subject: NamedNode | str, pairs: Iterable[tuple[NamedNode, NamedNode | Literal]]) -> None:
        """Add what is said of a subject, a node or the term of one."""
        # Terms of pyoxigraph are written as N-Triples writes them, escapes included.
        start = str(subject)
        self.lines += [f"{start} {predicate} {value} .\n" for predicate, value in pairs]

    def sorted(self) -> bytes:
        """The lines as `kg.write.ntriples` gives them: in the order of their bytes, each once."""
        lines = sorted(self.lines)  # what comes in order is merged, which a set would mix up; UTF-8 sorts like this
        return "".join(dict.fromkeys(lines)).encode()
