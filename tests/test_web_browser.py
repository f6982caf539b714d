"""What a person does, in Chromium: served and static, with script and without, by keyboard, in both colours."""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import (
    AXE,
    chromium,
    complaints,
    first,
    needs_assets,
    needs_chromium,
    resized,
    shows,
    static_server,
    texts,
    typed,
)  # fmt: skip
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait
from web_server import serving

import kg
from kg.dataset import Dataset
from kg.web.static_site import write

pytestmark = [pytest.mark.server, pytest.mark.tool("Chromium"), needs_chromium]
PAGES = (
    "", "search?q=shushi", "search?q=occupied&in=documents",
    "timeline", "map", "compare", "compare/AZ-SUS", "documents",
    "names?find=shusha&sort=-claims", "names", "statements", "findings", "queries",
    "queries/events", "query", "compatible", "changes", "unresolved", "query?query=DESCRIBE%20place:AZ-SUS",
    "query?query=SELECT", "downloads", "ontology", "place/AZ-SUS", "event/control_AZ-SUS_1992-05-08",
    "agent/armenian-armed-forces", "document/baku-weekly-1", "nowhere", "source/baku-weekly", "search?q=zyxwvut",
    "search?q=shusha&in=names", "queries/events?sort=-date&column=event&column=date", "finding/AZ-LAC_area",
    "claim/baku-weekly-1_control_AZ-SUS_1", "geometry/AZ-SUS", "role/historian", "map?date=1992-06-01",
    "claims/baku-weekly-1", "catalog",
)  # fmt: skip
ON_A_SERVER = ("query?", "nowhere", "claim/", "source/", "geometry/")  # pages that no file is


def as_file(path: str) -> str:
    """The address of a page in a static site; empty where it is none."""
    name, mark, query = path.partition("?")
    return "" if path.startswith(ON_A_SERVER) else f"{name or 'index'}.html{mark}{query}"


@pytest.fixture(scope="module")
def root(built_sides: Dataset) -> Iterator[str]:
    with serving(built_sides.folder) as address:
        yield f"{address}/"


