"""What pages of the web have that made-up documents have not, each kind with its wrong and its right neighbour."""

from pathlib import Path

import pytest

import kg
from kg import gazetteer
from kg.extract import extract
from kg.model import EventClaim, Extraction, FigureClaim, RoleClaim, Source, Statement
from kg.read.split import documents


def extracted(text: str) -> Extraction:
    (document,) = documents(Source("page.txt", "page", text))
    return extract(document, gazetteer.load())


def kinds(text: str) -> dict[str, str]:
    found = extracted(text)
    return {m.span.of(text): m.kind for m in found.mentions if m.kind in ("place", "person", "organization")}


def links(text: str) -> list[tuple[str, str]]:
    """Each mention of a place with the last segment of its key, in the order of the text."""
    return [
        (mention.span.of(text), (mention.entity.key or "").rpartition("/")[2])
        for mention in extracted(text).mentions
        if mention.entity and mention.kind == "place"
    ]


def test_the_word_beside_one_mention_of_a_name_says_nothing_of_the_others() -> None:
    text = "Missiles hit Kyiv at night. Fires burned all over the Kyiv region. Trams ran in Kyiv again, said Ukraine."
    assert [key for name, key in links(text) if name == "Kyiv"] == ["UA-30", "UA-32", "UA-30"]


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("Shells fell on a suburb of Damascus in Syria.", "Damascus", "geonames-170654"),
        ("Shells fell on the Damascus suburb of Douma in Syria.", "Damascus", "geonames-170654"),
        ("In the old city district of Homs in Syria the shops were shut.", "Homs", "geonames-169577"),
        ("In the countryside of the Homs province in Syria the shops were shut.", "Homs", "SY-HI"),
        ("Tanks rolled out of the inner regions of Georgia and back to Russia.", "Georgia", "GE"),
        ("Armenia handed back the districts of Lachin and Kalbajar.", "Lachin", "AZ-LAC"),
    ],
)
def test_a_part_of_a_place_is_not_the_place_of_that_kind(text: str, name: str, key: str) -> None:
    assert (name, key) in links(text)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Both Jewish and Muslim communities live in Europe.", "Muslim", None),
        ("It is a Sunni Muslim and Christian town near Tyre.", "Sunni Muslim", None),
        ("The army of Norway came.\n\nExceptions\n\nSome of them stayed.", "Exceptions", None),
        ("Al Zawra Daily\n\nEnglish\n\nThe army left Homs in Syria.", "English", None),
        ("English tourists left Homs in Syria.", "English", "place"),
        ("Al Jazeera English was the first to say so.", "English", None),
        ("A fire. Getty Images", "Getty Images", None),
        ("A street after the attack. Photograph: AP Photo/Sana", "Sana", "person"),
        ("The envoy flew to Sana in Yemen.", "Sana", "place"),
        ("White Helmets said three men died. White Helmets, a relief group, came.", "White Helmets", None),
        ("Mark Rice said three men died.", "Mark Rice", "person"),
    ],
)
def test_what_has_a_capital_is_not_a_place_or_a_person_for_that(text: str, name: str, kind: str | None) -> None:
    assert kinds(text).get(name) == kind


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Posted: 10:05 PM CST. The bridge at Halm is shut.", []),
        ("PM Ana Holt said the bridge at Halm is shut.", [("Ana Holt", "PM")]),
        ("They were received by Syrian officials, Mara Dorn said.", []),
        ("They were received by two officials, Mara Dorn and Olaf Prent.", [("Mara Dorn", "official")] * 1),
        ("The Teacher Retirement System of Texas pays less.", []),
        ("They took a major Islamist camp.", []),
        ("They met Major Ole Brand.", [("Ole Brand", "Major")]),
    ],
)
def test_an_hour_a_body_and_a_list_give_nobody_an_office(text: str, roles: list[tuple[str, str]]) -> None:
    found = [(claim.member.name, claim.title) for claim in extracted(text).claims if isinstance(claim, RoleClaim)]
    assert found[: len(roles) or None] == roles


