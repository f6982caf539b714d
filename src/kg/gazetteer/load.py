"""From files to a Gazetteer."""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Triple

from kg.errors import InputError
from kg.gazetteer import index, terms, turtle
from kg.gazetteer.lookup import Gazetteer
from kg.runtime.regular import content

WORDS = "words.txt"


def load(extra: Sequence[Path] = ()) -> Gazetteer:
    """The gazetteer that comes with kg, and the user's own files over it; loaded once for the same files.

    Raises InputError with file and line where a file cannot be used.
    """
    return _load(tuple((str(path), _bytes(Path(path))) for path in extra))


@lru_cache(maxsize=4)
def _load(extra: tuple[tuple[str, bytes], ...]) -> Gazetteer:
    text = index.text()
    own = index.parsed(text)
    files = index.Files(own)
    words = (index.FOLDER / WORDS).read_text(encoding="utf-8")
    digest = hashlib.sha256(text.encode() + words.encode())
    user: turtle.Described = {}
    read = [(where, data, turtle.read(data, where)) for where, data in extra]
    for _, data, described in read:
        digest.update(data)
        for key, triples in described.items():
            user[key] = turtle.merge(user.get(key, ()), triples)
    for where, data, described in read:
        _check({key: turtle.merge(user[key], files.described(key)) for key in described}, where, data)
        _check_containers({key: user[key] for key in described}, {*own.keys, *user}, where, data)
    return Gazetteer(files, own.names, user, doubtful(words), fingerprint=digest.hexdigest())


def doubtful(words: str) -> frozenset[str]:
    """The names of words.txt: one a line, ``#`` begins a comment."""
    lines = (line.partition("#")[0].strip() for line in words.splitlines())
    return frozenset(line for line in lines if line)


def _check(described: turtle.Described, where: str, data: bytes) -> None:
    """Hold a user's entries, with what is known of them already, to the shapes of a gazetteer."""
    from kg.validate import prepare, validate

    if not described:
        return
    features = [Triple(terms.node(key), terms.A, terms.FEATURE) for key in described if key.startswith("place/")]
    graph = [*features, *(triple for triples in described.values() for triple in triples)]
    results = validate(graph, prepare(part="gazetteer")).results
    if results:
        key = results[0].focus.strip("<>").removeprefix(terms.BASE)
        more = f" (and {len(results) - 1} more)" if len(results) > 1 else ""
        raise _unusable(f"{key}: {results[0].message.removesuffix('.')}{more}", key, where, data)
    for key, triples in described.items():
        turtle.entry(key, triples, country="", curated=True, where=f"{where}, line {_line(data, key)}")


def _check_containers(described: turtle.Described, known: set[str], where: str, data: bytes) -> None:
    """What contains a place must be described somewhere, or a dataset would speak of what it does not know."""
    for key, triples in described.items():
        for container in turtle.within(triples, where):
            if container not in known:
                raise _unusable(f"{key} lies within {container}, which no gazetteer describes", container, where, data)


def _unusable(what: str, key: str, where: str, data: bytes) -> InputError:
    return InputError(what, where=f"{where}, line {_line(data, key)}", hint=turtle.HINT)


def _line(data: bytes, key: str) -> int:
    """The line where an entry is first named: as ``place:name`` or ``<.../place/name>``."""
    kind, _, name = key.partition("/")
    match = re.search(rf"{kind}[:/]{re.escape(name)}(?![\w-])".encode(), data)
    return data.count(b"\n", 0, match.start()) + 1 if match else 1


def _bytes(path: Path) -> bytes:
    try:
        return content(path)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), hint="check the path") from error
