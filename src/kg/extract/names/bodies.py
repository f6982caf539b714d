"""Organizations by their form: a run of capitals with the head of a name in it, and the head's complement."""

from collections.abc import Sequence

from kg.extract import words
from kg.extract.found import Found
from kg.extract.lexicon import listed, word
from kg.extract.names.known import from_gazetteer, lookup, text_of
from kg.extract.names.offices import is_role_head, office_in_name
from kg.extract.reading import Reading
from kg.model import Entity
from kg.text.dates import MONTHS, WEEKDAYS
from kg.text.tokens import Token

LONGEST = 24  # tokens of a name: a run of capitals that never ends is not searched for its head from every token


def body_at(reading: Reading, index: int, run_end: int) -> Found | None:
    """A run of capitals with the head of an organization's name in it, and the head's complement."""
    run_end = min(run_end, index + LONGEST)
    known = lookup(reading, index, run_end)
    known_end = known[0] if known and known[1][0].entry.kind == "organization" else 0
    head = _head(reading, index, run_end)
    if head is None or head < known_end - 1:
        return from_gazetteer(reading, index, known) if known and known_end else None
    last = _prefixed(reading, index, head, run_end) or _tail(reading, index, head, run_end)
    if last is None:
        return None
    if known and known_end >= last:
        return from_gazetteer(reading, index, known)
    opening = reading.tokens[index].low
    return None if opening == "and" or opening in words.STARTERS else _named(reading, index, head, last)


def unit_at(reading: Reading, index: int, end: int, *, first: int | None = None) -> Found | None:
    """A numbered unit: ``4th Brigade``, ``68th Separate Jaeger Brigade``, ``25th brigade``, ``U.S. 5th Fleet``.

    ``first`` is where its number stands, if not at its beginning.
    """
    tokens = reading.tokens
    step = (index if first is None else first) + 1
    if step >= end or tokens[step].low not in _ORDINALS or tokens[step].start != tokens[step - 1].end:
        return None
    head = None
    for number in range(step + 1, min(end, step + 8)):
        token = tokens[number]
        if token.kind != "w" or not (
            token.capital or token.low in words.FORCE_MODIFIERS or token.low in words.UNIT_HEADS
        ):
            break
        acronym = token.text.isupper() and 1 < len(token.text) < 6 and number == step + 1
        if acronym or (token.low in words.UNIT_HEADS and (token.capital or token.low in _ALWAYS_UNITS)):
            head = number
        if token.possessive:
            break
    if head is None:
        return None
    text = text_of(reading, index, head + 1)
    exact = reading.gazetteer.lookup(text)
    if exact and exact[0].entry.kind == "organization":
        return Found(index, head + 1, "organization", text, exact)
    return Found(index, head + 1, "organization", text, entity=Entity("organization", text, None, "armed-forces"))


_ORDINALS = frozenset("st nd rd th".split())
_ALWAYS_UNITS = words.UNIT_HEADS & frozenset(
    "battalion brigade brigades corps flotilla platoon regiment squadron".split()
)


def _head(reading: Reading, index: int, run_end: int) -> int | None:
    """The last head in a row of them, or the one that nothing of the name follows; never a word of a place's name."""
    tokens = reading.tokens
    for token in tokens[index:run_end]:
        if token.capital and token.low in words.ORGANIZATION_HEADS:
            break
    else:
        return None
    head, step = None, index
    first = lookup(reading, index, run_end)
    while step < run_end:
        token = tokens[step]
        if token.low == "and" and first is not None and first[0] == step:
            break  # "French and Royal Navy": a name by itself stands before it
        place = _place_end(reading, step, run_end) if token.capital else 0
        if place:
            if place < run_end and tokens[place].low == "and" and not tokens[place].capital:
                break
            step = place
        elif token.kind == "w" and token.capital and _may_head(reading, index, step):
            head = step
            if _ends_head(tokens, step, run_end):
                break
            step += 1
        elif _breaks_name(tokens, index, step, run_end) or (head is not None and not token.capital):
            break
        else:
            step += 1
    return head


def _may_head(reading: Reading, index: int, step: int) -> bool:
    """Whether a word may be the head of a body's name: "the Red Cross", and no "Amberley Cross"."""
    tokens, low = reading.tokens, reading.tokens[step].low
    if low not in words.ORGANIZATION_HEADS or low not in words.WEAK_HEADS:
        return low in words.ORGANIZATION_HEADS
    owned = index > 0 and tokens[index - 1].possessive
    return step - index > 1 or (step > index and (owned or lookup(reading, index, step) is not None))


