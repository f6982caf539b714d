"""Places and events as GeoJSON (RFC 7946), for maps: points, for no gazetteer has borders that all accept."""

import json
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg.dataset import Dataset
from kg.dataset.coordinates import coordinates
from kg.dataset.graph import Graph, Term
from kg.domain import FAMILIES
from kg.vocabulary import KG, RDF, RDFS, SCHEMA, SEM

_FAMILIES = tuple(KG[family.term] for family in FAMILIES)
_PLACES = (SCHEMA.AdministrativeArea, SCHEMA.Place)


def geojson(data: Dataset) -> Iterator[bytes]:
    """A FeatureCollection: first every place, then every event at its place, each sorted by IRI.

    The geometry is null (section 3.2) where no coordinates are known, and ``coordinates`` says where they are from. An
    event has a value only where no claim contradicts it; ``contested`` names the properties that it therefore lacks.
    """
    graph = Graph(data.store)
    places = sorted({node.value for kind in _PLACES for node in graph.subjects(RDF.type, kind)})
    events = sorted(
        node.value
        for family in _FAMILIES
        for node in graph.subjects(RDF.type, family)
        if node.value.startswith(f"{data.base}event/")
    )
    features = [_place(graph, ox.NamedNode(iri)) for iri in places]
    features += [_event(graph, ox.NamedNode(iri)) for iri in events]
    yield b'{"type": "FeatureCollection", "features": [\n'
    for number, feature in enumerate(features):
        yield (b",\n" if number else b"") + json.dumps(feature, ensure_ascii=False).encode()
    yield b"\n]}\n"


def _place(graph: Graph, place: ox.NamedNode) -> dict[str, Any]:
    labels = [term for term in graph.objects(place, RDFS.label) if isinstance(term, ox.Literal)]
    named = {term.language or "": term.value for term in labels}
    return _feature(
        graph,
        place,
        place,
        kind="place",
        name=graph.label(place),
        names=dict(sorted(named.items())),
        type=graph.one(place, SCHEMA.additionalType),
        iso=graph.one(place, KG.iso),
        contested=[term.value for term in graph.objects(place, KG.contested)],
    )


def _event(graph: Graph, event: ox.NamedNode) -> dict[str, Any]:
    place = next(iter(graph.nodes(event, SEM.hasPlace)), None)
    area, sources = graph.one(event, KG.areaKm2), graph.one(event, KG.sources)
    return _feature(
        graph,
        event,
        place,
        kind="event",
        family=_local(graph.nodes(event, RDF.type)[0]),
        place=place.value if place else "",
        place_name=graph.label(place) if place else "",
        date=graph.one(event, KG.date),
        begin=graph.one(event, SEM.hasEarliestBeginTimeStamp),
        end=graph.one(event, SEM.hasLatestEndTimeStamp),
        area_km2=float(area) if area else None,
        actors=[node.value for node in graph.nodes(event, SEM.hasActor)],
        sources=int(sources) if sources else None,
        contested=[term.value for term in graph.objects(event, KG.contested)],
    )


def _feature(graph: Graph, node: ox.NamedNode, at: ox.NamedNode | None, /, **properties: Any) -> dict[str, Any]:
    """Longitude first (section 3.1.1); a point says where it is from."""
    point = coordinates(graph, at) if at else None
    properties["coordinates"] = point.source if point else ""
    geometry = {"type": "Point", "coordinates": [float(point.longitude), float(point.latitude)]} if point else None
    known = {name: value for name, value in properties.items() if value not in ("", None, [], {})}
    return {"type": "Feature", "id": node.value, "geometry": geometry, "properties": known}


def _local(term: Term) -> str:
    return term.value.rpartition("#")[2]
