"""What a document speaks of: what ``it``, ``the city`` or ``the country`` is, as the subject of a figure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract import words
from kg.extract.clauses import Clause, Phrase, clauses_of
from kg.extract.found import PEOPLES, Found
from kg.extract.lexicon import listed, word
from kg.extract.place_kinds import fits
from kg.extract.places import Places
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

    def __bool__(self) -> bool:
        return self.known


NAMED_KINDS = listed("named_kinds")
_EMPTY = frozenset(
    """
    the a an its their this that these those his her our some another other all of about around roughly nearly
    almost over under only just more than at least most up to well good further also still now then and or but no
    same single mere whole entire – — - ( ) ,
    """.split()
) | frozenset("“”\"'‘’")
_MEASURED_THINGS = listed("measured_things")
_ACTS = frozenset("police ministry mission parliament embassy hospital port".split())
_IT = frozenset("it they this that".split())
_BACK = 4  # sentences: how far a chain of "it" is followed


def has_extent(low: str) -> bool:
    """Whether a common noun is of what has an area or a length, and does nothing."""
    sites = low in listed("facility") or low in listed("site") or low in _GROUNDS or low.endswith("house")
    return low in _MEASURED_THINGS or (sites and low not in _ACTS)


def is_land(subject: Subject) -> bool:
    """Whether it may be called a territory: no town."""
    towns = ("city", "capital", "town", "village", "settlement", "")
    return (subject.of is not None and subject.of.type.split(" ")[-1] not in towns) or subject.text.rpartition(" ")[
        2
    ] in _LANDS


def has_settlements(subject: Subject) -> bool:
    """Whether towns and villages may be in it: no school, no hill."""
    last = subject.text.rpartition(" ")[2].lower()
    return subject.of is not None or subject.text[:1].isupper() or last in _WIDE


_LANDS = NAMED_KINDS | frozenset(
    "community zone strip belt heights plateau desert delta basin valley plain area sector".split()
)
_WIDE = _LANDS | frozenset("corridor border boundary line road river lake forest gorge coast union".split())
_GROUNDS = frozenset("farm parish parcel plot ranch sanctuary reserve garden meadow orchard ground grounds".split())
_OF_COUNTRIES = frozenset(("place", "demonym", "people"))
_KINDS_IN_NAMES = frozenset("peninsula valley enclave exclave".split())


class Spoken:
    """What the sentences of a document are about, each asked once."""

    def __init__(self, reading: Reading, places: Places) -> None:
        self.reading, self.places = reading, places
        self._countries: Counter[Entity] | None = None
        self._about: dict[int, tuple[list[int], list[Subject]]] = {}
        self._measured_in: dict[int, Subject] = {}  # by sentence: what its last measure is of

    def found(self, one: Found) -> Subject:
        """What a name stands for as the subject of a figure."""
        if one.kind in PEOPLES:
            return Subject(self._country(one))
        if one.kind in ("place", "name"):
            entity = self.places.of(one)
            return Subject(entity) if entity is not None else Subject(None, one.text)
        return Subject(one.entity) if one.entity is not None and one.kind == "organization" else Subject(None, one.text)

    def words(self, first: int, last: int) -> Subject:
        """What the words of a phrase name."""
        return Subject(None, self._words(first, last))

    def _words(self, first: int, last: int) -> str:
        """The words of a phrase without what says nothing of it: ``a single causeway``, ``the ground taken``."""
        tokens = self.reading.tokens
        while first < last and tokens[first].low in _EMPTY:
            first += 1
        while last - first > 1 and word(tokens[last - 1].low).form == "participle":
            last -= 1
        measured = first < last and tokens[first].kind == "n"  # "25 km" is nothing that has an area
        if first >= last or measured or not any(token.kind == "w" for token in tokens[first:last]):
            return ""
        return self.reading.text[tokens[first].start : tokens[last - 1].end]

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
        if not wanted:
            return None
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

    def _earlier(self, sentence: Sentence, possessive: bool) -> Iterator[Subject]:
        """What the sentence before is about: its subject, what was measured in it, or the last thing it names."""
        number = sentence.index
        while number and sentence.index - number < _BACK:
            number -= 1
            earlier = self.reading.sentences[number]
            if earlier.block not in (sentence.block, sentence.block - 1):
                return
            yield from self._subjects(earlier)[1]
            if number in self._measured_in:
                yield self._measured_in[number]
            yield from self._objects_of(earlier) if not possessive else ()
            if not any(
                clause.subject is not None and clause.subject.head.word in _IT for clause in self._read(earlier)
            ):
                return

    def _read(self, sentence: Sentence) -> tuple[Clause, ...]:
        return clauses_of(self.reading, sentence)

    def _objects_of(self, sentence: Sentence) -> Iterator[Subject]:
        """The things with an extent that a sentence says something of: ``drew attention to the schoolhouse``."""
        for clause in reversed(self._read(sentence)):
            phrases = [clause.antecedent, clause.object, *(adjunct.phrase for adjunct in clause.adjuncts)]
            for phrase in phrases:
                if phrase is not None and phrase.head.name is None and (found := self._place_of(phrase)) is not None:
                    yield found

    def _subjects(self, sentence: Sentence) -> tuple[list[int], list[Subject]]:
        """What clauses of a sentence are about, where it may be measured, by where they end."""
        known = self._about.get(sentence.index)
        if known is None:
            found: list[tuple[int, Subject]] = []
            for clause in self._read(sentence):
                if clause.subject is not None and (subject := self._place_of(clause.subject)) is not None:
                    found.append((self.reading.tokens[clause.subject.head.last - 1].end, subject))
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
            if entity is None and one.kind == "name" and not one.initial and not noun.determiner:
                return Subject(None, one.text)
            return Subject(entity) if entity is not None else None
        if noun.names and noun.word in NAMED_KINDS and noun.names[-1].kind == "place":
            return self.found(noun.names[-1])
        if has_extent(noun.word) and noun.determiner in ("the", "a", "an", "this", "that"):
            return self.words(noun.first, noun.head + 1)
        return None

    def headline(self) -> Subject:
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
