"""What each form of text yields: short texts with all that a reader takes from them."""

from decimal import Decimal

import pytest

from kg import gazetteer
from kg.extract import extract
from kg.model import EventClaim, Extraction, FigureClaim, RoleClaim, Source, Statement
from kg.read.split import documents


def extracted(text: str, *, published: str | None = None, markdown: bool = False) -> Extraction:
    source = Source("a", "a", text, "text/markdown" if markdown else "text/plain", published=published)
    (document,) = documents(source)
    return extract(document, gazetteer.load())


def events(text: str) -> list[EventClaim]:
    return [claim for claim in extracted(text).claims if isinstance(claim, EventClaim)]


def control(extraction: Extraction) -> list[tuple[str, str, str | None]]:
    """Word, place as written, and date of the changes of control, in order."""
    return [
        (event.word or "", event.place_text or (event.place.name if event.place else ""), event.date)
        for event in extraction.claims
        if isinstance(event, EventClaim) and event.family == "control"
    ]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Troops captured Kherson on 2 March 2022.", [("capture", "Kherson", "2022-03-02")]),
        (
            "Wad Madani, which the militia had seized on 18 December 2023, was won back by the army.",
            [("capture", "Wad Madani", "2023-12-18"), ("recapture", "Wad Madani", None)],
        ),
        (
            "Mehran, taken on 19 June 1988 by an opposition force, was abandoned by it after three days.",
            [("capture", "Mehran", "1988-06-19"), ("withdrawal", "Mehran", None)],
        ),
        (
            "The army captured the capital of Syria on 8 December 2024.",
            [("capture", "capital of Syria", "2024-12-08")],
        ),
        ("The army captured Kherson airport on 3 May 2022.", [("capture", "Kherson airport", "2022-05-03")]),
        ("Troops seized the Tiba al-Hassanab camp in May 2024.", [("capture", "Tiba al-Hassanab camp", "2024-05")]),
        ("Crimea, which Russia annexed in 2014, is a peninsula.", [("annexation", "Crimea", "2014")]),
        ("The army captured the capital, Damascus, on 8 December 2024.", [("capture", "Damascus", "2024-12-08")]),
        (
            "The rebels captured North and South Kivu in January 2025.",
            [("capture", "North Kivu", "2025-01"), ("capture", "South Kivu", "2025-01")],
        ),
        (
            "Libya completed its withdrawal from the Aouzou Strip on 30 May 1994.",
            [("withdrawal", "Aouzou Strip", "1994-05-30")],
        ),
        ("Russia announced its withdrawal from Kherson on 9 November 2022.", []),
        (
            "The Aouzou Strip is a desert. Then came the Toyota War. On 28 August 1987 soldiers recaptured it.",
            [("recapture", "Aouzou Strip", "1987-08-28")],
        ),
        (
            "The army captured the capital of South Kivu, Bukavu, on 16 February 2025.",
            [("capture", "Bukavu", "2025-02-16")],
        ),
        (
            "Goma, capital of North Kivu (59,483 km2), was taken on 27 January 2025.",
            [("capture", "Goma", "2025-01-27")],
        ),
        ("On May 8, 1992, Shusha was occupied by Armenian forces.", [("occupation", "Shusha", "1992-05-08")]),
        (
            "Taken on 1 April 2022, Kherson was retaken in November 2022.",
            [("capture", "Kherson", "2022-04-01"), ("recapture", "Kherson", "2022-11")],
        ),
        (
            "Lachin fell on 18 May 1992 and was returned on 1 December 2020.",
            [("capture", "Lachin", "1992-05-18"), ("handover", "Lachin", "2020-12-01")],
        ),
        (
            "Mosul, Tikrit and Ramadi fell on 10 June, 11 June and 17 June 2014, respectively.",
            [
                ("capture", "Mosul", "2014-06-10"),
                ("capture", "Tikrit", "2014-06-11"),
                ("capture", "Ramadi", "2014-06-17"),
            ],
        ),
        (
            "French troops withdrew from Kidal in October 2021, from Gao on 15 August 2022.",
            [("withdrawal", "Kidal", "2021-10"), ("withdrawal", "Gao", "2022-08-15")],
        ),
        (
            "They took Kharkiv on 5 May 2022; Kherson was captured on the same day.",
            [("capture", "Kharkiv", "2022-05-05"), ("capture", "Kherson", "2022-05-05")],
        ),
        (
            "The army captured Kharkiv on 3 June 2022, a day after Kherson had fallen.",
            [("capture", "Kharkiv", "2022-06-03"), ("capture", "Kherson", "2022-06-02")],
        ),
        (
            "Mosul was seized on 10 June 2014, recaptured three days later and lost again on 20 June.",
            [
                ("capture", "Mosul", "2014-06-10"),
                ("recapture", "Mosul", "2014-06-13"),
                ("capture", "Mosul", "2014-06-20"),
            ],
        ),
        ("After the capture of Shusha on 8 November 2020 the war ended.", [("capture", "Shusha", "2020-11-08")]),
        (
            "Bambari was retaken on 4 May 2021. Bria followed on 9 May 2021.",
            [("recapture", "Bambari", "2021-05-04"), ("recapture", "Bria", "2021-05-09")],
        ),
        ("Goma was the last town that the army took, on 3 May 1990.", [("capture", "Goma", "1990-05-03")]),
        ("Goma was not the town that the army took on 3 May 1990.", []),
        ("By the treaty of Lima of 3 May 1883 Peru ceded Tarata.", [("handover", "Tarata", "1883-05-03")]),
        ("In the letter of 3 May 1883 Peru ceded Tarata.", [("handover", "Tarata", None)]),
        (
            "In 1991, on 3 May 1991, tanks of the rebels rolled into the towns of Goma and Beni.",
            [("capture", "Goma", "1991-05-03"), ("capture", "Beni", "1991-05-03")],
        ),
        (
            "The army took Goma on 3 May 1990 and, on 9 May 1990, stormed Beni.",
            [("capture", "Goma", "1990-05-03"), ("capture", "Beni", "1990-05-09")],
        ),
        (
            "Goma and Beni, taken on 3 and 9 May 1990, are towns.",
            [("capture", "Goma", "1990-05-03"), ("capture", "Beni", "1990-05-09")],
        ),
        ("Two towns in Lake Chad that rebels had occupied since May 1990 are free.", []),
        ("The mine at Panguna was captured in May 1989.", [("capture", "mine at Panguna", "1989-05")]),
        ("It was quiet. The army recovered the last buildings on 3 May 1990.", []),
        (
            "It was quiet. The army took the presidential palace on 3 May 1990.",
            [("capture", "presidential palace", "1990-05-03")],
        ),
        (
            "Argentine forces captured the capital of the Falkland Islands on 2 April 1982.",
            [("capture", "capital of the Falkland Islands", "1982-04-02")],
        ),
        ("The soldiers at Goma fled over the Congo on 3 May 1990.", [("withdrawal", "Goma", "1990-05-03")]),
        ("Goma is a town. The rebels in the trenches withdrew on 3 May 1990.", []),
        ("The Holy Courts were driven out of Goma by troops on 3 May 1990.", [("capture", "Goma", "1990-05-03")]),
        ("Bell was driven out of Goma by troops on 3 May 1990.", []),
        ("They gave up the pass, but not Goma, which they have occupied since 1962.", [("occupation", "Goma", "1962")]),
        (
            "The villages are free. Among the villages liberated on 3 May 1990 are Askel (in Besk) and Ormel.",
            [("liberation", "Askel", "1990-05-03"), ("liberation", "Ormel", "1990-05-03")],
        ),
        ("The rebels were driven out of Goma on 3 May 1990.", [("capture", "Goma", "1990-05-03")]),
        (
            "The siege of Goma ended on 3 May 1990 with the seizure of the town by the army.",
            [("capture", "Goma", "1990-05-03")],
        ),
    ],
)
def test_a_change_of_control_is_read_in_many_forms(text: str, events: list[tuple[str, str, str]]) -> None:
    assert control(extracted(text)) == events


