"""What is nested deep, or goes round in circles, is refused with a sentence; it never ends the process."""

import subprocess
import sys
from pathlib import Path

import pytest

from kg import formats
from kg.dataset import Dataset, queries
from kg.dataset.sparql import DEEPEST, MOST_PARTS, excess
from kg.errors import InputError, UsageError
from kg.validate import Shapes, prepare, validate_files

TRIPLE = "{ ?s ?p ?o }"


def deep(number: int) -> dict[str, str]:
    """Queries with so many levels or links."""
    return {
        "groups": f"SELECT * {'{' * number}?s ?p ?o{'}' * number}",
        "brackets": f"SELECT * {{ ?s ?p ?o FILTER({'(' * number}1{')' * number}) }}",
        "negations": f"SELECT * {{ ?s ?p ?o FILTER({'!' * number}true) }}",
        "or": f"SELECT * {{ ?s ?p ?o FILTER(true{'||true' * number}) }}",
        "sum": f"SELECT * {{ ?s ?p ?o FILTER(1{'+1' * number}) }}",
        "sum of signs": f"SELECT * {{ ?s ?p ?o FILTER(1{' -1' * number}) }}",
        "union": f"SELECT * {{ {TRIPLE}{f' UNION {TRIPLE}' * number} }}",
        "optional": f"SELECT * {{ ?s ?p ?o{f' OPTIONAL {TRIPLE}' * number} }}",
        "minus": f"SELECT * {{ ?s ?p ?o{f' MINUS {TRIPLE}' * number} }}",
        "filters": f"SELECT * {{ ?s ?p ?o{' FILTER(true)' * number} }}",
        "binds": f"SELECT * {{ ?s ?p ?o{''.join(f' BIND(1 AS ?x{at})' for at in range(number))} }}",
        "path": f"SELECT * {{ ?s rdf:type{'/rdf:type' * number} ?o }}",
        "stars": f"SELECT * {{ ?s {'(' * number}rdf:type{')*' * number} ?o }}",
        "blank nodes": f"SELECT * {{ ?s ?p {'[ ?p ' * number}1{']' * number} }}",
        "lists": f"SELECT * {{ ?s ?p {'(' * number}1{')' * number} }}",
        "triples": f"SELECT * {{ {'?s ?p ?o . ' * number} }}",
        "triple terms": f"SELECT * {{ ?s ?p {'<<( ?s ?p ' * number}1{' )>>' * number} }}",
        "exists": f"SELECT * {{ ?s ?p ?o {'FILTER EXISTS { ?s ?p ?o ' * number}{'}' * number} }}",
        "prefixed groups": f"PREFIX s: <urn:s> SELECT * {'{ ?s s:{' * number}{'}}' * number}",
    }


@pytest.mark.parametrize("kind", deep(0))
def test_a_query_that_is_too_deep_is_refused_with_a_sentence(built_sides: Dataset, kind: str) -> None:
    with pytest.raises(UsageError, match=r"nested more than|patterns and operators"):
        built_sides.query(deep(10_000)[kind])


