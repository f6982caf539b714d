"""Clients of other people, as they are installed, asking a server that is really started."""

import http.client
import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx2
import pytest
import rdflib
from outside import COMUNICA
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import ResultRow
from servers import FUSEKI, RDF4J, needed
from web_server import serving

from kg.dataset import Dataset

SELECT = "SELECT ?s ?name { ?s rdfs:label ?name } ORDER BY ?s ?name LIMIT 5"
CONSTRUCT = "CONSTRUCT { ?s rdfs:label ?name } WHERE { ?s rdfs:label ?name }"
ASK = "ASK { ?s rdfs:label ?name }"
DESCRIBE = "DESCRIBE place:AZ-SUS"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
ROWS, TRIPLES = "application/sparql-results+", {"turtle": "text/turtle", "rdfxml": "application/rdf+xml"}


@pytest.fixture(scope="module")
def root(built_sides: Dataset) -> Iterator[str]:
    with serving(built_sides.folder) as address:
        yield address


@pytest.fixture(scope="module")
def client(root: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=root, timeout=30) as client:
        yield client


def kind(answer: httpx2.Response) -> str:
    assert answer.status_code == 200, answer.text
    return answer.headers["content-type"].partition(";")[0]


SAID = ["", "json", "xml", "turtle", "n3", "rdf", "rdf+xml", "csv", "tsv", "json-ld"]


