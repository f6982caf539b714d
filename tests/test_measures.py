"""What a figure is of, and what became of people and homes: each way with the neighbour that it must not take."""

import pytest
from effort import grows_in_proportion

from kg import gazetteer
from kg.extract import extract
from kg.model import FigureClaim, Source
from kg.read.split import documents
from kg.text.numbers import decimal_mark

NAMES = gazetteer.load()


def figures(text: str) -> list[FigureClaim]:
    return [
        claim
        for document in documents(Source("page.txt", "page", text))
        for claim in extract(document, NAMES).claims
        if isinstance(claim, FigureClaim)
    ]


def subjects(text: str, *kinds: str) -> list[str]:
    wanted = kinds or ("area", "share", "distance", "count")
    return [one.of.name if one.of else one.of_text for one in figures(text) if one.kind in wanted]


def people(text: str) -> list[tuple[str, int, str]]:
    measured = ("area", "share", "distance", "count")
    return [(one.kind, int(one.value), one.noun) for one in figures(text) if one.kind not in measured]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The plot was hatched in Italy. In April 1939 troops held 90% of the island.", "the island"),
        ("The plot was hatched in Italy. In April 1939 troops held 90% of the country.", "Italy"),
        ("The king of Cyprus fled. In April 1939 troops held 90% of the island.", "Cyprus"),
    ],
)
def test_an_island_is_no_country_that_is_none(text: str, subject: str) -> None:
    assert [said.removeprefix("the ") for said in subjects(text, "share")] == [subject.removeprefix("the ")]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Agdam, 25 km west of Barda, fell on 3 May 1993.", "Aghdam"),
        ("Agdam lies some 25 km west of Barda.", "Aghdam"),
        ("Agdam, which lies 25 km from Barda, is empty.", "Aghdam"),
        ("25 km from Barda lies Agdam.", "Aghdam"),
        ("Agdam, hardly 4 km from the border, was shelled.", "Aghdam"),
        ("Agdam, a garrison town about 25 km north of Barda, is empty.", "Aghdam"),
        ("They drew a buffer zone 75 km long.", "buffer zone"),
        ("The 75-km-long zone is empty.", "zone"),
        ("A zone of 75 km was drawn.", "zone"),
        ("They hold 75 km of border.", "border"),
        ("The border, 311 km long, is closed.", "border"),
        ("The line runs for 40 km.", "line"),
        ("The wall that crosses the plain is some 2,700 kilometres long.", "wall"),
        ("They crossed the Murov pass, a good 2,200 m up.", "Murov pass"),
        ("The 150-kilometre-long Lachin corridor is closed.", "Lachin corridor"),
    ],
)
def test_a_distance_is_of_what_stands_there_and_never_of_the_place_that_it_is_counted_from(
    text: str, subject: str
) -> None:
    assert subjects(text, "distance") == [subject]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SHUSHA, town and district in the south of Azerbaijan, 120 km by road from Barda.", ["Shusha"]),
        ("Shusha lies on the left bank of the Kura, 35 km west of Barda.", ["Shusha"]),
        ("Shusha was seen from the bank of the Kura, 35 km west of Barda.", ["Kura"]),
        ("Shusha fell to the rebels in May, the radio confirms; 50 km from Barda by road.", ["Shusha"]),
        ("Shusha fell to the rebels in May; 50 km from Barda they stopped.", []),
        ("With 2,040 sq km, Shusha is the largest district of all.", ["Shusha"]),
        ("Shusha, with 74,000 inhabitants and an area of 3,180 km2, was split.", ["Shusha"]),
        ("The zone varies in width from 3.3 m to 7.4 km.", ["zone", "zone"]),
        ("A park of 54 sq km surrounds the lake.", ["park"]),
        ("An island of 140 sq km 25 km off the coast was a prison.", ["island"]),
        ("The fields around Beneveh cover 7,400 hectares.", ["fields"]),
    ],
)
def test_a_measure_is_of_what_a_text_without_a_verb_or_with_one_later_is_about(text: str, said: list[str]) -> None:
    assert [subject for subject in subjects(text, "area", "distance") if subject] == said


def test_it_is_the_place_that_something_happened_to_in_the_same_paragraph() -> None:
    assert subjects("The army captured Shusha on 8 May 1992. It stands 30 km west of Barda.", "distance") == ["Shusha"]
    assert subjects("The army captured Shusha on 8 May 1992.\n\nIt stands 30 km west of Barda.", "distance") == [""]


