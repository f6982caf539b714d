"""What kg 0.1 wrote is read by today's kg, and replaced by it."""

import shutil
import sys
import tarfile
from pathlib import Path

import pytest

import kg
from kg import store
from kg.dataset import queries
from kg.dataset.diff import versions
from kg.errors import InputError
from kg.validate import validate_files
from kg.web.static_site import write
from kg.write import changed_files

ROOT = Path(__file__).parents[1]
KEPT = Path(__file__).parent / "upgrades"  # the output of seeds/ and the store of it, as kg 0.1.0 wrote them


def unpacked(name: str, folder: Path) -> Path:
    with tarfile.open(KEPT / f"{name}-0.1.tar.gz") as archive:
        archive.extractall(folder, **({"filter": "data"} if sys.version_info >= (3, 11, 4) else {}))
    return folder / name


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpacked("output", tmp_path_factory.mktemp("old"))


def test_a_store_of_0_1_answers_as_its_dataset_and_is_replaced(
    old: Path, built_seed: kg.Dataset, tmp_path: Path
) -> None:
    place = unpacked("store", tmp_path)
    assert list(kg.open(place).query("events")) == list(kg.open(old).query("events"))
    store.load(built_seed, place)
    assert list(kg.open(place).query("claims")) == list(built_seed.query("claims"))


def test_an_output_of_0_1_is_whole_and_conforms(old: Path) -> None:
    assert changed_files(old) == ()
    assert kg.open(old).manifest["kg"] == "0.1.0"
    assert validate_files([old / "dataset.ttl"]).conforms


@pytest.mark.parametrize("name", [name for name in queries.names() if not queries.load(name).required])
def test_every_named_query_is_answered_from_an_output_of_0_1(old: Path, name: str) -> None:
    kg.open(old).query(name)


def test_its_claims_are_there(old: Path) -> None:
    assert len(kg.open(old).query("claims")) > 20
    assert kg.open(old).query("events")[0]["claim"]


def test_a_store_made_of_it_answers_the_same(old: Path, tmp_path: Path) -> None:
    store.load(kg.open(old), tmp_path / "store")
    assert list(kg.open(tmp_path / "store").query("events")) == list(kg.open(old).query("events"))


def test_it_is_compared_with_a_build_of_today_and_is_made_a_site(
    old: Path, built_seed: kg.Dataset, tmp_path: Path
) -> None:
    with versions(kg.open(old), built_seed) as both:
        assert both
    assert write(kg.open(old), tmp_path / "site") > 50


def test_a_build_of_today_replaces_it(old: Path, tmp_path: Path) -> None:
    shutil.copytree(old, tmp_path / "output")
    kg.build([ROOT / "examples" / "two-sides"], tmp_path / "output")
    assert changed_files(tmp_path / "output") == ()


def test_an_output_that_lacks_its_triples_says_what_to_do(old: Path, tmp_path: Path) -> None:
    shutil.copytree(old, tmp_path / "output")
    (tmp_path / "output" / "dataset.nt").unlink()
    with pytest.raises(InputError, match="build it again"):
        kg.open(tmp_path / "output").query("events")
