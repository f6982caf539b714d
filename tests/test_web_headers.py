"""What header fields ask for, of pages, things, files and the endpoint (RFC 9110)."""

from collections.abc import Iterator
from urllib.parse import quote

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_server import serving

from kg.dataset import Dataset
from kg.web.headers import satisfiable
from kg.web.sparql.syntaxes import chosen

SPARQL = f"/sparql?query={quote('SELECT ?s { ?s ?p ?o } LIMIT 1')}"
FILE = "/dataset.ttl"
KINDS = ["/", "/place/AZ-SUS", "/place/AZ-SUS.ttl", FILE, "/view.json", "/static/style.css", SPARQL]
LATER = "Sun, 01 Jan 2040 00:00:00 GMT"
EARLIER = "Sun, 01 Jan 2012 00:00:00 GMT"


@pytest.fixture(scope="module")
def client(built_sides: Dataset) -> Iterator[httpx2.Client]:
    with serving(built_sides.folder) as address, httpx2.Client(base_url=address, timeout=30) as client:
        yield client


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_preconditions_end_a_request_in_their_order(client: httpx2.Client, path: str, method: str) -> None:
    whole = client.request(method, path)
    tag = whole.headers["etag"]

    def status(**stated: str) -> int:
        headers = {name.replace("_", "-"): value for name, value in stated.items()}
        answer = client.request(method, path, headers=headers)
        if answer.status_code == 304:
            assert {"etag", "vary"} & whole.headers.keys() <= answer.headers.keys()
        return answer.status_code

    assert [status(if_none_match=value) for value in (tag, f'"z", W/{tag}', "*", '"z"')] == [304, 304, 304, 200]
    assert [status(if_match=value) for value in (tag, f'"z", {tag}', "*", '"z"', f"W/{tag}")] == [
        200,
        200,
        200,
        412,
        412,
    ]
    assert status(if_match='"z"', if_none_match=tag) == 412
    assert status(if_none_match='"z"', if_modified_since=LATER) == 200  # the date is not looked at then


def test_a_file_is_compared_by_the_day_on_which_it_was_written(client: httpx2.Client) -> None:
    written = client.get(FILE).headers["last-modified"]

    def status(name: str, value: str) -> int:
        return client.get(FILE, headers={name: value}).status_code

    assert [status("if-modified-since", day) for day in (written, LATER, EARLIER, "yesterday")] == [304, 304, 200, 200]
    assert [status("if-unmodified-since", day) for day in (written, LATER, EARLIER, "yesterday")] == [
        200,
        200,
        412,
        200,
    ]


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ("bytes=0-9", 206),
        ("Bytes = 0-9", 200),
        ("BYTES=-9", 206),
        ("lines=0-9", 200),
        ("bytes", 200),
        ("bytes=a-b", 200),
        ("bytes=9-1", 200),
        ("bytes=0-1,5-4", 200),
        ("bytes=999999999-", 416),
        ("bytes=-0", 416),
        ("bytes=0-1, 999999999-", 206),
        ("bytes=0-1, 5-6", 206),
    ],
)
def test_ranges_that_are_none_of_bytes_are_ignored(client: httpx2.Client, stated: str, status: int) -> None:
    assert client.get(FILE, headers={"range": stated}).status_code == status
    assert client.head(FILE, headers={"range": stated}).status_code == 200  # ranges are defined for GET alone


@given(st.text("bytes=-, 0123456789", max_size=20), st.integers(0, 1000))
def test_ranges_are_never_more_than_those_that_were_stated(text: str, size: int) -> None:
    kept = satisfiable(text, size)
    assert not kept or (
        text.lower().startswith("bytes=") and set(kept[6:].split(",")) <= {p.strip() for p in text[6:].split(",")}
    )


@pytest.mark.parametrize("path", [*KINDS, "/nothing", "/graph?default", "/openapi.json", "/query", "/map/2020-01-01"])
def test_every_address_says_by_which_methods_it_is_asked(client: httpx2.Client, path: str) -> None:
    answer = client.options(path)
    allowed = answer.headers["allow"].split(", ")
    assert (answer.status_code, answer.content) == (204, b"")
    assert {"GET", "HEAD"} <= set(allowed)
    assert client.put(path).status_code == 405
    assert client.head(path).status_code == client.get(path).status_code


def test_several_lines_of_accept_are_one_list_wherever_it_is_read(client: httpx2.Client) -> None:
    lines = [("accept", "text/turtle;q=0.1"), ("accept", "application/ld+json")]
    for path in ("/place/AZ-SUS", "/graph?default", "/sparql", f"/sparql?query={quote('DESCRIBE place:AZ-SUS')}"):
        assert client.get(path, headers=lines).headers["content-type"] == "application/ld+json"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/turtle;q=0, */*", "application/ld+json"),
        ("*/*;q=0", None),
        ("text/*", "text/turtle"),
        ("application/*;q=0.9, text/turtle;q=0.1", "application/ld+json"),
        ("TEXT/TURTLE ; Q=1", "text/turtle"),
        ("", "text/turtle"),
        ("gibberish", "text/turtle"),
        (";;,,=", "text/turtle"),
        ("image/png, *; q=.2, */*; q=.2", "text/turtle"),  # what Java sends by itself
    ],
)
def test_media_ranges_are_weighed_and_what_is_none_is_ignored(accept: str, media_type: str | None) -> None:
    assert chosen(accept, ("text/turtle", "application/ld+json")) == media_type


@pytest.mark.parametrize("accept", ["text/n3", "text/rdf+n3", "application/x-turtle", "application/json", "text/plain"])
def test_older_names_of_syntaxes_are_answered_in_the_syntax_by_its_own_name(client: httpx2.Client, accept: str) -> None:
    own = {"application/json": "application/ld+json", "text/plain": "application/n-triples"}.get(accept, "text/turtle")
    for path in ("/place/AZ-SUS", "/graph?default", "/sparql", f"/sparql?query={quote('DESCRIBE place:AZ-SUS')}"):
        answer = client.get(path, headers={"accept": accept})
        assert answer.headers["content-type"].partition(";")[0] == own