def test_a_country_that_is_a_given_name_speaks_for_itself() -> None:
    text = "Defence Minister Israel Katz said the road was shut. Israel said that the court was wrong."
    said = [claim.speaker for claim in extracted(text).claims if isinstance(claim, Statement)]
    assert [speaker.key or speaker.name for speaker in said if speaker] == ["Israel Katz", "agent/state-IL"]


def test_common_words_behind_an_office_are_a_name() -> None:
    text = "White House press secretary Josh Earnest said that the road was shut."
    assert kinds(text)["Josh Earnest"] == "person"


def test_a_speaker_whom_nobody_knows_keeps_the_capital_of_the_name() -> None:
    text = "Zorbek said the road was cut. Residents said the road was open."
    said = [claim.speaker for claim in extracted(text).claims if isinstance(claim, Statement)]
    assert [speaker.name for speaker in said if speaker] == ["Zorbek", "residents"]


def test_what_was_said_in_a_season_sets_no_document_aside(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("In the autumn of 1992 Ana Holt said that the pass at Halm was open.\n")
    report = kg.build([tmp_path / "note.txt"], tmp_path / "out")
    assert report.set_aside == ()
    assert '"1992-23"' in (tmp_path / "out" / "dataset.ttl").read_text()


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("Strikers left Sverdlovsk in Russia.", "Sverdlovsk", ""),  # Yekaterinburg under its old name
        ("Strikers left the Sverdlovsk region in Russia.", "Sverdlovsk", "RU-SVE"),
        ("Rebels left Deir Ezzor in Syria.", "Deir Ezzor", ""),
        ("Rebels left Deir ez-Zor in Syria.", "Deir ez-Zor", "geonames-170794"),
        ("Rebels left Anbar and Nineveh in Iraq.", "Anbar", "IQ-AN"),
        ("The column passed Aleppo, now known as Zarnath, in Syria.", "Zarnath", ""),
    ],
)
def test_the_bare_name_of_an_area_is_that_of_its_town(text: str, name: str, key: str) -> None:
    assert (name, key) in links(text)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Chelsea Cordoba and her brother Jordan packed at noon.", "Jordan", "person"),
        ("They crossed into Jordan at noon.", "Jordan", "place"),
        ("Ships of the U.S. 5th Fleet left the port.", "U.S. 5th Fleet", "organization"),
        ("In the U.S. 5th graders read it.", "U.S.", "place"),
        ("Leaders of Golden Path came to the talks.", "Golden Path", None),
    ],
)
def test_a_country_before_or_after_a_word_is_what_the_word_says(text: str, name: str, kind: str | None) -> None:
    assert kinds(text).get(name) == kind


def test_each_of_a_list_holds_the_office_where_it_is_said_of_which_state() -> None:
    text = "Ambassadors Falcke of Norway, Stjerne of Sweden and Bojse of Denmark kept hens."
    found = [claim for claim in extracted(text).claims if isinstance(claim, RoleClaim)]
    assert [(claim.member.name, claim.organization and claim.organization.name) for claim in found] == [
        ("Falcke", "Norway"),
        ("Stjerne", "Sweden"),
        ("Bojse", "Denmark"),
    ]
    trawlers = "The trawlers Falcke of Norway and Stjerne of Sweden kept to the shoals."
    assert not any(isinstance(claim, RoleClaim) for claim in extracted(trawlers).claims)


def test_of_a_language_that_is_not_read_only_known_names_are_names() -> None:
    german = (
        "Die Straßenmeisterei hat am Montag den alten Turm in Berlin gesperrt, wie der Bürgermeister sagte. "
        "Der Tüftler und seine Nachbarn wollen den Platz vor dem Turm nicht verlassen, solange das Holz dort liegt."
    )
    assert kinds(german) == {"Berlin": "place"}
    english = "Road crews shut the old tower in Berlin on Monday, said Ana Holt, who lives beside the square."
    assert kinds(english) == {"Berlin": "place", "Ana Holt": "person"}


