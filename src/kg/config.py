"""``kg.toml``: what a person says of the dataset as a whole, one line a setting.

    base = "https://data.example.org/"
    title = "Who says what of the town"
    license = "https://creativecommons.org/licenses/by/4.0/"

    [publishers]
    "yerevan/" = "Yerevan Courier"
    "wires/2020-*.txt" = "Caspian Wire"

The publishers are those of the documents: a folder or file pattern, below the folder that is built, and a name; the
first that fits counts. A setting that kg does not know is an error.
"""

import os
import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.write.catalog import Config

_IRIS = ("license", "publisher_url", "homepage", "previous_version")


def read_config(path: str | os.PathLike[str] | None = None) -> Config:
    """The settings of a file, or the defaults without one; `kg.write.catalog.Config` says what each means.

    Raises InputError for a file that cannot be read, is not TOML, or sets what kg does not know.
    """
    if path is None:
        return Config()
    where = os.fspath(path)
    types = {field.name: type(field.default) for field in fields(Config)}
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        return Config(**{name: _setting(name, value, types, where) for name, value in table.items()})
    except (OSError, ValueError, RecursionError) as error:  # ValueError: no UTF-8, no TOML, or a number of many digits
        raise InputError(f"cannot be read: {error}", where=where, hint="write one NAME = VALUE a line") from None


def _setting(name: str, value: Any, types: dict[str, type], where: str) -> Any:
    if name not in types:
        raise InputError(f"there is no setting {name!r}", where=where, hint=f"one of {', '.join(sorted(types))}")
    is_table = isinstance(value, dict)
    value = _plain(value)
    if not isinstance(value, types[name]) or is_table != (name == "publishers"):
        kind = "a table of file patterns and names" if name == "publishers" else types[name].__name__
        raise InputError(f"{name} = {value!r}", where=where, hint=f"its type is {kind}")
    try:
        _understand(name, value)
    except ValueError as error:
        raise InputError(f"{name} = {value!r}: {error}", where=where, hint="correct it or leave it out") from None
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple(value.items())
    if isinstance(value, list):
        return tuple(map(str, value))
    return value.isoformat() if isinstance(value, date) else value


def _understand(name: str, value: Any) -> None:
    """Raises ValueError where RDF could not say it."""
    if name == "publishers":
        _understand_publishers(value)
    elif name in _IRIS and value:
        NamedNode(value)
    elif name == "language":
        Literal("", language=value)
    elif name == "issued" and value:
        date.fromisoformat(value)


def _understand_publishers(table: tuple[tuple[str, Any], ...]) -> None:
    for pattern, name in table:
        if not isinstance(name, str) or not name.strip():
            raise ValueError(f"who publishes {pattern!r} must be a name")
