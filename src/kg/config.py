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
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.runtime.regular import content
from kg.vocabulary import BASE

_IRIS = ("license", "publisher_url", "creator_url", "homepage", "endpoint", "previous_version")
ACCESS_RIGHTS: Final = ("public", "restricted", "non-public")  # of the EU's authority table


@dataclass(frozen=True, slots=True)
class Config:
    """What ``kg.toml`` says of the dataset; every value has a default.

    ``license`` is an IRI; ``publisher`` and ``creator`` are names, ``publisher_url`` and ``creator_url`` their pages.
    ``identifier`` is what the data is cited by, such as a DOI; ``access_rights`` one of `ACCESS_RIGHTS` or an IRI;
    ``related`` are IRIs of what belongs with it, such as a paper; ``endpoint`` is where it answers SPARQL. ``issued``
    is an ISO date: there is no clock in the output. ``version`` and ``previous_version`` are of the data.
    ``contact`` is whom to tell that a claim is wrong: an address of mail, or a page that takes ``title`` and ``body``.
    ``publishers`` are file patterns, each with the name of who publishes the documents of the files that fit.
    """

    base: str = BASE
    title: str = "Claims of documents, with their evidence"
    description: str = (
        "What each document claims, who says it, at which characters it stands, and where sources disagree."
    )
    language: str = "en"  # of title and description
    license: str = ""
    publisher: str = ""
    publisher_url: str = ""
    creator: str = ""
    creator_url: str = ""
    contact: str = ""
    identifier: str = ""
    access_rights: str = ""
    related: tuple[str, ...] = ()
    endpoint: str = ""
    homepage: str = ""
    issued: str = ""
    version: str = ""
    previous_version: str = ""
    keywords: tuple[str, ...] = ()
    publishers: tuple[tuple[str, str], ...] = ()
    nlp: bool = False  # whether a statistical model adds to what the rules find


def read_config(path: str | os.PathLike[str] | Config | None = None) -> Config:
    """The settings of a file, or the defaults without one, or those that were read; `Config` says what each means.

    Raises InputError for a file that cannot be read, is not TOML, or sets what kg does not know.
    """
    if path is None or isinstance(path, Config):
        return path or Config()
    where = os.fspath(path)
    types = {field.name: type(field.default) for field in fields(Config)}
    try:
        table = tomllib.loads(content(path).decode("utf-8"))
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
    elif name == "related":
        for iri in value:
            NamedNode(iri)
    elif name == "access_rights" and value and value not in ACCESS_RIGHTS:
        if "://" not in value:
            raise ValueError(f"it is an IRI, or one of {', '.join(ACCESS_RIGHTS)}")
        NamedNode(value)
    elif name == "contact" and value:
        if "@" not in value and "://" not in value:
            raise ValueError("it is an address of mail, or of a page")
        NamedNode(value if "://" in value else f"mailto:{value}")
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
