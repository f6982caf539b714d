"""Rows, lists, tables, chronicles: what their fields, headers, titles and neighbours say happened, where and when."""

import pytest

from kg import gazetteer
from kg.extract import extract
from kg.model import EventClaim, Extraction, FigureClaim, Source, Span
from kg.read.split import documents
from kg.text.runs import cut_run

DIRECTIONS = {
    "capture": "in",
    "occupation": "in",
    "liberation": "back",
    "recapture": "back",
    "withdrawal": "out",
    "handover": "out",
}
"""Which way a place went; the word itself is asked of by the tests of frames."""


def extracted(text: str) -> Extraction:
    media_type = "text/markdown" if "|\n" in text or "# " in text or "**" in text else "text/plain"
    (document,) = documents(Source("a", "a", text, media_type))
    return extract(document, gazetteer.load())


def control(text: str) -> list[tuple[str, str, str | None]]:
    """Direction, place as written, and date of the changes of control, in order of place and date."""
    claims = [c for c in extracted(text).claims if isinstance(c, EventClaim) and c.family == "control"]
    named = [(DIRECTIONS[c.word or ""], c.place_text or (c.place.name if c.place else ""), c.date) for c in claims]
    return sorted(named, key=lambda one: (one[1], one[2] or ""))


def actors(text: str) -> list[tuple[str, tuple[str, ...]]]:
    claims = [c for c in extracted(text).claims if isinstance(c, EventClaim) and c.family == "control"]
    return [(c.date or "", tuple(actor.name for actor in c.actors)) for c in claims]


ORVIN = [("in", "Orvin", "2011-03-04"), ("back", "Orvin", "2012-05-19")]


@pytest.mark.parametrize(
    "text",
    [
        "Orvin; seized: 4.III.2011; regained: 19.V.2012; 2,300 inhabitants\n",
        "Orvin: seized 4 March 2011; regained 19 May 2012\n\nTolm: seized 5 March 2013\n",
        "Orvin – 4 March 2011 – seized – 19 May 2012 – regained\nTolm – 5 March 2013 – seized\n",
        "Orvin | seized 04.03.2011 | regained 19.05.2012\nTolm | seized 05.03.2013\n",
        "Orvin: 4 March 2011, seized; 19 May 2012, regained.\nTolm: 5 March 2013, seized.\n",
        "Orvin: date of seizure – March 4, 2011; territory – 40 sq. km; regained – May 19, 2012\n"
        "Tolm: date of seizure – March 5, 2013; territory – 12 sq. km\n",
        "Orvin\tseized 4 March 2011\tregained 19 May 2012\nTolm\tseized 5 March 2013\n",
        "| Place | Seized | Regained |\n| --- | --- | --- |\n| Orvin | 4 March 2011 | 19 May 2012 |\n"
        "| Tolm | 5 March 2013 | – |\n",
        "| Place | Notes |\n| --- | --- |\n| Orvin | Seized on 4 March 2011, regained on 19 May 2012. |\n"
        "| Tolm | Seized on 5 March 2013. |\n",
        "| Date | Place | What happened |\n| --- | --- | --- |\n| 4 March 2011 | Orvin | seized |\n"
        "| 19 May 2012 | Orvin | regained |\n| 5 March 2013 | Tolm | seized |\n",
        "| | Orvin | Tolm |\n| --- | --- | --- |\n| Seized | 4 March 2011 | 5 March 2013 |\n"
        "| Regained | 19 May 2012 | – |\n",
        "Seized: Orvin (4 March 2011), Tolm (5 March 2013). Regained: Orvin (19 May 2012).\n",
        "Seized on 4 March 2011: Orvin.\nRegained on 19 May 2012: Orvin.\nSeized on 5 March 2013: Tolm.\n",
        "Orvin, 4 March 2011: seized.\nOrvin, 19 May 2012: regained.\nTolm, 5 March 2013: seized.\n",
        "Orvin ....... seized 4 March 2011 ....... regained 19 May 2012\nTolm ....... seized 5 March 2013\n",
        "Orvin\n- seized: 4 March 2011\n- regained: 19 May 2012\n\nTolm\n- seized: 5 March 2013\n",
        "- Orvin: seized on 4 March 2011 and regained on 19 May 2012.\n- Tolm: seized on 5 March 2013.\n",
        "4.3.2011 / Orvin / seized\n19.5.2012 / Orvin / regained\n5.3.2013 / Tolm / seized\n",
        "## Orvin\n\nSeized 4 March 2011. Regained on 19 May 2012; quiet since.\n\n## Tolm\n\nSeized 5 March 2013.\n",
    ],
)
def test_a_row_says_what_happened_to_its_place_in_any_form(text: str) -> None:
    found = [one for one in control(text) if one[1] != "Tolm"]
    assert found == ORVIN
    if "Tolm" in text:
        assert [one for one in control(text) if one[1] == "Tolm"] == [("in", "Tolm", "2013-03-05")]


CHRONICLE = [("in", "Shusha", "1992-05-08"), ("in", "Lachin", "1992-05-18"), ("in", "Aghdam", "1993-07-23")]


