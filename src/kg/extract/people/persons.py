"""Which names are people: beside a verb of saying, in a byline, with an age, a kinship, an apposition."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from kg.extract import words
from kg.extract.clauses import Chunk, Noun, Verb, chunks_of
from kg.extract.clauses.slots import is_plain_word
from kg.extract.found import Found
from kg.extract.lexicon import given_names, is_common, listed, word
from kg.extract.names import PLURAL_HEADS
from kg.extract.names.offices import is_role_head
from kg.extract.people.organizations import make_organization
from kg.extract.people.phrases import mark_at, noun_at, past_adverbs, phrase_from, verb_at
from kg.extract.reading import Reading, Sentence
from kg.gazetteer.lookup import COUNTRIES
from kg.text.folding import fold
from kg.text.tokens import Token

_KIN = words.KIN | words.COMPANIONS
_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())


class Beside(NamedTuple):
    """A name as the head of a noun phrase, with the chunks around it."""

    reading: Reading
    sentence: Sentence
    chunks: Sequence[Chunk]
    at: int  # of its chunk
    noun: Noun
    one: Found


def mark_people(reading: Reading, sentence: Sentence, names: Sequence[Found]) -> None:
    """Names that something in their sentence, or in the next, shows to be people's."""
    personal = [one for one in names if one.kind == "name" and looks_personal(reading, one)]
    for named in personal:
        if _is_initialled(reading, sentence, named):
            named.kind = "person"
    unknown = {id(one) for one in personal if one.kind == "name" and not is_plain_word(reading, one)}
    if not unknown:
        return
    chunks = chunks_of(reading, sentence)
    ends = {other.last: other for other in names}
    for index, chunk in enumerate(chunks):
        one = chunk.name if isinstance(chunk, Noun) else None
        if one is None or id(one) not in unknown or not isinstance(chunk, Noun):
            continue
        low = reading.tokens[one.first].low
        if one.words == 1 and one.initial and (is_person_noun(low) or is_common(low)):
            continue  # "THE WITNESS: Men of the brigade came"
        beside = Beside(reading, sentence, chunks, index, chunk, one)
        one.credited = one.words >= 2 and _credited(beside)
        if (chunk.determiner == "the" and chunk.first == one.first - 1) or _after_demonym(reading, one, ends):
            _mark_body(beside)
        elif any(shows(beside) for shows in (_EVIDENCE if one.words >= 2 else _OF_ONE_WORD[one.initial])):
            one.kind = "person"


def _after_demonym(reading: Reading, one: Found, ends: Mapping[int, Found]) -> bool:
    """``the Russian Ana Group``: a demonym between an article and the name."""
    before = ends.get(one.first)
    return before is not None and before.kind == "demonym" and reading.tokens[before.first - 1].low == "the"


def _mark_body(beside: Beside) -> None:
    """``the Foo Bar said``: with an article, a name that says something is a body's."""
    verb = verb_at(beside.chunks, past_adverbs(beside.chunks, beside.at + 1, len(beside.chunks)))
    cited = mark_at(beside.chunks, beside.at - 1) == "according to"
    if beside.one.words >= 2 and (cited or (verb is not None and verb.word in listed("saying", "reality"))):
        make_organization(beside.one)


@lru_cache(maxsize=1 << 12)
def is_trade(low: str) -> bool:
    """Whether a common noun is for what a person does: an office, a trade."""
    return low in words.ROLE_HEADS or (low.endswith(words.PERSON_SUFFIXES) and low not in words.NOT_PERSONS)


def _is_of_people(low: str) -> bool:
    """``airmen``, ``servicewomen``: a noun, whatever its capital; ``Carmen`` is a name."""
    return low.endswith("men") and len(low) > 5 and low not in given_names()


def is_person_noun(low: str) -> bool:
    """Whether a common noun is for a person, or for people: an office, a trade, kin."""
    if low in _KIN or low.removesuffix("s") in _KIN:
        return True
    return low in PLURAL_HEADS or is_trade(low)


