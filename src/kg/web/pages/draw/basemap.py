"""Coasts, lakes and borders under the map: Natural Earth's, 1:50 million, made by ``scripts/coastline.py``.

Which border is settled is no map's to say: pages draw them all alike, dashed, and none that only one side claims.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple


class Box(NamedTuple):
    """Degrees."""

    west: float
    south: float
    east: float
    north: float

    def wider(self, share: float, least: float) -> "Box":
        """The box with a margin of this share of its size on each side, ``least`` degrees or more."""
        across = max((self.east - self.west) * share, least)
        up = max((self.north - self.south) * share, least)
        return Box(self.west - across, self.south - up, self.east + across, self.north + up)

    def holds(self, point: tuple[float, float]) -> bool:
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north

    def meets(self, other: "Box") -> bool:
        across = self.west <= other.east and other.west <= self.east
        return across and self.south <= other.north and other.south <= self.north


@dataclass(frozen=True, slots=True)
class Line:
    """Longitudes and latitudes; ``kind`` is coast, lake or border."""

    kind: str
    points: tuple[tuple[float, float], ...]

    def thinned(self, step: float) -> list[tuple[float, float]]:
        """The points that are so many degrees from the one before, and the last."""
        kept = [self.points[0]]
        for point in self.points[1:-1]:
            if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= step:
                kept.append(point)
        return [*kept, self.points[-1]]


def lines_in(box: Box) -> Iterator[Line]:
    """The lines within a box: of each the runs of points inside, with the points before and after."""
    for line, extent in _world():
        if extent.meets(box):
            for run in _runs(line.points, box):
                yield Line(line.kind, run)


def _runs(points: tuple[tuple[float, float], ...], box: Box) -> Iterator[tuple[tuple[float, float], ...]]:
    begin = -1
    for number, point in enumerate((*points, (float("inf"), 0.0))):
        inside = box.holds(point)
        if inside and begin < 0:
            begin = max(number - 1, 0)
        elif not inside and begin >= 0:
            yield points[begin : number + 1]
            begin = -1


@lru_cache(maxsize=1)
def _world() -> tuple[tuple[Line, Box], ...]:
    held = json.loads(gzip.decompress((files("kg.web") / "basemap.json.gz").read_bytes()))
    found = []
    for kind, lines in held["lines"].items():
        for steps in lines:
            points = tuple(_points(steps, held["steps"]))
            longitudes, latitudes = zip(*points, strict=True)
            extent = Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))
            found.append((Line(kind, points), extent))
    return tuple(found)


def _points(steps: list[int], scale: int) -> Iterator[tuple[float, float]]:
    x = y = 0
    for across, up in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + across, y + up
        yield x / scale, y / scale