@pytest.mark.parametrize(
    "text",
    [
        "Kherson was not captured on 2 March 2022.",
        "If Kherson falls on 2 March 2022, the road is open.",
        "The army plans to retake Kherson in March 2022.",
        "Reports that Kherson had been captured on 2 March 2022 turned out to be false.",
        "The minister denied that Kherson had been captured on 2 March 2022.",
        "They threatened to seize Kherson before 2 March 2022.",
        "The occupied territories are on the map of 2022.",
        "There was a story that Kherson had been seized on 2 March 2022. It hadn't.",
        "Nobody has freed Kherson. It could be liberated in 2023.",
        "Rumours that Kherson had been captured on 2 March 2022 could not be confirmed.",
        "There was nothing to show that Kherson had been captured on 2 March 2022.",
        "Nothing in the letters suggests that Kherson was captured on 2 March 2022.",
        "Nobody has shown that Kherson was captured on 2 March 2022.",
    ],
)
def test_what_is_denied_feared_planned_or_possible_is_no_event(text: str) -> None:
    assert control(extracted(text)) == []


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("On 2 March 2022 Kherson fell.", None),
        ("On 2 March 2022, Kherson was taken.", None),
        ("On Wednesday, 2 March 2022", "2022-03-02"),
        ("2 March 2022\n\nKherson fell on 1 March.", "2022-03-02"),
    ],
)
def test_a_sentence_that_begins_with_a_day_is_not_the_day_of_the_document(text: str, published: str | None) -> None:
    made = extracted(text)
    assert made.document.published == published
    assert len(control(made)) == ("Kherson" in text)


