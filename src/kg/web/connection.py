"""HTTP connections that a single client cannot exhaust: limits for what it sends, and for how long it takes.

uvicorn reads heads of any length and waits for any time; what is said of a connection here is looked at once a second.
"""

import asyncio
import logging
import math
import resource
import signal
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any, Final, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from kg.web.sparql.lanes import client_of

LONGEST_TARGET: Final = 32 * 1024  # bytes of the address of a request
LONGEST_HEAD: Final = 32 * 1024  # bytes of its header fields
MOST_FIELDS: Final = 100
LONGEST_BODY: Final = 2 * 2**20  # bytes, with those of its coding; no endpoint takes so much
_READ: Final = 256 * 1024  # bytes that come at once at the most
_PROXIES: Final = ("", "127.0.0.1", "::/64")  # and what has no address, as a socket of this machine
_LINGERING: Final = 2.0  # seconds in which a client may read why it was refused

_CLOSED: Final = signal.SIGHUP

IDLE, HEAD, BODY, ANSWER = "idle", "head", "body", "answer"
# Seconds that a client may take from the first to the last byte; for an answer the query's own limits hold.
PATIENCE: Final = {IDLE: 15.0, HEAD: 10.0, BODY: 30.0}
STALLED: Final = 30.0  # seconds without a byte taken by a client whose answer waits

_TOO_LONG: Final = (414, "the address is too long: send the query with POST")
_TOO_MANY: Final = (431, "the header fields are too many or too long")
_TOO_LARGE: Final = (413, "the body is too large")
_TOO_SLOW: Final = (408, "the request did not come in time")


class Connection(HttpToolsProtocol):
    """uvicorn's protocol with limits."""

    refusal: tuple[int, str] | None = None
    refused = False
    phase = IDLE
    since = stalled = 0.0  # when the phase began; when the client stopped reading, 0 while it reads
    requests = length = 0  # requests so far; bytes that came in the phase and in no other

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast(asyncio.Transport, transport))  # uvloop's is one, but not a subclass
        self._enter(IDLE)
        _make_room(self)

    def data_received(self, data: bytes) -> None:
        if self.refused:
            return  # the client reads the refusal, or leaves
        before = self.phase, self.requests
        super().data_received(data)
        if before == (self.phase, self.requests):
            self.length += len(data)
        if self.refused or self.phase == ANSWER:
            return
        if self.phase == HEAD and (self.length > LONGEST_HEAD or len(self.headers) > MOST_FIELDS):
            self._refuse(_TOO_MANY if self.headers else _TOO_LONG)
        elif self.phase != HEAD and self.length > LONGEST_BODY:
            self._refuse(_TOO_LARGE)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.requests += 1
        self._enter(HEAD)

    def on_headers_complete(self) -> None:
        if len(self.url) > LONGEST_TARGET:
            self.refusal = _TOO_LONG
        elif any(name == b"content-length" and int(value) > LONGEST_BODY for name, value in self.headers):
            self.refusal = _TOO_LARGE
        elif len(self.headers) > MOST_FIELDS or sum(len(n) + len(v) for n, v in self.headers) > LONGEST_HEAD:
            self.refusal = _TOO_MANY
        if self.refusal:
            raise ValueError(self.refusal[1])  # which ends the parser, and comes back as `send_400_response`
        self._enter(BODY)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._enter(IDLE if self.cycle.response_complete else ANSWER)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.phase == ANSWER and not self.pipeline:
            self._enter(IDLE)

    def pause_writing(self) -> None:
        super().pause_writing()
        self.stalled = self.loop.time()

    def resume_writing(self) -> None:
        super().resume_writing()
        self.stalled = 0.0

    def send_400_response(self, msg: str) -> None:
        self._refuse(self.refusal or (400, "this is not HTTP"))

    def look(self, now: float) -> None:
        """Once a second: end what takes too long."""
        if self.stalled and now - self.stalled > STALLED:
            self.transport.abort()
        elif not self.refused and now - self.since > PATIENCE.get(self.phase, now):
            self._refuse(_TOO_SLOW) if self.phase != IDLE else self.transport.close()

    def _enter(self, phase: str) -> None:
        self.phase, self.since, self.length = phase, self.loop.time(), 0

    def _refuse(self, refusal: tuple[int, str]) -> None:
        """Say why, and close when the client has read it: what it still sends would reset the connection."""
        self.refused = True
        if self.cycle and not self._is_free():
            self.transport.abort()  # an answer is under way, or was given
            return
        if self.cycle:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        status, reason = refusal
        body = f"{reason}\n".encode()
        fields = b"content-type: text/plain; charset=utf-8\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % len(
            body
        )
        self.transport.write(STATUS_LINE[status] + fields + body)
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(_LINGERING, self.transport.abort)

    def _is_free(self) -> bool:
        """Whether a refusal can be sent: as the answer to a head, or to a request whose body is not here yet."""
        return self.cycle.response_complete if self.phase in (IDLE, HEAD) else not self.cycle.response_started


def _make_room(new: Connection) -> None:
    """Where there are too many for one more, end the connection that has waited longest for its client to send or read.

    Of a client that has more than half of all, any: also one whose answer is under way.
    """
    most = most_connections()
    if len(new.connections) <= most:
        return
    found = (one for one in new.connections if isinstance(one, Connection) and one is not new)
    others = [
        one for one in found if not one.transport.is_closing()
    ]  # those that made room are gone only a moment later
    if len(others) < most:
        return
    clients = Counter(filter(None, map(_stranger, others)))
    greedy = next((client for client, count in clients.most_common(1) if count > most / 2), None)
    ended = [one for one in others if (_stranger(one) == greedy if greedy else _waits_since(one) < math.inf)]
    min(ended, key=_waits_since, default=new).transport.abort()


def _waits_since(one: Connection) -> float:
    return one.stalled or (math.inf if one.phase == ANSWER else one.since)


def _stranger(one: Connection) -> str:
    """Whose connection it is; empty where a proxy on this machine may speak for many."""
    client = client_of({"client": one.client})
    return "" if client in _PROXIES else client


def most_connections() -> int:
    """What the system lets this process open, without what else it needs."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return min(4000, max(16, soft - 200))


class Server(uvicorn.Server):
    """uvicorn, which looks after its connections, and ends without a word about those that it cuts off.

    ``begins`` is called when signals are its own: one that came before would raise, and where C code swallows that it
    would be lost. Who was told the address may ask it to end at once.
    """

    def __init__(self, config: uvicorn.Config, *, begins: Callable[[], object] = lambda: None) -> None:
        super().__init__(config)
        self.begins = begins

    async def startup(self, sockets: Any = None) -> None:
        # A terminal that closes is no fault; uvicorn takes only the other two that ask it to end.
        if threading.current_thread() is threading.main_thread() and signal.getsignal(_CLOSED) is not signal.SIG_IGN:
            signal.signal(_CLOSED, self._close)
        self.begins()
        await super().startup(sockets)

    def _close(self, *_: object) -> None:
        self.should_exit = True

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:
            now = asyncio.get_running_loop().time()
            for connection in tuple(self.server_state.connections):
                if isinstance(connection, Connection):
                    connection.look(now)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: Any = None) -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)
