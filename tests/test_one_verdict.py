"""Both engines say the same of the same graph, whatever its size: literals, terms, comparisons, reports."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from effort import examples
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.text.lexical import FORMS, XSD, is_well_formed
from kg.validate import ENGINES, Shapes, prepare, validate
from kg.validate.paths import said
from kg.validate.paths import written as path_of
from kg.validate.rdflib_graph import to_rdflib
from kg.validate.shapes import _names
from kg.vocabulary import BASE, SH

PREFIXES = f"""@prefix sh: <{SH.iri}> . @prefix xsd: <{XSD}> . @prefix e: <http://e/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
BADLY_FORMED = {
    "decimal": ["1e3", "INF", " 1", "١", "1,0", ".", ""],
    "integer": ["1_000", "1.0", " 1", "１", "", "0x1"],
    "long": ["9223372036854775808"],
    "unsignedLong": ["18446744073709551616", "-1"],
    "byte": ["128", "-129"],
    "positiveInteger": ["0", "-" + "9" * 5000],
    "double": ["inf", "nan", "Infinity", "1_0", "1e", "0x1p3"],
    "boolean": ["TRUE", "yes", ""],
    "date": [
        "2020-01-01T00:00:00",
        "2021-02-29",
        "2020-1-1",
        "20200101",
        "2020-W01-1",
        "02024-01-01",
        "2020-01-01+15:00",
    ],
    "dateTime": ["2020-01-01", "2020-01-01 00:00:00", "2020-01-01T24:00:01", "2020-01-01T00:00:00+0200"],
    "dateTimeStamp": ["2020-01-01T00:00:00"],
    "time": ["12:00", "25:00:00", "120000"],
    "gYear": ["20", "2020-01"],
    "gMonthDay": ["--02-30", "01-01"],
    "duration": ["P", "PT", "P1YT", "P1W", "P1.5Y"],
    "dayTimeDuration": ["P1Y"],
    "hexBinary": ["A", "GG"],
    "base64Binary": ["a", "ab=", "YR==", "YQ==YQ==", " YQ==", "Y  Q=="],
    "language": ["", "en_US", "abcdefghi", "1a", "en-"],
    "Name": ["", "1a", "a b", "-a", "a×"],
    "NCName": ["a:b", ":", "·a"],
    "NMTOKEN": ["", "a b", "a/b"],
}
WELL_FORMED = {
    "decimal": ["1.", ".5", "+1.0", "007"],
    "integer": ["-0", "9" * 5000],
    "double": ["INF", "+INF", "NaN", "1.e5"],
    "date": ["-0044-03-15", "0000-02-29", "12024-02-29", "2020-01-01-14:00"],
    "dateTime": ["2020-01-01T24:00:00", "12024-01-01T00:00:00Z", "-0001-12-31T23:59:59.999999999"],
    "time": ["24:00:00", "12:00:00.5Z"],
    "gMonthDay": ["--02-29"],
    "duration": ["-P1Y2M3DT4H5M6.7S", "PT0S"],
    "base64Binary": ["", "YQ==", "Y Q = =", "YWI=", "YWJj"],
    "language": ["zh-Hant-TW", "x-private"],
    "Name": [":a-b.1", "Ağdam·"],
    "NCName": ["_1", "𐤀"],
    "NMTOKEN": ["1:-a"],
}


def shapes(turtle: str) -> Shapes:
    triples = tuple(quad.triple for quad in ox.parse(PREFIXES + turtle, ox.RdfFormat.TURTLE))
    return Shapes(triples, _names(triples))


def graph(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + turtle, ox.RdfFormat.TURTLE)]


def both(data: list[ox.Triple], of: Shapes) -> Any:
    reference, fast = (validate(data, of, engine=engine) for engine in ("pyshacl", "fast"))
    assert reference == fast
    return fast


OF_DATATYPES = shapes(
    "\n".join(
        f"e:S{name} a sh:NodeShape ; sh:targetSubjectsOf e:{name} ; "
        f"sh:property [ sh:path e:{name} ; sh:datatype xsd:{name} ] ."
        for name in (datatype.removeprefix(XSD) for datatype in FORMS)
    )
)


def said_of(number: int, name: str, text: str) -> ox.Triple:
    value = ox.Literal(text, datatype=ox.NamedNode(XSD + name))
    return ox.Triple(ox.NamedNode(f"http://e/n{number}"), ox.NamedNode(f"http://e/{name}"), value)


