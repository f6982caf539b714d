"""What stands in a sentence: words, signs, whole names, dates and quantities, with the tags that need no neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.extract import words
from kg.extract.cited import find_cited
from kg.extract.found import Found
from kg.extract.lexicon import Word, tabled, word
from kg.extract.reading import Reading, Sentence
from kg.text.dates import Dated
from kg.text.numbers import WORDS as NUMBER_WORDS
from kg.text.quantities import Quantity
from kg.text.tokens import Token

_CLOSED = tabled("tags")
PRONOUN_TOO = frozenset("this these those both all some any her each another several many few most".split())
SELVES = ("itself", "themselves", "himself", "herself", "ourselves")
PARTICLES = frozenset(("over", "off", "in", "on"))
_OPEN_CLOSED = PRONOUN_TOO | PARTICLES | {*SELVES}
_OPEN_CLOSED |= frozenset(
    "only to that so there like no following once first early late mid surrounding adjoining neighbouring".split()
)


_NO_WORD = Word("", noun=False)


@dataclass(slots=True)
class Slot:
    """One unit of a sentence: a word or sign, or a whole name, date or quantity, with the tag it has there."""

    first: int
    last: int
    tag: str
    low: str
    word: Word
    token: Token
    found: Found | None = None
    dated: Dated | None = None
    quantity: Quantity | None = None


def slots_of(reading: Reading, sentence: Sentence, group: Sequence[Found], measured: Sequence[Quantity]) -> list[Slot]:
    """The slots of a sentence, with the tag of those that have one wherever they stand."""
    whole = _whole(reading, sentence, group, measured)
    slots: list[Slot] = []
    index = sentence.first
    while index < sentence.last:
        slot = whole.get(index)
        if slot is None:
            token = reading.tokens[index]
            label, known = _alone(token.kind, token.low)
            slot = Slot(index, index + 1, label, token.text if label == "mark" else token.low, known, token)
        slots.append(slot)
        index = slot.last
    return slots


def _whole(
    reading: Reading, sentence: Sentence, group: Sequence[Found], measured: Sequence[Quantity]
) -> dict[int, Slot]:
    """The units of more than a word by their first token; of two that begin there a date comes first, a name last."""
    tokens, whole = reading.tokens, dict[int, Slot]()
    for one in group:
        if one.kind != "role" and not is_plain_word(reading, one):
            head = tokens[one.last - 1]
            whole[one.first] = Slot(one.first, one.last, "name", head.low, _NO_WORD, head, found=one)
    for first, last in _cited(reading, sentence).items():
        whole[first] = Slot(first, last, "noun", "resolution", _NO_WORD, tokens[last - 1])
    if not sentence.lows.isdisjoint(_TITLING):
        for first in range(sentence.first, sentence.last):
            if tokens[first].low in _TITLING and (last := _past_title(reading, first, sentence.last)) > first:
                whole[first] = Slot(first, last, "adj", tokens[first].low, _NO_WORD, tokens[first])
    if "-" in sentence.lows:
        for first, last in _compounds(tokens, sentence).items():
            whole[first] = Slot(first, last, "adj", tokens[last - 1].low, _NO_WORD, tokens[last - 1])
    for quantity in measured:
        if quantity.kind != "count":
            first = reading.token_index(quantity.start)
            last = max(first + 1, reading.token_index(quantity.end))
            whole[first] = Slot(first, last, "figure", tokens[first].low, _NO_WORD, tokens[first], quantity=quantity)
    for dated in sentence.dates:
        first = reading.token_index(dated.start)
        if first < sentence.last and not _begins_clause(reading, dated, first, sentence.last):
            last = max(first + 1, reading.token_index(dated.end))
            whole[first] = Slot(first, last, "date", tokens[first].low, _NO_WORD, tokens[first], dated=dated)
    return whole


def _compounds(tokens: Sequence[Token], sentence: Sentence) -> dict[int, int]:
    """``48-year-old``, ``three-day``: a number that a hyphen joins to a word, first token -> one past the last."""
    joined = {}
    for index in range(sentence.first + 1, sentence.last - 1):
        before, sign, after = tokens[index - 1], tokens[index], tokens[index + 1]
        if (
            sign.text == "-"
            and before.kind == "n"
            and after.kind == "w"
            and before.end == sign.start == after.start - 1
        ):
            joined[index - 1] = index + 2
    return joined


_TITLING = words.TITLES | {"("}


def _begins_clause(reading: Reading, dated: Dated, index: int, end: int) -> bool:
    """``warned that winter was near``: what looks like a date is ``that`` with a subject."""
    last = reading.token_index(dated.end)
    return reading.tokens[index].low == "that" and last < end and word(reading.tokens[last].low).closed in _FINITE


_FINITE = frozenset(("be", "have", "do", "modal"))


def _past_title(reading: Reading, index: int, end: int) -> int:
    """Past ``Dr.``, ``Brig.``, ``(Retd)``, the initial of ``M. Jean-Pierre``: a title with its marks, before a name."""
    tokens = reading.tokens
    if tokens[index].text == "(" and index + 1 < end and tokens[index + 1].low in words.TITLES:
        close = next((i for i in range(index + 2, min(end, index + 4)) if tokens[i].text == ")"), None)
        follows = close is not None and close + 1 < end and tokens[close + 1].capital
        return close + 1 if follows and close is not None else index
    titled = tokens[index].low in words.TITLES and tokens[index].capital
    if (
        titled
        and index + 2 < end
        and tokens[index + 1].text == "."
        and (tokens[index + 2].capital or tokens[index + 2].text == "(")
    ):
        return index + 2
    return index


_CITES = frozenset(("res", "resolution", "resolutions"))


def _cited(reading: Reading, sentence: Sentence) -> dict[int, int]:
    """The resolutions that a sentence cites, ``S/RES/541 (1983)``: first token -> one past the last."""
    if sentence.lows.isdisjoint(_CITES):
        return {}
    cited = {}
    tokens = reading.tokens
    for index in range(sentence.first, sentence.last - 1):
        if tokens[index].low in _CITES:
            step = index + 1 + (tokens[index + 1].text == ".")
            if step < sentence.last and tokens[step].kind == "n":
                cited[index] = step + 1
    for one in find_cited(reading.text, sentence.start, sentence.end):
        cited[reading.token_index(one.start)] = reading.token_index(one.end)
    return cited


def is_plain_word(reading: Reading, one: Found) -> bool:
    """``Retaken on ...``, ``Groups of soldiers``: a word of the language that a capital opens, and no name."""
    if not one.initial or one.entity is not None:
        return False
    low = reading.tokens[one.first].low
    if one.words == 1 and low.endswith("s") and not low.endswith(("ss", "us", "is", "as", "os")):
        return True  # "Temperatures in Kargil fell"
    known = word(low)
    following = reading.tokens[one.last : one.last + 1]
    if low in words.SURNAMES and one.words == 1 and following and word(following[0].low).form in _PAST:
        return False  # "Grant took Vicksburg"
    return bool(known.closed or known.lemma or known.adjective or known.adverb)


_PAST = ("past", "past or participle")


@lru_cache(maxsize=1 << 12)
def _alone(kind: str, low: str) -> tuple[str, Word]:
    """The tag that a word has wherever it stands, or none where its neighbours decide; and its readings."""
    if kind != "w":
        return "mark" if kind == "p" else "num", _NO_WORD
    known = word(low)
    if low in NUMBER_WORDS:
        return "num", known
    return _CLOSED[known.closed] if _settled(known, low) else "", known


def _settled(known: Word, low: str) -> bool:
    return known.closed in _CLOSED and low not in _OPEN_CLOSED
