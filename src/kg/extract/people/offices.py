"""Who holds which office where: ``X, head of Y``, ``Y head X``, ``X is the head of Y``, lists of offices, signatures.

An office is the head of a noun phrase. Whose it is stands before it (``Moldova's``, ``Latvian``) or in its complement;
who holds it is the name that is the phrase's head, or stands in apposition to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract import words
from kg.extract.clauses import Chunk, Noun, chunks_of
from kg.extract.found import Found
from kg.extract.lexicon import given_names, listed, word
from kg.extract.names import PLURAL_HEADS, text_of
from kg.extract.people.lists import before_office, office_list, whose
from kg.extract.people.organizations import make_organization
from kg.extract.people.persons import is_trade, looks_personal
from kg.extract.people.phrases import Subject, mark_at, noun_at, past_adverbs, phrase_from, subject_before, verb_at
from kg.extract.people.registry import Office
from kg.extract.people.unsaid import OF_PLACES, holder, unsaid
from kg.extract.reading import Reading, Sentence
from kg.model import Entity
from kg.text.folding import fold

_OF = frozenset("of for to at in with from on".split())
_PARTS = frozenset(
    """
    board branch department office wing section sector staff city town village port state district region chapter desk
    """.split()
)
_HOLDS = frozenset("be become remain serve".split())
_CALLS = frozenset("call style describe name".split())
_MADE = frozenset("appoint elect install instal confirm reelect re-elect".split())  # "X was appointed mayor of Y"
_CLOSES = frozenset(("", ".", ")", "]"))
_UNNAMED = {  # bodies that have no name but what they are, and their type
    "army": "armed-forces",
    "military": "armed-forces",
    "navy": "armed-forces",
    "air force": "armed-forces",
    "coast guard": "armed-forces",
    "police": "organization",
    "government": "organization",
}
_BODIES = listed("described_bodies")
_GRADES = frozenset("acting chief deputy ex former late new outgoing retired senior then top veteran".split())
_MOST = 60  # chunks after a verb that may name an office


class Offices:
    """The offices of one sentence."""

    def __init__(self, reading: Reading, sentence: Sentence, names: list[Found]) -> None:
        self.reading, self.sentence, self.names, self.tokens = reading, sentence, names, reading.tokens
        self.chunks: Sequence[Chunk] = chunks_of(reading, sentence)
        self.at = {id(chunk): index for index, chunk in enumerate(self.chunks)}
        self.roles = {index: one for one in names if one.kind == "role" for index in range(one.first, one.last)}
        self.number = {id(one): number for number, one in enumerate(names)}

    def find(self) -> Iterator[Office]:
        """Pairs of a name and an office, in the order of the text."""
        done: set[int] = set()
        for office in [one for one in self.names if one.kind == "role" and not self._plural(one)]:
            if (beside := self._beside(office)) is not None:
                done.add(id(office))
                of = self._whose(office, ())
                yield self._office(beside, office, of if of[0] is not None else self.after_name(beside))
        for index, chunk in enumerate(self.chunks):
            if not isinstance(chunk, Noun):
                if (verb := verb_at(self.chunks, index)) is not None and (
                    verb.word in _HOLDS or verb.word in _CALLS or (verb.passive and verb.word in _MADE)
                ):
                    yield from self._told(index)
                continue
            role = self.role(chunk)
            if role is not None and self._plural(role):
                yield from office_list(self.reading, self.sentence, self.names, self.number[id(role)])
            elif role is not None and id(role) not in done:
                yield from self._of_noun(index, chunk, role)
            elif chunk.name is not None and self._personal(chunk.name):
                yield from self._of_name(index, chunk, chunk.name)

    def role(self, noun: Noun) -> Found | None:
        """The office that is the head of a noun phrase, where no name is."""
        return self.roles.get(noun.head) if noun.name is None else None

    def trade(self, noun: Noun) -> Found | None:
        """The office, or what else somebody is said to be: ``deputy keeper``, ``Jesuit historian``."""
        known = self.role(noun)
        if known is not None or noun.name is not None or noun.plural or not is_trade(noun.word):
            return known
        first = noun.first + bool(noun.determiner)
        owners = [index for index in range(first, noun.head) if self.tokens[index].possessive]
        first = owners[-1] + 1 if owners else first
        return Found(first, noun.head + 1, "role", text_of(self.reading, first, noun.head + 1))

    def _plural(self, role: Found) -> bool:
        before = self._named_before(role)
        return self.tokens[role.last - 1].low in PLURAL_HEADS or len(before) > 1

    def _named_before(self, role: Found) -> list[Found]:
        number = self.number.get(id(role))
        return before_office(self.tokens, self.names, number) if number is not None else []

    def _personal(self, one: Found) -> bool:
        return one.kind == "person" or (one.kind == "name" and looks_personal(self.reading, one))

    def _office(self, one: Found, role: Found, of: tuple[Entity | None, int]) -> Office:
        one.kind = "person"
        return Office(one, role, of[0], self.sentence, max(of[1], role.last, one.last))

    # --- an office and its name ----------------------------------------------------------------------------

    def _of_name(self, index: int, noun: Noun, one: Found) -> Iterator[Office]:
        """``Moldova's foreign minister X``, ``X, head of Y``, ``X (director, Y)``."""
        before = (self.roles[i] for i in range(max(noun.first, one.first - 12), one.first) if i in self.roles)
        within = next((role for role in before if role.last <= one.first), None)
        if within is not None and self.tokens[within.last - 1].low in PLURAL_HEADS:
            yield from office_list(self.reading, self.sentence, self.names, self.number[id(within)])
            return
        phrase = phrase_from(self.chunks, index, len(self.chunks))
        if noun.determiner == "the" and noun.first == one.first - 1:
            return  # "of the Beira Diocese, today treasurer of": no person
        nearer = phrase.complements[-1][1] if phrase is not None and phrase.complements else None
        if self._names(nearer):
            return  # "X in conversation with Y, treasurer of": it is Y who is one
        for beside in phrase.apposed if phrase is not None else ():
            between = [other for other in self.names if one.last <= other.first < beside.first]
            if any(o.words >= 2 and o.kind in ("name", "person") and self._personal(o) for o in between):
                break  # "X, leader of Y, and Z, leader of W": it is Z who leads W
            known = one.words >= 2 or one.kind == "person" or one.titled
            for what in self._joined(beside):
                role = self.trade(what)
                if role is not None and not self._plural(role) and (known or holder(self.reading, self.sentence, noun)):
                    yield self._office(one, role, self._of_apposed(what, role))

    def _joined(self, noun: Noun) -> Iterator[Noun]:
        """``a midwife and now treasurer of the Lake Federation``: what is said of the same person."""
        yield noun
        phrase = phrase_from(self.chunks, self.at[id(noun)], len(self.chunks))
        index = self.at[id(noun)] + 1 + 2 * (len(phrase.complements) if phrase is not None else 0)
        step = past_adverbs(self.chunks, index + 1, len(self.chunks))
        other = noun_at(self.chunks, step) if mark_at(self.chunks, index) == "and" else None
        if other is not None and self.trade(other) is not None and verb_at(self.chunks, step + 1) is None:
            yield from self._joined(other)

    def after_name(self, one: Found) -> tuple[Entity | None, int]:
        """``Prof. X of the Vanni Institute``, ``X, of the town council,``: whose the office is, after the name."""
        index = next((i for i, c in enumerate(self.chunks) if isinstance(c, Noun) and c.name is one), len(self.chunks))
        aside = mark_at(self.chunks, index + 1) == ","
        index += 1 + aside
        unit = noun_at(self.chunks, index) if aside and mark_at(self.chunks, index + 1) in (",", *_CLOSES) else None
        if unit is not None and unit.name is not None and unit.name.kind == "organization" and not unit.determiner:
            return self._body(unit)  # "Captain X, 2nd Rifles, wrote"
        mark, whole = mark_at(self.chunks, index), noun_at(self.chunks, index + 1)
        if whole is None or mark not in (("of", "from") if aside else ("of", "for", "(")):
            return None, one.last
        if whole.name is None:
            return (self._body_word(whole), whole.last) if mark == "of" else (None, one.last)
        kinds = ("place", "organization") if mark == "of" and not aside else ("organization",)
        if whole.name.kind not in kinds and not (mark == "of" and whole.determiner == "the" and whole.name.words > 1):
            return None, one.last
        return self._body(whole)

    def _of_apposed(self, noun: Noun, role: Found) -> tuple[Entity | None, int]:
        index = self.at[id(noun)]
        phrase = phrase_from(self.chunks, index, len(self.chunks))
        of = self._whose(role, phrase.complements if phrase is not None else ())
        opened = mark_at(self.chunks, index - 1) in ("(", "[")
        if opened and mark_at(self.chunks, index + 1) == "of" and mark_at(self.chunks, index + 3) in (",", ";"):
            index += 2  # "[head of cartography; Danube Lyceum]"
        after = noun_at(self.chunks, index + 2)
        bracketed = opened and mark_at(self.chunks, index + 1) in (",", ";")
        named = after is not None and after.name is not None and after.name.kind == "organization"
        told = mark_at(self.chunks, index + 3) == "," and verb_at(self.chunks, index + 4) is not None
        closed = told or mark_at(self.chunks, index + 3) in _CLOSES
        signed = named and mark_at(self.chunks, index + 1) == "," and closed
        if of[0] is None and after is not None and (signed or (bracketed and after.name is not None)):
            return self._body(replace(after, determiner="the"))
        return of

    def _of_noun(self, index: int, noun: Noun, role: Found) -> Iterator[Office]:
        """``the director of the Library, X,``; ``the director of the Library X``; ``spokesman Col. X``."""
        phrase = phrase_from(self.chunks, index, len(self.chunks))
        before = noun_at(self.chunks, index - 2)
        if phrase is None or (mark_at(self.chunks, index - 1) in (",", "(", "–", "—") and self._names(before)):
            return  # in apposition to the name before it
        named = self._embedded(phrase)
        of = self._whose(role, phrase.complements)
        named = named or next((n.name for n in phrase.apposed[:2] if self._names(n)), None)
        if named is not None:
            yield self._office(named, role, of)

    def _beside(self, role: Found) -> Found | None:
        """``Minister of Foreign Affairs X``: the name right after an office, past titles."""
        number = self.number[id(role)] + 1
        after = self.names[number] if number < len(self.names) else None
        if after is None or after.kind not in ("name", "person") or self.tokens[role.last - 1].possessive:
            return None
        between = self.tokens[role.last : after.first]
        opens = self.tokens[role.first - 1].text == "(" or after.last == self.sentence.last
        marks = ".():" if opens else ".()"  # "the museum (curator: X)"
        titles = all(t.low in words.TITLES or t.low in ("retd", "ret") or t.text in marks for t in between)
        if not between and after.text.isupper() and looks_personal(self.reading, after, capitals=True):
            after.titled = True  # "Deputy VALVERDE (Guayas):"
            return after
        fits = len(between) <= 6 and titles and not self._supposed(role, after) and self._personal(after)
        return after if fits else None

    def _supposed(self, role: Found, after: Found) -> bool:
        """``a major Trump supporter``, ``a President Connolly``: an adjective of another noun, somebody imagined."""
        first, last = self.tokens[role.first], self.tokens[role.last - 1]
        before = self.tokens[role.first - 1].low if role.first > self.sentence.first else ""
        following = self.tokens[after.last] if after.last < self.sentence.last else None
        if last.low in words.ADJECTIVE_HEADS and not last.capital and following is not None:
            return following.kind == "w" and word(following.low).noun and not word(following.low).lemma
        return before in ("a", "an") and first.capital and after.words == 1

    def _names(self, noun: Noun | None) -> bool:
        """Whether a noun phrase is the name of somebody."""
        one = noun.name if noun is not None else None
        return one is not None and self._personal(one) and (one.words >= 2 or one.kind == "person" or one.titled)

    def _embedded(self, phrase: Subject) -> Found | None:
        """``the director of the Library Zara X``, ``head of the local office Zara X``: who directs the body before."""
        for _, inner in phrase.complements:
            one = inner.name
            if one is None or not self._personal(one):
                continue
            beside = any(self._follows(other, one) for other in inner.names if other is not one)
            if one.words >= 2 and (beside or self._after_office(one)):
                one.kind = "person"
                return one
            if one.kind == "name" and one.words >= 3 and not inner.determiner and not one.titled:
                return self._split(one)
        return None

    def _after_office(self, one: Found) -> bool:
        """``the regional office Zara X``: a given name after a body in lower case, which is not called by it."""
        body, given = self.tokens[one.first - 1], fold(self.tokens[one.first].text) in given_names()
        return given and not body.capital and body.low in words.ORGANIZATION_HEADS

    def _follows(self, other: Found, one: Found) -> bool:
        """Whether only titles stand between two names."""
        between = self.tokens[other.last : one.first]
        return other.last <= one.first and all(
            t.low in words.TITLES or t.low in words.MILITARY_RANKS or t.text == "." for t in between
        )

    def _split(self, one: Found) -> Found:
        """``governor of Tavush Hayk Ghalumyan`` as one run of capitals: its last two words are who governs."""
        self.reading.chunks.pop((self.sentence.first, self.sentence.last), None)
        named = Found(one.last - 2, one.last, "person", text_of(self.reading, one.last - 2, one.last))
        one.last = named.first
        one.text = text_of(self.reading, one.first, one.last)
        if one.words >= 2:
            make_organization(one)
        place = self.names.index(one)
        self.names.insert(place + 1, named)
        self.number = {id(other): number for number, other in enumerate(self.names)}
        return named

    # --- told by a verb --------------------------------------------------------------------------------------

    def _told(self, index: int) -> Iterator[Office]:
        """``X is the head of Y``; ``X, who calls herself "minister for eels" of Y``."""
        verb, subject = verb_at(self.chunks, index), subject_before(self.chunks, index)
        one = subject.noun.name if subject is not None else None
        if verb is None or subject is None or verb.negated or verb.modal:
            return
        if one is None or not self._personal(one) or one.words < 2:
            one = holder(self.reading, self.sentence, subject.noun)
        if one is None:
            return
        reflexive = noun_at(self.chunks, index + 1)
        if verb.word in _CALLS and (reflexive is None or reflexive.word not in ("himself", "herself")):
            return
        for step in range(past_adverbs(self.chunks, index + 1, len(self.chunks)), min(len(self.chunks), index + _MOST)):
            noun = noun_at(self.chunks, step)
            if verb_at(self.chunks, step) is not None or mark_at(self.chunks, step) in (";", ":", "who", "when"):
                return
            role = self.trade(noun) if noun is not None else None
            governed = mark_at(self.chunks, step - 1)
            if (
                noun is not None
                and role is not None
                and not self._plural(role)
                and governed in ("", ",", "and", "as", "“", '"')
            ):
                phrase = phrase_from(self.chunks, step, len(self.chunks))
                yield self._office(one, role, self._past_marks(step, noun, role, phrase))

    def _past_marks(self, index: int, noun: Noun, role: Found, phrase: Subject | None) -> tuple[Entity | None, int]:
        """Whose an office in quotation marks is, after them: ``"minister for eels" of the Canal Trust``."""
        complements = phrase.complements if phrase is not None else ()
        close = index + 1 + 2 * len(complements)
        after = noun_at(self.chunks, close + 2)
        if (
            mark_at(self.chunks, close) in ("”", '"', "»")
            and mark_at(self.chunks, close + 1) in _OF
            and after is not None
        ):
            return self._body(after) if after.name is not None else (None, role.last)
        return self._whose(role, complements)

    # --- whose ---------------------------------------------------------------------------------------------

    def _whose(self, role: Found, complements: Sequence[tuple[str, Noun]]) -> tuple[Entity | None, int]:
        """The body or state of an office, and where the evidence of it ends."""
        before = self._named_before(role)
        own = self._before(before[-1], role) if before else self._body_of(role) or self._unnamed(role)
        own = own or (None if before or complements else unsaid(self.reading, self.sentence, role))
        weak = bool(before) and before[-1].kind == "place" and not self.tokens[before[-1].last - 1].possessive
        described = own is not None and own.key is None and own.name.lower() in _UNNAMED  # "military governor of X"
        after = self._complement(role, complements)
        if after[0] is not None and (own is None or described or (weak and after[0].kind == "organization")):
            return after
        return own, after[1]

    def _before(self, one: Found, role: Found) -> Entity | None:
        if one.kind == "name":
            if not self.tokens[one.last - 1].possessive:
                return self._spelled(one)
            if one.words >= 2:
                make_organization(one)
        return whose(self.reading, one)

    def _spelled(self, one: Found) -> Entity | None:
        """``a TNLA spokesperson``: the body whose letters stood in brackets after its name."""
        pairs = (pair for group in self.reading.found for pair in pairwise(group) if pair[1].text == one.text)
        bodies = (body for body, letters in pairs if self.tokens[letters.first - 1].text == "(")
        return next((body.entity for body in bodies if body.kind == "organization"), None)

    def _complement(self, role: Found, complements: Sequence[tuple[str, Noun]]) -> tuple[Entity | None, int]:
        outside = [one for one in complements if one[1].first >= role.last or one[1].last > role.last]
        for number, (preposition, inner) in enumerate(outside[:2]):
            first = outside[0][1]
            field = first.name is None and not first.determiner  # "professor of geography at the Institute"
            if preposition not in _OF or (number and first.word not in _PARTS and not field):
                break
            if inner.name is not None and inner.name.kind != "demonym":
                return self._body(inner, serves=preposition in ("for", "with"))
            if inner.name is None and (body := self._body_word(inner)) is not None:
                return body, inner.last
        return None, role.last

    def _body(self, inner: Noun, *, serves: bool = False) -> tuple[Entity | None, int]:
        """The organization, place or name that is the head of a noun phrase; who ``serves`` it, serves no place."""
        one = inner.name
        beside = inner.names[-2] if len(inner.names) > 1 else None
        if one is not None and beside is not None and beside.kind != "demonym" and self._follows(beside, one):
            one = beside  # "director of the Library Zara X", not of the Armenian 4th Corps
            if (
                one.kind == "name"
                and not one.candidates
                and self.tokens[inner.first - 2].low not in OF_PLACES | {"resident", "native", "head"}
            ):
                make_organization(one)
        if one is not None and one.kind == "thing" and self.tokens[one.first].low == "operation":
            return Entity("organization", one.text, None, ""), one.last  # "commander of Operation Tilwat"
        officer = any(index in self.roles for index in range(inner.first, one.first)) if one is not None else False
        if one is None or officer or one.kind not in ("organization", "place", "name"):
            return None, inner.last  # "the lawyer of Mayor X"
        directed = any(t.low in words.DIRECTIONS for t in self.tokens[one.first : one.last])
        article = inner.determiner == "the" or self.tokens[one.first].low == "the" or serves
        if one.kind == "name" and article and one.words >= 2 and not directed and not one.candidates:
            make_organization(one)
        return whose(self.reading, one), one.last

    def _body_word(self, inner: Noun) -> Entity | None:
        """``the clinic``, ``the archive's reading room``: the last body so called; else a body by what it is, ``the
        town council``, ``the southern front``; ``the Belgorod region``: the place.
        """
        owner = next((t.low for t in self.tokens[inner.first : inner.head] if t.possessive and not t.capital), "")
        word, region = owner or inner.word, words.PLACE_TYPES.get(inner.word)
        if inner.determiner in ("a", "an", "no", "any", "another"):
            return None
        if region and inner.names and inner.names[-1].last == inner.head:
            return whose(self.reading, inner.names[-1])
        if inner.owner is not None and inner.owner.kind == "organization":
            return inner.owner.entity  # "director of the Medical Council's trauma unit"
        before = {t.low for t in self.tokens[inner.first + bool(inner.determiner) : inner.head]}
        if inner.determiner in ("the", "its", "this") and (owner or word in words.ORGANIZATION_HEADS):
            bodies = self.reading.organizations_before(self.tokens[inner.first].start)
            alike = (
                body
                for body in bodies
                if word in (named := body.name.lower().split()) and (owner or before <= {*named})
                if not ("armed" in before and body.type == "armed-group")  # the armed forces are a state's
            )
            if (known := next(alike, None)) is not None:
                return known
        if owner in _UNNAMED and inner.word in _PARTS:
            return Entity("organization", owner, None, _UNNAMED[owner])  # "the army's eastern sector"
        if not (inner.word in _UNNAMED or (before and inner.word in _BODIES)):
            return None
        text = text_of(self.reading, inner.first + bool(inner.determiner), inner.last)
        return Entity("organization", text, None, _UNNAMED.get(word, ""))

    def _unnamed(self, role: Found) -> Entity | None:
        """``army spokesman``, ``the town council's head``: a body that the document calls by no name."""
        noun = next((c for c in self.chunks if isinstance(c, Noun) and c.first <= role.first < c.last), None)
        first = noun.first + bool(noun.determiner) if noun is not None else role.last
        bodies = (index for index in range(role.last - 2, first - 1, -1) if self.tokens[index].low in _BODIES)
        if (body := next(bodies, None)) is None:
            return None
        for lead in (body - 1, body):
            text = text_of(self.reading, lead, body + 1).lower().removesuffix("'s").removesuffix("’s")
            if lead >= first and text in _UNNAMED:  # of a "chief military observer" it says how he observes
                return Entity("organization", text, None, _UNNAMED[text]) if body <= role.first else None
        while first < body and self.tokens[first].low in _GRADES:
            first += 1
        text = text_of(self.reading, first, body + 1).removesuffix("'s").removesuffix("’s")
        if first == self.sentence.first and not self.tokens[first + 1].capital:
            text = text[0].lower() + text[1:]
        return Entity("organization", text, None, "") if first < body else None

    def _body_of(self, role: Found) -> Entity | None:
        """``Its director``, ``the group's cartographer``, ``Head of Mission``: the body last named, or the last
        with that word in its name.
        """
        last, before = self.tokens[role.last - 1], self.tokens[role.first - 1]
        if role.first <= self.sentence.first and not last.capital:
            return None
        word = before.low if role.first > self.sentence.first and before.possessive and not before.capital else ""
        if last.low in words.ORGANIZATION_HEADS and (last.capital or role.words > 2):
            word = last.low  # "Head of Mission", "deputy head of mission"
        if not word:
            return None
        bodies = self.reading.organizations_before(self.tokens[role.first].start, most=40)
        return next((body for body in bodies if word in body.name.lower().split()), None)


def find_offices(
    reading: Reading, found: Sequence[Sequence[Found]], sentence: Sentence, names: list[Found]
) -> Iterator[Office]:
    """Pairs of a person's name and an office, with whose office it is, and where the evidence ends."""
    if _may_tell(sentence, names):
        yield from Offices(reading, sentence, names).find()


def _may_tell(sentence: Sentence, names: Sequence[Found]) -> bool:
    """Whether a sentence has a name that may be a person's, and an office or a trade: asked before it is chunked."""
    kinds = {one.kind for one in names}
    if kinds.isdisjoint(("name", "person")) and sentence.lows.isdisjoint(("he", "she")):
        return False
    return "role" in kinds or any(map(is_trade, sentence.lows))
