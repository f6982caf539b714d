"""A million triples into each store: `kg load` beside the store's own bulk loader, and what a second load costs.

The stores are really started, on loopback, with their data in temporary folders; see ``scripts/services.sh``.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from bench.queries import filled
from kg.vocabulary import BASE
from kg.write import write_manifest
from kg.write.sort import Sorted

sys.path.append(str(Path(__file__).parents[1] / "tests"))
import servers

TITLE = "Loading"
TRIPLES = 1_000_000


def rows() -> Iterator[tuple[str, ...]]:
    """A row for each store and step, with seconds and the most memory of kg or the loader, and of the server."""
    yield "store", "step", "s", "MB", "server MB"
    with tempfile.TemporaryDirectory() as place:
        old, new = dataset(Path(place, "old"), 0), dataset(Path(place, "new"), 1)
        for name in sorted(servers.START):
            yield from of_store(name, Path(place), old, new)


def of_store(name: str, place: Path, old: Path, new: Path) -> Iterator[tuple[str, ...]]:
    """What one store takes for the first load, the same again, a change of a thousandth, and in its own way."""
    folder = Path(place, name)
    folder.mkdir()
    server = servers.START[name](folder)
    try:
        for step, data in (("kg load", old), ("the same again", old), ("0.1 % changed", new)):
            seconds, memory = run(command(server, data))
            yield name, step, f"{seconds:.1f}", f"{memory:.0f}", f"{server.peak / 1e6:.0f}"
    finally:
        server.stop()
    bulk = Path(place, f"{name}-bulk")
    bulk.mkdir()
    seconds, memory = BULK[name](bulk, old / "dataset.nt")
    yield name, "its bulk loader", f"{seconds:.1f}", f"{memory:.0f}", ""


def command(server: servers.Server, data: Path) -> list[str]:
    login = ["--user", servers.USER] if server.profile == "virtuoso" else []
    return [
        sys.executable,
        "-m",
        "kg",
        "load",
        "--to",
        server.profile,
        "--url",
        server.url,
        "--data",
        str(data),
        *login,
    ]


def run(command: list[str], folder: Path | None = None) -> tuple[float, float]:
    """Seconds, and the most memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, "KG_PASSWORD": servers.PASSWORD}, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[:4]} ended with {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def dataset(folder: Path, version: int) -> Path:
    """An output folder with a million triples; in version 1 a claim in a thousand is about another year."""
    folder.mkdir()
    lines = Sorted(folder / "sort")
    store = filled(TRIPLES // 21)
    for number, quad in enumerate(store):
        value = quad.object
        if version and number % 1000 == 0 and isinstance(value, ox.Literal):
            value = ox.Literal(f"{value.value} (corrected)")
        line = ox.serialize([ox.Triple(quad.subject, quad.predicate, value)], format=ox.RdfFormat.N_TRIPLES)
        lines.add(line or b"")
    with (folder / "dataset.nt").open("wb") as file:
        for block in lines.blocks():
            file.writelines(line + b"\n" for line in block)
    write_manifest(folder, version="0", rdfc10="", counts={}, extra={"base": BASE})
    return folder


def _oxigraph(folder: Path, file: Path) -> tuple[float, float]:
    return run([str(servers.OXIGRAPH), "load", "--location", str(folder / "data"), "--file", str(file)])


def _fuseki(folder: Path, file: Path) -> tuple[float, float]:
    loader = ["java", "-Xmx2g", "-cp", str(servers.FUSEKI), "tdb2.tdbloader", f"--loc={folder / 'data'}", str(file)]
    return run(loader)


def _virtuoso(folder: Path, file: Path) -> tuple[float, float]:
    server = servers.virtuoso(folder)
    try:
        (folder / "dataset.nt").symlink_to(file)
        port = server.sql
        statements = f"ld_dir('{folder}', 'dataset.nt', 'urn:bulk'); rdf_loader_run(); checkpoint;"
        client = ["isql-vt", f"127.0.0.1:{port}", servers.USER, servers.PASSWORD, f"exec={statements}"]
        seconds, _ = run(client)
        return seconds, server.peak / 1e6
    finally:
        server.stop()


BULK: dict[str, Callable[[Path, Path], tuple[float, float]]] = {
    "oxigraph": _oxigraph,
    "fuseki": _fuseki,
    "virtuoso": _virtuoso,
}
