"""The triples by which two versions of a dataset differ."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.dataset import Dataset, opened
from kg.errors import InputError, UsageError
from kg.runtime.spool import compared, records, spool


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions as sorted files of N-Triples lines, and the hash of each."""

    base: str
    old: Path
    new: Path
    old_hash: str  # RDFC-1.0, as the manifests give it; empty for what has none
    new_hash: str

    def differing(self) -> Iterator[tuple[bytes | None, bytes | None]]:
        """Each line that only one version has, as (old, None) or (None, new), sorted."""
        return ((one, other) for one, other in compared(self.old, self.new) if one is None or other is None)

    def removed(self) -> Iterator[bytes]:
        """The lines that only the old version has, sorted."""
        return (old for old, _ in self.differing() if old is not None)

    def added(self) -> Iterator[bytes]:
        """The lines that only the new version has, sorted."""
        return (new for _, new in self.differing() if new is not None)

    def lines(self, *, new: bool) -> Iterator[bytes]:
        """All lines of one version, sorted."""
        return records(self.new if new else self.old)


@contextmanager
def versions(old: Dataset, new: Dataset) -> Iterator[Versions]:
    """Both versions, ready to be compared; temporary files hold them until the block ends.

    Raises UsageError where they have different bases: then no claim of one is a claim of the other.
    """
    check_comparable(old, new)
    with spool() as place:
        one, other = (place.sorted(_lines(data), key=bytes) for data in (old, new))
        yield Versions(old.base, one, other, _hash(old), _hash(new))


def check_comparable(old: Dataset, new: Dataset) -> None:
    """Raises UsageError where they have different bases, InputError where one has no N-Triples."""
    if old.base != new.base:
        raise UsageError(f"the one is below {old.base}, the other below {new.base}", hint="build both with one --base")
    for data in (old, new):
        if data.is_store or not data.files("dataset"):
            raise InputError("has no N-Triples", where=str(data.folder), hint="name a folder that kg build wrote")


def _lines(data: Dataset) -> Iterator[bytes]:
    for path in data.files("dataset"):
        with opened(path) as file:
            yield from (line.rstrip(b"\n") for line in file)


def _hash(data: Dataset) -> str:
    return str(data.manifest.get("dataset", {}).get("value", ""))
