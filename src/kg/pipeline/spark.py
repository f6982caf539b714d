"""The same build on a Spark cluster: documents over partitions, events as a group-by, files by Spark's own writers.

    kg build s3a://bucket/corpus.jsonl --out s3a://bucket/dataset --engine spark
    spark-submit --py-files kg.zip kg/pipeline/spark.py s3a://bucket/corpus.jsonl s3a://bucket/dataset

Every step is the function that runs on one machine (`kg.pipeline.document`, `kg.pipeline.across`), so that the
sorted lines are the same bytes. The driver is told counts, names and the first problems, never the data. Tasks write
through Spark's committer or the same bytes to the same name, so that one that fails or runs twice does no harm.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from kg import __version__, gazetteer, rdf
from kg.check import Finding
from kg.config import read_config
from kg.errors import InputError, UsageError
from kg.model import Source
from kg.pipeline import BATCH, made_with, report
from kg.pipeline import outputs as publish
from kg.pipeline.across import across_findings, gazetteer_graph, group_of, unite_groups
from kg.pipeline.document import DOCUMENT_TIMEOUT, Processor
from kg.pipeline.outcome import Accepted, Across, Build, Processed
from kg.pipeline.spark_folder import Folder
from kg.read import LIMIT, Item, Unreadable, files
from kg.read.corpus import CORPORA, REPEATED, apart, read_corpus, read_line
from kg.read.find import digest
from kg.runtime.folder import MANIFEST
from kg.validate import ENGINES, prepare
from kg.validate.report import reported
from kg.vocabulary import RDF, SCHEMA, SEM, XSD, prefixes
from kg.write import Bundle
from kg.write.catalog import describe
from kg.write.made import Made
from kg.write.manifest import manifest
from kg.write.void import Statistics

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import DataFrame, SparkSession

T = TypeVar("T")
R = TypeVar("R")
Position: TypeAlias = tuple[int, int, int]  # of a file, of its part, of a record in that: the order of one machine
Work: TypeAlias = "Item | Source | Unreadable"

_JSON_LINES: Final = "application/x-ndjson"
_KEPT: Final = 10_000  # problems that the driver is told of
_TOGETHER: Final = 200  # groups or findings: SHACL has a fixed cost a call


def build(
    sources: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    session: SparkSession | None = None,
    base: str | None = None,
    config: str | os.PathLike[str] | None = None,
    gazetteers: Sequence[str | os.PathLike[str]] = (),
    encoding: str | None = None,
    max_document_size: int = LIMIT,
    document_timeout: float = DOCUMENT_TIMEOUT,
    follow_links: bool = False,
    no_text: bool = False,
    shacl_engine: str = "fast",
    partitions: int | None = None,
) -> Build:
    """Build the dataset of the sources in ``out``, as `kg.build` does, always as shards.

    Sources and ``out`` are paths that every node sees, or URIs that Spark reads and writes (``hdfs:``, ``s3a:``). JSON
    Lines are split over the cluster, any other file is one task's. Without a ``session`` that of the process is
    used, or one is started as the environment says. Raises InputError as `kg.build` does.
    """
    settings = read_config(config)
    if settings.nlp:
        raise UsageError("the statistical model does not run on Spark", hint="take `nlp` out of the settings")
    if shacl_engine not in (*ENGINES, "none"):
        raise UsageError(f"there is no SHACL engine {shacl_engine!r}", hint=f"one of {', '.join((*ENGINES, 'none'))}")
    iris = rdf.IRIs(base or settings.base)
    shapes = None if shacl_engine == "none" else prepare(part="document")
    known = gazetteer.load(tuple(map(Path, gazetteers)))
    processor = Processor(known, iris, shapes, shacl_engine, publishers=settings.publishers, seconds=document_timeout)
    spark = session or _session()
    items = _items(sources, encoding=encoding, limit=max_document_size, follow_links=follow_links)
    with Folder(spark, os.fspath(out)) as folder:
        options = {"max_document_size": max_document_size, "follow_links": follow_links, "no_text": no_text}
        made = made_with(processor, settings, encoding=encoding, **options)
        return _Job(spark, processor, folder, made, partitions).run(items, text=not no_text)


class _Job:
    """One build: its data sets, each made of the one before."""

    def __init__(
        self, spark: SparkSession, processor: Processor, folder: Folder, made: Made, partitions: int | None
    ) -> None:
        self.spark, self.folder, self.made = spark, folder, made
        self.context = spark.sparkContext
        self.partitions = partitions or self.context.defaultParallelism * 4
        self.processor = processor
        self.shared = self.context.broadcast(processor)

    def run(self, items: list[Item | Unreadable], *, text: bool) -> Build:
        processed = self._processed(items)
        _documents(processed, self.folder, self.processor.iris, text=text)
        across = self._across(processed)
        counts = _total(processed.map(_counts)) + _total(across.map(lambda one: one.counts))
        unreadable = processed.flatMap(lambda one: [one] if isinstance(one, Unreadable) else []).take(_KEPT)
        aside = processed.flatMap(lambda one: getattr(one, "set_aside", ())).map(lambda one: replace(one, graph=b""))
        set_aside = aside.take(_KEPT)
        notes = processed.flatMap(lambda one: [(one.path, note) for note in getattr(one, "notes", ())]).take(_KEPT)
        if not counts["documents"] and not set_aside:
            raise InputError("nothing could be read", hint="look at the sources")
        lines = self._lines(processed, across)
        lines.write.text(self.folder.part("dataset"), compression="gzip")
        self._annotations(processed).write.text(self.folder.part("annotations"), compression="gzip")
        statistics = _statistics(self.spark.read.text(self.folder.part("dataset")))
        counts["triples"] = statistics.triples
        results = [result for one in set_aside for result in one.results]
        results += across.flatMap(lambda one: one.results).take(_KEPT)
        self._publish(counts, unreadable, set_aside, notes, statistics, reported(results, 0))
        conforms = not results and not set_aside and all(one.skipped for one in unreadable)
        return Build(Path(self.folder.out), counts, tuple(unreadable), tuple(set_aside), conforms)

    def _processed(self, items: list[Item | Unreadable]) -> RDD[Processed | Unreadable]:
        """What comes of each source; kept on disk, for several steps ask for it."""
        from pyspark import StorageLevel

        shared = self.shared

        def process(works: Iterable[Work]) -> Iterator[Processed | Unreadable]:
            return _batched(works, BATCH, lambda batch: shared.value(batch))

        return self._works(items).mapPartitions(process).persist(StorageLevel.DISK_ONLY)

    def _works(self, items: list[Item | Unreadable]) -> RDD[Work]:
        whole: list[Work] = [one for one in items if not _is_corpus(one)]
        corpora = [one for one in items if isinstance(one, Item) and _is_corpus(one)]
        works = self.context.parallelize(whole, max(1, min(len(whole), self.partitions)))
        if not corpora:
            return works
        records = self.context.union([self._records(number, item) for number, item in enumerate(corpora)])
        taken = {digest(one.slug) for one in whole if isinstance(one, Item)}
        return works.union(_set_apart(records, self.context.broadcast(taken)))

    def _records(self, number: int, item: Item) -> RDD[tuple[Position, Source | Unreadable]]:
        if item.media_type != _JSON_LINES:
            read = self.context.parallelize([item], 1).flatMap(read_corpus)
            return read.zipWithIndex().map(lambda pair: ((number, 0, pair[1]), pair[0]))

        def parse(part: int, lines: Iterable[str]) -> Iterator[tuple[Position, Source | Unreadable]]:
            for row, line in enumerate(lines):
                where = f"{item.path}, part {part + 1}, line {row + 1}"
                if record := read_line(item, line, where=where):
                    yield (number, part, row), record

        lines = self.context.textFile(_uri(item), self.partitions)
        return lines.mapPartitionsWithIndex(parse)

    def _across(self, processed: RDD[Processed | Unreadable]) -> RDD[Across]:
        from pyspark import StorageLevel

        shared = self.shared
        recorded = _accepted(processed).flatMap(lambda document: document.records.splitlines())
        groups = recorded.map(lambda line: (group_of(line), line)).groupByKey(self.partitions).values()
        findings = processed.flatMap(lambda one: getattr(one, "findings", ()))

        def unite(some: Iterable[Iterable[bytes]]) -> Iterator[Across]:
            groups = (Bundle.of_lines(sorted(lines)) for lines in some)
            return _batched(groups, _TOGETHER, lambda groups: [unite_groups(shared.value, groups)])

        def check(some: Iterable[Finding]) -> Iterator[Across]:
            return _batched(some, _TOGETHER, lambda findings: [across_findings(shared.value, findings)])

        across = groups.mapPartitions(unite).union(findings.mapPartitions(check))
        return across.persist(StorageLevel.DISK_ONLY)

    def _lines(self, processed: RDD[Processed | Unreadable], across: RDD[Across]) -> DataFrame:
        keys = _accepted(processed).flatMap(lambda document: document.keys).distinct().collect()  # as many as entries
        known = self.context.parallelize([gazetteer_graph(keys, self.processor)], 1)
        graphs = _accepted(processed).map(lambda document: document.graph)
        return self._sorted(self.context.union([graphs, across.flatMap(lambda one: one.graph.parts()), known]))

    def _annotations(self, processed: RDD[Processed | Unreadable]) -> DataFrame:
        return self._sorted(_accepted(processed).map(lambda document: document.annotations))

    def _sorted(self, graphs: RDD[bytes]) -> DataFrame:
        """The lines of all graphs once, in the order of their bytes, which is that of Spark's strings."""
        from pyspark.sql import functions as f

        frame = self.spark.createDataFrame(graphs.map(lambda graph: (graph.decode(),)), "value string")
        lines = frame.select(f.explode(f.split("value", "\n")).alias("value")).where("value != ''")
        return lines.dropDuplicates().repartitionByRange(self.partitions, "value").sortWithinPartitions("value")

    def _publish(
        self, counts: Counter[str], unreadable: Any, set_aside: Any, notes: Any, statistics: Statistics, found: Any
    ) -> None:
        base, folder = self.processor.iris.base, self.folder
        for stem in ("dataset", "annotations"):
            folder.number(stem, f"{stem}-{{:05d}}.nt.gz")
        if self.processor.shapes:
            folder.write("validation.ttl", found.to_turtle(base))
        title, names = self.made.config.title, prefixes(base)
        text = report.report(None, counts, unreadable, set_aside, notes, title=title, prefixes=names)
        folder.write("report.md", text.encode())
        downloads = folder.measured()
        made = replace(self.made, sources=statistics.sources.hexdigest())
        folder.write("catalog.ttl", describe(downloads, statistics, made=made, base=base))
        extra = {"base": base, "made": made.entry()}
        whole = manifest(folder.measured(), version=__version__, rdfc10=None, counts=counts, extra=extra)
        folder.write(MANIFEST, whole.encode())


