"""How a process ends from outside: what it was about is put away, and its own processes end with it."""

import ctypes
import signal
import sys
import threading
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
