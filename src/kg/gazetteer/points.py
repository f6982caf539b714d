"""The point of a place: its own coordinates, or those of the town of its name in it, and where they are from.

GeoSPARQL 1.1 (sections 6.5 and 8.6): a feature has a geometry, and that has its point as well-known text.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.gazetteer import terms
from kg.gazetteer.entries import Entry
from kg.gazetteer.turtle import Triples
from kg.vocabulary import GEO, KG, PROV

_GEONAMES: Final = "https://sws.geonames.org/"
_STATED: Final = "Coordinates: "
_BY_USER: Final = "Coordinates: a gazetteer that the dataset was built with."


def point(key: str, entry: Entry, described: Triples, *, by_user: bool, base: str) -> Iterator[Triple]:
    """The geometry of the place ``key``, at the coordinates of ``entry``: itself, or a town in it, as ``described``."""
    name = key.partition("/")[2]
    geometry = NamedNode(f"{base}geometry/{name}")
    yield Triple(terms.node(key, base), GEO.hasGeometry, geometry)
    yield Triple(geometry, terms.A, GEO.Geometry)
    text = " ".join(_degrees(value) for value in (entry.longitude, entry.latitude) if value is not None)
    yield Triple(geometry, GEO.asWKT, Literal(f"POINT ({text})", datatype=GEO.wktLiteral))
    sources = () if by_user else tuple(_geonames(described))
    for source in sources:
        yield Triple(geometry, PROV.hadPrimarySource, NamedNode(source))
    said = [f"The {entry.type} of {entry.name} in it."] if entry.key != key else []
    said += _stated(described) or [f"{_STATED}GeoNames {one.split('/')[3]}." for one in sources] or [_BY_USER]
    yield Triple(geometry, KG.note, Literal(" ".join(said), language="en"))


def _degrees(value: Decimal) -> str:
    """To some ten metres, which stores keep that compute with points in single precision (Virtuoso)."""
    return f"{round(value, 4).normalize() + 0:f}"


def _geonames(described: Iterable[Triple]) -> list[str]:
    found = (t.object.value for t in described if t.predicate == terms.SAME and isinstance(t.object, NamedNode))
    return [iri for iri in found if iri.startswith(_GEONAMES)]


def _stated(described: Iterable[Triple]) -> list[str]:
    """What the entry itself says of where its coordinates are from."""
    notes = (t.object.value for t in described if t.predicate == terms.NOTE and isinstance(t.object, Literal))
    return [note for note in notes if note.startswith(_STATED)]
