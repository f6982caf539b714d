"""The timeline is zoomed and moved by buttons, keys and the wheel; what lies on each other is one mark that opens."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from browser import complaints, first, needs_chromium, resized, texts
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait
from web_server import serving

import kg

pytestmark = [pytest.mark.server, needs_chromium]
_TEXT = """Four weeks and a year

Rebel forces captured Shusha on 8 May 1992. Government troops retook Shusha on 21 May 1992.

Rebel forces captured Lachin on 18 May 1962. Rebel forces captured Aghdam on 23 July 1993.
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("weeks")
    (folder / "weeks.txt").write_text(_TEXT, encoding="utf-8")
    kg.build([str(folder / "weeks.txt")], str(folder / "data"))
    with serving(folder / "data") as address:
        yield f"{address}/"


def opened(browser: Chrome, address: str) -> str:
    """The timeline of a page; which days it shows."""
    browser.get("about:blank")
    browser.get(address)
    return first(browser, ".zoom output").text


def marks(browser: Chrome) -> list[str]:
    """The events whose marks are seen."""
    shown = (one for one in browser.find_elements(By.CSS_SELECTOR, "svg.timeline .mark") if one.is_displayed())
    return [str(one.get_attribute("aria-label")).partition(" (")[0] for one in shown]


def together(browser: Chrome) -> list[str]:
    return [str(one.get_attribute("aria-label")) for one in browser.find_elements(By.CSS_SELECTOR, ".together")]


def test_marks_on_each_other_are_one_with_their_number_which_opens(browser: Chrome, root: str) -> None:
    every = opened(browser, f"{root}timeline")
    (one,) = together(browser)
    assert one.startswith("2 events, opens: ")
    assert "8 May 1992" in one
    assert "21 May 1992" in one
    assert len(marks(browser)) == 2
    assert texts(browser, ".dated") == []
    first(browser, ".together").send_keys(Keys.ENTER)
    assert together(browser) == []
    assert len(marks(browser)) == 2
    assert "8 May 1992" in " ".join(texts(browser, ".dated"))
    address, near = browser.current_url, first(browser, ".zoom output").text
    assert "seen=" in address
    assert near != every
    assert opened(browser, address) == near
    first(browser, ".zoom button[aria-label='All years']").click()
    assert first(browser, ".zoom output").text == every
    assert "seen=" not in browser.current_url
    assert complaints(browser) == []


def test_it_is_zoomed_and_moved_by_keys_and_by_the_wheel(browser: Chrome, root: str) -> None:
    every = opened(browser, f"{root}timeline")
    region, said = first(browser, ".scroll"), first(browser, ".zoom output")
    region.send_keys("+")
    near = said.text
    assert near != every
    region.send_keys(Keys.ARROW_RIGHT)
    assert said.text not in (near, every)
    later = said.text
    region.send_keys(Keys.ARROW_LEFT)
    assert said.text == near
    region.send_keys("-")
    assert said.text == every
    assert not first(browser, ".zoom button[aria-label='Wider']").is_enabled()
    ActionChains(browser).key_down(Keys.CONTROL).scroll_from_origin(
        ScrollOrigin.from_element(first(browser, "svg.timeline")), 0, -100
    ).key_up(Keys.CONTROL).perform()
    WebDriverWait(browser, 10).until(lambda _: said.text not in (every, later))
    region.send_keys("0")
    assert said.text == every


def test_years_become_months_when_it_is_zoomed_and_no_two_labels_touch(browser: Chrome, root: str) -> None:
    opened(browser, f"{root}timeline")
    for _ in range(8):
        labels = browser.find_elements(By.CSS_SELECTOR, ".axis text")
        assert labels
        edges = sorted((one.rect["x"], one.rect["x"] + one.rect["width"]) for one in labels)
        assert all(end < begin for (_, end), (begin, _) in pairwise(edges))
        closer = first(browser, ".zoom button[aria-label='Closer']")
        if not closer.is_enabled():
            break
        closer.click()
    assert " " in texts(browser, ".axis text")[0]


def test_the_brush_picks_from_the_days_that_are_seen(browser: Chrome, root: str) -> None:
    opened(browser, f"{root}map?seen=1992-05-01..1992-06-01")
    chart = first(browser, ".as-of svg.timeline")
    first(browser, ".brushed")
    assert len([one for one in marks(browser) if "1992" in one]) == 2
    middle = ActionChains(browser).move_to_element(chart).click_and_hold().move_by_offset(60, 0).release()
    browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", chart)
    middle.perform()
    assert "1992" in first(browser, "#from-words").text
    assert "1992" in first(browser, "#day-words").text
    assert "seen=1992-05-01..1992-06-01" in browser.current_url
    assert complaints(browser) == []


def test_on_a_telephone_the_years_have_the_whole_width(browser: Chrome, root: str) -> None:
    resized(browser, 360, "light")
    opened(browser, f"{root}timeline")
    region = first(browser, "figure .scroll")
    wide, seen = (
        browser.execute_script(f"return arguments[0].{name}", region) for name in ("scrollWidth", "clientWidth")
    )
    assert wide <= seen
    label, bar = first(browser, ".row-label").rect, first(browser, ".bar").rect
    assert label["y"] + label["height"] <= bar["y"] + 4
    resized(browser, 1280, "light")
    WebDriverWait(browser, 10).until(
        lambda _: first(browser, ".row-label").rect["y"] > first(browser, ".bar").rect["y"] - 8
    )
