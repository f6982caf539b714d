"""Speakers of quotations that the rules left without one, by the dependency parse."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.extract import words
from kg.extract.reading import Reading
from kg.extract.speech import LEAST_WORDS, Quote, find_quotes
from kg.extract.statistical.passages import Passage
from kg.model import Entity, Extraction, Mention, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

CONFIDENCE = Decimal("0.6")
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
PRONOUNS = {"he": "he", "she": "she"}
SPEAKERS = frozenset({"person", "organization"})


def speakers(
    reading: Reading, read: Sequence[Passage], extraction: Extraction, named: Iterable[Mention]
) -> list[Statement]:
    """Direct speech whose speaker is the subject of a verb of saying beside it, in the order of the text.

    A quotation that the rules gave a speaker, a word in marks, and one that an interviewer speaks are left alone.
    """
    passages = {passage.block: passage for passage in read}
    spoken = sorted(claim.text for claim in extraction.claims if isinstance(claim, Statement))
    who = Who([*extraction.mentions, *named])
    return [
        statement
        for number, passage in sorted(passages.items())
        for statement in _statements(reading, number, passage, spoken, who)
    ]
