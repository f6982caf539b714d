"""The files of an output folder."""

from pathlib import Path

from kg import __version__, queries, report, results
from kg.catalog import Config, catalog
from kg.dataset import Dataset
from kg.process import Processed
from kg.rdf import IRIs
from kg.unite import Gathered, United
from kg.validate import Report
from kg.vocabulary import prefixes
from kg.write import canonical_hash, jsonld, merge, turtle, write_manifest


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
        _write(place.with_suffix(".ttl"), turtle(one.graph, prefixes=prefixes(iris.base), base=iris.base))
        _write(place.with_suffix(".report.ttl"), Report(one.results).to_turtle(iris.base))


def write_dataset(folder: Path, gathered: Gathered, united: United, *, iris: IRIs, config: Config) -> None:
    """Everything that is made of the whole graph; the manifest last, for it names all the others."""
    graph = united.graph
    _write(folder / "dataset.nt", graph)
    _write(folder / "dataset.ttl", turtle(graph, prefixes=prefixes(iris.base), base=iris.base))
    _write(folder / "dataset.jsonld", jsonld(graph, base=iris.base))
    _write(folder / "annotations.nt", merge(*gathered.annotations))
    if united.report:
        _write(folder / "validation.ttl", united.report.to_turtle(iris.base))
    data = Dataset(folder, base=iris.base)
    data.store = data.annotated_store  # one store for all tables: it answers the other queries too
    _write_tables(folder / "tables", data)
    written = report.report(
        folder / "tables",
        united.counts,
        gathered.unreadable,
        gathered.set_aside,
        title=config.title,
        prefixes=data.prefixes,
    )
    _write(folder / "report.md", written.encode())
    _write(folder / "catalog.ttl", catalog(folder, graph, config=config, base=iris.base))
    extra = {"base": iris.base}
    write_manifest(folder, version=__version__, rdfc10=canonical_hash(graph), counts=united.counts, extra=extra)


def _write_tables(folder: Path, data: Dataset) -> None:
    folder.mkdir()
    for named in map(queries.load, queries.names()):
        if not named.required:
            with (folder / f"{named.name}.csv").open("wb") as file:
                results.write(data.solve(named.name), file, format="csv")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
