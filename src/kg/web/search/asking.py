"""Questions to the index: what a person typed, narrowed by what a person picked."""

import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from kg.text.folding import fold
from kg.web.search.index import LETTERS
from kg.web.search.records import FACETS

MOST_COUNTED: Final = 10_000  # hits that are counted and narrowed exactly; beyond them "more than"
MOST_VALUES: Final = 100  # of a facet, those with the most hits
A_PAGE: Final = 20
_MOST_NAMED: Final = 100  # names that a word may stand for, those that the most claims name
_SHORTEST: Final = 2  # letters of the beginning of a word that find it
Spelling = tuple[tuple[str, ...], bool]
"""Folded words in a row, and whether others that begin like the last are meant, too."""
_PARTS: Final = re.compile(r'"([^"]*)"|“([^”]*)”|(\S+)')
KINDS: Final = ("claims", "documents", "names")
ORDERS: Final = {"": "best match", "earliest": "earliest first", "latest": "latest first"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: words, values by facet, among what, in which order, and which page of the hits."""

    words: str = ""
    values: tuple[tuple[str, str], ...] = ()
    among: str = "claims"
    order: str = ""
    page: int = 1

    def picked(self, facet: str) -> tuple[str, ...]:
        """The values of a facet that are asked for; a hit has one of them."""
        return tuple(value for known, value in self.values if known == facet)

    def narrowed(self, facet: str, value: str) -> "Asked":
        """The same with a value more."""
        return replace(self, values=tuple(dict.fromkeys((*self.values, (facet, value)))), page=1)

    def widened(self, facet: str, value: str) -> "Asked":
        """The same without a value."""
        return replace(self, values=tuple(one for one in self.values if one != (facet, value)), page=1)

    def parameters(self) -> list[tuple[str, str]]:
        """The query of the address of this state."""
        stated = [("q", self.words), ("in", self.among if self.among != "claims" else ""), *self.values]
        stated += [("sort", self.order), ("page", str(self.page) if self.page > 1 else "")]
        return [(name, value) for name, value in stated if value]


def asked(parameters: Sequence[tuple[str, str]]) -> Asked:
    """What an address asks for; what it does not know is left out.

    >>> asked([("q", "Shushi "), ("year", "1992"), ("page", "0"), ("colour", "red")])
    Asked(words='Shushi', values=(('year', '1992'),), among='claims', order='', page=1)
    """
    last = dict(parameters)
    page = last.get("page", "")
    return Asked(
        words=last.get("q", "").strip()[:200],
        values=tuple(dict.fromkeys((name, value) for name, value in parameters if name in FACETS and value)),
        among=last.get("in", "") if last.get("in") in KINDS else "claims",
        order=last.get("sort", "") if last.get("sort") in ORDERS else "",
        page=int(page) if page.isdecimal() and 0 < int(page) <= MOST_COUNTED else 1,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of a page, best first; ``all`` is how many there are, or with ``more`` at least."""

    paths: list[str]
    all: int
    more: bool = False
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)  # values with their hits, the most first


