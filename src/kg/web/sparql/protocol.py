"""How the server and its workers speak: a kind (one byte), the number of the question, a length, and so many bytes.

Questions lie in one queue for all workers, each a datagram: the kernel gives it to the first worker that is free,
and none waits behind a slow one. A question that is too long for that is asked for by the worker that takes its
number. Answers come on a connection of each worker.
"""

import json
import marshal
import struct
from typing import Final, NamedTuple

HEAD: Final = struct.Struct(">cQI")
MORE_ROWS, LAST_ROWS = b"r", b"R"  # of SELECT or ASK
MORE_TRIPLES, LAST_TRIPLES = b"t", b"T"  # of CONSTRUCT or DESCRIBE
REFUSED: Final = b"X"  # a reason, as JSON
READY: Final = b"!"  # the store is open
WANTED: Final = b"?"  # the question of this number, which is too long for the queue
QUESTION, GO_ON = b"Q", b"."  # from the server: what was wanted; the last piece of a long answer was received
LAST: Final = frozenset({LAST_ROWS, LAST_TRIPLES, REFUSED})
MORE: Final = {LAST_ROWS: MORE_ROWS, LAST_TRIPLES: MORE_TRIPLES}
THE_DEFAULT: Final = ""  # among graphs by name: the dataset alone, without what describes it
DATAGRAM: Final = 2000  # bytes; more is not a datagram everywhere (macOS: net.local.dgram.maxdgram)


class Question(NamedTuple):
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


class Refusal(NamedTuple):
    """Why there is no answer: an HTTP status, a sentence, and in how many seconds it may be tried again (0: never)."""

    status: int
    reason: str
    again: int = 0

    @property
    def headers(self) -> dict[str, str]:
        """What HTTP says of it."""
        return {"retry-after": str(self.again)} if self.again else {}


def packed(kind: bytes, number: int, body: bytes = b"") -> bytes:
    """One frame."""
    return HEAD.pack(kind, number, len(body)) + body


def queued(number: int, question: Question) -> bytes:
    """A question as a datagram, or its number alone where it is too long."""
    # Both ends are one program, so that Python's own form will do.
    datagram = marshal.dumps((number, *question))
    return datagram if len(datagram) <= DATAGRAM else marshal.dumps((number,))


def taken(datagram: bytes) -> tuple[int, Question | None]:
    """What `queued` wrote."""
    number, *question = marshal.loads(datagram)
    return number, Question(*question) if question else None


def encoded(question: Question) -> bytes:
    """A question as the body of a frame."""
    return marshal.dumps(tuple(question))


def question(body: bytes) -> Question:
    """The question of a frame."""
    return Question(*marshal.loads(body))


def refused(refusal: Refusal) -> bytes:
    """A refusal as the body of a frame."""
    return json.dumps(refusal).encode()


def refusal(body: bytes) -> Refusal:
    """The refusal of a frame."""
    return Refusal(*json.loads(body))
