"""A question on its way to its answer, as the server sees it."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

from kg.web.sparql import protocol as frames
from kg.web.sparql.limits import Limits
from kg.web.sparql.protocol import Question, Refusal

CLIENT_LEFT: Final = 499  # never sent: nobody is there
INSTANT: Final = 0.05  # seconds between two looks at what runs
_AHEAD: Final = 16  # pieces of an answer that may wait for a slow client; then the worker waits
_BUSY: Final = Refusal(503, "every worker is busy with another query; try again soon", 1)


class Sender(Protocol):
    """What sends an answer in pieces: a worker."""

    paused: bool

    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def tell(self, kind: bytes) -> None: ...


class Asked(Protocol):
    """What is asked: a pool of workers."""

    limits: Limits
    loop: asyncio.AbstractEventLoop
    now: Callable[[], float]

    def withdraw(self, answer: "Answer") -> None: ...
    def over(self, answer: "Answer") -> None: ...


class Stopped(Exception):
    """A query that was not answered to its end, and why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


class Answer:
    """The answer to one question, as it comes in; `close` must be called.

    ``patience`` is called once, where the answer takes longer than an instant; ``done`` once, at the end.
    """

    def __init__(
        self,
        pool: Asked,
        question: Question,
        patience: Callable[["Answer"], None] | None = None,
        *,
        client: str = "",
        done: Callable[["Answer"], None] | None = None,
    ) -> None:
        self.pool, self.question, self.patience, self.client, self.done = pool, question, patience, client, done
        self.number = 0  # of the question in the queue; 0: it is not there yet
        self.asked, self.begun = pool.now(), 0.0
        self.worker: Sender | None = None  # which sends it, where it comes in pieces
        self.pieces: deque[bytes] = deque()
        self.kind, self.first = b"", b""
        self.lost = 0  # workers that ended at it by themselves
        self.took = 0.0  # seconds until the last piece so far
        self.arrived = False  # whether the last piece has come from the worker
        self.refusal: Refusal | None = None
        self.waiter: asyncio.Future[None] | None = None

    @property
    def whole(self) -> bool:
        """Whether all of it was handed over."""
        return self.arrived and not self.pieces and not self.refusal

    async def begin(self, held: int) -> None:
        """Wait for the first ``held`` bytes, or for all where there are fewer; raises Stopped."""
        pieces = [await self.next()]
        length = len(pieces[0])
        while length < held and not self.whole:
            pieces.append(await self.next())
            length += len(pieces[-1])
        self.first = b"".join(pieces) if len(pieces) != 1 else pieces[0]

    def close(self) -> None:
        """Stop the query where it still works on an answer that nobody wants."""
        if not self.arrived:
            self.leave()
        if self.done:
            done, self.done = self.done, None
            done(self)

    def leave(self) -> None:
        """Stop the query: its client is gone."""
        self.refuse(Refusal(CLIENT_LEFT, "the client left"))

    def refuse(self, refusal: Refusal) -> None:
        """Tell the client why there is no answer, and stop the query if it was begun."""
        if self.refusal or self.arrived:
            return
        self.refusal = refusal
        self.pieces.clear()
        self.pool.withdraw(self)
        self._wake()

    def look(self, now: float) -> None:
        """What is due after so much time: to watch the client, to stop the query."""
        if self.begun and now - self.begun > self.pool.limits.seconds:
            self.pool.over(self)
        elif not self.begun and now - self.asked > self.pool.limits.waiting:
            self.refuse(_BUSY)
        elif self.patience and not self.refusal and now - self.asked > INSTANT:
            patience, self.patience = self.patience, None
            patience(self)

    def take(self, worker: Sender, kind: bytes, body: bytes) -> None:
        """A frame from the worker."""
        self.arrived = kind in frames.LAST
        self.took = self.pool.now() - (self.begun or self.asked)
        if not self.arrived:
            self.worker, self.begun = worker, self.begun or self.pool.now()
        elif self.worker:
            worker.resume()  # for what it answers next: this answer is here
            worker.tell(frames.GO_ON)
        if self.refusal:
            return
        if kind == frames.REFUSED:
            self.refusal = frames.refusal(body)
        else:
            self.kind = kind
            self.pieces.append(body)
        if len(self.pieces) > _AHEAD and not self.arrived:
            worker.pause()
        self._wake()

    def again(self) -> None:
        """Begin anew: the worker that had it has ended before it answered."""
        self.number, self.asked, self.begun, self.worker = 0, self.pool.now(), 0.0, None

    async def next(self) -> bytes:
        """What follows; raises Stopped where the answer does not come to its end."""
        while not self.pieces:
            if self.refusal:
                raise Stopped(self.refusal)
            self.waiter = self.pool.loop.create_future()
            await self.waiter
        piece = self.pieces.popleft()
        if self.worker and not self.arrived and len(self.pieces) <= _AHEAD // 2:
            self.worker.resume()
        return piece

    def _wake(self) -> None:
        if self.waiter and not self.waiter.done():
            self.waiter.set_result(None)
