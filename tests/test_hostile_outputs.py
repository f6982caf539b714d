"""What documents say stays text wherever it is shown: in tables, on terminals, in Markdown, in names of files."""

import codecs
import csv
import io
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.commands import cli
from kg.dataset import Dataset, rows
from kg.dataset.diff import WRITERS, versions
from kg.errors import UsageError
from kg.pipeline import report
from kg.pipeline.outcome import Problem, SetAside
from kg.read.find import plain_slug
from kg.runtime.terminal import line, printable, visible

FORMULAS = ["=1+2", "+1+2", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", "＝1+2", "-", "+"]
PLAIN = ["-5", "+5.25", "-1e10", "1=2", "a@b", "–5", "'quoted'", "", "It was -5.", "−5"]
ESCAPES = ["\x1b[31mred", "\x9b31m", "\x07", "a\x08b", "\u202egnp.exe", "\u2066x", "\x00", "\x7f", "\x85"]


def table(cells: list[str], *, spreadsheet: bool) -> list[list[str]]:
    values = ox.Variable("v"), ox.Variable("w")
    solved = ox.Store().query(
        "SELECT ?v ?w { VALUES ?v { " + " ".join(str(ox.Literal(cell)) for cell in cells) + ' } BIND("x" AS ?w) }'
    )
    assert isinstance(solved, ox.QuerySolutions)
    assert tuple(solved.variables) == values
    output = io.BytesIO()
    rows.write(solved, output, format="csv", spreadsheet=spreadsheet)
    assert output.getvalue().startswith(codecs.BOM_UTF8) == spreadsheet  # by which Excel knows UTF-8
    return list(csv.reader(io.StringIO(output.getvalue().decode("utf-8-sig"), newline="")))[1:]


def test_a_cell_that_would_be_a_formula_is_text_in_a_table_for_spreadsheets() -> None:
    written = [cell for cell, _ in table([*FORMULAS, *PLAIN], spreadsheet=True)]
    assert written == [*(f"'{cell}" for cell in FORMULAS), *PLAIN]
    assert [cell for cell, _ in table([*FORMULAS, *PLAIN], spreadsheet=False)] == [*FORMULAS, *PLAIN]


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8), max_size=5))
def test_no_cell_is_lost_and_none_begins_as_a_formula(cells: list[str]) -> None:
    written = [cell for cell, _ in table(cells, spreadsheet=True)]
    assert [cell.removeprefix("'") for cell in written] == [cell.removeprefix("'") for cell in cells]
    assert all(rows.as_text(cell) == cell for cell in written)


