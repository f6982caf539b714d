"""How kg ends from outside: nothing is left behind, no process, no folder, no word that is not meant."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from web_server import serving

import kg
from kg.dataset import Dataset
from kg.dataset.rows import rows
from kg.errors import UsageError
from kg.vocabulary import RDF

ROOT = Path(__file__).parents[1]
SIDES = ROOT / "examples" / "two-sides"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def until(claim: Callable[[], object], process: "subprocess.Popen[str] | None" = None) -> None:
    deadline = time.monotonic() + 60
    while not claim():
        assert process is None or process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many that a build takes seconds."""
    folder = tmp_path_factory.mktemp("many") / "texts"
    folder.mkdir()
    article = (SIDES / "baku-weekly.txt").read_text(encoding="utf-8")
    for number in range(3000):
        (folder / f"{number}.txt").write_text(article.replace("Shusha", f"Shusha{number}"), encoding="utf-8")
    return folder


def building(texts: Path, place: Path, jobs: str) -> "subprocess.Popen[str]":
    temporary = place / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-m", "kg", "build", str(texts), "--out", str(place / "out"), "--jobs", jobs]
    environment = os.environ | {"TMPDIR": str(temporary)}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    until((place / ".out.kg-new" / "sources").exists, process)
    return process


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_build_that_is_asked_to_end_leaves_nothing(
    texts: Path, tmp_path: Path, jobs: str, number: signal.Signals
) -> None:
    process = building(texts, tmp_path, jobs)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (128 + number, "kg: interrupted; nothing was changed\n")
    assert [path.name for path in tmp_path.iterdir()] == ["tmp"]
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_processes_of_a_build_end_when_it_is_killed(texts: Path, tmp_path: Path) -> None:
    process = building(texts, tmp_path, "2")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert children
    process.kill()
    process.communicate()
    until(lambda: not any(is_alive(child) for child in children))


def is_alive(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def server(built_sides: Dataset, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A server whose first line was read."""
    shutil.copytree(built_sides.folder, tmp_path / "data")
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-m", "kg", "serve", "--data", str(tmp_path / "data"), "--port", "0", "--seconds", "30"]
    environment = os.environ | {"TMPDIR": str(tmp_path / "tmp")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        yield process
        process.kill()


STUCK = """
from itertools import repeat
from kg.runtime.signals import end_in_order, nothing_to_put_away
end_in_order()
with nothing_to_put_away():
    print("at it", flush=True)
    sum(repeat(0))  # a loop in C, which looks at no signal
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_has_nothing_to_put_away_ends_in_the_middle_of_a_library_s_work(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", STUCK], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "at it\n"
        process.send_signal(number)
        assert process.wait() == -number


SLOW = """
import re
from time import sleep
from kg.runtime.patience import ended_after
with ended_after(%s, "--timeout"):
    %s
print("done")
"""
WITHOUT_END = ["sleep(600)", "re.match('(a+)+$', 'a' * 60 + '!')"]  # one lets other threads run, and one does not


@pytest.mark.parametrize("work", WITHOUT_END)
def test_work_over_its_time_ends_with_a_sentence_and_what_is_in_time_goes_on(work: str) -> None:
    late = subprocess.run([sys.executable, "-c", SLOW % (0.2, work)], capture_output=True, text=True)
    assert (late.returncode, late.stdout) == (2, "")
    assert late.stderr == "kg: it took more than 0.2 seconds. Next: ask for less, or raise --timeout\n"
    for seconds in (600, 0):
        in_time = subprocess.run([sys.executable, "-c", SLOW % (seconds, "sleep(0)")], capture_output=True, text=True)
        assert (in_time.returncode, in_time.stdout, in_time.stderr) == (0, "done\n", "")


CHAIN = "".join(f"<urn:{n}> <urn:x> <urn:{n + 1}> .\n<urn:{n}> <{RDF.type.value}> <urn:C> .\n" for n in range(10_000))
PATH = """@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:S> a sh:NodeShape ; sh:targetClass <urn:C> ;
  sh:property [ sh:path [ sh:zeroOrMorePath <urn:x> ] ; sh:nodeKind sh:IRI ] ."""


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_a_path_that_reaches_all_from_all_ends_at_the_time_that_it_may_take(tmp_path: Path, engine: str) -> None:
    (tmp_path / "chain.nt").write_text(CHAIN)
    (tmp_path / "shapes.ttl").write_text(PATH)
    command = [sys.executable, "-m", "kg", "validate", "chain.nt", "--shapes", "shapes.ttl", "--shacl-engine", engine]
    done = subprocess.run([*command, "--timeout", "1"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "kg: it took more than 1 seconds. Next: ask for less, or raise --timeout\n"


def test_a_query_that_reaches_all_from_all_ends_at_the_time_that_it_may_take(built_sides: Dataset) -> None:
    command = [sys.executable, "-m", "kg", "query", "--data", str(built_sides.folder), "--timeout", "1", RUNAWAY]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert "--timeout" in done.stderr


def test_a_table_of_more_rows_than_can_be_held_is_refused(built_sides: Dataset) -> None:
    with pytest.raises(UsageError, match=r"more than 1,000 rows.*--format csv"):
        rows(built_sides.solve("SELECT * { ?a ?b ?c . ?d ?e ?f }"), most=1_000)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="how much of the processor was used is read from /proc")
def test_a_query_without_an_end_ends_when_it_is_asked_to(built_sides: Dataset) -> None:
    command = [sys.executable, "-m", "kg", "query", "--data", str(built_sides.folder), RUNAWAY]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            while used(process.pid) < 3:  # then it is at the query, which has no end
                assert process.poll() is None
                time.sleep(0.02)
            process.send_signal(signal.SIGTERM)
            assert process.wait() == -signal.SIGTERM
        finally:
            process.kill()


def used(process: int) -> float:
    """Seconds of the processor (proc(5))."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_server_that_is_asked_to_end_does_so_without_a_word(
    server: "subprocess.Popen[str]", tmp_path: Path, number: signal.Signals
) -> None:
    """Also while a query runs, and with clients that left in every state of a request."""
    assert server.stderr
    root = server.stderr.readline().split()[0]
    place = (urlsplit(root).hostname, urlsplit(root).port)
    query = f"/sparql?query={quote(RUNAWAY)}"
    large = f"/sparql?query={quote('SELECT * { ?a ?b ?c . ?d ?e ?f }')}"
    for sent in (
        f"GET {query} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        f"GET {large} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\n"
        "Content-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nA",
        "POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nA",
        "GET / HTTP/1.1\r\nHos",
    ):
        with socket.create_connection(place) as client:
            client.sendall(sent.encode())
            time.sleep(0.1)
    with socket.create_connection(place) as client:
        client.sendall(f"GET {query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(0.2)
        server.send_signal(number)
        assert server.communicate(timeout=20)[1] == ""
    assert server.returncode == 0
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_server_ends_with_the_block_that_serves(built_sides: Dataset) -> None:
    with serving(built_sides.folder) as root:
        assert kg.open(built_sides.folder)
    with pytest.raises(ConnectionError):
        socket.create_connection((urlsplit(root).hostname, urlsplit(root).port))
