"""Who a noun phrase means as a speaker: a person, a body, a state, or somebody whom the text only describes.

The head of the phrase decides. ``Critics of Prime Minister X`` are critics, ``X's lawyer`` is a lawyer; a name that
stands before the head as an owner, or after it in a complement, says nothing.
"""

from collections.abc import Iterator

from kg.extract import words
from kg.extract.clauses import Noun
from kg.extract.found import Found
from kg.extract.lexicon import given_names, listed
from kg.extract.names import PLURAL_HEADS, described, state_of
from kg.extract.people import People, looks_personal
from kg.extract.people.phrases import Subject
from kg.extract.people.registered import name_of
from kg.extract.people.registry import Person
from kg.extract.reading import Reading
from kg.extract.speech.focus import Focus
from kg.model import Entity, Span
from kg.text.folding import fold

_INDEFINITE = frozenset("a an another some one no any every each several many few other both most these those".split())
_SOMEBODY = frozenset(
    "one others some many both someone somebody everyone everybody another these those most few".split()
)
_LOOKED_BACK = 60  # sentences in which namesakes are looked for
_MOST_WORDS = 12  # in the description of a speaker
_ISSUED = frozenset(
    "statement communique communiqué note report editorial leader column letter release post message".split()
)
_ISSUERS = frozenset(("by", "from", "of"))
_HEADS_OF = {  # "the head of state" may be ...
    "head of state": frozenset("president king queen emir sultan monarch".split()),
    "head of government": frozenset("minister premier pm chancellor".split()),
}
_SHORT = {"fm": "foreign minister", "pm": "prime minister"}
_BODIES: dict[str, tuple[str, ...]] = {  # nouns for a body, and the types of those that it may stand for
    "ministry": ("ministry",),
    "army": ("armed-forces",),
    "military": ("armed-forces",),
    "group": ("armed-group", "movement"),
    "movement": ("movement",),
    "party": ("party",),
    "court": ("court",),
    "paper": ("media",),
    "newspaper": ("media",),
    "daily": ("media",),
    "magazine": ("media",),
    "broadcaster": ("media",),
}
_BODY_NOUNS = frozenset(
    (
        "agency alliance association bloc center centre coalition commission committee council foundation institute "
        "mission museum network observatory office organisation organization paper union"
    ).split()
) | set(_BODIES)


