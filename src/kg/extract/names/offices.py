"""Offices by their form: ``Minister of Foreign Affairs``, ``chief of staff``."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from kg.extract import words
from kg.extract.found import Found
from kg.extract.lexicon import is_common, word
from kg.extract.names.known import lookup, text_of
from kg.extract.reading import Reading
from kg.text.tokens import Token

PLURAL_HEADS = {f"{head}s": head for head in words.ROLE_HEADS} | {
    "spokesmen": "spokesman",
    "chairmen": "chairman",
    "secretaries": "secretary",
    "secretaries-general": "secretary-general",
}


def office_in_name(tokens: Sequence[Token], step: int, run_end: int) -> bool:
    return tokens[step].capital and any(
        t.low in words.ORGANIZATION_HEADS and t.capital for t in tokens[step + 1 : min(run_end, step + 3)]
    )


def office_at(reading: Reading, index: int, end: int, floor: int) -> Found | None:
    """An office: modifiers, a head, and a portfolio ("Minister of Foreign Affairs", "chief of staff").

    ``floor`` is the first token that may be a modifier of it in lower case: "the foreign minister".
    """
    tokens = reading.tokens
    head = _past_modifiers(tokens, index, end)
    step = _past_heads(tokens, head, end)
    if step == head or (step < end and _is_ordinary(tokens, head, step)):
        return None
    start = index
    while start > floor and tokens[start - 1].low in words.ROLE_MODIFIERS and not tokens[start - 1].possessive:
        start -= 1
    last = past_grade(tokens, step, end) or _portfolio(tokens, step, end)
    if last > step + 1 and tokens[step].low == "of" and (known := lookup(reading, step + 1, end)) is not None:
        last = step if known[1][0].entry.kind == "place" else last  # "the foreign ministers of Sri Lanka and Ukraine"
    return Found(start, last, "role", text_of(reading, start, last))


def past_grade(tokens: Sequence[Token], index: int, end: int) -> int:
    """Past ``First Class``, ``1st Class``, the grade of a rank that stands at a token, or 0."""
    step = index + 1 + (tokens[index].kind == "n") if index < end else end
    graded = step < end and tokens[step].low == "class" and tokens[step - 1].low in GRADES
    return step + 1 if graded else 0


GRADES = frozenset("first second third st nd rd".split())


def _past_modifiers(tokens: Sequence[Token], index: int, end: int) -> int:
    """Past ``acting``, ``deputy``, ``vice-``: where the head of an office stands; ``end`` where another owns it."""
    step = index
    while step < end and tokens[step].low in words.ROLE_MODIFIERS and tokens[step].low not in words.TITLES:
        following = tokens[step + 1].low if step + 1 < end else ""
        if tokens[step].low in words.ROLE_HEADS and not (
            following in words.ROLE_HEADS or following in words.ROLE_MODIFIERS
        ):
            break
        if tokens[step].possessive:
            return end
        step += 1
        if step < end and tokens[step].text in "-–" and tokens[step].start == tokens[step - 1].end:
            step += 1
    return step


def _past_heads(tokens: Sequence[Token], index: int, end: int) -> int:
    """Past ``President``, ``Secretary-General``, up to one that owns what follows."""
    step = index
    while step < end and is_role_head(tokens[step].low):
        step += 1
        if tokens[step - 1].possessive:
            break
        if step + 1 < end and tokens[step].text == "-" and tokens[step + 1].low in words.ROLE_HEADS:
            step += 1
    return step


def _is_ordinary(tokens: Sequence[Token], head: int, step: int) -> bool:
    """``heads towards``, ``general strike``, ``Deputy weather``: another word of the language, by what follows."""
    first, last, following = tokens[head], tokens[step - 1], tokens[step]
    if first.low in words.ORDINARY_HEADS and not first.capital and following.low in words.AFTER_ORDINARY:
        return True
    plain = following.kind == "w" and not following.capital
    return last.low in words.ADJECTIVE_HEADS and plain and following.low not in words.AFTER_OFFICE


@lru_cache(maxsize=1 << 12)  # words come again and again
def is_role_head(low: str) -> bool:
    if (
        low in words.ROLE_HEADS
        or low in PLURAL_HEADS
        or low.endswith("-general")
        or (low.endswith(("woman", "man")) and len(low) > 6 and low not in words.NOT_PERSONS and is_common(low))
    ):
        return True
    if low.endswith(("-in-chief", "-designate", "-elect")):
        return True
    return low.startswith(("co-", "vice-", "ex-")) and low.partition("-")[2] in words.ROLE_HEADS


def _portfolio(tokens: Sequence[Token], step: int, end: int) -> int:
    """Past ``of Foreign Affairs``, ``for Reconciliation``, ``of staff`` after a head; ``of Armenia`` is none."""
    if step + 1 >= end or tokens[step - 1].possessive or tokens[step].low not in ("of", "for"):
        return step
    if tokens[step - 1].low not in _PORTFOLIO_HEADS:
        return max(begin_of_staff(tokens, step), _past_field(tokens, step, end))
    begin = step + 1
    if begin + 1 < end and tokens[begin].low == "the" and tokens[begin + 1].low in words.PORTFOLIO:
        begin += 1
    last = _past_run(tokens, begin, end, lambda token: token.low in words.PORTFOLIO)
    if last > begin:
        last = _further_portfolio(tokens, last, end)
        if not (tokens[last - 1].low == "state" and last < end and tokens[last].low == "for"):
            return last
    staff = begin_of_staff(tokens, step)
    if staff > step:
        if staff + 1 >= end or tokens[staff].low not in ("of", "for"):
            return staff
        begin = staff + 1
    run = _past_run(tokens, begin, end, lambda token: token.naming)
    # "Minister for Heritage Arjun Rathore": of three capitals or more the last two are the name
    return run - 2 if run - begin >= 3 and tokens[begin].low != "the" else staff


def _past_field(tokens: Sequence[Token], step: int, end: int) -> int:
    """Past ``of maps``, ``of logistics`` after a head: one plain word in the plural, before a mark."""
    low = tokens[step + 1].low
    fits = tokens[step - 1].low in ("head", "director", "chief") and tokens[step + 1].kind == "w"
    plain = low.endswith("s") and word(low).noun and not (tokens[step + 1].capital or is_role_head(low))
    marked = step + 2 >= end or tokens[step + 2].kind == "p"
    return step + 2 if fits and plain and marked and low not in words.PLURAL_PLACE_TYPES else step


def _past_run(tokens: Sequence[Token], begin: int, end: int, fits: Callable[[Token], bool]) -> int:
    """Past the words that fit, and ``and`` or ``of`` between two of them."""
    last = begin
    while last < end and (
        fits(tokens[last])
        or (last > begin and tokens[last].low in ("and", "of") and last + 1 < end and fits(tokens[last + 1]))
    ):
        last += 1
    return last


def _further_portfolio(tokens: Sequence[Token], last: int, end: int) -> int:
    """Past ``and Forests`` in ``Minister of Water and Forests of Abkhazia``."""
    if last + 2 < end and tokens[last].low == "and" and tokens[last + 1].capital and tokens[last + 2].low == "of":
        return last + 2
    return last


_PORTFOLIO_HEADS = frozenset(
    "minister ministers secretary secretaries undersecretary commissioner commissioners deputy".split()
)


_OF_STAFF = frozenset("staff mission delegation state government intelligence operations protocol".split())


def begin_of_staff(tokens: Sequence[Token], step: int) -> int:
    """Past ``of staff``, ``of Mission``, ``of state`` after a head; only without an article."""
    return step + 2 if tokens[step].low == "of" and tokens[step + 1].low in _OF_STAFF else step
