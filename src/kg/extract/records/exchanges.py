"""A cell of a log that tells who went and who came: ``gendarmes go, volunteers arrive``, ``guards out, marines in``."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.extract import words
from kg.extract.lexicon import listed
from kg.extract.names import Found
from kg.extract.reading import Reading
from kg.extract.records.changes import is_unreal
from kg.extract.records.fields import Field
from kg.model import ControlWord, Span

_GOES = frozenset(
    "leave leaves left go goes gone out depart departs withdraw withdraws flee flees fled quit quits".split()
)
_COMES = frozenset("arrive arrives come comes in enter enters".split())
_MOVES = frozenset(
    "walk walks walked march marches marched ride rides rode move moves moved roll rolls rolled drive drives drove "
    "pull pulls pulled come comes came go goes went are is".split()
)  # tells with "in" or "out" after it
_WORDS: dict[ControlWord, frozenset[str]] = {"withdrawal": _GOES, "capture": _COMES}
_GOES_ON = frozenset("at by and before after during overnight again this that the same".split())
_LONGEST = 4  # tokens of who goes or comes
_JOINED = frozenset(", ; and | / – — -".split())


@dataclass(frozen=True, slots=True)
class Movement:
    """Who goes or comes: the word that this is, its characters and those of who it is."""

    word: ControlWord
    called: Span
    who: Span
    fights: bool  # a noun or known name says that they do


def exchange_of(reading: Reading, fields: Sequence[Field], names: Sequence[Found]) -> tuple[Movement, Movement] | None:
    """Return who went and who came in two fields beside each other; one alone may be on leave, or on patrol.

    One of the two is a force by its name or noun, the other may be a name that nobody knows.
    """
    for field, following in pairwise(fields):
        if following.mark not in _JOINED:
            continue
        one, other = _movement(reading, field, names), _movement(reading, following, names)
        if one and other and one.word != other.word and (one.fights or other.fights):
            return one, other
    return None


def _movement(reading: Reading, field: Field, names: Sequence[Found]) -> Movement | None:
    tokens = reading.tokens[field.first : field.last]
    if is_unreal(tokens):
        return None
    for at in range(1, min(len(tokens), _LONGEST + 1)):
        low = tokens[at].low
        moves = low in _MOVES and at + 1 < len(tokens) and tokens[at + 1].low in ("in", "out")
        last = at + 1 + moves
        word = next((w for w, lows in _WORDS.items() if tokens[last - 1].low in lows), None)
        if word is None:
            continue
        end = tokens[last] if last < len(tokens) else None
        goes_on = end is None or end.low in _GOES_ON or end.kind == "p" or end.start in reading.in_date
        fights = _fights(reading, field.first, field.first + at, names)
        if not goes_on or fights is None:
            return None
        called = Span(tokens[at].start, tokens[last - 1].end)
        return Movement(word, called, Span(tokens[0].start, tokens[at - 1].end), fights)
    return None


def _fights(reading: Reading, first: int, last: int, names: Sequence[Found]) -> bool | None:
    """Whether tokens are a force; None where they are something else, such as families or a ferry."""
    head = reading.tokens[last - 1].low
    if head in listed("force") or head in words.FORCE_NOUNS or head == "police":
        return True
    named = next((one for one in names if one.last == last and one.first >= first), None)
    if named is None or named.kind not in ("organization", "demonym", "name"):
        return None
    return named.kind != "name"
