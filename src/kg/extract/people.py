"""Who the people and organizations of a document are: full names, then surnames, offices, bodies, acronyms.

Namesakes of other documents are other people: nobody is known by name alone outside the document, save by a gazetteer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extract import words
from kg.extract.names import PLURAL_HEADS, Found, place_entity, span_of, state_of, text_of
from kg.extract.reading import Reading, Sentence, Token
from kg.model import Entity, RoleClaim, Span
from kg.names import fold

_KIN = frozenset("husband wife son daughter brother sister father mother grandson granddaughter uncle aunt cousin nephew niece widow widower friend neighbour neighbor colleague".split())
_DETERMINERS = frozenset("the a an its his her their our my".split())
_APPOSITION = frozenset(", who is was has been the a an then now formerly also himself herself – — ( as serves served currently".split())
_NOT_A_PERSON = frozenset(
    """agreement agreements accord accords treaty war wars operation line lines plan statement declaration protocol day act constitution
    memorandum process road street avenue award prize festival cup communique communiqué charter pact convention summit law report
    resolution map maps storm spring autumn winter summer sunday monday tuesday wednesday thursday friday saturday january february
    march april june july august september october november december christmas easter ramadan article chapter god islam christian
    muslim orthodox catholic english internet facebook twitter telegram whatsapp occupied occupation regions figures numbers glance
    facts armistice truce ceasefire talks offensive campaign wall gate hotel house palace square park station school highway plate
    agreement's initiative roadmap dialogue peace stamp notes""".split()
)


@dataclass(slots=True)
class Person:
    """Somebody whom the document names, with the offices that it gives them."""

    entity: Entity
    name: str
    surname: str  # folded
    gender: str = ""  # f, m, or not known
    roles: list[tuple[str, str, Entity | None]] = field(default_factory=list)  # title (lower), head, of
    first: int = 0  # offset where the name first stands
    credited: bool = False  # in a byline: who writes is not who is written about


@dataclass(slots=True)
class People:
    """The document's people, by the order in which it introduces them."""

    all: list[Person] = field(default_factory=list)
    by_name: dict[str, Person] = field(default_factory=dict)
    by_surname: dict[str, list[Person]] = field(default_factory=dict)
    by_given: dict[str, list[Person]] = field(default_factory=dict)

    def add(self, name: str, entity: Entity, offset: int) -> Person:
        key = fold(name)
        person = self.by_name.get(key) or self._variant(key, name)
        if person is None:
            person = Person(entity, name, _surname(name), first=offset)
            self.all.append(person)
            self.by_given.setdefault(key.split(" ")[0], []).append(person)
            for surname in {person.surname: 0, person.surname.split()[-1]: 0}:
                self.by_surname.setdefault(surname, []).append(person)
        self.by_name[key] = person
        return person

    def _variant(self, key: str, name: str) -> Person | None:
        """The same surname, and a first name that differs by a letter: ``Maria`` and ``Mariya``; or a middle name more."""
        parts = key.split()
        for person in self.by_surname.get(_surname(name), []):
            known = fold(person.name).split()
            if len(parts) > 1 and len(known) > 1 and (_near(parts[0], known[0]) or parts[0][:1] == known[0][:1] and 1 in (len(parts[0]), len(known[0]))):
                return person
        return None

    def of_surname(self, text: str) -> Person | None:
        """The one person of a surname (or of a single given name)."""
        key = fold(text)
        if found := self.by_name.get(key):
            return found
        found_all = self.by_surname.get(key, [])
        if len(found_all) == 1:
            return found_all[0]
        given = self.by_given.get(key, [])
        return given[0] if len(given) == 1 and not found_all else None


def _surname(name: str) -> str:
    """The last word of a name, folded, with its particle: ``al abadi``, ``van der merwe``, ``hoxha leka``."""
    parts = [fold(part) for part in name.split()]
    for index in range(1, len(parts) - 1):
        if parts[index] in ("al", "el", "bin", "van", "von", "de", "der", "ibn", "ter", "ben"):
            return " ".join(parts[index:])
    return parts[-2] if len(parts) > 1 and parts[-1] in ("jr", "sr", "ii", "iii", "iv") else parts[-1] if parts else ""


