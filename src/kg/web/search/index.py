"""The index of a dataset's words: an SQLite file, or memory, with full-text tables (FTS5).

Claims are numbered by the day on which what they tell begins, the undated last, so that the first hits by date of any
number of hits are found without sorting. A claim's words are those of its evidence; whom and what it names is a token
for each (``e12``), and so is each value by which hits are narrowed (``p7``, by `LETTERS`): a name is found in every
spelling without being written into every claim.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

from kg.text.folding import fold
from kg.web.search import records
from kg.web.search.records import Document, Name, Record

NAME: Final = "search.sqlite"
NEEDED: Final = (
    "The search needs SQLite with FTS5, and that of this Python "
    f"({sqlite3.sqlite_version}) was compiled without: names and documents are listed, words are not searched."
)
LETTERS: Final = dict(zip(records.FACETS, "pakyus", strict=True))
_TABLES: Final = """
CREATE TABLE name (id INTEGER PRIMARY KEY, path TEXT UNIQUE, name TEXT, sort TEXT, kind TEXT, others TEXT, claims INT);
CREATE TABLE document (id INTEGER PRIMARY KEY, path TEXT UNIQUE, title TEXT, sort TEXT, kind TEXT, publisher TEXT,
  published TEXT, language TEXT, source TEXT, file TEXT, claims INT);
CREATE TABLE value (id INTEGER PRIMARY KEY, facet TEXT, value TEXT, claims INT DEFAULT 0, UNIQUE (facet, value));
CREATE TABLE claim (id INTEGER PRIMARY KEY, path TEXT, begins TEXT, facets TEXT);
CREATE TEMP TABLE found (begins TEXT, path TEXT, words TEXT, things TEXT, facets TEXT);
"""
_WORDS: Final = {  # full-text tables: their columns, of which only the index is kept
    "name_words": "words",
    "document_words": "words, things",
    "claim_words": "words, things",
}


def has_fts5(connection: sqlite3.Connection) -> bool:
    """Whether full-text tables can be made."""
    try:
        connection.execute("CREATE VIRTUAL TABLE temp.fts5_is_there USING fts5(words)")
        connection.execute("DROP TABLE temp.fts5_is_there")
    except sqlite3.DatabaseError:
        return False
    return True


Rows = tuple[Iterable[Name], Iterable[tuple[Document, list[Record]]]]
"""The names of a dataset, and its documents with their claims."""


def fill(connection: sqlite3.Connection, rows: Rows) -> None:
    """Index a dataset; without FTS5 the tables of names, documents and claims alone."""
    searched = has_fts5(connection)
    connection.executescript(_TABLES)
    if searched:
        for table, columns in _WORDS.items():
            options = "content='', prefix='3', tokenize='unicode61 remove_diacritics 0'"
            connection.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, {options})")
    _Filling(connection, searched=searched).run(*rows)
    connection.execute("CREATE INDEX name_sort ON name (sort)")
    connection.execute("CREATE INDEX document_sort ON document (sort)")
    connection.execute("CREATE INDEX value_claims ON value (facet, claims)")
    connection.commit()


def write(folder: Path, rows: Rows) -> None:
    """A folder with the index of a dataset; it is there when that is whole."""
    made = folder.with_name(f".{folder.name}.new")
    made.mkdir(exist_ok=True)
    (made / NAME).unlink(missing_ok=True)
    with closing(sqlite3.connect(made / NAME)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        fill(connection, rows)
    made.rename(folder)


class _Filling:
    """The rows of a dataset, put into the tables of an empty index."""

    def __init__(self, connection: sqlite3.Connection, *, searched: bool) -> None:
        self.connection, self.searched = connection, searched
        self.numbers: dict[str, int] = {}  # of names by path
        self.values: dict[tuple[str, str], int] = {}
        self.named: dict[int, int] = {}  # how many claims name it

    def run(self, names: Iterable[Name], documents: Iterable[tuple[Document, list[Record]]]) -> None:
        for number, one in enumerate(names, 1):
            self.numbers[one.path] = number
            row = (number, one.path, one.name, fold(one.name), one.kind, " | ".join(one.others))
            self.connection.execute("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, 0)", row)
            self._index("name_words", number, fold(" | ".join((one.name, *one.others))))
        for number, (document, claims) in enumerate(documents, 1):
            self._add(number, document, claims)
        self._number_claims()
        changes = ((count, number) for number, count in self.named.items())
        self.connection.executemany("UPDATE name SET claims = ? WHERE id = ?", changes)

    def _add(self, number: int, document: Document, claims: list[Record]) -> None:
        row = (
            number, document.path, document.title, fold(document.title), document.kind, document.publisher,
            document.published, document.language, document.source, document.file, len(claims),
        )  # fmt: skip
        self.connection.execute(f"INSERT INTO document VALUES ({', '.join('?' * len(row))})", row)
        self._index("document_words", number, document.words, self._things(document.named))
        self.connection.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?)", map(self._row, claims))

    def _row(self, claim: Record) -> tuple[str | None, str, str, str, str]:
        things = self._things(claim.named)
        for thing in things:
            self.named[int(thing[1:])] = self.named.get(int(thing[1:]), 0) + 1
        facets = [self._value(*value) for value in claim.values]
        return claim.begins or None, claim.path, claim.words, " ".join([*things, *facets]), " ".join(facets)

    def _things(self, paths: Iterable[str]) -> list[str]:
        return [f"e{self.numbers[path]}" for path in paths if path in self.numbers]

    def _value(self, facet: str, value: str) -> str:
        number = self.values.setdefault((facet, value), len(self.values) + 1)
        return f"{LETTERS[facet]}{number}"

    def _number_claims(self) -> None:
        counts: dict[str, int] = {}
        ordered = self.connection.execute(
            "SELECT begins, path, words, things, facets FROM found ORDER BY begins IS NULL, begins, rowid"
        )
        for number, (begins, path, words, things, facets) in enumerate(ordered, 1):
            self.connection.execute("INSERT INTO claim VALUES (?, ?, ?, ?)", (number, path, begins, facets))
            self._index("claim_words", number, words, things.split())
            for value in facets.split():
                counts[value] = counts.get(value, 0) + 1
        rows = (
            (number, *value, counts.get(f"{LETTERS[value[0]]}{number}", 0)) for value, number in self.values.items()
        )
        self.connection.executemany("INSERT INTO value VALUES (?, ?, ?, ?)", rows)
        self.connection.execute("DROP TABLE found")

    def _index(self, table: str, number: int, words: str, things: Iterable[str] | None = None) -> None:
        if not self.searched:
            return
        columns = [words] if things is None else [words, " ".join(things)]
        marks = ", ".join("?" * (len(columns) + 1))
        self.connection.execute(f"INSERT INTO {table} (rowid, {_WORDS[table]}) VALUES ({marks})", (number, *columns))
