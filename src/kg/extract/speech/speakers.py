"""Who is meant by a name, an office, a pronoun, or ``the ministry``."""

from collections.abc import Iterator
from itertools import islice

from kg.extract import words
from kg.extract.names import Found, state_of
from kg.extract.people import People
from kg.extract.people.registry import Person
from kg.extract.reading import Reading, Sentence
from kg.extract.speech.quotes import Quotes
from kg.model import Entity

_BODIES: dict[str, tuple[str, ...]] = {
    "ministry": ("ministry",),
    "army": ("armed-forces",),
    "group": ("armed-group", "movement"),
    "movement": ("movement",),
    "council": (),
    "mission": (),
    "committee": (),
    "commission": (),
    "agency": (),
    "organisation": (),
    "organization": (),
    "office": (),
    "union": (),
    "party": ("party",),
    "museum": (),
    "court": ("court",),
    "observatory": (),
    "bloc": (),
    "alliance": (),
    "coalition": (),
    "military": ("armed-forces",),
    "centre": (),
    "center": (),
    "association": (),
    "institute": (),
    "foundation": (),
    "newspaper": ("media",),
    "station": ("media",),
    "broadcaster": ("media",),
    "parliament": ("legislature",),
    "assembly": (),
}


class Speakers:
    """Resolves subjects of verbs of saying; pronouns look back, so it is told who speaks, in the order of the text."""

    def __init__(self, reading: Reading, found: list[list[Found]], people: People, quotes: Quotes) -> None:
        self.quotes = quotes
        self.reading, self.found, self.people, self.tokens = reading, found, people, reading.tokens
        self.by_first = {one.first: one for group in found for one in group}
        self.person_of = {id(person.entity): person for person in people.all}
        self.focus: list[tuple[int, Entity]] = []  # who was spoken of, in order
        self.last_speaker: Entity | None = None
        self._holders: dict[tuple[str, str, int | None, str], list[Person]] = {}  # by office
        reading.note_organizations(
            (self.tokens[one.first].start, one.entity)
            for group in found
            for one in group
            if one.kind == "organization" and one.entity
        )

    def subject(self, index: int, end: int) -> tuple[Entity, int] | None:
        """Who the tokens from ``index`` on name, and where that ends; None where nobody can be resolved."""
        tokens = self.tokens
        if index >= end:
            return None
        token = tokens[index]
        if token.low in ("he", "she"):
            entity = self.pronoun(token.low, token.start)
            return (entity, index + 1) if entity else None
        if token.low == "it" and index + 1 < end and tokens[index + 1].low in words.SAY:
            body = next(self.reading.organizations_before(token.start), None)
            return (body, index + 1) if body else None
        step = index
        while (
            step < end
            and step < index + 3
            and (token := tokens[step]).kind == "w"
            and token.low
            in (
                "the",
                "a",
                "an",
                "its",
                "his",
                "her",
                "both",
                "mr",
                "mrs",
                "ms",
                "dr",
                "gen",
                "col",
                "lt",
                "capt",
                "maj",
                "former",
                "then",
                "s",
                "prof",
                "brig",
                "sir",
            )
        ):
            step += 1
            if step < end and tokens[step].text == ".":
                step += 1
        one = self.by_first.get(step)
        if one is None:
            one = next(
                (
                    self.by_first[i]
                    for i in range(step + 1, min(step + 4, end))
                    if i in self.by_first
                    and self.by_first[i].kind == "role"
                    and all(tokens[j].low in words.ROLE_MODIFIERS for j in range(step, i))
                ),
                None,
            )
        if one is None and step + 1 < end and tokens[step].possessive and not tokens[step].capital:
            one = self.by_first.get(step + 1)  # "the survey's deputy chairman, Ramin X"
        if one is None:
            return self._body(step, end)
        return self._named(one, end)

    def _named(self, one: Found, end: int) -> tuple[Entity, int] | None:
        """A name, or an office with or without one."""
        tokens = self.tokens
        last = one.last
        while True:
            if one.kind == "person":
                return (one.entity, self.apposition(one.last, end)) if one.entity else None
            following = self.by_first.get(one.last)
            if one.kind == "role" and tokens[one.last - 1].possessive and following is not None:
                one = following
                continue
            if one.kind == "role":
                if following is None:
                    following = self._past_titles(one.last, end)
                if following and following.kind in ("person", "name") and following.entity:
                    one = following
                    continue
                return self._office(one, None, end)
            if following is not None and one.kind in ("place", "demonym", "organization"):
                if following.kind == "person":
                    one = following
                    continue
                if following.kind == "role":
                    named = self.by_first.get(following.last)
                    if named and named.kind == "person":
                        one = named
                        continue
                    return self._office(following, one, end)
            if one.kind == "organization":
                return (one.entity, self.apposition(one.last, end)) if one.entity else None
            if one.kind == "place" and one.entity and one.entity.key and not tokens[one.last - 1].possessive:
                state = state_of(self.reading, one.entity.key)
                return (state, last) if state else None
            return None

    def _past_titles(self, index: int, end: int) -> Found | None:
        """The name after ``Col.`` or ``(Retd)``."""
        while index < end and (
            self.tokens[index].low in words.TITLES
            or self.tokens[index].text in (".", "(", ")")
            or self.tokens[index].low == "retd"
        ):
            index += 1
        return self.by_first.get(index)

    def _office(self, role: Found, whose: Found | None, end: int) -> tuple[Entity, int] | None:
        """The person of an office: ``the minister``, ``the Azerbaijani foreign minister``, ``Georgian minister``."""
        tokens = self.tokens
        last = role.last
        if (
            last < end
            and tokens[last].low in ("of", "for")
            and (
                after := self.by_first.get(last + 1)
                or (self.by_first.get(last + 2) if last + 2 < end and tokens[last + 1].low == "the" else None)
            )
        ):
            if after.kind in ("place", "organization"):
                last = after.last
                whose = whose or after
        if (
            last + 1 < end
            and tokens[last].text == ","
            and (named := self.by_first.get(last + 1))
            and named.kind == "person"
            and named.entity
        ):
            return named.entity, self.apposition(named.last, end)
        if last < end and (named := self.by_first.get(last)) and named.kind == "person" and named.entity:
            return named.entity, self.apposition(named.last, end)
        title = role.text.lower()
        heads = [t.low for t in tokens[role.first : role.last] if t.low in words.ROLE_HEADS]
        head = "minister" if title == "fm" else (heads[-1] if heads else "")
        offset = tokens[role.first].start
        fitting = self._fitting(title, head, whose)
        spoken = next((p for p in self.spoken_before(offset) if p in fitting), None)
        before = next((p for p in reversed(fitting) if p.first < offset), None)
        person = spoken or before or (fitting[0] if len(fitting) == 1 else None)
        return (person.entity, last) if person else None

    def spoken_before(self, offset: int, *, most: int = 200) -> Iterator[Person]:
        """The people spoken of before an offset, last first; at most so many, so that a long text stays linear."""
        for place, entity in islice(reversed(self.focus), most):
            if place < offset and (person := self.person_of.get(id(entity))):
                yield person

    def _fitting(self, title: str, head: str, whose: Found | None) -> list[Person]:
        """The people of the document whose office it may be."""
        of = whose.entity if whose else None
        key = (title, head, id(of) if of else None, whose.text if whose else "")
        if (fitting := self._holders.get(key)) is None:
            fitting = self._holders[key] = [
                person
                for person in self.people.all
                if any(self._fits(known, title, head, whose) for known in person.roles)
            ]
        return fitting

    def _fits(self, known: tuple[str, str, Entity | None], title: str, head: str, whose: Found | None) -> bool:
        known_title, known_head, of = known
        short = {"fm": "foreign minister", "pm": "prime minister"}
        title = short.get(title, title)
        known_title = short.get(known_title, known_title)
        # "the minister" for a foreign minister, "the foreign minister" for a minister of foreign affairs
        if title != known_title and not (head == known_head and (title == head or _same_portfolio(title, known_title))):
            general = {"official", "leader", "chief", "head"}
            if not (head in general and head == known_head):
                return False
        if whose is None or whose.entity is None:
            return True
        if of is None:
            return True
        state = state_of(self.reading, whose.entity.key) if whose.entity.key else None
        return of == whose.entity or of == state or (of.key is None and of.name == whose.text)

    def _body(self, index: int, end: int) -> tuple[Entity, int] | None:
        """``the ministry``, ``the group``, ``the council``: the last organization with that word in its name or of
        that kind.
        """
        if index >= end:
            return None
        low = self.tokens[index].low
        if low == "press" and index + 2 < end and self.tokens[index + 1].low in ("service", "office"):
            step = index + 2
            while step < end and self.tokens[step].low in ("of", "the", "for", "at"):
                step += 1
            one = self.by_first.get(step)
            following = self.by_first.get(one.last) if one is not None and one.kind in ("demonym", "place") else None
            return self._named(following or one, end) if one is not None else self._any_body(index)
        if (
            low in ("statement", "communique", "communiqué", "note")
            and self.last_speaker is not None
            and self.tokens[index - 1].low == "the"
        ):
            return self.last_speaker, index + 1
        if (
            (low not in _BODIES and low not in words.ORGANIZATION_HEADS)
            or index == 0
            or self.tokens[index - 1].low not in ("the", "its")
        ):
            return None
        offset = self.tokens[index].start
        for entity in self.reading.organizations_before(offset):
            if low in entity.name.lower().split() or entity.type in _BODIES.get(low, ()):
                return entity, index + 1
        return None

    def _any_body(self, index: int) -> tuple[Entity, int] | None:
        """``the press service``: of the ministry named last."""
        body = next(
            (
                e
                for e in self.reading.organizations_before(self.tokens[index].start)
                if e.type == "ministry" or "ministry" in e.name.lower()
            ),
            None,
        )
        return (body, index + 2) if body else None

    def apposition(self, index: int, end: int) -> int:
        """Past ``, head of the council,`` or ``(a minister)`` after a name."""
        tokens = self.tokens
        if index >= end:
            return index
        if tokens[index].text == "(":
            step = next((i for i in range(index, min(end, index + 14)) if tokens[i].text == ")"), None)
            return step + 1 if step else index
        if tokens[index].low in ("of", "from") and index + 1 < end:
            one = self.by_first.get(index + 1) or (
                self.by_first.get(index + 2) if tokens[index + 1].low == "the" else None
            )
            return one.last if one else index
        if tokens[index].text != ",":
            return index
        first = tokens[index + 1] if index + 1 < end else None
        if first is None or first.low in words.SAY or first.low in ("he", "she", "and", "but"):
            return index
        step = index + 1
        while step < end and step < index + 26:
            if tokens[step].text == ",":
                after = step + 1
                while after < end and tokens[after].low in ("for", "on", "in", "his", "her", "its", "part", "turn"):
                    after += 1
                if after > step + 1 and after < end and tokens[after].low in words.SAY:
                    return after
                follows = step + 1 < end and (
                    tokens[step + 1].low in words.SAY
                    or tokens[step + 1].low in words.SAY_AUX
                    or tokens[step + 1].low in words.SAY_ONLY_QUOTE
                )
                if follows:
                    return step + 1
            elif tokens[step].low in words.SAY and tokens[step - 1].text != ",":
                return index
            step += 1
        return index

    def pronoun(self, low: str, offset: int) -> Entity | None:
        """The person last spoken of, of fitting gender."""
        gender = "f" if low in words.FEMALE else "m"
        first = max(0, offset - 260)
        for one in reversed(self.found_between(first, offset)):
            if (
                one.kind == "person"
                and one.entity
                and (person := self.person_of.get(id(one.entity)))
                and person.gender == gender
            ):
                return one.entity  # named just before, and known to be she
        return next((p.entity for p in self.spoken_before(offset) if p.gender in ("", gender)), None)

    def speaks(self, offset: int, entity: Entity) -> None:
        self.last_speaker = entity
        if entity.kind == "person":
            self.focus.append((offset, entity))

    def subjects(self, sentence: Sentence) -> None:
        """People who are the subject of a sentence come into focus; others only where nobody is."""
        if (
            self.tokens[sentence.first].low in ("asked", "questioned", "pressed")
            if sentence.first < sentence.last
            else True
        ):
            return  # "Asked by X whether ..., she replied"
        group = [one for one in self.found[sentence.index] if one.kind == "person" and one.entity]
        for number, one in enumerate(reversed(group)):
            if one.entity and (number == len(group) - 1 or not self.focus):
                if not self.quotes.contain(self.tokens[one.first].start):
                    self.focus.append((self.tokens[one.first].start, one.entity))

    def found_between(self, start: int, end: int) -> list[Found]:
        """The names that begin between two offsets."""
        first, last = self.reading.token_index(start), self.reading.token_index(end)
        return [self.by_first[index] for index in range(first, last) if index in self.by_first]


def _same_portfolio(one: str, other: str) -> bool:
    """``foreign minister`` and ``minister of foreign affairs``."""
    left = {w for w in one.split() if w not in ("minister", "of", "for", "the", "affairs", "and")}
    right = {w for w in other.split() if w not in ("minister", "of", "for", "the", "affairs", "and")}
    return bool(left) and left <= right