def _near(one: str, other: str) -> bool:
    """Equal but for one letter."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 4:
        return one == other
    if one == other:
        return True
    index = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[index + 1 :] == other[index + 1 :] or one[index:] == other[index + 1 :] or one[index + 1 :] == other[index:]


def settle(reading: Reading, found: list[list[Found]]) -> People:
    """Decide what each name is; give the document's people, its role claims and its entities."""
    countries = _countries(found)
    for sentence, names in zip(reading.sentences, found, strict=True):
        merge_bodies(reading, sentence, names)
        _hints(reading, sentence, names)
        for one in names:
            if one.candidates:
                one.entity = _known(reading, one, countries)
    reading.note_organizations(
        (reading.tokens[one.first].start, one.entity) for names in found for one in names if one.kind == "organization" and one.entity
    )
    people = People()
    offices: list[tuple[Found, Found, Entity | None, Sentence, int]] = []
    for sentence, names in zip(reading.sentences, found, strict=True):
        offices += _offices(reading, found, sentence, names)
        _speakers(reading, sentence, names)
        _groups(reading, sentence, names)
    offices += _signatures(reading, found)
    _persons(reading, found, people)
    for named, role, of, sentence, until in offices:
        _claim_role(reading, people, named, role, of, sentence, until)
    _titles(reading, found, people)
    _surnames(reading, found, people)
    _organizations(reading, found)
    _acronyms(reading, found)
    return people


def _countries(found: Sequence[Sequence[Found]]) -> frozenset[str]:
    return frozenset(
        one.candidates[0].entry.country
        for names in found
        for one in names
        if one.candidates and one.candidates[0].entry.country and one.candidates[0].entry.type == "country"
    )


def _known(reading: Reading, one: Found, countries: frozenset[str]) -> Entity | None:
    if one.kind in ("place", "demonym", "people"):
        return place_entity(reading, one, countries)
    kinds = {name.entry.kind for name in one.candidates}
    resolved = reading.gazetteer.resolve(one.candidates, countries=countries) if len(kinds) == 1 else one.candidates[0]
    return resolved.entry.entity() if resolved else None


def _hints(reading: Reading, sentence: Sentence, names: Sequence[Found]) -> None:
    """The place word beside a name: ``town of Lachin``, ``Lachin district``, ``the districts of Lachin and Kalbajar``."""
    tokens = reading.tokens
    for number, one in enumerate(names):
        if one.kind not in ("place", "name"):
            continue
        after = tokens[one.last].low if one.last < sentence.last else ""
        if after in words.PLACE_TYPES and after not in ("state", "country", "capital", "camp", "base", "bank", "area", "department", "division", "pass", "park"):
            one.hint = words.PLACE_TYPES[after]
            continue
        if after in words.PLURAL_PLACE_TYPES:
            one.hint = words.PLURAL_PLACE_TYPES[after]
            continue
        index = one.first - 1
        if index > sentence.first and tokens[index].low == "the":
            index -= 1
        if index > sentence.first and tokens[index].low == "of":
            index -= 1
        if index >= sentence.first:
            low = tokens[index].low
            if low in words.PLACE_TYPES and tokens[one.first - 1].low in ("of", "the", low):
                one.hint = words.PLACE_TYPES[low]
            elif low in words.PLURAL_PLACE_TYPES:
                one.hint = words.PLURAL_PLACE_TYPES[low]
            elif number and names[number - 1].hint and coordinated(tokens, names[number - 1], one) and names[number - 1].kind in ("place", "name"):
                one.hint = names[number - 1].hint if not tokens[names[number - 1].last].low in words.PLACE_TYPES else ""


def coordinated(tokens: Sequence[Token], left: Found, right: Found) -> bool:
    """Whether two names stand in one enumeration: only commas, ``and``, ``or``, ``the`` between them."""
    between = tokens[left.last : right.first]
    return 0 < len(between) <= 3 and all(t.text in (",", ";", "&") or t.low in ("and", "or", "the", "as", "well") for t in between) and not any(
        t.low in ("as", "well") for t in between[:1]
    )


def merge_bodies(reading: Reading, sentence: Sentence, names: list[Found]) -> None:
    """``Russia's defence ministry``, ``the Iraqi army``: a state's body, named in lower case after its state."""
    tokens = reading.tokens
    for number, one in enumerate(names):
        if one.kind not in ("place", "demonym") or not (one.kind == "demonym" or tokens[one.last - 1].possessive):
            continue
        step = one.last
        while step < sentence.last and tokens[step].low in words.BODY_MODIFIERS and step < one.last + 3:
            step += 1
        if step < sentence.last and tokens[step].low == "ministry":
            last = step + 1
            if step == one.last and last < sentence.last and tokens[last].low in ("of", "for"):
                last += 1
                while last < sentence.last and (tokens[last].low in words.PORTFOLIO or tokens[last].low == "and"):
                    last += 1
            text = text_of(reading, one.first, last)
            if any(other.first < last and other.first > one.first for other in names):
                continue
            names[number] = Found(one.first, last, "organization", text, entity=Entity("organization", text, None, "ministry"))


# --- offices -------------------------------------------------------------------------------------


def _past_titles(tokens: Sequence[Token], index: int, until: int) -> bool:
    """Whether only titles, or ``(Retd)``, stand between an office and a name."""
    between = tokens[index:until]
    return len(between) <= 6 and all(t.low in words.TITLES or t.text in (".", "(", ")") or t.low in ("retd", "ret", "retired") for t in between)


