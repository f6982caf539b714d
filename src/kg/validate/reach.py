"""What shapes see from their focus nodes: which of them look along properties backwards, and how far."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.validate.shapes import TARGET_NODE, Shapes, is_class, only, targets_of
from kg.vocabulary import RDF, RDFS

_SH: Final = "http://www.w3.org/ns/shacl#"
_RDF: Final = RDF.type.value.removesuffix("type")
_CLASSES: Final = frozenset(str(predicate).encode() for predicate in (RDF.type, RDFS.subClassOf))
COMPARED: Final = ("equals", "disjoint", "lessThan", "lessThanOrEquals")
INSIDE: Final = ("property", "node", "not", "qualifiedValueShape")
LISTS: Final = ("and", "or", "xone")
REPEATED: Final = ("zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
CORE: Final = frozenset(
    "path inversePath alternativePath targetClass targetNode targetSubjectsOf targetObjectsOf class datatype nodeKind "
    "minCount maxCount minExclusive minInclusive maxExclusive maxInclusive minLength maxLength pattern flags in "
    "languageIn uniqueLang qualifiedMinCount qualifiedMaxCount qualifiedValueShapesDisjoint closed ignoredProperties "
    "hasValue severity message deactivated name description order group defaultValue".split()
).union(COMPARED, INSIDE, LISTS, REPEATED)
"""The terms of SHACL Core, sections 2 to 4; what is said with others may look anywhere."""


@dataclass(frozen=True, eq=False)
class Backward:
    """A shape that looks along properties backwards."""

    name: str  # IRI
    shapes: Shapes  # it alone
    inverse: frozenset[bytes]  # the properties, and those whose values it targets
    predicates: frozenset[bytes]  # that it looks at in other nodes than its focus nodes
    nodes: frozenset[bytes]  # that it targets by name
    values_of: frozenset[bytes]  # properties whose values it targets
    is_deep: bool  # it does so from other nodes than its focus nodes too, which are all targeted by name

    def targets_literals(self, lines: Sequence[bytes]) -> bool:
        """Whether a literal is among its focus nodes."""
        triples = (line.split(b" ", 2) for line in lines) if self.values_of else ()
        return any(predicate in self.values_of and value[:1] == b'"' for _, predicate, value in triples)


@dataclass(frozen=True, eq=False)
class Sight:
    """What to ask of each part of a graph, and the shapes that see more than a part."""

    shapes: Shapes  # all but those of `backward` that are deep
    backward: tuple[Backward, ...]
    nodes: frozenset[bytes]  # that are targeted by name, wherever they are


@lru_cache(maxsize=8)
def sight_of(shapes: Shapes) -> Sight | None:
    """What the shapes see; None where that is not known: they are not of SHACL Core, or look far backwards."""
    reader = _Reader(shapes)
    if not reader.terms <= CORE or ("inversePath" in reader.terms and reader.is_obscure):
        return None
    targets = list(targets_of(shapes.triples))
    tops = list(dict.fromkeys(shape for shape, _, _ in targets))
    found = {shape: reader.backward(shape) for shape in tops if any(step.is_inverse for step in reader.steps(shape))}
    backward = [one for one in found.values() if one]
    if len(backward) < len(found):
        return None
    shallow = [shape for shape in tops if not (one := found.get(shape)) or not one.is_deep]
    nodes = frozenset(str(value).encode() for _, kind, value in targets if kind == TARGET_NODE)
    return Sight(only(shapes, shallow), tuple(backward), nodes)


class _Step(NamedTuple):
    """One property in a path."""

    predicate: NamedNode
    is_inverse: bool
    is_first: bool  # it is taken from a focus node


class _Reader:
    """A shapes graph by its nodes."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapes
        self.terms: set[str] = set()  # of SHACL
        self._values: dict[tuple[object, str], list[Any]] = defaultdict(list)  # of a node, by the end of a property
        for subject, predicate, value in shapes.triples:
            namespace, mark, name = predicate.value.rpartition("#")
            if namespace + mark in (_SH, _RDF):
                self._values[subject, name].append(value)
            if namespace + mark == _SH:
                self.terms.add(name)

    @property
    def is_obscure(self) -> bool:
        """Whether a shape may have more targets than `targets_of` knows, or depend on shapes beside it.

        Engines take for a class also what is of a class below rdfs:Class, or has no name (SHACL, section 2.1.3.3).
        """
        triples = self.shapes.triples
        used = {s for s, p, _ in triples if p.value.startswith(_SH)}
        known = {shape for shape, _, value in targets_of(triples) if shape == value}
        types = [(s, p, o) for s, p, o in triples if p == RDF.type and s in used and not str(o).startswith(f"<{_SH}")]
        is_known = all(s in known and is_class(p, o) for s, p, o in types)
        return not is_known or "qualifiedValueShapesDisjoint" in self.terms

    def backward(self, shape: object) -> Backward | None:
        """A shape that looks backwards; None where parts and more could not tell all that it says."""
        steps, inside = list(self.steps(shape)), list(self._inside(shape))
        targets = [value for top, _, value in targets_of(self.shapes.triples) if top == shape]
        nodes, values_of = (self._terms(shape, f"target{kind}") for kind in ("Node", "ObjectsOf"))
        is_deep = any(step.is_inverse and not step.is_first for step in steps)
        if (is_deep and len(nodes) < len(targets)) or any(isinstance(value, Literal) for value in targets):
            return None
        if not isinstance(shape, NamedNode):
            return None
        for inner, is_for_focus in inside:
            # What is found under another name, or of another focus node, would not be known for this shape's own.
            if inner != shape and self.shapes.names.get(str(inner)) != shape.value:
                return None
            is_for_values = not is_for_focus or self._values[inner, "path"]
            if is_for_values and (self._values[inner, "property"] or self._values[inner, "closed"]):
                return None
        for top in {top for top, _, _ in targets_of(self.shapes.triples)} - {shape}:
            # Nor would it be known which of two shapes has found something that both report under one name.
            if any(self.shapes.names.get(str(inner)) == shape.value for inner, _ in self._inside(top)):
                return None
        compared = [self._terms(inner, name) for inner, _ in inside for name in COMPARED]
        along = frozenset(str(step.predicate).encode() for step in steps)
        return Backward(
            shape.value,
            only(self.shapes, [shape]),
            frozenset(str(step.predicate).encode() for step in steps if step.is_inverse) | values_of,
            along.union(_CLASSES, *compared),
            nodes,
            values_of,
            is_deep,
        )

    def _terms(self, node: object, name: str) -> frozenset[bytes]:
        return frozenset(str(value).encode() for value in self._values[node, name])

    def steps(self, shape: object) -> Iterator[_Step]:
        """The properties along which a shape looks, and all shapes that are in it."""
        for inner, is_for_focus in self._inside(shape):
            for path in self._values[inner, "path"]:
                yield from self._path(path, is_for_focus)

    def _inside(self, shape: object) -> Iterator[tuple[object, bool]]:
        """A shape and all that are in it, each with whether it is applied to the focus nodes themselves."""
        waiting, seen = [(shape, True)], set()
        while waiting:
            one = inner, is_for_focus = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            yield one
            of_values = bool(self._values[inner, "path"])
            others = [value for name in INSIDE for value in self._values[inner, name]]
            others += [each for name in LISTS for start in self._values[inner, name] for each in self._list(start)]
            waiting += [(other, is_for_focus and not of_values) for other in others]

    def _path(self, path: Any, is_first: bool) -> Iterator[_Step]:
        if isinstance(path, NamedNode):
            yield _Step(path, False, is_first)
        for inner in self._values[path, "inversePath"]:
            if isinstance(inner, NamedNode):
                yield _Step(inner, True, is_first)
            else:  # the other way round, of which the steps are told to be either
                for step in self._path(inner, False):
                    yield from (step, step._replace(is_inverse=True))
        for start in self._values[path, "alternativePath"]:
            for inner in self._list(start):
                yield from self._path(inner, is_first)
        for name in REPEATED:
            for inner in self._values[path, name]:
                yield from self._path(inner, False)
        for place, inner in enumerate(self._list(path)):
            yield from self._path(inner, is_first and place == 0)

    def _list(self, start: Any) -> Iterator[Any]:
        seen = set()
        while start not in seen and self._values[start, "first"]:
            seen.add(start)
            yield self._values[start, "first"][0]
            start = next(iter(self._values[start, "rest"]), None)
