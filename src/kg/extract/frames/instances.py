"""Instances of the frames in a clause.

An instance names its arguments by syntax alone (who is subject, object, after which preposition); whether they are
places, forces or dates is asked by who makes claims of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.clauses.chunks import Noun, Verb
from kg.extract.clauses.clause import Adjunct, Clause
from kg.extract.clauses.phrases import Member, Phrase
from kg.extract.frames.arguments import agent_of, is_passive, patient_of, subject_of
from kg.extract.frames.beings import beings, is_force
from kg.extract.frames.table import Frame, by_verb, is_plain, of_noun
from kg.extract.lexicon import listed
from kg.extract.lexicon import word as readings
from kg.extract.words import DIRECTIONS, PLACE_TYPES


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


Told = Sequence[tuple[Clause, Sequence[Instance]]]
"""The clauses of a sentence, each with what its frames find in it."""


def instances(clause: Clause) -> Iterator[Instance]:
    """What a clause tells, by its verb and by the nouns in it; whether it happened is not asked here."""
    verb = clause.verb
    if verb is not None:
        for frame in by_verb().get(verb.word, ()):
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
    if (frame.particle and frame.particle.isdisjoint(around)) or not frame.unless.isdisjoint(around):
        return None
    asked = _asked_for(frame, clause)
    if len(asked) < bool(frame.object) + bool(frame.subject) + bool(frame.with_nouns):
        return None
    if not _is_said(frame, clause, verb):
        return None
    holder = asked[0] if asked else None
    themes = _themes(frame, clause, holder)
    if themes is None:
        return None
    actor = next((found for role in frame.actor if (found := _role(clause, role, holder)) is not None), None)
    loser = _loser(frame, clause)
    unknown = "actor" in frame.needs and actor is None
    lost = is_expelled(clause, actor, loser) or _may_lose(loser, elided=frame.source == "subject")
    if unknown or (frame.source and not lost):
        return None
    return Instance(frame, clause, verb.main, _last(clause, verb, frame), themes, actor, None, loser)


def _is_said(frame: Frame, clause: Clause, verb: Verb) -> bool:
    """Whether the verb stands as the frame wants it: its voice, with an object or without."""
    passive, patient = is_passive(clause), patient_of(clause)
    if passive and _moves(frame):
        return False  # "were driven out of Ard"
    if clause.objects and (_moves(frame) or (frame.same and frame.theme[0] == "subject" and not frame.object)):
        return False
    if ("told" in frame.needs and (clause.objects or passive)) or (
        "passive" in frame.needs and not (passive and agent_of(clause) is None)
    ):
        return False
    subject = subject_of(clause)
    if frame.theme == ("subject",) and "town" in frame.needs and subject is not None:
        if subject.head.word == "they" or (is_force(subject) and not subject.head.name):
            return False  # "they were gone", and no town was
    if "of" in frame.unless and patient is not None and (of := patient.members[-1].of) is not None:
        if patient.members[-1].noun.name or (patient.head.word in frame.object and not is_force(of)):
            return False  # "cleared Ard of mines", "was free of snow"
    if "whole" in frame.needs and patient is not None and patient.head.quantity is not None:
        return False  # "left 36 percent of the island"
    if "alone" in frame.needs and clause.objects and clause.objects[0].first == verb.last:
        return False  # "fell silent"
    if frame.objects and (patient is None or not is_of(patient, frame.objects)):
        return False
    return not any(_turns(adjunct, patient) for adjunct in clause.adjuncts if adjunct.preposition in frame.unless)


def _asked_for(frame: Frame, clause: Clause) -> list[Phrase]:
    """The phrases that have the words which the frame asks for: after a preposition, as object, as subject."""
    asked: list[Phrase] = []
    if frame.with_nouns:
        led = clause.prepositional(*frame.with_prepositions)
        forces = "force" in frame.with_nouns
        asked += [p for p in led if p.head.word in frame.with_nouns or (forces and is_force(p))][:1]
    patient = patient_of(clause) if frame.object else None
    if patient is not None:  # of several objects any: "made themselves masters of"
        asked += [phrase for phrase in (patient, *clause.objects[1:]) if _is_one(phrase.head, frame.object)][:1]
    subject = subject_of(clause) if frame.subject else None
    if subject is not None and _is_one(subject.head, frame.subject):
        asked.append(subject)
    return asked


def _themes(frame: Frame, clause: Clause, holder: Phrase | None) -> tuple[Phrase, ...] | None:
    """What may fill the role of the theme; empty where it is left out, None where the frame forbids that."""
    whole = frame.theme if patient_of(clause) is None or "object" not in frame.theme else None
    roles = whole or frame.theme[: frame.theme.index("object") + 1]  # where there is an object, it is no other
    filled = (_role(clause, role, holder) for role in roles)
    themes = tuple({id(phrase): phrase for phrase in filled if phrase is not None}.values())
    holders = next((p for p in (subject_of(clause), clause.object) if p and p.head.word in listed("holders")), None)
    if "held" in frame.theme and holders is not None:
        themes = (held,) if (held := _held(clause, holders)) is not None else ()
    if frame.kind:
        known = _of_kind(frame.kind, themes, clause)
        refers = frame.elides and (is_passive(clause) or themes) and all(_refers(theme) for theme in themes)
        return known if known or refers else None
    return themes if themes or _may_elide(frame, clause) else None


def _is_one(noun: Noun, words: frozenset[str]) -> bool:
    """Whether a noun is one of a frame's words; ``white+flag`` asks for another word in it, ``demonym`` for a
    name, ``whose`` for a possessive alone."""
    if "demonym" in words and noun.name is not None and noun.name.kind == "demonym" and not noun.determiner:
        return True
    if "whose" in words and "'s" in noun.words:
        return True  # "the town was Sheridan's"
    return noun.word in words or any(f"{low}+{noun.word}" in words for low in noun.words)


def is_expelled(clause: Clause, actor: Phrase | None, loser: Phrase | None) -> bool:
    """``The Courts were driven out of Ard by troops``: whether who is driven out is one name of many."""
    verb = clause.verb
    if loser is None or actor is None or verb is None or verb.auxiliary != "were" or len(loser.members) > 1:
        return False
    return beings(loser) == {"named"} and is_force(actor)


def _may_lose(loser: Phrase | None, *, elided: bool) -> bool:
    """Whether a place may have been lost by a phrase, or by somebody who is left out: ``was lost``."""
    if loser is None:
        return elided
    return is_force(loser) or loser.head.word == "them" or (elided and beings(loser) != {"other"})


def _loser(frame: Frame, clause: Clause) -> Phrase | None:
    """Who is driven out: the object, or what follows the frame's preposition (``cleared Ard of rebels``)."""
    if frame.source == "subject":
        return agent_of(clause)
    if frame.source != "of":
        return patient_of(clause) if frame.source else None
    patient = patient_of(clause)
    within = patient.members[-1].of if patient is not None else None
    return within or next(clause.prepositional("of"), None)


