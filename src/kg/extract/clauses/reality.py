"""Whether the text says that what a clause tells happened: asked of the clause and of all that govern it.

A negation, a modal verb, a condition, a plan, a denial reaches what it governs in the tree and nothing beside it: an
aside that begins with "if" says nothing of the verb around it.
"""

from typing import Literal

from kg.extract.clauses.chunks import Noun, Verb
from kg.extract.clauses.clause import Clause, until_date
from kg.extract.lexicon import listed

Reality = Literal["real", "negated", "unreal", "conditional", "ordered", "reported", "unconfirmed"]
_CONDITIONAL = frozenset(("if", "unless", "whether", "lest", "as if", "as though", "even if", "so that"))
_POSSIBLE = frozenset(("can", "could", "may", "might", "should", "ought", "must", "shall", "to"))
_FUTURE = frozenset(("will", "would", "'ll"))
_TWICE = frozenset(("deny", "doubt", "dispute", "question", "contest"))


def reality(clause: Clause) -> Reality:
    """What the text says of a clause: ``real`` where it is told as having happened.

    ``reported``: somebody says so, and the text lets it stand.
    """
    own = _own(clause)
    if own != "real":
        return own
    found: Reality = "real"
    here = clause
    while here.parent is not None:
        governed = _governed(here)
        if governed in ("real", "reported"):
            found = "reported" if governed == "reported" else found
        else:
            return governed
        if here.kind in ("aside", "relative", "adverbial", "participle") and _free(here):
            return found if found != "real" or here.kind == "aside" else _around(here.parent)
        here = here.parent
        above = _own(here)
        if above != "real" and here.kind in ("that", "infinitive"):
            return above
    return found


def _free(clause: Clause) -> bool:
    """Whether a clause is told beside the one that holds it, which may be unreal while this one is not."""
    return clause.kind in ("aside", "relative", "adverbial") or not clause.marker


def _around(clause: Clause) -> Reality:
    """What the clauses of saying and denying around an embedded one make of it."""
    for here in (clause, *clause.above()):
        if here.kind in ("that", "infinitive"):
            governed = _governed(here)
            if governed != "real":
                return governed
        if here.kind == "adverbial" and here.marker in _CONDITIONAL:
            return "conditional"
    return "real"


def _own(clause: Clause) -> Reality:
    verb = clause.verb
    if clause.inverted and not (clause.adverbs & _FRONTED or until_date(clause)):
        return "conditional"
    if clause.question:
        return "unreal"
    if clause.kind == "adverbial" and clause.marker in _CONDITIONAL:
        return "conditional"
    if clause.kind == "adverbial" and clause.marker in ("before", "until", "till") and verb is not None and verb.modal:
        return "unreal"
    if _negated(clause):
        return "negated"
    forced = verb is not None and verb.modal == "to" and verb.auxiliary == "had"  # "had to yield", not "by May"
    if forced and not any(a.preposition in ("by", "before") for a in clause.dates()):
        return "real"
    if verb is not None and (verb.modal in _POSSIBLE or verb.modal in _FUTURE or verb.modal.endswith(("n't", "n’t"))):
        return "unreal"
    adverbs = clause.adverbs | (verb.adverbs if verb is not None else frozenset())
    if (adverbs & listed("almost", "reality") or adverbs >= {"all", "but"}) and not clause.inverted:
        return "negated"
    return "real"


_FRONTED = frozenset(("only", "hardly", "scarcely", "barely", "sooner", "no sooner"))  # "only in May did Ard fall"


def _negated(clause: Clause) -> bool:
    verb = clause.verb
    if until_date(clause) is not None:
        return False
    if verb is not None and verb.negated and "only" not in clause.adverbs | verb.adverbs:
        return True
    if clause.adverbs & {"never", "not", "no longer"} and verb is not None and not ({"only"} & clause.adverbs):
        return clause.kind != "participle" or "not" in clause.adverbs
    if clause.marker in ("without", "instead of", "rather than"):
        return True
    if clause.object is not None and clause.object.head.determiner == "no" and clause.object.head.word != "doubt":
        return True
    if any(
        phrase.head.determiner == "no" or phrase.head.word in _NOBODY for phrase in clause.prepositional("by", "to")
    ):
        return True
    led = (a.phrase.head for a in clause.adjuncts if a.phrase is not None)
    if any(head.determiner == "no" and head.word in _OCCASIONS for head in led):
        return True  # "at no time has Ard been occupied"
    holder = clause.subject or (clause.antecedent if clause.kind == "participle" else None)
    subject = holder.members[0].noun if holder is not None else None  # "neither A nor B fell"
    return subject is not None and (subject.determiner in ("no", "neither") or subject.word in _NOBODY)


