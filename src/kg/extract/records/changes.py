"""The words of a field, a label or a heading that name a change of control, and which.

The one place where records ask what a word means: `change_at` and `change_in`; `movement` and `in_header` where those
who go and come stand before it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract import words
from kg.extract.found import Found
from kg.extract.frames import stated
from kg.extract.lexicon import is_common, listed
from kg.extract.lexicon import word as reads
from kg.extract.reading import Reading
from kg.model import ControlWord, Span
from kg.text.dates import MONTHS
from kg.text.tokens import Token

_HEADED: dict[str, ControlWord] = {"back": "recapture", "restored": "recapture", "hands": "capture"}
_HOLDS = frozenset(("hands", "control", "rule", "possession", "occupation"))
_UNREAL = words.NEGATIONS - {"without"} | words.IRREALIS - {"to"} | words.DENY | listed("unreal", "records")
_GAINED: dict[str, ControlWord] = {"gain": "capture", "take": "capture", "seize": "capture", "regain": "recapture"}
_SCOPE = 5  # tokens before a word that a negation reaches
_ORDER = frozenset(("first", "last", "next", "second", "third"))
_PARTICLES = frozenset("back up over out down off".split())

_GOES = listed("goes", "records")
_COMES = frozenset("arrive arrives come comes in enter enters".split())
_MOVES = listed("moves", "records")  # tells with "in" or "out" after it
_BACK = frozenset("back again return returns returned".split())
_WORDS: dict[ControlWord, frozenset[str]] = {"withdrawal": _GOES, "capture": _COMES, "recapture": _BACK}
_GOES_ON = frozenset("at by and before after during overnight again this that the same".split())
_HOURS = frozenset("hour hours minutes later".split())
_LONGEST = 4  # tokens of who goes or comes
_THEY = frozenset("we they enemy ours theirs side sides".split())  # who comes, in a column or a log
_HEADER_GOES_ON = frozenset("in again on since from date at by back".split())


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
    if lows[0] == "back" and lows[1:2] == ["in"] and tokens[index + 2 : index + 3] and _opens_date(tokens[index + 2]):
        return None  # "Back in 2003"
    if lows[0] in ("under", "in", "into", "back"):
        word = _held(lows[0], {token.low for token in tokens[index + 1 : index + 8]}) or word
    if lows[1:2] == ["control"]:
        word = _GAINED.get(reads(lows[0]).lemma, word)
    if lows[0] == "hand" and index > 0 and tokens[index - 1].low == "in":
        word = "capture"
    if lows[0] == "ours" and len(tokens) == index + 1:
        word = "capture"
    if lows[0] == "ours" and "again" in (*lows[1:2], *(token.low for token in tokens[max(0, index - 1) : index])):
        word = "recapture"
    if word is None and (told := stated(lows, 0)) is not None:
        word = told[0]
    if word is None:
        return None
    if reads(lows[0]).lemma == "fall" and len(lows) > 1 and lows[1] not in _ORDER and reads(lows[1]).adjective:
        return None  # "Towns that fell silent"
    particle = len(lows) > 1 and (lows[1] in _PARTICLES or lows[1] == "control")
    return Change(word, index, index + 1 + particle)


def _opens_date(token: Token) -> bool:
    return token.kind == "n" or token.low in MONTHS or token.low in ("the", "early", "late")


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


@dataclass(frozen=True, slots=True)
class Movement:
    """Who goes or comes: the word that this is, its characters and those of who it is."""

    word: ControlWord
    called: Span
    who: Span
    fights: bool  # a noun or known name says that they do


def movement(reading: Reading, first: int, last: int, names: Sequence[Found]) -> Movement | None:
    """``gendarmes go``, ``volunteers march in at noon``: who goes or comes in a field."""
    tokens = reading.tokens[first:last]
    if is_unreal(tokens):
        return None
    for at in range(1, min(len(tokens), _LONGEST + 1)):
        moves = tokens[at].low in _MOVES and at + 1 < len(tokens) and tokens[at + 1].low in ("in", "out")
        end = at + 1 + moves
        word = next((w for w, lows in _WORDS.items() if tokens[end - 1].low in lows), None)
        if word is None:
            continue
        after = tokens[end] if end < len(tokens) else None
        goes_on = after is None or after.low in _GOES_ON or after.kind == "p" or after.start in reading.in_date
        goes_on = goes_on or not _HOURS.isdisjoint(t.low for t in tokens[end : end + 3])  # "ride in an hour later"
        fights = _fights(reading, first, first + at, names)
        if not goes_on or fights is None or word == "recapture":
            return None
        called = Span(tokens[at].start, tokens[end - 1].end)
        return Movement(word, called, Span(tokens[0].start, tokens[at - 1].end), fights)
    return None


def in_header(reading: Reading, header: Span, names: Sequence[Found]) -> Movement | None:
    """``Rebels in``, ``TDF back in``, ``Federal side in again``: who came or went on the dates below a header."""
    tokens = reading.tokens_in(header.start, header.end)
    at = next((i for i, t in enumerate(tokens) if any(t.low in lows for lows in _WORDS.values())), 0)
    rest = tokens[at + 1 :]
    if not 0 < at <= _LONGEST or is_unreal(tokens):
        return None
    if any(t.low not in _HEADER_GOES_ON and t.kind == "w" and t.start not in reading.in_date for t in rest):
        return None
    first = reading.token_index(header.start)
    fights = _fights(reading, first, first + at, names)
    if tokens[at - 1].low not in _THEY and (fights is None or (not fights and is_common(tokens[at - 1].low))):
        return None
    word = next(word for word, lows in _WORDS.items() if tokens[at].low in lows)
    again = word == "capture" and any(t.low in _BACK for t in rest)
    return Movement(
        "recapture" if again else word,
        Span(tokens[at].start, tokens[at].end),
        Span(tokens[0].start, tokens[at - 1].end),
        bool(fights),
    )


def is_armed(reading: Reading, first: int, last: int, names: Sequence[Found]) -> bool:
    """Whether the tokens before a place are those who fight, or one of two sides."""
    return reading.tokens[last - 1].low in _THEY or bool(_fights(reading, first, last, names))


def _fights(reading: Reading, first: int, last: int, names: Sequence[Found]) -> bool | None:
    """Whether tokens are a force; None where they are something else, such as families or a ferry."""
    head = reading.tokens[last - 1].low
    if head in listed("force") or head in words.FORCE_NOUNS or head == "police":
        return True
    named = next((one for one in names if one.last == last and one.first >= first), None)
    if named is None or named.kind not in ("organization", "demonym", "people", "name"):
        return None
    return named.kind != "name"
