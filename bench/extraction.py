"""Reading claims by rules: pages a second beside a statistical pipeline, and how the time grows with the length.

``KG_BESIDE=/path/to/checkout python -m bench extraction`` reads the same pages with another checkout too, in turns.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import kg
from bench.corpus import pages
from kg import gazetteer
from kg.extract import extract
from kg.model import Source
from kg.read.split import documents

TITLE = "Extraction"
PAGES = 300
TURNS = 5
LENGTH = 250_000  # characters; and then four times as many
_TEXT = " ".join(page["text"] for page in pages(20))
REPEATED = {  # what makes a careless expression try everything, and real text
    "a: ": "a: ",
    "(((": "(",
    '"""': '"',
    ",,,": ",",
    "blank lines": "\n",
    "quotations that never end": "“a ",
    "he said": "he said ",
    "numbers": "1,234 ",
    "dates": "8 May 1992, ",
    "capitals": "Aaa ",
    "records in one line": "Shusha: 8 May 1992, 289 km2; ",
    "table cells": "| a ",
    "headings": "# a\n",
    "short documents": "".join(
        f"# The **town** on day {day}\n\nTroops captured Kherson on 2 March 2022.\n\nThe road is open.\n\n"
        for day in range(10_000)
    ),
    "news": _TEXT + "\n\n",
    "news in one line": _TEXT.replace("\n", " ") + " ",
}


def rows() -> Iterator[tuple[str, ...]]:
    """Each text with its seconds, and what they are beside: another tool, or a quarter of the text (4 is linear)."""
    yield "what", "seconds", "that is"
    read = [page["text"] for page in pages(PAGES)]
    words = sum(len(text.split()) for text in read) / PAGES
    _claims(read[0])
    rules = _seconds(lambda: [_claims(text) for text in read])
    yield f"{PAGES} pages of {words:.0f} words", f"{rules:.2f}", f"{PAGES / rules:.0f} a second"
    if other := _statistical():
        taken = _seconds(lambda: [other(text) for text in read])
        yield "the same, a statistical pipeline alone (spaCy)", f"{taken:.2f}", f"{taken / rules:.1f} x kg"
    if checkout := os.environ.get("KG_BESIDE"):
        there, here = _in_turns([Path(checkout, "src"), Path(kg.__file__).parents[1]], read)
        yield "the same, by the other checkout", f"{there:.2f}", f"kg takes {here / there:.2f} x as long"
    for name, text in REPEATED.items():
        short = _time_of(_long(text, LENGTH))
        long = _time_of(_long(text, 4 * LENGTH))
        yield f"{4 * LENGTH:,} characters of {name}", f"{long:.2f}", f"{long / short:.1f} x a quarter of it"


_TURN = """
import json, sys, time
from kg import gazetteer
from kg.extract import extract
from kg.model import Source
from kg.read.split import documents
names = gazetteer.load()
read = [one for text in json.loads(input()) for one in documents(Source("a", "a", text, "text/markdown"))]
for _ in sys.stdin:
    start = time.process_time()
    for one in read:
        extract(one, names)
    print(time.process_time() - start, flush=True)
"""


def _in_turns(sources: list[Path], texts: list[str]) -> list[float]:
    """The least seconds that each source tree takes: one process each, one after the other, so that what else the
    machine does slows both.
    """
    started = [
        subprocess.Popen(
            [sys.executable, "-c", _TURN],
            env={**os.environ, "PYTHONPATH": str(source)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for source in sources
    ]
    for process in started:
        _tell(process, json.dumps(texts))
    taken = [[float(_ask(process)) for process in started] for _ in range(TURNS + 1)]
    for process in started:
        process.communicate()
    return [min(seconds) for seconds in zip(*taken[1:], strict=True)]  # the first turn fills caches


def _tell(process: "subprocess.Popen[str]", line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def _ask(process: "subprocess.Popen[str]") -> str:
    _tell(process, "")
    assert process.stdout is not None
    return process.stdout.readline()


def _time_of(text: str) -> float:
    return _seconds(lambda: _claims(text))


def _claims(text: str) -> int:
    names = gazetteer.load()
    return sum(len(extract(document, names).claims) for document in documents(Source("a", "a", text, "text/markdown")))


def _long(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def _statistical() -> Callable[[str], object] | None:
    try:
        import spacy

        from kg.extract.statistical import MODEL

        model: Callable[[str], object] = spacy.load(MODEL)
        return model
    except (ImportError, OSError):
        return None
