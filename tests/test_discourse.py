"""Where the place or the day of an event is told elsewhere in the text: which it is, and where nobody can tell."""

import pytest

from kg import gazetteer
from kg.extract import extract
from kg.model import EventClaim, Source
from kg.read.split import documents


def control(text: str) -> list[tuple[str, str, str | None]]:
    """Word, place as written, and date of the changes of control, in order."""
    (document,) = documents(Source("a", "a", text, "text/plain"))
    claims = extract(document, gazetteer.load()).claims
    return [
        (claim.word or "", claim.place_text or (claim.place.name if claim.place else ""), claim.date)
        for claim in claims
        if isinstance(claim, EventClaim) and claim.family == "control"
    ]


def places(text: str) -> list[str]:
    return [place for _, place, _ in control(text)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "People count their days from 2 August 1999, when rebels seized Ansalta, or from the 18th, the day on "
            "which the army recaptured it.",
            [("capture", "Ansalta", "1999-08-02"), ("recapture", "Ansalta", "1999-08-18")],
        ),
        ("In 1999, when rebels seized Ansalta on 2 August 1999, it rained.", [("capture", "Ansalta", "1999-08-02")]),
        (
            "The drum was carried off from Foumban in 1915, when the British captured the town.",
            [("capture", "Foumban", "1915")],
        ),
        ("Edea was quiet. The drum was stolen from Foumban in 1915, when the British captured the town.", []),
        ("The Russians occupied Kars for a while in 1900.", [("occupation", "Kars", "1900")]),
        ("After a while, on 3 May 1900, the Russians left Kars.", [("withdrawal", "Kars", "1900-05-03")]),
        ("The Russians captured Kars on 3 May 1900 while it snowed.", [("capture", "Kars", "1900-05-03")]),
    ],
)
def test_a_clause_has_the_date_that_it_explains_or_that_stands_in_it(
    text: str, told: list[tuple[str, str, str | None]]
) -> None:
    assert control(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "War diary, 1943\n\n12 June: Captured Gilwick without loss.\n13 June: Perrin likewise.",
            [("capture", "Gilwick", "1943-06-12"), ("capture", "Perrin", "1943-06-13")],
        ),
        ("- 3 May 1943: Snow\n- 4 May 1943: Retook Perrin\n", [("recapture", "Perrin", "1943-05-04")]),
        ("Occupied Gilwick was quiet on 3 May 1943.", []),
        ("War diary, 1943\n\n12 June: Left Bank quiet.", []),
    ],
)
def test_a_row_may_begin_with_the_verb_of_an_unnamed_force(text: str, told: list[tuple[str, str, str | None]]) -> None:
    assert control(text) == told


@pytest.mark.parametrize(
    "before",
    [
        "Ostrel lies where the two roads meet.",
        "Ostrel stands on a spur above the Tarn.",
        "Ostrel is a market town.",
        "Ostrel, a market town, had been quiet.",
        "Ostrel has 900 inhabitants.",
    ],
)
def test_a_name_that_the_text_says_to_be_a_place_is_one(before: str) -> None:
    assert control(f"{before} Troops captured the town on 12 August 1944.") == [("capture", "Ostrel", "1944-08-12")]


@pytest.mark.parametrize("before", ["Dudin lay in hospital.", "The old man stood at the gate with Anna Dudina."])
def test_a_person_who_lies_or_stands_somewhere_is_no_place(before: str) -> None:
    assert places(f"{before} Troops captured the town on 12 August 1944.") == []


@pytest.mark.parametrize("before", ["Hassan waited for two years.", "Petrov had stopped the fleet.", "Omdal wept."])
@pytest.mark.parametrize("after", ["The army took it on 3 May 1992.", "The fortress fell on 3 May 1992."])
def test_an_unknown_name_that_does_what_people_do_is_no_place(before: str, after: str) -> None:
    assert places(f"{before} {after}") == []


