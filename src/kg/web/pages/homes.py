"""Where each thing stands: on a page of its own, or at a place on a page that holds others, too."""

from functools import lru_cache
from typing import Final

from kg.ids import told_by
from kg.web.pages.view import Facts

CATALOGUE: Final = "catalog"  # the page of what only the catalogue describes
CLAIMS: Final = "claims"  # the family of the pages of all that one document alone tells of
_OF_DOCUMENTS: Final = frozenset({"claim", "event", "place", "agent", "role"})
_PAGES: Final = frozenset({"dataset", "publisher"})  # what the catalogue describes and has a page


class Homes:
    """The address of each thing's page and the place on it.

    ``apart``: every claim, and each thing that one document alone tells of, has a page of its own, made when it is
    asked for. As files these would be nine in ten of all, so that there they stand together, at the document's claims.
    """

    def __init__(self, facts: Facts, *, apart: bool = True) -> None:
        self.facts, self.apart = facts, apart
        self._home = lru_cache(maxsize=65536)(self._found)

    def __call__(self, address: str) -> str:
        """The address of the page and place where a thing, or a place on its own page, stands."""
        path, mark, place = address.partition("#")
        home = self._home(path)
        if home == path or not mark:
            return f"{home}{mark}{place}"
        return f"{home}/{place}" if "#" in home else f"{home}#{place}"

    def own(self, path: str) -> bool:
        """Whether a thing has a page of its own."""
        return self._home(path) == path

    def document(self, path: str) -> str:
        """The id of the document that alone tells of a thing; empty where others may, too."""
        return told_by(path, self._known) if path.partition("/")[0] in _OF_DOCUMENTS else ""

    def _found(self, path: str) -> str:
        family, slash, name = path.partition("/")
        if family == "span" and name.count("-") > 1:
            document, start, end = name.rsplit("-", 2)
            return f"document/{document}#{start}-{end}"
        if family not in _PAGES and self._catalogued(path):
            return f"{CATALOGUE}#{path}"
        if self.apart or not slash:
            return path
        if family == "source":
            return f"{CLAIMS}/{name}-1#{path}" if self._known(f"{name}-1") else path
        thing = f"place/{name}" if family in ("geometry", "compare") else path
        if document := self.document(thing):
            return f"{CLAIMS}/{document}#{thing}"
        return thing if family == "geometry" and self._described(thing) else path

    def _known(self, document: str) -> bool:
        return self._described(f"document/{document}")

    def _described(self, path: str) -> bool:
        return self.facts.known(self.facts.base + path)

    def _catalogued(self, path: str) -> bool:
        return path in self.facts.snapshot.catalogue_paths and not self._described(path)
