"""What the seed yields, what a changed copy yields, and what a page about another conflict yields.

Everything is compared with what a reader takes from the text, written here by hand; nothing in the extractor names the seed.
"""

from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest

from kg import gazetteer
from kg.extract import extract
from kg.model import Claim, EventClaim, Extraction, FigureClaim, RoleClaim, Source, Statement
from kg.read import read
from kg.read.split import documents

T = TypeVar("T", bound=Claim)
SEED = Path(__file__).parents[1] / "seeds" / "000_99131d23c14bfa34.txt"


def extracted(text: str) -> list[Extraction]:
    source = Source("text.txt", "text", text)
    return [extract(document, gazetteer.load()) for document in documents(source)]


def claims_of(extraction: Extraction, kind: type[T]) -> list[T]:
    return [claim for claim in extraction.claims if isinstance(claim, kind)]


@pytest.fixture(scope="module")
def seed_text() -> str:
    (source,) = read(SEED)
    assert isinstance(source, Source)
    return source.text


@pytest.fixture(scope="module")
def seed(seed_text: str) -> list[Extraction]:
    return extracted(seed_text)


ROWS = [
    ("place/nagorno-karabakh", "1988/1992", 4400),
    ("place/AZ-SUS", "1992-05-08", 289),
    ("place/AZ-LAC", "1992-05-18", 1840),
    ("place/AZ-KAL", "1993-04-02", 3054),
    ("place/AZ-AGM", "1993-07-23", 1150),
    ("place/AZ-FUZ", "1993-08-23", 1390),
    ("place/AZ-CAB", "1993-08-23", 1050),
    ("place/AZ-QBI", "1993-08-31", 802),
    ("place/AZ-ZAN", "1993-10-29", 707),
]


def rows_of(extraction: Extraction) -> list[tuple[str | None, str | None, int]]:
    return [
        (event.place.key if event.place else None, event.date, int(event.area_km2 or 0))
        for event in claims_of(extraction, EventClaim)
    ]


def test_the_seed_is_a_list_and_an_article_whose_headline_is_printed_twice(seed: list[Extraction]) -> None:
    listed, article = (extraction.document for extraction in seed)
    assert (listed.kind, listed.title) == ("report", "The Occupation in Figures")
    assert article.kind == "article"
    assert article.title == "Azerbaijani FM: We need to redouble or triple efforts to solve Karabakh conflict"
    assert len(article.headlines) == 2


def test_each_row_of_the_list_is_an_occupation_with_its_date_and_area(seed: list[Extraction], seed_text: str) -> None:
    assert rows_of(seed[0]) == ROWS
    for event, (_, _, area) in zip(claims_of(seed[0], EventClaim), ROWS, strict=True):
        row, heading = (span.of(seed_text) for span in event.evidence)
        assert event.word == "occupation" and event.called_as == "Occupation" and not event.actors
        assert row.endswith(f"territory {area} km2") and heading == "The Occupation in Figures"


def test_the_article_yields_its_five_events_and_nothing_else(seed: list[Extraction]) -> None:
    events = {event.family: event for event in claims_of(seed[1], EventClaim)}
    assert len(events) == len(claims_of(seed[1], EventClaim)) == 5
    occupation = events["control"]
    assert (occupation.word, occupation.called_as, occupation.date) == ("occupation", "occupied", "1992")
    assert occupation.place and occupation.place.key == "place/AZ" and occupation.share_percent == 20
    assert [actor.key for actor in occupation.actors] == ["agent/armenian-armed-forces"]
    assert [place.key for place in occupation.includes] == ["place/nagorno-karabakh"]
    assert events["conflict"].date == "1988/.."
    assert events["ceasefire"].date == "1994"
    assert events["negotiation"].date == "1994/.."
    assert [actor.name for actor in events["interview"].actors] == ["Elmar Mammadyarov", "TRT World"]


def test_the_article_yields_its_figures_and_nothing_else(seed: list[Extraction]) -> None:
    figures = [(f.kind, f.value, f.noun, f.qualifier, f.according_to and f.according_to.name) for f in claims_of(seed[1], FigureClaim)]
    assert figures == [
        ("distance", Decimal(100), "", "less-than", "Elmar Mammadyarov"),
        ("count", Decimal(7), "district", "exact", None),
        ("count", Decimal(4), "resolution", "exact", None),
    ]
    resolutions = claims_of(seed[1], FigureClaim)[-1]
    assert resolutions.demands == "withdrawal"
    assert resolutions.not_implemented_by and resolutions.not_implemented_by.key == "agent/state-AM"
    assert resolutions.of and resolutions.of.key == "agent/un-security-council"
    assert not [mention for mention in seed[1].mentions if mention.kind == "document"], "no number is given, none is linked"


