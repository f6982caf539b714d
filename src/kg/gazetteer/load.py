"""From files to a Gazetteer."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from kg.errors import InputError
from kg.gazetteer import index, turtle
from kg.gazetteer.lookup import Gazetteer

WORDS = "words.txt"


def load(extra: Sequence[Path] = ()) -> Gazetteer:
    """The gazetteer that comes with kg, and the user's own files over it; loaded once for the same files.

    Raises InputError with file and line where a file cannot be used.
    """
    return _load(tuple((str(path), _bytes(Path(path))) for path in extra))


@lru_cache(maxsize=4)
def _load(extra: tuple[tuple[str, bytes], ...]) -> Gazetteer:
    own = index.read()
    words = (index.FOLDER / WORDS).read_text(encoding="utf-8")
    digest = hashlib.sha256(own.text.encode() + words.encode())
    user: turtle.Described = {}
    for where, data in extra:
        digest.update(data)
        for key, triples in turtle.read(data, where).items():
            user[key] = turtle.merge(user.get(key, ()), triples)
    return Gazetteer(index.Files(own), user, doubtful(words), digest.hexdigest())


def doubtful(words: str) -> frozenset[str]:
    """The names of words.txt: one a line, ``#`` begins a comment."""
    lines = (line.partition("#")[0].strip() for line in words.splitlines())
    return frozenset(line for line in lines if line)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), hint="check the path") from error
