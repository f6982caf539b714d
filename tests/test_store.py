"""Loading by the command line, and how values are compared: what needs no server."""

import os
import threading
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.commands import cli
from kg.errors import StoreError, UsageError
from kg.rdf.values import canonical
from kg.runtime.spool import compared, records, spool
from kg.store import ntriples
from kg.store.body import batches
from kg.store.client import Client, Login, side_by_side
from kg.store.profiles import PROFILES, by_headers, by_name
from kg.store.side import difference, side
from kg.vocabulary import XSD

SIDES = Path(__file__).parents[1] / "examples" / "two-sides"


def line(value: ox.Literal) -> bytes:
    written = ox.serialize(
        [ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), value)], format=ox.RdfFormat.N_TRIPLES
    )
    return (written or b"").rstrip(b"\n")


numbers = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12)


@given(numbers, st.integers(0, 3), st.sampled_from(["", "+", "00"]))
def test_numbers_are_equal_where_their_values_are(number: Decimal, zeros: int, before: str) -> None:
    plain = f"{abs(number):f}"
    padded = f"{before}{plain}{'0' * zeros}"
    assert canonical(line(ox.Literal(plain, datatype=XSD.decimal))) == canonical(
        line(ox.Literal(padded, datatype=XSD.decimal))
    )
    other = f"{abs(number) + Decimal('0.0000001'):f}"
    assert canonical(line(ox.Literal(plain, datatype=XSD.decimal))) != canonical(
        line(ox.Literal(other, datatype=XSD.decimal))
    )


@given(st.integers(0, 10**20))
def test_an_integer_is_the_same_number_whatever_its_type(number: int) -> None:
    forms = {canonical(line(ox.Literal(str(number), datatype=kind))) for kind in (XSD.integer, XSD.nonNegativeInteger)}
    forms.add(canonical(line(ox.Literal(f"{number}.0", datatype=XSD.decimal))))
    assert len(forms) == 1


@given(st.text(), st.text())
def test_texts_are_equal_only_where_they_are_the_same(one: str, other: str) -> None:
    for form in (ox.Literal, lambda text: ox.Literal(text, language="en")):
        assert (canonical(line(form(one))) == canonical(line(form(other)))) == (one == other)


def test_an_oxigraph_store_keeps_what_is_equal_by_value() -> None:
    values = [
        ox.Literal("1.50", datatype=XSD.decimal), ox.Literal("007", datatype=XSD.integer),
        ox.Literal("7", datatype=XSD.nonNegativeInteger), ox.Literal("1", datatype=XSD.boolean),
        ox.Literal("Shusha", language="en-GB"), ox.Literal("0988-01-01", datatype=XSD.date),
    ]  # fmt: skip
    for value in values:
        store = ox.Store()
        store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), value))
        (kept,) = store
        assert canonical(line(kept.object)) == canonical(line(value))


lines = st.lists(st.binary(min_size=1, max_size=6).filter(lambda b: not set(b) & {0, 10}), max_size=30)


@given(lines, lines)
def test_sorted_files_are_compared_as_sets_are(ours: list[bytes], theirs: list[bytes]) -> None:
    with spool() as place:
        one, other = place.sorted(ours, key=bytes), place.sorted(theirs, key=bytes)
        pairs = list(compared(one, other))
        assert list(records(one)) == sorted(set(ours))
    assert {a for a, b in pairs if b is None} == set(ours) - set(theirs)
    assert {b for a, b in pairs if a is None} == set(theirs) - set(ours)
    assert {a for a, b in pairs if a == b} == set(ours) & set(theirs)


def test_more_lines_than_fit_in_memory_are_sorted_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.runtime.sort.BUDGET", 100)
    many = [f"{number * 7919 % 1000:03}".encode() for number in range(1500)]
    with spool() as place:
        assert list(records(place.sorted(many, key=canonical))) == sorted(set(many))
        assert len(list(place.folder.iterdir())) == 1


