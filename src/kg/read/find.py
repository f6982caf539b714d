"""Which files there are, in which order, and the slug of each.

**Order**: the POSIX paths below what was given, by code point; the same on every file system and locale.

**Slugs** become part of IRIs and file names, so they may not change because another file came or went:

- a file's slug is `kg.text.folding.slug` of its path below the folder given, without extension, case kept;
- where two really collide (``a.txt`` and ``a.md``, ``a b.txt`` and ``a-b.txt``, ``A.txt`` and ``a.txt``, for
  there are file systems without case), each of them gets ``--`` and a hash of its path with extension. No slug
  of `kg.text.folding.slug` holds ``--``, so that the two sorts never meet;
- a slug longer than 100 characters is cut and gets the hash.
"""

import hashlib
import os
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.errors import InputError
from kg.text import folding as names

_LONGEST = 100  # a file name holds 255 bytes, and claims add to it
# Names that Windows keeps for devices, whatever their extension: no such file can be made there.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))})


@dataclass(frozen=True, slots=True)
class Found:
    """A file below what was given; ``place`` is where it is on this machine, as bytes: names need not be UTF-8."""

    place: bytes
    path: str
    problem: str = ""  # why it cannot be read, such as a link to a folder
    is_failure: bool = False  # the problem is one that a person did not choose


@dataclass(frozen=True, slots=True)
class Root:
    """What a person named: a folder, or one file. ``prefix`` tells roots apart where their files have one path."""

    place: bytes
    prefix: str
    is_folder: bool
    follow: bool = False  # links that lead out of the folder

    def files(self) -> Iterator[Found]:
        if self.is_folder:
            return walk(self.place, within=None if self.follow else os.path.realpath(self.place))
        return iter((Found(self.place, posix(os.path.basename(self.place))),))

    def beside(self, found: Found) -> str:
        """The file's path below the folder that holds all roots."""
        return f"{self.prefix}/{found.path}" if self.is_folder else self.prefix


def posix(path: bytes) -> str:
    """A path as text, whatever the locale; bytes that are not UTF-8 as ``\\xff``."""
    return path.replace(os.fsencode(os.sep), b"/").decode("utf-8", "backslashreplace")


def roots(paths: Iterable[str | os.PathLike[str]], *, follow: bool = False) -> list[Root]:
    """What was named, without repetitions, in the order of its place; InputError where something is not there.

    Without ``follow`` a link within a folder is read only if it leads to a file of the folder.
    """
    places = {}
    for path in paths:
        place = os.path.abspath(os.fsencode(path))
        if not os.path.exists(place):
            raise InputError("no such file or folder", where=os.fspath(path), hint="check the path")
        places[os.path.realpath(place)] = place
    folders = {real: place for real, place in places.items() if os.path.isdir(place)}
    kept = [place for real, place in places.items() if not _is_below(real, folders)]
    above = os.path.commonpath(kept) if kept else b""
    made = (Root(place, posix(os.path.relpath(place, above)), os.path.isdir(place), follow) for place in kept)
    return sorted(made, key=lambda root: root.prefix)


def _is_below(real: bytes, folders: Iterable[bytes]) -> bool:
    """Whether the walk of one of the folders comes by; a hidden file only comes when it is named."""
    for folder in folders:
        below = real.removeprefix(folder.rstrip(b"/") + b"/")
        if below != real and not any(part.startswith(b".") for part in below.split(b"/")):
            return True
    return False


def walk(folder: bytes, above: str = "", *, within: bytes | None = None) -> Iterator[Found]:
    """The files below a folder by path; hidden ones left out, links to folders not followed (they may go round).

    One folder's names are held at a time. A link that leads out of the folder ``within`` is a problem.
    """
    pending = [iter(_entries(folder, above, within))]
    while pending:
        found = next(pending[-1], None)
        if found is None:
            pending.pop()
        elif found.path.endswith("/"):
            pending.append(iter(_entries(found.place, found.path, within)))
        else:
            yield found


def _entries(folder: bytes, above: str, within: bytes | None) -> list[Found]:
    try:
        with os.scandir(folder) as entries:
            found = [_entry(entry, above, within) for entry in entries if not entry.name.startswith(b".")]
    except OSError as error:
        return [Found(folder, above.rstrip("/") or ".", f"cannot be listed ({error.strerror})", True)]
    # A folder's key ends in its slash, which makes the order of the walk that of the whole paths.
    return sorted(found, key=lambda entry: entry.path)


def _entry(entry: "os.DirEntry[bytes]", above: str, within: bytes | None) -> Found:
    path = above + posix(entry.name)
    try:
        if entry.is_dir(follow_symlinks=False):
            return Found(entry.path, path + "/")
        if entry.is_dir():
            return Found(entry.path, path, "is a link to a folder")
        if not entry.is_file():
            return Found(entry.path, path, "is not a regular file")
        if within is not None and entry.is_symlink() and not _is_below(os.path.realpath(entry.path), (within,)):
            return Found(entry.path, path, "is a link out of the folder (--follow-links)")
    except OSError as error:  # a link that leads to itself
        return Found(entry.path, path, f"cannot be followed ({error.strerror})", True)
    return Found(entry.path, path)


class Rivals:
    """What more than one of the values given is equal to, in 8 bytes a value."""

    def __init__(self, values: Iterable[str]) -> None:
        ordered = sorted(array("Q", map(digest, values)))
        self._shared = frozenset(a for a, b in pairwise(ordered) if a == b)

    def __contains__(self, value: str) -> bool:
        return bool(self._shared) and digest(value) in self._shared


def digest(slug: str) -> int:
    """Under which two slugs are the same file on a file system without case."""
    return int.from_bytes(hashlib.blake2b(slug.lower().encode(), digest_size=8).digest(), "big")


def plain_slug(path: str, extension: str) -> str:
    """The slug of a path that has no rival."""
    slug = names.slug(path.removesuffix(extension), keep_case=True)
    return slug if len(slug) <= _LONGEST and slug.lower() not in _DEVICES else with_hash(slug, path)


def with_hash(slug: str, identity: str) -> str:
    """The slug made different from every other by the hash of what it stands for."""
    kept = slug.partition("--")[0][:_LONGEST].rstrip("-_")
    return f"{kept}--{hashlib.sha256(identity.encode()).hexdigest()[:10]}"
