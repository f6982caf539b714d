import gzip
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from graphs import canonical, document_graph, everything, rich
from hypothesis import given
from hypothesis import strategies as st

from kg import formats
from kg.context import CONTEXT_IRI
from kg.errors import InputError, UsageError
from kg.formats import FORMATS, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from kg.vocabulary import BASE, XSD
from kg.write import jsonld, ntriples

ONE = b"<http://e/s> <http://e/p> <http://e/o> ."
GRAPHS = {
    "data.trig": b"<http://e/g> { <http://e/s> <http://e/p> 1 } <http://e/s> <http://e/p> 2 .",
    "data.nq": b"<http://e/s> <http://e/p> <http://e/o> <http://e/g> .",
    "data.jsonld": b'{"@id": "http://e/g", "@graph": [{"@id": "http://e/s", "http://e/p": 1}]}',
}


def read(path: Any, **options: Any) -> Any:
    return list(formats.read(path, **options))


def file(folder: Any, name: Any, data: Any) -> Any:
    path = folder / name
    path.write_bytes(data)
    return path


def write(graph: Any, format: Any) -> Any:
    data = ox.serialize(graph, format=format.syntax)
    assert data is not None
    return data


# The table


def test_names_media_types_and_extensions_belong_to_one_format() -> None:
    for values in (
        [format.name for format in FORMATS],
        [media_type for format in FORMATS for media_type in format.media_types],
        [extension for format in FORMATS for extension in format.extensions],
    ):
        assert len(values) == len(set(values))


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_oxigraph_and_rdflib_know_the_format_by_these_names(format: Any) -> None:
    from rdflib.parser import Parser
    from rdflib.plugin import get

    assert format.media_type == format.syntax.media_type
    assert format.extension == format.syntax.file_extension
    assert format.named_graphs == format.syntax.supports_datasets
    assert get(format.rdflib, Parser)


def test_a_format_is_found_by_name_media_type_and_file() -> None:
    assert formats.by_name("turtle") is TURTLE
    assert formats.by_media_type("Text/Turtle; charset=utf-8") is TURTLE
    assert formats.by_media_type("text/html") is None
    assert formats.by_path("a/b.JSON") is JSON_LD
    assert formats.by_path("dataset-00000.nt.gz") is N_TRIPLES
    assert [formats.by_path(name) for name in ("README", "a.txt", ".gz", "ttl")] == [None] * 4


def test_an_unknown_name_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="turtle, jsonld, ntriples, trig, nquads, rdfxml"):
        formats.by_name("n3")


# Reading


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gz"])
def test_a_file_of_any_format_is_read_whole(tmp_path: Path, format: Any, packed: Any) -> None:
    graph = document_graph(everything())
    quads = [ox.Quad(*triple) for triple in graph] if format.named_graphs else graph
    data = write(quads, format)
    path = file(tmp_path, f"data.{format.extension}{'.gz' if packed else ''}", gzip.compress(data) if packed else data)
    assert canonical(read(path)) == canonical(graph)


def test_our_own_json_ld_is_read(tmp_path: Path) -> None:
    assert canonical(read(file(tmp_path, "a.jsonld", jsonld(rich(), base=BASE)))) == canonical(rich())


@pytest.mark.parametrize("name", GRAPHS)
def test_named_graphs_are_read_with_the_others(tmp_path: Path, name: Any) -> None:
    triples = read(file(tmp_path, name, GRAPHS[name]))
    assert len(triples) == (2 if name == "data.trig" else 1)


@pytest.mark.parametrize("name", GRAPHS)
def test_named_graphs_can_be_refused(tmp_path: Path, name: Any) -> None:
    with pytest.raises(InputError, match="named graph http://e/g"):
        read(file(tmp_path, name, GRAPHS[name]), named_graphs=False)


def test_a_byte_order_mark_is_no_part_of_the_data(tmp_path: Path) -> None:
    for name in ("a.ttl", "a.nt", "a.nq"):
        assert len(read(file(tmp_path, name, b"\xef\xbb\xbf" + ONE))) == 1
    assert len(read(file(tmp_path, "a.jsonld", b'\xef\xbb\xbf{"@id": "http://e/s", "http://e/p": 1}'))) == 1
    assert len(list(formats.read_bytes(b"\xef\xbb\xbf" + ONE, TURTLE))) == 1


def test_relative_iris_resolve_against_the_file(tmp_path: Path) -> None:
    (triple,) = read(file(tmp_path, "a.ttl", b"<#s> <http://e/p> <b> ."))
    assert triple.subject.value == (tmp_path / "a.ttl").as_uri() + "#s"


def test_blank_nodes_of_two_files_are_not_one(tmp_path: Path) -> None:
    one, two = (read(file(tmp_path, name, b"_:x <http://e/p> 1 .")) for name in ("a.ttl", "b.ttl"))
    assert one[0].subject != two[0].subject


