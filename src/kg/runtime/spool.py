"""Triples in sorted files: what is compared may be larger than memory.

A record is the form in which a line is compared, and after a NUL the line itself where it differs.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.runtime.sort import Sorted


class Spool:
    """Sorted triples in a folder that goes when the block ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = 0

    def sorted(self, lines: Iterable[bytes], *, key: Callable[[bytes], bytes]) -> Path:
        """A file of these lines as records, sorted, each once; ``key`` is the form in which they are compared."""
        runs = self.folder / "runs"
        kept = Sorted(runs)
        for line in lines:
            form = key(line)
            kept.add(b"%s\n" % line if form == line else b"%s\0%s\n" % (form, line))
        path = self.written(kept)
        shutil.rmtree(runs, ignore_errors=True)
        return path

    def written(self, records: Iterable[bytes]) -> Path:
        """A file of these records as they come."""
        path = self.new()
        with path.open("wb") as file:
            file.writelines(record + b"\n" for record in records)
        return path

    def new(self) -> Path:
        """A path that nothing has yet."""
        self._files += 1
        return self.folder / f"{self._files}.nt"


@contextmanager
def spool() -> Iterator[Spool]:
    """A place for triples, on the disk where the system keeps temporary files."""
    with tempfile.TemporaryDirectory(prefix="kg-load-") as folder:
        yield Spool(Path(folder))


def records(path: Path) -> Iterator[bytes]:
    """The records of a file."""
    with path.open("rb") as file:
        yield from (line[:-1] for line in file)


def original(record: bytes) -> bytes:
    """The line that a record stands for."""
    return record.rpartition(b"\0")[2]


def compared(ours: Path, theirs: Path) -> Iterator[tuple[bytes | None, bytes | None]]:
    """Pairs of lines that have one value; None where only the other file has it. Both files are sorted."""
    left, right = records(ours), records(theirs)
    one, other = next(left, None), next(right, None)
    while one is not None or other is not None:
        mine = _key(one)
        its = _key(other)
        if its is None or (mine is not None and mine < its):
            yield original(one or b""), None
            one = next(left, None)
        elif mine is None or its < mine:
            yield None, original(other or b"")
            other = next(right, None)
        else:
            yield original(one or b""), original(other or b"")
            one, other = _after(left, mine), _after(right, mine)


def _after(stream: Iterator[bytes], key: bytes) -> bytes | None:
    """The next record of another value: a file may hold ``1.0`` and ``1.00``."""
    return next((record for record in stream if _key(record) != key), None)


def _key(record: bytes | None) -> bytes | None:
    return None if record is None else record.partition(b"\0")[0]
