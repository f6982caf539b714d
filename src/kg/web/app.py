"""The server of a dataset: every IRI at its path, the endpoint, the pages, the files."""

from collections.abc import Callable, Collection, Iterator, Mapping
from importlib.resources import files
from threading import Thread
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlencode, urlsplit

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kg import formats
from kg.dataset import Dataset, queries
from kg.dataset.rows import Rows
from kg.errors import KGError
from kg.formats import Format
from kg.web.addresses import ADDRESSES, Address, openapi
from kg.web.bodies import Assets, Bodies, Body
from kg.web.desk import Desk
from kg.web.files import Files
from kg.web.headers import ended, listed
from kg.web.live import Live
from kg.web.pages.overviews.asked import FIRST_QUERY
from kg.web.pages.page import Page
from kg.web.pages.periods import is_day
from kg.web.pages.render import POLICY, Renderer
from kg.web.pages.site import Site
from kg.web.pages.table import Answer, Shown, Table, bounded, shown
from kg.web.posture import Addressed, Protected, shared
from kg.web.search.asking import asked
from kg.web.snapshot import Snapshot
from kg.web.sparql.answer import Stopped
from kg.web.sparql.endpoint import LONGEST, GraphStore, Sparql
from kg.web.sparql.lanes import Lanes, client_of
from kg.web.sparql.limits import Limits
from kg.web.sparql.protocol import LAST_ROWS, Question
from kg.web.sparql.results import read_rows
from kg.web.sparql.syntaxes import HTML, TRIPLE_TYPES, TRIPLES, chosen, content_type
from kg.web.texts import ontology

T = TypeVar("T")
_DEEPEST: Final = 20  # folders of an address whose error is a page: each of its links goes up as far
_OFFER: Final = (HTML, *TRIPLE_TYPES)
_EXTENSIONS: Final = {extension: format for format in formats.FORMATS for extension in format.extensions}
_MOST_ROWS: Final = 8 * 2**20  # bytes of an answer that a page shows the beginning of
# Pages that are made before anybody asks for them: what most people open first, then what takes longest.
_FIRST: Final = ("", "map", "timeline", "compare", "findings", "unresolved", "compatible")
_DESCRIBED: Final = frozenset({"", "downloads", "ontology"})  # pages of which there are triples


def application(
    dataset: Dataset,
    *,
    limits: Limits | None = None,
    hosts: Collection[str] | None = None,
    origins: Collection[str] = (),
    previous: Dataset | None = None,
    told: Callable[[str], object] = lambda words: None,
) -> ASGIApp:
    """The server of a dataset, as an ASGI application; its workers start and end with its lifespan.

    Paths are those of the dataset's IRIs: with the base ``https://data.example.org/town/`` a place is at
    ``/town/place/...``. ``hosts`` are the names under which the server may be reached, None: any;
    ``origins`` the sites whose pages may read it from a browser, ``*``: all; ``previous`` an earlier state, with which
    its page and feed of changes compare it. ``told`` is given a line for each thing that takes long.
    """
    allowed = limits or Limits()
    live = Live(dataset, lambda state: _Server(Snapshot(state, told), allowed, previous), patience=allowed.seconds + 1)
    return Protected(Addressed(shared(live, origins), hosts), MutableHeaders(_HEADERS).raw)


# Headers of every answer: nothing is loaded from elsewhere, guessed, framed or told to others.
_HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}


