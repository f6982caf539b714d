"""One number of people among the chunks of its sentence: the verbs that it stands with, and where it was."""

from collections.abc import Sequence

from kg.domain import FigureKind
from kg.extract.clauses import Chunk, Noun, Verb
from kg.extract.clauses.reality import reality
from kg.extract.measures.named import Namer
from kg.extract.measures.outcomes import LABELS, is_person, singular
from kg.extract.measures.spoken import Subject
from kg.extract.people.persons import saying_verbs
from kg.extract.reading import Sentence
from kg.extract.words import DIRECTIONS, PLACE_TYPES
from kg.text.counts import Counted

SOFT = frozenset(
    """
    about around some roughly nearly almost over under only just approximately least most more less fewer than up to
    at another
    """.split()
)
_DASHES = frozenset("–—-")
_WITHIN = frozenset("in at near outside around".split())
_REAL = frozenset(("real", "reported"))
FAR = 8  # chunks
_FROM = frozenset(("of", "from", "out of"))

_PARTS = frozenset("centre center core east heart middle north outskirts south suburbs west".split())


def past_demonyms(chunks: Sequence[Chunk], index: int) -> int:
    """The chunk with the noun of a number: ``91,000 German`` is of the soldiers in ``German and Romanian soldiers``,
    ``130`` of the others in ``130 others injured``.
    """
    noun, sign, following = (chunks[step] if step < len(chunks) else None for step in range(index, index + 3))
    if isinstance(noun, Noun) and isinstance(sign, Noun) and sign.word in ("others", "more"):
        return index + 1
    if not (isinstance(noun, Noun) and isinstance(following, Noun)) or sign is None or sign.word not in ("and", "or"):
        return index
    counted = noun.name is not None and noun.name.kind == "demonym" and not following.determiner
    first = following.names[0] if following.names and following.name is None else None
    leads = first is not None and (first.first == following.first or following.number)  # "and 6,100 Ethiopian soldiers"
    demonym = leads and first is not None and first.kind == "demonym"
    return index + 2 if counted and demonym else index


