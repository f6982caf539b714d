"""Triples in sorted files: what is compared may be larger than memory.

A record is a line's canonical form (`kg.store.values`), and after a NUL the line itself where it differs.
"""

import heapq
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path
from typing import IO, Final

from kg.store.values import canonical

RUN: Final = 24_000_000  # bytes that are sorted in memory at a time
_OPEN: Final = 200  # files that are merged at a time; systems allow a process 256 or more


class Spool:
    """Sorted triples in a folder that goes when the block ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = 0

    def sorted(self, lines: Iterable[bytes], *, key: Callable[[bytes], bytes] = canonical) -> Path:
        """A file of these lines as records, sorted, each once; ``key`` is the form in which they are compared."""
        runs = [self.written(sorted(records)) for records in _runs(lines, key)]
        while len(runs) > 1:
            runs, few = runs[_OPEN:], runs[:_OPEN]
            runs.append(self._merged(few))
        return runs[0] if runs else self.written(())

    def written(self, records: Iterable[bytes]) -> Path:
        """A file of these records as they come, repeated ones once."""
        path = self.new()
        with path.open("wb") as file:
            file.writelines(record + b"\n" for record, _ in groupby(records))
        return path

    def new(self) -> Path:
        """A path that nothing has yet."""
        self._files += 1
        return self.folder / f"{self._files}.nt"

    def _merged(self, runs: list[Path]) -> Path:
        with ExitStack() as stack:
            files = [stack.enter_context(path.open("rb")) for path in runs]
            merged = self.written(heapq.merge(*map(_records, files)))
        for path in runs:
            path.unlink()
        return merged


@contextmanager
def spool() -> Iterator[Spool]:
    """A place for triples, on the disk where the system keeps temporary files."""
    with tempfile.TemporaryDirectory(prefix="kg-load-") as folder:
        yield Spool(Path(folder))


def records(path: Path) -> Iterator[bytes]:
    """The records of a file."""
    with path.open("rb") as file:
        yield from _records(file)


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


def _runs(lines: Iterable[bytes], form: Callable[[bytes], bytes]) -> Iterator[list[bytes]]:
    run: list[bytes] = []
    size = 0
    for line in lines:
        key = form(line)
        record = line if key == line else key + b"\0" + line
        run.append(record)
        size += len(record)
        if size > RUN:
            yield run
            run, size = [], 0
    if run:
        yield run


def _records(file: IO[bytes]) -> Iterator[bytes]:
    return (line[:-1] for line in file)
