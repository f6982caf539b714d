"""What verbs, states and labels say became of people and homes: the tables of ``outcomes.toml``, each word once."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from kg.domain import FigureKind
from kg.extract import words
from kg.extract.lexicon import word

_DATA: dict[str, Any] = tomllib.loads(files(__package__).joinpath("outcomes.toml").read_text("utf-8"))


def _each(table: str) -> dict[str, FigureKind]:
    return {one: kind for kind, listed in _DATA[table].items() for one in listed.split()}


def _pairs(table: str) -> dict[tuple[str, str], FigureKind]:
    """Verb and the word beside it, ``lose+lives``."""
    return {(verb, beside): kind for one, kind in _each(table).items() for verb, _, beside in [one.partition("+")]}


def _words(key: str) -> frozenset[str]:
    return frozenset(_DATA["words"][key].split())


OBJECTS, SUBJECTS, STATES = _each("objects"), _each("subjects"), _each("states")
FOLLOWED, DRIVEN, LOSSES = _pairs("followed"), _pairs("driven"), _pairs("losses")
LABELS, BEING = STATES | _each("labels"), STATES | _each("being")
RELEASING, HOLDING, DISPLACED = _words("releasing"), _words("holding"), _words("displaced")
PRISONERS, DIED, DWELLERS = _words("prisoners"), _words("died"), _words("dwellers")
BUILDINGS, NUMBERING, FIGHTING = _words("buildings"), _words("numbering"), _words("fighting")
_PERSONS, _THINGS, _TELLING = _words("persons"), _words("things"), _words("telling")
_IRREGULAR: dict[str, str] = {plural: one for one, plurals in _DATA["plurals"].items() for plural in plurals.split()}
_SUFFIXES = ("ian", "ist", "eer", "men", "man", "ker", "der", "ter", "ger", "ner", "mer", "ler", "ant", "ee")
_VERBS = frozenset(verb for verb, _ in FOLLOWED)


@lru_cache(maxsize=1 << 12)
def tells_outcome(low: str) -> bool:
    """Whether a word may tell what became of people or homes."""
    if low in LABELS or low in _TELLING:
        return True
    lemma = word(low).lemma
    return (
        lemma in RELEASING
        or lemma in ("lose", "cost", "fall")
        or lemma in OBJECTS
        or lemma in SUBJECTS
        or lemma in _VERBS
    )


def singular(noun: str) -> str:
    """A counted noun in the singular.

    >>> singular("people"), singular("houses"), singular("churches"), singular("families")
    ('person', 'house', 'church', 'family')
    """
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def is_person(noun: str) -> bool:
    """Whether a noun in the singular names people: by a list, by their trade's ending, or as a force's."""
    if noun in _PERSONS:
        return True
    if noun in _THINGS or noun in BUILDINGS or noun in words.PLACE_TYPES:
        return False
    return noun in words.ROLE_HEADS or (noun.endswith(_SUFFIXES) and len(noun) > 4)
