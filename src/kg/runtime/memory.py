"""Memory that is free, given back to the system: with glibc, which else keeps it; elsewhere nothing is done."""

import ctypes
from contextlib import suppress
from typing import Final

_MMAP_THRESHOLD: Final = -3  # glibc's number of it
_LARGE: Final = 1 << 18  # bytes


def give_back() -> None:
    """Give back what is free now, wherever it lies: malloc_trim(3). Takes some milliseconds."""
    with suppress(AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


def always_give_back() -> None:
    """Let what is large go back as soon as it is free, for as long as this process lives.

    glibc does so with what is above a threshold, and raises that with each such piece up to 32 MB: mallopt(3).
    """
    with suppress(AttributeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)
