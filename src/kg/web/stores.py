"""Stores and indexes of large datasets, each made once, in the cache folder of the user (``$XDG_CACHE_HOME/kg``).

A store has the digest of its dataset for a name and a lock beside it. Who fills it holds the lock alone, so that
others wait and find it filled; who serves it holds it together with others, so that it is not evicted.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir
from typing import Final

from kg.errors import Failure, InputError, attempt
from kg.runtime.locks import ALONE, AT_ONCE, TOGETHER, lock

KEPT: Final = 3  # stores that nobody serves now
_LOCK: Final = ".lock"


class Kept:
    """A folder of the cache that is made of a dataset, for as long as this object lives or until `close`.

    ``kind`` is the folder of its like, ``make`` makes it where it is not there, whole or not at all. Where ``use`` of
    what is there raises, a disk or a person has damaged it: it is made again.
    """

    def __init__(
        self, kind: str, digest: str, make: Callable[[Path], object], use: Callable[[Path], object] = lambda _: None
    ) -> None:
        place = _cache() / kind
        self.folder = place / digest
        try:
            place.mkdir(parents=True, exist_ok=True)
            self._lock = _filled(self.folder, make, use)
            _evict(place)
        except OSError as error:
            hint = "set XDG_CACHE_HOME to a folder with room"
            raise InputError(f"cannot be written: {error.strerror or error}", where=str(place), hint=hint) from None

    def close(self) -> None:
        """Let the store be evicted."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def __del__(self) -> None:
        if hasattr(self, "_lock"):
            self.close()


def _filled(folder: Path, make: Callable[[Path], object], use: Callable[[Path], object]) -> int:
    """The lock of a store that is there; it is filled where nobody has done that, or where it is damaged."""
    place = folder.with_name(folder.name + _LOCK)
    while True:
        held = lock(place, TOGETHER)
        if _is_usable(folder, use):
            os.utime(place)  # which was used last
            return held
        os.close(held)
        held = lock(place, ALONE)
        try:
            if not _is_usable(folder, use):
                _remove(folder)
                make(folder)
                use(folder)
        finally:
            os.close(held)


def _is_usable(folder: Path, use: Callable[[Path], object]) -> bool:
    return folder.is_dir() and not isinstance(attempt(lambda: use(folder)), Failure)


def _remove(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


def _evict(place: Path) -> None:
    """Remove all but some stores, those used last, that nobody serves, and what killed processes left."""
    free = []
    for folder in place.iterdir():
        if folder.is_dir():
            with suppress(BlockingIOError):
                name = folder.name.strip(".").partition(".")[0]  # a store that was not finished has a longer one
                held = lock(place / (name + _LOCK), ALONE | AT_ONCE)
                free.append((os.fstat(held).st_mtime_ns, folder, held))
    kept = 0
    for _, folder, held in sorted(free, reverse=True):
        unfinished = folder.name.startswith(".")
        kept += not unfinished
        if unfinished or kept > KEPT:
            shutil.rmtree(folder, ignore_errors=True)
            if not unfinished:
                folder.with_name(folder.name + _LOCK).unlink()
        os.close(held)


def _cache() -> Path:
    """The user's folder for what can be made again (XDG Base Directory Specification), or the system's."""
    stated = os.environ.get("XDG_CACHE_HOME")
    folder = Path(stated) if stated else Path.home() / ".cache"
    if os.access(folder if folder.exists() else folder.parent, os.W_OK):
        return folder / "kg"
    folder = Path(gettempdir()) / f"kg-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():  # anybody may write there
        raise InputError("is somebody else's", where=str(folder), hint="set XDG_CACHE_HOME to a folder of yours")
    return folder
