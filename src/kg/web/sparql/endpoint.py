"""The SPARQL 1.1 Protocol, queries only, and the read side of the Graph Store HTTP Protocol, as ASGI applications."""

import asyncio
import hashlib
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from kg.dataset.sparql import first_word
from kg.web.headers import ended, listed
from kg.web.sparql.answer import CLIENT_LEFT, Answer, Stopped
from kg.web.sparql.description import service_description
from kg.web.sparql.lanes import Lanes, client_of
from kg.web.sparql.protocol import LAST_ROWS, MORE_ROWS, THE_DEFAULT, Question, Refusal
from kg.web.sparql.syntaxes import HTML, ROW_TYPES, ROWS, TRIPLE_TYPES, TRIPLES, chosen, content_type, named

LONGEST: Final = 2**20  # bytes of a query
_METHODS: Final = "GET, HEAD, POST, OPTIONS"
_READING: Final = "GET, HEAD"
_FORM, _DIRECT, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_EACH: Final = 2000  # bytes that an answer takes that is kept, without its text and that of its question
_HELD: Final = 256 * 1024  # bytes of an answer before its status is sent: so many can still become an error
# What is another each time: no answer that has it holds for the next.
_CHANGING: Final = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\s*\(", re.IGNORECASE)
_BOM: Final = "\ufeff"  # before a query that an editor saved
_FORMAT: Final = ("format", "output", "results")
_EVERYTHING: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_ROW_OFFER, _TRIPLE_OFFER = tuple(ROW_TYPES), tuple(TRIPLE_TYPES)


class Operation(NamedTuple):
    """What a client asks of the endpoint: no text is a question for its description."""

    text: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    union: bool = False
    format: str = ""


class Sparql:
    """The endpoint: GET, POST with a form, POST with the query itself (SPARQL 1.1 Protocol, section 2.1).

    Every request that updates is refused with 403, what exceeds the limits with 503. ``digest`` names the state
    of the dataset: the same query on it has the same ETag.
    """

    def __init__(self, pool: Lanes, *, digest: str, graphs: Sequence[str] = (), page: str = "") -> None:
        self.pool, self.digest, self.graphs, self.page = pool, digest, tuple(graphs), page
        self.kept = Kept()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            operation = _read(scope["query_string"]) if scope["method"] == "GET" else await _operation(request)
        except _Bad as bad:
            await _refused(bad.refusal, bad.headers)(scope, receive, send)
        except ClientDisconnect:
            return
        else:
            if request.method == "OPTIONS":
                await _allowed(_METHODS)(scope, receive, send)
            elif operation.text is None:
                await self._described(request)(scope, receive, send)
            else:
                await self._answer(operation, operation.text, request, send)

    async def _answer(self, operation: Operation, text: str, request: Request, send: Send) -> None:
        accept = listed(request.scope, b"accept")
        rows, triples = _syntaxes(operation.format, accept)
        if rows and not ROWS[rows].booleans and first_word(text) == "ASK":
            rows = _syntaxes("", accept, booleans=True)[0] or ("json" if operation.format else "")
        graphs = (operation.default_graphs, operation.named_graphs)
        question = Question(text, rows, triples, *graphs, operation.union, self.pool.limits.answer)
        if "(" in text and _CHANGING.search(text):
            await answered(self.pool, question, request, send, headers={"vary": "Accept"})
            return
        tag = _tag(self.digest, question)
        headers = {"etag": tag, "vary": "Accept"}
        if status := ended(request.scope, tag):
            await Response(status_code=status, headers=headers)(request.scope, request.receive, send)
        elif whole := self.kept.get(question):
            for message in whole:
                await send(_copy(message))
        else:
            await answered(self.pool, question, request, send, headers=headers, kept=self.kept)

    def _described(self, request: Request) -> Response:
        offered = (*_TRIPLE_OFFER, *((HTML,) if self.page else ()))
        media_type = chosen(listed(request.scope, b"accept"), offered)
        if media_type == HTML:
            return Response(status_code=303, headers={"location": self.page, "vary": "Accept"})
        if media_type is None:
            return _refused(Refusal(406, "the description of this endpoint is RDF"))
        endpoint = str(request.url.replace(query=""))
        format = TRIPLES[TRIPLE_TYPES[media_type]]
        body = service_description(endpoint, self.graphs, format)
        return Response(body, headers={"content-type": content_type(format.media_type), "vary": "Accept"})


class Kept:
    """Short answers that were given already: the dataset does not change, so they hold. The oldest go first."""

    def __init__(self, *, most: int = 16 * 2**20, longest: int = 64 * 1024) -> None:
        self.most, self.longest, self.held = most, longest, 0  # bytes
        self.answers: OrderedDict[Question, tuple[Message, Message]] = OrderedDict()
        self.get = self.answers.get

    def keep(self, question: Question, start: Message, body: Message) -> None:
        """Keep an answer, its status and headers with it, if it is short."""
        if question not in self.answers and (size := _size(question, body)) <= self.longest:
            self.answers[question] = (start, body)
            self.held += size
            while self.held > self.most:
                last, (_, gone) = self.answers.popitem(last=False)
                self.held -= _size(last, gone)


def _size(question: Question, body: Message) -> int:
    return _EACH + len(body["body"]) + len(question.text)


class GraphStore:
    """Graphs by name or ``?default``: read only (SPARQL 1.1 Graph Store HTTP Protocol, section 5.2)."""

    def __init__(self, pool: Lanes, *, graphs: Sequence[str] = ()) -> None:
        self.pool, self.graphs = pool, frozenset(graphs)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if request.method == "OPTIONS":
            await _allowed(_READING)(scope, receive, send)
            return
        try:
            named = _graph_named(request)
            if named is not None and named not in self.graphs:
                raise _Bad(404, f"there is no graph <{named}>")
            media_type = chosen(listed(request.scope, b"accept"), _TRIPLE_OFFER)
            if media_type is None:
                raise _Bad(406, f"a graph can be written as {', '.join(one.label for one in TRIPLES.values())}")
        except _Bad as bad:
            await _refused(bad.refusal, bad.headers)(scope, receive, send)
            return
        graphs = (named or THE_DEFAULT,)
        question = Question(_EVERYTHING, "", TRIPLE_TYPES[media_type], graphs, most=self.pool.limits.answer)
        await answered(self.pool, question, request, send, headers={"vary": "Accept"})


async def answered(
    pool: Lanes,
    question: Question,
    request: Request,
    send: Send,
    *,
    headers: Mapping[str, str],
    kept: Kept | None = None,
) -> None:
    """Send the answer to a question as it comes in, and keep it where that is wanted.

    What goes wrong before the first bytes are sent is a status with its reason. After them the connection is broken
    off, so that no client takes a part for the whole.
    """
    watching: list[asyncio.Task[None]] = []

    def watch(answer: Answer) -> None:
        watching.append(asyncio.get_running_loop().create_task(_watch(request, answer)))

    answer = pool.ask(question, watch, client_of(request.scope))
    try:
        await answer.begin(_HELD)
        start = _start(answer, question, headers)
        body: Message = {"type": "http.response.body", "body": answer.first, "more_body": not answer.whole}
        if kept and answer.whole:
            kept.keep(question, start, body)
        await send(_copy(start))
        await send(body)
        while not answer.whole:
            piece = await answer.next()
            await send({"type": "http.response.body", "body": piece, "more_body": not answer.whole})
    except Stopped as stopped:
        # Once bytes were sent, returning without the last of them makes the server break the connection off.
        if not answer.first and stopped.refusal.status != CLIENT_LEFT:
            await _refused(stopped.refusal)(request.scope, request.receive, send)
    finally:
        for task in watching:
            task.cancel()
        answer.close()


def _copy(message: Message) -> Message:
    """A message for one client: what sends it on adds to its headers."""
    return {**message, "headers": [*message["headers"]]} if "headers" in message else message


def _start(answer: Answer, question: Question, headers: Mapping[str, str]) -> Message:
    rows = answer.kind in (LAST_ROWS, MORE_ROWS)
    media_type = ROWS[question.rows].media_type if rows else TRIPLES[question.triples].media_type
    sent = [_type_header(media_type)]
    sent += [(name.encode(), value.encode()) for name, value in headers.items()]
    if answer.whole:
        sent.append((b"content-length", b"%d" % len(answer.first)))
    return {"type": "http.response.start", "status": 200, "headers": sent}


@cache
def _type_header(media_type: str) -> tuple[bytes, bytes]:
    return b"content-type", content_type(media_type).encode()


async def _watch(request: Request, answer: Answer) -> None:
    """Stop the query when its client leaves."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    answer.leave()


class _Bad(Exception):
    """A request that asks for nothing that could be answered."""

    def __init__(self, status: int, reason: str, **headers: str) -> None:
        super().__init__(reason)
        self.refusal, self.headers = Refusal(status, reason), headers


async def _operation(request: Request) -> Operation:
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return _read(request.scope["query_string"])
    if request.method != "POST":
        raise _Bad(405, f"{request.method} is not a method of this endpoint", allow=_METHODS)
    kind = Headers(scope=request.scope).get("content-type", "").partition(";")[0].strip().lower()
    if kind == _UPDATE:
        raise _Bad(403, "this dataset is read only: updates are refused")
    if kind not in (_FORM, _DIRECT):
        raise _Bad(415, f"send a query as {_FORM} or {_DIRECT}")
    body = await _body(request)
    if kind == _FORM:
        found = _read(request.scope["query_string"] + b"&" + body)
        if found.text is None:
            raise _Bad(400, "the form has no query")
        return found
    found = _read(request.scope["query_string"])
    if found.text is not None:
        raise _Bad(400, "the query stands in the body and in the address")
    return found._replace(text=_decoded(body))


async def _body(request: Request) -> bytes:
    pieces, length = [], 0
    async for piece in request.stream():
        length += len(piece)
        if length > LONGEST:
            raise _Bad(413, f"a query may have {LONGEST:,} bytes")
        pieces.append(piece)
    return b"".join(pieces)


def _read(encoded: bytes) -> Operation:
    """The parameters of section 2.1, and more: ``format``, for links that a person can follow, by each of the names
    that clients have for it, and ``union-default-graph`` as in Oxigraph's own server. What names no format, or an empty
    graph, is as if it were not there."""
    if not encoded:
        return Operation(None)
    found: dict[str, list[str]] = {}
    for pair in encoded.replace(b"+", b" ").split(b"&"):
        name, _, value = pair.partition(b"=")
        found.setdefault(_unquoted(name), []).append(_unquoted(value))
    if "update" in found:
        raise _Bad(403, "this dataset is read only: updates are refused")
    texts = found.get("query", [])
    if len(texts) > 1:
        raise _Bad(400, "one query at a time")
    text = texts[0].removeprefix(_BOM) if texts else None
    default, others = (tuple(filter(None, found.get(f"{kind}-graph-uri", ()))) for kind in ("default", "named"))
    union = found.get("union-default-graph", ["false"])[-1] != "false"
    format = next((one for name in _FORMAT for one in found.get(name, ()) if any(named(one))), "")
    return Operation(text, default, others, union, format)


def _unquoted(encoded: bytes) -> str:
    try:
        return (unquote_to_bytes(encoded) if b"%" in encoded else encoded).decode()
    except UnicodeDecodeError:
        raise _Bad(400, "the parameters are not percent-encoded UTF-8") from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError:
        raise _Bad(400, "the query is not UTF-8") from None


@lru_cache(maxsize=256)
def _syntaxes(format: str, accept: str, *, booleans: bool = False) -> tuple[str, str]:
    """The names of the syntaxes for rows and for triples; empty where the client takes none.

    A format goes before the Accept header. One that is only of rows, or only of triples, leaves the others to that.
    """
    offer = tuple(one for one in _ROW_OFFER if ROWS[ROW_TYPES[one]].booleans) if booleans else _ROW_OFFER
    rows, triples = chosen(accept, offer), chosen(accept, _TRIPLE_OFFER)
    wanted_rows, wanted_triples = named(format)
    return (wanted_rows or ROW_TYPES.get(rows or "", ""), wanted_triples or TRIPLE_TYPES.get(triples or "", ""))


def _tag(digest: str, question: Question) -> str:
    stated = (question.text, question.rows, question.triples, question.default_graphs, question.named_graphs)
    return f'"{hashlib.blake2b(f"{digest} {stated} {question.union}".encode(), digest_size=16).hexdigest()}"'


def _graph_named(request: Request) -> str | None:
    """The graph of a request; None: the default graph."""
    if request.method not in ("GET", "HEAD"):
        raise _Bad(405, "graphs are read only", allow=_READING)
    named = request.query_params.getlist("graph")
    if len(named) == 1 and "default" not in request.query_params:
        return named[0]
    if "default" in request.query_params and not named:
        return None
    raise _Bad(400, "name one graph: ?default or ?graph=IRI")


def _allowed(methods: str) -> Response:
    """The answer to OPTIONS (RFC 9110, section 9.3.7)."""
    return Response(status_code=204, headers={"allow": methods})


def _refused(refusal: Refusal, headers: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{refusal.reason}\n", refusal.status, refusal.headers | dict(headers or {}))
