import hashlib
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from graphs import rich

from kg import formats
from kg.config import Config
from kg.vocabulary import BASE, DCAT, DCTERMS, RDF, SPDX, VOID, prefixes
from kg.write import jsonld, ntriples, turtle
from kg.write.catalog import catalog
from kg.write.made import Made

FULL = Config(
    title="Two sides", description="Short texts.", license="https://creativecommons.org/licenses/by/4.0/",
    publisher="A “publisher”", publisher_url="https://publisher.example/", homepage="https://data.example/",
    issued="2026-11-24", version="2", previous_version="https://data.example/1", keywords=("conflict", "claims"),
)  # fmt: skip
DATASET = f"<{BASE}dataset>"


def made(config: Config) -> Made:
    return Made("a", "b", {}, config, "c")


@pytest.fixture
def folder(tmp_path: Path) -> Any:
    graph = ntriples(rich())
    for inner in ("tables", "sources"):
        (tmp_path / inner).mkdir()
    files = {
        "dataset.nt": graph,
        "dataset.ttl": turtle(graph, prefixes=prefixes(BASE), base=BASE),
        "dataset.jsonld": jsonld(graph, base=BASE),
        "dataset-00000.nt.gz": b"packed",
        "tables/events.csv": b"event\r\n",
        "report.md": b"# Report",
        "sources/dataset-of-towns.txt": b"A text, no download.",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def described(folder: Any, config: Any = FULL) -> Any:
    store = ox.Store()
    store.extend(ox.parse(catalog(folder, rich(), made=made(config), base=BASE), ox.RdfFormat.TURTLE))
    return store


def ask(store: Any, variables: Any, pattern: Any) -> Any:
    names = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in prefixes(BASE).items())
    return [tuple(term.value for term in row) for row in store.query(f"{names} SELECT {variables} {{ {pattern} }}")]


def test_every_download_has_its_size_checksum_and_media_type(folder: Any) -> None:
    rows = ask(
        described(folder),
        "?url ?size ?sum ?type",
        "<https://kg.example/dataset> dcat:distribution ?d . ?d dcat:downloadURL ?url ; dcat:byteSize ?size ; "
        "dcat:mediaType ?type ; spdx:checksum ?checksum . "
        "?checksum spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue ?sum",
    )
    assert {url.removeprefix(BASE): type_.rpartition("types/")[2] for url, _, _, type_ in rows} == {
        "dataset.nt": "application/n-triples",
        "dataset.ttl": "text/turtle",
        "dataset.jsonld": "application/ld+json",
        "dataset-00000.nt.gz": "application/n-triples",
        "tables/events.csv": "text/csv",
    }
    for url, size, sum, _ in rows:
        data = (folder / url.removeprefix(BASE)).read_bytes()
        assert (int(size), sum) == (len(data), hashlib.sha256(data).hexdigest())


def test_statistics_are_what_a_count_gives(folder: Any) -> None:
    graph = set(rich())
    store = described(folder)
    (numbers,) = ask(
        store,
        "?t ?s ?o ?p ?c ?e",
        "<https://kg.example/dataset> void:triples ?t ; void:distinctSubjects ?s ; void:distinctObjects ?o ;"
        " void:properties ?p ; void:classes ?c ; void:entities ?e",
    )
    types = [triple for triple in graph if triple.predicate == RDF.type]
    assert [int(number) for number in numbers] == [
        len(graph),
        len({triple.subject for triple in graph}),
        len({triple.object for triple in graph}),
        len({triple.predicate for triple in graph}),
        len({triple.object for triple in types}),
        len({triple.subject for triple in types}),
    ]
    classes = ask(store, "?class ?n", f"{DATASET} void:classPartition [ void:class ?class ; void:entities ?n ]")
    assert {class_: int(n) for class_, n in classes} == Counter(triple.object.value for triple in types)
    properties = ask(
        store, "?property ?n", f"{DATASET} void:propertyPartition [ void:property ?property ; void:triples ?n ]"
    )
    assert {term: int(n) for term, n in properties} == Counter(triple.predicate.value for triple in graph)


