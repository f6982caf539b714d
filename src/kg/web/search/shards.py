"""The index for a static site: what the tables of an index hold, as small JSON files that a script reads as needed.

Words lie by their first two letters, what is named and the values of facets by their numbers, and the cards of hits
fifty to a file: a question loads some files of some kilobytes, whatever the size of the dataset
(docs/decisions/static-search.md).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from kg.web.search.asking import Index
from kg.web.search.index import LETTERS

A_FILE: Final = 50  # cards
_A_RANGE: Final = 500  # numbers of what is named
_TABLES: Final = {"c": "claim", "d": "document", "n": "name"}
_CARDS: Final = {"c": "claims", "d": "documents", "n": "names"}


@dataclass(frozen=True, slots=True)
class Deck:
    """A file of cards: its name, and the paths of the claims, documents or names that it shows."""

    name: str
    kind: str
    paths: tuple[str, ...]


def decks(index: Index) -> Iterator[Deck]:
    """Every file of cards."""
    for letter, table in _TABLES.items():
        for number, first in enumerate(range(1, _size(index, table) + 1, A_FILE)):
            rows = index.rows(f"SELECT path FROM {table} WHERE id >= ? ORDER BY id LIMIT {A_FILE}", [first])
            yield Deck(f"{_CARDS[letter]}/{number}", _CARDS[letter], tuple(row[0] for row in rows))


def shards(index: Index) -> Iterator[tuple[str, bytes]]:
    """Paths below the site's root and what lies there, but for the cards."""
    sizes = {letter: _size(index, table) for letter, table in _TABLES.items()}
    values = [[f"{LETTERS[facet]}{number}", value, hits] for number, facet, value, hits in _values(index)]
    facets = index.rows("SELECT facets FROM claim ORDER BY id")
    yield packed("facets", [row[0] for row in facets])
    ((dated,),) = index.rows("SELECT count(*) FROM claim WHERE begins NOTNULL")
    yield packed("dated", dated)
    shelves: dict[str, dict[str, dict[str, list[int]]]] = {}
    for letter, term, numbers in _postings(index):
        shelves.setdefault(shelf_of(term), {}).setdefault(term, {})[letter] = numbers
    named = {letter: facet for facet, letter in LETTERS.items()}
    yield packed("index", {"sizes": sizes, "facets": named, "values": values, "shelves": sorted(shelves)})
    for name, terms in sorted(shelves.items()):
        yield packed(name, terms)


def shelf_of(term: str) -> str:
    """The file of a word, or of a token for what is named (``@e12``).

    >>> shelf_of("shusha"), shelf_of("ш"), shelf_of("@e1200")
    ('words/73-68', 'words/448', 'things/e-2')
    """
    if term.startswith("@"):
        return f"things/{term[1]}-{int(term[2:]) // _A_RANGE}"
    return f"words/{'-'.join(f'{ord(letter):x}' for letter in term[:2])}"


def _postings(index: Index) -> Iterator[tuple[str, str, list[int]]]:
    """Each word with what it stands in: the first number, then how much each is more than the last."""
    for letter, table in _TABLES.items():
        index.rows(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_terms USING fts5vocab(main, {table}_words, instance)"
        )
        found = index.rows(f"SELECT DISTINCT term, col, doc FROM temp.{table}_terms ORDER BY term, col, doc")
        for (term, column), rows in groupby(found, key=lambda row: row[:2]):
            numbers = [int(row[2]) for row in rows]
            steps = [number - last for last, number in zip([0, *numbers], numbers, strict=False)]
            yield letter, f"@{term}" if column == "things" else term, steps


def _values(index: Index) -> list[tuple[Any, ...]]:
    return index.rows("SELECT id, facet, value, claims FROM value ORDER BY id")


def _size(index: Index, table: str) -> int:
    ((size,),) = index.rows(f"SELECT count(*) FROM {table}")
    return int(size)


def packed(name: str, content: object) -> tuple[str, bytes]:
    """A file of the index: its path below the site's root, and what lies there."""
    return f"search/{name}.json", json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