class Index:
    """An index that is filled, asked by several threads one after the other."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection, self._lock = connection, threading.Lock()
        self.searched = bool(self.rows("SELECT name FROM sqlite_master WHERE name = 'claim_words'"))

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query of the tables of `kg.web.search.index`."""
        with self._lock:
            return self._connection.execute(query, parameters).fetchall()

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def find(self, asked: Asked) -> Found:
        """The hits of a question among what it asks for."""
        if asked.among == "claims":
            return self._claims(asked)
        return self._listed(asked)

    def counts(self, asked: Asked) -> dict[str, tuple[int, bool]]:
        """How many hits the words have among each kind, and whether these are all."""
        found = {}
        for kind in KINDS:
            match = self._match(asked if kind == "claims" else replace(asked, values=()), kind)
            table = _TABLES[kind]
            if match:
                limited = f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH ? LIMIT {MOST_COUNTED + 1}"
                ((number,),) = self.rows(f"SELECT count(*) FROM ({limited})", [match])
            else:
                ((number,),) = self.rows(f"SELECT ifnull(max(id), 0) FROM {table}")  # they are numbered from 1
            found[kind] = (int(number), not match or int(number) <= MOST_COUNTED)
        return found

    def _claims(self, asked: Asked) -> Found:
        match = self._match(asked, "claims")
        if not match and not asked.order:
            return self._every_claim(asked)
        source = "claim_words CROSS JOIN claim ON claim.id = claim_words.rowid" if match else "claim"
        matching = "claim_words MATCH ?" if match else "claim.id > 0"
        order = f"{'claim_words.rowid' if match else 'claim.id'} {'DESC' if asked.order == 'latest' else 'ASC'}"
        dated = "AND claim.begins NOTNULL" if asked.order else ""
        found = self.rows(
            f"SELECT claim.id, claim.facets FROM {source} WHERE {matching} {dated} ORDER BY {order} "
            f"LIMIT {MOST_COUNTED + 1}",
            [match] if match else [],
        )
        more = len(found) > MOST_COUNTED
        first = (asked.page - 1) * A_PAGE
        if asked.order or more or not asked.words:
            numbers = [row[0] for row in found[first : first + A_PAGE]]
        else:
            best = "SELECT rowid FROM claim_words WHERE claim_words MATCH ? ORDER BY rank, rowid LIMIT ? OFFSET ?"
            numbers = [row[0] for row in self.rows(best, [match, A_PAGE, first])]
        counted = Counter(value for _, facets in found[:MOST_COUNTED] for value in facets.split())
        return Found(self._paths(numbers), min(len(found), MOST_COUNTED), more, self._facets(counted))

    def _every_claim(self, asked: Asked) -> Found:
        """All claims in the order of time, as they are numbered."""
        ((number,),) = self.rows("SELECT ifnull(max(id), 0) FROM claim")
        first = (asked.page - 1) * A_PAGE
        numbers = range(first + 1, min(first + A_PAGE, number) + 1)
        facets = dict[str, list[tuple[str, int]]]()
        for facet in FACETS:
            most = "SELECT value, claims FROM value WHERE facet = ? ORDER BY claims DESC, value LIMIT ?"
            facets[facet] = [(value, int(claims)) for value, claims in self.rows(most, [facet, MOST_VALUES])]
        return Found(self._paths(numbers), int(number), facets=_sorted(facets))

    def _listed(self, asked: Asked) -> Found:
        """Documents or names."""
        table = _TABLES[asked.among]
        match = self._match(replace(asked, values=()), asked.among)
        first = (asked.page - 1) * A_PAGE
        number, all_counted = self.counts(asked)[asked.among]
        if match:
            order = "rank" if asked.among == "documents" else f"{table}.claims DESC"
            found = self.rows(
                f"SELECT {table}.path FROM {table}_words JOIN {table} ON {table}.id = {table}_words.rowid "
                f"WHERE {table}_words MATCH ? ORDER BY {order}, {table}.sort LIMIT ? OFFSET ?",
                [match, A_PAGE, first],
            )
        else:
            found = self.rows(f"SELECT path FROM {table} ORDER BY sort, path LIMIT ? OFFSET ?", [A_PAGE, first])
        return Found([row[0] for row in found], min(number, MOST_COUNTED) if match else number, not all_counted)

    def _paths(self, numbers: Sequence[int]) -> list[str]:
        marks = ", ".join("?" * len(numbers))
        found = dict(self.rows(f"SELECT id, path FROM claim WHERE id IN ({marks})", numbers))
        return [found[number] for number in numbers]

    def _facets(self, counted: Counter[str]) -> dict[str, list[tuple[str, int]]]:
        facets: dict[str, list[tuple[str, int]]] = {}
        for facet, letter in LETTERS.items():
            of_it = Counter({number: hits for number, hits in counted.items() if number[0] == letter})
            most = {int(number[1:]): hits for number, hits in of_it.most_common(MOST_VALUES)}
            marks = ", ".join(map(str, most))
            rows = self.rows(f"SELECT id, value FROM value WHERE id IN ({marks})")
            facets[facet] = [(value, most[number]) for number, value in rows]
        return _sorted(facets)

    def _match(self, asked: Asked, kind: str) -> str:
        """The question in the language of FTS5; empty where everything is a hit."""
        terms = [self._term(words, kind, begins=begins) for words, begins in terms_of(asked.words)]
        if kind == "claims":
            terms += [self._any_of(facet, picked) for facet in FACETS if (picked := asked.picked(facet))]
        return " AND ".join(terms)

    def _term(self, words: str, kind: str, *, begins: bool) -> str:
        phrase = f'"{words}"' + ("*" if begins else "")
        if kind == "names":
            return phrase
        named = " OR ".join(f"e{number}" for number in self.named(words, begins=begins))
        return f"(words : {phrase} OR things : ({named}))" if named else f"words : {phrase}"

    def named(self, words: str, *, begins: bool = False) -> list[int]:
        """The names that some words stand for, in any spelling."""
        phrase = f'"{words}"' + ("*" if begins else "")
        found = self.rows(
            "SELECT name.id FROM name_words JOIN name ON name.id = name_words.rowid WHERE name_words MATCH ? "
            f"ORDER BY name.claims DESC LIMIT {_MOST_NAMED}",
            [phrase],
        )
        return [int(row[0]) for row in found]

    def spellings(self, asked: Asked) -> list[Spelling]:
        """What may stand in a text for the words of a question: the words, and the other spellings of their names."""
        found: dict[Spelling, None] = {}
        for words, begins in terms_of(asked.words):
            found[tuple(words.split()), begins] = None
            marks = ", ".join(map(str, self.named(words, begins=begins)))
            for name, others in self.rows(f"SELECT name, others FROM name WHERE id IN ({marks})"):
                found |= {(tuple(fold(one).split()), False): None for one in (name, *others.split(" | ")) if fold(one)}
        return list(found)

    def _any_of(self, facet: str, values: Sequence[str]) -> str:
        marks = ", ".join("?" * len(values))
        found = self.rows(f"SELECT id FROM value WHERE facet = ? AND value IN ({marks})", [facet, *values])
        return f"things : ({' OR '.join(f'{LETTERS[facet]}{row[0]}' for row in found) or 'nothing'})"


def terms_of(words: str) -> list[tuple[str, bool]]:
    """Folded words and phrases; with the last word, what begins with it is meant too.

    >>> terms_of('"line of contact" Kəlb'), terms_of("the “8 May”"), terms_of("  - ")
    ([('line of contact', False), ('kelb', True)], [('the', False), ('8 may', False)], [])
    """
    found: list[tuple[str, bool]] = []
    for quoted, curly, plain in _PARTS.findall(words):
        if phrase := fold(quoted or curly or plain):
            found.append((phrase, False))
        last_is_plain = bool(plain)
    if found and last_is_plain and len(found[-1][0]) >= _SHORTEST and " " not in found[-1][0]:
        found[-1] = (found[-1][0], True)
    return found


def _sorted(facets: dict[str, list[tuple[str, int]]]) -> dict[str, list[tuple[str, int]]]:
    """The most hits first; years in their order."""
    for facet, values in facets.items():
        values.sort(key=(lambda one: one[0]) if facet == "year" else (lambda one: (-one[1], one[0])))
    return facets


_TABLES: Final = {"claims": "claim", "documents": "document", "names": "name"}
