"""What the server makes itself, in threads: the clients take turns, so that none keeps pages from another."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from starlette.exceptions import HTTPException

from kg.web.sparql.limits import Limits
from kg.web.sparql.turns import Turns

T = TypeVar("T")
_AT_ONCE: Final = 4  # threads; they share one interpreter, so that more would make all of them slower


@dataclass(eq=False, slots=True)
class _Task:
    """Work that waits for its turn."""

    client: str
    turn: asyncio.Future[None]


class Desk:
    """Threads, of which a client has one at a time less than there are; ``limits`` say how much may wait."""

    def __init__(self, limits: Limits, *, at_once: int = _AT_ONCE) -> None:
        self.limits, self.free = limits, at_once
        self.waiting: Turns[_Task] = Turns(max(1, at_once - 1))
        self.asked: Counter[str] = Counter()  # by client: what is not done

    async def do(self, client: str, work: Callable[..., T], *given: Any) -> T:
        """What comes of the work; raises HTTPException where the client, or all of them, have too much under way."""
        if client and self.asked[client] >= self.limits.share:
            reason = f"{self.limits.share} of your requests are under way; ask again when they are done"
            raise HTTPException(429, reason, {"retry-after": "1"})
        if len(self.waiting) >= self.limits.queue:
            raise HTTPException(503, "too many requests wait; try again soon", {"retry-after": "1"})
        self.asked[client] += 1
        task = _Task(client, asyncio.get_running_loop().create_future())
        self.waiting.add(task)
        self._next()
        try:
            await task.turn
            return await asyncio.shield(self._in_thread(task, work, *given))
        finally:
            self.waiting.drop(task)  # where the client left before its turn
            self.asked[client] -= 1
            if self.asked[client] <= 0:
                del self.asked[client]

    def _in_thread(self, task: _Task, work: Callable[..., T], *given: Any) -> asyncio.Task[T]:
        running = asyncio.create_task(asyncio.to_thread(work, *given))
        running.add_done_callback(lambda _: self._end(task.client))  # a thread goes on when its client has left
        return running

    def _next(self) -> None:
        while self.free and (task := self.waiting.next()):
            self.waiting.begin(task)
            self.free -= 1
            if task.turn.cancelled():
                self._end(task.client)
            else:
                task.turn.set_result(None)

    def _end(self, client: str) -> None:
        self.waiting.end(client)
        self.free += 1
        self._next()