def _items(sources: Iterable[str | os.PathLike[str]], *, limit: int, **options: Any) -> list[Item | Unreadable]:
    """The files: names and sizes are all that the driver looks at."""
    named = [os.fspath(source) for source in sources]
    uris = [_uri_item(name, limit) for name in named if "://" in name]
    return [*files([name for name in named if "://" not in name], limit=limit, **options), *uris]


def _uri_item(uri: str, limit: int) -> Item:
    name = uri.rstrip("/").rpartition("/")[2]
    kind = name.removesuffix(".gz").rpartition(".")[2]
    if kind not in ("jsonl", "ndjson"):
        raise InputError("only JSON Lines are read by URI", where=uri, hint="mount it, or convert it to .jsonl")
    return Item(uri.encode(), name, name, _JSON_LINES, limit=limit)


def _uri(item: Item) -> str:
    place = os.fsdecode(item.place)
    return place if "://" in place else Path(place).as_uri()


def _is_corpus(one: Item | Unreadable) -> bool:
    return isinstance(one, Item) and one.media_type in CORPORA


def _set_apart(records: RDD[tuple[Position, Source | Unreadable]], files: Any) -> RDD[Work]:
    """Records whose ids were taken before, by a file or an earlier record, get slugs of their own, as in one process.

    Hashes of slugs are all that goes over the network, and the driver sees those of ids that come twice.
    """

    def slugs(pair: tuple[Position, Source | Unreadable]) -> Iterator[tuple[int, tuple[Position, int]]]:
        position, record = pair
        if isinstance(record, Source):
            yield digest(record.slug), (position, digest(apart(record).slug))

    def later(pair: tuple[int, Iterable[tuple[Position, int]]]) -> Iterator[tuple[Position, bool]]:
        slug, rivals = pair
        first, *rest = sorted(rivals)
        seen: set[int] = set()
        for position, other in ([first] if slug in files.value else []) + rest:
            yield position, other not in seen
            seen.add(other)

    renamed = records.context.broadcast(records.flatMap(slugs).groupByKey().flatMap(later).collectAsMap())

    def settle(pair: tuple[Position, Source | Unreadable]) -> Work:
        position, record = pair
        if position not in renamed.value or isinstance(record, Unreadable):
            return record
        return apart(record) if renamed.value[position] else Unreadable(record.path, *REPEATED)

    return records.map(settle)