def test_a_length_of_time_after_who_acts_is_no_part_of_them() -> None:
    (fall,) = control(
        extracted("Kherson was taken by Russian troops four weeks before the ceasefire of 30 March 2022.")
    )
    assert fall[-1] is None


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "Occupied towns\n\nShusha – 8 May 1992 – 289 sq km\nLachin – 18 May 1992 – 1,835 sq km\n",
            [("occupation", "Shusha", "1992-05-08"), ("occupation", "Lachin", "1992-05-18")],
        ),
        (
            "Towns by date\n\n2014\n- January 4: Fighters seize Fallujah.\n- June 10: Mosul falls.\n",
            [("capture", "Fallujah", "2014-01-04"), ("capture", "Mosul", "2014-06-10")],
        ),
        (
            "Towns\n\nKidal: 30 March 2012, seized; 14 November 2023, retaken.\nGao: 31 March 2012, seized.\n",
            [
                ("capture", "Kidal", "2012-03-30"),
                ("recapture", "Kidal", "2023-11-14"),
                ("capture", "Gao", "2012-03-31"),
            ],
        ),
        (
            "August 2021\n\n6 – Zaranj is captured.\n8 – Kunduz and Taloqan fall.\n",
            [
                ("capture", "Zaranj", "2021-08-06"),
                ("capture", "Kunduz", "2021-08-08"),
                ("capture", "Taloqan", "2021-08-08"),
            ],
        ),
        (
            "Captured places in figures\n\nShusha: 8 May 1992, 289 km2Lachin: 18 May 1992, 1840 km2"
            "Aghdam: 23 July 1993, 1150 km2\n",
            [
                ("capture", "Shusha", "1992-05-08"),
                ("capture", "Lachin", "1992-05-18"),
                ("capture", "Aghdam", "1993-07-23"),
            ],
        ),
    ],
)
def test_lists_are_read_place_first_and_date_first(text: str, events: list[tuple[str, str, str]]) -> None:
    assert control(extracted(text)) == events


def test_a_table_gives_each_date_the_word_of_its_column() -> None:
    table = "| Town | Lost | Regained |\n| --- | --- | --- |\n| Mubi | 29 October 2014 | 13 November 2014 |\n"
    assert control(extracted(table, markdown=True)) == [
        ("capture", "Mubi", "2014-10-29"),
        ("recapture", "Mubi", "2014-11-13"),
    ]


