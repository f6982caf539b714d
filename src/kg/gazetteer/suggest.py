"""Names that sound like one that nobody knows: for a person to choose from, never to decide."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from kg.gazetteer.entries import Name
from kg.text.folding import fold

_SOUNDS = str.maketrans(
    {
        **dict.fromkeys("aeiouyh ", None),  # h: gh, kh, sh, zh are spelled with and without
        **dict.fromkeys("gkqx", "k"),
        **dict.fromkeys("cjsz", "s"),
        **dict.fromkeys("dt", "t"),
        **dict.fromkeys("bp", "p"),
        **dict.fromkeys("fvw", "f"),
    }
)
_LIMIT, _LEAST = 5, 70.0
_ALIKE = 0.6
_KEPT = 1 << 13  # searches; documents of one time speak of the same people


class Suggestions:
    """Similar names, searched among those that share the first three consonants by sound; it forks and pickles."""

    def __init__(self, names: Mapping[str, tuple[Name, ...]]) -> None:
        self._names = names
        self._blocks: dict[str, list[str]] = {}
        for name in names:
            self._blocks.setdefault(block(name), []).append(name)
        self._kept = lru_cache(maxsize=_KEPT)(self._search)

    def __reduce__(self) -> "tuple[type[Suggestions], tuple[Mapping[str, tuple[Name, ...]]]]":
        return Suggestions, (self._names,)

    def __call__(self, text: str, kind: str) -> tuple[tuple[str, float], ...]:
        """Keys of entries and how similar their names are, from 0 to 1, best first."""
        return self._kept(text, kind)

    def _search(self, text: str, kind: str) -> tuple[tuple[str, float], ...]:
        from rapidfuzz import fuzz, process

        folded = fold(text)
        similar = process.extract(
            folded, self._blocks.get(block(folded), ()), scorer=fuzz.ratio, score_cutoff=_LEAST, limit=2 * _LIMIT
        )
        found: dict[str, float] = {}
        for name, score, _ in similar:
            for candidate in self._names[name]:
                if candidate.kind == "name" and kind in ("", candidate.entry.kind):
                    found.setdefault(candidate.entry.key, round(score / 100, 2))
        return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_LIMIT])


def sounds(folded: str) -> str:
    """The consonants of a folded name by sound, none twice in a row: alike for most spellings of one name."""
    return re.sub(r"(.)\1", r"\1", folded.translate(_SOUNDS))


def is_spelling(one: str, other: str) -> bool:
    """Whether two folded names are spellings of one: ``Zalingei`` and ``Zalinjay``, not ``Stalino`` and ``Donetsk``."""
    return sounds(one) == sounds(other) or (one[:1] == other[:1] and SequenceMatcher(a=one, b=other).ratio() >= _ALIKE)


def block(folded: str) -> str:
    """How a folded name begins by sound; only names that begin alike are ever suggested for each other."""
    return folded.translate(_SOUNDS)[:3]
