"""What only the catalogue describes: the files of the dataset, its partitions and prefixes."""

import pyoxigraph as ox

from kg.web.pages.homes import CATALOGUE, Homes
from kg.web.pages.page import Page
from kg.web.pages.view import Fact, Facts, Thing


def catalogue(facts: Facts, homes: Homes) -> Page:
    """All of it, on one page."""
    paths = sorted(facts.snapshot.catalogue_paths)
    things = [Thing("", path.partition("/")[2] or path, path) for path in paths if not homes.own(path)]
    here = [(one, _said(facts, one.path)) for one in things if homes(one.path) == f"{CATALOGUE}#{one.path}"]
    said = "The files of the dataset, its partitions and prefixes, as catalogues describe them."
    return Page(CATALOGUE, "catalog.html", "Catalogue", {"things": here}, said, section="downloads")


def _said(facts: Facts, path: str) -> list[Fact]:
    iri = facts.base + path
    by_word: dict[str, list[str | Thing]] = {}
    for one in facts.snapshot.catalogued(iri):
        word, value = facts.short(one.predicate.value), one.object
        if one.subject != ox.NamedNode(iri):
            continue
        if isinstance(value, ox.NamedNode):
            shown = Thing(value.value, facts.short(value.value), facts.path(value.value))
            by_word.setdefault(word, []).append(shown)
        elif isinstance(value, ox.Literal):
            by_word.setdefault(word, []).append(value.value)
    return [Fact(word, tuple(values)) for word, values in sorted(by_word.items())]
