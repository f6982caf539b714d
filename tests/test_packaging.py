"""The wheel holds all that kg needs, and works away from the checkout."""

import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True, cwd=folder)
    (built,) = folder.glob("kg-*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_package_and_the_shapes(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    wanted = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "kg").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    wanted |= {f"kg/shapes/{path.name}" for path in (ROOT / "shapes").glob("*.ttl")}
    assert wanted <= held
    assert any(name.endswith("licenses/LICENSE") for name in held)


@pytest.mark.slow
def test_an_installed_kg_builds_a_text_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    binaries = tmp_path / "venv" / "bin"
    site = next((tmp_path / "venv" / "lib").glob("python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # Its dependencies are those of this environment; a path file adds them without the checkout of kg.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (tmp_path / "some.txt").write_text("Armenian armed forces occupied Shusha on 8 May 1992.\n", encoding="utf-8")

    def run(*arguments: str) -> str:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        command = [str(binaries / "python"), *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert run("-c", "import kg; print(kg.__file__)").startswith(str(site))
    run("-m", "kg", "build", "some.txt", "--out", "data")
    assert "place/AZ-SUS,Shusha" in run("-m", "kg", "query", "events", "--data", "data", "--format", "csv")
    assert "[Armenian armed forces occupied Shusha" in run("-m", "kg", "explain", "place:AZ-SUS", "--data", "data")


def test_the_version_is_the_same_everywhere() -> None:
    assert kg.__version__ == PROJECT["version"]
    assert f"## {kg.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_dependency_is_pinned_with_a_hash() -> None:
    for suffix, extra in (("", ()), ("-dev", ("dev",)), ("-nlp", ("nlp",)), ("-scale", ("parquet", "spark"))):
        name = f"requirements{suffix}.txt"
        pinned = (ROOT / name).read_text(encoding="utf-8").lower().replace("_", "-")
        wanted = [*PROJECT["dependencies"], *(one for key in extra for one in PROJECT["optional-dependencies"][key])]
        for requirement in wanted:
            package = requirement.lower().replace("_", "-").split(">")[0].split("=")[0].split("[")[0].split("<")[0]
            assert f"\n{package.strip()}==" in f"\n{pinned}", f"{package} in {name}: make requirements"
        blocks = [block for block in f"\n{pinned}".split("\n") if "==" in block and not block.startswith(" ")]
        assert all(block.endswith("\\") for block in blocks)


def test_the_public_names_are_these() -> None:
    assert kg.__all__ == ["Build", "Dataset", "KGError", "Rows", "__version__", "build", "open"]
    for name in kg.__all__:
        assert getattr(kg, name)
    with pytest.raises(AttributeError, match="no attribute 'guess'"):
        _ = kg.guess