class Told:
    """A number with its noun, among the chunks of its sentence."""

    def __init__(self, namer: Namer, sentence: Sentence, counted: Counted, index: int) -> None:
        self.reading, self.namer = namer.reading, namer
        self.sentence, self.counted, self.index = sentence, counted, index
        self.chunks = namer.chunks(sentence)
        begin = namer.chunk_at(sentence, counted.first)  # of "a quarter of a million people"
        self.begin = index if begin < 0 else min(begin, index)

    def _listed(self, index: int) -> bool:
        """Whether a chunk may stand between a number and its verb: a mark, "and", another number with its noun."""
        chunk = self.chunks[index]
        if isinstance(chunk, Noun):
            return chunk.number or chunk.determiner in ("a", "an") or chunk.words <= SOFT
        return chunk.kind in ("and", "adverb") or chunk.word == "," or (chunk.kind == "prep" and chunk.word in SOFT)

    def _verb_left(self) -> Verb | None:
        for step in range(self.begin - 1, max(-1, self.begin - FAR), -1):
            chunk = self.chunks[step]
            if isinstance(chunk, Verb):
                return chunk
            if not self._listed(step):
                return None
        return None

    def _loss_of(self) -> tuple[Verb, str] | None:
        """``cost the lives of nine soldiers``, ``led to the deaths of``: the verb, and what it is of the number."""
        step = self.begin - 1
        while step > 0 and self._listed(step):
            step -= 1  # "the lives of nine soldiers and four nurses"
        noun = self.chunks[step - 1] if step > 1 and self.chunks[step].word == "of" else None
        led = step - 2 - (step > 2 and self.chunks[step - 2].kind == "prep")
        verb = self.chunks[led] if noun is not None and led >= 0 else None
        return (verb, noun.word) if isinstance(noun, Noun) and isinstance(verb, Verb) and not verb.passive else None

    def _verb_right(self) -> Verb | None:
        """The verb of which the number is subject, past "of them", "among them" and a list."""
        step = self.index + 1
        while step < min(len(self.chunks), self.index + FAR):
            chunk = self.chunks[step]
            if isinstance(chunk, Verb):
                return chunk if not chunk.infinitive else None
            if (
                chunk.word in ("of", "from", "in")
                and step + 1 < len(self.chunks)
                and isinstance(self.chunks[step + 1], Noun)
            ):
                step += 2
                continue
            if (past := self._past_aside(step)) > step:
                step = past
                continue
            following = self.chunks[step + 1] if step + 1 < len(self.chunks) else None
            partitive = self.begin > 0 and self.chunks[self.begin - 1].word == "of"
            item = isinstance(following, Noun) and following.number and not partitive
            pair = isinstance(chunk, Noun) and chunk.word == "men" and not chunk.determiner  # "officers and men"
            if not (self._listed(step) or pair or chunk.word == "who") or (chunk.word == "," and not item):
                return None
            step += 1
        return None

    def _past_aside(self, dash: int) -> int:
        """Past ``– half the population –``; where there is no aside, the dash itself."""
        if self.chunks[dash].word not in _DASHES:
            return dash
        for step in range(dash + 1, min(len(self.chunks), dash + FAR)):
            if isinstance(self.chunks[step], Verb):
                return dash
            if self.chunks[step].word in _DASHES:
                return step + 1
        return dash

    def _after(self, verb: Verb, *, past: bool = True) -> str:
        """The word that follows a verb, a determiner left out: ``lost their lives``, ``taken hostage``.

        ``past``: past a preposition, ``driven from their homes``.
        """
        index = self.namer.chunk_at(self.sentence, verb.last)
        if past and index >= 0 and self.chunks[index].word in _FROM and index + 1 < len(self.chunks):
            index += 1
        chunk = self.chunks[index] if index >= 0 else None
        return chunk.word if chunk is not None else ""

    def _has_object(self, verb: Verb) -> bool:
        index = self.namer.chunk_at(self.sentence, verb.last)
        chunk = self.chunks[index] if index >= 0 else None
        return isinstance(chunk, Noun) and not chunk.time

    def _is_real(self, verb: Verb | None) -> bool:
        """Whether the text tells the verb as having happened; "had to leave" did."""
        if verb is None:
            return True
        if verb.auxiliary == "had" and verb.modal == "to" and not verb.negated:
            return True
        clause = self.namer.clause_of(self.sentence, verb)
        before = self.reading.tokens[self.counted.first - 1].low if self.counted.first > self.sentence.first else ""
        if before in ("nearly", "almost") and not verb.modal:
            return not verb.negated  # of the number, not of the verb
        return not verb.negated if clause is None else reality(clause) in _REAL

    def where(self, kind: FigureKind) -> Subject:
        """Where it was: a place that "in" names after the number; "to" of who returned, "from" of who was displaced."""
        party = self.chunks[0]
        if kind != "population" and isinstance(party, Noun) and self._of_party(party.word):
            return self.namer.at(self.sentence, 0)  # "Union: 219 dead, 730 wounded"
        led = ("in", {"returned": "to", "displaced": "from"}.get(kind, "in"))
        for step in range(self.index + 1, min(len(self.chunks), self.index + 2 * FAR)):
            chunk = self.chunks[step]
            if chunk.word in (";", ",") or (chunk.kind == "and" and not self._harms(step + 1)):
                break
            named = self._site(step + 1) or (kind == "population" and self._generic(step + 1))
            if chunk.kind == "prep" and chunk.word in led and named:
                subject = self.namer.at(self.sentence, named)
                return subject if subject.of is not None else Subject()
        if kind == "population":
            return self._populated()
        return Subject()

    def _harms(self, step: int) -> bool:
        """``killed two and wounded a dozen in Ard``: both there."""
        verb = self.chunks[step] if step < len(self.chunks) else None
        return isinstance(verb, Verb) and verb.word in ("hurt", "injure", "kill", "wound")

    def _generic(self, step: int) -> int:
        """The chunk of ``the district``, which the text speaks of; 0 where none is."""
        noun = self.chunks[step] if step < len(self.chunks) else None
        return step if isinstance(noun, Noun) and noun.determiner == "the" and noun.word in PLACE_TYPES else 0

    def _site(self, step: int) -> int:
        """The chunk that names a place: ``Ard``, ``southern Ard province``, ``the heart of Ard``; 0 where none does."""
        noun = self.chunks[step] if step < len(self.chunks) else None
        if not isinstance(noun, Noun):
            return 0
        if noun.name is None:
            part = noun.word in PLACE_TYPES or noun.word in _PARTS
            beyond = [chunk.word for chunk in self.chunks[step + 1 : step + 2]] == ["of"]
            return self._site(step + 2) if part and beyond else 0
        lead = (token.low for token in self.reading.tokens[noun.first : noun.name.first])
        return step if all(low == "the" or low in DIRECTIONS for low in lead) else 0

    def _of_party(self, label: str) -> bool:
        """Whether a row has a label of one phrase, which is no outcome and no kind of people, and no clause."""
        labelled = 1 < self.index < FAR + 2 and self.chunks[1].word == ":" and len(self.chunks) <= 2 * FAR
        told = any(isinstance(chunk, Verb) and chunk.auxiliary for chunk in self.chunks[: 2 * FAR])
        return labelled and not told and label not in LABELS and not is_person(singular(label))

    def near(self) -> Subject:
        """The place in which the sentence, before the number, tells that it was; none that somebody speaks from."""
        for step in range(self.index - 1, max(0, self.index - 3 * FAR), -1):
            noun, before = self.chunks[step], self.chunks[step - 1]
            if isinstance(noun, Verb) and noun.word in saying_verbs():
                break
            if isinstance(noun, Noun) and noun.pronoun is False and before.word in _WITHIN and before.kind == "prep":
                found = self.namer.at(self.sentence, self._site(step) or step)
                if found.of is not None and found.of.kind == "place":
                    return found
        return Subject()

    def _populated(self) -> Subject:
        """``Vukovar's population``, ``Vukovar had a population of``: whose it is."""
        for step in range(self.index - 1, max(-1, self.index - FAR), -1):
            chunk = self.chunks[step]
            if isinstance(chunk, Noun) and chunk.owner is not None:
                return self.namer.found(chunk.owner)
            if isinstance(chunk, Noun) and chunk.name is not None and self.chunks[step + 1].word in (",", "(", "with"):
                city = step >= 2 and self.namer.is_country(chunk) and self.chunks[step - 1].word == ","
                named = step - 2 if city and isinstance(self.chunks[step - 2], Noun) else step
                return self.namer.at(self.sentence, named)  # "Ard, home to", "Ard (population", "Ard, a city of"
            if isinstance(chunk, Verb):
                clause = self.namer.clause_of(self.sentence, chunk)
                subject = clause.subject or clause.antecedent if clause is not None else None
                if subject is None:
                    return Subject()
                of = subject.members[0].of
                if subject.head.word == "population" and of is not None:
                    subject = of
                return self.namer.of_phrase(self.sentence, subject)
        return Subject()
