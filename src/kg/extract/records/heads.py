"""Which names may head a row or a section: places and unknown names, and no word of forms."""

from dataclasses import replace

from kg.extract import words
from kg.extract.found import Found
from kg.extract.frames import tells
from kg.extract.lexicon import listed, word
from kg.extract.place_kinds import placeable
from kg.extract.reading import Reading

_FORM_WORDS = listed("form_words")


def is_common(low: str) -> bool:
    """Whether a word that heads a section or row alone is none of an unknown place: a word of forms, a verb, ..."""
    known = word(low)
    return low in _FORM_WORDS or bool(known.lemma or known.closed) or known.adjective


def may_head(reading: Reading, one: Found) -> bool:
    """Whether a name may head a row: a place, or unknown and not the word of a form ("Updated:", "Source:")."""
    if one.kind == "place":
        return True
    if one.kind != "name" or not placeable(reading, replace(one, initial=False)):
        return False
    low = one.text.lower()
    if one.words == 1 and is_common(low):
        return False
    if low in words.CEASEFIRES or low in words.CONFLICTS or low in words.NEGOTIATIONS or tells(low):
        return False
    return not any(token.low in words.ROLE_HEADS for token in reading.tokens[one.first : one.last])
