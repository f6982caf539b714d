"""Everything of a kind: documents, names, statements, findings, and names that are not resolved."""

from collections.abc import Callable
from functools import cached_property
from typing import Final

from kg.dataset.rows import Rows
from kg.vocabulary import KG, RDF
from kg.web.pages import unresolved
from kg.web.pages.entities import MOST_CLAIMS, Things
from kg.web.pages.page import Page
from kg.web.pages.table import Cell, Indexed, Shown, Table
from kg.web.pages.view import Facts, Thing
from kg.web.pages.wording import date_words
from kg.web.search.asking import Index
from kg.web.search.opened import Search

_OF_NAMES: Final = {"name": "name", "kind": "kind", "others": "also", "claims": "claims"}
_OF_DOCUMENTS: Final = {
    "title": "document", "kind": "kind", "publisher": "publisher", "published": "published", "claims": "claims",
    "language": "language", "file": "file",
}  # fmt: skip


class Lists:
    """The lists of a dataset; ``rows_shown`` rows of a table stand on a page."""

    def __init__(self, facts: Facts, things: Things, search: Search, *, rows_shown: int) -> None:
        self.facts, self.things, self.search, self.rows_shown = facts, things, search, rows_shown
        self.by_path: dict[str, Callable[[Shown], Page]] = {
            "documents": self.documents, "names": self.names, "unresolved": self.unresolved,
        }  # fmt: skip

    def documents(self, look: Shown | None = None) -> Page:
        """Every document, as a table."""
        return self._listed("documents", "Documents", "Every document that was read.", look)

    def names(self, look: Shown | None = None) -> Page:
        """Everything that has a name, as a table."""
        return self._listed("names", "Places, people and organizations", "Everything that has a name.", look)

    def _listed(self, path: str, title: str, said: str, look: Shown | None) -> Page:
        index = self.search.index(None)
        assert index is not None
        table = Table(self.lists[path](index), look, most=self.rows_shown)
        return Page(path, "list.html", title, {"table": table}, said, section=path)

    @cached_property
    def lists(self) -> dict[str, Callable[[Index], Indexed]]:
        """The tables of the index that have a page."""
        return {
            "names": lambda index: Indexed(index, "name", _OF_NAMES, self._name_cells),
            "documents": lambda index: Indexed(index, "document", _OF_DOCUMENTS, self._document_cells),
        }

    def _name_cells(self, _: int, path: str, name: str, __: str, kind: str, others: str, claims: int) -> list[Cell]:
        thing = Thing(self.facts.base + path, name, path)
        return [[thing], [kind], [others.replace(" | ", ", ")] if others else [], [str(claims)] if claims else []]

    def _document_cells(self, _: int, path: str, title: str, __: str, *row: str) -> list[Cell]:
        kind, publisher, published, language, source, file, claims = row
        thing, kept = (Thing(self.facts.base + one, name, one) for one, name in ((path, title), (source, file)))
        day: Cell = [date_words(published)] if published else []
        return [[thing], [kind], [publisher] if publisher else [], day, [str(claims)], [language], [kept]]

    def statements(self) -> Page:
        nodes = self.facts.graph.subjects(RDF.type, KG.Statement)
        values = {"claims": self.facts.claims(nodes[:MOST_CLAIMS]), "left_out": max(0, len(nodes) - MOST_CLAIMS)}
        return Page(
            "statements", "statements.html", "Statements", values, "Who said what, in which words.", section="names"
        )

    def findings(self) -> Page:
        nodes = self.facts.graph.subjects(RDF.type, KG.Finding)
        found = [self.things.finding_values(node, claims=False) for node in nodes[:MOST_CLAIMS]]
        values = {"findings": found, "left_out": len(nodes) - len(found)}
        said = "What does not fit together, as the documents state it."
        return Page("findings", "findings.html", "Findings", values, said, section="findings")

    @cached_property
    def _unresolved(self) -> Rows:
        return Rows([], []) if self.facts.snapshot.dataset.is_store else unresolved.names(self.facts.snapshot.store)

    def unresolved(self, look: Shown | None = None) -> Page:
        """Every name that is not resolved, as a table."""
        table = Table(unresolved.Unresolved(self.facts, self._unresolved), look, most=self.rows_shown)
        said = "Names that no gazetteer knows, with the entries that may be meant."
        return Page("unresolved", "unresolved.html", "Names not resolved", {"table": table}, said, section="names")
