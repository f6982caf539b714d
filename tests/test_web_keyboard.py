"""The pages by keyboard alone: what has the focus is seen, nothing holds it, and it does what the mouse does."""

from collections.abc import Iterator
from typing import Any

import pytest
from browser import complaints, first, needs_assets, needs_chromium, shows, static_server, texts
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from web_server import serving

import kg
from kg.dataset import Dataset
from kg.web.static_site import write

pytestmark = [pytest.mark.server, needs_chromium]
PAGES = (
    "", "search?q=shusha", "timeline", "map", "compare", "compare/AZ-SUS", "documents", "names", "findings", "query",
    "queries/events", "statements", "unresolved", "downloads", "document/baku-weekly-1", "place/AZ-SUS",
    "claim/baku-weekly-1_control_AZ-SUS_1", "event/control_AZ-SUS_1992-05-08", "agent/armenian-armed-forces",
)  # fmt: skip
_MOST = 120  # stops of a page that are looked at
_FOCUS = """
const at = document.activeElement;
if (!at || at === document.body) return null;
const style = getComputedStyle(at), box = at.getBoundingClientRect();
const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
window.stops ??= new Map();
if (!stops.has(at)) stops.set(at, stops.size);
return {number: stops.get(at), what: at.outerHTML.slice(0, 160), seen: outlined && at.matches(':focus-visible'),
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        host: Boolean(at.shadowRoot) || at.type === 'date'};  // which has stops of its own
"""


@pytest.fixture(scope="module", params=["served", "static"])
def site(
    request: pytest.FixtureRequest, built_sides: Dataset, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The address of the pages, and how theirs end."""
    if request.param == "served":
        with serving(built_sides.folder) as address:
            yield f"{address}/", ""
    else:
        folder = tmp_path_factory.mktemp("site") / "public"
        write(kg.open(built_sides.folder), folder)
        with static_server(folder) as address:
            yield address, ".html"


def opened(browser: Chrome, site: tuple[str, str], path: str) -> None:
    root, ending = site
    name, mark, query = path.partition("?")
    browser.get("about:blank")
    browser.get(f"{root}{(name or 'index') + ending if ending else name}{mark}{query}")


def pressed(browser: Chrome, *keys: str) -> None:
    actions = ActionChains(browser)
    for key in keys:
        actions.send_keys(key)
    actions.perform()


def focus(browser: Chrome) -> dict[str, Any] | None:
    found: dict[str, Any] | None = browser.execute_script(_FOCUS)
    return found


def walked_to(browser: Chrome, selector: str) -> None:
    """Press Tab until what fits the selector has the focus."""
    for _ in range(_MOST * 2):
        pressed(browser, Keys.TAB)
        if browser.execute_script("return document.activeElement.matches(arguments[0])", selector):
            return
    raise AssertionError(f"no {selector} is reached by Tab")


@needs_assets
@pytest.mark.parametrize("path", PAGES)
def test_whatever_has_the_focus_is_seen_and_nothing_holds_it(browser: Chrome, site: tuple[str, str], path: str) -> None:
    opened(browser, site, path)
    first(browser, "#find")
    stops: list[int] = []
    for _ in range(_MOST):
        pressed(browser, Keys.TAB)
        found = focus(browser)
        if found is None or (stops and found["number"] == 0):
            break  # past the last: the browser's own controls, and then the first again
        assert found["inside"], found["what"]
        assert found["seen"] or found["host"], found["what"]
        assert not stops or found["number"] != stops[-1] or found["host"], f"it stays on {found['what']}"
        stops.append(found["number"])
    assert len(set(stops)) > 8


def test_a_search_is_made_and_narrowed_and_leads_to_the_sentence(browser: Chrome, site: tuple[str, str]) -> None:
    opened(browser, site, "")
    walked_to(browser, "#find")
    pressed(browser, "Shusha", Keys.ENTER)
    shows(browser, "#count", "claim")
    every = texts(browser, "#count")
    walked_to(browser, ".facets [aria-label='By kind'] a, .facets > summary")
    if not browser.find_elements(By.CSS_SELECTOR, ".facets[open]"):
        pressed(browser, Keys.ENTER)
        walked_to(browser, ".facets [aria-label='By kind'] a")
    pressed(browser, Keys.ENTER)
    first(browser, "[aria-label='By kind'] .picked")
    assert texts(browser, "#count") != every
    walked_to(browser, ".hits .quote a")
    pressed(browser, Keys.ENTER)
    first(browser, ".text .evidence.lit")
    assert complaints(browser) == []


def test_evidence_shows_its_claims_and_escape_takes_them_away(browser: Chrome, site: tuple[str, str]) -> None:
    opened(browser, site, "document/baku-weekly-1")
    walked_to(browser, ".text a.evidence")
    assert "Shusha" in first(browser, ".popover").text
    pressed(browser, Keys.ESCAPE)
    assert not browser.find_elements(By.CSS_SELECTOR, ".popover")
    pressed(browser, Keys.ENTER)
    first(browser, ".note:target")
    walked_to(browser, ".note .back")
    pressed(browser, Keys.ENTER)
    assert "#claims-" not in browser.current_url


@needs_assets
def test_map_and_timeline_are_moved_and_zoomed(browser: Chrome, site: tuple[str, str]) -> None:
    opened(browser, site, "map")
    first(browser, ".zoomed .labels text")
    latest = first(browser, "#day-words").text
    walked_to(browser, "#slide")
    pressed(browser, Keys.HOME)
    assert first(browser, "#day-words").text != latest
    walked_to(browser, ".zoomed")
    scale = first(browser, ".leaflet-control-scale-line").text
    pressed(browser, "-", "-")
    assert first(browser, ".leaflet-control-scale-line").text != scale
    walked_to(browser, "#from")
    begin = first(browser, "#from-words").text
    pressed(browser, Keys.END)
    assert first(browser, "#from-words").text != begin
    every = first(browser, ".zoom output").text
    walked_to(browser, ".zoom button[aria-label='Closer']")
    pressed(browser, Keys.ENTER)
    assert first(browser, ".zoom output").text != every
    walked_to(browser, ".as-of .scroll")
    pressed(browser, "0")
    assert first(browser, ".zoom output").text == every
    walked_to(browser, "svg.timeline .mark")
    pressed(browser, Keys.ENTER)
    shows(browser, "h1", "Shusha")
    assert complaints(browser) == []