def _titled(beside: Beside) -> bool:
    """``the geologist X``, ``retired surveyor X``."""
    tokens, one = beside.reading.tokens, beside.one
    before = tokens[one.first - 1] if one.first > beside.noun.first else None
    return before is not None and before.kind == "w" and not before.possessive and is_person_noun(before.low)


def _apposed(beside: Beside) -> bool:
    """``X, a retired nurse``, ``X (deputy keeper``, ``its owner, X``, ``Interviewer: X``."""
    chunks, index = beside.chunks, beside.at
    if mark_at(chunks, index + 1) in (",", "(", "[", "–", "—") and (after := noun_at(chunks, index + 2)) is not None:
        own = after.determiner in ("a", "an", "the", "his", "her", "its") or mark_at(chunks, index + 1) != ","
        bare = mark_at(chunks, index + 3) in ("of", "for", "at", "to", "in", "with")
        if (said := verb_at(chunks, index + 3)) is not None and said.word in saying_verbs():
            return False  # "They took Ard, a spokesman said"
        native = after.name is not None and after.name.kind == "demonym" and after.determiner in ("a", "an")
        described = after.name is None and is_person_noun(after.word) and not after.plural and (own or bare)
        described = described and not (after.word in _KIN and after.determiner == "its")  # a town's neighbour
        if native or described:
            return True
    before = noun_at(chunks, _past_country(chunks, index - 2))
    if before is None or before.name is not None or before.plural or not is_person_noun(before.word):
        return False
    sign = mark_at(chunks, index - 1)
    return (sign == "," and before.determiner not in ("", "no")) or (
        sign == ":" and index == 2 and verb_at(chunks, index + 1) is None
    )


def _past_country(chunks: Sequence[Chunk], index: int) -> int:
    """``the sister at Goma in Congo, X``: the sister; after a country no place in which it lies follows."""
    one = noun.name if (noun := noun_at(chunks, index)) is not None else None
    if one is None or not any(name.entry.type in COUNTRIES for name in one.candidates):
        return index
    while index >= 2 and chunks[index - 1].kind == "prep" and noun_at(chunks, index - 2) is not None:
        index -= 2
    return index


def _converses(beside: Beside) -> bool:
    """``X in conversation with our editor``: who heads an interview."""
    chunks, at = beside.chunks, beside.at
    talk = noun_at(chunks, at + 2)
    joined = mark_at(chunks, at + 1) == "in" and mark_at(chunks, at + 3) == "with"
    return at == 0 and joined and talk is not None and talk.word in ("conversation", "dialogue")


def _called(beside: Beside) -> bool:
    """``a boy named Tibbet``, ``a nurse called Ana``."""
    verb, noun = verb_at(beside.chunks, beside.at - 1), noun_at(beside.chunks, beside.at - 2)
    if verb is not None and verb.word == "be" and noun is not None and noun.word == "name":
        return noun.determiner in ("my", "his", "her")  # "My name is Ana Mora"
    named = verb is not None and verb.word in ("name", "call") and not verb.auxiliary
    return named and noun is not None and noun.name is None and is_person_noun(noun.word)


def _acts(beside: Beside) -> bool:
    """``X said``, ``X met``, ``said X``: what only people do, with a name that has no article."""
    chunks, index = beside.chunks, beside.at
    if beside.noun.determiner:
        return False
    if mark_at(chunks, index - 1) == "according to":
        return True
    led = index - 2 - (index > 2 and chunks[index - 2].kind == "adverb")  # "drawn up by"
    verb = verb_at(chunks, led)
    if mark_at(chunks, index - 1) == "by" and verb is not None and verb.word in words.MADE_BY and verb.form != "ing":
        return True
    before = verb_at(chunks, index - 1)
    if before is not None and before.word in saying_verbs() and before.word != "tell" and not before.passive:
        return True
    phrase = phrase_from(chunks, index, len(chunks))
    verb = verb_at(chunks, past_adverbs(chunks, phrase.last if phrase is not None else index + 1, len(chunks)))
    free = index == 0 or chunks[index - 1].kind not in ("prep", "verb")
    if verb is None or not free or not verb.finite:
        return False
    if verb.passive:
        return verb.word == "interview"
    return verb.word in saying_verbs() or verb.word in listed("personal")