def test_each_of_two_distances_has_its_own_subject() -> None:
    text = "Agdam is a day's march (32 km) from the railway, Barda another 9 km on."
    assert subjects(text, "distance") == ["Aghdam", "Barda"]


def test_both_measures_of_one_thing_are_of_it() -> None:
    assert subjects("They drew a buffer zone 75 km long and at most 10 km wide.") == ["buffer zone", "buffer zone"]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Shusha, Azerbaijan, covers 289 square kilometers.", "Shusha"),
        ("Lachin, which covers 1,835 square kilometres, was captured.", "Lachin"),
        ("Cyprus, with an area of 9,251 square kilometres, was divided in 1974.", "Cyprus"),
        ("Kalbajar, with 3,054 square kilometers, is the largest.", "Kalbajar"),
        ("The territory of Lachin is 1,835 square kilometres.", "Lachin"),
        ("Lachin (1,835 sq km) was empty.", "Lachin"),
        ("In 1973 Israel captured a further strip of about 470 square kilometers.", "strip"),
        ("The base takes up 346 square kilometres, about 3 per cent of Cyprus.", "base"),
        ("How big is the park? – Four hundred square kilometres, more or less.", "park"),
        ("The fighters were squeezed into a strip of less than 10 sq km.", "strip"),
    ],
)
def test_an_area_is_of_what_has_it(text: str, subject: str) -> None:
    assert subjects(text, "area") == [subject]


@pytest.mark.parametrize(
    "text",
    [
        "Armenia controlled 14,000 square kilometres of land outside its borders.",
        "Ethiopia patrolled 4,600 square kilometres beyond its own border.",
        "Georgia lost 12,560 square kilometres in the two wars.",
        "Serbia gave up 10,887 square kilometres, it is said.",
        "By evening some 1,200 square kilometres had been lost.",
    ],
)
def test_what_a_side_holds_or_loses_is_no_area_of_it(text: str) -> None:
    assert subjects(text, "area") == [""]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Turkish troops hold 36 percent of the territory of Cyprus.", "Cyprus"),
        ("Azerbaijan says that Armenia's occupation of 20 percent of its land went on.", "Azerbaijan"),
        ("They say that 90 percent of Palma's residents have returned.", "Palma"),
        ("The rebels held almost 15,000 sq km, or some 23% of Cyprus.", "Cyprus"),
        ("They burnt 27 percent of the farmland.", "farmland"),
        ("Some 8 percent of the arable land is closed.", "arable land"),
        ("The rebels kept about 40 percent of Rutshuru territory.", "Rutshuru"),
    ],
)
def test_a_share_is_of_the_whole_and_not_of_who_holds_it(text: str, subject: str) -> None:
    assert subjects(text, "share") == [subject]


def test_an_area_that_a_share_restates_is_of_the_same_whole() -> None:
    assert subjects("The rebels held almost 15,000 sq km, or some 23% of Cyprus.") == ["Cyprus", "Cyprus"]


