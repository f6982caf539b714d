"""Two versions of a dataset: which claims came, changed and went, what became contested, and the triples of it.

Both versions are read as streams; in memory are only the claims that differ and those of their kind beside them.
"""

from kg.dataset.diff.changes import Change, Changes, OneSided, changes
from kg.dataset.diff.triples import Versions, check_comparable, versions
from kg.dataset.diff.written import WRITERS

__all__ = ["WRITERS", "Change", "Changes", "OneSided", "Versions", "changes", "check_comparable", "versions"]