@pytest.mark.parametrize(
    "text",
    [
        "Chronicle of the war\n\n8 May 1992\n\nArmenian forces capture Shusha.\n\n18 May 1992\n\nLachin falls.\n\n"
        "23 July 1993\n\nArmenian forces capture Aghdam.\n",
        "Years of war\n\n1992\n\n8 May\nArmenian forces capture Shusha.\n\n18 May\nLachin falls.\n\n1993\n\n23 July\n"
        "Aghdam is captured.\n",
        "# War\n\n## May 1992\n\n**8 May**\n\nShusha is captured.\n\n**18 May**\n\nLachin is captured.\n\n"
        "## July 1993\n\n"
        "**23 July**\n\nAghdam is captured.\n",
        "May 8, 1992. Shusha falls. May 18, 1992. Lachin falls. July 23, 1993. Aghdam falls.\n",
        "8 May 1992. Armenian forces capture Shusha.\n\n18 May 1992. Armenian forces capture Lachin.\n\n"
        "23 July 1993. Armenian forces capture Aghdam.\n",
        "Fri 8 May 1992, 18:30 - Shusha is captured.\n\nMon 18 May 1992, 04:00 - Lachin is captured.\n\n"
        "Fri 23 July 1993, 11:00 - Aghdam is captured.\n",
        "- **8 May 1992** Shusha is captured.\n- **18 May 1992** Lachin is captured.\n"
        "- **23 July 1993** Aghdam falls.\n",
        "[8 May 1992] Shusha is captured.\n[18 May 1992] Lachin is captured.\n[23 July 1993] Aghdam falls.\n",
        "1992-05-08 Shusha captured\n1992-05-18 Lachin captured\n1993-07-23 Aghdam captured\n",
        "Day 8 (8 May 1992): Shusha falls.\nDay 18 (18 May 1992): Lachin falls.\n"
        "Day 300 (23 July 1993): Aghdam falls.\n",
        "8 May 1992: Shusha captured 18 May 1992: Lachin captured 23 July 1993: Aghdam captured\n",
    ],
)
def test_a_day_belongs_to_what_follows_it(text: str) -> None:
    assert sorted(control(text), key=lambda one: one[2] or "") == CHRONICLE


GLUED = [("in", "Ansk", "1994-04-02"), ("in", "Pell", "1994-05-01"), ("in", "Vorm", "1994-04-09")]


@pytest.mark.parametrize(
    "text",
    [
        "When they fell: Ansk - 2 April 1994 - 310 sq km Vorm - 9 April 1994 - 95 sq km Pell - 1 May 1994 - 40 sq km\n",
        "Captured towns\n\nAnsk: 2 April 1994, territory 310 km2Vorm: 9 April 1994, territory 95 km2Pell: 1 May 1994, "
        "territory 40 km2\n",
        "Captured towns\n\nAnsk / 2 April 1994 / 310 sq km, Vorm / 9 April 1994 / 95 sq km, Pell / 1 May "
        "1994 / 40 sq km\n",
        "Captured towns\n\nAnsk: 2 April 1994, territory 310 km2; Vorm: 9 April 1994, territory 95 km2; Pell: 1 May "
        "1994, territory 40 km2.\n",
    ],
)
def test_rows_glued_in_one_line_are_cut_and_have_the_title_s_word_and_their_own_area(text: str) -> None:
    assert control(text) == GLUED
    claims = [c for c in extracted(text).claims if isinstance(c, EventClaim)]
    assert sorted(int(c.area_km2 or 0) for c in claims) == [40, 95, 310]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "Diary of 1998\n\n12 June - Halm retaken.\n13 June - Pern too.\nSame night, Osk.\n",
            [("back", "Halm", "1998-06-12"), ("back", "Osk", "1998-06-13"), ("back", "Pern", "1998-06-13")],
        ),
        (
            "Log\n\n11.07.1995 – Srebrenica has fallen.\n25.07.1995 – Žepa too.\n26.07.1995 – Carts. Rain.\n",
            [("in", "Srebrenica", "1995-07-11"), ("in", "Žepa", "1995-07-25")],
        ),
        ("Diary of 1998\n\n12 June - Halm retaken.\n13 June - Pern still holds.\n", [("back", "Halm", "1998-06-12")]),
        ("Diary of 1998\n\n12 June - Rain.\n13 June - Pern too.\n", []),
    ],
)
def test_a_row_without_a_verb_repeats_the_row_before_or_says_nothing(
    text: str, events: list[tuple[str, str, str]]
) -> None:
    assert control(text) == events


@pytest.mark.parametrize(
    ("text", "acting"),
    [
        (
            "| Town | Note |\n| --- | --- |\n"
            "| Horodnia | Captured by 🇷🇺 25 February 2022. Recaptured by 🇺🇦 2 April 2022. |\n",
            [("2022-02-25", ("Russia",)), ("2022-04-02", ("Ukraine",))],
        ),
        (
            "- Izium: lost to 🇷🇺 on 1 April 2022, won back by 🇺🇦 on 10 September 2022.\n- Balakliia: seized by 🇷🇺 on 3 "
            "March 2022.\n",
            [("2022-04-01", ("Russia",)), ("2022-09-10", ("Ukraine",)), ("2022-03-03", ("Russia",))],
        ),
        (
            "| Date | Town | Event | By |\n| --- | --- | --- | --- |\n| 27 January 2025 | Goma | captured | M23 |\n",
            [("2025-01-27", ("March 23 Movement",))],
        ),
        (
            "| Town | Taken by the M23 |\n| --- | --- |\n| Goma | 27 January 2025 |\n",
            [("2025-01-27", ("March 23 Movement",))],
        ),
    ],
)
def test_who_did_it_stands_in_the_field_the_header_or_a_column(
    text: str, acting: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert actors(text) == acting


@pytest.mark.parametrize(
    "text",
    [
        "On 8 May 1992 the talks went on. The market of Shusha was open, and on 18 May 1992 that of Lachin.\n",
        "Shusha, founded in 1752, had 17,000 inhabitants on 12 January 1989; Lachin, founded in 1924, had 7,800.\n",
        "Goma: not taken on 27 January 2025\nBukavu: never lost, 16 February 2025\n",
        "Shusha – 8 May 1992 – 289 sq km\nLachin – 18 May 1992 – 1,835 sq km\n",
        "Concerts in 2024\n\n8 May – Goma – Hall 2\n9 May – Bukavu – Hall 1\n",
        "Q: Was it quiet?\nA: No.\nQ: And Bukavu?\nA: Taken by boat, on 2 June 2004, the letters came late.\n",
        "Updated: 8 May 1992\nSource: Office of Maps, 18 May 1992\n",
        "## History\n\nFounded in 1752, the town lies on a hill. It had a market on 8 May 1992.\n",
        "Dear Marta,\n\nTaken all in all, 8 May 1992 was a good day in Goma.\n",
        "BAKU, 8 May 1992. The captured officers were well, a spokesman said.\n",
        "| Player | Taken | Position |\n| --- | --- | --- |\n| Smithson | 8 May 1992 | left wing |\n",
        "The Council adopted resolution 242 (1967) on 22 November 1967; resolution 338 (1973) came six years later.\n",
    ],
)
def test_prose_with_dates_and_lists_of_something_else_hold_no_change_of_control(text: str) -> None:
    assert control(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Rebels capture Goma\n\nKey facts\n\nPopulation: 2 million (2019)\n"
        "Founded: 1930\nMayor: Jean Kabila, since 3 May 2019\n",
        "Army takes back Kherson: what we know\n\nMoscow – 9 May 2022 – parade\nBerlin – 10 May 2022 – summit\n",
        "After the fall of the wall\n\nBerlin: 3 May 2001, conference\nParis: 9 May 2001, conference\n",
        "The fall of Saigon\n\nBerlin: 3 May 2001\nParis: 9 May 2001\n",
        "Lost and found\n\nUmbrella – 3 May 2019 – platform 2\nSuitcase – 9 May 2019 – hall\n",
        "Medals taken\n\nNorway: 8 May 2024, 3 medals; Sweden: 9 May 2024, 2 medals; Finland: 10 May 2024, 1 medal\n",
        "Lost matches\n\nChelsea – 9 May 2024 – 1:2\nLondon – 10 May 2024 – 0:1\n",
        "Captured on film\n\nPalmyra – 3 May 2009 – sunset\nBosra – 9 May 2009 – theatre\n",
        "Deaths: those who fell\n\nJohn Smith – 3 May 1944\nPeter Brown – 9 June 1944\n",
        "Occupied territories: events of the week\n\nTuesday 8 May 2018 – Ramallah – film night\n",
        "| Country | Seats lost | Date |\n| --- | --- | --- |\n| France | 12 | 3 May 2010 |\n",
        "| City | Taken over by | Date |\n| --- | --- | --- |\n| Lyon branch | Alpha Ltd | 3 May 2010 |\n",
    ],
)
def test_a_title_that_speaks_of_no_places_gives_its_word_to_no_row(text: str) -> None:
    assert control(text) == []


