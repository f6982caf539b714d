"""The pages as files, for any static host: the same templates, the same addresses, no server."""

import json
import shutil
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from kg import formats
from kg.dataset import Dataset
from kg.errors import InputError
from kg.runtime.folder import MANIFEST, replaced
from kg.web.app import FIRST_QUERY, TEXTS
from kg.web.pages.page import Page
from kg.web.pages.render import Renderer, span_address
from kg.web.pages.site import Site
from kg.web.snapshot import Snapshot
from kg.write.manifest import measure_all

FORMATS: Final = (formats.TURTLE, formats.JSON_LD, formats.N_TRIPLES)
_IGNORED: Final = shutil.ignore_patterns("__pycache__")


def write(dataset: Dataset, folder: Path, *, advance: Callable[[], None] = lambda: None) -> int:
    """Write the site of a dataset into a folder, replaced as a whole; gives the number of pages.

    Each thing has ``{path}.html`` and, beside it, what the dataset says of it as ``.ttl``, ``.jsonld`` and ``.nt``;
    hosts that leave ``.html`` out of addresses answer at the things' own IRIs. The dataset's files come along.
    Raises InputError for a store: a site needs the files.
    """
    if dataset.is_store:
        raise InputError("is a store", where=str(dataset.folder), hint="name the folder that kg build wrote")
    snapshot = Snapshot(dataset)
    site = Site(snapshot)
    renderer = Renderer(site.published, static=True)
    count = 0
    with replaced(folder) as new:
        _copy(dataset, new)
        for page in _pages(site):
            _put(new, f"{page.path or 'index'}.html", renderer.html(page).encode())
            advance()
            count += 1
        for path in _described(site):
            for format in FORMATS:
                _put(
                    new,
                    f"{path}.{format.extension}",
                    snapshot.written(snapshot.triples(site.snapshot.base + path), format),
                )
        for name, make in TEXTS.items():
            _put(new, name, make(site)[1].encode())
        _put(new, "ontology.ttl", (files("kg") / "ontology.ttl").read_bytes())
        _write_manifest(dataset, new)
    return count


def _pages(site: Site) -> Iterator[Page]:
    for path in site.paths():
        if page := site.page(path):
            yield page
    yield site.answered("query", FIRST_QUERY, None)
    yield Page("404", "error.html", "Not found", {"wanted": "this address"}, status=404)
    for path in _spans(site):
        target, place = span_address(path)
        yield Page(path, "moved.html", "Moved", {"target": f"{target}#{place}"}, iri=site.snapshot.base + path)


def _described(site: Site) -> list[str]:
    """Every thing that the dataset describes."""
    paths = {site.facts.path(node.value) for node in site.facts.graph.subjects()} | {
        site.facts.path(iri) for iri in site.catalogue_nodes
    }
    return sorted(paths - {"", "dataset"})  # dataset.ttl is the dataset itself; its description is catalog.ttl


def _spans(site: Site) -> list[str]:
    return [path for path in _described(site) if path.startswith("span/")]


def _copy(dataset: Dataset, new: Path) -> None:
    """The files of the dataset, and what the pages load."""
    for path in dataset.manifest["files"]:
        _put(new, path, (dataset.folder / path).read_bytes())
    with as_file(files("kg.web") / "static") as static:
        shutil.copytree(static, new / "static", ignore=_IGNORED)


def _write_manifest(dataset: Dataset, new: Path) -> None:
    """The dataset's manifest, with the files of the site: by it the folder is known as one that may be replaced."""
    entries = {file.path: {"bytes": file.size, "sha256": file.sha256} for file in measure_all(new)}
    text = json.dumps({**dataset.manifest, "files": entries}, ensure_ascii=False, indent=1, sort_keys=True)
    (new / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def _put(folder: Path, path: str, content: bytes) -> None:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
