"""Addresses, proxies and stores that are not what they should be: nothing secret is shown, nothing waits for ever."""

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from click.testing import CliRunner

from kg.commands import cli
from kg.dataset import Dataset
from kg.errors import StoreError
from kg.store import client as clients
from kg.store.client import Client
from kg.store.profiles import PROFILES
from kg.store.route import credentials, proxy_for, shown

NOBODY = "127.0.0.1:9"  # the port of discard, where nobody listens
SECRETS = ("se/cret", "s3cr@t", "s%40cret", "secret", "?token=secret")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/n-triples\r\n"


@contextmanager
def store(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """A listening socket that treats each connection so; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    near, _ = listener.accept()
                    with near, suppress(OSError):
                        near.recv(65536)
                        answer(near)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("secret", SECRETS[:4])
@pytest.mark.parametrize("host", [NOBODY, "[::1", "store.invalid", f"{NOBODY}:x"])
@pytest.mark.parametrize("profile", ["generic", "oxigraph", None])
def test_a_password_in_an_address_is_never_shown(
    built_sides: Dataset, secret: str, host: str, profile: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clients, "FIRST_WAIT", 0.0)
    words = ["load", "--data", str(built_sides.folder), "--url", f"http://me:{secret}@{host}/kg?token=secret"]
    done = CliRunner().invoke(cli, words + (["--to", profile] if profile else []))
    said = done.output + str(done.exception) + repr(done.exception)
    assert done.exit_code
    assert "cret" not in said
    assert "s3cr" not in said
    assert isinstance(done.exception, StoreError), done.exception


def test_an_address_is_shown_without_what_is_secret() -> None:
    assert shown("https://u:p@h:1/a?b=c") == "https://h:1/a"
    assert shown("https://h:1/a@b") == "https://b"  # rather too little
    assert credentials("https://h/") is None
    assert credentials("http://[::1") is None


def test_the_login_in_an_address_is_used(built_sides: Dataset) -> None:
    seen: list[bytes] = []

    def answer(near: socket.socket) -> None:
        near.sendall(b"HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            near, _ = listener.accept()
            with near:
                seen.append(near.recv(65536))
                answer(near)

        threading.Thread(target=serve, daemon=True).start()
        url = f"http://me:p%40ss@127.0.0.1:{listener.getsockname()[1]}"
        with Client(url, PROFILES["generic"]) as one, pytest.raises(StoreError, match="401"):
            one.select("SELECT * {}")
    assert b"Basic bWU6cEBzcw==" in seen[0]


def test_a_store_that_says_nothing_is_left_after_the_timeout_once() -> None:
    asked, over = [], threading.Event()

    def silent(near: socket.socket) -> None:
        asked.append(near)
        over.wait()

    with store(silent) as url, Client(url, PROFILES["generic"], timeout=0.3) as one:
        with pytest.raises(StoreError, match=r"0\.3 seconds.*--timeout"):
            one.select("SELECT * {}")
        over.set()
    assert len(asked) == 1


def endless(head: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    def answer(near: socket.socket) -> None:
        near.sendall(head)
        while True:
            near.sendall(piece)

    return answer


def test_an_answer_without_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "LONGEST_LINE", 1_000_000)
    with store(endless(HEAD + b"\r\n", b"x" * 65536)) as url:
        with Client(url, PROFILES["oxigraph"]) as one, pytest.raises(StoreError, match="a line of more than"):
            list(one.lines("urn:g", below="urn:"))
        with Client(url, PROFILES["generic"]) as one, pytest.raises(StoreError, match=r"with more than [\d,]+ bytes"):
            one.select("SELECT * {}")


def test_a_page_without_an_end_is_given_up_by_the_number_of_its_triples() -> None:
    row = b"<urn:s> <urn:p> <urn:o> .\n"
    with (
        store(endless(HEAD + b"\r\n", row * 3000)) as url,
        Client(url, PROFILES["generic"]) as one,
        pytest.raises(StoreError, match="triples and more where 10000 were asked for"),
    ):
        one._page("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 10000")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_store_that_answers_without_an_end_costs_little_memory() -> None:
    for profile, piece in (("generic", b"x" * 65536), ("oxigraph", b"x" * 65536)):
        with store(endless(HEAD + b"\r\n", piece)) as url:
            done = subprocess.run([sys.executable, "-c", PEAK, url, profile], capture_output=True, text=True)
        assert int(done.stdout) < 150 * 2**20, done.stderr


PEAK = """
import resource, sys
from kg.errors import StoreError
from kg.store.client import Client
from kg.store.profiles import PROFILES
def held():
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with Client(sys.argv[1], PROFILES[sys.argv[2]]) as client:
    before = held()
    for asked in (lambda: client.count("urn:g", below="urn:"), lambda: list(client.lines("urn:g", below="urn:"))):
        try:
            asked()
        except StoreError:
            continue
        sys.exit("it has an end")
    print(held() - before)
"""


def test_of_a_refusal_only_the_beginning_is_read_and_nothing_moves_the_cursor() -> None:
    refusing = b"HTTP/1.1 400 Bad\r\nContent-Type: text/plain\r\n\r\n"
    with (
        store(endless(refusing, b"\x1b[31mno ")) as url,
        Client(url, PROFILES["generic"]) as one,
        pytest.raises(StoreError, match="400") as refusal,
    ):
        one.select("SELECT * {}")
    assert "\x1b" not in str(refusal.value)
    assert r"\x1b[31mno" in str(refusal.value)


@pytest.mark.parametrize(
    ("no_proxy", "url", "directly"),
    [
        ("[::1]", "http://[2001:db8::1]/", False),
        ("[2001:db8::1]", "http://[2001:db8::1]:80/", True),
        ("2001:db8::1", "http://[2001:DB8:0::1]/", True),
        ("[2001:db8::1]:81", "http://[2001:db8::1]:80/", False),
        ("fe80::/10", "http://[fe80::1%25eth0]/", True),
        ("fe80::/10", "http://10.0.0.1/", False),
        ("10.0.0.0/8", "http://10.1.2.3/", True),
        ("10.0.0.0/99", "http://10.1.2.3/", False),
        ("store.example:80", "http://store.example:80/", True),
        ("store.example:81", "http://store.example:80/", False),
        (".example", "http://store.example/", True),
        ("*.example", "http://store.example/", True),
        ("example", "http://counterexample/", False),
        ("a, store.example  b", "http://store.example/", True),
        ("*", "http://anything/", True),
        ("", "http://127.0.0.1:7878/", True),
        ("", "http://127.8.8.8/", True),
        ("", "http://[::1]:7878/", True),
        ("", "http://localhost/", True),
        ("", "http://localhost.example/", False),
        ("", "http://store.example/", False),
    ],
)
def test_what_is_reached_directly(no_proxy: str, url: str, directly: bool) -> None:
    found = proxy_for(url, {"http": "http://proxy:3128", "no": no_proxy})
    assert (found is None) is directly


def test_a_proxy_that_does_not_speak_http_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match="socks5"):
        proxy_for("http://store.example/", {"all": "socks5://me:secret@proxy:1080"})
    monkeypatch.setenv("all_proxy", "socks5://proxy:1080")
    monkeypatch.setenv("no_proxy", "[::1],fe80::/10")
    monkeypatch.setattr(clients, "FIRST_WAIT", 0.0)
    with Client(f"http://{NOBODY}", PROFILES["generic"]) as one, pytest.raises(StoreError, match="cannot be reached"):
        one.select("SELECT * {}")


@pytest.mark.parametrize("proxy", ["me:secret@proxy:port", "http://me:secret@[::1", "http://", "a@b:99999"])
def test_a_proxy_whose_address_is_none_is_refused_with_a_sentence(proxy: str) -> None:
    with pytest.raises(StoreError, match="the proxy in the environment has no") as refused:
        proxy_for("http://store.example/", {"http": proxy})
    assert "secret" not in str(refused.value)


def test_a_graph_that_is_no_iri_is_refused(built_sides: Dataset) -> None:
    words = ["load", "--data", str(built_sides.folder), "--to", "generic", "--url", f"http://{NOBODY}"]
    done = CliRunner().invoke(cli, [*words, "--graph", "a> } ; DROP ALL ; INSERT DATA { <b"])
    assert "is not an IRI" in str(done.exception)