@given(st.lists(st.binary(max_size=9).filter(lambda b: b"\n" not in b), max_size=40), st.integers(1, 9))
def test_batches_hold_every_line_once_in_order(some: list[bytes], size: int) -> None:
    found = [one for batch in batches(some, size) for one in batch[:-1].split(b"\n")]
    assert found == some
    assert all(batch.count(b"\n") <= size for batch in batches(some, size))


def test_long_lines_make_small_batches() -> None:
    long = b"x" * 5_000_000
    assert [len(batch) for batch in batches([long, long, b"y"], 10)] == [5_000_001, 5_000_003]


def test_a_store_is_known_by_its_headers() -> None:
    assert by_headers({"server": "Oxigraph/0.5.13"}) is PROFILES["oxigraph"]
    assert by_headers({"server": "Virtuoso/07.20.3229 (Linux)"}) is PROFILES["virtuoso"]
    assert by_headers({"fuseki-request-id": "1", "server": "Apache"}) is PROFILES["fuseki"]
    assert by_headers({"content-disposition": "attachment; filename=query-result.srj"}) is PROFILES["rdf4j"]
    assert by_headers({"server": "nginx"}) is None
    with pytest.raises(UsageError, match="oxigraph, fuseki, virtuoso, rdf4j, generic"):
        by_name("blazegraph")


class Strange(BaseHTTPRequestHandler):
    """Answers as no store would, or as a tired one does."""

    answers: ClassVar[list[tuple[int, dict[str, str], bytes]]] = []
    seen: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.seen.append(self.headers.get("authorization", ""))
        status, headers, body = self.answers.pop(0)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def strange() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Strange)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("answers", "waits", "what"),
    [
        ([(503, {}, b""), (429, {}, b""), (204, {}, b"")], [0.2, 0.4], ""),
        ([(503, {}, b"")] * 6, [0.2, 0.4, 0.8, 1.6, 3.2], "answers 503"),
        ([(400, {}, b"no such   graph")], [], "answers 400 Bad Request: no such graph"),
        ([(302, {"location": "http://127.0.0.1:1/other"}, b"")], [], "points to http://127.0.0.1:1/other"),
        ([(403, {}, b"")], [], "refuses"),
    ],
)
def test_only_what_may_pass_by_itself_is_tried_again(
    strange: str, answers: list[tuple[int, dict[str, str], bytes]], waits: list[float], what: str
) -> None:
    slept: list[float] = []
    Strange.answers = list(answers)
    with Client(strange, PROFILES["generic"], sleep=slept.append) as store:
        if what:
            with pytest.raises(StoreError, match=what):
                store.update("INSERT DATA {}")
        else:
            store.update("INSERT DATA {}")
    assert slept == waits
    assert not Strange.answers


@pytest.mark.parametrize(
    ("profile", "answer", "what"),
    [
        ("generic", b"<html>Welcome</html>", "does not answer with SPARQL results"),
        ("generic", b'{"head": {}, "boolean": true}', "does not answer with SPARQL results"),
        ("fuseki", b"<html>Welcome</html>", "does not answer with whole N-Triples"),
        ("fuseki", b'<urn:s> <urn:p> "half a li', "does not answer with whole N-Triples"),
    ],
)
def test_what_is_no_store_is_said_to_be_none(
    strange: str, output: Path, profile: str, answer: bytes, what: str
) -> None:
    from kg.store import remote

    Strange.answers = [(200, {"content-type": "text/html"}, answer)] * 6
    nothing = Client(strange, PROFILES[profile], sleep=lambda seconds: None)
    with nothing as store, pytest.raises(StoreError, match=what):
        remote.load(kg.open(output), store)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sides") / "out"
    kg.build([SIDES], folder, shacl_engine="none")
    return folder


def test_the_embedded_store_is_loaded_as_before(output: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["load", "--data", str(output), "--to", "store", "--url", str(tmp_path / "store")])
    assert done.exit_code == 0, done.output
    assert list(kg.open(tmp_path / "store").query("events")) == list(kg.open(output).query("events"))