def test_a_count_in_several_places_is_of_all_of_them_and_not_of_the_first() -> None:
    text = "The teams surveyed 30 villages in the districts of Marjayoun and Bint Jbeil."
    assert subjects(text, "count") == ["Marjayoun and Bint Jbeil"]
    assert subjects("The teams surveyed 30 villages in Lachin.", "count") == ["Lachin"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The shelling killed 31 civilians and wounded 58 others.",
            [("killed", 31, "civilian"), ("wounded", 58, "person")],
        ),
        (
            "The ministry put its losses at 212 soldiers killed, 540 wounded and 17 missing.",
            [("killed", 212, "soldier"), ("wounded", 540, "person"), ("missing", 17, "person")],
        ),
        ("Eleven fighters and two civilians died there.", [("killed", 11, "fighter"), ("killed", 2, "civilian")]),
        ("A rocket left 57 people dead and 109 hurt.", [("killed", 57, "person"), ("wounded", 109, "person")]),
        (
            "More than 45,000 people fled. By June 12,300 of them had returned.",
            [("displaced", 45000, "person"), ("returned", 12300, "person")],
        ),
        ("Some 62,000 villagers had to leave their homes.", [("displaced", 62000, "villager")]),
        ("About half a million people have been displaced.", [("displaced", 500000, "person")]),
        ("Nearly a quarter of a million people were uprooted.", [("displaced", 250000, "person")]),
        ("Nine policemen were taken hostage.", [("captured", 9, "policeman")]),
        ("They captured 1,084 soldiers.", [("captured", 1084, "soldier")]),
        (
            "The shelling destroyed 870 houses and three schools.",
            [("destroyed", 870, "house"), ("destroyed", 3, "school")],
        ),
        (
            "Shells levelled 215 homes, two clinics and a mosque.",
            [("destroyed", 215, "home"), ("destroyed", 2, "clinic")],
        ),
        ("Fizuli district had a population of 89,000.", [("population", 89000, "person")]),
        ("About 44,600 people lived in Vukovar.", [("population", 44600, "person")]),
        ("Seven miners died and 3 are missing.", [("killed", 7, "miner"), ("missing", 3, "person")]),
        (
            "Dead: 14; wounded: 31; missing: 2.",
            [("killed", 14, "person"), ("wounded", 31, "person"), ("missing", 2, "person")],
        ),
        ("Some 600 people were driven from their homes.", [("displaced", 600, "person")]),
        ("Some 600 villagers were forced to flee.", [("displaced", 600, "villager")]),
        ("Four soldiers died of their wounds.", [("killed", 4, "soldier")]),
        ("The population of Goma was 192,000.", [("population", 192000, "person")]),
        (
            "The raid left 56 villagers dead and 130 others hurt.",
            [("killed", 56, "villager"), ("wounded", 130, "person")],
        ),
        ("The siege cost the lives of 9 men and 4 nurses.", [("killed", 9, "person"), ("killed", 4, "nurse")]),
        ("It has displaced around a quarter of a million people.", [("displaced", 250000, "person")]),
        ("More than three quarters of a million people fled.", [("displaced", 750000, "person")]),
        ("The death toll rose to 212.", [("killed", 212, "person")]),
        ("Some 300 families were made homeless.", [("displaced", 300, "family")]),
        ("The mine killed 9 shepherds and hurt 14 more.", [("killed", 9, "shepherd"), ("wounded", 14, "person")]),
        ("It drove out 300 people. Today 52 are home again.", [("returned", 52, "person")]),
        ("Some 14 fighters fell at Kut.", [("killed", 14, "fighter")]),
        ("Losses: dead 388, wounded 12, fate unknown 29.", [("killed", 388, "person"), ("wounded", 12, "person")]),
        ("In May 6,150 people fled.", [("displaced", 6150, "person")]),
        ("Some 900 men, 165 women and a dog were killed.", [("killed", 900, "person"), ("killed", 165, "woman")]),
        ("Of the 180 houses in Kut, 131 were destroyed.", [("destroyed", 131, "house")]),
        ("Some 300 people had left the city.", [("displaced", 300, "person")]),
        ("There 23 soldiers and 31 Argentines died.", [("killed", 23, "soldier"), ("killed", 31, "person")]),
        ("Kut fell, and 2,389 officers and men surrendered.", [("captured", 2389, "officer")]),
        ("It feeds the 210 people who are displaced.", [("displaced", 210, "person")]),
        ("India lost 527 soldiers.", [("killed", 527, "soldier")]),
        ("Toll:\n\n- Fighters killed: 760\n- Missing: 41", [("killed", 760, "person"), ("missing", 41, "person")]),
    ],
)
def test_what_became_of_people_and_homes_is_told_by_the_verb_or_state(
    text: str, found: list[tuple[str, int, str]]
) -> None:
    assert people(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Nobody was killed when two rockets hit the port.",
        "They captured 12 villages.",
        "They destroyed 12 tanks and captured 5 hills, 300 soldiers strong.",
        "The teacher, then 67 years old, left on bus 31.",
        "If 300 soldiers were killed, nobody said so.",
        "The plan was to evacuate 300 people.",
        "212 soldiers guarded the road.",
        "The 300 soldiers killed no one.",
        "Some 300 children died of hunger.",
        "Some 600 villagers were forced to work.",
        "Some 600 villagers were driven from the station.",
        "The population of wolves was 300.",
        "The death toll could rise to 300.",
        "Some 300 soldiers fell back to Kut.",
        "Some 300 soldiers left the town.",
        "They lost 300 voters.",
        "Some 300 children fell.",
        "Of those found dead, 12, they said, were children.",
        "The plan would cost the lives of 300 soldiers.",
        "They prevented the deaths of 300 civilians.",
        "Two thirds of a million people fled.",
        "A crowd of 5,000 people gathered in Goma.",
        "See the page B%C3%A9la_1%20X.",
    ],
)
def test_what_did_not_happen_to_people_is_not_told_of_them(text: str) -> None:
    assert [one for one in people(text) if one[0] != "destroyed"] == []
    assert not [one for one in figures(text) if one.kind == "share"]


