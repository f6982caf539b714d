"""What stands in a dataset, counted: VoID, by class, by property, and by what the values of a property are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.vocabulary import PREFIXES, RDF, SCHEMA, SEM, VOID, VOIDEXT, XSD
from kg.write.nodes import NOT_SAFE
from kg.write.ntriples import Graph, lines

_TYPE: Final = str(RDF.type).encode()
_PLACE: Final = str(SEM.hasPlace).encode()
_ORIGINAL: Final = str(SCHEMA.sha256).encode()
_TIMES: Final = (str(SEM.hasEarliestBeginTimeStamp).encode(), str(SEM.hasLatestEndTimeStamp).encode())
_STRING: Final = str(XSD.string).encode()
_LANGUAGE_STRING: Final = str(RDF.langString).encode()


class Statistics:
    """What VoID counts of a graph, of which the sorted lines are added one after the other.

    The number of distinct objects, and of what class the objects are, need memory for every value; without
    ``distinct_objects`` neither is counted.
    """

    def __init__(self, *, distinct_objects: bool = True) -> None:
        self.triples = self.subjects = self.entities = 0
        self.predicates: Counter[bytes] = Counter()
        self.classes: Counter[bytes] = Counter()
        self.datatypes: Counter[tuple[bytes, bytes, bytes]] = Counter()  # class, property, datatype; none of an IRI
        self.places: set[bytes] = set()
        self.days: tuple[bytes, bytes] | None = None  # the first and the last
        self.sources = sha256()  # of the hashes of the original files, in the order of the lines
        self._values: set[bytes] | None = set() if distinct_objects else None
        self._links: Counter[tuple[bytes, bytes, bytes]] = Counter()  # class, property, object
        self._classes_of: dict[bytes, tuple[bytes, ...]] = {}
        self._subject, self._said, self._types = b"", list[tuple[bytes, bytes]](), list[bytes]()

    def add(self, lines: Iterable[bytes]) -> None:
        """Add lines without their ends, which follow those added before."""
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            value = rest[:-2]
            if subject != self._subject:
                self._finish()
                self._subject = subject
                self.subjects += 1
            if predicate == _TYPE:
                self.classes[value] += 1
                self._types.append(value)
            self.triples += 1
            self.predicates[predicate] += 1
            self._said.append((predicate, value))
            if self._values is not None:
                self._values.add(value)

    @property
    def objects(self) -> int | None:
        """Distinct ones; None where they were not counted."""
        return None if self._values is None else len(self._values)

    def by_class(self) -> dict[bytes, Counter[bytes]]:
        """How many triples of each property the members of each class have."""
        self._finish()
        found: defaultdict[bytes, Counter[bytes]] = defaultdict(Counter)
        for (class_, predicate, _), number in self.datatypes.items():
            found[class_][predicate] += number
        return found

    def object_classes(self) -> Counter[tuple[bytes, bytes, bytes]]:
        """Class, property and class of the object, with the number of such triples; none if they were not counted."""
        self._finish()
        found: Counter[tuple[bytes, bytes, bytes]] = Counter()
        for (class_, predicate, value), number in self._links.items():
            for other in self._classes_of.get(value, ()):
                found[class_, predicate, other] += number
        return found

    def cover(self, day: bytes) -> None:
        """Let the days that are spoken of reach to one more."""
        first, last = self.days or (day, day)
        self.days = min(first, day), max(last, day)

    def _finish(self) -> None:
        """Count what was said of one subject, now that all its classes are known."""
        self.entities += bool(self._types)
        if self._values is not None and self._types:
            self._classes_of[self._subject] = tuple(self._types)
        for predicate, value in self._said:
            datatype = _datatype(value)
            for class_ in self._types:
                self.datatypes[class_, predicate, datatype] += 1
                if not datatype and predicate != _TYPE and self._values is not None:
                    self._links[class_, predicate, value] += 1
            if predicate == _PLACE:
                self.places.add(value)
            elif predicate == _ORIGINAL:
                self.sources.update(value)
            elif predicate in _TIMES:
                self.cover(value.split(b'"', 2)[1])
        self._said.clear()
        self._types.clear()


def _datatype(value: bytes) -> bytes:
    """Of a literal as N-Triples write it; empty for an IRI."""
    if value.startswith(b"<"):
        return b""
    mark = value[value.rindex(b'"') + 1 :]
    return mark[2:] if mark.startswith(b"^^") else _LANGUAGE_STRING if mark else _STRING


def statistics(graph: Graph) -> Statistics:
    """The statistics of a graph in memory."""
    counted = Statistics()
    counted.add(lines(graph))
    return counted


def void_triples(dataset: NamedNode, counted: Statistics, base: str) -> Iterator[Triple]:
    """The numbers of a dataset, its vocabularies, and its parts by class and by property."""
    by_class = counted.by_class()
    for term, number in (
        (VOID.triples, counted.triples),
        (VOID.entities, counted.entities),
        (VOID.distinctSubjects, counted.subjects),
        (VOID.distinctObjects, counted.objects),
        (VOID.properties, len(counted.predicates)),
        (VOID.classes, len(counted.classes)),
    ):
        if number is not None:
            yield Triple(dataset, term, _integer(number))
    for namespace in sorted({_namespace(term) for term in (*counted.predicates, *counted.classes)}):
        yield Triple(dataset, VOID.vocabulary, NamedNode(namespace))
    for predicate, number in sorted(counted.predicates.items()):
        yield from _part(dataset, f"{base}partition/property-{_short(predicate)}", _PROPERTY, predicate, number)
    values = _values(counted)
    for class_, number in sorted(counted.classes.items()):
        part = f"{base}partition/class-{_short(class_)}"
        yield from _part(dataset, part, _CLASS, class_, number)
        for predicate, within in sorted(by_class[class_].items()):
            inner = f"{part}--{_short(predicate)}"
            yield from _part(NamedNode(part), inner, _PROPERTY, predicate, within)
            for terms, value, of_them in values[class_, predicate]:
                yield from _part(NamedNode(inner), f"{inner}--{_short(value)}", terms, value, of_them)


_Terms = tuple[NamedNode, NamedNode, NamedNode]
_CLASS: Final[_Terms] = (VOID.classPartition, VOID["class"], VOID.entities)
_PROPERTY: Final[_Terms] = (VOID.propertyPartition, VOID.property, VOID.triples)
_OBJECTS: Final[_Terms] = (VOID.classPartition, VOID["class"], VOID.triples)
_LITERALS: Final[_Terms] = (VOIDEXT.datatypePartition, VOIDEXT.datatype, VOID.triples)


def _values(counted: Statistics) -> dict[tuple[bytes, bytes], list[tuple[_Terms, bytes, int]]]:
    """Of each property of each class, what its values are: datatypes, then classes."""
    found: defaultdict[tuple[bytes, bytes], list[tuple[_Terms, bytes, int]]] = defaultdict(list)
    for terms, numbers in ((_LITERALS, counted.datatypes), (_OBJECTS, counted.object_classes())):
        for (class_, predicate, value), number in sorted(numbers.items()):
            if value:
                found[class_, predicate].append((terms, value, number))
    return found


def _part(whole: NamedNode, part: str, terms: _Terms, of: bytes, number: int) -> Iterator[Triple]:
    node, (has_part, is_of, counts) = NamedNode(part), terms
    yield Triple(whole, has_part, node)
    yield Triple(node, is_of, NamedNode(of.decode()[1:-1]))
    yield Triple(node, counts, _integer(number))


def _short(term: bytes) -> str:
    """A segment for a term: its prefix and name, or all of it."""
    iri = term.decode()[1:-1]
    for name, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{name}-{NOT_SAFE.sub('-', iri.removeprefix(namespace))}"
    return NOT_SAFE.sub("-", iri)


def _namespace(term: bytes) -> str:
    iri = term.decode()[1:-1]
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)