@pytest.mark.parametrize(("table", "good"), [(BADLY_FORMED, False), (WELL_FORMED, True)], ids=["bad", "good"])
def test_a_literal_is_well_formed_or_not_as_xml_schema_says(table: dict[str, list[str]], good: bool) -> None:
    data = [said_of(0, name, text) for name, texts in table.items() for text in texts]
    data = [ox.Triple(ox.NamedNode(f"http://e/n{n}"), t.predicate, t.object) for n, t in enumerate(data)]
    found = both(data, OF_DATATYPES)
    assert {result.value for result in found.results} == (set() if good else {str(triple.object) for triple in data})


@settings(max_examples=examples(150))
@given(st.data())
def test_both_engines_take_what_is_of_a_datatype_and_only_that(data: st.DataObject) -> None:
    # Of names, whose letters are most of Unicode, texts by their form take long to make: the tables above have some.
    datatype = data.draw(st.sampled_from(sorted(name for name in FORMS if not name.endswith(("Name", "NMTOKEN")))))
    text = data.draw(
        st.from_regex(FORMS[datatype], fullmatch=True) | st.text("0123456789-+.:TZPEeINFaDM ", max_size=12)
    )
    of_time = re.search(r"date|time|uration|#g", datatype, re.IGNORECASE)
    assume(not of_time or not re.search(r"\d{9}", text))  # years and lengths that no engine counts to
    found = both([said_of(0, datatype.removeprefix(XSD), text)], OF_DATATYPES)
    assert found.conforms is is_well_formed(text, datatype)


LITERALS = [
    f'"{text}"^^xsd:{name}'
    for name, texts in {
        **{name: ["1", "1.0", "01", "x", "-1"] for name in ("integer", "decimal", "double", "int", "string")},
        "float": ["NaN", "INF", "inf"],
        "date": ["2020-01-01", "2020-01-01Z", "-0044-03-15", "12024-01-01", "2020-02-30"],
        "dateTime": ["2020-01-01T00:00:00", "2020-01-01T24:00:00", "2020-01-01T00:00:00Z", "2019-12-31T23:00:00-01:00"],
        "time": ["12:00:00", "12:00:00Z", "24:00:00"],
        "gYear": ["2020", "20", "-0001"],
        "duration": ["P1D", "P1M", "P1YT"],
        "boolean": ["true", "1"],
    }.items()
    for text in texts
] + ['"x"@en', '"x"@en-GB', '"1"^^e:own', "e:iri"]
LIMITS = ["1", "1.5", "1e0", '"x"', "true", '"x"@en', '"P1D"^^xsd:duration', '"-0044-03-15"^^xsd:date',
    '"2020-01-01T00:00:00"^^xsd:dateTime', '"2020-01-01T00:00:00Z"^^xsd:dateTime', '"24:00:00"^^xsd:time']  # fmt: skip