class _Server:
    """One state of a dataset: a snapshot, its site, its workers, and the routes to them."""

    def __init__(self, snapshot: Snapshot, limits: Limits, previous: Dataset | None) -> None:
        self.snapshot, self.data = snapshot, snapshot.dataset
        self.site = Site(snapshot, previous=previous)
        self.questions = self.site.questions
        self.renderer = Renderer(self.site.published, self.site.homes)
        known = {"prefixes": self.data.prefixes, "base": self.data.base}
        self.pool = Lanes({**snapshot.settings, **known}, limits=limits)
        prefix = urlsplit(self.data.base).path.rstrip("/")
        self.sparql = Sparql(self.pool, digest=snapshot.digest, graphs=snapshot.graphs, page=f"{prefix}/query")
        self.assets = Assets(files("kg.web") / "static")
        self.bodies = Bodies()
        self.files = Files(self.data, self.site, self.bodies, self._tag)
        self.desk = Desk(limits)
        self.routes: list[BaseRoute] = [
            Route(one.path, answer, methods=None if isinstance(answer, GraphStore | Sparql) else one.methods)
            for one, answer in self._answers()
        ]
        routes: list[BaseRoute] = [Mount(prefix, routes=self.routes)] if prefix else self.routes
        if prefix:
            # Well-known addresses are at the root of a host, wherever its data lie (RFC 8615).
            routes.append(Route("/.well-known/void", lambda request: RedirectResponse(f"{prefix}/dataset", 303)))
            routes.append(Route("/robots.txt", lambda request: RedirectResponse(f"{prefix}/robots.txt", 307)))
            routes.append(Route("/", lambda request: RedirectResponse(f"{prefix}/")))
        self.pages = Starlette(routes=routes, exception_handlers={HTTPException: self.failed})
        self.endpoints = frozenset({f"{prefix}/sparql", f"{prefix}/sparql/"})

    def _answers(self) -> Iterator[tuple[Address, Callable[..., Any]]]:
        """What answers at each address."""
        answers: dict[str, Callable[..., Any]] = {
            "/sparql": self.sparql,
            "/graph": GraphStore(self.pool, graphs=self.snapshot.graphs),
            "/openapi.json": self.description,
            "/static/{name:path}": self.asset,
            "/.well-known/void": lambda request: RedirectResponse("../dataset", status_code=303),
            "/shapes": lambda request: RedirectResponse("shapes.ttl", status_code=303),
            "/query": self.query,
            "/search": self.search,
            "/names": self.list,
            "/documents": self.list,
            "/unresolved": self.list,
            "/queries/{name}": self.named_query,
            "/map": self.map,
            "/map/{day}": self.map_of_day,
            "/annotations": self.annotations,
            "/{path:path}": self.resource,
        }
        return ((one, answers[one.path]) for one in ADDRESSES)

    def begin(self) -> None:
        """Have the index of the words and what most people ask for first made before they do."""
        self.site.search.begin()
        Thread(target=self._prepare, daemon=True).start()

    def close(self) -> None:
        """Nobody asks any more."""
        self.site.search.close()
        self.snapshot.close()

    def _prepare(self) -> None:
        for path in _FIRST:
            key = f"{path}?"
            self.bodies.put(key, self._body(self.site.fixed[path](), "", self._tag(key, "html")))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # The endpoint before all else: a query costs less than the routing of a page.
        of_endpoint = scope["type"] == "http" and scope["path"] in self.endpoints
        await (self.sparql if of_endpoint else self.pages)(scope, receive, send)

    async def resource(self, request: Request) -> Response:
        """A page, a thing in a format, or a file of the dataset."""
        path = request.path_params["path"]
        if file := self.files.answer(path, request):
            return file
        stem, dot, extension = path.rpartition(".")
        format = _EXTENSIONS.get(extension) if dot else None
        if format:
            return await self._described(request, stem, format)
        if dot and extension == "html":
            path = stem
        media_type = chosen(listed(request.scope, b"accept"), _OFFER)
        if media_type is None or (media_type != HTML and path in self.site.fixed and path not in _DESCRIBED):
            raise HTTPException(406)
        if media_type != HTML:
            return await self._described(request, path or "dataset", TRIPLES[TRIPLE_TYPES[media_type]])
        return await self._page(request, path)

    async def query(self, request: Request) -> Response:
        """Any query, its answer as a page; without one, the editor."""
        form = QueryParams(await _form(request)) if request.method == "POST" else request.query_params
        text, union = form.get("query", ""), "union" in form
        if not text.strip():
            return self._html(self.questions.answered("query", FIRST_QUERY, None), request)
        return await self._answered(request, "query", text, union=union)

    async def named_query(self, request: Request) -> Response:
        """A named query with its parameters."""
        name = request.path_params["name"].removesuffix(".html")
        if name not in queries.names():
            raise HTTPException(404)
        named = queries.load(name)
        known = {parameter.name for parameter in named.parameters}
        given = {key: value.strip() for key, value in request.query_params.items() if key in known and value.strip()}
        path = f"queries/{name}"
        if missing := [one for one in named.required if one not in given]:
            problem = f"This query needs {' and '.join(missing)}." if given else ""
            return self._html(
                self.questions.answered(path, named.text, None, named=named, given=given, problem=problem), request
            )
        try:
            text = await self._do(request, self.data.bound, name, given)
        except KGError as error:
            page = self.questions.answered(
                path, named.text, None, named=named, given=given, problem=str(error), status=400
            )
            return self._html(page, request)
        about: dict[str, Any] = {"named": named, "given": given, "shown": text}
        return await self._answered(request, path, bounded(text), union=named.annotations, **about)

    async def list(self, request: Request) -> Response:
        """A table of the dataset, looked at as the address says."""
        path, look = request.url.path.rpartition("/")[2], shown(request.query_params.multi_items())
        if look == Shown() and "format" not in request.query_params:
            return await self._page(request, path)
        return self._listed(await self._do(request, self.site.lists.by_path[path], look), request)

    def _listed(self, page: Page, request: Request) -> Response:
        """A page with a table, or all that the table shows as CSV."""
        if request.query_params.get("format") != "csv":
            return self._html(page, request)
        headers = {"content-disposition": f'attachment; filename="{page.path.rpartition("/")[2]}.csv"'}
        return Response(page.values["table"].csv(), headers=headers, media_type="text/csv")

    async def search(self, request: Request) -> Response:
        """What is found, narrowed as the address says."""
        wanted = asked(request.query_params.multi_items())
        return self._html(await self._do(request, self.site.search_page, wanted), request)

    async def map(self, request: Request) -> Response:
        """The map; with ``?date=`` that of a day."""
        day = request.query_params.get("date", "")
        if day and not is_day(day):
            raise HTTPException(404)
        return await self._page(request, "map", lambda: self.site.drawn.map(day), day)

    async def map_of_day(self, request: Request) -> Response:
        """Where the map of a day is."""
        day = request.path_params["day"].removesuffix(".html")
        if not is_day(day):
            raise HTTPException(404)
        return RedirectResponse(f"../map?date={day}", status_code=303)

    async def annotations(self, request: Request) -> Response:
        """The graph of mentions, sentences and unresolved names."""
        return RedirectResponse(f"graph?{urlencode({'graph': self.snapshot.annotations})}", status_code=303)

    async def description(self, request: Request) -> Response:
        """What there is to ask, for programs."""
        return JSONResponse(openapi(urlsplit(self.data.base).path.rstrip("/")))

    async def failed(self, request: Request, error: Exception) -> Response:
        """Errors as pages, for those who read pages."""
        assert isinstance(error, HTTPException)
        if request.method == "OPTIONS" and error.status_code == 405:
            return Response(status_code=204, headers=error.headers)
        path = request.scope["path"].removeprefix(request.scope.get("root_path", "")).removeprefix("/")
        if chosen(listed(request.scope, b"accept"), _OFFER) != HTML or path.count("/") > _DEEPEST:
            return PlainTextResponse(f"{error.detail}\n", error.status_code, dict(error.headers or {}))
        page = Page(path, "error.html", str(error.detail), {"wanted": path}, status=error.status_code)
        return self._html(page, request, error.headers)

    async def asset(self, request: Request) -> Response:
        """What pages load."""
        name = request.path_params["name"]
        if answer := await self._do(request, self.assets.answer, request, name, self.renderer.digest):
            return answer
        raise HTTPException(404)

    async def _page(
        self, request: Request, path: str, make: Callable[[], Page | None] | None = None, variant: str = ""
    ) -> Response:
        """The page at a path, made once for each state of the dataset; ``variant`` tells those of one path apart."""
        if not self.site.homes.own(path):
            return self._elsewhere(path)
        key = f"{path}?{variant}"
        body = self.bodies.get(key)
        if body is None:
            try:
                body = await self._do(request, self._made, make or (lambda: self.site.page(path)), request, key)
            except ValueError:
                raise HTTPException(404) from None
            self.bodies.put(key, body)
        return _sent(body, request)

    def _elsewhere(self, path: str) -> Response:
        """Where a thing stands that has no page of its own."""
        if not self.snapshot.triples(self.snapshot.base + path):
            raise HTTPException(404)
        return RedirectResponse("../" * path.count("/") + quote(self.site.homes(path), safe="/#"), status_code=303)

    def _made(self, make: Callable[[], Page | None], request: Request, key: str) -> Body:
        page = make()
        if page is None:
            raise HTTPException(404)
        return self._body(page, str(request.base_url), self._tag(key, "html"))

    def _body(self, page: Page, root: str, tag: str = "") -> Body:
        headers = {"vary": "Accept", "content-type": content_type(HTML)}
        thing = page.path if page.iri and page.status == 200 else ""
        return Body.of(self.renderer.html(page, root).encode(), tag, headers, thing)

    def _html(self, page: Page, request: Request, headers: Mapping[str, str] | None = None) -> Response:
        answer = _sent(self._body(page, str(request.base_url)), request, page.status)
        answer.headers.update(headers or {})
        return answer

    async def _do(self, request: Request, work: Callable[..., T], *given: Any) -> T:
        """What comes of work for a request, in a thread, in its client's turn."""
        return await self.desk.do(client_of(request.scope), work, *given)

    async def _described(self, request: Request, path: str, format: Format) -> Response:
        """The triples about a thing; those of the ontology at its own address."""
        headers = {"vary": "Accept", "etag": self._tag(path, format.name), "link": _alternates(request, path)}
        if status := ended(request.scope, headers["etag"]):
            return Response(status_code=status, headers=headers)
        body = await self._do(request, self._written, path, format)
        if body is None:
            raise HTTPException(404)
        return Response(body, headers=headers | {"content-type": content_type(format.media_type)})

    def _written(self, path: str, format: Format) -> bytes | None:
        if path == "ontology":
            triples = list(formats.read_bytes(ontology(), formats.TURTLE))
        elif path in ("dataset", "downloads"):
            triples = list(self.snapshot.catalog)
        else:
            try:
                triples = self.site.triples(path)
            except ValueError:  # the path makes no IRI
                return None
        return self.snapshot.written(triples, format) if triples else None

    async def _answered(
        self, request: Request, path: str, asked: str, *, union: bool, shown: str = "", **about: Any
    ) -> Response:
        """A query put to a worker, its answer or what is wrong with it as a page."""
        text, client = shown or asked, client_of(request.scope)
        about["union"] = union
        ask = self.pool.ask_for_site if "named" in about else self.pool.ask
        try:
            answer = ask(Question(asked, "json", "turtle", union=union, most=_MOST_ROWS), client=client)
            try:
                await answer.begin(_MOST_ROWS)
            finally:
                answer.close()
        except Stopped as stopped:
            refusal = stopped.refusal
            page = self.questions.answered(path, text, None, problem=refusal.reason, status=refusal.status, **about)
            return self._html(page, request, refusal.headers)
        if answer.kind == LAST_ROWS:
            table = await self._do(request, _tabled, self.site, read_rows(answer.first), request)
            return self._listed(self.questions.answered(path, text, table, **about), request)
        triples = answer.first or b"# no triples"
        return self._html(self.questions.answered(path, text, None, triples=triples, **about), request)

    def _tag(self, path: str, format: str) -> str:
        from hashlib import sha256

        stated = f"{self.snapshot.digest} {self.renderer.digest} {format} {path}"
        return f'"{sha256(stated.encode()).hexdigest()[:32]}"'


def _tabled(site: Site, rows: Rows, request: Request) -> Table:
    """The rows of an answer, looked at as the address says."""
    stated = request.query_params.multi_items()
    return Table(Answer(site.facts, rows), shown(stated), stated)


async def _form(request: Request) -> bytes:
    """The body of a form that was sent; raises HTTPException where it is longer than a query may be."""
    held = b""
    async for piece in request.stream():
        held += piece
        if len(held) > LONGEST:
            raise HTTPException(413)
    return held


def _sent(body: Body, request: Request, status: int = 200) -> Response:
    """A page, with the links to what it is about under the name by which the client knows the server."""
    answer = body.answer(request, status=status)
    if body.thing:
        answer.headers["link"] = _alternates(request, body.thing)
    return answer


def _alternates(request: Request, path: str) -> str:
    """Where a thing is in other formats (RFC 8288), and the page about it."""
    root = str(request.base_url).rstrip("/")
    links = [
        f'<{root}/{quote(path)}.{format.extension}>; rel="alternate"; type="{format.media_type}"'
        for format in formats.BESIDE
    ]
    return ", ".join([*links, f'<{root}/{quote(path)}.html>; rel="alternate"; type="text/html"'])
