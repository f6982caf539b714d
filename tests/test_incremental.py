"""A build with a cache: the same bytes as without, and only what changed is processed."""

import hashlib
import random
import shutil
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import pipeline
from kg.check import Finding
from kg.errors import InputError
from kg.pipeline import cache as caches
from kg.pipeline.cache import _KINDS, FILE, _maker, _packed, _unpacked, cached
from kg.pipeline.outcome import Accepted, Across, Problem, Processed, SetAside
from kg.read import Unreadable
from kg.validate import Result
from kg.write import Bundle

SIDES = Path(__file__).parents[1] / "examples" / "two-sides"
PLACES = ("Shusha", "Lachin", "Kalbajar", "Fuzuli", "Aghdam", "Veltri", "Karvach", "Orbel")
NAMES = ("Karvach", "Upper Orbel", "Vel Tri", "Shusha", "Agdam", "Lachin")
HEAD = """@prefix place: <https://kg.example/place/> .
@prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def text(number: int) -> str:
    one, other = PLACES[number % len(PLACES)], PLACES[(number * 3 + 1) % len(PLACES)]
    said = f"Armenian armed forces occupied {one} on {number + 1} May 1993."
    return f"Page {number}\n\n{said}\n\nThe town of {other} was quiet."


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(16):
        (folder / f"page-{number}.txt").write_text(text(number), encoding="utf-8")
    return folder


@pytest.fixture
def processed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of all sources that were processed."""
    seen: list[str] = []
    real: Callable[..., Any] = pipeline._process

    def noted(processor: Any, batch: Sequence[Any]) -> Any:
        seen.extend(one.path for one in batch)
        return real(processor, batch)

    monkeypatch.setattr(pipeline, "_process", noted)
    return seen


def build(pages: Path, name: str, **options: Any) -> dict[str, str]:
    """The hash of every file of a build."""
    out = pages.parent / name
    kg.build([pages], out, **{"shacl_engine": "fast", **options})
    files = sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_nothing_is_processed_twice_and_the_bytes_are_those_of_a_full_build(pages: Path, processed: list[str]) -> None:
    place = pages.parent / "cache"
    full = build(pages, "full")
    assert build(pages, "first", cache=place) == full
    processed.clear()
    assert build(pages, "second", cache=place) == full
    assert processed == []


def test_only_what_was_edited_added_or_renamed_is_processed(pages: Path, processed: list[str]) -> None:
    place = pages.parent / "cache"
    build(pages, "first", cache=place)
    (pages / "page-3.txt").write_text(text(3).replace("occupied", "captured"), encoding="utf-8")
    (pages / "page-77.txt").write_text(text(77).replace("78 May", "7 May"), encoding="utf-8")
    (pages / "page-5.txt").rename(pages / "page-55.txt")
    (pages / "page-6.txt").unlink()
    processed.clear()
    found = build(pages, "second", cache=place)
    assert sorted(processed) == ["page-3.txt", "page-55.txt", "page-77.txt"]
    assert found == build(pages, "full")


def test_processes_share_the_cache(pages: Path) -> None:
    place = pages.parent / "cache"
    build(pages, "first", cache=place, jobs=2)
    (pages / "page-3.txt").write_text(text(3).replace("occupied", "captured"), encoding="utf-8")
    assert build(pages, "second", cache=place, jobs=2) == build(pages, "full")


def entry(name: str, *names: str, within: str = "") -> str:
    more = [f'; schema:alternateName "{one}"@en' for one in names]
    more += [f"; schema:containedInPlace place:{within}"] if within else []
    label = f'rdfs:label "{name.title()}"@en ; schema:additionalType "town"'
    return f"place:{name} a schema:AdministrativeArea ; {label} {' '.join(more)} .\n"


def test_a_changed_entry_of_a_gazetteer_concerns_only_the_texts_that_may_name_it(
    pages: Path, processed: list[str]
) -> None:
    place, names = pages.parent / "cache", pages.parent / "names.ttl"
    names.write_text(HEAD + entry("orbel"))
    build(pages, "first", cache=place, gazetteers=[names])
    names.write_text(HEAD + entry("orbel") + entry("veltri"))
    processed.clear()
    found = build(pages, "second", cache=place, gazetteers=[names])
    assert set(processed) == {f"page-{n}.txt" for n in range(16) if "Veltri" in text(n)}
    assert found == build(pages, "full", gazetteers=[names])


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))])
def test_whatever_changes_in_a_gazetteer_the_bytes_are_those_of_a_full_build(pages: Path, seed: int) -> None:
    chance = random.Random(seed)
    place, names = pages.parent / "cache", pages.parent / "names.ttl"
    for step in range(3):
        keys = chance.sample(("orbel", "veltri", "karvach", "shusha-town", "old-fort"), chance.randint(0, 4))
        entries = [
            entry(key, *chance.sample(NAMES, chance.randint(0, 2)), within=chance.choice(("", "", "AZ-AGM", "AM")))
            for key in keys
        ]
        names.write_text(HEAD + "".join(entries))
        incremental = build(pages, "out", cache=place, gazetteers=[names])
        assert incremental == build(pages, "full", gazetteers=[names]), (seed, step)


