"""Role claims: of the offices that a text gives to somebody, and of ranks where it names no office."""

from collections.abc import Sequence

from kg.extract import words
from kg.extract.names import PLURAL_HEADS, Found, text_of
from kg.extract.people.registry import Office, People, Person
from kg.extract.reading import Reading
from kg.model import Entity, RoleClaim, Span


def claim_role(reading: Reading, people: People, office: Office) -> None:
    """Make a role claim of an office, unless the same office of the same person is known already."""
    named, role, of, sentence, until = office
    person = people.of_surname(named.text)
    if person is None:
        return
    title = role.text
    low = title.lower()
    head = reading.tokens[role.last - 1].low
    if head in PLURAL_HEADS:
        title, low = _singular(title), _singular(low)
    heads = [
        t.low for t in reading.tokens[role.first : role.last] if t.low in words.ROLE_HEADS or t.low in PLURAL_HEADS
    ]
    head = PLURAL_HEADS.get(heads[-1], heads[-1]) if heads else head
    if low == "fm":
        head = "minister"
    if any(known[0] == low and known[2] == of for known in person.roles):
        return
    person.roles.append((low, head, of))
    if head in words.FEMALE:
        person.gender = "f"
    elif head in words.MALE:
        person.gender = "m"
    tokens = reading.tokens
    start = min(tokens[named.first].start, tokens[role.first].start)
    if tokens[named.last - 1].end < sentence.start:  # a signature: the name stands in the line above
        reading.claims.append(_signed(reading, person, named, role, title, of, until))
        return
    span = Span(start, max(tokens[until - 1].end, tokens[role.last - 1].end, tokens[named.last - 1].end))
    known_role = next(
        (name.entry.entity() for name in reading.gazetteer.lookup(title) if name.entry.kind == "role"), None
    )
    reading.claims.append(
        RoleClaim(
            evidence=(sentence.span if span not in sentence.span else span,),
            member=person.entity,
            title=title,
            role=known_role,
            organization=of,
        )
    )


def _signed(
    reading: Reading, person: Person, named: Found, role: Found, title: str, of: Entity | None, until: int
) -> RoleClaim:
    tokens = reading.tokens
    office = Span(tokens[role.first].start, tokens[until - 1].end)
    name = Span(tokens[named.first].start, tokens[named.last - 1].end)
    known = next(
        (entry.entry.entity() for entry in reading.gazetteer.lookup(title) if entry.entry.kind == "role"), None
    )
    return RoleClaim(evidence=(office, name), member=person.entity, title=title, role=known, organization=of)


def claim_titles(reading: Reading, found: Sequence[Sequence[Found]], people: People) -> None:
    """``Prof. X of the Vanni Institute``, ``Gen. Y``: a rank or chair where no other office is named."""
    tokens = reading.tokens
    for sentence, group in zip(reading.sentences, found, strict=True):
        for number, one in enumerate(group):
            if one.kind != "person" or not one.titled or one.words < 2 or one.entity is None:
                continue
            person = people.of_surname(one.text)
            first = one.first
            while first > sentence.first and (tokens[first - 1].text == "." or tokens[first - 1].low in words.TITLES):
                first -= 1
            ranks = [
                t
                for t in tokens[first : one.first]
                if t.low in words.MILITARY_RANKS or t.low in ("prof", "sheikh", "ayatollah")
            ]
            if person is None or person.roles or not ranks:
                continue
            title = text_of(reading, ranks[0].start and first, one.first)
            of, until = None, one.last
            step = one.last + 1 if one.last < sentence.last and tokens[one.last].low in ("of", "from") else 0
            if step and step < sentence.last and tokens[step].low == "the":
                step += 1
            complement = (
                group[number + 1] if step and number + 1 < len(group) and group[number + 1].first == step else None
            )
            if complement is not None and complement.kind == "organization":
                of, until = complement.entity, complement.last
            person.roles.append((title.lower(), ranks[-1].low, of))
            span = Span(tokens[first].start, tokens[until - 1].end)
            reading.claims.append(RoleClaim(evidence=(span,), member=person.entity, title=title, organization=of))


def _singular(title: str) -> str:
    head, _, last = title.rpartition(" ")
    low = last.lower()
    if low in PLURAL_HEADS:
        singular = PLURAL_HEADS[low]
        last = singular.title() if last[0].isupper() else singular
    return f"{head} {last}".strip()
