"""Three clicks: from a word to the sentence, from a disagreement to both sentences, from the map to the document."""

from collections.abc import Iterator

import pytest
from browser import first, needs_assets, needs_chromium, resized, shows, static_server, texts
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from web_server import serving

import kg
from kg.dataset import Dataset
from kg.web.static_site import write

pytestmark = [pytest.mark.server, needs_chromium]


@pytest.fixture(scope="module", params=["served", "static"])
def home(
    request: pytest.FixtureRequest, built_sides: Dataset, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The start page, of a server or of files on a static host."""
    if request.param == "served":
        with serving(built_sides.folder) as address:
            yield f"{address}/"
    else:
        folder = tmp_path_factory.mktemp("site") / "public"
        write(kg.open(built_sides.folder), folder)
        with static_server(folder) as address:
            yield address


class Visit:
    """A person who begins at the start page, and clicks."""

    def __init__(self, browser: Chrome, home: str) -> None:
        self.browser, self.clicks = browser, 0
        resized(browser, 1280, "light")
        browser.get(home)

    def click(self, selector: str, words: str = "") -> None:
        """Click the first that is there, or the first with some words."""
        if words:
            shows(self.browser, selector, words)
        first(self.browser, selector)
        (found, *_) = [one for one in self.browser.find_elements(By.CSS_SELECTOR, selector) if words in one.text]
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", found)
        found.click()
        self.clicks += 1

    def reads(self, words: str) -> None:
        """The words stand in a text, and are lit."""
        shows(self.browser, ".text .evidence.lit", words)
        (lit, *_) = self.browser.find_elements(By.CSS_SELECTOR, ".text .evidence.lit")
        inside = "const at = arguments[0].getBoundingClientRect(); return at.bottom > 0 && at.top < innerHeight"
        assert self.browser.execute_script(inside, lit)


def test_from_a_word_to_the_sentence(browser: Chrome, home: str) -> None:
    visit = Visit(browser, home)
    first(browser, "#find").send_keys("Шуша" + Keys.ENTER)
    visit.click(".hits .quote a", "Armenian armed forces occupied Shusha on 8 May 1992.")
    visit.reads("Armenian armed forces occupied Shusha on 8 May 1992.")
    assert visit.clicks <= 3


def test_from_a_disagreement_to_both_sentences(browser: Chrome, home: str) -> None:
    said = {"Baku Weekly": "occupied Shusha on 8 May 1992", "Yerevan Courier": "liberated Shushi on 9 May 1992"}
    for publisher, words in said.items():
        visit = Visit(browser, home)
        visit.click(".differing a", "Shusha, date")
        shows(browser, ".side", publisher)
        assert all([text for text in texts(browser, ".side") if one in text] for one in said.values())
        visit.click(".evidence-link", words)
        visit.reads(words)
        assert visit.clicks <= 3


@needs_assets
def test_from_the_map_to_the_document(browser: Chrome, home: str) -> None:
    visit = Visit(browser, home)
    visit.click(".top nav a", "Map")
    first(browser, ".zoomed .labels text")
    visit.click("a.circle[data-place='place/AZ-SUS']")
    shows(browser, "h1", "Shusha")
    visit.click(".quote a", "Armenian armed forces occupied Shusha on 8 May 1992.")
    visit.reads("Armenian armed forces occupied Shusha on 8 May 1992.")
    assert visit.clicks <= 3
