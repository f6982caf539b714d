"""The engine for corpora: pyshacl-turbo, SHACL in Rust, on N-Triples and shapes that are compiled once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from kg.validate import divide as parts
from kg.validate import pyshacl
from kg.validate.pyshacl import literals_as_written, results, unusable
from kg.validate.report import Result

if TYPE_CHECKING:
    from pyshacl_turbo import CompiledShapes

    from kg.validate.shapes import Shapes

_MANY: Final = 500  # lines between two that are compared
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
    data = Input(b"\n".join(lines).decode(), "nt", None, {}, preserve_ids=True)
    try:
        with literals_as_written():
            _, report, _ = _compiled(shapes).validate(data)
    except (ReportableRuntimeError, RuntimeError, ValidationFailure) as error:
        raise unusable(error) from error
    return results(report, shapes)


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
