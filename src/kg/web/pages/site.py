"""Every page of a dataset, by path: the same for the server and for the static site."""

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import chain
from typing import Final

import pyoxigraph as ox

from kg.dataset import Dataset, queries
from kg.vocabulary import DCTERMS, KG, NIF, RDF, SCHEMA
from kg.web.pages import schema_org as embedded
from kg.web.pages.catalogue import catalogue
from kg.web.pages.changed import History, feed, history
from kg.web.pages.draw.timeline import timeline
from kg.web.pages.entities import Things
from kg.web.pages.homes import CATALOGUE, CLAIMS, Homes
from kg.web.pages.overviews.asked import Questions
from kg.web.pages.overviews.compared import Compared
from kg.web.pages.overviews.drawn import Drawn
from kg.web.pages.overviews.listed import Lists
from kg.web.pages.page import Page
from kg.web.pages.periods import is_day
from kg.web.pages.published import Published
from kg.web.pages.search import Searching
from kg.web.pages.table import A_PAGE
from kg.web.pages.terms import Vocabulary
from kg.web.pages.told import told_in
from kg.web.pages.view import Facts
from kg.web.search.asking import Asked
from kg.web.search.opened import Search
from kg.web.snapshot import Snapshot

_FINDINGS: Final = 4  # on the start page


class Site:
    """The pages of one state of a dataset; with a previous one, what changed since."""

    def __init__(
        self, snapshot: Snapshot, *, previous: Dataset | None = None, rows_shown: int = A_PAGE, apart: bool = True
    ) -> None:
        self.snapshot, self.previous = snapshot, previous
        self.facts = Facts(snapshot)
        self.homes = Homes(self.facts, apart=apart)
        self.search = Search(lambda: Facts(snapshot))  # with caches of its own: it reads everything once
        self.searching = Searching(self.facts, self.search)
        self.published = Published(snapshot)
        self.drawn = Drawn(self.facts)
        self.things = Things(self.facts, self.published, self.homes, self.drawn)
        self.compared = Compared(self.facts, self.things)
        self.lists = Lists(self.facts, self.things, self.search, rows_shown=rows_shown)
        self.questions = Questions(self.facts, self.published, rows_shown=rows_shown)
        self.fixed: dict[str, Callable[[], Page]] = {
            "": self.home,
            "timeline": self.drawn.timeline,
            "map": self.drawn.map,
            "compare": self.compared.compare,
            "compatible": self.compared.compatible,
            "documents": self.lists.documents,
            "names": self.lists.names,
            "statements": self.lists.statements,
            "findings": self.lists.findings,
            "queries": self.questions.named_queries,
            "downloads": self.downloads,
            CATALOGUE: lambda: catalogue(self.facts, self.homes),
            "changes": self.changes,
            "unresolved": self.lists.unresolved,
            "ontology": self.ontology,
        }
        self.families: dict[str, Callable[[str], Page | None]] = {
            **self.things.families,
            "compare": self.compared.compare_place,
            "queries": self.questions.query,
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
        spoken = (f"compare/{self.facts.path(iri).partition('/')[2]}" for iri in self.compared.spoken)
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

    def home(self) -> Page:
        values = {
            "numbers": self.drawn.numbers,
            "timeline": timeline(self.drawn.told_most, self.drawn.colours, most=10),
            "map": self.drawn.drawn_map,
            "findings": self._first_findings(),
            "differing": self.compared.differing[:3],
            "documents": [
                (self.facts.thing(str(row["document"])), row) for row in self.questions.first("documents", 6)
            ],
        }
        data = embedded.dataset(self.published, self.snapshot.base)
        return Page("", "home.html", self.published.title, values, self.published.description, data=data)

    def _first_findings(self) -> list[dict[str, str]]:
        """The message and severity of the findings that the query of that name gives first."""
        graph = self.facts.graph
        nodes = graph.subjects(RDF.type, KG.Finding)[:_FINDINGS]
        if len(nodes) < _FINDINGS:
            return [
                {key: str(row[key]) for key in ("message", "severity")}
                for row in self.questions.first("findings", _FINDINGS)
            ]
        return [{"message": graph.one(one, KG.message), "severity": graph.one(one, KG.severity)} for one in nodes]

    def search_page(self, asked: Asked) -> Page:
        """What a search finds."""
        return self.searching.page(asked)

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
        days = [self.published.issued, *self.facts.column(latest)]
        updated = next(filter(is_day, days), "")
        if not self.history or not updated:
            return ""
        title, author = self.published.title, self.published.publisher or self.published.title
        return feed(self.history, title=title, base=self.snapshot.base, updated=updated, author=author)

    def ontology(self) -> Page:
        values = {"vocabulary": Vocabulary()}
        return Page("ontology", "ontology.html", "Ontology", values, "The terms of kg's own, with their shapes.")
