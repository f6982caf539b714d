"""Names on a map: each in the drawing, none on another; what has no room is not written."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_SIZES: Final = (("label", 22.0), ("label detail", 14.0))  # of letters: on small screens too, and on wide ones alone
_WIDTH: Final = 0.56  # of a letter in its size, on the average
_ROOM: Final = 34.0  # radius from which a name stands in the circle


@dataclass(frozen=True, slots=True)
class Spot:
    """What is to be named: a centre with a radius."""

    name: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Label:
    """A name with the middle of its baseline, and a CSS class."""

    name: str
    x: float
    y: float
    style: str


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def labels(spots: Iterable[Spot], width: float, height: float) -> tuple[Label, ...]:
    """The names of spots, those that come first preferred, that fit into a drawing of this size."""
    waiting, placed = list(spots), list[Label]()
    for style, size in _SIZES:
        taken = [_box(one, size) for one in placed]
        left_out = []
        for spot in waiting:
            label = _placed(spot, style, size, taken, (width, height))
            if label:
                placed.append(label)
                taken.append(_box(label, size))
            else:
                left_out.append(spot)
        waiting = left_out
    return tuple(placed)


def _placed(spot: Spot, style: str, size: float, taken: list[_Box], frame: tuple[float, float]) -> Label | None:
    half = len(spot.name) * _WIDTH * size / 2
    x = round(min(max(spot.x, half + 4), frame[0] - half - 4), 1)
    inside = [spot.y + 4] if spot.radius > _ROOM else []
    for y in (*inside, spot.y - spot.radius - 6, spot.y + spot.radius + size):
        label = Label(spot.name, x, round(y, 1), style)
        box = _box(label, size)
        fits = box.left >= 0 and box.right <= frame[0] and box.top >= 0 and box.bottom <= frame[1]
        if fits and not any(map(box.meets, taken)):
            return label
    return None


def _box(label: Label, size: float) -> _Box:
    half = len(label.name) * _WIDTH * size / 2
    return _Box(label.x - half, label.y - size, label.x + half, label.y + 0.3 * size)
