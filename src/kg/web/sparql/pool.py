"""The workers of a server: each answers one query at a time, and is killed where that takes too much."""

import asyncio
import os
import socket
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from itertools import count
from typing import Any, Final, cast

from kg.errors import StoreError
from kg.web.sparql import protocol as frames
from kg.web.sparql import shared_state as board
from kg.web.sparql.answer import INSTANT, Answer
from kg.web.sparql.forking import RETRY, Forking
from kg.web.sparql.limits import Limits
from kg.web.sparql.protocol import Question, Refusal

_TOO_MUCH: Final = Refusal(503, "the query was stopped: it needs more memory than it may have")
_BEGIN_AGAIN: Final = Refusal(503, "the query was stopped: the workers had to be started again")
_ENDING: Final = Refusal(503, "the server is stopping")
_QUEUED: Final = 8  # questions for each worker that are begun or in the queue, so that none sleeps between two


class Worker(asyncio.Protocol):
    """The connection to one process."""

    def __init__(self, pool: "Pool", place: int) -> None:
        self.pool, self.place = pool, place
        self.transport: asyncio.Transport | None = None
        self.pending = bytearray()
        self.ready = self.paused = False
        self.opened, self.ended = asyncio.Event(), asyncio.Event()  # the first is set by the end too
        self.seen = 0  # the number of its question when it was last looked at
        self.killed = 0  # the number of the question for which it was killed

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one, but not a subclass

    def data_received(self, data: bytes) -> None:
        pending, at = self.pending, 0
        pending += data
        while len(pending) - at >= frames.HEAD.size:
            kind, number, length = frames.HEAD.unpack_from(pending, at)
            begin = at + frames.HEAD.size
            if len(pending) < begin + length:
                break
            at = begin + length
            self.take(kind, number, bytes(pending[begin:at]))
        del pending[:at]

    def take(self, kind: bytes, number: int, body: bytes) -> None:
        """A frame that came."""
        if kind == frames.READY:
            self.ready = True
            self.opened.set()
        elif answer := self.pool.asked.get(number):
            if kind == frames.WANTED:
                self.tell(frames.QUESTION, frames.encoded(answer.question))
                return
            if kind in frames.LAST:
                self.pool.answered(number)
            answer.take(self, kind, body)

    def connection_lost(self, error: Exception | None) -> None:
        self.opened.set()
        self.ended.set()

    def tell(self, kind: bytes, body: bytes = b"") -> None:
        assert self.transport
        self.transport.write(frames.packed(kind, 0, body))

    def pause(self) -> None:
        """Let the worker wait until `resume`."""
        if self.transport and not self.paused:
            self.paused = True
            self.transport.pause_reading()

    def resume(self) -> None:
        if self.transport and self.paused:
            self.paused = False
            self.transport.resume_reading()


