"""The whole job on made-up news: the usual stack, kg with each SHACL engine and on two processes, and the floor.

    python -m bench scale
    KG_BENCH_PAGES=1000,10000,100000 python -m bench scale       (how it grows; hours for the last)

Every run is a process of its own. CPU seconds are those of it and of its children, after what is loaded once; on a busy
machine they say more than wall seconds do. Memory is the peak of the proportional set size of all its processes, of one
more run: to look ten times a second takes 6 percent of a processor. What is run once is looked at all the same.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.corpus import pages

TITLE = "Scale"
PAGES = 2_000
SLOW_PAGES = 100  # pySHACL takes ten seconds for them
USUAL_PAGES = 40
GROWTH = tuple(int(size) for size in os.environ.get("KG_BENCH_PAGES", "500,10000").split(","))
RUNS = 3

Numbers = dict[str, float]


def rows() -> Iterator[tuple[str, ...]]:
    """Each way with its milliseconds a page, its rate, and its peak memory."""
    yield "what", "pages", "CPU ms a page", "wall ms a page", "triples a page", "CPU µs a triple", "peak MB"
    usual = repeated("bench.usual", str(USUAL_PAGES))
    yield row("spaCy, rdflib, pySHACL", USUAL_PAGES, usual)
    for name, count, *options in (
        ("kg, no SHACL", PAGES, "none", "1"),
        ("kg, pySHACL", SLOW_PAGES, "pyshacl", "1"),
        ("kg, fast engine", PAGES, "fast", "1"),
        ("kg, fast engine, 2 processes", PAGES, "fast", "2"),
        ("claims to sorted N-Triples", PAGES, "claims", "1"),
        ("the floor: the same triples, pyoxigraph alone", PAGES, "floor", "1"),
    ):
        yield row(name, count, repeated("bench.scale", str(count), *options))
    for size in GROWTH:
        yield row("kg, fast engine, 2 processes", size, measured("bench.scale", str(size), "fast", "2"))


def row(name: str, count: int, found: Numbers) -> tuple[str, ...]:
    triples = found["triples"] / count
    each = found["cpu"] / count * 1000
    return (
        name, f"{count:,}", f"{each:.1f}", f"{found['wall'] / count * 1000:.1f}", f"{triples:.0f}",
        f"{each / triples * 1000:.0f}", f"{found['memory']:.0f}",
    )  # fmt: skip


def repeated(module: str, *arguments: str) -> Numbers:
    """The medians of some runs, and the peak memory of another."""
    found = [measured(module, *arguments, look=False) for _ in range(RUNS)]
    medians = {name: median(one[name] for one in found) for name in found[0]}
    return medians | {"memory": measured(module, *arguments)["memory"]}


def measured(module: str, *arguments: str, look: bool = True) -> Numbers:
    """What a module prints of itself, and the peak memory of it and its children in MB."""
    process = subprocess.Popen([sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE)
    peak = 0
    while look and process.poll() is None:
        peak = max(peak, sum(map(memory, family(process.pid))))
        time.sleep(0.1)  # ten samples a second: what is held for less is not seen
    output, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"{module} {' '.join(arguments)} failed")
    return {**json.loads(output), "memory": peak / 1024}


def family(process: int) -> Iterator[int]:
    yield process
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = path.read_text().split()
        except OSError:  # it has just ended
            continue
        for child in children:
            yield from family(int(child))


def memory(process: int) -> int:
    """The proportional set size in kB: what processes share counts once."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)


# One row, in a process of its own


def build(count: int, engine: str, jobs: int) -> Numbers:
    """A whole build, from the file of a corpus to the folder of a dataset."""
    from kg import gazetteer, pipeline

    gazetteer.load()
    folder = Path(tempfile.mkdtemp())
    with (folder / "corpus.jsonl").open("w", encoding="utf-8") as file:
        for page in pages(count):
            file.write(json.dumps(page, ensure_ascii=False) + "\n")
    cpu, wall = cpu_seconds(), time.perf_counter()
    built = pipeline.build([folder / "corpus.jsonl"], folder / "out", shacl_engine=engine, jobs=jobs)
    found = {"cpu": cpu_seconds() - cpu, "wall": time.perf_counter() - wall, "triples": built.counts["triples"]}
    shutil.rmtree(folder)
    return found


def write(count: int, what: str) -> Numbers:
    """Claims to sorted N-Triples by kg, or the same triples built and written by pyoxigraph with nothing around it."""
    import pyoxigraph as ox

    from kg import gazetteer, rdf
    from kg.extract import extract
    from kg.model import Source
    from kg.read.split import documents

    names, iris = gazetteer.load(), rdf.IRIs()
    sources = [Source(page["id"], page["id"], page["text"]) for page in pages(count)]
    extracted = [extract(document, names) for source in sources for document in documents(source)]
    if what == "claims":
        cpu, wall = cpu_seconds(), time.perf_counter()
        graphs = [rdf.document_graph(rdf.Names(extraction, iris)) for extraction in extracted]
        lines = sum(graph.count(b"\n") for graph in graphs)
        return {"cpu": cpu_seconds() - cpu, "wall": time.perf_counter() - wall, "triples": lines}
    graphs = [rdf.document_graph(rdf.Names(extraction, iris)) for extraction in extracted]
    plain = [
        [(t.subject.value, t.predicate.value, t.object.value, isinstance(t.object, ox.Literal)) for t in triples]
        for triples in (ox.parse(graph, format=ox.RdfFormat.N_TRIPLES) for graph in graphs)
    ]
    cpu, wall = cpu_seconds(), time.perf_counter()
    for graph in plain:
        ox.serialize(
            [
                ox.Triple(ox.NamedNode(s), ox.NamedNode(p), ox.Literal(o) if literal else ox.NamedNode(o))
                for s, p, o, literal in graph
            ],
            format=ox.RdfFormat.N_TRIPLES,
        )
    return {"cpu": cpu_seconds() - cpu, "wall": time.perf_counter() - wall, "triples": sum(map(len, plain))}


def cpu_seconds() -> float:
    """Of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    size, way, processes = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    print(json.dumps(write(size, way) if way in ("claims", "floor") else build(size, way, processes)))
