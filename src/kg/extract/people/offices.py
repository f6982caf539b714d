"""Who holds which office where: ``X, head of Y``, ``Y head X``, ``the presidents of A and B, P and Q``, signatures."""

from collections.abc import Iterator, Sequence

from kg.extract import words
from kg.extract.names import PLURAL_HEADS, Found, state_of, text_of
from kg.extract.people.organizations import make_organization
from kg.extract.people.persons import looks_personal
from kg.extract.people.registry import Office, People, Person
from kg.extract.reading import Reading, Sentence
from kg.model import Entity, RoleClaim, Span
from kg.text.tokens import Token

_DETERMINERS = frozenset("the a an its his her their our my".split())
_APPOSITION = frozenset(
    ", who is was has been the a an then now formerly also himself herself – — ( as serves served currently".split()
)


def _past_titles(tokens: Sequence[Token], index: int, until: int) -> bool:
    """Whether only titles, or ``(Retd)``, stand between an office and a name."""
    between = tokens[index:until]
    return len(between) <= 6 and all(
        t.low in words.TITLES or t.text in (".", "(", ")") or t.low in ("retd", "ret", "retired") for t in between
    )


def _past_phrases(tokens: Sequence[Token], index: int, sentence: Sentence, names: Sequence[Found]) -> int:
    """Past ``for the region``, ``in the Government of National Accord`` after an office."""
    starts = {one.first: one for one in names}
    for _ in range(3):
        if index >= sentence.last or tokens[index].low not in ("of", "for", "to", "in", "at", "on"):
            return index
        step = index + 1
        while (
            step < sentence.last
            and tokens[step].kind == "w"
            and not tokens[step].capital
            and tokens[step].low not in words.SAY
            and step < index + 6
        ):
            step += 1
        if one := starts.get(step):
            step = one.last
        if step == index + 1 or (step < sentence.last and tokens[step].kind == "w" and tokens[step].low in words.SAY):
            return index
        index = step
    return index


def find_signatures(reading: Reading, found: Sequence[list[Found]]) -> Iterator[Office]:
    """A line that is a name, and below it a line that is an office: who has signed."""
    for above, below, names, offices in zip(reading.sentences, reading.sentences[1:], found, found[1:], strict=False):
        if len(names) != 1 or not offices or below.block != above.block + 1 or reading.blocks[below.block].gap:
            continue
        one, role = names[0], offices[0]
        alone = (
            one.last == above.last
            and one.first - above.first <= 2
            and one.kind in ("name", "person")
            and one.words >= 2
        )
        if not alone or role.kind != "role" or role.first != below.first or not looks_personal(reading, one):
            continue
        whole = offices[1] if len(offices) > 1 else None
        of, until = None, role.last
        if whole and whole.first - role.last <= 3 and whole.kind in ("organization", "place", "name"):
            if whole.kind == "name" and whole.words >= 2:
                make_organization(whole)
            of, until = _whose(reading, whole), whole.last
        one.kind = "person"
        yield Office(one, role, of, below, until)


def _bodys(reading: Reading, found: Sequence[Sequence[Found]], sentence: Sentence, role: Found) -> Entity | None:
    """``Its director``, ``the group's cartographer``: the organization last named, or last named with that word."""
    tokens = reading.tokens
    last = tokens[role.last - 1]
    if last.capital and last.low in words.ORGANIZATION_HEADS:  # "Head of Mission"
        whole = next(
            (entity for entity in reading.organizations_before(last.start) if last.low in entity.name.lower().split()),
            None,
        )
        if whole is not None:
            return whole
    index = role.first - 1
    if index < sentence.first:
        return None
    token = tokens[index]
    if token.low != "its" and not (token.possessive and not token.capital):
        return None
    for back, group in enumerate(reversed(found[max(0, sentence.index - 40) : sentence.index + 1])):
        for one in group if token.low == "its" and back else reversed(group):
            named = token.low == "its" or token.low in one.text.lower().split()
            if named and one.kind == "organization" and one.entity and one.last <= index:
                return one.entity
    return None


