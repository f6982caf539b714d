"""What the evaluation counts, and how the page of its results is written."""

import tomllib
from pathlib import Path

import pytest

from bench.evaluation import annotated, cases, floors, scored, styles
from bench.evaluation.__main__ import PAGE, put, table
from bench.evaluation.score import contains, score
from bench.generator import grammar
from bench.generator.measure import Tally
from kg import gazetteer
from kg.extract import extract
from kg.model import Source, Span
from kg.read.split import documents

FLOORS = floors.read()

GIVEN = {
    "Gen. Joseph Votel visited Raqqah, Syria.": {
        ("Person", "Gen. Joseph Votel"),
        ("Person", "Joseph Votel"),
        ("Location", "Raqqah"),
        ("Location", "Syria"),
        ("Location", "Raqqah, Syria"),
    },
    "Syrian troops left northern Iraq on 4 May 1993.": {("Location", "northern Iraq"), ("Temporal", "4 May 1993")},
    "The Iraqis and the United Nations met near Idlib province.": {
        ("Organisation", "The Iraqis"),
        ("Organisation", "Iraqis"),
        ("Organisation", "the United Nations"),
        ("Organisation", "United Nations"),
        ("Location", "Idlib province"),
    },
    "U.S. planes flew over Iraq last December.": {
        ("Organisation", "U.S."),
        ("Location", "Iraq"),
        ("Temporal", "last December"),
    },
    "Iraq signed the pact in the city of Basra.": {
        ("Organisation", "Iraq"),
        ("Location", "Iraq"),
        ("Location", "the city of Basra"),
        ("Location", "Basra"),
    },
}


@pytest.mark.parametrize(
    ("wanted", "found", "right"),
    [
        (["Ministry of Defence", ""], [""], True),  # the gold says: a reader may leave it out
        (["Ministry of Defence", ""], ["agent 1", "norland"], False),
        (["Ministry of Defence", ""], ["ministry of defence of norland"], True),
        ("Ministry of Defence", [""], False),
        ("Ministry of Defence", [], False),
        ([""], [], True),
    ],
)
def test_nothing_said_is_right_only_where_the_gold_allows_it(wanted: object, found: list[str], right: bool) -> None:
    assert contains(wanted, found) is right


@pytest.mark.parametrize("text", GIVEN)
def test_mentions_are_compared_as_the_set_annotates_them(text: str) -> None:
    (document,) = documents(Source("a.txt", "a", text))
    found = annotated.converted(extract(document, gazetteer.load()), gazetteer.load())
    assert {(kind, span.of(text)) for kind, span in found} == GIVEN[text]


def test_a_score_counts_exact_spans(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(
        '{"text": "Raqqah fell in 1993.", "entities": [{"start": 0, "end": 6, "type": "Location"}, '
        '{"start": 0, "end": 11, "type": "Location"}, {"start": 0, "end": 4, "type": "Location"}, '
        '{"start": 15, "end": 20, "type": "Temporal"}]}\n',
        encoding="utf-8",
    )
    score = annotated.scores(path)
    place, time = score["Location"], score["Temporal"]
    assert (place.gold, place.found, place.right) == (2, 1, 1)
    assert (place.precision, place.recall) == (1.0, 0.5)
    assert place.f1 == pytest.approx(2 / 3)
    assert place.missed == {"found with other bounds, or inside of another": {"Raqqah fell": 1}}
    assert (time.right, dict(time.extra)) == (0, {"1993": 1})
    assert score["Person"].f1 == 1.0  # nothing there, nothing found


@pytest.mark.parametrize(
    ("text", "why"),
    [("We left.", "a pronoun"), ("three bridges", "a phrase without a name"), ("the Enclave", "a name")],
)
def test_a_miss_has_one_reason(text: str, why: str) -> None:
    span = Span(0, len(text.removesuffix(" left.")))
    reasons = [name for name, fits in annotated.REASONS.items() if fits(span, text, set())]
    assert reasons[0].startswith(why)


SLOW = ("cells", "styles", *(name for name in FLOORS if name.startswith("cases-") and name != "cases-dev"))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.slow if name in SLOW else ())
        for name in FLOORS
        if not name.startswith("metamorphic")
    ],
)
def test_nothing_is_read_worse_than_before(name: str) -> None:
    least = FLOORS[name]
    if name in floors.MEASURES:
        reached = floors.MEASURES[name]()
    elif name.startswith("cases-"):
        reached = cases.shares(cases.FOLDER / f"{name.removeprefix('cases-')}.jsonl")
    else:
        reached = floors.figures(score(scored.CORPUS / name))
    assert not floors.below(reached, least)


def test_all_that_is_measured_has_floors() -> None:
    files = {f"cases-{path.stem}" for path in cases.files()}
    assert set(FLOORS) == {path.name for path in scored.folders()} | files | set(floors.MEASURES)


def test_every_document_has_one_style_and_every_style_can_be_generated() -> None:
    read, style_of = styles.table()
    assert set(style_of) == {styles.short(path) for path in styles.documents()}
    assert set(style_of.values()) == set(grammar.STYLES)
    assert not {folder for folder in read if folder.startswith("held")}


def test_the_gap_is_over_the_styles_that_both_sides_have() -> None:
    good, bad = Tally(2, 2, 2), Tally(2, 2, 1)
    assert styles.gap({"seen": {"log": good, "wire": good}, "left out": {"log": bad}}) == 0.5
    assert styles.gap({"seen": {"log": good, "wire": bad}, "left out": {"letter": bad}}) == 0.25


def test_a_floor_only_rises() -> None:
    raised = floors.raised({"dev": {"events": 0.5, "figures": 0.9}}, {"dev": {"events": 0.61239, "figures": 0.8}})
    assert raised == {"dev": {"events": 0.612, "figures": 0.9}}
    assert floors.below({"events": 0.6}, raised["dev"]) == ["events: 0.600 < 0.612", "figures: 0.000 < 0.9"]
    assert tomllib.loads(floors.written(raised)) == raised


def test_a_table_is_put_between_its_marks_and_nowhere_else() -> None:
    page = "a\n<!-- one -->\nold\n<!-- end -->\nb\n<!-- two -->\nold\n<!-- end -->\n"
    written = table([("x", "y"), ("1", "2")])
    assert written == "| x | y |\n| --- | --- |\n| 1 | 2 |\n"
    assert put(page, "one", written) == page.replace("old\n", written, 1)


def test_the_page_has_a_place_for_every_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in ("scored", "styles", "cells", "changes", "annotated", "missed"):
        assert put(text, name, "| here |\n") != text
