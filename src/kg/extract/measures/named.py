"""What a noun phrase names, as the subject of a figure: a place, what is spoken of, or its words."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from kg.extract.clauses import Chunk, Clause, Noun, Phrase, Verb, chunks_of, clauses_of, phrases_of
from kg.extract.found import PEOPLES
from kg.extract.lexicon import listed, word
from kg.extract.measures.spoken import NAMED_KINDS, Spoken, Subject, has_settlements, is_land
from kg.extract.places import Places
from kg.extract.reading import Reading, Sentence
from kg.model import Entity
from kg.text.quantities import Quantity

_LAND = frozenset("territory land soil area surface landmass lands territories".split())
_GENERIC = NAMED_KINDS | frozenset("country village valley settlement commune".split())
_HOLDS = frozenset(
    "possession control hold occupation loss capture seizure annexation retreat advance march gain total".split()
)


class Namer(Spoken):
    """Names the subjects of one document's figures, and remembers those of a sentence."""

    hold_nouns = _HOLDS

    def __init__(self, reading: Reading, places: Places) -> None:
        super().__init__(reading, places)
        self._sentence = -1
        self._section: Entity | None = None
        self._share = -9, Subject()  # the sentence of the last share, and what it is of
        self._chunks: list[Chunk] = []
        self._first_verb = 0  # of the chunks; past the last where there is none
        self._after: dict[int, Quantity] = {}
        self._at: dict[int, int] = {}
        self._questions: list[int] = []
        self._phrases: dict[int, Phrase] = {}
        self._measured: list[tuple[Quantity, Subject]] = []
        self._clauses: dict[int, Clause] = {}
        self._spoken: tuple[list[int], list[Subject]] | None = None

    # --- the sentence ---------------------------------------------------------------------------------

    def open(self, sentence: Sentence, quantities: Sequence[Quantity], place: Entity | None = None) -> None:
        """Begin a sentence, in a section on a place."""
        self._section = place
        self._after = {one.start: following for one, following in pairwise(quantities)}
        self._sentence = sentence.index
        self._chunks = chunks_of(self.reading, sentence)
        self._first_verb = next((n for n, one in enumerate(self._chunks) if isinstance(one, Verb)), len(self._chunks))
        self._at = {token: n for n, one in enumerate(self._chunks) for token in range(one.first, one.last)}
        self._questions = [n for n, one in enumerate(self._chunks) if one.word == "?"]
        self._phrases = {}
        self._measured = []
        self._clauses = {clause.verb.first: clause for clause in clauses_of(self.reading, sentence) if clause.verb}
        self._spoken = None

    def clause_of(self, sentence: Sentence, verb: Verb) -> Clause | None:
        """The clause that a verb is the predicate of."""
        return self._clauses.get(verb.first)

    def chunks(self, sentence: Sentence) -> Sequence[Chunk]:
        return self._chunks

    @property
    def has_verb(self) -> bool:
        return self._first_verb < len(self._chunks)

    def chunk_at(self, sentence: Sentence, token: int) -> int:
        return self._at.get(token, -1)

    def note(self, quantity: Quantity, subject: Subject) -> None:
        if subject.known:
            self._measured_in[self._sentence] = subject
        self._measured.append((quantity, subject))
        if quantity.kind == "share" and subject.known:
            self._share = self._sentence, subject

    def following(self, quantity: Quantity) -> Quantity | None:
        """The quantity after one, in its sentence."""
        return self._after.get(quantity.start)

    def behind(self, index: int) -> Subject | None:
        """``Adan Yabal, a garrison town``: the name before the comma that a description follows."""
        noun = self._noun(index)
        if noun is None or noun.name is not None or noun.determiner not in ("a", "an", "the"):
            return None
        before = self._noun(index - 2) if index >= 2 and self._chunks[index - 1].word == "," else None
        if before is None or before.name is None or before.name.kind not in ("place", "name"):
            return None
        return self.found(before.name)

    def _noun(self, index: int) -> Noun | None:
        chunk = self._chunks[index] if 0 <= index < len(self._chunks) else None
        return chunk if isinstance(chunk, Noun) else None

    def last_share(self, sentence: Sentence) -> Subject | None:
        """What the last share is of, in this sentence or the one before."""
        number, subject = self._share
        return subject if sentence.index - number <= 1 and subject.known else None

    def previous(self, sentence: Sentence, quantity: Quantity) -> tuple[Quantity, Subject] | None:
        """The measure before, with what it is of."""
        return self._measured[-1] if self._measured else None

    # --- naming ---------------------------------------------------------------------------------------

    def at(self, sentence: Sentence, index: int) -> Subject:
        """What the noun chunk at an index names, with its "of" ("the town of X")."""
        noun = self._chunks[index]
        assert isinstance(noun, Noun)
        following = self._chunks[index + 2] if index + 2 < len(self._chunks) else None
        if noun.name is None and index + 1 < len(self._chunks) and self._chunks[index + 1].word == "of":
            if noun.word in NAMED_KINDS | {"territory", "area"} and isinstance(following, Noun) and following.name:
                return self.at(sentence, index + 2)
        return self.noun(sentence, noun)

    def phrase(self, sentence: Sentence, index: int, quantity: Quantity) -> Subject:
        """What the phrase that begins at a chunk names; several places are named together, by their words."""
        phrase = self._phrase_at(sentence, index)
        if phrase is None:
            return self.at(sentence, index)
        return self.subject(sentence, phrase, quantity)

    def _phrase_at(self, sentence: Sentence, index: int) -> Phrase | None:
        if not self._phrases:
            self._phrases = {phrase.first: phrase for phrase in _all(phrases_of(self.reading, sentence))}
        return self._phrases.get(self._chunks[index].first)

    def subject(self, sentence: Sentence, phrase: Phrase, quantity: Quantity) -> Subject:
        member = phrase.members[0]
        named = [one for one in phrase.members if one.noun.names]
        if len(phrase.members) > 1 and len(named) == len(phrase.members):
            return self._together(phrase)
        noun = member.noun
        if member.of is not None and (noun.word in _WHOLE or (noun.word in _STRETCHES and noun.name is None)):
            return self.subject(sentence, member.of, quantity)
        called = [one.noun for one in member.apposition if one.noun.name is not None]
        if noun.name is None and called and called[0].name is not None and called[0].name.kind in ("place", "name"):
            return self.noun(sentence, called[0])  # "Its highest point, Cerro Tayacuma, rises to 2,960 m"
        if (owner := self.owner(sentence, noun)) is not None and quantity.kind in ("count", "share"):
            return owner  # "129 of the country's 407 districts", "90 percent of Palma's residents"
        plain = len(noun.words) <= 2 or member.of is not None or noun.owner is not None or noun.word in ("area", "size")
        if noun.word in _ATTRIBUTIVE and plain and not any(one.kind in ("place", "name") for one in noun.names[:-1]):
            return self._whose(sentence, phrase, quantity)
        if noun.name is None and member.of is not None and (noun.word.rstrip("s") in NAMED_KINDS or noun.word in _LAND):
            inner = self.subject(sentence, member.of, quantity)
            if inner.of is not None or inner.text or noun.word in _LAND:
                return inner
        return self.noun(sentence, noun, quantity)

    def owner(self, sentence: Sentence, noun: Noun) -> Subject | None:
        """What a possessive in the phrase names: ``Palma's``, ``the country's``, ``its``."""
        if noun.owner is not None:
            return self.found(noun.owner)
        start = self.reading.tokens[noun.first].start
        if noun.determiner in ("its", "their"):
            topic = self.spoken_of(
                sentence, None, possessive=True, before=start, fits=has_settlements if noun.plural else bool
            )
            return topic if topic.known else None
        for index in range(noun.first, noun.head):
            token = self.reading.tokens[index]
            if token.possessive and not token.capital and token.low not in listed("time"):
                known = self._generic(sentence, token.start, token.low) if token.low in _GENERIC else None
                return known or Subject(None, self._words(noun.first, index + 1).removesuffix("'s").removesuffix("’s"))
        return None

    def of_phrase(self, sentence: Sentence, phrase: Phrase) -> Subject:
        """The place that a phrase names; nothing else."""
        subject = self.noun(sentence, phrase.head)
        return subject if subject.of is not None and subject.of.kind == "place" else Subject()

    def _whose(self, sentence: Sentence, phrase: Phrase, quantity: Quantity) -> Subject:
        """``the area of X``, ``its length``, ``X's territory``: what has the attribute."""
        member = phrase.members[0]
        if member.noun.owner is not None:
            return self.found(member.noun.owner)
        if member.noun.names and member.noun.word in NAMED_KINDS:
            return self.noun(sentence, member.noun)  # "Rutshuru territory"
        if member.of is not None and member.of.head.quantity is None:
            inner = member.of.head
            if member.noun.word == "area" and not (inner.determiner or inner.names or inner.number):
                return self.words(member.noun.first, inner.last)
            return self.subject(sentence, member.of, quantity)
        if land := self._land_of(member.noun):
            return land
        if not member.noun.determiner and member.noun.word not in ("land", "territory"):
            return self.headline()  # the label of a row, "Total area | 42,139 km2"
        if member.noun.word == "distance":
            return Subject()  # "the distance between them": it is of neither
        if member.noun.determiner in ("its", "their"):
            return self.spoken_of(sentence, quantity, possessive=True)
        if member.noun.determiner in ("the", "this", "that"):
            named = member.noun.word not in _LAND
            spoken = self.spoken_of(sentence, quantity, fits=bool if named else is_land)
            return spoken if spoken.known or named else self.words(member.noun.first, member.noun.last)
        return Subject()

    def _land_of(self, noun: Noun) -> Subject | None:
        """``Iranian territory``: the country's."""
        demonym = next((name for name in noun.names if name.kind in PEOPLES or self._is_known(name)), None)
        if demonym is None or noun.word not in _LAND:
            return None
        return Subject(self._country(demonym))

    def _together(self, phrase: Phrase) -> Subject:
        tokens = self.reading.tokens
        first, last = phrase.members[0].noun.first, phrase.members[-1].noun.last
        return Subject(None, self.reading.text[tokens[first].start : tokens[last - 1].end])

    def noun(self, sentence: Sentence, noun: Noun, quantity: Quantity | None = None) -> Subject:
        if noun.pronoun:
            return self._pronoun(sentence, noun)
        if noun.adjective or (noun.quantity is not None and noun.quantity.kind != "count" and noun.name is None):
            return Subject()  # "small", "25 km"
        if (land := self._land_of(noun)) is not None:
            return land
        if noun.word == "thing" and noun.determiner == "the":
            return self.spoken_of(sentence, None, before=self.reading.tokens[noun.first].start)  # "the whole thing"
        if noun.name is not None:
            return self._whole_name(noun) or self.found(noun.name)
        if noun.names and noun.word in NAMED_KINDS and noun.names[-1].kind in ("place", "name"):
            return self.found(noun.names[-1])
        if noun.word in _LAND and noun.determiner in ("its", "their", "the") and len(noun.words) <= 2:
            start = self.reading.tokens[noun.first].start
            own = noun.determiner in ("its", "their")
            spoken = self.spoken_of(sentence, quantity, possessive=own, before=start, fits=bool if own else is_land)
            return spoken if own or spoken.known else self.words(noun.first, noun.head + 1)
        if noun.word in _GENERIC and not noun.names and noun.determiner in ("the", "this", "that", "its", "their"):
            topic = self._generic(sentence, self.reading.tokens[noun.first].start, noun.word)
            if topic is not None and len(noun.words) <= 3:
                return topic
        return self.words(noun.first, noun.head + 1)

    def _whole_name(self, noun: Noun) -> Subject | None:
        """``Shan State``, of which only a part was found: the words with capitals, where no entry has the part."""
        assert noun.name is not None
        tokens, first = self.reading.tokens, noun.name.first
        while first > noun.first and tokens[first - 1].capital and not tokens[first - 1].possessive:
            first -= 1
        if first == noun.name.first or self._is_known(noun.name) or first == 0:
            return None
        return Subject(None, self.reading.text[tokens[first].start : tokens[noun.name.last - 1].end])

    def is_country(self, noun: Noun | None) -> bool:
        one = noun.name if noun is not None else None
        return one is not None and one.entity is not None and one.kind == "place" and one.entity.type == "country"

    def is_lesser(self, noun: Noun | None) -> bool:
        """Whether a noun names a place that is no country."""
        one = noun.name if noun is not None else None
        return one is not None and one.kind in ("place", "name") and not self.is_country(noun)

    # --- what is spoken of ------------------------------------------------------------------------------

    def _pronoun(self, sentence: Sentence, noun: Noun) -> Subject:
        if noun.word not in ("it", "this", "that", "which", "itself", "they", "them", "these"):
            return Subject()
        return self.spoken_of(sentence, None, before=self.reading.tokens[noun.first].start)

    def spoken_of(
        self,
        sentence: Sentence,
        quantity: Quantity | None,
        *,
        possessive: bool = False,
        before: int | None = None,
        fits: Callable[[Subject], bool] = bool,
    ) -> Subject:
        """What ``it``, ``its`` or ``the territory`` is: what the clauses before are about, nearest first.

        ``fits``: what it must be, such as what has towns or villages in it.
        """
        limit = before if before is not None else quantity.start if quantity is not None else sentence.end
        found = self._candidates(sentence, limit, possessive)
        return next((one for one in found if fits(one)), Subject())

    def _candidates(self, sentence: Sentence, limit: int, possessive: bool) -> Iterator[Subject]:
        if self._spoken is None:
            self._spoken = self._subjects(sentence)
        ends, subjects = self._spoken
        if not self._is_object(limit, possessive):
            yield from reversed(subjects[: bisect_right(ends, limit)])
        yield from (subject for one, subject in self._measured[-_RECENT:][::-1] if one.end <= limit and subject.known)
        yield from self._earlier(sentence, possessive)
        if self._section is not None:
            yield Subject(self._section)
        block = self.reading.blocks[sentence.block].span
        recent = next(((at, place) for at, place, _ in reversed(self.places.topics) if at < limit), None)
        if recent is not None and recent[0] >= block.start:
            yield Subject(recent[1])  # "The army took Manbij. It stands 30 km west of ..."
        yield self.headline()

    def _is_object(self, offset: int, possessive: bool) -> bool:
        """``Morocco holds 80 percent of it``: an object is not its own subject; ``the line, all 250 km of it`` is."""
        index = self._at.get(self.reading.token_index(offset), -1)
        if possessive or index <= 0 or self._chunks[index - 1].word != "of":
            return False
        return self._first_verb < index

    def question_before(self, index: int) -> int:
        """The chunk that ends a question before another in the same sentence; -1 where there is none."""
        position = bisect_right(self._questions, index)
        return self._questions[position - 1] if position else -1

    def asked(self, sentence: Sentence, question: int) -> Subject | None:
        """The subject of a question right before, in this sentence (its last chunk) or the one before."""
        for step in range(question - 1, max(-1, question - _FAR), -1):
            chunk = self._chunks[step]
            if isinstance(chunk, Noun) and not word(chunk.word).adverb:
                return self.at(sentence, step)
        earlier = self.reading.sentences[sentence.index - 1] if sentence.index else None
        if earlier is None or not self.reading.text[earlier.start : earlier.end].rstrip("*_ ").endswith("?"):
            return None
        phrases = phrases_of(self.reading, earlier)
        asked = [one for one in phrases if not (one.head.adjective or word(one.head.word).adverb)]
        nouns = [_holder(phrase).head for phrase in asked]
        for noun in reversed(nouns):
            subject = self.noun(earlier, noun)
            if subject.known and not noun.time:
                return subject
        return None


def _holder(phrase: Phrase) -> Phrase:
    """``the size of the reserve``: the reserve."""
    of = phrase.members[0].of
    return of if of is not None and phrase.head.word in _ATTRIBUTIVE else phrase


_FAR = 24  # chunks
_RECENT = 6  # measures of a sentence that are looked back at
_STRETCHES = frozenset("stretch section part sector portion length piece tract expanse".split())
_WHOLE = frozenset("whole entirety all total".split())
_ATTRIBUTIVE = frozenset(
    """
    area size extent surface length width breadth height depth altitude elevation distance territory land share
    """.split()
)


def _all(phrases: Sequence[Phrase]) -> list[Phrase]:
    """The phrases, and those after their "of"."""
    found: list[Phrase] = []
    waiting = list(phrases)
    while waiting:
        phrase = waiting.pop()
        found.append(phrase)
        waiting += [member.of for member in phrase.members if member.of is not None]
    return found