LISTED = [("back", "Fizuli", "2020-10-17"), ("back", "Jabrayil", "2020-10-04"), ("back", "Karkhulu", "2020-10-04")]


@pytest.mark.parametrize(
    "text",
    [
        "Liberated settlements by day\n\n4 October 2020: Jabrayil, Karkhulu\n17 October 2020: Fizuli\n",
        "Liberated settlements by day\n\n4 October 2020 – Jabrayil and Karkhulu\n17 October 2020 – Fizuli\n",
        "| Date | Liberated settlements |\n| --- | --- |\n"
        "| 4 October 2020 | Jabrayil, Karkhulu |\n| 17 October 2020 | Fizuli |\n",
        "Liberated\n\n- Jabrayil (4 October 2020)\n- Karkhulu (4 October 2020)\n- Fizuli (17 October 2020)\n",
        "Villages\n\nJabrayil (liberated 4 October 2020)\nKarkhulu (liberated 4 October 2020)\n"
        "Fizuli (liberated 17 October 2020)\n",
    ],
)
def test_a_row_may_list_several_places(text: str) -> None:
    assert control(text) == LISTED


def test_who_did_it_stands_in_the_title_of_a_list() -> None:
    text = "Towns captured by the M23\n\n* 20 November 2012: Goma\n* 27 January 2025: Goma\n"
    assert actors(text) == [("2012-11-20", ("March 23 Movement",)), ("2025-01-27", ("March 23 Movement",))]


def test_who_lost_a_place_did_not_take_it() -> None:
    text = "| Town | Lost by the M23 |\n| --- | --- |\n| Goma | 1 December 2012 |\n"
    assert actors(text) == [("2012-12-01", ())]


def test_the_place_of_a_caption_stands_at_the_end_of_its_first_sentence() -> None:
    text = "1. Lorry, Goma. The town fell on 20 November 2012.\n\n"
    text += "2. Shoes, Bukavu. The town was captured on 2 June 2004.\n"
    assert control(text) == [("in", "Bukavu", "2004-06-02"), ("in", "Goma", "2012-11-20")]


def test_what_a_caption_shows_is_no_place() -> None:
    text = "1. Lorries, Goma. Photo: Ann Lund\n\n2. Shoes, Mullaitivu. The town was captured on 25 January 2009.\n"
    assert control(text) == [("in", "Mullaitivu", "2009-01-25")]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("# Postcards\n\n", []),
        ("# Towns\n\n", [("in", "Goma", "1916-05-03"), ("back", "Goma", "1916-07-10")]),
        ("# Towns\n\n## Pictures\n\n", [("in", "Goma", "1916-05-03"), ("back", "Goma", "1916-07-10")]),
    ],
)
def test_what_was_taken_below_a_title_of_pictures_is_a_picture(title: str, told: list[tuple[str, str, str]]) -> None:
    assert control(f"{title}## Goma\n\nTaken 3 May 1916 in the rain. Retaken on 10 July 1916.\n") == told


def test_lines_below_the_name_of_a_place_are_of_it() -> None:
    text = "Occupied districts\n\nShusha\nOccupied: 8 May 1992\nArea: 289 km2\n\n"
    text += "Lachin\nOccupied: 18 May 1992\nArea: 1,835 km2\n"
    figures = [c for c in extracted(text).claims if isinstance(c, FigureClaim)]
    assert [(int(c.value), c.of.name if c.of else "") for c in figures] == [(289, "Shusha"), (1835, "Lachin")]
    assert control(text) == [("in", "Lachin", "1992-05-18"), ("in", "Shusha", "1992-05-08")]


def test_a_last_row_that_has_a_date_is_read_and_a_line_of_revision_is_not() -> None:
    rows = "Kherson: captured 2 March 2022\nIzium: captured 1 April 2022\n"
    expected = [("in", "Izium", "2022-04-01"), ("in", "Kherson", "2022-03-02")]
    assert control(rows) == expected
    assert control(f"{rows}\nUpdated 26 February 2023\n") == expected


def test_one_day_alone_above_a_text_is_its_date_and_no_day_of_a_chronicle() -> None:
    text = "The bridge\n\n9 May 2017\n\nThe army captured Goma after a week of rain.\n"
    assert control(text) == [("in", "Goma", None)]


