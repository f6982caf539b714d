"""The endpoint beside Oxigraph's own server and rdflib-endpoint: the same 100,000 triples, in turn, 16 connections."""

import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pyoxigraph as ox

from bench.queries import filled
from kg.vocabulary import BASE

TITLE = "SPARQL endpoint"
CLAIMS = 4_850  # about 100,000 triples
CONNECTIONS, SECONDS, ROUNDS = 16, 3, 3
LIMIT = 2.0  # seconds that a runaway query may take
PREFIXES = """PREFIX kg: <https://kg.example/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> """
ASK = [f"ASK {{ <{BASE}claim/{number}> ?p ?o }}" for number in range(500)]
JOIN = [
    f"{PREFIXES}SELECT ?claim ?name ?date {{ ?claim sem:hasPlace ?place ; kg:date ?date . ?place rdfs:label ?name }}"
    f" OFFSET {number} LIMIT 100"
    for number in range(500)
]
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_COMMENT = ' .. "%23" .. next'  # makes it another query that asks the same
AGAIN = "kg, queries that were asked before"
MISSING = "wrk is not installed (Debian: wrk), and nothing else is quick enough to measure with"


def rows() -> Iterator[tuple[str, ...]]:
    """Each server with requests a second and the 99th percentile of both queries: medians of the rounds."""
    yield "server", "ASK, a second", "ASK p99, ms", "100 rows, a second", "100 rows p99, ms"
    if not shutil.which("wrk"):
        yield MISSING, "", "", "", ""
        return
    with TemporaryDirectory() as folder:
        place = Path(folder)
        data, store = _data(place)
        servers = {name: start for name, start in SERVERS.items() if _installed(name)}
        measured: dict[str, list[tuple[float, ...]]] = {name: [] for name in (*servers, AGAIN)}
        for _ in range(ROUNDS):
            for name, start in servers.items():
                with start(data, store) as address:
                    measured[name].append((*_load(address, ASK, place), *_load(address, JOIN, place)))
            with _kg(data, store) as address:
                measured[AGAIN].append(
                    (*_load(address, ASK, place, new=False), *_load(address, JOIN, place, new=False))
                )
        for name, found in measured.items():
            yield name, *(f"{median(column):,.0f}" if number % 2 == 0 else f"{median(column):.1f}"
                          for number, column in enumerate(zip(*found, strict=True)))  # fmt: skip
        for name in SERVERS.keys() - servers.keys():
            yield f"{name} is not installed", "", "", "", ""
        with _kg(data, store) as address:
            stopped, others = _runaway(address)
        words = f"kg, a cross product with a limit of {LIMIT:g} s"
        yield words, f"stopped at {stopped:.2f} s", "", "meanwhile, median ms", f"{others:.1f}"


def _data(place: Path) -> tuple[Path, Path]:
    """The triples as a file and as an Oxigraph store."""
    held = filled(CLAIMS)
    held.dump(str(place / "data.nt"), format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    store = ox.Store(str(place / "store"))
    store.bulk_load(path=str(place / "data.nt"), format=ox.RdfFormat.N_TRIPLES)
    store.flush()
    return place / "data.nt", place / "store"


def _installed(name: str) -> bool:
    return name == "kg" or bool(_binary(name))


def _binary(name: str) -> str | None:
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


@contextmanager
def _started(command: list[str], address: str) -> Iterator[str]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(address)
            yield address
        finally:
            process.terminate()


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            urlopen(Request(f"{address}?query=ASK%7B%7D", headers=HEADERS)).read()
        except OSError:
            time.sleep(0.1)  # until it listens; no server here says when
        else:
            return
    raise TimeoutError(address)


def _port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _kg(data: Path, store: Path) -> AbstractContextManager[str]:
    port = _port()
    command = [sys.executable, "-m", "kg", "serve", "--data", str(store), "--port", str(port), "--seconds", str(LIMIT)]
    return _started([*command, "-q"], f"http://127.0.0.1:{port}/sparql")


def _oxigraph(data: Path, store: Path) -> AbstractContextManager[str]:
    port = _port()
    command = [str(_binary("oxigraph")), "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
    return _started(command, f"http://127.0.0.1:{port}/query")


def _rdflib(data: Path, store: Path) -> AbstractContextManager[str]:
    port = _port()
    command = [str(_binary("rdflib-endpoint")), "serve", "--port", str(port), str(data)]
    return _started(command, f"http://127.0.0.1:{port}/")


HEADERS = {"Accept": "application/sparql-results+json"}
SERVERS: dict[str, Callable[[Path, Path], AbstractContextManager[str]]] = {
    "kg": _kg,
    "oxigraph": _oxigraph,
    "rdflib-endpoint": _rdflib,
}


def _load(address: str, queries: list[str], place: Path, *, new: bool = True) -> tuple[float, float]:
    """Requests a second and the 99th percentile in ms; ``new``: each query is one that was never asked before."""
    root, _, path = address.removeprefix("http://").partition("/")
    paths = "\n".join(f'  "/{path}?{urlencode({"query": query})}",' for query in queries)
    script = place / "wrk.lua"
    script.write_text(
        f"local paths = {{\n{paths}\n}}\nlocal next = 0\nfunction request()\n  next = next + 1\n"
        f"  local path = paths[next % #paths + 1]{_COMMENT if new else ''}\n"
        f'  return wrk.format("GET", path, {{["Accept"] = "{HEADERS["Accept"]}"}})\nend\n'
    )
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-s", str(script), f"http://{root}/"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise RuntimeError(said)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    slowest = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    assert rate
    assert slowest
    return float(rate[1]), float(slowest[1]) * {"us": 0.001, "ms": 1, "s": 1000}[slowest[2]]


def _runaway(address: str) -> tuple[float, float]:
    """When a cross product is stopped, and the median of other queries meanwhile, in ms."""
    stopped: list[float] = []

    def run() -> None:
        begun = time.monotonic()
        try:
            urlopen(f"{address}?{urlencode({'query': RUNAWAY})}").read()
        except HTTPError as error:
            if error.code == 503:
                stopped.append(time.monotonic() - begun)

    thread = threading.Thread(target=run)
    thread.start()
    taken: list[float] = []
    while thread.is_alive():
        begun = time.monotonic()
        urlopen(Request(f"{address}?{urlencode({'query': JOIN[len(taken) % 500]})}", headers=HEADERS)).read()
        taken.append((time.monotonic() - begun) * 1000)
    thread.join()
    return stopped[0], median(taken)
