"""One document of many is changed: what a build with a cache takes, beside a full one.

Apart stands what is done for the download files: inflating their lines from the cache (19 of 20 bytes of it are such
lines), sorting, merging and writing them is the same work whatever changed.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import kg
from bench.corpus import page
from kg.pipeline import cache
from kg.pipeline import outputs as publish
from kg.runtime.sort import Sorted

TITLE = "Incremental build"
PAGES = 10_000


def rows() -> Iterator[tuple[str, ...]]:
    """Each build with its processor seconds, and the share of the full one that is left without the files."""
    yield "build", "s", "of these files", "without files", "of the full build, without files"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "pages")
        folder.mkdir()
        for number in range(PAGES):
            one = page(number)
            (folder / f"p{number:05}.txt").write_text(f"{one['title']}\n\n{one['text']}", encoding="utf-8")
        full = yield from measured("full, cache filled", folder, Path(place))
        changed = folder / "p00007.txt"
        text = changed.read_text(encoding="utf-8")
        changed.write_text(f"{text}\nArmenian armed forces occupied Fuzuli on 23 August 1993.\n", encoding="utf-8")
        yield from measured("one document changed", folder, Path(place), full)
        yield from measured("nothing changed", folder, Path(place), full)


def measured(name: str, folder: Path, place: Path, full: float = 0.0) -> Generator[tuple[str, ...], None, float]:
    """A row for one build; returns its seconds without the files."""
    with Clock() as files:
        start = time.process_time()
        kg.build([folder], place / "out", cache=place / "cache", shacl_engine="fast")
        seconds = time.process_time() - start
    rest = seconds - files.seconds
    share = f"{rest / full:.1%}" if full else "100 %"
    yield name, f"{seconds:.1f}", f"{files.seconds:.1f}", f"{rest:.1f}", share
    shutil.rmtree(place / "out")
    return rest


class Clock:
    """Counts the seconds that are spent in inflating, sorting, merging and writing lines and files."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._depth = 0
        self._real: list[tuple[Any, str, Any]] = []

    def __enter__(self) -> "Clock":
        writes = ((publish, "write_dataset"), (publish, "write_source"))
        for owner, name in ((cache, "_inflated"), (Sorted, "add"), *writes):
            self._real.append((owner, name, getattr(owner, name)))
            setattr(owner, name, self._timed(getattr(owner, name)))
        return self

    def __exit__(self, *_: object) -> None:
        for owner, name, real in self._real:
            setattr(owner, name, real)

    def _timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **named: Any) -> Any:
            start, self._depth = time.process_time(), self._depth + 1
            try:
                return function(*arguments, **named)
            finally:
                self._depth -= 1
                if not self._depth:
                    self.seconds += time.process_time() - start

        return timed
