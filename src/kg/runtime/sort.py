"""Any number of lines in the order of their bytes, each once, in memory that does not grow with them.

What does not fit is sorted in runs on disk, and the runs are merged block by block: everything up to the lowest of
the runs' last loaded lines can be sorted together, which is far faster than line by line.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import IO, Final

from kg.runtime.lines import distinct

BUDGET: Final = 4 << 20  # bytes of lines in memory, of which a build has four; sorting them takes some 10 MB
_FAN: Final = 48  # runs that are merged at once: each holds an open file and a piece in memory
_BLOCK: Final = 1 << 13  # lines that are written together
_PIECE: Final = 128 << 10  # bytes that are read of a run at once: half of it takes a tenth longer


class Sorted:
    """Lines that are added in any order, and read in that of their bytes, each once.

    Runs are written to files in ``folder``, which is made when the first is needed. Reading does not consume.
    """

    def __init__(self, folder: Path, *, budget: int | None = None) -> None:
        self.folder, self.budget = folder, BUDGET if budget is None else budget
        self.count = 0  # lines added, repeated ones included
        self._waiting: list[bytes] = []
        self._size = 0
        self._runs: list[list[Path]] = []  # by how often their lines were merged
        self._made = 0

    def add(self, lines: bytes) -> None:
        """Add lines, each with its line end."""
        if self._size + len(lines) > self.budget:
            self._spill()
        self._waiting.append(lines)
        self._size += len(lines)
        self.count += lines.count(b"\n")

    def rest(self) -> None:
        """Nothing is added for a while: what waits in memory goes to the disk, if anything is there."""
        if any(self._runs):
            self._spill()

    def blocks(self) -> Iterator[list[bytes]]:
        """The lines without their ends, some thousands at a time."""
        if not any(self._runs):
            yield _distinct(self._waiting.copy())
            return
        self._spill()
        yield from _merged([path for level in self._runs for path in level])

    def __iter__(self) -> Iterator[bytes]:
        for block in self.blocks():
            yield from block

    def _spill(self) -> None:
        if self._waiting:
            self._keep(0, self._taken())

    def _taken(self) -> Iterator[list[bytes]]:
        """What waits in memory, sorted, which is not held for longer than it is read."""
        lines = _distinct(self._waiting)
        self._size = 0
        for start in range(0, len(lines), _BLOCK):
            yield lines[start : start + _BLOCK]

    def _keep(self, level: int, blocks: Iterable[list[bytes]]) -> None:
        """Write a run; many runs of a level become one of the next, so that few files are ever open."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{self._made:06d}"
        self._made += 1
        with path.open("wb") as file:
            for block in blocks:
                file.write(b"\n".join([*block, b""]))
        if level == len(self._runs):
            self._runs.append([])
        self._runs[level].append(path)
        if len(self._runs[level]) == _FAN:
            full, self._runs[level] = self._runs[level], []
            self._keep(level + 1, _merged(full))
            for path in full:
                path.unlink()


def _distinct(parts: list[bytes]) -> list[bytes]:
    """The lines of the parts, which are taken: sorted, each once and without its end."""
    data = b"".join(parts)
    parts.clear()
    lines = data.split(b"\n")
    del data
    lines.pop()  # what stands after the last line end
    return distinct(lines)


class _Run:
    """A sorted file of distinct lines, of which a piece is in memory."""

    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] = path.open("rb")
        self.lines: list[bytes] = []

    def refill(self) -> bool:
        """Whether there is anything left."""
        if not self.lines:
            self.lines = [line[:-1] for line in self._file.readlines(_PIECE)]
        return bool(self.lines)

    def close(self) -> None:
        self._file.close()

    def take(self, bound: bytes) -> list[bytes]:
        """The lines up to the bound, which leave the run."""
        end = bisect_right(self.lines, bound)
        taken, self.lines = self.lines[:end], self.lines[end:]
        return taken


def _merged(paths: Iterable[Path]) -> Iterator[list[bytes]]:
    with ExitStack() as opened:
        runs = [opened.enter_context(closing(_Run(path))) for path in paths]
        while runs := [run for run in runs if run.refill()]:
            bound = min(run.lines[-1] for run in runs)
            yield distinct(line for run in runs for line in run.take(bound))
