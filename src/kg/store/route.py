"""How a store is reached: its address without what is secret in it, directly or through the user's proxy."""

import ipaddress
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies

from kg.errors import StoreError

_SECRET: Final = re.compile(
    r"//.*@", re.DOTALL
)  # a password may hold any character, if whoever wrote it forgot to quote
_PROXIES: Final = ("http", "https")


def shown(url: str) -> str:
    """An address as messages show it, without user, password and query.

    >>> shown("https://me:pass/word@store.example/kg?token=1")
    'https://store.example/kg'
    """
    return without_credentials(url).partition("?")[0]


def without_credentials(url: str) -> str:
    """An address without user and password."""
    return _SECRET.sub("//", url)


def credentials(url: str) -> tuple[str, str] | None:
    """The user and the password that stand in an address.

    >>> credentials("http://me:p%40ss@store.example/")
    ('me', 'p@ss')
    """
    try:
        parts = urlsplit(url)
        user, password = parts.username, parts.password
    except ValueError:
        return None
    return (unquote(user), unquote(password or "")) if user else None


def proxy_for(url: str, environment: Mapping[str, str] | None = None) -> str | None:
    """The proxy through which an address is reached (``http_proxy``, ``https_proxy``, ``all_proxy``), None: directly.

    This machine is always reached directly, and what ``no_proxy`` names: hosts, domains, addresses, networks.
    Raises StoreError for a proxy that speaks something else than HTTP, or whose address is none.

    >>> proxy_for("http://store.example/", {"http": "proxy:3128", "no": ".example"})
    >>> proxy_for("http://store.test/", {"http": "proxy:3128", "no": ".example"})
    'http://proxy:3128'
    """
    known = getproxies() if environment is None else environment
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError:
        return None  # no address: the client will say so
    found = known.get(parts.scheme) or known.get("all")
    if (
        not found
        or _is_local(host)
        or any(_names(entry, host, port) for entry in re.split(r"[,\s]+", known.get("no", "")))
    ):
        return None
    proxy = found if "://" in found else f"http://{found}"
    if problem := _problem(proxy):
        hint = "set http_proxy to an HTTP proxy, or name the store's host in no_proxy"
        raise StoreError(f"the proxy in the environment {problem}", where=shown(url), hint=hint)
    return proxy


def _problem(proxy: str) -> str:
    """Why a proxy cannot be used; its address may hold a password, and is not told."""
    from httpx2 import URL, InvalidURL

    scheme = proxy.partition("://")[0]
    if scheme.lower() not in _PROXIES:
        return f"speaks {scheme}, which kg does not"
    try:
        host, _ = URL(proxy).host, urlsplit(proxy).port
    except (InvalidURL, ValueError):
        return "has no valid address"
    return "" if host else "has no host"


def _is_local(host: str) -> bool:
    address = _address(host)
    return host == "localhost" or host.endswith(".localhost") or (address is not None and address.is_loopback)


def _names(entry: str, host: str, port: int | None) -> bool:
    """Whether an entry of ``no_proxy`` names a host."""
    entry = entry.lower()
    if entry == "*":
        return True
    address, network = _address(host), _network(entry)
    if network:
        return address is not None and address in network
    name, colon, number = entry.rpartition(":")
    if colon and number.isdecimal() and (_address(name) or ":" not in name):
        return int(number) == port and _names(name, host, port)
    if name_address := _address(entry):
        return name_address == address
    entry = entry.removeprefix("*").strip(".")
    return bool(entry) and (host == entry or host.endswith(f".{entry}"))


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None


def _network(entry: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(entry.replace("[", "").replace("]", ""), strict=False) if "/" in entry else None
    except ValueError:
        return None
