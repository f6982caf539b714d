"""The workers of a server: each answers one query at a time, and is killed where that takes too much."""

import asyncio
import json
import socket
import subprocess
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from kg.errors import StoreError
from kg.web import frames
from kg.web.frames import Question, Refusal

CLIENT_LEFT: Final = 499  # never sent: nobody is there
_TOO_MUCH: Final = Refusal(503, "the query was stopped: it needs more memory than it may have")
_BUSY: Final = Refusal(503, "every worker is busy with another query; try again soon")
_TICK: Final = 0.05  # seconds between two looks at what runs
_AHEAD: Final = 16  # pieces of an answer that may wait for a slow client; then the worker waits


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take; beyond it there is a 503 with the reason, and the query is really stopped.

    ``seconds`` of running, its client's reading included; ``megabytes`` of memory beyond the store;
    ``answer`` bytes of result; ``waiting`` seconds for a free worker.
    """

    seconds: float = 10.0
    megabytes: int = 1024
    answer: int = 64 * 2**20
    waiting: float = 5.0
    workers: int = 2


class Stopped(Exception):
    """A query that was not answered to its end, and why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


class Worker(asyncio.Protocol):
    """One process and the connection to it."""

    def __init__(self, pool: "Pool") -> None:
        self.pool = pool
        self.transport: asyncio.Transport | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.pending = bytearray()
        self.frames: deque[tuple[bytes, bytes]] = deque()
        self.waiter: asyncio.Future[None] | None = None
        self.reason: Refusal | None = None  # why it was killed
        self.ready = self.gone = self.paused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one, but not a subclass

    def data_received(self, data: bytes) -> None:
        self.pending += data
        while len(self.pending) >= frames.HEAD.size:
            kind, length = frames.HEAD.unpack_from(self.pending)
            end = frames.HEAD.size + length
            if len(self.pending) < end:
                break
            self.frames.append((kind, bytes(self.pending[frames.HEAD.size : end])))
            del self.pending[:end]
        if len(self.frames) > _AHEAD and self.transport and not self.paused:
            self.paused = True
            self.transport.pause_reading()
        self._wake()

    def connection_lost(self, error: Exception | None) -> None:
        self.gone = True
        self._wake()
        self.pool.lost(self)

    def ask(self, question: Question) -> None:
        assert self.transport
        self.transport.write(frames.packed(frames.QUERY, frames.encoded(question)))

    async def frame(self) -> tuple[bytes, bytes]:
        """The next frame; raises Stopped where the process is gone."""
        while not self.frames:
            if self.gone:
                raise Stopped(self.reason or _TOO_MUCH)
            self.waiter = asyncio.get_running_loop().create_future()
            await self.waiter
        found = self.frames.popleft()
        if self.paused and self.transport and len(self.frames) <= _AHEAD // 2:
            self.paused = False
            self.transport.resume_reading()
        return found

    def kill(self, reason: Refusal) -> None:
        """End the process now, whatever it does."""
        if not self.gone and self.process and self.reason is None:
            self.reason = reason
            self.process.kill()

    def _wake(self) -> None:
        if self.waiter and not self.waiter.done():
            self.waiter.set_result(None)


class Answer:
    """The answer to one question, as it comes in; `close` must be called.

    ``patience`` is called once, where the answer takes longer than an instant.
    """

    def __init__(self, pool: "Pool", worker: Worker, patience: Callable[["Answer"], None] | None) -> None:
        self.pool, self.worker, self.patience = pool, worker, patience
        self.whole = False  # whether all of it has come
        self.kind, self.first = b"", b""
        self.begun = pool.now()
        pool.running.add(self)

    def look(self, now: float) -> None:
        """What is due after so much time: to watch the client, to stop the query."""
        limit = self.pool.limits.seconds
        if now - self.begun > limit:
            self.worker.kill(Refusal(503, f"the query was stopped after {limit:g} seconds; make it more selective"))
        elif self.patience and now - self.begun > _TICK:
            patience, self.patience = self.patience, None
            patience(self)

    async def begin(self, held: int) -> None:
        """Wait for the first ``held`` bytes, or for all where there are fewer; raises Stopped."""
        pieces: list[bytes] = []
        length = 0
        while not self.whole and length < held:
            pieces.append(await self._piece())
            length += len(pieces[-1])
        self.first = b"".join(pieces) if len(pieces) != 1 else pieces[0]

    async def rest(self) -> AsyncIterator[bytes]:
        """What follows the first bytes; raises Stopped where it does not come to its end."""
        while not self.whole:
            yield await self._piece()

    def close(self) -> None:
        """Give the worker back, or end it where it still works on an answer that nobody wants."""
        self.pool.running.discard(self)
        if self.whole:
            self.pool.free(self.worker)
        else:
            self.leave()

    def leave(self) -> None:
        """Stop the query: its client is gone."""
        self.worker.kill(Refusal(CLIENT_LEFT, "the client left"))

    async def _piece(self) -> bytes:
        kind, body = await self.worker.frame()
        self.whole = kind in frames.LAST
        if kind == frames.REFUSED:
            raise Stopped(frames.refusal(body))
        self.kind = kind
        return body


