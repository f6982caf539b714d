"""The files of an output folder."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Final

from kg import __version__
from kg.dataset import Dataset, queries
from kg.dataset import rows as results
from kg.pipeline import report
from kg.pipeline.across import Gathered, United
from kg.pipeline.document import Processor
from kg.pipeline.outcome import Processed
from kg.rdf import IRIs
from kg.runtime.workers import Workers
from kg.validate import Report
from kg.vocabulary import prefixes
from kg.write import Sorted, canonical_hash, jsonld, pack, turtle, write_manifest, write_shards
from kg.write.catalog import catalog
from kg.write.made import Made
from kg.write.void import Statistics, statistics

LARGE: Final = 250_000  # triples: what more would make of Turtle, JSON-LD and tables takes over half a gigabyte


def write_source(folder: Path, source: Processed, iris: IRIs, *, text: bool) -> None:
    """The text of one source, and each of its documents that was set aside, with the reasons.

    A text of which no document conforms is not published either: it is set aside with them.
    """
    if text:
        part = "sources" if source.accepted or not source.set_aside else "set-aside"
        _write(folder / part / f"{source.slug}.txt", source.text.encode())
    for one in source.set_aside:
        place = folder / "set-aside" / one.id
        _write(place.with_suffix(".md"), report.set_aside_text(one).encode())
        if one.results:  # else kg failed, before there were triples to judge
            _write(place.with_suffix(".ttl"), turtle(one.graph, prefixes=prefixes(iris.base), base=iris.base))
            _write(place.with_suffix(".report.ttl"), Report(one.results).to_turtle(iris.base))


def write_dataset(
    folder: Path, gathered: Gathered, united: United, workers: Workers[Processor], *, made: Made
) -> Counter[str]:
    """Everything that is made of the whole graph, and the counts; the manifest last, for it names all the others.

    A large graph is written as shards of N-Triples, without what could only be made of it in memory: Turtle,
    JSON-LD and the tables.
    """
    iris = workers.shared.iris
    if united.graph.count > LARGE:
        written = _write_shards(folder, united, gathered.folder, workers)
    else:
        written = _write_whole(folder, united, iris)
    gathered.clear()
    counts = united.counts + Counter(triples=written.statistics.triples)
    if united.report:
        _write(folder / "validation.ttl", united.report.to_turtle(iris.base))
    tables = _write_tables(folder / "tables", written.data) if written.data else None
    text = report.report(
        tables,
        counts,
        gathered.unreadable,
        gathered.set_aside,
        gathered.notes,
        title=made.config.title,
        prefixes=prefixes(iris.base),
    )
    _write(folder / "report.md", text.encode())
    made = replace(made, sources=written.statistics.sources.hexdigest())
    _write(folder / "catalog.ttl", catalog(folder, written.statistics, made=made, base=iris.base))
    write_manifest(
        folder, version=__version__, rdfc10=written.hash, counts=counts, extra={"base": iris.base, "made": made.entry()}
    )
    return counts


@dataclass(frozen=True, slots=True)
class _Written:
    """What is to know of the graph once its files are there."""

    statistics: Statistics
    hash: str  # RDFC-1.0
    data: Dataset | None  # to ask, where that is no matter of hours


def _write_whole(folder: Path, united: United, iris: IRIs) -> _Written:
    graph = b"".join(line + b"\n" for line in united.graph)
    _write(folder / "dataset.nt", graph)
    _write(folder / "dataset.ttl", turtle(graph, prefixes=prefixes(iris.base), base=iris.base))
    _write(folder / "dataset.jsonld", jsonld(graph, base=iris.base))
    _write(folder / "annotations.nt", b"".join(line + b"\n" for line in united.annotations))
    data = Dataset(folder, base=iris.base, in_one_store=True)  # for all tables
    return _Written(statistics(graph), canonical_hash(graph), data)


def _write_shards(folder: Path, united: United, scratch: Path, workers: Workers[Processor]) -> _Written:
    counted, digest = Statistics(distinct_objects=False), hashlib.sha256()

    def seen() -> Iterator[list[bytes]]:
        for block in united.graph.blocks():
            counted.add(block)
            digest.update(b"\n".join([*block, b""]))
            yield block

    parts: Iterable[Sorted | Path] = chain([united.annotations], write_shards(scratch, "dataset", seen()))
    for _ in workers.map(_pack, ([part] for part in parts), in_order=False):
        pass
    # Without blank nodes this is the hash that `canonical_hash` gives: of the sorted lines.
    return _Written(counted, digest.hexdigest(), None)


def _pack(_: Processor, parts: Sequence[Sorted | Path]) -> list[Path]:
    """Shards go from the scratch folder to the one above it; annotations are first made into shards, beside others."""
    shards = chain.from_iterable(_annotations(part) if isinstance(part, Sorted) else [part] for part in parts)
    return [pack(shard, shard.parents[1]) for shard in shards]


def _annotations(annotations: Sorted) -> Iterator[Path]:
    return write_shards(annotations.folder.parent, "annotations", annotations.blocks())


def _write_tables(folder: Path, data: Dataset) -> report.Excerpts:
    """The rows of every named query as files, and what a report shows of them."""
    folder.mkdir()
    excerpts = report.Excerpts()
    for named in map(queries.load, queries.names()):
        if named.required:
            continue
        found = data.solve(named.name)
        assert isinstance(found, results.SOLUTIONS)
        columns = [variable.value for variable in found.variables]
        rows = excerpts.seen(named.name, columns, results.cells(found))
        with (folder / f"{named.name}.csv").open("w", encoding="utf-8", newline="") as file:
            results.write_table(columns, rows, file)
    return excerpts


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
