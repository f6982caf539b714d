"""Loading into stores that really run: what is there afterwards, also when something breaks."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import servers
from servers import PASSWORD, USER, Server

import kg
from kg.dataset import ANNOTATIONS, Dataset, queries
from kg.errors import StoreError
from kg.rdf.values import canonical
from kg.store import remote
from kg.store.client import Client, Login
from kg.store.profiles import PROFILES
from kg.vocabulary import BASE, EDTF, GEO, KG, RDF, XSD

pytestmark = pytest.mark.server

ROOT = Path(__file__).parents[1]
SIDES = ROOT / "examples" / "two-sides"


STORES = [
    pytest.param("fuseki", marks=pytest.mark.tool("Apache Jena Fuseki")),
    pytest.param("oxigraph", marks=pytest.mark.tool("Oxigraph server")),
    pytest.param("rdf4j", marks=pytest.mark.tool("RDF4J server")),
    pytest.param("virtuoso", marks=pytest.mark.tool("Virtuoso")),
]


@pytest.fixture(scope="module", params=STORES)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = servers.START[request.param](tmp_path_factory.mktemp(request.param))
    yield started
    started.stop()


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("old") / "out"
    kg.build([SIDES], folder, shacl_engine="none")
    return kg.open(folder)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The same texts, one of them edited."""
    texts = tmp_path_factory.mktemp("new")
    shutil.copytree(SIDES, texts / "texts")
    edited = texts / "texts" / "tri-agency.txt"
    edited.write_text(
        edited.read_text().replace("1,835", "1,836") + "\nArmenian armed forces occupied Fuzuli on 23 August 1993.\n"
    )
    kg.build([texts / "texts"], texts / "out", shacl_engine="none")
    return kg.open(texts / "out")


def client(server: Server, *, url: str = "", attempts: int = 6, **changes: object) -> Client:
    profile = PROFILES[server.profile]
    login = Login(USER, PASSWORD) if profile.name == "virtuoso" else None
    return Client(
        url or server.url, replace(profile, **changes), login=login, attempts=attempts, sleep=lambda seconds: None
    )


def stored(client: Client, graph: str | None) -> set[bytes]:
    return {canonical(line) for lines in client.lines(graph, below=BASE) for line in lines}


def held(data: Dataset) -> set[bytes]:
    return {canonical(line) for path in data.files("dataset") for line in path.read_bytes().splitlines()}


def staged(client: Client) -> int:
    pattern = f'GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{BASE}loading/"))'
    (row,) = client.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    return int(row["n"].value)


STAGED = {"whole_insert": 0, "whole_update": 0, "batch": 100, "together": 1}  # as very large datasets are loaded


@pytest.mark.parametrize("ways", [{}, STAGED], ids=["whole", "staged"])
def test_a_store_holds_the_dataset_then_its_difference_and_nothing_twice(
    server: Server, old: Dataset, new: Dataset, ways: dict[str, int]
) -> None:
    graph = f"urn:test:update:{len(ways)}"
    with client(server, **ways) as store:
        store.update(store.profile.dropped.format(BASE + ANNOTATIONS))
        first = remote.load(old, store, graph=graph)
        assert stored(store, graph) == held(old)
        again = remote.load(old, store, graph=graph)
        assert (again.added, again.removed) == (0, 0)
        assert again.triples == first.triples == first.added
        sent: list[int] = []
        changed = remote.load(new, store, graph=graph, advance=sent.append)
        assert stored(store, graph) == held(new)
        assert 0 < changed.added < first.added / 4
        assert 0 < changed.removed < first.added / 4
        assert sum(sent) == changed.added + changed.removed
        assert staged(store) == 0
        remote.load(old, store, graph=graph)  # the place that came goes again, and its point
        assert stored(store, graph) == held(old)


