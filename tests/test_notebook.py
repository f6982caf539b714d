"""What a notebook shows of a dataset and its rows, and the types of a DataFrame's columns."""

import pyoxigraph as ox
import pytest

from kg.dataset import Dataset
from kg.dataset import rows as results
from kg.text.edtf import DATATYPE

XSD = "http://www.w3.org/2001/XMLSchema#"


def rows(values: str) -> results.Rows:
    found = ox.Store().query(f"PREFIX xsd: <{XSD}> SELECT * {{ {values} }}")
    assert isinstance(found, ox.QuerySolutions)
    return results.rows(found)


@pytest.mark.parametrize("type", ["integer", "long", "decimal", "double", "boolean", "date", "nonNegativeInteger"])
@pytest.mark.parametrize("text", ["", "many", "1,5", "8 May", "1e", "TRUE", "1_0", "１"])
def test_a_literal_that_is_no_value_of_its_type_is_its_text_and_raises_nothing(type: str, text: str) -> None:
    found = rows(f'VALUES ?v {{ "{text}"^^xsd:{type} }}')
    assert found[0]["v"] == text
    frame = found.dataframe()
    assert frame["v_text" if type == "date" else "v"].tolist() == [text]


@pytest.mark.tool("pandas")
def test_columns_of_a_dataframe_have_the_types_of_their_values_and_one_kind_of_missing() -> None:
    pandas = pytest.importorskip("pandas")
    values = """VALUES (?whole ?number ?mixed ?said ?is ?none) { (1 2.5 1 "x" true UNDEF)
      (UNDEF UNDEF "y" UNDEF UNDEF UNDEF) (3 "1e3"^^xsd:double 2 <http://e/> false UNDEF) }"""
    frame = rows(values).dataframe()
    types = {
        "whole": "Int64",
        "number": "Float64",
        "mixed": "string",
        "said": "string",
        "is": "boolean",
        "none": "string",
    }
    assert {name: str(one) for name, one in frame.dtypes.items()} == types
    assert frame["whole"].sum() == 4
    assert frame["number"].max() == 1000
    assert all(value is pandas.NA for value in frame.iloc[1].drop("mixed"))


def test_a_date_keeps_its_precision_and_its_text_beside_its_first_day() -> None:
    pandas = pytest.importorskip("pandas")
    dates = ["1992-05-08", "1992-05", "1988/1992", "199X", "XXXX-05-09", "../1994", "no date"]
    values = " ".join(f'"{one}"^^<{DATATYPE}>' for one in dates)
    frame = rows(f"VALUES ?date {{ {values} UNDEF }}").dataframe()
    assert frame["date_text"].tolist()[:-1] == dates
    days = ["1992-05-08", "1992-05-01", "1988-01-01", "1990-01-01", None, None, None, None]
    assert [None if pandas.isna(one) else str(one.date()) for one in frame["date"]] == days
    said = [None if pandas.isna(one) else one for one in frame["date_precision"]]
    assert said == ["day", "month", "interval", "year", "day", "interval", None, None]


def test_numbers_are_what_xml_schema_takes_for_them_and_years_and_months_are_dates() -> None:
    values = 'VALUES (?a ?c) { ("1e3"^^xsd:decimal "1992"^^xsd:gYear)'
    values += f' ("{"9" * 5000}"^^xsd:integer "1992-05"^^xsd:gYearMonth) }}'
    frame = rows(values).dataframe()
    assert frame["a"].tolist() == ["1e3", "9" * 5000]
    assert frame["c_precision"].tolist() == ["year", "month"]
    assert [str(day.date()) for day in frame["c"]] == ["1992-01-01", "1992-05-01"]


def test_events_have_their_dates_as_dates_and_areas_as_numbers(built_seed: Dataset) -> None:
    frame = built_seed.query("events").dataframe()
    assert str(frame["date"].dtype) == "datetime64[s]"
    assert frame["date"].notna().sum() == frame["date_text"].notna().sum() > 0
    assert str(frame["area_km2"].dtype) in ("Float64", "Int64")


def test_a_notebook_shows_rows_as_a_table_in_which_no_text_is_markup() -> None:
    shown = rows('VALUES (?a ?b) { ("<script>x</script>" <http://e/place/A>) (UNDEF 2.50) }')._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert '<a href="http://e/place/A">A</a>' in shown
    assert shown.count("<tr>") == 3
    assert "None" not in shown


def test_of_many_rows_a_notebook_shows_the_first_and_says_how_many_there_are() -> None:
    shown = rows("VALUES ?a { " + " ".join(map(str, range(500))) + " }")._repr_html_()
    assert shown.count("<tr>") == 51
    assert "500 rows, 450 not shown" in shown


def test_a_notebook_shows_of_a_dataset_what_it_holds_and_answers(built_sides: Dataset) -> None:
    shown = built_sides._repr_html_()
    assert str(built_sides.manifest["counts"]["triples"]) in shown
    assert "<code>disagreements</code>" in shown
