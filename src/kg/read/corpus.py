"""Corpora: many records in one file, one source each, read as a stream.

A record has ``text``, and may have ``id``, ``url``, ``title``, ``published``, ``publisher`` and ``language``; other
fields are left alone. Without an id its url stands for it, without both the hash of its text.

**Slugs**: an id that is its own slug (letters, digits, ``_``, ``-``; at most 100) is the slug; any other gets ``--``
and a hash of the id, so that no record need know the others. An id that a file or an earlier record took before
gets the hash of its path and text instead.
"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from kg.model import Source
from kg.read import find
from kg.read.decode import byte_order_mark, line_ends
from kg.read.item import TOO_LARGE, Item, encoded, opened
from kg.read.metadata import iso_date, language, one_line
from kg.read.outcome import Refused, Unreadable, outcome

FIELDS = ("id", "url", "title", "published", "text", "publisher", "language")
PARQUET = "application/vnd.apache.parquet"
_DELIMITERS = ",;\t"

Record = dict[str, Any]


def read_corpus(item: Item) -> Iterator[Source | Unreadable]:
    """Every record in the order of the file; a malformed one as `Unreadable` with its line.

    Holds one record at a time. Lines are counted from 1 as an editor counts them.
    """
    records = _read_rows(item) if item.media_type == PARQUET else _read_lines(item)
    while record := outcome(item.path, lambda: next(records, None)):  # after a failure there are none
        yield record


def _read_rows(item: Item) -> Iterator[Source | Unreadable]:
    from kg.read.parquet import read_parquet

    return read_parquet(item, FIELDS, source)


def _read_lines(item: Item) -> Iterator[Source | Unreadable]:
    with opened(item) as stream:
        mark, marked = byte_order_mark(stream.peek(4)[:4])
        stream.read(len(mark))
        encoding = marked or item.encoding or "utf-8"
        # Bytes that do not fit become lone surrogates, found record by record: one bad line is not a bad file.
        text = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
        try:
            yield from _records(item, _Lines(text, item.limit), encoding)
        finally:
            text.detach()


def source(record: Record, *, path: str, encoding: str = "utf-8", original: str = "") -> Source:
    """One record as a source; ``original`` is the record as it stood in its file, for its hash.

    `Refused` where it has no text, or characters that no RDF literal can hold.
    """
    text = record.get("text")
    if not isinstance(text, str):
        raise Refused("has no text", "a record needs a field `text` that is a string")
    text = line_ends(text)
    if "\0" in text:
        raise Refused("holds U+0000", "mend the record")
    stored = encoded(text)
    notes = [] if text.strip() else ["empty"]
    published, tongue = _field(record, "published"), _field(record, "language")
    if published and not iso_date(published):
        notes.append(f"published {published!r} is not a date that kg can be sure of")
    identity = _field(record, "id") or _field(record, "url")
    sha256 = hashlib.sha256(stored).hexdigest()
    return Source(
        path=f"{path}#{identity or sha256[:10]}",
        slug=_slug(identity) if identity else find.with_hash(find.plain_slug(path, ""), sha256),
        text=text,
        encoding=encoding,
        sha256_original=hashlib.sha256(original.encode(encoding, "surrogateescape")).hexdigest(),
        sha256_text=sha256,
        title=_field(record, "title"),
        published=iso_date(published) if published else None,
        publisher=_field(record, "publisher"),
        language=language(tongue) if tongue else None,
        url=_field(record, "url"),
        notes=tuple(notes),
    )


def read_line(item: Item, line: str, *, where: str) -> Source | Unreadable | None:
    """One line of a file of JSON Lines, by whatever it was read; None for an empty one.

    ``where`` names the line, should it be unreadable.
    """
    if not line or line.isspace():
        return None

    def read() -> Source:
        if len(line) > item.limit:
            raise Refused(f"is larger than {item.limit} characters (--max-document-size)", TOO_LARGE)
        return source(_object(line), path=item.path, original=line)

    return outcome(where, read)


def apart(source: Source) -> Source:
    """The source with the slug of one whose id was taken before."""
    slug = find.with_hash(source.slug, f"{source.path} {source.sha256_text}")
    return replace(source, slug=slug, notes=(*source.notes, "another source has this id"))


REPEATED = "repeats an earlier record, id and text", "remove one"


class Taken:
    """Slugs in use, as digests: some 80 bytes each."""

    def __init__(self) -> None:
        self._digests: set[int] = set()

    def add(self, slug: str) -> bool:
        """Whether the slug was still free; it no longer is."""
        before = len(self._digests)
        self._digests.add(find.digest(slug))
        return len(self._digests) > before

    def apart(self, source: Source) -> Source | Unreadable:
        """The source with a slug that no other has, unless it only repeats another."""
        if self.add(source.slug):
            return source
        other = apart(source)
        return other if self.add(other.slug) else Unreadable(source.path, *REPEATED)


class _Lines:
    """The lines of a file; remembers those of the record that is being read, and how much they may be."""

    def __init__(self, stream: io.TextIOWrapper, limit: int) -> None:
        self._stream, self.limit = stream, limit
        self._number = 0
        self._record: list[str] = []
        self._size = 0
        self._is_at_end = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._line(self.limit - self._size + 1)
        if not line:
            raise StopIteration
        self._number += 1
        self._record.append(line)
        self._size += len(line)
        if self._size > self.limit:
            while line and line[-1] not in "\r\n":
                line = self._line(65536)
            raise Refused(f"is larger than {self.limit} characters (--max-document-size)", TOO_LARGE)
        return line

    @property
    def first(self) -> int:
        """The number of the record's first line."""
        return self._number - len(self._record) + 1

    def record(self) -> str:
        """The record as it stands in the file."""
        return "".join(self._record).rstrip("\r\n")

    def forget(self) -> None:
        """Begins another record with the next line."""
        self._record.clear()
        self._size = 0

    def _line(self, size: int) -> str:
        if self._is_at_end:
            return ""
        try:
            return self._stream.readline(size)
        except UnicodeDecodeError as error:  # of wide encodings, whose decoder cannot find its place again
            self._is_at_end = True
            self._number += 1
            self._record.append("")
            raise Refused(
                f"is not {error.encoding}, nor read from here on", "name its encoding with --encoding"
            ) from error


