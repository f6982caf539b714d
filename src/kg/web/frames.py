"""How the server and its workers speak: a kind (one byte), a length, and so many bytes."""

import json
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

HEAD: Final = struct.Struct(">cI")
MORE_ROWS, LAST_ROWS = b"r", b"R"  # of SELECT or ASK
MORE_TRIPLES, LAST_TRIPLES = b"t", b"T"  # of CONSTRUCT or DESCRIBE
REFUSED: Final = b"X"  # a reason, as JSON
READY: Final = b"!"  # the store is open
QUERY: Final = b"?"
LAST: Final = frozenset({LAST_ROWS, LAST_TRIPLES, REFUSED})
MORE: Final = {LAST_ROWS: MORE_ROWS, LAST_TRIPLES: MORE_TRIPLES}


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its dataset (SPARQL 1.1 Protocol, section 2.1.4) and the syntaxes that the client takes.

    ``rows`` names a syntax of SELECT and ASK, ``triples`` one of CONSTRUCT and DESCRIBE; empty: none that
    the client takes. ``most`` is the number of bytes that an answer may have.
    """

    text: str
    rows: str = "json"
    triples: str = "turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    union: bool = False
    most: int = 2**30


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer: an HTTP status and a sentence."""

    status: int
    reason: str


def packed(kind: bytes, body: bytes) -> bytes:
    """One frame."""
    return HEAD.pack(kind, len(body)) + body


def encoded(value: Question | Refusal) -> bytes:
    """A question or a refusal as the body of a frame."""
    return json.dumps([getattr(value, name) for name in value.__slots__]).encode()


def question(body: bytes) -> Question:
    """The question of a frame."""
    text, rows, triples, default_graphs, named_graphs, union, most = json.loads(body)
    return Question(text, rows, triples, tuple(default_graphs), tuple(named_graphs), union, most)


def refusal(body: bytes) -> Refusal:
    """The refusal of a frame."""
    return Refusal(*json.loads(body))


def received(connection: socket.socket) -> Iterator[tuple[bytes, bytes]]:
    """The frames that come in, until the other side closes."""
    stream = connection.makefile("rb")
    while head := stream.read(HEAD.size):
        kind, length = HEAD.unpack(head)
        yield kind, stream.read(length)
