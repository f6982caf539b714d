import filecmp
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from by_hand import seed, two_sides
from graphs import canonical, document_graph, everything, rich

from kg import formats
from kg.errors import InputError, UsageError
from kg.validate import ENGINES, prepare, turbo, validate, validate_documents, validate_files
from kg.vocabulary import BASE, DCTERMS, KG, PROV, RDF, RDFS, SCHEMA, SH
from kg.write import jsonld, ntriples

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix e: <http://e/> .
"""
DOCUMENTS = [*seed(), *two_sides(), everything()]


def graph(turtle: Any) -> Any:
    return [quad.triple for quad in ox.parse((PREFIXES + turtle).encode(), ox.RdfFormat.TURTLE)]


def shapes(folder: Any, turtle: Any) -> Any:
    path = folder / "shapes.ttl"
    path.write_text(PREFIXES + turtle)
    return prepare([path])


def without(triples: Any, predicate: Any) -> Any:
    return [triple for triple in triples if triple.predicate != predicate]


# Nothing to look at is not a pass


def test_an_empty_graph_does_not_conform() -> None:
    report = validate([], prepare())
    assert {result.message for result in report.results} >= {"The dataset holds no document of a source."}


@pytest.mark.parametrize("part", ["document", "events", "dataset", "gazetteer"])
def test_a_graph_that_no_shape_looks_at_does_not_conform(part: Any) -> None:
    report = validate(graph("e:s e:p e:o ."), prepare(part=part))
    assert not report.conforms
    assert report.focus_nodes == (part in ("document", "dataset"))  # the one that the shapes themselves name


def test_a_caller_s_shapes_that_find_nothing_do_not_pass_either(tmp_path: Path) -> None:
    found = validate(graph("e:s a e:D ."), shapes(tmp_path, "e:S a sh:NodeShape ; sh:targetClass e:C ."))
    assert [result.reason for result in found.results] == ["MinCount"]
    assert "No shape finds a node" in found.results[0].message


@pytest.mark.parametrize("predicate", [DCTERMS.isPartOf, RDF.type])
def test_a_document_without_its_source_or_itself_does_not_hide_in_a_batch(predicate: Any) -> None:
    whole, broken = map(document_graph, two_sides()[:2])
    reports = validate_documents([whole, without(broken, predicate), whole], prepare(part="document"))
    assert [report.conforms for report in reports] == [True, False, True]


# Documents in batches


def test_a_batch_says_what_one_by_one_says() -> None:
    documents = [document_graph(extraction) for extraction in DOCUMENTS]
    for at, predicate in ((1, KG.method), (4, SCHEMA.inLanguage)):
        documents[at] = without(documents[at], predicate)
    together = validate_documents(documents, prepare(part="document"))
    assert together == [validate(document, prepare(part="document")) for document in documents]
    assert [report.conforms for report in together] == [True, False, True, True, False, True]


def test_a_batch_of_none_has_no_reports() -> None:
    assert validate_documents([], prepare(part="document")) == []


def test_two_documents_may_describe_what_they_cite_in_their_own_words() -> None:
    one, two = (document_graph(everything()), document_graph(everything()))
    two = [
        ox.Triple(t.subject, t.predicate, ox.Literal("822nd", language="en"))
        if t.predicate == RDFS.label and t.subject.value.endswith("S-RES-822-1993")
        else t
        for t in two
    ]
    assert all(report.conforms for report in validate_documents([one, two], prepare(part="document")))
    assert validate([*one, *two], prepare(part="document")).conforms


# The report


def test_a_result_says_where_what_and_why() -> None:
    broken = without(document_graph(everything()), PROV.wasDerivedFrom)
    results = validate(broken, prepare(part="document")).results
    result = next(r for r in results if "adoption" in r.focus and r.reason == "MinCount")
    assert result.focus == f"<{BASE}claim/everything-1_adoption_the-rebels_1>"
    assert result.path == str(PROV.wasDerivedFrom)
    assert result.reason == "MinCount"
    assert result.message == "A claim has evidence: at least one span of text."
    assert result.severity == SH.Violation.value
    assert result.shape == "https://kg.example/shapes#Claim"


def test_paths_are_written_as_sparql_writes_them(tmp_path: Path) -> None:
    found = validate(
        graph("e:s a e:C ."),
        shapes(
            tmp_path,
            """e:S a sh:NodeShape ; sh:targetClass e:C ;
              sh:property [ sh:minCount 1 ; sh:path ( [ sh:inversePath e:p ] [ sh:alternativePath ( e:q e:r ) ] ) ] ;
              sh:property [ sh:minCount 2 ; sh:path ( [ sh:zeroOrMorePath e:p ] [ sh:oneOrMorePath e:p ] ) ] ;
              sh:property [ sh:minCount 3 ; sh:path ( [ sh:zeroOrOnePath e:p ] e:q ) ] .""",
        ),
    )
    assert {result.path for result in found.results} == {
        "^<http://e/p>/(<http://e/q>|<http://e/r>)",
        "<http://e/p>*/<http://e/p>+",
        "<http://e/p>?/<http://e/q>",
    }


def test_a_shape_without_a_name_goes_by_the_one_around_it(tmp_path: Path) -> None:
    found = validate(
        graph("e:s a e:C ."),
        shapes(
            tmp_path,
            """e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:minCount 1 ] .
            e:T a sh:NodeShape ; sh:targetClass e:C ; sh:property e:U . e:U sh:path e:q ; sh:minCount 1 .""",
        ),
    )
    assert sorted(result.shape for result in found.results) == ["http://e/S", "http://e/U"]


VALUES = ['"a\\n\\"b\\""', '"a"@en-gb', '"007"^^<http://www.w3.org/2001/XMLSchema#integer>', "<http://e/o>"]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_reported_as_it_was_written(tmp_path: Path, value: Any) -> None:
    rule = "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:in ( e:x ) ] ."
    found = validate(graph(f"e:s a e:C ; e:p {value} ."), shapes(tmp_path, rule))
    assert [result.value for result in found.results] == [value]
    assert f"{SH.value} {value} .".encode() in canonical(found.to_triples(BASE))


def test_literals_are_judged_as_they_are_written(tmp_path: Path) -> None:
    """Were 1.50 made 1.5, and "1.5.0" nothing, before SHACL sees them, these would pass or crash."""
    rule = '[ sh:path e:p ; sh:pattern "^1.50$" ; sh:datatype xsd:decimal ]'
    prepared = shapes(tmp_path, f"e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property {rule} .")
    assert validate(graph("e:s a e:C ; e:p 1.50 ."), prepared).conforms
    assert not validate(graph("e:s a e:C ; e:p 1.5 ."), prepared).conforms
    assert not validate(graph('e:s a e:C ; e:p "1.5.0"^^xsd:decimal .'), prepared).conforms


def test_rdflib_is_left_as_it_was(caplog: Any) -> None:
    import rdflib

    for before in (True, False):
        rdflib.NORMALIZE_LITERALS = before
        validate(graph('e:s a e:C ; e:p "x"^^xsd:date .'), prepare())
        assert rdflib.NORMALIZE_LITERALS is before
    rdflib.NORMALIZE_LITERALS = True
    assert caplog.text == ""


def test_the_report_is_shacl_without_blank_nodes() -> None:
    broken = without(rich(), KG.method)
    report = validate(broken, prepare())
    turtle = report.to_turtle(BASE)
    read = [quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)]
    assert canonical(read) == canonical(report.to_triples(BASE))
    assert not [term for triple in read for term in triple if isinstance(term, ox.BlankNode)]
    results = {triple.object for triple in read if triple.predicate == SH.result}
    assert len(results) == len(report.results) > 20
    required = {SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent}  # SHACL, section 3.6.2
    for result in results:
        assert required <= {triple.predicate for triple in read if triple.subject == result}


def test_a_report_of_what_conforms_says_so() -> None:
    report = validate(rich(), prepare())
    assert report.conforms
    assert b"sh:conforms true" in report.to_turtle(BASE)
    assert report.focus_nodes > 100


def test_blank_nodes_of_the_data_are_reported_too(tmp_path: Path) -> None:
    rule = "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:minCount 1 ] ."
    (tmp_path / "data.ttl").write_text(PREFIXES + "[] a e:C . [] e:q [ a e:C ] .")
    reports = {validate_files([tmp_path / "data.ttl"], shapes(tmp_path, rule)).to_turtle(BASE) for _ in range(5)}
    (report,) = reports  # the reader names blank nodes by chance
    triples = [quad.triple for quad in ox.parse(report, ox.RdfFormat.TURTLE)]
    focus = {triple.object for triple in triples if triple.predicate == SH.focusNode}
    assert len(focus) == 2
    assert all(isinstance(node, ox.BlankNode) for node in focus)


def test_a_report_does_not_depend_on_order_or_hash_seed() -> None:
    script = (
        "from graphs import rich\nfrom kg.validate import prepare, validate\nfrom kg.vocabulary import KG\n"
        "graph = [t for t in rich() if t.predicate not in (KG.method, KG.about)]\n"
        "import sys\nif sys.argv[1] == '2': graph.reverse()\n"
        "sys.stdout.buffer.write(validate(graph, prepare()).to_turtle('https://kg.example/'))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, seed],
            check=True,
            capture_output=True,
            cwd="tests",
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert b"sh:conforms false" in outputs.pop()


def test_a_warning_is_a_result_but_no_violation(tmp_path: Path) -> None:
    rule = """e:S a sh:NodeShape ; sh:targetClass e:C ;
      sh:property [ sh:path e:p ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "should"@en, "soll"@de ] ."""
    report = validate(graph("e:s a e:C ."), shapes(tmp_path, rule))
    assert not report.conforms
    assert report.violations == ()
    assert [result.message for result in report.results] == ["should"]


# Targets


@pytest.mark.parametrize(
    ("target", "data", "count"),
    [
        ("sh:targetClass e:C", "e:a a e:C . e:b a e:D .", 1),
        ("sh:targetClass e:C", "e:a a e:D . e:D rdfs:subClassOf e:E . e:E rdfs:subClassOf e:C, e:D .", 1),
        ("sh:targetSubjectsOf e:p", "e:a e:p e:b, e:c .", 1),
        ("sh:targetObjectsOf e:p", "e:a e:p e:b, e:c .", 2),
        ('sh:targetNode e:a, "text"', "e:b e:p e:c .", 2),
        ("a rdfs:Class", "e:a a e:S . e:b a e:C .", 1),
        ("a owl:Class", "e:a a e:S . e:b a e:C .", 1),
        ("sh:targetClass e:C ; sh:targetSubjectsOf e:p", "e:a a e:C ; e:p 1 .", 1),
    ],
)
def test_focus_nodes_are_counted_as_shacl_defines_them(tmp_path: Path, target: Any, data: Any, count: Any) -> None:
    prepared = shapes(tmp_path, f"e:S a sh:NodeShape ; {target} ; sh:nodeKind sh:IRI .")
    assert validate(graph(data), prepared).focus_nodes == count


@pytest.mark.parametrize("kind", ["rdfs:Class", "owl:Class"])
@pytest.mark.parametrize("rule", ["a sh:NodeShape ; sh:nodeKind sh:Literal", "sh:property [ sh:path e:p ; sh:in () ]"])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_class_that_is_a_shape_has_its_instances_as_targets(
    tmp_path: Path, kind: Any, rule: Any, engine: Any
) -> None:
    report = validate(graph("e:a a e:C ; e:p 1 ."), shapes(tmp_path, f"e:C a {kind} ; {rule} ."), engine=engine)
    assert [result.focus for result in report.results] == ["<http://e/a>"]
    assert report.focus_nodes == 1


# Shapes and engines


@pytest.mark.parametrize(
    "turtle",
    [
        "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:minCount 1 ] .",
        'e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:minCount "one" ] .',
        "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:in e:x .",
        'e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:pattern "(" ] .',
        "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property e:p .",
        'e:S a sh:NodeShape ; sh:targetClass e:C ; sh:sparql [ sh:select "SELECT nothing" ] .',
        "e:S a sh:NodeShape .",
        "e:s e:p e:o .",
        "",
        "e:S a sh:NodeShape ;",
    ],
)
def test_broken_shapes_are_an_input_error(tmp_path: Path, turtle: Any) -> None:
    def use() -> None:
        validate(graph('e:s a e:C ; e:p "x" .'), shapes(tmp_path, turtle))

    with pytest.raises(InputError) as error:
        use()
    assert error.value.hint


def test_missing_shapes_are_an_input_error(tmp_path: Path) -> None:
    for path in (tmp_path / "none.ttl", tmp_path):
        with pytest.raises(InputError):
            prepare([path])


def test_a_folder_of_shapes_is_read_whole(tmp_path: Path) -> None:
    for name in "CD":
        (tmp_path / f"{name}.ttl").write_text(
            PREFIXES + f"e:S{name} a sh:NodeShape ; sh:targetClass e:{name} ; sh:nodeKind sh:Literal ."
        )
    (tmp_path / "README").write_text("not shapes")
    assert len(validate(graph("e:c a e:C . e:d a e:D ."), prepare([tmp_path])).results) == 2


def test_sparql_constraints_work(tmp_path: Path) -> None:
    rule = """e:S a sh:NodeShape ; sh:targetClass e:C ; sh:sparql [ a sh:SPARQLConstraint ; sh:message "no" ;
      sh:select "SELECT $this WHERE { $this <http://e/p> ?x FILTER(?x > 1) }" ] ."""
    prepared = shapes(tmp_path, rule)
    assert validate(graph("e:s a e:C ; e:p 1 ."), prepared).conforms
    assert not validate(graph("e:s a e:C ; e:p 2 ."), prepared).conforms


def test_a_node_with_thousands_of_values_takes_no_square_of_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fast engine's own time: 2 s for what pySHACL does in 0.3."""
    finding = f"<{BASE}finding/x>"
    said = {RDF.type: KG.Finding, KG.check: '"area"', KG.severity: '"warning"', KG.message: '"They differ."@en'}
    lines = [f"{finding} {predicate} {value} ." for predicate, value in said.items()]
    lines += [f"{finding} {KG.concerns} <{BASE}claim/{number}> ." for number in range(3000)]
    lines.append(f'{finding} {KG.concerns} "none" .')
    monkeypatch.setattr(turbo, "_compiled", None)  # it is not asked at all
    results = validate("\n".join(lines).encode(), prepare(part="events"), engine="fast").results
    assert [(result.value, result.reason) for result in results] == [('"none"', "NodeKind")]


