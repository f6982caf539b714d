"""How deep shapes and paths stand in one another, told before an engine follows them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from pyoxigraph import NamedNode, Triple

from kg.errors import InputError
from kg.vocabulary import RDF

_SH: Final = "http://www.w3.org/ns/shacl#"
FIRST, REST, NIL = (NamedNode(RDF.type.value.replace("type", name)) for name in ("first", "rest", "nil"))
INSIDE: Final = frozenset(NamedNode(_SH + name) for name in ("property", "node", "not", "qualifiedValueShape"))
"""By what a shape has another in it (SHACL, sections 2.3 and 4.6 to 4.7)."""
LISTS: Final = frozenset(NamedNode(_SH + name) for name in ("and", "or", "xone"))
"""By what it has a list of others."""
_PATH: Final = NamedNode(_SH + "path")
_STEPS: Final = frozenset(
    NamedNode(_SH + name) for name in ("inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
)
_ALTERNATIVES: Final = frozenset({NamedNode(_SH + "alternativePath")})
_MOST_SHAPES: Final = 14  # no engine goes farther, where a graph leads it there
_MOST_PATHS: Final = 10  # nor does pySHACL here; each step of a sequence counts
_HINT: Final = "SHACL leaves open what that means: write it without"

_Within = Mapping[object, Collection[object]]


def check_nesting(triples: Sequence[Triple], names: Mapping[str, str], where: str) -> None:
    """Raise InputError where shapes, paths or lists are in themselves, or deeper than every engine goes.

    An engine says so only of a graph that leads it there, and at ten thousand levels not within its time. ``names``
    are those of the named shapes around nodes.
    """
    firsts, rests = (_values(triples, term) for term in (FIRST, REST))
    _levels({node: [rest] for node, rest in rests.items()}, lambda _: "a list", where)
    members = {node: [firsts[each] for each in along(node, rests) if each in firsts] for node in _heads(triples)}
    shapes = _within(triples, INSIDE, LISTS, members)
    if _levels(shapes, lambda node: f"the shape {names.get(str(node), node)}", where) > _MOST_SHAPES:
        raise InputError(f"shapes are nested more than {_MOST_SHAPES} deep", where=where, hint="name fewer in others")
    sequences: dict[object, list[object]] = {node: [first, rests.get(node)] for node, first in firsts.items()}
    paths = sequences | _within(triples, _STEPS, _ALTERNATIVES, members)
    begun = [one.object for one in triples if one.predicate == _PATH]
    if _levels(_reached(begun, paths), lambda _: "a path", where) > _MOST_PATHS:
        raise InputError(f"a path has more than {_MOST_PATHS} steps", where=where, hint="check a part of it at a time")


def _values(triples: Iterable[Triple], term: NamedNode) -> dict[object, object]:
    return {one.subject: one.object for one in triples if one.predicate == term}


def along(node: object, rests: Mapping[object, object]) -> Iterator[object]:
    """The nodes of a list, in order; without an end where it goes round in a circle."""
    while node in rests:
        yield node
        node = rests[node]


def _heads(triples: Iterable[Triple]) -> set[object]:
    return {one.object for one in triples if one.predicate in LISTS | _ALTERNATIVES}


def _within(
    triples: Iterable[Triple], direct: Collection[NamedNode], listed: Collection[NamedNode], members: _Within
) -> dict[object, list[object]]:
    """What is directly in each node, by some terms, and by others in a list."""
    found: defaultdict[object, list[object]] = defaultdict(list)
    for one in triples:
        if one.predicate in direct:
            found[one.subject].append(one.object)
        elif one.predicate in listed:
            found[one.subject] += members[one.object]
    return found


def _reached(begun: Iterable[object], within: _Within) -> _Within:
    """The part of it that some nodes lead to."""
    found: dict[object, Collection[object]] = {}
    waiting = list(begun)
    while waiting:
        node = waiting.pop()
        if node in within and node not in found:
            found[node] = within[node]
            waiting += within[node]
    return found


def _levels(within: _Within, called: Callable[[object], str], where: str) -> int:
    """How many nodes that have others in them stand in one another; InputError where one is in itself."""
    outer = Counter(inner for inners in within.values() for inner in inners if inner in within)
    levels = dict.fromkeys(within, 1)
    waiting = [node for node in within if not outer[node]]
    while waiting:
        node = waiting.pop()
        for inner in within[node]:
            if inner in within:
                levels[inner] = max(levels[inner], levels[node] + 1)
                outer[inner] -= 1
                if not outer[inner]:
                    waiting.append(inner)
    if left := [node for node in within if outer[node]]:  # those of circles, and what is in these
        around = {inner: node for node in left for inner in within[node] if outer[inner]}
        node, seen = left[0], set[object]()
        while node not in seen:
            seen.add(node)
            node = around[node]
        raise InputError(f"{called(node)} refers to itself", where=where, hint=_HINT)
    return max(levels.values(), default=0)
