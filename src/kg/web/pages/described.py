"""Triples as a person reads them: each subject with its properties, by name."""

import pyoxigraph as ox

from kg.web.pages.view import Fact, Facts, Thing

MOST = 200  # subjects


def described(facts: Facts, turtle: bytes) -> list[tuple[Thing, list[Fact]]]:
    """The subjects of triples in Turtle, in their order; none where the text is cut or none can be read."""
    found: dict[str, dict[str, list[str | Thing]]] = {}
    try:
        for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode):
                of_subject = found.setdefault(quad.subject.value, {})
                of_subject.setdefault(facts.short(quad.predicate.value), []).append(_value(facts, quad.object))
    except SyntaxError:
        return []
    shown = list(found.items())[:MOST]
    return [(_thing(facts, iri), [Fact(word, tuple(values)) for word, values in of.items()]) for iri, of in shown]


def _value(facts: Facts, term: object) -> str | Thing:
    if isinstance(term, ox.NamedNode):
        return _thing(facts, term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)


def _thing(facts: Facts, iri: str) -> Thing:
    return (
        facts.thing(iri)
        if facts.known(iri)
        else Thing(iri, facts.short(iri), facts.path(iri) if "#" in facts.path(iri) else "")
    )
