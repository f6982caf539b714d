"""One graph, in three files, as three implementations read it."""

import json
import re
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from effort import examples
from graphs import canonical, dataset_graph, document_graph, everything, rich
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.context import CONTEXT, TERMS, context
from kg.vocabulary import BASE, KG, KINDS, RDF, RDFS, XSD, prefixes
from kg.write import canonical_hash, jsonld, merge, ntriples, turtle
from kg.write.nodes import in_order

# rdflib 7.6 reads JSON-LD through a class of its own that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

S, P = ox.NamedNode(BASE + "place/x"), RDFS.label
ELSEWHERE = "http://127.0.0.1:8000/"


def as_turtle(graph: Any, base: Any = BASE) -> Any:
    return turtle(graph, prefixes=prefixes(base), base=base)


def as_jsonld(graph: Any, base: Any = BASE) -> Any:
    return jsonld(graph, base=base)


def read_by_oxigraph(data: Any, format: Any) -> Any:
    return ox.parse(data, format)


def read_by_rdflib(data: Any, format: Any) -> Any:
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        graph = rdflib.Graph().parse(data=data, format=format)
    finally:
        rdflib.NORMALIZE_LITERALS = before
    return [ox.Triple(*map(as_oxigraph, triple)) for triple in graph]


def as_oxigraph(term: Any) -> Any:
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    assert isinstance(term, rdflib.Literal)
    datatype = ox.NamedNode(str(term.datatype)) if term.datatype and not term.language else None
    return ox.Literal(str(term), language=term.language, datatype=datatype)


def read_by_pyld(data: Any) -> Any:
    from pyld import jsonld as pyld

    return ox.parse(pyld.to_rdf(json.loads(data), {"format": "application/n-quads"}), ox.RdfFormat.N_QUADS)


READERS = {
    "oxigraph turtle": lambda graph, base: read_by_oxigraph(as_turtle(graph, base), ox.RdfFormat.TURTLE),
    "oxigraph n-triples": lambda graph, base: read_by_oxigraph(ntriples(graph), ox.RdfFormat.N_TRIPLES),
    "oxigraph json-ld": lambda graph, base: read_by_oxigraph(as_jsonld(graph, base), ox.RdfFormat.JSON_LD),
    "rdflib turtle": lambda graph, base: read_by_rdflib(as_turtle(graph, base), "turtle"),
    "rdflib n-triples": lambda graph, base: read_by_rdflib(ntriples(graph), "nt"),
    "rdflib json-ld": lambda graph, base: read_by_rdflib(as_jsonld(graph, base), "json-ld"),
    "pyld json-ld": lambda graph, base: read_by_pyld(as_jsonld(graph, base)),
}


@pytest.mark.tool("PyLD")
@pytest.mark.tool("rdflib")
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("base", [BASE, ELSEWHERE])
def test_every_file_holds_the_same_graph_for_every_reader(reader: Any, base: Any) -> None:
    graph = dataset_graph(everything(), base=base)
    assert canonical(READERS[reader](graph, base)) == canonical(graph)


@pytest.mark.parametrize("reader", READERS)
def test_a_whole_dataset_is_the_same_graph_for_every_reader(reader: Any) -> None:
    assert canonical(READERS[reader](rich(), BASE)) == canonical(rich())


# Any graph, not only what kg says today

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        "",
        'a "quote" and a \\ slash',
        "two\nlines\r\n",
        "\t\b\f\x00\x01\x7f\x85\u2028",
        "‏שלום‎",
        "'''",
        '"""',
        "\ufeff",
        "\ufffe",
    ]
)
NUMBERS = st.from_regex(r"[+-]?[0-9]{0,18}\.?[0-9]{0,9}", fullmatch=True)
DATATYPES = st.sampled_from(
    [XSD.integer, XSD.decimal, XSD.nonNegativeInteger, XSD.boolean, XSD.date, ox.NamedNode("http://e/d#t"), KG.date]
)
LITERALS = (
    st.builds(ox.Literal, TEXTS)
    | st.builds(lambda text, tag: ox.Literal(text, language=tag), TEXTS, st.sampled_from(["en", "az", "hy", "en-GB"]))
    | st.builds(lambda text, type_: ox.Literal(text, datatype=type_), TEXTS | NUMBERS, DATATYPES)
    | st.builds(lambda flag: ox.Literal(flag, datatype=XSD.boolean), st.sampled_from(["true", "false", "1", "0"]))
)
SEGMENTS = st.text("abAB01_-.:~!$&'()*+,;=@/ü", max_size=6) | st.sampled_from(["a%20b", "a#b", "a?b=c", "-", "_", "0"])
IRIS = st.builds(
    lambda kind, segment: ox.NamedNode(f"{BASE}{kind}/{segment}"), st.sampled_from(KINDS), SEGMENTS
) | st.sampled_from([KG.date, RDF.type, RDFS.label, S, ox.NamedNode("urn:x:y"), ox.NamedNode("http://e/p#")])
PREDICATES = st.sampled_from([term.predicate for term in TERMS] + [ox.NamedNode("http://e/p#q(1)")])
TRIPLES = st.builds(ox.Triple, IRIS, PREDICATES, LITERALS | IRIS) | st.builds(
    lambda subject, class_: ox.Triple(subject, RDF.type, class_), IRIS, IRIS
)
GRAPHS = st.lists(TRIPLES, max_size=12)


