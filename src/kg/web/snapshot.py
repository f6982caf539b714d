"""One state of a dataset, opened for a server: its store, its digest, and what it says of each IRI."""

import hashlib
import mmap
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final, cast

import pyoxigraph as ox

from kg import formats
from kg.dataset import ANNOTATIONS, Dataset
from kg.dataset.description import DESCRIPTION
from kg.formats import Format
from kg.vocabulary import GEO, PROV
from kg.web.stores import Kept
from kg.write import jsonld, ntriples, turtle

IN_MEMORY: Final = 4 * 2**20  # bytes of N-Triples up to which they are read at each start
MOST_LINKS: Final = 1000  # triples that have an IRI for their object, in a description of it


class Snapshot:
    """A dataset as it was when it was opened. Files that are replaced later do not change it.

    A large dataset is put into an Oxigraph store once (`kg.web.stores`); a small one is held in memory.
    ``told`` is given a line for each thing that takes long.
    """

    _kept: Kept | None = None

    def __init__(self, dataset: Dataset, told: Callable[[str], object] = lambda words: None) -> None:
        self.folder, self.base, self.told = dataset.folder, dataset.base, told
        self._claims = dataset.base + "claim/"
        self.annotations = dataset.base + ANNOTATIONS  # the graph that holds them
        self.digest = _digest(dataset)
        self.settings = self._settings(dataset)
        self.store = self._opened()
        # The pages and the named queries read the same store.
        self.dataset = Dataset(dataset.folder, base=dataset.base, store=self.store)
        held = (one.value for one in self.store.named_graphs() if isinstance(one, ox.NamedNode))
        added = [dataset.base + DESCRIPTION] if "described" in self.settings else []
        self.graphs = tuple(sorted({*held, *added}))

    def close(self) -> None:
        """Nobody asks any more: let its store be evicted."""
        if self._kept:
            self._kept.close()

    @cached_property
    def lines(self) -> "SortedLines | None":
        """The dataset's own N-Triples, where they are one plain file; a store rewrites some literals."""
        path = self.dataset.folder / "dataset.nt"
        return SortedLines(path) if path.is_file() else None

    @cached_property
    def annotation_lines(self) -> "SortedLines | None":
        path = self.dataset.folder / "annotations.nt"
        return SortedLines(path) if path.is_file() else None

    @cached_property
    def catalog(self) -> tuple[ox.Triple, ...]:
        """What the dataset says of itself as a whole (DCAT, VoID); empty for a store."""
        path = self.dataset.folder / "catalog.ttl"
        return tuple(formats.read(path)) if path.is_file() else ()

    def triples(self, iri: str) -> list[ox.Triple]:
        """What is said of an IRI: every triple that it is the subject of, and those that link to it.

        A claim is described with its evidence, a place with its geometry; a span that is no evidence by the
        annotations, the dataset and its files by the catalogue.
        """
        node = ox.NamedNode(iri)
        own = [*self._own(node)]
        with_it = {PROV.wasDerivedFrom if iri.startswith(self._claims) else GEO.hasGeometry}
        others = {one.object for one in own if one.predicate in with_it}
        parts = [triple for other in sorted(others, key=str) for triple in self._own(cast(ox.NamedNode, other))]
        found = [*own, *parts, *self._links(node)]
        return found or [*self._annotated(node)] or self.catalogued(iri)

    def catalogued(self, iri: str) -> list[ox.Triple]:
        """The triples of the catalogue of which an IRI is the subject or the object."""
        return self._catalogued.get(iri, [])

    @cached_property
    def _catalogued(self) -> dict[str, list[ox.Triple]]:
        found: dict[str, list[ox.Triple]] = {}
        for triple in self.catalog:
            for iri in {one.value for one in (triple.subject, triple.object) if isinstance(one, ox.NamedNode)}:
                found.setdefault(iri, []).append(triple)
        return found

    @cached_property
    def catalogue_paths(self) -> frozenset[str]:
        """Where below the base what the catalogue describes is."""
        subjects = {one.subject.value for one in self.catalog if isinstance(one.subject, ox.NamedNode)}
        return frozenset(iri.removeprefix(self.base) for iri in subjects if iri.startswith(self.base)) - {""}

    def written(self, triples: Iterable[ox.Triple], format: Format) -> bytes:
        """Triples in a format; in those that kg writes itself, as it writes them."""
        graph = list(triples)
        if format is formats.TURTLE:
            return turtle(graph, prefixes=self.dataset.prefixes, base=self.base)
        if format is formats.JSON_LD:
            return jsonld(graph, base=self.base)
        if format is formats.N_TRIPLES:
            return ntriples(graph)
        data = ox.serialize(sorted(graph, key=str), format=format.syntax, prefixes=self.dataset.prefixes)
        assert data is not None  # serialize gives bytes where it is given no file
        return data

    def _own(self, node: ox.NamedNode) -> Iterator[ox.Triple]:
        if self.lines:
            yield from self.lines.triples(node)
        else:
            yield from _triples(self.store.quads_for_pattern(node, None, None, ox.DefaultGraph()))

    def _links(self, node: ox.NamedNode) -> Iterator[ox.Triple]:
        found = _triples(self.store.quads_for_pattern(None, None, node, ox.DefaultGraph()))
        for _, triple in zip(range(MOST_LINKS), found, strict=False):
            if triple.subject != node:
                yield triple

    def _annotated(self, node: ox.NamedNode) -> Iterator[ox.Triple]:
        if self.annotation_lines:
            yield from self.annotation_lines.triples(node)
        else:
            yield from _triples(self.store.quads_for_pattern(node, None, None, ox.NamedNode(self.annotations)))

    def _settings(self, dataset: Dataset) -> dict[str, Any]:
        """Where the workers find the store."""
        if dataset.is_store:
            return {"store": str(dataset.folder)}
        files = {"": dataset.files("dataset"), self.annotations: dataset.files("annotations")}
        paths = [path for group in files.values() for path in group]
        plain = all(path.suffix == ".nt" for path in paths)
        if plain and sum(path.stat().st_size for path in paths) <= IN_MEMORY:
            found = [[str(path.resolve()), graph] for graph, group in files.items() for path in group]
            return {"files": found, "described": str(dataset.folder.resolve())}
        self._kept = Kept("stores", self.digest, lambda folder: self._load(dataset, folder), _tried)
        return {"store": str(self._kept.folder)}

    def _load(self, dataset: Dataset, folder: Path) -> None:
        from kg.store import embedded

        held = 0

        def advance(count: int) -> None:
            nonlocal held
            held += count
            self.told(f"{held:,} triples are in the store")

        self.told("The triples are put into a store; this is done once for each state of the dataset")
        embedded.load(dataset, folder, compared=False, advance=advance)

    def _opened(self) -> ox.Store:
        from kg.web.sparql.worker import opened

        # The pages describe the dataset by themselves.
        return opened({name: value for name, value in self.settings.items() if name != "described"})


