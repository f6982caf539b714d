"""The search: whoever knows a word of a claim, in any spelling, finds the claim, and narrows what was found."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import kg
from kg.dataset import Dataset
from kg.vocabulary import KG
from kg.web.app import application
from kg.web.pages.view import Facts
from kg.web.search import asking, index, records
from kg.web.search.asking import KINDS, Asked, Index
from kg.web.snapshot import Snapshot


@pytest.fixture(scope="module")
def facts(built_sides: Dataset) -> Facts:
    return Facts(Snapshot(built_sides))


@pytest.fixture(scope="module")
def searched(facts: Facts) -> Iterator[Index]:
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection:
        index.fill(connection, records.read(facts))
        yield Index(connection)


@pytest.fixture(scope="module")
def client(built_sides: Dataset) -> Iterator[TestClient]:
    with TestClient(application(kg.open(built_sides.folder))) as client:
        yield client


def cards(page: str) -> list[str]:
    return re.findall(r'<article class="claim.*?</article>', page, re.S)


def states(page: str) -> list[str]:
    """The queries of the addresses of other states that a page leads to."""
    return [urlsplit(unescape(link)).query for link in re.findall(r'href="(\S*search\?[^"]*)"', page)]


def every_page(searched: Index, asked: Asked) -> list[str]:
    found = searched.find(asked)
    pages = (replace(asked, page=page) for page in range(1, found.all // asking.A_PAGE + 2))
    return [path for page in pages for path in searched.find(page).paths]


@pytest.mark.parametrize("word", ["Shusha", "shushi", "Şuşa", "ШУША", "Շուշի", "shush"])
def test_claims_of_a_place_are_found_by_every_name_that_it_has(searched: Index, facts: Facts, word: str) -> None:
    about = {
        facts.path(node.value)
        for node in facts.claims_about(facts.node("place/AZ-SUS"))
        if facts.claim(node).place == facts.thing(facts.node("place/AZ-SUS").value)
    }
    assert about
    assert about <= set(every_page(searched, Asked(word)))


def test_a_word_of_the_sentence_finds_the_claim_and_one_of_no_sentence_finds_none(
    searched: Index, facts: Facts
) -> None:
    for node in facts.graph.subjects(KG.mainEvidence):
        claim = facts.claim(node)
        assert claim.path in every_page(searched, Asked(f'"{claim.quote.words}"'))
    assert searched.find(Asked("zyxwvut")).all == 0


def test_words_in_quotation_marks_stand_in_a_row(searched: Index) -> None:
    loose, strict = (every_page(searched, Asked(words)) for words in ("1992 May", '"1992 May"'))
    assert loose
    assert strict == []


def test_the_last_word_may_be_unfinished_and_no_other(searched: Index) -> None:
    assert searched.find(Asked("shusha liberat")).all == searched.find(Asked("shusha liberated")).all > 0
    assert searched.find(Asked("liberat shusha")).all == 0


def test_each_number_beside_a_value_is_that_of_the_hits_with_it(searched: Index) -> None:
    for words in ("", "shusha"):
        found = searched.find(Asked(words))
        for facet, values in found.facets.items():
            assert values or not found.all or facet
            for value, hits in values:
                assert searched.find(Asked(words, ((facet, value),))).all == hits, (words, facet, value)


def test_values_of_one_kind_widen_and_of_two_kinds_narrow(searched: Index) -> None:
    kinds = searched.find(Asked("")).facets["kind"]
    (first, first_hits), (second, second_hits) = kinds[:2]
    either = searched.find(Asked("", (("kind", first), ("kind", second))))
    assert either.all == first_hits + second_hits
    assert searched.find(Asked("", (("kind", first), ("year", "1066")))).all == 0


@pytest.mark.parametrize("order", ["earliest", "latest"])
def test_claims_in_the_order_of_time_are_those_with_a_date(searched: Index, facts: Facts, order: str) -> None:
    for words in ("", "shusha"):
        found = searched.find(Asked(words, order=order))
        known = dict(searched.rows("SELECT path, begins FROM claim"))
        begins = [known[path] for path in found.paths]
        assert begins == sorted(begins, reverse=order == "latest")
        assert all(begins)


def test_every_hit_is_on_one_page(searched: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "A_PAGE", 3)
    paths = every_page(searched, Asked(""))
    ((count,),) = searched.rows("SELECT count(*) FROM claim")
    assert len(paths) == len(set(paths)) == count > 3


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_question(searched: Index, words: str) -> None:
    for kind in KINDS:
        assert searched.find(asking.asked([("q", words), ("in", kind), ("place", words), ("page", words)])).all >= 0


@pytest.mark.parametrize("words", ["shusha OR zyxwvut", "NOT zyxwvut", "NEAR(shusha)", "words:shusha", "e1", "f1 "])
def test_the_language_of_the_index_is_not_to_be_spoken(searched: Index, words: str) -> None:
    assert searched.find(Asked(words)).all == 0


def test_a_hit_shows_who_the_document_the_date_the_place_and_the_sentence(client: TestClient) -> None:
    page = client.get("/search", params={"q": "liberated shusha"}).text
    (card,) = [card for card in cards(page) if "9 May 1992" in card or "8 May 1992" in card][:1]
    for piece in ("<mark>", 'href="./document/', 'href="./place/AZ-SUS"', "May 1992", "<cite>"):
        assert piece in card


def test_every_state_is_an_address_that_leads_to_others(client: TestClient) -> None:
    page = client.get("/search", params={"q": "shusha"}).text
    assert len(states(page)) > 5
    for query in states(page):
        answer = client.get(f"/search?{query}")
        assert answer.status_code == 200
        assert dict(parse_qsl(query)).get("q") == "shusha"
        assert "Nothing that is looked for" not in answer.text or "in=" in query


def test_what_is_picked_can_be_put_back(client: TestClient) -> None:
    page = client.get("/search?q=shusha&year=1992").text
    (back,) = re.findall(r'class="picked" href="([^"]+)"', page)
    assert urlsplit(unescape(back)).query == "q=shusha"


def test_a_document_is_found_by_its_text_and_shown_where_the_words_stand(client: TestClient) -> None:
    page = client.get("/search", params={"q": "Şuşa", "in": "documents"}).text
    found = cards(page)
    assert found
    assert all("<mark>Shush" in card for card in found)


def test_what_is_looked_for_is_text_on_the_page(client: TestClient) -> None:
    words = '"><script>alert(1)</script>'
    for query in ({"q": words}, {"q": words, "in": "documents"}, {"q": "shusha", "place": words}):
        assert "<script>alert" not in client.get("/search", params=query).text


def test_the_box_on_every_page_leads_to_the_search(client: TestClient) -> None:
    for path in ("", "map", "place/AZ-SUS", "document/baku-weekly-1", "queries/events"):
        page = client.get(f"/{path}", headers={"accept": "text/html"}).text
        up = "../" if "/" in path else "./"
        assert re.search(rf'<form class="find" role="search"[^>]* action="{up}search">', page), path


def test_an_sqlite_without_full_text_is_said_to_be_so_and_lists_all_the_same(facts: Facts) -> None:
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection:
        connection.set_authorizer(
            lambda action, *_: sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_CREATE_VTABLE else sqlite3.SQLITE_OK
        )
        index.fill(connection, records.read(facts))
        without = Index(connection)
        assert not without.searched
        assert without.rows("SELECT count(*) FROM name")[0][0] > 0
        assert without.find(Asked("", among="names")).all > 0


def test_an_index_is_kept_beside_its_store_and_not_made_again(
    built_sides: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.web import snapshot as snapshots
    from kg.web.search.opened import Search

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(snapshots, "IN_MEMORY", 0)
    facts = Facts(Snapshot(built_sides))
    stamps = []
    for _ in range(2):
        search = Search(lambda: facts)
        found = search.index(None)
        assert found is not None
        assert found.find(Asked("shushi")).all > 0
        (place,) = (tmp_path / "kg" / "searches").glob("*/search.sqlite")
        stamps.append(place.stat().st_mtime_ns)
        search.close()
    assert stamps[0] == stamps[1]