# What cannot be read


@pytest.mark.parametrize(
    ("name", "data", "where", "what"),
    [
        ("a.ttl", b"<http://e/s>\n<http://e/p> .\n", "a.ttl, line 2", "not Turtle"),
        ("a.nt", b"<http://e/s> <http://e/p> 1 .", "a.nt, line 1", "not N-Triples"),
        ("a.trig", b"<http://e/g> {", "a.trig, line 1", "not TriG"),
        ("a.nq", b"\x00\x01\x02", "a.nq, line 1", "not N-Quads"),
        ("a.ttl", b'<http://e/s> <http://e/p> "\xff" .', "a.ttl, line 1", "not Turtle: Invalid UTF-8"),
        ("a.ttl", "<http://e/s> <http://e/p> 1 .".encode("utf-16"), "a.ttl, line 1", "not Turtle"),
        ("a.ttl", b"<!doctype html><html>", "a.ttl, line 1", "not Turtle"),
        ("a.jsonld", b'{\n"@context": }', "a.jsonld, line 2", "not JSON-LD"),
        ("a.jsonld", b'{\n"http://e/p": }', "a.jsonld, line 2", "not JSON-LD"),
        ("a.jsonld", b"", "a.jsonld, line 1", "not JSON-LD"),
        ("a.jsonld", b'{"@context": {"@version": 7}}', "a.jsonld", "not JSON-LD"),
        ("a.jsonld", b'{"@context": {}, "p": ' + b"9" * 9999 + b"}", "a.jsonld", "not JSON-LD"),
        ("a.rdf", b"<rdf:RDF", "a.rdf, line 1", "not RDF/XML"),
        ("a.ttl", b"<http://e/s> <http://e/p> <<( <http://e/s> <http://e/p> 1 )>> .", "a.ttl", "triple term"),
    ],
)  # fmt: skip
def test_a_broken_file_is_an_error_with_its_place(tmp_path: Path, name: Any, data: Any, where: Any, what: Any) -> None:
    with pytest.raises(InputError) as error:
        read(file(tmp_path, name, data))
    assert error.value.where == str(tmp_path / where)
    assert error.value.what.startswith(what) or what in error.value.what
    assert error.value.hint


@pytest.mark.parametrize("format", [N_TRIPLES, TURTLE, N_QUADS, TRIG], ids=lambda format: format.name)
def test_a_term_that_is_too_long_to_read_is_an_error(format: Any) -> None:
    data = b'<http://e/a> <http://e/p> "%b" .' % (b"x" * (17 << 20))
    with pytest.raises(InputError, match=r"a\.nt: holds a term of over 16 MB"):
        list(formats.read_bytes(data, format, where="a.nt"))


