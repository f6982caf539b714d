"""What a document speaks of: what ``it``, ``the city`` or ``the country`` is, as the subject of a figure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract import words
from kg.extract.clauses import Noun, Phrase, clauses_of
from kg.extract.found import Found
from kg.extract.places import Places, fits
from kg.extract.reading import Reading, Sentence
from kg.model import Entity


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is of: an entity, or the words that name it, or neither."""

    of: Entity | None = None
    text: str = ""

    @property
    def known(self) -> bool:
        return self.of is not None or bool(self.text)


NAMED_KINDS = frozenset(
    """
    district province region county city town village municipality oblast governorate prefecture state territory
    republic canton peninsula island islands enclave exclave
    """.split()
)
_EMPTY = frozenset(
    """
    the a an its their this that these those his her our some another other all of about around roughly nearly
    almost over under only just more than at least most up to well good further also still now then and or but no
    same – — - ( ) ,
    """.split()
) | frozenset("“”\"'‘’")
_MEASURED_THINGS = frozenset(
    """
    zone strip belt corridor border frontier boundary line wall berm trench tunnel road river lake reservoir reef
    shoal box pass peninsula plateau heights camp base field park forest desert delta basin ridge mountain hill dam
    bridge canal
    """.split()
)
_OF_COUNTRIES = frozenset(("place", "demonym", "people"))
_KINDS_IN_NAMES = frozenset("peninsula valley enclave exclave".split())


class Spoken:
    """What the sentences of a document are about, each asked once."""

    def __init__(self, reading: Reading, places: Places) -> None:
        self.reading, self.places = reading, places
        self._countries: Counter[Entity] | None = None
        self._about: dict[int, tuple[list[int], list[Subject]]] = {}

    def found(self, one: Found) -> Subject:
        """What a name stands for as the subject of a figure."""
        if one.kind in ("demonym", "people"):
            return Subject(self._country(one))
        if one.kind in ("place", "name"):
            entity = self.places.of(one)
            return Subject(entity) if entity is not None else Subject(None, one.text)
        return Subject(one.entity) if one.entity is not None and one.kind == "organization" else Subject(None, one.text)

    def words(self, first: int, last: int, noun: Noun) -> Subject:
        """The words of a phrase without what says nothing of it."""
        tokens = self.reading.tokens
        while first < last and tokens[first].low in _EMPTY:
            first += 1
        if first >= last or not any(token.kind == "w" for token in tokens[first:last]):
            return Subject()
        return Subject(None, self.reading.text[tokens[first].start : tokens[last - 1].end])

    def _is_known(self, one: Found) -> bool:
        return one.kind == "place" and one.entity is not None and one.entity.key is not None

    def _country(self, one: Found) -> Entity | None:
        if one.kind == "place":
            return self.places.of(one)
        key = one.candidates[0].entry.key if one.candidates else None
        entry = self.reading.gazetteer.entry(key) if key else None
        return entry.entity() if entry is not None and entry.kind == "place" else None

    def _generic(self, sentence: Sentence, offset: int, word: str) -> Subject | None:
        """``the city``, ``the country``: the place of that kind that a clause before, or the text, is about."""
        if word in ("country", "state", "republic"):
            return self._country_of_text()
        if word == "island":
            country = self._country_of_text()
            return country if country is not None and country.of and fits(word, country.of, "") else None
        if word in _KINDS_IN_NAMES:
            return self._of_kind(word, offset)
        wanted = words.PLACE_TYPES.get(word, "")
        for subject in self._before(sentence, offset):
            if subject.of is not None and fits(wanted, subject.of, ""):
                return subject
        topic = self.places.topic(offset, word)
        return Subject(topic) if topic is not None else None

    def _of_kind(self, word: str, offset: int) -> Subject | None:
        """``the peninsula``: the last place named with the word, if any; no place of another kind."""
        for at, place, used in reversed(self.places.topics):
            if at < offset and (used == word or word in place.name.casefold().split()):
                return Subject(place)
        return None

    def _country_of_text(self) -> Subject | None:
        """The country that the document names most; none where two are named alike."""
        if self._countries is None:
            named = (self._country(one) for group in self.places.found for one in group if one.kind in _OF_COUNTRIES)
            self._countries = Counter(place for place in named if place is not None and place.type == "country")
        (first, most), (_, second) = [*self._countries.most_common(2), (None, 0), (None, 0)][:2]
        return Subject(first) if most > second else None

    def _before(self, sentence: Sentence, offset: int) -> Sequence[Subject]:
        """What the clauses before an offset are about, in this sentence and the one before, nearest first."""
        ends, subjects = self._subjects(sentence)
        found = [subject for end, subject in zip(ends, subjects, strict=True) if end <= offset][::-1]
        if sentence.index and self.reading.sentences[sentence.index - 1].block in (sentence.block, sentence.block - 1):
            found += self._subjects(self.reading.sentences[sentence.index - 1])[1]
        return found

    def _subjects(self, sentence: Sentence) -> tuple[list[int], list[Subject]]:
        """What clauses of a sentence are about, where it may be measured, by where they end."""
        known = self._about.get(sentence.index)
        if known is None:
            found: list[tuple[int, Subject]] = []
            for clause in clauses_of(self.reading, sentence):
                if clause.subject is not None and (subject := self._place_of(clause.subject)) is not None:
                    found.append((self.reading.tokens[clause.subject.last - 1].end, subject))
            found.sort(key=lambda one: one[0])
            known = [end for end, _ in found], [subject for _, subject in found]
            self._about[sentence.index] = known
        return known

    def _place_of(self, phrase: Phrase) -> Subject | None:
        """The place or thing that a phrase is, not one that only belongs to what it is, and not who acts."""
        noun, one = phrase.head, phrase.head.name
        if len(phrase.members) > 1 or noun.pronoun:
            return None
        if one is not None:
            entity = self.places.of(one) if one.kind == "place" else None
            return Subject(entity) if entity is not None else None
        if noun.names and noun.word in NAMED_KINDS and noun.names[-1].kind == "place":
            return self.found(noun.names[-1])
        if noun.word in _MEASURED_THINGS and noun.determiner in ("the", "a", "an", "this", "that"):
            return self.words(noun.first, noun.head + 1, noun)
        return None

    def _headline(self) -> Subject:
        """The place that the title names, a country only where it names no other."""
        headlines = self.reading.document.headlines
        named: list[Entity] = []
        for group in self.places.found if headlines else ():
            for one in group:
                start = self.reading.tokens[one.first].start
                if headlines[0].start <= start < headlines[0].end and one.kind == "place" and one.entity:
                    named.append(one.entity)
            if group and self.reading.tokens[group[0].first].start >= headlines[0].end:
                break
        lesser = [place for place in named if place.type != "country"]
        return Subject(next(iter(lesser or named), None))