def test_every_statement_of_the_seed_has_its_words_and_its_speaker(seed: list[Extraction], seed_text: str) -> None:
    statements = claims_of(seed[1], Statement)
    assert {statement.speaker.key for statement in statements if statement.speaker} == {"agent/elmar-mammadyarov"}
    said = [(statement.kind, statement.text.of(seed_text)) for statement in statements]
    assert [(kind, text) for kind, text in said if kind == "indirect"] == [
        ("indirect", "We need to redouble or triple efforts to solve Karabakh conflict"),
        (
            "indirect",
            "It is necessary to redouble, or triple the efforts to resolve the Armenia-Azerbaijan Nagorno-Karabakh conflict",
        ),
        ("indirect", "the situation on the line of contact is not so good"),
        ("indirect", "Armenia violates the ceasefire much often"),
        (
            "indirect",
            "in order to achieve the conflict’s settlement, first of all Armenian troops should be withdrawn from "
            "Azerbaijan’s occupied territories",
        ),
    ]
    direct = [text for kind, text in said if kind == "direct"]
    assert [(text[:10], text[-12:]) for text in direct] == [
        ("We call it", "huge danger."),
        ("I don’t th", "our efforts."),
        ("We have ag", " Azerbaijan,"),
    ]
    assert [statement.headline for statement in statements] == [True] + [False] * 7


def test_the_minister_is_known_with_his_office_and_state(seed: list[Extraction]) -> None:
    (role,) = claims_of(seed[1], RoleClaim)
    assert role.member.key == "agent/elmar-mammadyarov" and role.title == "Foreign Minister"
    assert role.role and role.role.key == "role/foreign-minister"
    assert role.organization and role.organization.key == "agent/state-AZ"


def test_the_seed_names_its_organizations_and_places_and_no_other(seed: list[Extraction]) -> None:
    named = {(m.kind, m.entity.key) for extraction in seed for m in extraction.mentions if m.entity}
    assert {key for kind, key in named if kind == "organization"} == {
        "agent/trt-world",
        "agent/un-security-council",
        "agent/armenian-armed-forces",
    }
    places = {key for kind, key in named if kind == "place"}
    assert places == {key for key, _, _ in ROWS} | {"place/AZ", "place/AM", "place/south-caucasus"}


def test_a_changed_seed_changes_what_it_yields(seed_text: str) -> None:
    changed = (
        seed_text.replace("Lachin: may 18, 1992, territory 1840 km2; ", "")  # one row removed
        .replace("Shusha: may 08, 1992, territory 289 km2", "Shusha: 9 June 1994, territory 111.6 sq. miles")  # date and unit
        .replace("Zangilan: october 29, 1993, territory 707 km2", "Khojaly: february 26, 1992, territory 93,600 hectares")  # another place
        .replace("Elmar Mammadyarov", "Ramil Hasanli")
        .replace("Mammadyarov added", "Hasanli added")
        .replace("20 percent", "19 percent")
        .replace("seven surrounding", "six surrounding")
        .replace("The 1994 ceasefire", "The 1995 ceasefire")
        .replace("TRT World", "Radio Caspia")
    )
    listed, article = extracted(changed)
    rows = {key: (date, event.area_km2) for event in claims_of(listed, EventClaim) for key, date in [(event.place and event.place.key, event.date)]}
    assert "place/AZ-LAC" not in rows and len(rows) == 8
    assert rows["place/AZ-SUS"] == ("1994-06-09", Decimal("289.043"))
    assert rows["place/AZ-XCI"] == ("1992-02-26", Decimal(936))
    speakers = {s.speaker.name for s in claims_of(article, Statement) if s.speaker}
    assert speakers == {"Ramil Hasanli"} and len(claims_of(article, Statement)) == 8
    control = next(event for event in claims_of(article, EventClaim) if event.family == "control")
    assert control.share_percent == 19
    assert [f.value for f in claims_of(article, FigureClaim) if f.noun == "district"] == [6]
    assert next(e.date for e in claims_of(article, EventClaim) if e.family == "ceasefire") == "1995"
    interview = next(e for e in claims_of(article, EventClaim) if e.family == "interview")
    assert [actor.name for actor in interview.actors] == ["Ramil Hasanli", "Radio Caspia"]


def test_rows_follow_the_order_of_the_text(seed_text: str) -> None:
    rows = seed_text.split("\n")[1].rstrip(".").split("; ")
    reordered = seed_text.replace("\n" + seed_text.split("\n")[1], "\n" + "; ".join(reversed(rows)) + ".")
    assert rows_of(extracted(reordered)[0]) == list(reversed(ROWS))


def test_a_page_about_another_conflict_is_read_by_the_same_rules() -> None:
    page = (
        "Occupied Regions in Numbers\n"
        "Abkhazia: 1992-1993, territory 8660 km2; Akhalgori: august 16, 2008, territory 1011 km2.\n\n"
        "Georgian FM: The border is not a bargaining chip\n\nGeorgian FM: The border is not a bargaining chip\n\n\n"
        "The border is not a bargaining chip, said Georgia’s Foreign Minister Tamar Gelashvili in an interview with Radio Gori.\n\n"
        "She noted that the fence was moved again. “Nobody asked the shepherds,” the minister added.\n"
    )
    listed, article = extracted(page)
    assert rows_of(listed) == [("place/GE-AB", "1992/1993", 8660), ("place/akhalgori", "2008-08-16", 1011)]
    said = [(s.kind, s.text.of(page)) for s in claims_of(article, Statement) if not s.headline]
    assert said == [
        ("indirect", "The border is not a bargaining chip"),
        ("indirect", "the fence was moved again"),
        ("direct", "Nobody asked the shepherds,"),
    ]
    assert {s.speaker.name for s in claims_of(article, Statement) if s.speaker} == {"Tamar Gelashvili"}