def _aged(beside: Beside) -> bool:
    """``X, 45,``; ``X, who``; ``whose`` may be of a place."""
    tokens, step = beside.reading.tokens, beside.one.last
    if step + 1 >= beside.sentence.last:
        return False
    after, close = tokens[step + 1], tokens[step + 2].low if step + 2 < beside.sentence.last else ""
    number = after.kind == "n" and after.text.isdigit() and 1 < len(after.text) < 4 and int(after.text) < 110
    age = (number and close in _AFTER_AGE) or _spelled_age(tokens, step + 1)  # no "Dong Khe (19 February)"
    return tokens[step].text in (",", "(") and (age or after.low == "who")


_AFTER_AGE = frozenset((",", ")", ";", ".", "", "and", "who", "a", "an", "from", "of"))


def _spelled_age(tokens: Sequence[Token], index: int) -> bool:
    """``, seventy-one,``: tens in words between commas."""
    tens = tokens[index].low.partition("-")[0] in _TENS
    return tens and index + 1 < len(tokens) and tokens[index + 1].text in (",", ")")


def _paired(beside: Beside) -> bool:
    """``A Vega and B Cruz``, where one is known as a person, or has a given name that many have."""
    chunks, at = beside.chunks, beside.at
    before, after = noun_at(chunks, at - 2), noun_at(chunks, at + 2) if mark_at(chunks, at + 1) == "and" else None
    joined = mark_at(chunks, at - 1) in ("and", ",")
    if joined and before is not None and before.name is not None and before.name.kind == "person":
        return True
    other = after.name if after is not None and not beside.noun.determiner else None
    return other is not None and other.words >= 2 and other.kind in ("name", "person") and _has_given(beside, other)


def _commands(beside: Beside) -> bool:
    """``bands under X``, ``a commission under X``: who commands them."""
    body = noun_at(beside.chunks, beside.at - 2)
    led = mark_at(beside.chunks, beside.at - 1) == "under" and not beside.noun.determiner
    return led and body is not None and bool(body.words & words.COMMANDED)


def _has_given(beside: Beside, one: Found) -> bool:
    return fold(beside.reading.tokens[one.first].text) in given_names()


def _referred(beside: Beside) -> bool:
    """``X sat down. She ...``, ``X lost his hat``: a pronoun of a person that can mean nobody else."""
    chunks, index, reading = beside.chunks, beside.at, beside.reading
    if beside.noun.determiner or len(chunks) > _LONGEST or (index and chunks[index - 1].kind in ("prep", "verb")):
        return False
    others = [c for c in chunks if isinstance(c, Noun) and c is not beside.noun and _may_be_person(c)]
    if others:
        return False
    after = [c for c in chunks[index + 1 :] if isinstance(c, Noun)]
    number = beside.sentence.index + 1
    if number < len(reading.sentences) and reading.sentences[number].block == beside.sentence.block:
        after += [c for c in chunks_of(reading, reading.sentences[number]) if isinstance(c, Noun)][:1]
    own = [c for c in after if c.word in ("himself", "herself") or c.determiner in ("his", "her")]
    return bool(own) or any(c.word in ("he", "she") and not _says_aside(chunks, c) for c in after)


def _says_aside(chunks: Sequence[Chunk], pronoun: Noun) -> bool:
    """``children, she says, learned two anthems``: somebody who speaks of the name, and is another."""
    at = next((index for index, chunk in enumerate(chunks) if chunk is pronoun), -2)
    verb = verb_at(chunks, at + 1)
    return mark_at(chunks, at - 1) == "," and verb is not None and verb.word in saying_verbs()


def _may_be_person(noun: Noun) -> bool:
    if noun.name is not None:
        return noun.name.kind in ("person", "name")
    return is_person_noun(noun.word)


def _named(beside: Beside) -> bool:
    """A given name that many have, and a surname."""
    return not beside.noun.determiner and _has_given(beside, beside.one)