def test_an_unknown_engine_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match=", ".join(ENGINES)):
        validate(rich(), prepare(), engine="magic")


def test_our_shapes_are_read_once() -> None:
    assert prepare(part="document") is prepare(part="document")


def test_shapes_can_be_sent_to_another_process() -> None:
    import pickle

    prepared = prepare(part="document")
    sent = pickle.loads(pickle.dumps(prepared))
    broken = without(document_graph(everything()), KG.method)
    assert validate(broken, sent) == validate(broken, prepared)


# Files


@pytest.mark.parametrize("format", formats.FORMATS, ids=lambda format: format.name)
def test_a_file_of_any_format_is_validated(tmp_path: Path, format: Any) -> None:
    for name, triples, conforms in (("good", rich(), True), ("bad", without(rich(), KG.method), False)):
        quads = [ox.Quad(*triple) for triple in triples] if format.named_graphs else triples
        path = tmp_path / f"{name}.{format.extension}"
        path.write_bytes(ox.serialize(quads, format=format.syntax))
        assert validate_files([path]).conforms is conforms


@pytest.mark.parametrize("format", [formats.TRIG, formats.N_QUADS, formats.JSON_LD], ids=lambda format: format.name)
def test_what_stands_in_a_named_graph_is_validated(tmp_path: Path, format: Any) -> None:
    for name, triples, conforms in (("good", rich(), True), ("bad", without(rich(), KG.method), False)):
        path = tmp_path / f"{name}.{format.extension}"
        quads = [ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode("http://e/graph")) for t in triples]
        path.write_bytes(ox.serialize(quads, format=format.syntax))
        assert validate_files([path]).conforms is conforms


