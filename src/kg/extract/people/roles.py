"""Role claims: of the offices that a text gives to somebody, and of ranks where it names no office."""

from collections.abc import Sequence

from kg.extract import words
from kg.extract.found import Found
from kg.extract.names import PLURAL_HEADS, text_of
from kg.extract.people.registry import Office, People
from kg.extract.reading import Reading
from kg.model import RoleClaim, Span


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
    if head in words.FEMALE | words.MALE:
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
