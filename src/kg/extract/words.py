"""The words that the rules know, from ``words.toml``; what each list is for stands there."""

import tomllib
from importlib.resources import files
from typing import Any

_DATA: dict[str, Any] = tomllib.loads(files("kg.extract").joinpath("words.toml").read_text("utf-8"))


def _set(key: str) -> frozenset[str]:
    return frozenset(_DATA[key].split())


def _table(key: str) -> dict[str, str]:
    """Word -> what it stands for; the file has it the other way round."""
    return {word: value for value, listed in _DATA[key].items() for word in listed.split()}


STARTERS = _set("starters")
CONNECTORS = _set("connectors")
NAME_PARTICLES = _set("name_particles")
ORGANIZATION_HEADS = _set("organization_heads")
WEAK_HEADS = _set("weak_heads")
UNIT_HEADS = _set("unit_heads")
BARE_HEADS = _set("bare_heads")
COMPLEMENT_HEADS = _set("complement_heads")
ORGANIZATION_TYPES = _table("organization_types")
BODY_MODIFIERS = _set("body_modifiers")
FORCE_NOUNS = _set("force_nouns")
FORCE_MODIFIERS = _set("force_modifiers")
PLACE_TYPES = _table("place_types")
PLURAL_PLACE_TYPES = _table("plural_place_types")
NAME_TYPES = _set("name_types")
NO_HINT_AFTER = _set("no_hint_after")
OUTLET_KINDS = _set("outlet_kinds")
BODY_KINDS = _set("body_kinds")
BEFORE_OUTLET = _set("before_outlet")
DIRECTIONS = _set("directions")
PLACE_PREPOSITIONS = _set("place_prepositions")
WARES = _set("wares")
GOODS = _set("goods")
APPS = _set("apps")
AXES = _set("axes")
VESSELS = _set("vessels")
LIKENESSES = _set("likenesses")
KIN = _set("kin")
COMPANIONS = _set("companions")
PLACE_OPENERS = _set("place_openers")
STREETS = _set("streets")
COMMANDED = _set("commanded")
MADE_BY = _set("made_by")
PEERS = _set("peers")
WORD_NAMES = _set("word_names")
PEOPLES = _set("peoples")
TREATIES = _set("treaties")
VESSELS_OF_DRINK = _set("vessels_of_drink")
COOKED = _set("cooked")
PLAYING = _set("playing")
SPORTS = _set("sports")
SPEAKING = _set("speaking")
LANGUAGE_FOLLOWED_BY = _set("language_followed_by")
ROLE_HEADS = _set("role_heads")
ADDRESSES = _set("addresses")
ROLE_MODIFIERS = _set("role_modifiers")
PORTFOLIO = _set("portfolio")
ORDINARY_HEADS = _set("ordinary_heads")
AFTER_ORDINARY = _set("after_ordinary")
ADJECTIVE_HEADS = _set("adjective_heads")
AFTER_OFFICE = _set("after_office")
TITLES = _set("titles")
MILITARY_RANKS = _set("military_ranks")
PERSON_SUFFIXES = tuple(_DATA["person_suffixes"].split())
NOT_PERSONS = _set("not_persons")
FEMALE = _set("female")
MALE = _set("male")
SAY = _set("say") | _set("deny")
DENY = _set("deny")
SAY_ONLY_QUOTE = _set("say_only_quote")
SAY_AUX = _set("say_aux")
NEGATIONS = _set("negations")
IRREALIS = _set("irrealis")
CEASEFIRES = _set("ceasefires")
NEGOTIATIONS = _set("negotiations")
CONFLICTS = _set("conflicts")
