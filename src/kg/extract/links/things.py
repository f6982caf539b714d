"""Names that stand for no place, person or body here: weapons, ships, apps, languages, the man of a statue, an axis.

What a name is told by the words beside it. What is a weapon or an app in one place of the document is one wherever
nothing says that it is a place.
"""

import re
from collections.abc import Sequence

from kg.extract import words
from kg.extract.found import PEOPLES, Found, Reason
from kg.extract.lexicon import given_names, word
from kg.extract.reading import Reading, Sentence
from kg.gazetteer.lookup import COUNTRIES, SETTLEMENTS
from kg.text.folding import fold
from kg.text.numbers import NUMBERS
from kg.text.tokens import Token

_DESIGNATION = re.compile(r"[^\W\d_]{1,6}-?\d{1,4}[^\W\d_]{0,2}|[^\W\d_]{1,4}-\d{1,4}-?\d*[^\W\d_]?")
"""``T-72``, ``F-16``, ``S-300``, ``Mi-8MT``: letters and a number, a type of something that is made."""
_NAMES = ("name", "place", "organization", "person")
_BY_PLACE = "it names a thing that the word beside it tells"


def set_aside(reading: Reading, found: Sequence[Sequence[Found]]) -> None:
    """Mark what is a thing, so that nothing takes it for a place, person or organization."""
    kinds: set[str] = set()
    bodies = _bodies(reading, found)
    for sentence, names in zip(reading.sentences, found, strict=True):
        for number, one in enumerate(names):
            if one.kind == "demonym":
                if _is_language(reading.tokens, sentence, names, number):
                    _mark(one)
            elif one.kind == "place" and _is_somebody(reading.tokens, sentence, one):
                one.kind, one.candidates, one.hint = "person", (), ""
            elif one.kind in _NAMES and fold(one.text) not in bodies and _is_thing(reading.tokens, sentence, one):
                if not _is_place_elsewhere(one):
                    kinds.update((fold(one.text), fold(_without_prefix(one.text))))
                _mark(one)
    for sentence, names in zip(reading.sentences, found, strict=True):
        for one in names:
            if (
                one.kind in _NAMES
                and fold(one.text) in kinds - bodies
                and not _is_placed(reading.tokens, sentence, one)
            ):
                _mark(one)


def _bodies(reading: Reading, found: Sequence[Sequence[Found]]) -> set[str]:
    """Names with the head of an organization's, that the gazetteer has as one, or that act: ``the SDF said``."""
    tokens, bodies = reading.tokens, set()
    for sentence, names in zip(reading.sentences, found, strict=True):
        for one in names:
            after = tokens[one.last].low if one.last < sentence.last else ""
            acts = after in words.SAY or tokens[one.last - 1].possessive
            head = words.ORGANIZATION_HEADS.intersection(one.text.lower().split())
            known = any(name.entry.kind == "organization" for name in one.candidates)
            if known or head or (acts and one.text.isupper()):
                bodies.add(fold(one.text))
    return bodies


def _mark(one: Found) -> None:
    one.kind, one.candidates, one.entity = "thing", (), None
    one.why = (("", Reason(-10, _BY_PLACE)),)


def _is_somebody(tokens: Sequence[Token], sentence: Sentence, one: Found) -> bool:
    """``Kirov, who was born``: a town is no ``who``; ``her son Milan``; ``Sergeant London``."""
    after = [token.low for token in tokens[one.last : min(sentence.last, one.last + 2)]]
    before = tokens[one.first - 1] if one.first > sentence.first else None
    if before is not None and not before.possessive and not (_is_state(one) and one.text.lower() not in _GIVEN):
        if before.text == "/" and one.first > sentence.first + 1 and tokens[one.first - 2].low in _CREDITED:
            return True  # "AP Photo/Sana"
        ranked = before.capital and one.words == 1 and not one.hint and before.low in _BEFORE_SURNAMES
        if ranked or before.low in words.KIN:
            return True
    return not _is_place_elsewhere(one) and after[:2] == [",", "who"] and one.first == sentence.first


