"""The shapes of documents on ever larger graphs: pySHACL beside the fast engine, reading the triples included."""

import time
from collections.abc import Iterator
from itertools import islice

from bench.corpus import pages
from kg import gazetteer, rdf
from kg.extract import extract
from kg.model import Source
from kg.read.split import documents
from kg.validate import Report, prepare, validate
from kg.write import ntriples

TITLE = "SHACL"
PAGES = (5, 50, 500, 4_500)  # the last are a million triples
REFERENCE = 50  # pages that pySHACL is given too: 3 s each time


def rows() -> Iterator[tuple[str, ...]]:
    """Each size with the processor seconds of both engines; their reports are compared, on graphs with errors too."""
    yield "triples", "fast: s", "µs a triple", "pySHACL: s", "times", "same report"
    shapes = prepare(part="document")
    made = graphs()
    validate(ntriples(next(made)), shapes, engine="fast")  # the shapes are compiled once
    graph = b""
    count = 0
    for size in PAGES:
        graph = ntriples(graph + b"".join(islice(made, size - count)))
        count, triples = size, graph.count(b"\n")
        seconds, report = timed(graph, "fast")
        line = f"{triples:,}", f"{seconds:.2f}", f"{seconds / triples * 1e6:.1f}"
        if size > REFERENCE:
            yield *line, "", "", ""
            continue
        reference, expected = timed(graph, "pyshacl")
        spoiled = without_dates(graph)
        same = report == expected and timed(spoiled, "fast")[1] == timed(spoiled, "pyshacl")[1]
        yield *line, f"{reference:.2f}", f"{reference / seconds:.1f}", "yes" if same else "no"


def timed(graph: bytes, engine: str) -> tuple[float, Report]:
    start = time.process_time()
    report = validate(graph, prepare(part="document"), engine=engine)
    return time.process_time() - start, report


def without_dates(graph: bytes) -> bytes:
    """The graph with errors in it: every event claim that has a day has no date."""
    return b"".join(line for line in graph.splitlines(keepends=True) if b"ontology#date>" not in line)


def graphs() -> Iterator[bytes]:
    """Page by page what the dataset holds of it, the gazetteer's entries included."""
    names, iris = gazetteer.load(), rdf.IRIs()
    for page in pages(10**9):
        source = Source(page["id"], page["id"], page["text"], sha256_original="0" * 64, sha256_text="0" * 64)
        for document in documents(source):
            extraction = extract(document, names)
            known = ntriples(names.triples(rdf.gazetteer_keys(extraction), iris.base))
            yield rdf.document_graph(rdf.Names(extraction, iris)) + known