def _place_end(reading: Reading, index: int, run_end: int) -> int:
    """Where a place's name of several words ends that begins here: ``West Bank``; 0 where there is none."""
    known = lookup(reading, index, run_end)
    if known is None or known[0] < index + 2 or known[1][0].entry.kind != "place" or known[1][0].kind != "name":
        return 0
    return known[0]


def _ends_head(tokens: Sequence[Token], step: int, run_end: int) -> bool:
    following = tokens[step + 1] if step + 1 < run_end else None
    return following is None or tokens[step].possessive or not following.capital or following.low in words.TITLES


def _breaks_name(tokens: Sequence[Token], index: int, step: int, run_end: int) -> bool:
    """Whether a name ends before a token: after another's possessive, before a title, an office, a small word."""
    token = tokens[step]
    if step > index and tokens[step - 1].possessive and not _possessive_name(tokens, index, step, run_end):
        return True
    if not token.naming and token.text not in (".", "&") and token.low != "and":
        return True
    return token.low in words.TITLES or (is_role_head(token.low) and not office_in_name(tokens, step, run_end))


def _prefixed(reading: Reading, index: int, head: int, run_end: int) -> int:
    """One past ``Radio Balibo``, ``Joint Task Force Lake``: a head whose own name follows; or 0."""
    tokens = reading.tokens
    leads = tokens[head].low == "radio" and head == index
    leads = leads or (tokens[head].low == "force" and head > index and tokens[head - 1].low == "task")
    last = head + 1
    if not leads or tokens[head].possessive or last >= run_end or not tokens[last].capital:
        return 0
    known = tokens[last].low in words.ORGANIZATION_HEADS or is_role_head(tokens[last].low)
    return last + 1 if tokens[last].kind == "w" and not known else 0


def _tail(reading: Reading, index: int, head: int, run_end: int) -> int | None:
    """One past the name: a complement belongs to it; None where no modifier and no complement does."""
    tokens, last = reading.tokens, head + 1
    if tokens[last - 1].low in words.COMPLEMENT_HEADS and not tokens[last - 1].possessive:
        last = _complement(reading, last, run_end)
    if last == index + 1:
        return None  # "the Council": a part of a name given before, which `kg.extract.people` links
    secretary = last < run_end and tokens[last].low == "secretary" and tokens[last - 1].low == "press"
    return None if secretary else last


def _named(reading: Reading, start: int, head: int, last: int) -> Found | None:
    """The organization that these tokens name: an entry of the gazetteer, or one of the document."""
    tokens, text = reading.tokens, text_of(reading, start, last)
    exact = reading.gazetteer.lookup(text)
    if exact and exact[0].entry.kind == "organization":
        return Found(start, last, "organization", text, exact)
    within = lookup(reading, start, last)
    forces = last > start + 1 and tokens[head].low in ("forces", "army")
    placed = last < head + 3 or tokens[last - 1].low in words.DIRECTIONS or lookup(reading, last - 1, last) is not None
    forces = forces and placed  # "the Armed Forces of the South", not "the Army of Liberation"
    if within and within[1][0].entry.kind == "organization" and within[0] >= head and forces:
        return from_gazetteer(reading, start, within)
    types = (words.ORGANIZATION_TYPES[t.low] for t in tokens[head:last] if t.low in words.ORGANIZATION_TYPES)
    kind = next(types, "organization")
    return Found(start, last, "organization", text, entity=Entity("organization", text, None, kind))


def _possessive_name(tokens: Sequence[Token], index: int, step: int, run_end: int) -> bool:
    """``Yemen's Defence Ministry`` is one name; so is ``Women's Council``; ``Khalifa Haftar's Army`` is two."""
    if step - index > 1 and not tokens[step - 1].text.endswith("s") and tokens[step - 1].low not in _MANY:
        return False
    return any(t.low in words.ORGANIZATION_HEADS and t.capital for t in tokens[step : min(run_end, step + 4)])


_MANY = frozenset(("people", "women", "men", "children", "fishermen", "seamen"))


def _shouted_complement(tokens: Sequence[Token], last: int, run_end: int) -> int:
    """Past ``OF INQUIRY INTO THE EVENTS`` in a line of capitals that is nothing but a name: no headline."""
    news = listed("rather_verb") | listed("saying", "reality")
    told = any(word(token.low).lemma in news for token in tokens[last:run_end])
    return last if told or not all(token.text.isupper() for token in tokens[last:run_end]) else run_end


def _complement(reading: Reading, last: int, run_end: int) -> int:
    """Past ``of/for/to/on [the] Capitals`` after the head of an organization's name."""
    tokens = reading.tokens
    if tokens[last - 1].text.isupper() and last + 1 < run_end and tokens[last].low in ("of", "on", "for"):
        return _shouted_complement(tokens, last, run_end)
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
