"""The named queries: their form, their columns, and what they say of claims written by hand."""

import csv
import io
import re

import pyoxigraph as ox
import pytest

from kg import vocabulary
from kg.dataset import Dataset, queries
from kg.errors import UsageError

# model.md, "Named queries: the contract"
CONTRACT = {
    "documents": "document title type published publisher file source characters",
    "places": "place name type iso_country iso wikidata geonames latitude longitude",
    "people": "person name role of document publisher",
    "organizations": "organization name type",
    "events": (
        "event type place place_name date begin end area_km2 actor actor_name according_to document publisher claim"
    ),
    "timeline": "event family place place_name date begin end area_km2 sources contested",
    "figures": "subject subject_name kind value unit qualifier according_to document publisher quote",
    "statements": "statement kind speaker speaker_name text said_to document publisher",
    "compare": "place place_name family property value unit called_as according_to document publisher title quote",
    "disagreements": "subject place_name property value sources documents example",
    "claims": "claim kind subject subject_name value according_to document publisher quote start end method",
    "findings": "check severity message claims",
    "control": "place place_name actor actor_name since called_as according_to document publisher published",
    "mentions": "document publisher start end text kind entity value",
    "coverage": "document publisher start end sentence claims",
    "unresolved": "mention kind document publisher start end suggestion",
}


def local(iri: object) -> str:
    return str(iri).rpartition("/")[2]


def test_the_queries_are_those_of_the_contract() -> None:
    assert set(queries.names()) == set(CONTRACT)


@pytest.mark.parametrize("name", CONTRACT)
def test_a_query_has_the_columns_of_the_contract(name: str) -> None:
    solutions = ox.Store().query(queries.load(name).text)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [variable.value for variable in solutions.variables] == CONTRACT[name].split()


@pytest.mark.parametrize("name", CONTRACT)
def test_a_query_says_what_it_answers(name: str) -> None:
    query = queries.load(name)
    assert query.title
    assert query.description.endswith(".")
    assert query.keywords
    assert all(parameter.description for parameter in query.parameters)


@pytest.mark.parametrize("name", CONTRACT)
def test_a_query_uses_only_terms_that_kg_writes(name: str) -> None:
    text = queries.load(name).text
    declared = dict(re.findall(r"^PREFIX (\w+): <([^>]+)>", text, re.MULTILINE))
    known = {namespace.prefix: namespace for namespace in vocabulary.NAMESPACES}
    body = "\n".join(line for line in text.splitlines() if not line.startswith(("PREFIX", "#")))
    for prefix, term in re.findall(r"\b([a-z]+):([A-Za-z]\w*)", body):
        assert declared[prefix] == known[prefix].iri
        assert term in known[prefix].terms, f"{prefix}:{term}"


@pytest.mark.parametrize("name", CONTRACT)
def test_a_query_runs_in_rdflib_with_the_same_rows(name: str, by_hand_sides: Dataset) -> None:
    graph = by_hand_sides.rdflib(annotations=queries.load(name).annotations)
    found = graph.query(queries.load(name).text)
    theirs = [tuple(None if term is None else str(term) for term in row) for row in found]
    ours = [tuple(None if value is None else str(value) for value in row.values()) for row in by_hand_sides.query(name)]
    assert sorted(map(plain_numbers, theirs)) == sorted(map(plain_numbers, ours))


def plain_numbers(row: tuple[str | None, ...]) -> tuple[str, ...]:
    """Cells as text; a store writes 1840.0 as 1840, and an unbound OPTIONAL aggregate is an empty string in one."""
    return tuple(re.sub(r"^(\d+)\.0$", r"\1", cell or "") for cell in row)


def test_nine_rows_of_the_list_are_occupations_with_date_and_area(by_hand_seed: Dataset) -> None:
    rows = [row for row in by_hand_seed.query("events") if row["area_km2"] is not None]
    assert [(local(row["place"]), row["date"], int(str(row["area_km2"]))) for row in rows] == [
        ("nagorno-karabakh", "1988/1992", 4400),
        ("AZ-SUS", "1992-05-08", 289),
        ("AZ-LAC", "1992-05-18", 1840),
        ("AZ-KAL", "1993-04-02", 3054),
        ("AZ-AGM", "1993-07-23", 1150),
        ("AZ-FUZ", "1993-08-23", 1390),
        ("AZ-CAB", "1993-08-23", 1050),
        ("AZ-QBI", "1993-08-31", 802),
        ("AZ-ZAN", "1993-10-29", 707),
    ]
    assert {row["type"] for row in rows} == {"occupation"}
    assert {row["actor"] for row in rows} == {None}