def test_what_a_state_takes_over_is_no_area_of_it() -> None:
    assert subjects("In 1979 Morocco took over another 90,000 hectares of pasture.") == ["pasture"]
    assert subjects("In 1979 the park took up 90,000 hectares.") == ["park"]


def test_who_is_freed_is_counted_and_who_was_not_is_not() -> None:
    freed = "Under the deal 1,080 prisoners were freed, 19 of them teenagers."
    assert [(str(one.kind), int(one.value), one.noun) for one in figures(freed)] == [("count", 1080, "prisoner")]
    assert figures("The 1,080 prisoners have not been freed.") == []


def test_a_labelled_row_says_what_became_of_its_people() -> None:
    rows = "# The war in figures\n\n- Killed: 1,140 soldiers\n- Missing: 86 civilians\n- Guns: 300\n"
    assert people(rows) == [("killed", 1140, "soldier"), ("missing", 86, "civilian")]
    table = "| | People |\n| --- | --- |\n| Dead | 2,310 |\n| Displaced | 96,000 |\n"
    source = Source("page.md", "page", table, media_type="text/markdown")
    found = [
        (c.kind, int(c.value))
        for d in documents(source)
        for c in extract(d, NAMES).claims
        if isinstance(c, FigureClaim)
    ]
    assert found == [("killed", 2310), ("displaced", 96000)]


def test_an_area_and_the_share_that_restates_it_are_no_range() -> None:
    found = [
        (one.kind, float(one.value))
        for one in figures("The valley, 3,610 sq. km or about 0.6 percent of Cyprus, fell.")
    ]
    assert found == [("area", 3610), ("share", 0.6)]
    found = [(one.kind, float(one.value)) for one in figures("The valley has 3,000 or 3,610 sq. km.")]
    assert found == [("area", 3000), ("area", 3610)]


def test_a_part_and_its_whole_are_of_whose_they_are() -> None:
    text = "Afghanistan is large. The army of Afghanistan held 129 of the country's 407 districts."
    found = [(one.of.name if one.of else "", int(one.value), one.qualifier) for one in figures(text)]
    assert found == [("Afghanistan", 129, "part-of"), ("Afghanistan", 407, "exact")]


def test_the_country_is_the_one_that_the_text_is_of_and_not_the_one_last_named() -> None:
    text = (
        "Sri Lanka was at war. Sri Lankan troops held the north. A truce brokered by Norway failed. "
        "The rebels held some 23% of the island."
    )
    assert subjects(text, "share") == ["Sri Lanka"]
    assert subjects("Troops met in Norway. Troops met in Cyprus. The rebels held 23% of the island.", "share") == [
        "island"
    ]


def test_a_population_is_of_the_place_that_has_it() -> None:
    assert subjects("Fizuli district had a population of 89,000 before the war.", "population") == ["Fizuli"]
    assert subjects("Before 1991 about 44,600 people lived in Vukovar.", "population") == ["Vukovar"]
    assert subjects("Mekelle, a city of 500,000 people, was quiet.", "population") == ["Mekelle"]
    assert subjects("Kherson, Ukraine, with a population of 280,000, was quiet.", "population") == ["Kherson"]
    assert subjects("Goma, home to some 900,000 people, was quiet.", "population") == ["Goma"]
    assert subjects("Goma (population 900,000) was quiet.", "population") == ["Goma"]
    assert subjects("Goma, with 300 people killed, was quiet.", "population") == []


def test_the_ends_of_a_range_are_no_numbers_of_their_own() -> None:
    for said in ("Between 30 and 40", "Some 30 to 40"):
        found = [(int(one.value), one.qualifier) for one in figures(f"{said} people were killed.")]
        assert found == [(30, "more-than"), (40, "less-than")]
    found = [(int(one.value), one.qualifier) for one in figures("Between raids 30 men and 40 women were killed.")]
    assert found == [(30, "exact"), (40, "exact")]


