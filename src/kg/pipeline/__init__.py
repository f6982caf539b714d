"""The whole flow, from documents to the files of a dataset.

    sources -> documents -> extraction -> triples -> validated, or set aside   `kg.pipeline.document`, a batch at a time
            -> events -> findings, validated                                   `kg.pipeline.across`, across documents
            -> files                                                           `kg.pipeline.outputs`

Everything before the events sees one batch, shares no state and uses no clock, network or randomness: the
result is the same on one process or many.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import islice
from pathlib import Path
from typing import Any

from kg import gazetteer, rdf
from kg.config import Config, read_config
from kg.errors import InputError, UsageError
from kg.extract import Extractor
from kg.model import Source
from kg.pipeline import outputs as publish
from kg.pipeline.across import Gathered, unite
from kg.pipeline.cache import Cache, cached, use
from kg.pipeline.document import DOCUMENT_TIMEOUT, Processor
from kg.pipeline.outcome import Build, Processed
from kg.read import LIMIT, Item, Unreadable, plan
from kg.runtime.workers import Workers
from kg.validate import AUTO, ENGINES, Shapes, prepare, turbo
from kg.validate.shapes import shapes_folder
from kg.write import replaced
from kg.write.made import Made

BATCH = 16  # sources: SHACL has a fixed cost per call, and a worker returns one batch at a time

SCRATCH = ".kg-sort"  # in the folder that is written, so that a killed run leaves nothing elsewhere

Work = Item | Source | Unreadable
Advance = Callable[[int], None]


def build(
    sources: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str] = "output",
    *,
    base: str | None = None,
    config: str | os.PathLike[str] | Config | None = None,
    gazetteers: Sequence[str | os.PathLike[str]] = (),
    encoding: str | None = None,
    max_document_size: int = LIMIT,
    document_timeout: float = DOCUMENT_TIMEOUT,
    follow_links: bool = False,
    jobs: int = 1,
    no_text: bool = False,
    shacl_engine: str = AUTO,
    nlp: bool = False,
    cache: str | os.PathLike[str] | None = None,
    advance: Advance = lambda count: None,
) -> Build:
    """Build the dataset of the sources in the folder `out`, which is replaced as a whole or not at all.

    ``sources`` are files, folders, corpora and ``-``. A file or record of more than ``max_document_size`` bytes is
    listed and not read; so is what a link leads to outside its folder, without ``follow_links``. A document that takes
    more than ``document_timeout`` seconds (0: any number) is set aside, in the main thread. ``jobs`` is the
    number of processes, which changes nothing in the result, but with more than one a document that ends its process
    is set aside instead of the build; ``nlp`` lets a statistical model add what the rules missed, marked as such (the
    extra ``nlp``; a setting too); ``advance`` is told the number of sources that were finished. ``cache`` is a folder
    in which is kept what each source came to: the next build processes those that changed, and its result is the
    same.
    Raises InputError where nothing can be read, or a gazetteer, setting, folder or the extra cannot be used.
    """
    settings = read_config(config)
    iris = rdf.IRIs(base or settings.base)
    shapes = _shapes(shacl_engine)
    work = plan(sources, encoding=encoding, limit=max_document_size, follow_links=follow_links)
    extractors = _extractors(nlp=nlp or settings.nlp)
    known_entries = gazetteer.load(tuple(map(Path, gazetteers)))
    processor = Processor(
        known_entries, iris, shapes, shacl_engine, extractors, settings.publishers, seconds=document_timeout
    )
    made = made_with(
        processor,
        settings,
        encoding=encoding,
        max_document_size=max_document_size,
        follow_links=follow_links,
        no_text=no_text,
    )
    kept = use(cache, processor) if cache is not None else nullcontext()
    if jobs > 1:
        processor.load()
    with _disk_errors(out), kept as known, replaced(os.fspath(out)) as folder:
        gathered = Gathered(folder / SCRATCH)
        with Workers(jobs, processor) as workers:
            for one in process(work, workers, cache=known):
                gathered.add(one)
                if isinstance(one, Processed):
                    publish.write_source(folder, one, iris, text=not no_text)
                advance(1)
        gathered.refuse_nothing()
        with Workers(jobs, processor) as workers:  # new ones: the others have grown by the words that they know
            united = unite(gathered, workers, cache=known)
            counts = publish.write_dataset(folder, gathered, united, workers, made=made)
    found = united.report.results if united.report else ()
    conforms = not found and not gathered.set_aside and all(one.skipped for one in gathered.unreadable)
    return Build(Path(out), counts, tuple(gathered.unreadable), tuple(gathered.set_aside), conforms)


def process(
    work: Iterable[Work], workers: Workers[Processor], *, cache: Cache | None = None
) -> Iterator[Processed | Unreadable]:
    """What comes of each source, in the order of the sources; one that ends its process is as good as unreadable.

    Where kg or a process failed, a cache keeps nothing: that is tried again.
    """

    def compute(some: Iterator[Work]) -> Iterator[Processed | Unreadable]:
        return workers.map(_process, iter(lambda: list(islice(some, BATCH)), []), lost=_lost)

    if cache is None:
        return compute(iter(work))
    known = cache
    return cached(
        work,
        known.key,
        known,
        compute,
        is_kept=lambda key, one, result: not result.trace and known.is_key_of(key, one, result),
    )


def made_with(processor: Processor, settings: Config, **options: Any) -> Made:
    """What a dataset is made with; of the sources nothing is known yet."""
    options |= {
        "base": processor.iris.base,
        "nlp": bool(processor.extractors),
        "validated": processor.shapes is not None,
    }
    shapes = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(shapes_folder().glob("*.ttl")))).hexdigest()
    return Made(processor.gazetteer.fingerprint, shapes, options, settings)


def _process(processor: Processor, batch: Sequence[Work]) -> list[Processed | Unreadable]:
    return processor(batch)


def _lost(one: Work, death: str) -> Unreadable:
    what = death.partition("\n")[0]
    return Unreadable(one.path, f"the process that worked on it {what}", "read it alone, or report it", trace=death)


@contextmanager
def _disk_errors(out: str | os.PathLike[str]) -> Iterator[None]:
    """Raises InputError for what the system says while the output is written, such as a full disk."""
    try:
        yield
    except OSError as error:
        where = os.fsdecode(error.filename or out)
        raise InputError(
            f"cannot be written: {error.strerror or error}", where=where, hint="look at the space and permissions there"
        ) from error


def _extractors(*, nlp: bool) -> tuple[Extractor, ...]:
    """What adds to the rules; a model is loaded here, so that the processes that are forked share its memory."""
    if not nlp:
        return ()
    from kg.extract.statistical import statistical

    return (statistical(),)


def _shapes(engine: str) -> Shapes | None:
    if engine == "none":
        return None
    if engine == "fast" and not turbo.is_installed():
        hint = "pip install pyshacl-turbo, or --shacl-engine pyshacl: the same, but slower"
        raise UsageError("pyshacl-turbo is not installed", hint=hint)
    known = (AUTO, *ENGINES)
    if engine not in known:
        raise UsageError(f"there is no SHACL engine {engine!r}", hint=f"one of {', '.join((*known, 'none'))}")
    return prepare(part="document")
