"""From files to a Gazetteer."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from kg.errors import InputError
from kg.gazetteer import turtle
from kg.gazetteer.entries import Entry, Name, NameKind
from kg.gazetteer.lookup import Gazetteer
from kg.names import fold

_ORDER: dict[NameKind, int] = {"name": 0, "acronym": 1, "demonym": 2, "people": 3}
NAMED_BY_PLACE = "state"
"""A state that acts is found by its place's name: its entry is not looked up by a name."""


def load(extra: Sequence[Path] = ()) -> Gazetteer:
    """The gazetteer that comes with kg, and the user's own files over it.

    Raises InputError with file and line where a file cannot be used.
    """
    return _load(tuple(Path(path) for path in extra))


@lru_cache(maxsize=4)
def _load(extra: tuple[Path, ...]) -> Gazetteer:
    own = sorted((item for item in [*files("kg.gazetteer").iterdir(), *files("kg.gazetteer").joinpath("world").iterdir()] if item.name.endswith(".ttl")), key=lambda i: i.name)
    described: turtle.Described = {}
    digest = hashlib.sha256()
    for item in own:
        data = item.read_bytes()
        digest.update(data)
        _merge(described, turtle.read(data, item.name))
    for path in extra:
        data = _bytes(path)
        digest.update(data)
        _merge(described, turtle.read(data, str(path)))
    entries = {key: turtle.entry(key, triples, curated=True, where="") for key, triples in described.items()}
    return Gazetteer(entries, _names(entries, described), described, digest.hexdigest())


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), hint="check the path") from error


def _merge(into: turtle.Described, more: turtle.Described) -> None:
    for key, triples in more.items():
        known = into.get(key, ())
        into[key] = known + tuple(triple for triple in triples if triple not in known)


def _names(entries: dict[str, Entry], described: turtle.Described) -> dict[str, tuple[Name, ...]]:
    found: dict[str, dict[tuple[str, NameKind], Name]] = {}
    for key, entry in entries.items():
        if entry.type == NAMED_BY_PLACE:
            continue
        for kind, text in turtle.names(described[key]):
            found.setdefault(fold(text), {}).setdefault((key, kind), Name(entry, kind))
    return {
        folded: tuple(sorted(names.values(), key=lambda name: (_ORDER[name.kind], name.entry.key)))
        for folded, names in found.items()
    }
