"""Whom the server answers: requests that name it as it is known, and the pages of sites that were allowed to ask."""

import ipaddress
import re
from collections.abc import Collection, Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
_WILD: Final = ("0.0.0.0", "::")
# RFC 9110, section 7.2: a name, an IPv4 address or an IPv6 address in brackets, and a port.
_HOST: Final = re.compile(rb"([A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")


def known_as(listening: str, base: str, more: Iterable[str] = ()) -> frozenset[str]:
    """The names of a server: what it listens on, the host of its dataset's IRIs, and those that were given.

    >>> sorted(known_as("127.0.0.1", "https://data.example.org/", ["kg.example.org"]))
    ['127.0.0.1', '[::1]', 'data.example.org', 'kg.example.org', 'localhost']
    """
    shown = f"[{listening}]" if ":" in listening else listening
    names = {shown, *_LOOPBACK, *more, urlsplit(base).hostname or ""}
    return frozenset(name.lower() for name in names if name) | ({"*address"} if listening in _WILD else frozenset())


class Addressed:
    """Answers requests that have one valid Host, of a name that the server is known by (RFC 9112, section 3.2).

    Links and snippets show that name; and a site whose own name leads to this machine reads nothing (DNS rebinding).
    ``hosts`` of None are all; ``*address`` among them stands for every address that is a number.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None) -> None:
        self.app, self.hosts = app, hosts
        self.fine: set[bytes] = set()  # what was seen and is

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            found = [value for name, value in scope["headers"] if name == b"host"]
            if len(found) != 1 or found[0] not in self.fine:
                if refusal := self._refusal(found, scope["http_version"]):
                    await refusal(scope, receive, send)
                    return
        await self.app(scope, receive, send)

    def _refusal(self, found: list[bytes], version: str) -> PlainTextResponse | None:
        match = _HOST.fullmatch(found[0]) if len(found) == 1 else None
        if not match:
            return PlainTextResponse("a request has one Host, with the name of the server\n", 400)
        name = match[1].decode().lower()
        if self.hosts is None or name in self.hosts or ("*address" in self.hosts and _is_address(name)):
            if len(self.fine) < 1000:
                self.fine.add(found[0])
            return None
        return PlainTextResponse(f"this server is not known as {name}; start it with --allow-host {name}\n", 421)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def shared(app: ASGIApp, origins: Collection[str]) -> ASGIApp:
    """An application that pages of these origins may ask, ``*`` for all: none reads it from a browser otherwise."""
    if not origins:
        return app
    methods, exposed = ("GET", "HEAD", "POST"), ("ETag", "Link", "Retry-After")
    return CORSMiddleware(app, allow_origins=origins, allow_methods=methods, expose_headers=exposed, max_age=86400)


class Protected:
    """Headers of every answer; and no word about clients that left before it."""

    def __init__(self, app: ASGIApp, headers: Iterable[tuple[bytes, bytes]]) -> None:
        self.app, self.raw = app, tuple(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *self.raw]}  # it may be sent again
            await send(message)

        try:
            await self.app(scope, receive, protected)
        except ClientDisconnect:
            return
