"""Where a place is drawn: the point that the dataset has of it, and where that is from."""

import re
from decimal import Decimal
from typing import Final, NamedTuple

import pyoxigraph as ox

from kg.dataset.graph import Graph
from kg.vocabulary import GEO, KG, SCHEMA

_POINT: Final = re.compile(r"POINT ?\((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)")


class Point(NamedTuple):
    """Degrees, and where they are from, in words."""

    latitude: Decimal
    longitude: Decimal
    source: str


def coordinates(graph: Graph, place: ox.NamedNode) -> Point | None:
    """The point of a place; None where the dataset has none."""
    geometry = next(iter(graph.nodes(place, GEO.hasGeometry)), None)
    source = graph.one(geometry, KG.note) if geometry else "its coordinates in the dataset"  # as kg 0.1 wrote them
    latitude, longitude = graph.one(place, SCHEMA.latitude), graph.one(place, SCHEMA.longitude)
    if not (latitude and longitude) and geometry and (found := _POINT.fullmatch(graph.one(geometry, GEO.asWKT))):
        longitude, latitude = found.groups()
    return Point(Decimal(latitude), Decimal(longitude), source) if latitude and longitude else None
