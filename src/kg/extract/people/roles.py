"""Role claims: of the offices that a text gives to somebody, and of ranks where it names no office."""

from collections.abc import Sequence

from kg.extract import words
from kg.extract.found import Found
from kg.extract.names import PLURAL_HEADS, text_of
from kg.extract.people.offices import Offices
from kg.extract.people.registry import Office, People, Person
from kg.extract.reading import Reading, Sentence
from kg.model import Entity, RoleClaim, Span


def claim_role(reading: Reading, people: People, office: Office) -> None:
    """Make a role claim of an office, unless the same office of the same person is known already."""
    person = people.of_surname(office.named.text)
    if person is None:
        return
    title, last = office.role.text, reading.tokens[office.role.last - 1].low
    if last in PLURAL_HEADS:
        title = _singular(title)
    low = title.lower()
    lows = (t.low for t in reading.tokens[office.role.first : office.role.last])
    heads = [PLURAL_HEADS.get(each, each) for each in lows if each in words.ROLE_HEADS or each in PLURAL_HEADS]
    head = "minister" if low == "fm" else heads[-1] if heads else last
    if any(known[0] == low and known[2] == office.of for known in person.roles):
        return
    person.roles.append((low, head, office.of))
    if head in words.FEMALE or head in words.MALE:
        person.gender = "f" if head in words.FEMALE else "m"
    evidence = _evidence(reading, office)
    known = (name.entry.entity() for name in reading.gazetteer.lookup(title) if name.entry.kind == "role")
    made = RoleClaim(
        evidence=evidence, member=person.entity, title=title, role=next(known, None), organization=office.of
    )
    reading.claims.append(made)


def _evidence(reading: Reading, office: Office) -> tuple[Span, ...]:
    """The stretch with the name, the office and whose it is; of a signature, the line of each."""
    tokens, named, role, sentence = reading.tokens, office.named, office.role, office.sentence
    if tokens[named.last - 1].end < sentence.start:  # a signature: the name stands in the line above
        return (
            Span(tokens[role.first].start, tokens[office.until - 1].end),
            Span(tokens[named.first].start, tokens[named.last - 1].end),
        )
    last = max(office.until, role.last, named.last)
    span = Span(tokens[min(named.first, role.first)].start, tokens[last - 1].end)
    return (sentence.span if span not in sentence.span else span,)


def claim_titles(reading: Reading, found: Sequence[Sequence[Found]], people: People) -> None:
    """``Prof. X of the Vanni Institute``, ``Gen. Y``: a rank or chair where no other office is named.

    The mention that tells whose it is, if any, else the first.
    """
    ranked: dict[int, tuple[Person, str, str, Entity | None, Span]] = {}
    for sentence, group in zip(reading.sentences, found, strict=True):
        for number, one in enumerate(group):
            person = people.of_surname(one.text) if one.kind == "person" and one.titled and one.entity else None
            if person is None or person.roles:
                continue
            if (rank := _rank(reading, sentence, one)) is None:
                continue
            first, head = rank
            of, until = _served(reading, sentence, group, number)
            if id(person) not in ranked or (of is not None and ranked[id(person)][3] is None):
                span = Span(reading.tokens[first].start, reading.tokens[until - 1].end)
                ranked[id(person)] = person, text_of(reading, first, one.first), head, of, span
    for person, title, head, of, span in ranked.values():
        person.roles.append((title.lower(), head, of))
        reading.claims.append(RoleClaim(evidence=(span,), member=person.entity, title=title, organization=of))


def _rank(reading: Reading, sentence: Sentence, one: Found) -> tuple[int, str] | None:
    """Where the titles before a name begin, and the last that is an office by itself."""
    tokens, first = reading.tokens, one.first
    while first > sentence.first and (tokens[first - 1].text == "." or tokens[first - 1].low in _TITLING):
        first -= 1
    ranks = [t.low for t in tokens[first : one.first] if t.low in words.MILITARY_RANKS or t.low in _CHAIRS]
    return (first, ranks[-1]) if ranks else None


def _served(reading: Reading, sentence: Sentence, group: Sequence[Found], number: int) -> tuple[Entity | None, int]:
    """``Prof. X of the Vanni Institute``, ``Sgt. X (Signal Corps)``, ``Capt. X, 3rd Battery``: whose, and its end."""
    tokens, one = reading.tokens, group[number]
    following = group[number + 1] if number + 1 < len(group) else None
    before = group[number - 1] if number else None
    if before is not None and before.kind == "organization" and tokens[before.last].text == ",":
        lead = [token.low for token in tokens[max(sentence.first, before.first - 2) : before.first]]
        titles = all(t.low in _TITLING or t.text == "." for t in tokens[before.last + 1 : one.first])
        if titles and lead[-2:] == ["for", "the"]:
            return before.entity, one.last  # "for the Allied Control Commission, Major Pelham Grant"
    of, until = Offices(reading, sentence, list(group)).after_name(one)
    if of is not None or following is None or following.kind != "organization" or one.last >= sentence.last:
        return of, until
    closes = following.last >= sentence.last or tokens[following.last].kind == "p"
    apposed = tokens[one.last].text in (",", "(") and one.last + 1 == following.first and closes
    return (following.entity, following.last) if apposed and following.entity else (None, one.last)


_TITLING = words.TITLES | words.MILITARY_RANKS
_CHAIRS = frozenset("prof sheikh ayatollah father".split())


def _singular(title: str) -> str:
    head, _, last = title.rpartition(" ")
    low = last.lower()
    if low in PLURAL_HEADS:
        singular = PLURAL_HEADS[low]
        last = singular.title() if last[0].isupper() else singular
    return f"{head} {last}".strip()