def test_returned_to_and_driven_from_say_where() -> None:
    assert subjects("Some 500 villagers returned to Lachin.", "returned") == ["Lachin"]
    assert subjects("Some 500 villagers were displaced from Lachin.", "displaced") == ["Lachin"]
    assert subjects("Some 500 villagers returned from Lachin.", "returned") == [""]


def test_the_area_of_an_apposition_is_of_what_it_describes() -> None:
    assert subjects("Zangilan, a district of Azerbaijan of 707 square kilometres, fell.", "area") == ["Zangilan"]
    assert subjects("They hold the district of Zangilan of 707 square kilometres.", "area") == ["Zangilan"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("About 2.905 km² had been lost, then 3.140,25 km² (33,95% of Cyprus).", ["2905", "3140.25", "33.95"]),
        ("The camp covers 1.250 square kilometres; 3,400 tents stand there.", ["1.250"]),
        ("The lake covers 24 374 km2.", ["24374"]),
    ],
)
def test_a_stop_stands_between_thousands_only_where_the_text_has_a_decimal_comma(text: str, values: list[str]) -> None:
    assert [float(one.value) for one in figures(text)] == [float(value) for value in values]
    assert (decimal_mark(text) == ",") == ("," in text and "%" in text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["1,835 km2, ", "(12 km ", "it is 12 km ", "12 km of ", "of of of 12 km ", "killed 12 and ", "12 km long and "],
)
def test_figures_without_end_are_read_in_time_linear_in_the_text(unit: str) -> None:
    assert grows_in_proportion(lambda characters: figures(unit * (characters // len(unit))), 4000)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Of the 27 villages in the commune of Ard, 9 have no light.", [(27, "exact"), (9, "part-of")]),
        ("Of the 27 villages in the commune of Ard, 9 farmers have no light.", [(27, "exact")]),
        ("Ard district has 31 villages. Twelve of them were burned.", [(31, "exact"), (12, "part-of")]),
        ("Ard district has 31 villages. Forty soldiers came, and twelve of them were boys.", [(31, "exact")]),
        ("Ard district has 31 villages, and 14 are empty.", [(31, "exact"), (14, "part-of")]),
        ("Ard district has 31 villages, and 14 were killed.", [(31, "exact")]),
        ("Ard district. Villages: 128.", [(128, "exact")]),
        ("Ard district. Villages: 128 km of road.", []),
        ("Ten of the district's 23 villages were burned.", [(10, "part-of"), (23, "exact")]),
    ],
)
def test_a_number_without_a_noun_counts_what_it_is_a_part_of(text: str, counted: list[tuple[int, str]]) -> None:
    assert [(int(one.value), one.qualifier) for one in figures(text) if one.kind == "count"] == counted


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The parish covers 17 sq km (the county says 16.4).", ["17", "16.4"]),
        ("The parish covers 17 sq km. The clerk says 60.", ["17"]),
        ("The farm covers a hundred and ten square kilometres.", ["110"]),
        ("The strip covers 60 sq km. They were penned into 4 of them.", ["60", "4"]),
        ("The strip covers 60 sq km, of which they hold about 40.", ["60", "40"]),
        ("They hold 2,850 of the delta area's 10,950 sq km.", ["2850", "10950"]),
    ],
)
def test_a_number_without_a_unit_has_that_of_the_measure_before(text: str, values: list[str]) -> None:
    assert [f"{one.value:f}" for one in figures(text) if one.kind == "area"] == values


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Of the 27 villages in the municipality, 9 have no light.", ["municipality", "municipality"]),
        ("Halm district is poor. A school is open in 17 of its 59 villages.", ["Halm", "Halm"]),
        ("Electricity reaches 12 of the 57 villages in Halm district.", ["Halm", "Halm"]),
        ("In Halm a clinic works in 3 of the 28 villages.", ["Halm", "Halm"]),
        ("The army holds 41 percent of Syria; the Front holds 9 percent.", ["Syria", "Syria"]),
        ("The army holds 41 percent of Syria. Turnout was 45 percent.", ["Syria", ""]),
        ("The corridor that they opened, in places a mere 3 km wide, was shut.", ["corridor"]),
        ("Halm, the town beside it, 27 km from the coast, was quiet.", ["Halm"]),
        ("Halm, outside its limits and 550 km from Gao, was quiet.", ["Halm"]),
        ("They drew attention to the schoolhouse. It covers 0.2 ha.", ["schoolhouse"]),
        ("Drava lies two hours (19 km) from Gao.", ["Drava"]),
        ("They claim part of the Ogaden, of which they hold 90 percent.", ["Ogaden"]),
        ("The area of operations is 1,655 sq km.", ["area of operations"]),
        ("Its highest point, Cerro Halm, rises to 2,960 m.", ["Cerro Halm"]),
    ],
)
def test_what_a_measure_is_of_is_told_by_its_clause_or_the_sentence_before(text: str, said: list[str]) -> None:
    assert subjects(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Two drivers fled.", []),
        ("Two families fled.", [("displaced", 2, "family")]),
        ("The army occupied seven districts.", []),
        ("The militia holds 23 prisoners.", [("captured", 23, "prisoner")]),
        (
            "The fighting cost 412 soldiers and 1,130 civilians their lives.",
            [("killed", 412, "soldier"), ("killed", 1130, "civilian")],
        ),
        ("The fighting cost 412 dollars.", []),
        ("The war drove 38,000 people from their homes.", [("displaced", 38000, "person")]),
        ("The taxi drove 38 people home.", []),
        ("Khessan has 21,000 inhabitants and stands on a river.", [("population", 21000, "inhabitant")]),
        ("Nanshan stormed; 739 Japanese dead.", [("killed", 739, "person")]),
    ],
)
def test_numbers_of_people_tell_what_became_of_them_and_nothing_else(
    text: str, said: list[tuple[str, int, str]]
) -> None:
    assert people(text) == said


