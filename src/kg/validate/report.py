"""What a validation found, as plain values and as a SHACL validation report."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.vocabulary import RDF, SH, XSD
from kg.write.nodes import natural

REPORT: Final = "validation"
VIOLATION: Final = SH.Violation.value


@dataclass(frozen=True, slots=True)
class Result:
    """One value, or lack of one, that a shape does not allow.

    ``focus`` and ``value`` are terms written as in N-Triples, ``path`` is a SPARQL property path over
    full IRIs (empty: the node itself), the others are IRIs. A shape without a name
    goes by the nearest named shape around it.
    """

    focus: str
    path: str
    value: str
    message: str
    severity: str
    shape: str
    constraint: str

    @property
    def reason(self) -> str:
        """The constraint in one word, such as ``MinCount``."""
        return self.constraint.rpartition("#")[2].removesuffix("ConstraintComponent")

    @property
    def order(self) -> tuple[object, ...]:
        return (natural(self.focus), self.shape, self.path, self.constraint, natural(self.value), self.message)


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
        """The report in the terms of SHACL, section 3.6, its nodes below ``base`` and none of them blank."""
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


def _result_triples(node: NamedNode, result: Result) -> list[Triple]:
    triples = [
        Triple(node, RDF.type, SH.ValidationResult),
        Triple(node, SH.focusNode, _term(result.focus)),
        Triple(node, SH.resultSeverity, NamedNode(result.severity)),
        Triple(node, SH.sourceConstraintComponent, NamedNode(result.constraint)),
        Triple(node, SH.sourceShape, _term(f"<{result.shape}>")),
    ]
    if result.message:
        triples.append(Triple(node, SH.resultMessage, Literal(result.message)))
    if result.value:
        triples.append(Triple(node, SH.value, _term(result.value)))
    if result.path.startswith("<") and result.path.count("<") == 1 and result.path.endswith(">"):
        triples.append(Triple(node, SH.resultPath, _term(result.path)))
    return triples


def _term(text: str) -> NamedNode | Literal:
    """A term from its N-Triples form; a blank node, which has no name outside its file, as text."""
    if text.startswith("_:"):
        return Literal(text)
    quads = parse(f"<x:s> <x:p> {text} .".encode(), RdfFormat.N_TRIPLES)
    term = next(iter(quads)).object
    assert isinstance(term, NamedNode | Literal)
    return term
