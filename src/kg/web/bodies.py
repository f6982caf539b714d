"""What is sent again and again, made and compressed once: pages and assets, with their entity tags."""

import gzip
import mimetypes
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources.abc import Traversable
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response

from kg.web.headers import ended, listed

_SMALL: Final = 1000  # bytes that compression makes no shorter in a packet
_MOST: Final = 64 * 2**20  # bytes of pages that are kept
_YEAR: Final = "public, max-age=31536000, immutable"
_REVALIDATED: Final = "no-cache"  # kept by browsers, and asked for again with its tag


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes as they are and compressed, with headers that depend on no request; ``tag`` is that of the plain ones.

    ``thing``: the path of what it is a page about, if it is of anything that has triples.
    """

    plain: bytes
    packed: bytes
    tag: str
    headers: dict[str, str]
    thing: str = ""

    @classmethod
    def of(cls, plain: bytes, tag: str, headers: dict[str, str], thing: str = "") -> "Body":
        packed = gzip.compress(plain, 6, mtime=0) if len(plain) > _SMALL else b""
        return cls(plain, packed if len(packed) < len(plain) else b"", tag, headers, thing)

    def answer(self, request: Request, *, status: int = 200) -> Response:
        """The body in an encoding that the request accepts, or word that the client has it."""
        packed = bool(self.packed) and accepts_gzip(listed(request.scope, b"accept-encoding"))
        headers = MutableHeaders(self.headers)
        headers.setdefault("cache-control", _REVALIDATED)
        headers.add_vary_header("Accept-Encoding")
        if self.tag:
            headers["etag"] = f'{self.tag[:-1]}-gzip"' if packed else self.tag
            if instead := ended(request.scope, headers["etag"]):
                return Response(status_code=instead, headers=headers)
        if packed:
            headers["content-encoding"] = "gzip"
        return Response(self.packed if packed else self.plain, status, headers)


def accepts_gzip(accepted: str) -> bool:
    """Whether a header ``Accept-Encoding`` allows gzip (RFC 9110, section 12.5.3).

    >>> accepts_gzip("br, gzip"), accepts_gzip("gzip;q=0, *"), accepts_gzip("*;q=0.5"), accepts_gzip("")
    (True, False, True, False)
    """
    weights: dict[str, float] = {}
    for one in accepted.lower().split(","):
        name, _, weight = one.replace(" ", "").partition(";q=")
        try:
            weights[name] = float(weight or 1)
        except ValueError:
            weights[name] = 0.0
    return weights.get("gzip", weights.get("*", 0.0)) > 0


class Bodies:
    """The pages that were asked for last, up to so many bytes."""

    def __init__(self, most: int = _MOST) -> None:
        self.most, self.held = most, 0
        self._kept: OrderedDict[str, Body] = OrderedDict()

    def get(self, key: str) -> Body | None:
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: str, body: Body) -> None:
        if key in self._kept:
            return
        self._kept[key] = body
        self.held += _size(body)
        while self.held > self.most:
            _, last = self._kept.popitem(last=False)
            self.held -= _size(last)


def _size(body: Body) -> int:
    return len(body.plain) + len(body.packed)


class Assets:
    """The files that pages load: read and compressed at the first request for each, and no other file."""

    def __init__(self, folder: Traversable) -> None:
        self.files = dict(_files(folder))
        self._bodies: dict[str, Body] = {}

    def answer(self, request: Request, name: str, digest: str) -> Response | None:
        """An asset; a browser may keep it for good where its address has the digest of all of them."""
        if name not in self.files:
            return None
        if name not in self._bodies:
            plain = self.files[name].read_bytes()
            media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
            if media_type.startswith("text/"):
                media_type += "; charset=utf-8"
            tag = f'"{sha256(plain).hexdigest()[:32]}"'
            self._bodies[name] = Body.of(plain, tag, {"content-type": media_type})
        answer = self._bodies[name].answer(request)
        if request.url.query == digest:
            answer.headers["cache-control"] = _YEAR
        return answer


def _files(folder: Traversable, before: str = "") -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for one in folder.iterdir():
        if one.is_dir():
            found += _files(one, f"{before}{one.name}/")
        else:
            found.append((before + one.name, one))
    return found
