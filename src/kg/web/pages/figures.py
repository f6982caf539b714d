"""Numbers of claims as their documents write them: with their own unit, their own noun."""

from decimal import Decimal
from typing import Final

import pyoxigraph as ox

from kg.dataset.graph import Graph
from kg.domain import FIGURES
from kg.text.quantities import find_quantities
from kg.text.tokens import tokenize
from kg.vocabulary import KG, NIF, QUDT
from kg.web.pages.wording import QUALIFIERS, UNITS, number_words, plural

_MEASURED: Final = frozenset(figure.name for figure in FIGURES if figure.unit)
_KILOMETRE: Final = 1000
_COUNT: Final = frozenset({"count"})
_KINDS: Final = {KG[figure.term]: figure.name for figure in FIGURES}


def figure_words(graph: Graph, claim: ox.NamedNode) -> str:
    """The value of a figure in the words of its quote, where they are a number with a unit or a counted noun.

    Else the value as the dataset has it, with its unit or noun.
    """
    value = graph.one(claim, QUDT.numericValue)
    kinds = {_KINDS[kind] for kind in graph.nodes(claim, KG.figureKind) if kind in _KINDS}
    wanted: frozenset[str] = frozenset(kinds & _MEASURED) or _COUNT
    if written := _written(graph, claim, wanted, value):
        return written
    return converted_words(graph, claim) if kinds & _MEASURED else _counted(graph, claim, value)


def converted_words(graph: Graph, claim: ox.NamedNode) -> str:
    """The value of a figure in the unit of the dataset; metres, where there are a thousand of them, as kilometres."""
    unit = next((UNITS[unit] for unit in graph.nodes(claim, QUDT.hasUnit) if unit in UNITS), "")
    value, exact = graph.one(claim, QUDT.numericValue), graph.one(claim, KG.qualifier)
    if unit == "m" and Decimal(value) >= _KILOMETRE:
        value, unit = f"{(Decimal(value) / _KILOMETRE).normalize():f}", "km"
    return number_words(value, unit, exact)


def area_words(graph: Graph, claim: ox.NamedNode) -> str:
    """An area that an event claim states in another unit, in the words of its quote; empty where they are not found."""
    return _written(graph, claim, frozenset({"area"}), graph.one(claim, KG.areaKm2))


def _counted(graph: Graph, claim: ox.NamedNode, value: str) -> str:
    noun = graph.one(claim, KG.countOf)
    return number_words(value, noun if value in ("1", "1.0") else plural(noun), graph.one(claim, KG.qualifier))


def _written(graph: Graph, claim: ox.NamedNode, kinds: frozenset[str], value: str) -> str:
    """The words of the claim's quote that are this quantity; empty where none or several different ones are."""
    if not value:
        return ""
    noun = graph.one(claim, KG.countOf)
    found = set()
    for span in graph.nodes(claim, KG.mainEvidence):
        text = graph.one(span, NIF.anchorOf)
        for one in find_quantities(text, tokenize(text, 0, len(text)), 0):
            fits = one.kind in kinds and one.value == Decimal(value) and (one.kind != "count" or one.unit == noun)
            if fits and one.qualifier in ("exact", graph.one(claim, KG.qualifier)):
                found.add(" ".join(text[one.start : one.end].split()).rstrip("."))
    if len(found) != 1:
        return ""
    (words,) = found
    return f"{QUALIFIERS.get(graph.one(claim, KG.qualifier), '')}{words}"
