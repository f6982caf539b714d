"""Names to entries, on the path of every document."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.gazetteer import terms, turtle
from kg.gazetteer.changes import Given, given
from kg.gazetteer.entries import Entry, Name
from kg.gazetteer.index import KINDS, Files, is_named
from kg.gazetteer.points import point
from kg.gazetteer.suggest import Suggestions, is_spelling
from kg.gazetteer.turtle import Described, Triples
from kg.text.folding import fold

SETTLEMENTS = frozenset({"city", "town", "village", "settlement", "capital", "quarter"})
COUNTRIES = frozenset({"country", "territory", "former-country"})
SETTLEMENT_HINTS = frozenset({"city", "town", "village", "settlement", "port", "capital", "municipality"})
AREA_HINTS = frozenset(
    {"district", "region", "province", "oblast", "governorate", "county", "rayon", "prefecture", "department", "canton"}
)
NATURE = frozenset(
    (
        "river lake mountain mountains sea strait gulf bay desert peninsula canal waterfall valley plain gorge glacier"
    ).split()
)
"""Types of what nobody lives in: the plain name of a city or country means that, not its river."""
Object = NamedNode | BlankNode | Literal | Triple  # of a triple, as pyoxigraph has it
DOMINANT = 20
"""A namesake with this many times fewer people is not what a plain name means."""


class Names(Mapping[str, tuple[Name, ...]]):
    """Folded names to candidates, best first; those of the index are made when they are asked for, and kept."""

    def __init__(
        self,
        given: Mapping[str, tuple[Name, ...]],
        references: Mapping[str, str],
        entries: Callable[[str], tuple[Name, ...]],
    ) -> None:
        self._given, self._references, self._entries = given, references, entries
        self._made = dict(given)

    def get(self, name: str, default: tuple[Name, ...] = ()) -> tuple[Name, ...]:  # type: ignore[override]  # one default
        found = self._made.get(name)
        if found is None:
            references = self._references.get(name)
            if not references:
                return default
            found = self._made[name] = self._entries(references)
        return found

    def __getitem__(self, name: str) -> tuple[Name, ...]:
        if name not in self:
            raise KeyError(name)
        return self.get(name)

    def __contains__(self, name: object) -> bool:
        return name in self._references or name in self._given

    def __iter__(self) -> Iterator[str]:
        yield from self._references
        yield from (name for name in self._given if name not in self._references)

    def __len__(self) -> int:
        return len(self._references) + sum(name not in self._references for name in self._given)


class Gazetteer:
    """Known names and what they stand for; it forks and pickles.

    ``names`` holds every folded name but the doubtful ones (words.txt): names of generated places that plain text
    uses for something else, a word or a person. `lookup` finds those too: ask it where a text says that it names a
    place. ``longest`` gives for the first word of each of ``names`` the largest number of words of a name that starts
    with it. ``fingerprint`` changes with any of the data.
    """

    def __init__(
        self,
        files: Files,
        references: dict[str, str],
        user: Described,
        doubtful: Collection[str],
        *,
        fingerprint: str,
    ) -> None:
        self.fingerprint = fingerprint
        self._files, self._user = files, user
        self._described: dict[str, Triples] = {}
        self._entries: dict[str, Entry | None] = {}
        self._containers: dict[str, tuple[str, ...]] = {}
        self._shown_before: dict[tuple[str, str], Collection[Triple]] = {}
        aside = {name: references.pop(name) for name in sorted(doubtful) if name in references}
        self.names = Names(self._given(), references, self._referred)
        self._doubtful = Names({}, aside, self._referred)
        self.longest = longest(self.names)

    def load(self) -> None:
        """Make what is otherwise made when it is first needed, before processes are forked that share it."""
        _ = self._suggestions

    @cached_property
    def _suggestions(self) -> Suggestions:
        return Suggestions(self.names)

    def entry(self, key: str) -> Entry | None:
        """The entry of a key such as ``place/AZ-SUS``."""
        if key not in self._entries:
            triples = self._triples(key)
            self._entries[key] = self._made(key, triples) if triples else None
        return self._entries[key]

    def lookup(self, text: str) -> tuple[Name, ...]:
        """What a name may stand for, best first, doubtful names too; acronyms only where the text has capitals."""
        folded = fold(text)
        found = self.names.get(folded) or self._doubtful.get(folded)
        if text.isupper():
            return found
        return tuple(name for name in found if name.kind != "acronym")

    def resolve(self, candidates: Sequence[Name], *, countries: Collection[str] = (), hint: str = "") -> Name | None:
        """The one candidate that the context leaves; None where it leaves several, or none.

        ``hint`` is a type word that stands by the name (``city``, ``district``): what does not fit it is out.
        Then each of these narrows where it leaves any: no river or mountain; curated before generated; a country before
        its parts; not a city with a twentieth of its namesake's people; the ``countries`` that the document
        speaks of; a generated city before the area that has its name; what contains all the others.
        """
        left = [name for name in candidates if not hint or _fits(name.entry.type, hint)]
        if hint not in SETTLEMENT_HINTS:
            left = [name for name in left if name.entry.type == hint] or left  # "the state of Georgia"
        for narrow in (_inhabited, _curated, _countries, _dominant, _within(countries), _settlements, self._containing):
            if len(_keys(left)) > 1:
                left = narrow(left) or left
        return left[0] if len(_keys(left)) == 1 else None

    def suggest(self, text: str, kind: str = "") -> tuple[tuple[str, float], ...]:
        """Keys of entries with a similar name and how similar (0 to 1), best first, for a person to choose from.

        ``kind`` is place, person or organization. Never used to decide: wrong ones score as high as right ones.
        """
        return self._suggestions(text, kind)

    def calls(self, key: str, text: str) -> bool:
        """Whether a place is called so today: its English names, or a spelling of its label; no old name."""
        folded = fold(text)
        words = set(folded.split())
        for name in turtle.english(self._triples(key)):
            known = fold(name)
            shared = words & set(known.split())
            if known == folded or shared in (words, set(known.split())) or is_spelling(known, folded):
                return True
        return False

    def containers(self, key: str) -> tuple[str, ...]:
        """The key itself and the keys of all that contains it, nearest first."""
        if (known := self._containers.get(key)) is None:
            found = [key]
            for inner in found:
                found.extend(outer for outer in turtle.within(self._triples(inner)) if outer not in found)
            known = self._containers[key] = tuple(found)
        return known

    def triples(self, keys: Iterable[str], base: str = terms.BASE) -> list[Triple]:
        """What is shown of the entries and of all that contains them, sorted by key, with their IRIs below the base."""
        wanted = sorted({container for key in keys for container in self.containers(key)})
        return [triple for key in wanted for triple in self._shown(key, base)]

    @property
    def given(self) -> dict[str, Given | None]:
        """The entries that a user gave."""
        return {key: given(key, self._triples(key), by_user=True) for key in sorted(self._user)}

    def own(self, key: str) -> Given | None:
        """An entry as it would be if no user had given any."""
        return given(key, self._files.described(key), by_user=False)

    def _shown(self, key: str, base: str) -> Collection[Triple]:
        if (key, base) not in self._shown_before:
            self._shown_before[key, base] = self._to_show(key, base)
        return self._shown_before[key, base]

    def _to_show(self, key: str, base: str) -> Collection[Triple]:
        node, triples = terms.node(key, base), self._triples(key)
        shown = [Triple(node, t.predicate, _moved(t.object, base)) for t in triples if t.predicate in terms.SHOWN]
        if shown and key.startswith("place/"):
            shown.append(Triple(node, terms.A, terms.FEATURE))  # a user's file need not say so
            shown += self._point(key, triples, base)
        return tuple(dict.fromkeys(shown))

    def _point(self, key: str, triples: Triples, base: str) -> Iterator[Triple]:
        """Where the place is drawn; nothing where no coordinates are known, of it or of the town of its name in it."""
        labels = [triple.object for triple in triples if triple.predicate == terms.LABEL]
        named = (one.entry for label in labels if isinstance(label, Literal) for one in self.lookup(label.value))
        towns = (one for one in named if one.type in SETTLEMENTS and key in one.within)
        entry = next((one for one in (self.entry(key), *towns) if one and one.is_located), None)
        if entry:
            by_user = any(triple.predicate == terms.LATITUDE for triple in self._user.get(entry.key, ()))
            yield from point(key, entry, self._triples(entry.key), by_user=by_user, base=base)

    def _triples(self, key: str) -> Triples:
        if key not in self._described:
            self._described[key] = turtle.merge(self._user.get(key, ()), self._files.described(key))
        return self._described[key]

    def _made(self, key: str, triples: Triples) -> Entry:
        owners = (turtle.country(container, self._triples(container)) for container in self.containers(key))
        curated = key in self._user or self._files.is_curated(key)
        return turtle.entry(key, triples, country=next(filter(None, owners), ""), curated=curated)

    def _referred(self, references: str) -> tuple[Name, ...]:
        found = []
        for reference in references.split():
            number = reference.rstrip("adp")
            entry = self.entry(self._files.keys[int(number)])
            if entry:
                found.append(Name(entry, KINDS[reference[len(number) :]]))
        return tuple(found)

    def _given(self) -> dict[str, tuple[Name, ...]]:
        found: dict[str, dict[Name, None]] = {}
        for key, triples in self._user.items():
            entry = self.entry(key)
            if entry and is_named(entry):
                for kind, text in turtle.names(triples):
                    found.setdefault(fold(text), {})[Name(entry, kind)] = None
        return {name: tuple(names) for name, names in found.items()}

    def _containing(self, candidates: list[Name]) -> list[Name]:
        keys = _keys(candidates)
        return [name for name in candidates if all(name.entry.key in self.containers(key) for key in keys)]


def longest(names: Iterable[str]) -> dict[str, int]:
    """For each first word the largest number of words of a name that starts with it."""
    found: dict[str, int] = {}
    for name in names:
        spaces = name.count(" ")
        first = name.partition(" ")[0] if spaces else name
        if found.get(first, 0) <= spaces:
            found[first] = spaces + 1
    return found


def _fits(type: str, hint: str) -> bool:
    if hint in SETTLEMENT_HINTS:
        return type in SETTLEMENTS
    if hint == "country":
        return type in COUNTRIES
    if hint in NATURE or type in NATURE:
        return type in NATURE and (hint == type or hint.startswith(type) or type.startswith(hint))
    return type not in SETTLEMENTS and not (hint in AREA_HINTS and type in COUNTRIES)


def _keys(names: Iterable[Name]) -> set[str]:
    return {name.entry.key for name in names}


def _inhabited(candidates: list[Name]) -> list[Name]:
    return [name for name in candidates if name.entry.type not in NATURE]


def _curated(candidates: list[Name]) -> list[Name]:
    return [name for name in candidates if name.entry.curated]


def _countries(candidates: list[Name]) -> list[Name]:
    return [name for name in candidates if name.entry.type in COUNTRIES]


def _dominant(candidates: list[Name]) -> list[Name]:
    most = max(name.entry.population for name in candidates)
    return [
        name
        for name in candidates
        if name.entry.type not in SETTLEMENTS or name.entry.curated or name.entry.population * DOMINANT > most
    ]


def _within(countries: Collection[str]) -> Callable[[list[Name]], list[Name]]:
    return lambda candidates: [name for name in candidates if name.entry.country in countries]


def _settlements(candidates: list[Name]) -> list[Name]:
    if any(name.entry.curated for name in candidates) or len({name.entry.country for name in candidates}) > 1:
        return []
    return [name for name in candidates if name.entry.type in SETTLEMENTS]


def _moved(node: Object, base: str) -> Object:
    """The IRI of an entry below another base; a literal or another's IRI as it is."""
    if isinstance(node, NamedNode) and node.value.startswith(terms.BASE):
        return terms.node(node.value.removeprefix(terms.BASE), base)
    return node
