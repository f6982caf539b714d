"""Who says what: where sources differ, of the whole dataset and of each place."""

from functools import cached_property
from typing import Final

import pyoxigraph as ox

from kg.text.folding import fold
from kg.web.pages import compare
from kg.web.pages.entities import Things
from kg.web.pages.page import Page
from kg.web.pages.view import Facts, Thing

MOST_PLACES: Final = 2000  # of the list of places to compare, those of the most claims, and
MOST_DIFFERING: Final = 100  # of those where sources differ


class Compared:
    """The comparisons of a dataset."""

    def __init__(self, facts: Facts, things: Things) -> None:
        self.facts, self.things = facts, things

    @cached_property
    def differing(self) -> list[tuple[Thing, list[compare.Question]]]:
        return list(compare.contested_places(self.facts, MOST_DIFFERING))

    @cached_property
    def spoken(self) -> list[str]:
        """The places of which claims say something, those of the most claims first."""
        spoken = "{ ?claim sem:hasPlace ?place } UNION { ?claim kg:figureOf ?place . ?place a geo:Feature }"
        return self.facts.column(f"SELECT ?place {{ {spoken} }} GROUP BY ?place ORDER BY DESC(COUNT(*)) ?place")

    def compare(self) -> Page:
        places = sorted(map(self.facts.thing, self.spoken[:MOST_PLACES]), key=_alphabetical)
        values = {"differing": self.differing, "places": places, "left_out": len(self.spoken) - len(places)}
        said = "Every value that documents give for one date, area or actor, side by side."
        return Page("compare", "compare.html", "Who says what", values, said, section="compare")

    def compatible(self) -> Page:
        places = sorted(map(self.facts.thing, self.spoken[:MOST_DIFFERING]), key=_alphabetical)
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


def _alphabetical(thing: Thing) -> tuple[str, str, str]:
    """The order in which a person looks for a name: whatever its accents, case and quotation marks."""
    return fold(thing.name), thing.name, thing.iri
