"""Loading over HTTP: the store is read, compared with the dataset, and given the difference.

    read back the graph -> compare by value -> nothing differs: it was verified, done
                                            -> one request, where the store makes it one transaction
                                            -> much, into a graph that has nothing yet, without transactions: in batches
                                            -> else: what is new into a graph beside it, in batches; read that back;
                                               then add it to the graph and take away what is old
    read back the graph -> compare by value -> what differs now is a loss, and an error

Every step may be repeated, so a load that broke off anywhere is finished by running it again: what is staged
already is not sent twice. Only triples with a subject below the dataset's base are compared, and removed where the
dataset no longer has them: all else in the graph is somebody else's.
"""

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final

from kg.dataset import ANNOTATIONS, Dataset, opened
from kg.errors import InputError, StoreError, UsageError
from kg.runtime.spool import Spool, records, spool
from kg.store.body import Body, batches
from kg.store.client import Client, side_by_side
from kg.store.side import Difference, Side, difference, pieces, side
from kg.vocabulary import GEO

Advance = Callable[[int], None]

_SHOWN: Final = 3  # lost triples in a message
_PIECE: Final = 256 << 10  # bytes of a stream at a time
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
        ours = _written(place, data, "dataset")
        # A span may be evidence and mention: a union of both graphs would answer twice.
        beside = place.written(_without(_written(place, data, "annotations"), ours))
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

    def load(self, lines: Path) -> Loaded:
        ours = side(self.place, pieces(lines))
        before = self._difference(ours)
        if before:
            is_first = before.to_add == ours.count
            self._apply(before, is_first=is_first and not before.to_remove)
            after = self._difference(ours)
            if after:
                if is_first and not self.client.profile.atomic:
                    self._empty()
                raise self._lost(after)
        else:
            after = before
        self._clear()
        return Loaded(after.equal, before.to_add, before.to_remove, after.rewritten)

    def _difference(self, ours: Side) -> Difference:
        return difference(self.place, ours, self.client.tried(lambda: self._theirs(ours)))

    def _theirs(self, ours: Side) -> Side:
        client, profile = self.client, self.client.profile
        if profile.page and ours.count and client.holds(self.graph, ours.count):
            theirs = side(self.place, client.lines(self.graph, below=self.base, alone=True))
            if theirs.count == ours.count:  # so these are all that it has
                return theirs
        return side(self.place, client.lines(self.graph, below=self.base))

    def _apply(self, difference: Difference, *, is_first: bool) -> None:
        profile = self.client.profile
        add, remove = _streamed(difference.add, self.advance), _streamed(difference.remove, self.advance)
        is_large = difference.to_add + difference.to_remove > profile.whole_update
        if profile.atomic and not difference.to_remove and difference.to_add <= profile.whole_insert:
            self.client.insert(self.graph, add, bulk=is_first)
        elif profile.atomic and not is_large:
            self.client.change(
                self.graph,
                remove=remove if difference.to_remove else None,
                add=add if difference.to_add else None,
            )
        elif is_first and is_large and not profile.atomic:
            self._send(self.graph, difference.add)  # no old value can be seen beside these
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
        wanted = side(self.place, pieces(lines))
        for _ in range(_ROUNDS):
            missing = _Part(self.client, self.place, graph, self.base, self.advance)._difference(wanted)
            if missing.to_remove:  # of another load, that was given up
                self._drop(graph)
            elif not missing:
                return
            else:
                self._send(graph, missing.add)
        missing = _Part(self.client, self.place, graph, self.base, self.advance)._difference(wanted)
        if missing:
            self._drop(graph)
            raise self._lost(missing)

    def _send(self, graph: str | None, lines: Path) -> None:
        def send(batch: bytes) -> int:
            self.client.insert(graph, batch)
            return batch.count(b"\n")

        works = (partial(send, batch) for batch in batches(_plain(lines), self.client.profile.batch))
        for count in side_by_side(works, self.client.profile.together):
            self.advance(count)

    def _empty(self) -> None:
        """Take back what was put into a graph that had nothing of this dataset."""
        everything = f"GRAPH <{self.graph}> {{ ?s ?p ?o }}" if self.graph else "?s ?p ?o"
        ours = f'{everything} FILTER(STRSTARTS(STR(?s), "{self.base}"))'
        self.client.update(f"{self.client.profile.large}DELETE {{ {everything} }} WHERE {{ {ours} }}")

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
            where=self.client.where,
            hint="the graph was left as it was, or with more; see docs/stores.md for what each store cuts",
        )


def _written(place: Spool, data: Dataset, part: str) -> Path:
    """The lines of a part in one file, in their order."""
    files = data.files(part)
    if part == "dataset" and not files:
        raise InputError("the dataset's N-Triples are missing", where=str(data.folder), hint="build it again")
    path = place.new()
    with path.open("wb") as whole:
        for each in files:
            with opened(each) as file:
                shutil.copyfileobj(file, whole, _PIECE)
    return path if _is_in_order(path) else place.sorted(_plain(path), key=bytes)


def _is_in_order(path: Path) -> bool:
    return all(one < other for one, other in pairwise(records(path)))


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
        with path.open("rb") as file:
            for piece in iter(partial(file.read, _PIECE), b""):
                yield piece
                advance(piece.count(b"\n"))

    return stream
