"""What differs between two gazetteers, and which texts that can concern.

Only entries that a user gave can differ: those that come with kg change with its code. A text is concerned where it
uses a changed entry, where a name of one may stand in it, and where one may be suggested for a name that it could not
resolve. Better a text too many than one too few.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kg.gazetteer import turtle
from kg.gazetteer.suggest import block
from kg.gazetteer.turtle import Triples
from kg.text.folding import fold

_STATE = "agent/state-"


@dataclass(frozen=True, slots=True)
class Given:
    """An entry as a gazetteer has it: a hash of all that is said, its folded names, and what it lies within."""

    digest: str
    names: tuple[str, ...]
    scope: tuple[str, ...]


def given(key: str, triples: Triples, *, by_user: bool) -> Given | None:
    """The entry of these triples; None where there are none."""
    if not triples:
        return None
    names = sorted({fold(text) for _, text in turtle.names(triples)})
    scope = (*turtle.within(triples), turtle.country(key, triples))
    return Given(
        hashlib.sha256("\n".join((str(by_user), *map(str, triples))).encode()).hexdigest(), tuple(names), scope
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """The keys and folded names of changed entries; ``everything`` where one holds others that may change with it."""

    keys: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    everything: bool = False

    def concerns(self, folded: str, *, keys: Collection[str], unresolved: Collection[str]) -> bool:
        """Whether a text may come out differently.

        ``folded`` is the text as `kg.text.folding.fold` folds it, ``keys`` are the entries that it uses and what
        contains them, ``unresolved`` the names that nobody knew.
        """
        if self.everything or not self.keys.isdisjoint(keys):
            return True
        # A text may write "X and Y Districts": the first word of a name is enough.
        if any(name.partition(" ")[0] in folded for name in self.names):
            return True
        sounds = {block(name) for name in self.names}
        return any(block(fold(name)) in sounds for name in unresolved)


def difference(old: Mapping[str, Given | None], new: Mapping[str, Given | None]) -> Difference:
    """What changed; each side has every key that either user gave, None where nothing describes it."""
    keys: set[str] = set()
    names: set[str] = set()
    everything = False
    for key in old.keys() | new.keys():
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        keys.add(key)
        for side in (before, after):
            names.update(side.names if side else ())
        if key.startswith(_STATE):  # it is found by the names of its place
            keys.add(f"place/{key.removeprefix(_STATE)}")
        everything |= bool(before and after and before.scope != after.scope)
    return Difference(frozenset(keys), frozenset(filter(None, names)), everything)
