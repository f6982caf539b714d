"""Names to entries, on the path of every document."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from pyoxigraph import NamedNode, Triple

from kg.gazetteer import terms
from kg.gazetteer.entries import Entry, Name
from kg.names import fold

_CITY = frozenset({"city", "town", "village", "settlement", "capital", "municipality", "place"})
HINTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("city", "town", "village", "settlement", "port", "municipality"), _CITY),
    "country": frozenset({"country"}),
}
"""What a word beside a name ("the town of ...") says of the entry's type; any other word: an area that is neither."""


class Gazetteer:
    """Known names and what they stand for; plain data that forks and pickles."""

    def __init__(
        self,
        entries: Mapping[str, Entry],
        names: Mapping[str, tuple[Name, ...]],
        described: Mapping[str, tuple[Triple, ...]],
        fingerprint: str,
    ) -> None:
        self.entries = entries
        self.names = names
        self.described = described
        self.fingerprint = fingerprint
        self.longest = longest(names)

    def entry(self, key: str) -> Entry | None:
        """The entry of a key such as ``place/AZ-SUS``."""
        return self.entries.get(key)

    def lookup(self, text: str) -> tuple[Name, ...]:
        """What a name may stand for, best first; acronyms only where the text has capitals."""
        found = self.names.get(fold(text), ())
        if any(name.kind == "acronym" for name in found) and not text.isupper():
            return tuple(name for name in found if name.kind != "acronym")
        return found

    def resolve(
        self, candidates: Sequence[Name], *, countries: Collection[str] = (), hint: str = ""
    ) -> Name | None:
        """The one candidate that the context leaves; None where it leaves several.

        Each of these narrows where it leaves any: the ``hint`` (a type word that stands by the
        name: ``city``, ``district``), curated before generated, a country before its
        parts, the ``countries`` that the document speaks of, what contains all the others.
        """
        left = list(candidates)
        if hint:
            left = [name for name in left if self._fits(name.entry, hint)]
        for narrow in (_curated, _countries, _in(countries), self._containing):
            if len(_keys(left)) > 1:
                left = narrow(left) or left
        return left[0] if len(_keys(left)) == 1 else None

    def _fits(self, entry: Entry, hint: str) -> bool:
        if hint in HINTS:
            return entry.type in HINTS[hint]
        return entry.type not in _CITY and entry.type != "country"

    def _containing(self, candidates: list[Name]) -> list[Name]:
        keys = _keys(candidates)
        return [name for name in candidates if all(name.entry.key in self.containers(key) for key in keys)]

    def containers(self, key: str) -> tuple[str, ...]:
        """The key itself and all that contains it, nearest first."""
        found = [key]
        for inner in found:
            entry = self.entry(inner)
            found.extend(outer for outer in (entry.within if entry else ()) if outer not in found)
        return tuple(found)

    def triples(self, keys: Iterable[str], base: str = terms.BASE) -> list[Triple]:
        """The description of the entries and of all that contains them, under the build's base; sorted by key."""
        wanted = sorted({container for key in keys for container in self.containers(key)})
        return [_rebase(triple, base) for key in wanted for triple in self.described.get(key, ())]


def longest(names: Iterable[str]) -> dict[str, int]:
    """For each first word the largest number of words of a name that starts with it."""
    found: dict[str, int] = {}
    for name in names:
        first, count = name.partition(" ")[0], name.count(" ") + 1
        if count > found.get(first, 0):
            found[first] = count
    return found


def _keys(names: Iterable[Name]) -> set[str]:
    return {name.entry.key for name in names}


def _curated(candidates: list[Name]) -> list[Name]:
    return [name for name in candidates if name.entry.curated]


def _countries(candidates: list[Name]) -> list[Name]:
    return [name for name in candidates if name.entry.type == "country"]


class _in:
    def __init__(self, countries: Collection[str]) -> None:
        self.countries = countries

    def __call__(self, candidates: list[Name]) -> list[Name]:
        return [name for name in candidates if name.entry.country in self.countries]


def _rebase(triple: Triple, base: str) -> Triple:
    if base == terms.BASE:
        return triple
    return Triple(_moved(triple.subject, base), triple.predicate, _moved(triple.object, base))


def _moved(node: object, base: str) -> NamedNode:
    if isinstance(node, NamedNode) and node.value.startswith(terms.BASE):
        return NamedNode(base + node.value.removeprefix(terms.BASE))
    return node  # type: ignore[return-value]
