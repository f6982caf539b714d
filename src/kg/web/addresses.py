"""The addresses of the server, once: its routes are made of this table, and so is its description (OpenAPI 3.1)."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from kg import __version__
from kg.dataset import queries
from kg.web.search.asking import KINDS, ORDERS
from kg.web.search.records import FACETS
from kg.web.sparql.syntaxes import HTML, ROWS, TRIPLES

Schema = dict[str, Any]
Answers = Mapping[int, tuple[str, ...]]
_TEXT: Final[Schema] = {"type": "string"}
_SOME: Final[Schema] = {"type": "array", "items": _TEXT}
_IRIS: Final[Schema] = {"type": "array", "items": {"type": "string", "format": "iri"}}
_PAGE: Final[Schema] = {"type": "integer", "minimum": 1}
_DAY: Final[Schema] = {"type": "string", "format": "date"}
_FORM: Final = "application/x-www-form-urlencoded"
_ANY: Final = "*/*"
_ROWS: Final = tuple(syntax.media_type for syntax in ROWS.values())
_TRIPLES: Final = tuple(format.media_type for format in TRIPLES.values())
_PLAIN: Final = "text/plain"


class Parameter(NamedTuple):
    """What stands in an address after the question mark, or, with ``place`` path, in it."""

    name: str
    what: str
    schema: Schema = _TEXT
    required: bool = False
    place: str = "query"


class Address(NamedTuple):
    """A path as the router reads it, what is there, and the media types of its answers by status."""

    path: str
    what: str
    parameters: tuple[Parameter, ...] = ()
    answers: Answers = MappingProxyType({200: (HTML,)})
    methods: tuple[str, ...] = ("GET",)
    bodies: Mapping[str, Schema] = MappingProxyType({})  # of POST, by media type


_LOOK: Final = (
    Parameter("find", "Words that the rows hold"),
    Parameter("sort", "The column to sort by; with - before it from the end"),
    Parameter("column", "The columns that are shown", _SOME),
    Parameter("page", "Which hundred rows", _PAGE),
    Parameter("format", "csv: all rows, as a file", {"enum": ["csv"]}),
)
_SEARCHED: Final = (
    Parameter("q", "Words"),
    Parameter("in", "What is looked for", {"enum": list(KINDS)}),
    Parameter("sort", "The order", {"enum": list(ORDERS)}),
    Parameter("page", "Which page of hits", _PAGE),
    *(Parameter(facet, f"Hits of this {facet} alone", _SOME) for facet in FACETS),
)
_TABLE: Final[Answers] = {200: (HTML, "text/csv")}
_ASKED: Final = {
    "query": {"type": "string", "maxLength": 2**20},
    "default-graph-uri": _IRIS,
    "named-graph-uri": _IRIS,
}
_OPTIONS: Final = (
    Parameter("default-graph-uri", "Graphs that are asked as the default graph", _IRIS),
    Parameter("named-graph-uri", "Graphs that GRAPH may name", _IRIS),
)
_SPARQL: Final = (
    Parameter("query", "A SPARQL query; without one, the endpoint is described"),
    *_OPTIONS,
    Parameter("format", "The syntax of the answer, where no Accept says it"),
)
_VARIANTS: Final[Answers] = {200: (HTML, *_TRIPLES, _ANY)}
ADDRESSES: Final = (
    Address(
        "/sparql",
        "SPARQL 1.1 Protocol, queries only",
        _SPARQL,
        {200: (*_ROWS, *_TRIPLES), 303: (), 403: (_PLAIN,), 413: (_PLAIN,), 415: (_PLAIN,)},
        ("GET", "POST"),
        {_FORM: {"type": "object", "required": ["query"], "properties": _ASKED}, "application/sparql-query": _TEXT},
    ),
    Address(
        "/graph",
        "SPARQL 1.1 Graph Store HTTP Protocol, read only",
        (Parameter("graph", "The IRI of a graph"), Parameter("default", "The graph without a name")),
        {200: _TRIPLES},
    ),
    Address("/openapi.json", "This description", answers={200: ("application/json",)}),
    Address("/static/{name:path}", "What pages load", answers={200: (_ANY,)}),
    Address("/.well-known/void", "Where the dataset is described (VoID)", answers={303: ()}),
    Address("/shapes", "Where the shapes are", answers={303: ()}),
    Address(
        "/query",
        "The editor, and the answer to a query as a page",
        (Parameter("query", "A SPARQL query"), Parameter("union", "Ask all graphs"), *_LOOK),
        {**_TABLE, 403: (HTML,), 413: (HTML,)},
        ("GET", "POST"),
        {_FORM: {"type": "object", "properties": {"query": _TEXT, "union": _TEXT}}},
    ),
    Address("/search", "Full-text search over claims, documents and names", _SEARCHED),
    Address("/names", "Everybody and everything that has a name", _LOOK, _TABLE),
    Address("/documents", "The documents", _LOOK, _TABLE),
    Address("/unresolved", "Names that no gazetteer knows", _LOOK, _TABLE),
    Address("/queries/{name}", "A named query", _LOOK, _TABLE),
    Address("/map", "The map", (Parameter("date", "Of a day", _DAY),)),
    Address("/map/{day}", "Where the map of a day is", answers={303: ()}),
    Address("/annotations", "Where mentions, sentences and unresolved names are", answers={303: ()}),
    Address(
        "/{path:path}", "A page, a thing in the format of its extension, or a file", answers={303: (), **_VARIANTS}
    ),
)
_ALWAYS: Final = {
    400: "no such request",
    404: "nothing is there",
    405: "not with this method",
    406: "not in these media types",
    412: "the client wants it in another state",
    414: "the address is too long",
    421: "the server is not known by this name",
    429: "the client has too much under way",
    431: "the header fields are too many or too long",
    503: "the limits of time, memory or size were reached, or too much waits",
}
_IN_PATH: Final = re.compile(r"\{(\w+)(?::\w+)?\}")


def openapi(prefix: str) -> Schema:
    """The description of a server below a path, for programs that call it or test it."""
    about = "Who says what: claims of documents, with their evidence. Read only."
    return {
        "openapi": "3.1.0",
        "info": {"title": "kg", "version": __version__, "description": about},
        "servers": [{"url": prefix or "/"}],
        "paths": {path: _methods(one) for path, one in _paths()},
    }


def _paths() -> Iterator[tuple[str, Address]]:
    """The addresses; a path that names one of a few for each of them."""
    for one in ADDRESSES:
        if one.path != "/queries/{name}":
            yield _IN_PATH.sub(r"{\1}", one.path), one
            continue
        for name in queries.names():
            named = queries.load(name)
            known = tuple(Parameter(its.name, its.description, _of(its)) for its in named.parameters)
            others = tuple(look for look in one.parameters if look.name not in {its.name for its in known})
            yield f"/queries/{name}", one._replace(path=f"/queries/{name}", what=named.title, parameters=known + others)


def _of(parameter: queries.Parameter) -> Schema:
    return {"enum": ["", *parameter.choices]} if parameter.choices else _TEXT


def _methods(one: Address) -> Schema:
    found: Schema = {}
    for method in one.methods:
        operation = {
            "summary": one.what,
            "operationId": f"{method.lower()} {one.path}",
            "parameters": [_parameter(its) for its in _parameters(one, method)],
            "responses": _responses(one),
        }
        if method == "POST":
            content = {kind: {"schema": schema} for kind, schema in one.bodies.items()}
            operation["requestBody"] = {"required": True, "content": content}
        found[method.lower()] = operation
    return found


def _parameters(one: Address, method: str) -> Iterator[Parameter]:
    yield from (Parameter(name, name, _TEXT, True, "path") for name in _IN_PATH.findall(one.path))
    yield from (one.parameters if method == "GET" else ())


def _parameter(one: Parameter) -> Schema:
    return {
        "name": one.name,
        "in": one.place,
        "description": one.what,
        "required": one.required,
        "schema": one.schema,
    }


def _responses(one: Address) -> Schema:
    said = {**dict.fromkeys(_ALWAYS, (_PLAIN, HTML)), **one.answers}
    what = {200: "what was asked for", 303: "it is elsewhere", 403: "updates are refused"} | _ALWAYS
    return {
        str(status): _response(what.get(status, "it cannot be read"), kinds) for status, kinds in sorted(said.items())
    }


def _response(what: str, kinds: tuple[str, ...]) -> Schema:
    return {"description": what, **({"content": {kind: {} for kind in kinds}} if kinds else {})}
