"""Offices by their form: ``Minister of Foreign Affairs``, ``chief of staff``."""

from collections.abc import Sequence
from functools import lru_cache

from kg.extract import words
from kg.extract.names.found import Found, text_of
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
    """An office: modifiers, a head, and a portfolio ("Minister of Foreign Affairs", "chief of staff")."""
    tokens = reading.tokens
    step = index
    while (
        step < end
        and tokens[step].kind == "w"
        and tokens[step].low in words.ROLE_MODIFIERS
        and tokens[step].low not in words.TITLES
    ):
        if tokens[step].low in words.ROLE_HEADS and not (
            step + 1 < end
            and (tokens[step + 1].low in words.ROLE_HEADS or tokens[step + 1].low in words.ROLE_MODIFIERS)
        ):
            break
        if tokens[step].possessive:
            return None
        step += 1
        if step < end and tokens[step].text in "-–" and tokens[step].start == tokens[step - 1].end:
            step += 1
    head = step
    while step < end and tokens[step].kind == "w" and is_role_head(tokens[step].low):
        step += 1
        if tokens[step - 1].possessive:
            break
        if step < end and tokens[step].text == "-" and step + 1 < end and tokens[step + 1].low in words.ROLE_HEADS:
            step += 1
    if step == head:
        return None
    if (
        tokens[head].low
        in (
            "general",
            "major",
            "chief",
            "speaker",
            "deputy",
            "head",
            "resident",
            "secretary",
            "member",
            "observer",
            "expert",
            "elder",
            "author",
            "patient",
            "leader",
            "chair",
            "minister",
        )
        and tokens[head].capital is False
        and step < end
        and tokens[step].low in _AFTER_NO_ROLE
    ):
        return None
    if (
        tokens[step - 1].low in ("deputy", "resident", "general", "major", "member", "chief")
        and step < end
        and tokens[step].kind == "w"
        and not tokens[step].capital
        and tokens[step].low not in ("of", "for", "to", "and", "at", "in", "who", "said", "told", "added", "noted")
    ):
        return None
    # modifiers that stand before the run, in lower case: "the foreign minister", "acting Prime Minister"
    start = index
    while (
        start - 1 >= floor
        and start - 1 >= 0
        and tokens[start - 1].kind == "w"
        and tokens[start - 1].low in words.ROLE_MODIFIERS
        and not tokens[start - 1].possessive
    ):
        start -= 1
    last = past_grade(tokens, step, end) or _portfolio(tokens, step, end)
    return Found(start, last, "role", text_of(reading, start, last))


def past_grade(tokens: Sequence[Token], index: int, end: int) -> int:
    """Past ``First Class``, ``1st Class``, the grade of a rank that stands at a token, or 0."""
    step = index + 1 + (tokens[index].kind == "n") if index < end else end
    graded = step < end and tokens[step].low == "class" and tokens[step - 1].low in _GRADES
    return step + 1 if graded else 0


_GRADES = frozenset("first second third st nd rd".split())
_AFTER_NO_ROLE = frozenset(
    "public assembly strike offensive part parts number majority roads road town city line quarters".split()
)


@lru_cache(maxsize=1 << 12)  # words come again and again
def is_role_head(low: str) -> bool:
    if (
        low in words.ROLE_HEADS
        or low in PLURAL_HEADS
        or low.endswith("-general")
        or (low.endswith(("woman", "man")) and len(low) > 6 and low not in words.NOT_PERSONS)
    ):
        return True
    if low.endswith(("-in-chief", "-designate", "-elect")):
        return True
    return low.startswith(("co-", "vice-", "ex-")) and low.partition("-")[2] in words.ROLE_HEADS


def _portfolio(tokens: Sequence[Token], step: int, end: int) -> int:
    """Past ``of Foreign Affairs``, ``for Reconciliation``, ``of staff`` after a head; ``of Armenia`` is not a
    portfolio.
    """
    if step + 1 >= end or tokens[step - 1].possessive or tokens[step].low not in ("of", "for"):
        return step
    if tokens[step - 1].low not in _PORTFOLIO_HEADS:
        return begin_of_staff(tokens, step)
    last = step + 1
    if tokens[last].low == "the" and last + 1 < end and tokens[last + 1].low in words.PORTFOLIO:
        last += 1
    begin = last
    while (
        last < end
        and tokens[last].kind == "w"
        and (
            tokens[last].low in words.PORTFOLIO
            or (
                last > begin
                and tokens[last].low in ("and", "of")
                and last + 1 < end
                and tokens[last + 1].low in words.PORTFOLIO
            )
        )
    ):
        last += 1
    last = _further_portfolio(tokens, last, end) if last > begin else last
    if last > begin and not (tokens[last - 1].low == "state" and last < end and tokens[last].low == "for"):
        return last
    staff = begin_of_staff(tokens, step)
    if staff + 1 < end and tokens[staff].low in ("of", "for") and staff > step:
        begin = staff + 1
    elif staff > step:
        return staff
    run = begin
    while (
        run < end
        and tokens[run].kind == "w"
        and (tokens[run].naming or (tokens[run].low in ("and", "of") and run + 1 < end and tokens[run + 1].naming))
    ):
        run += 1
    # "Minister for Heritage Arjun Rathore": of three capitals or more the last two are the name
    return run - 2 if run - begin >= 3 and tokens[begin].low not in ("the",) else staff


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