def test_the_rest_of_a_graph_is_left_alone(server: Server, old: Dataset, new: Dataset) -> None:
    graph = "urn:test:shared"
    with client(server) as store:
        mine = f'<urn:mine> <urn:says> "1" .\n<urn:mine> <urn:says> "x" .\n<{BASE}place/AZ-SUS> <urn:says> _:b .\n'
        store.insert(graph, mine.encode())
        for data in (old, new):
            remote.load(data, store, graph=graph)
        (row,) = store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s <urn:says> ?o }} }}")
        assert row["n"] == ox.Literal("3", datatype=XSD.integer)


def test_what_others_have_is_not_taken_for_ours_where_the_number_fits(server: Server, old: Dataset) -> None:
    """A store that is asked in pages is asked for all that a graph has where it has as many triples as the dataset."""
    graph = "urn:test:number"
    pages = {"page": 50} if PROFILES[server.profile].page else {}
    with client(server, **pages) as store:
        remote.load(old, store, graph=graph)
        assert stored(store, graph) == held(old)  # of several pages each
        gone = [line for line in sorted(held(old)) if b'"' not in line][:3]
        mine = b'<urn:mine> <urn:says> <urn:a> .\n<urn:mine> <urn:says> "x" .\n<urn:mine> <urn:says> _:b .\n'
        store.insert(graph, mine)
        store.change(graph, remove=b"".join(line + b"\n" for line in gone), add=None)
        again = remote.load(old, store, graph=graph)
        assert (again.added, again.removed) == (3, 0)
        assert stored(store, graph) == held(old)
        (row,) = store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ <urn:mine> ?p ?o }} }}")
        assert row["n"] == ox.Literal("3", datatype=XSD.integer)


def test_what_other_graphs_have_too_stays_there(server: Server, old: Dataset, new: Dataset) -> None:
    """RDF4J removes from every graph what `DELETE DATA` without a graph names."""
    copy = "urn:test:copy"
    for ways in ({}, STAGED):
        with client(server, **ways) as store:
            remote.load(old, store, graph=copy)
            for data in (old, new):
                remote.load(data, store)
            assert stored(store, copy) == held(old)
            if store.profile.default_graph:
                assert stored(store, None) == held(new)


def values(solutions: Iterable[ox.QuerySolution]) -> list[list[str]]:
    """Rows by value: stores write 1840.0 as 1840, or give a plain string a type."""
    return [[value(cell) for cell in row] for row in solutions]


def value(term: object) -> str:
    if isinstance(term, ox.Literal):
        line = canonical(f"<urn:s> <urn:p> {term} .".encode()).decode()
        return str(ox.parse(line, format=ox.RdfFormat.N_TRIPLES).__next__().object.value)
    return "" if term is None else str(getattr(term, "value", term))


def test_every_named_query_has_the_same_rows_as_kg(server: Server, old: Dataset) -> None:
    graph = "urn:test:queries"
    with client(server) as store:
        remote.load(old, store, graph=graph)
        for named in map(queries.load, queries.names()):
            graphs = [graph, *([BASE + ANNOTATIONS] if named.annotations else [])]
            theirs = values(store.select(named.text, default_graph_uri=graphs))
            ours = values(old.solve(named.name))
            assert sorted(theirs) == sorted(ours), named.name


def test_what_is_contested_has_no_value_with_default_settings(server: Server, old: Dataset) -> None:
    graph = None if PROFILES[server.profile].default_graph else "urn:test:contested"
    with client(server) as store:
        remote.load(old, store, graph=graph)
        events = [
            quad.subject.value
            for quad in old.store.quads_for_pattern(None, RDF.type, KG.ControlChange)
            if "/event/" in str(quad.subject)
        ]
        dates = {
            event: len(list(store.select(f"SELECT DISTINCT ?d WHERE {{ <{event}> <{KG.date.value}> ?d }}")))
            for event in events
        }
        for event in events:
            contested = old.store.quads_for_pattern(ox.NamedNode(event), KG.contested, KG.date)
            assert dates[event] == (0 if next(contested, None) else 1), event
        assert 0 in dates.values()
        assert 1 in dates.values()


