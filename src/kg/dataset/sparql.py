"""What a SPARQL text asks for, as far as it must be known before it runs."""

import re
from collections.abc import Iterator
from typing import Final

# What names are made of (SPARQL 1.1, rules 164 to 168): other letters than those of Python's \w.
_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS: Final = rf"\-{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040"
_ESCAPED: Final = r"%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-]"

# The tokens of the grammar (SPARQL 1.1, section 19.8), longest first. What may hold any word without meaning it has no
# name: strings, IRIs, comments, variables, language tags, labels of blank nodes (rules 139-149, 156-159; section 19.4).
TOKEN: Final = re.compile(
    rf'''
    """(?:"{{0,2}}+(?:[^"\\]|\\.))*+"""
  | \'\'\'(?:'{{0,2}}+(?:[^'\\]|\\.))*+\'\'\'
  | "(?:[^"\\\n\r]|\\.)*+"
  | '(?:[^'\\\n\r]|\\.)*+'
  | <(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*+>
  | \#[^\n\r]*+
  | [?$]\w++
  | @[A-Za-z]++(?:-++[A-Za-z0-9]++)*+
  | _:[{_BASE}_0-9][{_CHARS}]*+
  | [0-9]++(?:\.[0-9]*+)?(?:[eE][+-]?[0-9]++)?
  | (?P<prefix>[{_BASE}](?:[{_CHARS}.]{{0,99}}[{_CHARS}])?)?:
    (?:(?:[{_BASE}_0-9:]|{_ESCAPED})(?:\.*+(?:[{_CHARS}:]|{_ESCAPED}))*+)?(?P<group>\s*+\{{)?
  | (?P<word>[^\W\d]\w*+)
  | (?P<open>[({{\[]|<<)
  | (?P<close>[)}}\]]|>>)
  | (?P<joins>[!|&+*/^.;=<>-])
  | .
    ''',
    re.DOTALL | re.VERBOSE,
)

_PROLOGUE: Final = re.compile(r"(?:\s+|#[^\n]*|PREFIX\s+[^\s:]*:\s*<[^>]*>|BASE\s+<[^>]*>)*", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")
DEEPEST: Final = 100  # brackets in one another
MOST_PARTS: Final = 1500  # what makes patterns and expressions longer: brackets, operators, ends of triples
_JOINING: Final = frozenset({"UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "EXISTS"})


def asks_elsewhere(query: str) -> bool:
    """Whether a query would send a request to another server (SPARQL 1.1 Federated Query).

    No other bare word holds SERVICE, and parsers differ in where a keyword may end: ``trueSERVICE`` is taken for it.
    With a prefix of that name, ``SERVICE:a`` before a group is the keyword and an IRI.

    >>> asks_elsewhere("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
    True
    >>> asks_elsewhere('SELECT ?service { ?service ?p "SERVICE" } # SERVICE')
    False
    """
    return any("service" in word for word in _words(query))


def chooses_graphs(query: str) -> bool:
    """Whether a query says from which graphs it is answered (SPARQL 1.1, section 13.2).

    >>> chooses_graphs("SELECT * FROM <http://e/g> { ?s ?p ?from }")
    True
    """
    return "from" in _words(query)


def first_word(text: str) -> str:
    """The word that says what a query does, after prefixes and comments."""
    prologue = _PROLOGUE.match(text)
    word = _WORD.match(text, prologue.end() if prologue else 0)
    return word[0].upper() if word else ""


def excess(query: str) -> str | None:
    """What a query has too much of to be carried out safely; None where it has not.

    Oxigraph follows the structure of a query by recursion: some 2,000 levels, or links of a chain, end the process.

    >>> excess("SELECT * { ?s ?p ?o FILTER(" + "(" * 500 + "1" + ")" * 500 + ") }")
    'brackets are nested more than 100 deep'
    """
    if len(query) <= DEEPEST:
        return None
    depth = parts = 0
    for token in TOKEN.finditer(query):
        if token["open"] or token["group"]:
            depth += 1
            parts += 1
            if depth > DEEPEST:
                return f"brackets are nested more than {DEEPEST} deep"
        elif token["close"]:
            depth -= 1
            parts += token[0] == "}"
        elif token["joins"] or (token["word"] or "").upper() in _JOINING:
            parts += 1
    return f"it has more than {MOST_PARTS:,} patterns and operators" if parts > MOST_PARTS else None


def _words(query: str) -> Iterator[str]:
    """The bare words of a query in lower case: keywords, functions, and prefixes that could be a keyword."""
    for token in TOKEN.finditer(query):
        word = token["word"] or (token["prefix"] if token["group"] else None)
        if word:
            yield word.lower()