def _of_kind(kind: str, themes: Sequence[Phrase], clause: Clause) -> tuple[Phrase, ...]:
    """The themes that are of a kind, also within others (``the signing of a truce``), or what a participle follows."""
    inner = (member.of for theme in themes for member in theme.members if member.of is not None)
    known = tuple(theme for theme in (*themes, *inner) if is_of(theme, kind))
    above = clause.parent.subject if clause.kind == "participle" and clause.parent is not None else None
    if not known and above is not None and is_of(above, kind):
        return (above,)  # "the truce between the elders, reached on 11 January"
    return known


def _held(clause: Clause, holders: Phrase) -> Phrase | None:
    """``The garrison of Ard``, ``the defenders in Ard``, ``Ard's garrison``: what they hold."""
    known = (member for member in reversed(holders.members) if member.noun.word in listed("holders"))
    return next(known, holders.members[-1]).of or next(clause.prepositional("in", "at"), None) or _owner(holders.head)


def _turns(adjunct: Adjunct, patient: Phrase | None) -> bool:
    """Whether what a preposition leads to turns the verb: ``fell by 4 percent``, ``took Ard to the final``.

    Not ``fell by noon``, nor ``took Ard to the west of Besk``.
    """
    head = adjunct.phrase.head if adjunct.phrase is not None else None
    if adjunct.preposition == "by":
        return head is not None and head.quantity is not None
    if adjunct.preposition == "at":  # "back at the table", not "back at Ard", nor "at dawn"
        return head is not None and not (head.names or head.time or head.word in PLACE_TYPES)
    if adjunct.preposition in ("from", "of"):  # "freed from debt", not "from occupation"
        held = head is None or head.names or head.word in listed("yoke")
        return adjunct.phrase is not None and not (held or is_force(adjunct.phrase))
    if adjunct.preposition == "to":
        after = patient is not None and adjunct.first == patient.last
        return after and head is not None and head.name is None and head.word not in DIRECTIONS
    return True


def _may_elide(frame: Frame, clause: Clause) -> bool:
    """Whether a clause may leave its theme out: ``withdrew``, ``was retaken``, ``took control``."""
    if "stays" in frame.needs or (frame.theme == ("into",) and frame.particle):
        return not clause.objects
    if frame.theme == ("out of",) and frame.particle and "force" in frame.needs:
        holds = clause.subject is not None and clause.subject.head.word in listed(
            "holders"
        )  # "the garrison marched out"
        return holds or _came_in(clause.shares)
    if clause.marker == "what":
        return True  # "what the rebels took was Ard"
    if "told" in frame.needs:
        return clause.object is None and "home" not in clause.adverbs and not any(clause.prepositional("from", "to"))
    if _moves(frame) or "said" in frame.needs:
        return False  # "marched", "came": nobody says out of what
    if frame.theme[0] in ("from", "out of"):
        patient = None if is_passive(clause) else clause.object
        named = patient is not None and patient.head.word in listed("force") and patient.head.determiner != ""
        return patient is None or named or (bool(frame.source) and patient.head.word == "them")
    if frame.word == "withdrawal" and clause.object is None:
        return True  # "and left in 1945"
    if frame.theme[0] == "held":
        return is_passive(clause) or any(
            p and p.head.word in listed("holders") for p in (clause.subject, clause.object)
        )
    return (is_passive(clause) or frame.theme[0] == "subject" or bool(frame.object)) and not frame.with_nouns


