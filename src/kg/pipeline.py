"""The whole flow, from documents to the files of a dataset.

    sources -> documents -> extraction -> triples -> validated, or set aside    `process`, one batch at a time
            -> events -> findings -> files                                      here, across documents

Everything before the events sees one batch, shares no state and uses no clock, network or randomness: the
result is the same on one process or many.
"""

import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from kg import check, gazetteer, publish, rdf, reconcile
from kg.config import read_config
from kg.errors import InputError, UsageError
from kg.model import Source
from kg.process import Processed, Processor, SetAside
from kg.read import Item, Unreadable, plan
from kg.write import merge, ntriples, replaced

BATCH = 16  # sources: SHACL has a fixed cost per call, and a worker returns one batch at a time
ENGINES = ("pyshacl", "none")

Work = Item | Source | Unreadable
Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Build:
    """What a build did."""

    out: Path
    counts: Counter[str]
    unreadable: tuple[Unreadable, ...]
    set_aside: tuple[SetAside, ...]

    @property
    def conforms(self) -> bool:
        """Whether everything that was given could be read and published."""
        return not self.set_aside and all(one.skipped for one in self.unreadable)


def build(
    sources: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str] = "output",
    *,
    base: str | None = None,
    config: str | os.PathLike[str] | None = None,
    gazetteers: Sequence[str | os.PathLike[str]] = (),
    encoding: str | None = None,
    jobs: int = 1,
    no_text: bool = False,
    shacl_engine: str = "pyshacl",
    advance: Advance = lambda count: None,
) -> Build:
    """Build the dataset of the sources in the folder `out`, which is replaced as a whole or not at all.

    ``sources`` are files, folders, corpora and ``-``; ``jobs`` is the number of processes and
    changes nothing in the result; ``advance`` is told the number of sources that were finished.
    Raises InputError where nothing can be read, or a gazetteer, setting or folder cannot be used.
    """
    settings = read_config(config)
    iris = rdf.IRIs(base or settings.base)
    work = plan(sources, encoding=encoding)
    processor = Processor(gazetteer.load(tuple(map(Path, gazetteers))), iris, _shapes(shacl_engine), shacl_engine)
    gathered = Gathered()
    with replaced(out) as folder:
        for one in process(work, processor, jobs=jobs):
            gathered.add(one)
            if isinstance(one, Processed):
                publish.write_source(folder, one, iris, text=not no_text)
            advance(1)
        gathered.refuse_nothing()
        graph, validation = unite(gathered, processor)
        publish.write_dataset(
            folder,
            graph=graph,
            annotations=merge(*gathered.annotations),
            validation=validation,
            iris=iris,
            config=settings,
            counts=gathered.counts,
            unreadable=gathered.unreadable,
            set_aside=gathered.set_aside,
        )
    return Build(Path(out), gathered.counts, tuple(gathered.unreadable), tuple(gathered.set_aside))


def process(work: Iterable[Work], processor: Processor, *, jobs: int = 1) -> Iterator[Processed | Unreadable]:
    """What comes of each source, in the order of the sources, whichever process was first."""
    iterator = iter(work)
    batches = iter(lambda: list(islice(iterator, BATCH)), [])
    if jobs == 1:
        for batch in batches:
            yield from processor(batch)
        return
    # Forked processes share the gazetteer's memory; at most two batches a process wait in memory.
    with ProcessPoolExecutor(jobs, get_context("fork"), initializer=_start, initargs=(processor,)) as pool:
        waiting: deque[Future[list[Processed | Unreadable]]] = deque()
        for batch in batches:
            waiting.append(pool.submit(_run, batch))
            if len(waiting) >= 2 * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


@dataclass
class Gathered:
    """What came of the documents so far."""

    graphs: list[bytes] = field(default_factory=list)
    annotations: list[bytes] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    records: list[reconcile.ClaimRecord] = field(default_factory=list)
    findings: list[check.Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    unreadable: list[Unreadable] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)

    def add(self, one: Processed | Unreadable) -> None:
        if isinstance(one, Unreadable):
            self.unreadable.append(one)
            return
        for document in one.accepted:
            self.graphs.append(document.graph)
            self.annotations.append(document.annotations)
            self.keys.update(document.keys)
            self.records += document.records
            self.counts += document.counts
        self.findings += one.findings
        self.set_aside += one.set_aside
        self.counts.update({"sources": 1, "documents": len(one.accepted)})

    def refuse_nothing(self) -> None:
        """Raises InputError where no document came of any source."""
        if self.graphs or self.set_aside:
            return
        if self.unreadable:
            first = self.unreadable[0]
            raise InputError(f"nothing could be read: {first.reason}", where=first.path, hint=first.hint)
        raise InputError("there is no text in what was given", hint="name files that hold text")


def unite(gathered: Gathered, processor: Processor) -> tuple[bytes, bytes]:
    """The whole graph, with events and findings, and the validation report of these as Turtle."""
    iris, names = processor.iris, processor.gazetteer
    found = reconcile.reconcile(gathered.records)
    gathered.findings += check.contested(found, gathered.records, names)
    across = [*rdf.event_triples(found, iris), *rdf.finding_triples(gathered.findings, iris)]
    known = names.triples(sorted(gathered.keys), iris.base)
    graph = merge(*gathered.graphs, ntriples(known), ntriples(across))
    gathered.counts["events"] = len(found.events)
    gathered.counts["contested"] = sum(bool(event.contested) for event in found.events) + len(found.areas)
    gathered.counts["findings"] = len(gathered.findings)
    gathered.counts["triples"] = graph.count(b"\n")
    return graph, b""


def _shapes(engine: str) -> "Shapes | None":
    if engine not in ENGINES:
        raise UsageError(f"there is no SHACL engine {engine!r}", hint=f"one of {', '.join(ENGINES)}")
    if engine == "none":
        return None
    from kg.validate import prepare

    return prepare()


_processor: Processor  # of this worker process; set once, when it starts


def _start(processor: Processor) -> None:
    global _processor
    _processor = processor


def _run(batch: list[Work]) -> list[Processed | Unreadable]:
    return _processor(batch)
