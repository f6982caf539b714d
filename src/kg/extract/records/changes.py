"""The words of a field, a label or a heading that name a change of control, and which.

The one place where records ask what a word means: `change_at` and `change_in`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extract import words
from kg.model import ControlWord
from kg.text.tokens import Token

# Kinds of form that state what happened to the place of a row, with no object: "taken", "fell", "won back".
_DONE = frozenset("past fell falls handed hands lost returned won drove left pulled".split())
_STATED: dict[str, ControlWord] = {
    **{form: word for form, (word, kind) in words.CONTROL.items() if kind in _DONE},
    **words.CONTROL_NOUNS,
    **words.CONTROL_HEADINGS,
}
_UNREAL = words.NEGATIONS | words.IRREALIS - {"to"} | words.DENY
_SCOPE = 5  # tokens before a word that a negation reaches
_PARTICLES = frozenset("back up over out down in off".split())


@dataclass(frozen=True, slots=True)
class Change:
    """A word for a change of control: what it says, and which tokens it is, counted from where it was looked for."""

    word: ControlWord
    first: int
    last: int  # one past, with its particle: "won back"


def change_at(tokens: Sequence[Token], index: int) -> Change | None:
    """Return the change that the token at an index names by itself, with no clause around it."""
    word = _STATED.get(tokens[index].low)
    if word is None:
        return None
    particle = index + 1 < len(tokens) and tokens[index + 1].low in _PARTICLES and tokens[index + 1].low != "in"
    return Change(word, index, index + 1 + particle)


def change_in(tokens: Sequence[Token]) -> Change | None:
    """Return the first change that a heading, a label or a column names: ``Retaken by the army``, ``In our hands``."""
    for index, token in enumerate(tokens):
        word = words.CONTROL_HEADINGS.get(token.low)
        if word is not None and not is_unreal(tokens[max(0, index - _SCOPE) : index]):
            return Change(word, index, index + 1)
    return None


def is_unreal(tokens: Iterable[Token]) -> bool:
    """Whether a field or heading denies, or speaks of what may be: ``never taken``, ``Towns that may fall``."""
    return any(t.text != "May" and (t.low in _UNREAL or t.low.endswith(("n't", "n’t"))) for t in tokens)
