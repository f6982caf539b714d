"""Triples and shapes to a report. Engines stand behind one function; pySHACL is the reference."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from pyoxigraph import Triple

from kg import formats
from kg.errors import UsageError
from kg.validate import pyshacl, turbo
from kg.validate.report import VIOLATION, Report, Result, reported
from kg.validate.shapes import PARTS, Shapes, prepare, shapes_folder
from kg.vocabulary import DCTERMS, PROV, RDF, SH

__all__ = [
    "AUTO",
    "ENGINES",
    "PARTS",
    "Report",
    "Result",
    "Shapes",
    "prepare",
    "shapes_folder",
    "validate",
    "validate_documents",
    "validate_files",
]

Engine = Callable[[Collection[Triple], Shapes], Iterable[Result]]

ENGINES: Final[Mapping[str, Engine]] = {"pyshacl": pyshacl.run, "fast": turbo.run}
"""By the name that ``--shacl-engine`` takes; an engine may give its results in any order."""
AUTO: Final = "auto"  # the reference for what is small, the fast engine for the rest
_SMALL: Final = 1_000  # triples; what pySHACL does in a fifth of a second


def validate(triples: Iterable[Triple], shapes: Shapes, *, engine: str = AUTO) -> Report:
    """What the shapes say of the graph.

    A graph in which no shape finds a node to look at does not conform: it is most likely not
    the graph that was meant. Raises UsageError for an unknown engine and InputError where the
    shapes cannot be applied.
    """
    graph = list(dict.fromkeys(triples))
    results = list(_engine(engine, len(graph))(graph, shapes))
    focus_nodes = shapes.count_focus_nodes(graph)
    if not focus_nodes and not results:
        results.append(_nothing_checked(shapes))
    return reported(results, focus_nodes)


def validate_documents(documents: Sequence[Sequence[Triple]], shapes: Shapes, *, engine: str = AUTO) -> list[Report]:
    """One report for each document's graph (its own nodes and the gazetteer's that it uses), in their order.

    The documents are validated in one go, which costs far less than one by one. Only if
    something is found, or a document lacks its source or itself, are they looked at in halves.
    A report of a document that conforms as part of a whole says 0 focus nodes of its own only if it has none.
    """
    if len(documents) == 1 or not all(map(_has_document, documents)):
        return [validate(document, shapes, engine=engine) for document in documents]
    if not documents or validate((t for document in documents for t in document), shapes, engine=engine).conforms:
        return [Report((), shapes.count_focus_nodes(document)) for document in documents]
    middle = len(documents) // 2
    return [
        report
        for half in (documents[:middle], documents[middle:])
        for report in validate_documents(half, shapes, engine=engine)
    ]


def validate_files(paths: Iterable[str | Path], shapes: Shapes | None = None, *, engine: str = AUTO) -> Report:
    """The files of any RDF format as one graph, against these shapes or our own.

    Raises InputError for a file that cannot be read.
    """
    triples = [triple for path in paths for triple in formats.read(path)]
    return validate(triples, shapes or prepare(), engine=engine)


def _engine(name: str, triples: int) -> Engine:
    if name == AUTO:
        name = "pyshacl" if triples <= _SMALL else "fast"
    if engine := ENGINES.get(name):
        return engine
    raise UsageError(f"unknown SHACL engine {name!r}", hint=f"one of {', '.join((AUTO, *ENGINES))}")


def _has_document(triples: Iterable[Triple]) -> bool:
    """Whether a graph holds a source and a document of it: inside a batch the others' would stand in for them."""
    sources, part_of = set(), set()
    for subject, predicate, value in triples:
        if predicate == RDF.type and value == PROV.Entity:
            sources.add(subject)
        elif predicate == DCTERMS.isPartOf:
            part_of.add(value)
    return any(source in sources for source in part_of)


def _nothing_checked(shapes: Shapes) -> Result:
    target = min(value.value for _, value in shapes.targets)
    return Result(
        focus=f"<{target}>",
        path="",
        value="",
        message="No shape finds a node to look at: the graph is empty, or not of the kind that the shapes are for.",
        severity=VIOLATION,
        shape=target,
        constraint=f"{SH.iri}MinCountConstraintComponent",
    )
