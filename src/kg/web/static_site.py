"""The pages as files, for any static host: the same templates, the same addresses, no server."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from importlib.resources import files as resources
from pathlib import Path
from typing import Final

from kg import formats
from kg.dataset import Dataset
from kg.errors import InputError
from kg.runtime.folder import MANIFEST, replaced
from kg.web.app import FIRST_QUERY, TEXTS
from kg.web.bodies import Assets
from kg.web.pages.page import Page
from kg.web.pages.render import Renderer, span_address
from kg.web.pages.site import Site
from kg.web.pages.table import MOST_ROWS
from kg.web.search.shards import shards
from kg.web.snapshot import Snapshot
from kg.web.texts import ontology

FORMATS: Final = (formats.TURTLE, formats.JSON_LD, formats.N_TRIPLES)


def write(
    dataset: Dataset, folder: Path, *, previous: Dataset | None = None, advance: Callable[[], None] = lambda: None
) -> int:
    """Write the site of a dataset into a folder, replaced as a whole; gives the number of pages.

    Each thing has ``{path}.html`` and, beside it, what the dataset says of it as ``.ttl``, ``.jsonld`` and ``.nt``;
    hosts that leave ``.html`` out of addresses answer at the things' own IRIs. The dataset's files come along.
    With a ``previous`` state there is a page and a feed of what changed since.
    Raises InputError for a store: a site needs the files.
    """
    if dataset.is_store:
        raise InputError("is a store", where=str(dataset.folder), hint="name the folder that kg build wrote")
    snapshot = Snapshot(dataset)
    site = Site(snapshot, previous=previous, rows_shown=MOST_ROWS)
    renderer = Renderer(site.published, static=True)
    count = 0
    with replaced(folder) as new:
        files = _Files(new)
        _copy(dataset, files)
        for page in _pages(site):
            files.put(f"{page.path or 'index'}.html", renderer.html(page).encode())
            advance()
            count += 1
        for path in _described(site):
            triples = snapshot.triples(site.snapshot.base + path)
            for format in FORMATS:
                files.put(f"{path}.{format.extension}", snapshot.written(triples, format))
        for path, content in _search(site, renderer):
            files.put(path, content)
        for name, make in TEXTS.items():
            if text := make(site)[1]:
                files.put(name, text.encode())
        files.put("ontology.ttl", ontology())
        files.write_manifest(dataset)
    return count


class _Files:
    """A folder that is filled, with the size and checksum of each file."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.entries: dict[str, dict[str, object]] = {}
        self._made: set[str] = set()

    def put(self, path: str, content: bytes) -> None:
        place = os.path.join(self.folder, path)
        above = os.path.dirname(place)
        if above not in self._made:
            os.makedirs(above, exist_ok=True)
            self._made.add(above)
        with open(place, "wb") as file:
            file.write(content)
        self.entries[path] = {"bytes": len(content), "sha256": sha256(content).hexdigest()}

    def write_manifest(self, dataset: Dataset) -> None:
        """The dataset's manifest, with the files of the site: by it the folder is known as one that may be replaced."""
        text = json.dumps({**dataset.manifest, "files": self.entries}, ensure_ascii=False, indent=1, sort_keys=True)
        self.put(MANIFEST, (text + "\n").encode())


def _pages(site: Site) -> Iterator[Page]:
    for path in site.paths():
        if page := site.page(path):
            yield page
    yield site.answered("query", FIRST_QUERY, None)
    yield site.searching.static()
    yield Page("404", "error.html", "Not found", {"wanted": "this address"}, status=404)
    for path in _spans(site):
        target, place = span_address(path)
        yield Page(path, "moved.html", "Moved", {"target": f"{target}#{place}"}, iri=site.snapshot.base + path)


def _search(site: Site, renderer: Renderer) -> Iterator[tuple[str, bytes]]:
    """The index of the words; none where this Python's SQLite cannot make it."""
    index = site.search.index(None)
    assert index is not None
    if not index.searched:
        return iter(())

    def cards(kind: str, paths: Sequence[str]) -> list[str]:
        written = renderer.html(site.searching.cards(kind, paths)).split("<!-- card -->")
        return [" ".join(card.split()) for card in written[: len(paths)]]

    return shards(index, cards)


def _described(site: Site) -> list[str]:
    """Every thing that the dataset describes."""
    paths = {site.facts.path(node.value) for node in site.facts.graph.subjects()} | {
        site.facts.path(iri) for iri in site.catalogue_nodes
    }
    return sorted(paths - {"", "dataset"})  # dataset.ttl is the dataset itself; its description is catalog.ttl


def _spans(site: Site) -> list[str]:
    return [path for path in _described(site) if path.startswith("span/")]


def _copy(dataset: Dataset, new: _Files) -> None:
    """The files of the dataset, and what the pages load."""
    for path in dataset.manifest["files"]:
        new.put(path, (dataset.folder / path).read_bytes())
    for path, file in Assets(resources("kg.web") / "static").files.items():
        new.put(f"static/{path}", file.read_bytes())