_OCCASIONS = frozenset(
    "time times point stage moment occasion case circumstance circumstances way account place".split()
)
_NOBODY = frozenset(("nobody", "none", "nothing", "neither"))


def _governed(clause: Clause) -> Reality:
    """What the word that governs a clause says of it."""
    governor = clause.governor
    if clause.kind == "that" and clause.marker == "whether":
        return "unreal"
    if clause.kind == "that" and isinstance(governor, Verb):
        return _said(governor, clause)
    if clause.kind == "that" and isinstance(governor, Noun):
        return _content(governor, clause)
    if clause.kind == "infinitive":
        return _infinitive(clause)
    if clause.kind == "participle" and clause.marker:
        return _marked(clause)
    if clause.kind == "participle" and clause.parent is not None and clause.parent.verb is not None:
        above = clause.parent.verb
        wished = above.word in listed("unreal", "reality") and clause.antecedent is clause.parent.object
        talked = clause.verb is not None and clause.verb.form == "ing" and clause.first == above.last
        talked = talked and not (above.word in listed("implicative", "reality") or above.word in _ADMITTED)
        if wished or talked:
            return "unreal"  # "ordered Kupiansk taken", "discussed annexing Kupiansk"
        heard = above.passive and above.word in _HEARSAY and clause.first == above.last
        return "unconfirmed" if heard else "real"  # "was reported lost"
    return "real"


_HEARSAY = frozenset("report say believe think allege claim presume suppose fear consider".split())


def _marked(clause: Clause) -> Reality:
    """``from taking``, ``for taking``, ``of taking``: kept from it, or accused of it."""
    verb = clause.parent.verb if clause.parent is not None else None
    if clause.marker in ("without", "instead of", "rather than", "before"):
        return "negated" if clause.marker != "before" else "real"
    if clause.marker == "in" and verb is not None and verb.word in listed("unreal", "reality"):
        return "unreal"  # "failed in taking"
    if clause.parent is not None and any(phrase.head.word in ("close", "near") for phrase in clause.parent.objects):
        return "unreal"  # "came close to taking"
    if clause.marker in ("from", "about", "for", "of", "at", "on", "to") and verb is not None:
        return "unreal" if verb.word not in listed("implicative", "reality") else "real"
    if clause.parent is not None and clause.marker in ("by", "after", "with", "in"):
        return _own(clause.parent)
    return "real"


def _said(governor: Verb, clause: Clause) -> Reality:
    holder = clause.parent
    negated = governor.negated or (holder is not None and _negated(holder))
    if governor.word in _FACTIVE and not (governor.negated or (negated and governor.word in _PROVING)):
        return "real"  # "it should be noted that"
    if governor.word in listed("rumoured", "reality"):
        return "unconfirmed"
    denied = governor.word in listed("denied", "reality")
    if holder is not None and holder.subject is not None and holder.subject.head.words & listed("untrue", "reality"):
        return "unconfirmed"
    if denied:
        return "real" if negated and governor.word in _TWICE else "negated"
    if governor.lone or governor.word in ("be", "seem", "appear"):
        return _predicated(clause, holder)
    if governor.word in listed("saying", "reality"):
        if negated or governor.modal in _POSSIBLE:
            return "unconfirmed"
        return "reported"
    if governor.word in listed("unreal", "reality"):
        return "unreal"
    return "negated" if negated else "real"


_PROMISED = frozenset("agree announce begin start discuss negotiate order promise propose sign".split())


def reality_of_noun(clause: Clause, noun: Noun) -> Reality:
    """Whether what a noun tells (``the capture of Ard``) happened, by its article, its verb and what governs it.

    ``announced its withdrawal`` is a promise where a withdrawal, and news where a capture is announced.
    """
    if noun.determiner in ("no", "any", "every") or noun.words & _UNREAL_NOUN:
        return "unreal"
    if clause.verb is None:
        return (
            "unreal" if clause.kind == "main" and clause.subject is not None and clause.subject.head is noun else "real"
        )
    around = reality(clause)
    if around not in ("real", "reported"):
        return around
    objects = {id(n) for phrase in clause.objects for n in phrase.nouns()}
    verb = clause.verb.word
    if id(noun) in objects or (clause.verb.passive and clause.subject is not None and noun in clause.subject.nouns()):
        if verb in listed("denied", "reality"):
            return "negated"
        if verb in _PROMISED and noun.word in _LEAVING:
            return "unreal"
        if verb in listed("unreal", "reality") or (verb in _PROMISED - {"announce"} and noun.word not in _SIGNED):
            return "unreal"
    for adjunct in clause.adjuncts:
        if adjunct.phrase is not None and noun in adjunct.phrase.nouns():
            spoken_of = adjunct.preposition == "of" and verb in _SPEAKS_OF
            if spoken_of or adjunct.preposition in _TOWARDS:
                return "unreal"
    return around


