"""Tables of the pages: looked through, sorted, in pages, by column, and as CSV; things by their names."""

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

import kg
from kg.dataset import Dataset, queries
from kg.text.folding import fold
from kg.web.app import application

LISTS = ("names", "documents", "queries/events", "queries/claims", "queries/figures")


@pytest.fixture(scope="module")
def client(built_sides: Dataset) -> Iterator[TestClient]:
    with TestClient(application(kg.open(built_sides.folder))) as client:
        yield client


def table(client: TestClient, address: str) -> list[list[str]]:
    """The head and the rows of the table of a page, as text."""
    page = client.get(address, headers={"accept": "text/html"}).text
    (found,) = re.findall(r'<table class="rows.*?</table>', page, re.S)
    rows = re.findall(r"<tr>(.*?)</tr>", found, re.S)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]
    return [
        [" ".join(re.sub(r"<span aria-hidden.*?</span>|<[^>]+>", "", unescape(cell)).split()) for cell in row]
        for row in cells
    ]


def as_csv(client: TestClient, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(answer.text)))


@pytest.mark.parametrize("path", LISTS)
def test_things_are_shown_by_their_names_and_not_by_their_iris(client: TestClient, path: str) -> None:
    _, *rows = table(client, f"/{path}")
    assert rows
    prefixes = ("place:", "agent:", "document:", "claim:", "event:", "https://kg.example/")
    assert not [cell for row in rows for cell in row if cell.startswith(prefixes)]


@pytest.mark.parametrize("path", LISTS)
def test_every_column_sorts_both_ways_and_what_is_not_stated_comes_last(client: TestClient, path: str) -> None:
    page = client.get(f"/{path}", headers={"accept": "text/html"}).text
    links = [unescape(link) for link in re.findall(r'<th scope="col"><a href="[^"?]*\?([^"]+)"', page)]
    assert len(links) > 3
    for number, query in enumerate(links):
        head, *rising = table(client, f"/{path}?{query}")
        _, *falling = table(client, f"/{path}?{query.replace('sort=', 'sort=-')}")
        column = [row[number] for row in rising]
        stated = [cell for cell in column if cell]
        assert column == stated + [""] * (len(column) - len(stated)), head[number]
        assert sorted(stated) == sorted(cell for cell in (row[number] for row in falling) if cell)
        if len(set(stated)) > 1:
            assert falling[0][number] != rising[0][number], head[number]


def test_names_are_in_the_order_of_the_alphabet_whatever_their_accents(client: TestClient) -> None:
    _, *rows = table(client, "/names")
    names = [row[0] for row in rows]
    assert names == sorted(names, key=lambda name: (fold(name), name))
    assert len(names) > 10


@pytest.mark.parametrize("words", ["Şuşa", "ШУША", "shushi"])
def test_names_are_found_in_every_spelling(client: TestClient, words: str) -> None:
    assert "Shusha" in [row[0] for row in table(client, f"/names?find={words}")]
    assert table(client, "/names?find=zyxwvut")[1:] == []


def test_the_rows_of_a_query_are_those_that_hold_every_word(client: TestClient) -> None:
    every = table(client, "/queries/events")[1:]
    some = table(client, "/queries/events?find=shusha+liberation")[1:]
    assert 0 < len(some) < len(every)
    assert all("shusha" in fold(" ".join(row)) and "liberation" in fold(" ".join(row)) for row in some)


def test_only_the_columns_that_are_picked_are_shown(client: TestClient) -> None:
    head, *_ = table(client, "/queries/events?column=place&column=date&column=nonsense")
    assert head == ["place", "date"]


@pytest.mark.parametrize("query", ["", "find=shusha", "sort=-date&column=date&column=place&find=1992"])
def test_the_csv_is_what_is_shown(client: TestClient, query: str) -> None:
    head, *rows = table(client, f"/queries/events?{query}")
    named, *lines = as_csv(client, f"/queries/events?{query}&format=csv")
    assert [name.replace("_", " ") for name in named] == head
    assert [[cell.replace(" | ", " ") for cell in line] for line in lines] == rows


def test_a_parameter_of_the_query_is_kept_while_its_rows_are_looked_at(client: TestClient) -> None:
    page = client.get("/queries/compare?property=date", headers={"accept": "text/html"}).text
    queries_ = {
        urlsplit(unescape(link)).query for link in re.findall(r'<a href="([^"]*compare\?[^"]*)" rel="nofollow"', page)
    }
    assert len(queries_) > 3
    assert all("property=date" in query for query in queries_)
    assert '<input type="hidden" name="property" value="date">' in page


def test_no_parameter_of_a_query_is_called_like_one_of_the_tables(client: TestClient) -> None:
    known = {parameter.name for name in queries.names() for parameter in queries.load(name).parameters}
    assert not known & {"find", "sort", "column", "page", "format"}


def test_any_query_has_the_same_table(client: TestClient) -> None:
    asked = "SELECT ?place ?date { ?claim sem:hasPlace ?place ; kg:date ?date } ORDER BY ?claim"
    answer = client.get("/query", params={"query": asked, "sort": "-date"}, headers={"accept": "text/html"}).text
    assert 'aria-sort="descending"' in answer
    assert ">Shusha</bdi>" in answer


def test_every_row_is_on_one_page(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.web.pages import table as tables

    monkeypatch.setitem(tables.Table.__init__.__kwdefaults__, "most", 7)
    every = as_csv(client, "/queries/claims?format=csv")[1:]
    pages = [table(client, f"/queries/claims?page={number}")[1:] for number in range(1, len(every) // 7 + 2)]
    assert [row[0] for page in pages for row in page] == [row[0] for row in every]


def test_a_cell_of_the_csv_is_no_formula(client: TestClient) -> None:
    answer = client.get("/query", params={"query": 'SELECT ("=1+1" AS ?a) {}', "format": "csv"})
    assert answer.text.splitlines()[1] == "'=1+1"


def test_numbers_are_sorted_by_size_on_every_page(client: TestClient) -> None:
    starts = [int(row[2]) for row in table(client, "/queries/mentions?sort=-start")[1:]]
    assert starts == sorted(starts, reverse=True)
    assert len({len(str(start)) for start in starts}) > 1
