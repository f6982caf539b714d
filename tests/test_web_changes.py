"""What changed since an earlier state, names that nobody could resolve, and answers and errors that can be read."""

import subprocess
import sys
import xml.etree.ElementTree as xml
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import kg
from kg.web.app import application
from kg.web.pages.problem import problem
from kg.web.static_site import write

_OLD = {
    "east.txt": "A day in May\n\nRebel forces captured Shusha on 8 May 1992.\n\n"
    "Rebel forces captured Lachin in May 1992.\n",
    "gone.txt": "Another town\n\nRebel forces captured Kalbajar on 2 April 1993.\n",
}
_NEW = {
    "east.txt": "A day in May\n\nRebel forces captured Shusha on 9 May 1992.\n\n"
    "The village of Qwelmburg was captured on 3 June 1992. Rebels captured the town of Kelbejer on 4 June 1992.\n",
    "west.txt": "A year later\n\nRebel forces captured Shusha on 8 May 1992.\n",
}
_ATOM = "{http://www.w3.org/2005/Atom}"


def built(folder: Path, texts: dict[str, str]) -> kg.Dataset:
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = folder / "kg.toml"
    settings.write_text('issued = 2026-03-04\ntitle = "Days & towns"\n\n[publishers]\n"west*" = "Western <Times>"\n')
    kg.build([str(folder / name) for name in texts], str(folder / "data"), config=str(settings))
    return kg.open(folder / "data")


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[kg.Dataset, kg.Dataset]:
    folder = tmp_path_factory.mktemp("states")
    return built(folder / "old", _OLD), built(folder / "new", _NEW)


@pytest.fixture(scope="module")
def client(states: tuple[kg.Dataset, kg.Dataset]) -> Iterator[TestClient]:
    old, new = states
    with TestClient(application(new, previous=old), headers={"accept": "text/html"}) as client:
        yield client


def test_what_came_changed_and_went_stands_by_document(client: TestClient) -> None:
    page = unescape(client.get("/changes").text)
    east = page.partition("A day in May</bdi>")[2].partition("</section>")[0]
    assert "<del><bdi>8 May 1992" in east or "<del><bdi>1992-05-08" in east
    assert "captured Lachin in May 1992" in east.partition("went")[2]
    assert "the document came" in page.partition("A year later")[2].partition("</section>")[0]
    gone = page.partition("Another town")[2].partition("</section>")[0]
    assert "the document went" in gone
    assert 'href="./claim/gone' not in gone
    assert "Now contested" in page


def test_the_feed_is_atom_with_an_entry_for_each_document_that_changed(client: TestClient) -> None:
    answer = client.get("/changes.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = xml.fromstring(answer.text)
    assert feed.tag == f"{_ATOM}feed"
    entries = feed.findall(f"{_ATOM}entry")
    assert len(entries) == 3
    for one in (feed, *entries):
        assert all(one.findtext(f"{_ATOM}{name}") for name in ("id", "title", "updated"))
        assert one.findtext(f"{_ATOM}updated") == "2026-03-04T00:00:00Z"
    assert feed.findtext(f"{_ATOM}author/{_ATOM}name")
    assert len({one.findtext(f"{_ATOM}id") for one in entries}) == len(entries)
    assert [one for one in entries if str(one.findtext(f"{_ATOM}title")).startswith("Western <Times>: A year later")]
    assert 'href="./changes.atom"' in client.get("/changes").text


def test_without_an_earlier_state_there_is_no_feed_and_the_page_says_how_to_get_one(
    states: tuple[kg.Dataset, kg.Dataset],
) -> None:
    with TestClient(application(states[1])) as client:
        assert client.get("/changes.atom").status_code == 404
        assert "--previous" in client.get("/changes").text


def test_a_static_site_has_the_changes_and_the_feed(states: tuple[kg.Dataset, kg.Dataset], tmp_path: Path) -> None:
    write(states[1], tmp_path / "site", previous=states[0])
    assert "A year later" in (tmp_path / "site" / "changes.html").read_text(encoding="utf-8")
    xml.parse(tmp_path / "site" / "changes.atom")
    assert (tmp_path / "site" / "unresolved.html").is_file()


def test_a_state_with_another_base_is_no_earlier_one(states: tuple[kg.Dataset, kg.Dataset], tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(_OLD["gone.txt"], encoding="utf-8")
    kg.build([str(text)], str(tmp_path / "other"), base="https://other.example/")
    options = ("--data", states[1].folder, "--out", tmp_path / "site", "--previous", tmp_path / "other")
    command = [sys.executable, "-m", "kg", "site", *map(str, options)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "below https://other.example/" in result.stderr


def test_names_that_are_not_resolved_stand_with_where_they_are_and_what_they_may_be(client: TestClient) -> None:
    page = client.get("/unresolved").text
    row = page.partition("<bdi>Qwelmburg</bdi>")[2].partition("</tr>")[0]
    assert 'href="./document/east-1#' in row
    assert "May" not in row.partition("place</bdi>")[2].partition("<a")[0]  # nothing is like it, nothing is picked
    found = client.get("/unresolved", params={"find": "QWELM", "format": "csv"}).text.splitlines()
    assert found[0] == "name,kind,times,may_be,stands_in"
    assert found[1:] == ["Qwelmburg,place,1,,A day in May"]
    similar = page.partition("<bdi>Kelbejer</bdi>")[2].partition("</tr>")[0]
    assert "Kalbajar" in similar


def test_a_description_is_read_by_name_with_its_turtle_below(client: TestClient) -> None:
    page = client.get("/query", params={"query": "DESCRIBE place:AZ-SUS"}).text
    described = page.partition('<section class="described">')[2].partition("</section>")[0]
    assert ">Shusha</bdi></a>" in described
    assert "rdfs:label" in described
    assert "As Turtle" in page
    assert '<pre class="triples"' in page


def test_a_query_that_cannot_be_read_is_shown_where_it_cannot(client: TestClient) -> None:
    query = "SELECT ?x WHERE {\n  ?x a kg:Statement ;\n     nope:y ?z }"
    answer = client.get("/query", params={"query": query})
    assert answer.status_code == 400
    page = unescape(answer.text)
    assert "line 3, column 6" in page
    assert f"     nope:y ?z }}\n{' ' * 5}^</pre>" in page
    assert problem("the query took longer than 10 s", query).line == ""


def test_an_error_says_what_to_do(client: TestClient) -> None:
    asked = client.request("DELETE", "/documents")
    assert asked.status_code == 405
    assert "read with GET" in asked.text
    assert "says nothing of" in client.get("/place/nowhere").text
