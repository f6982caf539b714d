"""What reading gives besides a source: something that cannot be used, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or record that cannot be used: listed, never lost.

    ``path`` is what `kg.model.Source.path` would have been; a record's is ``corpus.jsonl, line 17``.
    ``skipped``: kg was not asked for it by name and does not read its kind, such as a picture
    in a folder of texts; that is no failure.
    """

    path: str
    reason: str
    hint: str = ""
    skipped: bool = False


class Refused(Exception):
    """Inside this package: why these bytes yield no source. It becomes an `Unreadable`."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason, hint)
        self.reason, self.hint = reason, hint
