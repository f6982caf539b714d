"""The RDF formats that kg reads and writes: one table, for files, command line and web alike."""

import gzip
import io
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import IO, Final, cast
from xml.parsers import expat

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple
from pyoxigraph import parse as parse_rdf

from kg.errors import InputError, UsageError
from kg.runtime.regular import content, regular


@dataclass(frozen=True, slots=True)
class Format:
    """One concrete syntax of RDF; ``media_types[0]`` and ``extensions[0]`` are what kg itself uses."""

    name: str  # the word of the command line
    label: str
    media_types: tuple[str, ...]
    extensions: tuple[str, ...]  # without the dot
    syntax: RdfFormat
    rdflib: str  # the name of rdflib's parser
    named_graphs: bool  # whether a file may hold a dataset rather than one graph

    @property
    def media_type(self) -> str:
        return self.media_types[0]

    @property
    def extension(self) -> str:
        return self.extensions[0]


TURTLE: Final = Format(
    "turtle", "Turtle", ("text/turtle", "application/x-turtle"), ("ttl",), RdfFormat.TURTLE, "turtle", False
)
JSON_LD: Final = Format(
    "jsonld", "JSON-LD", ("application/ld+json",), ("jsonld", "json"), RdfFormat.JSON_LD, "json-ld", True
)
N_TRIPLES: Final = Format(
    "ntriples", "N-Triples", ("application/n-triples",), ("nt",), RdfFormat.N_TRIPLES, "ntriples", False
)
TRIG: Final = Format(
    "trig", "TriG", ("application/trig", "application/x-trig"), ("trig",), RdfFormat.TRIG, "trig", True
)
N_QUADS: Final = Format("nquads", "N-Quads", ("application/n-quads",), ("nq",), RdfFormat.N_QUADS, "nquads", True)
RDF_XML: Final = Format(
    "rdfxml", "RDF/XML", ("application/rdf+xml",), ("rdf", "owl", "xml"), RdfFormat.RDF_XML, "xml", False
)

FORMATS: Final = (TURTLE, JSON_LD, N_TRIPLES, TRIG, N_QUADS, RDF_XML)
BESIDE: Final = (TURTLE, JSON_LD, N_TRIPLES)  # in which a page's thing is offered
_BY_NAME: Final = {format.name: format for format in FORMATS}
_BY_EXTENSION: Final = {extension: format for format in FORMATS for extension in format.extensions}
_BY_MEDIA_TYPE: Final = {media_type: format for format in FORMATS for media_type in format.media_types}

_BOM: Final = b"\xef\xbb\xbf"
_POSITION: Final = re.compile(r"^Parser error at (line \d+)(?: column \d+| between .*?)?: ")
_ENTITY: Final = re.compile(rb"""<!ENTITY\s+(%\s+)?([^\s"']+)\s+("[^"]*"|'[^']*'|[^>]*)""")
DEEPEST: Final = 400  # objects and arrays of JSON-LD, elements of XML, triple terms in one another
_PIECE: Final = 1 << 20  # bytes of a file at a time
_UNENDED: Final = {3, 5}  # no element found, unclosed token (expat.h)
_TERMS: Final = re.compile(
    rb'''"""(?:"{0,2}+(?:[^"\\]|\\.))*+"""|\'\'\'(?:'{0,2}+(?:[^'\\]|\\.))*+\'\'\''''
    rb"""|"(?:[^"\\\n\r]|\\.)*+"|'(?:[^'\\\n\r]|\\.)*+'|<[^<>"{}|^`\s]*+>|\#[^\n\r]*+|<<|>>""",
    re.DOTALL,
)
_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_DEEPER: Final = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NO_BRACKETS: Final = bytes(set(range(256)) - set(_DEEPER))
_EXPANSION_LIMIT: Final = 10_000_000  # bytes: what the entities of one RDF/XML file may grow to


Contexts = Mapping[str, object]
"""JSON-LD contexts by the IRIs that documents call them."""


