"""Across documents: their claims to events and findings, validated like the documents were.

Nothing here is held in memory as a whole: triples, records and findings wait sorted on disk, and what belongs together
is looked at group by group, the records of a place being a group.
"""

import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from kg import check, rdf, reconcile
from kg.cache import Cache, cached
from kg.errors import InputError
from kg.process import Processed, Processor, SetAside
from kg.read import Unreadable
from kg.validate import Report, Result, prepare, validate
from kg.validate.report import reported
from kg.vocabulary import KG
from kg.workers import Workers
from kg.write import Sorted, key_of, ntriples, packed, unpacked

_ABOUT = str(KG.about).encode()
_AREA = f" {KG.contested} {KG.areaKm2} .".encode()  # of a place; its events have no area then
_TOGETHER = 200  # nodes: pySHACL takes more than linear time in large graphs

T = TypeVar("T")
Chunk = list[list[bytes]]
"""Groups of records that are looked at together, each given as its lines."""


class Gathered:
    """What came of the documents so far; what grows with them waits in files below ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.graph = Sorted(folder / "graph")
        self.annotations = Sorted(folder / "annotations")
        self.records = Sorted(folder / "records")
        self.findings = Sorted(folder / "findings")
        self.keys: set[str] = set()  # of the gazetteer
        self.counts: Counter[str] = Counter()
        self.unreadable: list[Unreadable] = []
        self.notes: list[tuple[str, str]] = []  # of a source by its path
        self.set_aside: list[SetAside] = []  # without their graphs, which are written at once

    def add(self, one: Processed | Unreadable) -> None:
        if isinstance(one, Unreadable):
            self.unreadable.append(one)
            return
        for document in one.accepted:
            self.graph.add(document.graph)
            self.annotations.add(document.annotations)
            self.keys.update(document.keys)
            self.records.add(document.records)
            self.counts.update(document.counts)
        self.findings.add(b"".join(packed((finding.id,), finding) for finding in one.findings))
        self.notes += [(one.path, note) for note in one.notes]
        self.set_aside += [replace(document, graph=b"") for document in one.set_aside]
        self.counts.update({"sources": 1, "documents": len(one.accepted)})

    def refuse_nothing(self) -> None:
        """Raises InputError where no document came of any source."""
        if self.counts["documents"] or self.set_aside:
            return
        if self.unreadable:
            first = self.unreadable[0]
            raise InputError(f"nothing could be read: {first.reason}", where=first.path, hint=first.hint)
        raise InputError("there is no text in what was given", hint="name files that hold text")

    def clear(self) -> None:
        """Remove the files."""
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Across:
    """What some groups of records, or some findings, come to."""

    graph: bytes  # lines of N-Triples that conform
    results: tuple[Result, ...]  # of what was left out
    counts: Counter[str]


@dataclass(frozen=True, slots=True)
class United:
    """The graph of all documents with what comes of them together."""

    graph: Sorted
    annotations: Sorted
    report: Report | None  # of everything that was left out; None: nothing was validated
    counts: Counter[str]


def unite(gathered: Gathered, workers: Workers[Processor], *, cache: Cache | None = None) -> United:
    """Reconcile the claims and look for findings; what does not conform is left out and reported.

    What a cache has of groups of records is not computed again.
    """
    processor = workers.shared
    results = [result for one in gathered.set_aside for result in one.results]
    counts = gathered.counts.copy()
    gathered.graph.add(gazetteer_graph(gathered.keys, processor))
    for found in _across(gathered, workers, cache):
        gathered.graph.add(found.graph)
        results += found.results
        counts.update(found.counts)
    report = reported(results, 0) if processor.shapes else None
    return United(gathered.graph, gathered.annotations, report, counts)


def gazetteer_graph(keys: Iterable[str], processor: Processor) -> bytes:
    """What the gazetteer says of the entries that documents use."""
    return ntriples(processor.gazetteer.triples(sorted(keys), processor.iris.base))


def _across(gathered: Gathered, workers: Workers[Processor], cache: Cache | None) -> Iterator[Across]:
    groups = (list(lines) for _, lines in groupby(gathered.records, key=group_of))
    chunks = _chunks(groups)
    if cache:
        yield from cached(chunks, cache.key_of_chunk, cache, partial(_united, workers))
    else:
        yield from _united(workers, chunks)
    findings = iter(gathered.findings)
    yield from workers.map(_across_findings, iter(lambda: list(islice(findings, _TOGETHER)), []))


def _chunks(groups: Iterable[list[bytes]]) -> Iterator[Chunk]:
    """Groups together, most often with `_TOGETHER` records.

    A chunk also ends after one group of 64, chosen by its name: a new record changes the chunk that it comes to and
    perhaps the next few, not all that follow, and a cache has the others.
    """
    chunk: Chunk = []
    total = 0
    for group in groups:
        chunk.append(group)
        total += len(group)
        if total >= _TOGETHER or crc32(group_of(group[0])) % 64 == 0:
            yield chunk
            chunk, total = [], 0
    if chunk:
        yield chunk


def _united(workers: Workers[Processor], chunks: Iterable[Chunk]) -> Iterator[Across]:
    return workers.map(_unite_chunks, ([chunk] for chunk in chunks))


def _unite_chunks(processor: Processor, chunks: Iterable[Chunk]) -> list[Across]:
    return [_joined(unite_groups(processor, chunk)) for chunk in chunks]


def _joined(parts: Sequence[Across]) -> Across:
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.counts)
    graph = b"".join(part.graph for part in parts)
    return Across(graph, tuple(result for part in parts for result in part.results), counts)


def unite_groups(processor: Processor, groups: Iterable[Sequence[bytes]]) -> list[Across]:
    """The events of each whole group of records, given as their lines, and the findings on what is contested in it.

    What comes of a group does not depend on the groups beside it.
    """
    iris = processor.iris
    drafts: list[_Draft] = []
    for group in (list(map(unpacked, lines)) for lines in groups):
        records = [item.record for item in group]
        found = reconcile.reconcile_group(records)
        findings = check.contested(found, records, processor.gazetteer)
        lines = [*rdf.event_graph(found, iris).splitlines(), *rdf.finding_graph(findings, iris).splitlines()]
        contested = sum(bool(event.contested) for event in found.events) + len(found.areas)
        counts = Counter(events=len(found.events), contested=contested, findings=len(findings))
        shaped = {iris.claim(item.record.claim).value: item.shaped for item in group}
        drafts.append(_Draft(lines, _nodes(lines, shaped), counts))
    return _conforming(drafts, processor)


def _across_findings(processor: Processor, lines: Sequence[bytes]) -> list[Across]:
    return across_findings(processor, list(map(unpacked, lines)))


def across_findings(processor: Processor, findings: Sequence[check.Finding]) -> list[Across]:
    """Findings within sources, as triples."""
    lines = rdf.finding_graph(findings, processor.iris).splitlines()
    nodes = [list(of_one) for _, of_one in groupby(lines, key=_subject)]
    return _conforming([_Draft(lines, nodes, Counter(findings=len(findings)))], processor)


def _nodes(lines: Iterable[bytes], shaped: dict[str, bytes]) -> list[list[bytes]]:
    """For each event, finding and contested place of a group the lines that their shapes look at."""
    by_node: dict[bytes, list[bytes]] = defaultdict(list)
    areas = [line for line in lines if line.endswith(_AREA)]
    for line in lines:
        subject, predicate, object = line.split(b" ", 2)
        if predicate == _ABOUT:
            event = object[:-2]
            by_node[event] += [line, *shaped[subject[1:-1].decode()].splitlines()]
        else:
            by_node[subject].append(line)
    return [[*of_node, *areas] for of_node in by_node.values()]


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is not yet known to conform: lines, and for each of their nodes those that its shapes look at."""

    lines: list[bytes]
    nodes: list[list[bytes]]
    counts: Counter[str]