def test_the_distance_in_a_row_is_of_its_place() -> None:
    text = "Kardo – 8 August 2003 – falls to the militia; 12 km from the coast.\n"
    text += "Tolm – 9 August 2003 – falls; 4 km inland.\n"
    figures = [c for c in extracted(text).claims if isinstance(c, FigureClaim)]
    assert [(int(c.value), c.of.name if c.of else "") for c in figures] == [(12000, "Kardo"), (4000, "Tolm")]


@pytest.mark.parametrize(
    "line",
    [
        "Jabrayil (October 4), Fuzuli (October 17) and Gubadli (October 25), all in 2020, were liberated in battle.",
        "The border – 311 km – is long; Baku – 3 million people – is big; they said – in 1992 – no.",
        "The Council adopted resolution 242 (1967) on 22 November 1967; resolution 338 (1973) came six years later.",
        "Orvin; seized: 4.III.2011; regained: 19.V.2012; 2,300 inhabitants",
        "Ministers met in Oslo on 3 May 1992; in Goma on 4 May 1993; in Baku on 5 May 1994.",
    ],
)
def test_prose_and_a_single_record_are_no_run_of_records(line: str) -> None:
    assert cut_run(line, Span(0, len(line))) == []


@pytest.mark.parametrize("mark", [":", " –", " —", " -", " /", " |"])
@pytest.mark.parametrize("between", ["; ", ", ", " ", ". "])
def test_a_run_is_cut_at_whatever_marks_recur(mark: str, between: str) -> None:
    records = [
        f"Ansk{mark} 2 April 1994, 310 sq km",
        f"Vorm{mark} 9 April 1994, 95 sq km",
        f"Pell{mark} 1 May 1994, 40 ha",
    ]
    line = between.join(records)
    assert [span.of(line) for span in cut_run(line, Span(0, len(line)))] == records


@pytest.mark.parametrize(
    "text",
    [
        "| Place | Held since | Given up |\n| --- | --- | --- |\n| Orvin | 4 March 2011 | 19 May 2012 |\n"
        "| Tolm | 6 March 2011 | 2 June 2012 |\n",
        "Orvin; taken without a shot: 4.III.2011; handed over: 19.V.2012; 47 hamlets, all of them empty\n"
        "Tolm; taken: 6.III.2011; handed over: 2.VI.2012; no inhabitants\n",
    ],
)
def test_a_header_and_a_field_are_read_with_their_particle_and_without_a_shot(text: str) -> None:
    expected = [("in", "Orvin", "2011-03-04"), ("out", "Orvin", "2012-05-19")]
    assert control(text) == [*expected, ("in", "Tolm", "2011-03-06"), ("out", "Tolm", "2012-06-02")]


@pytest.mark.parametrize("header", ["Held a fair on", "Given to the poor", "Never given up"])
def test_a_header_with_an_object_or_a_negation_names_no_change(header: str) -> None:
    assert control(f"| Place | {header} |\n| --- | --- |\n| Orvin | 4 March 2011 |\n| Tolm | 6 March 2011 |\n") == []


def test_the_count_in_a_row_is_of_its_place_whatever_field_it_stands_in() -> None:
    text = "Orvin; handed back: 25.XI.2020; 47 hamlets, all of them empty\nTolm; freed: 9.X.2020; 12 villages\n"
    figures = [c for c in extracted(text).claims if isinstance(c, FigureClaim)]
    assert [(int(c.value), c.of.name if c.of else "") for c in figures] == [(47, "Orvin"), (12, "Tolm")]


@pytest.mark.parametrize("mark", ["|", "–", "·"])
def test_a_row_of_a_log_is_not_the_date_of_its_document(mark: str) -> None:
    row = f"28.10.1940 {mark} Halm {mark} guards leave, marines enter"
    for text in (f"Signals log\n\n{row}\n", f"Signals log\n{row}\n29.10.1940 {mark} Halm {mark} no change\n"):
        (document,) = documents(Source("a", "a", text))
        assert document.published is None
    (document,) = documents(
        Source("a", "a", f"The fall of Halm\n\n28.10.1940 {mark} Ankara {mark} Halm Post\n\nRain.\n")
    )
    assert document.published == "1940-10-28"


def test_lines_that_each_begin_with_a_day_are_rows_though_a_field_has_a_semicolon() -> None:
    text = "8.11.1940 | Orvin | regained by the 2nd Battalion; bridge repaired\n13.11.1940 | Tolm | regained; rain\n"
    assert control(text) == [("back", "Orvin", "1940-11-08"), ("back", "Tolm", "1940-11-13")]


def test_a_wrapped_paragraph_is_cut_at_no_line() -> None:
    line = "The army took Orvin in the spring of\n2011, on a day of rain; it left\nTolm alone."
    assert cut_run(line, Span(0, len(line))) == []


WENT_AND_CAME = [("out", "Rudna", "1999-04-05"), ("in", "Rudna", "1999-04-05")]


@pytest.mark.parametrize(
    "cell",
    [
        "gendarmes go, volunteers arrive",
        "militia gone overnight, marines walk in and hoist their flag",
        "frontier guards out, Alpini in",
        "Alpini leave, our cavalry rides in",
        "garrison leaves; rebels enter at dusk",
        "rebels in, garrison out",
    ],
)
@pytest.mark.parametrize("mark", [" |", " –"])
def test_a_cell_tells_who_goes_and_who_comes(cell: str, mark: str) -> None:
    text = f"Log\n\n5.4.1999{mark} Rudna{mark} {cell}\n7.4.1999{mark} Rudna{mark} rain\n"
    assert sorted(control(text), reverse=True) == WENT_AND_CAME


@pytest.mark.parametrize(
    "cell",
    [
        "families go, journalists arrive",
        "ferry leaves, mail arrives",
        "gendarmes go hungry, volunteers arrive late",
        "gendarmes out on patrol, volunteers in barracks",
        "no guards go, rebels arrive",
        "delegates leave, monitors arrive",
        "volunteers arrive",
    ],
)
def test_those_who_hold_no_place_and_patrols_neither_take_nor_leave_one(cell: str) -> None:
    assert control(f"Log\n\n5.4.1999 | Rudna | {cell}\n7.4.1999 | Rudna | rain\n") == []