def _tried(store: Path) -> None:
    """Raises where a file of it is not there, or not as long as it was."""
    ox.Store.read_only(str(store))


class SortedLines:
    """A file of sorted N-Triples, searched where it lies: no index, no memory, whatever its size."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self.size = path.stat().st_size
            self.data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if self.size else b""

    def triples(self, subject: ox.NamedNode) -> Iterator[ox.Triple]:
        """The triples of a subject, in the order of the file."""
        begin = str(subject).encode() + b" "
        place, held = self._first(begin), bytearray()
        while self.data[place : place + len(begin)] == begin:
            end = self.data.find(b"\n", place) + 1 or self.size
            held += self.data[place:end]
            place = end
        for quad in ox.parse(bytes(held), format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple

    def _first(self, begin: bytes) -> int:
        """Where the first line stands that is not before ``begin``."""
        low, high = 0, self.size
        while low < high:
            middle = self.data.rfind(b"\n", low, (low + high) // 2) + 1 or low  # the line around the middle
            end = self.data.find(b"\n", middle) + 1 or self.size
            if self.data[middle : middle + len(begin)] < begin:
                low = end
            else:
                high = middle
        return low


def _triples(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    return (quad.triple for quad in quads)


def _digest(dataset: Dataset) -> str:
    """What changes when the dataset does: the hashes of its files, or the age of a store."""
    if dataset.is_store:
        stated = str([(path.name, path.stat().st_mtime_ns) for path in sorted(dataset.folder.iterdir())])
    else:
        stated = str(sorted((path, entry["sha256"]) for path, entry in dataset.manifest["files"].items()))
    return hashlib.sha256(stated.encode()).hexdigest()