def said(text: str) -> list[tuple[str, str, str]]:
    return [
        (statement.kind, statement.speaker.name if statement.speaker else "", statement.text.of(text))
        for statement in extracted(text).claims
        if isinstance(statement, Statement)
    ]


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (
            "“We will stay at our posts,” said Radu Ceban, the mayor of Gori. “Nobody has to be afraid.”",
            [
                ("direct", "Radu Ceban", "We will stay at our posts,"),
                ("direct", "Radu Ceban", "Nobody has to be afraid."),
            ],
        ),
        (
            "Mayor Radu Ceban told reporters on Monday that the road was open.",
            [("indirect", "Radu Ceban", "the road was open")],
        ),
        (
            "Radu Ceban, head of the Relief Council, warned that winter was near. He added that there was no coal.",
            [("indirect", "Radu Ceban", "winter was near"), ("indirect", "Radu Ceban", "there was no coal")],
        ),
        ("The road is open again, Mayor Radu Ceban said.", [("indirect", "Radu Ceban", "The road is open again")]),
        ("According to Mayor Radu Ceban, the road is open.", [("indirect", "Radu Ceban", "the road is open")]),
        (
            "Russia's defence ministry said on 20 May 2022 that its army had left.",
            [("indirect", "Russian Ministry of Defence", "its army had left")],
        ),
        (
            "Mayor Radu Ceban thanked the ministry and said that the road was open.",
            [("indirect", "Radu Ceban", "the road was open")],
        ),
        ("Mayor Radu Ceban did not say that the road was open.", []),
        ("A resident said that the road was open.", [("indirect", "a resident", "the road was open")]),
    ],
)
def test_speech_has_its_words_and_its_speaker(text: str, statements: list[tuple[str, str, str]]) -> None:
    found = said(text)
    assert [(kind, words) for kind, _, words in found] == [(kind, words) for kind, _, words in statements]
    for (_, speaker, _), (_, expected, _) in zip(found, statements, strict=True):
        assert speaker == expected or "ministry" in speaker.lower()


def test_a_quotation_takes_no_speaker_from_another_paragraph() -> None:
    assert said("Mayor Radu Ceban spoke first.\n\n“Nobody came to the square today.”") == []


@pytest.mark.parametrize(
    ("text", "member", "title", "of"),
    [
        ("Moldova’s Foreign Minister Radu Ceban left.", "Radu Ceban", "Foreign Minister", "Moldova"),
        (
            "Irina Lupu, spokeswoman for the OSCE Mission to Moldova, left.",
            "Irina Lupu",
            "spokeswoman",
            "OSCE Mission to Moldova",
        ),
        ("A spokesman for the Relief Council, Salim Barakat, left.", "Salim Barakat", "spokesman", "Relief Council"),
        ("Desert Atlas editor Tomás Iriarte left.", "Tomás Iriarte", "editor", "Desert Atlas"),
        ("Ana Vega (director, Lagos Sea Museum) left.", "Ana Vega", "director", "Lagos Sea Museum"),
        ("Prof. Sivakami Nadarajah of the Vanni Institute left.", "Sivakami Nadarajah", "Prof.", "Vanni Institute"),
    ],
)
def test_an_office_is_read_before_and_after_its_name(text: str, member: str, title: str, of: str) -> None:
    (role,) = [claim for claim in extracted(text).claims if isinstance(claim, RoleClaim)]
    assert (role.member.name, role.title, role.organization and role.organization.name) == (member, title, of)


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Radu Ceban, spokesman for the southern front, left.", ["southern front"]),
        ("Radu Ceban, head of the Padian district council, left.", ["Padian district council"]),
        ("Town council spokesman Radu Ceban left.", ["town council"]),
        ("The health ministry's spokesman, Radu Ceban, left.", ["health ministry"]),
        ("Lt. Radu Ceban of the provincial police left.", ["provincial police"]),
        ("Historian Radu Ceban, of the University of Padia, left.", ["University of Padia"]),
        ("Radu Ceban, commander of Operation Heron, left.", ["Operation Heron"]),
        ("Radu Ceban, governor of the Belgorod region, left.", ["Belgorod Oblast"]),
        ("Radu Ceban, a baker and now treasurer of the Lake Federation, left.", [None, "Lake Federation"]),
        ("Radu Ceban, acting head of the town council, left.", ["town council"]),
        ("Radu Ceban, reporter for The Padian Post, left.", ["The Padian Post"]),
        ("Radu Ceban, director of the Padian Medical Council's trauma unit, left.", ["Padian Medical Council"]),
        ("Radu Ceban, commander of the Armenian 4th Corps, left.", ["4th Corps"]),
        ("Radu Ceban, head of the Donetsk People's Republic, left.", ["Donetsk People's Republic"]),
        ("Radu Ceban, chairman of the board of the Lake Federation, left.", ["Lake Federation"]),
        ("Captain Radu Ceban, 2nd Rifles, left.", ["2nd Rifles"]),
        ("Captain Radu Ceban, Red Cross officials and the mayor left.", [None]),
        ("Radu Ceban was elected mayor of Shusha in May.", ["Shusha"]),
        ("Radu Ceban was not elected mayor of Shusha.", []),
        ("Radu Ceban, a member of the council, left.", [None]),
        ("Radu Ceban, a member of a local council, left.", [None]),
        ("Radu Ceban, head of the household, left.", [None]),
        ("Radu Ceban, a senior party official, left.", [None]),
        ("Radu Ceban, a baker, and Ana Vega, head of the town council, left.", [None, "town council"]),
        (
            "The Lake Council met. Radu Ceban, head of the council, and Ana Vega, clerk of the water council, left.",
            ["Lake Council", "water council"],
        ),
    ],
)
def test_an_office_is_of_a_body_that_has_no_name_but_what_it_is(text: str, of: list[str | None]) -> None:
    roles = [claim for claim in extracted(text).claims if isinstance(claim, RoleClaim)]
    assert [role.organization and role.organization.name for role in roles] == of


