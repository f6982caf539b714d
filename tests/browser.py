"""Chromium as the tests drive it, what they look for in it, and any static host."""

import contextlib
import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

ROOT: Final = Path(__file__).parents[1]
AXE: Final = ROOT / "assets" / "node_modules" / "axe-core" / "axe.min.js"
EDITOR: Final = ROOT / "src" / "kg" / "web" / "static" / "built" / "editor.js"
CHROMIUM: Final = shutil.which("chromium")
DRIVER: Final = shutil.which("chromedriver")
needs_chromium = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="chromium and chromedriver are not installed: scripts/services.sh"
)
needs_assets = pytest.mark.skipif(not EDITOR.is_file(), reason="assets/ are not built: npm is not installed")


@contextlib.contextmanager
def chromium(*, script: bool = True, downloads: Path | None = None) -> Iterator[Chrome]:
    options = Options()
    options.binary_location = str(CHROMIUM)
    options.add_argument("--window-size=1280,900")
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--force-prefers-reduced-motion"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    preferences: dict[str, object] = {"download.default_directory": str(downloads)} if downloads else {}
    if not script:
        preferences["profile.managed_default_content_settings.javascript"] = 2
    options.add_experimental_option("prefs", preferences)
    browser = Chrome(options=options, service=Service(str(DRIVER)))
    try:
        yield browser
    finally:
        browser.quit()


@contextlib.contextmanager
def static_server(folder: Path) -> Iterator[str]:
    """Any static host: Python's own, with the page for what is not there."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing."""

        def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
            """What static hosts answer where nothing lies: the site's own page."""
            page = (folder / "404.html").read_bytes() if code == 404 and self.command == "GET" else b""
            self.send_response(code, message)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def first(browser: Chrome, selector: str) -> WebElement:
    return WebDriverWait(browser, 10).until(lambda found: found.find_element(By.CSS_SELECTOR, selector))


def shows(browser: Chrome, selector: str, words: str) -> None:
    """Wait until an element with these words is there: a click does not wait for the page that it leads to."""
    WebDriverWait(browser, 15, ignored_exceptions=[StaleElementReferenceException]).until(
        lambda found: any(words in text for text in texts(found, selector)), f"no {selector} says {words!r}"
    )


def typed(browser: Chrome, query: str) -> None:
    """Write a query into the editor in place of the one there; the editor closes brackets."""
    first(browser, ".editor-host").shadow_root.find_element(By.CSS_SELECTOR, ".cm-content").click()
    every = ActionChains(browser).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL)
    every.send_keys(query).perform()


def texts(browser: Chrome, selector: str) -> list[str]:
    return [one.text for one in browser.find_elements(By.CSS_SELECTOR, selector)]


def complaints(browser: Chrome) -> list[str]:
    """What the browser's console holds: errors, and what the policy refused.

    Not what Chromium does itself: in an editable element it gives typed text the look of the replaced one by a style
    attribute, which the policy refuses. That no page has such attributes is tested without a browser.
    """
    log: Any = browser.get_log("browser")  # type: ignore[no-untyped-call]
    entries = (entry["message"] for entry in log if entry["level"] in ("SEVERE", "WARNING"))
    return [message for message in entries if "Applying inline style" not in message]


def resized(browser: Chrome, width: int, colours: str) -> None:
    sizes = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", sizes)
    scheme = [{"name": "prefers-color-scheme", "value": colours}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
