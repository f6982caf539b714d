"""SPARQL 1.1 Protocol and Graph Store HTTP Protocol, with patience: what failed on the way is tried again.

Every request that kg sends may be repeated: it reads, or it adds and removes named triples of a set.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from kg.errors import StoreError
from kg.runtime.terminal import printable
from kg.store import ntriples
from kg.store.body import Body, before, joined, wrapped
from kg.store.profiles import Profile, by_headers
from kg.store.route import credentials, proxy_for, shown, without_credentials

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")

ATTEMPTS: Final = 6
FIRST_WAIT: Final = 0.2  # seconds; doubled after each failure
TIMEOUT: Final = 600.0  # seconds without a byte; a store may take minutes for a transaction
MOST: Final = 4 * 2**20  # bytes of the rows of a SELECT: counts, of predicates at most
MOST_OF_PAGE: Final = 128 * 2**20  # bytes of some thousand triples
LONGEST_LINE: Final = 32 * 2**20  # bytes of a line of N-Triples; pyoxigraph reads terms of 16 MB
_SAID: Final = 4096  # bytes of what a store says that refuses
_AGAIN: Final = frozenset({408, 429, 502, 503, 504})
_REFUSED: Final = frozenset({401, 403})
_NTRIPLES: Final = "application/n-triples"
_UPDATE: Final = "application/sparql-update; charset=utf-8"  # RDF4J takes it for Latin-1 where nothing is said
_FORM: Final = "application/x-www-form-urlencoded"
_PIECE: Final = 1 << 20  # bytes
# kg writes no blank nodes; whose they are, they stay.
_OURS: Final = '?s {} ?o FILTER(STRSTARTS(STR(?s), "{}") && !isBLANK(?o))'


@dataclass(frozen=True, slots=True)
class Login:
    """A user and a password, which no message and no representation shows."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"Login({self.user!r})"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was read whole, or as far as it is wanted."""

    status: int
    reason: str
    headers: Mapping[str, str]
    content: bytes


