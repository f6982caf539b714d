"""Gazetteer files: Turtle in, entries and their names out."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import cast

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import InputError
from kg.gazetteer import terms
from kg.gazetteer.entries import Entry, NameKind
from kg.model import EntityKind

Triples = tuple[Triple, ...]
Described = dict[str, Triples]
"""The triples of each entry, by its key, in the order of the file."""

HINT = "docs/gazetteer.md shows the form"
_KEY = re.compile(r"(?:place|agent|role)/[A-Za-z0-9_-]+")
_KINDS: dict[str, EntityKind] = {
    terms.PLACE.value: "place",
    terms.ORGANIZATION.value: "organization",
    terms.PERSON.value: "person",
    terms.ROLE.value: "role",
}
_NAMES: dict[NamedNode, NameKind] = {
    terms.LABEL: "name",
    terms.ALTERNATE: "name",
    terms.ACRONYM: "acronym",
    terms.DEMONYM: "demonym",
    terms.PEOPLE: "people",
}


def read(turtle: bytes, where: str) -> Described:
    """Parse one file; raises InputError with file and line where it cannot be used."""
    found: dict[str, list[Triple]] = {}
    try:
        for quad in parse(turtle, format=RdfFormat.TURTLE, base_iri=terms.BASE):
            found.setdefault(key_of(quad.subject, where), []).append(quad.triple)
    except SyntaxError as error:
        raise InputError(f"not Turtle: {error.msg}", where=f"{where}, line {error.lineno}", hint=HINT) from error
    return {key: tuple(triples) for key, triples in found.items()}


def merge(first: Triples, more: Triples) -> Triples:
    """One description of two: what may be said once is said by the first; a second label is another name."""
    once = {triple.predicate for triple in first if triple.predicate in terms.ONCE}
    languages = {_language(triple) for triple in first if triple.predicate == terms.LABEL}
    merged = dict.fromkeys(first)
    for triple in more:
        if triple.predicate in once:
            continue
        if triple.predicate == terms.LABEL and _language(triple) in languages:
            triple = Triple(triple.subject, terms.ALTERNATE, triple.object)
        merged[triple] = None
    return tuple(merged)


def entry(key: str, triples: Triples, *, country: str, curated: bool, where: str = "") -> Entry:
    """The entry that the triples describe; raises InputError where they describe none."""
    values: dict[NamedNode, str] = {}
    for triple in triples:
        if triple.predicate != terms.LABEL or _language(triple) == "en":
            values.setdefault(triple.predicate, cast(NamedNode | Literal, triple.object).value)
    kinds = {_KINDS[kind] for kind in _all(triples, terms.A) if kind in _KINDS}
    if len(kinds) != 1:
        raise InputError(
            f"{key} must be one of schema:AdministrativeArea, schema:Organization, schema:Person, org:Role",
            where=where,
            hint=HINT,
        )
    if terms.LABEL not in values:
        raise InputError(f"{key} has no English label", where=where, hint='add rdfs:label "..."@en')
    (kind,) = kinds

    def number(predicate: NamedNode) -> Decimal | None:
        try:
            return Decimal(values[predicate]) if predicate in values else None
        except InvalidOperation as error:
            raise InputError(f"{key}: {values[predicate]!r} is not a number", where=where, hint=HINT) from error

    return Entry(
        key=key,
        kind=kind,
        type=values.get(terms.TYPE, kind),
        name=values[terms.LABEL],
        country=country,
        within=within(triples, where),
        area_km2=number(terms.AREA),
        population=int(number(terms.POPULATION) or 0),
        curated=curated,
        latitude=number(terms.LATITUDE),
        longitude=number(terms.LONGITUDE),
    )


def within(triples: Triples, where: str = "") -> tuple[str, ...]:
    """The keys of what directly contains the entry."""
    return tuple(key_of(triple.object, where) for triple in triples if triple.predicate == terms.WITHIN)


def country(key: str, triples: Triples) -> str:
    """The country that the entry itself names: it is one, or it belongs to one."""
    if any(value in ("country", "territory") for value in _all(triples, terms.TYPE)):
        return key.removeprefix("place/")
    return next((value.rpartition("/")[2] for value in _all(triples, terms.LOCATION)), "")


def names(triples: Iterable[Triple]) -> Iterator[tuple[NameKind, str]]:
    """Every way to name the entry, as (kind, text), in the order of the file."""
    for triple in triples:
        kind = _NAMES.get(triple.predicate)
        if kind:
            yield kind, cast(Literal, triple.object).value


def english(triples: Iterable[Triple]) -> Iterator[str]:
    """The entry's names in English."""
    for triple in triples:
        if _NAMES.get(triple.predicate) == "name" and _language(triple) == "en":
            yield cast(Literal, triple.object).value


def key_of(node: object, where: str = "") -> str:
    """The key of an entry's IRI; raises InputError for any other node."""
    if isinstance(node, NamedNode) and node.value.startswith(terms.BASE):
        key = node.value.removeprefix(terms.BASE)
        if _KEY.fullmatch(key):
            return key
    raise InputError(
        f"{node} is not place/, agent/ or role/ and one segment below {terms.BASE}", where=where, hint=HINT
    )


def _all(triples: Iterable[Triple], predicate: NamedNode) -> list[str]:
    return [cast(NamedNode | Literal, triple.object).value for triple in triples if triple.predicate == predicate]


def _language(triple: Triple) -> str | None:
    return triple.object.language if isinstance(triple.object, Literal) else None