def test_both_of_a_cell_are_ours_again_and_one_bridge_is_itself() -> None:
    text = "Log\n\n5.11.1940 | Dholi, Perivol | both ours again\n6.11.1940 | Vovus bridge | retaken at noon\n"
    expected = [("back", "Dholi", "1940-11-05"), ("back", "Perivol", "1940-11-05")]
    assert control(text) == [*expected, ("back", "Vovus bridge", "1940-11-06")]
    assert control("Log\n\n5.11.1940 | Dholi | still ours\n6.11.1940 | Vovus | never ours again\n") == []


@pytest.mark.parametrize(
    ("line", "events"),
    [
        ("Mostar recovered.", [("back", "Mostar", "1993-03-04")]),
        ("Merkh won back before breakfast.", [("back", "Merkh", "1993-03-04")]),
        ("Mostar and Merkh won back.", [("back", "Merkh", "1993-03-04"), ("back", "Mostar", "1993-03-04")]),
        ("Merkh recovered.", []),  # from the flu, perhaps
        ("Mostar recovered its calm.", []),
        ("Mostar left in tears.", []),
    ],
)
def test_a_name_and_what_was_done_to_it_are_a_row_of_their_day(line: str, events: list[tuple[str, str, str]]) -> None:
    assert control(f"Diary of 1993\n\n4 March - {line}\n5 March - Rain.\n") == events
    assert control(f"Diary of 1993\n\n4 March\n{line}\n\n5 March\nRain.\n\n6 March\nRain.\n") == events


@pytest.mark.parametrize("number", ["**1** –", "1.", "Fig. 4 –", "Plate 3."])
@pytest.mark.parametrize("noun", ["post", "village", "bridge"])
def test_what_a_caption_speaks_of_is_at_its_place(number: str, noun: str) -> None:
    title = "# Pictures from Gori\n\n"
    text = f"{title}{number} A bicycle, Perev. The {noun} was overrun on 8 May 2003.\n"
    assert control(text) == [("in", "Perev", "2003-05-08")]
    if noun != "village":
        assert control(f"{title}{number} A bicycle by the lake. The {noun} was overrun on 8 May 2003.\n") == []


@pytest.mark.parametrize("places", ["valleys", "heights", "towns"])
def test_a_title_gives_its_word_to_the_figures_below_it_and_figures_alone_have_none(places: str) -> None:
    rows = "THE BELT IN FIGURES\nMurov: 27 March 1993, territory 212 km2; Istib: 3 April 1993, territory 88 km2\n"
    fell = [("in", "Istib", "1993-04-03"), ("in", "Murov", "1993-03-27")]
    assert control(f"When the {places} fell\n\n{rows}") == fell
    assert control(f"When the {places} froze\n\n{rows}") == []
    assert control(rows) == []


@pytest.mark.parametrize(
    "closing", ["Tyre was not entered.", "the town of Tyre was not entered.", "40 villages.", "burnt to the ground"]
)
@pytest.mark.parametrize(
    "rows",
    [
        "Murov: 27 March 1993, territory 212 km2; Marjayoun: 3 April 1993, territory 88 km2",
        "Marjayoun - 3 April 1993 - 88 km2; Murov - 27 March 1993 - 212 km2",
    ],
)
def test_each_full_row_of_a_line_has_its_own_day_and_area_whatever_closes_the_line(rows: str, closing: str) -> None:
    text = f"THE OCCUPIED BELT IN FIGURES\n\n{rows}; {closing}\n"
    assert control(text) == [("in", "Marjayoun", "1993-04-03"), ("in", "Murov", "1993-03-27")]
    claims = [c for c in extracted(text).claims if isinstance(c, EventClaim)]
    assert {c.place.name: int(c.area_km2 or 0) for c in claims if c.place} == {"Marjayoun": 88, "Murov": 212}
    assert control(text.replace("THE OCCUPIED BELT", "THE GREEN BELT LOST TO CONCRETE")) == []


def test_two_full_rows_with_no_mark_between_them_are_cut_and_two_asides_are_not() -> None:
    rows = "Wells and their first days: Sellick - 17 March 1995 - 26 sq km Vordale - 21 March 1995 - 8 sq km"
    assert [span.of(rows) for span in cut_run(rows, Span(0, len(rows)))][1:] == [
        "Sellick - 17 March 1995 - 26 sq km",
        "Vordale - 21 March 1995 - 8 sq km",
    ]
    line = "Baku – 3 May 1992 – was calm; Ganja – 4 May 1992 – was not; Nobody came."
    assert cut_run(line, Span(0, len(line))) == []


def test_a_mount_is_a_place_and_a_mountebank_is_none() -> None:
    text = "Marines took the port of Bermeo on 30 April 1937.\n\nMount Sollu (684 m) rises behind; it fell on 14 May.\n"
    assert control(text) == [("in", "Bermeo", "1937-04-30"), ("in", "Mount Sollu", "1937-05-14")]
    text = text.replace("Mount Sollu (684 m) rises", "Anton Sollu (68) sits")
    assert ("in", "Anton Sollu", "1937-05-14") not in control(text)


TWO_FARMS = [("in", "Besk", "2012-03-03"), ("back", "Besk", "2012-04-08"), ("in", "Corm", "2012-03-04")]


