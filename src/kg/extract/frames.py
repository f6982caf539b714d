"""Which clause or noun tells of what: the table ``frames.toml``, and its instances in a clause.

An instance names its arguments by syntax alone (who is subject, object, after which preposition); whether they are
places, forces or dates is asked by who makes claims of it.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from kg.domain import ControlWord, Family
from kg.extract.clauses.chunks import Verb
from kg.extract.clauses.phrases import Member, Phrase
from kg.extract.clauses.tree import Adjunct, Clause
from kg.extract.lexicon import listed
from kg.extract.lexicon import word as readings
from kg.extract.words import DIRECTIONS


@dataclass(frozen=True, slots=True)
class Frame:
    """One entry of the table; what each field means stands at its head."""

    family: Family
    word: ControlWord | None
    verbs: frozenset[str]
    nouns: frozenset[str]
    theme: tuple[str, ...]
    actor: tuple[str, ...]
    object: frozenset[str]
    subject: frozenset[str]
    particle: frozenset[str]
    with_prepositions: frozenset[str]
    with_nouns: frozenset[str]
    needs: frozenset[str]
    source: str
    kind: str
    objects: str
    begins: bool
    effective: bool
    elides: bool
    unless: frozenset[str]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instance:
    """A frame in a clause: the tokens that tell it, and the phrases that fill its roles.

    ``themes`` are what may change hands, the likeliest first; none where the text leaves it out (``withdrew on
    3 May``): then it is what was spoken of. ``event`` is the noun phrase of a frame that a noun tells.
    """

    frame: Frame
    clause: Clause
    first: int
    last: int
    themes: tuple[Phrase, ...]
    actor: Phrase | None
    event: Member | None = None
    loser: Phrase | None = None


@cache
def frames() -> tuple[Frame, ...]:
    """The table, in its order."""
    data = tomllib.loads(files("kg.extract").joinpath("frames.toml").read_text("utf-8"))
    return tuple(_frame(entry) for entry in data["frame"])


def _frame(entry: dict[str, Any]) -> Frame:
    prepositions, _, nouns = entry.get("with", "").partition(":")
    return Frame(
        entry["family"],
        entry.get("word"),
        frozenset(entry.get("verbs", "").split()),
        frozenset(entry.get("nouns", "").split()),
        tuple(part.replace("+", " ") for part in entry.get("theme", "").split()),
        tuple(entry.get("actor", "").split()),
        frozenset(entry.get("object", "").split()),
        frozenset(entry.get("subject", "").split()),
        frozenset(entry.get("particle", "").split()),
        frozenset(prepositions.split()),
        frozenset(nouns.split()),
        frozenset(entry.get("needs", "").split()),
        entry.get("source", ""),
        entry.get("kind", ""),
        entry.get("objects", ""),
        entry.get("begins", False),
        entry.get("effective", False),
        entry.get("elides", False),
        frozenset(entry.get("unless", "").split()),
        tuple(entry.get("examples", ())),
    )


@cache
def _by_verb() -> dict[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = defaultdict(list)
    for frame in frames():
        for lemma in frame.verbs:
            found[lemma].append(frame)
    return {
        lemma: tuple(sorted(several, key=lambda frame: (not frame.kind, _plain(frame))))
        for lemma, several in found.items()
    }


@cache
def _by_noun() -> dict[str, Frame]:
    return {noun: frame for frame in reversed(frames()) for noun in frame.nouns}


@lru_cache(maxsize=1 << 12)
def tells(low: str) -> bool:
    """Whether a word may tell of something: asked of each word before a sentence is read as clauses.

    >>> tells("recaptured"), tells("fall"), tells("village")
    (True, True, False)
    """
    lemma = readings(low).lemma
    if low in listed("ceasefire"):
        return True
    return low in _by_noun() or (lemma in _by_verb() and lemma not in _LIGHT)


_LIGHT = frozenset(("be", "have"))  # these tell nothing alone: "control" beside them does
_KEYS = frozenset(
    "control possession master masters hands charge followed follows so ours theirs back gone out".split()
)


def worth_reading(lows: frozenset[str]) -> bool:
    """Whether a sentence with these words may have an instance of a frame: the verb, and what stands beside it."""
    if not lows.isdisjoint(_KEYS):
        return True
    return any(not lows.isdisjoint(_beside_it(low)) for low in filter(tells, lows))


@lru_cache(maxsize=1 << 12)
def _beside_it(low: str) -> frozenset[str]:
    """The words of which one must stand in a sentence with this one; itself, where it tells something alone."""
    if low in _by_noun() or low in listed("ceasefire"):
        return frozenset((low,))
    found: set[str] = set()
    for frame in _by_verb().get(readings(low).lemma, ()):
        partners = frame.object | frame.with_nouns | frame.particle | frame.subject
        if frame.kind and not frame.elides:
            partners |= listed(frame.kind)
        found |= partners or {low}
    return frozenset(found)


Told = Sequence[tuple[Clause, Sequence[Instance]]]
"""The clauses of a sentence, each with what its frames find in it."""


def instances(clause: Clause) -> Iterator[Instance]:
    """What a clause tells, by its verb and by the nouns in it; whether it happened is not asked here."""
    verb = clause.verb
    if verb is not None:
        for frame in _by_verb().get(verb.word, ()):
            if (found := _fits(frame, clause, verb)) is not None:
                yield found
                yield from _more(found)
                break
    yield from _nominal(clause)
    yield from _attributive(clause)


def _more(instance: Instance) -> Iterator[Instance]:
    """``withdrew from A on 3 May and from B on 9 May``: a theme for each time the preposition comes again."""
    for role in instance.frame.theme:
        if role not in ("object", "subject", "of"):
            again = list(instance.clause.prepositional(role))
            yield from (
                replace(instance, themes=(phrase,))
                for phrase in again[1:]
                if any(again[0] is t for t in instance.themes)
            )


def noun_word(low: str) -> ControlWord | None:
    """The change of control that a noun names: ``withdrawal``, ``seizure``."""
    frame = _by_noun().get(low)
    return frame.word if frame is not None else None


def stated(lows: Sequence[str], index: int) -> tuple[ControlWord, int] | None:
    """What a word alone, with no clause around it, calls a change of control, and how many words it is.

    For headings, headers and the cells of rows: a noun, or a form that states what happened to the row's place.

    >>> stated(["retaken", "on"], 0), stated(["handed", "back"], 0), stated(["area"], 0)
    (('recapture', 1), ('handover', 2), None)
    """
    low = lows[index]
    nouns = _by_noun()
    frame = nouns.get(low) or nouns.get(low.removesuffix("s")) or nouns.get(low.removesuffix("es"))
    if frame is not None and frame.word is not None:
        return frame.word, 1
    known = readings(low)
    if known.form not in ("past", "participle", "past or participle", "present"):
        return None
    around = set(lows[index + 1 : index + 3])
    for frame in _by_verb().get(known.lemma, ()):
        if frame.word is not None and frame.particle & around and not frame.source:
            return frame.word, 2 if lows[index + 1] in frame.particle else 1
        if "since" in frame.needs and lows[index + 1 : index + 2] == ["since"]:
            return frame.word or "capture", 1  # "Held since"
        if frame.word is not None and _alone(frame) and (known.form != "present" or frame.theme[0] == "subject"):
            return frame.word, 1
    return None


def _plain(frame: Frame) -> bool:
    asks = frame.object or frame.particle or frame.with_nouns or frame.subject or frame.kind
    return not (asks or "force" in frame.needs)


def _alone(frame: Frame) -> bool:
    """Whether a verb of the frame says it without arguments: ``left``, ``lost``; not ``held``, ``entered``."""
    bare = not (frame.object or frame.particle or frame.with_nouns or frame.subject or frame.source or frame.kind)
    return bare and (frame.word == "withdrawal" or not frame.needs & {"force", "told", "actor"})


# --- verbs -----------------------------------------------------------------------------------------------


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
    """Who does it: the subject, or ``by`` in the passive."""
    return next(clause.prepositional("by"), None) if is_passive(clause) else subject_of(clause)


_REFERRING = frozenset(("it", "they", "this", "another", "one", "first", "second", "third", "last", "both"))


def _refers(phrase: Phrase) -> bool:
    """Whether a phrase may stand for what was named before: ``it``, ``another``, ``the first``."""
    of = phrase.members[0].of
    whole = of.head if of is not None and phrase.head.word in listed("part") else phrase.head  # "the first part of it"
    return whole.word in _REFERRING and len(phrase.members) == 1


def is_of(phrase: Phrase, kind: str) -> bool:
    """Whether a phrase is of a class of nouns: ``a ceasefire``, ``the ceasefire agreement``."""
    nouns = listed(kind)
    return any(
        noun.word in nouns
        or (noun.word in listed("agreement") and noun.words & nouns)
        or (noun.name is not None and kind == "adopted" and bool(noun.words & nouns))
        for noun in phrase.nouns()
    )


def _fits(frame: Frame, clause: Clause, verb: Verb) -> Instance | None:
    around = verb.adverbs | clause.adverbs
    if frame.particle and not frame.particle & around:
        return None
    if frame.unless & around:
        return None
    if ("told" in frame.needs and (clause.objects or is_passive(clause))) or (clause.objects and _moves(frame)):
        return None
    patient = patient_of(clause)
    if any(_turns(adjunct, patient) for adjunct in clause.adjuncts if adjunct.preposition in frame.unless):
        return None
    if frame.object and (patient is None or patient.head.word not in frame.object):
        return None
    subject = subject_of(clause)
    if frame.subject and (subject is None or subject.head.word not in frame.subject):
        return None
    beside = _beside(frame, clause)
    if frame.with_nouns and beside is None:
        return None
    holder = beside or (patient if frame.object else subject if frame.subject else None)
    filled = (_role(clause, role, holder) for role in frame.theme)
    themes = tuple({id(phrase): phrase for phrase in filled if phrase is not None}.values())
    if "held" in frame.theme and subject is not None and subject.head.word in listed("holders"):
        themes = (held,) if (held := _held(clause, subject)) is not None else ()
    if frame.objects and (patient is None or not is_of(patient, frame.objects)):
        return None
    if frame.kind:
        known = _of_kind(frame.kind, themes, clause)
        if not known and not (frame.elides and (is_passive(clause) or themes) and all(_refers(t) for t in themes)):
            return None
        themes = known
    elif not themes and not _may_elide(frame, clause):
        return None
    actor = next((found for role in frame.actor if (found := _role(clause, role, holder)) is not None), None)
    if "actor" in frame.needs and actor is None:
        return None
    loser = patient if frame.source else None
    return Instance(frame, clause, verb.main, _last(clause, verb, frame), themes, actor, None, loser)


def _of_kind(kind: str, themes: Sequence[Phrase], clause: Clause) -> tuple[Phrase, ...]:
    """The themes that are of a kind, also within others (``the signing of a truce``), or what a participle follows."""
    inner = (member.of for theme in themes for member in theme.members if member.of is not None)
    known = tuple(theme for theme in (*themes, *inner) if is_of(theme, kind))
    above = clause.parent.subject if clause.kind == "participle" and clause.parent is not None else None
    if not known and above is not None and is_of(above, kind):
        return (above,)  # "the truce between the elders, reached on 11 January"
    return known


def _held(clause: Clause, holders: Phrase) -> Phrase | None:
    """``The garrison of Ard``, ``the defenders in Ard``: what they hold."""
    return holders.members[-1].of or next(clause.prepositional("in", "at"), None)


def _turns(adjunct: Adjunct, patient: Phrase | None) -> bool:
    """Whether what a preposition leads to turns the verb: ``fell by 4 percent``, ``took Ard to the final``.

    Not ``fell by noon``, nor ``took Ard to the west of Besk``.
    """
    head = adjunct.phrase.head if adjunct.phrase is not None else None
    if adjunct.preposition == "by":
        return head is not None and head.quantity is not None
    if adjunct.preposition == "to":
        after = patient is not None and adjunct.first == patient.last
        return after and head is not None and head.name is None and head.word not in DIRECTIONS
    return True


def _beside(frame: Frame, clause: Clause) -> Phrase | None:
    """The phrase ``under its control`` that the frame asks for."""
    for phrase in clause.prepositional(*frame.with_prepositions):
        if phrase.head.word in frame.with_nouns:
            return phrase
    return None


def _may_elide(frame: Frame, clause: Clause) -> bool:
    """Whether a clause may leave its theme out: ``withdrew``, ``was retaken``, ``took control``."""
    if "told" in frame.needs:
        return clause.object is None and "home" not in clause.adverbs and not any(clause.prepositional("from", "to"))
    if _moves(frame):
        return False  # "marched", "came": nobody says out of what
    if frame.theme[0] in ("from", "out of"):
        patient = None if is_passive(clause) else clause.object
        named = patient is not None and patient.head.word in listed("force") and patient.head.determiner != ""
        return patient is None or named or (bool(frame.source) and patient.head.word == "them")
    if frame.word == "withdrawal" and clause.object is None:
        return True  # "and left in 1945"
    if frame.theme[0] == "held":
        return clause.subject is not None and clause.subject.head.word in listed("holders")
    return (is_passive(clause) or frame.theme[0] == "subject" or bool(frame.object)) and not frame.with_nouns


def _moves(frame: Frame) -> bool:
    """Whether a verb of the frame only says how somebody moves, so that its theme is where to or from."""
    plain = not (frame.object or frame.particle or frame.source)
    return plain and "force" in frame.needs and frame.theme[0] in ("out of", "into")


def _role(clause: Clause, role: str, holder: Phrase | None) -> Phrase | None:
    if role == "object":
        return patient_of(clause)
    if role == "subject":
        return agent_of(clause)
    if role == "of":
        inner = holder.members[-1].of if holder is not None else None
        named = holder if holder is not None and holder.head.names else None  # "in Israeli hands"
        return inner or next(clause.prepositional("of"), None) or named
    return next(clause.prepositional(role), None)


def _last(clause: Clause, verb: Verb, frame: Frame) -> int:
    """One past the verb, or past the object of "took control"."""
    if frame.object and clause.object is not None and clause.object.first == verb.last:
        return clause.object.head.last
    return verb.main + 1


# --- nouns -----------------------------------------------------------------------------------------------


def _nominal(clause: Clause) -> Iterator[Instance]:
    """``the seizure of Ard by X``: every noun phrase of the clause that is headed by a noun of the table."""
    nouns = _by_noun()
    for phrase in phrases_in(clause):
        for member in phrase.members:
            frame = nouns.get(member.noun.word) if member.noun.name is None else None
            if frame is None:
                continue
            theme, noun = member.of or _after(clause, member, "from"), member.noun
            own = noun.determiner in ("its", "their") and frame.word not in ("withdrawal", "handover")
            if theme is not None or own:
                actor = _after(clause, member, "by")
                themes = (theme,) if theme is not None else ()
                yield Instance(frame, clause, noun.head, noun.head + 1, themes, actor, member)


def _attributive(clause: Clause) -> Iterator[Instance]:
    """``The liberated villages are A, B and C``: a participle in the subject, and the names after "is"."""
    verb, subject, named = clause.verb, clause.subject, clause.object
    if verb is None or subject is None or named is None or not (verb.lone and verb.word == "be") or verb.negated:
        return
    for low in sorted(subject.head.words):
        known = readings(low)
        if known.form in ("participle", "past or participle") and (listed_ := _by_verb().get(known.lemma)):
            plain = [frame for frame in listed_ if _plain(frame) and frame.theme[0] == "object"]
            if plain and named.head.name is not None:
                yield Instance(plain[0], clause, subject.head.first, subject.head.last, (named,), None, None)
                return


def phrases_in(clause: Clause) -> Iterator[Phrase]:
    """Every phrase of a clause: its subject, objects, and what follows its prepositions."""
    if clause.subject is not None and (clause.shares is None or clause.subject is not clause.shares.subject):
        yield clause.subject
    yield from clause.objects
    yield from (adjunct.phrase for adjunct in clause.adjuncts if adjunct.phrase is not None)


def _after(clause: Clause, member: Member, preposition: str) -> Phrase | None:
    """The phrase after a preposition that follows a noun directly or soon: ``the capture of Ard by X``."""
    for adjunct in clause.adjuncts:
        if adjunct.preposition == preposition and adjunct.phrase is not None and 0 <= adjunct.first - member.last <= 8:
            return adjunct.phrase
    return None
