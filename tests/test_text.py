"""Dates and quantities as they are written: what is read, and what is no date and no number."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import numbers
from kg.text.blocks import blocks
from kg.text.dates import Dated, anchors, find_dates, settle_dates, shift
from kg.text.edtf import is_valid
from kg.text.numbers import is_number, number
from kg.text.quantities import Quantity, find_quantities
from kg.text.tokens import tokenize


def dates(text: str, *, year: int | None = None, published: str | None = None) -> list[str]:
    found = find_dates(text, anchors(tokenize(text, 0, len(text))))
    return [one.value for one in settle_dates(found, text, heading_year=year, published=published)]


def measured(text: str) -> list[Quantity]:
    return find_quantities(text, tokenize(text, 0, len(text)), 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 8 September 1992", "1992-09-08"),
        ("on 8 Sept. 1992", "1992-09-08"),
        ("on 8 Sep 1992", "1992-09-08"),
        ("ON 8 SEPTEMBER 1992", "1992-09-08"),
        ("on 5 March 1992", "1992-03-05"),
    ],
)
def test_a_month_is_read_as_a_calendar_writes_it(text: str, value: str) -> None:
    assert dates(text) == [value]


@pytest.mark.parametrize(
    "month", ["Sepember", "Septemer", "Septembeŕ", "ſeptember", "Aprİl", "aprıl", "Marchand", "Augustus"]
)
def test_a_word_that_is_no_month_makes_no_date(month: str) -> None:
    assert dates(f"on 8 {month} 1992") == []


@pytest.mark.parametrize("text", ["on ſunday", "on Frİday", "on frıday", "last Mondaz"])
def test_a_word_that_is_no_day_of_the_week_makes_no_date(text: str) -> None:
    assert dates(text, published="1992-05-09") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 December 2020 - 8 February", "2020-12-05/2021-02-08"),
        ("5 January 2020 - 8 February", "2020-01-05/2020-02-08"),
        ("5 December - 8 February 2021", "2020-12-05/2021-02-08"),
        ("5 December 2019 - 8 February 2021", "2019-12-05/2021-02-08"),
        ("December 5, 2020 to February 8", "2020-12-05/2021-02-08"),
    ],
)
def test_a_stretch_of_which_one_end_has_a_year_goes_on_to_the_next_such_day(text: str, value: str) -> None:
    assert dates(text) == [value]


def test_a_stretch_without_years_takes_them_from_the_text_and_never_ends_before_it_begins() -> None:
    assert dates("5 December - 8 February", year=2020) == ["2020-12-05/2021-02-08"]
    assert dates("5 January - 8 February", year=2020) == ["2020-01-05/2020-02-08"]
    assert dates("5 December - 8 February", published="2021-03-01") == ["2020-12-05/2021-02-08"]
    assert dates("5 December - 8 February") == ["XXXX-12-05/XXXX-02-08"]


@pytest.mark.parametrize(
    ("day", "days", "value"),
    [
        ("1992-05-08", 1, "1992-05-09"),
        ("1992-03-01", -1, "1992-02-29"),
        ("XXXX-05-08", 1, "XXXX-05-09"),  # a year is never made up,
        ("XXXX-02-28", 1, ""),  # and what depends on it stays open
        ("0001-01-01", -1, ""),
        ("9999-12-31", 1, ""),
        ("1992-05-08", 10**9, ""),
    ],
)
def test_a_day_moves_within_the_calendar_and_only_where_its_year_is_known(day: str, days: int, value: str) -> None:
    assert shift(day, days) == value


@pytest.mark.parametrize("published", ["0001-01-01", "0001", "9999-12-31", "2020-02", None])
@pytest.mark.parametrize("text", ["yesterday", "tomorrow", "last year", "on Sunday", "the next day", "29 February"])
def test_a_relative_date_at_the_end_of_the_calendar_is_valid_or_none(text: str, published: str | None) -> None:
    assert all(not value or is_valid(value) for value in dates(text, published=published))


def test_digits_of_other_scripts_are_numbers_and_dates_are_written_in_ours() -> None:
    assert dates("in 199٢") == ["1992"]
    assert dates("in 1988-199٢") == ["1988/1992"]


@given(st.from_regex(re.compile(numbers.NUMBER), fullmatch=True))
def test_whatever_is_a_number_has_a_value(text: str) -> None:
    assert is_number(text)
    assert 0 <= number(text) < Decimal(10) ** 15


@pytest.mark.parametrize("text", ["99999999991,0,9", "1.2.3", "1,2,3.4", "", ",", "1,", "12345678901234567890"])
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert not is_number(text)
    assert measured(f"{text} km2 or {text} villages") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("123456789012345 km2", "123456789012345"),
        ("999999999999999 billion square miles", "2589988110335997410011889.664"),
        ("999999999999999 billion nautical miles", "1851999999999998148000000000"),
        ("0,000,400 km2", "400"),
        ("0,400 km2", "0.4"),
    ],
)
def test_the_largest_numbers_are_converted_exactly_like_the_others(text: str, value: str) -> None:
    assert [one.value for one in measured(text)] == [Decimal(value)]


@pytest.mark.parametrize("unit", ["km2", "hectares", "square miles", "km", "nautical miles", "percent", "villages"])
@pytest.mark.parametrize("digits", ["1" * 16, "12345678901234567890123456789", "9" * 5000, "1" + ",234" * 2000])
def test_a_number_that_nothing_measures_is_no_quantity(digits: str, unit: str) -> None:
    assert measured(f"The area is {digits} {unit}.") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("seven", 7),
        ("twenty five", 25),
        ("twenty-five", 25),
        ("two dozen", 24),
        ("a hundred", 100),
        ("two hundred thousand", 200_000),
        ("twelve hundred", 1200),
        ("five thousand two hundred", 5200),
        ("one hundred thirty", 130),
        ("thousand " * 400, 1000),  # words that multiply without end are not a number without end
        ("hundred " * 400, 100),
        ("one two", 2),
    ],
)
def test_a_number_in_words_has_the_value_of_its_words(text: str, value: int) -> None:
    assert [one.value for one in measured(f"{text} villages")] == [value]


def test_a_scale_of_other_letters_is_none() -> None:
    assert [one.value for one in measured("5 thousand km2")] == [5000]
    assert measured("5 thouſand km2") == []


def test_a_dated_without_a_value_has_no_year() -> None:
    assert settle_dates([Dated(0, 1, "")], "x") == [Dated(0, 1, "")]


@pytest.mark.parametrize(
    ("lines", "blocks_made"),
    [
        ("Insurgents had surrounded the old port in\nNuristan province, which lies behind the\nfar hills.", 1),
        ("Insurgents had surrounded the old port of\nthe province, which lies far in the east.", 1),
        ("Insurgents had surrounded the old port yesterday\nNuristan province stayed calm in those days", 2),
        ("Insurgents had surrounded the old port today.\nthe province stayed calm in those days", 2),
        ("apples and pears\noranges", 2),
    ],
)
def test_a_sentence_that_goes_on_in_the_next_line_of_a_narrow_column_is_one(lines: str, blocks_made: int) -> None:
    assert len(blocks("A title\n\n" + lines)) == blocks_made + 1
