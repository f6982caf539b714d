"""What happened, when and where: the numbers, the timeline and the map of a dataset."""

from functools import cached_property
from typing import Final

import pyoxigraph as ox

from kg.web.pages import periods as control
from kg.web.pages.colours import Colours
from kg.web.pages.draw.linked import linked
from kg.web.pages.draw.map import Map, draw_map
from kg.web.pages.draw.timeline import Timeline, timeline
from kg.web.pages.page import Page
from kg.web.pages.view import Facts
from kg.web.pages.wording import count_words, date_words

MOST_EVENTS: Final = 1500  # of the timeline and the map: those that the most sources speak of
_AT_HOME: Final = 80  # of these on the start page
_COUNTS: Final = {  # what a person asks first of a dataset, what counts it, and where it is shown
    "document": ("?s <http://purl.org/dc/terms/isPartOf> ?o", "documents"),
    "claim": ("?s kg:mainEvidence ?o", "queries/claims"),
    "event": ("?s kg:sources ?o", "timeline"),
    "place": ("?o sem:hasPlace ?s", "compare"),
    "statement": ("?s a kg:Statement", "statements"),
    "disagreement": ("?s kg:contested ?o", "compare"),
}


class Drawn:
    """The drawings of a dataset, each made once."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @cached_property
    def numbers(self) -> list[tuple[int, str, str]]:
        """How many of what there are, and where they are shown."""
        found = []
        for noun, (pattern, path) in _COUNTS.items():
            (row,) = self.facts.data.query(f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ {pattern} }}")
            number = int(str(row["n"]))
            found.append((number, count_words(number, noun).partition(" ")[2], path))
        return found

    @cached_property
    def periods(self) -> list[control.Period]:
        most = f"SELECT ?event {{ ?event kg:sources ?sources }} ORDER BY DESC(?sources) ?event LIMIT {MOST_EVENTS}"
        return control.periods(self.facts, [ox.NamedNode(iri) for iri in self.facts.column(most)])

    @cached_property
    def left_out(self) -> int:
        """How many events are neither on the timeline nor on the map."""
        return next(number for number, _, path in self.numbers if path == "timeline") - len(self.periods)

    @property
    def told_most(self) -> list[control.Period]:
        """The events that the most sources speak of, in their order."""
        told = sorted(self.periods, key=lambda one: -one.sources)[:_AT_HOME]
        return [one for one in self.periods if one in told]

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
