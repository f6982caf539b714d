"""What was computed before, so that an unchanged document is not processed again.

A value is kept under the hash of all that it depends on: the content, the settings, and kg itself (`code`). Of the
gazetteer only what is built in is part of that. What a user adds is kept beside the value, and where it has changed
since, `kg.gazetteer.changes` tells whether the document can come out differently.

The folder holds one SQLite file. Values are JSON in it, so that a file from elsewhere cannot run code.
"""

import hashlib
import json
import os
import sqlite3
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

from kg.errors import InputError
from kg.gazetteer import Gazetteer
from kg.gazetteer.changes import Difference, Given, difference
from kg.model import Source
from kg.pipeline.document import Processor
from kg.pipeline.outcome import Across, Processed
from kg.read import Item, Unreadable
from kg.read.item import content_of
from kg.text.folding import fold
from kg.validate.shapes import shapes_folder
from kg.vocabulary import KG, NIF
from kg.write import Bundle

T = TypeVar("T")
R = TypeVar("R")

FILE: Final = "kg-cache.sqlite"
_TOGETHER: Final = 500  # values that are written in one transaction: what a killed build loses
_LEVEL: Final = 1  # zlib's fastest
_PACKAGES: Final = ("pyoxigraph", "pyshacl", "pyshacl-turbo", "rdflib", "lxml", "rapidfuzz", "charset-normalizer")
_KINDS: Final = {kind.__name__: kind for kind in (Processed, Across, Unreadable)}
_ANCHOR = f" {NIF.anchorOf} ".encode()
_UNRESOLVED = f" {KG.unresolvedKind} ".encode()


class Cache:
    """Values by key, in a folder; `use` opens it for one build."""

    def __init__(self, database: sqlite3.Connection, processor: Processor) -> None:
        self._database = database
        self._gazetteer = processor.gazetteer
        self._settings = _digest(
            code(),
            processor.iris.base,
            str(processor.shapes is not None),
            processor.engine,
            repr(processor.publishers),
            *_added(processor),
        )
        self._used: set[bytes] = set()
        self._waiting: list[tuple[bytes, str, bytes]] = []
        self._differences: dict[str, Difference] = {}
        self._keep_gazetteer()

    def key(self, work: object) -> bytes | None:
        """The key of a source that is still to be processed; None for what is not worth keeping."""
        if isinstance(work, Source):
            return _digest(self._settings, "source", repr(work))
        if isinstance(work, Item):
            content = content_of(work)
            return None if content is None else self._key_of_file(work, hashlib.sha256(content).hexdigest())
        return None

    def is_key_of(self, key: bytes, work: object, result: object) -> bool:
        """Whether a result is of the content that the key was made from: a file may change before it is read."""
        if isinstance(work, Item):
            return key == (self._key_of_file(work, result.sha256) if isinstance(result, Processed) else self.key(work))
        return True

    def _key_of_file(self, item: Item, sha256: str) -> bytes:
        return _digest(self._settings, "file", repr(item), sha256)

    def key_of_chunk(self, groups: list[Bundle]) -> bytes:
        """The key of groups of records; their findings name places as the gazetteer does."""
        pieces = (piece for group in groups for piece in group.pieces)
        return _digest(self._settings, "chunk", self._gazetteer.fingerprint, *pieces)

    def knows(self, key: bytes) -> bool:
        """Whether it has a value that would come out the same today."""
        row = self._database.execute("SELECT gazetteer FROM entries WHERE key = ?", (key,)).fetchone()
        known = row is not None and (row[0] == self._gazetteer.fingerprint or self._is_as_before(key, row[0]))
        if known:
            self._used.add(key)
        return known

    def get(self, key: bytes) -> Any:
        """The value of a key that it knows."""
        (value,) = self._database.execute("SELECT value FROM entries WHERE key = ?", (key,)).fetchone()
        return _unpacked(value, lambda told: _maker(_KINDS[told[0]])(told[1]))

    def put(self, key: bytes, value: object) -> None:
        """Keep a value."""
        self._used.add(key)
        self._waiting.append((key, self._gazetteer.fingerprint, _packed([type(value).__name__, value])))
        if len(self._waiting) >= _TOGETHER:
            self._write()

    def finish(self) -> None:
        """Write what waits, and forget what this build did not use."""
        self._write()
        unused = [key for (key,) in self._database.execute("SELECT key FROM entries") if key not in self._used]
        with self._database:
            self._database.executemany("DELETE FROM entries WHERE key = ?", ((key,) for key in unused))

    def _is_as_before(self, key: bytes, fingerprint: str) -> bool:
        """Whether a value that was computed with another gazetteer holds with this one; if so it is marked as such."""
        value, changed = self.get(key), self._difference(fingerprint)
        same = changed is not None and not _is_concerned(value, changed, self._gazetteer)
        if same:
            mark = (self._gazetteer.fingerprint, key)
            self._database.execute("UPDATE entries SET gazetteer = ? WHERE key = ?", mark)
        return same

    def _write(self) -> None:
        with self._database:
            self._database.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", self._waiting)
        self._waiting = []

    def _keep_gazetteer(self) -> None:
        row = (self._gazetteer.fingerprint, _packed(self._gazetteer.given))
        with self._database:
            self._database.execute("INSERT OR REPLACE INTO gazetteers VALUES (?, ?)", row)

    def _difference(self, fingerprint: str) -> Difference | None:
        """How the gazetteer of an earlier build differs from today's; None where nothing is known of it."""
        if fingerprint not in self._differences:
            row = self._database.execute(
                "SELECT given FROM gazetteers WHERE fingerprint = ?", (fingerprint,)
            ).fetchone()
            if row is None:
                return None
            old: dict[str, Given | None] = _unpacked(row[0], _given)
            new = dict(self._gazetteer.given)
            keys = old.keys() | new.keys()
            for side in (old, new):
                side.update({key: self._gazetteer.own(key) for key in keys - side.keys()})
            self._differences[fingerprint] = difference(old, new)
        return self._differences[fingerprint]


