"""A word that plain text knows is no name because a sentence begins with it."""

import pytest

from kg import gazetteer
from kg.extract import extract
from kg.extract.lexicon import is_common
from kg.model import EventClaim, Source
from kg.read.split import documents


def places(text: str) -> list[str | None]:
    (document,) = documents(Source("a.txt", "a", text))
    claims = extract(document, gazetteer.load()).claims
    return [claim.place.name if claim.place else None for claim in claims if isinstance(claim, EventClaim)]


@pytest.mark.parametrize(
    "text",
    [
        "Night fell on 5 October 2014, and the guns went silent.",
        "Rainfall fell short of the average on 3 May 2009.",
        "Attendance at the schools has fallen since 2003.",
        "Bridges were captured on film on 3 May 2009.",
    ],
)
def test_a_common_noun_that_opens_a_sentence_is_no_place(text: str) -> None:
    assert places(text) == []


def test_a_name_that_nobody_knows_is_a_place_there() -> None:
    assert places("Halm fell to the rebels on 5 October 2014.") == ["Halm"]


def test_a_common_noun_that_is_a_name_elsewhere_in_the_text_is_one_there() -> None:
    assert "Bridge" in places("The rebels seized the town of Bridge on 3 May 2014. Bridge was retaken on 9 May 2014.")


@pytest.mark.parametrize(("word", "common"), [("nights", True), ("cities", True), ("remained", True), ("halm", False)])
def test_plurals_and_forms_are_known(word: str, common: bool) -> None:
    assert is_common(word) is common
