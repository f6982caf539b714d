"""A limit of time for work that cannot look at the clock itself."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from kg.errors import TooSlow


@contextmanager
def within(seconds: float, option: str) -> Iterator[None]:
    """The block raises TooSlow, naming the option that raises the limit, where it takes longer; 0: it may.

    A regular expression or a library in C is interrupted when it returns. In a thread other than the main one, and
    where the system has no timers, there is no limit.
    """
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(number: int, frame: FrameType | None) -> None:
        raise TooSlow(f"it took more than {seconds:g} seconds ({option})")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