def _accepted(processed: RDD[Processed | Unreadable]) -> RDD[Accepted]:
    return processed.flatMap(lambda one: getattr(one, "accepted", ()))


def _counts(one: Processed | Unreadable) -> Counter[str]:
    if isinstance(one, Unreadable):
        return Counter()
    counted = Counter(sources=1, documents=len(one.accepted))
    for document in one.accepted:
        counted.update(document.counts)
    return counted


def _total(counts: RDD[Counter[str]]) -> Counter[str]:
    def add(one: Counter[str], other: Counter[str]) -> Counter[str]:
        one.update(other)
        return one

    total: Counter[str] = counts.treeAggregate(Counter(), add, add)
    return total


def _batched(items: Iterable[T], size: int, work: Callable[[list[T]], list[R]]) -> Iterator[R]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield from work(batch)


def _documents(processed: RDD[Processed | Unreadable], folder: Folder, iris: rdf.IRIs, *, text: bool) -> None:
    """Texts, and what was set aside: a file each where every node sees the folder, else in shards of JSON Lines."""
    if place := folder.local:
        processed.foreach(
            lambda one: None if isinstance(one, Unreadable) else publish.write_source(place, one, iris, text=text)
        )
        return
    for part, lines in (("sources", _texts if text else None), ("set-aside", _set_aside)):
        if lines:
            written = processed.flatMap(lines)
            written.saveAsTextFile(folder.part(part), "org.apache.hadoop.io.compress.GzipCodec")
            folder.number(part, f"{part}-{{:05d}}.jsonl.gz")


