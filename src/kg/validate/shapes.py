"""Shapes, read and understood once, for any number of validations."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg import formats
from kg.errors import InputError
from kg.validate.imports import with_imports
from kg.validate.nesting import FIRST, INSIDE, LISTS, NIL, REST, along
from kg.validate.rdflib_graph import to_rdflib
from kg.vocabulary import RDF, RDFS

if TYPE_CHECKING:
    import rdflib

SH_IRI: Final = "http://www.w3.org/ns/shacl#"
_NODE_SHAPE, _PROPERTY_SHAPE = NamedNode(SH_IRI + "NodeShape"), NamedNode(SH_IRI + "PropertyShape")
_TARGET_CLASS, _SUBJECTS_OF, _OBJECTS_OF = (
    NamedNode(SH_IRI + name) for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf")
)
TARGET_NODE: Final = NamedNode(SH_IRI + "targetNode")
_TYPE, _SUBCLASS = str(RDF.type).encode(), str(RDFS.subClassOf).encode()
_CLASSES: Final = frozenset({RDFS.Class, NamedNode("http://www.w3.org/2002/07/owl#Class")})
"""What engines take for a class; by SHACL (2.1.3.3) owl:Class is one only where a graph puts it below rdfs:Class."""
_MAKES_A_SHAPE: Final = frozenset({NamedNode(SH_IRI + "property"), NamedNode(SH_IRI + "node")})
_TARGETS: Final = frozenset({_TARGET_CLASS, _SUBJECTS_OF, _OBJECTS_OF, TARGET_NODE})
_WITHIN: Final = INSIDE | LISTS | {FIRST, REST}
_OF_VALUES: Final = frozenset(NamedNode(SH_IRI + name) for name in ("in", "languageIn", "ignoredProperties"))
_SHORT: Final = 20  # values of a list

_CLAIMS: Final = ("claim", "event-claim", "figure-claim", "role-claim", "statement")
_ENTITIES: Final = ("place", "geometry", "agent", "described-speaker", "role", "cited-document")
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "document": ("dataset", "source", "document", "span", *_CLAIMS, *_ENTITIES),
    "events": ("event", "finding"),
    "dataset": ("dataset", "source", "document", "span", *_CLAIMS, *_ENTITIES, "event", "finding"),
    "gazetteer": ("gazetteer",),
}
"""The shapes that a graph is held to: of one document, of what many documents make, of both, of a gazetteer."""


@dataclass(frozen=True, eq=False)
class Shapes:
    """A shapes graph; hashable by identity, so that engines can keep what they make of it."""

    triples: tuple[Triple, ...]
    names: Mapping[str, str]  # shape as N-Triples term -> IRI of the nearest named shape around it

    @cached_property
    def targets(self) -> frozenset[tuple[NamedNode, NamedNode | Literal]]:
        """Kinds of targets, each with its class or property or node."""
        return frozenset((kind, value) for _, kind, value in targets_of(self.triples))

    def with_short_lists(self) -> Iterator[Triple]:
        """The triples, where of long lists of mere values only the beginning is left, and long lists of shapes are
        several: who looks at shapes by shapes compares each rest of a list with each.
        """
        rests = {s: o for s, p, o in self.triples if p == REST}
        left_out: set[object] = set()
        ends: set[object] = set()
        for owner, predicate, head in self.triples:
            if predicate not in _OF_VALUES | LISTS:
                continue
            nodes = list(dict.fromkeys(islice(along(head, rests), len(rests))))
            if len(nodes) <= _SHORT or rests[nodes[-1]] != NIL:
                continue
            if predicate in _OF_VALUES:
                ends.add(nodes[_SHORT - 1])
                left_out.update(nodes[_SHORT:])
            else:  # each of which has to be well-formed
                ends.update(nodes[_SHORT - 1 :: _SHORT])
                yield from (Triple(owner, predicate, rests[end]) for end in nodes[_SHORT - 1 : -1 : _SHORT])
        for triple in self.triples:
            if triple.subject in ends and triple.predicate == REST:
                yield Triple(triple.subject, REST, NIL)
            elif triple.subject not in left_out:
                yield triple

    @cached_property
    def _said(self) -> Mapping[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for subject, predicate, value in self.triples:
            found.setdefault((str(subject), predicate.value), []).append(str(value))
        return {key: sorted(values) for key, values in found.items()}

    def said(self, shape: str, name: str) -> list[str]:
        """The values of a term of SHACL in a shape, all as N-Triples terms."""
        return self._said.get((shape, SH_IRI + name), [])

    @cached_property
    def graph(self) -> "rdflib.Graph":
        """The shapes as an rdflib graph, blank nodes by the same labels."""
        return to_rdflib(self.triples)

    def focus_nodes(self, lines: Collection[bytes]) -> Iterator[bytes]:
        """The nodes that the targets pick out of N-Triples, and by name, some more than once (SHACL, section 2.1.3)."""
        classes, subjects_of, objects_of = self._properties_and_classes
        if below := [line.split(b" ", 2) for line in lines if _SUBCLASS in line]:
            classes = classes | _subclasses(classes, [(s, o[:-2]) for s, p, o in below if p == _SUBCLASS])
        yield from (_term(value) for kind, value in self.targets if kind == TARGET_NODE)
        for line in lines:
            subject, predicate, value = line.split(b" ", 2)
            if predicate in subjects_of or (predicate == _TYPE and value[:-2] in classes):
                yield subject
            if predicate in objects_of:
                yield value[:-2]

    @cached_property
    def _properties_and_classes(self) -> tuple[frozenset[bytes], ...]:
        """Target classes and those that the shapes put below them, and properties of two kinds of targets."""
        classes = self._targets(_TARGET_CLASS)
        below = [(_term(s), _term(o)) for s, p, o in self.triples if p == RDFS.subClassOf]
        return classes | _subclasses(classes, below), self._targets(_SUBJECTS_OF), self._targets(_OBJECTS_OF)

    def _targets(self, kind: NamedNode) -> frozenset[bytes]:
        return frozenset(_term(value) for target, value in self.targets if target == kind)


def shapes_folder() -> Path:
    """Where our shapes are: in the installed package, or at the top of a checkout.

    Raises InputError where neither has them.
    """
    installed = resources.files("kg") / "shapes"
    candidates = (Path(str(installed)), Path(str(resources.files("kg"))).parents[1] / "shapes")
    for folder in candidates:
        if (folder / "dataset.ttl").is_file():
            return folder
    raise InputError("the shapes of kg are missing", where=str(candidates[0]), hint="install kg again")


@lru_cache(maxsize=len(PARTS))
def our_shapes(part: str = "dataset") -> Shapes:
    """The shapes of a part of our own data, read once; ``part`` is a key of `PARTS`."""
    folder = shapes_folder()
    return read_shapes([folder / f"{name}.ttl" for name in PARTS[part]])


def shapes_files(path: Path) -> Sequence[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.iterdir() if formats.by_path(file))
    if not files:
        raise InputError("the folder holds no RDF file", where=str(path), hint="name the files with the shapes")
    return files


def read_shapes(files: Sequence[Path], contexts: formats.Contexts | None = None) -> Shapes:
    """Shapes from files and what they import; raises InputError for what is not RDF."""
    triples = tuple(numbered(with_imports(files, contexts), "shape"))
    return Shapes(triples, _names(triples))


def numbered(triples: Iterable[Triple], letter: str = "b") -> Iterator[Triple]:
    """The triples with blank nodes numbered as they come: readers give them names of chance."""
    names: dict[BlankNode, BlankNode] = {}
    for triple in triples:
        if not isinstance(triple.subject, BlankNode) and not isinstance(triple.object, BlankNode):
            yield triple
            continue
        subject, value = triple.subject, triple.object
        if isinstance(subject, BlankNode):
            subject = names.setdefault(subject, BlankNode(f"{letter}{len(names) + 1}"))
        if isinstance(value, BlankNode):
            value = names.setdefault(value, BlankNode(f"{letter}{len(names) + 1}"))
        yield Triple(subject, triple.predicate, value)


def targets_of(triples: Collection[Triple]) -> Iterator[tuple[object, NamedNode, NamedNode | Literal]]:
    """Shapes with each of their targets; one that is also a class targets its instances (SHACL, section 2.1.3)."""
    typed = {s for s, p, o in triples if p == RDF.type and o in (_NODE_SHAPE, _PROPERTY_SHAPE)}
    shapes = typed.union(s for s, p, _ in triples if p in _MAKES_A_SHAPE)
    for subject, predicate, value in triples:
        if predicate in _TARGETS and isinstance(value, NamedNode | Literal):
            yield subject, predicate, value
        elif isinstance(subject, NamedNode) and subject in shapes and is_class(predicate, value):
            yield subject, _TARGET_CLASS, subject


def is_class(predicate: object, value: object) -> bool:
    """Whether a predicate and value say that a node is a class."""
    return predicate == RDF.type and value in _CLASSES


def only(shapes: Shapes, kept: Collection[object]) -> Shapes:
    """The shapes with the targets of some alone: the others are applied only where these refer to them."""
    dropped = {shape for shape, _, _ in targets_of(shapes.triples)}.difference(kept)
    triples = tuple(
        triple
        for triple in shapes.triples
        if triple.subject not in dropped
        or not (triple.predicate in _TARGETS or is_class(triple.predicate, triple.object))
    )
    return Shapes(triples, shapes.names)


def _names(triples: Iterable[Triple]) -> dict[str, str]:
    """For each blank shape the named one around it, found by going inwards from the named ones."""
    inner: dict[object, list[object]] = {}
    for subject, predicate, value in triples:
        if predicate in _WITHIN and not isinstance(value, NamedNode):
            inner.setdefault(subject, []).append(value)
    names: dict[str, str] = {}
    for named in sorted((node for node in inner if isinstance(node, NamedNode)), key=str):
        waiting = list(inner[named])
        while waiting:
            node = waiting.pop()
            if str(node) not in names:
                names[str(node)] = named.value
                waiting += inner.get(node, ())
    return names


def _subclasses(classes: Collection[bytes], below: Iterable[tuple[bytes, bytes]]) -> set[bytes]:
    """All classes below these, by pairs of rdfs:subClassOf (SHACL, section 1.1: SHACL instance)."""
    narrower: dict[bytes, list[bytes]] = {}
    for subject, value in below:
        narrower.setdefault(value, []).append(subject)
    found: set[bytes] = set()
    waiting = list(classes)
    while waiting:
        for one in narrower.get(waiting.pop(), ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


def _term(node: object) -> bytes:
    """A term as N-Triples writes it."""
    return str(node).encode()