def test_people_are_hurt_where_their_own_sentence_says() -> None:
    text = (
        "Attacks went on in the provinces of Farah and Helmand in Afghanistan.\n\n"
        "At least 18 soldiers were killed on Saturday in western Farah province when fighters stormed a post.\n\n"
        "Two bombers killed at least two soldiers and wounded a dozen others in southern Helmand province.\n\n"
        "On Monday a driver blew himself up in the heart of Kabul, killing at least 103 people."
    )
    figures = [claim for claim in extracted(text).claims if isinstance(claim, FigureClaim)]
    found = [(int(claim.value), (claim.of.key if claim.of else "") or "") for claim in figures]
    assert found == [
        (18, "place/AF-FRA"),
        (2, "place/AF-HEL"),
        (12, "place/AF-HEL"),
        (103, "place/geonames-1138958"),
    ]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("He is a major Trump supporter and donor in Texas.", []),
        ("Some fear that a President Connolly might confuse the world.", []),
        ("They fear that President Connolly might confuse the world.", [("Connolly", "President")]),
        (
            "He met Jon Martin, leader of Red Dawn Party, and Minister Simon Harris, leader of Blue Hill Party.",
            [("Jon Martin", "leader"), ("Simon Harris", "Minister"), ("Simon Harris", "leader")],
        ),
    ],
)
def test_an_office_is_whose_name_it_stands_by_and_who_is_real(text: str, roles: list[tuple[str, str]]) -> None:
    found = [(claim.member.name, claim.title) for claim in extracted(text).claims if isinstance(claim, RoleClaim)]
    assert found == roles


def test_a_daughter_is_not_the_one_whose_surname_she_has() -> None:
    text = (
        "President Holt said that he was ready. Mr. Holt said that his daughter Ana Holt would be a help. "
        "His brother Jon Mora left. Mora said that he was ill."
    )
    said = [claim.speaker for claim in extracted(text).claims if isinstance(claim, Statement)]
    assert [speaker.name for speaker in said if speaker] == ["Holt", "Holt", "Jon Mora"]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Freeman Stores said that prices rose.", []),
        ("Councilman Ole Stroem said that prices rose.", [("Ole Stroem", "Councilman")]),
    ],
)
def test_a_name_in_man_is_no_trade(text: str, roles: list[tuple[str, str]]) -> None:
    found = [(claim.member.name, claim.title) for claim in extracted(text).claims if isinstance(claim, RoleClaim)]
    assert found == roles


def said(text: str) -> list[tuple[str, str, str | None]]:
    """Each statement: who says it, its words, and when it was said."""
    return [
        (claim.speaker.name if claim.speaker else "", claim.text.of(text), claim.said_at)
        for claim in extracted(text).claims
        if isinstance(claim, Statement)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("KABUL, Aug 15: The police left the post at dawn, officials said.", "The police left the post at dawn"),
        ("GOMA, Republic of the Lake,  (Steppe Press) – The police left the post, officials said.", "The police left"),
        ("(Steppe Press) - The police left the post at dawn, officials said.", "The police left the post at dawn"),
        ("KABUL: The police left the post at dawn, officials said.", "The police left the post at dawn"),
        ("OLD PORT: The police left, officials said.\n\nMILL: The rest came, officials said.", "OLD PORT: The police"),
    ],
)
def test_what_somebody_says_begins_after_the_dateline(text: str, words: str) -> None:
    assert said(text)[0][1].startswith(words)


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (
            "Ana Holt said that the post was shut, Reuters reported on 20 May 2014.",
            [("Ana Holt", "the post was shut", None)],
        ),
        (
            "Ana Holt said that the post was shut, according to Reuters.",
            [("Ana Holt", "the post was shut", None), ("Reuters", "Ana Holt said that the post was shut", None)],
        ),
        (
            "Ana Holt said that the road, according to the map, was shut.",
            [("Ana Holt", "the road, according to the map, was shut", None)],
        ),
        (
            "Ana Holt said that the post was shut, and Jon Mora said that it was open.",
            [("Ana Holt", "the post was shut", None), ("Jon Mora", "it was open", None)],
        ),
        (
            "The army says the post is shut, but a spokesman for the mission, Jon Mora, said it was open.",
            [("the army", "the post is shut", None), ("Jon Mora", "it was open", None)],
        ),
        (
            "Ana Holt said that the people have no water, and that, the mayor says, is a crime.",
            [("Ana Holt", "the people have no water, and that, the mayor says, is a crime", None)],
        ),
    ],
)
def test_what_somebody_says_ends_where_another_speaks(text: str, statements: list[tuple[str, str, str | None]]) -> None:
    assert said(text) == statements


