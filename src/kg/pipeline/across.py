"""Across documents: their claims to events and findings, validated like the documents were.

Nothing here is held in memory as a whole: triples, records and findings wait sorted on disk, and what belongs together
is looked at group by group, the records of a place being a group, and of a large one family by family.
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
from kg.errors import InputError
from kg.pipeline.cache import Cache, cached
from kg.pipeline.document import Processor, Recorded
from kg.pipeline.outcome import Across, Processed, SetAside
from kg.read import Unreadable
from kg.reconcile import ClaimRecord, Reconciled
from kg.runtime.workers import Workers
from kg.validate import Report, Result, validate
from kg.validate.report import reported
from kg.write import Bundle, Sorted, ntriples

_TOGETHER = 200  # nodes: pySHACL takes more than linear time in large graphs
_LINES = 25  # that count as much as a node

T = TypeVar("T")
Chunk = list[Bundle]
"""Groups of records that are looked at together, each given as its lines, which are sorted."""


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
        self.findings.add(b"".join(map(check.Finding.line, one.findings)))
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
    gathered.annotations.rest()
    gathered.findings.rest()
    gathered.graph.add(gazetteer_graph(gathered.keys, processor))
    for found in _across(gathered, workers, cache):
        for part in found.graph.parts():
            gathered.graph.add(part)
        results += found.results
        counts.update(found.counts)
    report = reported(results, 0) if processor.shapes else None
    return United(gathered.graph, gathered.annotations, report, counts)


def gazetteer_graph(keys: Iterable[str], processor: Processor) -> bytes:
    """What the gazetteer says of the entries that documents use."""
    return ntriples(processor.gazetteer.triples(sorted(keys), processor.iris.base))


def _across(gathered: Gathered, workers: Workers[Processor], cache: Cache | None) -> Iterator[Across]:
    chunks = _chunks((key, Bundle.of_lines(lines)) for key, lines in groupby(gathered.records, key=group_of))
    if cache:
        yield from cached(chunks, cache.key_of_chunk, cache, partial(_united, workers))
    else:
        yield from _united(workers, chunks)
    findings = iter(gathered.findings)
    yield from workers.map(_across_findings, iter(lambda: list(islice(findings, _TOGETHER)), []))


def _chunks(groups: Iterable[tuple[bytes, Bundle]]) -> Iterator[Chunk]:
    """Groups together, most often with `_TOGETHER` records.

    A chunk also ends after one group of 64, chosen by its name: a new record changes the chunk that it comes to and
    perhaps the next few, not all that follow, and a cache has the others.
    """
    chunk: Chunk = []
    total = 0
    for name, group in groups:
        chunk.append(group)
        total += group.count
        if total >= _TOGETHER or crc32(name) % 64 == 0:
            yield chunk
            chunk, total = [], 0
    if chunk:
        yield chunk


def _united(workers: Workers[Processor], chunks: Iterable[Chunk]) -> Iterator[Across]:
    return workers.map(_unite, ([chunk] for chunk in chunks))


def _unite(processor: Processor, chunks: Iterable[Chunk]) -> list[Across]:
    return [unite_groups(processor, chunk) for chunk in chunks]


def unite_groups(processor: Processor, groups: Iterable[Bundle]) -> Across:
    """The events of whole groups of records, given as their sorted lines, and findings on what is contested in them.

    What comes of a group does not depend on the groups beside it.
    """
    counts: Counter[str] = Counter()
    nodes = (node for group in groups for node in _nodes(processor, group, counts))
    return _conforming(nodes, processor, counts)


def across_findings(processor: Processor, findings: Sequence[check.Finding]) -> Across:
    """Findings within sources, as triples."""
    nodes = (_finding(finding, processor) for finding in findings)
    return _conforming(nodes, processor, Counter(findings=len(findings)))


def _across_findings(processor: Processor, lines: Sequence[bytes]) -> list[Across]:
    return [across_findings(processor, list(map(check.Finding.of, lines)))]


@dataclass(frozen=True, slots=True)
class _Node:
    """An event, a finding or a place, not yet known to conform."""

    lines: list[bytes]  # what is said of it, and that claims are about it
    seen: list[bytes]  # what else its shapes look at


def _nodes(processor: Processor, group: Bundle, counts: Counter[str]) -> Iterator[_Node]:
    """What comes of a group, which is counted, one node at a time.

    A place may have a hundred thousand claims: those of one family are held at a time, and those that state its area.
    """
    if next(iter(group)).startswith(reconcile.NAME.encode()):
        yield from _namesakes(processor, group, counts)
        return
    held = None if group.is_large else list(map(Recorded.of, group))
    measured = [one.record for one in held or map(Recorded.of, group) if one.record.stated("area")]
    area = reconcile.contested_area(measured)
    areas = Reconciled((), (area,) if area else ())
    area_lines = rdf.event_graph(areas, processor.iris).splitlines()
    counts["contested"] += len(area_lines)
    for line in area_lines:
        yield _Node([line], [])
    findings = _contested(areas, {record.claim: record for record in measured}, processor, counts)
    del measured
    yield from findings
    for _, family in groupby(held or map(Recorded.of, group), key=lambda one: one.record.family):
        yield from _events(list(family), area_lines, processor, counts)


def _namesakes(processor: Processor, group: Bundle, counts: Counter[str]) -> Iterator[_Node]:
    """The findings on a name that several documents use and no gazetteer knows; no event comes of it."""
    for _, family in groupby((Recorded.of(line).record for line in group), key=lambda record: record.family):
        records = {record.claim: record for record in family}
        found = Reconciled(tuple(reconcile.family_events(list(records.values()), area_is_contested=False)))
        findings = check.same_name(found, records, processor.gazetteer)
        counts.update(findings=len(findings))
        yield from (_finding(finding, processor) for finding in findings)


def _events(
    recorded: Sequence[Recorded], area_lines: list[bytes], processor: Processor, counts: Counter[str]
) -> Iterator[_Node]:
    """The events of a place and family, with what is contested of each."""
    records = {one.record.claim: one.record for one in recorded}
    shaped = {one.record.claim: one.shaped for one in recorded}
    for event in reconcile.family_events(list(records.values()), area_is_contested=bool(area_lines)):
        found = Reconciled((event,))
        counts.update(events=1, contested=bool(event.contested))
        seen = (line for claim in event.claims for line in _seen(claim, shaped[claim], processor))
        yield _Node(rdf.event_graph(found, processor.iris).splitlines(), [*area_lines, *seen])
        yield from _contested(found, records, processor, counts)


def _contested(
    found: Reconciled, records: Mapping[str, ClaimRecord], processor: Processor, counts: Counter[str]
) -> Iterator[_Node]:
    """The findings, for which the records need not be held."""
    findings = check.contested(found, records, processor.gazetteer)
    counts.update(findings=len(findings))
    return (_finding(finding, processor) for finding in findings)


def _finding(finding: check.Finding, processor: Processor) -> _Node:
    return _Node(rdf.finding_graph([finding], processor.iris).splitlines(), [])


def _seen(claim: str, shaped: str, processor: Processor) -> Iterator[bytes]:
    """What the shapes of events look at in a claim."""
    subject = str(processor.iris.claim(claim)).encode()
    for number, _, value in (line.partition(" ") for line in shaped.split("\n") if line):
        yield b"%b %b %b ." % (subject, processor.seen[int(number)], value.encode())


def _conforming(nodes: Iterable[_Node], processor: Processor, counts: Counter[str]) -> Across:
    """What is left of the nodes without those that do not conform, some hundred being looked at together."""
    results: list[Result] = []
    graph = Bundle.of(
        b"\n".join([*kept, b""])
        for some in _batches(nodes, lambda node: 1 + (len(node.lines) + len(node.seen)) // _LINES)
        for kept in _kept(some, processor, results)
    )
    return Across(graph, tuple(results), counts)


def _kept(nodes: Sequence[_Node], processor: Processor, results: list[Result]) -> Iterator[list[bytes]]:
    """The lines of each node without those of what does not conform, whose results are added."""
    refused = _refused(nodes, processor) if processor.shapes else {}
    for node in nodes:
        subjects = set(map(_subject, node.lines)) & refused.keys()
        results += [result for subject in sorted(subjects) for result in refused.pop(subject, ())]
        kept = [line for line in node.lines if not {_subject(line), line.split(b" ", 2)[2][:-2]} & subjects]
        if kept:
            yield kept


def _refused(nodes: Iterable[_Node], processor: Processor) -> dict[bytes, list[Result]]:
    """The results of what does not conform, by the node that they are about."""
    results: dict[bytes, list[Result]] = defaultdict(list)
    graph = b"\n".join([line for node in nodes for line in (*node.lines, *node.seen)])
    for result in validate(graph, processor.of_events, engine=processor.engine).results:
        results[result.focus.encode()].append(result)
    return results


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
    place, _, claim = line.split(b"\t", 3)[:3]
    return place or claim


def _subject(line: bytes) -> bytes:
    return line.split(b" ", 1)[0]