def test_each_class_has_its_properties_and_what_their_values_are_as_a_count_gives(folder: Any) -> None:
    store, graph = described(folder), set(rich())
    types: dict[Any, set[str]] = {}
    for triple in graph:
        if triple.predicate == RDF.type:
            types.setdefault(triple.subject, set()).add(triple.object.value)
    within: Counter[tuple[str, str]] = Counter()
    values: Counter[tuple[str, str, str]] = Counter()
    for triple in graph:
        for class_ in types.get(triple.subject, ()):
            within[class_, triple.predicate.value] += 1
            value = triple.object
            of = {value.datatype.value} if isinstance(value, ox.Literal) else types.get(value, set())
            values.update((class_, triple.predicate.value, one) for one in of)
    part = f"{DATASET} void:classPartition [ void:class ?c ; void:propertyPartition ?p ] . ?p void:property ?term ; "
    assert {(c, p): int(n) for c, p, n in ask(store, "?c ?term ?n", f"{part} void:triples ?n")} == within
    literals = f"{part} voidext:datatypePartition [ voidext:datatype ?of ; void:triples ?n ]"
    objects = f"{part} void:classPartition [ void:class ?of ; void:triples ?n ]"
    found = [row for pattern in (literals, objects) for row in ask(store, "?c ?term ?of ?n", pattern)]
    assert {(c, p, of): int(n) for c, p, of, n in found} == values


def test_every_vocabulary_of_the_dataset_is_named(folder: Any) -> None:
    named = {iri for (iri,) in ask(described(folder), "?v", "?d void:vocabulary ?v")}
    used = {triple.predicate.value for triple in rich()}
    assert all(any(iri.startswith(namespace) for namespace in named) for iri in used)


def test_what_the_configuration_says_is_said(folder: Any) -> None:
    found = set(described(folder))
    values = {(quad.predicate, quad.object.value) for quad in found if quad.subject == ox.NamedNode(f"{BASE}dataset")}
    assert {
        (DCTERMS.title, "Two sides"),
        (DCTERMS.license, FULL.license),
        (DCTERMS.issued, "2026-11-24"),
        (DCAT.version, "2"),
        (DCAT.previousVersion, "https://data.example/1"),
        (DCAT.keyword, "claims"),
        (DCAT.landingPage, "https://data.example/"),
    } <= values
    assert ask(
        described(folder), "?name ?url", f"{DATASET} dcterms:publisher [ rdfs:label ?name ; schema:url ?url ]"
    ) == [("A “publisher”", "https://publisher.example/")]


def test_nothing_is_said_that_nobody_said(folder: Any) -> None:
    predicates = {quad.predicate for quad in described(folder, Config())}
    assert not predicates & {DCTERMS.license, DCTERMS.publisher, DCTERMS.issued, DCAT.version, DCAT.landingPage}


def test_the_catalogue_is_the_same_whenever_it_is_written_and_has_no_blank_node(folder: Any) -> None:
    one = catalog(folder, rich(), made=made(FULL), base=BASE)
    assert one == catalog(folder, reversed(rich()), made=made(FULL), base=BASE)
    assert b"_:" not in one
    assert b"[" not in one


def test_no_name_of_the_catalogue_needs_an_escape(folder: Any) -> None:
    (folder / "tables" / "a b (1).csv").write_bytes(b"")
    text = catalog(folder, rich(), made=made(FULL), base=BASE).decode()
    assert "\\" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    assert len(ask(described(folder), "?part", "?d dcat:distribution ?part")) == 6


def test_an_example_of_every_term_is_used(folder: Any) -> None:
    terms = {quad.predicate for quad in described(folder)} | {quad.object for quad in described(folder)}
    assert {VOID.Dataset, DCAT.Dataset, DCAT.Distribution, SPDX.Checksum, DCAT.compressFormat, VOID.dataDump} <= terms


def test_the_catalogue_is_read_by_rdflib(folder: Any) -> None:
    import rdflib

    data = catalog(folder, rich(), made=made(FULL), base=BASE)
    quads = list(formats.read_bytes(data, formats.TURTLE))
    assert len(rdflib.Graph().parse(data=data, format="turtle")) == len(set(quads))
