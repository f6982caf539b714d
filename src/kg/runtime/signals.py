"""How a process ends from outside: what it was about is put away, and its own processes end with it."""

import ctypes
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

_SET_DEATH_SIGNAL: Final = 1  # prctl(2)
_ASKED: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class Ended(KeyboardInterrupt):
    """The process was asked to end, as Ctrl-C does it."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.code = 128 + number


def end_in_order() -> None:
    """SIGTERM and SIGHUP raise Ended, so that every ``with`` statement ends; a second one ends the process at once.

    A signal that is ignored (nohup) or handled stays so.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in _ASKED:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _raise)


@contextmanager
def nothing_to_put_away() -> Iterator[None]:
    """In the block signals and Ctrl-C end the process at once, even in the middle of a library's work in C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    known = {number: signal.getsignal(number) for number in (signal.SIGINT, *_ASKED)}
    for number in known:
        if known[number] != signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        for number, handler in known.items():
            signal.signal(number, handler)


def end_at_once() -> None:
    """For a process that another one looks after: signals and the end of that one end it, even in the middle of work.

    Ctrl-C reaches every process of a terminal: the first one ends the others.
    """
    for number in _ASKED:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()


def die_with_parent() -> None:
    """The process ends when the one that started it does (Linux; elsewhere when it next asks or answers)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def _raise(number: int, _: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_DFL)
    raise Ended(number)
