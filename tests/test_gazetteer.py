"""Names to entries: what the seed and the world need, and what is never guessed."""

import csv
import pickle
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from kg.gazetteer import Gazetteer, load
from kg.text.folding import fold
from kg.vocabulary import BASE, GEO, KG, RDF, RDFS, SCHEMA

DISTRICTS = {
    "Shusha": "AZ-SUS", "Lachin": "AZ-LAC", "Kalbajar": "AZ-KAL", "Aghdam": "AZ-AGM",
    "Fizuli": "AZ-FUZ", "Jabrayil": "AZ-CAB", "Gubadli": "AZ-QBI", "Zangilan": "AZ-ZAN",
}  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


def means(gazetteer: Gazetteer, text: str, *countries: str, hint: str = "") -> str | None:
    name = gazetteer.resolve(gazetteer.lookup(text), countries=countries, hint=hint)
    return name.entry.key if name else None


@pytest.mark.parametrize(("name", "code"), DISTRICTS.items())
def test_a_plain_name_means_the_district_and_with_its_word_the_town(gazetteer: Gazetteer, name: str, code: str) -> None:
    assert means(gazetteer, name) == f"place/{code}"
    assert means(gazetteer, name, hint="district") == f"place/{code}"
    town = gazetteer.entry(means(gazetteer, name, hint="town") or "")
    assert town is not None
    assert town.type == "city"
    assert town.within == (f"place/{code}",)
    assert town.country == "AZ"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nagorno-Karabakh", "place/nagorno-karabakh"),
        ("Dağlıq Qarabağ", "place/nagorno-karabakh"),
        ("Լեռնային Ղարաբաղ", "place/nagorno-karabakh"),
        ("Нагорный Карабах", "place/nagorno-karabakh"),
        ("South Caucasus", "place/south-caucasus"),
        ("Azerbaijan", "place/AZ"),
        ("Armenia", "place/AM"),
        ("UN Security Council", "agent/un-security-council"),
        ("TRT World", "agent/trt-world"),
        ("Armenian armed forces", "agent/armenian-armed-forces"),
        ("Elmar Mammadyarov", "agent/elmar-mammadyarov"),
        ("Foreign Minister", "role/foreign-minister"),
        ("FM", "role/foreign-minister"),
        ("Kelbadjar", "place/AZ-KAL"),
        ("Kəlbəcər", "place/AZ-KAL"),
        ("Şuşa", "place/AZ-SUS"),
        ("Shushi", "place/AZ-SUS"),
        ("Stepanakert", "place/AZ-XA"),
        ("Da’esh", "agent/islamic-state"),
        ("Georgia", "place/GE"),
        ("Paris", "place/geonames-2988507"),
        ("London", "place/GB-LND"),
        ("Baku", "place/AZ-BA"),
        ("Tigray", "place/ET-TI"),
        ("Crimea", "place/UA-43"),
        ("Texas", "place/US-TX"),
        ("Russian Defence Ministry", "agent/russian-defence-ministry"),
    ],
)
def test_names_in_every_language_and_spelling_mean_their_entry(gazetteer: Gazetteer, text: str, key: str) -> None:
    assert means(gazetteer, text) == key


def test_what_contains_a_district_is_transitive(gazetteer: Gazetteer) -> None:
    assert gazetteer.containers("place/AZ-SUS") == ("place/AZ-SUS", "place/nagorno-karabakh", "place/AZ")
    azerbaijan = gazetteer.entry("place/AZ")
    assert azerbaijan is not None
    assert azerbaijan.area_km2 == Decimal("86600.0")


@pytest.mark.parametrize(("text", "kind"), [("Azeri", "demonym"), ("Azerbaijanis", "people"), ("U.S.", "acronym")])
def test_a_name_says_how_it_names(gazetteer: Gazetteer, text: str, kind: str) -> None:
    assert [name.kind for name in gazetteer.lookup(text)] == [kind]


@pytest.mark.parametrize("text", ["us", "is", "who", "Us", "nkao"])
def test_an_acronym_is_meant_in_capitals_only(gazetteer: Gazetteer, text: str) -> None:
    assert not [name for name in gazetteer.lookup(text) if name.kind == "acronym"]
    assert [name for name in gazetteer.lookup(text.upper()) if name.kind == "acronym"]


@pytest.mark.parametrize("text", ["Tripoli", "Congo", "Congolese", "Barcelona", "Punjab", "Korean"])
def test_an_ambiguous_name_is_not_guessed(gazetteer: Gazetteer, text: str) -> None:
    assert means(gazetteer, text) is None
    assert len(gazetteer.lookup(text)) > 1