def test_several_actors_are_separated_and_named_in_the_same_order(by_hand_seed: Dataset) -> None:
    (interview,) = (row for row in by_hand_seed.query("events") if row["type"] == "interview")
    assert list(map(local, str(interview["actor"]).split(" "))) == ["elmar-mammadyarov", "trt-world"]
    assert interview["actor_name"] == "Elmar Mammadyarov | TRT World"


def test_a_speaker_without_a_name_goes_by_the_words_of_its_document(by_hand_all: Dataset) -> None:
    (row,) = (row for row in by_hand_all.query("statements") if row["text"] == "All of them left")
    assert (row["speaker_name"], local(row["speaker"])) == ("a soldier", "everything-1_a-soldier")
    assert row["speaker"] not in {row["organization"] for row in by_hand_all.query("organizations")}
    assert row["speaker"] not in {row["person"] for row in by_hand_all.query("people")}


def test_a_count_of_people_has_its_kind_and_whom_it_counts(by_hand_all: Dataset) -> None:
    (row,) = (row for row in by_hand_all.query("figures") if row["kind"] == "displaced")
    assert (row["value"], row["unit"], local(row["subject"])) == (9, "person", "AZ-LAC")


@pytest.mark.parametrize("name", [name for name in CONTRACT if "document" in CONTRACT[name].split()])
def test_the_rows_of_a_publisher_or_a_document_are_those_that_say_so(name: str, by_hand_all: Dataset) -> None:
    everything = list(by_hand_all.query(name))
    stated = {row["publisher"] for row in everything}
    for publisher in stated - {None}:
        asked = list(by_hand_all.query(name, publisher=str(publisher)))
        if name != "control":  # which then tells the latest change by that publisher
            assert asked == [row for row in everything if row["publisher"] == publisher]
        assert {row["publisher"] for row in asked} == {publisher}
    for document in sorted({str(row["document"]) for row in everything}):
        asked = list(by_hand_all.query(name, document=document))
        assert {row["document"] for row in asked} == {document}
    assert not list(by_hand_all.query(name, publisher="Nobody's Press"))


def test_who_held_what_says_how_old_the_claim_is(by_hand_all: Dataset) -> None:
    texts = {local(row["document"]): row["published"] for row in by_hand_all.query("documents")}
    rows = list(by_hand_all.query("control"))
    assert rows
    assert all(row["published"] == texts[local(row["document"])] for row in rows)
    (row,) = (row for row in by_hand_all.query("documents") if local(row["document"]) == "everything-1")
    assert row["published"] == "1993-11-23"


def test_who_held_what_by_one_publisher_is_the_latest_that_it_tells(by_hand_sides: Dataset) -> None:
    rows = by_hand_sides.query("control", publisher="Outlet one")
    assert [(row["called_as"], row["publisher"]) for row in rows] == [("occupied", "Outlet one")]


def test_a_place_without_english_name_goes_by_the_words_of_its_document(by_hand_seed: Dataset) -> None:
    rows = by_hand_seed.query("places")
    assert all(row["name"] for row in rows)
    assert len({row["place"] for row in rows}) == len(rows)


def test_figures_include_the_areas_and_shares_of_events(by_hand_seed: Dataset) -> None:
    rows = by_hand_seed.query("figures")
    kinds = [row["kind"] for row in rows]
    assert {kind: kinds.count(kind) for kind in kinds} == {"area": 9, "share": 1, "count": 2, "distance": 1}
    (distance,) = (row for row in rows if row["kind"] == "distance")
    assert (distance["value"], distance["unit"], distance["qualifier"]) == (100, "m", "less-than")
    assert local(distance["according_to"]) == "elmar-mammadyarov"
    assert {row["unit"] for row in rows if row["kind"] == "count"} == {"district", "resolution"}


def test_people_have_their_role_as_written_and_whose_it_is(by_hand_seed: Dataset) -> None:
    (row,) = by_hand_seed.query("people")
    assert (row["name"], local(row["of"])) == ("Elmar Mammadyarov", "state-AZ")


def test_organizations_include_states_that_act(by_hand_seed: Dataset) -> None:
    types = {local(row["organization"]): row["type"] for row in by_hand_seed.query("organizations")}
    assert types["state-AM"] == "state"
    assert {"trt-world", "un-security-council", "armenian-armed-forces"} <= set(types)


