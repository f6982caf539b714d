"""What ``it``, ``the town`` and a theme that is left out stand for: by role and recency, never the nearest name."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract import words
from kg.extract.clauses.candidates import Candidates
from kg.extract.clauses.chunks import Noun
from kg.extract.clauses.clause import Clause
from kg.extract.clauses.phrases import Phrase
from kg.extract.clauses.when import date_of
from kg.extract.found import Found
from kg.extract.lexicon import is_facility, listed
from kg.extract.lexicon import word as readings
from kg.extract.people import coordinated
from kg.extract.place_kinds import fits, placeable
from kg.extract.places import Places
from kg.extract.reading import Reading, Sentence
from kg.model import Entity, Span

_LEADS = 4  # tokens before the places that a sentence is of: "The villages of A, B and C"
_ORDERED = {"former": 0, "latter": 1}
_SITES = frozenset(("", "airport", "base", "bridge", "camp", "crossing", "dam", "suburb"))


@dataclass(slots=True)
class Context:
    """What a row or a section gives to the events in it: place and date, for what its words leave out."""

    place: Entity | None = None
    date: str | None = None
    row: bool = False  # a dated or placed row of a list, where the present tense reports
    heading: Span | None = None
    shown: bool = False  # below a title of pictures, where what was "taken" and has no subject is one of them

    @property
    def dated_row(self) -> bool:
        return self.row and bool(self.date)


class Discourse:
    """The places that a document speaks of, as its sentences go on."""

    def __init__(self, reading: Reading, places: Places) -> None:
        self.reading, self.places, self.candidates = reading, places, Candidates(reading, places)
        self.lists: list[Sequence[Found]] = []  # places that sentences named together
        self.here: list[Entity] = []  # what changed hands in the clause before, in the same sentence

    def begin(self) -> None:
        """A new sentence."""
        self.here = []

    def pronoun(self, noun: Noun, clause: Clause, context: Context) -> list[Entity]:
        """``it``: what changed hands before, the place of the row, of the sentence, of the text."""
        if noun.word in COUNTS:
            argument = noun in (one.head for one in (clause.subject, *clause.objects) if one is not None)
            return self.together(noun) if argument else []
        if noun.word == "all":
            return self._all(noun)
        if noun.word not in ("it", "they", "them", "itself", "this", "there", "that"):
            return []
        if self.here:
            return self.here if noun.word in ("they", "them") else self.here[-1:]
        if noun.word == "it" and (around := self._subject_around(clause) or self._acted_on(clause)) is not None:
            return [around]
        if noun.word == "it" and (before := _site_before(clause)) is not None:
            own = is_facility(before.head.word) and stands_alone(before.head)
            return [self.places.own(before.members[0])] if own else []
        return self._last(noun.first, clause, context)

    def _subject_around(self, clause: Clause) -> Entity | None:
        """``Ard slept until gunmen seized it``, ``The port was quiet until it fell``: the subject around."""
        around = clause.parent if clause.kind == "adverbial" else None
        while around is not None and around.subject is not None and around.subject.head.determiner == "its":
            around = around.parent  # "Ard was bombed so often that its people slept when gunmen seized it"
        subject = around.subject if around is not None else None
        if around is None or subject is None or len(subject.members) > 1:
            return None
        head = subject.head
        if head.determiner == "the" and not head.names:
            return next(iter(self.definite(head, around, Context())), None)
        if head.name is None or head.name.kind not in ("place", "name") or not placeable(self.reading, head.name):
            return None
        entity = self.places.of(head.name)
        return entity if entity is not None and entity.type != "country" else None

    def _acted_on(self, clause: Clause) -> Entity | None:
        """``invaded Kuwait on 2 August and annexed it``: what the verb before, of the same subject, acts on."""
        before, done = clause.shares, clause.object
        if before is None or done is None or done.head.word != "it" or len(before.objects) != 1:
            return None
        phrase, name = before.objects[0], before.objects[0].head.name
        known = name is not None and name.kind == "place" and name.entity is not None and name.entity.key is not None
        return name.entity if name is not None and known and len(phrase.members) == 1 else None

    def definite(self, noun: Noun, clause: Clause, context: Context) -> list[Entity]:
        """``the town``: the last place that it fits; not ``a town``."""
        if noun.determiner not in ("the", "this", "that", "these", "those", "whole", "both", "all", "our"):
            return []
        if (
            clause.kind == "relative"
            and clause.antecedent is not None
            and noun is clause.antecedent.head
            and not clause.beside
        ):
            return []  # "the only town that they took"
        if noun.word in _ORDERED:
            return self._of_two(noun)
        if noun.number or noun.word in words.PLURAL_PLACE_TYPES:
            named = self.places.called(noun.word, self._offset(noun.first)) if not noun.number else None
            return [named] if named is not None else self.together(noun)  # "the islands" are the Ard Islands
        found = self._site(noun, clause, context) if is_site(noun) else self._kind(noun, clause, context)
        return [found] if found is not None else []

    def _site(self, noun: Noun, clause: Clause, context: Context) -> Entity | None:
        """``the fort``: what was called so, what a caption shows, where the clause says that it is, the town itself."""
        site = self.places.called(noun.word, self._offset(noun.first))
        site = site or (context.place if not context.row else None) or self._fronted(clause)
        if site is None and noun.word in _STRONG:
            site = self.places.topic(self._offset(noun.first), "town", self.candidates.in_sentence(noun.first, clause))
            site = site or self._nearer(None, noun.first, clause, context)
        return site

    def _kind(self, noun: Noun, clause: Clause, context: Context) -> Entity | None:
        """``the town``: the place of the row, the last one that it fits, or one that is only named."""
        word = noun.word if noun.word in words.PLACE_TYPES else ""
        if not word and noun.word not in ("place", "locality"):
            return None
        if told := noun.words & words.DIRECTIONS:  # "the lower village" is Lower Ard, or nobody knows which
            called = (self.places.called(low, self._offset(noun.first), site=False) for low in sorted(told))
            return next((place for place in called if place is not None), None)
        lands = words.PLACE_TYPES.get(word) in ("country", "island")
        nearer = self.candidates.in_sentence(noun.first, clause, countries=lands)
        given = _given(context, word) if not nearer else None
        found = given or self.places.topic(self._offset(noun.first), word, nearer) or context.place
        if given is None and not nearer and context.place is None:
            found = self._nearer(found, noun.first, clause, context, word=word)
        if given is None and not nearer and (explained := self._explained(noun.first, clause)) is not None:
            found = explained if found in (None, explained) else None  # or the one before, nobody can tell
        acting = clause.subject.head.name if clause.subject is not None else None
        if acting is not None and acting.entity == found:
            return None  # "Germany attacked from Norway and occupied the country"
        if found is not None and not self._one_of_several(found, word):
            return found
        self.places.unknown = self._offset(noun.first)
        return None

    def _explained(self, first: int, clause: Clause) -> Entity | None:
        """``stolen from Ard in 1915, when X captured the town``: the one place by which the time is explained."""
        sentence = self.reading.sentence_at(self._offset(first)) if clause.marker == "when" and clause.parent else None
        before = [one for one in self.reading.found[sentence.index] if one.last <= clause.first] if sentence else []
        named = {one.entity for one in before if one.kind == "place" and one.entity and one.entity.type != "country"}
        return named.pop() if len(named) == 1 else None

    def _one_of_several(self, found: Entity, word: str) -> bool:
        """``They attacked A and B. The army retook the town``: which of the two, nobody can tell."""
        sentence = self.reading.sentence_at(self._offset(self.lists[-1][0].first)) if self.lists else None
        if sentence is None or not word:
            return False
        wanted = words.PLACE_TYPES[word]
        alike = {one.entity for one in self.lists[-1] if one.entity and fits(wanted, one.entity, one.hint)}
        changed = {place for at, place, _ in self.places.topics if at == sentence.end - 1}
        again = any(at >= sentence.end and place == found for at, place, _ in self.places.topics)
        singled = found in changed and len(alike & changed) == 1
        return found in alike and len(alike) > 1 and not (again or singled)

    def _fronted(self, clause: Clause) -> Entity | None:
        """``On the island of Ard the defenders left the fort``: where the clause says that it is."""
        begins = clause.subject.first if clause.subject is not None else clause.first
        for phrase in clause.prepositional("on", "in", "at"):
            inner = phrase.members[0].of.head if phrase.members[0].of is not None else phrase.head
            name = inner.name or phrase.head.name
            if phrase.last <= begins and name is not None and name.kind == "place" and name.entity is not None:
                return name.entity
        return None

    def zero(self, clause: Clause, context: Context) -> list[Entity]:
        """What a theme that is left out stands for: ``withdrew on 3 May``."""
        if _gapped(clause) or _headless(clause):
            return []
        if self.here:
            return self.here
        first = clause.verb.first if clause.verb is not None else clause.first
        return self._last(first, clause, context)

    def _last(self, first: int, clause: Clause, context: Context) -> list[Entity]:
        if context.place is not None:
            return [context.place]
        nearer = self.candidates.in_sentence(first, clause, reached=False)
        recent = self.places.recent(self._offset(first))
        found = nearer[-1][1] if nearer else self._nearer(recent, first, clause, context)
        return [found] if found is not None else []

    def _nearer(
        self, found: Entity | None, first: int, clause: Clause, context: Context, *, word: str = ""
    ) -> Entity | None:
        dated = bool(date_of(clause) or context.date)
        return self.candidates.of_block(found, first, clause, dated=dated, word=word)

    def _offset(self, index: int) -> int:
        return self.reading.tokens[index].start

    def note(self, sentence: Sentence, themes: Sequence[Entity], sites: Sequence[tuple[Entity, str]] = ()) -> None:
        """Remember what a sentence spoke of: places in it, its subject, then what changed hands, or a site."""
        if self._is_imprint(sentence):
            return
        named = [
            one
            for one in self.reading.found[sentence.index]
            if one.kind == "place" and one.entity and not self._names_another(sentence, one)
        ]
        opening = self._opening(sentence)
        within = [one for one in named if one.entity is not None and one.entity.type != "country"]
        self.places.countries += (
            (self._offset(one.first), one.entity) for one in named if one.entity and one.entity.type == "country"
        )
        kept = [one for one in within if not self.candidates.adverbial(sentence, one)]
        plain = [one for one in kept if not self.reading.tokens[one.last - 1].possessive]
        first = kept or [one for one in within if self._led_by(one, "at", "near")]
        for one in plain or (first[:1] if not self.places.topics else []):
            self._remember(self._offset(one.first), one)
        marks = range(sentence.first, sentence.last) if ";" in sentence.lows else ()
        opened = [i + 1 for i in marks if self.reading.tokens[i].text == ";"]
        ahead = [one for one in kept if not self._led_by(one, "in", "at")]  # "In Manila they spoke of Marawi"
        subject = next(
            (o for first in (*opened[::-1], sentence.first) for o in ahead or kept if 0 <= o.first - first <= 4), None
        )
        later = subject is not None and any(first <= subject.first for first in opened)  # "A fell; B never did"
        if subject is not None:
            self._remember(sentence.end - 2, subject)
        elif opening is not None:
            self.places.note(sentence.end - 2, opening)
        self.lists += self._lists(named)
        hints = {one.entity: one.hint for one in reversed(named)}
        for entity in themes:
            own = "site" if entity.name in self.places.sites else ""
            self.places.note(sentence.end - 1, entity, hints.get(entity, own))
        if later and subject is not None:
            self._remember(sentence.end - 1, subject)
        for entity, word in sites:
            self.places.note(sentence.end - 1, entity, word)

    def _is_imprint(self, sentence: Sentence) -> bool:
        """``... talks with our editor. Baku, 3 June 2023``: where a paragraph was written, which it is not about."""
        here = self.reading.block_sentences(sentence.block)
        group = self.reading.found[sentence.index]
        if len(here) < 2 or here[-1] is not sentence or len(group) != 1 or not sentence.dates:
            return False
        named = range(group[0].first, group[0].last)
        rest = (t for i, t in enumerate(self.reading.words(sentence), sentence.first) if i not in named)
        return all(token.kind == "p" or token.start in self.reading.in_date for token in rest)

    def _led_by(self, one: Found, *prepositions: str) -> bool:
        return one.first > 0 and self.reading.tokens[one.first - 1].low in prepositions

    def _remember(self, offset: int, one: Found) -> None:
        assert one.entity is not None
        self.places.note(offset, one.entity, one.hint)

    def _opening(self, sentence: Sentence) -> Entity | None:
        """What a sentence that begins with ``The town`` goes on about."""
        tokens = self.reading.tokens[sentence.first : sentence.first + 3]
        if (
            len(tokens) < 3
            or tokens[0].low not in ("the", "this", "that")
            or (tokens[2].kind == "w" and tokens[2].capital)
        ):
            return None
        known = tokens[1].low in words.PLACE_TYPES and tokens[2].low != "of"
        return self.places.topic(sentence.start, tokens[1].low) if known else None

    def _lists(self, named: Sequence[Found]) -> list[Sequence[Found]]:
        """Places that are named together: ``A and B``."""
        lists: list[list[Found]] = []
        for one in named:
            if lists and coordinated(self.reading.tokens, lists[-1][-1], one):
                lists[-1].append(one)
            else:
                lists.append([one])
        return [together for together in lists if len(together) > 1]

    def _of_two(self, noun: Noun) -> list[Entity]:
        """``the former``, ``the latter``: of the two places that were last named together."""
        last = self.lists[-1] if self.lists else ()
        entity = last[_ORDERED[noun.word]].entity if len(last) == 2 else None
        return [entity] if entity is not None else []

    def together(self, noun: Noun) -> list[Entity]:
        """``both``, ``the two villages``, ``all three``: as many places as were last named together."""
        among = noun.word in COUNTS and noun.word != "both" and noun.determiner not in ("the", "all")
        if among or not noun.words.isdisjoint(("other", "more")):
            return []  # "two were taken", "the other two were"
        asked = next((n for low in (*sorted(noun.words), noun.determiner) if (n := COUNTS.get(low, 0))), 0)
        if len(self.here) == asked:
            return self.here
        wanted = words.PLURAL_PLACE_TYPES.get(noun.word, "")
        places = [(one.entity, one.hint) for one in self._last_list(noun) if one.entity is not None]
        fit = len(places) == asked and all(not wanted or fits(wanted, place, used) for place, used in places)
        return [place for place, _ in places] if fit else []

    def _last_list(self, noun: Noun) -> Sequence[Found]:
        """The places that were last named together before a noun."""
        sentence = self.reading.sentence_at(self._offset(noun.first))
        before = [one for one in self.reading.found[sentence.index] if one.last <= noun.first] if sentence else []
        return next(iter([*self.lists, *self._lists([one for one in before if one.kind == "place"])][::-1]), ())

    def _all(self, noun: Noun) -> list[Entity]:
        """``A, B and C are ours again: all were recaptured``: the places that this sentence or the one before is of."""
        listed_ = self._last_list(noun)
        of = self.reading.sentence_at(self._offset(listed_[0].first)) if listed_ else None
        here = self.reading.sentence_at(self._offset(noun.first))
        if of is None or here is None or here.index - of.index > 1 or len(listed_) < 3:
            return []
        leads = listed_[0].first - of.first <= _LEADS and not self.candidates.adverbial(of, listed_[0])
        return [one.entity for one in listed_ if one.entity is not None] if leads else []

    def _names_another(self, sentence: Sentence, one: Found) -> bool:
        """``the Toyota War``, ``the Donetsk insurgents``, ``the Ard road``: a name that only qualifies another noun."""
        after = self.reading.tokens[one.last] if one.last < sentence.last else None
        if after is None or after.kind != "w":
            return False
        road = after.low in _LINES and self.reading.tokens[one.first - 1].low == "the"  # "the Ard road" is long
        return (after.capital and after.low in _NAMED_EVENTS) or (not after.capital and after.low in _STRANGERS) or road


_STRANGERS = listed("force") - {"garrison", "defenders"}  # "the Donetsk insurgents" may be anywhere
_LINES = frozenset("road highway railway line front border".split())
_MANY = listed("many", "discourse")
"""Sites of which a text may mean any."""
_VAGUE = frozenset("big important key large main major new old small strategic".split())  # these tell none from others
_STRONG = frozenset("fort fortress citadel stronghold".split())  # what a whole town may be called
COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NAMED_EVENTS = listed("named_events", "discourse")


def _given(context: Context, word: str) -> Entity | None:
    """The place of the row or caption, where it may be what a word says."""
    place = context.place
    return place if place is not None and fits(words.PLACE_TYPES.get(word, "village"), place, "") else None


def _gapped(clause: Clause) -> bool:
    """``a statement it withdrew``: what is left out is the noun before, and that is no name."""
    antecedent = clause.antecedent.head if clause.kind == "relative" and clause.antecedent is not None else None
    own = clause.subject.head if clause.subject is not None else antecedent
    return antecedent is not None and own is not antecedent and antecedent.name is None


def _site_before(clause: Clause) -> Phrase | None:
    """``They found the signal station empty and flew their flag over it``: the building of the clause before."""
    before = clause.shares.object if clause.shares is not None else None
    sites = before is not None and not before.head.names and any(map(is_facility, before.head.words))
    return before if sites else None


def _headless(clause: Clause) -> bool:
    """``Of the two towns that they held, A, once lost, was restored``: a subject that was not made out."""
    verb = clause.verb
    if verb is None or clause.subject is not None or verb.auxiliary not in ("was", "were", "had", "has", "have"):
        return False
    return any(a.phrase is not None and a.preposition == "of" and a.first < verb.first for a in clause.adjuncts)


def stands_alone(noun: Noun) -> bool:
    """``the railway station``, ``the sugar works``: a building that its words tell from others."""
    told = {low for low in noun.words - {noun.word} - words.DIRECTIONS - _VAGUE if not readings(low).closed}
    return noun.determiner == "the" and noun.word not in _MANY and not noun.number and bool(told)


def is_site(noun: Noun) -> bool:
    """A building or post, ``Kherson airport``: not the town that it stands in."""
    return is_facility(noun.word) and words.PLACE_TYPES.get(noun.word, "") in _SITES
