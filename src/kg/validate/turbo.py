"""The engine for corpora: pyshacl-turbo, SHACL in Rust, on N-Triples and shapes that are compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from kg.text.lexical import ILL_FORMED, XSD, is_well_formed
from kg.validate import divide as parts
from kg.validate import pyshacl
from kg.validate.pyshacl import literals_as_written, unusable
from kg.validate.report import Result
from kg.validate.results import results

if TYPE_CHECKING:
    from pyshacl_turbo import CompiledShapes

    from kg.validate.shapes import Shapes

_MANY: Final = 500  # lines between two that are compared
_LENIENT: Final = re.compile(
    rb'"((?:[^"\\]|\\.)*+)"\^\^<'
    + XSD.encode()
    + rb"(double|float|\w*[dD]uration|base64Binary|language|Name|NCName|NMTOKEN)>"
)
"""Literals of datatypes of which the engine takes what is none, such as "inf" and "P1YT"."""
_NAMES: Final = (b"#double>", b"#float>", b"uration>", b"#base64Binary>", b"#language>", b"Name>", b"#NMTOKEN>")
_KEPT: Final = 8  # compiled shapes; a process uses two or three


def run(lines: Sequence[bytes], shapes: Shapes) -> Iterable[Result]:
    """The results on lines of N-Triples, SHACL Core and SPARQL constraints: those of pySHACL but for known differences.

    The differences are listed, with their reasons, in ``tests/test_shacl_suites.py``. The lines are sorted, each there
    once. A large graph is looked at in parts. Raises InputError where the shapes cannot be applied.
    """
    return parts.run(lines, shapes, _run)


def _run(lines: Sequence[bytes], shapes: Shapes) -> Iterator[Result]:
    """The results on a graph as a whole.

    Where a node has a thousand values of one property, they are pySHACL's: here its time grows with their square, 1.5 s
    for 8,000 (pyshacl-turbo 0.6.5), there it is linear.
    """
    if _has_many_values(lines):
        return pyshacl.run(lines, shapes)
    from pyshacl_turbo import ReportableRuntimeError, ValidationFailure
    from pyshacl_turbo.rdf import Input

    # As N-Triples: through an rdflib graph it would take four times as long, and through a
    # Store of Oxigraph the literals would no longer be as they were written.
    data = Input(_hidden(b"\n".join(lines)).decode(), "nt", None, {}, preserve_ids=True)
    try:
        with literals_as_written():
            _, report, _ = _compiled(shapes).validate(data)
    except (ReportableRuntimeError, RuntimeError, ValidationFailure, ValueError) as error:
        raise unusable(error) from error
    return map(_shown, results(report, shapes))


def _hidden(data: bytes) -> bytes:
    """N-Triples in which what is no literal of its datatype has another one, for `_shown` to give back."""
    return _LENIENT.sub(_judged, data) if any(name in data for name in _NAMES) else data


def _judged(found: re.Match[bytes]) -> bytes:
    text, name = found[1].decode(), found[2].decode()
    return found[0] if is_well_formed(text, XSD + name) else found[0][:-1] + ILL_FORMED.encode() + b">"


def _shown(result: Result) -> Result:
    if ILL_FORMED not in f"{result.focus}{result.value}{result.details}":
        return result
    focus, value = (term.replace(f"{ILL_FORMED}>", ">") for term in (result.focus, result.value))
    return replace(result, focus=focus, value=value, details=tuple(map(_shown, result.details)))


def load(shapes: Shapes) -> None:
    """Import the engine and compile the shapes."""
    if is_installed():
        _compiled(shapes)


@cache
def is_installed() -> bool:
    """Whether there is the engine: it has no wheel for every system."""
    return find_spec("pyshacl_turbo") is not None


def _has_many_values(lines: Sequence[bytes]) -> bool:
    """Whether one subject and predicate begin a thousand lines or more; some hundred may be overlooked."""
    pairs = zip(lines[::_MANY], lines[_MANY::_MANY], strict=False)
    return any(one.split(b" ", 2)[:2] == other.split(b" ", 2)[:2] for one, other in pairs)


@lru_cache(maxsize=_KEPT)
def _compiled(shapes: Shapes) -> CompiledShapes:
    """Compiled from a graph, so that blank shapes keep the labels by which results name them."""
    from pyshacl_turbo import compile_shapes

    return compile_shapes(shapes.graph)
