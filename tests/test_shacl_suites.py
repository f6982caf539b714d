"""The SHACL tests of the W3C, and our own examples, in every engine; what differs is listed with its reason.

The suites are those of w3c/data-shapes; where they are not beside the checkout, their tests are skipped and say so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import rdflib
from pyoxigraph import RdfFormat, Triple, parse
from rdflib.namespace import RDF
from test_shapes_examples import ALONE, CONTEXT, FILES, PARTS, name

from kg import formats
from kg.errors import InputError
from kg.validate import ENGINES, Result, Shapes, prepare, validate
from kg.validate.pyshacl import literals_as_written
from kg.validate.rdflib_graph import to_rdflib
from kg.validate.results import results
from kg.write.ntriples import lines

SUITE = Path(__file__).parent / "suites" / "data-shapes-test-suite" / "tests"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
# Where an engine says something else than the W3C, and why.
KNOWN = {
    ("core/property/uniqueLang-002", "pyshacl"): 'takes sh:uniqueLang "1"^^xsd:boolean for true',
    (
        "core/property/uniqueLang-002",
        "fast",
    ): "the same, for it gets the shapes as an rdflib graph",
    ("sparql/node/prefixes-001", "pyshacl"): "does not follow owl:imports to the prefixes of a query",
    ("sparql/pre-binding/shapesGraph-001", "pyshacl"): "does not support $shapesGraph, which is optional",
}


class Case(NamedTuple):
    """One entry of a manifest."""

    id: str
    path: Path
    kind: str


def entries() -> list[Case]:
    return [
        Case(path.relative_to(SUITE).with_suffix("").as_posix(), path, path.relative_to(SUITE).parts[0])
        for path in sorted(SUITE.rglob("*.ttl"))
        if "sht:Validate" in path.read_text(encoding="utf-8")
    ]


def triples_of(path: Path) -> list[Triple]:
    """As written, relative IRIs against the file's own."""
    quads = parse(path=path, format=RdfFormat.TURTLE, base_iri=path.resolve().as_uri(), rename_blank_nodes=True)
    return [quad.triple for quad in quads]


def report_of(case: Case, engine: str) -> tuple[Counter[Result] | None, Counter[Result] | None]:
    """What the suite expects and what the engine says; None: the shapes cannot be used."""
    own = triples_of(case.path)
    with literals_as_written():
        manifest = to_rdflib(own)
    [test] = manifest.subjects(RDF.type, SHT.Validate)
    action, outcome = manifest.value(test, MF.action), manifest.value(test, MF.result)
    graphs = {
        part: own if str(iri) == case.path.resolve().as_uri() else triples_of(Path(str(iri).removeprefix("file://")))
        for part, iri in ((part, manifest.value(action, part)) for part in (SHT.dataGraph, SHT.shapesGraph))
    }
    shapes = Shapes(tuple(graphs[SHT.shapesGraph]), {})
    with literals_as_written():
        expected = None if outcome == SHT.Failure else Counter(comparable(results(manifest, shapes)))
    try:
        found = Counter(comparable(ENGINES[engine](lines(graphs[SHT.dataGraph]), shapes)))
    except InputError:
        found = None
    return expected, found


def comparable(found: Iterable[Result]) -> Iterator[Result]:
    """Without what an engine may word as it likes; the suite gives messages only here and there."""
    for result in found:
        yield Result(result.focus, result.path, result.value, (), result.severity, result.shape, result.constraint)


CASES = entries()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_an_engine_gives_the_report_that_the_w3c_expects(case: Case, engine: str) -> None:
    expected, found = report_of(case, engine)
    assert (found != expected) == ((case.id, engine) in KNOWN)


def test_the_suites_are_whole() -> None:
    assert Counter(case.kind for case in CASES) == {"core": 98, "sparql": 23}
    assert {test for test, _ in KNOWN} <= {case.id for case in CASES}


@pytest.mark.slow  # a few ms for each of some hundred
@pytest.mark.parametrize("path", FILES, ids=name)
def test_the_engines_agree_on_our_examples(path: Path) -> None:
    alone = path.parent.name == "gazetteer" or name(path) in ALONE
    graph = [*(() if alone else CONTEXT), *formats.read(path)]
    shapes = prepare(part=PARTS.get(path.parent.name, "document"))
    reference, fast = (validate(graph, shapes, engine=engine) for engine in ("pyshacl", "fast"))
    assert reference == fast
