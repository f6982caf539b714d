"""A corpus of any size: sorted on disk, written as shards, the same however it was divided."""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.pipeline import outputs as publish
from kg.pipeline.across import Gathered
from kg.runtime import bundle as bundle_module
from kg.runtime import sort as sort_module
from kg.write import Bundle, Sorted, pack, write_shards

ROOT = Path(__file__).parents[1]
LINES = st.lists(st.binary(max_size=12).filter(lambda line: b"\n" not in line))


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs are read in pieces of a few lines and merged three at a time."""
    monkeypatch.setattr(sort_module, "_PIECE", 20)
    monkeypatch.setattr(sort_module, "_FAN", 3)


# Sorting


@given(parts=st.lists(LINES, max_size=30), budget=st.integers(0, 60))
def test_lines_come_back_in_order_and_once_whatever_fits_in_memory(
    tmp_path_factory: pytest.TempPathFactory, parts: Any, budget: Any
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sort_module, "_PIECE", 20)
        patch.setattr(sort_module, "_FAN", 3)
        kept = Sorted(tmp_path_factory.mktemp("runs") / "runs", budget=budget)
        for part in parts:
            kept.add(b"".join(line + b"\n" for line in part))
        expected = sorted({line for part in parts for line in part})
        assert list(kept) == expected
        assert list(kept) == expected  # reading does not consume
        assert kept.count == sum(map(len, parts))


def test_what_fits_in_memory_touches_no_disk(tmp_path: Path) -> None:
    kept = Sorted(tmp_path / "runs")
    kept.add(b"b\na\n")
    assert list(kept) == [b"a", b"b"]
    assert not (tmp_path / "runs").exists()


def test_few_files_are_open_however_many_runs_there_are(tmp_path: Path, small_pieces: Any) -> None:
    kept = Sorted(tmp_path / "runs", budget=0)
    for number in range(100):
        kept.add(b"%d\n" % number)
    assert len(list((tmp_path / "runs").iterdir())) < 3 * 5
    assert list(kept) == sorted(b"%d" % number for number in range(100))


# Lines in memory


@given(parts=st.lists(LINES), piece=st.integers(1, 60))
def test_a_bundle_gives_the_lines_that_it_was_made_of_and_packs_all_but_the_last(parts: Any, piece: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundle_module, "_PIECE", piece)
        bundle = Bundle.of(b"".join(line + b"\n" for line in part) for part in parts)
    lines = [line for part in parts for line in part]
    assert list(bundle) == lines
    assert bundle.count == len(lines)
    assert bundle.is_large == (len(parts) > 1 and sum(len(line) + 1 for line in lines) > piece)


def test_many_lines_that_are_alike_take_a_tenth_of_their_size() -> None:
    line = b"<https://example.org/claim/%d> <https://example.org/ontology#about> <event> .\n"
    lines = [line % number for number in range(50_000)]
    bundle = Bundle.of(lines)
    assert sum(map(len, bundle.pieces[:-1])) < len(b"".join(lines)) / 10
    assert all(len(part) <= 1 << 20 for part in bundle.parts())


# Shards


@given(blocks=st.lists(LINES), size=st.integers(1, 7))
def test_shards_hold_all_lines_in_order_and_no_more_than_they_should(
    tmp_path_factory: pytest.TempPathFactory, blocks: Any, size: Any
) -> None:
    folder = tmp_path_factory.mktemp("shards")
    lines = [line for block in blocks for line in block]
    for path in write_shards(folder / "scratch", "part", blocks, lines=size):
        pack(path, folder)
    assert not list((folder / "scratch").iterdir())
    shards = [gzip.decompress(path.read_bytes()).splitlines(keepends=True) for path in sorted(folder.glob("*.gz"))]
    read = b"".join(line for shard in shards for line in shard)
    assert read == b"".join(line + b"\n" for line in lines)
    counts = [shard.count(b"\n") for shard in map(b"".join, shards)]
    assert counts[:-1] == [size] * (len(counts) - 1)
    assert 0 < counts[-1] <= size or counts == [0]


def test_shards_do_not_hold_the_time_or_their_name(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        for path in write_shards(tmp_path, folder, [[b"a"]]):
            pack(path, tmp_path / folder)
    one, other = (path.read_bytes() for path in sorted(tmp_path.rglob("*.gz")))
    assert one == other


# A large dataset


@pytest.fixture(scope="module")
def large_and_small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same texts, once as a large corpus is written and once as a small one."""
    folder = tmp_path_factory.mktemp("scale")
    with pytest.MonkeyPatch.context() as patch:
        kg.build([ROOT / "seeds", ROOT / "examples" / "two-sides"], folder / "small")
        patch.setattr(publish, "LARGE", 100)
        patch.setattr("kg.runtime.sort.BUDGET", 20_000)
        patch.setattr("kg.runtime.bundle._PIECE", 300)  # what more than one claim says of a place is large
        kg.build([ROOT / "seeds", ROOT / "examples" / "two-sides"], folder / "large", jobs=2)
    return folder / "large", folder / "small"


def unpacked(folder: Path, stem: str) -> bytes:
    return b"".join(gzip.decompress(path.read_bytes()) for path in sorted(folder.glob(f"{stem}-*.nt.gz")))


@pytest.mark.parametrize("stem", ["dataset", "annotations"])
def test_shards_hold_the_same_lines_as_one_file(large_and_small: Any, stem: Any) -> None:
    large, small = large_and_small
    assert unpacked(large, stem) == (small / f"{stem}.nt").read_bytes()


def test_a_large_dataset_has_a_manifest_catalogue_and_report_too(large_and_small: Any) -> None:
    large = large_and_small[0]
    one, other = (json.loads((folder / "manifest.json").read_text()) for folder in large_and_small)
    assert one["dataset"] == other["dataset"]
    assert one["counts"] == other["counts"]
    assert one["dataset"]["value"] == hashlib.sha256(unpacked(large, "dataset")).hexdigest()
    assert {path for path in one["files"] if "/" not in path} == {
        "annotations-00000.nt.gz", "catalog.ttl", "dataset-00000.nt.gz", "report.md", "validation.ttl"
    }  # fmt: skip
    assert "dataset-00000.nt.gz" in (large / "catalog.ttl").read_text()
    assert "kg load --to store" in (large / "report.md").read_text()


def test_nothing_of_the_sorting_is_left(large_and_small: Any) -> None:
    assert not list(large_and_small[0].glob(".*"))


def test_a_large_dataset_answers_like_a_small_one(large_and_small: Any) -> None:
    large, small = map(kg.open, large_and_small)
    for query in ("events", "disagreements", "mentions"):
        assert list(large.query(query)) == list(small.query(query))


def test_gathering_holds_only_what_is_small(tmp_path: Path) -> None:
    assert {name for name, value in vars(Gathered(tmp_path)).items() if isinstance(value, Sorted)} == {
        "graph", "annotations", "records", "findings"
    }  # fmt: skip
