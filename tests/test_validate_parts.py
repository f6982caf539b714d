"""A graph that is looked at in parts is said to be what it is said to be as a whole."""

from collections import Counter
from typing import Any

import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse
from test_shacl_suites import CASES, KNOWN, SUITE, report_of

import kg
from kg.validate import divide as parts
from kg.validate import prepare, turbo
from kg.validate.reach import sight_of
from kg.validate.shapes import Shapes, _names
from kg.write.ntriples import lines

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix : <https://example.org/> .
"""
SHAPES = {
    "class": ":S sh:targetClass :A ; sh:property [ sh:path :p ; sh:class :B ; sh:minCount 1 ] .",
    "implicit": ":A a sh:NodeShape, rdfs:Class ; sh:property [ sh:path :q ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] .",
    "implicit of OWL": ":B a owl:Class ; sh:property [ sh:path :q ; sh:minCount 1 ], [ sh:path :p ; sh:class :A ] .",
    "values": ":S sh:targetObjectsOf :p ; sh:nodeKind sh:IRI ; sh:property [ sh:path :q ; sh:minCount 1 ] .",
    "names": ":S sh:targetNode :n1, :n2, :gone ; sh:property [ sh:path :p ; sh:minCount 1 ] .",
    "closed": """:S sh:targetSubjectsOf :p ; sh:closed true ;
        sh:property [ sh:path :p ], [ sh:path rdf:type ] .""",
    "node": """:S sh:targetClass :A ; sh:property [ sh:path :p ; sh:node :T ] .
        :T a sh:NodeShape ; sh:property [ sh:path ( :q :p ) ; sh:minCount 1 ] .""",
    "path": """:S sh:targetSubjectsOf :q ; sh:property [ sh:path [ sh:zeroOrMorePath :p ] ; sh:class :A ] ;
        sh:property [ sh:path [ sh:alternativePath ( :p :q ) ] ; sh:equals :p ; sh:disjoint :r ] .""",
    "inverse": """:S sh:targetClass :A ;
        sh:property [ sh:path [ sh:inversePath :p ] ; sh:minCount 1 ; sh:maxCount 1 ] .""",
    "inverse of values": """:S sh:targetObjectsOf :p ; sh:targetSubjectsOf :q ;
        sh:property [ sh:path ( [ sh:inversePath :p ] :q ) ; sh:minCount 1 ; sh:class :A ] ;
        sh:or ( [ sh:property [ sh:path [ sh:inversePath :q ] ; sh:maxCount 0 ] ] [ sh:class :B ] ) .""",
    "inverse of other values": """:S sh:targetObjectsOf :p ;
        sh:property [ sh:path [ sh:inversePath :q ] ; sh:minCount 1 ; sh:maxCount 2 ] .""",
    "inverse of names": """:S sh:targetNode :n1, :gone ;
        sh:property [ sh:path ( [ sh:inversePath :p ] [ sh:inversePath :q ] ) ; sh:maxCount 1 ; sh:class :A ] .""",
    "inverse of several": """:S sh:targetClass :A ;
        sh:property [ sh:path [ sh:inversePath :p ] ; sh:minCount 2 ] .""",
    "inverse of names, compared": """:S sh:targetNode :n1, :n2 ; sh:property [
        sh:path ( [ sh:inversePath :p ] [ sh:inversePath :q ] ) ; sh:node [ sh:disjoint :r ] ] .""",
    "inverse beside what looks farther": """:S sh:targetClass :A ;
        sh:property [ sh:path [ sh:inversePath :q ] ; sh:maxCount 1 ] .
        :T sh:targetClass :A ; sh:property [ sh:path ( :p :r ) ; sh:minCount 1 ] .""",
    "inverse beside others": """:S sh:targetClass :A ; sh:property [ sh:path [ sh:inversePath :q ] ; sh:class :B ] .
        :T sh:targetClass :A, :B ; sh:property [ sh:path :r ; sh:minCount 1 ; sh:lessThan :q ] .""",
    "shared": """:S sh:targetSubjectsOf :p ; sh:property :P . :T sh:targetObjectsOf :p ; sh:property :P .
        :P a sh:PropertyShape ; sh:path :q ; sh:minCount 1 ; sh:maxCount 2 .""",
    "twice": """:S sh:targetClass :A ; sh:message "No :p." ;
        sh:property [ sh:path :p ; sh:minCount 1 ], [ sh:path :p ; sh:minCount 1 ; sh:maxCount 2 ] .""",
    "inverse in a class that is no shape by its type": """:A a rdfs:Class ;
        sh:property [ sh:path [ sh:inversePath :p ] ; sh:maxCount 1 ] .""",
    "inverse in a class of OWL": """:A a owl:Class, sh:NodeShape ;
        sh:property [ sh:path [ sh:inversePath :p ] ; sh:maxCount 1 ] .""",
    "inverse beside a class that is no shape by its type": """:A a rdfs:Class ;
        sh:property [ sh:path ( :p :q ) ; sh:minCount 1 ] .
        :S sh:targetNode :n0 ; sh:property [ sh:path ( :p [ sh:inversePath :q ] ) ; sh:maxCount 1 ] .""",
}
FAR = {
    "inverse of a value": """:S sh:targetClass :A ;
        sh:property [ sh:path ( :p [ sh:inversePath :q ] ) ; sh:minCount 1 ] .""",
    "inverse in a shape of values": """:S sh:targetClass :A ; sh:property [ sh:path :p ; sh:qualifiedMinCount 1 ;
        sh:qualifiedValueShape [ sh:property [ sh:path [ sh:inversePath :p ] ; sh:maxCount 1 ] ] ] .""",
    "inverse repeated": """:S sh:targetClass :A ;
        sh:property [ sh:path [ sh:zeroOrMorePath [ sh:inversePath :p ] ] ; sh:maxCount 2 ] .""",
    "inverse of a sequence": """:S sh:targetClass :A ;
        sh:property [ sh:path [ sh:inversePath ( :p :q ) ] ; sh:maxCount 1 ] .""",
    "inverse with a shape of what it finds": """:S sh:targetClass :A ; sh:property [ sh:path [ sh:inversePath :p ] ;
        sh:property [ sh:path :q ; sh:minCount 1 ] ] .""",
    "inverse in a shape without a name": """[] a sh:PropertyShape ; sh:targetClass :A ;
        sh:path [ sh:inversePath :p ] ; sh:maxCount 1 .""",
    "inverse in another shape": """:S sh:targetClass :A ; sh:node :T .
        :T a sh:NodeShape ; sh:property [ sh:path [ sh:inversePath :p ] ; sh:maxCount 1 ] .""",
    "inverse in a class of a class": """:Kind rdfs:subClassOf rdfs:Class . :A a :Kind, sh:NodeShape ;
        sh:property [ sh:path [ sh:inversePath :p ] ; sh:maxCount 1 ] .""",
    "inverse beside what another shape has too": """:S sh:targetClass :A ;
        sh:property _:p, [ sh:path [ sh:inversePath :p ] ; sh:maxCount 1 ] . :T sh:targetClass :B ; sh:property _:p .
        _:p sh:path :q ; sh:minCount 1 .""",
    "inverse beside a target inside": """:S sh:targetClass :A ; sh:property [ sh:path [ sh:inversePath :p ] ;
        sh:maxCount 1 ], [ sh:targetClass :B ; sh:path :q ; sh:minCount 1 ] .""",
    "inverse in a sibling": """:S sh:property :P, [ sh:path :q ; sh:qualifiedMaxCount 9 ; sh:qualifiedValueShape [
        sh:property [ sh:path [ sh:inversePath :q ] ; sh:minCount 2 ] ] ] .
        :P a sh:PropertyShape ; sh:targetClass :A ; sh:path :p ; sh:qualifiedMinCount 1 ;
        sh:qualifiedValueShapesDisjoint true ; sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] .""",
    "SPARQL": """:S sh:targetClass :A ;
        sh:sparql [ sh:select "SELECT $this WHERE { ?a <https://example.org/p> ?b . FILTER ( ?b = $this ) }" ] .""",
}
"""Shapes of which no part could tell what they say, or nobody which of them says it."""
NODES = [f"<https://example.org/n{n}>" for n in range(8)] + ["_:b0", "_:b1"]
CLASSES = [f"<https://example.org/{name}>" for name in "ABC"]
TERMS = [f"<https://example.org/{name}>" for name in "pqr"]
TYPE, SUBCLASS = (
    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
    "<http://www.w3.org/2000/01/rdf-schema#subClassOf>",
)
TRIPLES = st.one_of(
    st.tuples(st.sampled_from(NODES), st.sampled_from(TERMS), st.sampled_from([*NODES, *NODES[:1] * 4, '"1"', '"2"'])),
    st.tuples(st.sampled_from(NODES), st.just(TYPE), st.sampled_from(CLASSES)),
    st.tuples(st.just(CLASSES[2]), st.just(SUBCLASS), st.sampled_from(CLASSES[:2])),
)
# Of any size as often: lists that hypothesis is left to size have four triples, which is one part.
TRIPLES_OF_A_GRAPH = st.integers(0, 60).flatmap(lambda size: st.lists(TRIPLES, min_size=size, max_size=size))
GRAPHS = TRIPLES_OF_A_GRAPH.map(lambda triples: sorted({" ".join((*t, ".")).encode() for t in triples}))


def shapes_of(text: str) -> Shapes:
    triples = tuple(quad.triple for quad in parse(PREFIXES + text, format=RdfFormat.TURTLE))
    return Shapes(triples, _names(triples))


def as_a_whole(data: Any, shapes: Any) -> Any:
    return Counter(turbo._run(data, shapes))


def divide_all(patch: Any, limit: Any, most: Any) -> None:
    """Cut every graph, however small: what is large enough to be cut would take seconds each time."""
    for name, value in (("SMALL", -1), ("_LIMIT", limit), ("_MOST", most)):
        patch.setattr(parts, name, value)


def in_parts(data: Any, shapes: Any, limit: Any, *, most: Any = 100) -> Any:
    """The results, and how many graphs the engine was given."""
    given = []

    def engine(some: Any, these: Any) -> Any:
        assert some == sorted(set(some))
        given.append(some)
        return turbo._run(some, these)

    with pytest.MonkeyPatch.context() as patch:
        divide_all(patch, limit, most)
        return Counter(parts.run(data, shapes, engine)), given


COMPILED = {name: shapes_of(text) for name, text in (SHAPES | FAR).items()}


@pytest.mark.parametrize("name", COMPILED)
@settings(max_examples=examples(60))
@given(data=GRAPHS, limit=st.integers(1, 12))
def test_parts_give_the_results_of_the_whole(name: Any, data: Any, limit: Any) -> None:
    found, _ = in_parts(data, COMPILED[name], limit)
    assert found == as_a_whole(data, COMPILED[name])


@pytest.mark.parametrize(
    ("name", "turtle", "limit"),
    [
        ("inverse of several", ":h :p :v . :b :p :v . :v a :A . :c :q :h . :d :q :h . :e :q :h . :f :q :h .", 4),
        ("inverse", ":h a :C . :C rdfs:subClassOf :A . :b :p :h . :c :p :h . :d :p :h . :e :p :h .", 3),
        ("inverse", ":b :p _:h . :c :p _:h . :d :p _:h . _:h a :A ; :q _:i . _:i :r :x .", 2),
        ("inverse of names, compared", ":s :p :n1 . :v :q :s ; :r :v .", 1),
        ("inverse beside what looks farther", ":h a :A ; :p :v . :v :r :x . :b :q :h . :c :q :h . :d :q :h .", 2),
    ],
    ids=["own node that others reach", "subclass", "blank node in a message", "value compared", "another shape"],
)
def test_what_random_graphs_seldom_have(name: Any, turtle: Any, limit: Any) -> None:
    data = lines(quad.triple for quad in parse(PREFIXES + turtle, format=RdfFormat.TURTLE))
    found, given = in_parts(data, COMPILED[name], limit)
    assert found == as_a_whole(data, COMPILED[name])
    assert len(given) > 1


@pytest.mark.parametrize("name", COMPILED)
def test_what_looks_far_backwards_is_given_the_whole(name: Any) -> None:
    assert (sight_of(COMPILED[name]) is None) == (name in FAR)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("parts")
    kg.build(["seeds", "examples/two-sides"], folder / "out")
    return lines((folder / "out" / "dataset.nt").read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize("limit", [20, 200])
def test_our_own_graphs_are_divided_and_errors_are_found_in_whatever_part(dataset: Any, limit: Any) -> None:
    shapes = prepare(part="dataset")
    for dropped in range(4):
        data = [line for number, line in enumerate(dataset) if not dropped or number % 7 != dropped]
        found, given = in_parts(data, shapes, limit)
        assert found == as_a_whole(data, shapes)
        assert bool(found) == bool(dropped)
        assert len(given) > len(data) / limit


def test_a_graph_that_hangs_together_is_given_as_a_whole() -> None:
    data = sorted(f"{a} {TERMS[0]} {b} .".encode() for a in NODES for b in NODES)
    _, given = in_parts(data, COMPILED["class"], 10, most=2)
    assert given == [data]


def test_that_a_graph_hangs_together_is_seen_before_it_is_copied_for_every_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each of its parts would hold nearly all of it: work that grows with the square of the graph."""
    names = [f"<https://example.org/{number:04}>" for number in range(1000)]
    data = [f"{one} {TERMS[0]} {other} .".encode() for one, other in zip(names, [*names[1:], names[0]], strict=True)]
    gone_through = []
    closure = parts._Graph.closure

    def counted(graph: Any, nodes: Any) -> Any:
        found = closure(graph, nodes)
        gone_through.append(len(found))
        return found

    monkeypatch.setattr(parts._Graph, "closure", counted)
    _, given = in_parts(data, COMPILED["class"], 10, most=2)
    assert given == [data]
    assert sum(gone_through) <= 3 * len(data)


def test_a_small_graph_is_not_divided(dataset: Any) -> None:
    assert len(dataset) < parts.SMALL
    given: list[Any] = []

    def keep(some: Any, shapes: Any) -> list[Any]:
        given.append(some)
        return []

    list(parts.run(dataset, prepare(), keep))
    assert given == [dataset]


@pytest.mark.skipif(not CASES, reason=f"the W3C's SHACL tests are not in {SUITE}")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_parts_give_the_report_that_the_w3c_expects(case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    divide_all(monkeypatch, 3, 1000)
    expected, found = report_of(case, "fast")
    assert (found != expected) == ((case.id, "fast") in KNOWN)