def held(text: str) -> list[tuple[str, str]]:
    """Each change of control: its word and the place."""
    return [
        (claim.word or "", claim.place.name)
        for claim in extracted(text).claims
        if isinstance(claim, EventClaim) and claim.family == "control" and claim.place is not None
    ]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        # where somebody speaks is not what is spoken of
        (
            "Troops took San Varo. The Star's Peter Holt in Bogota says they were late. The rebels had left the area.",
            [("capture", "San Varo"), ("withdrawal", "San Varo")],
        ),
        (
            "The army captured Kandahar. Jon Holt told reporters in Kabul that the army had withdrawn from the town.",
            [("capture", "Kandahar"), ("withdrawal", "Kandahar")],
        ),
        (
            "The army captured Kandahar. In Herat it rested. It had withdrawn from the town of Herat in 1989.",
            [("capture", "Kandahar"), ("withdrawal", "Herat")],
        ),
        # the word for a people is no place
        ("The militia regained control over a southern Somali town, residents said.", []),
        ("The militia regained control over the Somali town of Ragi Ele.", [("recapture", "Ragi Ele")]),
        # a part of a country is no country, and a part of a town is in the town
        ("Rebels seized swathes of Iraq and Syria in 2014.", []),
        ("Rebels seized parts of Aleppo in 2014.", [("capture", "Aleppo")]),
        ("Neighbouring Fallujah was seized by rebels in January 2014.", [("capture", "Fallujah")]),
        ("Troops took the main town, San Vicente del Caguan.", [("capture", "San Vicente del Caguan")]),
        ("Troops took San Vicente.", [("capture", "San Vicente")]),
    ],
)
def test_what_changes_hands_is_what_the_text_speaks_of(text: str, events: list[tuple[str, str]]) -> None:
    assert held(text) == events


def test_the_armed_forces_are_no_armed_group() -> None:
    text = "The FARC, the Revolutionary Armed Forces of Colombia, left. Ana Holt, the head of the armed forces, came."
    (role,) = (claim for claim in extracted(text).claims if isinstance(claim, RoleClaim))
    assert role.organization is None or role.organization.key != "agent/farc"


def of_page(text: str) -> Extraction:
    (document,) = documents(Source("page.html", "page", text, "text/html"))
    return extract(document, gazetteer.load())


@pytest.mark.parametrize(
    ("cell", "actors"), [("Georgia", ["Georgia"]), ("Lake Front", ["Lake Front"]), ("see below", []), ("", [])]
)
def test_who_took_a_place_stands_in_the_column_of_who_did(cell: str, actors: list[str]) -> None:
    rows = f"| 3 May 1998 | Ard | Lake Front |\n| 6 May 1998 | Besk | {cell} |\n"
    found = of_page(f"| Date | Place | Captured by |\n| --- | --- | --- |\n{rows}").claims
    of_besk = [one for one in found if isinstance(one, EventClaim) and one.place and one.place.name == "Besk"]
    assert [actor.name for one in of_besk for actor in one.actors] == actors
    assert len(of_besk) == len(actors)


def test_the_losses_in_a_cell_are_not_of_the_place_in_another_row() -> None:
    found = of_page("| Leader | Ard Holt |\n| Changes | Front captures Besk on 3 May 1998 |\n| Losses | 120 killed |\n")
    assert [(int(one.value), one.of) for one in found.claims if isinstance(one, FigureClaim)] == [(120, None)]