@pytest.mark.parametrize(
    "text",
    [
        "farm,event,date,by,km\nBesk,taken,2012-03-03,Lion Brigade,9\nBesk,retaken,2012-04-08,National Guard,9\n"
        "Corm,taken,2012-03-04,Lion Brigade,14\n",
        "Date;Farm;What happened;Who\n03.03.2012;Besk;taken;Lion Brigade\n08.04.2012;Besk;retaken;National Guard\n"
        "04.03.2012;Corm;taken;Lion Brigade\n",
        "2012-03-03,Besk,taken,Lion Brigade\n2012-04-08,Besk,retaken,National Guard\n"
        "2012-03-04,Corm,taken,Lion Brigade\n",
        "farm\tfell\trecovered\tpeople\nBesk\t3 March 2012\t8 April 2012\t90\n"
        "Corm\t4 March 2012\t\t12\nDell\tn/a\t-\t30\n",
        "3 March 2012 | Besk | stormed | Lion Brigade\n8 April 2012 | Besk | recovered | Guard\n"
        "4 March 2012 | Corm | stormed | Lion Brigade\n",
        'place,what,when,note\nBesk,taken,3 March 2012,"bridge blown, two hurt"\nBesk,retaken,8 April 2012,\n'
        'Corm,taken,4 March 2012,"""no fight"", it says"\n',
        "| Farm | Rebels in | Army back |\n| --- | --- | --- |\n| Besk | 3 March 2012 | 8 April 2012 |\n"
        "| Corm | 4 March 2012 | ? |\n| Dell | never | - |\n",
        "| Farm | First taken by | on | Retaken by | on |\n| --- | --- | --- | --- | --- |\n"
        "| Besk | Lion Brigade | 3 March 2012 | National Guard | 8 April 2012 |\n"
        "| Corm | Lion Brigade | 4 March 2012 | – | – |\n",
        "| Farm | Lost (2012) | Regained (2012) | Pop. 1989 |\n| --- | --- | --- | --- |\n"
        "| Besk | 3 March | 8 April | 900 |\n| Corm | 4 March | not yet | 95 |\n",
        "| Farm | Planned capture | Actual capture | Retaken |\n| --- | --- | --- | --- |\n"
        "| Besk | 1 March 2012 | 3 March 2012 | 8 April 2012 |\n| Corm | 2 March 2012 | 4 March 2012* | - |\n",
    ],
)
def test_what_the_columns_hold_is_told_by_header_or_cells_whatever_separates_them(text: str) -> None:
    assert control(text) == TWO_FARMS


@pytest.mark.parametrize(
    "text",
    [
        "| Name | Office taken on | Left | Town |\n| --- | --- | --- | --- |\n"
        "| Anna Berg | 3 May 1990 | 9 May 1995 | Ard |\n",
        "## Losses\n\n| Date | Place | Killed | Captured |\n| --- | --- | --- | --- |\n| 3 May 1990 | Ard | 4 | 12 |\n",
        "| Town | Wheat price fell | Bread taken off ration |\n| --- | --- | --- |\n"
        "| Ard | 3 May 1990 | 9 May 1990 |\n",
        "| Town | Schools back | Refugees in |\n| --- | --- | --- |\n| Ard | 3 May 1990 | 9 May 1990 |\n",
        "| Town | Planned capture | Expected handover |\n| --- | --- | --- |\n| Ard | 3 May 1990 | 9 May 1990 |\n",
        "from,to,km,surveyed\nArd,Besk,30,1990-05-03\nBesk,Corm,40,1990-05-09\nCorm,Dell,12,1990-05-10\n",
        "Ard had 1,140 people and 1,300 goats\nBesk had 2,140 people and 1,200 goats\n"
        "Corm had 3,140 people and 1,100 goats\n",
    ],
)
def test_a_table_of_something_else_holds_no_change_of_control(text: str) -> None:
    assert control(text) == []


def test_an_hour_in_a_log_is_no_year_and_each_sentence_of_its_last_cell_has_its_day() -> None:
    log = (
        "24 Nov 1975 | 0815 | Merkh falls. Mostar too.\n7 Dec 1975 | 1900 | Quiet.\n"
        "8 Dec 1975 | 1995 | Rain.\n6 Feb 1976 | 0700 | Mostar was retaken.\n"
    ).replace("1995", "1945")
    assert control(log) == [
        ("in", "Merkh", "1975-11-24"),
        ("in", "Mostar", "1975-11-24"),
        ("back", "Mostar", "1976-02-06"),
    ]


