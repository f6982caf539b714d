"""The fork server as a pool sees it: started, asked, and started again when it ends."""

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from kg.web.sparql import forkserver

RETRY: Final = 1.0  # seconds until what could not be started is tried again


class Forking:
    """One fork server after another; without one, its workers end too.

    ``settings`` are given to it as they are, ``inherited`` descriptors by their names.
    """

    def __init__(self, settings: Mapping[str, Any], inherited: Mapping[str, int]) -> None:
        self.settings, self.inherited = settings, inherited
        self.process: subprocess.Popen[bytes] | None = None
        self.control: socket.socket | None = None
        self.ready = asyncio.Event()

    async def start(self) -> bool:
        """Start it; whether it can be asked now: it has its store."""
        control, theirs = socket.socketpair()
        control.setblocking(False)
        inherited = {**self.inherited, "control": theirs.fileno()}
        command = [sys.executable, "-m", "kg.web.sparql.forkserver", json.dumps({**self.settings, **inherited})]
        # Started on the loop's own thread: it dies with the thread that started it.
        with theirs:
            self.process = subprocess.Popen(command, pass_fds=tuple(inherited.values()), process_group=0)
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

    async def keep(self) -> None:
        """Have one, always."""
        while True:
            if self.control:
                await _received(self.control)  # it says nothing more, but ends
            await self.stop()
            if not await self.start():
                await asyncio.sleep(RETRY)

    async def stop(self) -> None:
        """End it, and its workers."""
        self.ready.clear()
        if self.control:
            self.control.close()  # upon which it ends its workers, then itself
            self.control = None
        elif self.process:
            self.process.kill()  # it loads yet
        if self.process:
            await asyncio.to_thread(_ended, self.process)

    async def fork(self, place: int, connection: socket.socket) -> None:
        """A worker for a place, at the other end of a connection, which ends where that is not possible."""
        await self.ready.wait()
        with connection, suppress(OSError):
            if self.control:
                asked = forkserver.ASKED.pack(forkserver.FORK, place, 0)
                socket.send_fds(self.control, [asked], [connection.fileno()])

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
