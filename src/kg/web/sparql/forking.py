"""The fork server as a pool sees it: started, asked, and started again when it ends."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from typing import Any, Final

from kg.errors import StoreError
from kg.web.sparql import forkserver, shared_state

RETRY: Final = 1.0  # seconds until what could not be started is tried again


class Forking:
    """One fork server after another, for so many places; without one, its workers end too.

    ``settings`` are given to it as they are. Who asks has the board, and a number for each question.
    """

    def __init__(self, settings: Mapping[str, Any], *, places: int) -> None:
        self.shared = shared_state.shared(places)
        self.board = shared_state.Board(self.shared, places)
        self.numbers = count(1)
        self.settings = {**settings, "places": places, "board": self.shared}
        self.watching: asyncio.Task[None] | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self.control: socket.socket | None = None
        self.ready = asyncio.Event()

    async def start(self) -> None:
        """Start the first, and have one always; raises StoreError where it has no store."""
        if not await self._begin():
            raise StoreError("the store cannot be opened", hint="see what the workers say above")
        self.watching = asyncio.get_running_loop().create_task(self._keep())

    async def _begin(self) -> bool:
        control, theirs = socket.socketpair()
        control.setblocking(False)
        settings = {**self.settings, "control": theirs.fileno()}
        command = [sys.executable, "-m", "kg.web.sparql.forkserver", json.dumps(settings)]
        # Started on the loop's own thread: it dies with the thread that started it.
        with theirs:
            self.process = subprocess.Popen(command, pass_fds=(theirs.fileno(), self.shared), process_group=0)
        said = b""
        try:
            said = await _received(control)
        finally:
            if not said:
                control.close()
        if said:
            self.control = control
            self.ready.set()
        return bool(said)

    async def stop(self) -> None:
        """End it, and its workers; it is not started again."""
        if self.watching:
            self.watching.cancel()
            await asyncio.gather(self.watching, return_exceptions=True)
        await self._end()
        if self.shared >= 0:
            os.close(self.shared)
            self.shared = -1

    async def _keep(self) -> None:
        while True:
            if self.control:
                await _received(self.control)  # it says nothing more, but ends
            await self._end()
            if not await self._begin():
                await asyncio.sleep(RETRY)

    async def _end(self) -> None:
        self.ready.clear()
        if self.control:
            self.control.close()  # upon which it ends its workers, then itself
            self.control = None
        elif self.process:
            self.process.kill()  # it loads yet
        if self.process:
            await asyncio.to_thread(_ended, self.process)

    async def fork(self, place: int, connection: socket.socket, queue: socket.socket) -> None:
        """A worker for a place, at the other end of a connection, which ends where that is not possible."""
        await self.ready.wait()
        with connection, suppress(OSError):
            if self.control:
                asked = forkserver.ASKED.pack(forkserver.FORK, place, 0)
                socket.send_fds(self.control, [asked], [connection.fileno(), queue.fileno()])

    def kill(self, place: int, number: int) -> None:
        """End the worker of a place if it is at that question; what cannot be asked now is asked again."""
        with suppress(OSError):
            if self.control:
                self.control.send(forkserver.ASKED.pack(forkserver.KILL, place, number))


async def _received(control: socket.socket) -> bytes:
    try:
        return await asyncio.get_running_loop().sock_recv(control, 1)
    except OSError:
        return b""


def _ended(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(timeout=RETRY)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
