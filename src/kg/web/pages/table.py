"""Rows as a page shows them: looked through, sorted, in pages, with the columns that a person picked."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Protocol
from urllib.parse import urlencode

from kg.dataset.rows import Rows, Value, as_text
from kg.text.folding import fold
from kg.web.pages.view import Facts, Thing
from kg.web.pages.wording import count_words
from kg.web.search.asking import Index, terms_of

MOST_ROWS: Final = 5000  # that are asked for a page
A_PAGE: Final = 100
Cell = list[str | Thing]
_OWN: Final = frozenset({"page", "find", "sort", "column", "format"})


def bounded(query: str, most: int = MOST_ROWS) -> str:
    """A named query that gives its first rows; each ends with ORDER BY."""
    return f"{query}\nLIMIT {most}"


@dataclass(frozen=True, slots=True)
class Shown:
    """How rows are looked at: what they hold, by which column they are sorted (``-`` before it: falling), and so on."""

    find: str = ""
    sort: str = ""
    columns: tuple[str, ...] = ()
    page: int = 1

    def parameters(self) -> list[tuple[str, str]]:
        stated = [("find", self.find), ("sort", self.sort), *(("column", name) for name in self.columns)]
        return [(name, value) for name, value in (*stated, ("page", str(self.page))) if value not in ("", "1")]


def shown(parameters: Sequence[tuple[str, str]]) -> Shown:
    """How an address wants rows to be looked at.

    >>> shown([("sort", "-date"), ("column", "date"), ("page", "x")])
    Shown(find='', sort='-date', columns=('date',), page=1)
    """
    last = dict(parameters)
    page = last.get("page", "")
    number = int(page) if page.isdecimal() and len(page) < 7 else 1
    columns = tuple(dict.fromkeys(value for name, value in parameters if name == "column"))
    return Shown(last.get("find", "").strip()[:200], last.get("sort", ""), columns, max(number, 1))


class Listed(Protocol):
    """Where rows come from: its columns with their words, and rows that hold some words, in an order."""

    @property
    def columns(self) -> Mapping[str, str]: ...
    @property
    def more(self) -> bool:
        """Whether there are rows that it does not know."""

    def select(self, find: str, sort: str, first: int, most: int | None) -> tuple[list[list[Cell]], int]:
        """Some rows from the first on, and how many there are in all."""

    def keys(self, name: str, most: int) -> Sequence[Any]:
        """By what so many rows are sorted by a column, in the order that they have unsorted; None where not stated."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its name and words, the address of the rows sorted by it, and how they are sorted by it now."""

    name: str
    words: str
    query: str
    sorted: str = ""  # ascending or descending


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the rows."""

    words: str
    query: str
    now: bool


class Table:
    """The rows of a page, and the addresses of other looks at them; ``kept`` is what their query has beside that."""

    def __init__(
        self,
        listed: Listed,
        look: Shown | None = None,
        kept: Sequence[tuple[str, str]] = (),
        *,
        most: int = A_PAGE,
    ) -> None:
        look = look or Shown()
        self.listed, self.most = listed, most
        self.kept = [pair for pair in kept if pair[0] not in _OWN]
        names = list(listed.columns)
        self.names = [name for name in look.columns if name in listed.columns] or names
        sort = look.sort if look.sort.removeprefix("-") in listed.columns else ""
        self.look = replace(look, sort=sort, columns=tuple(self.names) if self.names != names else ())
        rows, self.all = listed.select(look.find, sort, (look.page - 1) * most, most)
        self.rows = [self._picked(row) for row in rows]
        self.more = listed.more
        self.heads = [self._head(name) for name in self.names]
        self.choices = [(name, listed.columns[name], name in self.names) for name in names]
        self.steps = self._steps()

    @property
    def count(self) -> str:
        """How many rows there are, in words."""
        words = count_words(self.all, "row")
        return f"{words} of the first {MOST_ROWS:,}" if self.more else words

    @property
    def csv_query(self) -> str:
        return self._query(page=1) + ("&" if self._query(page=1) else "") + "format=csv"

    def csv(self) -> bytes:
        """All pages of what is shown, as CSV (RFC 4180)."""
        rows, _ = self.listed.select(self.look.find, self.look.sort, 0, None)
        written = io.StringIO(newline="")
        writer = csv.writer(written)
        writer.writerow(self.names)
        for row in rows:
            writer.writerow([as_text(words_of(cell)) for cell in self._picked(row)])
        return written.getvalue().encode()

    @cached_property
    def ranks(self) -> list[tuple[int | str, ...]]:
        """Of each row its place by each column, the same for equal values; empty words where nothing is stated."""
        columns = [self.listed.keys(name, self.most) for name in self.names]
        places = [
            {key: place for place, key in enumerate(sorted({key for key in keys if key is not None}))}
            for keys in columns
        ]
        found = [
            ["-" if key is None else place[key] for key in keys] for keys, place in zip(columns, places, strict=True)
        ]
        return list(zip(*found, strict=True))

    def _picked(self, row: Sequence[Cell]) -> list[Cell]:
        by_name = dict(zip(self.listed.columns, row, strict=True))
        return [by_name[name] for name in self.names]

    def _head(self, name: str) -> Head:
        falls = self.look.sort == name
        now = {name: "ascending", f"-{name}": "descending"}.get(self.look.sort, "")
        return Head(name, self.listed.columns[name], self._query(sort=f"-{name}" if falls else name, page=1), now)

    def _steps(self) -> list[Step]:
        last = (self.all + self.most - 1) // self.most
        near = {1, last, *range(self.look.page - 2, self.look.page + 3)} if last > 1 else set()
        pages = [number for number in sorted(near) if 1 <= number <= last]
        return [Step(f"{number:,}", self._query(page=number), number == self.look.page) for number in pages]

    def _query(self, *, sort: str | None = None, page: int) -> str:
        look = replace(self.look, page=page, sort=self.look.sort if sort is None else sort)
        return urlencode([*self.kept, *look.parameters()])


class Answer:
    """The rows of a query. A column of IRIs with the names beside it is one column of named things."""

    def __init__(self, facts: Facts, rows: Rows) -> None:
        self.facts, self.rows, self.more = facts, rows, len(rows) == MOST_ROWS
        told = {f"{name}_name" for name in rows.columns}
        self.columns = {name: name.replace("_", " ") for name in rows.columns if name not in told}

    def select(self, find: str, sort: str, first: int, most: int | None) -> tuple[list[list[Cell]], int]:
        found: list[Mapping[str, Value]] = list(self.rows)
        if wanted := fold(find).split():
            found = [row for row in found if all(one in self._folded(row) for one in wanted)]
        if name := sort.removeprefix("-"):
            found.sort(key=lambda row: _order(row[name], self._cell(row, name)), reverse=sort.startswith("-"))
            found.sort(key=lambda row: row[name] is None)  # what is not stated comes last
        page = found[first:] if most is None else found[first : first + most]
        return [[self._cell(row, name) for name in self.columns] for row in page], len(found)

    def keys(self, name: str, most: int) -> Sequence[Any]:
        return [None if row[name] is None else _order(row[name], self._cell(row, name)) for row in self.rows[:most]]

    def _folded(self, row: Mapping[str, Value]) -> str:
        return fold(" | ".join(words_of(self._cell(row, name)) for name in self.columns))

    def _cell(self, row: Mapping[str, Value], name: str) -> Cell:
        value = row[name]
        if value is None:
            return [str(row[f"{name}_name"])] if row.get(f"{name}_name") else []
        words = str(value).split(" ") if isinstance(value, str) and value.startswith(_WEB) else []
        if not words or not all(word.startswith(_WEB) for word in words):
            return [str(value)]
        called = str(row.get(f"{name}_name") or "").split(" | ")
        names = called if len(called) == len(words) else [""] * len(words)
        return [self._thing(word, said) for word, said in zip(words, names, strict=True)]

    def _thing(self, iri: str, name: str) -> str | Thing:
        path = self.facts.path(iri)
        family = path.partition("/")[0]
        if family in _CALLED and not self.facts.known(iri.partition("#")[0]):
            return name or self.facts.called(iri)  # an entry of the gazetteer that no document speaks of
        if family in _CALLED and not name and "#" not in path:
            return self.facts.thing(iri)
        return Thing(iri, name or self.facts.short(iri), path)


class Indexed:
    """A table of the index of words: as many rows as there are."""

    more = False

    def __init__(self, index: Index, table: str, columns: Mapping[str, str], cells: Callable[..., list[Cell]]) -> None:
        self.index, self.table, self.columns, self.cells = index, table, columns, cells

    def select(self, find: str, sort: str, first: int, most: int | None) -> tuple[list[list[Cell]], int]:
        """Rows by the columns of the table, whose names are those of the columns shown."""
        terms = [f'"{words}"' + ("*" if begins else "") for words, begins in terms_of(find)]
        match = f"WHERE id IN (SELECT rowid FROM {self.table}_words WHERE {self.table}_words MATCH ?)" if terms else ""
        given = [" AND ".join(terms)] if terms else []
        column = self._column(sort.removeprefix("-") or next(iter(self.columns)))
        order = f"{column} IN ('', 0) , {column} {'DESC' if sort.startswith('-') else 'ASC'}, sort, path"
        ((number,),) = self.index.rows(f"SELECT count(*) FROM {self.table} {match}", given)
        limit = f"LIMIT {-1 if most is None else most} OFFSET {first}"
        rows = self.index.rows(f"SELECT * FROM {self.table} {match} ORDER BY {order} {limit}", given)
        return [self.cells(*row) for row in rows], int(number)

    def keys(self, name: str, most: int) -> Sequence[Any]:
        column = self._column(name)
        found = self.index.rows(f"SELECT {column} FROM {self.table} ORDER BY {_UNSORTED} LIMIT {most}")
        return [value or None for (value,) in found]

    def _column(self, name: str) -> str:
        """The column of the index by which a column that is shown is sorted."""
        return "sort" if name == next(iter(self.columns)) else name


_UNSORTED: Final = "sort IN ('', 0), sort, path"
_WEB: Final = ("http://", "https://")
_CALLED: Final = frozenset({"place", "agent", "document", "event", "claim", "role", "source", "finding"})


def words_of(cell: Cell) -> str:
    """What a cell says, several values apart.

    >>> words_of(["8 May", Thing("https://e/1", "Shusha")])
    '8 May | Shusha'
    """
    return " | ".join(value.name if isinstance(value, Thing) else value for value in cell)


def _order(value: Value, cell: Cell) -> tuple[bool, Decimal | int, str]:
    """Numbers by size, before what is read letter by letter."""
    if isinstance(value, int | Decimal):
        return False, value, ""
    return True, 0, fold(words_of(cell))
