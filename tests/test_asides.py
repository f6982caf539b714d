"""What stands between commas, dashes and brackets is about what it stands beside; the sentence goes on after it."""

import pytest

from kg import gazetteer
from kg.extract import extract
from kg.model import EventClaim, Source
from kg.read.split import documents


def told(text: str) -> set[tuple[str, str, str | None]]:
    (document,) = documents(Source("a", "a", text, "text/plain"))
    claims = extract(document, gazetteer.load()).claims
    return {
        (claim.word or "", claim.place.name if claim.place else "", claim.date)
        for claim in claims
        if isinstance(claim, EventClaim) and claim.family == "control"
    }


@pytest.mark.parametrize(
    "aside",
    [
        "a town that had 300 houses",
        "a fortress on which they had staked everything",
        "which had 300 houses",
        "where Major Bell had been born in 1850",
        "as everybody knows",
        "long besieged",
        "once a port",
        "home to 3,000 people",
        "gateway to the south",
        "or what was left of it",
    ],
)
@pytest.mark.parametrize(
    "sentence",
    [
        "Ostrel, {}, was captured by the rebels on 3 May 1990.",
        "The rebels captured Ostrel, {}, on 3 May 1990.",
        "On 3 May 1990 the rebels captured Ostrel, {}.",
    ],
)
def test_an_aside_ends_at_its_comma_and_the_day_is_of_the_verb_before_it(sentence: str, aside: str) -> None:
    assert told(sentence.format(aside)) == {("capture", "Ostrel", "1990-05-03")}


def test_who_is_described_between_commas_is_who_acts() -> None:
    assert told("The rebels, some of them boys, took Ostrel on 3 May 1990.") == {("capture", "Ostrel", "1990-05-03")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The rebels captured Ostrel, lost in 1943, on 3 May 1990.",
            {("capture", "Ostrel", "1990-05-03"), ("capture", "Ostrel", "1943")},
        ),
        (
            "The army captured Ostrel, which was retaken by rebels a month later, on 3 June 1990.",
            {("capture", "Ostrel", None), ("recapture", "Ostrel", "1990-06-03")},
        ),
    ],
)
def test_each_of_two_days_is_of_its_own_verb(text: str, expected: set[tuple[str, str, str | None]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("beside", ["", " on the western shore", " of the valley", " that lie on the border"])
@pytest.mark.parametrize(
    "several",
    ["two villages{}, Askel and Ormel,", "the forts{}, Askel and Ormel,", "two more towns{}, namely Askel and Ormel,"],
)
@pytest.mark.parametrize("sentence", ["On 3 May 1990 the rebels captured {}", "On 3 May 1990 {} fell to the rebels."])
def test_names_between_commas_are_what_the_plural_before_them_is_called(
    sentence: str, several: str, beside: str
) -> None:
    text = sentence.format(several.format(beside)).removesuffix(",")
    assert told(text) == {("capture", "Askel", "1990-05-03"), ("capture", "Ormel", "1990-05-03")}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("On 3 May 1990 the army took the forts on the shore (Askel and Ormel).", ["Askel", "Ormel"]),
        ("On 3 May 1990 the army took two forts on the shore – Askel and Ormel.", ["Askel", "Ormel"]),
        ("On 3 May 1990 the army took the mill, Askel and Ormel.", ["Askel", "Ormel"]),
        ("On the western shore, Askel and Ormel fell to the rebels on 3 May 1990.", ["Askel", "Ormel"]),
        ("Of the villages on the shore, Askel and Ormel fell to the rebels on 3 May 1990.", ["Askel", "Ormel"]),
        ("On 3 May 1990 the army took three forts on the shore, Askel, Besk and Ormel.", ["Askel", "Besk", "Ormel"]),
        ("On 3 May 1990 the army took the capital, Askel, and Ormel.", ["Askel", "Ormel"]),
        ("On 3 May 1990 the army took two forts on the shore, Askel, Besk and Ormel.", []),
        ("In the villages on the shore, Askel and Ormel were burned on 3 May 1990.", []),
        ("Refugees from two villages, Askel and Ormel, left Goma on 3 May 1990.", []),
        ("On 3 May 1990 the army took Goma and shelled two villages on the shore, Askel and Ormel.", ["Goma"]),
        (
            "Two villages, Askel and Besk, were shelled and two more, Corm and Dorn, fell on 3 May 1990.",
            ["Corm", "Dorn"],
        ),
        ("Two villages, Askel and Besk, were shelled. The other two fell on 3 May 1990.", []),
    ],
)
def test_names_are_listed_under_as_many_as_they_are_and_under_nothing_else(text: str, places: list[str]) -> None:
    assert sorted(place for _, place, _ in told(text)) == places
