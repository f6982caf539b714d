"""What the script draws over the map and the timeline of the page: the lines around, and where each place is."""

import json
from typing import Any, Final

from kg.web.pages.draw.basemap import Box, lines_in
from kg.web.pages.draw.map import Map

_AROUND: Final = 1.5  # of the map's size: so far it can be moved
_LEAST: Final = 4.0  # degrees
_FINE: Final = 3000  # steps across all of it: what is finer is not sent


def linked(drawn: Map | None) -> str:
    """The one JSON of the linked view; what is on the page already is not said again."""
    if drawn is None:
        return "{}"
    box = drawn.box.wider(_AROUND, _LEAST)
    lines: dict[str, list[Any]] = {}
    for line in lines_in(box):
        points = line.thinned((box.east - box.west) / _FINE)
        lines.setdefault(line.kind, []).append([[latitude, longitude] for longitude, latitude in points])
    places = {
        circle.place.path: {
            "name": circle.place.name,
            "at": [circle.latitude, circle.longitude],
            "areas": list(circle.areas),
        }
        for circle in drawn.circles
    }
    held = {"bounds": _corners(drawn.box), "limits": _corners(box), "lines": lines, "places": places}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def _corners(box: Box) -> list[list[float]]:
    return [[round(box.south, 3), round(box.west, 3)], [round(box.north, 3), round(box.east, 3)]]
