"""Who does what to whom in a clause: by voice and syntax alone."""

from kg.extract.clauses.clause import Clause
from kg.extract.clauses.phrases import Phrase
from kg.extract.lexicon import listed


def is_passive(clause: Clause) -> bool:
    """Whether what the verb is done to is its subject: ``was taken``, ``Ard, taken by X``."""
    verb = clause.verb
    if verb is None:
        return False
    if verb.passive:
        return True
    if verb.auxiliary or verb.form not in ("participle", "past or participle"):
        return False
    if clause.kind == "participle" and any(a.preposition == "by" and a.first == verb.last for a in clause.adjuncts):
        return True  # "seized by a company", whatever follows
    objectless = clause.object is None and clause.subject is not None and clause.kind != "relative"
    return (clause.kind == "participle" and clause.object is None) or (
        objectless and verb.word in listed("transitive")
    )  # "Stanley liberated"


def subject_of(clause: Clause) -> Phrase | None:
    """Who or what the verb is said of: the subject, or what a relative or participle is about."""
    if clause.subject is not None:
        return clause.subject
    if clause.kind in ("relative", "participle", "infinitive"):
        return clause.antecedent
    return None


def patient_of(clause: Clause) -> Phrase | None:
    """What is done something to: the object, the subject of a passive, or what an objectless ``which`` stands for."""
    if is_passive(clause):
        given = clause.verb is not None and clause.verb.word in ("give", "hand")  # "Egypt was given back Taba"
        return clause.object if given and clause.object is not None else subject_of(clause)
    if clause.object is not None:
        return clause.object
    if clause.kind == "relative" and clause.subject is not None and clause.marker in ("which", "that", "whom"):
        return clause.antecedent
    return None


def agent_of(clause: Clause) -> Phrase | None:
    """Who does it: the subject, or ``by`` in the passive, where it says not how or when (``by storm``, ``by noon``)."""
    if not is_passive(clause):
        return subject_of(clause)
    return next((phrase for phrase in clause.prepositional("by") if phrase.head.word not in listed("means")), None)
