"""Dates as they are written: what is read, what it is counted from, and which year an open one is of.

The cases of `dates.toml` go through every choice of `kg.text.dates.years`, each with the neighbour that is otherwise.
"""

import tomllib
from pathlib import Path

import pytest
from effort import grows_in_proportion

from kg import gazetteer
from kg.extract import extract, read
from kg.model import EventClaim, Source
from kg.read.split import documents
from kg.reconcile.compatible import agreed_date, moment
from kg.text import edtf
from kg.text.dates import CHOICES, Dated, anchors, find_dates, settle_dates
from kg.text.tokens import tokenize

CASES = tomllib.loads((Path(__file__).parent / "dates.toml").read_text(encoding="utf-8"))["case"]


def found(text: str) -> list[Dated]:
    return find_dates(text, anchors(tokenize(text, 0, len(text))))


def dates(text: str, *, year: int | None = None, published: str | None = None) -> list[str]:
    return [one.value for one in settle_dates(found(text), text, heading_year=year, published=published)]


def dates_of_document(text: str, published: str = "") -> list[str]:
    source = Source("page.txt", "page", text, published=published or None)
    return [
        one.value
        for document in documents(source)
        for sentence in read(document, gazetteer.load()).sentences
        for one in sentence.dates
        if one.value != document.published
    ]


def test_a_weekday_of_another_week_is_not_that_before_publication() -> None:
    assert dates("on Wednesday", published="2015-02-19") == ["2015-02-18"]
    assert dates("on Wednesday last week", published="2015-02-19") == [""]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["choice"])
def test_a_date_without_a_year_is_settled_by_the_choice_that_the_table_names(case: dict[str, object]) -> None:
    assert dates_of_document(str(case["text"]), str(case.get("published", ""))) == case["dates"], case["why"]


