"""One file to one source: what every kind of text file shares."""

import gzip
import hashlib
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import cast

from kg.model import Source
from kg.read.decode import declared_encoding, decode
from kg.read.html import read_html
from kg.read.markdown import read_markdown
from kg.read.outcome import Refused, Unreadable, outcome
from kg.read.page import Page
from kg.runtime.regular import NotRegular, regular

PACKED = ".gz"
STDIN = b"-"
LIMIT = 64 * 2**20  # bytes of one file or record, unpacked
TOO_LARGE = "split it, or raise the limit"


@dataclass(frozen=True, slots=True)
class Item:
    """A file that is still to be read: small, picklable, for any process of this machine."""

    place: bytes
    path: str
    slug: str
    media_type: str
    encoding: str | None = None
    limit: int = LIMIT


def read_item(item: Item | Source | Unreadable) -> Source | Unreadable:
    """The item's source, or why there is none. What is read already is handed through.

    Reads ``item.limit`` bytes at most, uses no clock, network or state.
    """
    if not isinstance(item, Item):
        return item
    return outcome(item.path, lambda: _source(item, _content(item)))


def content_of(item: Item) -> bytes | None:
    """The item's bytes, None where they cannot be read or could not be read twice."""
    try:
        return None if item.place == STDIN else _content(item)
    except Refused:
        return None


@contextmanager
def opened(item: Item) -> Iterator[io.BufferedReader]:
    """The item's bytes, unpacked; `Refused` where the system or the packing does not let us read on."""
    try:
        with _stream(item.place) as stream:
            if item.place != STDIN and not os.fstat(stream.fileno()).st_size and stream.peek(1):
                raise Refused("is no file of a disk: the system makes it up (/proc)", "copy it to a file")
            packed = item.path.lower().endswith(PACKED)
            yield cast(io.BufferedReader, gzip.GzipFile(fileobj=stream)) if packed else stream
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise Refused(f"is not whole gzip ({error})", "fetch the file again") from error
    except NotRegular as error:
        raise Refused("is not a regular file", "pipe it: kg build -") from error
    except OSError as error:
        raise Refused(f"cannot be read ({error.strerror})", "check that the file is there and may be read") from error


def _stream(place: bytes) -> AbstractContextManager[io.BufferedReader]:
    if place == STDIN:
        return nullcontext(cast(io.BufferedReader, sys.stdin.buffer))
    return open(place, "rb", opener=regular)


def _content(item: Item) -> bytes:
    with opened(item) as stream:
        data = cast(bytes | None, stream.read(item.limit + 1))
    if data is None:
        raise Refused("cannot be read (it has nothing to say yet)", "copy it to a file")
    if len(data) > item.limit:
        raise Refused(f"is larger than {item.limit} bytes (--max-document-size)", TOO_LARGE)
    return data


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
        body=page.body,
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
    "text/markdown": read_markdown,
    "text/html": read_html,
    "application/xhtml+xml": read_html,
}
_SELF_DESCRIBING = {"text/html", "application/xhtml+xml"}
