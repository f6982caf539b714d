"""The endpoint against a server that is really started: formats, limits, refusals, clients that leave."""

import asyncio
import csv
import http.client
import io
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import httpx2
import pyoxigraph as ox
import pytest
from web_server import serving

from kg import store
from kg.dataset import Dataset
from kg.web.snapshot import Snapshot
from kg.web.sparql.answer import Stopped
from kg.web.sparql.endpoint import Kept
from kg.web.sparql.lanes import QUICK, Lanes
from kg.web.sparql.limits import Limits
from kg.web.sparql.protocol import Question
from kg.web.sparql.syntaxes import ROWS, TRIPLES, chosen

LIMIT = 1.0  # seconds
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = """SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?c), STR(?d), STR(?f), STR(?g))) AS ?all)
  { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"""


@pytest.fixture(scope="module")
def root(built_sides: Dataset) -> Iterator[str]:
    with serving(built_sides.folder, "--seconds", str(LIMIT), "--megabytes", "64") as address:
        yield address


@pytest.fixture(scope="module")
def client(root: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=root, timeout=30) as client:
        yield client


def ask(client: httpx2.Client, query: str, **headers: str) -> httpx2.Response:
    return client.get("/sparql", params={"query": query}, headers=headers)


def count(client: httpx2.Client) -> int:
    found = ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()
    return int(found["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("name", ROWS)
def test_rows_come_in_every_syntax_and_read_back_the_same(client: httpx2.Client, name: str) -> None:
    query = "SELECT ?s ?o { ?s rdfs:label ?o } ORDER BY ?s ?o"
    answer = ask(client, query, accept=ROWS[name].media_type)
    assert answer.headers["content-type"].startswith(ROWS[name].media_type)
    as_json = ask(client, query).json()["results"]["bindings"]
    if name in ("csv", "tsv"):
        rows = list(
            csv.reader(io.StringIO(answer.text), delimiter="," if name == "csv" else "\t", quoting=csv.QUOTE_NONE)
        )
        assert len(rows) == len(as_json) + 1
    else:
        results = ox.parse_query_results(answer.content, format=ROWS[name].syntax)
        assert isinstance(results, ox.QuerySolutions)
        assert [one["s"].value for one in results] == [one["s"]["value"] for one in as_json]


@pytest.mark.parametrize("name", TRIPLES)
def test_triples_come_in_every_format_and_are_the_same_graph(client: httpx2.Client, name: str) -> None:
    query = "CONSTRUCT { ?s ?p ?o } { ?s a kg:EventClaim ; ?p ?o }"
    answer = ask(client, query, accept=TRIPLES[name].media_type)
    assert answer.headers["content-type"].startswith(TRIPLES[name].media_type)
    plain = ask(client, query, accept="application/n-triples")
    read = {str(quad.triple) for quad in ox.parse(answer.content, format=TRIPLES[name].syntax)}
    assert read
    assert read == {str(quad.triple) for quad in ox.parse(plain.content, format=ox.RdfFormat.N_TRIPLES)}


def test_the_union_with_the_annotations_is_asked_for_by_name(client: httpx2.Client) -> None:
    query = "ASK { ?mention kg:mentionKind ?kind }"
    assert ask(client, query).json()["boolean"] is False
    assert client.get("/sparql", params={"query": query, "union-default-graph": "true"}).json()["boolean"] is True


@pytest.mark.slow  # looks at the clock
def test_a_query_over_its_time_is_stopped_with_a_reason(client: httpx2.Client) -> None:
    begun = time.monotonic()
    answer = ask(client, RUNAWAY)
    assert answer.status_code == 503
    assert "1 seconds" in answer.text
    assert time.monotonic() - begun < QUICK + LIMIT + 5


@pytest.mark.slow  # looks at the clock
def test_other_queries_are_answered_at_once_while_one_runs_away(root: str, client: httpx2.Client) -> None:
    count(client)
    thread = threading.Thread(target=lambda: httpx2.get(f"{root}/sparql", params={"query": RUNAWAY}, timeout=30))
    thread.start()
    taken = []
    while thread.is_alive():
        begun = time.monotonic()
        assert count(client)
        taken.append(time.monotonic() - begun)
    thread.join()
    assert len(taken) > 5
    assert sorted(taken)[len(taken) // 2] < 0.5


def test_a_query_over_its_memory_is_stopped_and_the_next_is_answered(client: httpx2.Client) -> None:
    answer = ask(client, GREEDY)
    assert answer.status_code == 503
    assert count(client) > 100


@pytest.mark.slow  # looks at the clock
def test_two_runaway_queries_do_not_keep_others_waiting_for_ever(root: str, client: httpx2.Client) -> None:
    def run() -> None:
        httpx2.get(f"{root}/sparql", params={"query": RUNAWAY}, timeout=30)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    begun = time.monotonic()
    assert count(client) > 100
    assert time.monotonic() - begun < LIMIT + 10
    for thread in threads:
        thread.join()


def test_a_query_that_no_worker_takes_in_time_is_told_so(built_sides: Dataset) -> None:
    async def ask() -> str:
        snapshot = Snapshot(built_sides)
        known = {"prefixes": built_sides.prefixes, "base": built_sides.base}
        pool = Lanes({**snapshot.settings, **known}, limits=Limits(seconds=5, waiting=0.2, workers=1))
        await pool.start()
        try:
            running = pool.ask(Question(RUNAWAY))
            while running.pool is not pool.long:
                await asyncio.sleep(0.01)
            waiting = pool.ask(Question(RUNAWAY))
            with pytest.raises(Stopped) as stopped:
                await waiting.begin(1)
            return stopped.value.refusal.reason
        finally:
            await pool.stop()

    assert "busy" in asyncio.run(ask())


@pytest.mark.slow  # looks at the clock
def test_the_query_of_a_client_that_leaves_is_stopped(built_sides: Dataset) -> None:
    with (
        serving(built_sides.folder, "--seconds", "30", "--workers", "1") as root,
        httpx2.Client(base_url=root) as client,
    ):
        count(client)
        with socket.create_connection((urlsplit(root).hostname, urlsplit(root).port)) as left:
            left.sendall(f"GET /sparql?query={quote(RUNAWAY)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.3)
        begun = time.monotonic()
        assert count(client) > 100  # the only worker is free again, long before its limit
        assert time.monotonic() - begun < 15


@pytest.mark.slow  # looks at the clock
def test_a_client_that_reads_slowly_gets_all_and_keeps_nobody_waiting(built_sides: Dataset) -> None:
    query = quote("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000")
    with (
        serving(built_sides.folder) as root,
        httpx2.Client(base_url=root, timeout=30) as client,
        closing(http.client.HTTPConnection(urlsplit(root).netloc, timeout=30)) as connection,
    ):
        connection.request("GET", f"/sparql?query={query}", headers={"accept": "text/csv"})
        answer = connection.getresponse()
        pieces = [answer.read(100_000)]
        while pieces[-1]:
            if len(pieces) < 20:
                begun = time.monotonic()
                assert count(client) > 100
                assert time.monotonic() - begun < 1
            pieces.append(answer.read(500_000))
        assert b"".join(pieces).count(b"\r\n") == 100_001


@pytest.mark.slow  # looks at the clock
def test_a_client_that_leaves_in_the_middle_of_an_answer_gives_its_worker_back(built_sides: Dataset) -> None:
    query = quote("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    with (
        serving(built_sides.folder, "--seconds", "30", "--workers", "1") as root,
        httpx2.Client(base_url=root, timeout=10) as client,
    ):
        with socket.create_connection((urlsplit(root).hostname, urlsplit(root).port)) as left:
            left.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert left.recv(1000)
            time.sleep(0.5)  # until all that may wait for it does
        begun = time.monotonic()
        assert count(client) > 100
        assert time.monotonic() - begun < 15


def test_an_answer_that_is_too_long_is_never_taken_for_the_whole(root: str) -> None:
    query = quote("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    with closing(http.client.HTTPConnection(urlsplit(root).netloc, timeout=30)) as connection:
        connection.request("GET", f"/sparql?query={query}")
        with closing(connection.getresponse()) as answer:
            assert answer.status == 200  # it was under way
            with pytest.raises((http.client.IncompleteRead, ConnectionError)):
                answer.read()


@pytest.mark.parametrize("word", ["INSERT DATA { <urn:a> <urn:b> <urn:c> }", "LOAD <http://127.0.0.1/x>", "CLEAR ALL"])
def test_updates_are_refused_and_change_nothing(client: httpx2.Client, word: str) -> None:
    before = count(client)
    direct = client.post("/sparql", content=word, headers={"content-type": "application/sparql-update"})
    form = client.post("/sparql", data={"update": word})
    as_query = client.post("/sparql", content=word, headers={"content-type": "application/sparql-query"})
    assert (direct.status_code, form.status_code, as_query.status_code) == (403, 403, 400)
    assert (
        as_query.text == f"{word.split()[0]} is an update, and a dataset is only read; use SELECT, ASK or CONSTRUCT\n"
    )
    assert count(client) == before


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "SERVICE asks another server"),
        (f"SELECT * {'{' * 1000}?s ?p ?o{'}' * 1000}", 400, "nested more than"),
    ],
)
def test_what_no_worker_may_begin_is_refused_with_a_sentence(
    client: httpx2.Client, query: str, status: int, reason: str
) -> None:
    answer = ask(client, query)
    assert (answer.status_code, reason in answer.text) == (status, True)


@pytest.mark.slow  # looks at the clock
def test_no_query_makes_the_server_send_a_request(client: httpx2.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.settimeout(0.3)
        address = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/"
        answer = ask(client, f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")
        assert answer.status_code == 403
        with pytest.raises(TimeoutError):
            elsewhere.accept()


def test_a_worker_cannot_make_a_socket_at_all() -> None:
    import subprocess
    import sys

    code = """
import socket
from kg.web.sparql.confine import forbid_sockets
if forbid_sockets():
    try:
        socket.socket()
    except PermissionError:
        print("refused")
else:
    print("not enforced here")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ("refused" if sys.platform == "linux" else "not enforced here")


def test_errors_say_what_is_wrong(client: httpx2.Client) -> None:
    wrong = ask(client, "SELECT * {")
    assert wrong.status_code == 400
    assert wrong.text.startswith("line 1, column 10: { is never closed")
    unknown = ask(client, "\ufeffSELECT *\n{ ?s shema:name ?o }")
    assert unknown.text.startswith("line 2, column 6: unknown prefix shema:; did you mean schema:?")
    assert client.put("/sparql").status_code == 405
    assert client.post("/sparql", content=b"x", headers={"content-type": "text/plain"}).status_code == 415
    assert ask(client, "ASK {}", accept="text/csv").status_code == 406
    assert ask(client, "ASK {}", accept="image/png").status_code == 406
    assert client.post("/sparql", data={"query": "ASK {}" + " " * 2**20}).status_code == 413


def test_a_person_at_the_endpoint_is_led_to_the_editor(client: httpx2.Client) -> None:
    for path in ("/sparql", "/sparql/"):
        answer = client.get(path, headers={"accept": "text/html"}, follow_redirects=True)
        assert answer.status_code == 200
        assert 'textarea id="query"' in answer.text


def test_the_same_query_on_the_same_data_is_not_sent_twice(client: httpx2.Client) -> None:
    tag = ask(client, "ASK {}").headers["etag"]
    for stated in (tag, f"W/{tag}", f'"another", {tag}'):  # a server before it makes the tags weak where it packs
        assert ask(client, "ASK {}", **{"if-none-match": stated}).status_code == 304
    assert ask(client, "ASK { ?s ?p ?o }", **{"if-none-match": tag}).status_code == 200


def test_an_answer_that_was_given_is_given_again_the_same(client: httpx2.Client) -> None:
    query = "SELECT ?name { place:AZ-SUS rdfs:label ?name } ORDER BY ?name"
    for accept in ("text/csv", "application/sparql-results+json"):
        first, second = (ask(client, query, accept=accept) for _ in range(2))
        assert first.content == second.content
        assert {**first.headers, "date": ""} == {**second.headers, "date": ""}
        assert second.headers["content-type"].startswith(accept)
        assert second.headers["content-security-policy"]


@pytest.mark.parametrize("call", ["NOW()", "rand ()", "UUID()", "STRUUID()"])
def test_what_is_another_each_time_is_never_kept(client: httpx2.Client, call: str) -> None:
    answers = [ask(client, f"SELECT ({call} AS ?x) {{}}") for _ in range(3)]
    assert len({answer.text for answer in answers}) == 3
    assert "etag" not in answers[0].headers


def test_only_so_many_short_answers_are_kept() -> None:
    kept = Kept(most=12_000, longest=5_000)
    start = {"type": "http.response.start"}
    for number in (0, 1, 2, 3, 4, 4):
        kept.keep(Question(f"ASK {{}} #{number}"), start, {"body": b"x" * 1_900})
    kept.keep(Question("ASK {}"), start, {"body": b"x" * 5_000})
    assert list(kept.answers) == [Question(f"ASK {{}} #{number}") for number in (2, 3, 4)]
    assert kept.held == 3 * (1_900 + len("ASK {} #0") + 2_000)


def test_the_graph_store_is_read_by_name_and_default(client: httpx2.Client, built_sides: Dataset) -> None:
    default = client.get("/graph?default", headers={"accept": "application/n-triples"})
    assert len(default.text.splitlines()) == len(built_sides.store)  # without what describes it
    name = urlencode({"graph": f"{built_sides.base}annotations"})
    named = client.get(f"/graph?{name}", headers={"accept": "application/n-triples"})
    assert "#mentionKind>" in named.text
    assert client.get("/graph?graph=urn:none").status_code == 404
    assert client.get("/graph").status_code == 400
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        refused = client.request(method, "/graph?default")
        assert refused.status_code == 405
        assert refused.headers["allow"] == "GET, HEAD"


def test_a_store_is_served_as_the_folder_is(client: httpx2.Client, built_sides: Dataset, tmp_path: Path) -> None:
    store.load(built_sides, tmp_path / "store")
    with serving(tmp_path / "store") as root, httpx2.Client(base_url=root, timeout=30) as other:
        assert count(other) == count(client)
        assert "Shusha" in other.get("/place/AZ-SUS", headers={"accept": "text/html"}).text


def test_the_preferred_of_equal_media_types_is_the_first_offered() -> None:
    offered = ("text/html", "text/turtle", "application/ld+json")
    assert chosen("", offered) == "text/html"
    assert chosen("*/*;q=0.1, text/turtle", offered) == "text/turtle"
    assert chosen("application/*, text/*;q=0.9", offered) == "application/ld+json"
    assert chosen("text/html;q=0, */*", offered) == "text/turtle"
    assert chosen("image/png", offered) is None


def test_the_answer_is_valid_results_json(client: httpx2.Client) -> None:
    found = json.loads(ask(client, "SELECT ?x ?y { VALUES (?x ?y) { (1 UNDEF) } }").text)
    assert found["head"]["vars"] == ["x", "y"]
    assert set(found["results"]["bindings"][0]) == {"x"}