def test_a_query_is_plain_csv_unless_it_is_for_a_spreadsheet(built_sides: Dataset) -> None:
    query = ['SELECT ("=1+2" AS ?a) {}', "--data", str(built_sides.folder), "--format", "csv"]
    assert CliRunner().invoke(cli, ["query", *query]).output.split() == ["a", "=1+2"]
    assert CliRunner().invoke(cli, ["query", *query, "--spreadsheet"]).output.split() == ["\ufeffa", "'=1+2"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of a document that says hostile things, in a file with a hostile name."""
    folder = tmp_path_factory.mktemp("hostile")
    text = (
        "Report of <script>alert(1)</script> [a](javascript:alert(1)) | `x\n\n"
        "=HYPERLINK(1) was captured on 3 May 2020 by the army of Azerbaijan, who took Shusha.\n\n"
        "Shusha was captured on 8 November 2020 \x1b[31m and ![i](http://e.example/i.png) `code` *b* \u202eabc | d.\n\n"
        "@SUM(A1) was in Shusha, said <img src=x onerror=alert(1)>.\n\n"
        "Read https://evil.example/a and HTTP://evil.example/b and www.evil.example/c.\n"
    )
    (folder / "texts").mkdir()
    (folder / "texts" / "a`b [x](y) | <b>.txt").write_text(text, encoding="utf-8")
    (folder / "texts" / "con.txt").write_text(text, encoding="utf-8")
    (folder / "texts" / "x [z](javascript:1) `.bin").write_bytes(b"\x00\x01")
    kg.build([str(folder / "texts")], folder / "out")
    return folder / "out"


def test_no_table_of_a_build_has_a_formula(hostile: Path) -> None:
    cells = 0
    for path in sorted((hostile / "tables").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                cells += len(row)
                assert [rows.as_text(cell) for cell in row] == row
    assert cells > 100
    assert "'@SUM(A1)" in (hostile / "tables" / "coverage.csv").read_text(encoding="utf-8")


def test_a_report_has_no_link_html_or_escape_of_a_document(hostile: Path) -> None:
    text = re.sub(
        r"(?<![\\`])(``+) .*? \1(?!`)", "", (hostile / "report.md").read_text(encoding="utf-8")
    )  # code is no link
    assert "SUM(A1)" in text
    assert "<script" not in text
    assert "<img" not in text
    assert not set("\x1b\u202e") & set(text)
    for hostile_part in ("](javascript", "](http://e.example"):
        assert text.count(hostile_part) == text.count(f"\\{hostile_part}")
    assert "\\](javascript" in text
    assert "Read https\\://evil.example/a and HTTP\\://evil.example/b and www\\.evil.example/c." in text
    assert not re.search(r"(://|www\.)evil", re.sub(r"\\[:.]", "", text))
    widths = {row.replace("\\|", "").count("|") for row in text.splitlines() if row.startswith("| ")}
    assert max(widths) <= 9


def test_a_difference_is_told_without_escapes(hostile: Path, built_sides: Dataset) -> None:
    with versions(built_sides, kg.open(hostile)) as both:
        text = b"".join(WRITERS["text"](both)).decode()
    assert "\\x1b[31m" in text
    assert not set("\x1b\u202e") & set(text)


def test_what_was_set_aside_is_told_without_markup() -> None:
    bad = "a\n# b <script> [c](javascript:d) `e \x1b[2J"
    problem = Problem(f"message {bad}", "urn:x", 3, bad)
    one = SetAside("id-1", f"title {bad}", f"path {bad}", b"", (problem,), ())
    text = report.set_aside_text(one)
    assert "\n# b" not in text
    assert "<script" not in text
    assert text.count("](") == text.count("\\](")
    assert "\x1b" not in text


@pytest.mark.parametrize("text", ESCAPES)
def test_no_text_moves_or_colours_a_terminal(text: str) -> None:
    for shown in (printable(text), printable(text, lines=True), line(text, (text, "evidence")).plain(), visible(text)):
        assert not set(shown) & set("\x1b\x9b\x07\x08\u202e\u2066\x00\x7f\x85")
    assert len(visible(text)) == len(text)
    assert line((text, "name")).styled().count("\x1b") == 2


def test_ordinary_text_is_shown_as_it_is() -> None:
    for text in ("Şuşa", "Шуша\u200d", "שושה", "a\u200bb", "\U0001f1f7\U0001f1fa", "line\nline\ttab\r\n"):
        assert printable(text, lines=True) == text
        assert visible(text) == text


def test_a_table_on_a_terminal_has_no_escapes(built_sides: Dataset) -> None:
    done = CliRunner().invoke(cli, ["query", 'SELECT ("a\\u001b[31mb" AS ?a) {}', "--data", str(built_sides.folder)])
    assert done.output.split() == ["a", r"a\x1b[31mb"]


@pytest.mark.parametrize("value", ["http://a b", "place:AZ SUS", "place/<x>", "<http://a/{b}>", "x://\u0000"])
def test_a_parameter_that_is_no_iri_is_refused_with_a_sentence(built_sides: Dataset, value: str) -> None:
    with pytest.raises(UsageError, match="IRI"):
        built_sides.query("compare", place=value, property="date")


@pytest.mark.parametrize("name", ["con", "CON", "aux", "Nul", "com1", "LPT9", "prn"])
def test_no_file_has_a_name_that_windows_keeps(name: str) -> None:
    slug = plain_slug(f"{name}.txt", ".txt")
    assert slug.startswith(f"{name}--")
    assert plain_slug(f"{name}x.txt", ".txt") == f"{name}x"


def test_the_text_of_such_a_file_is_published_all_the_same(hostile: Path) -> None:
    assert [path for path in (hostile / "sources").iterdir() if path.name.startswith("con--")]
    assert not (hostile / "sources" / "con.txt").exists()