def test_a_password_comes_from_the_environment_and_is_not_an_option(
    output: Path, strange: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["load", "--data", str(output), "--to", "generic", "--url", strange, "--user", "me"]
    monkeypatch.delenv("KG_PASSWORD", raising=False)
    done = CliRunner().invoke(cli, words)
    assert isinstance(done.exception, UsageError)
    assert "KG_PASSWORD" in str(done.exception)
    monkeypatch.setitem(os.environ, "KG_PASSWORD", "a secret")
    Strange.answers, Strange.seen = [(401, {}, b"")], []
    done = CliRunner().invoke(cli, words)
    assert isinstance(done.exception, StoreError)
    assert done.exception.exit_code == 3
    assert Strange.seen == ["Basic bWU6YSBzZWNyZXQ="]
    assert "a secret" not in str(done.exception) + done.output + repr(Login("me", "a secret"))


def test_an_address_that_is_none_is_an_error(output: Path) -> None:
    for url in ("nowhere", "ftp://127.0.0.1/", "http://[::1"):
        done = CliRunner().invoke(cli, ["load", "--data", str(output), "--to", "generic", "--url", url])
        assert isinstance(done.exception, StoreError), (url, done.exception)
        assert "http://" in str(done.exception)


def test_loading_an_embedded_store_again_replaces_it_and_a_failure_leaves_it(
    output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.store import embedded

    place, data = tmp_path / "store", kg.open(output)
    count = embedded.load(data, place)
    assert embedded.load(data, place) == count
    with monkeypatch.context() as patch:
        patch.setattr("kg.store.embedded._written", lambda triples: iter([[b"<urn:another> <urn:p> <urn:o> ."]]))
        with pytest.raises(StoreError, match=r"did not keep \d+ triples"):
            embedded.load(data, place)
    assert len(list(kg.open(place).query("events"))) == len(list(data.query("events")))
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


FORMS = ("1", "1.0", "01", "2")  # three of one number
LINES = st.lists(
    st.builds(
        lambda subject, text, kind: f"<s:{subject}> <s:p> {kind.format(text)} .".encode(),
        st.sampled_from("abc"),
        st.sampled_from(FORMS),
        st.sampled_from(('"{}"', '"{}"@en-GB', '"{}"@en-gb', f'"{{}}"^^<{XSD.iri}decimal>', f"<{XSD.iri}{{}}>")),
    ),
    unique=True,
)


@given(LINES, LINES)
def test_a_difference_by_sums_is_that_of_the_sorted_sets(ours: list[bytes], theirs: list[bytes]) -> None:
    with spool() as place:
        found = difference(place, side(place, [ours]), side(place, [theirs[:2], theirs[2:]]))
        add, remove = (set(map(canonical, path.read_bytes().splitlines())) for path in (found.add, found.remove))
        rewritten = sum(found.rewritten.values())
    mine, its = ({canonical(line) for line in lines} for lines in (ours, theirs))
    assert (add, remove) == (mine - its, its - mine)
    assert bool(found) == (mine != its)
    if len(mine) == len(ours) and len(its) == len(theirs):
        assert (found.to_add, found.to_remove, found.equal) == (len(add), len(remove), len(mine & its))
        assert rewritten == len(mine & its) - len(set(ours) & set(theirs))


def test_a_line_that_a_store_escapes_in_its_own_way_is_no_difference() -> None:
    """A store may write a form feed as it is, which kg escapes."""
    with spool() as place:
        ours = side(place, [[b'<s:s> <s:p> "a\\fb" .', b'<s:s> <s:p> "c" .']])
        theirs = side(place, [ntriples.lines(b'<s:s> <s:p> "a\x0cb" .\n<s:s> <s:p> "c" .\n')])
        assert not difference(place, ours, theirs)
        assert difference(place, ours, side(place, [ntriples.lines(b'<s:s> <s:p> "a\x0bb" .\n<s:s> <s:p> "c" .\n')]))


def test_works_side_by_side_give_their_results_in_order_and_one_alone_waits_for_each() -> None:
    begun: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        return number

    for together in (1, 2, 3):
        assert list(side_by_side((partial(work, number) for number in range(7)), together)) == list(range(7))
    begun.clear()
    first = next(iter(side_by_side((partial(work, number) for number in range(7)), 1)))
    assert (first, begun) == (0, [0])
