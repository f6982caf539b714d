"""The page on which claims, documents and names are found by their words, narrowed by what a person picks."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.text.folding import fold
from kg.web.pages.page import Page
from kg.web.pages.view import Facts, Thing
from kg.web.pages.wording import count_words
from kg.web.search.asking import A_PAGE, KINDS, ORDERS, Asked, Found, Index, Spelling
from kg.web.search.index import NEEDED
from kg.web.search.opened import Search
from kg.web.search.records import FACETS

OFFERED: Final = 8  # values of a facet that are shown at once
_BESIDE: Final = 5  # names that are shown above the claims
_WORD: Final = re.compile(r"[\w’'ʼ]+")
_AROUND: Final = 90  # characters before and after the first word that was found in a document


@dataclass(frozen=True, slots=True)
class Link:
    """A state of the search to go to: its words, its address, how many hits it has."""

    words: str
    query: str
    hits: int = 0
    now: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """What hits may be narrowed by: the values that are picked, those that are offered, and the rest of them."""

    name: str
    picked: tuple[Link, ...]
    offered: tuple[Link, ...]
    others: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A document that was found, and where in it, if the words stand there."""

    document: Thing
    publisher: str
    published: str
    before: str = ""
    words: str = ""
    after: str = ""


class Searching:
    """Makes the pages of a search."""

    def __init__(self, facts: Facts, search: Search) -> None:
        self.facts, self.search = facts, search

    def page(self, asked: Asked, *, path: str = "search") -> Page:
        """The hits of a question, or what is to be waited for."""
        index = self.search.index()
        title = f"Search: {asked.words}" if asked.words else "Search"
        values: dict[str, Any] = {"asked": asked, "orders": ORDERS, "problem": "", "waiting": index is None}
        if index is None:
            said = "The index of the words is being made; this is done once for each state of the dataset."
            return Page(path, "search.html", title, {**values, "problem": said}, status=503, section="search")
        if not index.searched:
            return Page(path, "search.html", title, {**values, "problem": NEEDED}, status=501, section="search")
        found = index.find(asked)
        values |= {
            "found": found,
            "hits": _HITS[asked.among](self, found.paths, asked, index),
            "kinds": self._kinds(asked, index.counts(asked)),
            "facets": _facets(asked, found) if asked.among == "claims" else [],
            "sorts": [
                Link(words, _query(asked, order=order), now=asked.order == order) for order, words in ORDERS.items()
            ],
            "pages": _pages(asked, found),
            "beside": self._beside(asked, index),
            "count": ("more than " if found.more else "") + count_words(found.all, asked.among[:-1]),
        }
        return Page(path, "search.html", title, values, "Claims, documents and names by their words.", section="search")

    def static(self) -> Page:
        """The page of a static site: a script finds, and shows, what the address asks for."""
        return Page(
            "search",
            "search.html",
            "Search",
            {"asked": Asked(), "waiting": False},
            "Claims, documents and names.",
            section="search",
        )

    def cards(self, kind: str, paths: Sequence[str]) -> Page:
        """The hits at some paths as they look among others, each with a mark after it."""
        index = self.search.index(None)
        assert index is not None
        hits = _HITS[kind](self, paths, Asked(among=kind), index)
        return Page("search", "card.html", "", {"kind": kind, "found": hits})

    def _kinds(self, asked: Asked, counts: dict[str, tuple[int, bool]]) -> Sequence[Link]:
        links = []
        for kind in KINDS:
            hits, whole = counts[kind]
            words = kind.capitalize() if whole else f"{kind.capitalize()}, more than"
            links.append(Link(words, _query(asked, among=kind), hits, asked.among == kind))
        return links

    def _beside(self, asked: Asked, index: Index) -> list[Thing]:
        """The names that the words are, above the claims that say something of them."""
        if asked.among != "claims" or not asked.words or asked.page > 1:
            return []
        found = index.find(Asked(asked.words, among="names"))
        return [self.facts.thing(self.facts.base + path) for path in found.paths[:_BESIDE]]

    def claims(self, paths: Sequence[str], asked: Asked, index: Index) -> list[Any]:
        return [self.facts.claim(self.facts.node(path)) for path in paths]

    def names(self, paths: Sequence[str], asked: Asked, index: Index) -> list[Any]:
        found = {path: (others, claims) for path, others, claims in _rows(index, "name", "path, others, claims", paths)}
        return [(self.facts.thing(self.facts.base + path), *found[path]) for path in paths]

    def documents(self, paths: Sequence[str], asked: Asked, index: Index) -> list[Any]:
        columns = "path, publisher, published"
        known = {path: (publisher, day) for path, publisher, day in _rows(index, "document", columns, paths)}
        sought = index.spellings(asked)
        return [self._passage(self.facts.thing(self.facts.base + path), *known[path], sought) for path in paths]

    def _passage(self, document: Thing, publisher: str, published: str, sought: Sequence[Spelling]) -> Passage:
        text = self.facts.text_of(document)
        node = ox.NamedNode(document.iri)
        if not text or not sought:
            return Passage(document, publisher, published)
        span = self.facts.graph.span(node)
        text = text[span.start : span.end]
        return Passage(document, publisher, published, *_around(text, sought))


