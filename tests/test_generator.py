"""The generated texts keep the rules of gold, and their realiser knows nothing of the extractor."""

import ast
import json
from pathlib import Path

import pytest

from bench.evaluation.score import by_file, plain_build, read_gold, tables_of
from bench.generator import __main__, document, grammar, measure, read
from bench.generator.document import of_cell, of_style
from bench.generator.page import KINDS, Item, Page
from kg import gazetteer

PAGES = [of_cell(cell, number) for cell in measure.CELLS for number in range(3)]
PAGES += [of_style(style, 0) for style in grammar.STYLES]
BY_CELL = 68


def test_every_cell_can_be_said() -> None:
    assert tuple(range(1, BY_CELL + 1)) == measure.CELLS


def test_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    first, again, other = (of_style("wire", 1, seed=seed) for seed in (4, 4, 5))
    assert (first.text, first.gold_text()) == (again.text, again.gold_text())
    assert first.text != other.text


def _items(page: Page) -> list[Item]:
    return [item for kind in KINDS for item in page.found[kind]]


def test_each_claim_stands_at_its_characters() -> None:
    for page in PAGES:
        for item in _items(page):
            start, end = item["at"]
            assert 0 <= start < end <= len(page.text)
        for person in page.found["people"]:
            assert person["name"].upper() in page.text[slice(*person["at"])].upper()
        for figure in page.found["figures"]:
            assert f"{int(figure['value']):,}" in page.text[slice(*figure["at"])]


def test_statements_are_slices_and_places_are_written() -> None:
    for page in PAGES:
        for statement in page.found["statements"]:
            assert all(text.rstrip(".,") in page.text for text in statement["text"])
        for event in page.found["events"]:
            assert not event["place"] or any(name in page.text for name in event["place"])


def test_what_must_yield_nothing_has_no_gold() -> None:
    silent = [each for each in grammar.productions() if not each.claims]
    assert {each.cell for each in silent} >= {23, 24, 28, 29, 43, 45, 46, 47, 48}
    assert not of_cell(45, 0).gold()["events"]


def test_documents_have_as_many_claims_as_drawn() -> None:
    for style in set(grammar.STYLES) - {"log", "ledger"}:
        found = of_style(style, 2).found
        assert len(found["events"]) >= 4
        assert len(found["figures"]) >= 3
        assert len(found["people"]) >= 2


def test_known_places_are_those_of_the_gazetteer_and_invented_ones_are_not() -> None:
    words = grammar.data("names.toml")
    for country in words["country"]:
        for place in country["places"]:
            found = gazetteer.load().lookup(place)
            assert country["code"] in {name.entry.country for name in found if name.entry.name == place}
    names = {name for page in PAGES for event in page.found["events"] for name in event["place"]}
    assert any(gazetteer.load().lookup(name) for name in names)
    assert not all(gazetteer.load().lookup(name) for name in names)


def test_the_realiser_imports_nothing_of_the_extractor() -> None:
    for path in Path(document.__file__).parent.glob("*.py"):
        imported = {
            name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            for name in (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [each.name for each in node.names]
                if isinstance(node, ast.Import)
                else []
            )
        }
        reads = {"read.py": {"kg.extract"}}.get(path.name, set())
        assert {name for name in imported if name.startswith("kg.extract")} == reads


def test_written_documents_are_in_the_format_of_the_scorer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["generator", "--style", "ledger", "--count", "2", "--out", str(tmp_path)])
    __main__.main()
    assert len(read_gold(tmp_path)) == 2


def test_a_tally_is_strict_and_counts_what_is_false() -> None:
    page = of_cell(59, 1, style="wire")
    gold = json.loads(page.gold_text())
    row = {"kind": "share", "value": gold["figures"][0]["value"], "unit": "percent", "qualifier": "exact"}
    empty: read.Rows = {kind: [] for kind in ("documents", "organizations", *KINDS)}
    named = {**row, "subject": "", "subject_name": "the country"}
    unnamed = {**row, "subject": "", "subject_name": ""}
    for given, right in (named, 1), (unnamed, 0):
        tally = measure.compared(gold, {**empty, "figures": [given]})
        assert (tally.gold, tally.found, tally.right) == (1, 1, right)
    event = {"type": "capture", "place": "X", "place_name": "X", "date": ""}
    assert measure.compared(gold, {**empty, "events": [event]}).found == 1


@pytest.mark.slow
def test_rows_of_a_text_are_those_of_the_dataset(tmp_path: Path) -> None:
    pages = {f"{style}-0": of_style(style, 0) for style in grammar.STYLES}
    for name, page in pages.items():
        (tmp_path / f"{name}.{'md' if page.is_markdown else 'txt'}").write_text(page.text, encoding="utf-8")
    paths = sorted(tmp_path.iterdir())
    built = by_file(tables_of(paths, plain_build), [path.name for path in paths])
    for path in paths:
        gold, page = pages[path.stem].gold(), pages[path.stem]
        tallies = [measure.compared(gold, got) for got in (built[path.name], read.rows(page.source()))]
        assert (tallies[0].gold, tallies[0].found, tallies[0].right) == (
            tallies[1].gold, tallies[1].found, tallies[1].right
        ), path.name  # fmt: skip


def test_wordings_that_are_left_out_are_said_nowhere_else() -> None:
    shown = {each.text for each in grammar.productions()}
    held = grammar.productions("held.toml")
    assert len({each.cell for each in held}) >= 30
    assert not {each.text for each in held} & shown
    for each in held:
        assert of_cell(each.cell, 0, file="held.toml").text


def test_no_miss_of_a_style_that_is_left_out_is_shown() -> None:
    _, shown = measure.measured(8, 0, tuple(range(40, 50)))
    assert shown
    assert not {fault.style for fault in shown} & set(measure.LEFT_OUT)