@pytest.mark.parametrize("reader", [reader for reader in READERS if "rdflib" not in reader])
@given(graph=GRAPHS)
def test_any_graph_survives(reader: Any, graph: Any) -> None:
    assert canonical(READERS[reader](graph, BASE)) == canonical(graph)


@settings(max_examples=examples(50))
@pytest.mark.parametrize("reader", ["rdflib turtle", "rdflib json-ld"])
@given(graph=GRAPHS)
def test_rdflib_reads_any_graph_as_oxigraph_does(reader: Any, graph: Any) -> None:
    assert canonical(READERS[reader](graph, BASE)) == canonical(graph)


@given(graph=GRAPHS, random=st.randoms(use_true_random=False))
def test_order_and_repetition_change_no_byte(graph: Any, random: Any) -> None:
    shuffled = graph * 2
    random.shuffle(shuffled)
    assert ntriples(shuffled) == ntriples(graph)
    assert as_turtle(shuffled) == as_turtle(graph)
    assert as_jsonld(shuffled) == as_jsonld(graph)


@given(graph=GRAPHS)
def test_no_local_name_of_the_turtle_needs_an_escape(graph: Any) -> None:
    without_texts = re.sub(r'"(?:[^"\\]|\\.)*"', '""', as_turtle(graph).decode())
    without_iris = re.sub(r"<[^>]*>", "<>", without_texts)
    assert "\\" not in without_iris
    assert "%" not in without_iris


@given(parts=st.lists(GRAPHS, max_size=4))
def test_merging_parts_is_writing_the_whole(parts: Any) -> None:
    assert merge(*map(ntriples, parts)) == ntriples([triple for part in parts for triple in part])


@given(graph=GRAPHS)
def test_ntriples_are_what_they_are_written_from(graph: Any) -> None:
    assert ntriples(ntriples(graph)) == ntriples(graph)


# The canonical hash


@given(graph=GRAPHS)
def test_sorted_ntriples_are_canonical_by_oxigraph(graph: Any) -> None:
    assert ntriples(graph) == canonical(graph)


def test_the_canonical_hash_is_of_the_sorted_lines() -> None:
    from hashlib import sha256

    assert canonical_hash(rich()) == sha256(ntriples(rich())).hexdigest()


def test_a_blank_node_has_no_hash_here() -> None:
    for triple in (ox.Triple(ox.BlankNode(), P, S), ox.Triple(S, P, ox.BlankNode())):
        with pytest.raises(ValueError, match="blank"):
            canonical_hash([triple])


def test_text_that_looks_like_a_blank_node_is_text() -> None:
    canonical_hash([ox.Triple(S, P, ox.Literal(" _:b0 "))])


# What a person sees


def test_the_turtle_of_a_claim() -> None:
    text = as_turtle(document_graph(everything())).decode()
    claim = text[text.index("claim:everything-1_adoption_the-rebels_1 a") :]
    assert claim[: claim.index(" .\n") + 3] == (
        "claim:everything-1_adoption_the-rebels_1 a kg:Adoption, kg:EventClaim ;\n"
        "    dcterms:source document:everything-1 ;\n"
        '    kg:calledAs "adopted"@en ;\n'
        '    kg:date "1994/.."^^edtf:EDTF ;\n'
        "    sem:hasActor agent:everything-1_the-rebels ;\n"
        '    sem:hasEarliestBeginTimeStamp "1994-01-01"^^xsd:date ;\n'
        "    prov:wasDerivedFrom span:everything-1-98-109 ;\n"
        "    kg:mainEvidence span:everything-1-98-109 ;\n"
        '    kg:method "rules" .\n'
    )


