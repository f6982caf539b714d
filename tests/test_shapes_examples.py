"""The examples of shapes/: each valid one conforms; each invalid one fails for the reason in its name, and no other.

The name of an invalid example is the last property of the path, or the shape where there is no path, then
the constraint: ``invalid-areaKm2-Datatype.ttl``. A dot and a word tell two examples of one reason
apart. What a flaw brings with it elsewhere is listed in the file, as ``Follows from it``.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from kg import formats
from kg.validate import Result, prepare, shapes_folder, validate

EXAMPLES = Path(__file__).parent / "shapes"
FILES = sorted(EXAMPLES.glob("*/*.ttl"))
ALONE = {"dataset/invalid-type-MinCount", "dataset/invalid-isPartOf-MinCount"}
PARTS = {"event": "dataset", "finding": "dataset", "gazetteer": "gazetteer"}
CONTEXT = tuple(formats.read(EXAMPLES / "context.ttl"))


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def reason(result: Result) -> str:
    last = re.findall(r"[/#](\w+)>", result.path)[-1:] or [result.shape.rpartition("#")[2]]
    return f"{last[0]}-{result.reason}"


def expected(path: Path) -> set[str]:
    follows = re.search(r"^# Follows from it: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {path.stem.removeprefix("invalid-").split(".")[0], *(follows[1].split() if follows else ())}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_an_example_fails_for_the_reason_in_its_name_and_only_that(path: Any) -> None:
    alone = path.parent.name == "gazetteer" or name(path) in ALONE
    graph = [*(() if alone else CONTEXT), *formats.read(path)]
    report = validate(graph, prepare(part=PARTS.get(path.parent.name, "document")))
    assert {reason(result) for result in report.results} == (
        expected(path) if path.stem.startswith("invalid-") else set()
    )


@pytest.mark.parametrize("shape", sorted(path.stem for path in shapes_folder().glob("*.ttl")))
def test_every_shape_has_valid_and_invalid_examples(shape: Any) -> None:
    kinds = {path.stem.partition("-")[0] for path in FILES if path.parent.name == shape}
    assert kinds == {"valid", "invalid"}


def test_examples_belong_to_a_shape() -> None:
    assert {path.parent.name for path in FILES} == {path.stem for path in shapes_folder().glob("*.ttl")}