def _past_phrases(tokens: Sequence[Token], index: int, sentence: Sentence, names: Sequence[Found]) -> int:
    """Past ``for the region``, ``in the Government of National Accord`` after an office."""
    starts = {one.first: one for one in names}
    for _ in range(3):
        if index >= sentence.last or tokens[index].low not in ("of", "for", "to", "in", "at", "on"):
            return index
        step = index + 1
        while step < sentence.last and tokens[step].kind == "w" and not tokens[step].capital and tokens[step].low not in words.SAY and step < index + 6:
            step += 1
        if one := starts.get(step):
            step = one.last
        if step == index + 1 or (step < sentence.last and tokens[step].kind == "w" and tokens[step].low in words.SAY):
            return index
        index = step
    return index


def _signatures(reading: Reading, found: Sequence[list[Found]]) -> Iterator[tuple[Found, Found, Entity | None, Sentence, int]]:
    """A line that is a name, and below it a line that is an office: who has signed."""
    tokens = reading.tokens
    for above, below, names, offices in zip(reading.sentences, reading.sentences[1:], found, found[1:], strict=False):
        if len(names) != 1 or not offices or below.block != above.block + 1 or reading.blocks[below.block].gap:
            continue
        one, role = names[0], offices[0]
        alone = one.last == above.last and one.first - above.first <= 2 and one.kind in ("name", "person") and one.words >= 2
        if not alone or role.kind != "role" or role.first != below.first or not looks_personal(reading, one):
            continue
        whole = offices[1] if len(offices) > 1 else None
        of, until = None, role.last
        if whole and whole.first - role.last <= 3 and whole.kind in ("organization", "place", "name"):
            if whole.kind == "name" and whole.words >= 2:
                _make_organization(whole)
            of, until = _whose(reading, whole), whole.last
        one.kind = "person"
        yield one, role, of, below, until


def _make_organization(one: Found) -> None:
    one.kind, one.entity = "organization", Entity("organization", one.text, None, "organization")


def _bodys(reading: Reading, found: Sequence[Sequence[Found]], sentence: Sentence, role: Found) -> Entity | None:
    """``Its director``, ``the group's cartographer``: the organization last named, or last named with that word."""
    tokens = reading.tokens
    last = tokens[role.last - 1]
    if last.capital and last.low in words.ORGANIZATION_HEADS:  # "Head of Mission"
        whole = next((entity for entity in reading.organizations_before(last.start) if last.low in entity.name.lower().split()), None)
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
            if one.kind == "organization" and one.entity and one.last <= index:
                if token.low == "its" or token.low in one.text.lower().split():
                    return one.entity
    return None


def _offices(reading: Reading, found: Sequence[Sequence[Found]], sentence: Sentence, names: list[Found]) -> Iterator[tuple[Found, Found, Entity | None, Sentence, int]]:
    """Pairs of a person's name and an office, with whose office it is, and where the evidence ends."""
    tokens = reading.tokens
    for number, role in enumerate(names):
        if role.kind != "role":
            continue
        before = _before(tokens, names, number)
        if role.first > sentence.first and tokens[role.first - 1].text == "(" and number and names[number - 1].last == role.first - 1 and names[number - 1].kind in ("name", "person"):
            yield _bracketed(reading, sentence, names, number)
            continue
        if tokens[role.last - 1].low in PLURAL_HEADS or (before and len(before) > 1):
            yield from _office_list(reading, sentence, names, number, before)
            continue
        after = names[number + 1] if number + 1 < len(names) else None
        if before and before[-1].kind == "name" and not (after and after.first == role.last and after.kind in ("name", "person")):
            before = [] if not tokens[before[-1].last - 1].possessive else before
        if before and before[-1].kind == "name" and before[-1].words >= 2:
            _make_organization(before[-1])
        of = _whose(reading, before[-1]) if before else _bodys(reading, found, sentence, role)
        if after and _past_titles(tokens, role.last, after.first) and after.kind in ("name", "person") and not tokens[role.last - 1].possessive:
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
                follow = Found(follow.first, further.last, further.kind, further.text, further.candidates, further.entity) if False else further
                if tokens[end].text == ",":
                    end = further.first - 1 if tokens[further.first - 1].text == "," else end
                    yield _office(follow, role, of, sentence, follow.last)
                    continue
        if follow and follow.kind in ("name", "person"):
            between = tokens[end : follow.first]
            between = [t for t in between if t.low not in words.TITLES and t.text not in (".", "(", ")")]
            if not between or (len(between) == 1 and between[0].text == "," and follow.words >= 2):
                closed = follow.last >= sentence.last or tokens[follow.last].text in (",", ".", ":", ";") or tokens[follow.last].low in words.SAY or not between or follow.titled or tokens[follow.last].low in ("has", "had", "was", "is", "and", "who")
                if closed:
                    yield _office(follow, role, of, sentence, follow.last)