class Client:
    """One store; as a context manager it closes its connections."""

    def __init__(
        self,
        url: str,
        profile: Profile,
        *,
        login: Login | None = None,
        update_url: str = "",
        attempts: int = ATTEMPTS,
        timeout: float = TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        import httpx2

        stated = credentials(url) or credentials(update_url)
        if stated and not login:
            login = Login(*stated)
        self.url = without_credentials(url.rstrip("/"))
        self.where = shown(url).rstrip("/")
        self.profile = profile
        self.update_url = without_credentials(update_url) or self.url + profile.update
        self._attempts, self._sleep, self._timeout = attempts, sleep, timeout
        # What httpx2 reads from the environment itself knows fewer forms of addresses, and leads to this machine
        # through a proxy.
        transport = httpx2.HTTPTransport(proxy=proxy_for(self.url))
        patience = httpx2.Timeout(timeout, connect=min(timeout, 10))
        self._http = httpx2.Client(auth=_auth(profile, login), timeout=patience, transport=transport)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def detect(self) -> Profile | None:
        """The profile of the store as the headers of its answer to ``ASK {}`` tell, None where they do not."""
        url = f"{self.url}{self.profile.query}?query=ASK%7B%7D"
        return self.tried(lambda: by_headers(self._answer("GET", url, allow=range(600)).headers))

    def select(self, query: str, **parameters: str | list[str]) -> list[ox.QuerySolution]:
        """The solutions of a SELECT; ``parameters`` are the protocol's, such as ``default-graph-uri``."""
        data = {"query": query, **{name.replace("_", "-"): value for name, value in parameters.items()}}
        answer = self.tried(lambda: self._query(data, "application/sparql-results+json"))
        try:
            found = ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.JSON)
            if isinstance(found, ox.QuerySolutions):
                return list(found)
        except SyntaxError:
            pass
        what, hint = "does not answer with SPARQL results in JSON", "is --url the address of a SPARQL endpoint?"
        raise StoreError(what, where=self.where, hint=hint)

    def count(self, graph: str | None, *, below: str) -> int:
        """How many triples without blank nodes have a subject whose IRI begins with ``below``."""
        pattern = _of(graph, _OURS.format("?p", below))
        return sum(_number(row["n"]) for row in self.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"))

    def lines(self, graph: str | None, *, below: str, alone: bool = False) -> Iterator[list[bytes]]:
        """The triples of a graph with a subject below that IRI and no blank node, as N-Triples, in no order.

        ``alone``: most likely there are no others, and a store need not look for them. Raises StoreError where the
        answer does not come whole; what was given until then is no graph.
        """
        yield from self._pages(graph, below, alone) if self.profile.page else self._whole(graph, below)

    def holds(self, graph: str | None, number: int) -> bool:
        """Whether a graph has so many triples, whosever they are."""
        found = self.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {_of(graph, '?s ?p ?o')} }}")
        return sum(_number(row["n"]) for row in found) == number

    def insert(self, graph: str | None, lines: Body, *, bulk: bool = False) -> None:
        """Add triples in one request; ``bulk``: to a graph that has none of them."""
        if self.profile.data is None:
            self.update(wrapped("INSERT", graph, lines))
            return
        url = self.url + self.profile.data + _graph(graph) + (self.profile.bulk if bulk else "")
        body = before(self.profile.opening, lines) if self.profile.opening else lines
        self.tried(lambda: self._answer("POST", url, body, self.profile.media))

    def change(self, graph: str | None, *, remove: Body | None, add: Body | None) -> None:
        """Remove and add triples in one request, which is one transaction in a store that has such."""
        parts = [wrapped(word, graph, body) for word, body in (("DELETE", remove), ("INSERT", add)) if body]
        self.update(joined(parts))

    def update(self, update: Body | str) -> None:
        """Carry out SPARQL Update."""
        body = update.encode() if isinstance(update, str) else update
        self.tried(lambda: self._answer("POST", self.update_url, body, _UPDATE))

    def _whole(self, graph: str | None, below: str) -> Iterator[list[bytes]]:
        assert self.profile.data is not None
        url, start = self.url + self.profile.data + _graph(graph), b"<" + below.encode()
        with self._errors(), self._http.stream("GET", url, headers={"Accept": _NTRIPLES}) as answer:
            if answer.status_code == 404:  # a graph without triples is no graph
                return
            self._check(_read(answer))
            for piece in self._whole_lines(answer.iter_bytes(_PIECE)):
                lines = self._canonical(piece)
                yield [line for line in lines if line.startswith(start) and not (b"> _:" in line and _is_blank(line))]

    def _pages(self, graph: str | None, below: str, alone: bool) -> Iterator[list[bytes]]:
        """Some thousand rows at a time, for stores that cut longer answers without a word.

        An order would be cut too. So the pages may overlap or miss something: that is found by counting. Each
        predicate has pages of its own, for a store walks over all that it skips.
        """
        start = b"<" + below.encode()
        for predicate, wanted, iris in self._predicates(graph, below, alone):
            pattern = _of(graph, f"?s {predicate} ?o" if alone else _OURS.format(predicate, below))
            ask = self._pairs if wanted == iris else self._triples
            size = self.profile.page or wanted
            works = (
                partial(ask, predicate, f"WHERE {{ {pattern} }} LIMIT {size} OFFSET {offset}")
                for offset in range(0, wanted, size)
            )
            seen: set[int] = set()
            for lines in side_by_side(works, self.profile.together):
                new = [line for line in lines if not _again(line, seen)]
                yield [line for line in new if line.startswith(start) and not _is_blank(line)] if alone else new
            if len(seen) != wanted:
                what = f"gave {len(seen)} of the {wanted} triples with {predicate} that it counts"
                raise StoreError(what, where=self.where, hint="load again when nobody else writes to the graph")

    def _predicates(self, graph: str | None, below: str, alone: bool) -> list[tuple[str, int, int]]:
        """Every predicate with the number of its triples, and of those to IRIs where that is of use, sorted."""
        pattern = _of(graph, "?s ?p ?o" if alone else _OURS.format("?p", below))
        iris = "SUM(IF(isIRI(?o), 1, 0))" if self.profile.pairs else "-1"
        found = self.select(f"SELECT ?p (COUNT(*) AS ?n) ({iris} AS ?iris) WHERE {{ {pattern} }} GROUP BY ?p")
        return sorted((str(row["p"]), _number(row["n"]), _number(row["iris"])) for row in found if row["p"])

    def _triples(self, predicate: str, where: str) -> list[bytes]:
        query = f"CONSTRUCT {{ ?s {predicate} ?o }} {where}"
        return self.tried(partial(self._page, query))

    def _pairs(self, predicate: str, where: str) -> list[bytes]:
        """Triples of IRIs, as rows: which cost Virtuoso half of what triples cost it."""
        asked = {"query": f"SELECT ?s ?o {where}"}
        answer = self.tried(partial(self._query, asked, self.profile.pairs, most=MOST_OF_PAGE // 4))
        rows = answer.content.split(b"\n")[1:-1]
        if not all(row[:1] == row[-1:] == b'"' and row.count(b'"') == 4 for row in rows):
            raise _Interrupted("does not answer with pairs of IRIs", where=self.where)
        between = b"> %s <" % predicate.encode()
        return [b"<%s> ." % row[1:-1].replace(b'"\t"', between) for row in rows]

    def _page(self, query: str) -> list[bytes]:
        """The triples of a CONSTRUCT with a limit, read as they come; raises StoreError where they do not end."""
        headers, found, size = {"Accept": _NTRIPLES, "Content-Type": _FORM}, list[bytes](), 0
        url, body = self.url + self.profile.query, urlencode({"query": query}).encode()
        with self._errors(), self._http.stream("POST", url, content=body, headers=headers) as answer:
            self._check(_read(answer))
            for piece in self._whole_lines(answer.iter_bytes(_PIECE)):
                found += self._canonical(piece)
                size += len(piece)
                if size > MOST_OF_PAGE or len(found) > 2 * (self.profile.page or size):
                    what = f"answers with {len(found):,} triples and more where {self.profile.page} were asked for"
                    raise StoreError(what, where=self.where, hint="is --url the address of a store?")
        return found

    def _query(self, data: dict[str, Any], accept: str, *, most: int = MOST) -> Answer:
        body = urlencode(data, doseq=True).encode()
        return self._answer("POST", self.url + self.profile.query, body, _FORM, accept=accept, most=most)

    def _answer(
        self,
        method: str,
        url: str,
        body: Body = b"",
        content_type: str = "",
        *,
        accept: str = "*/*",
        allow: Iterable[int] = (),
        most: int = MOST,
    ) -> Answer:
        headers = {"Accept": accept} | ({"Content-Type": content_type} if content_type else {})
        content = body if isinstance(body, bytes) else body()
        with self._errors(), self._http.stream(method, url, content=content, headers=headers) as found:
            answer = _read(found, most)
        if len(answer.content) > most:
            raise StoreError(f"answers with more than {most:,} bytes", where=self.where, hint="is --url right?")
        if answer.status not in allow:
            self._check(answer)
        return answer

    def _check(self, answer: Answer) -> None:
        status, where = answer.status, self.where
        if status < 300:
            return
        if status in _AGAIN:
            raise _Interrupted(f"answers {status} {answer.reason}", where=where)
        if status in _REFUSED:
            hint = "check --user, and KG_PASSWORD in the environment"
            raise StoreError(f"refuses ({status} {answer.reason})", where=where, hint=hint)
        if status < 400:
            moved = shown(answer.headers.get("location", "elsewhere"))
            raise StoreError(f"points to {moved}", where=where, hint="give that address as --url")
        said = printable(" ".join(answer.content.decode("utf-8", "replace").split())[:300])
        hint = "check --to, --url and the store's own log"
        raise StoreError(f"answers {status} {answer.reason}: {said}", where=where, hint=hint)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        import httpx2

        try:
            yield
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, UnicodeError):
            raise StoreError("is no address", where=self.where, hint="write --url http://host:port") from None
        except (httpx2.ConnectError, httpx2.ConnectTimeout):
            hint = "is it running, and is --url right?"
            raise _Interrupted("cannot be reached", where=self.where, hint=hint) from None
        except httpx2.TimeoutException:  # it would take as long again each time
            what, hint = f"said nothing for {self._timeout:g} seconds", "look at the store, or raise --timeout"
            raise StoreError(what, where=self.where, hint=hint) from None
        except httpx2.HTTPError as error:
            raise _Interrupted(f"broke off: {error or type(error).__name__}", where=self.where) from None

    def _whole_lines(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The lines of an answer, some at a time; raises StoreError where one does not end."""
        held = bytearray()
        for piece in pieces:
            whole, end, rest = piece.rpartition(b"\n")
            if end:
                yield bytes(held) + whole
                held.clear()
            held += rest
            if len(held) > LONGEST_LINE:
                what = f"answers with a line of more than {LONGEST_LINE:,} bytes"
                raise StoreError(what, where=self.where, hint="is --url the address of a store?")
        if held:
            yield bytes(held)

    def _canonical(self, piece: bytes) -> list[bytes]:
        try:
            return ntriples.lines(piece)
        except SyntaxError:  # a page of something else, or the half of a line
            raise _Interrupted("does not answer with whole N-Triples", where=self.where) from None

    def tried(self, work: Callable[[], T]) -> T:
        """The result of some work, of one request or more, begun anew where it was interrupted."""
        for attempt in range(self._attempts - 1):
            try:
                return work()
            except _Interrupted:
                self._sleep(FIRST_WAIT * 2**attempt)
        return work()


class _Interrupted(StoreError):
    """It may go through the next time."""

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what, where=where, hint=hint or "run the command again: it goes on where it stopped")


def side_by_side(works: Iterable[Callable[[], T]], together: int) -> Iterator[T]:
    """The results of the works in their order, of which so many are under way at once."""
    with ThreadPoolExecutor(together) as threads:
        waiting: deque[Future[T]] = deque()
        for work in works:
            waiting.append(threads.submit(work))
            if len(waiting) >= together:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _again(line: bytes, seen: set[int]) -> bool:
    """Whether a line was seen; now it is."""
    size = len(seen)
    seen.add(hash(line))
    return len(seen) == size


def _auth(profile: Profile, login: Login | None) -> "httpx2.Auth | None":
    import httpx2

    if login is None:
        return None
    kinds = {"basic": httpx2.BasicAuth, "digest": httpx2.DigestAuth}
    return kinds[profile.auth](login.user, login.password)


def _graph(graph: str | None) -> str:
    """How Graph Store Protocol names a graph (section 4.2, 5.2); RDF4J takes ``default=`` for nothing."""
    return "?default" if graph is None else f"?graph={quote(graph, safe='')}"


def _of(graph: str | None, pattern: str) -> str:
    return pattern if graph is None else f"GRAPH <{graph}> {{ {pattern} }}"


def _number(term: object) -> int:
    """A count; 0 of an answer that has none."""
    return int(term.value) if isinstance(term, ox.Literal) else 0


def _is_blank(line: bytes) -> bool:
    """Whether the object of a line is a blank node."""
    return b"> _:" in line and line.split(b" ", 2)[2].startswith(b"_:")


def _read(answer: "httpx2.Response", most: int = 0) -> Answer:
    """An answer with so many bytes of its content, or a few more; of one that is no success only what it says."""
    most = most if answer.status_code < 300 else _SAID
    held = bytearray()
    if most:
        for piece in answer.iter_bytes():
            held += piece
            if len(held) > most:
                break
    return Answer(answer.status_code, answer.reason_phrase, answer.headers, bytes(held))