def test_rows_stand_in_the_order_of_the_text(by_hand_seed: Dataset) -> None:
    starts = [row["start"] for row in by_hand_seed.query("claims")]
    assert starts == sorted(starts, key=lambda start: int(str(start)))


def test_quotes_are_the_characters_of_the_source(by_hand_seed: Dataset) -> None:
    text = by_hand_seed.text("source/000_99131d23c14bfa34")
    assert text
    for row in by_hand_seed.query("claims"):
        assert row["quote"] == text[int(str(row["start"])) : int(str(row["end"]))]


def test_disagreements_have_a_row_per_value(by_hand_sides: Dataset) -> None:
    rows = [(local(row["subject"]), row["property"], row["value"]) for row in by_hand_sides.query("disagreements")]
    assert rows == [
        ("control_AZ-SUS_1992-05-08", "date", "1992-05"),
        ("control_AZ-SUS_1992-05-08", "date", "1992-05-08"),
        ("control_AZ-SUS_1992-05-08", "date", "1992-05-09"),
        ("AZ-LAC", "area", "1835"),
        ("AZ-LAC", "area", "1840"),
    ]


def test_a_contested_value_is_not_in_the_timeline(by_hand_sides: Dataset) -> None:
    (row,) = by_hand_sides.query("timeline")
    assert row["date"] is row["begin"] is row["end"] is None
    assert row["sources"] == 3
    assert str(row["contested"]).endswith("#date")


def test_compare_shows_who_says_what_in_which_words(by_hand_sides: Dataset) -> None:
    rows = by_hand_sides.query("compare", place="place:AZ-SUS", property="date")
    assert [(row["value"], row["called_as"]) for row in rows] == [
        ("1992-05-08", "occupied"),
        ("1992-05-09", "liberated"),
        ("1992-05", "captured"),
    ]
    assert rows[0]["quote"] == "Shusha was occupied on 8 May 1992."


def test_compare_says_in_what_a_number_is(by_hand_sides: Dataset) -> None:
    units = {(row["property"], row["unit"]) for row in by_hand_sides.query("compare")}
    assert ("area", "km2") in units
    assert units <= {("area", "km2"), ("share", "percent"), ("date", None), ("actor", None)}


def test_compare_takes_an_area_that_no_event_has(by_hand_sides: Dataset) -> None:
    rows = by_hand_sides.query("compare", place="place/AZ-LAC", property="area")
    assert [(row["value"], row["family"]) for row in rows] == [("1840", None), ("1835", None)]


def test_control_is_that_of_the_day(by_hand_seed: Dataset) -> None:
    def held(day: str) -> set[str]:
        return {local(row["place"]) for row in by_hand_seed.query("control", date=day)}

    assert held("1987-12-31") == set()
    assert held("1992-05-07") == {"nagorno-karabakh"}
    assert held("1992-05-08") == {"nagorno-karabakh", "AZ-SUS"}
    assert len(held("2000-01-01")) == 9  # a fifth of Azerbaijan is not the whole of it


def test_control_shows_every_side_of_a_contested_event(by_hand_sides: Dataset) -> None:
    rows = by_hand_sides.query("control")
    assert {row["called_as"] for row in rows} == {"occupied", "liberated", "captured"}
    assert len(rows) == 3


def test_every_sentence_is_in_coverage_with_its_claims(by_hand_seed: Dataset) -> None:
    rows = by_hand_seed.query("coverage")
    assert [row for row in rows if row["claims"] is None]
    for row in rows:
        for claim in str(row["claims"] or "").split():
            assert claim.startswith("https://kg.example/claim/")


def test_findings_name_their_claims(by_hand_sides: Dataset) -> None:
    known = {row["claim"] for row in by_hand_sides.query("claims")}
    for row in by_hand_sides.query("findings"):
        assert set(str(row["claims"]).split()) <= known