@pytest.mark.parametrize("before", ["Omdal had stopped the fleet.", "Omdal lived on fish.", "Omdal was hungry."])
def test_what_is_said_of_towns_too_makes_no_person_of_a_name(before: str) -> None:
    assert places(f"{before} The fortress fell on 3 May 1992.") == ["Omdal"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fort Dorn commands the narrows. The British captured it on 3 May 1759.", ["Fort Dorn"]),
        ("Hill 112 is not high. The division captured the hill on 3 May 1944.", ["Hill 112"]),
        ("Fort Dorn was quiet in Besk. Troops captured the town on 3 May 1944.", ["Besk"]),
        ("The base at Kamina was the largest. Troops captured the base on 3 May 1960.", ["Kamina"]),
        ("Pleven held out for months in winter. The fortress surrendered on 3 May 1877.", ["Pleven"]),
        ("The Tessaro Islands had been leased. Troops captured the islands on 3 May 1897.", ["Tessaro Islands"]),
        ("The brigade captured the railway station on 3 May 1919.", ["railway station"]),
        ("The brigade captured the station on 3 May 1919.", []),
        ("The workers occupied the railway station on 3 May 1936.", []),
        ("Orlow was born in Leeds. Troops captured the village on 3 May 1944.", []),
        ("The brigade captured the police office on 3 May 1919.", []),
        (
            "The headquarters of the Northern Command was stormed on 3 May 2024.",
            ["headquarters of the Northern Command"],
        ),
    ],
)
def test_a_site_is_what_was_called_so_or_what_its_words_tell(text: str, expected: list[str]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nekemte and Gimbi lie an hour apart; both fell on 2 April 1991.", ["Nekemte", "Gimbi"]),
        ("Ard and Besk stand on the Tarn. The two villages were captured on 3 May 1999.", ["Ard", "Besk"]),
        ("Ard and Besk stand on the Tarn. The three villages were captured on 3 May 1999.", []),
        ("The two men quarrelled in Paris. Both fell on 3 May 1916.", []),
        ("The rebels attacked Goma and Bukavu. The army retook the town on 3 May 2013.", []),
        (
            "The rebels attacked Goma and Bukavu, and captured Goma. The army retook the town on 3 May 2013.",
            ["Goma"] * 2,
        ),
    ],
)
def test_places_named_together_are_both_and_neither_is_the_town(text: str, expected: list[str]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Capital: Vendmouth. The Duke was in Copenhagen.", ["Vendmouth"]),
        ("Rosel is the capital of the province. The Duke was in Lower Ard.", ["Rosel"]),
        ("The Duke lived in Rosel, a town.", []),
    ],
)
def test_the_capital_is_what_the_text_calls_one(before: str, expected: list[str]) -> None:
    assert places(f"{before} Troops captured the capital on 9 November 1918.") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Upper Ard and Lower Ard are an hour apart. On 3 May 1994 troops captured the lower village.", ["Lower Ard"]),
        ("In Lower Ard all was quiet. On 3 May 1994 troops captured the upper town.", []),
        ("In Moscow, officials denied it. The town was captured on 3 May 1999.", []),
        ("Goma is a town. The Donetsk insurgents came. On 3 May 1999 they captured the town.", ["Goma"]),
        ("She was a nurse at the Dili hospital when, on 7 December 1975, paratroops took the town.", ["Dili"]),
        ("Goma was captured on 9 May 1994; Beni never was. It was captured on 3 June 2001.", ["Goma", "Beni"]),
        ("Goma is a town. The peninsula was lost. On 3 May 1999 rebels captured it.", []),
    ],
)
def test_what_is_spoken_of_is_told_by_role_and_not_by_what_stands_nearest(text: str, expected: list[str]) -> None:
    assert places(text) == expected


