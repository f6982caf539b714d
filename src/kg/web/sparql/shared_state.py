"""What the server and its workers write for each other to see at any time: memory that they share.

A worker writes the number of the question that it is at; a message would wake the server for each. The server writes
the numbers of questions that nobody waits for any more, though they lie in the queue.
"""

import mmap
import os
import tempfile
from typing import Final

_WITHDRAWN: Final = 256  # numbers that are remembered; one that is forgotten is answered in vain
_WIDTH: Final = 8  # bytes of a number


class Board:
    """So many places of workers, over a `shared` file that all processes have open."""

    def __init__(self, descriptor: int, places: int) -> None:
        self.cells = memoryview(mmap.mmap(descriptor, _size(places))).cast("Q")  # written and read as a whole each
        self.places = places

    def at(self, place: int) -> int:
        """The number of the question that the worker of a place is at; 0: none."""
        return self.cells[place]

    def put(self, place: int, number: int) -> None:
        self.cells[place] = number

    def withdraw(self, number: int) -> None:
        self.cells[self.places + number % _WITHDRAWN] = number

    def withdrawn(self, number: int) -> bool:
        return self.cells[self.places + number % _WITHDRAWN] == number


def shared(places: int) -> int:
    """The descriptor of a file for a board, empty and without a name."""
    descriptor, path = tempfile.mkstemp()
    os.unlink(path)
    os.truncate(descriptor, _size(places))
    return descriptor


def _size(places: int) -> int:
    return (places + _WITHDRAWN) * _WIDTH