class Speakers:
    """Resolves the speakers of one document, in the order of the text, since pronouns look back."""

    def __init__(self, reading: Reading, people: People) -> None:
        self.reading, self.people, self.tokens = reading, people, reading.tokens
        self.focus = Focus(reading, people)
        self.by_first = {one.first: one for group in reading.found for one in group}
        self.last: Entity | None = None
        self.pronouns: dict[Span, Entity] = {}  # what was understood: mentions of a person
        self._holders: dict[tuple[str, str, int | None, str], list[Person]] = {}

    def speak(self, offset: int, entity: Entity) -> None:
        """Note that somebody says something."""
        self.last = entity
        self.focus.speak(offset, entity)

    def who(self, subject: Subject) -> Entity | None:
        """Who a phrase means; None where it means nobody."""
        noun = subject.noun
        if noun.determiner in ("no", "neither") or noun.quantity is not None or noun.time:
            return None
        if subject.joined:
            return self.described(noun.first, subject.joined[-1].last)
        if noun.pronoun:
            return self._pronoun(subject)
        if noun.name is not None:
            return self._name(noun, noun.name, subject)
        return self._common(subject)

    def _description(self, subject: Subject) -> Entity | None:
        """The words for a speaker without a name; nobody who only stands beside the head is named in them."""
        noun, last = subject.noun, subject.noun.last
        if _is_mute(noun):
            return None
        if not any(inner.names for _, inner in subject.complements):
            last = subject.end
        owners = [index for index in range(noun.first, noun.head) if self.tokens[index].possessive and noun.names]
        return self.described(owners[-1] + 1 if owners else noun.first, last)

    def described(self, first: int, last: int) -> Entity:
        """A speaker without a name, by the words of the text."""
        return described(self.reading, first, min(last, first + _MOST_WORDS))

    # --- pronouns --------------------------------------------------------------------------------------

    def _pronoun(self, subject: Subject) -> Entity | None:
        noun, token = subject.noun, self.tokens[subject.noun.first]
        if noun.word in ("he", "she", "him", "her"):
            entity = self.focus.pronoun(noun.word, token.start)
            if entity is not None:
                self.pronouns[Span(token.start, token.end)] = entity
                return entity
            return self._described_before(noun) or self.described(noun.first, noun.last)
        if noun.word == "it":
            return self._body_before(token.start)
        if noun.word == "they" or noun.word in _SOMEBODY:
            return self.described(noun.first, subject.end)
        return None

    def _described_before(self, noun: Noun) -> Entity | None:
        """Who spoke last, where the text knows nobody by name: ``the 48-year-old woman``; no ``officials``."""
        last = self.last
        if last is None or last.kind != "described" or noun.word not in ("he", "she"):
            return None
        parts = last.name.lower().split()
        gender = next(("f" if part in words.FEMALE else "m" for part in parts if part in words.FEMALE | words.MALE), "")
        other = gender not in ("", "f" if noun.word == "she" else "m")
        several = parts[-1].endswith("s") or parts[0] in _SOMEBODY or parts[0] in ("he", "she", "they", "it")
        return None if other or several else last

    def _body_before(self, offset: int) -> Entity | None:
        if self.last is not None and self.last.kind == "organization":
            return self.last
        return next(self.reading.organizations_before(offset), None)

    # --- names -----------------------------------------------------------------------------------------

    def _name(self, noun: Noun, one: Found, subject: Subject) -> Entity | None:
        if one.kind == "person" and one.entity is not None:
            return one.entity
        if one.kind == "organization" and one.entity is not None:
            return one.entity
        if one.kind == "place" and one.entity is not None and one.entity.key is not None:
            if state := state_of(self.reading, one.entity.key):
                return state
        if one.kind == "name" and (person := self.promote(one)) is not None:
            return person
        if one.kind == "demonym" and noun.determiner == "the" and (person := self._of_state(one)) is not None:
            return person
        return self._apposed(subject) or self._description(subject)

    def _of_state(self, demonym: Found) -> Entity | None:
        """``the Ethiopian``: the person spoken of who holds an office of that state."""
        offset = self.tokens[demonym.first].start
        holders = (p for p in self.focus.before(offset) if any(self._of(of, demonym) for _, _, of in p.roles))
        return next((person.entity for person in holders), None)

    def promote(self, one: Found) -> Entity | None:
        """Who a name is that speaks: somebody of the document by their surname, or a person by speaking."""
        offset = self.tokens[one.first].start
        known = self.people.of_surname(one.text) or self._namesake(one.text, offset)
        if known is None and (one.words < 2 or not looks_personal(self.reading, one, capitals=self._shouted(one))):
            return None
        if known is None:
            name = name_of(self.reading, one)
            known = self.people.add(name, Entity("person", name), offset)
        one.kind, one.entity = "person", known.entity
        return known.entity

    def _shouted(self, one: Found) -> bool:
        """``MS QASIMOVA``, ``PETRA NOVAK``: capitals with a title or a given name; ``FACT SHEET`` is none."""
        first = self.tokens[one.first]
        return first.low in words.TITLES or fold(first.text) in given_names()

    def _namesake(self, surname: str, offset: int) -> Person | None:
        """Of several people with one surname: the one spoken of last; nobody where one sentence last named two."""
        shared = self.people.by_surname.get(fold(surname), [])
        here = self.reading.sentence_at(offset)
        if not shared or here is None:
            return None
        entities = {id(person.entity) for person in shared}
        for group in reversed(self.reading.found[max(0, here.index - _LOOKED_BACK) : here.index + 1]):
            named = {id(one.entity) for one in group if self.tokens[one.first].start < offset} & entities
            if len(named) > 1:
                return None
            if named:
                break
        return next((person for person in self.focus.before(offset) if person in shared), None)

    # --- common nouns ------------------------------------------------------------------------------------

    def _common(self, subject: Subject) -> Entity | None:
        return (
            self._apposed(subject)
            or self._after_body(subject)
            or self._issuer(subject)
            or self._office(subject)
            or self._body(subject)
            or self._description(subject)
        )

    def _apposed(self, subject: Subject) -> Entity | None:
        """``a Ukrainian official, Anton Moroz,``; ``THE SPEAKER (A. Berg)``."""
        for noun in subject.apposed:
            one = noun.name
            if one is None or noun.owner is not None:
                continue
            if one.kind == "person" and one.entity is not None:
                return one.entity
            if one.kind == "name" and (person := self.promote(one)) is not None:
                return person
        return None

    def _after_body(self, subject: Subject) -> Entity | None:
        """``the director of the Library Zara X``: a name right after the body is the head's, not the complement's."""
        for _, inner in subject.complements:
            one = inner.name
            beside = any(
                other.kind in ("organization", "place") and other.last == inner.name.first
                for other in inner.names
                if inner.name
            )
            beside = beside or (one is not None and self.tokens[one.first - 1].low in words.ORGANIZATION_HEADS)
            if one is not None and one.kind == "person" and beside and self._role(subject.noun) is not None:
                return one.entity
        return None

    def _issuer(self, subject: Subject) -> Entity | None:
        """``the ministry's statement``, ``a statement by X``, ``the press service of X``, ``its leader column``."""
        noun = subject.noun
        press = bool({"press", "service"} <= noun.words or {"press", "office"} <= noun.words)
        if noun.word not in _ISSUED and not press:
            return None
        if noun.owner is not None and not press:
            return self._name(noun, noun.owner, Subject(noun)) if noun.owner.entity is not None else None
        for preposition, inner in subject.complements:
            if preposition in (_ISSUERS if not press else ("of", "at", "for")):
                return (
                    self._common(Subject(inner))
                    if inner.name is None
                    else self._name(inner, inner.name, Subject(inner))
                )
        if noun.determiner == "its":
            return self._body_before(self.tokens[noun.first].start)
        if press:
            bodies = self.reading.organizations_before(self.tokens[noun.first].start)
            return next((one for one in bodies if one.type == "ministry" or "ministry" in one.name.lower()), None)
        return self.last if noun.determiner in ("the", "his", "her") and noun.word == "statement" else None

    # --- offices ---------------------------------------------------------------------------------------

    def _role(self, noun: Noun) -> Found | None:
        """The office that is the head of a noun phrase."""
        for index in range(noun.first, noun.head + 1):
            one = self.by_first.get(index)
            if one is not None and one.kind == "role" and one.last > noun.head:
                return one
        return None

    def _office(self, subject: Subject) -> Entity | None:
        """``the minister``, ``the Azerbaijani foreign minister``, ``Azerbaijani FM``; ``a minister`` is anybody."""
        noun = subject.noun
        role = self._role(noun)
        if role is None and noun.word in words.MILITARY_RANKS:
            role = Found(noun.head, noun.head + 1, "role", noun.word)
        if (
            role is None
            or noun.determiner in _INDEFINITE
            or noun.number
            or self.tokens[role.last - 1].low in PLURAL_HEADS
        ):
            return None
        whose = self._whose(noun, role, subject)
        word = next((t.low for t in self.tokens[noun.first : noun.head] if t.possessive and not t.capital), "")
        title = _SHORT.get(role.text.lower(), role.text.lower())
        heads = [t.low for t in self.tokens[role.first : role.last] if t.low in words.ROLE_HEADS]
        head = "minister" if title in _SHORT.values() else heads[-1] if heads else noun.word
        fitting = self._fitting(title, head, whose)
        if head == "diplomat" and noun.words & {"top", "chief"}:
            fitting = self._fitting("foreign minister", "minister", whose)
        if word:
            fitting = [person for person in fitting if any(of and word in of.name.lower() for _, _, of in person.roles)]
        offset = self.tokens[noun.first].start
        spoken = next((person for person in self.focus.before(offset) if person in fitting), None)
        before = next((person for person in reversed(fitting) if person.first < offset), None)
        person = spoken or before or (fitting[0] if len(fitting) == 1 else None)
        return person.entity if person is not None else None

    def _whose(self, noun: Noun, role: Found, subject: Subject) -> Found | None:
        before = [
            one for one in noun.names if one.first < role.first and one.kind in ("place", "demonym", "organization")
        ]
        if before:
            return before[-1]
        inner = next(
            (inner for preposition, inner in subject.complements[:1] if preposition in ("of", "for", "at")), None
        )
        return inner.name if inner is not None and inner.name is not None and inner.name.kind != "person" else None

    def _fitting(self, title: str, head: str, whose: Found | None) -> list[Person]:
        """The people of the document whose office it may be; those of the very state or body where there are any."""
        of = whose.entity if whose else None
        key = (title, head, id(of) if of else None, whose.text if whose else "")
        if (fitting := self._holders.get(key)) is None:
            ranked = [person for person in self.people.all if title in person.titles]
            named = [
                (p, known)
                for p in self.people.all
                for known in p.roles
                if _titled(known, title, head) or (whose and known[1] == "counterpart")
            ]
            exact = [person for person, known in named if whose is not None and self._of(known[2], whose)]
            open_ = [person for person, known in named if whose is None or of is None or known[2] is None]
            fitting = self._holders[key] = exact or open_ or ranked
        return fitting

    def _of(self, of: Entity | None, whose: Found) -> bool:
        if of is None or whose.entity is None:
            return of is not None and of.key is None and of.name == whose.text
        state = state_of(self.reading, whose.entity.key) if whose.entity.key else None
        return of in (whose.entity, state) or (of.key is None and of.name == whose.text)

    # --- bodies ----------------------------------------------------------------------------------------

    def _body(self, subject: Subject) -> Entity | None:
        """``the ministry``, ``the group``: the last organization with that word in its name, or of that kind;
        ``the UN refugee agency (UNHCR)``: the one that it is called.
        """
        noun = subject.noun
        called = [inner.name for inner in subject.apposed if inner.name is not None and inner.owner is None]
        if called and called[0].kind == "organization" and noun.word in _BODY_NOUNS | words.ORGANIZATION_HEADS:
            return called[0].entity
        if any(one.kind == "organization" for one in noun.names):
            return None  # "the UN refugee agency" is no other agency
        if noun.determiner not in ("the", "its", "this") or subject.complements or noun.owner is not None:
            return None
        if noun.word not in _BODY_NOUNS and noun.word not in words.ORGANIZATION_HEADS:
            return None
        return next(self._bodies(noun), None)

    def _bodies(self, noun: Noun) -> Iterator[Entity]:
        for entity in self.reading.organizations_before(self.tokens[noun.first].start):
            if noun.word in entity.name.lower().split() or entity.type in _BODIES.get(noun.word, ()):
                yield entity


