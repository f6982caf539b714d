"""Which names of a text may be meant by ``it`` or ``the town``: where they stand, and what they are names of."""

from collections.abc import Iterator

from kg.extract import words
from kg.extract.clauses import clauses_of
from kg.extract.clauses.chunks import Noun
from kg.extract.clauses.clause import Clause
from kg.extract.found import Found
from kg.extract.lexicon import given_names, is_facility, is_saying, listed
from kg.extract.lexicon import word as readings
from kg.extract.place_kinds import LYING, fits, placeable
from kg.extract.places import Places, Topic
from kg.extract.reading import Reading, Sentence
from kg.model import Entity
from kg.text.folding import fold

_AWAY = frozenset("from across beyond near to at after by with outside towards toward until around".split())
_TOWNS = frozenset(("", "city", "town", "village", "settlement"))  # what an unknown name may be
_QUOTES = frozenset('"“”‘’«»')
_SURNAMES = ("ov", "ova", "ev", "eva", "enko", "shvili", "dze", "sson")
_OF_PEOPLE = (listed("personal") | listed("feeling")) - listed("figurative")  # what only people do
_ASIDE = 6  # tokens between "after" and where something was
_TOPICS = 60  # of those spoken of last, how many are looked at


class Candidates:
    """The names around an expression that refers to a place."""

    def __init__(self, reading: Reading, places: Places) -> None:
        self.reading, self.places = reading, places

    def of_block(
        self, found: Entity | None, first: int, clause: Clause, *, dated: bool, word: str = ""
    ) -> Entity | None:
        """What a paragraph names itself is nearer than what was spoken of before it; of several, nobody can tell."""
        here = self.reading.sentence_at(self._offset(first))
        begins = self.reading.blocks[here.block].span.start if here is not None else 0
        if here is None or word in ("capital", "country") or self.places.unknown >= begins:
            return found
        if found is None and not dated:
            return None
        if any(at >= begins and place == found for at, place, _ in self.places.topics[-_TOPICS:]):
            return found
        wanted = words.PLACE_TYPES.get(word, "")
        spoken_of: dict[str, list[Found]] = {}
        near = self.reading.sentences[max(0, here.index - 1) : here.index + 1]
        if found is not None:
            near = [one for one in self.reading.block_sentences(here.block) if one.index < here.index]
        for sentence in near:
            for one in self.reading.found[sentence.index]:
                inside = sentence is here and (one.last > first or self._acts(one, first, clause))
                meant = not inside and self._may_be_meant(one, sentence, wanted, known=found is not None)
                if meant or (found is None and not inside and one.kind not in ("demonym", "role")):
                    group = spoken_of.setdefault(fold(one.text), [])
                    group += [one] if meant and not self.adverbial(sentence, one) else []
        if not spoken_of:
            return found
        named = next(iter(spoken_of.values()))
        return self.places.of(named[0]) if named and len(spoken_of) == 1 else None

    def _acts(self, one: Found, first: int, clause: Clause) -> bool:
        """Whether a name stands within who acts, or says it: no antecedent of what is acted on."""
        own, verb = clause.subject, clause.verb.first if clause.verb is not None else first
        acts = (
            own is not None
            and not (_names_place(own.head) or own.head.word in listed("fighting"))
            and own.first <= one.first < verb
        )
        return (acts and one.first >= clause.first) or any(a <= one.first < b for a, b in _speakers(clause))

    def _may_be_meant(self, one: Found, sentence: Sentence, wanted: str, *, known: bool) -> bool:
        """Whether a name is of a place that a word may stand for; of an unknown one, whether it may be of a town."""
        tokens = self.reading.tokens
        following = tokens[one.last] if one.last < sentence.last else None
        if following is not None and following.kind == "w" and self._qualifies(following.low):
            return False
        if one.kind == "place" and one.entity is not None and (one.entity.key is not None or one.hint):
            return one.entity.type != "country" and (not wanted or fits(wanted, one.entity, one.hint))
        low = tokens[one.first].low
        quoted = tokens[one.first - 1].text in _QUOTES or (following is not None and following.text in _QUOTES)
        article = one.first > sentence.first and tokens[one.first - 1].low == "the"
        unknown = one.kind in ("place", "name") and placeable(self.reading, one) and (wanted in _TOWNS or not known)
        lies = following is not None and readings(following.low).lemma in LYING  # and was not found to be a place
        other = readings(low).closed or low in listed("force")
        return unknown and not (quoted or article or lies or other or self._is_somebody(one, sentence))

    def _is_somebody(self, one: Found, sentence: Sentence) -> bool:
        """Whether an unknown name is by its form, or by what it does, more likely a person's: ``Hassan waited``."""
        first, last = (fold(self.reading.tokens[index].text) for index in (one.first, one.last - 1))
        if first in given_names() or last.endswith(_SURNAMES):
            return True
        own = (c for c in clauses_of(self.reading, sentence) if c.subject is not None and c.subject.head.name is one)
        doing = {c.verb.word for c in own if c.verb is not None and not c.verb.passive}
        return not doing.isdisjoint(_OF_PEOPLE)

    def in_sentence(self, limit: int, clause: Clause, *, reached: bool = True, countries: bool = False) -> list[Topic]:
        """The places named earlier in the same sentence, outside the subject of the clause itself, and countries."""
        sentence = self.reading.sentence_at(self._offset(limit))
        if sentence is None:
            return []
        return [
            (self._offset(one.first), one.entity, one.hint)
            for one in self.reading.found[sentence.index]
            if one.last <= limit
            and one.entity is not None
            and (one.entity.type == "country") <= countries
            and self._speaks_of(one, sentence, reached=reached)
            and not self._acts(one, limit, clause)
        ]

    def _speaks_of(self, one: Found, sentence: Sentence, *, reached: bool) -> bool:
        """Whether a name is of a place spoken of; ``reached``: also where somebody came to it before "the town"."""
        if one.kind != "place":
            return False
        tokens = self.reading.tokens
        following = tokens[one.last].low if one.last < sentence.last else ""
        qualifies = one.last < sentence.last and tokens[one.last].kind == "w" and self._qualifies(following)
        qualifies = qualifies and not (reached and is_facility(following))  # "the town" of "the Ard hospital" is Ard
        led = one.first - 1 - (tokens[one.first - 1].low == "the")
        came = reached and led >= sentence.first and tokens[led].low in ("to", "at")
        aside = any(t.low in ("after", "before", "since") for t in tokens[max(sentence.first, led - _ASIDE) : led])
        came = came and not (aside and tokens[led].low == "at")  # "after the front had broken at Caporetto"
        away = (self.adverbial(sentence, one) and not came) or tokens[one.last - 1].possessive or qualifies
        return not away and following not in words.SAY

    def _qualifies(self, following: str) -> bool:
        """``the Addis Ababa agreement``: a name that only qualifies the noun after it."""
        known = readings(following)
        common = known.noun and not known.closed and not known.lemma and not known.adverb
        return common and following not in words.PLACE_TYPES and following not in words.PLURAL_PLACE_TYPES

    def adverbial(self, sentence: Sentence, one: Found) -> bool:
        """``from Kharkiv``, ``north of Mogadishu``, ``denied in Tokyo``: not what is spoken of."""
        tokens, index = self.reading.tokens, one.first - 1
        if index >= sentence.first and tokens[index].low == "the":
            index -= 1
        low, before = tokens[max(index, 0)].low, tokens[max(index - 1, 0)].low
        if index > sentence.first and (
            (low == "of" and before in words.DIRECTIONS) or (low in ("in", "at") and self._speaks_there(index, one))
        ):
            return True
        fronted = index == sentence.first and low == "in" and tokens[one.last : one.last + 1]
        if fronted and fronted[0].text == "," and any(_says(t.low) for t in tokens[one.last + 1 : one.last + 5]):
            return True  # "In Moscow, officials denied it."
        return index >= sentence.first and low in _AWAY

    def _speaks_there(self, index: int, one: Found) -> bool:
        """``denied in Tokyo``, ``told reporters in Tokyo``, ``Peter Holt in Tokyo says``."""
        tokens = self.reading.tokens
        told = readings(tokens[index - 2].low).lemma == "tell"
        after = tokens[one.last].low if one.last < len(tokens) else ""
        return told or _says(tokens[index - 1].low) or (tokens[index - 1].capital and after in words.SAY)

    def _offset(self, index: int) -> int:
        return self.reading.tokens[index].start


def _speakers(clause: Clause) -> Iterator[tuple[int, int]]:
    """Who says the clause: ``Zall let it be known that its men held the town``."""
    for here in (clause, *clause.above()):
        if here.kind == "that" and here.parent is not None:
            for said in (here.parent, here.parent.shares):
                if said is not None and said.subject is not None:
                    yield said.subject.first, said.subject.last


def _names_place(noun: Noun) -> bool:
    """Whether a common noun is of a place, ``the town of Ard``, so that what follows is what it is called."""
    places = (words.PLACE_TYPES, words.PLURAL_PLACE_TYPES)
    return noun.name is None and (is_facility(noun.word) or any(noun.word in kinds for kinds in places))


def _says(low: str) -> bool:
    lemma = readings(low).lemma
    return is_saying(lemma) or low in listed("talks") or low in ("meeting", "conference", "summit", "court")
