"""Write src/kg/web/basemap.json.gz from Natural Earth's 1:50m files in GeoJSON: python scripts/coastline.py FOLDER

FOLDER holds ne_50m_coastline.json, ne_50m_lakes.json and ne_50m_admin_0_boundary_lines_land.json (public domain;
naturalearthdata.com, or a repository that holds them as GeoJSON). Lines that only claim or break away are left out.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

STEPS: Final = 100  # of a degree: about a kilometre
_FILES: Final = {
    "coast": "ne_50m_coastline.json",
    "lake": "ne_50m_lakes.json",
    "border": "ne_50m_admin_0_boundary_lines_land.json",
}
_OUTPUT: Final = Path(__file__).parents[1] / "src" / "kg" / "web" / "basemap.json.gz"


def main() -> None:
    """Write each line as its first point and the steps from one point to the next, in hundredths of a degree."""
    folder = Path(sys.argv[1])
    found = {
        kind: [_steps(line) for feature in _features(folder / name) for line in _lines(feature["geometry"])]
        for kind, name in _FILES.items()
    }
    kept = {kind: sorted(line for line in lines if len(line) > 2) for kind, lines in found.items()}
    text = json.dumps({"steps": STEPS, "lines": kept}, separators=(",", ":"), sort_keys=True)
    _OUTPUT.write_bytes(gzip.compress(text.encode(), mtime=0))


def _features(path: Path) -> list[Any]:
    found: list[Any] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return found


def _lines(geometry: Any) -> Iterator[Any]:
    nested = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}[geometry["type"]]
    lines = [geometry["coordinates"]]
    for _ in range(nested):
        lines = [inner for outer in lines for inner in outer]
    yield from lines


def _steps(line: Any) -> list[int]:
    """Longitude and latitude of the first point, then of each step that leads to another point of the grid."""
    steps: list[int] = []
    last = (0, 0)
    for longitude, latitude in line:
        point = round(longitude * STEPS), round(latitude * STEPS)
        if not steps or point != last:
            steps += (point[0] - last[0], point[1] - last[1])
            last = point
    return steps


if __name__ == "__main__":
    main()
