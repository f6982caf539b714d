"""What the README says is what the code does."""

import re
import runpy
from pathlib import Path

import pytest

from kg.commands import cli
from kg.dataset import queries

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
WRITER = runpy.run_path(str(ROOT / "scripts" / "write_readme.py"))


def test_every_output_and_table_of_the_readme_is_what_the_code_prints() -> None:
    assert WRITER["rendered"](README) == README  # else: make docs, and look at the difference


@pytest.mark.slow
def test_an_output_that_is_wrong_is_noticed() -> None:
    assert WRITER["rendered"](README.replace("1992-05-09  liberated", "1992-05-08  liberated")) == README


@pytest.mark.parametrize("name", queries.names())
def test_every_query_is_in_the_readme(name: str) -> None:
    assert f"| `{name}` |" in README


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"| `kg {name}` |" in README


def test_every_link_of_the_readme_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)", README)
    assert links
    for link in links:
        assert link.startswith("https://") or (ROOT / link).exists(), link


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make ([a-z-]+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_python_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    exec(compile(code.replace(".dataframe()", ""), "README.md", "exec"), {})


def test_no_file_names_this_machine_or_an_index() -> None:
    for path in (*ROOT.glob("requirements*.txt"), *(ROOT / name for name in ("README.md", "Makefile", ".ci/run"))):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"--(extra-)?index-url|--find-links|--trusted-host|/work/|/home/|/root/", text), path
