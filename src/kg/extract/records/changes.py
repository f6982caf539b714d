"""The words of a field, a label or a heading that name a change of control, and which.

The one place where records ask what a word means: `change_at` and `change_in`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract import words
from kg.extract.frames import stated
from kg.model import ControlWord
from kg.text.tokens import Token

_HEADED: dict[str, ControlWord] = {"back": "recapture", "restored": "recapture", "hands": "capture"}
_HOLDS = frozenset(("hands", "control", "rule", "possession", "occupation"))
_UNREAL = words.NEGATIONS - {"without"} | words.IRREALIS - {"to"} | words.DENY
_SCOPE = 5  # tokens before a word that a negation reaches
_PARTICLES = frozenset("back up over out down off".split())


@dataclass(frozen=True, slots=True)
class Change:
    """A word for a change of control: what it says, and which tokens it is, counted from where it was looked for."""

    word: ControlWord
    first: int
    last: int  # one past, with its particle: "won back"


def change_at(tokens: Sequence[Token], index: int) -> Change | None:
    """Return the change that the token at an index names by itself, with no clause around it."""
    lows = [token.low for token in tokens[index : index + 3]]
    word = _HEADED.get(lows[0])
    if lows[0] in ("under", "in", "into", "back"):
        word = _held(lows[0], {token.low for token in tokens[index + 1 : index + 8]}) or word
    if lows[0] == "ours" and "again" in (*lows[1:2], *(token.low for token in tokens[max(0, index - 1) : index])):
        word = "recapture"
    if word is None and (told := stated(lows, 0)) is not None:
        word = told[0]
    if word is None:
        return None
    particle = len(lows) > 1 and lows[1] in _PARTICLES
    return Change(word, index, index + 1 + particle)


def _held(low: str, after: set[str]) -> ControlWord | None:
    """``Under the Tigers from``, ``in Polish hands since 3 May``, ``in government hands again from 8 March``."""
    if low != "under" and after.isdisjoint(_HOLDS):
        return None
    if low == "back" or not after.isdisjoint(("again", "back")):
        return "recapture"
    return "capture" if not after.isdisjoint(("from", "since", "by", "until")) else None


def change_in(tokens: Sequence[Token]) -> Change | None:
    """Return the first change that a heading, a label or a column names: ``Retaken by the army``, ``In our hands``."""
    for index in range(len(tokens)):
        change = change_at(tokens, index)
        if change is not None and not is_unreal(tokens[max(0, index - _SCOPE) : index]):
            return change
    return None


def is_unreal(tokens: Iterable[Token]) -> bool:
    """Whether a field or heading denies, or speaks of what may be: ``never taken``, ``Towns that may fall``."""
    return any(token.text != "May" for token in tokens if _denies(token.low))


@lru_cache(maxsize=1 << 12)
def _denies(low: str) -> bool:
    return low in _UNREAL or low.endswith(("n't", "n’t"))