def _bracketed(reading: Reading, sentence: Sentence, names: Sequence[Found], number: int) -> tuple[Found, Found, Entity | None, Sentence, int]:
    """``Ana Vega (director, Lagos Museum)``: whose office it is follows the comma."""
    tokens, role = reading.tokens, names[number]
    of, until = None, role.last
    whole = names[number + 1] if number + 1 < len(names) else None
    if whole and whole.first - role.last <= 2 and all(t.text == "," or t.low in ("of", "the", "for", "at") for t in tokens[role.last : whole.first]):
        if whole.kind == "name" and whole.words >= 2:
            _make_organization(whole)
        of, until = _whose(reading, whole), whole.last
    return _office(names[number - 1], role, of, sentence, until)


def _title_start(tokens: Sequence[Token], role: Found, sentence: Sentence) -> int:
    """The office with the plain words before it: ``, data editor of``, ``, chief draughtswoman of``."""
    start = role.first
    while start - 1 > sentence.first and start > role.first - 3 and tokens[start - 1].kind == "w" and tokens[start - 1].text.islower() and tokens[start - 1].low not in _DETERMINERS and tokens[start - 1].low not in _APPOSITION:
        start -= 1
    return start if start == role.first or tokens[start - 1].text == "," or tokens[start - 1].low in _DETERMINERS else role.first


def _office(named: Found, role: Found, of: Entity | None, sentence: Sentence, until: int) -> tuple[Found, Found, Entity | None, Sentence, int]:
    named.kind = "person"
    return named, role, of, sentence, until


def _before(tokens: Sequence[Token], names: Sequence[Found], number: int) -> list[Found]:
    """Whose office it is, before it: ``Moldova's``, ``the European Union``, ``Latvian and Estonian``."""
    role = names[number]
    found: list[Found] = []
    expected = role.first
    for one in reversed(names[:number]):
        if one.kind not in ("place", "demonym", "organization", "name") or (one.kind == "name" and (found or one.initial)):
            break
        gap = tokens[one.last : expected]
        if found and not (all(t.text == "," or t.low == "and" for t in gap) and gap and one.kind == found[0].kind == "demonym"):
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


def _complement(reading: Reading, sentence: Sentence, names: Sequence[Found], number: int) -> tuple[Found | None, Entity | None]:
    """What ``of/for/to/at/in/with [the]`` after an office leads to."""
    tokens, role = reading.tokens, names[number]
    step = role.last
    if step >= sentence.last or tokens[step].low not in ("of", "for", "to", "at", "in", "with", "from"):
        return None, None
    step += 1
    while step < sentence.last and (tokens[step].low in _DETERMINERS or tokens[step].low in ("local", "city", "town", "village", "port", "state", "district", "region", "regional")):
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
            if one.kind == "name" and one.words >= 3 and tokens[step - 1].low != "the" and one.last < sentence.last and (tokens[one.last].low in words.SAY or tokens[one.last].text == ","):
                split = Found(one.last - 2, one.last, "person", text_of(reading, one.last - 2, one.last))
                one.last = split.first
                one.text = text_of(reading, one.first, one.last)
                _make_organization(one)
                names = names if isinstance(names, list) else list(names)
                names.insert(names.index(one) + 1, split)
                return one, one.entity
            if one.kind == "name" and one.words >= 2 and tokens[step - 1].low == "the" and not any(t.low in words.DIRECTIONS for t in tokens[one.first : one.last]):
                _make_organization(one)
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
    return next((entity for entity in reading.organizations_before(reading.tokens[index].start) if low in entity.name.lower().split()), None)


def _named_before(tokens: Sequence[Token], sentence: Sentence, names: Sequence[Found], number: int, start: int) -> Found | None:
    """The name that an office stands in apposition to: ``Irina Lupu, spokeswoman for ...``, ``X, who heads``."""
    for one in reversed(names[:number]):
        if one.kind in ("name", "person") and one.last <= start:
            between = tokens[one.last : start]
            if not between or len(between) > 7:
                return None
            marks = between[0].text in (",", "(", "–", "—") or between[0].low in ("is", "was")
            fits = all(t.low.endswith(("-based", "-born")) or t.text in _APPOSITION or t.low in _APPOSITION or t.kind == "n" or t.low in words.ROLE_MODIFIERS for t in between)
            return one if marks and fits and (one.words >= 2 or one.kind == "person" or one.titled) else None
        if one.last <= start and one.kind not in ("demonym",):
            return None
    return None


def _office_list(
    reading: Reading, sentence: Sentence, names: list[Found], number: int, before: list[Found]
) -> Iterator[tuple[Found, Found, Entity | None, Sentence, int]]:
    """Offices matched to names in order: ``the presidents of A, B and C, P, Q and R``; ``the Latvian and Estonian ambassadors, X and Y``."""
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
        joined = len(gap) <= 3 and all(t.text in (",", ":", "–", "—", "(") or t.low in ("and", "respectively") for t in gap)
        if one.kind not in ("name", "person") or not joined or one.words < 2:
            break
        people.append(one)
        position = one.last
    for index, one in enumerate(people):
        of = wholes[index] if len(wholes) == len(people) else wholes[0] if len(wholes) == 1 else None
        yield _office(one, role, of, sentence, one.last)


