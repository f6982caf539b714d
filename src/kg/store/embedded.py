"""Oxigraph in a folder, read by ``kg query --data FOLDER`` and by any program that embeds Oxigraph."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.dataset import ANNOTATIONS, STORE_MARK, Dataset, opened
from kg.dataset.description import DESCRIPTION, described
from kg.errors import InputError, StoreError
from kg.runtime.folder import replaced
from kg.runtime.spool import spool
from kg.store.side import difference, side

_TOGETHER: Final = 10_000  # triples that are written at a time
_AT_ONCE: Final = 250_000  # annotations that are loaded at a time
# The files of a store, as RocksDB names them.
_ROCKSDB: Final = re.compile(r"CURRENT|IDENTITY|LOCK|LOG(?:\.old\.\d+)?|(?:MANIFEST|OPTIONS)-\d+|\d+\.(?:sst|log|blob)")


def load(
    data: Dataset, folder: Path, *, compared: bool = True, advance: Callable[[int], object] = lambda count: None
) -> int:
    """Put the dataset into the default graph of a store, its annotations and its description into graphs of their own.

    The store is filled beside the folder and then takes its place: a reader finds the old data or
    the new, and a failure leaves the old. Before that it is read back and compared by value, unless it is one to be
    made again at any time, with ``compared=False``. Gives the number of triples of the dataset; ``advance`` is told
    how many more are in the store. Raises StoreError where the folder holds something else
    or does not keep what it was given; InputError for a dataset that is a store already, and for a folder
    that cannot be written or that another load is writing.
    """
    if data.is_store:
        raise InputError("is a store already", where=str(data.folder), hint="name the folder that kg build wrote")
    try:
        with replaced(folder, refuse=_refuse_other) as new:
            count = _fill(new, data, advance, compared=compared)
    except OSError as error:
        raise StoreError(f"cannot be written: {error}", where=str(folder), hint="check its permissions") from error
    return count


def _refuse_other(folder: Path) -> None:
    """Raises StoreError for a folder of something else: it would be gone."""
    if not folder.exists():
        return
    held = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else [folder.name]
    foreign = [name for name in held if STORE_MARK not in held or not _ROCKSDB.fullmatch(name)]
    if foreign:
        what = f"the folder holds something other than a store: {foreign[0]}"
        raise StoreError(what, where=str(folder), hint="name another folder")


def _fill(folder: Path, data: Dataset, advance: Callable[[int], object], *, compared: bool) -> int:
    store, count = ox.Store(str(folder)), 0
    for path in data.files("dataset"):
        with opened(path) as lines:
            store.bulk_load(lines, format=ox.RdfFormat.N_TRIPLES)
        advance(len(store) - count)
        count = len(store)
    if compared:
        _verify(store, data)
    graph = ox.NamedNode(data.base + ANNOTATIONS)
    annotations = _apart(_lines(data, "annotations"), _lines(data, "dataset"))
    while some := b"".join(islice(annotations, _AT_ONCE)):
        store.bulk_load(some, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
        advance(some.count(b"\n"))
    about = ox.NamedNode(data.base + DESCRIPTION)
    store.bulk_extend(ox.Quad(triple.subject, triple.predicate, triple.object, about) for triple in described(data))
    store.flush()
    return count


def _lines(data: Dataset, name: str) -> Iterator[bytes]:
    """The lines of N-Triples of a part of a dataset, sorted as they are published."""
    for path in data.files(name):
        with opened(path) as file:
            yield from file


def _apart(lines: Iterator[bytes], others: Iterator[bytes]) -> Iterator[bytes]:
    """The lines that are not among the others, both sorted.

    A span may be evidence and mention: what both graphs held, a union of them would answer twice.

    >>> list(_apart(iter([b"a", b"b", b"c"]), iter([b"b", b"d"])))
    [b'a', b'c']
    """
    other = next(others, b"")
    for line in lines:
        while other and other < line:
            other = next(others, b"")
        if line != other:
            yield line


def _verify(store: ox.Store, data: Dataset) -> None:
    """Raises StoreError where the default graph has not the values of the dataset."""
    with spool() as place:
        ours = side(place, _read(data))
        kept = (quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
        found = difference(place, ours, side(place, _written(kept)))
    if found:
        what = f"did not keep {found.to_add + found.to_remove} triples as they were"
        raise StoreError(what, where=str(data.folder), hint="report it")


def _read(data: Dataset) -> Iterator[list[bytes]]:
    for path in data.files("dataset"):
        with opened(path) as file:
            while lines := list(islice(file, _TOGETHER)):
                yield b"".join(lines).rstrip(b"\n").split(b"\n")


def _written(triples: Iterator[ox.Triple]) -> Iterator[list[bytes]]:
    """Triples as lines of N-Triples, some thousands at a time."""
    while some := list(islice(triples, _TOGETHER)):
        yield (ox.serialize(some, format=ox.RdfFormat.N_TRIPLES) or b"").rstrip(b"\n").split(b"\n")
