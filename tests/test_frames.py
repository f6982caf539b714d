"""Each example of the table of frames yields what it says, and nothing else of its family."""

import pytest

from kg import gazetteer
from kg.extract import extract
from kg.extract.frames import frames, stated
from kg.model import EventClaim, Source
from kg.read.split import documents

EXAMPLES = [(frame.family, example) for frame in frames() for example in frame.examples]


@pytest.mark.parametrize(("family", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_an_example_of_a_frame_yields_what_it_says(family: str, example: str) -> None:
    text, _, expected = example.partition(" => ")
    (document,) = documents(Source("a", "a", text, "text/plain"))
    claims = (claim for claim in extract(document, gazetteer.load()).claims if isinstance(claim, EventClaim))
    told = [
        " ".join(filter(None, (c.word or c.family, c.place.name if c.place else "", c.date)))
        for c in claims
        if c.family == family
    ]
    assert told == [part for part in expected.split("; ") if part != "-"]


def test_every_frame_has_an_example_that_tells() -> None:
    assert all(any("=> -" not in example for example in frame.examples) for frame in frames())


def test_a_word_alone_says_no_more_than_itself() -> None:
    lows = ("retook", "regained", "liberated", "annexed", "returned", "seized", "handed over", "area")
    told = [stated(low.split(), 0) for low in lows]
    words = ("recapture", "recapture", "liberation", "annexation", "handover", "capture", "handover", None)
    assert [one[0] if one else None for one in told] == list(words)


@pytest.mark.parametrize(
    ("text", "speaker", "actors"),
    [
        ("The liberation of Zaitsevo was announced by the Russian Ministry of Defense on 2 June 2022.", True, []),
        ("The Russian Ministry of Defense announced the liberation of Zaitsevo on 2 June 2022.", True, []),
        ("The Russian army liberated Zaitsevo on 2 June 2022.", False, ["Russian armed forces"]),
    ],
)
def test_who_announces_a_change_says_it_and_is_not_who_did_it(text: str, speaker: bool, actors: list[str]) -> None:
    (document,) = documents(Source("a.txt", "a", text))
    (claim,) = (c for c in extract(document, gazetteer.load()).claims if isinstance(c, EventClaim))
    assert claim.word == "liberation"
    assert (claim.according_to is not None) is speaker
    assert [actor.name for actor in claim.actors] == actors


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("On 2 June 2022 the Russian army completed its conquest of Zaitsevo.", ["Russian armed forces"]),
        ("On 2 June 2022 the Russian army welcomed the conquest of Zaitsevo.", []),
    ],
)
def test_who_completes_a_conquest_did_it_and_who_speaks_of_one_did_not(text: str, actors: list[str]) -> None:
    (document,) = documents(Source("a.txt", "a", text))
    claims = [c for c in extract(document, gazetteer.load()).claims if isinstance(c, EventClaim)]
    assert [actor.name for claim in claims for actor in claim.actors] == actors


@pytest.mark.parametrize(
    ("who", "name", "key"),
    [
        ("Syrian troops", "Syrian Armed Forces", "agent/syrian-armed-forces"),
        ("Advancing Syrian special forces", "Syrian Armed Forces", "agent/syrian-armed-forces"),
        ("Two battalions of Syrian infantry", "Syrian Armed Forces", "agent/syrian-armed-forces"),
        ("The Syrians", "Syria", "agent/state-SY"),
        ("Syrian rebels", "Syrian rebels", None),
        ("Syrian opposition forces", "Syrian opposition forces", None),
        ("Former Syrian soldiers", "former Syrian soldiers", None),
        ("Local Syrian forces", "local Syrian forces", None),
        ("Armed Syrians", "armed Syrians", None),
        ("Karabakh Armenians", "Karabakh Armenians", None),
        ("Croatian forces", "Croatian armed forces", "agent/croatian-armed-forces"),
        ("Croat forces", "Croat forces", None),  # of Bosnia, perhaps
        ("The rebels", "the rebels", None),
        ("The Nationalists", "the Nationalists", None),
        ("General Franco's troops", "General Franco's troops", None),
        ("Ottoman forces", "Ottoman Empire", "agent/state-ottoman-empire"),
    ],
)
def test_only_a_states_own_forces_are_the_states(who: str, name: str, key: str | None) -> None:
    """Who rises against a state, or shares a tongue with it, has its adjective, too; they go by the text's words."""
    (document,) = documents(Source("a.txt", "a", f"{who} captured Zaitsevo on 2 June 2022."))
    claims = [c for c in extract(document, gazetteer.load()).claims if isinstance(c, EventClaim)]
    assert [claim.word for claim in claims] == ["capture"]
    assert [(actor.name, actor.key) for claim in claims for actor in claim.actors] == [(name, key)]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Fighters from the Free Syrian Army took Jarablus on 24 August 2016.", ["Free Syrian Army"]),
        ("Rebels from Goma took Bukavu on 24 August 2016.", ["rebels"]),
        ("Islamic State lost Palmyra to the Syrian army on 27 March 2016.", ["Syrian Armed Forces"]),
        ("The army lost control of Goma to the M23 on 27 January 2025.", ["March 23 Movement"]),
        ("The army lost Goma on 27 January 2025 to the surprise of many.", []),
    ],
)
def test_who_comes_from_a_body_is_it_and_to_whom_a_place_is_lost_has_taken_it(text: str, actors: list[str]) -> None:
    assert [actor.name for claim in _claims(text) for actor in claim.actors] == actors


