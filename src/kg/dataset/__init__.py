"""A dataset that kg built: opened, asked, explained, compared, exported."""

from kg.dataset.reader import ANNOTATIONS, STORE_MARK, Dataset, open, opened

__all__ = ["ANNOTATIONS", "STORE_MARK", "Dataset", "open", "opened"]
