"""Names that nobody knows, as a Turtle file for a person to edit and to give to ``--gazetteer``."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.gazetteer.lookup import Gazetteer
from kg.text.folding import slug

_HEAD = """\
# Names that no gazetteer knows, the most frequent first. Every line is a comment: as it is, this file changes nothing.
# For each name keep one line: take its "# " away and check or complete it. Then: kg build ... --gazetteer THIS-FILE
#
# - another name of a known entry: the first lines, with how similar (0 to 1) the entry's best name is;
# - an entry of its own: the last line. docs/gazetteer.md shows what more it can say.

@prefix place: <https://kg.example/place/> .
@prefix agent: <https://kg.example/agent/> .
@prefix role: <https://kg.example/role/> .
@prefix kg: <https://kg.example/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix org: <http://www.w3.org/ns/org#> .
"""
_OWN = {
    "place": "place:{slug} a schema:AdministrativeArea, geo:Feature ; schema:additionalType {type} ; "
    "rdfs:label {name} ; schema:containedInPlace place:XX .",
    "organization": "agent:{slug} a schema:Organization ; schema:additionalType {type} ; rdfs:label {name} .",
    "person": "agent:{slug} a schema:Person ; rdfs:label {name} .",
}
_TYPES = {"place": '"city"', "organization": '"organization"'}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that was not resolved: how often, in what words, and keys with scores (`Gazetteer.suggest`)."""

    name: str
    kind: str  # place, organization or person
    count: int
    contexts: tuple[str, ...] = ()
    candidates: tuple[tuple[str, float], ...] = ()


def suggestions_turtle(unknown: Iterable[Unknown], gazetteer: Gazetteer) -> str:
    """The names as Turtle, all in comments, that `load` accepts before and after a person edited it."""
    ordered = sorted(unknown, key=lambda one: (-one.count, one.name, one.kind, one.contexts))
    return _HEAD + "".join(f"\n{line}" for one in ordered for line in _lines(one, gazetteer)) + "\n"


def _lines(one: Unknown, gazetteer: Gazetteer) -> Iterator[str]:
    name = f'"{one.name.translate(_ESCAPES)}"@en'
    yield f"\n# {' '.join(one.name.split())} ({one.kind}, {one.count} {'time' if one.count == 1 else 'times'})"
    for context in one.contexts:
        yield f"#     ... {' '.join(context.split())} ..."
    for key, score in one.candidates:
        entry = gazetteer.entry(key)
        if entry:
            label = f"{entry.name}, {entry.type}" + (f", {entry.country}" if entry.country else "")
            yield f"# {key.replace('/', ':', 1)} schema:alternateName {name} .  # {score:.2f} {label}"
    if one.kind in _OWN:
        yield "# " + _OWN[one.kind].format(slug=slug(one.name), name=name, type=_TYPES.get(one.kind, ""))