def by_name(name: str) -> Format:
    """The format of that name; raises UsageError, naming those that there are."""
    if format := _BY_NAME.get(name):
        return format
    raise UsageError(f"unknown format {name!r}", hint=f"one of {', '.join(_BY_NAME)}")


def by_media_type(media_type: str) -> Format | None:
    """The format of a media type, whatever its parameters (``text/turtle; charset=utf-8``)."""
    return _BY_MEDIA_TYPE.get(media_type.partition(";")[0].strip().lower())


def by_path(path: str | Path) -> Format | None:
    """The format that a file's name says, ``.gz`` aside.

    >>> by_path("dataset-00000.nt.gz").label
    'N-Triples'
    """
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    return _BY_EXTENSION.get(suffixes[-1][1:]) if suffixes else None


def read(
    path: str | Path,
    *,
    format: Format | None = None,
    named_graphs: bool = True,
    contexts: Contexts | None = None,
) -> Iterator[Triple]:
    """Every triple of an RDF file, in the order of the file, streamed where the format allows it.

    The triples of named graphs are given with the others: one graph, never a part of it. With
    ``named_graphs=False`` a named graph is refused instead. Relative IRIs resolve against the
    file's own URL, as RFC 3986 section 5.1.3 says. Nothing is fetched: ``contexts`` are the remote contexts that
    the file may refer to, beside our own and schema.org's.

    Raises InputError, with the line where there is one: a file that cannot be read, an extension
    that names no format, a syntax error, a term of over 16 MB, a remote JSON-LD context that is not known, a triple
    term or a direction of RDF 1.2 (neither rdflib nor SHACL knows them).
    """
    path = Path(path)
    format = format or by_path(path)
    if format is None:
        known = ", ".join(f".{extension}" for extension in _BY_EXTENSION)
        raise InputError("the file's name says no RDF format", where=str(path), hint=f"rename it to one of {known}")
    try:
        with _opened(path) as stream:
            source = _prepared(stream, format, str(path), contexts or {})
            yield from _triples(source, format, str(path), path.resolve().as_uri(), named_graphs)
    except (OSError, EOFError) as error:  # EOFError: a gzip file that ends too early
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        raise InputError(
            f"cannot be read: {reason}", where=str(path), hint="check the path and its permissions"
        ) from error