def test_people_are_killed_where_the_event_of_their_sentence_was() -> None:
    text = "On 3 May 2019 the army took Manbij; 31 civilians were killed. Nobody came."
    assert subjects(text, "killed") == ["Manbij"]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("28 raids and 200 artillery shells targeted cities.", []),
        ("Damage was seen in 50 places across several districts.", []),
        ("They hold 12 other mountain villages and seven occupied districts.", [(12, "village"), (7, "district")]),
    ],
)
def test_a_number_counts_the_noun_of_its_own_phrase(text: str, counted: list[tuple[int, str]]) -> None:
    assert [(int(one.value), one.noun) for one in figures(text) if one.kind == "count"] == counted


def test_an_aside_between_dashes_parts_no_number_from_its_verb() -> None:
    text = "Over 4,000 people were injured and over 9,000 - half of the town - have been displaced."
    assert people(text) == [("wounded", 4000, "person"), ("displaced", 9000, "person")]


def test_people_are_killed_where_their_sentence_says_and_not_where_somebody_speaks() -> None:
    text = "Afrin is a town. {} killed more than 100 people."
    there = "Fighters came to a camp near Idlib, drawing raids that"
    assert subjects(text.format(there), "killed") == ["Idlib"]
    assert subjects(text.format("Officials in Idlib said that raids"), "killed") == ["Afrin"]


def test_houses_that_are_lost_are_destroyed_and_people_who_are_lost_are_counted() -> None:
    assert people("The town lost 380 houses to fire.") == [("destroyed", 380, "house")]
    assert people("The town lost 380 votes to fire.") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("TACNEA, city and province in the south of Peru, 35 km from the sea and 1,293 km from Lima.", ["Tacnea"] * 2),
        ("They took Ardim in the south of Peru, 35 km from the sea.", ["Peru"]),
        ("They had taken the camp of Ardim (7 October), 112 km south of Gao.", ["Ardim"]),
        ("The town sits on the Zab river, 50 km south of Erbil and 40 km from Kirkuk.", ["town", "town"]),
        ("The valley, all 61 square kilometres of it, was lost.", ["valley"]),
        ("They hold 61 square kilometres of it.", [""]),
        ("Ardim, 1,020 metres of beach and a hotel, was in dispute.", ["Ardim"]),
        ("They hold 75 km of border.", ["border"]),
        ("They took possession of the locks, which lie 4 km from the line.", ["locks"]),
        ("It is a map of the range, whose peak stands 3,415 metres above the sea.", ["peak"]),
        ("The pocket was reduced to 6 sq km.", ["pocket"]),
        ("The pocket was seized with 6 sq km.", [""]),
        ("The road from Tetuan to Xauen, 61 kilometres in length, is open.", ["road"]),
        ("They drove from Tetuan to Xauen, 61 kilometres in length.", ["Xauen"]),
        ("The salient, 35 km wide and nowhere deeper, was given up.", ["salient"]),
        ("| Railways in 1931 | 5,900 km |", ["Railways"]),
        ("A Commission took the strip around it: some 4,000 sq km, river included.", ["strip"]),
        ("Of the 29 villages in the community six had no gas.", ["community"] * 2),
        ("At 2,214 m the saddle is the highest point of the road.", ["saddle"]),
    ],
)
def test_a_measure_is_of_what_its_phrase_or_clause_is_about(text: str, said: list[str]) -> None:
    assert [one.removeprefix("the ") for one in subjects(text)] == said