def test_every_choice_has_a_case_and_a_neighbour() -> None:
    chosen = [case["choice"] for case in CASES]
    assert {choice.name for choice in CHOICES} == set(chosen)
    assert all(chosen.count(choice.name) >= 2 for choice in CHOICES)
    page = (Path(__file__).parent.parent / "docs/extraction.md").read_text(encoding="utf-8")
    assert all(f"| {choice.name} | {choice.reason} |" in page for choice in CHOICES)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("In the 1990s they came", ["199X"]),
        ("in the early 1990s", ["199X"]),
        ("since the mid-1990s", ["199X"]),
        ("in the 1900s", ["19XX"]),
        ("in the 19th century", ["18XX"]),
        ("in the twentieth century", ["19XX"]),
        ("a 19th-century fort", []),
        ("in the 5th century", []),
        ("in early 1992", ["1992"]),
        ("by mid-1992", ["1992"]),
        ("in late July 1999", ["1999-07"]),
        ("a late 1,992 m climb", []),
        ("in the spring of 1999", ["1999-21"]),
        ("in summer 2001", ["2001-22"]),
        ("the fall of 1995", ["1995-23"]),
        ("the winter of 1992-93", ["1992-24"]),
        ("the fall of Kabul", []),
        ("On the night of 3/4 May 2016", ["2016-05-03/2016-05-04"]),
        ("of them 3/4 may leave", []),
        ("041200Z MAY 2016", ["2016-05-04"]),
        ("DTG 041200ZMAY16", ["2016-05-04"]),
        ("grid 041200 was hit", []),
        ("on 2016/05/04", ["2016-05-04"]),
        ("on 2016-05-04T05:00:00Z", ["2016-05-04"]),
        ("on 24-5-2016", ["2016-05-24"]),
        ("in May/June 1992", ["1992-05/1992-06"]),
        ("On the eve of 8 May 1992", ["1992-05-07"]),
        ("On the eve of the war", []),
        ("on 4-5-2016", ["2016"]),
        ("from May 2016 until June 2017", ["2016-05/2017-06"]),
        ("in May 2016 and June 2017", ["2016-05", "2017-06"]),
        ("in the first week of May 1992", ["1992-05"]),
        ("in the last days of the war", []),
        ("on the last day of May 1900", ["1900-05-31"]),
        ("on the last day of February", ["XXXX-02"]),
        ("on the last day of the war", []),
        ("On October 17, 4 and 20 respectively", ["XXXX-10-17", "XXXX-10-04", "XXXX-10-20"]),
        ("On October 17 and 20 soldiers", ["XXXX-10-17"]),
        ("in late-2015", ["2015"]),
        ("in c. 1850", ["1850"]),
        ("on Wed. 4 May 2016", ["2016-05-04"]),
        ("in the summer offensive", []),
        ("in the summer, they left", ["XXXX-22"]),
        ("the first quarter of 1992", ["1992-33"]),
        ("Q3 2014", ["2014-35"]),
        ("the second half of 2020", ["2020-41"]),
        ("the second half of the match", []),
    ],
)
def test_a_part_of_a_year_a_decade_and_a_century_are_read_and_what_only_looks_like_one_is_not(
    text: str, values: list[str]
) -> None:
    assert dates(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1980-88, they fought", ["1980/1988"]),
        ("in 1991/92.", ["1991/1992"]),
        ("1988-1992 km", []),
        ("17-19 Feb 1993", ["1993-02-17/1993-02-19"]),
        ("between 3 and 5 May 1992", ["1992-05-03/1992-05-05"]),
        ("on 3 and 5 May 1992", ["1992-05-03", "1992-05-05"]),
        ("in 2014 and 1994.", ["2014", "1994"]),
        ("27 December - 3 January 2009", ["2008-12-27/2009-01-03"]),
        ("27 December 2009 - 3 January 2009", [""]),
        ("in April '93 and in the winter of ’94", ["1993-04", "1994-24"]),
        ("on May 8, '92,", ["1992-05-08"]),
        ("in 2014, in April '14", ["2014", "XXXX-04"]),
        ("in 2014, in April", ["2014", "2014-04"]),
        ("the class of '92", []),
        ("between May and July 1992", ["1992-05/1992-07"]),
        ("in May and July 1992", ["1992-05", "1992-07"]),
        ("between 1991 and 1994", ["1991/1994"]),
        ("in 1991 and 1994", ["1991", "1994"]),
        ("between 3 May and 9 June 1992", ["1992-05-03/1992-06-09"]),
        ("Jan. 31 [1993]", ["1993-01-31"]),
        ("31 January (1993)", ["1993-01-31"]),
        ("31 January (1993 was cold)", ["XXXX-01-31", "1993"]),
        ("3.III.2011", ["2011-03-03"]),
        ("3. XII 1999", ["1999-12-03"]),
        ("chapter 3.IV", []),
        ("4.3.2011", ["2011-03-04"]),
        ("on the night of 3 May 1992", ["1992-05-03"]),
        ("on 8-May-1992", ["1992-05-08"]),
    ],
)
def test_a_stretch_and_a_year_in_brackets_are_read(text: str, values: list[str]) -> None:
    assert dates(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("the 1994 ceasefire", ["1994"]),
        ("Russia's 2014 annexation", ["2014"]),
        ("a 1994 truce", ["1994"]),
        ("1,994 troops", []),
        ("sent 1994 troops", []),
        ("Ard has 1994 voters", []),
    ],
)
def test_a_year_before_what_it_names_is_a_year_and_a_count_is_none(text: str, values: list[str]) -> None:
    assert dates(text) == values


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("In the 1990s Armenian forces came", "the 1990s"),
        ("in the early 1990s", "the early 1990s"),
        ("In the spring of 1999 rebels came", "the spring of 1999"),
        ("the 3 May attack", "3 May"),
    ],
)
def test_the_article_of_a_named_time_is_its_own_and_that_of_a_noun_is_not(text: str, span: str) -> None:
    (one,) = found(text)
    assert text[one.start : one.end] == span