def test_a_country_that_the_document_speaks_of_decides(gazetteer: Gazetteer) -> None:
    libya, lebanon = means(gazetteer, "Tripoli", "LY"), means(gazetteer, "Tripoli", "LB")
    assert libya != lebanon
    assert means(gazetteer, "Tripoli", "LY", "LB") is None
    assert means(gazetteer, "Punjab", "IN") == "place/IN-PB"


def test_a_type_word_decides_between_a_city_and_its_province(gazetteer: Gazetteer) -> None:
    assert means(gazetteer, "Kherson", hint="region") == "place/UA-65"
    assert means(gazetteer, "Kherson", hint="city") == means(gazetteer, "Kherson") == "place/geonames-706448"
    assert means(gazetteer, "Azerbaijan", hint="town") is None


def test_names_of_places_that_are_words_are_looked_up_but_not_searched(gazetteer: Gazetteer) -> None:
    for word in ("split", "nice", "reading", "florence", "mobile", "of"):
        assert word not in gazetteer.names
        assert not gazetteer.names.get(word)
    assert means(gazetteer, "Split", "HR") == "place/geonames-3190261"
    for country in ("jordan", "chad", "turkey", "china", "georgia"):
        assert country in gazetteer.names


def test_longest_says_how_far_to_look(gazetteer: Gazetteer) -> None:
    found: dict[str, int] = {}
    for name in gazetteer.names:
        words = name.split(" ")
        found[words[0]] = max(found.get(words[0], 0), len(words))
    assert gazetteer.longest == found


def test_only_verified_identifiers_are_linked(gazetteer: Gazetteer) -> None:
    facts = Path(__file__).parent / "facts" / "identifiers.csv"
    with facts.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["iri_path"].startswith(("place/", "agent/")):
                continue
            assert gazetteer.entry(row["iri_path"]), row["iri_path"]
            linked = {t.object for t in gazetteer.triples([row["iri_path"]]) if t.predicate == SCHEMA.sameAs and
                      t.subject == NamedNode("https://kg.example/" + row["iri_path"])}  # fmt: skip
            wikidata = {node for node in linked if "wikidata" in str(node)}
            verified = row["wikidata_status"] == "verified"
            expected = {NamedNode("http://www.wikidata.org/entity/" + row["wikidata"])} if verified else set()
            assert wikidata == expected, row["name"]


def test_every_coordinate_area_and_identifier_of_a_curated_entry_has_a_source(gazetteer: Gazetteer) -> None:
    for key in (
        "place/AZ",
        "place/AZ-SUS",
        "place/shusha",
        "place/AZ-AGM",
        "place/jerusalem",
        "agent/un-security-council",
    ):
        triples = [t for t in gazetteer.triples([key]) if t.subject == NamedNode("https://kg.example/" + key)]
        notes = " ".join(t.object.value for t in triples if t.predicate == KG.note and isinstance(t.object, Literal))
        said = {t.predicate for t in triples}
        assert ("Coordinates: " in notes) == (SCHEMA.latitude in said), key
        assert ("Area: " in notes) == (KG.citedAreaKm2 in said), key
        for triple in triples:
            wikidata = re.search(r"entity/(Q\d+)", str(triple.object))
            assert not wikidata or f"Wikidata {wikidata[1]}: " in notes


def test_a_description_is_complete_and_below_the_base(gazetteer: Gazetteer) -> None:
    triples = gazetteer.triples(["place/AZ-SUS", "agent/trt-world", "place/unheard-of"], "http://127.0.0.1:8000/")
    described = {t.subject.value for t in triples if isinstance(t.subject, NamedNode)}
    subjects = {
        f"http://127.0.0.1:8000/{key}"
        for key in ("place/AZ", "place/AZ-SUS", "place/nagorno-karabakh", "agent/trt-world")
    }
    assert described == subjects | {"http://127.0.0.1:8000/geometry/AZ-SUS"}
    contained = {
        t.object.value for t in triples if t.predicate == SCHEMA.containedInPlace and isinstance(t.object, NamedNode)
    }
    assert contained <= subjects
    assert len(triples) == len(set(triples))
    for subject in subjects:
        said = [t for t in triples if t.subject == NamedNode(subject)]
        labels = [t.object.language for t in said if t.predicate == RDFS.label and isinstance(t.object, Literal)]
        assert len(labels) == len(set(labels))
        assert "en" in labels
        assert (GEO.Feature in {t.object for t in said if t.predicate == RDF.type}) == ("/place/" in subject)
    assert not any(t.predicate in (KG.demonym, KG.people, KG.acronym) for t in triples)