_HITS: Final[dict[str, Callable[[Searching, Sequence[str], Asked, Index], list[Any]]]] = {
    "claims": Searching.claims,
    "documents": Searching.documents,
    "names": Searching.names,
}


def _rows(index: Index, table: str, columns: str, paths: Sequence[str]) -> list[tuple[Any, ...]]:
    marks = ", ".join("?" * len(paths))
    return index.rows(f"SELECT {columns} FROM {table} WHERE path IN ({marks})", paths)


def _query(asked: Asked, **changed: Any) -> str:
    return urlencode(replace(asked, **{"page": 1, **changed}).parameters())


def _facets(asked: Asked, found: Found) -> Sequence[Facet]:
    facets = []
    for name in FACETS:
        picked = asked.picked(name)
        links = [
            Link(value, urlencode(asked.narrowed(name, value).parameters()), hits)
            for value, hits in found.facets.get(name, [])
            if value not in picked
        ]
        kept = [Link(value, urlencode(asked.widened(name, value).parameters()), now=True) for value in picked]
        most = sorted(links, key=lambda link: -link.hits)[:OFFERED]
        offered = tuple(link for link in links if link in most)
        others = tuple(link for link in links if link not in most)
        if kept or links:
            facets.append(Facet(name, tuple(kept), offered, others))
    return facets


def _pages(asked: Asked, found: Found) -> Sequence[Link]:
    last = (found.all + A_PAGE - 1) // A_PAGE
    near = {1, last, *range(asked.page - 2, asked.page + 3)}
    return [
        Link(f"{number:,}", _query(asked, page=number), now=number == asked.page)
        for number in sorted(near)
        if 1 <= number <= last and last > 1
    ]


def _around(text: str, sought: Sequence[Spelling]) -> tuple[str, str, str]:
    """Where the first of some spellings stands in a text, with what stands around it.

    >>> _around("Fog lay.\\nIn Şuşa they waited.", [(("susa",), False)])
    ('In ', 'Şuşa', ' they waited.')
    """
    for line in text.split("\n"):
        if not any(spelled[0] in fold(line) for spelled, _ in sought):
            continue
        places = [match.span() for match in _WORD.finditer(line)]
        folded = [fold(line[start:end]) for start, end in places]
        for begin, (start, _) in enumerate(places):
            for spelled, begins in sought:
                if _stands(folded[begin : begin + len(spelled)], spelled, begins=begins):
                    return _cut(line, start, places[begin + len(spelled) - 1][1])
    return "", "", ""


def _stands(words: Sequence[str], spelled: Sequence[str], *, begins: bool) -> bool:
    if len(words) < len(spelled) or list(words[:-1]) != list(spelled[:-1]):
        return False
    return words[-1].startswith(spelled[-1]) if begins else words[-1] == spelled[-1]


def _cut(line: str, start: int, end: int) -> tuple[str, str, str]:
    before, after = line[max(0, start - _AROUND) : start], line[end : end + _AROUND]
    if start > _AROUND:
        before = "…" + before[before.find(" ") :]
    if end + _AROUND < len(line):
        after = after[: after.rfind(" ")] + " …"
    return before, line[start:end], after
