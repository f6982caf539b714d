"""`kg build` finds of events what `kg validate` finds, whatever shapes of SHACL Core say; or it says that it cannot."""

import re
from pathlib import Path
from typing import Any

import pytest
from by_hand import two_sides
from graphs import dataset_graph, everything
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kg import gazetteer
from kg.errors import InputError
from kg.pipeline.across import Gathered, unite
from kg.pipeline.document import Processor
from kg.pipeline.seen import seen_of_claims
from kg.rdf import IRIs
from kg.runtime.workers import Workers
from kg.validate import Result, Shapes, prepare, validate
from kg.validate.shapes import read_shapes

PREFIXES = """
@prefix kg: <https://kg.example/ontology#> .
@prefix shape: <https://kg.example/shapes#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
"""
EXTRACTIONS = (*two_sides(), everything())


def shapes_of(text: str, folder: Path) -> Shapes:
    path = folder / "shapes.ttl"
    path.write_text(PREFIXES + text, encoding="utf-8")
    return read_shapes([path])


def built(shapes: Shapes, folder: Path) -> set[Result]:
    """What a build finds when it checks events and findings."""
    processor = Processor(gazetteer.load(), IRIs(), prepare(part="document"), "fast", event_shapes=shapes)
    gathered = Gathered(folder)
    for one in processor.judge([(each.document.source, [each]) for each in EXTRACTIONS]):
        gathered.add(one)
    report = unite(gathered, Workers(1, processor)).report
    gathered.clear()
    assert report is not None
    return set(report.results)


def validated(shapes: Shapes) -> set[Result]:
    """What a validation of the whole graph finds."""
    found = validate(dataset_graph(*EXTRACTIONS), shapes, engine="fast").results
    return {result for result in found if "finding/all_count_1" not in result.focus and result.focus not in TARGETS}


TARGETS = {f"<{value}>" for value in ("https://kg.example/ontology#sources", "https://kg.example/ontology#Finding")}


def test_a_shape_that_looks_at_the_word_of_claims_is_enforced_by_a_build(tmp_path: Path) -> None:
    shapes = shapes_of(
        'shape:X a sh:NodeShape ; sh:targetSubjectsOf kg:sources ; sh:property [ sh:message "m"@en ; '
        'sh:path ( [ sh:inversePath kg:about ] kg:calledAs ) ; sh:hasValue "never"@en ] .',
        tmp_path,
    )
    found = built(shapes, tmp_path / "scratch")
    assert len(found) >= 3
    assert found == validated(shapes)


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ("sh:property [ sh:path ( sem:hasActor rdfs:label ) ; sh:minCount 1 ]", "looks at .*label> of a value"),
        ("sh:property [ sh:path sem:hasActor ; sh:class schema:Person ]", "looks at .*type> of a value"),
        ("sh:property [ sh:path ( sem:hasPlace rdfs:label ) ; sh:minCount 1 ]", "looks at .*label> of a place"),
        (
            "sh:property [ sh:path ( [ sh:inversePath kg:about ] dcterms:source schema:publisher ) ; sh:minCount 1 ]",
            "looks at .*publisher> of a value",
        ),
        (
            "sh:property [ sh:path ( sem:hasPlace [ sh:inversePath sem:hasPlace ] ) ; sh:minCount 2 ]",
            "looks for what points to a place",
        ),
        ("sh:sparql [ sh:select 'SELECT $this WHERE { }' ]", "sh:sparql is not of SHACL Core"),
    ],
)
def test_a_shape_that_looks_further_than_a_build_can_is_refused(shape: str, message: str, tmp_path: Path) -> None:
    shapes = shapes_of(f"shape:X a sh:NodeShape ; sh:targetSubjectsOf kg:sources ; {shape} .", tmp_path)
    with pytest.raises(InputError, match=message):
        seen_of_claims(shapes)


