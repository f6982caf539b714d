"""The syntaxes of answers: one table for content negotiation, workers, links and pages."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg import formats

HTML: Final = "text/html"


@dataclass(frozen=True, slots=True)
class Syntax:
    """How the rows of a SELECT or the answer of an ASK are written."""

    name: str
    label: str
    media_types: tuple[str, ...]
    syntax: ox.QueryResultsFormat
    booleans: bool = True  # whether it can say yes or no

    @property
    def media_type(self) -> str:
        return self.media_types[0]


ROWS: Final = {
    syntax.name: syntax
    for syntax in (
        Syntax("json", "JSON", ("application/sparql-results+json", "application/json"), ox.QueryResultsFormat.JSON),
        Syntax("xml", "XML", ("application/sparql-results+xml", "application/xml"), ox.QueryResultsFormat.XML),
        Syntax("csv", "CSV", ("text/csv",), ox.QueryResultsFormat.CSV, booleans=False),
        Syntax("tsv", "TSV", ("text/tab-separated-values",), ox.QueryResultsFormat.TSV, booleans=False),
    )
}
TRIPLES: Final = {format.name: format for format in formats.FORMATS}
_TEXT: Final = ("text/csv", "text/tab-separated-values", "text/turtle")  # whose encoding must be said
ROW_TYPES: Final = {media_type: name for name, syntax in ROWS.items() for media_type in syntax.media_types} | {
    "text/xml": "xml"
}
TRIPLE_TYPES: Final = {media_type: name for name, syntax in TRIPLES.items() for media_type in syntax.media_types} | {
    **dict.fromkeys(("text/n3", "text/rdf+n3", "application/n3", "application/x-turtle"), "turtle"),
    "application/json": "jsonld",
    "text/plain": "ntriples",  # its media type until 2013
}
"""By the media types that a client may ask for: those of the syntax first, then what older clients call it."""
# What clients call a syntax in the parameter ``format``: their name for rows is often that of triples too.
_ALIASES: Final = {
    "json": ("json", "jsonld"),
    "xml": ("xml", "rdfxml"),
    "srj": ("json", ""),
    "srx": ("xml", ""),
    **dict.fromkeys(("rdf", "rdf+xml", "rdf/xml"), ("", "rdfxml")),
    **dict.fromkeys(("ttl", "n3", "text/n3", "text/rdf+n3"), ("", "turtle")),
    **dict.fromkeys(("nt", "n-triples", "text/plain"), ("", "ntriples")),
    **dict.fromkeys(("json-ld", "json+ld", "ld+json"), ("", "jsonld")),
    **dict.fromkeys(("nq", "n-quads"), ("", "nquads")),
}


def content_type(media_type: str) -> str:
    """The value of Content-Type, with the encoding where the media type does not fix it."""
    return f"{media_type}; charset=utf-8" if media_type in _TEXT else media_type


def named(format: str) -> tuple[str, str]:
    """The syntaxes for rows and for triples that a client means by a name or media type; empty where it means none.

    >>> named("application/xml"), named("N3"), named("parrot")
    (('xml', 'rdfxml'), ('', 'turtle'), ('', ''))
    """
    name = format.partition(";")[0].strip().lower().replace(" ", "+")  # a plus sign that was not encoded
    if name in ("application/xml", "text/xml", "application/json"):
        name = name.partition("/")[2]
    if name in _ALIASES:
        return _ALIASES[name]
    rows = name if name in ROWS else ROW_TYPES.get(name, "")
    triples = name if name in TRIPLES else TRIPLE_TYPES.get(name, "")
    return rows, triples


@lru_cache(maxsize=1024)
def chosen(accept: str, offered: tuple[str, ...]) -> str | None:
    """Which of the offered media types an Accept header prefers (RFC 9110, section 12.5.1); None if it takes none.

    Of equals the first offered wins; an empty header takes anything.

    >>> chosen("text/turtle;q=0.5, application/*", ("text/turtle", "application/ld+json"))
    'application/ld+json'
    """
    ranges = _ranges(accept) or [("*/*", 1.0)]
    best, quality = None, 0.0
    for media_type in offered:
        worth = _worth(media_type, ranges)
        if worth > quality:
            best, quality = media_type, worth
    return best


def _worth(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """The quality of the most specific range that fits."""
    wild = f"{media_type.partition('/')[0]}/*"
    fitting = {name: quality for name, quality in ranges if name in (media_type, wild, "*/*")}
    return next((fitting[name] for name in (media_type, wild, "*/*") if name in fitting), 0.0)


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if "/" in name:  # what is no media range is ignored
            found.append((name, _quality(parameters)))
    return found


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
