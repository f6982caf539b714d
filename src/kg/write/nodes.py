"""A graph by its subjects, and the order in which people read them."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kg.write.ntriples import Graph, lines

Node = dict[str, list[str]]
"""Predicate to objects, each written as N-Triples does."""

NOT_SAFE: Final = re.compile(r"[^A-Za-z0-9_-]+")  # what a local name is better without
_DIGITS: Final = re.compile(r"([0-9]+)")


def nodes(graph: Graph) -> dict[str, Node]:
    """Every subject of the graph with its predicates and their objects, all sorted, as N-Triples terms.

    >>> nodes(b"<http://e/s> <http://e/p> \\"o\\" .\\n")
    {'<http://e/s>': {'<http://e/p>': ['"o"']}}
    """
    found: dict[str, Node] = {}
    for line in b"\n".join(lines(graph)).decode().split("\n"):
        if line:
            subject, predicate, value = line.split(" ", 2)
            found.setdefault(subject, {}).setdefault(predicate, []).append(value[:-2])
    return found


def natural(term: str) -> tuple[object, ...]:
    """A key under which numbers inside names sort as numbers: ``news-2`` before ``news-10``.

    Digits are compared by length and then by text: a name may hold more of them than int() reads.
    """
    parts: list[object] = list(_DIGITS.split(term.strip("<>")))
    parts[1::2] = ((len(digits), digits) for digits in (str(part).lstrip("0") for part in parts[1::2]))
    return tuple(parts), term


def in_order(terms: Iterable[str]) -> list[str]:
    """The terms, sorted as people count."""
    return sorted(terms, key=natural)


def iri(term: str) -> str:
    """The IRI of an N-Triples term such as ``<http://e/s>``."""
    return term[1:-1]


def objects(node: Node, predicates: Iterable[str]) -> Iterator[str]:
    """The objects of some predicates of a node."""
    for predicate in predicates:
        yield from node.get(predicate, ())
