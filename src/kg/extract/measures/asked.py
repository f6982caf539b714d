"""What an answer of one number counts: ``How many were killed? – Nine.``, by the question before it in its line."""

from collections.abc import Sequence

from kg.domain import FigureKind
from kg.extract.lexicon import word
from kg.extract.measures.outcomes import OBJECTS, STATES, SUBJECTS, is_person, singular
from kg.extract.measures.told import SOFT
from kg.text.tokens import Token

_DASHES = frozenset("–—-")
_HOLDS = frozenset("hold have house shelter".split())
_BESIDE = frozenset("in at on by during".split())


def asked(tokens: Sequence[Token], first: int, number: int) -> tuple[FigureKind, str] | None:
    """Return the kind and the noun that the question right before a number asks for; None where it asks for neither.

    ``first`` is the first token of the sentence.
    """
    step = number - 1
    while step > first and tokens[step].low in SOFT:
        step -= 1
    if step - 1 <= first or tokens[step].text not in _DASHES or tokens[step - 1].text != "?":
        return None
    begin = next((i + 1 for i in range(step - 2, first - 1, -1) if tokens[i].text in "?.!"), first)
    lows = [token.low for token in tokens[begin : step - 1]]
    while lows[:1] in (["and"], ["but"], ["so"]):
        lows.pop(0)
    if lows[:2] != ["how", "many"]:
        kind = _participle(lows[:1])
        return (kind, "person") if kind and (lows[1:2] == [] or lows[1] in _BESIDE) else None
    lows = lows[2:]
    noun = singular(lows[0]) if lows and word(lows[0]).noun and not word(lows[0]).closed else ""
    kind = _outcome(lows[bool(noun) :], people=is_person(noun or "person"))
    return (kind, noun or "person") if kind else None


def _outcome(lows: Sequence[str], *, people: bool) -> FigureKind | None:
    """``were killed``, ``died``, ``are missing``; ``did the camp hold`` of people."""
    if lows[:1] in (["did"], ["does"], ["do"]) and people:
        ends = next((i for i, low in enumerate(lows) if low in ("when", "then", "before")), len(lows))
        return "population" if lows[ends - 1] in _HOLDS and lows[1:2] == ["the"] else None
    if lows[:1] in (["was"], ["were"], ["are"], ["is"]):
        return _participle(lows[1:2]) or STATES.get("".join(lows[1:2]))
    known = word("".join(lows[:1]))
    return SUBJECTS.get(known.lemma) if known.form.startswith("past") else None


def _participle(lows: Sequence[str]) -> FigureKind | None:
    known = word("".join(lows))
    return OBJECTS.get(known.lemma) if "participle" in known.form else None
