"""Lanes, so that a slow query holds up none that is quick, and nobody's queries those of another.

Every query begins among the quick ones. One that takes longer than an instant, or has more to say than fits into one
piece, begins anew among the long ones, and goes there at once the next time. What the site asks for its own pages has
two such lanes of its own. In each lane the clients take turns, and a client may ask so much at a time.
"""

import asyncio
import ipaddress
import math
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from kg.errors import StoreError
from kg.web.sparql.answer import Answer
from kg.web.sparql.forking import Forking
from kg.web.sparql.limits import Limits
from kg.web.sparql.pool import Pool, refused
from kg.web.sparql.protocol import Question, Refusal

QUICK: Final = 0.25  # seconds of running
_REMEMBERED: Final = 10_000  # questions that are known to be long
_SITE: Final = 1  # workers for what the site asks, in each of its lanes
_FULL: Final = Refusal(503, "too many queries wait; try again soon")


class Lanes:
    """The workers of a server, over one store that they share; ``settings`` are those of `Pool`."""

    def __init__(self, settings: Mapping[str, Any], *, limits: Limits) -> None:
        self.limits = limits
        count = limits.workers
        self.forking = Forking({**settings, "megabytes": limits.megabytes}, places=2 * (count + _SITE))
        # Of the long ones a client has one less than there are workers: the last is for somebody else.
        self.quick, self.long = self._lane(0, count, share=max(1, count - 1), tries=1)
        self.site, self.site_long = self._lane(2 * count, _SITE, share=1, tries=2)  # kg's own are known to be bounded
        self.known_long: OrderedDict[int, None] = OrderedDict()
        self.asked: Counter[str] = Counter()  # by client: what is not answered to its end

    def _lane(self, first: int, count: int, *, share: int, tries: int) -> tuple[Pool, Pool]:
        """Workers for what is quick, and as many for what is long, of which a client may have a share."""
        limits = replace(self.limits, workers=count)
        long = Pool(self.forking, limits=limits, first=first, share=share, ahead=1, tries=tries)
        seconds = min(QUICK, limits.seconds / 2)
        beyond = partial(self._go_on, long)
        quick = replace(limits, seconds=seconds)
        lane = Pool(self.forking, limits=quick, first=first + count, share=4 * count, beyond=beyond, tries=tries)
        return lane, long

    async def start(self) -> None:
        """Start the workers; raises StoreError where the store cannot be opened."""
        try:
            await self.forking.start()
            await asyncio.gather(*(pool.start() for pool in self._pools))
        except StoreError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """End the workers, and whatever they do."""
        await asyncio.gather(*(pool.stop() for pool in self._pools))
        await self.forking.stop()

    def ask(self, question: Question, patience: Callable[[Answer], None] | None = None, client: str = "") -> Answer:
        """Put a stranger's question; refused at once where its client has asked too much."""
        return self._ask((self.quick, self.long), question, patience, client)

    def ask_for_site(self, question: Question, client: str = "") -> Answer:
        """Put a question of the site itself, such as a named query."""
        return self._ask((self.site, self.site_long), question, None, client)

    @property
    def _pools(self) -> tuple[Pool, ...]:
        return self.quick, self.long, self.site, self.site_long

    def _ask(
        self, lane: tuple[Pool, Pool], question: Question, patience: Callable[[Answer], None] | None, client: str
    ) -> Answer:
        pool = lane[hash(question) in self.known_long]
        refusal = self._refusal(client)
        if refusal:
            return refused(pool, question, refusal)
        self.asked[client] += 1
        return pool.ask(question, patience, client, done=self._done)

    def _refusal(self, client: str) -> Refusal | None:
        if client and self.asked[client] >= self.limits.share:
            wait = math.ceil(self.limits.seconds)
            return Refusal(
                429, f"{self.limits.share} of your queries are under way; ask again when they are done", wait
            )
        if sum(len(pool.waiting) for pool in self._pools) >= self.limits.queue:
            return _FULL
        return None

    def _go_on(self, long: Pool, answer: Answer) -> None:
        """Answer among the long ones what has proved to be long."""
        self.known_long[hash(answer.question)] = None
        if len(self.known_long) > _REMEMBERED:
            self.known_long.popitem(last=False)
        long.enter(answer)

    def _done(self, answer: Answer) -> None:
        self.asked[answer.client] -= 1
        if self.asked[answer.client] <= 0:
            del self.asked[answer.client]
        quick = answer.arrived and not answer.worker and answer.took < QUICK / 2
        if quick and answer.pool in (self.long, self.site_long):
            self.known_long.pop(hash(answer.question), None)


def client_of(scope: Mapping[str, Any]) -> str:
    """Who asks: an address, of IPv6 the network that one customer has; uvicorn puts there what a local proxy says."""
    host = (scope.get("client") or ("",))[0]
    if ":" not in host:
        return host
    try:
        return str(ipaddress.ip_network((host.partition("%")[0], 64), strict=False))
    except ValueError:
        return str(host)
