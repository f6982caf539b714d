"""What a text says of the kind of a place, which kind a word asks for, and which names may be of a place at all."""

from collections.abc import Iterator, Sequence

from kg.extract import words
from kg.extract.clauses import Clause, Noun
from kg.extract.found import Found
from kg.extract.lexicon import is_common, listed, sites, word
from kg.extract.reading import Reading
from kg.model import Entity

LYING = frozenset(("lie", "stand", "sit", "nestle", "straddle"))
_FORMS = frozenset("lie lies lay stand stands sit sits nestle nestles straddle straddles".split())
_PEOPLED = frozenset("inhabitants residents souls houses households homes".split())
DESCRIBING = _PEOPLED | _FORMS | {"where"} | {*words.PLACE_TYPES, *words.PLURAL_PLACE_TYPES} | sites()
"""Words beside a name that may say what kind of place it is."""


def kinds_said(clauses: Sequence[Clause]) -> Iterator[tuple[Found, str]]:
    """The names of which the text says what kind of place they are, or where they lie, with the kind.

    ``Ard is a port``, ``Ard, a market town, ...``, ``Ard and Besk lie on the Tarn``, ``Ard has 900 inhabitants``.
    """
    for clause in clauses:
        phrases = [clause.subject, *clause.objects, *(adjunct.phrase for adjunct in clause.adjuncts)]
        for member in (member for phrase in phrases if phrase is not None for member in phrase.members):
            beside = next((kind for one in member.apposition if (kind := _kind(one.noun)) is not None), None)
            if beside is not None and member.noun.name is not None:
                yield member.noun.name, beside
        if clause.subject is not None and (said := _said(clause, clauses)) is not None:
            yield from ((noun.name, said) for noun in clause.subject.nouns() if noun.name is not None)


_TYPES = words.PLACE_TYPES | words.PLURAL_PLACE_TYPES


def _kind(noun: Noun) -> str | None:
    """The type of place that a common noun with an article says, "" where it has none; None where it says no place."""
    if noun.name is not None or noun.determiner not in ("a", "an", "the", "its", "their", "our", ""):
        return None
    return _TYPES.get(noun.word, "" if noun.word in sites() and noun.determiner else None)


def _said(clause: Clause, clauses: Sequence[Clause]) -> str | None:
    verb, what = clause.verb, clause.object
    if verb is None or verb.negated or clause.subject is None:
        return None
    where = any(one.marker == "where" and one.parent is clause for one in clauses)
    if verb.lone and verb.word == "be":
        return _kind(what.head) if what is not None else "" if where else None
    if verb.word == "have" and what is not None and what.head.word in _PEOPLED:
        return ""
    one_word = all(noun.name is not None and noun.name.words == 1 for noun in clause.subject.nouns())
    now = verb.word == "lie" or verb.form in ("present", "base")  # "Dudin stood at the gate"
    where = where or any(a.phrase is not None and a.phrase.head.word not in _NO_SITE for a in clause.adjuncts)
    return "" if verb.word in LYING and one_word and now and where else None


_NO_SITE = frozenset("bed hospital grave state wait ground floor prison trial court".split())


def is_island(place: Entity) -> bool:
    return (place.key or "").removeprefix("place/") in listed("island_countries")


def fits(wanted: str, place: Entity, used: str) -> bool:
    """Whether a place may be of a wanted kind; ``used`` is the place word that the text has for it."""
    kind = used or place.type
    towns = {"city", "town", "village", "settlement"}
    parts = place.name.lower().split()
    says = next((said for part in (parts[-1], parts[0]) if (said := words.PLACE_TYPES.get(part))), "")
    if wanted in towns and place.key is None and says and says not in (*towns, "junction", "camp"):
        return False  # "the town" is no Elephant Pass, no Fort Dorn
    if used == "village" and wanted in ("city", "town"):
        return False
    if wanted in ("village", "settlement") and place.key and kind in ("city", "capital", "metropolis", "municipality"):
        return False
    if wanted in towns:
        return kind in towns or "city" in kind or kind in ("", "capital", "municipality", "metropolis")
    if wanted == "country":
        return place.type in ("country", "state")
    if wanted == "island":
        return place.type == "island" or "island" in place.name.lower() or is_island(place)
    unknown = not (kind or says) and place.key is None and wanted in FEATURES
    return kind == wanted or unknown or (kind in AREAS and wanted in AREAS)


FEATURES = frozenset("mountain hill valley pass gorge peninsula river lake base dam territory province island".split())


AREAS = listed("areas", "places")


def placeable(reading: Reading, one: Found) -> bool:
    """Whether the form of a name allows a place: no title, no month, not the common word that opens a sentence."""
    tokens = reading.tokens[one.first : one.last]
    if one.titled or any(token.low in _NEVER for token in tokens):
        return False
    if (
        one.words > 1
        and one.text.isupper()
        and any(
            word(token.low).lemma and not (token.low in words.NAME_TYPES or token.low in words.PLACE_TYPES)
            for token in tokens
        )
    ):
        return False  # "REBELS LEAVE HOMS", a headline
    if one.words == 1 and tokens[0].low in words.ORGANIZATION_HEADS and one.kind == "name":
        return False
    return not (one.initial and one.words == 1 and is_common(tokens[0].low))


_NEVER = listed("never_places")