RULES = [
    *(f"sh:{name} {limit}" for name in ("minInclusive", "maxExclusive") for limit in LIMITS),
    *(f"sh:{name} e:q" for name in ("lessThan", "lessThanOrEquals", "equals", "disjoint")),
    *(f"sh:hasValue {value}" for value in LIMITS[::3]),
    *(f"sh:in ( {value} )" for value in LIMITS[::3]),
    'sh:pattern "^[x1]$"', 'sh:pattern "^X" ; sh:flags "i"', "sh:maxLength 1", 'sh:languageIn ( "en" )',
    "sh:uniqueLang true", "sh:nodeKind sh:Literal", "sh:not [ sh:datatype xsd:date ]",
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_both_engines_compare_values_alike(rule: str) -> None:
    """Not for IRIs with sh:lessThan: pySHACL orders them, which SPARQL does not."""
    values = LITERALS[:-1] if "lessThan" in rule else LITERALS
    others = values if "e:q" in rule else ["1"]
    pairs = [(one, other) for one in values for other in others[:: 1 if len(others) == 1 else 3]]
    data = graph("\n".join(f"e:n{n} e:p {one} ; e:q {other} ." for n, (one, other) in enumerate(pairs)))
    both(data, shapes(f"e:S a sh:NodeShape ; sh:targetSubjectsOf e:p ; sh:property [ sh:path e:p ; {rule} ] ."))


# Whatever the size


@settings(max_examples=examples(25))
@given(st.integers(990, 1010), st.lists(st.sampled_from(LITERALS), min_size=1, max_size=4), st.sampled_from(RULES))
@example(1000, LITERALS[:2], RULES[0])
@example(1001, LITERALS[:2], RULES[0])
def test_what_lies_beside_changes_no_verdict(size: int, values: list[str], rule: str) -> None:
    of = shapes(f"e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:p ; {rule} ] .")
    data = graph(f"e:s a e:C ; e:p {', '.join(values)} ; e:q 1 .")
    beside = [ox.Triple(ox.NamedNode(f"http://e/x{n}"), ox.NamedNode("http://e/r"), ox.Literal(n)) for n in range(size)]
    assert validate([*data, *beside], of) == validate(data, of) == validate(data, of, engine="fast")


def test_a_node_with_a_thousand_values_is_judged_as_one_with_few() -> None:
    """The reference is asked then: see ``kg.validate.turbo``."""
    rule = "sh:property [ sh:path e:p ; sh:datatype xsd:date ; sh:minInclusive '2020-01-01'^^xsd:date ]"
    of = shapes(f"e:S a sh:NodeShape ; sh:targetSubjectsOf e:p ; {rule} .")
    values = ["2020-01-01T00:00:00", "-0044-03-15", "12024-01-01", "2020-01-02", "x"]
    few = graph(f"e:s e:p {', '.join(f'{value!r}^^xsd:date' for value in values)} .")
    many = few + graph(
        f"e:s e:p {', '.join(f'{20000 + n}-01-01'.join(chr(34) * 2) + '^^xsd:date' for n in range(1500))} ."
    )
    assert [r.value for r in validate(many, of).results] == [r.value for r in validate(few, of).results]
    assert len(validate(few, of).results) == 5  # three that are no dates, one of them too early, twice


# What shapes may say


@pytest.mark.parametrize(
    ("turtle", "says"),
    [
        ("sh:property [ sh:path e:p ; sh:mincount 1 ]", "did you mean sh:minCount"),
        ('sh:target [ a sh:SPARQLTarget ; sh:select "SELECT ?this { ?this a <http://e/C> }" ]', "Advanced Features"),
        ("sh:expression [ sh:path e:p ]", "Advanced Features"),
        ('sh:js [ sh:jsFunctionName "f" ]', "JavaScript"),
        ("sh:property [ sh:path e:p ; sh:memberShape e:T ]", "SHACL 1.2"),
        ("sh:property [ sh:path e:p ; sh:minInclusive '1e3'^^xsd:decimal ]", "no literal of its datatype"),
        ("sh:property [ a sh:PropertyShpe ; sh:path e:p ]", "did you mean sh:PropertyShape"),
        ("a sh:Nodeshape", "did you mean sh:NodeShape"),
        ("sh:severity sh:Warn", "did you mean sh:Warning"),
        ("sh:severity sh:Debug", "SHACL 1.2"),
        ("sh:nodeKind sh:Iri", "did you mean sh:IRI"),
        ("sh:property [ sh:path e:p ; sh:maxCount 1.0 ]", "cannot be used: http://e/S sh:maxCount 1.0 (Datatype)."),
        ("sh:property [ sh:minCount 1 ]", "cannot be used: http://e/S sh:path (MinCount);"),
    ],
)
def test_terms_that_an_engine_would_overlook_are_refused_before_both(tmp_path: Path, turtle: str, says: str) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(f"{PREFIXES} e:S a sh:NodeShape ; sh:targetClass e:C ; {turtle} .")
    with pytest.raises(InputError) as error:
        prepare([path])
    assert says in str(error.value)


@pytest.mark.parametrize("target", ["sh:target [ a sh:SPARQLTarget ]", "sh:targetclass e:C"])
def test_shapes_without_another_target_are_told_what_is_wrong_with_the_one_that_they_have(
    tmp_path: Path, target: str
) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(f"{PREFIXES} e:S a sh:NodeShape ; {target} ; sh:nodeKind sh:IRI .")
    with pytest.raises(InputError, match=r"Advanced Features|did you mean sh:targetClass"):
        prepare([path])


# Written for the tests after the kinds of shapes that SHACL Play offers to try.
PLAYED = {
    "people": """e:Person a owl:Class, sh:NodeShape ; sh:closed true ;
            sh:ignoredProperties ( e:begin e:end e:address ) ;
        sh:property [ sh:path e:name ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ;
            sh:name "name"@en ; sh:order 1 ; sh:message "One name."@en, "Un nom."@fr ] ;
        sh:property [ sh:path e:knows ; sh:class e:Person ; sh:nodeKind sh:IRI ; sh:severity sh:Warning ] ;
        sh:property [ sh:path [ sh:inversePath e:employs ] ; sh:maxCount 1 ] .""",
    "concepts": """e:S a sh:NodeShape ; sh:targetSubjectsOf e:label ;
        sh:property [ sh:path e:label ; sh:uniqueLang true ; sh:languageIn ( "en" "fr" ) ] ;
        sh:property [ sh:path ( e:broader [ sh:zeroOrMorePath e:broader ] ) ; sh:hasValue e:top ;
            sh:severity sh:Info ] ;
        sh:not [ sh:property [ sh:path e:deleted ; sh:minCount 1 ] ] .""",
    "addresses": """e:S a sh:NodeShape ; sh:targetObjectsOf e:address ; sh:node e:Address ;
        sh:xone ( [ sh:property [ sh:path e:code ; sh:minCount 1 ] ]
            [ sh:property [ sh:path e:box ; sh:minCount 1 ] ] ) .
        e:Address a sh:NodeShape ;
            sh:property [ sh:path [ sh:alternativePath ( e:street e:road ) ] ; sh:minCount 1 ] .""",
    "SPARQL": """e:S a sh:NodeShape ; sh:targetClass e:Person ; sh:sparql [ sh:message "Ends before it begins."@en ;
        sh:select "SELECT $this ?value { $this <http://e/begin> ?b ; <http://e/end> ?value FILTER(?value<?b) }" ] .""",
}
PLAYED_WITH = graph("""
    e:a a e:Person ; e:name "A", "B" ; e:knows e:c, "x", [ a e:Person ; e:name 1 ] ;
        e:address e:x, [ e:box 1 ; e:code 2 ; e:road "r" ] .
    e:c a e:Person ; e:begin 2 ; e:end 1 . e:one e:employs e:c . e:two e:employs e:c . e:x e:box 1 .
    e:k e:label "k"@en, "l"@en, "m"@de ; e:broader e:m ; e:deleted true . e:m e:broader e:n .
""")


@pytest.mark.parametrize("name", PLAYED)
def test_both_engines_agree_on_shapes_as_people_write_them(name: str) -> None:
    assert both(PLAYED_WITH, shapes(PLAYED[name])).results


# Imports


def written(folder: Path, name: str, turtle: str) -> Path:
    (folder / name).write_text(PREFIXES + turtle)
    return folder / name


def test_what_shapes_import_from_a_file_is_read(tmp_path: Path) -> None:
    written(tmp_path, "more shapes.ttl", "<> owl:imports <a.ttl> . e:T a sh:NodeShape ; sh:nodeKind sh:Literal .")
    path = written(
        tmp_path,
        "a.ttl",
        "<> owl:imports <more%20shapes.ttl> . e:S a sh:NodeShape ; sh:targetClass e:C ; sh:node e:T .",
    )
    assert not validate(graph("e:s a e:C ."), prepare([path])).conforms


def test_what_shapes_import_from_elsewhere_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = written(tmp_path, "a.ttl", "<> owl:imports <http://e/more> . e:S a sh:NodeShape ; sh:targetClass e:C .")
    with pytest.raises(InputError, match="imports http://e/more, and kg fetches nothing"):
        prepare([path])
    copy = written(tmp_path, "b.ttl", "<http://e/more> a owl:Ontology . e:T a sh:NodeShape ; sh:targetClass e:D .")
    assert prepare([path, copy])  # a copy of it is beside it


def test_an_import_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, "a.ttl", "<> owl:imports <none.ttl> . e:S a sh:NodeShape ; sh:targetClass e:C .")
    with pytest.raises(InputError, match="cannot be read"):
        prepare([path])