@pytest.mark.tool("SPARQLWrapper")
@pytest.mark.filterwarnings("ignore:(?s)Sending Accept header:RuntimeWarning")  # what it sends then is tried too
@pytest.mark.parametrize("format", SAID)
@pytest.mark.parametrize("query", [SELECT, CONSTRUCT, ASK, DESCRIBE])
def test_sparqlwrapper_is_answered_whatever_format_it_sends(root: str, query: str, format: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    asking = wrapper.SPARQLWrapper(f"{root}/sparql")
    asking.setQuery(f"PREFIX rdfs: <{rdflib.RDFS}> PREFIX place: <https://kg.example/place/> {query}")
    if format:
        asking.setReturnFormat(format)
    for method in ("GET", "POST"):
        asking.setMethod(method)
        answer = asking.query()
        assert answer.response.status == 200
        assert answer.response.read()


@pytest.mark.tool("SPARQLWrapper")
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # by what it uses of rdflib
@pytest.mark.parametrize("format", ["json", "xml"])
def test_sparqlwrapper_reads_what_it_asked_for(root: str, format: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    asking = wrapper.SPARQLWrapper(f"{root}/sparql", returnFormat=format)
    asking.setQuery(f"PREFIX rdfs: <{rdflib.RDFS}> {SELECT}")
    found = asking.queryAndConvert()
    names = found["results"]["bindings"] if format == "json" else found.getElementsByTagName("result")
    assert len(names) == 5
    asking.setQuery(f"PREFIX rdfs: <{rdflib.RDFS}> {CONSTRUCT}")
    asking.setReturnFormat("rdf+xml")
    assert isinstance(asking.queryAndConvert(), rdflib.Graph)


@pytest.mark.tool("rdflib, its SPARQLStore")
@pytest.mark.parametrize("format", ["xml", "json", "csv", "tsv"])
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_the_store_of_rdflib_gives_the_rows_of_the_endpoint(
    root: str, built_sides: Dataset, format: str, method: str
) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{root}/sparql", returnFormat=format, method=method))
    found = graph.query(f"PREFIX rdfs: <{rdflib.RDFS}> {SELECT}")
    rows = [(str(row["s"]), str(row["name"])) for row in found if isinstance(row, ResultRow)]
    assert rows == [(row["s"], row["name"]) for row in built_sides.query(SELECT)]


@pytest.mark.tool("rdflib, its SPARQLStore")
def test_the_store_of_rdflib_asks_and_constructs(root: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{root}/sparql"))
    assert graph.query(ASK).askAnswer is True
    assert len(graph.query(CONSTRUCT).graph or ()) > 5
    assert (None, rdflib.RDFS.label, None) in graph


@pytest.mark.parametrize(
    ("format", "of_rows", "of_triples"),
    [
        ("json", f"{ROWS}json", "application/ld+json"),
        ("xml", f"{ROWS}xml", "application/rdf+xml"),
        ("application/sparql-results+xml", f"{ROWS}xml", "text/turtle"),
        ("application/sparql-results xml", f"{ROWS}xml", "text/turtle"),
        ("text/tab-separated-values", "text/tab-separated-values", "text/turtle"),
        ("N-Triples", f"{ROWS}json", "application/n-triples"),
        ("rdf+xml", f"{ROWS}json", "application/rdf+xml"),
        ("parrot", f"{ROWS}json", "text/turtle"),
    ],
)
def test_a_format_is_known_by_every_name_and_an_unknown_one_is_as_if_it_were_not_there(
    client: httpx2.Client, format: str, of_rows: str, of_triples: str
) -> None:
    assert kind(client.get("/sparql", params={"query": SELECT, "format": format})) == of_rows
    assert kind(client.get("/sparql", params={"query": CONSTRUCT, "format": format})) == of_triples


def test_the_first_format_that_is_known_counts_whatever_it_is_called(client: httpx2.Client) -> None:
    for address in ("format=parrot&format=csv", "output=csv", "results=csv&format=auto"):
        assert kind(client.get(f"/sparql?query={quote(SELECT)}&{address}")) == "text/csv"


@pytest.mark.parametrize(
    "accept", [BROWSER, "text/csv, */*;q=0.1", "text/tab-separated-values, application/json;q=0.2"]
)
def test_yes_or_no_is_said_to_who_would_rather_have_a_table(client: httpx2.Client, accept: str) -> None:
    answer = client.get("/sparql", params={"query": f"# a\nPREFIX a: <http://a/> {ASK}"}, headers={"accept": accept})
    assert kind(answer) in (f"{ROWS}json", f"{ROWS}xml", "application/xml", "application/json")
    assert "true" in answer.text


def test_yes_or_no_is_not_said_to_who_takes_nothing_that_can_say_it(client: httpx2.Client) -> None:
    assert client.get("/sparql", params={"query": ASK}, headers={"accept": "text/csv"}).status_code == 406


def test_several_lines_of_a_header_are_one_list(root: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(root).netloc, timeout=30)
    connection.putrequest("GET", f"/sparql?query={quote(SELECT)}")
    connection.putheader("Accept", "image/png")
    connection.putheader("Accept", "text/csv;q=0.4, application/sparql-results+xml;q=0.7")
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, answer.headers["content-type"]) == (200, f"{ROWS}xml")
    connection.close()


def test_a_graph_without_a_name_is_none(client: httpx2.Client) -> None:
    address = f"/sparql?query={quote(SELECT)}"
    plain = client.get(address).content
    assert client.get(f"{address}&default-graph-uri=&named-graph-uri=").content == plain
    elsewhere = client.get(f"{address}&default-graph-uri=http://e/none").json()
    assert elsewhere["results"]["bindings"] == []


def test_a_mark_of_encoding_before_a_query_is_no_part_of_it(client: httpx2.Client) -> None:
    plain = client.get("/sparql", params={"query": SELECT}).content
    marked = f"\ufeff{SELECT}"
    assert client.get("/sparql", params={"query": marked}).content == plain
    assert client.post("/sparql", data={"query": marked}).content == plain
    direct = client.post("/sparql", content=marked.encode(), headers={"content-type": "application/sparql-query"})
    assert direct.content == plain
    assert client.get("/sparql", params={"query": f"SELECT \ufeff{SELECT}"}).status_code == 400


PREFIXED = f"PREFIX rdfs: <{rdflib.RDFS}> PREFIX place: <https://kg.example/place/> "


def said(*command: str) -> str:
    """What a program writes; it must end well."""
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def described(data: Dataset) -> set[tuple[object, ...]]:
    graph = rdflib.Graph().parse(data.folder / "dataset.nt")
    return set(graph.predicate_objects(rdflib.URIRef("https://kg.example/place/AZ-SUS")))


@pytest.mark.tool("Apache Jena")
@pytest.mark.server
def test_the_client_of_jena_gives_the_rows_and_triples_of_the_endpoint(root: str, built_sides: Dataset) -> None:
    needed("java", FUSEKI)
    ask = ("java", "-cp", str(FUSEKI), "arq.rsparql", "--service", f"{root}/sparql")
    rows = json.loads(said(*ask, "--results=JSON", PREFIXED + SELECT))["results"]["bindings"]
    assert [(row["s"]["value"], row["name"]["value"]) for row in rows] == [
        (row["s"], row["name"]) for row in built_sides.query(SELECT)
    ]
    assert "Yes" in said(*ask, PREFIXED + ASK)
    for query in (CONSTRUCT, DESCRIBE):
        graph = rdflib.Graph().parse(data=said(*ask, "--results=NT", PREFIXED + query), format="nt")
        assert len(graph) > 5
    assert described(built_sides) <= set(graph.predicate_objects())


@pytest.mark.tool("RDF4J client")
@pytest.mark.server
def test_the_client_of_rdf4j_gives_the_rows_and_triples_of_the_endpoint(
    root: str, built_sides: Dataset, tmp_path: Path
) -> None:
    needed("javac", RDF4J)
    with zipfile.ZipFile(RDF4J) as war:
        for name in war.namelist():
            if name.endswith(".jar") and "logback" not in name:
                (tmp_path / Path(name).name).write_bytes(war.read(name))
    program = Path(__file__).parent / "clients" / "AskRdf4j.java"
    queries = [PREFIXED + query for query in (SELECT, ASK, CONSTRUCT, DESCRIBE)]
    answers = said("java", "-cp", f"{tmp_path}/*", str(program), f"{root}/sparql", *queries)
    _, rows, yes, built, place = answers.split("--\n")
    expected = [f"{row['s']}\t{row['name']}" for row in built_sides.query(SELECT)]
    assert rows.splitlines() == expected
    assert yes.strip() == "true"
    assert len(rdflib.Graph().parse(data=built, format="nt")) > 5
    assert described(built_sides) <= set(rdflib.Graph().parse(data=place, format="nt").predicate_objects())


@pytest.mark.tool("Comunica")
@pytest.mark.server
@pytest.mark.parametrize("source", ["sparql@", ""], ids=["told", "found-out"])
def test_comunica_gives_the_rows_and_triples_of_the_endpoint(root: str, built_sides: Dataset, source: str) -> None:
    program = COMUNICA / ".bin" / "comunica-sparql"
    needed("node")
    if not program.is_file():
        pytest.skip("Comunica is not installed; see scripts/services.sh")
    ask = (str(program), f"{source}{root}/sparql")
    rows = json.loads(said(*ask, "-t", "application/sparql-results+json", PREFIXED + SELECT))["results"]["bindings"]
    assert [(row["s"]["value"], row["name"]["value"]) for row in rows] == [
        (row["s"], row["name"]) for row in built_sides.query(SELECT)
    ]
    assert said(*ask, PREFIXED + ASK).strip() == "true"
    built = said(*ask, "-t", "application/n-triples", PREFIXED + CONSTRUCT)
    assert len(rdflib.Graph().parse(data=built, format="nt")) > 5
