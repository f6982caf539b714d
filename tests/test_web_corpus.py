"""The pages of more documents than a person looks through, in Chromium: the search, its facets, the linked view.

Of 156 documents, those of the tests' own corpora, and of as many made-up ones as ``KG_DOCUMENTS`` says. Ten thousand
take half an hour of CPU to build and to write as files, and so are for a person to ask for; the default is what a check
of every change can afford. Where ``KG_DATA`` and ``KG_SITE`` name a dataset of them and its site, these are looked at.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx2
import pytest
from browser import complaints, first, needs_assets, needs_chromium, shows, static_server, texts
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from web_server import serving, wait_for_the_index

import kg
from bench.corpus import pages
from kg.web.static_site import write

pytestmark = [pytest.mark.server, pytest.mark.slow, needs_chromium, needs_assets]
ROOT: Final = Path(__file__).parents[1]
MADE_UP: Final = int(os.environ.get("KG_DOCUMENTS", "200"))


@dataclass(frozen=True, slots=True)
class Site:
    """Where it answers, a word that many documents have, a place that several speak of."""

    home: str
    word: str
    place: str
    ending: str  # of the addresses of pages


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> kg.Dataset:
    if data := os.environ.get("KG_DATA"):
        return kg.open(data)
    folder = tmp_path_factory.mktemp("made-up")
    lines = (json.dumps(page) for page in pages(MADE_UP))
    (folder / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    kg.build([str(folder / "corpus.jsonl")], str(folder / "data"))
    return kg.open(folder / "data")


@pytest.fixture(scope="module", params=["own, served", "own, static", "made up, served", "made up, static"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    which, _, how = request.param.partition(", ")
    data = request.getfixturevalue("own" if which == "own" else "made_up")
    word, place = ("occupied", "Kalbajar") if which == "own" else ("bridge", "Shusha")
    if how == "served":
        with serving(data.folder) as address:
            wait_for_the_index(lambda: httpx2.get(f"{address}/search", timeout=60).status_code)
            yield Site(f"{address}/", word, place, "")
    else:
        folder = Path(
            os.environ.get("KG_SITE" if which == "made up" else "", tmp_path_factory.mktemp("site") / "public")
        )
        if not folder.exists():
            write(data, folder, jobs=2)
        with static_server(folder) as address:
            yield Site(address, word, place, ".html")


def test_a_word_has_its_hits_and_every_facet_narrows_them(browser: Chrome, site: Site) -> None:
    browser.get(site.home)
    first(browser, "#find").send_keys(site.place + Keys.ENTER)
    shows(browser, ".hits .claim h2", site.place)
    every, narrowed = number(browser), 0
    for facet in ("actor", "year", "kind"):
        values = browser.find_elements(By.CSS_SELECTOR, f"[aria-label='By {facet}'] li a:not(.picked)")
        if not values:
            continue  # nothing of what is left has one
        offered = values[0]
        promised = int(offered.find_element(By.CSS_SELECTOR, ".number").text.replace(",", ""))
        offered.click()
        first(browser, f"[aria-label='By {facet}'] .picked")
        assert number(browser) == promised <= every
        every, narrowed = promised, narrowed + 1
    assert narrowed
    address = browser.current_url
    browser.get("about:blank")
    browser.get(address)
    shows(browser, "#count", "claim")
    assert number(browser) == every
    first(browser, ".hits .quote a").click()
    first(browser, ".text .evidence.lit")
    assert complaints(browser) == []


def number(browser: Chrome) -> int:
    """How many hits there are."""
    return int(first(browser, "#count").text.split()[0].replace(",", ""))


def test_documents_and_names_are_found_by_the_same_word(browser: Chrome, site: Site) -> None:
    browser.get(f"{site.home}search{site.ending}?q={site.word}&in=documents")
    shows(browser, "#count", "document")
    assert number(browser) > 0
    browser.get(f"{site.home}names{site.ending}?find={site.place}")
    shows(browser, ".rows td", site.place)
    assert complaints(browser) == []


def test_the_map_and_the_timeline_are_one_view(browser: Chrome, site: Site) -> None:
    browser.get(f"{site.home}map{site.ending}")
    assert first(browser, ".brush select").is_displayed()
    rows = browser.find_elements(By.CSS_SELECTOR, ".row[data-place^='place/']")
    circles = [one for one in browser.find_elements(By.CSS_SELECTOR, "a.circle") if one.is_displayed()]
    clusters = browser.find_elements(By.CSS_SELECTOR, ".cluster")
    assert rows
    assert circles or clusters
    (actor, *_) = browser.find_elements(By.CSS_SELECTOR, "#acting option:not([value=''])")
    actor.click()
    kept = [one for one in browser.find_elements(By.CSS_SELECTOR, ".row[data-place^='place/']") if one.is_displayed()]
    assert 0 < len(kept) < len(rows)
    browser.find_element(By.CSS_SELECTOR, "#acting option[value='']").click()
    last = first(browser, "#day-words").text
    first(browser, "#slide").send_keys(Keys.HOME)
    assert first(browser, "#day-words").text != last
    assert "date=" in browser.current_url
    for _ in range(12):
        if not (clusters := browser.find_elements(By.CSS_SELECTOR, ".cluster")):
            break
        clusters[0].send_keys(Keys.ENTER)  # a mark with a number opens, as often as it takes
    place = next(one for one in browser.find_elements(By.CSS_SELECTOR, "a.circle") if one.is_displayed())
    title = place.find_element(By.CSS_SELECTOR, "title").get_attribute("textContent")
    place.send_keys(Keys.ENTER)
    shows(browser, "h1", str(title).partition(":")[0])
    assert texts(browser, ".quote")
    assert complaints(browser) == []