def _is_mute(noun: Noun) -> bool:
    """``a final withdrawal``, ``a municipal building``: an act, a quality or a site speaks for nobody."""
    low = noun.word.removesuffix("s")
    if low in _VOCAL or low in words.ORGANIZATION_HEADS or noun.pronoun:
        return False
    site = low in listed("facility") or low in listed("site")
    return low.endswith(_ABSTRACT) or (site and noun.determiner in ("a", "an"))


_ABSTRACT = ("tion", "sion", "ment", "ance", "ence", "ness", "awal", "ism", "ture")
_VOCAL = frozenset(  # of those, what people are, or what is written to be read
    """
    administration assessment audience announcement commandment communication constitution contingent declaration
    delegation deputation detachment document establishment evaluation faction generation government inscription
    intelligence invocation judicature legation legislature literature nation notification opposition petition
    population presentation proclamation publication regiment resolution section statement submission
    testament tradition translation version edition
    """.split()
)


def _titled(known: tuple[str, str, Entity | None], title: str, head: str) -> bool:
    """``the minister`` for a foreign minister, ``the foreign minister`` for a minister of foreign affairs."""
    known_title, known_head = _SHORT.get(known[0], known[0]), known[1]
    if title in _HEADS_OF:
        return known_head in _HEADS_OF[title] and (known_head != "minister" or known_title.startswith("prime"))
    if title == known_title:
        return True
    if head != known_head:
        return False
    return title == head or head in ("official", "leader", "chief", "head") or _same_portfolio(title, known_title)


def _same_portfolio(one: str, other: str) -> bool:
    """``foreign minister`` and ``minister of foreign affairs``."""
    plain = {"minister", "of", "for", "the", "affairs", "and"}
    left, right = set(one.split()) - plain, set(other.split()) - plain
    return bool(left) and left <= right