def find_offices(
    reading: Reading, found: Sequence[Sequence[Found]], sentence: Sentence, names: list[Found]
) -> Iterator[Office]:
    """Pairs of a person's name and an office, with whose office it is, and where the evidence ends."""
    tokens = reading.tokens
    for number, role in enumerate(names):
        if role.kind != "role":
            continue
        before = _before(tokens, names, number)
        if (
            role.first > sentence.first
            and tokens[role.first - 1].text == "("
            and number
            and names[number - 1].last == role.first - 1
            and names[number - 1].kind in ("name", "person")
        ):
            yield _bracketed(reading, sentence, names, number)
            continue
        if tokens[role.last - 1].low in PLURAL_HEADS or (before and len(before) > 1):
            yield from _office_list(reading, sentence, names, number, before)
            continue
        after = names[number + 1] if number + 1 < len(names) else None
        if (
            before
            and before[-1].kind == "name"
            and not (after and after.first == role.last and after.kind in ("name", "person"))
        ):
            before = [] if not tokens[before[-1].last - 1].possessive else before
        if before and before[-1].kind == "name" and before[-1].words >= 2:
            make_organization(before[-1])
        of = _whose(reading, before[-1]) if before else _bodys(reading, found, sentence, role)
        if (
            after
            and _past_titles(tokens, role.last, after.first)
            and after.kind in ("name", "person")
            and not tokens[role.last - 1].possessive
        ):
            until = after.last
            if of is None and until + 1 < sentence.last and tokens[until].low == "of":
                whole = names[number + 2] if number + 2 < len(names) else None
                if whole and whole.first - until <= 2 and whole.kind in ("place", "organization"):
                    of, until = _whose(reading, whole), whole.last
            yield _office(after, role, of, sentence, until)
            continue
        complement, of_after = _complement(reading, sentence, names, number)
        weak = bool(before) and before[-1].kind == "place" and not tokens[before[-1].last - 1].possessive
        of = of_after if of_after and (of is None or (weak and of_after.kind == "organization")) else of
        start = before[0].first if before else _title_start(tokens, role, sentence)
        named = _named_before(tokens, sentence, names, number, start)
        end = complement.last if complement else role.last
        if named:
            yield _office(named, role, of, sentence, end)
            continue
        end = _past_phrases(tokens, end, sentence, names)
        follow = next((n for n in names[number + 1 :] if n.first >= end), None)
        if follow and follow.kind == "role":  # "the Undersecretary of ..., Brigadier Khaled Al-Mabrouk"
            further = next((n for n in names[number + 1 :] if n.first > follow.first), None)
            if further and _past_titles(tokens, follow.last, further.first) and len(tokens[end : follow.first]) <= 1:
                end = follow.last if not tokens[end : follow.first] else end
                follow = further
                if tokens[end].text == ",":
                    end = further.first - 1 if tokens[further.first - 1].text == "," else end
                    yield _office(follow, role, of, sentence, follow.last)
                    continue
        if follow and follow.kind in ("name", "person"):
            between = tokens[end : follow.first]
            between = [t for t in between if t.low not in words.TITLES and t.text not in (".", "(", ")")]
            if not between or (len(between) == 1 and between[0].text == "," and follow.words >= 2):
                closed = (
                    follow.last >= sentence.last
                    or tokens[follow.last].text in (",", ".", ":", ";")
                    or tokens[follow.last].low in words.SAY
                    or not between
                    or follow.titled
                    or tokens[follow.last].low in ("has", "had", "was", "is", "and", "who")
                )
                if closed:
                    yield _office(follow, role, of, sentence, follow.last)


def _bracketed(reading: Reading, sentence: Sentence, names: Sequence[Found], number: int) -> Office:
    """``Ana Vega (director, Lagos Museum)``: whose office it is follows the comma."""
    tokens, role = reading.tokens, names[number]
    of, until = None, role.last
    whole = names[number + 1] if number + 1 < len(names) else None
    if (
        whole
        and whole.first - role.last <= 2
        and all(t.text == "," or t.low in ("of", "the", "for", "at") for t in tokens[role.last : whole.first])
    ):
        if whole.kind == "name" and whole.words >= 2:
            make_organization(whole)
        of, until = _whose(reading, whole), whole.last
    return _office(names[number - 1], role, of, sentence, until)


def _title_start(tokens: Sequence[Token], role: Found, sentence: Sentence) -> int:
    """The office with the plain words before it: ``, data editor of``, ``, chief draughtswoman of``."""
    start = role.first
    while (
        start - 1 > sentence.first
        and start > role.first - 3
        and tokens[start - 1].kind == "w"
        and tokens[start - 1].text.islower()
        and tokens[start - 1].low not in _DETERMINERS
        and tokens[start - 1].low not in _APPOSITION
    ):
        start -= 1
    return (
        start
        if start == role.first or tokens[start - 1].text == "," or tokens[start - 1].low in _DETERMINERS
        else role.first
    )


def _office(named: Found, role: Found, of: Entity | None, sentence: Sentence, until: int) -> Office:
    named.kind = "person"
    return Office(named, role, of, sentence, until)


def _before(tokens: Sequence[Token], names: Sequence[Found], number: int) -> list[Found]:
    """Whose office it is, before it: ``Moldova's``, ``the European Union``, ``Latvian and Estonian``."""
    role = names[number]
    found: list[Found] = []
    expected = role.first
    for one in reversed(names[:number]):
        if one.kind not in ("place", "demonym", "organization", "name") or (
            one.kind == "name" and (found or one.initial)
        ):
            break
        gap = tokens[one.last : expected]
        if found and not (
            all(t.text == "," or t.low == "and" for t in gap) and gap and one.kind == found[0].kind == "demonym"
        ):
            break
        if not found and gap and not (len(gap) == 1 and gap[0].text in "-–’'"):
            break
        found.insert(0, one)
        expected = one.first
    return found