def _claim_role(reading: Reading, people: People, named: Found, role: Found, of: Entity | None, sentence: Sentence, until: int) -> None:
    person = people.of_surname(named.text)
    if person is None:
        return
    title = role.text
    low = title.lower()
    head = reading.tokens[role.last - 1].low
    if head in PLURAL_HEADS:
        title, low = _singular(title), _singular(low)
    heads = [t.low for t in reading.tokens[role.first : role.last] if t.low in words.ROLE_HEADS or t.low in PLURAL_HEADS]
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
    known_role = next((name.entry.entity() for name in reading.gazetteer.lookup(title) if name.entry.kind == "role"), None)
    reading.claims.append(RoleClaim(evidence=(sentence.span if span not in sentence.span else span,), member=person.entity, title=title, role=known_role, organization=of))


def _signed(reading: Reading, person: Person, named: Found, role: Found, title: str, of: Entity | None, until: int) -> RoleClaim:
    tokens = reading.tokens
    office = Span(tokens[role.first].start, tokens[until - 1].end)
    name = Span(tokens[named.first].start, tokens[named.last - 1].end)
    known = next((entry.entry.entity() for entry in reading.gazetteer.lookup(title) if entry.entry.kind == "role"), None)
    return RoleClaim(evidence=(office, name), member=person.entity, title=title, role=known, organization=of)


def _titles(reading: Reading, found: Sequence[Sequence[Found]], people: People) -> None:
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
            ranks = [t for t in tokens[first : one.first] if t.low in words.MILITARY_RANKS or t.low in ("prof", "sheikh", "ayatollah")]
            if person is None or person.roles or not ranks:
                continue
            title = text_of(reading, ranks[0].start and first, one.first)
            of, until = None, one.last
            step = one.last + 1 if one.last < sentence.last and tokens[one.last].low in ("of", "from") else 0
            if step and step < sentence.last and tokens[step].low == "the":
                step += 1
            complement = group[number + 1] if step and number + 1 < len(group) and group[number + 1].first == step else None
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


# --- persons -------------------------------------------------------------------------------------


def _speakers(reading: Reading, sentence: Sentence, names: Sequence[Found]) -> None:
    """Names beside a verb of saying, an age, ``who``, or in an enumeration with a person, are people."""
    tokens = reading.tokens
    for number, one in enumerate(names):
        if one.kind != "name" or one.words < 2 or not looks_personal(reading, one):
            continue
        behind = names[number - 1] if number else None
        adjective = behind is not None and behind.kind == "demonym" and behind.last == one.first and tokens[behind.first - 1].low == "the"
        if adjective or one.first > sentence.first and tokens[one.first - 1].low == "the":
            cited = one.first - 3 >= sentence.first and tokens[one.first - 3].low == "according"
            if cited or _says(tokens, one.last, sentence.last):
                _make_organization(one)
            continue
        before = tokens[one.first - 1] if one.first > sentence.first else None
        after = tokens[one.last] if one.last < sentence.last else None
        second = tokens[one.last + 1] if one.last + 1 < sentence.last else None
        said = after is not None and _says(tokens, one.last, sentence.last)
        inverted = before is not None and (before.low in words.SAY or before.low in words.SAY_ONLY_QUOTE) and before.low != "told"
        aged = after is not None and second is not None and after.text in ",(" and ((second.kind == "n" and 5 < len(second.text) + 4 < 8 and second.text.isdigit() and int(second.text) < 110) or second.low in ("who", "whose"))
        relative = after is not None and after.low in ("who", "whose")
        paired = number > 0 and names[number - 1].kind == "person" and coordinated(tokens, names[number - 1], one)
        kin = before is not None and before.text == "," and one.first - 2 >= sentence.first and tokens[one.first - 2].low in _KIN or (before is not None and before.low in _KIN)
        credited = before is not None and (before.low in ("by", "and", "from") or before.text == ":") and _credit(tokens, one, sentence, names)
        if credited:
            one.credited = True
        if credited or kin or said or inverted or aged or relative or paired or _personal_verb(tokens, one.last, sentence.last) or _described(tokens, one, sentence):
            one.kind = "person"


_CREDITS = frozenset("reporting editing compiled written photo photos photographs photograph picture author authors reports translated interviewed edited additional reported words pictures text".split())


