"""The reference engine: pySHACL, on rdflib graphs."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.errors import InputError
from kg.validate.rdflib_graph import to_rdflib
from kg.validate.report import Result
from kg.validate.shapes import Shapes

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_LANG_STRING: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_LOG: Final = logging.getLogger("rdflib.term")
_SH: Final = "http://www.w3.org/ns/shacl#"


def run(lines: Sequence[bytes], shapes: Shapes) -> Iterator[Result]:
    """The results of pySHACL on lines of N-Triples, SHACL Core and SPARQL constraints, without inference.

    Raises InputError where the shapes cannot be applied.
    """
    with literals_as_written():
        triples = (quad.triple for quad in parse(b"\n".join(lines), format=RdfFormat.N_TRIPLES))
        report = _validate(to_rdflib(triples), shapes)
    return results(report, shapes)


def check_shapes(shapes: Shapes, where: str) -> None:
    """Raise InputError where shapes are not well-formed: against the shapes of SHACL itself, and by trying them."""
    import rdflib

    with literals_as_written():
        _validate(rdflib.Graph(), shapes, where=where, meta=True)


@contextmanager
def literals_as_written() -> Iterator[None]:
    """rdflib keeps ``007`` as it is instead of making it ``7``, which would hide errors from SHACL.

    Nor does it log a traceback for each literal that is not of its datatype: the report says that.
    """
    import rdflib

    before, level = rdflib.NORMALIZE_LITERALS, _LOG.level
    rdflib.NORMALIZE_LITERALS = False
    _LOG.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            # rdflib 7.6 compares a literal that is not of its datatype by the truth of NotImplemented.
            warnings.filterwarnings("ignore", "NotImplemented should not be used", DeprecationWarning)
            warnings.filterwarnings("ignore", "Parsing weird boolean", UserWarning)
            yield
    finally:
        rdflib.NORMALIZE_LITERALS = before
        _LOG.setLevel(level)


def _validate(data: rdflib.Graph, shapes: Shapes, *, where: str = "", meta: bool = False) -> rdflib.Graph:
    import pyshacl
    import rdflib
    from pyparsing import ParseException  # of a SPARQL constraint
    from pyshacl.errors import ReportableRuntimeError

    try:
        _, report, _ = pyshacl.validate(
            data, shacl_graph=shapes.graph, inference="none", inplace=True, advanced=False, meta_shacl=meta
        )
    except (ReportableRuntimeError, NotImplementedError, ParseException, re.error) as error:
        raise unusable(error, where) from error
    except Exception as error:
        if type(error) is not Exception:
            raise  # a fault of ours; a bare Exception is rdflib's word for an unknown prefix in a SPARQL constraint
        raise unusable(error, where) from error
    if isinstance(report, Exception):  # a failure of the shapes that SHACL itself defines (section 3.4)
        raise unusable(report, where) from report
    assert isinstance(report, rdflib.Graph)
    return report


def unusable(error: Exception, where: str = "") -> InputError:
    """What to raise where an engine cannot apply the shapes."""
    reason = " ".join(str(error).split())
    return InputError(f"the shapes cannot be used: {reason}", where=where, hint="correct the shapes")


def results(report: rdflib.Graph, shapes: Shapes) -> Iterator[Result]:
    """The results of a SHACL validation report (section 3.6.2)."""
    from rdflib import RDF, Namespace

    sh = Namespace(_SH)
    for node in report.objects(report.value(predicate=RDF.type, object=sh.ValidationReport), sh.result):
        values = {str(p).removeprefix(_SH): o for p, o in report.predicate_objects(node)}
        messages = sorted(report.objects(node, sh.resultMessage), key=lambda m: (getattr(m, "language", "") != "en", m))
        yield Result(
            focus=_n3(values["focusNode"]),
            path=_path(report, values.get("resultPath")),
            value=_n3(values["value"]) if "value" in values else "",
            message=str(messages[0]) if messages else "",
            severity=str(values["resultSeverity"]),
            shape=_name(values["sourceShape"], shapes),
            constraint=str(values["sourceConstraintComponent"]),
        )


def _name(shape: Node, shapes: Shapes) -> str:
    term = _n3(shape)
    return shapes.names.get(term, term.strip("<>"))


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


def _path(report: rdflib.Graph, node: Node | None) -> str:
    """A SHACL property path as SPARQL writes it (SHACL, section 2.3.1)."""
    from rdflib import RDF, Namespace
    from rdflib.collection import Collection as RdfList
    from rdflib.term import URIRef

    sh = Namespace(_SH)
    if node is None:
        return ""
    if isinstance(node, URIRef):
        return f"<{node}>"
    if (node, RDF.first, None) in report:
        return "/".join(_path(report, step) for step in RdfList(report, node))
    for predicate, before, after in (
        (sh.inversePath, "^", ""),
        (sh.zeroOrMorePath, "", "*"),
        (sh.oneOrMorePath, "", "+"),
        (sh.zeroOrOnePath, "", "?"),
    ):
        if inner := report.value(node, predicate):
            return f"{before}{_path(report, inner)}{after}"
    if alternatives := report.value(node, sh.alternativePath):
        return f"({'|'.join(_path(report, step) for step in RdfList(report, alternatives))})"
    return _n3(node)
