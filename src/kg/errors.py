"""What can go wrong, as one small tree.

    KGError                  carries what, where and what to do next, and an exit code
    ├── InputError      (2)  a path, encoding, query, gazetteer or setting cannot be used
    │   └── UsageError  (2)  the words of the command are off
    └── StoreError      (3)  a store or server cannot be reached, or refused

Bad data is not an exception: an unresolved name, an unreadable date or a violated shape is a
listed, counted value in the report, and the exit code is 1.
"""

import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

T = TypeVar("T")

_IN_WORDS: Final = {MemoryError: "there was not enough memory", RecursionError: "something in it is nested too deep"}
_ADDRESS: Final = re.compile(r"\b0x[0-9a-f]+\b")
_LONGEST: Final = 300  # characters of what an error says: some quote all that they were given
_MOST: Final = 20_000  # characters of a traceback


class TooSlow(Exception):
    """Work that took longer than it may."""


class KGError(Exception):
    """A failure that ends the command.

    >>> str(InputError("not UTF-8", where="a.txt, byte 17", hint="pass --encoding windows-1251"))
    'a.txt, byte 17: not UTF-8. Next: pass --encoding windows-1251'
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what, where, hint)
        self.what, self.where, self.hint = what, where, hint

    def __reduce__(self) -> tuple[Callable[[], "KGError"], tuple[()]]:
        """For the way from one process to another."""
        return partial(type(self), self.what, where=self.where, hint=self.hint), ()

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}. Next: {self.hint}" if self.hint else text


class InputError(KGError):
    """Something that the caller gave cannot be used."""


class UsageError(InputError):
    """The words of the command are off."""


class StoreError(KGError):
    """A store or server cannot be reached, or it refused."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Failure:
    """What some work failed of."""

    error: Exception

    @property
    def what(self) -> str:
        """In one line that is the same on every machine."""
        if isinstance(self.error, TooSlow):
            return str(self.error)
        for kind, words in _IN_WORDS.items():
            if isinstance(self.error, kind):
                return words
        said = _ADDRESS.sub("0x", " ".join(f"{type(self.error).__name__}: {self.error}".split()))
        return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"

    @property
    def trace(self) -> str:
        """Where in the code, for whoever mends it."""
        return "".join(traceback.format_exception(self.error))[-_MOST:]


def attempt(work: Callable[[], T]) -> T | Failure:
    """What the work gives, or what it failed of, whatever that is; only an interrupt and an exit are raised.

    For the work on one document, which may never end that on the others.
    """
    try:
        return work()
    except Exception as error:  # noqa: BLE001  nobody can list what a fault of ours raises; it is told, never swallowed
        return Failure(error)
