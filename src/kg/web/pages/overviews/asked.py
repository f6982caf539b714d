"""Queries and their answers: those that have names, and any that a person writes."""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.dataset import queries
from kg.dataset.rows import Rows, rows
from kg.web.pages.cite import Citation, of_query
from kg.web.pages.described import described
from kg.web.pages.page import Page
from kg.web.pages.problem import problem as explained
from kg.web.pages.published import Published
from kg.web.pages.table import MOST_ROWS, Answer, Table, bounded
from kg.web.pages.view import Facts

_SHOWN: Final = 20_000  # characters of the triples of a CONSTRUCT
FIRST_QUERY: Final = """# Who says what about the date of each event?
SELECT ?name ?date ?word ?document WHERE {
  ?claim sem:hasPlace ?place ; kg:date ?date ; kg:calledAs ?word ; dcterms:source ?document .
  ?place rdfs:label ?name FILTER(LANG(?name) = "en")
} ORDER BY ?name ?date
LIMIT 100"""


class Questions:
    """The queries of a dataset; ``rows_shown`` rows of an answer stand on a page."""

    def __init__(self, facts: Facts, published: Published, *, rows_shown: int) -> None:
        self.facts, self.published, self.rows_shown = facts, published, rows_shown

    def rows(self, name: str) -> Rows:
        """The first rows of a named query, asked once."""
        if name not in self._rows:
            self._rows[name] = self.first(name)
        return self._rows[name]

    def first(self, name: str, most: int = MOST_ROWS) -> Rows:
        """So many rows of a named query."""
        named = queries.load(name)
        found = self.facts.snapshot.store.query(bounded(named.text, most), use_default_graph_as_union=named.annotations)
        assert isinstance(found, ox.QuerySolutions)
        return rows(found)

    @cached_property
    def _rows(self) -> dict[str, Rows]:
        return {}

    def named_queries(self) -> Page:
        values = {"queries": [queries.load(name) for name in queries.names()], "prefixes": self.facts.data.prefixes}
        return Page("queries", "queries.html", "Queries", values, "Named queries, and any SPARQL.", section="queries")

    def query(self, path: str) -> Page | None:
        name = path.partition("/")[2]
        if name not in queries.names():
            return None
        named = queries.load(name)
        required = [parameter.name for parameter in named.parameters if not parameter.optional]
        table = Table(Answer(self.facts, self.rows(name)), most=self.rows_shown) if not required else None
        return self.answered(path, named.text, table, named=named)

    def answered(
        self,
        path: str,
        text: str,
        table: Table | None,
        *,
        named: queries.NamedQuery | None = None,
        given: Mapping[str, str] | None = None,
        problem: str = "",
        union: bool = False,
        triples: bytes = b"",
        status: int = 200,
    ) -> Page:
        """A query with its answer, or with what is wrong with it."""
        values: dict[str, Any] = {
            "text": text,
            "table": table,
            "named": named,
            "given": given or {},
            "problem": explained(problem, text) if problem else None,
            "triples": triples.decode(errors="replace")[:_SHOWN],
            "described": described(self.facts, triples) if triples else [],
            "union": union or bool(named and named.annotations),
            "prefixes": self.facts.data.prefixes,
            "words": self.words,
            "citation": None,
        }
        title = named.title if named else "Query"
        if named and not problem:
            values["citation"] = self._cited(path, title, given or {})
        said = " ".join(named.description.split()) if named else "Any SPARQL query over the dataset."
        return Page(path, "query.html", title, values, said, status=status, section="queries")

    def _cited(self, path: str, title: str, given: Mapping[str, str]) -> Citation:
        """How a named query is cited, with what is set in it."""
        shown = f"{path}?{urlencode(given)}" if given else path
        return of_query(shown, title, given, title=self.published.title, state=self.published.sha256)

    @cached_property
    def words(self) -> str:
        """What the editor completes, as JSON: prefixes, and the terms that the data uses."""
        used = self.facts.snapshot.store.query("SELECT DISTINCT ?p WHERE { ?s ?p ?o }")
        kinds = self.facts.snapshot.store.query("SELECT DISTINCT ?c WHERE { ?s a ?c }")
        assert isinstance(used, ox.QuerySolutions)
        assert isinstance(kinds, ox.QuerySolutions)
        terms = {one[0].value for one in (*used, *kinds) if isinstance(one[0], ox.NamedNode)}
        return json.dumps({"prefixes": self.facts.data.prefixes, "terms": sorted(map(self.facts.short, terms))})
