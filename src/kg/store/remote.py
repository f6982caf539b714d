"""Loading over HTTP: the store is read, compared with the dataset, and given the difference.

    read back the graph -> compare by value -> nothing differs: it was verified, done
                                            -> one request, where the store makes it one transaction
                                            -> else: what is new into a graph beside it, in batches; read that back;
                                               then add it to the graph and take away what is old
    read back the graph -> compare by value -> what differs now is a loss, and an error

Every step may be repeated, so a load that broke off anywhere is finished by running it again: what is staged
already is not sent twice. Only triples with a subject below the dataset's base are compared, and removed where the
dataset no longer has them: all else in the graph is somebody else's.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.dataset import ANNOTATIONS, Dataset, opened
from kg.errors import InputError, StoreError, UsageError
from kg.rdf.values import canonical, kind
from kg.runtime.spool import Spool, compared, records, spool
from kg.store.client import Body, Client, batches
from kg.vocabulary import GEO

Advance = Callable[[int], None]

_SHOWN: Final = 3  # lost triples in a message
_PIECE: Final = 2_000  # lines of a stream at a time
_ROUNDS: Final = 3  # of sending what did not arrive, before it counts as lost


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. ``added`` and ``removed`` are 0 where the store had the data already."""

    triples: int = 0
    added: int = 0
    removed: int = 0
    rewritten: Counter[str] = field(default_factory=Counter)  # literals kept in another form, by datatype

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(
            self.triples + other.triples,
            self.added + other.added,
            self.removed + other.removed,
            self.rewritten + other.rewritten,
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """What one graph needs to hold a part of the dataset; the files hold plain lines."""

    add: Path
    remove: Path
    to_add: int
    to_remove: int
    equal: int
    rewritten: Counter[str]

    def __bool__(self) -> bool:
        return bool(self.to_add or self.to_remove)


def load(data: Dataset, client: Client, *, graph: str | None = None, advance: Advance = lambda count: None) -> Loaded:
    """Make the graph (None: the default graph) hold the dataset, and `{base}annotations` its annotations.

    ``advance`` is told the number of triples that were sent. Raises StoreError where the store cannot be reached,
    refuses, or does not keep what it was given; then the graph holds the old data, or, with a store that has no
    transactions, at least all of it.
    """
    if data.is_store:
        raise InputError("is a store already", where=str(data.folder), hint="name the folder that kg build wrote")
    if graph is None and not _has_default_graph(client, data.base):
        graph = f"{data.base}dataset"
    annotations = data.base + ANNOTATIONS
    if graph is not None:
        _refuse_unfit(graph, annotations)
    with spool() as place:
        ours = place.sorted(_lines(data, "dataset"), key=canonical)
        # A span may be evidence and mention: a union of both graphs would answer twice.
        beside = place.written(_without(place.sorted(_lines(data, "annotations"), key=canonical), ours))
        done = _Part(client, place, annotations, data.base, advance).load(beside)
        return done + _Part(client, place, graph, data.base, advance).load(ours)


def _has_default_graph(client: Client, base: str) -> bool:
    """Whether there is a default graph apart from the union of all: of a store that is not known, by trying."""
    if client.profile.default_graph is not None:
        return client.profile.default_graph
    probe = f"{base}loading/probe"
    client.update(f"INSERT DATA {{ GRAPH <{probe}> {{ <{probe}> <{probe}> <{probe}> }} }}")
    try:
        return not client.select(f"SELECT ?o WHERE {{ <{probe}> <{probe}> ?o }}")
    finally:
        client.update(client.profile.dropped.format(probe))


def _refuse_unfit(graph: str, annotations: str) -> None:
    import pyoxigraph as ox

    try:
        ox.NamedNode(graph)
    except ValueError as error:
        raise UsageError(f"--graph {graph}: {error}", hint="write an absolute IRI") from None
    if graph == annotations:
        raise UsageError(f"--graph {graph} is where the annotations go", hint="name another graph")


@dataclass(frozen=True, slots=True)
class _Part:
    """One graph on its way to hold one sorted file."""

    client: Client
    place: Spool
    graph: str | None
    base: str
    advance: Advance

    def load(self, ours: Path) -> Loaded:
        before = self._difference(ours)
        if before:
            self._apply(before)
            after = self._difference(ours)
            if after:
                raise self._lost(after)
        else:
            after = before
        self._clear()
        return Loaded(after.equal, before.to_add, before.to_remove, after.rewritten)

    def _difference(self, ours: Path) -> Difference:
        client = self.client
        theirs = client.tried(lambda: self.place.sorted(client.lines(self.graph, below=self.base), key=canonical))
        found = _difference(self.place, ours, theirs)
        theirs.unlink()
        return found

    def _apply(self, difference: Difference) -> None:
        profile = self.client.profile
        add, remove = _streamed(difference.add, self.advance), _streamed(difference.remove, self.advance)
        if profile.atomic and not difference.to_remove and difference.to_add <= profile.whole_insert:
            self.client.insert(self.graph, add)
        elif profile.atomic and difference.to_add + difference.to_remove <= profile.whole_update:
            self.client.change(
                self.graph,
                remove=remove if difference.to_remove else None,
                add=add if difference.to_add else None,
            )
        else:
            self._staged(difference)

    def _staged(self, difference: Difference) -> None:
        new, old = self._stages
        self._stage(new, difference.add)
        self._stage(old, difference.remove)
        is_large = difference.to_add + difference.to_remove > self.client.profile.whole_update
        self._swap(new, old, self.client.profile.large if is_large else "")

    @property
    def _stages(self) -> tuple[str, str]:
        """Graphs for what comes and what goes, the same for every load into this graph."""
        mark = hashlib.sha256((self.graph or "").encode()).hexdigest()[:8]
        return f"{self.base}loading/{mark}-new", f"{self.base}loading/{mark}-old"

    def _stage(self, graph: str, lines: Path) -> None:
        """Fill a graph with these lines; what it has of them already is not sent again."""
        wanted = self.place.sorted(_plain(lines), key=canonical)
        for _ in range(_ROUNDS):
            missing = _Part(self.client, self.place, graph, self.base, self.advance)._difference(wanted)
            if missing.to_remove:  # of another load, that was given up
                self._drop(graph)
            elif not missing:
                return
            else:
                for batch in batches(_plain(missing.add), self.client.profile.batch):
                    self.client.insert(graph, batch)
                    self.advance(batch.count(b"\n"))
        missing = _Part(self.client, self.place, graph, self.base, self.advance)._difference(wanted)
        if missing:
            self._drop(graph)
            raise self._lost(missing)

    def _swap(self, new: str, old: str, begin: str) -> None:
        """What comes is added before what goes is removed: should one fail, no data is missing."""
        target = f"GRAPH <{self.graph}> {{ ?s ?p ?o }}" if self.graph else "?s ?p ?o"
        add = f"INSERT {{ {target} }} WHERE {{ GRAPH <{new}> {{ ?s ?p ?o }} }}"
        remove = f"DELETE {{ {target} }} WHERE {{ GRAPH <{old}> {{ ?s ?p ?o }} }}"
        if self.client.profile.atomic:
            self.client.update(f"{remove};\n{add}")
        else:
            # Virtuoso finds no point by its value: it is removed by what it is the point of.
            points = target.replace("?p", str(GEO.asWKT))
            gone = f"GRAPH <{old}> {{ ?s {GEO.asWKT} ?point }} {points}"
            self.client.update(f"{begin}DELETE {{ {points} }} WHERE {{ {gone} }}")
            self.client.update(begin + add)
            self.client.update(begin + remove)

    def _clear(self) -> None:
        for stage in self._stages:
            if self.client.count(stage, below=self.base):
                self._drop(stage)

    def _drop(self, graph: str) -> None:
        self.client.update(self.client.profile.dropped.format(graph))

    def _lost(self, difference: Difference) -> StoreError:
        """What a store changed that is not just another form of the same value."""
        lines = [
            f"{sign} {line.decode(errors='replace')[:300]}"
            for sign, path in (("-", difference.add), ("+", difference.remove))
            for line, _ in zip(_plain(path), range(_SHOWN), strict=False)
        ]
        what = f"did not keep {difference.to_add} triples, and has {difference.to_remove} others in their place"
        return StoreError(
            what + "".join(f"\n  {line}" for line in lines),
            where=self.client.url,
            hint="the graph was left as it was, or with more; see docs/stores.md for what each store cuts",
        )


def _difference(place: Spool, ours: Path, theirs: Path) -> Difference:
    add, remove = place.new(), place.new()
    counts: Counter[str] = Counter()
    rewritten: Counter[str] = Counter()
    with add.open("wb") as adding, remove.open("wb") as removing:
        for mine, its in compared(ours, theirs):
            if its is None:
                counts["add"] += 1
                adding.write((mine or b"") + b"\n")
            elif mine is None:
                counts["remove"] += 1
                removing.write(its + b"\n")
            else:
                counts["equal"] += 1
                if mine != its:
                    rewritten[kind(mine)] += 1
    return Difference(add, remove, counts["add"], counts["remove"], counts["equal"], rewritten)


def _lines(data: Dataset, part: str) -> Iterator[bytes]:
    files = data.files(part)
    if part == "dataset" and not files:
        raise InputError("the dataset's N-Triples are missing", where=str(data.folder), hint="build it again")
    for path in files:
        with opened(path) as file:
            yield from (line.rstrip(b"\n") for line in file)


def _without(ours: Path, others: Path) -> Iterator[bytes]:
    """The records of a file that the other does not have."""
    others_records = records(others)
    other = next(others_records, None)
    for record in records(ours):
        while other is not None and other < record:
            other = next(others_records, None)
        if record != other:
            yield record


def _plain(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from (line.rstrip(b"\n") for line in file)


def _streamed(path: Path, advance: Advance) -> Body:
    """The file as a body that tells how far it is, begun anew for each attempt."""

    def stream() -> Iterator[bytes]:
        for batch in batches(_plain(path), _PIECE):
            yield batch
            advance(batch.count(b"\n"))

    return stream
