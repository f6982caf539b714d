"""Every page of a dataset, by path: the same for the server and for the static site."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Any, Final
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.dataset import Dataset, queries
from kg.dataset.rows import Rows, rows
from kg.text.folding import fold
from kg.vocabulary import DCTERMS, KG, NIF, RDF, SCHEMA
from kg.web.pages import compare, unresolved
from kg.web.pages import periods as control
from kg.web.pages import schema_org as embedded
from kg.web.pages.catalogue import catalogue
from kg.web.pages.changed import History, feed, history
from kg.web.pages.cite import Citation, of_query
from kg.web.pages.colours import Colours
from kg.web.pages.described import described
from kg.web.pages.draw.linked import linked
from kg.web.pages.draw.map import Map, draw_map
from kg.web.pages.draw.timeline import Timeline, timeline
from kg.web.pages.entities import MOST_CLAIMS, Things
from kg.web.pages.homes import CATALOGUE, CLAIMS, Homes
from kg.web.pages.page import Page
from kg.web.pages.periods import is_day
from kg.web.pages.problem import problem as explained
from kg.web.pages.published import Published
from kg.web.pages.search import Searching
from kg.web.pages.table import A_PAGE, MOST_ROWS, Answer, Cell, Indexed, Shown, Table, bounded
from kg.web.pages.terms import Vocabulary
from kg.web.pages.told import told_in
from kg.web.pages.view import Facts, Thing
from kg.web.pages.wording import count_words, date_words
from kg.web.search.asking import Asked, Index
from kg.web.search.opened import Search
from kg.web.snapshot import Snapshot

_SHOWN: Final = 20_000  # characters of the triples of a CONSTRUCT
MOST_EVENTS: Final = 1500  # of the timeline and the map: those that the most sources speak of
_AT_HOME: Final = 80  # of these on the start page
_FINDINGS: Final = 4  # there
MOST_PLACES: Final = 2000  # of the list of places to compare, those of the most claims, and
MOST_DIFFERING: Final = 100  # of those where sources differ
_OF_NAMES: Final = {"name": "name", "kind": "kind", "others": "also", "claims": "claims"}
_OF_DOCUMENTS: Final = {
    "title": "document", "kind": "kind", "publisher": "publisher", "published": "published", "claims": "claims",
    "language": "language", "file": "file",
}  # fmt: skip
FIRST_QUERY: Final = """# Who says what about the date of each event?
SELECT ?name ?date ?word ?document WHERE {
  ?claim sem:hasPlace ?place ; kg:date ?date ; kg:calledAs ?word ; dcterms:source ?document .
  ?place rdfs:label ?name FILTER(LANG(?name) = "en")
} ORDER BY ?name ?date
LIMIT 100"""
_COUNTS: Final = {  # what a person asks first of a dataset, what counts it, and where it is shown
    "document": ("?s <http://purl.org/dc/terms/isPartOf> ?o", "documents"),
    "claim": ("?s kg:mainEvidence ?o", "queries/claims"),
    "event": ("?s kg:sources ?o", "timeline"),
    "place": ("?o sem:hasPlace ?s", "compare"),
    "statement": ("?s a kg:Statement", "statements"),
    "disagreement": ("?s kg:contested ?o", "compare"),
}


class Site:
    """The pages of one state of a dataset; with a previous one, what changed since."""

    def __init__(
        self, snapshot: Snapshot, *, previous: Dataset | None = None, rows_shown: int = A_PAGE, apart: bool = True
    ) -> None:
        self.snapshot, self.previous, self.rows_shown = snapshot, previous, rows_shown
        self.facts = Facts(snapshot)
        self.homes = Homes(self.facts, apart=apart)
        self.search = Search(lambda: Facts(snapshot))  # with caches of its own: it reads everything once
        self.searching = Searching(self.facts, self.search)
        self.published = Published(snapshot)
        drawn = (lambda: self.periods, lambda: self.colours)
        self.things = Things(snapshot, self.facts, self.published, self.homes, *drawn)
        self.fixed: dict[str, Callable[[], Page]] = {
            "": self.home,
            "timeline": self.timeline,
            "map": self.map,
            "compare": self.compare,
            "compatible": self.compatible,
            "documents": self.documents,
            "names": self.names,
            "statements": self.statements,
            "findings": self.findings,
            "queries": self.named_queries,
            "downloads": self.downloads,
            CATALOGUE: lambda: catalogue(self.facts, self.homes),
            "changes": self.changes,
            "unresolved": self.unresolved,
            "ontology": self.ontology,
        }
        self.listed: dict[str, Callable[[Shown], Page]] = {
            "documents": self.documents, "names": self.names, "unresolved": self.unresolved,
        }  # fmt: skip
        self.families: dict[str, Callable[[str], Page | None]] = {
            **self.things.families,
            "compare": self.compare_place,
            "queries": self.query,
        }

    def page(self, path: str) -> Page | None:
        """The page at a path below the site's root; None where there is none."""
        if path in self.fixed:
            return self.fixed[path]()
        family, slash, _ = path.partition("/")
        if slash and family in self.families:
            return self.families[family](path)
        if path in ("dataset", "publisher"):
            return self.downloads(path)
        return None

    def triples(self, path: str) -> list[ox.Triple]:
        """What is said of what stands at a path; with the claims of a document, of all that it alone tells of.

        The pieces of its text that no claim rests on, but who publishes it, are among these.
        """
        family, slash, name = path.partition("/")
        if family != CLAIMS or not slash:
            return self.snapshot.triples(self.snapshot.base + path)
        spans = self.facts.graph.subjects(NIF.referenceContext, self.facts.node(f"document/{name}"))
        told = [*told_in(self.facts, self.homes, name), *spans]
        found = (self.snapshot.triples(one.value) for one in told)
        return list(dict.fromkeys(chain.from_iterable(found)))

    def paths(self) -> Iterator[str]:
        """Every page once, for a static site."""
        yield from dict.fromkeys(self._paths())

    def _paths(self) -> Iterator[str]:
        yield from self.fixed
        own = filter(self.homes.own, self.described)
        yield from (path for path in own if path.partition("/")[0] in self.families)
        yield from self.claims_pages
        spoken = (f"compare/{self.facts.path(iri).partition('/')[2]}" for iri in self._spoken)
        yield from filter(self.homes.own, spoken)
        yield from (f"queries/{name}" for name in queries.names())
        yield from ("dataset", "publisher")

    @property
    def claims_pages(self) -> Iterator[str]:
        """The page of the claims of each document."""
        for node in self.facts.graph.subjects(DCTERMS.isPartOf):
            yield f"{CLAIMS}/{self.facts.path(node.value).partition('/')[2]}"

    @cached_property
    def described(self) -> list[str]:
        """The path of every thing that the dataset describes."""
        return sorted({self.facts.path(node.value) for node in self.facts.graph.subjects()} - {""})

    # The dataset as a whole

    @cached_property
    def periods(self) -> list[control.Period]:
        most = f"SELECT ?event {{ ?event kg:sources ?sources }} ORDER BY DESC(?sources) ?event LIMIT {MOST_EVENTS}"
        return control.periods(self.facts, [ox.NamedNode(iri) for iri in self._column(most)])

    @cached_property
    def left_out(self) -> int:
        """How many events are neither on the timeline nor on the map."""
        return next(number for number, _, path in self.numbers if path == "timeline") - len(self.periods)

    @property
    def _told_most(self) -> list[control.Period]:
        """The events that the most sources speak of, in their order."""
        told = sorted(self.periods, key=lambda one: -one.sources)[:_AT_HOME]
        return [one for one in self.periods if one in told]

    @cached_property
    def differing(self) -> list[tuple[Thing, list[compare.Question]]]:
        return list(compare.contested_places(self.facts, MOST_DIFFERING))

    @cached_property
    def _spoken(self) -> list[str]:
        """The places of which claims say something, those of the most claims first."""
        spoken = "{ ?claim sem:hasPlace ?place } UNION { ?claim kg:figureOf ?place . ?place a geo:Feature }"
        return self._column(f"SELECT ?place {{ {spoken} }} GROUP BY ?place ORDER BY DESC(COUNT(*)) ?place")

    @cached_property
    def colours(self) -> Colours:
        return Colours(self.periods)

    @cached_property
    def drawn_map(self) -> Map | None:
        return draw_map(self.facts, self.periods, self.colours)

    @cached_property
    def drawn_changes(self) -> Timeline | None:
        """The timeline beside the map: of the places that change hands."""
        return timeline([one for one in self.periods if one.family == "control" and one.place], self.colours, most=400)

    @cached_property
    def linked(self) -> str:
        """What the script of the map's page draws, as JSON."""
        return linked(self.drawn_map)

    def rows(self, name: str) -> Rows:
        """The first rows of a named query, asked once."""
        if name not in self._rows:
            self._rows[name] = self.first(name)
        return self._rows[name]

    def first(self, name: str, most: int = MOST_ROWS) -> Rows:
        """So many rows of a named query."""
        named = queries.load(name)
        found = self.snapshot.store.query(bounded(named.text, most), use_default_graph_as_union=named.annotations)
        assert isinstance(found, ox.QuerySolutions)
        return rows(found)

    def _column(self, query: str) -> list[str]:
        """The IRIs of a query's one column."""
        return [str(value) for row in self.facts.data.query(query) for value in row.values() if value is not None]

    @cached_property
    def _rows(self) -> dict[str, Rows]:
        return {}

    @cached_property
    def numbers(self) -> list[tuple[int, str, str]]:
        """How many of what there are, and where they are shown."""
        found = []
        for noun, (pattern, path) in _COUNTS.items():
            (row,) = self.facts.data.query(f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ {pattern} }}")
            number = int(str(row["n"]))
            found.append((number, count_words(number, noun).partition(" ")[2], path))
        return found

    def home(self) -> Page:
        values = {
            "numbers": self.numbers,
            "timeline": timeline(self._told_most, self.colours, most=10),
            "map": self.drawn_map,
            "findings": self._first_findings(),
            "differing": self.differing[:3],
            "documents": [(self.facts.thing(str(row["document"])), row) for row in self.first("documents", 6)],
        }
        data = embedded.dataset(self.published, self.snapshot.base)
        return Page("", "home.html", self.published.title, values, self.published.description, data=data)

    def _first_findings(self) -> list[dict[str, str]]:
        """The message and severity of the findings that the query of that name gives first."""
        graph = self.facts.graph
        nodes = graph.subjects(RDF.type, KG.Finding)[:_FINDINGS]
        if len(nodes) < _FINDINGS:
            return [
                {key: str(row[key]) for key in ("message", "severity")} for row in self.first("findings", _FINDINGS)
            ]
        return [{"message": graph.one(one, KG.message), "severity": graph.one(one, KG.severity)} for one in nodes]

    def timeline(self) -> Page:
        drawn = timeline(self.periods, self.colours)
        values = {"timeline": drawn, "periods": self.periods, "left_out": self.left_out}
        return Page(
            "timeline", "timeline.html", "Timeline", values, "Every event in the order of time.", section="timeline"
        )

    def map(self, day: str = "") -> Page:
        """The map as of a day (ISO 8601); without one, of the latest on which something changes."""
        latest = self.drawn_map.days[-1] if self.drawn_map and self.drawn_map.days else ""
        drawn = {"map": self.drawn_map, "timeline": self.drawn_changes, "left_out": self.left_out}
        title = f"Who held what on {date_words(day)}" if day else "Who holds what, by the latest claims"
        said = "Each place in the colour of who the documents say holds it, on any day."
        return Page("map", "map.html", title, {**drawn, "day": day or latest}, said, section="map")

    def compare(self) -> Page:
        places = sorted(map(self.facts.thing, self._spoken[:MOST_PLACES]), key=_alphabetical)
        values = {"differing": self.differing, "places": places, "left_out": len(self._spoken) - len(places)}
        said = "Every value that documents give for one date, area or actor, side by side."
        return Page("compare", "compare.html", "Who says what", values, said, section="compare")

    def compatible(self) -> Page:
        places = sorted(map(self.facts.thing, self._spoken[:MOST_DIFFERING]), key=_alphabetical)
        values = {"differing": compare.compatible_places(self.facts, places), "relations": compare.RELATIONS}
        said = "Values that differ and can all be right."
        return Page("compatible", "compatible.html", "Compatible differences", values, said, section="compare")

    def compare_place(self, path: str) -> Page | None:
        thing = self.things.described("place/" + path.partition("/")[2])
        if thing is None:
            return None
        found = compare.by_relation(compare.of_place(self.facts, ox.NamedNode(thing.iri)))
        values = {"place": thing, "questions": found, "relations": compare.RELATIONS}
        said = f"What each document says of {thing.name}."
        return Page(path, "compare_place.html", f"Who says what of {thing.name}", values, said, section="compare")

    def search_page(self, asked: Asked) -> Page:
        """What a search finds."""
        return self.searching.page(asked)

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
        used = self.snapshot.store.query("SELECT DISTINCT ?p WHERE { ?s ?p ?o }")
        kinds = self.snapshot.store.query("SELECT DISTINCT ?c WHERE { ?s a ?c }")
        assert isinstance(used, ox.QuerySolutions)
        assert isinstance(kinds, ox.QuerySolutions)
        terms = {one[0].value for one in (*used, *kinds) if isinstance(one[0], ox.NamedNode)}
        return json.dumps({"prefixes": self.facts.data.prefixes, "terms": sorted(map(self.facts.short, terms))})

    def downloads(self, path: str = "downloads") -> Page:
        values = {"published": self.published, "files": self.published.files}
        data = embedded.dataset(self.published, self.snapshot.base)
        iri = self.snapshot.base + "dataset" if path == "dataset" else ""
        said = "The dataset in every format, with sizes and checksums."
        return Page(path, "downloads.html", "Downloads", values, said, iri=iri, data=data, section="downloads")

    @cached_property
    def history(self) -> History | None:
        return history(self.facts, self.previous) if self.previous else None

    def changes(self) -> Page:
        values = {"history": self.history, "feed": bool(self.feed)}
        said = "Which claims came, changed and went since the previous state."
        return Page("changes", "changes.html", "What changed", values, said, section="downloads")

    @cached_property
    def feed(self) -> str:
        """The changes as Atom; empty without a previous state, or where no day of this one is known."""
        latest = f"SELECT (MAX(STR(?day)) AS ?last) {{ ?document <{SCHEMA.datePublished.value}> ?day }}"
        days = [self.published.issued, *self._column(latest)]
        updated = next(filter(is_day, days), "")
        if not self.history or not updated:
            return ""
        title, author = self.published.title, self.published.publisher or self.published.title
        return feed(self.history, title=title, base=self.snapshot.base, updated=updated, author=author)

    @cached_property
    def _unresolved(self) -> Rows:
        return Rows([], []) if self.snapshot.dataset.is_store else unresolved.names(self.snapshot.store)

    def unresolved(self, look: Shown | None = None) -> Page:
        """Every name that is not resolved, as a table."""
        table = Table(unresolved.Unresolved(self.facts, self._unresolved), look, most=self.rows_shown)
        said = "Names that no gazetteer knows, with the entries that may be meant."
        return Page("unresolved", "unresolved.html", "Names not resolved", {"table": table}, said, section="names")

    def ontology(self) -> Page:
        values = {"vocabulary": Vocabulary()}
        return Page("ontology", "ontology.html", "Ontology", values, "The terms of kg's own, with their shapes.")


def _alphabetical(thing: Thing) -> tuple[str, str, str]:
    """The order in which a person looks for a name: whatever its accents, case and quotation marks."""
    return fold(thing.name), thing.name, thing.iri
