"""A document's cost is bounded: repetitions take time in proportion, and what takes too long is set aside alone."""

import json
import signal
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest
from effort import grows_in_proportion

import kg
from kg import gazetteer, pipeline
from kg.errors import Failure, TooSlow, attempt
from kg.extract import extract
from kg.pipeline.document import Processor
from kg.rdf import IRIs
from kg.read import Item
from kg.runtime.patience import within

REPEATED = {
    "areas": "1,835 km2, ",
    "places": "Shusha ",
    "places in Cyrillic": "Шуша ",
    "quotation marks": '"',
    "opening marks": "“a ",
    "resolutions": "resolutions 822, 853, 874 and 884 ",
    "dates": "3 May 1992, ",
    "years": "1992-1993 ",
    "numbers": "1,000 ",
    "digits": "9",
    "dots": ". ",
    "brackets": "( ",
    "capitals": "A. B. ",
    "names": "Ilham Aliyev and ",
    "captured": "captured Shusha and ",
    "said": "said that ",
    "list": "- 3 May 1992: Shusha captured\n",
    "table": "| a | b |\n",
    "headings": "# a\n\n",
    "lines": "\n",
    "spaces": " ",
    "marks": "!?;:,-–—/ ",
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", REPEATED)
def test_repetitions_cost_in_proportion_to_their_length(kind: str, tmp_path: Path) -> None:
    part, place = REPEATED[kind], tmp_path / "a.txt"
    processor = Processor(gazetteer.load(), IRIs(), None, "none")

    def process(length: int) -> None:
        place.write_text(part * (length // len(part)), encoding="utf-8")
        processor([Item(str(place).encode(), place.name, "a", "text/plain")])

    assert grows_in_proportion(process, 4_000)


def test_work_that_takes_too_long_is_ended_and_what_follows_is_not() -> None:
    def slow() -> None:
        with within(0.05, "--option"):
            while True:
                pass

    tried = attempt(slow)
    assert isinstance(tried, Failure)
    assert isinstance(tried.error, TooSlow)
    assert tried.what == "it took more than 0.05 seconds (--option)"
    with within(0.05, "--option"):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)  # ended with the block
    with within(0, "--option"):
        pass


def three_texts(folder: Path) -> Path:
    """A folder with three texts, after a build of the first: what is loaded once is loaded."""
    (folder / "texts").mkdir()
    for name, text in (("a", "Shusha was captured on 8 November 2020."), ("b", "It is endless."), ("c", "Shusha.")):
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    pipeline.build([str(folder / "texts" / "a.txt")], folder / "out")
    return folder / "texts"


def test_a_process_that_cannot_be_interrupted_is_ended_and_its_document_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = extract

    def stuck(one: Any, *others: Any, **options: Any) -> Any:
        if "endless" in one.source.text:
            sum(repeat(0))  # a loop in C, which looks at no signal
        return real(one, *others, **options)

    monkeypatch.setattr("kg.pipeline.document.extract", stuck)
    done = pipeline.build([str(three_texts(tmp_path))], tmp_path / "out", jobs=2, document_timeout=2)
    assert not done.conforms
    (listed,) = done.unreadable
    assert listed.path == "b.txt"
    assert listed.reason.endswith("it took too long, and could not be interrupted")
    assert "in stuck" in listed.trace
    assert len(kg.open(tmp_path / "out").query("events")) == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_that_takes_too_long_is_set_aside_and_the_rest_goes_on(
    tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = extract

    def slow(one: Any, *others: Any, **options: Any) -> Any:
        while "endless" in one.source.text:
            pass
        return real(one, *others, **options)

    monkeypatch.setattr("kg.pipeline.document.extract", slow)
    done = pipeline.build([str(three_texts(tmp_path))], tmp_path / "out", jobs=jobs, document_timeout=2)
    assert not done.conforms
    assert [one.path for one in done.set_aside] == ["b.txt"], [one.problems for one in done.set_aside]
    assert "--document-timeout" in done.set_aside[0].problems[0].message
    counts = json.loads((tmp_path / "out" / "manifest.json").read_text())["counts"]
    assert counts["documents"] == 2
    assert len(kg.open(tmp_path / "out").query("events")) == 1