@pytest.mark.parametrize(
    ("text", "bound", "stretch"),
    [
        ("since 3 May 1992", "since", "1992-05-03/.."),
        ("until 3 May 1992", "until", "../1992-05-03"),
        ("until the night of 3 May 1992", "until", "../1992-05-03"),
        ("by 3 May 1992", "by", "../1992-05-03"),
        ("on 3 May 1992", "", "1992-05-03"),
        ("since 3 May", "since", "XXXX-05-03"),
        ("since 1988-1992", "since", "1988/1992"),
    ],
)
def test_the_word_before_a_date_opens_a_side_of_it(text: str, bound: str, stretch: str) -> None:
    (one,) = settle_dates(found(text), text)
    assert (one.bound, one.stretch) == (bound, stretch)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yesterday", "2022-11-11"),
        ("last night", "2022-11-11"),
        ("the day before yesterday", "2022-11-10"),
        ("on Sunday", "2022-11-06"),
        ("last Saturday", "2022-11-05"),
        ("next Friday", "2022-11-18"),
        ("It will meet on Friday", "2022-11-18"),
        ("on Friday, the 9th", "2022-09-09"),
        ("on the 10th", "2022-11-10"),
        ("on the 20th", "2022-10-20"),
        ("last week", "2022"),  # 31 October to 6 November
        ("this week", "2022-11"),
        ("next month", "2022-12"),
        ("last year", "2021"),
        ("last May", "2022-05"),
        ("last December", "2021-12"),
        ("next March", "2023-03"),
        ("this spring", "2022-21"),
        ("last summer", "2022-22"),
        ("last winter", "2021-24"),
        ("three days ago", "2022-11-09"),
        ("two months ago", "2022-09"),
        ("a year ago", "2021"),
        ("exactly one year ago", "2021-11-12"),
        ("a year ago today", "2021-11-12"),
        ("ninety-five years ago today", "1927-11-12"),
        ("about two years ago", ""),
        ("in the last 24 hours", "2022-11-11/2022-11-12"),
        ("in the past two weeks", "2022-10-29/2022-11-12"),
        ("over the past week", "2022-11-05/2022-11-12"),
        ("in the last three months", "2022-08/2022-11-12"),
        ("for the last ten years", "2012/2022-11-12"),
        ("several years ago", ""),
    ],
)
def test_a_date_counted_from_publication_is_as_exact_as_its_unit(text: str, value: str) -> None:
    assert dates(text, published="2022-11-12") == [value]
    assert all(not one or one.startswith("XXXX") for one in dates(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("three days afterwards", "2001-05-06"),
        ("the following day", "2001-05-04"),
        ("Next morning", "2001-05-04"),
        ("a day later", "2001-05-04"),
        ("a week after that", "2001-05-10"),
        ("two nights earlier", "2001-05-01"),
        ("the day before.", "2001-05-02"),
        ("the year before.", "2000"),
        ("the following year", "2002"),
        ("a month later", "2001-06"),
        ("that winter", "2001-24"),
        ("that summer", "2001-22"),
        ("the same evening", "2001-05-03"),
        ("on the 10th", "2001-05-10"),
        ("on the 2nd of the next month", "2001-06-02"),
        ("in the same month", "2001-05"),
        ("the following September", "2001-09"),
        ("the following Tuesday", "2001-05-08"),
        ("the previous Tuesday", "2001-05-01"),
        ("that Tuesday", ""),
        ("on 9 June of that year", "2001-06-09"),
        ("on 9 January of the next.", "2002-01-09"),
        ("on the last day of that month", "2001-05-31"),
        ("some days later", ""),
    ],
)
def test_a_date_counted_from_the_date_last_said_is_open_where_none_was(text: str, value: str) -> None:
    assert dates(f"They came on 3 May 2001. {text}") == ["2001-05-03", value]
    assert all(not one or one.startswith("XXXX") for one in dates(text))


