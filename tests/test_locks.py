"""Two of everything at once: what is written is one of them whole, and who may not write is told so."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.dataset import Dataset
from kg.errors import StoreError
from kg.runtime import folder
from kg.runtime.locks import ALONE, AT_ONCE, TOGETHER, lock
from kg.store import embedded
from kg.web import stores
from kg.web.pages.view import Facts
from kg.web.search.asking import Asked
from kg.web.search.opened import Search
from kg.web.snapshot import Snapshot


def started(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "kg", *words], stderr=subprocess.PIPE, text=True)


def test_loads_at_once_into_one_store_leave_one_of_them_whole(built_sides: Dataset, tmp_path: Path) -> None:
    place = tmp_path / "store"
    loads = [started("load", "--data", str(built_sides.folder), "--to", "store", "--url", str(place)) for _ in range(3)]
    said = [(load.communicate(timeout=60)[1], load.returncode) for load in loads]
    assert {code for _, code in said} <= {0, 2}
    assert any(code == 0 for _, code in said)
    assert all("another run of kg writes here" in text for text, code in said if code)
    assert list(kg.open(place).query("events")) == list(built_sides.query("events"))
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_a_store_is_not_replaced_where_it_holds_what_a_store_has_not(built_sides: Dataset, tmp_path: Path) -> None:
    place = tmp_path / "store"
    embedded.load(built_sides, place)
    embedded.load(built_sides, place)
    (place / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"notes\.txt"):
        embedded.load(built_sides, place)
    assert (place / "notes.txt").read_text() == "mine"


def test_who_ends_does_not_remove_what_another_has_begun(tmp_path: Path) -> None:
    """After the swap the old folder lies where the next run begins."""
    target = tmp_path / "out"
    for _ in range(2):
        with folder.replaced(target) as new:
            (new / folder.MANIFEST).write_text('{"files": []}')
    new = tmp_path / ".out.kg-new"
    new.mkdir()
    ended, begun = os.open(target, os.O_RDONLY), lock_of(new)
    folder._discard(new, ended)
    assert new.is_dir()
    os.close(begun)
    folder._discard(new, ended)
    os.close(ended)
    assert not new.exists()


def lock_of(new: Path) -> int:
    import fcntl

    descriptor = os.open(new, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor


def test_a_lock_that_was_removed_is_no_lock(tmp_path: Path) -> None:
    place = tmp_path / "lock"
    first = lock(place, ALONE)
    with pytest.raises(BlockingIOError):
        lock(place, TOGETHER | AT_ONCE)
    place.unlink()
    second = lock(place, ALONE | AT_ONCE)
    os.close(first)
    with pytest.raises(BlockingIOError):
        lock(place, TOGETHER | AT_ONCE)
    os.close(second)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache of a user, for datasets that are all too large for memory."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("kg.web.snapshot.IN_MEMORY", 0)
    return tmp_path / "cache" / "kg" / "stores"


def test_servers_at_once_with_a_cold_cache_find_one_store(built_sides: Dataset, cache: Path, tmp_path: Path) -> None:
    code = f"""
import sys
import kg.web.snapshot as made
made.IN_MEMORY = 0
import kg
print(len(made.Snapshot(kg.open({str(built_sides.folder)!r})).store))
"""
    servers = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    found = [server.communicate(timeout=60)[0] for server in servers]
    assert len(set(found)) == 1
    assert int(found[0]) > 0
    assert len([path for path in cache.iterdir() if path.is_dir()]) == 1


def made(folder: Path) -> None:
    folder.mkdir()


def test_stores_that_nobody_serves_are_evicted_and_those_that_are_served_stay(
    built_sides: Dataset, cache: Path
) -> None:
    served = stores.Kept("stores", "served", made)
    for number in range(stores.KEPT + 2):
        stores.Kept("stores", f"old{number}", made).close()
        os.utime(cache / f"old{number}.lock", (number, number))
    (cache / ".killed.kg-new").mkdir()
    os.utime(cache / "served.lock", (0, 0))
    kept = stores.Kept("stores", "new", made)
    left = {path.name for path in cache.iterdir() if path.is_dir()}
    assert left == {"served", "new", *(f"old{number}" for number in range(2, stores.KEPT + 2))}
    assert not (cache / "old0.lock").exists()
    served.close()
    kept.close()


@pytest.mark.parametrize("damage", ["a file gone", "files cut", "no folder", "a link", "a file"])
def test_a_store_of_the_cache_that_was_damaged_is_made_again(built_sides: Dataset, cache: Path, damage: str) -> None:
    def opened() -> int:
        snapshot = Snapshot(built_sides)
        snapshot.close()
        return len(snapshot.store)

    whole = opened()
    (store,) = (path for path in cache.iterdir() if path.is_dir())
    if damage == "a file gone":
        (store / "CURRENT").unlink()
    elif damage == "files cut":
        for path in store.glob("*.sst"):
            os.truncate(path, 100)
    else:
        shutil.rmtree(store)
        if damage == "a link":
            store.symlink_to("/tmp")
        elif damage == "a file":
            store.write_text("")
    assert opened() == whole
    assert store.is_dir()
    assert not store.is_symlink()


@pytest.mark.parametrize("content", [b"", b"no index", None])
def test_an_index_of_the_cache_that_was_damaged_is_made_again(
    built_sides: Dataset, cache: Path, content: bytes | None
) -> None:
    def found() -> int:
        search = Search(lambda: Facts(Snapshot(built_sides)))
        index = search.index(None)
        assert index
        hits = index.find(Asked("shusha")).all
        search.close()
        return hits

    whole = found()
    (place,) = cache.parent.glob("searches/*/search.sqlite")
    if content is None:
        os.truncate(place, place.stat().st_size // 2)
    else:
        place.write_bytes(content)
    assert found() == whole > 0


def test_a_snapshot_holds_its_store_until_it_is_closed(built_sides: Dataset, cache: Path) -> None:
    snapshot = Snapshot(built_sides)
    place = cache / f"{snapshot.digest}.lock"
    with pytest.raises(BlockingIOError):
        lock(place, ALONE | AT_ONCE)
    snapshot.close()
    os.close(lock(place, ALONE | AT_ONCE))
