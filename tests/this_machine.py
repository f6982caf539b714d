"""No test reaches another machine: what connects elsewhere is refused before it does, and its test fails."""

import ipaddress
import sys
from typing import Any

REACHED: list[str] = []
"""Where tests tried to connect to."""


def is_here(host: object) -> bool:
    """Whether a host is this machine, or a name that is nobody's (RFC 2606).

    >>> is_here("127.0.1.1"), is_here("::1"), is_here("store.invalid"), is_here("192.0.2.1"), is_here("kg.org")
    (True, True, True, False, False)
    """
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "localhost")
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return name.rpartition(".")[2] in ("localhost", "invalid", "test", "example")
    return address.is_loopback or address.is_unspecified


def stay() -> None:
    """From now on; for the rest of the process."""
    sys.addaudithook(_look)


def _look(event: str, given: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        target = given[1][0] if isinstance(given[1], tuple) else "localhost"  # a path: a socket of the system
    elif event == "socket.getaddrinfo":
        target = given[0]
    else:
        return
    if not is_here(target):
        REACHED.append(f"{event} {target}")
        raise ConnectionRefusedError(f"tests reach this machine alone, not {target}")
