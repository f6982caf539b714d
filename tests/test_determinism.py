"""The same input gives the same bytes; ``output/`` is what `make build` makes of ``seeds/``."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

ENVIRONMENTS = {
    "another hash seed": {"PYTHONHASHSEED": "1"},
    "no hash seed": {"PYTHONHASHSEED": "random"},
    "the C locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "a Turkish locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    "another epoch": {"SOURCE_DATE_EPOCH": "0"},
}


def digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def built(out: Path, *sources: str | Path, cwd: Path = ROOT, **environment: str) -> dict[str, str]:
    command = [sys.executable, "-m", "kg", "build", *map(str, sources), "--out", str(out), "--quiet"]
    subprocess.run(command, check=True, cwd=cwd, env={**os.environ, **environment})
    return digest(out)


@pytest.fixture(scope="module")
def published() -> dict[str, str]:
    return digest(ROOT / "output")


def test_the_published_output_is_that_of_the_seeds(tmp_path: Path, published: dict[str, str]) -> None:
    assert built(tmp_path / "out", "seeds") == published  # else: make build, and look at the difference


@pytest.mark.slow
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_the_environment_does_not_matter(name: str, tmp_path: Path, published: dict[str, str]) -> None:
    assert built(tmp_path / "out", "seeds", **ENVIRONMENTS[name]) == published


def test_the_folders_do_not_matter(tmp_path: Path, published: dict[str, str]) -> None:
    elsewhere = tmp_path / "some where" / "seeds"
    shutil.copytree(ROOT / "seeds", elsewhere)
    assert built(tmp_path / "deep" / "er" / "out", elsewhere, cwd=tmp_path) == published


def test_the_order_in_which_sources_are_named_does_not_matter(tmp_path: Path) -> None:
    files = sorted((ROOT / "examples" / "two-sides").iterdir())
    assert built(tmp_path / "one", *files) == built(tmp_path / "two", *reversed(files))


def test_building_again_changes_nothing(tmp_path: Path, published: dict[str, str]) -> None:
    built(tmp_path / "out", "seeds")
    assert built(tmp_path / "out", "seeds") == published
