"""The workers of a server: each answers one query at a time, and is killed where that takes too much."""

import asyncio
import socket
from collections.abc import Callable, Coroutine
from typing import Any, Final, cast

from kg.errors import StoreError
from kg.web.sparql import protocol as frames
from kg.web.sparql.answer import INSTANT, Answer
from kg.web.sparql.forking import RETRY, Forking
from kg.web.sparql.limits import Limits
from kg.web.sparql.protocol import Question, Refusal
from kg.web.sparql.turns import Turns

_TOO_MUCH: Final = Refusal(503, "the query was stopped: it needs more memory than it may have")
_BEGIN_AGAIN: Final = Refusal(503, "the query was stopped: the workers had to be started again", 1)
_ENDING: Final = Refusal(503, "the server is stopping", 1)
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
            elif self.pool.beyond:
                self.pool.over(answer)
                return
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
    """So many workers of a fork server, from its place ``first`` on, each replaced when it ends.

    A client has no more than a ``share`` of its questions begun or in the queue, in which there are ``ahead`` for each
    worker. A question at which a worker ends is put up to so many ``tries``. ``beyond`` is where an answer goes that
    takes more than the limit of time or than one piece; without it, it is refused or sent.
    """

    loop: asyncio.AbstractEventLoop

    def __init__(
        self,
        forking: Forking,
        *,
        limits: Limits,
        first: int = 0,
        share: int = 1 << 30,
        ahead: int = _QUEUED,
        tries: int = 1,
        beyond: Callable[[Answer], None] | None = None,
    ) -> None:
        self.forking, self.limits, self.beyond, self.tries = forking, limits, beyond, tries
        self.places = range(first, first + limits.workers)
        self.waiting: Turns[Answer] = Turns(share)  # for which there is no room in the queue
        self.asked: dict[int, Answer] = {}  # in the queue or begun, also those that nobody waits for
        self.most = limits.workers * ahead
        self.board = forking.board
        # The workers' end stays open here too: what lies in it outlives them.
        self.queue, self.taken = socket.socketpair(type=socket.SOCK_DGRAM)
        self.queue.setblocking(False)
        self.workers: dict[int, Worker] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.clock: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Start the workers of a fork server that is ready; raises StoreError where none can open the store."""
        self.loop = asyncio.get_running_loop()
        self.now = self.loop.time
        await asyncio.gather(*(self._fork(place) for place in self.places))
        if not self.workers:
            raise StoreError("the store cannot be opened", hint="see what the workers say above")
        for place in self.places:
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
        for worker in self.workers.values():
            if worker.transport:
                worker.transport.close()  # upon which it ends
        self.queue.close()
        self.taken.close()

    def ask(
        self,
        question: Question,
        patience: Callable[[Answer], None] | None = None,
        client: str = "",
        *,
        done: Callable[[Answer], None] | None = None,
    ) -> Answer:
        """Put a question to the next free worker."""
        answer = Answer(self, question, patience, client=client, done=done)
        self.enter(answer)
        return answer

    def enter(self, answer: Answer) -> None:
        """Take on an answer, that another pool may have begun."""
        answer.pool = self
        self.waiting.add(answer)
        self._fill()

    def over(self, answer: Answer) -> None:
        """An answer that takes too much: it goes on elsewhere, or it is stopped."""
        if self.beyond and not answer.refusal:
            self._forget(answer.number)
            self.withdraw(answer)
            answer.again()
            self.beyond(answer)
        else:
            seconds = f"{self.limits.seconds:g} seconds"
            answer.refuse(Refusal(503, f"the query was stopped after {seconds}; make it more selective", 1))

    def answered(self, number: int) -> None:
        """A question is done: there is room for the next."""
        self._forget(number)
        self._fill()

    def _forget(self, number: int) -> Answer:
        answer = self.asked.pop(number)
        self.waiting.end(answer.client)
        return answer

    def _fill(self) -> None:
        while (answer := self.waiting.next()) and self._queued(answer):
            self.waiting.begin(answer)

    def withdraw(self, answer: Answer) -> None:
        """Nobody waits for an answer any more: no worker need begin it, and one that has is killed."""
        if answer.number:
            self.board.withdraw(answer.number)
        else:
            self.waiting.drop(answer)
        for worker in self.workers.values():
            if worker is answer.worker:
                worker.resume()
            if answer.number and self.board.at(worker.place) == answer.number:
                self._kill(worker, answer.number)

    def _queued(self, answer: Answer) -> bool:
        if len(self.asked) >= self.most:
            return False
        number = next(self.forking.numbers)
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
            answer.lost += not worker.killed
            put_again = answer.lost < self.tries and not answer.refusal
            if answer.worker or worker.killed == number or not (worker.killed or put_again):
                self._forget(number)
                answer.refuse(_TOO_MUCH if self.forking.control else _BEGIN_AGAIN)
            else:  # it was killed for what it had just ended, or by somebody else
                self._ask_again([number])
        elif not number:  # it may have taken one, and not said so yet
            begun = {self.board.at(place) for place in self.workers}
            self._ask_again([number for number in self.asked if number not in begun])
        self._fill()

    def _ask_again(self, numbers: list[int]) -> None:
        for number in reversed(numbers):
            self.board.withdraw(number)
            answer = self._forget(number)
            answer.again()
            self.waiting.add(answer, first=True)

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
        with theirs:  # nothing stays open where the server ends meanwhile
            transport, _ = await self.loop.create_connection(lambda: worker, sock=ours)
            try:
                await self.forking.fork(place, theirs, self.taken)
                await worker.opened.wait()
            finally:
                if worker.ready:
                    self.workers[place] = worker
                else:
                    transport.close()

    def _task(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


def refused(pool: Pool, question: Question, refusal: Refusal) -> Answer:
    """The answer to a question that is not put at all."""
    answer = Answer(pool, question)
    answer.refusal = refusal
    return answer