def _texts(one: Processed | Unreadable) -> Iterator[str]:
    if isinstance(one, Processed):
        yield json.dumps({"slug": one.slug, "path": one.path, "text": one.text}, ensure_ascii=False)


def _set_aside(one: Processed | Unreadable) -> Iterator[str]:
    for document in one.set_aside if isinstance(one, Processed) else ():
        fields = asdict(replace(document, graph=b"", trace="")) | {"graph": document.graph.decode()}
        yield json.dumps(fields, ensure_ascii=False)


def _statistics(lines: DataFrame) -> Statistics:
    """What VoID counts, by the cluster."""
    from pyspark.sql import functions as f

    mark = f.regexp_extract("value", r'"(\^\^<[^">]*>|@[A-Za-z0-9-]+)? \.$', 1)
    parts = lines.select(
        f.substring_index("value", " ", 1).alias("subject"),
        f.split_part("value", f.lit(" "), f.lit(2)).alias("predicate"),
        f.split_part("value", f.lit(" "), f.lit(3)).alias("value"),
        f.when(f.col("value").endswith("> .") & (mark == ""), "")  # an IRI
        .when(mark == "", f.lit(str(XSD.string)))
        .when(mark.startswith("@"), f.lit(str(RDF.langString)))
        .otherwise(f.substring(mark, 3, 2**30))
        .alias("datatype"),
    )
    found = Statistics(distinct_objects=False)
    found.triples, found.subjects = lines.count(), parts.select("subject").distinct().count()
    for row in parts.groupBy("predicate").count().collect():
        found.predicates[row["predicate"].encode()] = row["count"]
    typed = parts.where(parts["predicate"] == str(RDF.type)).select("subject", f.col("value").alias("class"))
    found.entities = typed.select("subject").distinct().count()
    for row in typed.groupBy("class").count().collect():
        found.classes[row["class"].encode()] = row["count"]
    for row in parts.join(typed, "subject").groupBy("class", "predicate", "datatype").count().collect():
        found.datatypes[row["class"].encode(), row["predicate"].encode(), row["datatype"].encode()] = row["count"]
    placed = parts.where(parts["predicate"] == str(SEM.hasPlace))
    found.places = {row["value"].encode() for row in placed.select("value").distinct().collect()}
    times = (str(SEM.hasEarliestBeginTimeStamp), str(SEM.hasLatestEndTimeStamp))
    for row in parts.where(parts["predicate"].isin(*times)).select("value").distinct().collect():
        found.cover(row["value"].split('"')[1].encode())
    originals = parts.where(parts["predicate"] == str(SCHEMA.sha256)).orderBy("subject").select("value")
    for row in originals.toLocalIterator():
        found.sources.update(row["value"].encode())
    return found


def _session() -> SparkSession:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise InputError("Spark is not installed", hint="pip install 'kg[spark]'") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    return SparkSession.builder.appName("kg").getOrCreate()


if __name__ == "__main__":
    *given, target = sys.argv[1:]
    build(given, target)
