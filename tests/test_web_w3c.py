"""The W3C's tests of the SPARQL Protocol, of service descriptions and of the Graph Store Protocol's read side."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote

import httpx2
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF
from web_server import serving

from kg.formats import by_media_type, read_bytes

SUITE = Path(__file__).parent / "suites" / "sparql" / "sparql11"
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
GRAPHS = {f"http://kasei.us/2009/09/sparql/data/data{number}.rdf": f"data{number}.nt" for number in (1, 2, 3)}
ROWS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
TRIPLES = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")
FORMATS = {"tabular": ROWS, "boolean": ROWS[:2], "RDF": TRIPLES}


@dataclass(frozen=True)
class Sent:
    """One request of a test, and what must come back."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    classes: tuple[str, ...]  # of the status: "2", "3", "4"
    boolean: bool | None
    format: str | None

    @property
    def updates(self) -> bool:
        """Whether it is an update, by its media type or its parameter."""
        kind = self.headers.get("content-type", "")
        asked = self.path + "&" + self.body.decode("latin-1")
        form = "update=" in asked and "sparql-query" not in kind
        return "sparql-update" in kind or form


def requests(manifest: rdflib.Graph, test: Any) -> Iterator[Sent]:
    """The requests of a protocol test, in their order."""
    connection = manifest.value(test, MF.action)
    for node in Collection(manifest, manifest.value(connection, HT.requests)):
        answer = manifest.value(node, HT.resp)
        headers = manifest.value(node, HT.headers)
        fields = list(Collection(manifest, headers)) if headers else []
        body = manifest.value(node, HT.body)
        chars = str(manifest.value(body, CNT.chars)) if body else ""
        encoding = str(manifest.value(body, CNT.characterEncoding) or "UTF-8") if body else "UTF-8"
        boolean = manifest.value(answer, MF.expectedBoolean)
        yield Sent(
            method=str(manifest.value(node, HT.methodName)),
            path=str(manifest.value(node, HT.absolutePath)),
            headers={
                str(manifest.value(one, HT.fieldName)).lower(): str(manifest.value(one, HT.fieldValue))
                for one in fields
            },
            body=chars.encode(encoding),
            classes=tuple(sorted(str(one)[-3] for one in manifest.objects(answer, MF.expectedStatus))),
            boolean=None if boolean is None else bool(cast(rdflib.Literal, boolean).toPython()),
            format=str(manifest.value(answer, MF.expectedFormat) or "") or None,
        )


def entries(name: str) -> list[Any]:
    """The entries of a manifest, as pytest parameters."""
    manifest = rdflib.Graph().parse(SUITE / name / "manifest.ttl")
    listed = manifest.value(manifest.value(predicate=RDF.type, object=MF.Manifest), MF.entries)
    return [pytest.param(manifest, test, id=str(test).rpartition("#")[2]) for test in Collection(manifest, listed)]


PROTOCOL = entries("protocol")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A client of a server over the suite's data, in the graphs that its tests name."""
    folder = tmp_path_factory.mktemp("w3c") / "store"
    store = ox.Store(str(folder))
    for graph, name in GRAPHS.items():
        store.load(path=str(SUITE / "protocol" / name), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph))
    store.flush()
    del store
    with serving(folder) as root, httpx2.Client(base_url=root, timeout=30) as client:
        yield client


@pytest.mark.parametrize(("manifest", "test"), PROTOCOL)
def test_the_protocol_is_kept_and_updates_are_refused(manifest: rdflib.Graph, test: Any, client: httpx2.Client) -> None:
    for sent in requests(manifest, test):
        path = sent.path.replace("/sparql/", "/sparql", 1)
        answer = client.request(sent.method, path, headers=sent.headers, content=sent.body or None)
        if sent.updates and "2" in sent.classes:
            assert answer.status_code == 403
            assert "read only" in answer.text
            return  # what follows asks for what the update would have written
        assert str(answer.status_code)[0] in sent.classes, answer.text
        if sent.boolean is not None:
            assert answer.json()["boolean"] is sent.boolean
        if sent.format:
            assert answer.headers["content-type"].partition(";")[0] in FORMATS[sent.format]