# Reports


NESTED = """e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:node e:T ; sh:severity sh:Warning ;
    sh:message "no"@en, "nein"@de ] . e:T a sh:NodeShape ; sh:property [ sh:path e:q ; sh:minCount 1 ] ."""


@pytest.mark.parametrize("engine", ENGINES)
def test_a_report_has_what_led_to_a_result_every_language_and_how_grave_it_is(engine: str) -> None:
    found = validate(graph("e:s a e:C ; e:p e:o ."), shapes(NESTED), engine=engine)
    (result,) = found.results
    assert (result.messages, result.message) == (('"nein"@de', '"no"@en'), "no")
    assert [(inner.focus, inner.path, inner.reason) for inner in result.details] == [
        ("<http://e/o>", "<http://e/q>", "MinCount")
    ]
    triples = found.to_triples(BASE)
    (detail,) = [triple.object for triple in triples if triple.predicate == SH.detail]
    assert ox.Triple(detail, SH.focusNode, ox.NamedNode("http://e/o")) in triples
    said_in = {
        t.object.language for t in triples if t.predicate == SH.resultMessage and isinstance(t.object, ox.Literal)
    }
    assert said_in == {"en", "de"}
    severity = ox.NamedNode(f"{SH.iri}Warning")
    assert ox.Triple(ox.NamedNode(f"{BASE}validation/1"), SH.resultSeverity, severity) in triples


