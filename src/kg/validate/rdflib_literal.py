"""Literals of rdflib that are judged and compared as the fast engine does it."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, QueryBoolean, Store
from rdflib.term import Literal as RdflibLiteral
from rdflib.term import URIRef

from kg.text.lexical import ILL_FORMED, XSD, is_well_formed

_STRING: Final = XSD + "string"


class _Moment(datetime):
    """A datetime that pySHACL leaves the literals to compare, as it does not with Python's own."""


class _Clock(time):
    """The same of a time."""


_STAND_INS: Final = {
    f"{XSD}date": date.max,
    f"{XSD}dateTime": _Moment(9999, 12, 31),
    f"{XSD}time": _Clock(),
    f"{XSD}integer": 0,
}
"""pySHACL wants of a value its class alone; Python has no year 12024, no 24:00 and no number of 5,000 digits."""


class XsdLiteral(RdflibLiteral):
    """A literal of rdflib, kept as it is written, that is judged by `is_well_formed` and compared by Oxigraph.

    rdflib itself takes a dateTime for a date and "1e3" for a decimal, knows no year before 1 or after 9999, and orders
    what SPARQL calls incomparable.
    """

    def __new__(cls, text: str, lang: str | None = None, datatype: str | None = None, **_: object) -> XsdLiteral:
        made: XsdLiteral = super().__new__(cls, text)
        made._language, made._datatype = lang, URIRef(datatype) if datatype else None
        made._ill_typed = not is_well_formed(text, datatype) if datatype else False
        made._value = None if made._ill_typed or not datatype else _of_python(text, datatype)
        return made

    @property
    def value(self) -> Any:
        """Of a string itself: a str, but compared by what is below."""
        return self._value if self._datatype else self

    def __bool__(self) -> bool:
        return bool(self._value) if self._datatype else len(self) > 0

    def eq(self, other: object) -> bool:
        """Whether both are one value; raises TypeError where they cannot be compared."""
        if not any(_holds(self, operator, other) for operator in ("<", "=", ">")):
            raise TypeError("cannot be compared")
        return _holds(self, "=", other)

    def __lt__(self, other: object) -> bool:
        return _holds(self, "<", other)

    def __le__(self, other: object) -> bool:
        return _holds(self, "<=", other)

    def __gt__(self, other: object) -> bool:
        return _holds(self, ">", other)

    def __ge__(self, other: object) -> bool:
        return _holds(self, ">=", other)


def _of_python(text: str, datatype: str) -> Any:
    found = RdflibLiteral(text, datatype=URIRef(datatype), normalize=False).value
    if isinstance(found, datetime):
        return _Moment.combine(found.date(), found.timetz())
    if isinstance(found, time):
        return _Clock(found.hour, found.minute, found.second, found.microsecond, found.tzinfo)
    return _STAND_INS.get(datatype) if found is None else found


def _holds(one: object, operator: str, other: object) -> bool:
    """Whether SPARQL says so."""
    if not (isinstance(one, RdflibLiteral) and isinstance(other, RdflibLiteral)):
        return False
    return _asked(_written(one), operator, _written(other))


@cache
def _store() -> Store:
    return Store()


def _asked(one: str, operator: str, other: str) -> bool:
    answer = _store().query(f"ASK {{ FILTER({one} {operator} {other}) }}")
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


def _written(literal: RdflibLiteral) -> str:
    if literal.language:
        return str(Literal(str(literal), language=literal.language))
    datatype = f"{literal.datatype or _STRING}{ILL_FORMED if literal.ill_typed else ''}"
    return str(Literal(str(literal), datatype=NamedNode(datatype)))
