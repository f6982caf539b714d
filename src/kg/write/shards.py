"""Large graphs as several packed files, ``dataset-00000.nt.gz`` and so on, the same bytes for the same lines."""

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

LINES: Final = 1_000_000  # of a shard: some 15 MB packed
_LEVEL: Final = 4  # of gzip: level 9 takes five times as long and saves a tenth


def write_shards(folder: Path, stem: str, blocks: Iterable[list[bytes]], *, lines: int = LINES) -> int:
    """Write lines in their order, given without their ends, and give their number.

    A shard is never empty, unless it is the only one.
    """
    count = 0
    for number, pieces in enumerate(_shards(blocks, lines)):
        path = folder / f"{stem}-{number:05d}.nt.gz"
        # Neither the time nor the name of the file goes into it.
        with path.open("wb") as file, gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
            for piece in pieces:
                packed.write(b"".join(line + b"\n" for line in piece))
                count += len(piece)
    return count


def _shards(blocks: Iterable[list[bytes]], lines: int) -> Iterator[Iterator[list[bytes]]]:
    """For each shard its lines, piece by piece; a shard is to be read before the next."""
    source = filter(None, blocks)
    rest = next(source, [])

    def pieces() -> Iterator[list[bytes]]:
        nonlocal rest
        left = lines
        while rest and left:
            piece, rest = rest[:left], rest[left:]
            left -= len(piece)
            yield piece
            rest = rest or next(source, [])

    yield pieces()
    while rest:
        yield pieces()