_GIVEN = given_names() | words.WORD_NAMES
_CREDITED = frozenset("afp ap epa image images photo photos reuters via".split())
_BEFORE_SURNAMES = words.MILITARY_RANKS | words.TITLES | words.ROLE_HEADS


def _is_place_elsewhere(one: Found) -> bool:
    return any(name.entry.type in COUNTRIES or name.entry.curated for name in one.candidates)


def _is_placed(tokens: Sequence[Token], sentence: Sentence, one: Found) -> bool:
    before = tokens[one.first - 1].low if one.first > sentence.first else ""
    return before in words.PLACE_PREPOSITIONS or before in words.PLACE_TYPES or before == "of"


def _is_thing(tokens: Sequence[Token], sentence: Sentence, one: Found) -> bool:
    after = tokens[one.last].low if one.last < sentence.last else ""
    before = [token.low for token in tokens[max(sentence.first, one.first - 3) : one.first]]
    possessive = tokens[one.last - 1].possessive
    if _is_designation(one) and after not in words.FORCE_NOUNS:
        return True
    if _without_prefix(one.text) != one.text or one.text.startswith("Operation "):
        return True
    if before and (before[-1] in ("a", "an") or before[-1].isdigit() or before[-1] in NUMBERS):
        if _is_counted(tokens, sentence, one):
            return True
    if after in words.GOODS and not possessive and one.kind == "place" and not tokens[one.last].capital:
        return True
    if after in words.WARES and not possessive:
        return not _is_state(one) and tokens[one.last].capital is False
    if any(tells(tokens, sentence, one) for tells in (_is_treaty, _is_eaten, _is_vessel, _is_christened, _is_club)):
        return True
    if after in words.AXES and not possessive:
        return not _is_state(one) and (before[-1:] == ["the"] or one.kind != "place")
    if possessive and after in _OWNED:
        return _is_a_city_abroad(one)
    return (
        (before[-1:] in _VESSELS and not _is_state(one))
        or _is_depicted(before)
        or all(low in _NO_NAMES for low in one.text.lower().split())
    )


_OWNED = words.WARES | words.FORCE_NOUNS - {"garrison"}  # a town has one
_NO_NAMES = words.APPS | words.PEOPLES


def _is_treaty(tokens: Sequence[Token], sentence: Sentence, one: Found) -> bool:
    """``the Treaty of Paris``, ``the Duke of Wellington``, ``a bottle of Bordeaux``."""
    lead = tokens[max(0, one.first - 2) : one.first]
    if len(lead) < 2 or lead[1].low != "of":
        return False
    named = lead[0].capital and (lead[0].low in words.TREATIES or lead[0].low in words.PEERS)
    return named or lead[0].low in words.VESSELS_OF_DRINK


def _is_eaten(tokens: Sequence[Token], sentence: Sentence, one: Found) -> bool:
    """``Turkey was served``."""
    verb = [token.low for token in tokens[one.last : min(sentence.last, one.last + 2)]]
    return len(verb) == 2 and verb[0] in ("is", "was") and verb[1] in words.COOKED


def _is_club(tokens: Sequence[Token], sentence: Sentence, one: Found) -> bool:
    """``Liverpool won 3-1 in Kyiv``: who plays is a club, where it plays a city."""
    if sentence.lows.isdisjoint(words.PLAYING) or _is_state(one) or one.hint or _is_placed(tokens, sentence, one):
        return False
    here, dates = tokens[sentence.first : sentence.last], sentence.dates
    inside = [token for token in here if not any(dated.start <= token.start < dated.end for dated in dates)]
    scored = any(
        one.kind == other.kind == "n" and mark.text in "-–:" and max(len(one.text), len(other.text)) < 3
        for one, mark, other in zip(inside, inside[1:], inside[2:], strict=False)
    )
    return scored or not sentence.lows.isdisjoint(words.SPORTS)


def _is_vessel(tokens: Sequence[Token], sentence: Sentence, one: Found) -> bool:
    """``The Kursk was lost``: a city's name with an article and a verb, as ships and papers have it."""
    if one.first == 0 or one.last >= sentence.last or tokens[one.first - 1].low != "the" or not one.candidates:
        return False
    if one.hint or _is_place_elsewhere(one) or not any(name.entry.type in SETTLEMENTS for name in one.candidates):
        return False
    verb = word(tokens[one.last].low)
    return bool(verb.lemma) and not verb.noun