def test_lists_of_offices_are_matched_to_lists_of_names() -> None:
    text = "The presidents of Armenia, Georgia and Moldova, Ana Bel, Petr Cor and Ion Dur, met on Monday."
    roles = [claim for claim in extracted(text).claims if isinstance(claim, RoleClaim)]
    assert [(role.member.name, role.organization and role.organization.name) for role in roles] == [
        ("Ana Bel", "Armenia"),
        ("Petr Cor", "Georgia"),
        ("Ion Dur", "Moldova"),
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Lachin covers 1 835 km².", [("area", Decimal(1835), "exact", "Lachin")]),
        ("They hold nearly 40 percent of Iraq.", [("share", Decimal(40), "about", "Iraq")]),
        (
            "The ground grew from 8,000 to 26,000 square miles.",
            [("area", Decimal("20719.905"), "exact", None), ("area", Decimal("67339.691"), "exact", None)],
        ),
        ("It lies about 160 kilometres (100 miles) away.", [("distance", Decimal(160000), "about", None)]),
        (
            "Two of the four districts were empty.",
            [("count", Decimal(2), "part-of", None), ("count", Decimal(4), "exact", None)],
        ),
        ("The corridor was never wider than 10 km.", [("distance", Decimal(10000), "less-than", None)]),
        ("The park covers 23,894 hectares.", [("area", Decimal("238.94"), "exact", None)]),
    ],
)
def test_figures_have_value_unit_and_qualifier(text: str, figures: list[tuple[str, Decimal, str, str | None]]) -> None:
    found = [claim for claim in extracted(text).claims if isinstance(claim, FigureClaim)]
    assert [(f.kind, f.value, f.qualifier, f.of and f.of.name) for f in found] == figures


@pytest.mark.parametrize(
    ("text", "published", "date"),
    [
        ("Kherson was captured on 2 March.", None, "XXXX-03-02"),
        ("Kherson was captured on 2 March.", "2022-05-01", "2022-03-02"),
        ("Kherson was captured on 2 March.", "2022-02-01", "2021-03-02"),
        ("Kherson was captured on Monday.", "2022-03-02", "2022-02-28"),
        ("The war began in 2022. Kherson was captured on 2 March.", None, "2022-03-02"),
        ("Kherson was captured on 02/03/2022.", None, "2022"),
        ("Kherson was captured on 02/03/2022, Izium on 25/03/2022.", None, "2022-03-02"),
    ],
)
def test_a_date_gets_a_year_only_from_where_the_text_has_it(text: str, published: str | None, date: str) -> None:
    assert control(extracted(text, published=published))[0][2] == date


def test_a_resolution_is_linked_only_where_its_number_and_year_are_given() -> None:
    text = "The Security Council adopted resolution 822 (1993) on 30 April 1993; resolution 853 followed."
    extraction = extracted(text)
    cited = [mention.entity.key for mention in extraction.mentions if mention.kind == "document" and mention.entity]
    assert cited == ["document/S-RES-822-1993"]
    (adoption,) = [claim for claim in extraction.claims if isinstance(claim, EventClaim)]
    assert (adoption.family, adoption.date) == ("adoption", "1993-04-30")


def test_an_interview_is_an_event_with_both_its_sides_and_its_answers_are_direct_speech() -> None:
    text = (
        "Dr. Hiwot Tesfay spoke to Highland Review in an interview.\n\n"
        "Q. When did the front reach your town?\n\nA. In the winter, before the snow.\n"
    )
    extraction = extracted(text)
    (interview,) = [claim for claim in extraction.claims if isinstance(claim, EventClaim)]
    assert [actor.name for actor in interview.actors] == ["Hiwot Tesfay", "Highland Review"]
    assert said(text) == [("direct", "Hiwot Tesfay", "In the winter, before the snow.")]