def test_a_part_that_restates_a_share_is_of_its_whole() -> None:
    text = "Ukraine controls some 28 percent of Kherson region, or about 8,000 of its 28,461 square kilometres."
    assert len(set(subjects(text))) == 1
    assert "Ukraine" not in subjects(text)


def test_an_answer_may_begin_with_where_it_stands() -> None:
    text = "Q: What is the size of the reserve?\n\nA: On the map, 640 square kilometres.\n"
    assert [one.removeprefix("the ") for one in subjects(text)] == ["reserve"]


def test_the_dead_of_a_row_are_of_the_party_that_labels_it() -> None:
    text = "Ardim fell on 3 May 1999.\n\nCasualties\n\nUnion: 219 dead, 730 wounded\nCivilians: 96 dead"
    assert subjects(text, "killed", "wounded")[:2] == ["Union", "Union"]
    assert "Civilians" not in subjects(text, "killed")


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        (
            "The ledger has 562 fighters killed, 1,310 wounded and four nurses missing.",
            [("killed", 562, "fighter"), ("wounded", 1310, "person"), ("missing", 4, "nurse")],
        ),
        (
            "The ledger has 562 fighters killed, 1,310 wounded and four nurses hurt.",
            [("killed", 562, "fighter"), ("wounded", 1310, "person"), ("wounded", 4, "nurse")],
        ),
        ("They killed 12 villagers and three nurses.", [("killed", 12, "villager"), ("killed", 3, "nurse")]),
        ("About 91,000 German and Romanian soldiers were taken prisoner.", [("captured", 91000, "soldier")]),
        (
            "About 91,000 French and 300 Romanian soldiers were taken prisoner.",
            [("captured", 91000, "soldier"), ("captured", 300, "soldier")],
        ),
        ("About 91,000 German books and Romanian soldiers were taken prisoner.", []),
        (
            "Some 400 people were displaced in January; 120 have since gone home.",
            [("displaced", 400, "person"), ("returned", 120, "person")],
        ),
        (
            "Some 400 people were displaced in January; 120 have since been killed.",
            [("displaced", 400, "person"), ("killed", 120, "person")],
        ),
        ("Some 400 people were displaced in January; 120 have yet to go home.", [("displaced", 400, "person")]),
    ],
)
def test_each_number_of_people_has_what_is_said_of_it(text: str, counted: list[tuple[str, int, str]]) -> None:
    assert people(text) == counted


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Agdam is half a day by mule (105 km) from the coast.", "Aghdam"),
        ("Agdam is an hour by car (105 km) from the coast.", "Aghdam"),
        ("The village was supplied by mule (105 km) from the coast.", ""),
        ("The front was held by Mount Sollu (684 m) on both sides.", "Mount Sollu"),
    ],
)
def test_the_means_of_a_journey_is_nothing_a_distance_is_of(text: str, subject: str) -> None:
    assert subjects(text, "distance") == [subject]


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("Of the Golan Heights' 1,800 sq km Israel has kept some 1,200 since 1967.", [1800, 1200]),
        ("Of the Golan Heights' 1,800 sq km Israel has kept 1,200 villages.", [1800]),
        ("Of the Golan Heights' 1,800 sq km Israel has kept most, and 1,200 were killed.", [1800]),
    ],
)
def test_a_part_of_what_somebody_s_area_is_has_its_unit_and_its_owner(text: str, areas: list[int]) -> None:
    found = [(int(one.value), one.of.name if one.of else "") for one in figures(text) if one.kind == "area"]
    assert found == [(area, "Golan Heights") for area in areas]
