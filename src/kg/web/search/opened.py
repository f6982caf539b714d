"""The index of a snapshot: made once, in memory for a small dataset, in the user's cache for a large one."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from importlib.resources import files as resources
from pathlib import Path
from typing import Final

from kg.dataset import Dataset
from kg.errors import InputError
from kg.runtime.signals import end_at_once
from kg.web.pages.view import Facts
from kg.web.search import index, records
from kg.web.search.asking import Index
from kg.web.snapshot import Snapshot
from kg.web.stores import Kept

_PATIENCE: Final = 3.0  # seconds that a page waits for an index that is being made


class Search:
    """Opens the index of what ``facts`` read; the first who needs it has it made."""

    def __init__(self, facts: Callable[[], Facts]) -> None:
        self._facts = facts
        self._begun = threading.Lock()
        self._made = threading.Event()
        self._ending = threading.Lock()
        self._is_closed = False
        self._index: Index | None = None
        self._kept: Kept | None = None

    def begin(self) -> None:
        """Have the index made, if nobody has yet, while others go on."""
        if self._begun.acquire(blocking=False):
            threading.Thread(target=self._make, daemon=True).start()

    def index(self, patience: float | None = _PATIENCE) -> Index | None:
        """The index; None where it is still being made after so many seconds."""
        self.begin()
        self._made.wait(patience)
        if self._made.is_set() and self._index is None:
            raise RuntimeError("the index of the words could not be made; the reason was written before")
        return self._index

    def close(self) -> None:
        """Nobody asks any more; an index that is still being made is closed when it is."""
        with self._ending:
            self._is_closed = True
            if self._index:
                self._index.close()
        if self._kept:
            self._kept.close()

    def _make(self) -> None:
        try:
            index = Index(self._opened(self._facts()))
            with self._ending:
                self._index = index
                if self._is_closed:
                    index.close()
        finally:
            self._made.set()

    def _opened(self, facts: Facts) -> sqlite3.Connection:
        snapshot = facts.snapshot
        if "store" not in snapshot.settings:
            connection = sqlite3.connect(":memory:", check_same_thread=False)
            index.fill(connection, records.read(facts))
            return connection
        self._kept = Kept("searches", _digest(snapshot.digest), lambda folder: _write(snapshot, folder), _tried)
        return _connected(self._kept.folder)


def _connected(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{folder / index.NAME}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _tried(folder: Path) -> None:
    """Raises where it is no index, or not as long as it was."""
    with closing(_connected(folder)) as connection:
        connection.execute("SELECT 1 FROM name").fetchone()


def _write(snapshot: Snapshot, folder: Path) -> None:
    """Have the index written by a process of its own: pages are made in this one meanwhile."""
    snapshot.told("The words are indexed for the search; this is done once for each state of the dataset")
    given = (str(snapshot.folder), snapshot.base, snapshot.digest, str(folder))
    subprocess.run([sys.executable, "-m", "kg.web.search.opened", *given], check=True, stdin=subprocess.DEVNULL)
    snapshot.told("The search is ready")


def main(folder: str, base: str, digest: str, place: str) -> None:
    """Write the index of the dataset in a folder, whose store has been made; raises where it is no longer that one."""
    end_at_once()
    snapshot = Snapshot(Dataset(Path(folder), base=base))
    if snapshot.digest != digest:
        raise InputError("is another dataset now", where=folder, hint="the server opens it by itself")
    index.write(Path(place), records.read(Facts(snapshot)))


def _digest(dataset: str) -> str:
    """What changes when the dataset does, or what is read of it."""
    read = (resources("kg.web.search") / name for name in ("records.py", "index.py"))
    return sha256(b"".join([dataset.encode(), *(file.read_bytes() for file in read)])).hexdigest()


if __name__ == "__main__":
    main(*sys.argv[1:])
