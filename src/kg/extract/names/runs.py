"""Where a run of capitals ends: past initials, nicknames, numbers and connectors that belong to a name."""

from collections.abc import Sequence

from kg.extract import words
from kg.text.tokens import Token

NOBLE = frozenset("von van de der zu".split())
"""Particles of a surname, in lower case."""


def end_of_run(tokens: Sequence[Token], index: int, end: int) -> int:
    """One past the last token of the run of capitals that starts here."""
    last = index + 1
    while last < end:
        token, before = tokens[last], tokens[last - 1]
        gap = token.start - before.end
        if token.kind == "p":
            if not (step := _past_mark(tokens, last, end)):
                return last
            last = step
            continue
        if token.kind == "n" and is_numbered(before, token):
            return last + 1
        if token.kind == "n":
            ordinal = token.text.isdigit() and len(token.text) < 4
            return (
                last
                if not (ordinal and last + 1 < end and tokens[last + 1].capital and gap == 1)
                else end_of_run(tokens, last, end)
            )
        if token.naming:
            last += 1
        elif before.possessive:
            return last
        elif token.low in words.CONNECTORS and (step := after_connector(tokens, last, end)):
            last = step
        else:
            return last
    return last


def _past_mark(tokens: Sequence[Token], index: int, end: int) -> int:
    """Past the stop of an initial or title, ``&``, or a nickname in marks, where the name goes on; or 0."""
    token, before = tokens[index], tokens[index - 1]
    shortened = before.low in words.TITLES or before.low in ("st", "mt", "ft")
    initial = len(before.text) == 1 and before.capital
    stop = token.text == "." and token.start == before.end and (initial or shortened)
    if (stop or token.text == "&") and index + 1 < end and tokens[index + 1].naming:
        return index + 1
    noble = stop and initial and index + 1 < end and tokens[index + 1].low in NOBLE
    if noble and after_connector(tokens, index + 1, end):
        return index + 1  # "F. de Vries"
    return past_nickname(tokens, index, end)


def past_nickname(tokens: Sequence[Token], index: int, end: int) -> int:
    """Past ``"Tex"`` in ``Richard "Tex" Coe``, or 0: one capital in marks between two of a name."""
    if tokens[index].text not in _NICKNAMED or index + 3 >= end or tokens[index - 1].possessive:
        return 0
    name, closing, surname = tokens[index + 1 : index + 4]
    marked = name.capital and closing.text == _NICKNAMED[tokens[index].text] and surname.capital
    apart = tokens[index].start - tokens[index - 1].end == 1 and surname.start - closing.end == 1
    return index + 3 if marked and apart and closing.start == name.end else 0


_NICKNAMED = {'"': '"', "“": "”", "‘": "’", "'": "'", "«": "»"}


def is_numbered(before: Token, token: Token) -> bool:
    """``Hill 471``, ``CTF 50``: a number that belongs to the name before it."""
    letters = before.text.isupper() and len(before.text) > 2 and len(token.text) < 4
    return (before.low in _NUMBERED or letters) and token.text.isdigit() and token.start - before.end == 1


_NUMBERED = frozenset("point hill height post area sector zone base checkpoint kilometre camp".split())


def after_connector(tokens: Sequence[Token], index: int, end: int) -> int:
    """One past the capital that follows one or two connectors, or 0."""
    step = index + 1
    while (
        step < end
        and step < index + 3
        and tokens[step].kind == "w"
        and tokens[step].low in words.CONNECTORS
        and not tokens[step].capital
    ):
        step += 1
    return step + 1 if step < end and tokens[step].kind == "w" and tokens[step].naming else 0
