"""What shapes need to see of each node, read out of the shapes; or why less than the whole graph will not do."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import NamedNode

from kg.errors import InputError
from kg.validate.reach import COMPARED, CORE, INSIDE, LISTS, REPEATED
from kg.validate.shapes import SH_IRI, Shapes, targets_of
from kg.vocabulary import RDF

Sort = str
"""What kind of node a path has come to, such as an event, a claim, or a value of which nothing is known."""
VALUE: Final = "value"
_FOCUS: Final = {"targetClass": "classes", "targetSubjectsOf": "subjects_of", "targetObjectsOf": "objects_of"}


@dataclass(frozen=True)
class Given:
    """A graph that holds something of each node.

    Of the sorts in `whole` it has every triple, of those in `asked` the ones that are asked for, of those in `some`
    the named ones; of a value none. A step that is not in `steps` leads to a value; backwards it leads nowhere if its
    sort is `closed`, which nothing else points to, and else the graph cannot tell.
    """

    whole: frozenset[Sort]
    asked: frozenset[Sort]
    some: Mapping[Sort, frozenset[NamedNode]]
    steps: Mapping[tuple[Sort, NamedNode, bool], Sort]  # from a sort, along a property, backwards or not
    closed: frozenset[Sort]
    classes: Mapping[NamedNode, frozenset[Sort]]
    subjects_of: Mapping[NamedNode, frozenset[Sort]]
    objects_of: Mapping[NamedNode, frozenset[Sort]]


@dataclass
class Needs:
    """The properties that are to be given of the sorts that are asked; `everything`: all that there are."""

    properties: set[NamedNode] = field(default_factory=set)
    everything: bool = False


def needs(shapes: Shapes, given: Given) -> Needs:
    """What the shapes look at in nodes of which only what is asked for is given.

    Raises InputError, with the shape and what it wants, where the graph cannot have it.
    """
    reader = _Reader(shapes, given)
    for shape, kind, value in targets_of(shapes.triples):
        reader.name = shapes.names.get(str(shape), str(shape).strip("<>"))
        reader.read(shape, reader.focus(kind, value))
    return reader.needs


class _Reader:
    """Goes through shapes with the sorts of nodes that each is applied to."""

    def __init__(self, shapes: Shapes, given: Given) -> None:
        self.given, self.needs, self.name = given, Needs(), ""
        self._seen: set[tuple[object, frozenset[Sort]]] = set()
        self._values: dict[tuple[object, str], list[Any]] = defaultdict(list)
        for subject, predicate, value in shapes.triples:
            namespace, mark, name = predicate.value.rpartition("#")
            self._values[subject, name].append(value)
            if namespace + mark == SH_IRI and name not in CORE:
                raise InputError(
                    f"sh:{name} is not of SHACL Core, and may look anywhere",
                    where=shapes.names.get(str(subject), str(subject).strip("<>")),
                    hint="put it into shapes of your own, for `kg validate`",
                )

    def focus(self, kind: NamedNode, value: object) -> frozenset[Sort]:
        """The sorts of the nodes that a target picks out."""
        name = kind.value.rpartition("#")[2]
        known = getattr(self.given, _FOCUS[name]) if name in _FOCUS else {}
        if value not in known:
            raise self._refusal(f"targets {value} (sh:{name})")
        if name == "targetClass":
            self._look(known[value], RDF.type)
        elif name == "targetSubjectsOf" and isinstance(value, NamedNode):
            self._look(known[value], value)
        sorts: frozenset[Sort] = known[value]
        return sorts

    def read(self, shape: object, sorts: frozenset[Sort]) -> None:
        """What a shape looks at where it is applied to nodes of these sorts."""
        if (shape, sorts) in self._seen:
            return
        self._seen.add((shape, sorts))
        for path in self._values[shape, "path"]:
            self._compare(shape, sorts)
            sorts = self._follow(path, sorts, backwards=False)
        if not self._values[shape, "path"]:
            self._compare(shape, sorts)
        if self._values[shape, "class"]:
            self._look(sorts, RDF.type)
        if any(value.value == "true" for value in self._values[shape, "closed"]):
            self._look_at_all(sorts)
        inner = [value for name in INSIDE for value in self._values[shape, name]]
        inner += [each for name in LISTS for start in self._values[shape, name] for each in self._list(start)]
        for other in inner:
            self.read(other, sorts)

    def _compare(self, shape: object, sorts: Collection[Sort]) -> None:
        for name in COMPARED:
            for predicate in self._values[shape, name]:
                self._look(sorts, predicate)

    def _follow(self, path: Any, sorts: frozenset[Sort], *, backwards: bool) -> frozenset[Sort]:
        """The sorts of the nodes at the end of a path."""
        if isinstance(path, NamedNode):
            return frozenset(end for sort in sorts for end in self._step(sort, path, backwards=backwards))
        ends: frozenset[Sort] = frozenset()
        for inner in self._values[path, "inversePath"]:
            ends |= self._follow(inner, sorts, backwards=not backwards)
        for start in self._values[path, "alternativePath"]:
            for inner in self._list(start):
                ends |= self._follow(inner, sorts, backwards=backwards)
        for name in REPEATED:
            for inner in self._values[path, name]:
                ends |= self._repeat(inner, sorts, backwards=backwards)
        if steps := list(self._list(path)):
            at = sorts
            for inner in reversed(steps) if backwards else steps:
                at = self._follow(inner, at, backwards=backwards)
            ends |= at
        return ends

    def _repeat(self, path: Any, sorts: frozenset[Sort], *, backwards: bool) -> frozenset[Sort]:
        reached, ends = frozenset[Sort](), sorts
        while not ends <= reached:
            reached |= ends
            ends = self._follow(path, reached, backwards=backwards)
        return reached

    def _step(self, sort: Sort, predicate: NamedNode, *, backwards: bool) -> Iterator[Sort]:
        if backwards:
            if (sort, predicate, True) in self.given.steps:
                yield self.given.steps[sort, predicate, True]
            elif sort not in self.given.closed:
                raise self._refusal(f"looks for what points to a {sort} along {predicate}")
            return
        self._look([sort], predicate)
        yield self.given.steps.get((sort, predicate, False), VALUE)

    def _look(self, sorts: Collection[Sort], predicate: NamedNode) -> None:
        for sort in sorted(sorts):
            if sort in self.given.asked:
                self.needs.properties.add(predicate)
            elif sort not in self.given.whole and predicate not in self.given.some.get(sort, ()):
                raise self._refusal(f"looks at {predicate} of a {sort}")

    def _look_at_all(self, sorts: Collection[Sort]) -> None:
        for sort in sorted(sorts):
            if sort in self.given.asked:
                self.needs.everything = True
            elif sort not in self.given.whole:
                raise self._refusal(f"looks at everything that is said of a {sort}")

    def _refusal(self, what: str) -> InputError:
        return InputError(
            f"the shape {what}, which is not known when events are checked",
            where=self.name,
            hint="put it into shapes of your own, for `kg validate`, or among those of documents",
        )

    def _list(self, start: Any) -> Iterator[Any]:
        seen = set()
        while start not in seen and self._values[start, "first"]:
            seen.add(start)
            yield self._values[start, "first"][0]
            start = next(iter(self._values[start, "rest"]), None)