def dataset(folder: Path, *triples: tuple[str, ox.NamedNode | ox.Literal]) -> Dataset:
    from kg.write import ntriples, write_manifest

    folder.mkdir(exist_ok=True)
    lines = [ox.Triple(ox.NamedNode(BASE + subject), KG.note, value) for subject, value in triples]
    (folder / "dataset.nt").write_bytes(ntriples(lines))
    write_manifest(folder, version="0", rdfc10="", counts={}, extra={"base": BASE})
    return kg.open(folder)


def test_any_store_is_loaded_by_sparql_alone(server: Server, old: Dataset, new: Dataset) -> None:
    graph, profile = "urn:test:generic", PROFILES[server.profile]
    login = Login(USER, PASSWORD) if profile.name == "virtuoso" else None
    generic = replace(PROFILES["generic"], auth=profile.auth, dropped=profile.dropped, batch=50)
    with Client(server.url + profile.query, generic, login=login, update_url=server.url + profile.update) as store:
        for data in (old, new):
            remote.load(data, store, graph=graph)
            assert stored(store, graph) == held(data)
        assert staged(store) == 0


def test_sparql_alone_tells_a_default_graph_from_the_union_of_all(server: Server, old: Dataset, new: Dataset) -> None:
    profile = PROFILES[server.profile]
    login = Login(USER, PASSWORD) if profile.name == "virtuoso" else None
    generic = replace(PROFILES["generic"], auth=profile.auth, dropped=profile.dropped)
    shows_all = profile.name in ("rdf4j", "virtuoso")
    with Client(server.url + profile.query, generic, login=login, update_url=server.url + profile.update) as store:
        for data in (old, new):
            remote.load(data, store)
            assert stored(store, f"{BASE}dataset" if shows_all else None) == held(data)


def test_a_store_says_what_it_is(server: Server) -> None:
    with Client(server.url, PROFILES["generic"]) as store:
        assert store.detect() is PROFILES[server.profile]


HARD = {
    "long IRI": ox.NamedNode(BASE + "place/" + "a" * 1_800),
    "longer IRI": ox.NamedNode(BASE + "place/" + "a" * 3_000),
    "old date": ox.Literal("0988-01-01", datatype=XSD.date),
    "date": ox.Literal("1992-05-08", datatype=XSD.date),
    "EDTF": ox.Literal("1992-05~/..", datatype=EDTF),
    "language": ox.Literal("Shusha", language="en-GB"),
    "other language": ox.Literal("Շուշի", language="hy"),
    "decimal": ox.Literal("1840.0", datatype=XSD.decimal),
    "small decimal": ox.Literal("0.001", datatype=XSD.decimal),
    "large decimal": ox.Literal("123456789012.125", datatype=XSD.decimal),
    "integer": ox.Literal("7", datatype=XSD.nonNegativeInteger),
    "point": ox.Literal("POINT (-179.9876 -0.0003)", datatype=GEO.wktLiteral),
    "point of whole degrees": ox.Literal("POINT (46 39)", datatype=GEO.wktLiteral),
    "boolean": ox.Literal("true", datatype=XSD.boolean),
    "quotes": ox.Literal("\"a\" \\ 'b' <c> & {d} \t\r\n end"),
    "marks": ox.Literal("a\u0301 \u200f \u2028 \U0001f5fa"),
    "1 MB": ox.Literal("x" * 999_999 + "!"),
    "1 MB of lines": ox.Literal("é\n" * 500_000),
}


@pytest.mark.parametrize("case", HARD)
def test_hard_values_are_kept_or_the_load_is_an_error(server: Server, tmp_path: Path, case: str) -> None:
    graph = "urn:test:hard:" + case.replace(" ", "-")
    data = dataset(tmp_path, ("place/a", HARD[case]), ("place/b", ox.Literal("plain")))
    with client(server) as store:
        if (server.profile, case) in KNOWN:
            with pytest.raises(StoreError, match="did not keep 1 triples"):
                remote.load(data, store, graph=graph)
            assert stored(store, graph) == set()
        else:
            remote.load(data, store, graph=graph)
            assert stored(store, graph) == held(data)


KNOWN = {("virtuoso", "longer IRI")}
"""What a store cannot keep: the load says so, and the graph stays as it was."""