class Pool:
    """So many workers over one store, each replaced when it ends.

    ``settings`` say where the store is, ``{"store": folder}`` or ``{"files": [[path, graph], ...]}``, and, as
    ``prefixes`` and ``base``, what queries need not declare.
    """

    def __init__(self, settings: Mapping[str, Any], *, limits: Limits) -> None:
        self.limits = limits
        self.settings = json.dumps({**settings, "megabytes": limits.megabytes})
        self.idle: deque[Worker] = deque()
        self.waiting: deque[tuple[float, asyncio.Future[Worker]]] = deque()
        self.workers: set[Worker] = set()
        self.starting: set[asyncio.Task[None]] = set()
        self.running: set[Answer] = set()
        self.clock: asyncio.TimerHandle | None = None
        self.closed = False

    async def start(self) -> None:
        """Start the workers; returns when each has its store open. Raises StoreError where none has."""
        await asyncio.gather(*(self._start_one() for _ in range(self.limits.workers)))
        if not self.workers:
            raise StoreError("the store cannot be opened", hint="see what the workers say above")
        self._tick()

    async def stop(self) -> None:
        """End the workers, and whatever they do."""
        self.closed = True
        if self.clock:
            self.clock.cancel()
        for task in self.starting:
            task.cancel()
        for worker in tuple(self.workers):
            worker.kill(Refusal(503, "the server is stopping"))
            if worker.transport:
                worker.transport.close()
        processes = [worker.process for worker in self.workers if worker.process]
        await asyncio.gather(*(asyncio.to_thread(process.wait) for process in processes))

    async def ask(self, question: Question, patience: Callable[[Answer], None] | None = None) -> Answer:
        """Put a question to the next free worker; raises Stopped where none becomes free in time."""
        worker = self.idle.popleft() if self.idle else await self._free_worker()
        worker.ask(question)
        return Answer(self, worker, patience)

    def now(self) -> float:
        """The time of the running loop, in seconds."""
        return asyncio.get_running_loop().time()

    def _tick(self) -> None:
        """Look after what runs: one clock for all queries costs less than one for each."""
        now = self.now()
        for answer in tuple(self.running):
            answer.look(now)
        while self.waiting and now - self.waiting[0][0] > self.limits.waiting:
            _, future = self.waiting.popleft()
            if not future.done():
                future.set_exception(Stopped(_BUSY))
        self.clock = asyncio.get_running_loop().call_later(_TICK, self._tick)

    def free(self, worker: Worker) -> None:
        """A worker that has answered takes the next question."""
        if worker.gone:
            return
        while self.waiting:
            _, future = self.waiting.popleft()
            if not future.done():
                future.set_result(worker)
                return
        self.idle.append(worker)

    def lost(self, worker: Worker) -> None:
        """A worker has ended: start another in its place."""
        self.workers.discard(worker)
        if worker in self.idle:
            self.idle.remove(worker)
        if worker.process:
            self._task(asyncio.to_thread(worker.process.wait))
        if worker.ready and not self.closed:  # one that never was ready would be tried for ever
            self._task(self._start_one())

    def _task(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self.starting.add(task)
        task.add_done_callback(self.starting.discard)

    async def _free_worker(self) -> Worker:
        future: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self.waiting.append((self.now(), future))
        return await future

    async def _start_one(self) -> None:
        ours, theirs = socket.socketpair()
        worker = Worker(self)
        command = [sys.executable, "-m", "kg.web.worker", str(theirs.fileno()), self.settings]
        # Started on the loop's own thread: a worker dies with the thread that started it.
        worker.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], process_group=0)
        theirs.close()
        ours.setblocking(False)
        self.workers.add(worker)
        await asyncio.get_running_loop().create_connection(lambda: worker, sock=ours)
        try:
            kind, _ = await worker.frame()
        except Stopped:
            return
        worker.ready = kind == frames.READY
        self.free(worker)
