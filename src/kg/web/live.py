"""The state of a folder that is served: when a build replaces it, the next takes over, and no request waits."""

import asyncio
import gc
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from starlette.routing import Router
from starlette.types import Receive, Scope, Send

from kg.dataset import STORE_MARK, Dataset
from kg.dataset import open as dataset_of
from kg.errors import KGError
from kg.runtime.folder import MANIFEST

_OFTEN: Final = 1.0  # seconds between two looks at the folder


class State(Protocol):
    """What serves one state of a dataset; its workers are started before it is asked, and stopped when nobody asks."""

    pool: Any

    def begin(self) -> None:
        """Make what most people ask for first."""

    def close(self) -> None:
        """Nobody asks any more."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...


class Live:
    """What serves the folder's present state, as ``opened`` opens it; the last one ends after ``patience`` seconds."""

    def __init__(self, dataset: Dataset, opened: Callable[[Dataset], State], *, patience: float) -> None:
        self.folder, self.opened, self.patience = dataset.folder, opened, patience
        self.stamp = _stamp(dataset.folder)
        self.checked = 0.0
        self.renewing: asyncio.Task[None] | None = None
        self.server = opened(dataset)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await Router(lifespan=self._lifespan)(scope, receive, send)
            return
        self._look()
        await self.server(scope, receive, send)

    @asynccontextmanager
    async def _lifespan(self, _: object) -> AsyncIterator[None]:
        await self.server.pool.start()
        self.server.begin()
        yield
        if self.renewing:
            self.renewing.cancel()
            await asyncio.gather(self.renewing, return_exceptions=True)
        await self.server.pool.stop()
        self.server.close()

    def _look(self) -> None:
        """Once a second, whether the folder is another."""
        now = time.monotonic()
        if now - self.checked < _OFTEN or (self.renewing and not self.renewing.done()):
            return
        self.checked = now
        if (stamp := _stamp(self.folder)) not in (self.stamp, None):
            self.renewing = asyncio.create_task(self._renew(stamp))

    async def _renew(self, stamp: object) -> None:
        try:
            new = await asyncio.to_thread(lambda: self.opened(dataset_of(self.folder)))
        except KGError as error:  # what is there cannot be served: the last state is, until that changes
            self.stamp = stamp
            sys.stderr.write(f"kg: {error}\n")
            return
        ends = new
        try:
            await new.pool.start()
            new.begin()
            ends, self.server, self.stamp = self.server, new, stamp
            await asyncio.sleep(self.patience)  # the last queries of the old state end
        finally:
            await ends.pool.stop()
            ends.close()
            del ends, new
            gc.collect()  # a state refers to itself: the next one would be made beside it


def _stamp(folder: Path) -> object:
    """What is another when the folder is; None while there is nothing."""
    for name in (MANIFEST, STORE_MARK):
        try:
            found = (folder / name).stat()
        except OSError:
            continue
        return found.st_ino, found.st_mtime_ns
    return None
