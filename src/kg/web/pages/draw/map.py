"""A map: each place a circle of its area at its coordinates, in the colour of who holds it on a day.

Coasts, lakes and borders lie under it; no border is drawn as settled. A district without coordinates of its own
stands where the gazetteer has the town of the same name in it.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyoxigraph as ox

from kg.dataset.coordinates import coordinates
from kg.domain import FIGURE
from kg.vocabulary import KG, SEM
from kg.web.pages.colours import Colours
from kg.web.pages.draw.basemap import Box, lines_in
from kg.web.pages.draw.labels import Label, Spot, labels
from kg.web.pages.holding import Holding, holdings
from kg.web.pages.periods import Period
from kg.web.pages.view import Facts, Thing
from kg.web.pages.wording import fitted

WIDTH: Final = 720
_MARGIN: Final = 44
_KM: Final = 111.32  # of a degree of latitude
_DOT: Final = 5.0  # radius of a place whose area nobody states
_LETTERS: Final = 26  # of a name
_MOST_AREAS: Final = 8  # circles of a place
_SCALES: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class Circle:
    """A place: its centre, a radius for each area that is stated, who holds it from when on."""

    place: Thing
    x: float
    y: float
    radii: tuple[float, ...]
    states: tuple[Holding, ...]
    where: str  # from where the coordinates are
    latitude: float
    longitude: float
    areas: tuple[float, ...]  # km2

    def on(self, day: str) -> Holding | None:
        """What holds on a day (ISO 8601); None before the first."""
        return next((state for state in reversed(self.states) if state.since.isoformat() <= day), None)

    @property
    def data(self) -> str:
        """The states as JSON, for the slider."""
        states = [[state.since.isoformat(), state.classes, state.words] for state in self.states]
        return json.dumps(states, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Map:
    """All that a template needs to draw it: nothing of it depends on the day that is shown."""

    width: int
    height: int
    circles: tuple[Circle, ...]  # the largest first
    labels: tuple[Label, ...]
    lines: tuple[tuple[str, str], ...]  # of coasts, lakes and borders: the kind, and the path as SVG has it
    box: Box  # in which the places lie
    missing: tuple[Thing, ...]  # places without coordinates
    days: tuple[str, ...]  # on which something changes
    scale: tuple[float, str]  # pixels and the words for them
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    place: Thing
    latitude: float
    longitude: float
    areas: tuple[float, ...]
    states: tuple[Holding, ...]
    where: str


def draw_map(facts: Facts, found: Sequence[Period], colours: Colours) -> Map | None:
    """The map of all places whose holder changes; None where none can be drawn."""
    by_place: dict[Thing, list[Period]] = {}
    for period in found:
        if period.family == "control" and period.place and period.whole and period.band:
            by_place.setdefault(period.place, []).append(period)
    held = {place: holdings(changes, colours) for place, changes in sorted(by_place.items(), key=_by_iri)}
    measuring = _measuring(facts)
    spots = [spot for place, states in held.items() for spot in _spot(facts, place, states, measuring)]
    if not spots:
        return None
    project = _Projection(spots)
    drawn = {spot.place for spot in spots}
    circles = sorted((_circle(spot, project) for spot in spots), key=lambda one: (-one.radii[-1], one.place.iri))
    named = sorted(circles, key=lambda one: (-len(one.states), -one.radii[-1], one.place.iri))
    states = [state for spot in spots for state in spot.states]
    return Map(
        width=WIDTH,
        height=project.height,
        circles=tuple(circles),
        labels=labels(map(_named, named), WIDTH, project.height),
        lines=_paths(project),
        box=project.box,
        missing=tuple(place for place in held if place not in drawn),
        days=tuple(sorted({state.since.isoformat() for state in states if state.since > date.min})),
        scale=project.scale_bar(),
        legend=colours.legend({state.classes for state in states} | {"before"}),
    )


def _named(circle: Circle) -> Spot:
    return Spot(fitted(circle.place.name, _LETTERS), circle.x, circle.y, circle.radii[-1])


def _by_iri(entry: tuple[Thing, list[Period]]) -> str:
    return entry[0].iri


def _spot(facts: Facts, place: Thing, states: tuple[Holding, ...], measuring: set[ox.NamedNode]) -> Iterator[_Spot]:
    node = ox.NamedNode(place.iri)
    found = coordinates(facts.graph, node)
    if found:
        latitude, longitude, where = found
        yield _Spot(place, float(latitude), float(longitude), _areas(facts, node, measuring), states, where)


def _measuring(facts: Facts) -> set[ox.NamedNode]:
    """The claims that state an area of some kind: of many thousands few do."""
    stated = (claim for predicate in (KG.areaKm2, KG.ofAreaKm2) for claim, _ in facts.graph.pairs(predicate))
    return {*stated, *facts.graph.subjects(KG.figureKind, KG[FIGURE["area"].term])}


def _areas(facts: Facts, place: ox.NamedNode, measuring: set[ox.NamedNode]) -> tuple[float, ...]:
    """The areas that documents state for the place as a whole, in km2.

    Of very many the smallest, the largest, and those that the most claims give.
    """
    of_it = {*facts.graph.subjects(SEM.hasPlace, place), *facts.graph.subjects(KG.figureOf, place)} & measuring
    stated = Counter(float(value) for claim in of_it for value in facts.compared(claim).get("area", ()))
    if len(stated) <= _MOST_AREAS:
        return tuple(sorted(stated))
    often = sorted(stated, key=lambda area: (-stated[area], area))[: _MOST_AREAS - 2]
    return tuple(sorted({min(stated), max(stated), *often}))


class _Projection:
    """Degrees to pixels: equidistant around the middle, true enough for a region."""

    def __init__(self, spots: Sequence[_Spot]) -> None:
        latitudes = [spot.latitude for spot in spots]
        self.squeeze = math.cos(math.radians((min(latitudes) + max(latitudes)) / 2))
        reach = [_radius(max(spot.areas, default=0.0)) / _KM for spot in spots]  # in degrees of latitude
        places = list(zip(spots, reach, strict=True))
        self.north = max(spot.latitude + far for spot, far in places)
        self.west = min(spot.longitude - far / self.squeeze for spot, far in places)
        east = max(spot.longitude + far / self.squeeze for spot, far in places)
        wide = max((east - self.west) * self.squeeze, 0.2)
        high = max(self.north - min(spot.latitude - far for spot, far in places), 0.1)
        self.pixels = min((WIDTH - 2 * _MARGIN) / wide, 640 / high)  # of a degree of latitude
        self.height = round(high * self.pixels + 2 * _MARGIN + 24)
        self.left = (WIDTH - wide * self.pixels) / 2
        self.box = Box(self.west, min(latitudes), east, self.north)

    def __call__(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = self.left + (longitude - self.west) * self.squeeze * self.pixels
        return round(x, 1), round(_MARGIN + (self.north - latitude) * self.pixels, 1)

    @property
    def seen(self) -> Box:
        """What the drawing shows."""
        across, up = self.squeeze * self.pixels, self.pixels
        west, north = self.west - self.left / across, self.north + _MARGIN / up
        return Box(west, north - self.height / up, west + WIDTH / across, north)

    def radius(self, area: float) -> float:
        """Of a circle that has this area, in km2."""
        return round(max(_radius(area) / _KM * self.pixels, _DOT), 1)

    def scale_bar(self) -> tuple[float, str]:
        kilometres = next((one for one in _SCALES if one / _KM * self.pixels >= 60), _SCALES[-1])
        return round(kilometres / _KM * self.pixels, 1), f"{kilometres} km"


def _radius(area: float) -> float:
    """Of a circle with this area: km of km2."""
    return math.sqrt(area / math.pi)


def _circle(spot: _Spot, project: _Projection) -> Circle:
    x, y = project(spot.longitude, spot.latitude)
    radii = tuple(project.radius(area) for area in spot.areas) or (_DOT,)
    return Circle(spot.place, x, y, radii, spot.states, spot.where, spot.latitude, spot.longitude, spot.areas)


def _paths(project: _Projection) -> tuple[tuple[str, str], ...]:
    """Of each kind of line one path, without points, and islands, that lie on one pixel."""
    found: dict[str, str] = {}
    for line in lines_in(project.seen):
        points = dict.fromkeys(tuple(map(round, project(*point))) for point in line.points)
        if len(points) > 1:
            found[line.kind] = found.get(line.kind, "") + "M" + "L".join(f"{x} {y}" for x, y in points)
    return tuple(found.items())
