"""Memory of a process that runs for long."""

import ctypes
from typing import Final

_ARENA_MAX: Final = -8  # M_ARENA_MAX of mallopt(3)


def share_one_heap() -> None:
    """Let all threads take their memory from one heap: else each keeps what it once used (glibc; nothing elsewhere)."""
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(_ARENA_MAX, 1)