@pytest.fixture(scope="module")
def static_root(built_sides: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site") / "public"
    write(kg.open(built_sides.folder), folder)
    with static_server(folder) as address:
        yield address


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def browser(downloads: Path) -> Iterator[Chrome]:
    with chromium(downloads=downloads) as browser:
        yield browser


@needs_assets
def test_a_person_finds_a_place_and_who_says_what_and_the_words(browser: Chrome, root: str, downloads: Path) -> None:
    browser.get(root)
    first(browser, "#find").send_keys("Shushi" + Keys.ENTER)
    shows(browser, "#count", "claims")
    first(browser, ".beside a").click()
    shows(browser, "h1", "Shusha")
    first(browser, "h2 a[href*='compare/']").click()
    shows(browser, "h1", "Who says what of Shusha")
    assert {"8 May 1992", "9 May 1992"} <= set(texts(browser, ".contested .value"))
    first(browser, ".evidence-link").click()
    shows(browser, ".evidence.lit", "Shush")
    assert "#" in browser.current_url
    ActionChains(browser).move_to_element(first(browser, ".evidence")).perform()
    assert "Shusha" in first(browser, ".popover").text
    browser.find_element(By.CSS_SELECTOR, "body").send_keys(Keys.ESCAPE)
    assert not browser.find_elements(By.CSS_SELECTOR, ".popover")

    browser.get(f"{root}query")
    typed(browser, "SELECT ?word { place:AZ-SUS ^sem:hasPlace/kg:calledAs ?word")
    ActionChains(browser).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    shows(browser, ".rows td", "liberated")

    browser.get(f"{root}downloads")
    first(browser, "a[href$='dataset.jsonld']").click()
    WebDriverWait(browser, 10).until(lambda _: (downloads / "dataset.jsonld").is_file())
    assert "@graph" in json.loads((downloads / "dataset.jsonld").read_text(encoding="utf-8"))
    assert complaints(browser) == []


@needs_assets
def test_the_editor_completes_the_datasets_terms(browser: Chrome, root: str) -> None:
    browser.get(f"{root}query")
    host = first(browser, ".editor-host").shadow_root
    editor = host.find_element(By.CSS_SELECTOR, ".cm-content")
    editor.send_keys(Keys.CONTROL + Keys.END)
    editor.send_keys("\n kg:cal")
    WebDriverWait(browser, 10).until(lambda _: host.find_elements(By.CSS_SELECTOR, ".cm-tooltip-autocomplete li"))
    assert "kg:calledAs" in host.find_element(By.CSS_SELECTOR, ".cm-tooltip-autocomplete").text


def test_the_date_slider_changes_who_holds_what(browser: Chrome, root: str) -> None:
    browser.get(f"{root}map")
    shusha = "a.circle[href*='AZ-SUS']"
    latest = first(browser, shusha).get_attribute("class")
    slider = first(browser, "#slide")
    slider.send_keys(Keys.HOME)
    assert first(browser, shusha).get_attribute("class") != latest
    early = first(browser, "#day-words").text
    assert early == first(browser, "th .day-words").text
    assert first(browser, "h1").text == f"Who held what on {early}"
    row = first(browser, "tr[data-place='place/AZ-SUS'] .now").text
    assert first(browser, f"{shusha} title").get_attribute("textContent") == f"Shusha: {row}"
    address = browser.current_url
    slider.send_keys(Keys.END)
    assert first(browser, shusha).get_attribute("class") == latest
    browser.get(address)
    assert "date=" in address
    assert first(browser, "#day-words").text == early


def dragged(browser: Chrome, first_share: float, last_share: float) -> None:
    """Drag over the years of the timeline, from one share of its width to another."""
    script = """
        const chart = document.querySelector('svg.timeline'), at = chart.getBoundingClientRect();
        const [left, right] = chart.dataset.ends.split(' ').map(Number), scale = at.width / chart.viewBox.baseVal.width;
        chart.scrollIntoView({block: 'center', behavior: 'instant'});
        const now = chart.getBoundingClientRect();
        return arguments[0].map((share) => [now.left + (left + share * (right - left)) * scale, now.top + 24 * scale]);
    """
    (x, y), (to, _) = browser.execute_script(script, [first_share, last_share])
    for kind, at in (
        ("mouseMoved", x),
        ("mousePressed", x),
        ("mouseMoved", (x + to) / 2),
        ("mouseMoved", to),
        ("mouseReleased", to),
    ):
        sent = {
            "type": kind,
            "x": at,
            "y": y,
            "button": "left",
            "buttons": int(kind != "mouseReleased"),
            "clickCount": 1,
        }
        browser.execute_cdp_cmd("Input.dispatchMouseEvent", sent)


@needs_assets
@pytest.mark.parametrize("place", ["root", "static_root"])
def test_one_brush_moves_the_map_and_the_timeline(browser: Chrome, place: str, request: pytest.FixtureRequest) -> None:
    site, page = request.getfixturevalue(place), "map" if place == "root" else "map.html"
    resized(browser, 1280, "light")
    browser.get(site + page)
    assert first(browser, ".brush select").is_displayed()
    shusha, names = "a.circle[data-place='place/AZ-SUS']", ".zoomed .labels text"
    assert {"Shusha", "Lachin"} <= set(texts(browser, names))
    late = first(browser, shusha).get_attribute("class")
    dragged(browser, 0.3, 0.6)
    assert first(browser, "#day-words").text != "9 November 2020"
    assert "pale" in str(first(browser, shusha).get_attribute("class"))
    assert all("pale" in str(mark.get_attribute("class")) for mark in browser.find_elements(By.CSS_SELECTOR, ".mark"))
    dragged(browser, 0.0, 0.6)
    earlier = str(first(browser, shusha).get_attribute("class"))
    assert "pale" not in earlier
    assert earlier != late
    address, from_words = browser.current_url, first(browser, "#from-words").text
    browser.get("about:blank")
    browser.get(address)
    assert first(browser, ".brush select").is_displayed()
    assert first(browser, "#from-words").text == from_words
    assert first(browser, shusha).get_attribute("class") == earlier
    assert complaints(browser) == []


@needs_assets
def test_a_place_on_which_sources_differ_is_hatched_on_the_map_that_moves(browser: Chrome, root: str) -> None:
    resized(browser, 1280, "light")
    browser.get(f"{root}map?date=2020-11-08")  # one says that day, one the next
    first(browser, ".zoomed .labels text")
    shusha = first(browser, "a.circle.unsure[data-place='place/AZ-SUS']")
    (*_, hatched) = shusha.find_elements(By.CSS_SELECTOR, "circle")
    assert hatched.is_displayed()
    assert "map-hatch" in hatched.value_of_css_property("fill")


@needs_assets
def test_the_linked_view_is_used_by_keyboard_and_filtered_by_who_acts(browser: Chrome, root: str) -> None:
    resized(browser, 1280, "light")
    browser.get(f"{root}map")
    before = first(browser, "#from-words").text
    first(browser, "#from").send_keys(Keys.END)
    assert first(browser, "#from-words").text != before
    first(browser, "#from").send_keys(Keys.HOME)
    chosen = first(browser, "#acting option[value='agent/azerbaijani-armed-forces']")
    chosen.click()
    rows = {
        one.get_attribute("data-place"): one.is_displayed() for one in browser.find_elements(By.CSS_SELECTOR, ".row")
    }
    assert rows["place/AZ-SUS"]
    assert not rows["place/AZ-LAC"]
    assert not first(browser, "a.circle[data-place='place/AZ-LAC']").is_displayed()
    box = first(browser, ".zoomed")
    for _ in range(8):
        box.send_keys("-")
    first(browser, "#acting option[value='']").click()
    cluster = first(browser, ".cluster")
    assert "Shusha" in str(cluster.get_attribute("aria-label"))
    cluster.send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda found: "Shusha" in texts(found, ".zoomed .labels text"))
    assert not browser.find_elements(By.CSS_SELECTOR, ".cluster")


