"""A clause: a predicate with its arguments, as `tree` builds it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from kg.extract.clauses.chunks import Noun, Verb
from kg.extract.clauses.phrases import Phrase
from kg.text.dates import Dated

ClauseKind = Literal["main", "that", "relative", "adverbial", "participle", "infinitive", "aside", "gapped", "label"]


@dataclass(slots=True, unsafe_hash=True)
class Adjunct:
    """What a clause says of time, place or agent: a preposition (or "") and a phrase or a date."""

    preposition: str
    first: int
    phrase: Phrase | None = None
    date: Dated | None = None


@dataclass(slots=True, eq=False)
class Clause:
    """A predicate with its arguments; tokens ``first`` to ``last`` (excluded) of the reading, clauses within left in.

    ``marker`` is the word that opens it (``that``, ``which``, ``if``, ``after``, ``by``); ``governor`` the verb or noun
    that an infinitive or that-clause completes; ``antecedent`` what a relative or reduced clause is about;
    ``shares`` the clause whose subject (and, where gapped, verb) it goes on with.
    """

    kind: ClauseKind
    first: int
    parent: "Clause | None" = None
    marker: str = ""
    last: int = 0
    verb: Verb | None = None
    subject: Phrase | None = None
    objects: list[Phrase] = field(default_factory=list)
    adjuncts: list[Adjunct] = field(default_factory=list)
    listed: Phrase | None = None
    governor: Verb | Noun | None = None
    antecedent: Phrase | None = None
    shares: "Clause | None" = None
    adverbs: set[str] = field(default_factory=set)
    question: bool = False
    inverted: bool = False  # "had Ard fallen", "did Ard fall"
    beside: bool = False  # a relative clause after a comma, which ends at the next one

    @property
    def object(self) -> Phrase | None:
        return self.objects[0] if self.objects else None

    def prepositional(self, *prepositions: str) -> Iterator[Phrase]:
        """The phrases after one of these prepositions, in order."""
        return (a.phrase for a in self.adjuncts if a.preposition in prepositions and a.phrase is not None)

    def dates(self) -> Iterator[Adjunct]:
        return (a for a in self.adjuncts if a.date is not None)

    def above(self) -> "Iterator[Clause]":
        """The clauses that hold this one, nearest first."""
        clause = self.parent
        while clause is not None:
            yield clause
            clause = clause.parent


def until_date(clause: Clause) -> Adjunct | None:
    """``did not fall until 3 May``, ``not before 3 May did X take Ard``: the date from which on it is so."""
    verb = clause.verb
    denied = clause.adverbs & {"not", "never"} or (verb is not None and verb.negated and not verb.modal)
    return next((a for a in clause.dates() if a.preposition in ("until", "till", "before")), None) if denied else None
