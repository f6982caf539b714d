"""Gazetteer files: Turtle in, entries and their names out."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import cast

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import InputError
from kg.gazetteer import terms
from kg.gazetteer.entries import Entry, NameKind
from kg.model import EntityKind

Described = dict[str, tuple[Triple, ...]]
"""The triples of each entry, by its key, in the order of the file."""

_KINDS: dict[NamedNode, EntityKind] = {
    terms.PLACE: "place",
    terms.ORGANIZATION: "organization",
    terms.PERSON: "person",
    terms.ROLE: "role",
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
            found.setdefault(_key(quad.subject, where), []).append(quad.triple)
    except SyntaxError as error:
        raise InputError(
            f"not Turtle: {error.msg}", where=f"{where}, line {error.lineno}", hint="see docs/gazetteer.md for the form"
        ) from error
    return {key: tuple(triples) for key, triples in found.items()}


def entry(key: str, triples: Iterable[Triple], *, curated: bool, where: str) -> Entry:
    """The entry that the triples describe; raises InputError where they describe none."""
    values: dict[NamedNode, list[NamedNode | Literal]] = {}
    for triple in triples:
        values.setdefault(triple.predicate, []).append(cast(NamedNode | Literal, triple.object))
    kinds = [_KINDS[kind] for kind in values.get(terms.A, []) if kind in _KINDS]
    if len(set(kinds)) != 1:
        raise InputError(
            f"<{key}> is not one of place, organization, person, role", where=where, hint="give it one such type"
        )
    name = next((label.value for label in values.get(terms.LABEL, []) if _is_english(label)), "")
    if not name:
        raise InputError(f"<{key}> has no English label", where=where, hint='add rdfs:label "..."@en')
    within = tuple(_key(node, where) for node in values.get(terms.WITHIN, []))

    def first(predicate: NamedNode) -> str:
        return values[predicate][0].value if predicate in values else ""

    def number(predicate: NamedNode) -> Decimal | None:
        return Decimal(first(predicate)) if predicate in values else None

    return Entry(
        key=key,
        kind=kinds[0],
        type=first(terms.TYPE) or kinds[0],
        name=name,
        country=first(terms.COUNTRY),
        within=within,
        area_km2=number(terms.AREA),
        population=int(first(terms.POPULATION) or 0),
        curated=curated,
        latitude=number(terms.LATITUDE),
        longitude=number(terms.LONGITUDE),
    )


def names(triples: Iterable[Triple]) -> Iterator[tuple[NameKind, str]]:
    """Every way to name the entry, as (kind, text), in the order of the file."""
    for triple in triples:
        kind = _NAMES.get(triple.predicate)
        if kind:
            yield kind, cast(Literal, triple.object).value


def _is_english(node: NamedNode | Literal) -> bool:
    return isinstance(node, Literal) and node.language == "en"


def _key(node: object, where: str) -> str:
    if isinstance(node, NamedNode) and node.value.startswith(terms.BASE):
        return node.value.removeprefix(terms.BASE)
    raise InputError(f"{node} is not an IRI below {terms.BASE}", where=where, hint="see docs/gazetteer.md for the form")
