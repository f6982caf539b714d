"""The files of an output folder, but the texts and what was set aside, which are written as they come."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from kg import __version__, queries, report, results
from kg.catalog import Config, catalog
from kg.dataset import Dataset
from kg.process import Processed, SetAside
from kg.rdf import IRIs
from kg.read import Unreadable
from kg.vocabulary import prefixes
from kg.write import canonical_hash, jsonld, turtle, write_manifest

GRAPHS = ("dataset.ttl", "dataset.jsonld", "dataset.nt")


def write_source(folder: Path, source: Processed, iris: IRIs, *, text: bool) -> None:
    """The text of one source, and each of its documents that was set aside."""
    if text:
        _write(folder / "sources" / f"{source.slug}.txt", source.text.encode())
    for one in source.set_aside:
        place = folder / "set-aside" / one.id
        _write(place.with_suffix(".md"), report.set_aside_text(one).encode())
        _write(place.with_suffix(".ttl"), turtle(one.graph, prefixes=prefixes(iris.base), base=iris.base))
        _write(place.with_suffix(".report.ttl"), one.report)


def write_dataset(
    folder: Path,
    *,
    graph: bytes,
    annotations: bytes,
    validation: bytes,
    iris: IRIs,
    config: Config,
    counts: Mapping[str, int],
    unreadable: Sequence[Unreadable],
    set_aside: Sequence[SetAside],
) -> None:
    """Everything that is made of the whole graph; the manifest last, for it names all others."""
    _write(folder / "dataset.nt", graph)
    _write(folder / "dataset.ttl", turtle(graph, prefixes=prefixes(iris.base), base=iris.base))
    _write(folder / "dataset.jsonld", jsonld(graph, base=iris.base))
    _write(folder / "annotations.nt", annotations)
    _write(folder / "validation.ttl", validation)
    data = Dataset(folder, base=iris.base)
    _write_tables(folder / "tables", data)
    written = report.report(data, title=config.title, unreadable=unreadable, set_aside=set_aside)
    _write(folder / "report.md", written.encode())
    _write(folder / "catalog.ttl", catalog(folder, graph, config=config, base=iris.base))
    write_manifest(
        folder, version=__version__, rdfc10=canonical_hash(graph), counts=counts, extra={"base": iris.base}
    )


def _write_tables(folder: Path, data: Dataset) -> None:
    folder.mkdir()
    for named in map(queries.load, queries.names()):
        if not named.required:
            with (folder / f"{named.name}.csv").open("wb") as file:
                results.write(data.solve(named.name), file, format="csv")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
