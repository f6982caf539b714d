"""What the seed must yield, all of it and nothing else; and that a changed page yields what it then says."""

from pathlib import Path
from typing import Any, cast

import pytest

import kg
from kg.dataset import Dataset

ROOT = Path(__file__).parents[1]
SEED = (ROOT / "seeds" / "000_99131d23c14bfa34.txt").read_text(encoding="utf-8")
ROWS = {
    "nagorno-karabakh": ("1988/1992", 4400),
    "AZ-SUS": ("1992-05-08", 289),
    "AZ-LAC": ("1992-05-18", 1840),
    "AZ-KAL": ("1993-04-02", 3054),
    "AZ-AGM": ("1993-07-23", 1150),
    "AZ-FUZ": ("1993-08-23", 1390),
    "AZ-CAB": ("1993-08-23", 1050),
    "AZ-QBI": ("1993-08-31", 802),
    "AZ-ZAN": ("1993-10-29", 707),
}


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("seed") / "out"
    assert kg.build([ROOT / "seeds"], folder).conforms
    return kg.open(folder)


def built(tmp_path: Path, text: str) -> Dataset:
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    assert kg.build([tmp_path / "page.txt"], tmp_path / "out").conforms
    return kg.open(tmp_path / "out")


def local(iri: object) -> str:
    return str(iri or "").rpartition("/")[2]


def listed(data: Dataset) -> dict[str, tuple[object, int]]:
    """Date and area of each row of the list, by place."""
    rows = [row for row in data.query("events") if row["area_km2"] is not None]
    assert {row["type"] for row in rows} == {"occupation"}
    return {local(row["place"]): (row["date"], int(str(row["area_km2"]))) for row in rows}


def test_the_page_holds_a_list_and_an_article(seed: Dataset) -> None:
    rows = [(row["title"], row["type"]) for row in seed.query("documents")]
    assert rows == [
        ("The Occupation in Figures", "report"),
        ("Azerbaijani FM: We need to redouble or triple efforts to solve Karabakh conflict", "article"),
    ]


def test_the_list_yields_nine_occupations_without_an_actor(seed: Dataset) -> None:
    assert listed(seed) == ROWS
    assert {row["actor"] for row in seed.query("events") if row["area_km2"] is not None} == {None}


def test_the_article_yields_five_events(seed: Dataset) -> None:
    rows = [row for row in seed.query("events") if row["area_km2"] is None]
    found = {(row["type"], local(row["place"]), row["date"]) for row in rows}
    by_type = {kind: (place, date) for kind, place, date in found}
    assert len(rows) == 5
    assert by_type["occupation"] == ("AZ", "1992")
    assert by_type["ceasefire"][1] == "1994"
    assert by_type["conflict"][1] == "1988/.."
    assert by_type["negotiation"][1] == "1994/.."
    assert by_type["interview"][1] is None
    actors = {row["type"]: set(map(local, str(row["actor"] or "").split())) for row in rows}
    assert actors["occupation"] == {"armenian-armed-forces"}
    assert actors["interview"] == {"elmar-mammadyarov", "trt-world"}


def test_the_figures_are_these(seed: Dataset) -> None:
    rows = seed.query("figures")
    others = {
        (row["kind"], int(str(row["value"])), row["unit"], row["qualifier"], local(row["according_to"]))
        for row in rows
        if row["kind"] != "area"
    }
    assert others == {
        ("share", 20, "percent", "exact", ""),
        ("count", 7, "district", "exact", ""),
        ("count", 4, "resolution", "exact", ""),
        ("distance", 100, "m", "less-than", "elmar-mammadyarov"),
    }
    assert {local(row["subject"]): int(str(row["value"])) for row in rows if row["kind"] == "area"} == {
        place: area for place, (_, area) in ROWS.items()
    }


def test_the_resolutions_demand_withdrawal_and_armenia_has_not_carried_them_out(seed: Dataset) -> None:
    (row,) = seed.query(
        "SELECT ?demand ?who { ?claim kg:countOf 'resolution'@en ; kg:demands ?demand ; kg:notImplementedBy ?who }"
    )
    assert (local(row["demand"]), local(row["who"])) == ("ontology#Withdrawal", "state-AM")


def test_the_people_and_organizations_are_these(seed: Dataset) -> None:
    (person,) = seed.query("people")
    assert (person["name"], local(person["of"])) == ("Elmar Mammadyarov", "state-AZ")
    assert str(person["role"]).casefold() == "foreign minister"
    organizations = {local(row["organization"]) for row in seed.query("organizations")}
    assert organizations == {
        "trt-world", "un-security-council", "armenian-armed-forces", "state-AM", "state-AZ",
    }  # fmt: skip


def test_the_places_are_these(seed: Dataset) -> None:
    assert {local(row["place"]) for row in seed.query("places")} == {*ROWS, "AZ", "AM", "south-caucasus"}
    assert not list(seed.query("unresolved"))


