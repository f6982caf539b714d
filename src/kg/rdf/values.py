"""Triples compared by value: stores keep ``1.50`` as ``1.5`` and ``@en-GB`` as ``@en-gb``, and lose nothing by it."""

import re
from decimal import Decimal
from typing import Final

from kg.vocabulary import GEO, XSD

INTEGERS: Final = (
    "integer nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger long int short byte "
    "unsignedLong unsignedInt unsignedShort unsignedByte"
).split()
"""The names of the XML Schema types of whole numbers."""
NUMBERS: Final = tuple(f"{XSD.iri}{name}" for name in ("decimal", *INTEGERS))
"""The datatypes whose values are compared as numbers."""
_NUMBERS: Final = frozenset(map(str.encode, NUMBERS))
_BOOLEAN: Final = f"{XSD.iri}boolean".encode()
_DATE: Final = f"{XSD.iri}date".encode()
_WKT: Final = GEO.wktLiteral.value.encode()
_TYPED: Final = re.compile(rb'"([^"\\]*)"\^\^<([^>]*)> \.$')
_TAGGED: Final = re.compile(rb'"@([A-Za-z0-9-]+) \.$')
_NUMBER: Final = re.compile(rb"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_POINT: Final = re.compile(rb"POINT ?\((-?[0-9]+(?:\.[0-9]+)?) (-?[0-9]+(?:\.[0-9]+)?)\)")
_DAY: Final = re.compile(rb"(-?)0*([0-9]{1,})-([0-9]{2}-[0-9]{2})(Z|[+-][0-9:]{5})?")
_BOOLEANS: Final = {b"1": b"true", b"0": b"false"}


def canonical(line: bytes) -> bytes:
    """A line of N-Triples, without its line end, in one form for all that have its value.

    Numbers of `xsd:decimal` and the types derived from it are equal where their values are (XML Schema 1.1 part 2,
    section 2.2.2); language tags are compared in lower case (RDF 1.1 Concepts, section 3.3).

    >>> canonical(b'<s> <p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .')
    b'<s> <p> "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal> .'
    >>> canonical(b'<s> <p> "Shusha"@EN .')
    b'<s> <p> "Shusha"@en .'
    >>> canonical(b'<s> <p> "POINT(46.500000374 39.6)"^^<http://www.opengis.net/ont/geosparql#wktLiteral> .')
    b'<s> <p> "POINT (46.5 39.6)"^^<http://www.opengis.net/ont/geosparql#wktLiteral> .'
    """
    if line.endswith(b"> ."):
        found = _TYPED.search(line)
        if not found:
            return line
        text, datatype = found.groups()
        if datatype in _NUMBERS and _NUMBER.fullmatch(text):
            value = f"{Decimal(text.decode()).normalize() + 0:f}".encode()
            return b'%s"%s"^^<%sdecimal> .' % (line[: found.start()], value, XSD.iri.encode())
        if datatype == _BOOLEAN:
            text = _BOOLEANS.get(text, text)
        elif datatype == _DATE and (day := _DAY.fullmatch(text)):
            sign, year, rest, zone = day.groups()
            text = b"%s%s-%s%s" % (sign, year.rjust(4, b"0"), rest, zone or b"")
        elif datatype == _WKT and (point := _POINT.fullmatch(text)):
            text = b"POINT (%s %s)" % tuple(map(_degrees, point.groups()))
        return b'%s"%s"^^<%s> .' % (line[: found.start()], text, datatype)
    if not line.endswith(b'" .') and (tagged := _TAGGED.search(line)):
        return line[: tagged.start(1)] + tagged[1].lower() + b" ."
    return line


def _degrees(text: bytes) -> bytes:
    """To as many digits as kg writes of points: a store may compute with them in single precision."""
    return f"{round(Decimal(text.decode()), 4).normalize() + 0:f}".encode()


def kind(line: bytes) -> str:
    """What of a line a store may keep in another form: the datatype of its literal, or its language tag."""
    found = _TYPED.search(line)
    return found[2].decode().rpartition("#")[2] if found else "language tag"
