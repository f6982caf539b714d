"""The reference engine: pySHACL, on rdflib graphs."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, parse

from kg.errors import InputError
from kg.validate.rdflib_graph import to_rdflib
from kg.validate.report import Result
from kg.validate.results import results, short
from kg.validate.shapes import Shapes

if TYPE_CHECKING:
    import rdflib

_LOG: Final = logging.getLogger("rdflib.term")
_HINT: Final = "correct the shapes"
_SHOWN: Final = 3  # faults of shapes


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
    from pyshacl.entrypoints import meta_validate

    with literals_as_written():
        _, report, _ = meta_validate(to_rdflib(shapes.with_short_lists()), inference="none", inplace=True)
        if found := sorted(set(results(report, shapes)), key=lambda result: result.order):
            raise InputError(f"the shapes cannot be used: {_broken(found, shapes)}", where=where, hint=_HINT)
        _validate(rdflib.Graph(), shapes, where=where)


def _broken(found: Sequence[Result], shapes: Shapes) -> str:
    """What breaks the shapes of SHACL itself, the first three."""
    said = []
    for one in found[:_SHOWN]:
        parts = (shapes.names.get(one.focus, one.focus), one.path and short(f"<{one.path}>"), short(one.value))
        said.append(f"{' '.join(filter(None, parts))} ({one.reason})")
    return "; ".join(said) + (f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else "")


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


def _validate(data: rdflib.Graph, shapes: Shapes, *, where: str = "") -> rdflib.Graph:
    import pyshacl
    import rdflib
    from pyparsing import ParseException  # of a SPARQL constraint
    from pyshacl.errors import ReportableRuntimeError

    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes.graph, inference="none", inplace=True, advanced=False)
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
    return InputError(f"the shapes cannot be used: {reason}", where=where, hint=_HINT)
