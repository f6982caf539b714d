"""A verb of saying with its speaker: ``said NAME``, ``NAME said:``, ``according to NAME``, ``— NAME``.

Beside a quotation any verb attributes it, where it stands in the right place; reported speech needs a verb of saying.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extract.clauses import Chunk, Noun, Verb, chunks_of
from kg.extract.lexicon import listed, word
from kg.extract.people.phrases import (
    Subject,
    mark_at,
    noun_at,
    past_adverbs,
    phrase_from,
    subject_before,
    verb_at,
)
from kg.extract.reading import Reading, Sentence
from kg.extract.speech.marks import Quote
from kg.extract.speech.speakers import Speakers
from kg.model import Entity

_NAMING = frozenset("call describe brand dub label term denounce praise hail quote cite decry mock welcome".split())
_CALLING = frozenset("call describe brand dub label nickname term".split())
_OF_OTHERS = frozenset("of for from against about".split())
_QUOTED = frozenset(("quote", "cite"))  # "was quoted as saying"
_TELLING = listed("heard", "speech")
_HEARSAY = frozenset("report say allege understand hear know remember suppose believe record".split())
DENYING = frozenset("deny dismiss reject refute".split())
_WISHED = frozenset("can could may might must ought shall should".split())
_GOES_ON = frozenset("go continue use come begin start like proceed hasten happen add tire".split())
_NO_SAYING = frozenset("be have do get become seem".split())
_DASHES = frozenset("–—-")
_PUTS = frozenset(("put", "see", "phrase"))
_WORDS = frozenset("words phrase hand handwriting account view telling".split())
_MOST = 120  # chunks of a sentence that are read


@dataclass(frozen=True, slots=True)
class Attribution:
    """A speaker with a verb of saying: tokens ``first`` to ``last`` (excluded); ``end`` is the chunk after it."""

    speaker: Entity
    first: int
    last: int
    verb: int  # the chunk of the verb, or of what stands for it
    end: int
    said_to: Entity | None = None


class Attributions:
    """Finds to whom a quotation or a clause is attributed."""

    def __init__(self, speakers: Speakers) -> None:
        self.speakers = speakers
        self.reading: Reading = speakers.reading
        self.tokens = speakers.tokens

    def chunks(self, sentence: Sentence) -> list[Chunk]:
        """The chunks of a sentence."""
        return chunks_of(self.reading, sentence)

    def says(self, verb: Verb) -> bool:
        """Whether a verb group says something: of saying, neither negated nor possible nor told to its subject."""
        if verb.negated or verb.modal in _WISHED or not (verb.word in saying() or verb.word in _NAMING):
            return False
        return not verb.passive or verb.word in _QUOTED

    # --- beside a verb -----------------------------------------------------------------------------------

    def of_verb(self, chunks: Sequence[Chunk], index: int, floor: int = 0) -> Attribution | None:
        """The verb of saying at a chunk with its speaker: before it, or after it in inversion."""
        verb = verb_at(chunks, index)
        if verb is None:
            return None
        subject = self._subject(chunks, verb, index, floor)
        speaker = self.speakers.who(subject) if subject is not None else None
        if subject is not None and speaker is not None:
            end, said_to = self._past_hearer(chunks, index + 1, verb)
            return Attribution(speaker, min(subject.noun.first, verb.first), verb.last, index, end, said_to)
        if subject is None and (
            index <= floor or mark_at(chunks, index - 1) in ("", ",", "”", '"', "»", "as", "–", "—")
        ):
            return self.inverted(chunks, index, len(chunks))
        return None

    def _subject(self, chunks: Sequence[Chunk], verb: Verb, index: int, floor: int) -> Subject | None:
        governor = index - 1
        while governor > floor and (chunks[governor].kind == "adverb" or mark_at(chunks, governor) in ("as", "of")):
            governor -= 1
        before = verb_at(chunks, governor)
        if before is not None and before.finite and (before.word in _GOES_ON or before.passive):
            heard = verb.infinitive and verb.perfect and before.word in _HEARSAY
            if before.modal in _WISHED or (before.passive and before.word not in _NAMING and not heard):
                return None
            return subject_before(chunks, governor, floor)  # "went on to say", "was quoted as saying"
        if verb.infinitive:
            return None
        if verb.form == "ing" and not verb.auxiliary:
            return self._participle(chunks, index, floor)
        subject = subject_before(chunks, index, floor)
        return None if subject is not None and _is_condition(chunks, index, subject) else subject

    def _participle(self, chunks: Sequence[Chunk], index: int, floor: int) -> Subject | None:
        """``..., adding that``: the subject of the verb before."""
        for step in range(index - 1, floor - 1, -1):
            chunk = verb_at(chunks, step)
            if chunk is None or not chunk.finite or chunk.infinitive:
                continue
            led = mark_at(chunks, index - 1)
            if led == "as" and chunk.word in _QUOTED and not chunk.passive:
                return phrase_from(chunks, step + 1, index - 1)  # "quoted NAME as saying"
            if led in _OF_OTHERS and not chunk.passive and chunk.word != "be":
                return None  # "accused NAME of saying": nobody vouches for it; not "NAME is fond of saying"
            subject = subject_before(chunks, step, floor)
            if subject is None and (after := noun_at(chunks, step + 1)) is not None:
                return Subject(after)  # "“...,” said X, adding that"
            return subject
        return None

    def inverted(self, chunks: Sequence[Chunk], index: int, end: int) -> Attribution | None:
        """``said NAME``: the subject after its verb."""
        verb = verb_at(chunks, index)
        step = past_adverbs(chunks, index + 1, end)
        step = _past_part(chunks, step + (mark_at(chunks, step) == "out"))  # "points out X", "observed for her part X"
        subject = phrase_from(chunks, step, end) if verb is not None and not verb.passive else None
        subject = subject or self._in_turn(chunks, step)
        if (
            subject is None
            or verb is None
            or (subject.noun.pronoun and subject.noun.word not in ("he", "she", "they", "it"))
        ):
            return None
        speaker = self.speakers.who(subject)
        if speaker is None:
            return None
        return Attribution(speaker, verb.first, max(subject.end, verb.last), index, subject.last)

    def _in_turn(self, chunks: Sequence[Chunk], index: int) -> Subject | None:
        """``for her part Mrs. Kasongo``, where no comma parts the two."""
        noun = noun_at(chunks, index + 1)
        if noun is None or noun.name is None or noun.last < noun.first + 3:
            return None
        if self.tokens[noun.first + 1].low not in _PART:
            return None
        return Subject(replace(noun, first=noun.first + 2, determiner=""), last=index + 2)

    def _past_hearer(self, chunks: Sequence[Chunk], index: int, verb: Verb) -> tuple[int, Entity | None]:
        """Past ``reporters``, ``a hearing of the Senate`` after ``told``; and who that is, where it is named."""
        if verb.word not in _TELLING:
            return index, None
        hearer = phrase_from(chunks, index, len(chunks)) if noun_at(chunks, index) is not None else None
        following = verb_at(chunks, index + 1)
        if hearer is None or (following is not None and following.finite and verb.word == "warn"):
            return index, None
        name = hearer.noun.name
        entity = name.entity if name is not None and name.kind in ("organization", "person") else None
        return index + 1 + 2 * len([p for p, _ in hearer.complements]), entity

    # --- beside a quotation ------------------------------------------------------------------------------

    def after(self, quote: Quote, limit: int) -> Attribution | None:
        """``said NAME``, ``NAME said``, ``— NAME``, ``according to NAME`` right after a quotation."""
        first = self.reading.token_index(quote.end)
        if first >= len(self.tokens) or self.tokens[first].start >= limit:
            return None
        sentence = self.reading.sentence_at(self.tokens[first].start)
        if sentence is None or first >= sentence.last:
            return None
        chunks = self.chunks(sentence)
        index = bisect_left(chunks, first, key=lambda chunk: chunk.first)
        end = bisect_left(chunks, self.reading.token_index(limit), key=lambda chunk: chunk.first)
        last = self.reading.text[quote.inner.end - 1] if quote.inner.end > quote.inner.start else ""
        while index < end and (mark_at(chunks, index) in _DASHES or mark_at(chunks, index) == ","):
            index, last = index + 1, ","
        if index >= end:
            return None
        made = self._beside(chunks, index, end, slot=last in ",?!…—–")
        stops = last in ".…" and self.tokens[chunks[index].first].capital
        if made is not None and (stops or last in "?!") and not self._alone(chunks, made, stops=stops):
            return None
        return made

    def _alone(self, chunks: Sequence[Chunk], made: Attribution, *, stops: bool) -> bool:
        """Whether a sentence after a quotation attributes it, and says nothing else: no ``Mr X said that``."""
        following = mark_at(chunks, made.end)
        verb = chunks[made.verb]
        told = isinstance(verb, Verb) and noun_at(chunks, made.end) is not None
        ends = (
            made.end >= len(chunks)
            or following in (".", ",", ":")
            or chunks[made.end].kind in ("prep", "date", "adverb")
        )
        return following != "that" and (not stops or (ends and not told))

    def _beside(self, chunks: Sequence[Chunk], index: int, end: int, *, slot: bool) -> Attribution | None:
        first = chunks[index]
        if isinstance(first, Verb):
            fits = self.says(first) or (slot and self._open(first))
            return self.inverted(chunks, index, end) if fits else None
        if mark_at(chunks, index) in ("according to", "as", "for"):
            return self.quoted_from(chunks, index, end)
        subject = phrase_from(chunks, index, end)
        if subject is None:
            return None
        if slot and (laughing := self._laughs(subject.noun)) is not None:
            return laughing
        step = past_adverbs(chunks, subject.last, end)
        verb, told = verb_at(chunks, step), verb_at(chunks, step + 1)
        noun = noun_at(chunks, step)
        if verb is not None and verb.passive and verb.word in _HEARSAY and told is not None and told.infinitive:
            step, verb = step + 1, told  # "is reported to have said"
        if noun is not None and slot and _says_as_noun(noun):
            speaker = self.speakers.who(subject)  # "...," the sergeant, X, notes on the margin
            return Attribution(speaker, subject.noun.first, noun.last, step, step + 1) if speaker is not None else None
        if verb is None or not (self.says(verb) or (slot and self._open(verb))):
            return None
        speaker = self.speakers.who(subject)
        if speaker is None:
            return None
        after, said_to = self._past_hearer(chunks, step + 1, verb)
        return Attribution(speaker, subject.noun.first, verb.last, step, after, said_to)

    def _open(self, verb: Verb) -> bool:
        """Whether a verb in the place of a verb of saying may be one: ``grins``, ``goes on``, ``thunders``."""
        return verb.finite and not verb.passive and not verb.negated and not verb.modal and verb.word not in _NO_SAYING

    def _laughs(self, noun: Noun) -> Attribution | None:
        """``laughs Norhaya``: a verb that was read as a part of the name after it."""
        first, name = self.tokens[noun.first], noun.name
        between = self.tokens[noun.first + 1 : name.first] if name is not None else []
        verb = not first.capital and word(first.low).form in ("present", "past", "past or participle")
        if name is None or not verb or name.first == noun.first or not all(t.capital or t.text == "." for t in between):
            return None
        speaker = self.speakers.who(Subject(replace(noun, first=noun.first + 1)))
        return Attribution(speaker, noun.first, noun.last, 0, 0) if speaker is not None else None

    def signed(self, chunks: Sequence[Chunk], index: int, end: int) -> Attribution | None:
        """``— Amina Diallo, schoolteacher in Kidal``: a name after a dash, and no verb."""
        subject = phrase_from(chunks, index, end)
        if subject is None or subject.noun.name is None or any(isinstance(c, Verb) for c in chunks[index:end]):
            return None
        name = subject.noun.name
        speaker = self.speakers.who(subject) if name.kind in ("person", "organization", "name") else None
        if speaker is None or speaker.kind == "described":
            return None
        return Attribution(speaker, subject.noun.first, subject.end, index, subject.last)

    def quoted_from(self, chunks: Sequence[Chunk], index: int, end: int) -> Attribution | None:
        """``according to NAME``, ``in the words of NAME``, ``to quote NAME``: with the chunk after it."""
        step = self._after_opening(chunks, index, end)
        subject = phrase_from(chunks, step, end) if step is not None else self._own_words(chunks, index)
        if subject is not None and subject.noun.word == "her":
            subject = Subject(replace(subject.noun, pronoun=True), last=subject.last)  # "According to her, ..."
        speaker = self.speakers.who(subject) if subject is not None else None
        if subject is None or speaker is None or (speaker.kind == "described" and not _has_voice(subject.noun)):
            return None
        return Attribution(speaker, chunks[index].first, subject.end, index, subject.last)

    def _after_opening(self, chunks: Sequence[Chunk], index: int, end: int) -> int | None:
        if mark_at(chunks, index) == "according to":
            return index + 1
        verb = verb_at(chunks, index)
        if verb is not None and verb.infinitive and verb.word in ("quote", "cite"):
            return index + 1
        noun = noun_at(chunks, index + 1)
        put = verb_at(chunks, index + 2)
        if mark_at(chunks, index) == "as" and put is not None and put.finite and put.word in _PUTS:
            return index + 1  # "as Brandt puts it, "
        if mark_at(chunks, index) == "in" and noun is not None and noun.word in _WORDS:
            return index + 3 if mark_at(chunks, index + 2) == "of" else None
        return None

    def _own_words(self, chunks: Sequence[Chunk], index: int) -> Subject | None:
        """``in Dimaculangan's words``, ``in her words``, ``in Sayle's hand``."""
        noun = noun_at(chunks, index + 1)
        if mark_at(chunks, index) != "in" or noun is None or noun.word not in _WORDS:
            return None
        if noun.owner is not None:
            owner = noun.owner
            return Subject(
                replace(noun, last=owner.last, word=owner.text, head=owner.last - 1, name=owner, owner=None),
                last=index + 2,
            )
        if noun.determiner in ("his", "her"):
            return Subject(replace(noun, last=noun.first + 1, word=noun.determiner, pronoun=True), last=index + 2)
        return None

    def before(self, quote: Quote, floor: int) -> Attribution | None:
        """``NAME said: "``, ``The minister told X, "``, ``According to NAME, "``, ``NAME, OUTLET: "``."""
        sentence = self._sentence_before(quote, floor)
        if sentence is None:
            return None
        chunks = self.chunks(sentence)
        first = bisect_left(chunks, self.reading.token_index(floor), key=lambda chunk: chunk.first)
        end = bisect_left(chunks, self.reading.token_index(quote.start), key=lambda chunk: chunk.first)
        if end <= first:
            return None
        if (made := self._beside_before(chunks, first, end)) is not None:
            return made
        for index in range(end - 1, max(first, end - _MOST) - 1, -1):
            verb = verb_at(chunks, index)
            if verb is not None and verb.word in DENYING:
                break
            if verb is not None and _names_only(chunks, index, end):
                continue  # "the city once dubbed “the capital of the revolution”"
            if verb is not None and self.says(verb) and (made := self.of_verb(chunks, index, first)) is not None:
                return made
            if mark_at(chunks, index) == "according to" or (
                verb is not None and verb.infinitive and verb.word == "quote"
            ):
                if (made := self.quoted_from(chunks, index, end)) is not None:
                    return made
            if mark_at(chunks, index) == "in" and (made := self.quoted_from(chunks, index, end)) is not None:
                return made
        return self._led(chunks, first, end)

    def _beside_before(self, chunks: Sequence[Chunk], first: int, end: int) -> Attribution | None:
        """``The mission, he continued, "``; ``He considered that "``: any verb, right before the quotation."""
        last, verb = mark_at(chunks, end - 1), verb_at(chunks, end - 2)
        if verb is None or last not in (",", "that") or not self._open(verb) or verb.word in DENYING:
            return None
        noun = noun_at(chunks, end - 3)
        if last == "," and not (noun is not None and (end - 3 <= first or mark_at(chunks, end - 4) == ",")):
            return None
        return self.of_verb(chunks, end - 2, first)

    def _sentence_before(self, quote: Quote, floor: int) -> Sentence | None:
        """The sentence that leads to a quotation: its own, or the one that ends in a colon before it."""
        text = self.reading.text
        here = quote.start - len(text[floor : quote.start]) + len(text[floor : quote.start].rstrip())
        return self.reading.sentence_at(max(floor, here - 1)) if here > floor else None

    def _led(self, chunks: Sequence[Chunk], first: int, end: int) -> Attribution | None:
        """A colon leads to the quotation: the subject of whatever verb, or the label before the colon."""
        if mark_at(chunks, end - 1) != ":":
            return None
        subject = phrase_from(chunks, past_adverbs(chunks, first, end), end - 1)
        if subject is None:
            return None
        verb = verb_at(chunks, past_adverbs(chunks, subject.last, end - 1))
        if subject.last < end - 1 and (verb is None or verb.negated or verb.passive or verb.lone):
            return None
        speaker = self.speakers.who(subject)
        if speaker is None or (speaker.kind == "described" and verb is None):
            return None
        return Attribution(speaker, subject.noun.first, chunks[end - 1].first, end - 1, end)


def _names_only(chunks: Sequence[Chunk], index: int, end: int) -> bool:
    """Whether a participle gives its noun the name in marks that follows: nothing that is named stands after it."""
    verb = verb_at(chunks, index)
    if verb is None or verb.word not in _CALLING or verb.auxiliary or verb.form != "past or participle":
        return False
    return not any(isinstance(c, Noun) and c.words - {c.determiner} for c in chunks[index + 1 : end])


def _says_as_noun(noun: Noun) -> bool:
    """``notes``, ``remarks`` after a comma: a verb of saying that was read as a noun."""
    known = word(noun.word)
    bare = noun.name is None and not noun.determiner and noun.last == noun.first + 1
    return bare and known.form == "present" and known.lemma in saying()


def _past_part(chunks: Sequence[Chunk], index: int) -> int:
    """Past ``for her part``, ``in his turn`` after a verb."""
    noun = noun_at(chunks, index + 1)
    return (
        index + 2
        if mark_at(chunks, index) in ("for", "in", "on") and noun is not None and noun.word in _PART
        else index
    )


def _has_voice(noun: Noun) -> bool:
    """Whether a noun without a name is of what says something: no ``according to the schedule``."""
    return noun.pronoun or noun.name is not None or not {noun.word, noun.word.removesuffix("s")} & _NORMS


_NORMS = listed("norms")
_PART = frozenset(("part", "turn"))


@cache
def saying() -> frozenset[str]:
    """The lemmas of verbs of saying, and of thinking what one says."""
    said = listed("saying", "reality") - listed("perceiving", "speech")
    return said | listed("promising", "speech") | listed("thinking", "speech")


def _is_condition(chunks: Sequence[Chunk], index: int, subject: Subject) -> bool:
    """``Had NAME said so, ...``, ``Should NAME say so, ...``: nobody did."""
    for step in range(index - 1, -1, -1):
        chunk = chunks[step]
        if chunk.last <= subject.noun.first:
            return isinstance(chunk, Verb) and chunk.lone and chunk.auxiliary in ("had", "should")
    return False
