"""How the server and its workers speak: a kind (one byte), a length, and so many bytes."""

import json
import marshal
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass, fields
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


def encoded(question: Question) -> bytes:
    """A question as the body of a frame; both ends are one program, so that Python's own form will do."""
    return marshal.dumps(tuple([getattr(question, name) for name in _FIELDS]))


def question(body: bytes) -> Question:
    """The question of a frame."""
    return Question(*marshal.loads(body))


def refused(refusal: Refusal) -> bytes:
    """A refusal as the body of a frame."""
    return json.dumps([refusal.status, refusal.reason]).encode()


def refusal(body: bytes) -> Refusal:
    """The refusal of a frame."""
    return Refusal(*json.loads(body))


def received(connection: socket.socket) -> Iterator[tuple[bytes, bytes]]:
    """The frames that come in, until the other side closes."""
    stream = connection.makefile("rb")
    while head := stream.read(HEAD.size):
        kind, length = HEAD.unpack(head)
        yield kind, stream.read(length)


_FIELDS: Final = tuple(field.name for field in fields(Question))