def test_another_base_engine_or_version_of_kg_is_another_key(
    pages: Path, processed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = pages.parent / "cache"
    build(pages, "first", cache=place)
    for options in ({"base": "https://other.example/"}, {"shacl_engine": "none"}):
        processed.clear()
        assert build(pages, "second", cache=place, **options) == build(pages, "full", **options)
        assert len(processed) == 2 * 16
    monkeypatch.setattr(caches, "code", lambda: "another version")
    processed.clear()
    build(pages, "third", cache=place)
    assert len(processed) == 16


def test_the_code_has_one_hash_until_a_file_of_it_changes() -> None:
    assert len(caches.code()) == 64


def test_what_a_failed_build_computed_is_kept(
    pages: Path, processed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = pages.parent / "cache"

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "unite", stop)
        with pytest.raises(KeyboardInterrupt):
            build(pages, "first", cache=place)
    processed.clear()
    build(pages, "first", cache=place)
    assert processed == []


def test_what_a_build_does_not_use_is_forgotten(pages: Path) -> None:
    place = pages.parent / "cache"
    build(pages, "first", cache=place)
    before = rows(place)
    shutil.rmtree(pages)
    shutil.copytree(SIDES, pages)
    build(pages, "second", cache=place)
    assert 0 < rows(place) < before


def rows(place: Path) -> int:
    with closing(sqlite3.connect(place / FILE)) as database, database:
        return int(database.execute("SELECT COUNT(*) FROM entries").fetchone()[0])


def test_a_cache_that_is_no_cache_is_refused_and_the_output_stays(pages: Path) -> None:
    place = pages.parent / "cache"
    before = build(pages, "out")
    place.mkdir()
    (place / FILE).write_bytes(b"something else" * 100)
    with pytest.raises(InputError, match="not a usable cache"):
        build(pages, "out", cache=place)
    files = pages.parent / "out"
    assert {path for path in before if (files / path).is_file()} == set(before)
    with pytest.raises(InputError, match="cannot be used as a cache"):
        build(pages, "out", cache=pages / "page-1.txt")


@pytest.mark.parametrize(
    "told", [b"\x80\x05]", b"{", b"[]", b'["Path", ["a"]]', b'["Processed", ["a"]]', b'["Across", 1]']
)
def test_only_values_of_kg_are_read_from_a_cache(pages: Path, told: bytes) -> None:
    place = pages.parent / "cache"
    build(pages, "first", cache=place)
    with closing(sqlite3.connect(place / FILE)) as database, database:
        database.execute("UPDATE entries SET value = ?", (zlib.compress(told),))
    with pytest.raises(InputError, match="broken value"):
        build(pages, "second", cache=place)


def test_what_is_kept_comes_back_as_it_was() -> None:
    result = Result("<urn:a>", "", '"x"', ('"wrong"@en',), "urn:s", "urn:t", "urn:u")
    aside = SetAside(
        "b", "B", "b.txt", b'<urn:a> <urn:b> "\\n\xc3\xa9" .\n', (Problem("no", "urn:a", 3, "q"),), (result,)
    )
    accepted = Accepted("a", b"<urn:a> <urn:b> <urn:c> .\n", b"", ("k",), b"", Counter(sentences=2))
    processed = Processed(
        "a", "a", "text \ud800\u2028\0", (accepted,), (aside,), (Finding("f", "c", "info", "m", ("1",)),)
    )
    for value in (
        processed,
        Unreadable("a", "b", skipped=True),
        Across(Bundle.of_lines([b"a", b"b"] * 600_000), (result,), Counter({"events": 1})),
    ):
        packed = _packed([type(value).__name__, value])
        back = _unpacked(packed, lambda told: _maker(_KINDS[told[0]])(told[1]))
        if isinstance(value, Across):
            assert isinstance(back.counts, Counter)
            assert list(back.graph) == list(value.graph)
            value, back = (replace(one, graph=Bundle((), 0)) for one in (value, back))
        assert back == value
        assert type(back) is type(value)


def test_results_keep_their_order_whatever_is_known() -> None:
    class Known:
        """A cache in memory that knows the even numbers."""

        def __init__(self) -> None:
            self.values = {bytes([n]): -n for n in range(0, 40, 2)}

        def knows(self, key: bytes) -> bool:
            return key in self.values

        def get(self, key: bytes) -> int:
            return self.values[key]

        def put(self, key: bytes, value: int) -> None:
            self.values[key] = value

    def ahead(items: Any) -> Any:
        return iter([-item for item in list(items)])

    for items in ([], [1], [2], [1, 2, 3], [2, 4], [5, 2, 4, 7, 9, 6], list(range(40))):
        for compute in (ahead, lambda some: (-item for item in some)):
            assert list(cached(items, lambda n: bytes([n]), Known(), compute)) == [-n for n in items]


def test_a_file_that_changes_before_it_is_read_is_not_kept_as_what_it_was(
    pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The neighbour, which did not change, is kept."""
    place, real = pages / "page-0.txt", pipeline._process
    before = place.read_text(encoding="utf-8")

    def changed(processor: Any, batch: Sequence[Any]) -> Any:
        place.write_text(text(5), encoding="utf-8")
        return real(processor, batch)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "_process", changed)
        build(pages, "changed", cache=pages.parent / "cache")
    place.write_text(before, encoding="utf-8")
    seen: list[str] = []

    def noted(processor: Any, batch: Sequence[Any]) -> Any:
        seen.extend(one.path for one in batch)
        return real(processor, batch)

    monkeypatch.setattr(pipeline, "_process", noted)
    assert build(pages, "again", cache=pages.parent / "cache") == build(pages, "plain")
    assert seen[:1] == ["page-0.txt"]
    assert seen.count("page-1.txt") == 1  # of the build without a cache