@needs_assets
def test_a_static_site_answers_queries_in_the_browser(browser: Chrome, static_root: str) -> None:
    browser.get(f"{static_root}query.html")
    typed(browser, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o")
    first(browser, ".actions button").click()
    WebDriverWait(browser, 30).until(lambda found: texts(found, ".rows td"))
    triples = sum(1 for line in (_read(static_root + "dataset.nt")).splitlines() if line)
    assert texts(browser, ".rows td") == [str(triples)]
    assert complaints(browser) == []


def test_a_static_site_is_used_like_the_served_one(browser: Chrome, static_root: str) -> None:
    browser.get(static_root)
    first(browser, "#find").send_keys("Шуша" + Keys.ENTER)
    shows(browser, ".hits .claim h2", "Shusha")
    browser.get(f"{static_root}map.html")
    latest = first(browser, "#day-words").text
    first(browser, "#slide").send_keys(Keys.HOME)
    assert first(browser, "#day-words").text != latest
    address, early = browser.current_url, first(browser, "#day-words").text
    browser.get(address)
    assert first(browser, "#day-words").text == early
    browser.get(f"{static_root}document/baku-weekly-1.html")
    assert texts(browser, ".evidence")
    assert complaints(browser) == []


@pytest.mark.parametrize(
    ("iri", "wanted"),
    [
        ("claim/baku-weekly-1_control_AZ-SUS_1", "claims/baku-weekly-1.html#claim/baku-weekly-1_control_AZ-SUS_1"),
        ("claim/baku-weekly-1_control_AZ-SUS_1#cite", "#claim/baku-weekly-1_control_AZ-SUS_1/cite"),
        ("span/baku-weekly-1-0-17", "document/baku-weekly-1.html#0-17"),
    ],
)
def test_an_iri_without_a_file_leads_to_where_its_thing_stands(
    browser: Chrome, static_root: str, iri: str, wanted: str
) -> None:
    browser.get(static_root + iri)
    WebDriverWait(browser, 15).until(lambda found: found.current_url.endswith(wanted))
    if iri.startswith("claim/"):  # it is seen, also where it lies in what is closed
        assert browser.find_element(By.ID, wanted.partition("#")[2]).is_displayed()
    browser.get(f"{static_root}claim/nobody-1_control_AZ-SUS_1")
    assert first(browser, "h1").text == "Not found"
    assert first(browser, ".top").value_of_css_property("border-bottom-width") != "0px"  # with its style sheet


@pytest.mark.parametrize(
    "query",
    ["", "q=shushi", "q=Şuşa", "q=ШУША", "q=liberated+Shusha", "q=liberat", "q=zyxwvut", "q=shusha&year=1992",
     "kind=occupation&kind=liberation", "q=Lachin&in=documents", "q=Armen&in=names", "sort=latest", "q=Baku%27s"],
)  # fmt: skip
def test_a_static_site_finds_what_the_server_finds(browser: Chrome, root: str, static_root: str, query: str) -> None:
    found = []
    for address in (f"{root}search?{query}", f"{static_root}search.html?{query}"):
        browser.get(address)
        first(browser, "#count")
        kinds = texts(browser, ".kinds a")
        offered = sorted(text.replace("\n", " ") for text in texts(browser, ".facets > section > ul > li"))
        # In which order hits of equal dates come differs: the server knows which match best.
        hits = [
            re.sub(r".*/|\.html", "", str(one.get_attribute("href")))
            for one in browser.find_elements(By.CSS_SELECTOR, HIT)
        ]
        found.append((kinds, offered, sorted(hits)))
    assert found[0] == found[1]
    assert complaints(browser) == []


def test_a_state_of_the_static_search_is_narrowed_and_passed_on(browser: Chrome, static_root: str) -> None:
    browser.get(f"{static_root}search.html?q=shusha")
    first(browser, "[aria-label='By kind'] li a").click()
    WebDriverWait(browser, 10).until(lambda found: found.find_elements(By.CSS_SELECTOR, ".facets .picked"))
    address, count = browser.current_url, first(browser, "#count").text
    assert "kind=" in address
    browser.get("about:blank")
    browser.get(address)
    assert first(browser, "#count").text == count
    first(browser, ".hits .quote a").click()
    shows(browser, ".evidence.lit", "Shush")


def test_a_table_is_searched_and_sorted_by_keyboard_alone(browser: Chrome, root: str) -> None:
    resized(browser, 1280, "light")
    browser.get(f"{root}names")
    first(browser, "#find-rows").send_keys("Шуша" + Keys.ENTER)
    shows(browser, ".rows td", "Shusha")
    head = browser.find_elements(By.CSS_SELECTOR, ".rows th a")[-1]
    head.send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda found: found.find_elements(By.CSS_SELECTOR, "th[aria-sort]"))
    assert "find=" in browser.current_url


