"""Rows, and the formats that they are written in."""

import io
import json
from collections.abc import Callable
from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg.dataset import rows as results
from kg.errors import UsageError

PREFIXES = {"place": "https://kg.example/place/", "kg": "https://kg.example/ontology#"}


def solutions(values: str) -> ox.QuerySolutions:
    found = ox.Store().query(f"SELECT * {{ {values} }}")
    assert isinstance(found, ox.QuerySolutions)
    return found


def rows(values: str) -> results.Rows:
    return results.rows(solutions(values))


def test_numbers_come_as_numbers_and_the_rest_as_text() -> None:
    values = 'VALUES (?a ?b ?c ?d ?e) { (1 2.50 true "x"@en UNDEF) (1 2.5 false <https://e/x> UNDEF) }'
    first, second = rows(values)
    assert first == {"a": 1, "b": Decimal("2.5"), "c": True, "d": "x", "e": None}
    assert second["d"] == "https://e/x"
    assert second["c"] is False


def test_a_slice_of_rows_is_rows() -> None:
    found = rows("VALUES ?a { 1 2 3 }")
    assert [row["a"] for row in found[1:]] == [2, 3]
    assert found[1:].columns == ("a",)


def test_a_dataframe_has_the_columns_even_without_rows() -> None:
    pandas = pytest.importorskip("pandas")
    frame = rows("VALUES ?a { }").dataframe()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == ["a"]


def test_a_dataframe_without_pandas_says_how_to_get_it() -> None:
    try:
        import pandas  # noqa: F401 - whether it is there
    except ModuleNotFoundError:
        with pytest.raises(UsageError, match="pip install"):
            rows("VALUES ?a { 1 }").dataframe()


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        ("https://kg.example/place/AZ-SUS", "place:AZ-SUS"),
        ("https://kg.example/ontology#date", "kg:date"),
        ("https://other.example/x", "https://other.example/x"),
        ("no IRI", "no IRI"),
    ],
)
def test_an_iri_is_shortened_by_the_longest_namespace(iri: str, short: str) -> None:
    prefixes = PREFIXES | {"all": "https://kg.example/"}
    assert results.shorten(iri, prefixes) == short


def test_a_plain_table_is_aligned_and_cuts_nothing() -> None:
    long = "w" * 300
    lines = list(results.plain_table(rows(f'VALUES (?n ?t) {{ (1 "a\\nb") (200 "{long}") }}'), PREFIXES))
    assert lines == ["  n  t", "  1  a b", f"200  {long}"]


def test_a_cell_is_one_line_with_short_iris() -> None:
    assert results.cell("https://kg.example/place/A https://kg.example/place/B", PREFIXES) == "place:A place:B"
    assert results.cell(None, PREFIXES) == ""


def test_csv_quotes_as_the_standard_says() -> None:
    output = io.BytesIO()
    results.write(solutions('VALUES (?a ?b) { ("x,\\"y\\"\\nz" UNDEF) }'), output, format="csv")
    assert output.getvalue() == b'a,b\r\n"x,""y""\nz",\r\n'


def test_json_is_sparql_results_json() -> None:
    output = io.BytesIO()
    results.write(solutions('VALUES ?a { "x"@en }'), output, format="json")
    found = json.loads(output.getvalue())
    assert found["head"]["vars"] == ["a"]
    assert found["results"]["bindings"] == [{"a": {"type": "literal", "value": "x", "xml:lang": "en"}}]


def test_tsv_writes_terms_as_turtle() -> None:
    output = io.BytesIO()
    results.write(solutions("VALUES ?a { <https://e/x> }"), output, format="tsv")
    assert output.getvalue() == b"?a\n<https://e/x>\n"


def test_a_construct_is_turtle_in_one_order() -> None:
    output = io.BytesIO()
    found = ox.Store().query("CONSTRUCT { <a:b> <a:p> ?x } { VALUES ?x { 3 1 2 } }")
    results.write(found, output, format="csv")
    assert [triple.object.value for triple in ox.parse(output.getvalue(), format=ox.RdfFormat.TURTLE)] == [
        "1",
        "2",
        "3",
    ]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[results.Rows], str]:
    """What is printed of rows on a terminal of 80 columns."""

    def printed(found: results.Rows) -> str:
        monkeypatch.setenv("COLUMNS", "80")
        results.print_table(found, PREFIXES)
        return capsys.readouterr().out

    return printed


def test_a_terminal_is_shown_no_column_that_is_empty_in_every_row(terminal: Callable[[results.Rows], str]) -> None:
    shown = terminal(rows('VALUES (?kept ?empty ?blank) { (1 UNDEF "") (UNDEF UNDEF "") }'))
    assert "kept" in shown
    assert "empty" not in shown
    assert "blank" not in shown


def test_a_terminal_is_shown_a_name_in_place_of_its_iri_where_all_have_one(
    terminal: Callable[[results.Rows], str],
) -> None:
    named = '(<https://kg.example/place/AZ-SUS> "Shusha")'
    assert "place:AZ-SUS" not in terminal(rows(f"VALUES (?place ?place_name) {{ {named} }}"))
    unnamed = "(<https://kg.example/place/AZ-LAC> UNDEF)"
    assert "place:AZ-LAC" in terminal(rows(f"VALUES (?place ?place_name) {{ {named} {unnamed} }}"))


def test_rows_too_wide_for_a_terminal_are_blocks_that_lose_nothing_and_say_first_what_is_read(
    terminal: Callable[[results.Rows], str],
) -> None:
    text = " ".join(f"word{number}" for number in range(40))
    names = [f"column_{number}" for number in range(8)]
    values = " ".join(f'"{name} {text}"' for name in names)
    heads = " ".join(f"?{name}" for name in names)
    shown = terminal(rows(f"VALUES (?iri {heads}) {{ (<https://kg.example/place/AZ-SUS> {values}) }}"))
    lines = shown.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("column_0")
    assert [line.split() for line in lines if line.strip()][-1] == ["iri", "place:AZ-SUS"]
    assert shown.split().count("word39") == 8


def test_rows_that_fit_a_terminal_are_a_table(terminal: Callable[[results.Rows], str]) -> None:
    lines = terminal(rows('VALUES (?a ?b) { (1 "x") (2 "y") }')).splitlines()
    assert next(line.split() for line in lines if line.strip()) == ["a", "b"]
    assert ["2", "y"] in [line.split() for line in lines]
