"""A limit of time for work that cannot look at the clock itself."""

import faulthandler
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from kg.errors import KGError, TooSlow

_GRACE: Final = 0.1  # of the limit, and a second: until what cannot be interrupted ends its process
_told = -1  # where a process that ends so tells its last place


def end_when_stuck(told: int) -> None:
    """For a process that another one looks after: where `within` cannot interrupt the work, the process ends.

    What Python was at is written to the descriptor ``told``.
    """
    global _told  # of the process, as signals are
    _told = told


@contextmanager
def within(seconds: float, option: str) -> Iterator[None]:
    """The block raises TooSlow, naming the option that raises the limit, where it takes longer; 0: it may.

    A library in C is interrupted when it returns: where it does not, the process ends if it is one of several
    (`end_when_stuck`). In a thread other than the main one, and where the system has no timers, there is no limit.
    """
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(number: int, frame: FrameType | None) -> None:
        raise TooSlow(f"it took more than {seconds:g} seconds ({option})")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    if _told >= 0:
        faulthandler.dump_traceback_later(seconds * (1 + _GRACE) + 1, exit=True, file=_told)
    try:
        yield
    finally:
        if _told >= 0:
            faulthandler.cancel_dump_traceback_later()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def ended_after(seconds: float, option: str) -> Iterator[None]:
    """Where the block takes longer, the process ends with a sentence that names the option; 0: it may.

    For work of a library in C, which is not interrupted, in a process that has nothing to put away. A thread ends what
    lets threads run meanwhile, a signal what lets none but looks at signals, as regular expressions do.
    """
    if not seconds:
        yield
        return
    first = threading.Lock()

    def end(*_: object) -> None:
        if first.acquire(blocking=False):
            sys.stderr.write(f"kg: it took more than {seconds:g} seconds. Next: ask for less, or raise {option}\n")
            sys.stderr.flush()
            os._exit(KGError.exit_code)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    by_signal = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if by_signal:
        before = signal.signal(signal.SIGALRM, end)
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        timer.cancel()
        if by_signal:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