def test_the_town_of_a_dateline_is_the_town_and_a_capital_is_not() -> None:
    said = "Rebels captured the town on Aug. 3, 2024, a spokesman said on Sunday."
    assert places(f"LASHIO, Myanmar, Aug. 5, 2024 - {said}") == ["Lashio"]
    assert places(f"NAIROBI, Kenya, Aug. 5, 2024 - {said}") == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (
            "On the morning of 2 August 1998 the people of Naro woke. By noon rebels had captured the town.",
            "1998-08-02",
        ),
        ("The people woke. By noon rebels had captured Naro.", None),
        ("Coalition forces had held Naro since 20 November 2016. They left it on 11 June.", "XXXX-06-11"),
        ("Naro fell on 14 May 2023. Rebels had held it since 21 May 2014. On 31 October they left.", "2023-10-31"),
    ],
)
def test_a_day_is_of_what_was_told_and_not_of_what_has_been_so_since(text: str, date: str | None) -> None:
    assert control(text)[-1][2:] == (date,)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The war ended in 1960. Naro had been lost six years before, on 22 July 1954.", "1954-07-22"),
        (
            "In December 2016, the army scored the biggest of its victories when it recaptured the old city of Naro.",
            "2016-12",
        ),
        ("On 3 May 2001, three weeks after the day of the ultimatum, 12 April, the army gave up Naro.", "2001-05-03"),
        ("The army gave up Naro without a shot on 3 May 2001.", "2001-05-03"),
        ("Beni fell on 3 May 2001, and Naro was taken three weeks later, in rain.", "2001-05-24"),
        (
            "Beni was freed on 8 December 1971, and on the 16th, when Dili surrendered, he was on the wrong bank.",
            "1971-12-16",
        ),
    ],
)
def test_of_two_ways_to_say_when_the_one_that_says_the_day_holds(text: str, date: str) -> None:
    assert date in [told for _, place, told in control(text) if place in ("Naro", "Dili")]


def test_back_in_a_year_is_no_return() -> None:
    assert control("Goma\n\nBack in 2003, the minister engineered an agreement.") == []
    assert control("Goma\n\nBack in our hands on 3 May 2003.") == [("recapture", "Goma", "2003-05-03")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Beni is a town.\n\nThe papers are silent on Naro. Troops entered the town on 3 May 1999.", ["Naro"]),
        ("Beni is a town.\n\nThe papers are silent on Naro and Tuk. Troops entered the town on 3 May 1999.", []),
        ("Beni is a town.\n\nHe came from Naro. Troops entered the town on 3 May 1999.", []),
        ("Beni is a town.\n\nHe crossed the Naro. Troops entered the town on 3 May 1999.", ["Beni"]),
        ("Beni is a town.\n\nThe papers speak of the “Austrian Nice”. On 3 May 1999 troops captured it.", ["Beni"]),
        ("Beni is a town, Naro a village in the hills. Troops entered the town on 3 May 1999.", ["Beni"]),
        ("The mutineers had Naro. Gunmen loyal to Tuk drove them from it on 6 May 1957.", ["Naro"]),
    ],
)
def test_what_a_paragraph_names_is_nearer_than_what_was_spoken_of_before(text: str, expected: list[str]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The villages of Arzel, Besson and Corvin are ours: all were recaptured on 11 April 1948.",
            "Arzel Besson Corvin",
        ),
        ("Ten men from Goma, Beni and Butembo came. All were captured on 3 May 2001.", ""),
        ("Goma is a town. The defenders of the old quarry of Tuk withdrew on 9 May 2023.", "old quarry of Tuk"),
        ("Goma is a town. The defenders withdrew on 9 May 2023.", "Goma"),
        ("Up at Gunnersby the toll-house was captured on 21 May 1904.", "Gunnersby"),
        ("Gunnersby stands where the Tolt leaves the hills. The little borough fell on 21 May 1904.", "Gunnersby"),
        ("Gorizia (Slovene: Gorica; German: Görz) is old. The town was abandoned on 28 October 1917.", "Gorizia"),
        ("In Manila a general spoke of Marawi. Soldiers recaptured the city on 17 October 2017.", "Marawi"),
        ("They passed Baidoa, moved on Mogadishu and seized the capital on 28 December 2006.", "Mogadishu"),
        ("Gorizia (near Gorica) is old. Gorica was abandoned on 28 October 1917.", "Gorica"),
        ("Rebels hold Taiz and Mocha in Yemen, it was said in Amman. The capital was seized on 21 May 2014.", ""),
        ("Rebels hold Taiz and Mocha in Yemen, and Sanaa. The capital was seized on 21 May 2014.", "Sanaa"),
    ],
)
def test_what_a_word_stands_for_is_told_by_what_the_words_beside_it_say(text: str, expected: str) -> None:
    assert " ".join(places(text)) == expected


