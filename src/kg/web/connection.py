"""HTTP connections that send the head of an answer together with the first of its body.

uvicorn writes them one after the other; each write is a system call that wakes the client. Measured with an
application that does nothing: 38 us an answer, 30 us when they are written as one.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.auto import AutoHTTPProtocol


class _Joining:
    """A transport that writes once, at the end of a turn of the loop, what was written in it."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        self.held: list[bytes] = []
        self.loop = asyncio.get_running_loop()

    def write(self, data: bytes) -> None:
        if not self.held:
            self.loop.call_soon(self.flush)
        self.held.append(data)

    def flush(self) -> None:
        if self.held:
            self.transport.write(b"".join(self.held))
            self.held.clear()

    def close(self) -> None:
        self.flush()
        self.transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.transport, name)


class Connection(AutoHTTPProtocol):  # type: ignore[misc, valid-type]  # uvicorn chooses it when it is imported
    """uvicorn's protocol over such a transport."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(_Joining(cast(asyncio.Transport, transport)))
