"""What can go wrong, as one small tree.

    KGError                  carries what, where and what to do next, and an exit code
    ├── InputError      (2)  a path, encoding, query, gazetteer or setting cannot be used
    │   └── UsageError  (2)  the words of the command are off
    └── StoreError      (3)  a store or server cannot be reached, or refused

Bad data is not an exception: an unresolved name, an unreadable date or a violated shape is a
listed, counted value in the report, and the exit code is 1.
"""

from collections.abc import Callable
from functools import partial


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