def test_turtle_declares_what_it_uses_and_nothing_else() -> None:
    text = as_turtle(rich()).decode()
    declared = re.findall(r"^@prefix (\w+):", text, re.MULTILINE)
    body = re.sub(r'"(?:[^"\\]|\\.)*"|<[^>]*>', "", text[text.rindex("@prefix") :].partition("\n")[2])
    assert set(declared) == set(re.findall(r"(\w+):[A-Za-z0-9_]", body))
    assert len(declared) == len(set(declared))


def subjects(text: Any) -> Any:
    return re.findall(r"^(?:(\w+:[\w-]+)) a ", text, re.MULTILINE)


def test_documents_come_in_order_each_with_its_source_its_claims_and_their_spans() -> None:
    kinds = [name.partition(":")[0] for name in subjects(as_turtle(rich()).decode())]
    order = ["source", "document", "claim", "span"]
    before = kinds.index("place")
    assert set(kinds[:before]) == set(order)
    for document in [i for i, kind in enumerate(kinds[:before]) if kind == "document"]:
        assert kinds[document + 1] in ("claim", "source", "document", "place")
    rest = [kind for i, kind in enumerate(kinds[before:]) if not i or kind != kinds[before + i - 1]]
    assert rest == ["place", "geometry", "agent", "role", "document", "event", "finding"]


def test_claims_come_in_the_order_of_the_text() -> None:
    rows = [name for name in subjects(as_turtle(rich()).decode()) if "_control_" in name and "bfa34-1_" in name]
    places = ["nagorno-karabakh", "AZ-SUS", "AZ-LAC", "AZ-KAL", "AZ-AGM", "AZ-FUZ", "AZ-CAB", "AZ-QBI", "AZ-ZAN"]
    assert rows == [f"claim:000_99131d23c14bfa34-1_control_{place}_1" for place in places]


def test_numbers_in_names_sort_as_numbers() -> None:
    assert in_order(["<a-10>", "<a-9>", "<a-9-1>", "<a>", "<a-010>"]) == [
        "<a>",
        "<a-9>",
        "<a-9-1>",
        "<a-010>",
        "<a-10>",
    ]


@given(st.lists(st.text("<>a19-_:", max_size=6)))
def test_any_names_have_an_order(names: Any) -> None:
    assert in_order(names) == in_order(reversed(names))


def test_json_ld_nests_evidence_in_claims_in_documents() -> None:
    graph = json.loads(as_jsonld(rich()))["@graph"]
    document = next(node for node in graph if node["id"] == "document/000_99131d23c14bfa34-1")
    claim = next(claim for claim in document["claims"] if claim["place"] == "place/AZ-SUS")
    assert claim["date"] == "1992-05-08"
    assert claim["areaKm2"] == "289.0"
    assert claim["calledAs"] == {"en": "Occupation"}
    assert [span["quote"] for span in claim["evidence"]] == [
        "The Occupation in Figures",
        "Shusha: may 08, 1992, territory 289 km2",
    ]
    assert [type(span["start"]) for span in claim["evidence"]] == [int, int]
    assert "document" not in claim
    assert not [node for node in graph if node["id"].startswith(("claim/", "span/"))]


def test_json_ld_says_everything_of_a_dataset_in_words() -> None:
    """A prefixed name as key is for what does not fit its word: of our own data only names in no language."""
    keys = set()

    def collect(value: Any) -> None:
        for entry in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            collect(entry)
        if isinstance(value, dict):
            keys.update(value)

    collect(json.loads(as_jsonld(rich()))["@graph"])
    assert {key for key in keys if ":" in key} <= {"schema:alternateName"}


def test_every_predicate_and_class_of_a_dataset_is_in_the_context() -> None:
    words = {term.predicate for term in TERMS}
    assert {triple.predicate for triple in rich()} - words == {
        RDF.type,
        ox.NamedNode("http://purl.org/dc/terms/source"),
    } - words


def test_words_and_predicates_of_the_context_are_unique() -> None:
    assert len({term.word for term in TERMS}) == len({term.predicate for term in TERMS}) == len(TERMS)
    assert not {term.word for term in TERMS} & set(prefixes(BASE)) - {"place", "geometry", "document", "role"}


def test_the_context_has_no_relative_names() -> None:
    assert context(ELSEWHERE)["@base"] == ELSEWHERE
    assert "@base" not in CONTEXT