def cached(
    items: Iterable[T],
    key: Callable[[T], bytes | None],
    cache: Cache,
    compute: Callable[[Iterator[T]], Iterator[R]],
    *,
    is_kept: Callable[[bytes, T, R], bool] = lambda key, item, result: True,
) -> Iterator[R]:
    """What comes of each item, in their order; only those that the cache lacks are given to ``compute``.

    ``compute`` gives one result for each item that it takes, in their order, and may take some ahead.
    """
    waiting: deque[tuple[bytes | None, T, bool]] = deque()  # keys, and whether the cache has the value

    def missing() -> Iterator[T]:
        for item in items:
            found = key(item)
            known = found is not None and cache.knows(found)
            waiting.append((found, item, known))
            if not known:
                yield item

    def known_ones() -> Iterator[R]:
        while waiting and waiting[0][2]:
            yield cache.get(waiting.popleft()[0] or b"")

    for result in compute(missing()):
        yield from known_ones()
        missed, item, _ = waiting.popleft()
        if missed and is_kept(missed, item, result):
            cache.put(missed, result)
        yield result
    yield from known_ones()


@contextmanager
def use(folder: str | os.PathLike[str], processor: Processor) -> Iterator[Cache]:
    """The cache in a folder, for one build; what a failed build computed is kept too.

    Raises InputError where it cannot be used, or another build uses it.
    """
    path = Path(folder) / FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(path, timeout=1)
    except (OSError, sqlite3.Error) as error:
        raise InputError(
            f"cannot be used as a cache: {error}", where=os.fspath(folder), hint="name another folder"
        ) from None
    try:
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("PRAGMA synchronous = OFF")  # it can be computed again
        database.execute("CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, gazetteer TEXT, value BLOB)")
        database.execute("CREATE TABLE IF NOT EXISTS gazetteers (fingerprint TEXT PRIMARY KEY, given BLOB)")
        kept = Cache(database, processor)
        try:
            yield kept
        except BaseException:
            kept._write()
            raise
        kept.finish()
    except sqlite3.DatabaseError as error:
        hint = "wait for the other build, or delete the file"
        raise InputError(f"is not a usable cache: {error}", where=str(path), hint=hint) from None
    finally:
        database.close()


@cache
def code() -> str:
    """A hash of kg's own files, of the shapes and of the libraries whose change may change the result."""
    digest = hashlib.sha256()
    root = Path(str(files("kg")))
    for path in sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    for path in sorted(shapes_folder().glob("*.ttl")):
        digest.update(path.read_bytes())
    for package in _PACKAGES:
        with suppress(PackageNotFoundError):  # one that is optional
            digest.update(f"{package} {version(package)}".encode())
    return digest.hexdigest()


def _added(processor: Processor) -> Iterator[str]:
    """What adds to the rules, and the library that it is of."""
    for extractor in processor.extractors:
        kind = type(extractor)
        yield f"{kind.__module__}.{kind.__qualname__} {version('spacy')}"


def _is_concerned(value: Processed | Unreadable, changed: Difference, gazetteer: Gazetteer) -> bool:
    if isinstance(value, Unreadable):
        return False
    used = {key for one in value.accepted for key in one.keys}
    keys = {container for key in used for container in gazetteer.containers(key)}
    unresolved = [name for one in value.accepted for name in _unresolved(one.annotations)]
    # What was set aside has no list of what it used: it is looked at again.
    return bool(value.set_aside) or changed.concerns(fold(value.text), keys=keys, unresolved=unresolved)


def _unresolved(annotations: bytes) -> list[str]:
    """The names in annotations that nobody knew."""
    lines = annotations.splitlines()
    spans = {line.split(b" ", 1)[0] for line in lines if _UNRESOLVED in line}
    return [
        line.partition(_ANCHOR)[2].decode().strip('" .')
        for line in lines
        if _ANCHOR in line and line.split(b" ", 1)[0] in spans
    ]


def _digest(*parts: str | bytes) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.digest()


def _packed(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def _unpacked(data: bytes, make: Callable[[Any], T]) -> T:
    try:
        return make(json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass")))
    except (zlib.error, ValueError, LookupError, TypeError, AttributeError) as error:
        raise sqlite3.DatabaseError(f"broken value: {error}") from None


def _given(told: dict[str, Any]) -> dict[str, Given | None]:
    return {key: value and _maker(Given)(value) for key, value in told.items()}


def _plain(value: Any) -> Any:
    """What JSON has for a value that it does not know."""
    if isinstance(value, Bundle):
        return b"".join(value.parts()).decode()
    return value.decode() if isinstance(value, bytes) else [getattr(value, field.name) for field in fields(value)]


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of a type again from what JSON has for it."""
    if kind is Bundle:
        return lambda text: Bundle.of_lines(text.encode().split(b"\n")[:-1])
    if isinstance(kind, type) and is_dataclass(kind):
        kinds = tuple(get_type_hints(kind).values())  # which may name this one again, and are asked when needed
        make_one: Callable[..., Any] = kind
        return lambda values: make_one(*(_maker(one)(value) for one, value in zip(kinds, values, strict=True)))
    if get_origin(kind) is tuple:
        make = _maker(get_args(kind)[0])
        return lambda values: tuple(map(make, values))
    if kind is bytes:
        return str.encode
    return Counter if get_origin(kind) is Counter else lambda value: value