def test_the_suite_has_as_many_tests_as_are_promised() -> None:
    assert len(PROTOCOL) == 34
    assert sum(any(sent.updates for sent in requests(*one.values)) for one in PROTOCOL) >= 12


@pytest.fixture(scope="module")
def description(client: httpx2.Client) -> rdflib.Graph:
    answer = client.get("/sparql", headers={"accept": "text/turtle"})
    assert answer.status_code == 200
    return rdflib.Graph().parse(data=answer.text, format="turtle")


class TestServiceDescription:
    """The three tests that the suite names; it gives them no data."""

    @pytest.mark.parametrize("media_type", TRIPLES)
    def test_returns_rdf(self, client: httpx2.Client, media_type: str) -> None:
        answer = client.get("/sparql", headers={"accept": media_type})
        assert answer.headers["content-type"].startswith(media_type)
        format = by_media_type(media_type)
        assert format
        assert len(list(read_bytes(answer.content, format))) > 10

    def test_has_endpoint_triple(self, client: httpx2.Client, description: rdflib.Graph) -> None:
        endpoint = rdflib.URIRef(f"{client.base_url}".rstrip("/") + "/sparql")
        assert list(description.subjects(SD.endpoint, endpoint))

    def test_conforms_to_schema(self, description: rdflib.Graph) -> None:
        (service,) = description.subjects(RDF.type, SD.Service)
        assert description.value(service, SD.supportedLanguage) == SD.SPARQL11Query
        assert len(list(description.objects(service, SD.resultFormat))) == 10
        dataset = description.value(service, SD.defaultDataset)
        assert (dataset, RDF.type, SD.Dataset) in description
        assert (description.value(dataset, SD.defaultGraph), RDF.type, SD.Graph) in description
        named = list(description.objects(dataset, SD.namedGraph))
        assert {str(description.value(one, SD.name)) for one in named} == set(GRAPHS)
        assert not [
            one for one in description.predicates(service, None) if not str(one).startswith((str(SD), str(RDF)))
        ]


class TestGraphStoreRead:
    """The GET and HEAD tests of graph-store-protocol and http-rdf-update, and the refusal of all others."""

    def test_get_of_a_graph_by_its_name(self, client: httpx2.Client) -> None:
        for graph, name in GRAPHS.items():
            answer = client.get("/graph", params={"graph": graph}, headers={"accept": "text/turtle"})
            expected = rdflib.Graph().parse(SUITE / "protocol" / name, format="nt")
            assert set(rdflib.Graph().parse(data=answer.text, format="turtle")) == set(expected)

    def test_get_of_the_default_graph(self, client: httpx2.Client) -> None:
        answer = client.get("/graph?default", headers={"accept": "application/n-triples"})
        assert (answer.status_code, answer.text) == (200, "")  # the suite's data is in named graphs

    def test_get_of_a_graph_that_does_not_exist(self, client: httpx2.Client) -> None:
        assert client.get("/graph", params={"graph": "http://kasei.us/none"}).status_code == 404

    def test_head_of_a_graph_has_the_headers_of_get_and_no_body(self, client: httpx2.Client) -> None:
        graph = {"graph": next(iter(GRAPHS))}
        head, get = (client.request(method, "/graph", params=graph) for method in ("HEAD", "GET"))
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == get.headers["content-type"]
        assert client.head("/graph?graph=urn:none").status_code == 404

    @pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
    def test_writing_is_refused(self, client: httpx2.Client, method: str) -> None:
        answer = client.request(method, "/graph", params={"graph": next(iter(GRAPHS))}, content=b"")
        assert answer.status_code == 405


def test_the_requests_of_the_suite_are_read_whole() -> None:
    found = [sent for one in PROTOCOL for sent in requests(*one.values)]
    assert {sent.method for sent in found} == {"GET", "POST", "PUT"}
    assert any("ASK FROM" in unquote(sent.body.decode("latin-1")) for sent in found)
    assert any(sent.body.decode("latin-1") != sent.body.decode("utf-8", "replace") for sent in found)
