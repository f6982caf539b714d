"""Lines that are held in memory, and sent between processes, in a tenth of their size where they are many."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_PIECE: Final = 1 << 20  # bytes of lines


@dataclass(frozen=True, slots=True)
class Bundle:
    """Lines in their order, each with its line end. Few are held as they are."""

    pieces: tuple[bytes, ...]  # of whole lines; all but the last are packed
    count: int  # lines

    @classmethod
    def of(cls, parts: Iterable[bytes]) -> "Bundle":
        """A bundle of parts that are whole lines."""
        pieces: list[bytes] = []
        waiting: list[bytes] = []
        size = count = 0
        for part in parts:
            if waiting and size + len(part) > _PIECE:
                pieces.append(zlib.compress(b"".join(waiting), 1))
                waiting, size = [], 0
            waiting.append(part)
            size += len(part)
            count += part.count(b"\n")
        return cls((*pieces, b"".join(waiting)), count)

    @classmethod
    def of_lines(cls, lines: Iterable[bytes]) -> "Bundle":
        """A bundle of lines without their ends."""
        return cls.of(line + b"\n" for line in lines)

    @property
    def is_large(self) -> bool:
        """Whether it takes more memory than it seems to."""
        return len(self.pieces) > 1

    def parts(self) -> Iterator[bytes]:
        """The lines, about a million bytes at a time."""
        *packed, last = self.pieces
        yield from map(zlib.decompress, packed)
        yield last

    def __iter__(self) -> Iterator[bytes]:
        """The lines one by one, without their ends."""
        for part in self.parts():
            yield from part.split(b"\n")[:-1]