@pytest.mark.parametrize("who", ["They", "His soldiers", "Our troops", "Its forces"])
def test_who_is_only_pointed_at_is_no_actor(who: str) -> None:
    (document,) = documents(Source("a.txt", "a", f"{who} captured Zaitsevo on 2 June 2022."))
    claims = [c for c in extract(document, gazetteer.load()).claims if isinstance(c, EventClaim)]
    assert not any(claim.actors for claim in claims)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The president took office in Kyiv on 20 May 2019.", []),
        ("The general left hospital in Goma on 20 May 2019.", []),
        ("Rebels took the governor's office in Goma on 20 May 2019.", ["governor's office in Goma"]),
        ("Rebels took the hospital in Goma on 20 May 2019.", ["hospital in Goma"]),
    ],
)
def test_who_takes_office_or_leaves_hospital_takes_and_leaves_no_place(text: str, places: list[str]) -> None:
    assert _told(text) == places


@pytest.mark.parametrize(
    ("what", "place"),
    [
        ("The Karabakh town of Shusha", "Shusha"),
        ("The Helmand district of Sangin", "Sangin"),
        ("The Romagnol market town of San Varo", "San Varo"),
        ("Kodori gorge of Abkhazia", "Kodori Gorge"),
        ("The Shusha district of Nagorno-Karabakh", "Shusha"),
    ],
)
def test_what_holds_a_place_is_not_the_place(what: str, place: str) -> None:
    assert _told(f"{what} was captured on 8 May 1992.") == [place]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Iraq invaded Kuwait on 2 August 1990 and annexed it on 8 August 1990.", ["Kuwait"]),
        ("The general met Petrov on 3 May 1992 and captured it.", []),
        ("Kuwait bought a ship and seized it on 3 May 1992.", []),
    ],
)
def test_it_after_and_is_the_place_that_the_verb_before_acts_on(text: str, places: list[str]) -> None:
    assert _told(text) == places


def _claims(text: str) -> list[EventClaim]:
    (document,) = documents(Source("a.txt", "a", text))
    return [one for one in extract(document, gazetteer.load()).claims if isinstance(one, EventClaim)]


def _told(text: str) -> list[str]:
    return [claim.place.name for claim in _claims(text) if claim.place is not None]


@pytest.mark.parametrize(
    ("takes", "does_not"),
    [
        ("The fleet", "The ferry"),
        ("Mounted raiders", "Mounted tourists"),
        ("The army column", "The relief convoy with blankets"),
        ("A column of lancers", "A column of refugees"),
        ("A rebel movement", "A business movement"),
        ("A division of the army", "A division of the company"),
        ("A unit of the rifle company's battalion", "The mining company"),
        ("Grant", "Fire"),
        ("In May Grant", "The grant"),
        ("President Kabila's troops", "President Kabila's orchestra"),
        ("General Kabila", "The singer Kabila"),
        ("Armed civilians", "Civilians"),
        ("The Turks", "Locusts"),
        ("The landing party", "The party of tourists"),
        ("We", "Flood waters"),
        ("Islamic State", "Hurricane Mitch"),
    ],
)
def test_only_who_may_fight_takes_a_place(takes: str, does_not: str) -> None:
    assert _told(f"{takes} captured Goma on 3 May 2001.") == ["Goma"]
    assert _told(f"{does_not} captured Goma on 3 May 2001.") == []


@pytest.mark.parametrize(
    ("told", "undone"),
    [
        ("The infantry took Goma by storm", "The band took Goma by storm"),
        ("The marines captured Goma in a raid", "The marines captured Goma in a painting"),
        ("Rebels took Goma on foot", "Rebels took Goma on tour"),
        ("Goma was captured by noon", "Goma was captured by a noon film"),
        ("The army took Goma for good", "The army took Goma for granted"),
    ],
)
def test_what_stands_beside_a_verb_may_undo_its_sense(told: str, undone: str) -> None:
    assert _told(f"{told} on 3 May 2001.") == ["Goma"]
    assert _told(f"{undone} on 3 May 2001.") == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Russia says it captured Bakhmut on 20 May 2023.", "Russia"),
        ("Russia claims its troops captured Bakhmut on 20 May 2023.", "Russia"),
        ("The ministry says the army captured Bakhmut on 20 May 2023.", "the ministry"),
        ("Residents say rebels captured Bakhmut on 20 May 2023.", "residents"),
        ("Residents told AFP that rebels had captured Bakhmut on 20 May 2023.", "residents"),
        ("Residents told AFP rebels had captured Bakhmut on 20 May 2023.", "residents"),
        ("The claims it made were false, but Wagner captured Bakhmut on 20 May 2023.", None),
    ],
)
def test_what_is_said_without_that_is_no_word_of_the_document(text: str, speaker: str | None) -> None:
    (claim,) = _claims(text)
    assert (claim.according_to and claim.according_to.name) == speaker


@pytest.mark.parametrize("verb", ["denies", "denied", "disputes", "doubts"])
def test_what_is_denied_without_that_did_not_happen(verb: str) -> None:
    assert not _claims(f"Kyiv {verb} it lost Bakhmut on 20 May 2023.")