@pytest.mark.parametrize(
    "mark", ["[12]", "[a]", "[nb 2]: 45–47", "[lower-alpha 1]", "[who?]", "[better source needed]"]
)
def test_the_mark_of_a_note_ends_a_sentence_as_if_it_were_not_there(mark: str) -> None:
    assert held(f"The rebels captured Ard.{mark} The garrison of Besk{mark} surrendered on 3 May 1998.{mark}") == [
        ("capture", "Ard"),
        ("capture", "Besk"),
    ]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Rebels entered Goma on Sunday.", [("capture", "Goma")]),
        ("Rebels have entered Goma.", [("capture", "Goma")]),
        ("Rebels entered Goma.", []),
        ("The militants have taken over Alpuri, the seat of a district.", [("capture", "Alpuri")]),
        ("The new owners have taken over Alpuri, the seat of a district.", []),
        ("Raqqa has fallen into the hands of rebel fighters.", [("capture", "Raqqa")]),
    ],
)
def test_news_tells_of_a_change_without_a_date_of_its_own(text: str, events: list[tuple[str, str]]) -> None:
    assert held(text) == events


@pytest.mark.parametrize(
    ("text", "events", "speakers"),
    [
        ("The army said the villages of Ard, Besk and Corm had been liberated.", ["Ard", "Besk", "Corm"], ["the army"]),
        ("The army said Ard, Besk and Corm had been liberated.", ["Ard", "Besk", "Corm"], ["the army"]),
        ("They left without informing the UN mission, and Ard was liberated by the army.", ["Ard"], []),
    ],
)
def test_a_list_is_the_subject_of_what_is_said_without_that(text: str, events: list[str], speakers: list[str]) -> None:
    assert [place for _, place in held(text)] == events
    assert [speaker for speaker, _, _ in said(text)] == speakers
    told = [claim for claim in extracted(text).claims if isinstance(claim, EventClaim)]
    assert all(bool(claim.according_to) == bool(speakers) for claim in told)


def test_a_dash_before_a_day_begins_an_entry_and_no_speech() -> None:
    text = "Events:\n\n— May 2011: Calm.\n\n— March 2013: Rebels capture Raqqa in Syria.\n\n— Summer 2014: Calm."
    (event,) = (claim for claim in extracted(text).claims if isinstance(claim, EventClaim))
    assert (event.word, event.place and event.place.name, event.date) == ("capture", "Raqqa", "2013-03")


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("After capturing Homs, the rebels moved on to Hama.", [("capture", "Homs")]),
        ("The rebels moved on after capturing Homs.", [("capture", "Homs")]),
        ("After capturing Homs, the rebels would move on.", []),
        ("After capturing a town like Homs, the rebels burn it.", []),
        ("The rebels planned to leave after capturing Homs.", []),
        ("Before capturing Homs, the rebels moved on to Hama.", []),
    ],
)
def test_what_is_over_before_something_told_of_the_past_happened(text: str, events: list[tuple[str, str]]) -> None:
    assert held(text) == events


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("The government has retaken a Red Sea town from the rebels.", []),
        ("The army recaptured the Red Sea town of Mokha.", [("recapture", "Mocha")]),
        ("They left a post in the province of Kivu in Congo, a day after taking it from the army.", []),
        (
            "The militants took Alpuri, the headquarters of Shangla district and home to Ana Holt.",
            [("capture", "Alpuri")],
        ),
        (
            "The militants took Alpuri, the headquarters of a district, and Besk.",
            [("capture", "Alpuri"), ("capture", "Besk")],
        ),
    ],
)
def test_what_a_town_is_called_after_or_is_besides_changes_no_hands(text: str, events: list[tuple[str, str]]) -> None:
    assert held(text) == events


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("A mission observing the cease-fire said the road was shut.", [("a mission", "the road was shut", None)]),
        ("They held a memorial ceremony in Sanaa for comrades killed in the battle.", []),
        ("The advance was a blow to Ana Holt, who declared when he came that it would be over.", []),
        ("They want to create an Islamic state. It said in a statement that Homs was quiet.", []),
        (
            "Troops of Islamic State left. It said in a statement that Homs was quiet.",
            [("Islamic State", "Homs was quiet", None)],
        ),
    ],
)
def test_who_speaks_is_who_the_verb_is_said_of(text: str, statements: list[tuple[str, str, str | None]]) -> None:
    assert said(text) == statements