class Pool:
    """So many workers over one store, each replaced when it ends.

    ``settings`` say where the store is, ``{"store": folder}`` or ``{"files": [[path, graph], ...]}``, and, as
    ``prefixes`` and ``base``, what queries need not declare.
    """

    loop: asyncio.AbstractEventLoop

    def __init__(self, settings: Mapping[str, Any], *, limits: Limits) -> None:
        self.limits = limits
        self.settings = {**settings, "megabytes": limits.megabytes, "places": limits.workers}
        self.waiting: deque[Answer] = deque()  # for which there is no room in the queue
        self.asked: dict[int, Answer] = {}  # in the queue or begun, also those that nobody waits for
        self.numbers = count(1)
        self.most = limits.workers * _QUEUED
        self.workers: dict[int, Worker] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.clock: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Start the workers; returns when each has its store open. Raises StoreError where none has."""
        self.loop = asyncio.get_running_loop()
        self.now = self.loop.time
        # The workers' end stays open here too: what lies in it outlives them.
        self.queue, self.taken = socket.socketpair(type=socket.SOCK_DGRAM)
        self.queue.setblocking(False)
        self.shared = board.shared(self.limits.workers)
        self.board = board.Board(self.shared, self.limits.workers)
        self.forking = Forking(self.settings, {"queue": self.taken.fileno(), "board": self.shared})
        if await self.forking.start():
            await asyncio.gather(*(self._fork(place) for place in range(self.limits.workers)))
        if not self.workers:
            await self.stop()
            raise StoreError("the store cannot be opened", hint="see what the workers say above")
        self._task(self.forking.keep())
        for place in range(self.limits.workers):
            self._task(self._keep_working(place))
        self._tick()

    async def stop(self) -> None:
        """End the workers, and whatever they do."""
        if self.clock:
            self.clock.cancel()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for answer in (*self.asked.values(), *self.waiting):
            answer.refuse(_ENDING)
        await self.forking.stop()
        for worker in self.workers.values():
            if worker.transport:
                worker.transport.close()
        self.queue.close()
        self.taken.close()
        os.close(self.shared)

    def ask(self, question: Question, patience: Callable[[Answer], None] | None = None) -> Answer:
        """Put a question to the next free worker."""
        answer = Answer(self, question, patience)
        if self.waiting or not self._queued(answer):
            self.waiting.append(answer)
        return answer

    def answered(self, number: int) -> None:
        """A question is done: there is room for the next."""
        del self.asked[number]
        self._fill()

    def _fill(self) -> None:
        while self.waiting and (self.waiting[0].refusal or self._queued(self.waiting[0])):
            self.waiting.popleft()

    def withdraw(self, answer: Answer) -> None:
        """Nobody waits for an answer any more: no worker need begin it, and one that has is killed."""
        if answer.number:
            self.board.withdraw(answer.number)
        for worker in self.workers.values():
            if worker is answer.worker:
                worker.resume()
            if answer.number and self.board.at(worker.place) == answer.number:
                self._kill(worker, answer.number)

    def _queued(self, answer: Answer) -> bool:
        if len(self.asked) >= self.most:
            return False
        number = next(self.numbers)
        try:
            self.queue.send(frames.queued(number, answer.question))
        except OSError:  # it is full: long ones fill it sooner
            return False
        answer.number = number
        self.asked[number] = answer
        return True

    def _tick(self) -> None:
        """Look after what runs: one clock for all queries costs less than one for each."""
        now = self.now()
        for place, worker in self.workers.items():
            number = self.board.at(place)
            answer = self.asked.get(number)
            if answer and not answer.refusal:
                answer.begun = answer.begun or now
            elif number and number == worker.seen:  # at an answer that nobody waits for, and not about to end it
                self._kill(worker, number)
            worker.seen = number
        for answer in (*self.asked.values(), *self.waiting):
            answer.look(now)
        self._fill()
        self.clock = self.loop.call_later(INSTANT, self._tick)

    def _kill(self, worker: Worker, number: int) -> None:
        worker.killed = number
        self.forking.kill(worker.place, number)

    def _lost(self, worker: Worker) -> None:
        """A worker has ended, and with it the question that it was at."""
        self.workers.pop(worker.place, None)
        number = self.board.at(worker.place)
        self.board.put(worker.place, 0)
        if answer := self.asked.get(number):
            if worker.killed in (0, number) or answer.worker:
                del self.asked[number]
                answer.refuse(_TOO_MUCH if self.forking.control else _BEGIN_AGAIN)
            else:  # it was killed for what it had just ended
                self._ask_again([number])
        elif not number:  # it may have taken one, and not said so yet
            begun = {self.board.at(place) for place in self.workers}
            self._ask_again([number for number in self.asked if number not in begun])
        self._fill()

    def _ask_again(self, numbers: list[int]) -> None:
        for number in reversed(numbers):
            self.board.withdraw(number)
            answer = self.asked.pop(number)
            answer.again()
            self.waiting.appendleft(answer)

    async def _keep_working(self, place: int) -> None:
        """Have a worker at a place, always."""
        while True:
            if worker := self.workers.get(place):
                await worker.ended.wait()
                self._lost(worker)
            await self._fork(place)
            if place not in self.workers:
                await asyncio.sleep(RETRY)

    async def _fork(self, place: int) -> None:
        """A new worker, if that is possible."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        worker = Worker(self, place)
        await self.loop.create_connection(lambda: worker, sock=ours)
        await self.forking.fork(place, theirs)
        await worker.opened.wait()
        if worker.ready:
            self.workers[place] = worker

    def _task(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