def _credit(tokens: Sequence[Token], one: Found, sentence: Sentence, names: Sequence[Found]) -> bool:
    """``By Farah Iskandar in Bangkok``; ``Reporting by X in Y and Z``; ``Compiled by X``."""
    if tokens[one.first - 1].text == ":":
        return one.first - 2 >= sentence.first and tokens[one.first - 2].low in _CREDITS
    by = next((i for i in range(one.first - 1, max(sentence.first, one.first - 9) - 1, -1) if tokens[i].low in ("by", "from")), None)
    if by is None or (tokens[by].low == "from" and by != sentence.first):
        return False
    line = by == sentence.first and sentence.last - sentence.first <= 14 and (one.first == by + 1 or tokens[one.first - 1].low == "and")
    opening = tokens[sentence.first].low in _CREDITS | {"prepared", "drawn", "transcribed", "recorded", "collected"}
    return line or opening or (by > sentence.first and tokens[by - 1].low in _CREDITS)


def _says(tokens: Sequence[Token], index: int, end: int) -> bool:
    step = index
    while step < end and step < index + 3 and tokens[step].low in words.SAY_AUX:
        step += 1
    return step < end and (tokens[step].low in words.SAY or tokens[step].low in words.SAY_ONLY_QUOTE)


_PERSONAL = frozenset(
    "welcomed visited met died born fled lives lived chaired recalled thanked travelled traveled resigned married teaches worked works remembers "
    "signed wrote served arrived spoke heads headed leads led spent grew keeps kept runs ran drew draws walked".split()
)


def _personal_verb(tokens: Sequence[Token], index: int, end: int) -> bool:
    step = index
    if step < end and tokens[step].low in ("has", "had", "was", "is", "also"):
        step += 1
    return step < end and tokens[step].low in _PERSONAL


def _described(tokens: Sequence[Token], one: Found, sentence: Sentence) -> bool:
    """``Sona Aliyeva, a retired nurse from Agdam,``: an apposition whose head is a word for a person."""
    step = one.last
    if step + 2 >= sentence.last or tokens[step].text != "," or tokens[step + 1].low not in ("a", "an", "the"):
        return False
    for token in tokens[step + 2 : min(step + 7, sentence.last)]:
        if token.low == "who":
            return True
        if token.text == "," or token.low in ("of", "from", "in", "at", "who", "with", "for"):
            return False
        if token.low in words.ROLE_HEADS or (token.low.endswith(words.PERSON_SUFFIXES) and token.low not in words.NOT_PERSONS and not token.capital):
            return True
    return False


def looks_personal(reading: Reading, one: Found) -> bool:
    """Whether a name has the form of a person's: no place, organization or document word in it."""
    if one.candidates or not 1 <= one.words <= 6:
        return False
    for token in reading.tokens[one.first : one.last]:
        low = token.low
        if low in _NOT_A_PERSON or low in words.ORGANIZATION_HEADS or low in words.PLACE_TYPES or low in words.DIRECTIONS or low in words.PLURAL_PLACE_TYPES:
            return False
        if token.kind == "n" or (token.text.isupper() and len(token.text) > 3):
            return False
    return True


def _persons(reading: Reading, found: Sequence[Sequence[Found]], people: People) -> None:
    """Register the people; a name that is a person's anywhere in the document is one everywhere."""
    names = {fold(one.text) for group in found for one in group if one.kind == "person" and one.words >= 2}
    spoken = _spoken_surnames(reading, found)
    single = {one.text.lower() for group in found for one in group if one.kind == "name" and one.words == 1 and not one.initial and not one.candidates}
    placed = _placed(reading, found)
    for sentence, group in zip(reading.sentences, found, strict=True):
        for one in group:
            full = one.kind == "name" and one.words >= 2
            if full and (fold(one.text) in names or ((_surname(one.text) in spoken or one.text.split()[-1].lower() in single) and fold(one.text) not in placed and looks_personal(reading, one))):
                one.kind = "person"
            if one.kind == "person" and (one.words >= 2 or one.entity):
                entity = one.entity or Entity("person", one.text, None, "")
                person = people.add(one.text, entity, reading.tokens[one.first].start)
                one.entity = person.entity
                person.credited = person.credited or one.credited
                _gender(reading, sentence, one, person)


def _placed(reading: Reading, found: Sequence[Sequence[Found]]) -> set[str]:
    """Names that somewhere stand where a place does: after ``in`` or ``near``, or by a verb of control."""
    tokens = reading.tokens
    placed = set()
    for sentence, group in zip(reading.sentences, found, strict=True):
        for one in group:
            before = tokens[one.first - 1].low if one.first > sentence.first else ""
            after = [t.low for t in tokens[one.last : min(sentence.last, one.last + 3)]]
            control = before in words.CONTROL or any(low in words.CONTROL and words.CONTROL[low][1] in ("past", "fell") for low in after)
            if before in words.PLACE_PREPOSITIONS or control or one.hint:
                placed.add(fold(one.text))
    return placed