_UNREAL_NOUN = frozenset(
    "possible planned feared future attempted demanded alleged supposed imminent eventual failed".split()
)
_LEAVING = frozenset("withdrawal pullout evacuation retreat handover return cession".split())
_SIGNED = frozenset(("surrender", "capitulation"))
_TOWARDS = frozenset(
    ("for", "towards", "toward", "about", "against", "without", "despite", "until", "till", "to", "on")
)
_SPEAKS_OF = frozenset("write speak talk dream think hear tell know complain warn boast".split())
_ADMITTED = frozenset("admit acknowledge boast confess report recall remember finish complete end stop be".split())
_PROVING = frozenset("show find confirm prove reveal".split())  # "nobody has shown that"
_FACTIVE = frozenset("know show learn find see note point remember recall confirm prove reveal".split())


def _predicated(clause: Clause, holder: Clause | None) -> Reality:
    """``It is not true that ...``, ``is unconfirmed``, ``there is no evidence that``."""
    words: set[str] = set()
    negated = False
    if holder is not None:
        negated = _negated(holder)
        for phrase in (*holder.objects, *((holder.subject,) if holder.subject else ())):
            words |= phrase.head.words
        words |= holder.adverbs
    untrue = bool(words & listed("untrue", "reality"))
    if "true" in words or "case" in words or "fact" in words:
        return "negated" if negated else "real"
    if "far" in words:
        return "unreal"  # "it is far from certain that"
    if words & {"possible", "likely", "unlikely", "impossible", "unclear", "doubtful"}:
        return "unreal"
    return "negated" if untrue or negated else "real"


def _content(governor: Noun, clause: Clause) -> Reality:
    """``claims that A fell``: a report; ``no evidence that``, ``reports that ... are unconfirmed``: less."""
    holder = clause.parent
    if governor.determiner in ("no", "any", "little", "without"):
        return "negated"
    if governor.word in listed("unvouched"):
        return "unconfirmed"
    if holder is not None and holder.verb is not None and holder.verb.word in listed("denied", "reality"):
        return "negated"
    if governor.word not in listed("content"):
        return "unconfirmed"
    return "unconfirmed" if holder is not None and _undone(holder) else "reported"


_FOREMOST = frozenset(("first", "last", "next", "only"))


def _undone(holder: Clause) -> bool:
    verb = holder.verb
    if verb is None:
        return False
    predicate = set().union(*(p.head.words for p in holder.objects)) if holder.objects else set()
    return verb.word in listed("denied", "reality") or _negated(holder) or bool(predicate & listed("untrue", "reality"))


def _for_a_purpose(clause: Clause, verb: Verb) -> bool:
    """``The operation began on 20 January to clear Ard``: the infinitive does not stand at the verb."""
    return verb.word in _BEGINS and clause.first - verb.last > 1


_BEGINS = frozenset("begin start continue come go proceed return use serve".split())


def _infinitive(clause: Clause) -> Reality:
    governor, holder = clause.governor, clause.parent
    if clause.marker == "only to":
        return "real"  # "took it, only to lose it again"
    verb = holder.verb if holder is not None else None
    if verb is None or holder is None:
        return "unreal"
    if isinstance(governor, Noun) and verb.word not in listed("coercing", "reality"):
        foremost = not governor.words.isdisjoint(_FOREMOST) and verb.word == "be"
        return _own(holder) if foremost else "unreal"  # "the first town to fall was", "plans to free"
    about = [*holder.objects, *([holder.subject] if holder.subject is not None else [])]
    words = set().union(holder.adverbs, *(phrase.head.words for phrase in about))
    if verb.lone and verb.word in ("be", "have", "do"):
        return "real" if words & (_FOREMOST | {"able"}) and not _negated(holder) else "unreal"
    if verb.word in listed("coercing", "reality") or (
        verb.word in listed("implicative", "reality") and not verb.passive and not _for_a_purpose(clause, verb)
    ):
        return "negated" if _negated(holder) else "real"
    if verb.word in ("say", "report", "know", "believe", "allege", "think", "see") and verb.passive:
        return "reported"  # "is said to have taken"
    return "unreal"