def _is_initialled(reading: Reading, sentence: Sentence, one: Found) -> bool:
    """``B. Yegoshin``: an initial with its stop before a surname; where a line begins it may count its items."""
    first, stop = reading.tokens[one.first], reading.tokens[min(one.first + 1, one.last - 1)]
    return one.words > 2 and one.first > sentence.first and len(first.text) == 1 and first.capital and stop.text == "."


def _credited(at: Beside) -> bool:
    """``By Farah Iskandar in Bangkok``; ``Reporting by X in Y and Z``; ``Compiled by X``."""
    tokens, one, sentence, chunks = at.reading.tokens, at.one, at.sentence, at.chunks
    before = tokens[one.first - 1] if one.first > sentence.first else None
    if before is None or not (before.low in ("by", "and", "from") or before.text == ":"):
        return False
    if before.text == ":":
        return one.first - 2 >= sentence.first and tokens[one.first - 2].low in listed("credits")
    floor = max(sentence.first, one.first - 9)
    by = next((i for i in range(one.first - 1, floor - 1, -1) if tokens[i].low in ("by", "from")), None)
    if by is None or (tokens[by].low == "from" and by != sentence.first):
        return False
    beside = one.first == by + 1 or before.low == "and"
    line = by == sentence.first and beside and not any(isinstance(chunk, Verb) for chunk in chunks)
    opening = tokens[sentence.first].low in listed("credits") or tokens[sentence.first].low in _PREPARED
    return line or opening or (by > sentence.first and tokens[by - 1].low in listed("credits"))


_PREPARED = frozenset("prepared drawn transcribed recorded collected".split())


@cache
def saying_verbs() -> frozenset[str]:
    """The lemmas of verbs of saying, those that only attribute a quotation included."""
    return listed("saying", "reality") | _QUOTING


_EVIDENCE: tuple[Callable[[Beside], bool], ...] = (
    _titled,
    _apposed,
    _called,
    _converses,
    _acts,
    _aged,
    _paired,
    _commands,
    _referred,
    _named,
    _credited,
)
_OF_ONE_WORD = {
    False: (_apposed, _called, _referred),
    True: (_apposed,),
}  # by whether a capital may be due to its place
_QUOTING = frozenset(
    "agree answer ask conclude continue cry exclaim laugh nod respond shout shrug sigh smile whisper".split()
)
_LONGEST = 120  # chunks of a sentence in which a pronoun tells who is a person


def looks_personal(reading: Reading, one: Found, *, capitals: bool = False) -> bool:
    """Whether a name has the form of a person's: no place, organization or document word in it.

    ``capitals``: it may be written in capitals alone, as the label of a turn is.
    """
    if one.candidates or not 1 <= one.words <= 6:
        return False
    if word(reading.tokens[one.first].low).closed not in ("", "modal", "have", "get"):
        return False  # "If Mariupol falls"
    named = reading.tokens[one.first : one.last]
    if _is_of_people(named[-1].low) or named[0].low in words.PLACE_OPENERS:
        return False
    if one.titled and one.words == 1 and named[0].low in words.ADDRESSES:
        return False  # "Mr President"
    if not one.titled and all(token.low in words.TITLES or is_role_head(token.low) for token in named):
        return False  # "Madam Minister"
    given = one.words >= 2 and fold(named[0].text) in given_names()
    held = one.first > 0 and is_role_head(reading.tokens[one.first - 1].low)  # "press secretary Josh Earnest"
    if one.words >= 2 and not (given or held or fold(named[0].text) in words.WORD_NAMES):
        if all(is_common(token.low) for token in named if token.kind == "w"):
            return False  # "White Helmets"
    for token in named[given:]:
        low = token.low
        if (
            low in listed("never_people")
            or low in words.ORGANIZATION_HEADS
            or low in words.PLACE_TYPES
            or low in words.DIRECTIONS
            or low in words.PLURAL_PLACE_TYPES
        ):
            return False
        if token.kind == "n" or (not capitals and token.text.isupper() and len(token.text) > 3):
            return False
    return True