def test_a_date_between_the_members_of_a_list_leads_those_after_it() -> None:
    text = "Troops took Knin on 5 August 1995 and, on the following day, Petrinja and Glina."
    assert [(place, date[-2:]) for _, place, date in control(text) if date] == [
        ("Knin", "05"),
        ("Petrinja", "06"),
        ("Glina", "06"),
    ]
    both = "Troops took Knin and Petrinja on 6 August 1995."
    assert {date for _, _, date in control(both)} == {"1995-08-06"}


def test_of_one_each_and_fewer_places_nobody_can_tell_the_day() -> None:
    assert control("The camp at Kidal, left by the army on 23 and 31 October 2023 respectively, is quiet.") == [
        ("withdrawal", "Kidal", None)
    ]


@pytest.mark.parametrize(
    "aside",
    ["encircled", "by then encircled", "encircled by then", "by then a ruin", "30 km to the east", "long surrounded"],
)
@pytest.mark.parametrize("joint", [" and", ", and"])
def test_an_aside_after_a_subject_ends_at_its_comma(aside: str, joint: str) -> None:
    text = f"Izium was retaken on 11 May 2022{joint} Lyman, {aside}, was abandoned by its garrison on 30 May 2022."
    assert control(text) == [("recapture", "Izium", "2022-05-11"), ("withdrawal", "Lyman", "2022-05-30")]


def test_what_goes_on_is_of_the_last_main_predicate_not_of_the_place_in_a_clause_beside_it() -> None:
    last = "Izium was retaken on 11 May 2022, and Lyman was left by its garrison on 12 May 2022."
    beside = "Lyman was left by its garrison on 12 May 2022, a day after Izium had fallen."
    goes_on = " Ukrainian infantry walked in on 1 June 2022."
    assert control(last + goes_on)[-1] == control(beside + goes_on)[-1] == ("capture", "Lyman", "2022-06-01")


OWN_PAGE = """{title}

{name} has a station, three mills and a school of music. It lies on the river Tarn and is proud of its bread.

The winter was long, the river froze, and nobody could remember when bread had last been so dear; the mills stood still
for three months and the school was closed until the end of April, when at last the ice broke and trains came back.

{told}
"""
TOLD = "Occupied anew on 4 May 1862 by rebels, it was retaken on 9 May 1862. The guards withdrew on 10 May 1862."


def test_a_page_about_a_town_goes_on_about_it_where_no_other_place_is_named() -> None:
    about = {"title": "Orvin: the town the railway made", "name": "Orvin"}
    assert places(OWN_PAGE.format(**about, told=TOLD)) == ["Orvin"] * 3
    assert places(OWN_PAGE.format(**about, told="Tolm was quiet. " + TOLD)) == ["Tolm"] * 3
    assert places(OWN_PAGE.format(**about, told="The rebels withdrew from the talks on 4 May 1862.")) == []
    assert places(OWN_PAGE.format(title="Bread of the North", name="The district", told=TOLD)) == []
    assert places(OWN_PAGE.format(title="Orvin, Tolm and Besk: three towns", name="Orvin", told=TOLD)) == []


def test_the_city_of_who_entered_a_namesake_province_is_its_town_not_one_of_before() -> None:
    text = "Rebels captured Dong Ha on 28 April 1972. They entered Quang Tri and seized the city on 1 May 1972."
    assert [place for place in places(text) if place != "Quảng Trị"] == ["Ðông Hà"]


def test_until_when_something_lasts_is_no_second_day_of_a_list() -> None:
    lasting = "Vietnam left Battambang and Siem Reap, which it had occupied from 1979 until the autumn of 1989."
    assert {date for _, _, date in control(lasting) if date} == {"1979"}
    each = control("Vietnam captured Battambang and Siem Reap on 3 and 5 May 1979.")
    assert [date for _, _, date in each] == ["1979-05-03", "1979-05-05"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iraq was in debt. On 2 August 1990 its guards drove into Kuwait and occupied the {}.", "Kuwait"),
        ("On 2 August 1990 guards landed in Norway and occupied the {}.", "Norway"),
        ("On 2 August 1990 Germany attacked from Norway and occupied the {}.", ""),
    ],
)
@pytest.mark.parametrize("word", ["country", "kingdom"])
def test_the_country_is_one_that_somebody_came_to_never_the_one_that_acts(text: str, expected: str, word: str) -> None:
    assert " ".join(places(text.format(word))) == expected


