"""What is wrong with a query that no parser takes, and where in the text as it was typed, for a person to mend.

Oxigraph names the place up to which it came and every character that could follow. Most mistakes are of a few kinds,
and stand before that place: those are looked for in the words of the query.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Final, NamedTuple

from kg.dataset.sparql import TOKEN, first_word

_PLACE: Final = re.compile(r"error at (\d+):(\d+)")
_KEYWORDS: Final = frozenset(
    """a abs adjust as asc ask avg base bind bnode bound by ceil coalesce concat construct contains count datatype day
    desc describe distinct encode_for_uri exists false filter floor from graph group group_concat haslang haslangdir
    having hours if in iri isblank isiri isliteral isnumeric istriple isuri lang langdir langmatches lateral lcase limit
    max md5 min minus minutes month named not now object offset optional order predicate prefix rand reduced regex
    replace round sameterm sample seconds select separator service sha1 sha256 sha384 sha512 silent str strafter
    strbefore strdt strends strlang strlangdir strlen strstarts struuid subject substr sum timezone triple true tz ucase
    undef union uri uuid values version where year""".split()
)
_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_CLOSES: Final = {")": "(", "}": "{", "]": "[", ">>": "<<"}
_QUOTES: Final = re.compile("[\"']")


class Mistake(NamedTuple):
    """What is wrong, at which line and column (from 1; 0: no place is known), and what to do."""

    what: str
    line: int
    column: int
    hint: str

    @property
    def where(self) -> str:
        return f"line {self.line}, column {self.column}" if self.line else ""

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.where, f"{self.what}; {self.hint}")))


def mistake(query: str, message: str, prefixes: Mapping[str, str]) -> Mistake:
    """The mistake of a query for which Oxigraph has this message; ``prefixes`` need no declaration."""
    if (word := first_word(query)) in _UPDATES:
        return Mistake(f"{word} is an update, and a dataset is only read", 0, 0, "use SELECT, ASK or CONSTRUCT")
    place = _PLACE.match(message)
    iri = _iri(query, place) if place and "IRI parsing failed" in message else None
    for found in (iri, _unknown_prefix(query, prefixes), _unknown_word(query), _bracket(query)):
        if found:
            offset, what, hint = found
            return Mistake(what, *_position(query, offset), hint)
    if "variable that is unbound" in message:
        hint = "name it in GROUP BY, or put it in an aggregate such as SAMPLE(?x)"
        return Mistake("a variable is selected that is not grouped by", 0, 0, hint)
    if not place:
        return Mistake(f"this is not SPARQL 1.1: {message}", 0, 0, "check it against the grammar")
    line, column = int(place[1]), int(place[2])
    lines = re.split(r"\r\n|\n|\r", query)
    shown = lines[line - 1].strip() if line <= len(lines) else ""
    hint = f"check what stands there or before it: {shown}" if shown else "check how it ends"
    return Mistake("this is not SPARQL 1.1", line, column, hint)


_Found = tuple[int, str, str] | None


def _iri(query: str, place: re.Match[str]) -> _Found:
    """What stands between angle brackets before the place and is none."""
    lines = query.splitlines(keepends=True)[: int(place[1])]
    before = "".join(lines[:-1]) + lines[-1][: int(place[2]) - 1]
    offset = before.rfind("<")
    return (offset, "this is no IRI", "write it in full, without spaces, between < and >") if offset >= 0 else None


def _unknown_prefix(query: str, prefixes: Mapping[str, str]) -> _Found:
    known, declares = set(prefixes), False
    for token in _closed(query):
        text = token[0]
        if ":" in text and (token["prefix"] or text.startswith(":")):
            name = token["prefix"] or ""
            if declares:
                known.add(name)
            elif name not in known:
                return token.start(), f"unknown prefix {name}:", _declare(name, known)
        if not text.isspace():
            declares = (token["word"] or "").lower() == "prefix"
    return None


def _declare(name: str, known: set[str]) -> str:
    near = _nearest(name, sorted(filter(None, known)), least=60)
    declare = f"declare it with PREFIX {name}: <...>"
    return f"did you mean {near}:? Otherwise {declare}" if near else declare


def _unknown_word(query: str) -> _Found:
    for token in _closed(query):
        word = token["word"]
        if word and word.lower() not in _KEYWORDS:
            near = _nearest(word.lower(), sorted(_KEYWORDS), least=76)
            hint = f"did you mean {near.upper()}?" if near else "a text stands in quotation marks, a variable after ?"
            return token.start(), f"unknown word {word}", hint
    return None


def _closed(query: str) -> Iterator[re.Match[str]]:
    """The tokens before a text that has no end: what comes after may be part of it."""
    return takewhile(lambda token: not _QUOTES.fullmatch(token[0]), TOKEN.finditer(query))


def _bracket(query: str) -> _Found:
    opened: list[tuple[str, int]] = []
    for kind, offset in _brackets(query):
        if kind in _QUOTES.pattern[1:-1]:
            return offset, "a text is not closed", "end it with the quotation mark that it began with"
        if kind not in _CLOSES:
            opened.append((kind, offset))
        elif not opened or opened[-1][0] != _CLOSES[kind]:
            return offset, f"{kind} closes nothing that is open", "remove it, or open what it should close"
        else:
            opened.pop()
    if opened:
        kind, offset = opened[-1]
        return offset, f"{kind} is never closed", "close it"
    return None


def _brackets(query: str) -> Iterator[tuple[str, int]]:
    """Brackets and lone quotation marks, each with its offset."""
    for token in TOKEN.finditer(query):
        if token["group"]:
            yield "{", token.end() - 1
        elif token["open"] or token["close"] or _QUOTES.fullmatch(token[0]):
            yield token[0], token.start()


def _nearest(word: str, known: list[str], *, least: float) -> str:
    from rapidfuzz import fuzz, process

    match = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=least)
    return str(match[0]) if match else ""


def _position(query: str, offset: int) -> tuple[int, int]:
    before = re.split(r"\r\n|\n|\r", query[:offset])
    return len(before), len(before[-1]) + 1