def test_who_only_is_described_gives_no_interview() -> None:
    text = (
        "The talks will go on, said head of the regional office Nina Petrosian in an interview with Lowland Post.\n\n"
        "Local radio repeated the announcement every hour."
    )
    claims = [claim for claim in extracted(text).claims if isinstance(claim, EventClaim)]
    assert not [actor for claim in claims for actor in claim.actors if actor.kind == "described"]


@pytest.mark.parametrize("language", [None, "az", "en-GB"])
def test_a_text_in_another_language_is_said_to_be_one(language: str | None) -> None:
    text = (
        "Azərbaycan Ordusu 1993-cü ilin iyulunda Ağdam şəhərini tərk etdi və bu barədə bir çox məlumat var. "
        "Bu sənəd ingilis dilində deyil və onu oxumaq olmur."
    )
    (document,) = documents(Source("a", "a", text, language=language))
    assert document.language == "az"
    assert [note for note in extract(document, gazetteer.load()).notes if "English" in note]


def test_english_and_lists_of_names_are_not_said_to_be_in_another_language() -> None:
    for text in ("Shusha: May 8, 1992, territory 289 km2", "Kherson; Lachin; Aghdam; Fizuli; " * 9, ""):
        for document in documents(Source("a", "a", text)):
            assert document.language in ("en", "und")
            assert extract(document, gazetteer.load()).notes == ()


def test_an_area_tells_which_unit_it_was_converted_from() -> None:
    (miles,) = events("Rebels seized 300 square miles of Syria in June 2015.")
    assert (miles.area_converted_from, miles.area_km2, miles.area_qualifier) == ("mi2", Decimal("776.996"), "part-of")
    (km,) = events("The Occupation in Figures\n\nShusha: May 8, 1992, territory 289 km2")
    assert (km.area_converted_from, km.area_km2, km.area_qualifier) == ("", Decimal(289), "exact")


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("They came to Lachin. Less than 5 percent of the roads were safe.", "roads"),
        ("They met in Nairobi. The buffer zone takes up 346 square kilometres.", "buffer zone"),
        ("They met in Nairobi. There are maps that show as much as 18,500 km².", ""),
        ("Lachin is a district. It covers 1,835 square kilometres.", "Lachin"),
        ("Goma, capital of North Kivu (59,483 km2), was quiet.", "North Kivu"),
        ("Rebels hold 35,000 square kilometres of North and South Kivu.", "North and South Kivu"),
        ("Lachin covers 1,835 square kilometres.", "Lachin"),
    ],
)
def test_a_figure_is_of_what_its_clause_says_or_of_nothing(text: str, subject: str) -> None:
    (figure,) = [claim for claim in extracted(text).claims if isinstance(claim, FigureClaim)]
    assert (figure.of.name if figure.of else figure.of_text) == subject


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("“No,” said Ana Dima, who chairs the Padian Traders Association.", ("chair", "Padian Traders Association")),
        ("Ana Dima, director of the City Rebuilding Office, disagreed.", ("director", "City Rebuilding Office")),
    ],
)
def test_an_office_is_told_by_a_noun_or_a_verb(text: str, role: tuple[str, str]) -> None:
    (claim,) = [claim for claim in extracted(text).claims if isinstance(claim, RoleClaim)]
    assert (claim.title, claim.organization and claim.organization.name) == role


@pytest.mark.parametrize(
    "text",
    [
        "Elmar Mammadyarov said: “We need to redouble efforts to solve the conflict.”",
        "The minister, Elmar Mammadyarov, noted: “We need to redouble efforts to solve the conflict”.",
        "“We need to redouble efforts to solve the conflict,” Elmar Mammadyarov said.",
    ],
)
def test_a_quotation_is_one_statement(text: str) -> None:
    (said,) = [claim for claim in extracted(text).claims if isinstance(claim, Statement)]
    assert (said.kind, said.speaker and said.speaker.name) == ("direct", "Elmar Mammadyarov")
    assert said.text.of(text).startswith("We need to redouble efforts to solve the conflict")


