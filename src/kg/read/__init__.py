"""Files and corpora to sources: one stored text each, to which every offset refers.

    for source in read(["seeds"]):
        ...

`read` gives the sources themselves. `plan` gives work that may be read elsewhere: `read_item(item)` on any
process of this machine. A file that cannot be used is an `Unreadable`, in its place in the order.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from typing import cast

from kg.errors import InputError
from kg.model import Source
from kg.read import find
from kg.read.corpus import CORPORA, Taken, read_corpus
from kg.read.decode import codec
from kg.read.item import LIMIT, PACKED, STDIN, Item, read_item
from kg.read.outcome import Unreadable

__all__ = ["EXTENSIONS", "LIMIT", "Item", "Unreadable", "files", "plan", "read", "read_item"]

EXTENSIONS = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".jsonl": "application/x-ndjson",
    ".ndjson": "application/x-ndjson",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".parquet": "application/vnd.apache.parquet",
}
# How standard input is told apart, by its first bytes.
_SNIFFED = (
    (re.compile(rb"\s*(?:<!doctype\s+html|<html|<\?xml)", re.IGNORECASE), "text/html"),
    (re.compile(rb'\s*\{\s*"'), "application/x-ndjson"),
)


def read(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    encoding: str | None = None,
    limit: int = LIMIT,
    follow_links: bool = False,
) -> Iterator[Source | Unreadable]:
    """Every source of the files and folders, in the order of their paths, one at a time.

    ``-`` is standard input. ``encoding`` is that of all files without a byte order mark; without it UTF-8 or what
    a page declares. ``limit`` is in bytes for one file or record, unpacked. ``follow_links``: files outside a folder
    that links in it lead to are read too.
    Raises InputError at once where a path does not exist, a folder holds nothing that kg reads, or there is no
    such encoding.
    """
    return map(read_item, plan(paths, encoding=encoding, limit=limit, follow_links=follow_links))


def plan(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    encoding: str | None = None,
    limit: int = LIMIT,
    follow_links: bool = False,
) -> Iterator[Item | Source | Unreadable]:
    """What `read` reads, each file still to be opened by `read_item`; the same order, length and errors."""
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    named = list(dict.fromkeys(os.fspath(path) for path in paths))
    if not named:
        raise InputError("nothing to read was named", hint="name a file, a folder or - for standard input")
    encoding = encoding and codec(encoding)
    roots = find.roots((path for path in named if path != "-"), follow=follow_links)
    for root in roots:
        if root.is_folder and not any(_is_wanted(found) for found in root.files()):
            raise InputError(
                "there is nothing in this folder that kg reads",
                where=os.fsdecode(root.place),
                hint=f"kg reads {' '.join(EXTENSIONS)}, each also packed as {PACKED}",
            )
    return _plan(roots, _Settings(encoding, limit), has_standard_input="-" in named)


@dataclass(frozen=True, slots=True)
class _Settings:
    encoding: str | None
    limit: int


def files(
    paths: Iterable[str | os.PathLike[str]],
    *,
    encoding: str | None = None,
    limit: int = LIMIT,
    follow_links: bool = False,
) -> Iterator[Item | Unreadable]:
    """As `plan`, with every corpus as the one file that it is, and without standard input."""
    settings = _Settings(encoding and codec(encoding), limit)
    return _files(find.roots((os.fspath(path) for path in paths), follow=follow_links), settings)


def _plan(
    roots: list[find.Root], settings: _Settings, *, has_standard_input: bool
) -> Iterator[Item | Source | Unreadable]:
    taken = find.Rivals(slug for _, slug, _ in _wanted(roots))
    records = Taken()
    if has_standard_input or any(kind in CORPORA for _, _, kind in _wanted(roots)):
        for _, slug, kind in _wanted(roots):
            if kind not in CORPORA and slug not in taken:
                records.add(slug)
    for found in _files(roots, settings):
        yield from _expand(found, records) if isinstance(found, Item) else (found,)
    if has_standard_input:
        item = Item(STDIN, "stdin", "stdin", _sniffed(), settings.encoding, settings.limit)
        yield from map(read_item, _expand(item, records))


def _files(roots: list[find.Root], settings: _Settings) -> Iterator[Item | Unreadable]:
    taken = find.Rivals(slug for _, slug, _ in _wanted(roots))
    twice = find.Rivals(path for path, _, _ in _wanted(roots)) if len(roots) > 1 else ()
    for root in roots:
        for found in root.files():
            kind = _kind(found.path)
            if found.problem:
                yield Unreadable(found.path, found.problem, skipped=not found.is_failure)
            elif root.is_folder and not kind:
                yield Unreadable(found.path, "is of a kind that kg does not read", skipped=True)
            else:
                path = root.beside(found) if found.path in twice else found.path
                slug = find.plain_slug(found.path, kind)
                slug = find.with_hash(slug, path) if slug in taken else slug
                yield Item(found.place, path, slug, _media_type(kind), settings.encoding, settings.limit)


def _expand(item: Item, taken: Taken) -> Iterator[Item | Source | Unreadable]:
    """A corpus as its records, read here because each must know the ids before it; any other file as it is."""
    if item.media_type not in CORPORA:
        yield item
        return
    for record in read_corpus(item):
        yield taken.apart(record) if isinstance(record, Source) else record


def _wanted(roots: list[find.Root]) -> Iterator[tuple[str, str, str]]:
    """Path, slug and media type of each file that will be read."""
    for root in roots:
        for found in root.files():
            kind = _kind(found.path)
            if not found.problem and (kind or not root.is_folder):
                yield found.path, find.plain_slug(found.path, kind), _media_type(kind)


def _is_wanted(found: find.Found) -> bool:
    return not found.problem and bool(_kind(found.path))


def _media_type(kind: str) -> str:
    """Of an extension; a file that was named although kg does not know its kind is taken for text."""
    return EXTENSIONS.get(kind.lower().removesuffix(PACKED), "text/plain")


def _sniffed() -> str:
    head = cast(BufferedReader, sys.stdin.buffer).peek(1024)[:1024]
    return next((kind for pattern, kind in _SNIFFED if pattern.match(head)), "text/plain")


def _kind(path: str) -> str:
    """The extension as written, with that of packing, if kg reads it: ``.JSONL.gz``; else nothing."""
    bare = path[: -len(PACKED)] if path.lower().endswith(PACKED) else path
    dot = bare.rfind(".", bare.rfind("/") + 1)
    return path[dot:] if dot >= 0 and bare[dot:].lower() in EXTENSIONS else ""
