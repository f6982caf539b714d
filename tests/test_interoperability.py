"""docs/interoperability.md says what the tests of outside tools show, of every such tool."""

import re

from outside import TOOLS, kept
from servers import ROOT

TESTS = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").glob("test_*.py")))


ROWS = [line.strip("| \n").split(" | ") for _, line in kept()]


def test_the_page_names_every_tool_that_a_test_runs() -> None:
    marked = set(re.findall(r'mark\.tool\("([^"]+)"\)', TESTS))
    assert marked == set(TOOLS)
    assert {row[0] for row in ROWS} == marked


def test_every_row_is_a_test_that_there_is() -> None:
    for _, _, shown, _, _ in ROWS:
        assert f"def test_{shown.replace(' ', '_')}(" in TESTS


def test_every_tool_of_the_page_has_passed_its_tests() -> None:
    for tool, version, _, _, ended in ROWS:
        assert "failed" not in ended, tool
        assert re.match(r"\d", version) or "skipped" in ended, tool
