"""`kg explain CLAIM --trace` tells how the sentence of a claim was read."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import kg
from kg import gazetteer
from kg.commands import cli
from kg.extract.trace import trace
from kg.model import Source
from kg.read.split import documents

SENTENCE = "Armenian armed forces captured Shusha, Azerbaijan, on 8 May 1992."


def told(text: str) -> str:
    (document,) = documents(Source("a.txt", "a", text))
    return "\n".join(trace(document, gazetteer.load(), document.span))


def test_a_trace_tells_the_clause_the_frame_and_who_fills_its_roles() -> None:
    lines = told(SENTENCE).splitlines()
    for expected in (
        "  place Shusha: place/AZ-SUS",
        "  date 8 May 1992: 1992-05-08",
        "  clause 1: main, real",
        "    verb: captured (capture)",
        "    frame: control capture, told by 'captured'",
        "      by whom: Armenian armed forces",
    ):
        assert any(line.startswith(expected) for line in lines), expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SENTENCE.replace("captured", "recaptured"), "frame: control recapture"),
        (SENTENCE.replace("captured", "never captured"), "main, negated"),
        (SENTENCE.replace("captured", "planned to capture"), "within 1"),
        ("The river at Shusha is cold.", "no frame in it"),
    ],
)
def test_a_trace_follows_the_text(text: str, expected: str) -> None:
    assert expected in told(text)
    assert expected not in told(SENTENCE)


def run(*arguments: str) -> Any:
    return CliRunner().invoke(cli, ["explain", *arguments], catch_exceptions=True)


def test_the_command_traces_a_claim_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    out = str(tmp_path / "out")
    kg.build([tmp_path / "a.txt"], out)
    (claim,) = [row["claim"] for row in kg.open(out).query("events")]
    done = run(str(claim), "--trace", "--data", out)
    assert "frame: control capture" in done.stdout
    assert "frame:" not in run(str(claim), "--data", out).stdout
    assert "is no claim" in str(run("place:AZ-SUS", "--trace", "--data", out).exception)


def test_a_text_that_was_not_published_cannot_be_traced(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    out = str(tmp_path / "out")
    kg.build([tmp_path / "a.txt"], out, no_text=True)
    (claim,) = [row["claim"] for row in kg.open(out).query("events")]
    assert "was not published" in str(run(str(claim), "--trace", "--data", out).exception)


def test_a_trace_tells_where_the_place_and_the_date_of_an_event_were_taken_from() -> None:
    text = told("Beni is a town.\n\nThe papers are silent on Naro. Troops entered the town on 3 May 1999.")
    assert "place: Naro, from sentence 17-47" in text
    assert "date: 1999-05-03, said here" in text
    assert "place: Shusha, named here" in told(SENTENCE)
    rows = told("3 May 1999\nTroops captured Goma.\n\n4 May 1999\nTroops captured Beni.\n")
    assert "date: 1999-05-04, of the row, entry or section" in rows
