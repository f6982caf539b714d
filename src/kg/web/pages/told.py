"""What one document alone tells of, together: its claims in full, and the things that no other document names."""

from typing import Any

import pyoxigraph as ox

from kg.vocabulary import DCTERMS, KG
from kg.web.pages.homes import Homes
from kg.web.pages.periods import CONTESTED
from kg.web.pages.view import Fact, Facts


def told_in(facts: Facts, homes: Homes, document: str) -> list[ox.NamedNode]:
    """What the document of an id alone tells of, its claims with it, and the source that it is the first of; sorted."""
    node = facts.node(f"document/{document}")
    found = set(facts.graph.nodes(node, DCTERMS.isPartOf)) if document.endswith("-1") else set()
    ahead = [node, *facts.graph.subjects(DCTERMS.source, node)]
    while ahead:
        one = ahead.pop()
        named = [term for _, term in facts.graph.said(one) if isinstance(term, ox.NamedNode)]
        new = {term for term in (one, *named) if homes.document(facts.path(term.value)) == document} - found
        found |= new
        ahead += new - {one}
    return sorted(found, key=lambda one: one.value)


def in_short(facts: Facts, node: ox.NamedNode, about: list[Fact]) -> dict[str, Any]:
    """A thing among others: its names, what is said ``about`` it, and the claims that name it."""
    differing = tuple(CONTESTED[one] for one in facts.graph.nodes(node, KG.contested) if one in CONTESTED)
    return {
        "thing": facts.thing(node.value),
        "labels": facts.labels(node),
        "facts": [*about, *([Fact("its claims differ on", differing)] if differing else [])],
        "claims": [facts.thing(one.value) for one in facts.claims_about(node)],
    }