def test_elections_below_a_title_that_names_a_change_are_no_place() -> None:
    text = "The delta\n\nTowns lost\n\nMerrow - 5 June 1961\nTasker - 8 June 1961\nElections: 3 October 1961\n"
    assert control(text) == [("in", "Merrow", "1961-06-05"), ("in", "Tasker", "1961-06-08")]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "SITUATION LOG, 9 June 1994\n\n06:10 - Shots heard.\n06:45 - Merkh taken by the rebels.\n"
            "12:15 - Unconfirmed: Mostar has fallen.\n18:00 - Merkh back in our hands.\n",
            [("in", "Merkh", "1994-06-09"), ("back", "Merkh", "1994-06-09")],
        ),
        (
            "WAR DIARY, 1st Bn Hillmen. 14 October 1942\n\n0640 Hill 402 ours again.\n"
            "1400 Orders: take Merkh tomorrow.\n"
            "1615 Rain.\n",
            [("back", "Hill 402", "1942-10-14")],
        ),
        (
            "JOURNAL, 7th Lancers. March 1918\n\n03 | MERKH | Quiet.\n05 | do. | Given up under orders, 2300.\n"
            "09 | MULLAU | Taken by C Sqn, 1015.\n10 | - | Snow.\n12 | MULLAU | Not held.\n",
            [("out", "Merkh", "1918-03-05"), ("in", "Mullau", "1918-03-09")],
        ),
        (
            "**3 May 1987**\n\nMerkh falls.\n\n**Same day, evening**\n\n"
            "Lower Harl follows; its constable is asleep.\n\n"
            "**Night of 9 May 1987**\n\nMostar surrenders.\n",
            [("in", "Lower Harl", "1987-05-03"), ("in", "Merkh", "1987-05-03"), ("in", "Mostar", "1987-05-09")],
        ),
        (
            "1 June 1992\nRebels took Merkh.\n\n2 June 1992\nMerkh lost again by evening.\n\n"
            "3 June 1992\nChelsea lost again by a goal.\n",
            [("in", "Merkh", "1992-06-01"), ("in", "Merkh", "1992-06-02")],
        ),
        (
            "Notebook of a nurse\n\nShe kept it from September 2014 until the next summer.\n\n"
            "21 Sept. – Merkh was taken on Thursday (the 18th).\n\n"
            "27 Jan. – Yesterday Mostar was retaken. Stay here until Friday.\n",
            [("in", "Merkh", "2014-09-18"), ("back", "Mostar", "2015-01-26")],
        ),
        (
            "LOG, 1951\n\n2 May, 0910 – Merkh and Mostar in hand.\n\n2 May, 1700 – Merkh lost to the enemy.\n\n"
            "3 May, 1500 – Pell ditto.\n",
            [
                ("in", "Merkh", "1951-05-02"),
                ("in", "Merkh", "1951-05-02"),
                ("in", "Mostar", "1951-05-02"),
                ("in", "Pell", "1951-05-03"),
            ],
        ),
        (
            "Year: 1940.\n\n28.10 0530 Bridge blown.\n2.11 Mostar taken.\n4.11 Goma ditto.\n22.11 Rain; Ard 5.5 km.\n\n"
            "(1941)\n3.1 Mostar given up by us.\n",
            [("in", "Goma", "1940-11-04"), ("in", "Mostar", "1940-11-02"), ("out", "Mostar", "1941-01-03")],
        ),
        (
            "The War in 1921: a Diary\n\n30 December. Merkh falls.\n29 January. Mostar falls.\n3 May. Goma falls.\n",
            [("in", "Goma", "1922-05-03"), ("in", "Merkh", "1921-12-30"), ("in", "Mostar", "1922-01-29")],
        ),
        (
            "BULLETIN, 9 August 1944\n\nMerkh: 7 August, white flag at ten; the town is ours; 18 km from the coast.\n"
            "Mostar: 8 August, no report.\n",
            [("in", "Merkh", "1944-08-07")],
        ),
        (
            "18.9.1939 / Mostar / police leave by lorry, cavalry ride in an hour later\n"
            "28.9.1939 / Mostar / cavalry gone\n29.9.1939 / Mostar / bakers gone\n",
            [("in", "Mostar", "1939-09-18"), ("out", "Mostar", "1939-09-18"), ("out", "Mostar", "1939-09-28")],
        ),
        ("Merkh: besieged from 3 May 1898, relieved on 9 May, surrendered on 30 May", [("in", "Merkh", "1898-05-30")]),
        ("Merkh: besieged from 3 May 1898, quiet since", []),
        (
            "Goma fell on 3 May 1937.\n\nNo. 11. Ice in a basin, Mostar. The town was captured on 8 January 1938.\n\n"
            "No. 12. A roof. Rain.\n",
            [("in", "Goma", "1937-05-03"), ("in", "Mostar", "1938-01-08")],
        ),
        ("Year: 1940.\n\n2.11 Mostar taken.\n\nIt is 5.5 km off.\n", [("in", "Mostar", None)]),
        (
            "6 Oct. – Merkh fell yesterday.\n\n1 March – Mostar fell yesterday.\n\n9 March – Rain.\n",
            [("in", "Merkh", "XXXX-10-05"), ("in", "Mostar", None)],
        ),
        (
            "Plate 2. A tea garden in Merkh. The town was abandoned on 9 May 1934.\n\n"
            "Plate 3. Coal heavers at Pont Drey. The port was handed to the League on 1 June 1934.\n",
            [("out", "Merkh", "1934-05-09"), ("out", "Pont Drey", "1934-06-01")],
        ),
    ],
)
def test_a_log_and_a_chronicle_tell_what_happened_on_their_day(text: str, events: list[tuple[str, str, str]]) -> None:
    assert sorted(control(text)) == sorted(events)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Key dates\n\nCeasefire: 9 July 1968, 18.00 hrs - violated the same evening\n", ["1968-07-09"]),
        (
            "place,event,date,by\nPell,ceasefire,2003-07-01,both\nPell,shelled,2003-07-02,Army\nPell,x,2003-07-03,\n",
            ["2003-07-01"],
        ),
        ("| Agreement | Signed | Place |\n| --- | --- | --- |\n| Armistice | 3 May 1918 | Ard |\n", ["1918-05-03"]),
        ("1905\n\n- 3 May: A truce.\n- 9 May: Rain.\n", ["1905-05-03"]),
        (
            "place,event,date,remark\nPell,ceasefire,2003-07-01,proposed only\nPell,x,2003-07-02,\n"
            "Pell,y,2003-07-03,\n",
            [],
        ),
        ("Key dates\n\nCeasefire talks: 9 July 1968\nCeasefire monitors: 412\n", []),
    ],
)
def test_a_field_that_names_a_ceasefire_has_the_date_beside_it(text: str, dates: list[str]) -> None:
    claims = [c for c in extracted(text).claims if isinstance(c, EventClaim) and c.family == "ceasefire"]
    assert [claim.date for claim in claims] == dates


@pytest.mark.parametrize(
    "text",
    [
        "| Ship | Launched | Captured | Port |\n| --- | --- | --- | --- |\n"
        "| Vestal | 3 May 1790 | 9 May 1795 | Brest |\n",
        "| Player | Club | Left | Returned |\n| --- | --- | --- | --- |\n"
        "| Ivan Petrov | Goma | 3 May 2012 | 9 May 2013 |\n",
        "| Town | Rebels expected in | Army to be back |\n| --- | --- | --- |\n| Goma | 3 May 2012 | 9 May 2012 |\n",
        "Towns that fell silent\n\n- Goma: 3 May 1990\n- Bukavu: 9 May 1990\n",
        "PORTER'S LOG, 3 May 1999\n\n0640 Room 12 taken.\n0715 Room 14 ours again.\n0900 Goma is cold.\n",
        "Goods seized, by port\nBrest; 3 May 1990; 40 kg of tea\nToulon; 9 May 1990; 12 kg\n"
        "Calais; 10 May 1990; 300 kg\n",
        "date,open,close,remark\n2024-05-08,12,13,fell at noon\n2024-05-09,13,12,recovered\n"
        "2024-05-10,12,15,taken off\n",
    ],
)
def test_what_is_taken_left_or_lost_in_other_lists_is_no_place(text: str) -> None:
    assert control(text) == []


