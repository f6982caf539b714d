"""What clauses take from each other when a sentence has been read: shared subjects, antecedents, lists."""

from collections.abc import Sequence

from kg.extract.clauses.called import list_under
from kg.extract.clauses.clause import Clause
from kg.extract.lexicon import listed


def settle(clauses: Sequence[Clause]) -> None:
    """Give shared subjects to coordinated predicates, and antecedents to participles that opened the sentence."""
    for clause in clauses:
        if (
            clause.verb is None
            and clause.kind in ("main", "gapped")
            and clause.shares is not None
            and clause.subject is not None
        ):
            if clause.shares.kind == "gapped":
                clause.shares = clause.shares.shares
            if clause.shares is not None and clause.shares.verb is not None:
                clause.kind = "gapped"
        if (
            clause.subject is None
            and clause.shares is not None
            and clause.verb is not None
            and clause.kind != "participle"
        ):
            if clause.shares.kind != "label":
                clause.subject = clause.shares.subject
                clause.antecedent = clause.antecedent or clause.shares.antecedent
    for clause in clauses:
        parent = clause.parent
        if clause.kind == "aside" and clause.verb is None and clause.subject is not None and parent is not None:
            list_under(parent, clause.subject)  # "Three towns fell - A, B and C - all of them ..."
    for clause in clauses:
        whole = clause.objects or (clause.verb is not None and clause.verb.passive)
        if clause.kind == "relative" and clause.marker == "that" and clause.antecedent is not None and whole:
            timed = clause.antecedent.head.time  # "the day that Ard was taken"
            if clause.subject is not None and not timed:  # nothing is missing: "insinuations that they had occupied A"
                clause.kind, clause.governor = "that", clause.antecedent.head
        if clause.kind in ("participle", "infinitive") and clause.antecedent is None and clause.parent is not None:
            verb = clause.parent.verb
            coerces = verb is not None and not verb.passive and verb.word in listed("coercing", "reality")
            own = clause.parent.object if coerces and clause.kind == "infinitive" else None
            fronted = clause.parent.object if verb is not None and verb.lone and verb.word == "be" else None
            clause.antecedent = own or clause.parent.subject or clause.parent.antecedent or fronted
