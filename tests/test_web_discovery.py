"""What completion tools ask an endpoint that they are given, and what a server that is really started answers."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pyoxigraph as ox
import pytest
from web_server import serving

from kg import dataset, store
from kg.dataset import Dataset, queries

PREFIXES = """PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?prefix ?namespace { ?x sh:declare [ sh:prefix ?prefix ; sh:namespace ?namespace ] }"""
PROPERTIES = """PREFIX void: <http://rdfs.org/ns/void#> PREFIX void-ext: <http://ldf.fi/void-ext#>
SELECT ?class ?property ?object ?datatype {
  ?cp void:class ?class ; void:propertyPartition ?pp . ?pp void:property ?property .
  OPTIONAL { ?pp void:classPartition [ void:class ?object ] }
  OPTIONAL { ?pp void-ext:datatypePartition [ void-ext:datatype ?datatype ] } }"""
EXAMPLES = """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?comment ?query { ?q a sh:SPARQLExecutable ; rdfs:comment ?comment ;
  sh:select|sh:construct|sh:ask|sh:describe ?query }"""


@pytest.fixture(scope="module", params=["folder", "store"])
def client(
    request: pytest.FixtureRequest, built_sides: Dataset, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx2.Client]:
    folder = built_sides.folder
    if request.param == "store":
        folder = tmp_path_factory.mktemp("discovery") / "store"
        store.load(built_sides, folder)
    with serving(folder) as root, httpx2.Client(base_url=root, timeout=30) as client:
        yield client


def rows(client: httpx2.Client, query: str) -> list[dict[str, str]]:
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code == 200, answer.text
    found = answer.json()["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def test_the_prefixes_that_an_endpoint_declares_are_those_that_queries_may_use(
    client: httpx2.Client, built_sides: Dataset
) -> None:
    assert {row["prefix"]: row["namespace"] for row in rows(client, PREFIXES)} == built_sides.prefixes


def test_the_classes_and_properties_of_an_endpoint_are_those_of_its_data(
    client: httpx2.Client, built_sides: Dataset
) -> None:
    found = rows(client, PROPERTIES)
    pairs = built_sides.query("SELECT DISTINCT ?class ?property { ?s a ?class ; ?property ?o }")
    assert {(row["class"], row["property"]) for row in found} == {(row["class"], row["property"]) for row in pairs}
    assert any("object" in row for row in found)
    assert any("datatype" in row for row in found)


def test_every_example_of_an_endpoint_is_a_query_that_it_answers(client: httpx2.Client) -> None:
    examples = rows(client, EXAMPLES)
    assert len(examples) == sum(not queries.load(name).annotations for name in queries.names())
    answered = [bool(rows(client, row["query"])) for row in examples]
    assert all(row["comment"] for row in examples)
    assert sum(answered) > len(answered) / 2  # some ask for what no document of the example says


def test_the_graph_of_a_dataset_is_downloaded_without_what_describes_it(
    client: httpx2.Client, built_sides: Dataset
) -> None:
    got = client.get("/graph?default", headers={"accept": "application/n-triples"}).content
    assert len(list(ox.parse(got, ox.RdfFormat.N_TRIPLES))) == len(built_sides.store)


def test_a_query_that_names_its_graphs_is_answered_from_them_alone(client: httpx2.Client, built_sides: Dataset) -> None:
    graph = f"{built_sides.base}annotations"
    found = rows(client, f"SELECT DISTINCT ?x FROM <{graph}> {{ ?x a <http://rdfs.org/ns/void#Dataset> }}")
    assert found == []
    assert rows(client, f"SELECT ?x FROM <{graph}> {{ ?x ?p ?o }} LIMIT 1")


def test_what_describes_a_dataset_is_not_counted_by_the_command_line(built_sides: Dataset, tmp_path: Path) -> None:
    store.load(built_sides, tmp_path / "store")
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert list(dataset.open(tmp_path / "store").query(query)) == list(built_sides.query(query))