def _conforming(drafts: Sequence[_Draft], processor: Processor) -> list[Across]:
    """Each draft without the nodes that do not conform, some hundred nodes being looked at together."""
    results: dict[bytes, list[Result]] = defaultdict(list)
    if processor.shapes:
        shapes = prepare(part="events")
        for some in _batches((node for draft in drafts for node in draft.nodes), lambda of_node: 1):
            graph = b"\n".join(line for of_node in some for line in of_node) + b"\n"
            for result in validate(graph, shapes, engine=processor.engine).results:
                results[result.focus.encode()].append(result)
    return [_kept(draft, results) for draft in drafts]


def _kept(draft: _Draft, results: Mapping[bytes, list[Result]]) -> Across:
    subjects = dict.fromkeys(map(_subject, draft.lines))
    refused = results.keys() & subjects.keys()
    kept = [line for line in draft.lines if not {_subject(line), line.split(b" ", 2)[2][:-2]} & refused]
    graph = b"".join(line + b"\n" for line in sorted(set(kept)))
    return Across(graph, tuple(result for node in sorted(refused) for result in results[node]), draft.counts)


def _batches(items: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """Items together until their sizes reach `_TOGETHER`."""
    batch: list[T] = []
    total = 0
    for item in items:
        batch.append(item)
        total += size(item)
        if total >= _TOGETHER:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


def group_of(line: bytes) -> bytes:
    """`kg.reconcile.group` of the line of a record: its place, or the claim alone."""
    place, _, claim = key_of(line)
    return place or claim


def _subject(line: bytes) -> bytes:
    return line.split(b" ", 1)[0]
