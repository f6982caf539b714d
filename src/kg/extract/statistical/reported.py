"""Reported speech that the rules left alone: ``She concedes that ...``, by the dependency parse."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.extract.reading import Reading
from kg.extract.statistical.candidates import SAYING, Taken
from kg.extract.statistical.passages import Passage
from kg.extract.statistical.references import Who
from kg.model import Claim, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

LESS_SURE = Decimal("0.1")  # than of a quotation, whose marks say that somebody speaks
LEAST_WORDS = 3
DENYING = frozenset("denied denies dismissed rejected".split())
FINITE = frozenset({"VBD", "VBZ", "VBP"})


def reported(reading: Reading, read: Sequence[Passage], claims: Sequence[Claim], who: Who) -> Iterator[Statement]:
    """Indirect speech: the clause after ``that`` of a verb of saying whose subject is known.

    What is denied, or not said, is nobody's statement.
    """
    said = Taken(claim.text for claim in claims if isinstance(claim, Statement))
    for passage in read:
        for verb in passage.parsed:
            clause = _clause(verb, passage) if _is_said(verb) else None
            if clause is None or clause in said or len(clause.of(reading.text).split()) < LEAST_WORDS:
                continue
            sentence = reading.sentence_at(clause.start)
            speaker = who.speaker(verb, passage)
            if speaker is not None and sentence is not None and passage.span_of(verb) not in said:
                yield Statement(
                    evidence=(sentence.span,),
                    kind="indirect",
                    text=clause,
                    speaker=speaker.entity,
                    method="model",
                    confidence=speaker.confidence - LESS_SURE,
                )


def _is_said(verb: "Token") -> bool:
    """A finite verb of saying, not of denying, neither passive nor negated."""
    says = verb.lower_ in SAYING - DENYING and verb.tag_ in FINITE
    return says and not any(child.dep_ in ("neg", "auxpass") for child in verb.children)


def _clause(verb: "Token", passage: Passage) -> Span | None:
    """The words after ``that`` which depend on the verb, without the stop that ends them."""
    for clause in (child for child in verb.rights if child.dep_ == "ccomp"):
        mark = next((child for child in clause.lefts if child.dep_ == "mark" and child.lower_ == "that"), None)
        if mark is not None:
            said = passage.parsed[mark.i + 1 : clause.right_edge.i + 1]
            while len(said) and said[-1].is_punct and said[-1].text not in ("”", '"', ")"):
                said = said[:-1]
            return passage.span_of(said) if len(said) else None
    return None