def read_bytes(
    data: bytes, format: Format, *, where: str = "", base: str | None = None, named_graphs: bool = True
) -> Iterator[Triple]:
    """As `read`, from memory; ``where`` names the data in errors."""
    source = _prepared(io.BytesIO(data.removeprefix(_BOM)), format, where, {})
    return _triples(source, format, where, base, named_graphs)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked, after the byte order mark that some editors put first."""
    with open(path, "rb", opener=regular) as file:
        stream = cast("IO[bytes]", gzip.GzipFile(fileobj=file) if path.suffix.lower() == ".gz" else file)
        if stream.read(len(_BOM)) != _BOM:
            stream.seek(0)
        yield stream


def _prepared(stream: IO[bytes], format: Format, where: str, contexts: Contexts) -> IO[bytes]:
    """What the parser is given: no remote context, no entities that expand without bound, nothing that is too deep."""
    if format is JSON_LD:
        return _local_contexts(stream, where, contexts)
    if format is RDF_XML:
        data = stream.read()
        _refuse_entities(data, where)
        _refuse_elements(data, where)
        return io.BytesIO(data)
    if has_deep_terms(stream):
        what = f"holds triple terms (RDF 1.2) more than {DEEPEST} deep"
        raise InputError(what, where=where, hint="say it as plain triples")
    return stream


def _triples(stream: IO[bytes], format: Format, where: str, base: str | None, named_graphs: bool) -> Iterator[Triple]:
    try:
        for quad in parse_rdf(stream, format.syntax, base_iri=base, rename_blank_nodes=True):
            yield _triple(quad, where, named_graphs)
    except (SyntaxError, ValueError) as error:
        raise _syntax_error(error, format, where) from error
    except MemoryError as error:
        if "buffer maximal size" not in str(error):
            raise
        raise InputError(
            "holds a term of over 16 MB, which pyoxigraph does not read",
            where=where,
            hint="keep such a text in a file of its own, and name that",
        ) from error


def _triple(quad: Quad | Triple, where: str, named_graphs: bool) -> Triple:
    if isinstance(quad.object, Triple):
        raise InputError("a triple term (RDF 1.2) stands for a value", where=where, hint="say it as plain triples")
    if isinstance(quad.object, Literal) and quad.object.direction:
        what = f"a literal has a direction ({quad.object}, RDF 1.2)"
        raise InputError(what, where=where, hint="leave it out: a language tells it")
    if isinstance(quad, Triple):
        return quad
    if not named_graphs and not isinstance(quad.graph_name, DefaultGraph):
        raise InputError(
            f"holds the named graph {_named(quad.graph_name)}", where=where, hint="give one graph, without names"
        )
    return quad.triple


def _named(graph: NamedNode | BlankNode | DefaultGraph) -> str:
    return graph.value if isinstance(graph, NamedNode) else str(graph)


def _syntax_error(error: Exception, format: Format, where: str) -> InputError:
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    position = _POSITION.match(message or "")
    if position:
        where, message = f"{where}, {position[1]}" if where else position[1], message[position.end() :]
    return InputError(f"not {format.label}: {message}", where=where, hint="correct the file, or its extension")


def _local_contexts(stream: IO[bytes], where: str, contexts: Contexts) -> IO[bytes]:
    """The JSON-LD with the contexts that are known written out; any other remote context is refused.

    A context decides what every key means, and fetching it would let a stranger change that.
    """
    data = stream.read()
    if _is_deep(data):
        hint = "write what is nested as nodes of their own"
        raise InputError(f"not JSON-LD: nested more than {DEEPEST} deep", where=where, hint=hint)
    if b"@context" not in data and b"@import" not in data and b"\\u" not in data:
        return io.BytesIO(data)
    try:
        document = json.loads(data)
        replaced = _replace_contexts(document, where, _known_contexts(contexts))
    except json.JSONDecodeError as error:
        line = f"{where}, line {error.lineno}" if where else f"line {error.lineno}"
        raise InputError(f"not JSON-LD: {error.msg}", where=line, hint="correct the file, or its extension") from error
    except (RecursionError, ValueError) as error:  # ValueError: bytes that are no text, a number of 5,000 digits
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InputError(f"not JSON-LD: {reason}", where=where, hint="correct the file, or its extension") from error
    # The file as it was wherever possible: a round trip through Python's floats could change a number.
    return io.BytesIO(data if replaced is document else json.dumps(replaced).encode())


def _is_deep(data: bytes) -> bool:
    """Whether brackets outside strings are nested deeper than parsers can follow."""
    if data.count(b"[") + data.count(b"{") <= DEEPEST:
        return False
    brackets = _STRING.sub(b"", data).translate(None, _NO_BRACKETS)
    return any(depth > DEEPEST for depth in accumulate(map(_DEEPER.__getitem__, brackets)))


def _replace_contexts(node: object, where: str, known: Contexts) -> object:
    if isinstance(node, list):
        items = [_replace_contexts(item, where, known) for item in node]
        return node if all(new is old for new, old in zip(items, node, strict=True)) else items
    if not isinstance(node, dict):
        return node
    entries = {
        key: (_local_context if key in ("@context", "@import") else _replace_contexts)(value, where, known)
        for key, value in node.items()
    }
    return node if all(entries[key] is node[key] for key in node) else entries


def _local_context(context: object, where: str, known: Contexts) -> object:
    if isinstance(context, list):
        items = [_local_context(item, where, known) for item in context]
        return context if all(new is old for new, old in zip(items, context, strict=True)) else items
    if isinstance(context, Mapping):
        if _has_long_chain(context):
            what = f"not JSON-LD: terms of its context are defined by others more than {DEEPEST} deep"
            raise InputError(what, where=where, hint="define them by IRIs")
        return _replace_contexts(context, where, known)  # term definitions may have contexts of their own
    if not isinstance(context, str):
        return context
    if context in known:
        return known[context]
    hint = "write the context into the file, or give a copy of it: --context IRI=FILE"
    raise InputError(f"refers to the remote context {context}", where=where, hint=hint)


def _known_contexts(contexts: Contexts) -> Contexts:
    from kg import context, schema_org

    return {context.CONTEXT_IRI: context.CONTEXT, **dict.fromkeys(schema_org.IRIS, schema_org.CONTEXT), **contexts}


def read_context(path: str | Path) -> object:
    """The context of a JSON-LD file, such as is given for a remote one; raises InputError where it holds none."""
    try:
        found = json.loads(content(path).removeprefix(_BOM))
        return found["@context"]
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), hint="check the path") from error
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        hint = 'a file such as {"@context": {...}}'
        raise InputError("holds no JSON-LD context", where=str(path), hint=hint) from error


def _refuse_entities(data: bytes, where: str) -> None:
    """Ten lines of nested entities can grow to gigabytes in any parser that expands them."""
    entities = {match[2]: match[3] for match in _ENTITY.finditer(data)}
    nested = any(b"&" in value for value in entities.values())
    grown = sum(len(value) * data.count(b"&" + name + b";") for name, value in entities.items())
    if nested or grown > _EXPANSION_LIMIT:
        raise InputError("its XML entities expand without bound", where=where, hint="write the entities out")


def _refuse_elements(data: bytes, where: str) -> None:
    """Raise InputError for elements that are nested too deep, and for XML that ends too early: Oxigraph reads both."""
    depth = 0

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            what = f"not RDF/XML: elements are nested more than {DEEPEST} deep"
            raise InputError(what, where=where, hint="write what is nested as nodes of their own")

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        if error.code in _UNENDED:
            line = f"{where}, line {error.lineno}" if where else f"line {error.lineno}"
            raise InputError("not RDF/XML: it ends too early", where=line, hint="get the whole file") from error
    except (LookupError, ValueError):  # an encoding that expat does not know
        return


def has_deep_terms(stream: IO[bytes]) -> bool:
    """Whether triple terms are nested deeper than parsers can follow; the stream is at its beginning again."""
    begin = stream.tell()
    many = sum(piece.count(b"<<") for piece in iter(partial(stream.read, _PIECE), b"")) > DEEPEST
    stream.seek(begin)
    if not many:
        return False
    marks = (match[0] for match in _TERMS.finditer(stream.read()) if match[0] in (b"<<", b">>"))
    stream.seek(begin)
    return any(depth > DEEPEST for depth in accumulate(1 if mark == b"<<" else -1 for mark in marks))


def _has_long_chain(context: Mapping[str, object]) -> bool:
    """Whether terms of a JSON-LD context are defined by others that are defined by others, further than is followed."""
    lengths: dict[str, int] = {}
    for start in context:
        waiting = [start]
        while waiting:
            term = waiting[-1]
            needed = [other for other in _needed(term, context) if other != term]
            missing = [other for other in needed if other not in lengths]
            if missing and term not in lengths:
                lengths[term] = 0  # a circle is the parser's to refuse
                waiting += missing
                continue
            lengths[term] = 1 + max((lengths[other] for other in needed), default=0)
            waiting.pop()
    return any(length > DEEPEST for length in lengths.values())


def _needed(term: str, context: Mapping[str, object]) -> Iterator[str]:
    """The terms of a context by which one of them is defined."""
    value = context[term]
    texts = [term.partition(":")[0], *(value.values() if isinstance(value, Mapping) else [value])]
    for text in texts:
        if isinstance(text, str):
            yield from (name for name in {text, text.partition(":")[0]} if name in context)
