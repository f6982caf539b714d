"""One client cannot stop the server: what it sends has limits, and so has the time that it takes."""

import asyncio
import select
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send
from web_server import serving

from kg.dataset import Dataset
from kg.web import connection
from kg.web.connection import LONGEST_BODY, LONGEST_HEAD, LONGEST_TARGET, MOST_FIELDS, Connection, Server
from kg.web.posture import known_as

OK = b"HTTP/1.1 200"


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the body and says how long it was; at /large it says much, at /slow nothing."""
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        length += len(message["body"])
        more = message["more_body"]
    if scope["path"] == "/slow":
        await asyncio.Event().wait()
    body = b"x" * 30_000_000 if scope["path"] == "/large" else str(length).encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


class _InThread(Server):
    async def serve(self, sockets: Any = None) -> None:
        await self._serve(sockets)


@contextmanager
def running() -> Iterator[tuple[str, int]]:
    """A server of `echo` in a thread; gives its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        echo, http=Connection, ws="none", lifespan="off", log_level="critical", timeout_graceful_shutdown=1
    )
    server = _InThread(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
    thread.start()
    try:
        yield listening.getsockname()
    finally:
        server.should_exit = True
        thread.join()


def said(address: tuple[str, int], *sent: bytes, within: float = 60) -> bytes:
    """All that comes back until the server closes, which it must do in time."""
    with socket.create_connection(address, timeout=within) as client:
        for piece in sent:
            try:
                client.sendall(piece)
            except ConnectionError:
                break  # it does not listen any more
        found = b""
        try:
            while piece := client.recv(65536):
                found += piece
        except ConnectionResetError:
            pass
        return found


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    with running() as found:
        yield found


HEAD = b"GET / HTTP/1.1\r\nHost: a\r\n"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /" + b"a" * (LONGEST_TARGET + 1) + b" HTTP/1.1\r\nHost: a\r\n\r\n", b"414"),
        (b"GET /" + b"a" * 4_000_000, b"414"),
        (HEAD + b"A: b\r\n" * (MOST_FIELDS + 1) + b"\r\n", b"431"),
        (HEAD + b"A: b\r\n" * 100_000 + b"\r\n", b"431"),
        (HEAD + b"A: " + b"b" * LONGEST_HEAD + b"\r\n\r\n", b"431"),
        (HEAD + b"A: " + b"b" * 8_000_000, b"431"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"a" * 2 * LONGEST_BODY, b"413"),
        (HEAD + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % (LONGEST_BODY + 1), b"413"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"400"),
    ],
    ids=[
        "target",
        "endless target",
        "fields",
        "100,000 fields",
        "field",
        "endless field",
        "chunk",
        "length",
        "two ways",
        "TLS",
    ],
)
def test_what_is_too_long_or_no_http_is_refused_and_the_next_is_answered(
    address: tuple[str, int], sent: bytes, status: bytes
) -> None:
    found = said(address, *(sent[at : at + 100_000] for at in range(0, len(sent), 100_000)))
    assert found.startswith(b"HTTP/1.1 " + status), found[:200]
    assert found.count(b"HTTP/1.1") == 1
    assert said(address, HEAD + b"Connection: close\r\n\r\n").startswith(OK)


def test_what_is_just_short_enough_is_answered(address: tuple[str, int]) -> None:
    target = b"GET /" + b"a" * (LONGEST_TARGET - 1) + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    fields = HEAD + b"A: b\r\n" * (MOST_FIELDS - 2) + b"Connection: close\r\n\r\n"
    body = b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1_000_000
    assert said(address, target).startswith(OK)
    assert said(address, fields).startswith(OK)
    assert said(address, body).endswith(b"1000000\r\n0\r\n\r\n")


