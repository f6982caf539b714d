"""Oxigraph in a folder, read by ``kg query --data FOLDER`` and by any program that embeds Oxigraph."""

import shutil
from pathlib import Path

import pyoxigraph as ox

from kg.dataset import ANNOTATIONS, STORE_MARK, Dataset, opened
from kg.errors import InputError, StoreError


def load(data: Dataset, folder: Path) -> int:
    """Put the dataset into the default graph of a store, its annotations into a graph of their own.

    The store is filled beside the folder and then takes its place: a reader finds the old data or
    the new, and a failure leaves the old. Gives the number of triples of the dataset. Raises
    StoreError where the folder holds something else or cannot be written, InputError for a dataset
    that is a store already.
    """
    if data.is_store:
        raise InputError("is a store already", where=str(data.folder), hint="name the folder that kg build wrote")
    if folder.exists() and any(folder.iterdir()) and not (folder / STORE_MARK).is_file():
        raise StoreError("the folder holds something other than a store", where=str(folder), hint="name another folder")
    new = folder.with_name(f".kg-new-{folder.name}")
    try:
        shutil.rmtree(new, ignore_errors=True)
        new.parent.mkdir(parents=True, exist_ok=True)
        count = _fill(new, data)
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
    except OSError as error:
        raise StoreError(f"cannot be written: {error}", where=str(folder), hint="check its permissions") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return count


def _fill(folder: Path, data: Dataset) -> int:
    store = ox.Store(str(folder))
    for path in data.files("dataset"):
        with opened(path) as lines:
            store.bulk_load(lines, format=ox.RdfFormat.N_TRIPLES)
    count = len(store)
    graph = ox.NamedNode(data.base + ANNOTATIONS)
    for path in data.files("annotations"):
        with opened(path) as lines:
            annotations = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
            # A span may be evidence and mention: what both graphs held, a union of them would answer twice.
            new = (quad for quad in annotations if quad not in store)
            store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in new)
    store.flush()
    return count
