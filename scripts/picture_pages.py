"""Pictures of every kind of page, to be looked at: python scripts/picture_pages.py DATA FOLDER [PATH ...]

Three widths, light and dark, as far as a person scrolls; as it is printed (PDF); and without script. What is wider than
its screen is said.
"""

import base64
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from browser import chromium, resized
from selenium.webdriver import Chrome
from web_server import serving

import kg

WIDTHS: Final = (360, 768, 1280)
_FIXED: Final = (
    *("", "timeline", "map", "map?date=1992-06-01", "compare", "compatible", "documents", "names", "statements"),
    *("names?find=a&sort=-claims", "findings", "queries", "query", "query?query=SELECT", "downloads", "changes"),
    *("unresolved", "ontology", "nowhere", "search", "search?q=zyxwvut", "queries/events", "queries/compare"),
)
_THINGS: Final = (  # of which the most is said
    *(
        "?c sem:hasPlace ?s",
        "?c sem:hasActor ?s",
        "?c kg:about ?s",
        "?c dcterms:source ?s",
        "?s prov:wasDerivedFrom ?c",
    ),
    *("?s prov:wasDerivedFrom ?c", "?d dcterms:isPartOf ?s", "?s kg:concerns ?c", "?c org:role ?s", "?s geo:asWKT ?c"),
)
_LONGEST: Final = 2400  # pixels of a page that are pictured
_DRAWN: Final = """
const done = arguments[0];
const drawn = () => document.readyState === "complete" && !document.querySelector(".as-of:not(:has(.zoomed))");
const look = () => setTimeout(drawn() ? done : look, 100);
look();
"""
_SIZE: Final = "const at = document.documentElement; return [at.scrollWidth, at.scrollHeight]"


def paths(data: kg.Dataset) -> Iterator[str]:
    """The pages of the dataset as a whole, and one of each kind of thing, with what is asked about the place."""
    yield from _FIXED
    for pattern in _THINGS:
        most = f"SELECT ?s (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?s ORDER BY DESC(?n) ?s LIMIT 1"
        for row in data.query(most):
            path = str(row["s"]).removeprefix(data.base)
            yield path
            if path.startswith("place/"):
                yield f"compare/{path.partition('/')[2]}"
                yield f"query?query=DESCRIBE+<{row['s']}>"
                named = data.query(f"SELECT (STR(?name) AS ?n) {{ <{row['s']}> rdfs:label ?name }} LIMIT 1")
                for one in named:
                    yield from (f"search?q={one['n']}{among}" for among in ("", "&in=documents", "&in=names"))


def pictured(browser: Chrome, address: str, place: Path, width: int, colours: str) -> None:
    resized(browser, width, colours)
    browser.get(address)
    browser.execute_async_script(_DRAWN)
    wide, high = browser.execute_script(_SIZE)
    if wide > width:
        print(f"{address} is {wide} wide on {width}")
    clip = {"x": 0, "y": 0, "width": width, "height": min(high, _LONGEST), "scale": 1}
    taken: dict[str, Any] = {"format": "png", "captureBeyondViewport": True, "clip": clip}
    place.write_bytes(base64.b64decode(browser.execute_cdp_cmd("Page.captureScreenshot", taken)["data"]))


def main(data: str, folder: str, *wanted: str) -> None:
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    with serving(Path(data)) as root, chromium() as browser, chromium(script=False) as plain:
        for path in wanted or paths(kg.open(data)):
            name, address = re.sub(r"\W+", "_", path)[:60] or "home", f"{root}/{path}"
            for width in WIDTHS:
                for colours in ("light", "dark"):
                    pictured(browser, address, place / f"{name}-{width}-{colours}.png", width, colours)
            printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})
            (place / f"{name}-print.pdf").write_bytes(base64.b64decode(printed["data"]))
            resized(plain, 1280, "light")
            plain.get(address)
            plain.save_screenshot(str(place / f"{name}-no-script.png"))


if __name__ == "__main__":
    main(*sys.argv[1:])
