"""Files and corpora to sources: one stored text each, to which every offset refers.

    for source in read(["seeds"]):
        ...

`read` gives the sources themselves. `plan` gives work that may be read elsewhere: `read_item(item)` on any
process of this machine. A file that cannot be used is an `Unreadable`, in its place in the order.
"""

import os
from collections.abc import Iterable, Iterator
from itertools import chain

from kg.errors import InputError
from kg.model import Source
from kg.read import find
from kg.read.decode import codec
from kg.read.item import LIMIT, STDIN, Item, read_item
from kg.read.outcome import Unreadable

__all__ = ["EXTENSIONS", "LIMIT", "Item", "Unreadable", "plan", "read", "read_item"]

EXTENSIONS = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
}
PACKED = ".gz"


def read(
    paths: Iterable[str | os.PathLike[str]], *, encoding: str | None = None, limit: int = LIMIT
) -> Iterator[Source | Unreadable]:
    """Every source of the files and folders, in the order of their paths, one at a time.

    ``-`` is standard input. ``encoding`` is that of all files without a byte order mark; without it UTF-8 or what
    a page declares. ``limit`` is in bytes for one file or record, unpacked.
    Raises InputError at once where a path does not exist, a folder holds nothing that kg reads, or there is no
    such encoding.
    """
    return map(read_item, plan(paths, encoding=encoding, limit=limit))


def plan(
    paths: Iterable[str | os.PathLike[str]], *, encoding: str | None = None, limit: int = LIMIT
) -> Iterator[Item | Source | Unreadable]:
    """What `read` reads, each file still to be opened by `read_item`; the same order, length and errors."""
    named = list(dict.fromkeys(os.fspath(path) for path in paths))
    if not named:
        raise InputError("nothing to read was named", hint="name a file, a folder or - for standard input")
    encoding = encoding and codec(encoding)
    roots = find.roots(path for path in named if path != "-")
    for root in roots:
        if root.is_folder and not any(_is_wanted(found) for found in root.files()):
            raise InputError(
                "there is nothing in this folder that kg reads",
                where=os.fsdecode(root.place),
                hint=f"kg reads {' '.join(EXTENSIONS)}, each also packed as {PACKED}",
            )
    files = _plan(roots, encoding, limit)
    return chain(files, _standard_input(encoding, limit)) if "-" in named else files


def _plan(roots: list[find.Root], encoding: str | None, limit: int) -> Iterator[Item | Source | Unreadable]:
    taken = find.Rivals(slug for slug, _ in _wanted(roots))
    twice = find.Rivals(path for _, path in _wanted(roots)) if len(roots) > 1 else ()
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
                yield Item(
                    place=found.place,
                    path=path,
                    slug=find.with_hash(slug, path) if slug in taken else slug,
                    media_type=EXTENSIONS.get(kind.lower().removesuffix(PACKED), "text/plain"),
                    encoding=encoding,
                    limit=limit,
                )


def _wanted(roots: list[find.Root]) -> Iterator[tuple[str, str]]:
    """Slug and path of each file that will be read."""
    for root in roots:
        for found in root.files():
            if not root.is_folder or _is_wanted(found):
                yield find.plain_slug(found.path, _kind(found.path)), found.path


def _standard_input(encoding: str | None, limit: int) -> Iterator[Item]:
    yield Item(STDIN, "-", "stdin", "text/plain", encoding, limit)


def _is_wanted(found: find.Found) -> bool:
    return not found.problem and bool(_kind(found.path))


def _kind(path: str) -> str:
    """The extension as written, with that of packing, if kg reads it: ``.JSONL.gz``; else nothing."""
    bare = path.removesuffix(PACKED)
    dot = bare.rfind(".", bare.rfind("/") + 1)
    return path[dot:] if dot >= 0 and bare[dot:].lower() in EXTENSIONS else ""
