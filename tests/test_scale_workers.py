"""Processes of a build: order is kept, few results wait, and what kills a process takes nothing else with it."""

import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import InputError
from kg.model import Document
from kg.pipeline import document as process
from kg.runtime.workers import Workers

ROOT = Path(__file__).parents[1]


def double(shared: int, batch: Sequence[int]) -> list[int]:
    return [shared * one for one in batch]


def slow_first(shared: int, batch: Sequence[int]) -> list[int]:
    time.sleep(0.05 if 0 in batch else 0)  # long enough that the others are done before
    return list(batch)


def first_after_last(last: Path, batch: Sequence[int]) -> list[int]:
    deadline = time.monotonic() + 20
    while 0 in batch and not last.exists():
        assert time.monotonic() < deadline
        time.sleep(0.005)  # nothing but the file tells one process of the other
    if 19 in batch:
        last.touch()
    return list(batch)


def deadly(shared: set[int], batch: Sequence[int]) -> list[int]:
    if shared & set(batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return list(batch)


def raising(shared: object, batch: Sequence[int]) -> list[int]:
    raise InputError("no", where="there", hint="go on")


def lost(one: int, death: str) -> int:
    return -one


@settings(max_examples=examples(15))
@given(batches=st.lists(st.lists(st.integers(), max_size=3), max_size=12), jobs=st.integers(1, 3))
def test_results_come_in_the_order_of_the_batches(batches: Any, jobs: Any) -> None:
    with Workers(jobs, 2) as workers:
        assert list(workers.map(double, batches)) == [2 * one for batch in batches for one in batch]


def test_a_slow_batch_is_waited_for() -> None:
    with Workers(2, 0) as workers:
        assert list(workers.map(slow_first, ([one] for one in range(20)))) == list(range(20))


def test_where_order_does_not_matter_nothing_waits_for_a_slow_batch(tmp_path: Path) -> None:
    with Workers(2, tmp_path / "last") as workers:
        found = list(workers.map(first_after_last, ([one] for one in range(20)), in_order=False))
        assert 0 in found[-2:]  # the last is under way when it begins
        assert sorted(found) == list(range(20))


@settings(max_examples=examples(15))
@given(
    count=st.integers(1, 12),
    deaths=st.sets(st.integers(1, 12), max_size=4),
    size=st.integers(1, 5),
)
def test_only_what_kills_a_process_is_lost(count: Any, deaths: Any, size: Any) -> None:
    items = list(range(1, count + 1))
    batches = [items[start : start + size] for start in range(0, count, size)]
    with Workers(2, deaths) as workers:
        found = list(workers.map(deadly, batches, lost=lost))
        assert found == [-one if one in deaths else one for one in items]
        assert list(workers.map(deadly, [[99]], lost=lost)) == [99]  # and the processes go on


def test_without_a_word_for_what_is_lost_its_loss_is_an_error() -> None:
    with Workers(2, {1}) as workers, pytest.raises(InputError, match="SIGKILL"):
        list(workers.map(deadly, [[1]]))


def test_an_error_of_kg_arrives_whole() -> None:
    with Workers(2, None) as workers, pytest.raises(InputError) as caught:
        list(workers.map(raising, [[1]]))
    assert (caught.value.what, caught.value.where, caught.value.hint) == ("no", "there", "go on")


def test_few_batches_are_taken_before_they_are_asked_for() -> None:
    taken = 0

    def batches() -> Iterator[list[int]]:
        nonlocal taken
        for one in range(100):
            taken += 1
            yield [one]

    with Workers(2, 1) as workers:
        results = workers.map(double, batches())
        assert next(results) == 0
        assert taken < 8


def test_no_process_is_left() -> None:
    with Workers(2, 1) as workers:
        list(workers.map(double, [[1]]))
        processes = [worker._process for worker in workers.workers]
        assert all(one.is_alive() for one in processes)
    assert not any(one.is_alive() for one in processes)


def test_a_document_that_kills_its_process_is_set_aside_and_the_others_are_published(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    extract = process.extract  # type: ignore[attr-defined]  # as the module sees it

    def dying(document: Document, *args: object, **options: object) -> object:
        if document.source.slug == "tri-agency":
            os.kill(os.getpid(), signal.SIGKILL)
        return extract(document, *args, **options)

    monkeypatch.setattr(process, "extract", dying)
    built = kg.build([ROOT / "examples" / "two-sides"], tmp_path / "out", jobs=2)
    assert [one.path for one in built.unreadable] == ["tri-agency.txt"]
    assert "SIGKILL" in built.unreadable[0].reason
    assert not built.conforms
    assert sorted(path.stem for path in (tmp_path / "out" / "sources").iterdir()) == ["baku-weekly", "yerevan-courier"]
