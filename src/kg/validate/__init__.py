"""Triples and shapes to a report. Engines stand behind one function; pySHACL is the reference."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from pyoxigraph import Literal

from kg import formats
from kg.errors import InputError, UsageError
from kg.runtime.lines import distinct
from kg.validate import pyshacl, turbo
from kg.validate.nesting import check_nesting
from kg.validate.report import VIOLATION, Report, Result, reported
from kg.validate.shapes import PARTS, Shapes, numbered, our_shapes, read_shapes, shapes_files, shapes_folder
from kg.validate.terms import check_terms
from kg.validate.turbo import load as load_fast_engine
from kg.vocabulary import DCTERMS, PROV, RDF, SH
from kg.write.ntriples import Graph, lines

__all__ = [
    "AUTO",
    "ENGINES",
    "PARTS",
    "Report",
    "Result",
    "Shapes",
    "load_fast_engine",
    "prepare",
    "shapes_folder",
    "validate",
    "validate_documents",
    "validate_files",
]

Engine = Callable[[Sequence[bytes], Shapes], Iterable[Result]]

ENGINES: Final[Mapping[str, Engine]] = {"pyshacl": pyshacl.run, "fast": turbo.run}
"""By the name that ``--shacl-engine`` takes; an engine gets sorted lines, each once, and gives results in any order."""
AUTO: Final = "auto"  # the fast engine, whatever the size, and the reference where there is none
_NOTHING: Final = "No shape finds a node to look at: the graph is empty, or not of the kind that the shapes are for."
_IS_SOURCE: Final = f" {RDF.type} {PROV.Entity} .".encode()
_PART_OF: Final = str(DCTERMS.isPartOf).encode()


def prepare(
    paths: Iterable[str | Path] | None = None, *, part: str = "dataset", contexts: formats.Contexts | None = None
) -> Shapes:
    """Shapes from files and folders of them, or else our own for a part of `PARTS`.

    Raises InputError for a file that is not RDF, and for one whose shapes cannot be understood:
    no shape at all, or one that is not well-formed by SHACL, with what is wrong.
    """
    if paths is None:
        return our_shapes(part)
    files = [file for path in paths for file in shapes_files(Path(path))]
    shapes = read_shapes(files, contexts)
    where = ", ".join(map(str, files))
    check_terms(shapes.triples, where)
    if not shapes.targets:
        raise InputError("holds no shape with a target", where=where, hint="give a shape sh:targetClass or the like")
    check_nesting(shapes.triples, shapes.names, where)
    # Seconds, for the shapes of SHACL itself: a caller's shapes are worth it, our own pass a test.
    pyshacl.check_shapes(shapes, where)
    return shapes


def validate(graph: Graph, shapes: Shapes, *, engine: str = AUTO) -> Report:
    """What the shapes say of the graph.

    A graph in which no shape finds a node to look at does not conform: it is most likely not
    the graph that was meant. Raises UsageError for an unknown engine and InputError where the
    shapes cannot be applied.
    """
    return _report(lines(graph), shapes, engine)


def _report(distinct: list[bytes], shapes: Shapes, engine: str) -> Report:
    results = list(_engine(engine)(distinct, shapes))
    focus_nodes = len(set(shapes.focus_nodes(distinct)))
    if not focus_nodes and not results:
        results.append(_nothing_checked(shapes))
    return reported(results, focus_nodes)


def validate_documents(documents: Sequence[Graph], shapes: Shapes, *, engine: str = AUTO) -> list[Report]:
    """One report for each document's graph (its own nodes and the gazetteer's that it uses), in their order.

    The documents are validated in one go, which costs far less than one by one. Only if
    something is found, or a document lacks its source or itself, are they looked at in halves.
    Focus nodes are not counted for a document that conforms as part of a whole.
    """
    return _reports([lines(document) for document in documents], shapes, engine)


def _reports(documents: Sequence[list[bytes]], shapes: Shapes, engine: str) -> list[Report]:
    if len(documents) == 1 or not all(map(_has_document, documents)):
        return [_report(document, shapes, engine) for document in documents]
    together = distinct(line for document in documents for line in document)
    if not documents or not list(_engine(engine)(together, shapes)):
        return [Report(())] * len(documents)
    middle = len(documents) // 2
    return [report for half in (documents[:middle], documents[middle:]) for report in _reports(half, shapes, engine)]


def validate_files(
    paths: Iterable[str | Path],
    shapes: Shapes | None = None,
    *,
    engine: str = AUTO,
    contexts: formats.Contexts | None = None,
) -> Report:
    """The files of any RDF format as one graph, against these shapes or our own.

    Raises InputError for a file that cannot be read.
    """
    triples = [triple for path in paths for triple in formats.read(path, contexts=contexts)]
    return validate(numbered(triples), shapes or prepare(), engine=engine)


def _engine(name: str) -> Engine:
    if name == AUTO:
        name = "fast" if turbo.is_installed() else "pyshacl"
    if name == "fast" and not turbo.is_installed():
        what = "pyshacl-turbo is not installed"
        raise UsageError(what, hint="pip install pyshacl-turbo, or --shacl-engine pyshacl: the same, but slower")
    if engine := ENGINES.get(name):
        return engine
    raise UsageError(f"unknown SHACL engine {name!r}", hint=f"one of {', '.join((AUTO, *ENGINES))}")


def _has_document(lines: Sequence[bytes]) -> bool:
    """Whether a graph holds a source and a document of it: inside a batch the others' would stand in for them."""
    sources = {line.partition(b" ")[0] for line in lines if line.endswith(_IS_SOURCE)}
    part_of = (line.split(b" ", 2) for line in lines if _PART_OF in line)
    return any(predicate == _PART_OF and value[:-2] in sources for _, predicate, value in part_of)


def _nothing_checked(shapes: Shapes) -> Result:
    target = min(value.value for _, value in shapes.targets)
    return Result(
        focus=f"<{target}>",
        path="",
        value="",
        messages=(str(Literal(_NOTHING, language="en")),),
        severity=VIOLATION,
        shape=target,
        constraint=f"{SH.iri}MinCountConstraintComponent",
    )