def test_a_list_goes_on_past_groups_of_places_and_what_they_lie_in() -> None:
    groups = "Ard and Besk settlements of Izium, Corl settlement of Balakliia were recaptured on 9 September 2022."
    assert places(groups) == ["Ard", "Besk", "Corl"]
    within = "The army liberated these villages on 9 May 2020: Ard and Besk in Lachin district, Corl in Agdam district."
    assert places(within) == ["Ard", "Besk", "Corl"]
    assert places("The army liberated Besk in Lachin district, Agdam said on 9 May 2020.") == ["Besk"]


def test_a_bracket_that_is_of_all_dates_each_of_a_list() -> None:
    assert {date for *_, date in control("Adwa, Axum and Adigrat (all in May 2020) were captured.")} == {"2020-05"}
    own = control("Adwa (3 May 2020), Axum and Adigrat (4 May 2020) were captured.")
    assert [date for *_, date in own] == ["2020-05-03", "2020-05-04", "2020-05-04"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("After a raid on its post at Konna on 2 May 2013, the army took Gao.", [("capture", "Gao", None)]),
        (
            "After a raid on Konna on 2 May 2013, the army went over to the attack and liberated Gao.",
            [("liberation", "Gao", None)],
        ),
        ("After the raid, on 2 May 2013, the army took Gao.", [("capture", "Gao", "2013-05-02")]),
        ("Serbia gained control of Bitola in the war of 1912.", [("capture", "Bitola", "1912")]),
        ("Serbia gained control of Bitola in the book of 1912.", [("capture", "Bitola", None)]),
        (
            "Among the liberated villages are Ard (in Bama) and Besk.",
            [("liberation", n, None) for n in ("Ard", "Besk")],
        ),
        ("Among the quiet villages are Ard (in Bama) and Besk.", []),
        (
            "Stanley was quiet. Marines landed at Grytviken and seized the settlement on 3 April 1982.",
            [("capture", "Grytviken", "1982-04-03")],
        ),
    ],
)
def test_the_day_of_a_raid_before_is_not_that_of_what_came_after_and_a_war_has_its_year(
    text: str, told: list[tuple[str, str, str | None]]
) -> None:
    assert control(text) == told


def test_where_a_paragraph_was_written_is_not_what_the_next_one_is_about() -> None:
    text = (
        "Lachin is a district.\n\nA beekeeper talks with our editor. {}\n\n"
        "It was 17 May 1992; the town fell the next day."
    )
    assert places(text.format("Baku, 3 June 2023")) == ["Lachin"]
    assert places(text.format("She liked Goma in June 2023.")) == ["Goma"]


def test_the_town_is_not_where_something_was_before_it() -> None:
    text = "Italians took Gorizia in 1916. On 28 October 1917, {} Austrian troops recaptured the town."
    assert places(text.format("four days after the front had broken at Caporetto,")) == ["Gorizia"] * 2
    assert places("Gorizia was quiet. On 28 October 1917 troops came to Caporetto and seized the town.") == [
        "Caporetto"
    ]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("17 June 2021\n\nRebels had held Kirta since December 2018.", "2021-06-14"),
        ("1 May 2025\n\nRebels had held Kirta since July 1995.", "XXXX-06-14"),
        ("In the spring of 1999 rebels took posts that the army left empty in winter.", "1999-06-14"),
        ("In the winter of 1999 rebels took posts.", "XXXX-06-14"),
    ],
)
def test_a_day_follows_the_spring_told_before_and_what_has_held_since_is_the_background_of_news(
    before: str, expected: str
) -> None:
    text = f"Where the road looks up\n\n{before}\n\nKirta was recaptured on 14 June."
    assert control(text)[-1] == ("recapture", "Kirta", expected)