def test_a_shape_without_a_name_is_reported_as_what_it_is_with_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(f"{PREFIXES} [] a sh:NodeShape ; sh:targetClass e:C ; sh:nodeKind sh:BlankNode .")
    reports = {
        validate(graph("e:s a e:C ."), prepare([path]), engine=engine).to_turtle(BASE) for engine in (*ENGINES, "fast")
    }
    assert len(reports) == 1
    assert b"sh:sourceShape _:shape1" in reports.pop()


PATHS = [
    "<http://e/p>",
    "^<http://e/p>",
    "(<http://e/p>|^<http://e/q>)",
    "<http://e/p>/<http://e/q>*",
    "^(<http://e/p>/<http://e/q>)",
    "(<http://e/p>/<http://e/q>)+",
    "^(<http://e/p>?)",
    "(^<http://e/p>)?",
    "(<http://e/p>|<http://e/q>)*/<http://e/r>",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_complex_path_is_said_in_the_report_as_the_shape_says_it(path: str, engine: str) -> None:
    number = iter(range(100))
    node, steps = said(path, lambda: ox.BlankNode(f"s{next(number)}"))
    given = shapes("e:S a sh:NodeShape ; sh:targetNode e:s ; sh:property e:P .")
    rule = graph('e:P a sh:PropertyShape ; sh:hasValue e:none ; sh:message "no" .')
    start = ox.Triple(ox.NamedNode("http://e/P"), ox.NamedNode(f"{SH.iri}path"), node)
    triples = (*given.triples, *rule, start, *steps)
    found = validate([], Shapes(triples, _names(triples)), engine=engine)
    assert [result.path for result in found.results] == [path]
    report = [quad.triple for quad in ox.parse(found.to_turtle(BASE), ox.RdfFormat.TURTLE)]
    graph_of_report = to_rdflib(report)
    (end,) = [end for _, predicate, end in graph_of_report if str(predicate) == f"{SH.iri}resultPath"]
    assert path_of(graph_of_report, end) == path


def test_the_command_shows_severities_and_takes_contexts(tmp_path: Path) -> None:
    shapes_file = written(tmp_path, "shapes.ttl", NESTED)
    (tmp_path / "context.jsonld").write_text('{"@context": {"@vocab": "http://e/"}}')
    data = '{"@context": "https://contexts.example/", "@id": "http://e/s", "@type": "C", "p": {"@id": "http://e/o"}}'
    (tmp_path / "data.jsonld").write_text(data)
    words = [sys.executable, "-m", "kg", "validate", str(tmp_path / "data.jsonld"), "--shapes", str(shapes_file)]
    copy = ["--context", f"https://contexts.example/={tmp_path / 'context.jsonld'}"]
    done = subprocess.run([*words, *copy], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "warning: <http://e/s> <http://e/p> <http://e/o>: no" in done.stderr
    assert "\n  <http://e/o> <http://e/q>: Does not meet sh:minCount 1\n" in done.stderr
    assert "nein" in done.stdout
    assert subprocess.run(words, capture_output=True, check=False).returncode == 2
