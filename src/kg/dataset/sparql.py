"""What a SPARQL text asks for, as far as it must be known before it runs."""

import re
from typing import Final

# What may hold any word without meaning it: strings, IRIs, escaped characters of names, comments
# (SPARQL 1.1, section 19.8: rules 139, 156-159, 173; section 19.4).
_NO_CODE: Final = re.compile(
    r'''
    """(?:"{0,2}(?:[^"\\]|\\.))*"""
  | \'\'\'(?:\'{0,2}(?:[^'\\]|\\.))*\'\'\'
  | "(?:[^"\\\n\r]|\\.)*"
  | '(?:[^'\\\n\r]|\\.)*'
  | <[^<>"{}|^`\\\x00-\x20]*>
  | \\.
  | \#[^\n\r]*
    ''',
    re.DOTALL | re.VERBOSE,
)
# The keyword, not a variable, a local name, a language or a prefix of that name; but SERVICE:a{} is the keyword.
_SERVICE: Final = re.compile(r"(?<![\w:?$@-])SERVICE\b(?!:[^\s{]*+\s*+[^\s{])", re.IGNORECASE)


def asks_elsewhere(query: str) -> bool:
    """Whether a query would send a request to another server (SPARQL 1.1 Federated Query).

    >>> asks_elsewhere("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
    True
    >>> asks_elsewhere('SELECT ?service { ?service ?p "SERVICE" } # SERVICE')
    False
    """
    return bool(_SERVICE.search(_NO_CODE.sub(" ", query)))