def _whose(reading: Reading, one: Found) -> Entity | None:
    """The organization, or the state, of an office."""
    if one.kind == "organization":
        return one.entity
    if one.entity and one.entity.key:
        return state_of(reading, one.entity.key) or one.entity
    return Entity("place", one.text, None, one.hint) if one.kind in ("name", "place") else None


def _complement(
    reading: Reading, sentence: Sentence, names: Sequence[Found], number: int
) -> tuple[Found | None, Entity | None]:
    """What ``of/for/to/at/in/with [the]`` after an office leads to."""
    tokens, role = reading.tokens, names[number]
    step = role.last
    if step >= sentence.last or tokens[step].low not in ("of", "for", "to", "at", "in", "with", "from"):
        return None, None
    step += 1
    while step < sentence.last and (
        tokens[step].low in _DETERMINERS
        or tokens[step].text in ("local", "city", "town", "village", "port", "state", "district", "region", "regional")
    ):
        step += 1
        if step < sentence.last and tokens[step].low == "of":
            step += 1
    body = _body_word(reading, step, sentence) if tokens[step - 1].low in ("the", "its", "this") else None
    if body is not None:
        return Found(step, step + 1, "organization", tokens[step].text, entity=body), body
    for one in names[number + 1 :]:
        if one.first == step and one.kind in ("organization", "place", "name", "demonym"):
            if one.kind == "demonym":
                return None, None
            if (
                one.kind == "name"
                and one.words >= 3
                and tokens[step - 1].low != "the"
                and one.last < sentence.last
                and (tokens[one.last].low in words.SAY or tokens[one.last].text == ",")
            ):
                split = Found(one.last - 2, one.last, "person", text_of(reading, one.last - 2, one.last))
                one.last = split.first
                one.text = text_of(reading, one.first, one.last)
                make_organization(one)
                names = names if isinstance(names, list) else list(names)
                names.insert(names.index(one) + 1, split)
                return one, one.entity
            if (
                one.kind == "name"
                and one.words >= 2
                and tokens[step - 1].low == "the"
                and not any(t.low in words.DIRECTIONS for t in tokens[one.first : one.last])
            ):
                make_organization(one)
            return one, _whose(reading, one)
        if one.first > step:
            break
    return None, None


def _body_word(reading: Reading, index: int, sentence: Sentence) -> Entity | None:
    """``spokesman for the clinic``: the organization named before with that word in it."""
    if index >= sentence.last:
        return None
    low = reading.tokens[index].low
    if reading.tokens[index].capital or low not in words.ORGANIZATION_HEADS:
        return None
    return next(
        (
            entity
            for entity in reading.organizations_before(reading.tokens[index].start)
            if low in entity.name.lower().split()
        ),
        None,
    )


def _named_before(
    tokens: Sequence[Token], sentence: Sentence, names: Sequence[Found], number: int, start: int
) -> Found | None:
    """The name that an office stands in apposition to: ``Irina Lupu, spokeswoman for ...``, ``X, who heads``."""
    for one in reversed(names[:number]):
        if one.kind in ("name", "person") and one.last <= start:
            between = tokens[one.last : start]
            if not between or len(between) > 7:
                return None
            marks = between[0].text in (",", "(", "–", "—") or between[0].low in ("is", "was")
            fits = all(
                t.low.endswith(("-based", "-born"))
                or t.text in _APPOSITION
                or t.low in _APPOSITION
                or t.kind == "n"
                or t.low in words.ROLE_MODIFIERS
                for t in between
            )
            return one if marks and fits and (one.words >= 2 or one.kind == "person" or one.titled) else None
        if one.last <= start and one.kind not in ("demonym",):
            return None
    return None


def _office_list(
    reading: Reading, sentence: Sentence, names: list[Found], number: int, before: list[Found]
) -> Iterator[Office]:
    """Offices matched to names in order: ``the presidents of A, B and C, P, Q and R``; ``the Latvian and Estonian
    ambassadors, X and Y``.
    """
    tokens, role = reading.tokens, names[number]
    wholes = [_whose(reading, one) for one in before]
    rest = names[number + 1 :]
    position = role.last
    if not before and position < sentence.last and tokens[position].low in ("of", "for", "to", "from"):
        position += 1
        taken = 0
        for one in rest:
            gap = tokens[position : one.first]
            joined = all(t.text == "," or t.low in ("and", "the") for t in gap)
            if one.kind not in ("place", "organization") or not joined:
                break
            wholes.append(_whose(reading, one))
            position, taken = one.last, taken + 1
        rest = rest[taken:]
    people: list[Found] = []
    for one in rest:
        gap = tokens[position : one.first]
        joined = len(gap) <= 3 and all(
            t.text in (",", ":", "–", "—", "(") or t.low in ("and", "respectively") for t in gap
        )
        if one.kind not in ("name", "person") or not joined or one.words < 2:
            break
        people.append(one)
        position = one.last
    for index, one in enumerate(people):
        of = wholes[index] if len(wholes) == len(people) else wholes[0] if len(wholes) == 1 else None
        yield _office(one, role, of, sentence, one.last)


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
