"""A map: each place a circle of its area at its coordinates, in the colour of who holds it on a day.

There are no borders to draw: none that all sides accept. A district without coordinates of its own stands where
the gazetteer has the town of the same name in it.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pyoxigraph as ox

from kg import gazetteer
from kg.vocabulary import SCHEMA
from kg.web.pages.draw.timeline import legend
from kg.web.pages.periods import Period, actors, colour
from kg.web.pages.view import Facts, Thing
from kg.web.pages.wording import date_words

WIDTH: Final = 720
_MARGIN: Final = 44
_KM: Final = 111.32  # of a degree of latitude
_DOT: Final = 5.0  # radius of a place whose area nobody states
_ROOM: Final = 34.0  # radius from which a name stands in the circle
_SCALES: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class State:
    """What holds of a place from a day on: a CSS class and words."""

    since: str  # ISO 8601
    colour: str
    words: str


@dataclass(frozen=True, slots=True)
class Circle:
    """A place: its centre, a radius for each area that is stated, its states in the order of time."""

    place: Thing
    x: float
    y: float
    radii: tuple[float, ...]
    label_y: float
    states: tuple[State, ...]
    now: State | None
    where: str  # from where the coordinates are


@dataclass(frozen=True, slots=True)
class Map:
    width: int
    height: int
    circles: tuple[Circle, ...]
    missing: tuple[Thing, ...]  # places without coordinates
    days: tuple[str, ...]  # on which something changes
    day: str
    scale: tuple[float, str]  # pixels and the words for them
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    place: Thing
    latitude: float
    longitude: float
    areas: tuple[float, ...]
    periods: tuple[Period, ...]
    where: str


def draw_map(facts: Facts, found: Sequence[Period], *, day: str = "") -> Map | None:
    """The map as of a day (ISO 8601; without one, the latest known); None where no place can be drawn."""
    changes = [period for period in found if period.family == "control" and period.place and period.begun]
    whole = [period for period in changes if period.whole]
    by_place: dict[Thing, list[Period]] = {}
    for period in whole:
        assert period.place
        by_place.setdefault(period.place, []).append(period)
    spots = [spot for place, periods in sorted(by_place.items(), key=_by_iri) for spot in _spot(facts, place, periods)]
    if not spots:
        return None
    days = tuple(sorted({period.begun.isoformat() for period in whole if period.begun}))
    colours = actors(found)
    project = _Projection(spots)
    placed = {spot.place for spot in spots}
    circles = [_circle(spot, project, colours, day or days[-1]) for spot in spots]
    return Map(
        width=WIDTH,
        height=project.height,
        circles=_apart(circles),
        missing=tuple(place for place in sorted(by_place, key=lambda one: one.iri) if place not in placed),
        days=days,
        day=day or days[-1],
        scale=project.scale_bar(),
        legend=legend(whole, colours),
    )


def _by_iri(entry: tuple[Thing, list[Period]]) -> str:
    return entry[0].iri


def _spot(facts: Facts, place: Thing, periods: list[Period]) -> Iterator[_Spot]:
    node = ox.NamedNode(place.iri)
    found = _coordinates(facts, node)
    if found:
        latitude, longitude, where = found
        yield _Spot(place, float(latitude), float(longitude), _areas(facts, node), tuple(periods), where)


def _coordinates(facts: Facts, place: ox.NamedNode) -> tuple[Decimal, Decimal, str] | None:
    latitude, longitude = facts.graph.one(place, SCHEMA.latitude), facts.graph.one(place, SCHEMA.longitude)
    if latitude and longitude:
        return Decimal(latitude), Decimal(longitude), "its coordinates in the dataset"
    key = facts.path(place.value)
    for name, _ in facts.labels(place):
        for candidate in gazetteer.load().lookup(name):
            entry = candidate.entry
            if key in entry.within and entry.latitude is not None and entry.longitude is not None:
                return entry.latitude, entry.longitude, f"the town of {entry.name} in it (gazetteer)"
    return None


def _areas(facts: Facts, place: ox.NamedNode) -> tuple[float, ...]:
    """Every area that a document states for the place as a whole, in km2."""
    claims = [facts.claim(node) for node in facts.claims_about(place)]
    of_it = [claim for claim in claims if claim.place and claim.place.iri == place.value]
    return tuple(sorted({float(value) for claim in of_it for value in claim.values.get("area", ())}))


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

    def __call__(self, spot: _Spot) -> tuple[float, float]:
        x = self.left + (spot.longitude - self.west) * self.squeeze * self.pixels
        return round(x, 1), round(_MARGIN + (self.north - spot.latitude) * self.pixels, 1)

    def radius(self, area: float) -> float:
        """Of a circle that has this area, in km2."""
        return round(max(_radius(area) / _KM * self.pixels, _DOT), 1)

    def scale_bar(self) -> tuple[float, str]:
        kilometres = next((one for one in _SCALES if one / _KM * self.pixels >= 60), _SCALES[-1])
        return round(kilometres / _KM * self.pixels, 1), f"{kilometres} km"


def _radius(area: float) -> float:
    """Of a circle with this area: km of km2."""
    return math.sqrt(area / math.pi)


def _circle(spot: _Spot, project: _Projection, colours: dict[str, int], day: str) -> Circle:
    x, y = project(spot)
    states = tuple(
        State(period.begun.isoformat(), colour(period, colours), _words(period))
        for period in spot.periods
        if period.begun
    )
    past = [state for state in states if state.since <= day]
    radii = tuple(project.radius(area) for area in spot.areas) or (_DOT,)
    return Circle(spot.place, x, y, radii, y + 4, states, past[-1] if past else None, spot.where)


def _words(period: Period) -> str:
    called = " or ".join(period.words) or "change of control"
    return f"{called}, {' or '.join(map(date_words, period.dates))}; {period.holder}"


def _apart(circles: Sequence[Circle]) -> tuple[Circle, ...]:
    """The same circles, with labels that do not lie on each other."""
    placed: list[Circle] = []
    for circle in sorted(circles, key=lambda one: (one.y, one.x)):
        y = circle.y + 4 if circle.radii[-1] > _ROOM else circle.y - circle.radii[-1] - 6  # in it, or above it
        while any(abs(other.x - circle.x) < 110 and abs(other.label_y - y) < 15 for other in placed):
            y += 4
        placed.append(
            Circle(circle.place, circle.x, circle.y, circle.radii, y, circle.states, circle.now, circle.where)
        )
    return tuple(placed)
