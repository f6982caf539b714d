"""Datasets that many tests read: built once, by the real stages, and never written to."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import effort
import pytest
from by_hand import seed, two_sides
from graphs import everything
from hypothesis import settings
from this_machine import REACHED, stay

import kg
from kg.dataset import Dataset
from kg.model import Extraction

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

pytest_plugins = ["outside"]
ROOT = Path(__file__).parents[1]

stay()
# A shell's background jobs and nohup ignore these, and so would what is started here; a handler is not inherited.
for number in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, lambda *_: None)


def pytest_configure(config: pytest.Config) -> None:
    effort.QUICK = "not slow" in config.option.markexpr
    # No deadline: how long an example takes depends on what else the machine does.
    settings.register_profile("kg", deadline=None, max_examples=effort.examples(100))
    settings.load_profile("kg")


@pytest.fixture(autouse=True)
def _no_other_machine() -> Iterator[None]:
    before = len(REACHED)
    yield
    assert REACHED[before:] == []


def published(folder: Path, extractions: tuple[Extraction, ...]) -> Dataset:
    """The dataset of extractions, each source's together, by everything that comes after extraction."""
    from kg import gazetteer
    from kg.config import Config
    from kg.pipeline import outputs as publish
    from kg.pipeline.across import Gathered, unite
    from kg.pipeline.document import Processor
    from kg.rdf import IRIs
    from kg.runtime.workers import Workers
    from kg.write.made import Made

    processor = Processor(gazetteer.load(), IRIs(), None, "none")
    by_source: dict[str, list[Extraction]] = {}
    for extraction in extractions:
        by_source.setdefault(extraction.document.source.slug, []).append(extraction)
    gathered = Gathered(folder / "scratch")
    for one in processor.judge([(group[0].document.source, group) for group in by_source.values()]):
        gathered.add(one)
        publish.write_source(folder, one, processor.iris, text=True)
    workers = Workers(1, processor)
    publish.write_dataset(folder, gathered, unite(gathered, workers), workers, made=Made("", "", {}, Config()))
    return kg.open(folder)


@pytest.fixture(scope="session")
def by_hand_seed(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The seed, its claims written by hand."""
    return published(tmp_path_factory.mktemp("seed"), seed())


@pytest.fixture(scope="session")
def by_hand_sides(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Three short texts that differ, their claims written by hand."""
    return published(tmp_path_factory.mktemp("sides"), two_sides())


@pytest.fixture(scope="session")
def by_hand_all(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Three short texts that differ, and one in which every property occurs."""
    return published(tmp_path_factory.mktemp("all"), (*two_sides(), everything()))


@pytest.fixture(scope="session")
def built_sides(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Three short texts that differ, as `kg build` publishes them."""
    folder = tmp_path_factory.mktemp("built") / "sides"
    kg.build([str(ROOT / "examples" / "two-sides")], str(folder))
    return kg.open(folder)


@pytest.fixture(scope="session")
def built_seed(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The seed, as `kg build` publishes it."""
    folder = tmp_path_factory.mktemp("built") / "seed"
    kg.build([str(ROOT / "seeds")], str(folder))
    return kg.open(folder)


@pytest.fixture(scope="module")
def browser() -> "Iterator[Chrome]":
    """Chromium, its window that of a desk."""
    from browser import chromium, resized

    with chromium() as opened:
        resized(opened, 1280, "light")
        yield opened


@pytest.fixture(autouse=True)
def _own_complaints(request: pytest.FixtureRequest) -> None:
    """What a test before left in the console of a browser that several share is not of the next one."""
    if "browser" in request.fixturenames:
        request.getfixturevalue("browser").get_log("browser")


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> kg.Dataset:
    """156 documents of many regions, by many hands."""
    folder = tmp_path_factory.mktemp("own")
    found = sorted(path for path in (ROOT / "tests" / "corpus").rglob("*") if path.suffix in (".txt", ".md", ".html"))
    for path in [path for path in found if path.name != "README.md"][:150]:
        place = folder / "texts" / path.relative_to(ROOT / "tests" / "corpus")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    sources = [folder / "texts", ROOT / "examples" / "two-sides", ROOT / "seeds"]
    kg.build([str(one) for one in sources], str(folder / "data"))
    data = kg.open(folder / "data")
    assert int(data.manifest["counts"]["documents"]) >= 156
    return data
