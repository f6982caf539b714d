"""What a validation found, as plain values and as a SHACL validation report."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.validate.paths import said
from kg.vocabulary import RDF, SH, XSD
from kg.write.nodes import natural

REPORT: Final = "validation"
VIOLATION: Final = SH.Violation.value


@dataclass(frozen=True, slots=True)
class Result:
    """One value, or lack of one, that a shape does not allow.

    ``focus``, ``value`` and the ``messages``, one in each language, are terms written as in N-Triples,
    ``path`` is a SPARQL property path over full IRIs (empty: the node itself), the others are IRIs. A shape
    without a name goes by the nearest named shape around it. ``details`` are what led to it, for ``sh:node``.
    """

    focus: str
    path: str
    value: str
    messages: tuple[str, ...]
    severity: str
    shape: str
    constraint: str
    details: tuple["Result", ...] = ()

    @property
    def message(self) -> str:
        """What it says: in English where it does, else without a language, else in any."""
        found = [term for text in self.messages if isinstance(term := _term(text), Literal)]
        ranked = sorted(found, key=lambda term: ((term.language or "").partition("-")[0] != "en", bool(term.language)))
        return ranked[0].value if ranked else ""

    @property
    def reason(self) -> str:
        """The constraint in one word, such as ``MinCount``."""
        return self.constraint.rpartition("#")[2].removesuffix("ConstraintComponent")

    @property
    def order(self) -> tuple[object, ...]:
        return (natural(self.focus), self.shape, self.path, self.constraint, natural(self.value), self.messages)


@dataclass(frozen=True, slots=True)
class Report:
    """All results in one order, whatever the engine; `focus_nodes` is how many nodes a shape was applied to."""

    results: tuple[Result, ...] = ()
    focus_nodes: int = 0

    @property
    def conforms(self) -> bool:
        """Whether there is no result of any severity (SHACL, section 3.6.1.1)."""
        return not self.results

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that are more than a warning or information."""
        return tuple(result for result in self.results if result.severity == VIOLATION)

    def to_triples(self, base: str) -> list[Triple]:
        """The report in the terms of SHACL, section 3.6, its nodes below ``base``; blank are data's and paths'."""
        report = NamedNode(f"{base}{REPORT}")
        triples = [
            Triple(report, RDF.type, SH.ValidationReport),
            Triple(report, SH.conforms, Literal(str(self.conforms).lower(), datatype=XSD.boolean)),
        ]
        for number, result in enumerate(self.results, 1):
            node = NamedNode(f"{base}{REPORT}/{number}")
            triples.append(Triple(report, SH.result, node))
            triples += _result_triples(node, result)
        return triples

    def to_turtle(self, base: str) -> bytes:
        """``validation.ttl``: `to_triples` as sorted Turtle."""
        from kg.vocabulary import prefixes
        from kg.write.turtle import turtle

        return turtle(self.to_triples(base), prefixes=prefixes(base), base=base)


def reported(results: Iterable[Result], focus_nodes: int) -> Report:
    """A report of the results, each once and in order."""
    return Report(tuple(sorted(set(results), key=lambda result: result.order)), focus_nodes)


def _result_triples(node: NamedNode, result: Result) -> Iterator[Triple]:
    yield Triple(node, RDF.type, SH.ValidationResult)
    yield Triple(node, SH.focusNode, _term(result.focus))
    yield Triple(node, SH.resultSeverity, NamedNode(result.severity))
    yield Triple(node, SH.sourceConstraintComponent, NamedNode(result.constraint))
    yield Triple(node, SH.sourceShape, _term(result.shape if result.shape.startswith("_:") else f"<{result.shape}>"))
    for message in result.messages:
        yield Triple(node, SH.resultMessage, _term(message))
    if result.value:
        yield Triple(node, SH.value, _term(result.value))
    if result.path:
        number = count(1)
        name = "-".join(node.value.rpartition(f"{REPORT}/")[2].split("/"))
        path, steps = said(result.path, lambda: BlankNode(f"path-{name}-{next(number)}"))
        yield Triple(node, SH.resultPath, path)
        yield from steps
    for number_of, detail in enumerate(result.details, 1):
        inner = NamedNode(f"{node.value}/{number_of}")
        yield Triple(node, SH.detail, inner)
        yield from _result_triples(inner, detail)


def _term(text: str) -> NamedNode | BlankNode | Literal:
    """A term from its N-Triples form."""
    quads = parse(f"<x:s> <x:p> {text} .".encode(), RdfFormat.N_TRIPLES)
    term = next(iter(quads)).object
    assert isinstance(term, NamedNode | BlankNode | Literal)
    return term
