"""The validation report of an engine, an rdflib graph, as plain results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.validate.paths import written
from kg.validate.report import Result
from kg.validate.shapes import Shapes
from kg.vocabulary import RDF, SH, XSD

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_LANG_STRING: Final = RDF.langString.value
_PREFIXES: Final = {SH.iri: "sh", XSD.iri: "xsd", RDF.iri: "rdf"}
_OF_SPARQL: Final = "SPARQLConstraintComponent"


def results(report: rdflib.Graph, shapes: Shapes) -> Iterator[Result]:
    """The results of a SHACL validation report (section 3.6.2), each with those that led to it."""
    from rdflib import RDF as RDFLIB_RDF
    from rdflib import Namespace

    sh = Namespace(SH.iri)
    for node in report.objects(report.value(predicate=RDFLIB_RDF.type, object=sh.ValidationReport), sh.result):
        yield _result(report, node, shapes)


def _result(report: rdflib.Graph, node: Node, shapes: Shapes) -> Result:
    from rdflib import Namespace

    sh = Namespace(SH.iri)
    values = {str(p).removeprefix(SH.iri): o for p, o in report.predicate_objects(node)}
    shape, constraint = _n3(values["sourceShape"]), str(values["sourceConstraintComponent"])
    messages = tuple(sorted(map(_n3, report.objects(node, sh.resultMessage))))
    details = (_result(report, inner, shapes) for inner in report.objects(node, sh.detail))
    return Result(
        focus=_n3(values["focusNode"]),
        path=written(report, values.get("resultPath")),
        value=_n3(values["value"]) if "value" in values else "",
        messages=messages if _says_itself(shapes, shape, constraint) else (_default(shapes, shape, constraint),),
        severity=str(values["resultSeverity"]),
        shape=shapes.names.get(shape, shape.strip("<>")),
        constraint=constraint,
        details=tuple(sorted(details, key=lambda result: result.order)),
    )


def _says_itself(shapes: Shapes, shape: str, constraint: str) -> bool:
    """Whether a message is the shape's own: what engines say otherwise differs, and names their classes."""
    name = constraint.removeprefix(SH.iri)
    return name == _OF_SPARQL or not constraint.startswith(SH.iri) or bool(shapes.said(shape, "message"))


def _default(shapes: Shapes, shape: str, constraint: str) -> str:
    """What a result says whose shape has no message: the constraint with its values."""
    name = constraint.rpartition("#")[2].removesuffix("ConstraintComponent")
    parameter = f"{name[:1].lower()}{name[1:]}"
    wanted = ", ".join(map(short, shapes.said(shape, parameter)))
    return str(Literal(f"Does not meet sh:{parameter} {wanted}".strip(), language="en"))


def short(term: str) -> str:
    """A term for people: a literal's text, a name with its prefix; nothing for a blank node."""
    if term.startswith('"'):
        return term[1 : term.rindex('"')]
    namespace, mark, name = term.strip("<>").rpartition("#")
    prefix = _PREFIXES.get(namespace + mark)
    return f"{prefix}:{name}" if prefix else "" if term.startswith("_:") else term


def _n3(node: Node) -> str:
    """A term as N-Triples writes it."""
    from rdflib.term import BNode, URIRef
    from rdflib.term import Literal as RdflibLiteral

    if isinstance(node, URIRef):
        return f"<{node}>"
    if isinstance(node, BNode):
        return f"_:{node}"
    assert isinstance(node, RdflibLiteral)
    datatype = NamedNode(str(node.datatype)) if node.datatype and str(node.datatype) != _LANG_STRING else None
    if node.language:
        return str(Literal(str(node), language=node.language))
    return str(Literal(str(node), datatype=datatype) if datatype else Literal(str(node)))