def _came_in(before: Clause | None) -> bool:
    """``The rebels entered Ard on 3 May and marched out on the 9th``: whether the clause before tells of a capture."""
    verb = before.verb if before is not None else None
    if before is None or verb is None or verb.negated:
        return False
    head = before.object.head if before.object is not None else None
    placed = head is None or head.names or head.pronoun or head.word in PLACE_TYPES  # not "took bread"
    return bool(placed) and any(frame.word == "capture" for frame in by_verb().get(verb.word, ()))


def _moves(frame: Frame) -> bool:
    """Whether a verb of the frame only says how somebody moves, so that its theme is where to or from."""
    plain = not (frame.object or frame.particle or frame.drives)
    return plain and "force" in frame.needs and frame.theme[0] in ("out of", "into")


def _role(clause: Clause, role: str, holder: Phrase | None) -> Phrase | None:
    if role == "object":
        return patient_of(clause)
    if role == "subject":
        return agent_of(clause)
    if role == "of":
        inner = holder.members[-1].of if holder is not None else None
        named = holder if holder is not None and _held_by(holder.head) else None  # "in Israeli hands"
        owner = _owner(holder.head) if holder is not None else None
        return inner or next(clause.prepositional("of"), None) or owner or named
    return next(clause.prepositional(role), None)


def _held_by(noun: Noun) -> bool:
    """``Israeli hands``, ``the rebel flag``: whether a noun says whose it is."""
    return bool(noun.names) or not noun.words.isdisjoint(listed("force"))


def _last(clause: Clause, verb: Verb, frame: Frame) -> int:
    """One past the verb, or past the object of "took control"."""
    if frame.object and clause.object is not None and clause.object.first == verb.last:
        return clause.object.head.last
    return verb.main + 1


# --- nouns -----------------------------------------------------------------------------------------------


def _nominal(clause: Clause) -> Iterator[Instance]:
    """``the seizure of Ard by X``: every noun phrase of the clause that is headed by a noun of the table."""
    for phrase in phrases_in(clause):
        for member in phrase.members:
            noun = member.noun
            frame = of_noun(noun.word) if noun.name is None else None
            if frame is None:
                continue
            themes = _themes_of_noun(frame, clause, member)
            plural = noun.word not in frame.nouns
            if plural and not any(len(theme.members) > 1 for theme in themes):
                continue  # "losses of Ard"
            own = noun.determiner in ("its", "their") and frame.word not in ("withdrawal", "handover")
            if themes or own:
                actor = _after(clause, member, "by")
                if actor is None and frame.theme[0] in ("from", "into") and member.of is not None:
                    actor = member.of
                yield Instance(frame, clause, noun.head, noun.head + 1, themes, actor, member)


def _themes_of_noun(frame: Frame, clause: Clause, member: Member) -> tuple[Phrase, ...]:
    """``the fall of Ard``, ``Ard's fall``, ``the withdrawal of the army from Ard``, ``the entry into Ard``."""
    of = member.of
    moves = frame.theme[0] in ("from", "into")
    led = _after(clause, member, "into" if frame.theme[0] == "into" else "from")
    if led is not None and (of is None or (moves and is_force(of))):
        return (led,)
    if of is not None:
        return () if frame.theme[0] == "into" else (of,)
    owner = None if moves else _owner(member.noun)
    return (owner,) if owner is not None else ()


def _owner(noun: Noun) -> Phrase | None:
    """``Ard's fall``: the phrase that a possessive alone is."""
    one = noun.owner
    if one is None:
        return None
    owner = Noun("noun", one.first, one.last, one.text.lower(), one.last - 1, (one,), one, OWNING)
    return Phrase((Member(owner, one.last),))


OWNING = "'s"
"""The determiner of a phrase that is a possessive alone."""


def _attributive(clause: Clause) -> Iterator[Instance]:
    """``The liberated villages are A, B and C``, ``Among the lost towns are A and B``: a participle before the noun."""
    verb, named = clause.verb, clause.object
    subject = clause.subject or next(clause.prepositional("among"), None)
    says = verb is not None and not verb.negated and (verb.word == "include" or (verb.lone and verb.word == "be"))
    if subject is None or named is None or not says:
        return
    for low in sorted(subject.head.words):
        known = readings(low)
        if known.form in ("participle", "past or participle") and (listed_ := by_verb().get(known.lemma)):
            plain = [frame for frame in listed_ if is_plain(frame) and frame.theme[0] == "object"]
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
