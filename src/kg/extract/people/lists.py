"""Offices that several hold: ``the presidents of A and B, P and Q``; ``consuls Berg (Norland), Lund (Sudland)``."""

from collections.abc import Iterator, Sequence

from kg.extract.found import Found
from kg.extract.lexicon import is_common
from kg.extract.names import state_of
from kg.extract.people.registry import Office, surname_of
from kg.extract.reading import Reading, Sentence
from kg.model import Entity
from kg.text.folding import fold
from kg.text.tokens import Token

_MOST = 60  # names after an office that are read as a list


def before_office(tokens: Sequence[Token], names: Sequence[Found], number: int) -> list[Found]:
    """Whose office it is, before it: ``Moldova's``, ``the European Union``, ``Latvian and Estonian``."""
    found: list[Found] = []
    expected = names[number].first
    for one in reversed(names[max(0, number - 8) : number]):
        gap = tokens[one.last : expected]
        if not found and [token.text for token in gap] == [")"] and tokens[one.first - 1].text == "(":
            expected = one.first - 1
            continue  # "the Syrian Democratic Forces (SDF)"
        plain = one.initial and not (tokens[one.last - 1].possessive and not is_common(tokens[one.first].low))
        if one.kind not in ("place", "demonym", "organization", "name") or (one.kind == "name" and (found or plain)):
            break
        joined = gap and all(t.text == "," or t.low == "and" for t in gap)
        if found and not (joined and one.kind == found[0].kind == "demonym"):
            break
        if not found and gap and not (len(gap) == 1 and gap[0].text in "-–’'"):
            break
        found.insert(0, one)
        expected = one.first
    return found


def whose(reading: Reading, one: Found) -> Entity | None:
    """The organization, or the state, of an office."""
    if one.kind == "organization":
        return one.entity
    if one.entity and one.entity.key:
        return state_of(reading, one.entity.key) or one.entity
    return Entity("place", one.text, None, one.hint) if one.kind in ("name", "place") else None


def office_list(reading: Reading, sentence: Sentence, names: list[Found], number: int) -> Iterator[Office]:
    """Offices matched to names in order: ``the presidents of A, B and C, P, Q and R``; ``the Latvian and Estonian
    ambassadors, X and Y``; ``consuls Berg (Norland), Lund (Sudland)``.
    """
    role = names[number]
    before = before_office(reading.tokens, names, number)
    wholes = [whose(reading, one) for one in before]
    rest, position = names[number + 1 : number + 1 + _MOST], role.last
    if not before:
        wholes, position, taken = _wholes(reading, rest, role)
        rest = rest[taken:]
    people = _people(reading, sentence, rest, position)
    if len(people) == 1 and position == role.last and reading.tokens[position].text == ",":
        return  # "They met officials, Ana Mora said": one is not all of them
    for index, (one, own) in enumerate(people):
        shared = wholes[index] if len(wholes) == len(people) else wholes[0] if len(wholes) == 1 else None
        one.kind = "person"
        if one.words == 1 and not named_in_full(reading, one):
            one.entity = Entity("person", one.text)
        yield Office(one, role, own or shared, sentence, one.last)


def _wholes(reading: Reading, rest: Sequence[Found], role: Found) -> tuple[list[Entity | None], int, int]:
    """The bodies after ``of``, the token after them, and how many names they are."""
    tokens, position = reading.tokens, role.last
    wholes: list[Entity | None] = []
    if position >= len(tokens) or tokens[position].low not in ("of", "for", "to", "from"):
        return wholes, position, 0
    position += 1
    for one in rest:
        joined = all(t.text == "," or t.low in ("and", "the") for t in tokens[position : one.first])
        if one.kind not in ("place", "organization") or not joined:
            break
        wholes.append(whose(reading, one))
        position = one.last
    return wholes, position if wholes else role.last, len(wholes)


_JOINS = frozenset((",", ":", "–", "—", "(", ")", "and", "respectively"))


def _people(
    reading: Reading, sentence: Sentence, rest: Sequence[Found], position: int
) -> list[tuple[Found, Entity | None]]:
    """The names that follow, each with the body after it: ``Berg (Norland)``, ``Berg of Norland``."""
    tokens = reading.tokens
    people: list[tuple[Found, Entity | None]] = []
    for one in rest:
        gap = [token.low for token in tokens[position : one.first]]
        owned = gap in (["of"], ["of", "the"]) and one.kind in ("place", "organization")
        if len(gap) > 3 or not (owned or _JOINS.issuperset(gap)):
            break
        bracketed = gap[-1:] == ["("] and one.last < sentence.last and tokens[one.last].text == ")"
        if (bracketed or owned) and people:
            people[-1] = people[-1][0], whose(reading, one)
        elif one.kind not in ("name", "person") or (one.words < 2 and not _is_owned(tokens, one, sentence)):
            break
        else:
            people.append((one, None))
        position = one.last
    return people


def named_in_full(reading: Reading, one: Found) -> bool:
    """Whether a single name is the surname of somebody whom the text names in full."""
    surname = fold(one.text)
    return any(other.words >= 2 and surname_of(other.text) == surname for group in reading.found for other in group)


def _is_owned(tokens: Sequence[Token], one: Found, sentence: Sentence) -> bool:
    return one.last < sentence.last and tokens[one.last].low in ("(", "of")
