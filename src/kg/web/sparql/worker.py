"""A process that answers queries, one at a time, and can be killed in the middle of one.

Oxigraph has no time limit of its own, and a thread cannot be stopped: only a process can.
`kg.web.sparql.forkserver` makes it.
"""

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import pyoxigraph as ox

from kg.dataset import Dataset
from kg.dataset.description import DESCRIPTION, described
from kg.dataset.mistakes import mistake
from kg.dataset.sparql import asks_elsewhere, chooses_graphs, excess
from kg.web.sparql import protocol as frames
from kg.web.sparql.protocol import Question, Refusal
from kg.web.sparql.shared_state import Board
from kg.web.sparql.syntaxes import ROWS, TRIPLES

_PIECE: Final = 64 * 1024  # bytes of an answer that are sent at once


class _Refused(Exception):
    """A query that gets no answer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.refusal = Refusal(status, reason)


class _Outlet:
    """A file that sends what is written to it, in pieces, up to a number of bytes."""

    def __init__(self, connection: socket.socket, number: int, most: int) -> None:
        self.connection, self.number, self.most = connection, number, most
        self.last = frames.LAST_ROWS
        self.held, self.length, self.pieces = bytearray(), 0, 0

    def write(self, data: bytes) -> int:
        self.length += len(data)
        if self.length > self.most:
            raise _Refused(503, f"the answer has more than {self.most:,} bytes; ask for less, or add LIMIT")
        self.held += data
        if len(self.held) >= _PIECE:
            self.send(frames.MORE[self.last], bytes(self.held))
            self.held.clear()
            self.pieces += 1
        return len(data)

    def flush(self) -> None:
        """Nothing: a piece is sent when it is full."""

    def close(self) -> None:
        self.send(self.last, bytes(self.held))

    def send(self, kind: bytes, body: bytes) -> None:
        self.connection.sendall(frames.packed(kind, self.number, body))


@dataclass(frozen=True, slots=True)
class Known:
    """What every query may use: the store, prefixes, and the base of relative IRIs."""

    store: ox.Store
    prefixes: Mapping[str, str]
    base: str


def serve(connection: socket.socket, queue: socket.socket, board: Board, place: int, known: Known) -> None:
    """Answer questions as long as there are any, with the number of the present one on the board."""
    connection.sendall(frames.packed(frames.READY, 0))
    said = connection.makefile("rb")
    while True:
        number, question = frames.taken(queue.recv(frames.DATAGRAM))
        board.put(place, number)
        outlet = _Outlet(connection, number, question.most if question else 0)
        if board.withdrawn(number):
            outlet.close()
        else:
            _answer(outlet, known, question or _long_question(outlet, said))
        if outlet.pieces:  # what follows would wait behind it, where its client reads slowly
            _next(said)
        board.put(place, 0)


def _next(said: BinaryIO) -> bytes:
    """The next frame of the server; raises BrokenPipeError where that has ended."""
    head = said.read(frames.HEAD.size)
    if len(head) < frames.HEAD.size:
        raise BrokenPipeError
    return said.read(frames.HEAD.unpack(head)[2])


def _long_question(outlet: _Outlet, said: BinaryIO) -> Question:
    outlet.send(frames.WANTED, b"")
    question = frames.question(_next(said))
    outlet.most = question.most
    return question


def _answer(outlet: _Outlet, known: Known, question: Question) -> None:
    try:
        _write(outlet, known, question)
    except _Refused as refused:
        outlet.send(frames.REFUSED, frames.refused(refused.refusal))


def _write(outlet: _Outlet, known: Known, question: Question) -> None:
    if asks_elsewhere(question.text):
        raise _Refused(403, "SERVICE asks another server; this endpoint answers from its own dataset alone")
    if much := excess(question.text):
        raise _Refused(400, f"the query cannot be answered: {much}")
    try:
        result = _solved(known, question)
        if isinstance(result, ox.QueryTriples):
            _write_triples(result, outlet, question, known.prefixes)
        else:
            _write_rows(result, outlet, question)
    except SyntaxError as error:
        raise _Refused(400, str(mistake(question.text, str(error), known.prefixes))) from None
    except (ValueError, RuntimeError, OSError) as error:
        raise _Refused(400, f"the query cannot be answered: {error}") from None


def _solved(known: Known, question: Question) -> Any:
    """With protocol-specified graphs these are the whole dataset, whatever the query names (section 2.1.4).

    Without any the default graph is the dataset with its description.
    """
    text = question.text
    # Oxigraph reads every prefix that it is given anew for each query: give it those that may be used.
    prefixes = {name: iri for name, iri in known.prefixes.items() if f"{name}:" in text}
    if not (question.default_graphs or question.named_graphs):
        chosen = question.union or chooses_graphs(text)
        whole: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
            ox.DefaultGraph(),
            ox.NamedNode(known.base + DESCRIPTION),
        ]
        return known.store.query(
            text,
            base_iri=known.base,
            prefixes=prefixes,
            default_graph=None if chosen else whole,
            use_default_graph_as_union=question.union,
        )
    return known.store.query(
        text,
        base_iri=known.base,
        prefixes=prefixes,
        default_graph=[ox.NamedNode(graph) if graph else ox.DefaultGraph() for graph in question.default_graphs],
        named_graphs=[ox.NamedNode(graph) for graph in question.named_graphs],
    )


def _write_rows(result: Any, outlet: _Outlet, question: Question) -> None:
    syntax = ROWS.get(question.rows)
    if syntax and not syntax.booleans and isinstance(result, ox.QueryBoolean):
        syntax = None
    if syntax is None:
        raise _Refused(406, "the answer can be written as JSON or XML, a table also as CSV or TSV")
    result.serialize(outlet, format=syntax.syntax)
    outlet.close()


def _write_triples(result: ox.QueryTriples, outlet: _Outlet, question: Question, prefixes: Mapping[str, str]) -> None:
    format = TRIPLES.get(question.triples)
    if format is None:
        raise _Refused(406, f"the triples can be written as {', '.join(one.label for one in TRIPLES.values())}")
    outlet.last = frames.LAST_TRIPLES
    ox.serialize(result, cast(Any, outlet), format=format.syntax, prefixes=dict(prefixes))
    outlet.close()


def opened(settings: Mapping[str, Any]) -> ox.Store:
    """The store of a folder, or one in memory of N-Triples files, each with the graph that it goes to.

    What describes the dataset of a folder is added, where that is named.
    """
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
    if "described" in settings:
        data = Dataset(Path(settings["described"]))
        graph = ox.NamedNode(data.base + DESCRIPTION)
        store.bulk_extend(ox.Quad(triple.subject, triple.predicate, triple.object, graph) for triple in described(data))
    return store
