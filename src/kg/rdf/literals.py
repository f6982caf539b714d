"""Values as RDF literals, in one lexical form each."""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal

from kg.text import edtf
from kg.vocabulary import EDTF, XSD


def text(value: str, language: str) -> Literal:
    """Words in a language; ``und`` (undetermined, ISO 639-2) where its tag is malformed."""
    return Literal(value, language=_tag(language))


@lru_cache(maxsize=4096)
def decimal(value: Decimal) -> Literal:
    """The canonical form of XSD 1.0: at least one digit on each side of the point, no more zeros than that.

    >>> decimal(Decimal("4400")).value, decimal(Decimal("1.250")).value, decimal(Decimal("1E+2")).value
    ('4400.0', '1.25', '100.0')
    """
    whole, _, fraction = f"{value:f}".partition(".")
    return Literal(f"{whole}.{fraction.rstrip('0') or '0'}", datatype=XSD.decimal)


def count(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


def offset(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.nonNegativeInteger)


def day(value: date) -> Literal:
    return Literal(value.isoformat(), datatype=XSD.date)


def edtf_date(value: str) -> Literal:
    return Literal(value, datatype=EDTF)


def published(value: str) -> Literal:
    """A date of publication: ``xsd:date`` where it is a day, else EDTF."""
    is_day = edtf.is_valid(value) and edtf.precision(value) == 3 and value[-1].isdigit() and value[0] != "X"
    return Literal(value, datatype=XSD.date if is_day else EDTF)


@lru_cache(maxsize=256)
def _tag(language: str) -> str:
    try:
        return Literal("", language=language).language or "und"
    except ValueError:
        return "und"
