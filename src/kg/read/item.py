"""One file to one source: what every kind of text file shares."""

import gzip
import hashlib
import os
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypeVar

from kg.model import Source
from kg.read.decode import declared_encoding, decode
from kg.read.outcome import Refused, Unreadable

T = TypeVar("T")

STDIN = b"-"
LIMIT = 64 * 2**20  # bytes of one file or record, unpacked


@dataclass(frozen=True, slots=True)
class Item:
    """A file that is still to be read: small, picklable, for any process of this machine."""

    place: bytes
    path: str
    slug: str
    media_type: str
    encoding: str | None = None
    limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a file and what it says about itself."""

    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = field(default=())


def read_item(item: Item | Source | Unreadable) -> Source | Unreadable:
    """The item's source, or why there is none. What is read already is handed through.

    Reads ``item.limit`` bytes at most, uses no clock, network or state.
    """
    if not isinstance(item, Item):
        return item
    try:
        return _source(item, _content(item))
    except Refused as refused:
        return Unreadable(item.path, refused.reason, refused.hint)


def open_place(place: bytes, *, packed: bool) -> IO[bytes]:
    """The bytes behind a place, unpacked; `Refused` where the system does not let us."""
    try:
        stream: IO[bytes] = sys.stdin.buffer if place == STDIN else Path(os.fsdecode(place)).open("rb")
    except OSError as error:
        raise Refused(f"cannot be opened ({error.strerror})", "check that the file is there and may be read") from error
    return gzip.open(stream) if packed else stream  # type: ignore[return-value]


def _content(item: Item) -> bytes:
    with open_place(item.place, packed=os.fsencode(item.path).lower().endswith(b".gz")) as stream:
        data = unpacked(lambda: stream.read(item.limit + 1))
    if len(data) > item.limit:
        raise Refused(f"is larger than {item.limit} bytes", "split it, or raise the limit")
    return data


def unpacked(read: Callable[[], T]) -> T:
    """What ``read`` gives; `Refused` for a broken gzip file or disk."""
    try:
        return read()
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise Refused(f"is not whole gzip ({error})", "fetch the file again") from error
    except OSError as error:
        raise Refused(f"cannot be read ({error.strerror})", "check the disk and the rights") from error


def _source(item: Item, data: bytes) -> Source:
    original = hashlib.sha256(data).hexdigest()
    text, encoding = decode(data, encoding=item.encoding, declared=_declared(item, data))
    page = _PAGES[item.media_type](text)
    stored = encoded(page.text)
    return Source(
        path=item.path,
        slug=item.slug,
        text=page.text,
        media_type=item.media_type,
        encoding=encoding,
        sha256_original=original,
        sha256_text=original if stored == data else hashlib.sha256(stored).hexdigest(),
        title=page.title,
        published=page.published,
        publisher=page.publisher,
        language=page.language,
        url=page.url,
        notes=page.notes,
    )


def encoded(text: str) -> bytes:
    """The text in UTF-8; `Refused` where half of a surrogate pair makes that impossible."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise Refused(f"holds half of a surrogate pair at character {error.start}", "mend the text") from error


def _declared(item: Item, data: bytes) -> str | None:
    return declared_encoding(data) if item.media_type in _SELF_DESCRIBING else None


def _plain(text: str) -> Page:
    return Page(text, notes=() if text.strip() else ("empty",))


_PAGES: dict[str, Callable[[str], Page]] = {
    "text/plain": _plain,
    "text/markdown": _plain,
}
_SELF_DESCRIBING = {"text/html", "application/xhtml+xml"}