@pytest.mark.parametrize("kind", ["groups", "brackets", "lists", "triple terms", "prefixed groups"])
def test_brackets_that_are_few_but_deep_are_refused(built_sides: Dataset, kind: str) -> None:
    with pytest.raises(UsageError, match="nested more than"):
        built_sides.query(deep(2 * DEEPEST)[kind])


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", [kind for kind in deep(0) if kind not in ("optional", "path", "triples", "blank nodes")]
)
def test_a_query_at_the_limit_does_not_end_the_process(kind: str) -> None:
    number = next(number for number in range(MOST_PARTS, 0, -1) if not excess(deep(number)[kind]))
    assert number >= DEEPEST // 2 - 1
    code = f"""
import sys, pyoxigraph as ox
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_deep import deep
store = ox.Store()
store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.NamedNode("urn:c")))
try:
    next(iter(store.query(deep({number})[{kind!r}], prefixes={{"rdf": "urn:"}})), None)
except SyntaxError:
    pass
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_what_queries_need_is_far_below_the_limits() -> None:
    for name in queries.names():
        text = queries.load(name).text
        assert excess(f"{text} # {'(' * 1000}") is None
        assert excess(text * 3) is None, name
    values = " ".join(f'"({{[{number}"' for number in range(20_000))
    assert excess(f"SELECT * {{ ?s ?p ?o VALUES ?o {{ {values} }} }}") is None
    assert excess(f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({', '.join(map(str, range(20_000)))})) }}") is None


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"urn:a":' * 10_000, '{"urn:a":{"@list":[' * 5_000 + "1" + "]}}" * 5_000],
    ids=["arrays", "objects", "lists"],
)
def test_deep_json_ld_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    place = tmp_path / "deep.jsonld"
    for prefix in ("", '{"@context": {}, "urn:b": '):
        place.write_text(prefix + text)
        with pytest.raises(InputError, match="nested more than"):
            list(formats.read(place))


NESTED = "<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * 20_000 + "<urn:c>" + " )>>" * 20_000 + " .\n"
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:">'
CHAIN = ", ".join(f'"a{number}": "a{number + 1}:x"' for number in range(10_000))
FLAT = ", ".join(f'"a{number}": "urn:{number}"' for number in range(5_000))
DEEP_RDF = {
    "a.nt": (NESTED, "triple terms"),
    "a.nq": (NESTED, "triple terms"),
    "a.ttl": (f'<urn:a> <urn:b> """{">>" * 30_000}""" .\n{NESTED}', "triple terms"),
    "a.trig": (f"# {'>>' * 30_000}\n{NESTED}", "triple terms"),
    "a.rdf": (RDF + "<e:A><e:p>" * 20_000 + "</e:p></e:A>" * 20_000 + "</rdf:RDF>", "elements are nested"),
    "a.jsonld": (f'{{"@context": {{{CHAIN}, "a10000": "urn:x"}}, "a0": "1"}}', "terms of its context"),
    "b.jsonld": (f'{{"@context": [{{}}, {{{CHAIN}, "a10000": {{"@id": "urn:x"}}}}], "a0": "1"}}', "of its context"),
}
LONG_RDF = {
    "a.nt": f'<urn:a> <urn:b> "{"<<" * 5_000}" .',
    "a.ttl": f"<urn:a> <urn:b> '''{'<<( ' * 5_000}''' . # {'<<' * 5_000}",
    "a.rdf": RDF + "<e:A><e:p>1</e:p></e:A>" * 2_000 + "</rdf:RDF>",
    "a.jsonld": f'{{"@context": {{{FLAT}}}, "a0": "1"}}',
    "b.jsonld": '{"@context": {"a": "b:x", "b": "urn:"}, "a": "1"}',
}


@pytest.mark.parametrize("name", DEEP_RDF)
def test_deep_rdf_is_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    text, sentence = DEEP_RDF[name]
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=sentence):
        list(formats.read(tmp_path / name))


@pytest.mark.parametrize("name", LONG_RDF)
def test_what_is_long_is_not_deep(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(LONG_RDF[name])
    assert list(formats.read(tmp_path / name))


@pytest.mark.parametrize("end", [len(RDF), len(RDF) + 20, len(RDF) + 40])
def test_xml_that_ends_too_early_is_not_taken_for_the_whole(tmp_path: Path, end: int) -> None:
    (tmp_path / "a.rdf").write_text((RDF + "<e:A><e:p>1</e:p></e:A>" * 9 + "</rdf:RDF>")[:end])
    with pytest.raises(InputError, match="ends too early"):
        list(formats.read(tmp_path / "a.rdf"))


def test_brackets_in_the_strings_of_json_ld_are_no_depth(tmp_path: Path) -> None:
    place = tmp_path / "flat.jsonld"
    place.write_text('[{"@id": "urn:a", "urn:b": "' + "[{" * 5_000 + '\\\\\\"{["}]')
    assert len(list(formats.read(place))) == 1
    place.write_text("[" + ",".join(f'{{"@id": "urn:a", "urn:b": [{number}]}}' for number in range(1000)) + "]")
    assert len(list(formats.read(place))) == 1000


PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:> .\n"


@pytest.mark.parametrize(
    "shapes",
    [
        ":S a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :next ; sh:node :S ] .",
        ":S a sh:NodeShape ; sh:targetClass :C ; sh:property :P . :P sh:path :next ; sh:property :P .",
        ":S a sh:NodeShape ; sh:targetClass :C ; sh:or ( [ sh:not :T ] ) . :T a sh:NodeShape ; sh:node :S .",
    ],
)
def test_a_shape_that_refers_to_itself_is_refused_with_a_sentence(tmp_path: Path, shapes: str) -> None:
    place = tmp_path / "shapes.ttl"
    place.write_text(PREFIXES + shapes)
    with pytest.raises(InputError, match="refers to itself"):
        prepare([place])


def nested(kind: str, number: int) -> str:
    """Shapes of so many levels, one in another, or a path of so many steps."""
    shape = ":S a sh:NodeShape ; sh:targetClass :C ; "
    steps = {
        "inverse": ("[ sh:inversePath ", ":p", " ]"),
        "alternatives": ("[ sh:alternativePath ( :q ", ":p", " ) ]"),
        "repeated": ("[ sh:zeroOrMorePath ", ":p", " ]"),
    }
    if kind in steps:
        before, step, after = steps[kind]
        return f"{PREFIXES}{shape}sh:property [ sh:path {before * number}{step}{after * number} ] ."
    if kind == "sequence":
        return f"{PREFIXES}{shape}sh:property [ sh:path ( {':p ' * number}) ; sh:minCount 1 ] ."
    if kind == "by name":
        chain = "".join(f":S{at} sh:node :S{at + 1} .\n" for at in range(1, number))
        return f"{PREFIXES}{shape}sh:node :S1 .\n{chain}:S{number} sh:class :D ."
    before, after = {
        "property": ("sh:property [ sh:path :p ; ", " ]"),
        "not": ("sh:not [ ", " ]"),
        "or": ("sh:or ( [ sh:class :E ] [ ", " ] )"),
        "counted": ("sh:property [ sh:path :p ; sh:qualifiedMinCount 0 ; sh:qualifiedValueShape [ ", " ] ]"),
    }[kind]
    return f"{PREFIXES}{shape}{before * number}sh:class :D{after * number} ."


LEVELS = {"by name": 14, "property": 14, "not": 14, "or": 14, "counted": 7}
STEPS = dict.fromkeys(("inverse", "alternatives", "repeated", "sequence"), 10)


@pytest.mark.parametrize("kind", LEVELS | STEPS)
def test_shapes_and_paths_that_are_too_deep_are_refused_with_a_sentence(tmp_path: Path, kind: str) -> None:
    """What is not refused, both engines carry out to its end."""
    place, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    most, sentence = (LEVELS | STEPS)[kind], "steps" if kind in STEPS else "nested more than"
    for number in (most + 1, 10_000 if kind == "by name" else 1_000):
        place.write_text(nested(kind, number))
        with pytest.raises(InputError, match=sentence):
            prepare([place])
    place.write_text(nested(kind, most))
    data.write_text("@prefix : <urn:> . :a a :C ; :p :b . :b :p :a .")
    shapes = prepare([place])
    fast, reference = (validate_files([data], shapes, engine=engine) for engine in ("fast", "pyshacl"))
    assert fast.conforms == reference.conforms


@pytest.mark.parametrize(
    "shapes",
    [
        "sh:property [ sh:path _:p ] . _:p sh:inversePath _:p .",
        "sh:property [ sh:path _:p ] . _:p sh:alternativePath ( :q [ sh:zeroOrMorePath _:p ] ) .",
        "sh:or _:l . _:l rdf:first [ sh:class :D ] ; rdf:rest _:l .",
    ],
)
def test_a_path_or_list_in_itself_is_refused_with_a_sentence(tmp_path: Path, shapes: str) -> None:
    rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    (tmp_path / "shapes.ttl").write_text(f"{PREFIXES}{rdf}:S a sh:NodeShape ; sh:targetClass :C ; {shapes}")
    with pytest.raises(InputError, match=r"(path|list) refers to itself"):
        prepare([tmp_path / "shapes.ttl"])


def test_a_long_list_of_shapes_is_looked_at_in_pieces_and_each_of_its_shapes(tmp_path: Path) -> None:
    def shapes(*members: str) -> Shapes:
        listed = f":S a sh:NodeShape ; sh:targetClass :C ; sh:or ( {' '.join(members)} ) ."
        (tmp_path / "shapes.ttl").write_text(PREFIXES + listed)
        return prepare([tmp_path / "shapes.ttl"])

    one = "[ sh:class :D ]"
    for before, after in ((30, 20), (49, 0)):
        with pytest.raises(InputError, match="cannot be used"):
            shapes(*[one] * before, "[ sh:minCount 1 ]", *[one] * after)
    (tmp_path / "data.ttl").write_text("@prefix : <urn:> . :a a :C , :E . :b a :C .")
    (found,) = validate_files([tmp_path / "data.ttl"], shapes(*[one] * 50, "[ sh:class :E ]")).results
    assert found.focus == "<urn:b>"


def listed(values: str, after: str = "") -> str:
    shape = ":S a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :p ; sh:in"
    return f"{PREFIXES}{shape} {values} ] . {after}"


def test_a_list_of_ten_thousand_values_is_understood_and_used_whole(tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(listed(f"( {' '.join(map(str, range(10_000)))} )"))
    (tmp_path / "data.ttl").write_text("@prefix : <urn:> . :a a :C ; :p 9999 . :b a :C ; :p 10000 .")
    shapes = prepare([tmp_path / "shapes.ttl"])
    assert len(list(shapes.with_short_lists())) < 60
    (found,) = validate_files([tmp_path / "data.ttl"], shapes).results
    assert (found.focus, found.value.partition("^")[0]) == ("<urn:b>", '"10000"')


@pytest.mark.parametrize("end", ["", "; r:rest _:l", "; r:rest :nowhere"])
def test_a_list_of_values_that_has_no_end_is_refused_with_a_sentence(tmp_path: Path, end: str) -> None:
    prefix = "@prefix r: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
    (tmp_path / "shapes.ttl").write_text(listed("_:l", f"{prefix} _:l r:first 1 {end} ."))
    with pytest.raises(InputError, match=r"cannot be used|refers to itself"):
        prepare([tmp_path / "shapes.ttl"])


def test_a_shape_that_two_others_use_is_fine(tmp_path: Path) -> None:
    place = tmp_path / "shapes.ttl"
    place.write_text(
        PREFIXES + ":A a sh:NodeShape ; sh:targetClass :C ; sh:node :X ; sh:property [ sh:path :p ; sh:node :X ] .\n"
        ":B a sh:NodeShape ; sh:targetClass :D ; sh:node :X, :A . :X a sh:NodeShape ; sh:class :C ."
    )
    assert prepare([place]).targets
