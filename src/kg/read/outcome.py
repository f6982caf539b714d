"""What reading gives besides a source: something that cannot be used, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from kg.errors import Failure, attempt

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or record that cannot be used: listed, never lost.

    ``path`` is what `kg.model.Source.path` would have been; a record's is ``corpus.jsonl, line 17``.
    ``skipped``: kg was not asked for it by name and does not read its kind, such as a picture
    in a folder of texts; that is no failure.
    ``trace``: where kg itself failed, for whoever mends it; never published, for it is of one machine.
    """

    path: str
    reason: str
    hint: str = ""
    skipped: bool = False
    trace: str = ""

    @classmethod
    def of_failure(cls, path: str, failure: Failure) -> "Unreadable":
        return cls(path, failed(failure), trace=failure.trace)


class Refused(Exception):
    """Inside this package: why these bytes yield no source. It becomes an `Unreadable`."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason, hint)
        self.reason, self.hint = reason, hint


def failed(failure: Failure) -> str:
    """What is said of a document over which kg itself failed."""
    return f"kg could not read this document: {failure.what}; please report it"


def outcome(where: str, read: Callable[[], T]) -> T | Unreadable:
    """What is read; or why it is not: because it was `Refused`, or because kg failed over it."""
    found = attempt(read)
    if not isinstance(found, Failure):
        return found
    if isinstance(found.error, Refused):
        return Unreadable(where, found.error.reason, found.error.hint)
    return Unreadable.of_failure(where, found)
