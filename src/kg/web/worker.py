"""A process that answers queries, one at a time, and can be killed in the middle of one.

Oxigraph has no time limit of its own, and a thread cannot be stopped: only a process can.
Started as ``python -m kg.web.worker DESCRIPTOR SETTINGS`` by `kg.web.pool`.
"""

import json
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, cast

import pyoxigraph as ox

from kg.sparql import asks_elsewhere
from kg.web import confine, frames
from kg.web.frames import Question, Refusal
from kg.web.syntaxes import ROWS, TRIPLES

_PIECE: Final = 64 * 1024  # bytes of an answer that are sent at once


class _Refused(Exception):
    """A query that gets no answer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.refusal = Refusal(status, reason)


class _Outlet:
    """A file that sends what is written to it, in pieces, up to a number of bytes."""

    def __init__(self, connection: socket.socket, last: bytes, most: int) -> None:
        self.connection, self.last, self.most = connection, last, most
        self.held, self.length = bytearray(), 0

    def write(self, data: bytes) -> int:
        self.length += len(data)
        if self.length > self.most:
            raise _Refused(503, f"the answer has more than {self.most:,} bytes; ask for less, or add LIMIT")
        self.held += data
        if len(self.held) >= _PIECE:
            self.connection.sendall(frames.packed(frames.MORE[self.last], bytes(self.held)))
            self.held.clear()
        return len(data)

    def flush(self) -> None:
        """Nothing: a piece is sent when it is full."""

    def close(self) -> None:
        self.connection.sendall(frames.packed(self.last, bytes(self.held)))


@dataclass(frozen=True, slots=True)
class _Known:
    """What every query may use: the store, prefixes, and the base of relative IRIs."""

    store: ox.Store
    prefixes: Mapping[str, str]
    base: str


def serve(connection: socket.socket, store: ox.Store, prefixes: Mapping[str, str], base: str) -> None:
    """Answer every question that comes in, until the other side closes."""
    connection.sendall(frames.packed(frames.READY, b""))
    for _, body in frames.received(connection):
        try:
            _answer(connection, _Known(store, prefixes, base), frames.question(body))
        except _Refused as refused:
            connection.sendall(frames.packed(frames.REFUSED, frames.refused(refused.refusal)))


def _answer(connection: socket.socket, known: _Known, question: Question) -> None:
    if asks_elsewhere(question.text):
        raise _Refused(403, "SERVICE asks another server; this endpoint answers from its own dataset alone")
    try:
        result = _solved(known, question)
        if isinstance(result, ox.QueryTriples):
            _write_triples(result, connection, question, known.prefixes)
        else:
            _write_rows(result, connection, question)
    except SyntaxError as error:
        raise _Refused(400, f"this is not a SPARQL 1.1 query: {error}") from None
    except (ValueError, RuntimeError, OSError) as error:
        raise _Refused(400, f"the query cannot be answered: {error}") from None


def _solved(known: _Known, question: Question) -> Any:
    """With protocol-specified graphs these are the whole dataset, whatever the query names (section 2.1.4)."""
    # Oxigraph reads every prefix that it is given anew for each query: give it those that may be used.
    prefixes = {name: iri for name, iri in known.prefixes.items() if f"{name}:" in question.text}
    if not (question.default_graphs or question.named_graphs):
        union = question.union
        return known.store.query(
            question.text, base_iri=known.base, prefixes=prefixes, use_default_graph_as_union=union
        )
    return known.store.query(
        question.text,
        base_iri=known.base,
        prefixes=prefixes,
        default_graph=[ox.NamedNode(graph) for graph in question.default_graphs],
        named_graphs=[ox.NamedNode(graph) for graph in question.named_graphs],
    )


def _write_rows(result: Any, connection: socket.socket, question: Question) -> None:
    syntax = ROWS.get(question.rows)
    if syntax and not syntax.booleans and isinstance(result, ox.QueryBoolean):
        syntax = None
    if syntax is None:
        raise _Refused(406, "the answer can be written as JSON or XML, a table also as CSV or TSV")
    outlet = _Outlet(connection, frames.LAST_ROWS, question.most)
    result.serialize(outlet, format=syntax.syntax)
    outlet.close()


def _write_triples(
    result: ox.QueryTriples, connection: socket.socket, question: Question, prefixes: Mapping[str, str]
) -> None:
    format = TRIPLES.get(question.triples)
    if format is None:
        raise _Refused(406, f"the triples can be written as {', '.join(one.label for one in TRIPLES.values())}")
    outlet = _Outlet(connection, frames.LAST_TRIPLES, question.most)
    ox.serialize(result, cast(Any, outlet), format=format.syntax, prefixes=dict(prefixes))
    outlet.close()


def opened(settings: Mapping[str, Any]) -> ox.Store:
    """The store of a folder, or one in memory of N-Triples files, each with the graph that it goes to."""
    if folder := settings.get("store"):
        return ox.Store.read_only(folder)
    store = ox.Store()
    for path, graph in settings["files"]:
        if not graph:
            store.bulk_load(path=path, format=ox.RdfFormat.N_TRIPLES)
            continue
        # A span may be evidence and mention: what both graphs held, a union of them would answer twice.
        new = [quad for quad in ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES) if quad not in store]
        store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph)) for quad in new)
    return store


def main(descriptor: str, settings: str) -> None:
    """Serve one store over an inherited socket, within limits."""
    read = json.loads(settings)
    connection = socket.socket(fileno=int(descriptor))
    confine.die_with_parent()
    confine.forbid_sockets()
    store = opened(read)
    confine.limit_memory(read["megabytes"])
    with suppress(BrokenPipeError):  # the server has ended
        serve(connection, store, read["prefixes"], read["base"])


if __name__ == "__main__":
    main(*sys.argv[1:])