@pytest.mark.parametrize(
    ("text", "speaker", "said"),
    [
        ("Ukraine's military said on Monday the village was free.", "Ukrainian armed forces", "the village was free"),
        ("Russia's defence ministry said that the road was open.", "Russian Defence Ministry", "the road was open"),
        (
            "“The village has been freed,” Deputy Defence Minister Ana Dima was quoted as saying by the military.",
            "Ana Dima",
            "The village has been freed,",
        ),
        ("The town is calm, according to Ana Dima, a spokeswoman for the clinic.", "Ana Dima", "The town is calm"),
        ("The group, led by Ana Dima, is small. Dima said the road was open.", "Ana Dima", "the road was open"),
        ("The mission's chief, Volker Türk, said the road was open.", "Volker Türk", "the road was open"),
        ("Ana Dima, a Russian-installed official in Kherson, said the road was open.", "Ana Dima", "the road was open"),
    ],
)
def test_the_speaker_is_found_where_news_name_one(text: str, speaker: str, said: str) -> None:
    (one,) = [claim for claim in extracted(text).claims if isinstance(claim, Statement)]
    assert (one.speaker and one.speaker.name, one.text.of(text)) == (speaker, said)


def test_an_old_name_of_a_place_far_away_is_not_taken_for_it() -> None:
    near = extracted("Nigeria withdrew from Abana on 14 August 2008.")
    assert [c.place and c.place.key for c in near.claims if isinstance(c, EventClaim)] == [None]


def test_a_place_nobody_checked_keeps_the_spelling_of_the_document() -> None:
    (taken,) = events("Sudan's army captured Wad Madani on 11 January 2025.")
    assert (taken.place and taken.place.name, taken.place_text) == ("Wad Medani", "Wad Madani")
    (known,) = events("Azerbaijan's army captured Shushi on 8 November 2020.")
    assert known.place_text == ""


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("The Ukrainian Armed Forces of the South said the road was open.", "Ukrainian armed forces"),
        ("The Central Hospital of Huambo said the road was open.", "Central Hospital of Huambo"),
        ("The City Rebuilding Office said the road was open.", "City Rebuilding Office"),
    ],
)
def test_a_body_is_known_by_the_head_of_its_name(text: str, body: str) -> None:
    named = [
        mention.entity.name for mention in extracted(text).mentions if mention.kind == "organization" and mention.entity
    ]
    assert named == [body]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A message claimed that Talitay fell on 3 May 2008. It had not: the mayor answered.", 0),
        ("A message claimed that Talitay fell on 3 May 2008. It had not fallen.", 0),
        ("Two battalions occupied Massawa on 24 February 2002. It wasn't pretty.", 1),
        ("A ceasefire proclaimed by the governor on 17 October 2008 was observed by no one.", 0),
        ("A ceasefire proclaimed by the governor on 17 October 2008 was observed by both sides.", 1),
        ("Massawa was taken by nobody on 3 May 2002.", 0),
        ("The anniversary was kept in Mogadishu, from which al-Shabaab withdrew in August 2011.", 1),
    ],
)
def test_what_is_taken_back_or_done_by_nobody_is_no_event(text: str, count: int) -> None:
    assert len(events(text)) == count


def test_a_pronoun_stands_for_no_place_of_long_ago() -> None:
    opening = "She met our editor in Tbilisi and talked for long. "
    filler = "The lamps went out, the soup grew cold, and nobody at the long table by the stove had anything to add. "
    near, far = (f"{opening}{filler * times}It was entered on 24 May 1996." for times in (0, 3))
    assert [one.place.name for one in events(near) if one.place] == ["Tbilisi"]
    assert [one for one in events(far) if one.place] == []


def test_our_editor_asks_and_is_not_who_answers() -> None:
    questions = ["How often did it change hands?", "And in summer?", "Was Bamut taken?", "How far did you walk?"]
    turns = "\n\n".join(f"{question}\n\nI counted, and we left with my mother." for question in questions)
    text = f"Zura Edilova taught through two wars. She met our editor, Henrik Boe, on Friday and talked.\n\n{turns}\n"
    (document,) = documents(Source("a.txt", "a", text))
    said = [one for one in extract(document, gazetteer.load()).claims if isinstance(one, Statement)]
    assert len(said) == 4
    assert {one.speaker.name for one in said if one.speaker} == {"Zura Edilova"}