def test_who_lost_control_in_a_table_took_nothing() -> None:
    table = (
        "place,event,date,actor\nGoma,Gained control,2014-05-13,M23\n"
        "Goma,Lost control,2014-05-23,M23\nGoma,Shelling,2014-05-24,Unknown\n"
    )
    assert actors(table) == [("2014-05-13", ("March 23 Movement",)), ("2014-05-23", ())]


SEATS = (
    "| {} | Lost by the army | To whom |\n| --- | --- | --- |\n"
    "| {} | 27 Oct 2023 | rebels |\n| {} | 12 Nov 2023 | rebels |\n"
)


def test_a_column_in_which_enough_known_places_stand_is_the_one_of_places_whatever_its_title() -> None:
    rows = SEATS.format("Seat", "Lashio", "Hpaung Hsing") + "| Laukkai | 5 Jan 2024 | rebels |\n"
    assert [place for _, place, _ in control(rows)] == ["Hpaung Hsing", "Lashio", "Laukkai"]


@pytest.mark.parametrize("title", ["Officer", "Ship", "Gun", "Photographer"])
def test_names_below_the_title_of_people_or_ships_are_no_places(title: str) -> None:
    assert control(SEATS.format(title, "Lyon", "Paris") + "| Nuremberg | 5 Jan 2024 | rebels |\n") == []


def test_a_remark_beside_the_column_that_tells_has_its_own_day() -> None:
    rows = "| Town | Captured | Notes |\n| --- | --- | --- |\n| Orvin | 23 April 1913 | evacuated 14 May 1913 |\n"
    assert control(rows + "| Tolm | 24 April 1913 | six officers surrendered |\n") == [
        ("in", "Orvin", "1913-04-23"),
        ("out", "Orvin", "1913-05-14"),
        ("in", "Tolm", "1913-04-24"),
    ]


def test_a_title_that_names_a_change_tells_of_each_row_whose_day_stands_in_brackets() -> None:
    title = "# The war of 1931 in figures\n\n**The conquest, place by place**\n\n"
    rows = "- Orvin (3 May 1931; no resistance, 3 aircraft)\n- Tolm (4 May 1931; not taken)\n"
    others = "- Besk (5 May 1931; attack repulsed)\n- Lund (6 May 1931; a school was opened)\n"
    assert control(title + rows + others) == [("in", "Orvin", "1931-05-03")]


def test_lines_that_begin_with_a_name_and_a_mark_are_no_wrapped_paragraph() -> None:
    rows = (
        "Orvin – abandoned 3.8.1978, recovered 19.3.1984, left for good 2.2.1985\n"
        "Tolm Dahan – stormed 11.1.1984, crew of the wireless station sent home by boat\n"
    )
    assert ("in", "Tolm Dahan", "1984-01-11") in control("Garrisons of the coast\n\n" + rows)
    assert "1984-01-11" not in [date for _, place, date in control(rows) if place == "Orvin"]


def test_a_log_tells_by_bare_participles_echoes_and_ways() -> None:
    log = (
        "4TH CORPS, LOG OF 1951\n\n2 May, 0800 – Orvin bridgehead (3 km wide) evacuated on order.\n"
        "3 May – Lake villages: Tarn, Ulm and Pessel – empty, occupied by our cyclists at 0700.\n"
        "4 May – Samar lost; Vovus too, 5 May, to a column of lorries.\n6 May – Samar back in our hands.\n"
        "7 May – 17th Rifles out of Karlsmouth by noon. Other side in by one.\n"
    )
    assert control(log) == [
        ("out", "Karlsmouth", "1951-05-07"),
        ("in", "Karlsmouth", "1951-05-07"),
        ("out", "Orvin bridgehead", "1951-05-02"),
        ("in", "Pessel", "1951-05-03"),
        ("in", "Samar", "1951-05-04"),
        ("back", "Samar", "1951-05-06"),
        ("in", "Tarn", "1951-05-03"),
        ("in", "Ulm", "1951-05-03"),
        ("in", "Vovus", "1951-05-05"),
    ]


def test_in_a_log_neither_who_fights_nor_what_is_lost_is_taken_on_trust() -> None:
    log = (
        "4TH CORPS, LOG OF 1951\n\n2 May – Dudin lost.\n3 May – Doctors out of Ard by noon. Trains in by one.\n"
        "4 May – No rebels out of Besk yet.\n5 May – Eight days later: rebels out of Besk.\n"
    )
    assert control(log) == []


def test_an_ordinal_alone_below_a_month_is_its_day() -> None:
    days = "2021\n\nAugust\n\n9th\nKunduz quiet.\n\n11th\nTaliban fighters seize Ghazni.\n"
    assert control(days) == [("in", "Ghazni", "2021-08-11")]
    assert control(days.replace("11th", "11 towns")) == []


def test_a_bracket_after_a_name_is_no_field_of_its_row() -> None:
    rows = "Orvin; seized: 4.V.1921; 1,150 inhabitants\nTolm (Tulm, 406 m); seized: 5.V.1921; lost on 21 May 1921\n"
    assert control("Posts and pits of the valley\n\n" + rows) == [
        ("in", "Orvin", "1921-05-04"),
        ("in", "Tolm", "1921-05-05"),
        ("in", "Tolm", "1921-05-21"),
    ]


def test_the_day_in_the_head_of_an_entry_is_that_of_its_this_morning() -> None:
    entries = (
        "Monitoring report, 28 November 1964\n\n"
        "KISANGANI (home service, 1200 gmt 26 Nov). Isiro was freed this morning.\n"
        "\nKISANGANI (1200, 27 Nov). Troops left Isiro today.\n"
    )
    assert control(entries) == [("back", "Isiro", "1964-11-26"), ("out", "Isiro", "1964-11-27")]


def test_a_row_of_an_unknown_place_stands_alone_where_its_day_is_between_two_marks() -> None:
    row = "Two banks\n\nPublished 2 August 1996\n\nGorma – 8 May – retaken at dawn; bridge down.\n"
    assert control(row) == [("back", "Gorma", "1996-05-08")]
