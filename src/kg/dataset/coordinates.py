"""Where a place is drawn: at its coordinates in the dataset, else where the gazetteer has a town of its name in it."""

from decimal import Decimal
from typing import NamedTuple

import pyoxigraph as ox

from kg import gazetteer
from kg.dataset.graph import Graph
from kg.vocabulary import RDFS, SCHEMA


class Point(NamedTuple):
    """Degrees, and where they are from, in words."""

    latitude: Decimal
    longitude: Decimal
    source: str


def coordinates(graph: Graph, place: ox.NamedNode, base: str) -> Point | None:
    """The point of a place; None where neither the dataset nor the gazetteer has one."""
    latitude, longitude = graph.one(place, SCHEMA.latitude), graph.one(place, SCHEMA.longitude)
    if latitude and longitude:
        return Point(Decimal(latitude), Decimal(longitude), "its coordinates in the dataset")
    key = place.value.removeprefix(base)
    for label in graph.objects(place, RDFS.label):
        for candidate in gazetteer.load().lookup(label.value):
            entry = candidate.entry
            if key in entry.within and entry.latitude is not None and entry.longitude is not None:
                return Point(entry.latitude, entry.longitude, f"the town of {entry.name} in it (gazetteer)")
    return None