def test_requests_in_a_row_on_one_connection_are_counted_anew(address: tuple[str, int]) -> None:
    one = HEAD + b"A: " + b"b" * (LONGEST_HEAD // 2) + b"\r\n\r\n"
    assert said(address, one * 5 + HEAD + b"Connection: close\r\n\r\n").count(OK) == 6


@pytest.mark.parametrize(
    ("first", "drop", "status"),
    [
        (b"", b"", b""),
        (b"", b"\r\n", b""),
        (HEAD, b"A: b\r\n", b"HTTP/1.1 408"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n", b"x", b"HTTP/1.1 408"),
        (HEAD + b"\r\n", b"\r\n", OK),
    ],
    ids=["nothing", "line ends", "head", "body", "after an answer"],
)
def test_a_client_that_takes_its_time_is_left(
    monkeypatch: pytest.MonkeyPatch, first: bytes, drop: bytes, status: bytes
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", dict.fromkeys(connection.PATIENCE, 0.5))
    with running() as place, socket.create_connection(place) as client:
        client.settimeout(0.1)
        found = b""
        try:
            client.sendall(first)
            for _ in range(600):  # a minute
                client.sendall(drop)
                try:
                    if not (piece := client.recv(1000)):
                        break
                    found += piece
                except TimeoutError:
                    continue
            else:
                pytest.fail("the server waits for it")
        except ConnectionError:
            pass
        assert found.startswith(status)


def test_a_client_that_does_not_read_its_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    left, lose = threading.Event(), Connection.connection_lost

    def lost(one: Connection, error: Exception | None) -> None:
        lose(one, error)
        left.set()

    monkeypatch.setattr(connection, "STALLED", 0.5)
    monkeypatch.setattr(Connection, "connection_lost", lost)
    with running() as place, socket.create_connection(place) as client:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        assert left.wait(60)
        length = 0
        with suppress(ConnectionResetError):
            while piece := client.recv(1_000_000):
                length += len(piece)
        assert length < 30_000_000


def test_half_open_connections_make_room_for_new_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "most_connections", lambda: 20)  # as a process may open more than a test can
    monkeypatch.setattr(connection, "PATIENCE", {})  # which would end them too
    with running() as place:
        open_ones = [socket.create_connection(place) for _ in range(60)]
        for one in open_ones[::2]:
            one.sendall(b"GET / HT")
        assert said(place, HEAD + b"Connection: close\r\n\r\n").startswith(OK)
        assert are_ended(open_ones, 40)
        for one in open_ones:
            one.close()


def are_ended(some: list[socket.socket], least: int) -> bool:
    """Whether the other side ends so many, of which none has an answer."""
    for _ in range(100):
        if len(select.select(some, [], [], 0.1)[0]) >= least:
            return True
        time.sleep(0.1)  # some are ended already, so that select waits for none of the others
    return False


@pytest.mark.parametrize(
    ("client", "asked"), [("127.0.0.2", b"/slow"), ("127.0.0.2", b"/large"), ("127.0.0.1", b"/large")]
)
@pytest.mark.skipif(sys.platform != "linux", reason="a machine has more than one address here")
def test_answers_of_a_client_that_has_most_connections_and_those_that_nobody_reads_make_room(
    monkeypatch: pytest.MonkeyPatch, client: str, asked: bytes
) -> None:
    monkeypatch.setattr(connection, "most_connections", lambda: 20)  # as a process may open more than a test can
    with running() as place:
        open_ones = [socket.create_connection(place, source_address=(client, 0)) for _ in range(30)]
        for one in open_ones:
            with suppress(ConnectionError):  # it made room
                one.sendall(b"GET %b HTTP/1.1\r\nHost: a\r\n\r\n" % asked)
        for _ in range(5):
            assert said(place, HEAD + b"Connection: close\r\n\r\n").startswith(OK)
        for one in open_ones:
            one.close()


@pytest.fixture(scope="module")
def root(built_sides: Dataset) -> Iterator[str]:
    with serving(built_sides.folder, "--allow-host", "kg.example.org", "--cors", "https://a.example") as found:
        yield found


def place(root: str) -> tuple[str, int]:
    parts = urlsplit(root)
    assert parts.hostname
    assert parts.port
    return parts.hostname, parts.port


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        (b"", b"400"),
        (b"Host: localhost\r\nHost: localhost\r\n", b"400"),
        (b"Host: localhost\r\nHost: evil.example\r\n", b"400"),
        (b"Host: \r\n", b"400"),
        (b'Host: a"><script>\r\n', b"400"),
        (b"Host: localhost/path\r\n", b"400"),
        (b"Host: evil.example\r\n", b"421"),
        (b"Host: localhost.evil.example\r\n", b"421"),
        (b"Host: 10.1.2.3\r\n", b"421"),
        (b"Host: LOCALHOST:80\r\n", b"200"),
        (b"Host: [::1]:8000\r\n", b"200"),
        (b"Host: kg.example.org\r\n", b"200"),
        (b"Host: 127.0.0.1:1\r\n", b"200"),
    ],
)
def test_only_requests_that_name_the_server_are_answered(root: str, fields: bytes, status: bytes) -> None:
    known = b"GET /static/none HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert said(place(root), known).startswith(b"HTTP/1.1 404")  # it is remembered as one that is answered
    for path in (b"/", b"/sparql?query=ASK%7B%7D", b"/dataset.ttl", b"/static/none"):
        found = said(place(root), b"GET " + path + b" HTTP/1.1\r\n" + fields + b"Connection: close\r\n\r\n")
        wanted = b"404" if status == b"200" and b"none" in path else status
        assert found.startswith(b"HTTP/1.1 " + wanted), found[:300]
        assert b"evil" not in found or status == b"421"


def test_the_answer_to_an_address_of_many_folders_is_not_many_times_as_long(root: str) -> None:
    for depth, kind in ((5, b"text/html"), (8000, b"text/plain")):
        found = said(
            place(root), b"GET /" + b"a/" * depth + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        assert found.startswith(b"HTTP/1.1 404")
        assert kind in found
        assert len(found) < 4_000


def test_an_address_is_a_name_where_the_server_listens_on_all() -> None:
    base = "https://kg.example/"
    assert "*address" in known_as("0.0.0.0", base)
    assert "*address" in known_as("::", base)
    assert "*address" not in known_as("127.0.0.1", base)
    assert "10.0.0.5" in known_as("10.0.0.5", base)


def test_only_the_pages_of_allowed_sites_read_answers(root: str, built_sides: Dataset) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/place/AZ-SUS.ttl", "/dataset.nt", "/"):
        header = {"origin": "https://a.example"}
        assert httpx2.get(root + path, headers=header).headers["access-control-allow-origin"] == "https://a.example"
        other = httpx2.get(root + path, headers={"origin": "https://b.example"})
        assert "access-control-allow-origin" not in other.headers
    asked = {"origin": "https://a.example", "access-control-request-method": "POST"}
    assert httpx2.options(f"{root}/sparql", headers=asked).status_code == 200
    refused = httpx2.options(f"{root}/sparql", headers=asked | {"origin": "https://b.example"})
    assert "access-control-allow-origin" not in refused.headers
    with serving(built_sides.folder) as closed:
        found = httpx2.get(f"{closed}/sparql?query=ASK%7B%7D", headers={"origin": "https://a.example"})
        assert found.status_code == 200
        assert "access-control-allow-origin" not in found.headers
