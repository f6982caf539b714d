"""Who says what: publishers lead, what contradicts stands apart from what does not, and each claim can be cited."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import kg
from kg.web.app import application
from kg.web.pages.cite import Citation
from kg.web.pages.compare import MOST_TOLD, MOST_VALUES
from kg.web.pages.publishers import NAMED, Publishers

_SETTINGS = """contact = "corrections@data.example.org"

[publishers]
"east*" = "Eastern Post"
"west*" = "Western Times"
"""
_TEXTS = {
    "east-1.txt": "A day in May\n\nRebel forces captured Shusha on 8 May 1992.\n",
    "east-2.txt": "The year\n\nRebel forces captured Lachin in May 1992.\n\n"
    "They now hold 882 of the 1,094 sq km of Aghdam district.\n",
    "west-1.txt": "Another day\n\nRebel forces captured Shusha on 9 May 1992. "
    "Shusha has an area of 289 square kilometers.\n\n"
    "Rebel forces captured Lachin on 18 May 1992.\n",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("compared")
    for name, text in _TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "kg.toml").write_text(_SETTINGS, encoding="utf-8")
    kg.build([str(folder / name) for name in _TEXTS], str(folder / "data"), config=str(folder / "kg.toml"))
    with TestClient(application(kg.open(folder / "data")), headers={"accept": "text/html"}) as client:
        yield client


def test_a_publisher_has_one_colour_on_every_page(client: TestClient) -> None:
    pages = [client.get(path).text for path in ("/", "/compare", "/compare/AZ-SUS", "/place/AZ-LAC", "/compatible")]
    found = [re.findall(r'class="publisher (by-\w+)"><bdi>(.*?)</bdi>', page) for page in pages]
    assert all(found)
    assert len({pair for pairs in found for pair in pairs}) == 2


def test_publishers_beyond_the_eighth_share_a_colour_and_none_is_nobodys() -> None:
    colours = Publishers({f"paper {number}": 9 - number % 3 for number in range(NAMED + 2)})
    assert len({colours.of(f"paper {number}") for number in range(NAMED + 2)}) == NAMED + 1
    assert colours.of("") not in {colours.of(f"paper {number}") for number in range(NAMED + 2)}


def test_what_contradicts_is_on_the_first_page_and_what_does_not_is_sorted_on_another(client: TestClient) -> None:
    first, other = client.get("/compare").text, client.get("/compatible").text
    conflicts = first.partition("Every place")[0]
    assert "9 May 1992" in conflicts
    assert "18 May 1992" not in conflicts
    vague = other.partition("<h2>Less precise</h2>")[2].partition("<section><h2>")[0]
    assert "18 May 1992" in vague
    assert "9 May 1992" not in vague.replace("19 May 1992", "")
    parts = other.partition("<h2>Part and whole</h2>")[2].partition("<section><h2>")[0]
    assert "882 km²" in parts
    assert "1,094 km²" in parts


def test_on_the_page_of_a_place_the_contradiction_stands_first(client: TestClient) -> None:
    page = client.get("/compare/AZ-SUS").text
    assert page.index("sources differ") < page.index("No difference")
    assert "No two sources exclude each other" in client.get("/compare/AZ-LAC").text


def test_a_claim_is_cited_by_sentence_document_characters_iri_state_and_a_link_that_highlights(
    client: TestClient,
) -> None:
    path = re.findall(r'href="\.\./(claim/[^"#]+)#cite"', client.get("/compare/AZ-SUS").text)[0]
    page = unescape(client.get(f"/{path}").text)
    text = re.search(r'<p class="citation".*?>(.*?)</p>', page, re.DOTALL)
    assert text
    span = re.search(r"http://testserver/(span/\S+-(\d+)-(\d+))", text[1])
    assert span
    for part in ("Rebel forces captured Shusha on 8 May 1992.", "Eastern Post", "A day in May", f"/{path}", "state"):
        assert part in text[1]
    assert f"Characters {span[2]}–{span[3]}" in text[1]
    shown = client.get(f"/{span[1]}")
    assert shown.url.path == "/document/east-1-1"
    assert f'id="{span[2]}-{span[3]}"' in shown.text
    assert "@misc{" in page


def test_bibtex_holds_no_mark_that_tex_would_read() -> None:
    entry = Citation("a", "50 % of {A_B} & #1", "T$", author="X & Y", iri="https://a.example/b_c").bibtex("https://a/")
    assert r"50 \% of \{A\_B\} \& \#1" in entry
    assert "author = {{X \\& Y}}" in entry
    assert entry.count("{") - entry.count(r"\{") == entry.count("}") - entry.count(r"\}")


def test_who_finds_a_claim_wrong_is_told_what_to_edit_and_can_tell_the_curator(client: TestClient) -> None:
    path = re.findall(r'href="\.\./(claim/[^"#]+)#wrong"', client.get("/compare/AZ-SUS").text)[0]
    page = unescape(client.get(f"/{path}").text)
    assert "east-1.txt, line 3" in page
    assert f"kg explain https://kg.example/{path} --trace" in page
    assert '"east-1.txt" = "NAME"' in page
    assert client.get(re.findall(r'href="\.\./(sources/[^"]+)"', page)[0]).text == _TEXTS["east-1.txt"]
    told = re.search(r'href="(mailto:corrections@data.example.org\?[^"]+)"', page)
    assert told
    assert path.partition("/")[2] in told[1]


def test_findings_and_queries_are_cited_too(client: TestClient) -> None:
    assert "@misc{events," in client.get("/queries/events").text
    finding = re.findall(r'href="\./(finding/[^"]+)"', client.get("/findings").text)
    assert finding
    assert 'class="citation"' in client.get(f"/{finding[0]}").text


def test_of_what_very_many_say_some_is_shown_and_the_rest_counted(tmp_path: Path) -> None:
    texts = [f"Day {day}\n\nRebel forces captured Shusha on 8 May 1992.\n" for day in range(MOST_TOLD + 3)]
    areas = [f"Shusha has an area of {289 + area} square kilometers." for area in range(MOST_VALUES + 2)]
    for number, text in enumerate([*texts, "Areas\n\n" + "\n\n".join(areas)]):
        (tmp_path / f"text-{number}.txt").write_text(text, encoding="utf-8")
    kg.build([str(path) for path in sorted(tmp_path.glob("*.txt"))], str(tmp_path / "data"))
    with TestClient(application(kg.open(tmp_path / "data")), headers={"accept": "text/html"}) as client:
        for path in ("compare/AZ-SUS", "place/AZ-SUS"):
            page = client.get(f"/{path}").text
            assert "and 3 claims more" in page
            assert "and 2 values more" in page
        assert f"{MOST_TOLD + 3} claims agree" in page
        page = client.get("/place/AZ-SUS").text.partition("Who says what")[2]
        assert page.count("captured Shusha on 8 May 1992.</q>") == MOST_TOLD
