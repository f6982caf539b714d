"""Large graphs as several packed files, ``dataset-00000.nt.gz`` and so on, the same bytes for the same lines."""

import gzip
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

LINES: Final = 500_000  # of a shard: some 80 MB, or 5 packed
_LEVEL: Final = 3  # of gzip: level 4 takes two thirds longer and saves 8 %, level 6 three times as long and 17 %


def write_shards(folder: Path, stem: str, blocks: Iterable[list[bytes]], *, lines: int = LINES) -> Iterator[Path]:
    """Write lines in their order, given without their ends, into files of which each is given when it is whole.

    A shard is never empty, unless it is the only one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number, pieces in enumerate(_shards(blocks, lines)):
        path = folder / f"{stem}-{number:05d}.nt"
        with path.open("wb") as file:
            for piece in pieces:
                file.write(b"\n".join([*piece, b""]))
        yield path


def pack(shard: Path, folder: Path) -> Path:
    """Move a shard to a folder, packed by gzip, and give its new path."""
    path = folder / f"{shard.name}.gz"
    # Neither the time nor the name of the file goes into it.
    with path.open("wb") as file, gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed, shard.open("rb") as lines:
        shutil.copyfileobj(lines, packed, 1 << 20)
    shard.unlink()
    return path


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
