"""A large graph in parts, whose results together are those of the whole.

The indexes of an engine are trees: in a graph of a million triples each takes twice as long as in one of ten thousand.
What a shape says of a node depends only on the triples that its paths reach from there (its neighbourhood: Delva and
others, "Data Provenance for SHACL", EDBT 2023). Forwards every part has all of them, for it has what is said of each
of its nodes. Backwards, along ``sh:inversePath``, a part has them for the nodes all of whose incoming triples are its
own; of the others such a shape is asked once more, in a graph of their neighbourhoods.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from kg.validate.reach import Backward, Sight, sight_of
from kg.validate.report import Result
from kg.validate.shapes import Shapes
from kg.vocabulary import RDFS

SMALL: Final = 1 << 16  # lines of a graph that is not worth dividing, which takes 2 µs a line
_LIMIT: Final = 1 << 14  # lines of a part, beside those that others have too
_MOST: Final = 2  # times the lines of the graph, that all parts together may have
_SUBCLASS: Final = str(RDFS.subClassOf).encode()
_NODE: Final = (b"<", b"_")  # how a term begins that is no literal

Engine = Callable[[Sequence[bytes], Shapes], Iterable[Result]]


def run(lines: Sequence[bytes], shapes: Shapes, engine: Engine) -> Iterable[Result]:
    """The results of an engine on sorted lines of N-Triples, each once; a large graph is given to it part by part.

    As a whole where the shapes do not allow that (`sight_of`), or where parts would have too much in common.
    """
    sight = sight_of(shapes) if len(lines) > SMALL else None
    division = _divided(lines, sight) if sight else None
    if sight is None or division is None:
        return engine(lines, shapes)
    graph, parts, unsettled, around = division
    backward_names = {backward.name for backward in sight.backward}
    found: Counter[Result] = Counter()
    for own, nodes in parts:
        results, roots = engine(graph.lines_of(nodes), sight.shapes), graph.roots(own)
        found |= Counter(r for r in results if r.shape not in backward_names or graph.is_settled(r.focus, roots))
    for backward, some in around.items():
        found |= Counter(r for r in engine(some, backward.shapes) if r.focus.encode() in unsettled[backward])
    return found.elements()


class _Division(NamedTuple):
    """What to ask of a graph."""

    graph: "_Graph"
    parts: list[tuple[list[int], list[int]]]  # the nodes that each is for, and all that it has
    unsettled: dict[Backward, set[bytes]]  # focus nodes
    around: dict[Backward, list[bytes]]  # the lines of their neighbourhoods


def _divided(lines: Sequence[bytes], sight: Sight) -> _Division | None:
    """The graph in parts; None where they could not tell what the whole does, or would have too much in common."""
    if any(backward.targets_literals(lines) for backward in sight.backward):
        return None
    graph = _Graph(lines, sight.nodes)
    parts = []
    size = 0
    for own in graph.parts():
        nodes = graph.closure(own)
        parts.append((own, nodes))
        size += graph.size(nodes)
        if size > _MOST * len(lines):  # at once: each of the others might be as large as the graph
            return None
    unsettled = {backward: graph.unsettled(backward) for backward in sight.backward}
    around = {backward: graph.neighbourhood(nodes, backward) for backward, nodes in unsettled.items() if nodes}
    if size + sum(map(len, around.values())) > _MOST * len(lines):
        return None
    return _Division(graph, parts, unsettled, around)


class _Graph:
    """Sorted lines by their nodes, which are numbers: first the subjects, in the order of their lines.

    ``named`` are in every part.
    """

    def __init__(self, lines: Sequence[bytes], named: Iterable[bytes]) -> None:
        self.lines = lines
        self.numbers: dict[bytes, int] = {}
        self._starts: list[int] = []  # of each subject, its first line
        start = b"\n"
        for place, line in enumerate(lines):
            if not line.startswith(start):
                subject = line.partition(b" ")[0]
                start = subject + b" "
                self.numbers[subject] = len(self._starts)
                self._starts.append(place)
        self.subjects = len(self._starts)
        self._starts.append(len(lines))
        numbers = self.numbers
        self._links: list[list[int]] = []  # of each subject, the nodes that are said of it
        for node in range(self.subjects):
            values = (line.split(b" ", 2)[2] for line in self._lines(node))
            self._links.append([numbers.setdefault(o[:-2], len(numbers)) for o in values if o.startswith(_NODE)])
        self._named = [numbers[term] for term in named if term in numbers]
        self._divide()

    def _divide(self) -> None:
        """Put nodes together with all that point to them, those first to which least does, as far as parts may grow.

        A node for which that is too much is shared, as the named ones are.
        """
        incoming: list[list[int]] = [[] for _ in self.numbers]
        for subject, nodes in enumerate(self._links):
            for node in nodes:
                incoming[node].append(subject)
        self._parents = list(range(len(self.numbers)))
        sizes = [self._starts[n + 1] - self._starts[n] for n in range(self.subjects)]
        sizes += [0] * (len(self.numbers) - self.subjects)
        self._shared = set(self._named)
        for node in sorted(range(len(incoming)), key=lambda node: len(incoming[node])):
            together = set(map(self._root, incoming[node])) | {self._root(node)}
            total = sum(sizes[one] for one in together)
            if node in self._shared or (total > _LIMIT and len(together) > 1):
                self._shared.add(node)
                continue
            first = min(together)
            for one in together:
                self._parents[one] = first
            sizes[first] = total

    def _root(self, node: int) -> int:
        parents = self._parents
        while parents[node] != node:
            parents[node] = node = parents[parents[node]]
        return node

    def parts(self) -> Iterator[list[int]]:
        """Subjects that are together, in parts of as many lines as they may have."""
        together: defaultdict[int, list[int]] = defaultdict(list)
        for subject in range(self.subjects):
            together[self._root(subject)].append(subject)
        part: list[int] = []
        size = 0
        for some in together.values():
            more = self.size(some)
            if part and size + more > _LIMIT:
                yield part
                part, size = [], 0
            part += some
            size += more
        yield part  # empty only where there are no lines

    def closure(self, nodes: Iterable[int]) -> list[int]:
        """The subjects that can be reached from some and from the named ones, these included, in order."""
        found = {node for node in (*nodes, *self._named) if node < self.subjects}
        waiting = list(found)
        while waiting:
            for node in self._links[waiting.pop()]:
                if node < self.subjects and node not in found:
                    found.add(node)
                    waiting.append(node)
        return sorted(found)

    def size(self, subjects: Iterable[int]) -> int:
        """Lines."""
        starts = self._starts
        return sum(starts[subject + 1] - starts[subject] for subject in subjects)

    def lines_of(self, subjects: Iterable[int]) -> list[bytes]:
        return [line for subject in subjects for line in self._lines(subject)]

    def _lines(self, node: int) -> Sequence[bytes]:
        return self.lines[self._starts[node] : self._starts[node + 1]] if node < self.subjects else ()

    def roots(self, subjects: Iterable[int]) -> set[int]:
        """What subjects are together with, by a name of it."""
        return set(map(self._root, subjects))

    def is_settled(self, focus: str, roots: Collection[int]) -> bool:
        """Whether all that points to a node is together with it, and that with these roots; or nothing does."""
        node = self.numbers.get(focus.encode())
        return node is None or (node not in self._shared and self._root(node) in roots)

    def unsettled(self, backward: Backward) -> set[bytes]:
        """The focus nodes that a shape sees in no part as in the whole."""
        found = set(backward.nodes)
        if not backward.is_deep:
            terms = list(self.numbers)
            lines = [line for node in sorted(self._shared) for line in self._lines(node)]
            for predicate in (_SUBCLASS, *backward.values_of):
                lines += [line for line in self.lines if predicate in line]
            found |= {terms[node] for node in self._shared}.intersection(backward.shapes.focus_nodes(lines))
        return found

    def neighbourhood(self, focus_nodes: Collection[bytes], backward: Backward) -> list[bytes]:
        """The lines that a shape looks at from some nodes, and perhaps a few more."""
        incoming: defaultdict[bytes, list[bytes]] = defaultdict(list)
        for line in self.lines:
            _, predicate, value = line.split(b" ", 2)
            if predicate in backward.inverse:
                incoming[value[:-2]].append(line)
        found: set[bytes] = set()
        waiting, seen = list(focus_nodes), set(focus_nodes)
        while waiting:
            term = waiting.pop()
            outgoing = self._lines(self.numbers.get(term, self.subjects))
            all_of_it = term in focus_nodes or term.startswith(b"_")  # a message tells of a blank node all that is said
            looked_at = (line for line in outgoing if all_of_it or line.split(b" ", 2)[1] in backward.predicates)
            for line in (*looked_at, *incoming[term]):
                found.add(line)
                subject, _, value = line.split(b" ", 2)
                more = {subject, value[:-2]} - seen
                seen |= more
                waiting += more
        return sorted(found)
