"""The pages as files, for any static host: the same templates, the same addresses, no server."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from importlib.resources import files as resources
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from kg import formats
from kg.dataset import Dataset
from kg.errors import InputError
from kg.formats import Format
from kg.runtime.folder import MANIFEST, replaced
from kg.runtime.sort import Sorted
from kg.runtime.workers import Workers
from kg.web.bodies import Assets
from kg.web.pages.overviews.asked import FIRST_QUERY
from kg.web.pages.page import Page
from kg.web.pages.render import Renderer
from kg.web.pages.site import Site
from kg.web.pages.table import MOST_ROWS
from kg.web.search.asking import Index
from kg.web.search.shards import Deck, decks, packed, shards
from kg.web.snapshot import Snapshot
from kg.web.texts import TEXTS, ontology

FORMATS: Final = formats.BESIDE
_PAGE: Final = ".html"
_A_BATCH: Final = 20  # pages or things that a process is given at once


def write(
    dataset: Dataset,
    folder: Path,
    *,
    previous: Dataset | None = None,
    jobs: int = 1,
    beside: Sequence[Format] = FORMATS,
    advance: Callable[[int], object] = lambda count: None,
    told: Callable[[str], object] = lambda words: None,
) -> int:
    """Write the site of a dataset into a folder, replaced as a whole; gives the number of pages.

    Each thing has ``{path}.html`` and, ``beside`` it, what the dataset says of it in each of these formats; hosts that
    leave ``.html`` out of addresses answer at the things' own IRIs. What one document alone tells of, its claims first,
    stands on one page, ``claims/{document}.html``, with one file of triples: at its IRI the host's page for what is not
    there, ``404.html``, leads to it, as it leads from a piece of evidence to the text. The dataset's files come along.
    With a ``previous`` state there is a page and a feed of what changed since. The same bytes with any number of
    processes, ``jobs``.
    Raises InputError for a store: a site needs the files.
    """
    if dataset.is_store:
        raise InputError("is a store", where=str(dataset.folder), hint="name the folder that kg build wrote")
    site = Site(Snapshot(dataset, told), previous=previous, rows_shown=MOST_ROWS, apart=False)
    with replaced(folder) as new, TemporaryDirectory(prefix="kg-site-") as aside, closing(site.search):
        made = _Made(site, Renderer(site.published, site.homes, static=True, formats=beside), _Files(new))
        written = _Written(Path(aside))
        _copy(dataset, made.files)
        site.search.begin()  # by a process of its own, beside the first pages
        made.fixed()  # what these need is held, and the processes share it
        written.add(made.files.taken())
        with Workers(jobs, made) as workers:
            for entries in workers.map(_write, _batches(_tasks(site))):
                advance(written.add(entries))
        written.write_manifest(new, dataset)
    return written.pages


class _Made:
    """What is written of a site, and where."""

    def __init__(self, site: Site, renderer: Renderer, files: "_Files") -> None:
        self.site, self.renderer, self.files = site, renderer, files

    def fixed(self) -> None:
        """The pages and texts of the dataset as a whole, and the index of the words but for the claims' cards."""
        site = self.site
        for path in site.fixed:
            self.page(path)
        self._put(site.questions.answered("query", FIRST_QUERY, None))
        self._put(site.searching.static())
        self._put(Page("404", "error.html", "Not found", {"wanted": "this address"}, status=404))
        for name, make in TEXTS.items():
            if text := make(site)[1]:
                self.files.put(name, text.encode())
        self.files.put("ontology.ttl", ontology())
        if index := _searched(site):
            for path, content in shards(index):
                self.files.put(path, content)
            for deck in decks(index):
                if deck.kind != "claims":
                    self.cards(deck)

    def page(self, path: str) -> None:
        if page := self.site.page(path):
            self._put(page)

    def triples(self, path: str) -> None:
        """What the dataset says of a thing, in each format."""
        snapshot = self.site.snapshot
        triples = self.site.triples(path)
        for format in self.renderer.formats:
            self.files.put(f"{path}.{format.extension}", snapshot.written(triples, format))

    def cards(self, deck: Deck) -> None:
        """The cards of some hits, in one file."""
        page = self.site.searching.cards(deck.kind, deck.paths)
        cards = self.renderer.html(page).split("<!-- card -->")[: len(deck.paths)]
        self.files.put(*packed(deck.name, [" ".join(card.split()) for card in cards]))

    def _put(self, page: Page) -> None:
        self.files.put(f"{page.path or 'index'}{_PAGE}", self.renderer.html(page).encode())


_Task = tuple[Callable[[_Made, Any], None], Any]


def _tasks(site: Site) -> Iterator[_Task]:
    """All that processes write, what takes longest first."""
    yield from ((_Made.page, path) for path in site.paths() if path not in site.fixed)
    if index := _searched(site):
        yield from ((_Made.cards, deck) for deck in decks(index) if deck.kind == "claims")
    for path in _described(site):
        yield _Made.triples, path


def _write(made: _Made, tasks: Sequence[_Task]) -> list[dict[str, "_Entry"]]:
    """Do some tasks; the files that came of them."""
    for do, given in tasks:
        do(made, given)
    return [made.files.taken()]


def _batches(tasks: Iterator[_Task]) -> Iterator[list[_Task]]:
    while batch := list(islice(tasks, _A_BATCH)):
        yield batch


def _searched(site: Site) -> Index | None:
    """The index of the words; None where this Python's SQLite cannot make it."""
    index = site.search.index(None)
    return index if index and index.searched else None


_Entry = dict[str, int | str]


class _Files:
    """A folder that is filled, with the size and checksum of each file."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.entries: dict[str, _Entry] = {}
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

    def taken(self) -> dict[str, _Entry]:
        """What was written since this was asked last."""
        entries, self.entries = self.entries, {}
        return entries


class _Written:
    """The sizes and checksums of all files, on disk: a large site has a million."""

    def __init__(self, folder: Path) -> None:
        self.lines, self.pages = Sorted(folder), 0

    def add(self, entries: "dict[str, _Entry]") -> int:
        """Keep these; gives how many are pages."""
        lines = (f"{json.dumps(path, ensure_ascii=False)}: {json.dumps(one)}\n" for path, one in entries.items())
        self.lines.add("".join(lines).encode())
        pages = sum(path.endswith(_PAGE) for path in entries)
        self.pages += pages
        return pages

    def write_manifest(self, folder: Path, dataset: Dataset) -> None:
        """The dataset's manifest, with the files of the site: by it the folder is known as one that may be replaced."""
        stated = {**dataset.manifest, "files": {}}
        begin, mark, end = json.dumps(stated, ensure_ascii=False, indent=1, sort_keys=True).partition('"files": {')
        with (folder / MANIFEST).open("wb") as file:
            file.write(f"{begin}{mark}".encode())
            for number, line in enumerate(self.lines):
                file.write((b",\n  " if number else b"\n  ") + line)
            file.write(f"\n {end}\n".encode())


def _described(site: Site) -> Iterator[str]:
    """What has triples beside its page."""
    yield from filter(site.homes.own, site.described)
    yield from site.claims_pages
    yield from sorted(filter(site.homes.own, site.snapshot.catalogue_paths - {*site.described, "dataset"}))


def _copy(dataset: Dataset, new: _Files) -> None:
    """The files of the dataset, and what the pages load."""
    for path in dataset.manifest["files"]:
        new.put(path, (dataset.folder / path).read_bytes())
    for path, file in Assets(resources("kg.web") / "static").files.items():
        new.put(f"static/{path}", file.read_bytes())