LOOKS = (
    "names", "names?sort=-claims", "names?sort=kind&column=kind&column=name", "documents?sort=-published",
    "queries/mentions", "queries/mentions?page=2", "queries/mentions?sort=-start&page=2", "queries/events?sort=date",
    "queries/events?sort=-area_km2", "queries/claims?find=SHUSHI+8&sort=document", "queries/claims?find=zyxwvut",
    "queries/compare?column=value&column=property&sort=-value", "queries/events?sort=nothing&column=nothing&page=x",
)  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_a_table_of_the_static_site_is_that_of_the_server(
    browser: Chrome, root: str, static_root: str, look: str
) -> None:
    path, mark, query = look.partition("?")
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})  # or the test could not read what is offered
    found = []
    for address in (f"{root}{look}", f"{static_root}{path}.html{mark}{query}"):
        browser.get(address)
        shows(browser, ".listing .count", "row")
        sorted_by = [one.get_attribute("aria-sort") for one in browser.find_elements(By.CSS_SELECTOR, ".rows th")]
        counted = texts(browser, ".listing .count, .pages a")
        csv = browser.execute_async_script(CSV)
        found.append((texts(browser, ".rows th"), sorted_by, texts(browser, ".rows td"), counted, csv))
    browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})
    assert found[0] == found[1]
    assert complaints(browser) == []


CSV = "fetch(document.querySelector('.csv').href).then((answer) => answer.text()).then(arguments[0])"


def test_a_look_at_a_static_table_is_an_address(browser: Chrome, static_root: str) -> None:
    browser.get(f"{static_root}names.html")
    every = len(browser.find_elements(By.CSS_SELECTOR, ".rows tbody tr"))
    first(browser, "#find-rows").send_keys("ШУША")
    assert 0 < len(browser.find_elements(By.CSS_SELECTOR, ".rows tbody tr")) < every
    first(browser, ".rows th a").send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda found: "sort=name" in found.current_url)
    first(browser, ".columns-shown summary").click()
    first(browser, "[name=column][value=claims]").click()
    first(browser, ".look button").click()
    WebDriverWait(browser, 10).until(lambda found: "column=" in found.current_url)
    assert "claims" not in texts(browser, ".rows th")
    assert {"find", "sort", "column"} <= {
        part.partition("=")[0] for part in browser.current_url.partition("?")[2].split("&")
    }
    assert complaints(browser) == []


HIT = ".hits .claim h2 > a, .hits .names li > a"


def _read(address: str) -> str:
    from urllib.request import urlopen

    with urlopen(address) as answer:
        return str(answer.read().decode())


def test_everything_can_be_done_without_script(root: str, static_root: str) -> None:
    with chromium(script=False) as browser:
        browser.get(root)
        first(browser, "#find").send_keys("Shushi" + Keys.ENTER)
        shows(browser, ".hits .claim a", "Shusha")
        browser.get(f"{root}map")
        first(browser, "#day").send_keys("06011992")
        first(browser, ".slider button").click()
        shows(browser, "h1", "on 1 June 1992")
        browser.get(f"{root}query")
        first(browser, ".actions button").click()
        shows(browser, ".rows td", "liberated")
        browser.get(f"{root}document/baku-weekly-1")
        first(browser, ".evidence").click()
        WebDriverWait(browser, 10).until(lambda found: "#claims-" in found.current_url)
        browser.get(f"{static_root}map.html")
        assert [one for one in texts(browser, ".changes li") if "9 May 1992" in one]