def _records(item: Item, lines: _Lines, encoding: str) -> Iterator[Source | Unreadable]:
    try:
        following = _READERS[item.media_type](lines)
    except Refused as refused:
        yield Unreadable(f"{item.path}, line {lines.first}", refused.reason, refused.hint)
        return

    while True:
        try:
            record = following()
        except Refused as refused:
            yield Unreadable(f"{item.path}, line {lines.first}", refused.reason, refused.hint)
        else:
            if record is None:
                return
            yield outcome(f"{item.path}, line {lines.first}", partial(_source, item, record, lines.record(), encoding))
        lines.forget()


def _source(item: Item, record: Record, original: str, encoding: str) -> Source:
    _check(original, encoding)
    return source(record, path=item.path, encoding=encoding, original=original)


def _check(original: str, encoding: str) -> None:
    if original.isascii():
        return
    try:
        original.encode()
    except UnicodeEncodeError as error:
        raise Refused(f"is not {encoding}: character {error.start}", "name its encoding with --encoding") from error


def _slug(identity: str) -> str:
    slug = find.plain_slug(identity, "")
    is_hashed = slug.endswith(find.with_hash("", identity)[1:])  # with one hyphen or two
    return slug if slug == identity or is_hashed else find.with_hash(slug, identity)


def _field(record: Record, name: str) -> str | None:
    value = record.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or "\0" in value:
        return None
    encoded(value)
    return one_line(value)


def _json_lines(lines: _Lines) -> Callable[[], Record | None]:
    def following() -> Record | None:
        for line in lines:
            if not line.isspace():
                return _object(line)
            lines.forget()
        return None

    return following


def _object(line: str) -> Record:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise Refused(f"is not JSON: {error.msg}, column {error.colno}", "each line must be one JSON object") from error
    except ValueError as error:  # a number of too many digits
        raise Refused(f"is not JSON that can be read: {error}", "mend the record") from error
    except RecursionError as error:
        raise Refused("is JSON nested too deep", "each line must be one flat JSON object") from error
    if not isinstance(value, dict):
        raise Refused("is JSON, but not an object", 'each line must be like {"id": "a-1", "text": "..."}')
    return value


def _csv(lines: _Lines) -> Callable[[], Record | None]:
    header = next(lines, "")
    delimiter = max(_DELIMITERS, key=header.count)
    columns = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
    if "text" not in columns:
        raise Refused("names no column `text`", f"the first line must name the columns, such as {','.join(FIELDS)}")
    lines.forget()
    # The module has one limit for everyone; `_Lines` keeps the real one, for a whole record.
    csv.field_size_limit(max(csv.field_size_limit(), lines.limit))
    rows = csv.reader(lines, delimiter=delimiter, strict=True)

    def following() -> Record | None:
        try:
            for row in rows:
                if row:
                    return _named(columns, row)
                lines.forget()
        except csv.Error as error:
            raise Refused(f"is not CSV: {error}", "close its quotation marks, double those inside a value") from error
        return None

    return following


def _named(columns: list[str], row: list[str]) -> Record:
    if len(row) != len(columns):
        raise Refused(f"has {len(row)} values for {len(columns)} columns", "put values that hold a comma in quotes")
    return dict(zip(columns, row, strict=True))


_READERS: dict[str, Callable[[_Lines], Callable[[], Record | None]]] = {
    "application/x-ndjson": _json_lines,
    "text/csv": _csv,
    "text/tab-separated-values": _csv,
}
CORPORA = frozenset(_READERS) | {PARQUET}
