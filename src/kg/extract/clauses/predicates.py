"""Verbs -> the predicate of the current clause, of one that it goes on with, or of a reduced clause within it."""

from dataclasses import replace

from kg.extract.clauses.chunks import Chunk, Noun, Verb
from kg.extract.clauses.clause import Clause
from kg.extract.clauses.phrases import Phrase
from kg.extract.clauses.stack import DEEP, Stack
from kg.extract.lexicon import listed

_SAID = frozenset("add ask cry explain note remark reply say think write".split())


def verb(stack: Stack, chunk: Chunk, index: int) -> int:
    assert isinstance(chunk, Verb)
    if chunk.infinitive and stack.current.inverted and stack.current.verb is None:
        _finite(stack, chunk, index)  # "were the army to take Ard"
    elif chunk.infinitive:
        _infinitive(stack, chunk, index)
    elif chunk.form == "ing" and not chunk.auxiliary:
        _participle(stack, chunk, index)
    elif chunk.auxiliary.endswith("ing") and (chunk.auxiliary != "being" or stack.prep is not None):
        _participle(stack, chunk, index)  # "having been captured"
    elif _is_participle(stack, chunk, index):
        _participle(stack, chunk, index)
    else:
        _finite(stack, chunk, index)
    if stack.pending is not None:
        stack.current.adjuncts.append(stack.pending)
        stack.pending = None
    stack.reset()
    return index + 1


def _is_participle(stack: Stack, verb: Verb, index: int) -> bool:
    """``Ard, taken by X``, ``seized on 3 May, Ard ...``: a participle that is not the verb of its subject."""
    if verb.auxiliary or verb.form not in ("participle", "past or participle") or verb.lone:
        return False
    clause = stack.current
    if clause.verb is None and clause.inverted:
        return False
    named = verb.word in listed("naming") and clause.verb is not None and stack.adjacent(index)
    if verb.form == "participle" or named or stack.ahead.agent(index):
        return True
    if stack.joined and clause.kind == "participle" and not isinstance(stack.ahead.after(index), Noun):
        return True
    if clause.verb is not None and not stack.joined:
        waiting = stack.waiting()
        free = waiting is None or waiting.subject is None
        return not isinstance(stack.ahead.after(index), Noun) and (stack.comma or stack.adjacent(index)) and free
    if clause.verb is None and clause.subject is None:
        return clause.kind not in ("relative", "that") and stack.joined == ""
    follows = stack.ahead.after(index)
    if isinstance(follows, Noun) or clause.kind == "relative":
        return False
    if verb.word in listed("intransitive"):
        return stack.ahead.finite_later(index, commas=stack.comma)
    return verb.word in listed("transitive") or stack.ahead.finite_later(index)


def _participle(stack: Stack, verb: Verb, index: int) -> None:
    parent = stack.current
    marker = stack.prep.word if stack.prep is not None else ""
    if verb.form != "ing" and not marker and stack.comma and not stack.adjacent(index):
        before = parent.verb
        if before is not None and parent.kind == "participle" and before.form != "ing":
            clause = stack.coordinate(index)  # "taken by X on 3 May, recovered by Y"
            clause.verb, clause.subject, clause.antecedent = verb, None, parent.antecedent
            return
        named = index > 1 and isinstance(stack.chunks[index - 2], Noun)  # "by resolution 690, adopted on ..."
        if before is not None and before.passive and parent.subject is not None and not named:
            stack.coordinate(index).verb = replace(verb, passive=True)
            return
    if stack.joined and parent.kind == "participle" and parent.verb is not None and not marker:
        clause = stack.coordinate(index)
        clause.subject, clause.antecedent = None, parent.antecedent
    else:
        if stack.depth() >= DEEP:
            return
        clause = stack.open("participle", index, marker=marker, parent=parent)
        clause.beside = stack.comma and parent.verb is not None
        if not marker and not _said_by(stack, parent) and _is_about(stack, verb, index, parent):
            clause.antecedent = _what_is_told(stack, index)
    clause.verb = verb
    stack.current = clause


def _what_is_told(stack: Stack, index: int) -> Phrase | None:
    """``the siege of Ard and the actions taken by X``: of names and a common noun, the noun beside the participle."""
    phrase = stack.phrase_before(index)
    if phrase is None or stack.comma or len(phrase.members) < 2 or phrase.members[-1].noun.names:
        return phrase
    named = any(noun.name is not None for noun in phrase.nouns())
    return Phrase(phrase.members[-1:]) if named and phrase.members[-1].of is None else phrase


def _is_about(stack: Stack, verb: Verb, index: int, parent: Clause) -> bool:
    """Whether a participle is about the phrase before it: not ``went along the river, taking Ard``."""
    if stack.comma:
        return verb.form != "ing" or parent.verb is None or parent.subject is None
    return stack.adjacent(index) or _bracketed(stack, index)


def _said_by(stack: Stack, clause: Clause) -> bool:
    """``..., said Papa, annexed with four pins``: whether the phrase before is who said it."""
    said = clause.verb is not None and clause.verb.word in _SAID and clause.subject is not None and stack.comma
    return said and clause.object is not None and clause.object.head.name is not None


def _bracketed(stack: Stack, index: int) -> bool:
    """``the fort of Ard (returned in May)``"""
    return index > 0 and stack.chunks[index - 1].word in ("(", "[")


def _infinitive(stack: Stack, verb: Verb, index: int) -> None:
    parent = stack.current
    if stack.depth() >= DEEP:
        return
    if stack.joined and parent.kind == "infinitive" and parent.parent is not None:
        parent = parent.parent
    previous = stack.chunks[index - 1] if index else None
    only = previous is not None and previous.word == "only"
    clause = stack.open("infinitive", index, marker="only to" if only else "to", parent=parent)
    clause.governor = (
        previous if isinstance(previous, Noun) and previous.name is None and not previous.pronoun else parent.verb
    )
    clause.verb = verb
    stack.current = clause


def _finite(stack: Stack, verb: Verb, index: int) -> None:
    held, stack.held = stack.held, ""
    while stack.joined and stack.current.kind in ("participle", "infinitive") and stack.current.parent is not None:
        if stack.current.kind == "infinitive" and verb.form == "base":
            break
        stack.current = stack.current.parent  # "answered by occupying A and lost B"
    clause = stack.current
    if clause.verb is None and clause.inverted:
        clause.verb = verb
    elif clause.verb is None:
        clause.verb = verb
        if verb.lone and clause.subject is None and stack.ahead.inverts(verb, index):
            clause.verb, clause.inverted = None, True
    elif stack.joined and not (stack.comma and stack.waiting() is not None and clause.kind == "relative"):
        _go_on(stack, verb, index)
    elif (waiting := stack.waiting()) is not None:
        stack.current = waiting
        waiting.verb = verb
    else:
        _go_on(stack, verb, index)
    if held:
        stack.current.adverbs.add(held)


def _go_on(stack: Stack, verb: Verb, index: int) -> None:
    """A coordinated predicate: in the passive, where the one before is and no object follows ("and lost again")."""
    before = stack.current.verb
    bare = not verb.auxiliary and verb.form == "past or participle" and verb.word not in listed("intransitive")
    if before is not None and before.passive and bare and not isinstance(stack.ahead.after(index), Noun):
        verb = replace(verb, passive=True)
    stack.coordinate(index).verb = verb
