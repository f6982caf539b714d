"""Lines of N-Triples that a store answers with, in the form in which kg writes them."""

import io
from typing import Final

import pyoxigraph as ox

from kg.formats import has_deep_terms
from kg.vocabulary import GEO, XSD

_VIRTUOSO_POINT: Final = b"^^<http://www.openlinksw.com/schemas/virtrdf#Geometry>"
_WKT: Final = f"^^{GEO.wktLiteral}".encode()
_STRING: Final = f'"^^<{XSD.iri}string> .'.encode()


def lines(piece: bytes) -> list[bytes]:
    """The triples of whole lines, in no order. Only what may be written otherwise is parsed.

    Raises SyntaxError where something else than N-Triples stands.

    >>> lines(b'<s:s> <s:p> "a" .\\n<s:s>\\t<s:p>\\t"\\\\u0061b"^^<http://www.w3.org/2001/XMLSchema#string> .')
    [b'<s:s> <s:p> "a" .', b'<s:s> <s:p> "ab" .']
    """
    given = piece.split(b"\n")
    as_they_are = [line for line in given if _is_plain(line)]
    if len(as_they_are) < len(given):
        as_they_are += parsed(b"\n".join(line for line in given if not _is_plain(line)))
    return as_they_are


def parsed(piece: bytes) -> list[bytes]:
    """The triples of whole lines, each parsed and written anew; raises SyntaxError as `lines` does."""
    if has_deep_terms(io.BytesIO(piece)):
        raise SyntaxError("triple terms that are nested too deep")
    triples = [quad.triple for quad in ox.parse(piece, format=ox.RdfFormat.N_TRIPLES, lenient=True)]
    written = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    # Virtuoso keeps a point in a datatype of its own; sent back in that, it would lose digits.
    return list(filter(None, written.replace(_VIRTUOSO_POINT, _WKT).split(b"\n")))


def _is_plain(line: bytes) -> bool:
    """Whether a line has nothing that may be said in two ways: no escape, no tab, no `xsd:string`."""
    if b"\\" in line or b"\t" in line or line.endswith(_STRING):
        return False
    return line[:1] == b"<" and line[-2:] == b" ."