def test_our_json_ld_is_validated(tmp_path: Path) -> None:
    path = tmp_path / "dataset.jsonld"
    path.write_bytes(jsonld(rich(), base=BASE))
    assert validate_files([path]) == validate(rich(), prepare())


def test_several_files_are_one_graph(tmp_path: Path) -> None:
    claims = [triple for triple in rich() if "/claim/" in triple.subject.value]
    rest = [triple for triple in rich() if "/claim/" not in triple.subject.value]
    for name, triples in (("claims.nt", claims), ("rest.nt", rest)):
        (tmp_path / name).write_bytes(ntriples(triples))
    assert validate_files([tmp_path / "claims.nt", tmp_path / "rest.nt"]).conforms
    assert not validate_files([tmp_path / "claims.nt"]).conforms


def test_what_led_to_a_result_is_not_a_result_of_its_own(tmp_path: Path) -> None:
    """An engine may put the results of an inner shape into the report too, as sh:detail."""
    rule = """e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:node e:T ] .
      e:T a sh:NodeShape ; sh:property [ sh:path e:q ; sh:minCount 1 ] ."""
    report = validate(graph("e:s a e:C ; e:p e:o ."), shapes(tmp_path, rule))
    assert [(result.focus, result.reason) for result in report.results] == [("<http://e/s>", "Node")]


@pytest.mark.slow
def test_without_the_fast_engine_kg_says_so_and_goes_on_with_the_reference(tmp_path: Path) -> None:
    """Where it has no wheel: the same bytes, and with the engine asked for by name a sentence."""
    root = Path(__file__).parents[1]
    run = "import sys; sys.modules['pyshacl_turbo'] = None; from kg.commands import main; main()"
    source = str(root / "examples" / "two-sides")
    for name, code in (("without", run), ("with", "from kg.commands import main; main()")):
        words = ["build", source, "--out", str(tmp_path / name), "--cache", str(tmp_path / f"cache-{name}")]
        done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
        assert ("pyshacl-turbo is not installed" in done.stderr) is (name == "without")
    assert not filecmp.dircmp(tmp_path / "without", tmp_path / "with").diff_files
    words = ["build", source, "--out", str(tmp_path / "named"), "--shacl-engine", "fast"]
    done = subprocess.run([sys.executable, "-c", run, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--shacl-engine pyshacl" in done.stderr