def said_of_point(gazetteer: Gazetteer, key: str) -> dict[str, str]:
    """What the graph says of the point of a place, by the local names of the properties."""
    node = NamedNode(f"{BASE}geometry/{key.partition('/')[2]}")
    found = [t for t in gazetteer.triples([key]) if t.subject == node]
    return {t.predicate.value.rpartition("#")[2]: t.object.value for t in found if not isinstance(t.object, Triple)}


def test_a_place_is_drawn_at_its_coordinates_else_at_the_town_of_its_name_in_it_each_with_its_source(
    gazetteer: Gazetteer,
) -> None:
    town, district = said_of_point(gazetteer, "place/shusha"), said_of_point(gazetteer, "place/AZ-SUS")
    assert town["asWKT"] == district["asWKT"] == "POINT (46.7499 39.7601)"
    assert town["hadPrimarySource"] == district["hadPrimarySource"] == "https://sws.geonames.org/147105/"
    assert town["note"] == "Coordinates: GeoNames 147105."
    assert district["note"] == "The city of Shusha in it. Coordinates: GeoNames 147105."
    assert not said_of_point(gazetteer, "place/AZ")
    assert not said_of_point(gazetteer, "agent/trt-world")


def test_coordinates_of_a_user_are_told_from_those_that_come_with_kg(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        f"""@prefix schema: <https://schema.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix place: <{BASE}place/> . @prefix kg: <https://kg.example/ontology#> .
        place:ridge a schema:AdministrativeArea ; rdfs:label "Long Ridge"@en ; schema:containedInPlace place:AZ ;
          schema:sameAs <https://sws.geonames.org/1/> ; schema:latitude 40.5 ; schema:longitude 46.0 .
        place:shusha a schema:AdministrativeArea ; schema:latitude 39.7 ; schema:longitude 46.7 .""",
        "utf-8",
    )
    ridge, town = (said_of_point(load([path]), f"place/{name}") for name in ("ridge", "shusha"))
    assert ridge["asWKT"] == "POINT (46 40.5)"
    assert town["asWKT"] == "POINT (46.7 39.7)"
    assert "hadPrimarySource" not in ridge.keys() | town.keys()
    assert ridge["note"] == "Coordinates: a gazetteer that the dataset was built with."


def test_a_state_is_described_but_its_territory_is_what_the_name_means(gazetteer: Gazetteer) -> None:
    state = gazetteer.entry("agent/state-AZ")
    assert state is not None
    assert (state.name, state.type, state.country) == ("Azerbaijan", "state", "AZ")
    assert gazetteer.triples(["agent/state-AZ"])
    assert {name.entry.key for name in gazetteer.lookup("Azerbaijan")} == {"place/AZ"}


@pytest.mark.slow
def test_it_survives_a_trip_to_another_process(gazetteer: Gazetteer) -> None:
    gazetteer.load()  # what is made when it is first needed survives it too
    there = pickle.loads(pickle.dumps(gazetteer))
    assert there.suggest("Kelbecar", "place") == gazetteer.suggest("Kelbecar", "place") != ()
    assert there.fingerprint == gazetteer.fingerprint
    assert there.lookup("Shusha") == gazetteer.lookup("Shusha")
    assert there.triples(["place/AZ-SUS"]) == gazetteer.triples(["place/AZ-SUS"])
    assert there.longest == gazetteer.longest


def test_it_is_loaded_once() -> None:
    assert load() is load(())


@pytest.mark.parametrize(
    ("written", "key"),
    [("Kelbecar", "place/AZ-KAL"), ("Zengalan", "place/AZ-ZAN"), ("Marioupol", "place/geonames-701822")],
)
def test_similar_names_are_suggested(gazetteer: Gazetteer, written: str, key: str) -> None:
    suggested = gazetteer.suggest(written, "place")
    assert key in dict(suggested)
    assert [score for _, score in suggested] == sorted((score for _, score in suggested), reverse=True)
    assert all(0 <= score <= 1 and found.startswith("place/") for found, score in suggested)


@given(st.text(max_size=40))
def test_any_text_has_candidates_or_none_and_never_an_error(text: str) -> None:
    gazetteer = load()
    for name in gazetteer.lookup(text):
        assert gazetteer.entry(name.entry.key) == name.entry
    gazetteer.suggest(text, "place")


@given(st.data())
def test_every_name_of_the_index_leads_to_its_entries(data: st.DataObject) -> None:
    gazetteer = load()
    name = data.draw(st.sampled_from(_some_names(gazetteer)))
    found = gazetteer.names[name]
    assert found
    resolved = gazetteer.resolve(found)
    assert resolved is None or resolved in found
    assert name == fold(name)


def _some_names(gazetteer: Gazetteer) -> list[str]:
    return list(gazetteer.names)[::97]