@pytest.mark.parametrize(
    "text",
    [
        "over the last year",
        "his last week",
        "the last week of war",
        "the last two days before the vote",
        "in the last few days",
        "on Good Friday",
        "the 10th brigade",
        "the day before the vote",
    ],
)
def test_what_only_sounds_like_a_relative_date_is_none(text: str) -> None:
    assert dates(f"They came on 3 May 2001. {text}", published="2022-11-12") == ["2001-05-03"]


@pytest.mark.parametrize("value", ["199X", "19XX", "1992-21", "1992-24", "1992-33", "1992-41", "199X/1995", "XXXX-23"])
def test_each_value_has_bounds_that_are_a_stretch_of_the_calendar(value: str) -> None:
    first, last = edtf.bounds(value)
    assert value.startswith("XXXX") or (first and last and first <= last)


@pytest.mark.parametrize("value", ["19X2", "199X-05", "1992-25", "1992-21-03", "1992-37", "19XX-21"])
def test_other_values_with_digits_left_open_are_none(value: str) -> None:
    assert not edtf.is_valid(value)


@pytest.mark.parametrize(
    ("coarse", "fine", "agreed"),
    [
        ("199X", "1992-05-08", "1992-05-08"),
        ("199X", "2001-05-08", None),
        ("1992-21", "1992-05-08", "1992-05-08"),
        ("1992-21", "1992-11-08", None),
        ("1992-24", "1993-01-08", "1993-01-08"),
        ("1992-33", "1992-02", "1992-02"),
    ],
)
def test_a_coarse_date_agrees_with_a_finer_one_that_lies_in_it(coarse: str, fine: str, agreed: str | None) -> None:
    moments = [one for value in (coarse, fine) if (one := moment(value))]
    assert agreed_date(moments) == agreed


@pytest.mark.slow
@pytest.mark.parametrize("text", ["3 May 1992, ", "1980-88, ", "Friday, ", "the day before ", "In the spring ", "mid-"])
def test_dates_without_end_are_read_in_time_linear_in_the_text(text: str) -> None:
    assert grows_in_proportion(lambda times: dates(text * times, published="2022-11-12"), 500)


def test_what_fell_some_days_before_is_of_its_own_day() -> None:
    def events(text: str) -> list[tuple[str, str | None]]:
        (document,) = documents(Source("page.txt", "page", text))
        claims = (one for one in extract(document, gazetteer.load()).claims if isinstance(one, EventClaim))
        return sorted((one.place.name if one.place else "", one.date) for one in claims)

    told = "the army took Ard."
    assert events(f"On 8 May 1992, two days after the fall of Besk, {told}") == [
        ("Ard", "1992-05-08"),
        ("Besk", "1992-05-06"),
    ]
    assert events(f"On 8 May 1992, after the fall of Besk, {told}") == [("Ard", "1992-05-08")]


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Chamber of Deputies, sitting of 26 February 1942", "1942-02-26"),
        ("Trebizond, the 31st of March, 1856.", "1856-03-31"),
        ("At the sitting of 26 February 1942 the motion was lost.", None),
    ],
)
def test_a_document_is_of_the_day_of_its_session_or_letter(line: str, published: str | None) -> None:
    (document,) = documents(Source("a", "a", f"THE HOUSE\n{line}\n\nOn 23 July we had a frontier.\n", "text/plain"))
    assert document.published == published


def test_what_is_said_to_come_is_no_reason_for_the_day_of_saying_it_to_come() -> None:
    said = "On February 28, the minister, in reply to a question, said that Russia will not object."
    assert dates(said, published="2018-03-01") == ["2018-02-28"]
    assert dates("On April 28, the minister will answer.", published="2018-03-01") == ["2018-04-28"]


def test_monday_the_21st_in_news_is_shortly_before_publication() -> None:
    text = "They came yesterday. The fort fell on March 26, it was said on Monday, the 21st."
    assert dates(text, published="1913-07-23") == ["1913-07-22", "1913-03-26", "1913-07-21"]