def test_csv_is_what_the_rows_say(by_hand_seed: Dataset) -> None:
    with (by_hand_seed.folder / "tables" / "statements.csv").open(newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    rows = [{name: str(value or "") for name, value in row.items()} for row in by_hand_seed.query("statements")]
    assert table == rows


def test_csv_ends_its_lines_as_the_standard_says(by_hand_seed: Dataset) -> None:
    content = (by_hand_seed.folder / "tables" / "documents.csv").read_bytes()
    assert content.endswith(b"\r\n")
    assert next(csv.reader(io.StringIO(content.decode()))) == CONTRACT["documents"].split()


@pytest.mark.parametrize(
    ("query", "parameters", "message"),
    [
        ("evnts", {}, "did you mean 'events'"),
        ("xyz", {}, "one of claims"),
        ("events", {"place": "place:AZ"}, "has no parameter 'place'"),
        ("compare", {"property": "colour"}, "one of actor, area, date, share"),
        ("compare", {"place": "Nowhere at all"}, "nothing in the dataset has that name"),
        ("control", {"date": "May 1992"}, "is not a day"),
        ("control", {"date": "1992"}, "is not a day"),
        ("control", {"date": '1992-05-08" } #'}, "is not a day"),
    ],
)
def test_a_mistake_is_named_with_what_to_do(
    by_hand_seed: Dataset, query: str, parameters: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        by_hand_seed.query(query, **parameters)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?s { ?s ?p", "query, line 1, column"),
        ("SELECT ?s {\n ?s ?p ?o\n", "query, line"),
        ("SELECT ?s {\n ?s unknown:p ?o }", "query, line 2, column 5: unknown prefix unknown:"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", "INSERT is an update"),
        ("# a note\nPREFIX a: <b:>\nDELETE WHERE { ?s ?p ?o }", "DELETE is an update"),
        ("LOAD <http://127.0.0.1:1/>", "LOAD is an update"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE asks another server"),
        ("SELECT * { service SILENT ?s { ?s ?p ?o } }", "SERVICE asks another server"),
        ("nothing at all", "query, line 1, column 1: unknown word nothing"),
    ],
)
def test_a_query_that_cannot_be_answered_is_refused(by_hand_seed: Dataset, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        by_hand_seed.query(text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ("SERVICE" AS ?service) {}',
        "SELECT ?o { ?s ?p ?o } # SERVICE <http://127.0.0.1:1/>\nLIMIT 1",
        'SELECT ("""a "quoted" SERVICE" """ AS ?x) {}',
        "SELECT ?x { <http://example.org/SERVICE> ?p ?x }",
    ],
)
def test_the_word_service_alone_asks_no_server(by_hand_seed: Dataset, text: str) -> None:
    by_hand_seed.query(text)


def test_who_says_what_needs_no_declarations(by_hand_sides: Dataset) -> None:
    text = """SELECT ?date ?word ?document WHERE {
      ?claim sem:hasPlace place:AZ-SUS ; kg:date ?date ; kg:calledAs ?word ; dcterms:source ?document .
    } ORDER BY ?date"""
    ours = [tuple(map(str, row.values())) for row in by_hand_sides.query(text)]
    theirs = [tuple(map(str, row)) for row in by_hand_sides.rdflib().query(text)]
    assert ours == theirs
    assert [row[:2] for row in ours] == [
        ("1992-05", "captured"),
        ("1992-05-08", "occupied"),
        ("1992-05-09", "liberated"),
    ]


def test_an_ask_is_one_row_and_a_construct_a_row_per_triple(by_hand_sides: Dataset) -> None:
    assert list(by_hand_sides.query("ASK { ?s ?p ?o }")) == [{"answer": True}]
    built = by_hand_sides.query("CONSTRUCT { ?e a kg:Finding } WHERE { ?e kg:sources 3 }")
    assert [local(row["subject"]) for row in built] == ["control_AZ-SUS_1992-05-08"]


def test_a_selected_variable_can_be_given_a_value(by_hand_sides: Dataset) -> None:
    text = "SELECT ?place ?claim { ?claim sem:hasPlace ?place ; kg:method ?how }"
    rows = by_hand_sides.query(text, place="place:AZ-SUS")
    assert len(rows) == 3
    with pytest.raises(UsageError, match="SELECT projection"):
        by_hand_sides.query("SELECT ?claim { ?claim sem:hasPlace ?place }", place="place:AZ-SUS")


def test_a_query_file_without_a_default_for_its_parameter_is_refused() -> None:
    parameter = 'sh:parameter [ sh:name "x" ; sh:description "d" ; sh:datatype xsd:date ]'
    header = f'# <q> rdfs:label "a" ; rdfs:comment "b" ; {parameter} .'
    with pytest.raises(ValueError, match=r"no VALUES \?x"):
        queries.parse("q", f"{header}\nSELECT * {{ ?s ?p ?x }}")