def test_the_statements_are_the_minister_s(seed: Dataset) -> None:
    rows = seed.query("statements")
    assert {local(row["speaker"]) for row in rows} == {"elmar-mammadyarov"}
    said = [(row["kind"], " ".join(str(row["text"]).split())) for row in rows]
    expected = [
        ("indirect", "We need to redouble", "Karabakh conflict"),
        ("indirect", "It is necessary to redouble", "Nagorno-Karabakh conflict"),
        ("indirect", "the situation on the line of contact is not so good", "is not so good"),
        ("indirect", "Armenia violates the ceasefire much often", "much often"),
        ("direct", "We call it sporadic shootings.", "that is a huge danger."),
        ("direct", "I don’t think that diplomacy is exhausted.", "triple our efforts."),
        ("indirect", "in order to achieve the conflict’s settlement", "occupied territories"),
        ("direct", "We have agreed to seriously intensify", "on the side of Azerbaijan,"),
    ]
    assert [
        (kind, text.startswith(first), text.endswith(last))
        for (kind, text), (_, first, last) in zip(said, expected, strict=True)
    ] == [(kind, True, True) for kind, _, _ in expected]


def test_the_findings_lay_list_and_article_side_by_side(seed: Dataset) -> None:
    messages = {row["check"]: str(row["message"]) for row in seed.query("findings")}
    assert "names 7 districts" in messages["count"]
    assert "14,393 km2" in messages["sum"]
    assert "16.6 percent of the 86,600 km2" in messages["sum"]
    assert "20 percent" in messages["sum"]
    assert "from 1988 to 1993" in messages["years"]


def test_every_span_is_the_characters_of_the_page(seed: Dataset) -> None:
    for row in seed.query("SELECT ?b ?e ?text { ?span nif:beginIndex ?b ; nif:endIndex ?e ; nif:anchorOf ?text }"):
        assert SEED[int(str(row["b"])) : int(str(row["e"]))] == row["text"]


# Changed pages


CHANGES = {
    "another place": (("Shusha: may 08", "Khojaly: may 08"), {"AZ-SUS": None, "AZ-XCI": ("1992-05-08", 289)}),
    "another day": (("may 18, 1992", "june 3, 1994"), {"AZ-LAC": ("1994-06-03", 1840)}),
    "another form of a day": (("may 18, 1992", "18 May 1992"), {}),
    "another area": (("3054 km2", "3,055 km2"), {"AZ-KAL": ("1993-04-02", 3055)}),
    "another unit": (("territory 1150 km2", "territory 115,000 ha"), {}),
    "a row less": ((" Gubadli: august 31, 1993, territory 802 km2;", ""), {"AZ-QBI": None}),
    "a row more": (
        ("; Zangilan:", "; Khojavend: october 2, 1992, territory 1458 km2; Zangilan:"),
        {"AZ-XVD": ("1992-10-02", 1458)},
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_row_changes_what_is_read_accordingly(name: str, tmp_path: Path) -> None:
    (old, new), changes = CHANGES[name]
    assert SEED.count(old) == 1
    rows: dict[str, Any] = {**ROWS, **cast(dict[str, Any], changes)}
    expected = {place: row for place, row in rows.items() if row is not None}
    assert listed(built(tmp_path, SEED.replace(old, new))) == expected


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path) -> None:
    first, body, rest = SEED.split("\n", 2)
    rows = body.rstrip(".").split("; ")
    assert listed(built(tmp_path, f"{first}\n{'; '.join(reversed(rows))}.\n{rest}")) == ROWS


def test_another_speaker_says_what_the_minister_said(tmp_path: Path) -> None:
    changed = SEED.replace(
        "Azerbaijan’s Foreign Minister Elmar Mammadyarov", "Azerbaijan’s Foreign Minister Kamal Rzayev"
    )
    data = built(tmp_path, changed.replace("Mammadyarov", "Rzayev"))
    assert {row["speaker_name"] for row in data.query("statements")} == {"Kamal Rzayev"}
    assert {row["name"] for row in data.query("people")} == {"Kamal Rzayev"}


def test_a_page_about_another_conflict_is_read_alike(tmp_path: Path) -> None:
    data = built(
        tmp_path,
        "The Occupation in Figures\n"
        "Kherson: march 2, 2022, territory 135 km2; Mariupol: may 20, 2022, territory 244 km2; "
        "Melitopol: march 1, 2022, territory 51 km2.\n",
    )
    rows = [row for row in data.query("events") if row["area_km2"] is not None]
    assert [(row["type"], row["date"], int(str(row["area_km2"]))) for row in rows] == [
        ("occupation", "2022-03-02", 135),
        ("occupation", "2022-05-20", 244),
        ("occupation", "2022-03-01", 51),
    ]
    assert [row["place_name"] for row in rows] == ["Kherson", "Mariupol", "Melitopol"]
