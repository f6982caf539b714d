"""The examples of docs/extraction.md are what the code does, and its tables tell of every part."""

import doctest
import re
from pathlib import Path

import pytest

from kg.commands import cli

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
EXTRACT = ROOT / "src" / "kg" / "extract"


def failures(blocks: list[str]) -> int:
    example = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "docs/extraction.md", None, None)
    assert example.examples
    return doctest.DocTestRunner().run(example).failed


def test_the_examples_without_the_model_are_right() -> None:
    assert not failures([block for block in BLOCKS if "statistical" not in block])


@pytest.mark.slow
def test_the_examples_with_the_model_are_right() -> None:
    assert not failures(BLOCKS)


def test_every_file_that_the_page_names_exists() -> None:
    for name in {*re.findall(r"`(\w+(?:\.py|\.toml|/))`", PAGE)} - {"kg.toml"}:
        assert (EXTRACT / name).exists(), name


def test_every_command_that_the_page_shows_exists() -> None:
    for command in re.findall(r"^\$ kg (\w+)", PAGE, re.MULTILINE):
        assert command in cli.commands