def _is_christened(tokens: Sequence[Token], sentence: Sentence, one: Found) -> bool:
    """``The first tank over was called Lima``, ``a dog named Paris``; a town called so is a place."""
    step = one.first - 1
    if step <= sentence.first or tokens[step].low not in ("called", "christened", "named", "nicknamed"):
        return False
    floor = max(sentence.first, step - 4)
    step -= 1
    while step > floor and (tokens[step].text == "," or word(tokens[step].low).closed):
        step -= 1
    return tokens[step].low in words.CHRISTENED


def _without_prefix(text: str) -> str:
    """The name of a ship without its prefix: ``USS Hopper``, ``FS Forbin``."""
    prefix, _, name = text.partition(" ")
    return name if prefix in _SHIPS and name else text


_SHIPS = frozenset("FS HMAS HMCS HMS HNLMS INS JS MT MV RFS ROKS TCG USNS USS".split())


def _is_counted(tokens: Sequence[Token], sentence: Sentence, one: Found) -> bool:
    """``a VBIED,``: letters after an indefinite article, with no noun that they qualify; ``two Katyushas``."""
    before = tokens[one.first - 1]
    if before.kind == "n" or before.low in NUMBERS:
        return not one.candidates and one.words == 1 and one.text.endswith("s") and not one.text.isupper()
    if one.candidates or one.words != 1 or not one.text.isupper() or one.last >= sentence.last:
        return False
    after = tokens[one.last]
    return after.kind == "p" or bool(word(after.low).closed)


_VESSELS = [[word] for word in sorted(words.VESSELS)]


def _is_state(one: Found) -> bool:
    return any(name.entry.type in COUNTRIES or name.kind in PEOPLES for name in one.candidates)


def _is_a_city_abroad(one: Found) -> bool:
    """A generated city that is no capital: those have no army."""
    return one.kind == "place" and all(not name.entry.curated and name.entry.type == "city" for name in one.candidates)


def _is_designation(one: Found) -> bool:
    return not one.candidates and one.words == 1 and bool(_DESIGNATION.fullmatch(one.text)) and "-" in one.text


def _is_depicted(before: Sequence[str]) -> bool:
    """``a statue of Lenin``, ``a street named after Gagarin``: the man, not the town."""
    lead = [low for low in before if low not in ("the", "a", "an")]
    if len(lead) < 2:
        return False
    return (lead[-2] in words.LIKENESSES and lead[-1] in ("of", "to", "for")) or (
        lead[-2] in ("named", "renamed", "called") and lead[-1] in ("after", "for")
    )


def _is_language(tokens: Sequence[Token], sentence: Sentence, names: Sequence[Found], number: int) -> bool:
    """``in English``, ``speak Polish and some Turkish``: an adjective without a noun, after what takes a language, or
    alone on a line.
    """
    one = names[number]
    behind = names[number - 1] if number else None
    outlet = behind is not None and any(name.entry.type == "media" for name in behind.candidates)
    if (outlet and behind is not None and behind.last == one.first) or one.words == sentence.last - sentence.first:
        return True  # "Al Jazeera English"
    after = tokens[one.last] if one.last < sentence.last else None
    if after is not None and after.kind == "w" and after.low not in words.LANGUAGE_FOLLOWED_BY:
        return False
    lead = [token.low for token in tokens[max(sentence.first, one.first - 3) : one.first]]
    while lead and lead[-1] in ("some", "good", "fluent", "broken", "only", "both", "little"):
        lead.pop()
    if lead[-1:] in (["in"], ["into"], ["from"]) or (lead and lead[-1] in words.SPEAKING):
        return True
    between = [token.low for token in tokens[behind.last : one.first]] if behind is not None else []
    listed = bool(between) and set(between) <= {",", "and", "or", "some", "a", "little", "both"}
    return behind is not None and listed and behind.kind == "thing"
