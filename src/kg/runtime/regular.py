"""Files with an end, opened without waiting: a pipe has none until somebody ends it, a device never."""

import errno
import os
import stat


class NotRegular(OSError):
    """Something other than a file of a disk."""


def regular(place: str, flags: int) -> int:
    """An opener for ``open``: raises NotRegular for pipes, sockets and devices.

    Nobody is waited for who writes, as a pipe or a log of the system would.
    """
    try:
        descriptor = os.open(place, flags | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket, or a device that is not there (open(2))
            raise NotRegular(error.errno, "it is not a regular file", place) from error
        raise
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):  # of a folder ``open`` says itself that it is one
        return descriptor
    os.close(descriptor)
    raise NotRegular(errno.EINVAL, "it is not a regular file", place)


def content(path: str | os.PathLike[str]) -> bytes:
    """All bytes of a regular file."""
    with open(path, "rb", opener=regular) as file:
        return file.read()