@pytest.mark.parametrize(
    ("width", "colours", "place"),
    [(360, "light", "root"), (768, "dark", "root"), (1280, "light", "root"), (1280, "dark", "root"),
     (360, "dark", "static_root"), (1280, "light", "static_root")],
)  # fmt: skip
def test_pages_fit_their_screen_and_pass_wcag_aa(
    browser: Chrome, width: int, colours: str, place: str, request: pytest.FixtureRequest
) -> None:
    if not AXE.is_file():
        pytest.skip("assets/node_modules has no axe-core: npm ci in assets/")
    root = request.getfixturevalue(place)
    resized(browser, width, colours)
    problems = []
    for path in PAGES if place == "root" else filter(None, map(as_file, PAGES)):
        browser.get(root + path)
        if path.startswith("search"):
            first(browser, "#count")
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} pixels wide"
        browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})  # for axe alone
        browser.execute_script(AXE.read_text(encoding="utf-8"))
        found = browser.execute_async_script(
            "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(arguments[0])"
        )
        problems += [
            f"/{path}: {one['id']}: {one['nodes'][0]['html'][:160]}: {one['nodes'][0]['failureSummary'][:200]}"
            for one in found["violations"]
        ]
    assert problems == []


def test_print_keeps_highlights_iri_state_and_what_is_said_beside_the_text(browser: Chrome, root: str) -> None:
    resized(browser, 1280, "light")
    browser.get(f"{root}document/baku-weekly-1")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = {
        selector: [one.is_displayed() for one in browser.find_elements(By.CSS_SELECTOR, selector)]
        for selector in (".bottom .iri", ".bottom code[title]", ".bottom a[href$='downloads']", ".note", ".top nav")
    }
    style = "const found = getComputedStyle(document.querySelector('.evidence')); return "
    colour = browser.execute_script(style + "[found.printColorAdjust, found.backgroundColor]")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert all(found and all(found) for selector, found in shown.items() if selector != ".top nav")
    assert not any(shown[".top nav"])
    assert colour[0] == "exact"
    assert colour[1] not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")


@needs_assets
def test_print_is_light_and_the_map_is_as_wide_as_a_page(browser: Chrome, root: str) -> None:
    resized(browser, 1280, "dark")
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": dark})
    browser.get(f"{root}document/baku-weekly-1")
    shade = first(browser, ".evidence").value_of_css_property("background-color")
    assert min(int(part) for part in re.findall(r"\d+", shade)[:3]) > 120
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    browser.get(f"{root}map")
    first(browser, ".zoomed .labels text")
    wide = first(browser, ".zoomed").size["width"]
    browser.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert first(browser, ".zoomed").size["width"] == 640
    assert {"Shusha", "Lachin"} <= set(texts(browser, ".zoomed .labels text"))
    browser.execute_script("dispatchEvent(new Event('afterprint'))")
    assert first(browser, ".zoomed").size["width"] == wide


@needs_assets
def test_a_query_that_was_run_has_an_address_that_runs_it_again(browser: Chrome, root: str) -> None:
    browser.get(f"{root}query")
    typed(browser, "SELECT ?word { place:AZ-SUS ^sem:hasPlace/kg:calledAs ?word")
    first(browser, ".actions button").click()
    shows(browser, ".rows td", "liberated")
    address = browser.current_url
    browser.get("about:blank")
    browser.get(address)
    shows(browser, ".rows td", "liberated")


def test_a_keyboard_reaches_the_content_first_and_every_mark(browser: Chrome, root: str) -> None:
    resized(browser, 1280, "light")
    browser.get(f"{root}timeline")
    browser.find_element(By.CSS_SELECTOR, "body").send_keys(Keys.TAB)
    assert browser.switch_to.active_element.text == "Skip to the content"
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    reached = []
    for _ in range(12):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        reached.append(str(browser.switch_to.active_element.get_attribute("aria-label")))
    assert [one for one in reached if "sources differ on date" in one]


def test_a_picture_of_a_page_is_not_blank(browser: Chrome, root: str) -> None:
    resized(browser, 1280, "light")
    browser.get(root)
    picture = base64.b64decode(browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})["data"])
    assert len(picture) > 20_000
