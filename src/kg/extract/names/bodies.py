"""Organizations by their form: a run of capitals with the head of a name in it, and the head's complement."""

from collections.abc import Sequence

from kg.extract import words
from kg.extract.names.found import Found, from_gazetteer, lookup, text_of
from kg.extract.names.offices import is_role_head, office_in_name
from kg.extract.reading import Reading
from kg.model import Entity
from kg.text.dates import MONTHS, WEEKDAYS
from kg.text.tokens import Token


def body_at(reading: Reading, index: int, run_end: int) -> Found | None:
    """A run of capitals with the head of an organization's name in it, and the head's complement."""
    tokens = reading.tokens
    known = lookup(reading, index, run_end)
    known_end = known[0] if known and known[1][0].entry.kind == "organization" else 0
    head = None
    step = index
    while step < run_end:
        token = tokens[step]
        if token.kind == "w" and token.low in words.ORGANIZATION_HEADS and token.capital:
            head = step
            if (
                step + 1 >= run_end
                or token.possessive
                or not tokens[step + 1].capital
                or tokens[step + 1].low in words.TITLES
            ):
                break
            step += 1
            continue
        if head is not None and not token.capital:
            break
        if step > index and tokens[step - 1].possessive and not _possessive_name(tokens, index, step, run_end):
            break
        if not token.naming and token.text not in (".", "&") and token.low != "and":
            break
        if token.low in words.TITLES or (is_role_head(token.low) and not office_in_name(tokens, step, run_end)):
            break
        step += 1
    if head is None or head < known_end - 1:
        return from_gazetteer(reading, index, known) if known and known_end else None
    last = head + 1
    while (
        last < run_end
        and tokens[last].low in words.ORGANIZATION_HEADS
        and tokens[last].capital
        and not tokens[last - 1].possessive
    ):
        last += 1
    single = last == index + 1
    if tokens[last - 1].low in words.COMPLEMENT_HEADS and not tokens[last - 1].possessive:
        last = _complement(reading, last, run_end)
    if last == index + 1:
        return None  # "the Council": a part of a name given before, which `kg.extract.people` links
    if last < run_end and tokens[last].low == "secretary" and tokens[last - 1].low == "press":
        return None
    if known and known_end >= last:
        return from_gazetteer(reading, index, known)
    start = index
    while start < head and tokens[start].low.endswith(("-led", "-backed", "-based", "-run", "-held")):
        start += 1
    if tokens[start].low in words.STARTERS or (tokens[start].low == "and"):
        return None
    text = text_of(reading, start, last)
    exact = reading.gazetteer.lookup(text)
    if exact and exact[0].entry.kind == "organization":
        return Found(start, last, "organization", text, exact)
    kind = next(
        (words.ORGANIZATION_TYPES[t.low] for t in tokens[head:last] if t.low in words.ORGANIZATION_TYPES),
        "organization",
    )
    demonym = lookup(reading, start, last)
    if (
        demonym
        and demonym[1][0].entry.kind == "organization"
        and demonym[0] >= head
        and not single
        and tokens[head].low in ("forces", "army")
    ):
        return from_gazetteer(reading, start, demonym)
    return Found(start, last, "organization", text, entity=Entity("organization", text, None, kind))


def _possessive_name(tokens: Sequence[Token], index: int, step: int, run_end: int) -> bool:
    """``Yemen's Defence Ministry`` is one name; so is ``Women's Council``; ``Khalifa Haftar's Army`` is two."""
    if step - index > 1 and not tokens[step - 1].text.endswith("s"):
        return False
    return any(t.low in words.ORGANIZATION_HEADS and t.capital for t in tokens[step : min(run_end, step + 4)])


def _complement(reading: Reading, last: int, run_end: int) -> int:
    """Past ``of/for/to/on [the] Capitals`` after the head of an organization's name."""
    tokens = reading.tokens
    while last + 1 < run_end and tokens[last].low in ("of", "for", "to", "on", "in") and not tokens[last].capital:
        step = last + 1
        if tokens[step].low == "the":
            step += 1
        begin = step
        while step < run_end and (
            tokens[step].naming
            or (
                tokens[step].low in ("and", "of")
                and step > begin
                and step + 1 < run_end
                and tokens[step + 1].naming
                and tokens[step + 1].low in words.PORTFOLIO
            )
        ):
            if (
                tokens[step].low in words.ROLE_HEADS
                or tokens[step].low in words.TITLES
                or tokens[step].low in WEEKDAYS
                or tokens[step].low in MONTHS
            ):
                break
            step += 1
            if tokens[step - 1].possessive:
                break
        if step == begin or (
            tokens[last].low == "on"
            and tokens[last - 1].low not in ("conference", "committee", "commission", "institute", "centre", "center")
        ):
            return last
        if tokens[last].low == "in" and tokens[last - 1].low not in ("mission", "force", "forces"):
            return last
        last = step
    return last
