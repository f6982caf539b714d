"""The words of a field, a label or a heading that name a change of control, and which.

The one place where records ask what a word means: `change_at` and `change_in`.
"""

from collections.abc import Sequence
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
        if word := words.CONTROL_HEADINGS.get(token.low):
            return Change(word, index, index + 1)
    return None