@pytest.mark.parametrize(
    "target", ["sh:targetClass schema:Report", "sh:targetNode kg:X", "sh:targetObjectsOf rdf:type"]
)
def test_a_shape_of_other_nodes_is_refused_among_those_of_events(target: str, tmp_path: Path) -> None:
    shapes = shapes_of(f"shape:X a sh:NodeShape ; {target} ; sh:nodeKind sh:IRI .", tmp_path)
    with pytest.raises(InputError, match="targets"):
        seen_of_claims(shapes)


def test_our_own_shapes_of_events_ask_for_what_they_look_at_and_no_more() -> None:
    names = (term.decode().strip("<>") for term in seen_of_claims(prepare(part="events")))
    asked = [re.split("[#/]", name)[-1] for name in names]
    assert asked == ["hasPlace", "type", "about", "areaKm2", "date", "ofAreaKm2", "sharePercent"]


PROPERTIES = st.sampled_from(
    "kg:date kg:areaKm2 kg:sharePercent kg:calledAs sem:hasPlace sem:hasActor kg:about kg:sources kg:contested "
    "dcterms:source kg:method kg:mainEvidence rdf:type rdfs:label kg:concerns".split()
)
PATHS = st.recursive(
    PROPERTIES | st.just("[ sh:inversePath kg:about ]"),
    lambda inner: (
        st.tuples(inner, inner).map(lambda two: f"( {two[0]} {two[1]} )")
        | st.tuples(inner, inner).map(lambda two: f"[ sh:alternativePath ( {two[0]} {two[1]} ) ]")
        | inner.map(lambda one: f"[ sh:inversePath {one} ]")
        | inner.map(lambda one: f"[ sh:zeroOrOnePath {one} ]")
    ),
    max_leaves=3,
)
CONSTRAINTS = st.recursive(
    st.sampled_from(
        [
            "sh:minCount 1", "sh:maxCount 0", "sh:maxCount 1", 'sh:hasValue "never"', "sh:nodeKind sh:Literal",
            "sh:datatype xsd:decimal", 'sh:pattern "^1992"', "sh:class kg:EventClaim", "sh:class schema:Person",
            "sh:minInclusive 300", 'sh:languageIn ( "en" )', "sh:in ( kg:ControlChange )", "sh:equals kg:date",
            "sh:lessThan kg:ofAreaKm2", "sh:maxLength 8", "sh:uniqueLang true",
        ]
    ),
    lambda inner: (
        inner.map(lambda one: f"sh:not [ {one} ]" if not re.search("Count|unique|less", one) else one)
        | st.tuples(PATHS, inner).map(lambda two: f"sh:node [ sh:property [ sh:path {two[0]} ; {two[1]} ] ]")
    ),
    max_leaves=3,
)  # fmt: skip
SHAPES = st.tuples(
    st.sampled_from(
        [
            "sh:targetSubjectsOf kg:sources", "sh:targetClass kg:EventClaim", "sh:targetClass kg:ControlChange",
            "sh:targetObjectsOf kg:about", "sh:targetSubjectsOf kg:calledAs", "sh:targetClass kg:Occupation",
        ]
    ),
    PATHS,
    CONSTRAINTS,
    st.sampled_from(["", "sh:closed true ; sh:ignoredProperties ( rdf:type kg:date ) ;"]),
)  # fmt: skip


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(SHAPES)
def test_a_build_finds_what_a_validation_finds_or_refuses(tmp_path_factory: Any, parts: tuple[str, ...]) -> None:
    target, path, constraint, closed = parts
    folder = tmp_path_factory.mktemp("shapes")
    looks = f'sh:property [ sh:path {path} ; {constraint} ; sh:message "m"@en ]'
    text = f"shape:X a sh:NodeShape ; {target} ; {closed} {looks} ."
    shapes = shapes_of(text, folder)
    try:
        seen_of_claims(shapes)
    except InputError:
        return
    assert built(shapes, folder / "scratch") == validated(shapes)