DEEP = [b'{"@context": ' * 5000, b'{"@context": {}, "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"]


@pytest.mark.parametrize("data", DEEP, ids=["context", "list"])
def test_deep_json_is_an_error(tmp_path: Path, data: Any) -> None:
    with pytest.raises(InputError):
        read(file(tmp_path, "a.jsonld", data))


def test_a_missing_file_a_folder_and_a_cut_archive_are_errors(tmp_path: Path) -> None:
    cut = gzip.compress((ONE + b"\n") * 100)[:-10]
    for path in (tmp_path / "none.ttl", tmp_path, file(tmp_path, "a.nt.gz", cut), file(tmp_path, "b.nt.gz", ONE)):
        with pytest.raises(InputError) as error:
            read(path, format=N_TRIPLES)
        assert error.value.where == str(path)


def test_an_unknown_extension_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.ttl, \.jsonld"):
        read(file(tmp_path, "a.txt", ONE))


CONTEXTS = [
    '"https://contexts.example/"',
    '["https://contexts.example/"]',
    '{"@import": "https://contexts.example/"}',
    '{"p": {"@id": "http://e/p", "@context": "https://contexts.example/"}}',
    '"https:\\u002f/contexts.example/"',
]


@pytest.mark.parametrize("context", CONTEXTS)
def test_nothing_is_fetched_for_json_ld(tmp_path: Path, context: Any) -> None:
    data = f'{{"@context": {context}, "@id": "http://e/s", "http://e/p": 1}}'.encode()
    with pytest.raises(InputError, match=r"remote context https://contexts\.example/"):
        read(file(tmp_path, "a.jsonld", data))


def test_an_escaped_key_does_not_hide_a_remote_context() -> None:
    data = b'{"\\u0040context": "https://contexts.example/", "@id": "http://e/s", "http://e/p": 1}'
    with pytest.raises(InputError, match="remote context"):
        list(formats.read_bytes(data, JSON_LD))


def test_our_own_context_may_be_named_instead_of_written_out() -> None:
    data = {"@context": CONTEXT_IRI, "id": "http://e/claim", "type": "Capture", "areaKm2": "289.0"}
    found = ntriples(formats.read_bytes(json.dumps(data).encode(), JSON_LD))
    lines = found.decode().splitlines()
    assert lines == [
        "<http://e/claim> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://kg.example/ontology#Capture> .",
        f'<http://e/claim> <https://kg.example/ontology#areaKm2> "289.0"^^{XSD.decimal} .',
    ]


def rdf_xml(entities: Any, value: Any) -> Any:
    return (
        f'<?xml version="1.0"?>\n<!DOCTYPE rdf:RDF [{entities}]>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
        f'<rdf:Description rdf:about="http://e/s"><e:p>{value}</e:p></rdf:Description></rdf:RDF>'
    ).encode()


def test_xml_entities_may_abbreviate() -> None:
    (triple,) = formats.read_bytes(rdf_xml('<!ENTITY e "http://e/">', "&e;x"), RDF_XML)
    assert triple.object == ox.Literal("http://e/x")


def test_xml_entities_may_not_explode() -> None:
    nested = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{inner};" * 10}">' for inner, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    wide = f'<!ENTITY a "{"x" * 100_000}">'
    for data in (rdf_xml(nested, "&j;"), rdf_xml(wide, "&a;" * 1000)):
        with pytest.raises(InputError, match="entities"):
            list(formats.read_bytes(data, RDF_XML))


def test_an_external_xml_entity_is_not_read(tmp_path: Path) -> None:
    secret = file(tmp_path, "secret.txt", b"secret")
    with pytest.raises(InputError):
        list(formats.read_bytes(rdf_xml(f'<!ENTITY a SYSTEM "{secret.as_uri()}">', "&a;"), RDF_XML))


@given(data=st.binary(max_size=60), format=st.sampled_from([TURTLE, JSON_LD, N_TRIPLES, TRIG, N_QUADS, RDF_XML]))
def test_any_bytes_are_read_or_refused(data: Any, format: Any) -> None:
    with suppress(InputError):
        list(formats.read_bytes(data, format))


TYPED = b'{"@context": "%s", "@type": "Person", "@id": "http://e/s", "sameAs": "http://e/o", "name": "A"}'


@pytest.mark.parametrize(
    "iri", ["https://schema.org/", "http://schema.org", "https://schema.org/docs/jsonldcontext.json"]
)
def test_the_context_of_schema_org_is_known(iri: str) -> None:
    found = {str(t.predicate): t.object for t in formats.read_bytes(TYPED % iri.encode(), formats.JSON_LD)}
    assert found["<http://schema.org/sameAs>"] == ox.NamedNode("http://e/o")  # an IRI, as the context says
    assert found["<http://schema.org/name>"] == ox.Literal("A")


def test_a_date_of_schema_org_has_its_datatype_and_other_text_has_none() -> None:
    data = b'{"@context": "https://schema.org", "@id": "http://e/s", "birthDate": "1990-01-02", "text": "1990-01-02"}'
    found = {str(t.predicate): t.object for t in formats.read_bytes(data, formats.JSON_LD)}
    date = ox.NamedNode("http://schema.org/Date")
    assert found["<http://schema.org/birthDate>"] == ox.Literal("1990-01-02", datatype=date)
    assert found["<http://schema.org/text>"] == ox.Literal("1990-01-02")


def test_a_remote_context_is_read_from_the_copy_that_is_given(tmp_path: Path) -> None:
    (tmp_path / "copy.jsonld").write_text('{"@context": {"p": "http://e/p"}}')
    (tmp_path / "data.jsonld").write_text('{"@context": "https://contexts.example/", "@id": "http://e/s", "p": 1}')
    contexts = {"https://contexts.example/": formats.read_context(tmp_path / "copy.jsonld")}
    (triple,) = formats.read(tmp_path / "data.jsonld", contexts=contexts)
    assert triple.predicate == ox.NamedNode("http://e/p")
    with pytest.raises(InputError, match="--context IRI=FILE"):
        list(formats.read(tmp_path / "data.jsonld"))


@pytest.mark.parametrize("text", ["{}", "[]", "no", '"x"'])
def test_a_file_without_a_context_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "copy.jsonld").write_text(text)
    with pytest.raises(InputError, match="no JSON-LD context"):
        formats.read_context(tmp_path / "copy.jsonld")


def test_a_direction_of_a_literal_is_refused_with_a_sentence() -> None:
    data = b'<http://e/s> <http://e/p> "x"@en--ltr .'
    with pytest.raises(InputError, match="direction"):
        list(formats.read_bytes(data, formats.N_TRIPLES))
