"""Lines of bytes in one order."""

from collections.abc import Iterable


def distinct(lines: Iterable[bytes]) -> list[bytes]:
    """Return the lines in the order of their bytes, each once."""
    return list(dict.fromkeys(sorted(lines)))  # sorted first: runs that are in order are merged, a set has none
