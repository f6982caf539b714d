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

import httpx2
import pyoxigraph as ox

from bench.queries import filled
from kg.runtime.sort import Sorted
from kg.vocabulary import BASE
from kg.write import write_manifest

sys.path.append(str(Path(__file__).parents[1] / "tests"))
import servers

TITLE = "Loading a million triples"
TRIPLES = 1_000_000
MOST = 300  # MB that kg may need


def rows() -> Iterator[tuple[str, ...]]:
    """A row for each store: seconds, how many times its own loader's they are, and the most memory in MB."""
    yield (
        "store", "its own loader", "s", "MB", "`kg load`, s", "times its own", "kg, MB", "server, MB",
        "the same again, s", "0.1 % changed, s",
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as place:
        old, new = (written(Path(place, name), version) for version, name in enumerate(("old", "new")))
        for name in sorted(servers.START):
            yield of_store(name, Path(place), old, new)


def of_store(name: str, place: Path, old: Path, new: Path) -> tuple[str, ...]:
    """What a store takes for the first load, the same again and a change of a thousandth, and in its own way."""
    folder, bulk = Path(place, name), Path(place, f"{name}-bulk")
    for each in (folder, bulk):
        each.mkdir()
    own, load = OWN[name]
    its, most = load(bulk, old / "dataset.nt")
    server = servers.START[name](folder)
    try:
        (first, *later), memory = zip(*(run(command(server, data)) for data in (old, old, new)), strict=True)
        peak = server.peak / 1e6
    finally:
        server.stop()
    if max(memory) > MOST:
        raise RuntimeError(f"kg load needed {max(memory):.0f} MB")
    figures = (f"{value:.0f}" for value in (max(memory), peak, *later))
    return (name, own, f"{its:.0f}", f"{most:.0f}", f"{first:.0f}", f"{first / its:.1f}", *figures)


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


def written(folder: Path, version: int) -> Path:
    """`dataset` in a process of its own: memory of this one would count as that of those that it starts."""
    subprocess.run([sys.executable, "-m", "bench.stores", str(folder), str(version)], check=True)
    return folder


def dataset(folder: Path, version: int) -> None:
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


def _oxigraph(folder: Path, file: Path) -> tuple[float, float]:
    return run([str(servers.OXIGRAPH), "load", "--location", str(folder / "data"), "--file", str(file)])


def _fuseki(folder: Path, file: Path) -> tuple[float, float]:
    loader = ["java", "-Xmx2g", "-cp", str(servers.FUSEKI), "tdb2.tdbloader", f"--loc={folder / 'data'}", str(file)]
    return run(loader)


def _virtuoso(folder: Path, file: Path) -> tuple[float, float]:
    server = servers.virtuoso(folder)
    try:
        (folder / "dataset.nt").symlink_to(file)
        statements = f"ld_dir('{folder}', 'dataset.nt', 'urn:bulk'); rdf_loader_run(); checkpoint;"
        address = f"127.0.0.1:{server.sql}"
        seconds, _ = run(["isql-vt", address, servers.USER, servers.PASSWORD, f"exec={statements}"])
        count = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH <urn:bulk> { ?s ?p ?o } }"  # its loader notes errors in a table
        answer = httpx2.get(f"{server.url}/sparql", params={"query": count, "format": "text/csv"}, timeout=600)
        if int(answer.text.split()[-1]) < TRIPLES:
            raise RuntimeError(f"Virtuoso's loader loaded {answer.text.split()[-1]} triples")
        return seconds, server.peak / 1e6
    finally:
        server.stop()


def _rdf4j(folder: Path, file: Path) -> tuple[float, float]:
    server = servers.rdf4j(folder)
    try:
        post = ["curl", "--fail", "--silent", "--show-error", "--request", "POST", "--upload-file", str(file)]
        seconds, _ = run([*post, "--header", "Content-Type: application/n-triples", f"{server.url}/statements"])
        return seconds, server.peak / 1e6
    finally:
        server.stop()


OWN: dict[str, tuple[str, Callable[[Path, Path], tuple[float, float]]]] = {
    "oxigraph": ("`oxigraph load`", _oxigraph),
    "fuseki": ("`tdb2.tdbloader`", _fuseki),
    "virtuoso": ("`rdf_loader_run`, in the server", _virtuoso),
    "rdf4j": ("one POST to `/statements`, in the server", _rdf4j),
}


if __name__ == "__main__":
    dataset(Path(sys.argv[1]), int(sys.argv[2]))