def _spoken_surnames(reading: Reading, found: Sequence[Sequence[Found]]) -> set[str]:
    """Single names beside a verb of saying: ``says Macapodi``, ``Macapodi said``."""
    tokens = reading.tokens
    surnames = set()
    for sentence, group in zip(reading.sentences, found, strict=True):
        for one in group:
            if one.kind == "name" and one.words == 1 and not one.candidates:
                before = tokens[one.first - 1].low if one.first > sentence.first else ""
                if _says(tokens, one.last, sentence.last) or before in words.SAY or before in words.SAY_ONLY_QUOTE:
                    surnames.add(fold(one.text))
    return surnames


def _gender(reading: Reading, sentence: Sentence, one: Found, person: Person) -> None:
    before = reading.tokens[one.first - 1].low if one.first > sentence.first else ""
    if before == "," and one.first - 2 >= sentence.first and reading.tokens[one.first - 2].low in _KIN:
        before = reading.tokens[one.first - 2].low
    if before in words.MALE | {"uncle", "nephew", "grandson", "widower"}:
        person.gender = "m"
    elif before in words.FEMALE | {"aunt", "niece", "granddaughter", "widow"}:
        person.gender = "f"
    if before == ".":
        before = reading.tokens[one.first - 2].low if one.first - 1 > sentence.first else ""
    if before in ("mr", "sir"):
        person.gender = "m"
    elif before in ("mrs", "ms", "miss", "lady"):
        person.gender = "f"


def _surnames(reading: Reading, found: Sequence[Sequence[Found]], people: People) -> None:
    """Single names: the surname of somebody named in full; after a title or office, or beside a verb of saying, somebody known by it alone."""
    tokens = reading.tokens
    for sentence, group in zip(reading.sentences, found, strict=True):
        for number, one in enumerate(group):
            if one.kind == "place" and _surname_of_place(reading, sentence, one, people):
                one.entity, one.candidates = None, ()
            elif one.entity is not None or one.kind not in ("name", "person"):
                continue
            person = people.of_surname(one.text)
            if person is None and one.words >= 2 and one.kind == "name":
                person = people.by_name.get(fold(one.text))
            if person is None and (one.titled or one.kind == "person") and looks_personal(reading, one):
                person = people.add(one.text, Entity("person", one.text), tokens[one.first].start)
            if person is not None:
                one.kind, one.entity = "person", person.entity
                _gender(reading, sentence, one, person)


def _surname_of_place(reading: Reading, sentence: Sentence, one: Found, people: People) -> bool:
    """Whether what could be a small place is the surname of somebody named before: ``Barakat said``."""
    if one.words != 1 or one.hint or not one.candidates or one.candidates[0].entry.curated or one.candidates[0].entry.type == "country":
        return False
    person = people.of_surname(one.text)
    before = reading.tokens[one.first - 1].low if one.first > sentence.first else ""
    return person is not None and person.first <= reading.tokens[one.first].start and before not in words.PLACE_PREPOSITIONS and before not in ("of", "from", "to")


# --- organizations -------------------------------------------------------------------------------


_GROUPS = frozenset("movement militia alliance coalition bloc faction network brigade".split())


def _groups(reading: Reading, sentence: Sentence, group: Sequence[Found]) -> None:
    """``the Maute group``, ``the Aden movement``: a name with a lower-case word for a group after it."""
    tokens = reading.tokens
    for one in group:
        armed = any(t.low in words.FORCE_NOUNS or t.low in ("gunmen", "members", "leader", "leaders", "men", "spokesman") for t in tokens[max(sentence.first, one.first - 4) : one.first])
        if one.kind == "name" and not one.initial and one.last < sentence.last and (tokens[one.last].low in _GROUPS or (armed and tokens[one.last].low == "group")) and tokens[one.first - 1].low == "the":
            one.last += 1
            one.text = text_of(reading, one.first, one.last)
            one.kind, one.entity = "organization", Entity("organization", one.text, None, "armed-group")


def _organizations(reading: Reading, found: Sequence[Sequence[Found]]) -> None:
    """Outlets after ``told`` and ``interview with``; parts of organizations' names; one entity a name."""
    known: dict[str, Entity] = {}
    for group in found:
        for one in group:
            if one.kind == "organization" and one.entity:
                key = fold(one.text).removeprefix("the ")
                one.entity = known.setdefault(key, one.entity)
                for short in _short_forms(key):
                    known.setdefault(short, one.entity)
    tokens = reading.tokens
    for sentence, group in zip(reading.sentences, found, strict=True):
        for one in group:
            if one.kind != "name" or one.entity is not None or one.initial:
                continue
            key = fold(one.text)
            if one.words == 1 and one.first > sentence.first and tokens[one.first - 1].low == "the" and tokens[one.first].low in words.ORGANIZATION_HEADS:
                whole = next((entity for entity in reading.organizations_before(tokens[one.first].start) if key in fold(entity.name).split()), None)
                if whole is not None:
                    one.kind, one.entity = "organization", whole
                    continue
            if key in known:
                one.kind, one.entity = "organization", known[key]
                continue
            if _outlet(tokens, sentence, one) and not one.hint:
                entity = Entity("organization", one.text, None, "media")
                one.kind, one.entity = "organization", known.setdefault(key, entity)
    for group in found:
        for one in group:
            if one.kind == "name" and one.entity is None and fold(one.text) in known:
                one.kind, one.entity = "organization", known[fold(one.text)]


def _short_forms(key: str) -> Iterator[str]:
    """``ministry of foreign affairs of the republic of x`` is later ``ministry of foreign affairs``."""
    head, of, _ = key.rpartition(" of the republic of ")
    if not of:
        head, of, _ = key.rpartition(" of ")
    if of and " of " in head:
        yield head


def _outlet(tokens: Sequence[Token], sentence: Sentence, one: Found) -> bool:
    """``told Aden Live``, ``in an interview with``, ``interviewed by``, ``in comments to``."""
    index = one.first - 1
    while index >= sentence.first and tokens[index].low in ("the", "weekly", "daily", "newspaper", "magazine", "broadcaster", "agency", "station", "channel", "network", "website", "monthly"):
        index -= 1
    if index < sentence.first:
        return False
    before = tokens[index].low
    if before in ("told", "tells"):
        return True
    if before in ("with", "to", "by", "for", "of") and index - 1 >= sentence.first:
        return tokens[index - 1].low in ("spoke", "talked", "speaks", "talking", "interview", "interviewed", "remarks", "comments", "speaking", "correspondent", "reporter", "editor")
    return False


def _acronyms(reading: Reading, found: Sequence[Sequence[Found]]) -> None:
    """``Syrian Democratic Forces (SDF)``: the letters in brackets stand for the name before, here and later."""
    tokens = reading.tokens
    meant: dict[str, Entity] = {}
    for sentence, group in zip(reading.sentences, found, strict=True):
        for number, one in enumerate(group):
            text = one.text.replace(".", "")
            if one.kind in ("name", "organization") and one.words == 1 and text.isupper() and 2 <= len(text) <= 8 and number:
                before = group[number - 1]
                stands = [t.low for t in tokens[before.last : one.first]] == [",", "or"]
                bracketed = stands or one.first - before.last == 1 and tokens[one.first - 1].text == "(" and one.last < sentence.last and tokens[one.last].text == ")"
                if bracketed and before.entity and before.kind == "organization":
                    meant[text] = before.entity
                elif bracketed and before.kind == "name" and _spells(text, before.text):
                    before.kind = "organization"
                    before.entity = Entity("organization", before.text, None, "organization")
                    meant[text] = before.entity
    _lone_acronyms(reading, found, meant)
    for group in found:
        for one in group:
            text = one.text.replace(".", "")
            if text in meant:
                one.kind, one.entity, one.candidates = "organization", meant[text], ()


_NOT_ORGANIZATIONS = frozenset("GPS FAQ USD EUR GBP GMT UTC PDF DNA NGO NGOS CEO PR TV ID VIP SMS HIV AIDS COVID GDP RES PRESS NOTE NOTES NO".split())


def _lone_acronyms(reading: Reading, found: Sequence[Sequence[Found]], meant: dict[str, Entity]) -> None:
    """``UNISFA``, ``the LTTE``: letters in a sentence that is not in capitals, three or more, name a body."""
    tokens = reading.tokens
    for sentence, group in zip(reading.sentences, found, strict=True):
        shouted = sum(t.text.isupper() and len(t.text) > 2 for t in tokens[sentence.first : sentence.last]) > 3
        for one in group:
            text = one.text.replace(".", "")
            if one.kind != "name" or one.entity or one.words != 1 or shouted or sentence.last - sentence.first <= 2 or text in meant or text in _NOT_ORGANIZATIONS:
                continue
            letters = sum(c.isalpha() for c in text)
            roman = not set(text) - set("IVXLC")
            upper = text.isupper() and 2 < len(text) <= 9 and letters >= 1 and not roman and not (text[0] == "R" and text[-1].isdigit())
            beside = [t for t in tokens[max(sentence.first, one.first - 1) : min(sentence.last, one.last + 1)] if t.kind == "w" and t.text.isupper() and len(t.text) > 1]
            if len(beside) > 1:
                continue  # a line or phrase that shouts
            if upper and (letters > 2 or any(c.isdigit() for c in text)) and not _row_head(tokens, one, sentence):
                meant[text] = Entity("organization", one.text, None, "organization")


def _row_head(tokens: Sequence[Token], one: Found, sentence: Sentence) -> bool:
    return one.first == sentence.first and one.last < sentence.last and tokens[one.last].kind == "p"


def _spells(letters: str, name: str) -> bool:
    initials = "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())
    return initials == letters or (len(letters) >= 3 and initials.startswith(letters[:2]))


__all__ = ["People", "Person", "coordinated", "looks_personal", "settle", "span_of"]
