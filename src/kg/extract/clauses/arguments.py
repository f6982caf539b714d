"""Nouns and dates -> the subject, the objects and the adjuncts of a clause, or the beginning of the next."""

from kg.extract.clauses.ahead import HEDGING
from kg.extract.clauses.called import apart, called
from kg.extract.clauses.chunks import Chunk, Date, Noun, Verb
from kg.extract.clauses.clause import Adjunct, Clause
from kg.extract.clauses.phrases import Phrase, phrase_at
from kg.extract.clauses.stack import Stack
from kg.extract.lexicon import listed

_LISTED = frozenset(("from", "in", "at", "near", "into", "out of", "of"))  # places after these may be dated one by one
_NOMINATIVE = frozenset(("they", "he", "she", "we", "i"))


def date(stack: Stack, chunk: Chunk, index: int) -> int:
    assert isinstance(chunk, Date)
    clause = stack.current
    preposition = stack.prep.word if stack.prep is not None else ""
    first = stack.prep.first if stack.prep is not None else chunk.first
    if (
        stack.comma
        and clause.verb is not None
        and clause.kind in ("adverbial", "relative")
        and stack.ahead.clause_follows(index + 1)
    ):
        clause = stack.leave(clause)
    elif (
        stack.joined
        and clause.verb is not None
        and (stack.ahead.clause_follows(index + 1) or stack.ahead.when_follows(index + 1))
    ):
        clause = stack.coordinate(index)  # "... and on 18 May they captured B"
    stack.prep = None
    adjunct = Adjunct(preposition, first, date=chunk.dated)
    paired = index > 1 and isinstance(stack.chunks[index - 2], Date) and stack.chunks[index - 1].kind == "and"
    goes_on = clause is stack.current and clause.verb is not None and stack.joined and not paired
    if goes_on and stack.ahead.verb_follows(index + 1):
        stack.pending = adjunct  # "... and, on 18 May, captured B": of the verb to come
    else:
        clause.adjuncts.append(adjunct)
    return index + 1


def noun(stack: Stack, chunk: Chunk, index: int) -> int:
    """A subject, an object, or what a preposition waits for."""
    if stack.prep is not None:
        return _prepositional(stack, index)
    clause = stack.current
    head = stack.chunks[index]
    assert isinstance(head, Noun)
    if head.time and not _verb_after(stack, index):
        clause.adjuncts.append(
            Adjunct("", head.first, phrase_at(stack.chunks, index, own_verb=False, several=False)[0])
        )
        return index + 1
    within = stack.comma and (clause.subject is not None or clause.verb is not None)
    if within and not stack.joined and head.names and (past := called(stack, index)) is not None:
        stack.reset()
        return past
    if within and (_beside(stack, head, index) or _said(stack, index)):
        clause = stack.current
    elif (clause.verb is not None or clause.kind == "gapped") and _gaps(stack, index):
        clause = stack.coordinate(index)
        clause.kind = "gapped"
    elif clause.verb is not None and _subject_here(stack, index):
        clause = _next_clause(stack, index)
    own = clause.verb is None
    phrase, end = phrase_at(stack.chunks, index, own_verb=own, dated=clause.kind != "gapped")
    phrase = apart(stack, phrase, end)
    if own:
        _as_subject(stack, clause, phrase, index)
    elif clause.objects and stack.joined:  # "Bailundo and, the same day, Andulo"
        clause.objects[-1] = Phrase((*clause.objects[-1].members, *phrase.members))
    else:
        clause.objects.append(phrase)
    stack.reset()
    stack.last_phrase = (phrase, end)
    return end


def _as_subject(stack: Stack, clause: Clause, phrase: Phrase, index: int) -> None:
    if clause.subject is not None and _interrupted(stack, index):
        clause.subject = Phrase((*clause.subject.members, *phrase.members))
    elif clause.subject is None or not stack.comma or clause.subject.head.name is None:
        clause.subject = phrase


def _interrupted(stack: Stack, index: int) -> bool:
    """``A, B and, for a few hours, C passed``: whether a list goes on after a phrase between commas."""
    chunks = stack.chunks[max(0, index - 5) : index]
    words = [chunk.word for chunk in chunks]
    shape = len(chunks) == 5 and words[1] == words[4] == ","
    return shape and [chunks[i].kind for i in (0, 2)] == ["and", "prep"] and chunks[3].kind in ("noun", "date")


def _verb_after(stack: Stack, index: int) -> bool:
    following = stack.chunks[index + 1] if index + 1 < len(stack.chunks) else None
    return (
        isinstance(following, Verb)
        and following.finite
        and stack.current.verb is None
        and stack.current.subject is None
    )


def _beside(stack: Stack, head: Noun, index: int) -> bool:
    """``Lalibela, famous for its churches, ...``, ``Manbij, 30 km off, ...``: open an aside, to its comma."""
    after = [chunk.word for chunk in stack.chunks[index + 1 : index + 3]]
    bare = not (head.determiner or head.names) and after[:1] == ["to"]  # "Ard, gateway to the south, ..."
    some = after in (["of", "them"], ["of", "it"])  # "the rebels, some of them boys, ..."
    said = head.adjective or head.quantity is not None or head.word.isdigit() or bare or some
    if not said or index in stack.closing:
        return False
    close = next((i for i in range(index + 1, min(len(stack.chunks), index + 16)) if stack.chunks[i].word == ","), None)
    if close is None or close in stack.closing or any(c.kind == "sub" for c in stack.chunks[index:close]):
        return False
    stack.closing[close] = stack.current
    stack.current = stack.open("aside", index, parent=stack.current)
    stack.reset()
    return True


def _said(stack: Stack, index: int) -> bool:
    """``Ard was freed, its bakers say, on 4 May``: open an aside, to its comma."""
    close = None if stack.joined else stack.ahead.said_until(index)
    if close is None or close in stack.closing:
        return False
    if stack.chunks[close - 1].word in HEDGING:
        stack.current.adverbs.add("supposedly")  # "Ard, they fear, was taken"
    stack.closing[close] = stack.current
    stack.current = stack.open("aside", index, parent=stack.current)
    stack.reset()
    return True


def _gaps(stack: Stack, index: int) -> bool:
    """``A was taken on 3 May, B on 9 May and C on the 12th``: a noun with a date, and no verb of its own."""
    clause = stack.current
    if not (stack.comma or stack.joined) or clause.kind not in ("main", "gapped", "that", "relative"):
        return False
    if not any(True for _ in clause.dates()):
        return False
    step = phrase_at(stack.chunks, index, own_verb=False, dated=False)[1]
    while step < len(stack.chunks):
        chunk = stack.chunks[step]
        if isinstance(chunk, Date):
            return True
        if chunk.kind == "sub" and stack.chunks[step - 1].word == ",":
            closed = stack.ahead.aside_to(step - 1)  # "and Vendmouth, where the Duke was, on the 17th"
            if closed is None:
                return False
            step = closed
            continue
        if isinstance(chunk, Verb) or chunk.kind == "sub" or chunk.word in (";", ":", "."):
            return False
        if chunk.kind == "and" and not isinstance(stack.chunks[step - 1], Noun):
            return False
        step += 1
    return False


def _prepositional(stack: Stack, index: int) -> int:
    assert stack.prep is not None
    clause, preposition = stack.current, stack.prep
    own = clause.verb is None and clause.subject is not None
    phrase, end = phrase_at(stack.chunks, index, own_verb=own, dated=preposition.word in _LISTED)
    phrase = apart(stack, phrase, end)
    if stack.joined and clause.verb is not None and phrase.head.time and stack.ahead.clause_follows(end):
        clause = stack.coordinate(index)  # "... and by nightfall the city was theirs"
    dated = phrase.head.dated if phrase.head.time and len(phrase.members) == 1 else None
    clause.adjuncts.append(Adjunct(preposition.word, preposition.first, None if dated else phrase, dated))
    stack.reset()
    stack.last_phrase = (phrase, end)
    return end


def _subject_here(stack: Stack, index: int) -> bool:
    """Whether a noun after a verb is the subject of a verb of its own."""
    phrase, step = phrase_at(stack.chunks, index, own_verb=False)
    named = stack.chunks[step] if step < len(stack.chunks) else None
    if isinstance(named, Verb) and not named.auxiliary and named.word in listed("naming") and not stack.comma:
        return False  # "took a knoll named Hill 40"
    if phrase.head.word in _NOMINATIVE:
        return True
    if (stack.comma or _reports(stack)) and not stack.ahead.verb_at(step):
        step = phrase_at(stack.chunks, index, own_verb=True, dated=False)[1]
    while step < len(stack.chunks):
        chunk = stack.chunks[step]
        if isinstance(chunk, Verb):
            if _object_of_relative(stack):
                return False
            return chunk.finite and not stack.ahead.agent(step) and not (stack.ahead.reduced(step) and not stack.free())
        if chunk.kind == "adverb":
            step += 1
        elif chunk.kind == "prep" and step + 1 < len(stack.chunks) and (stack.comma or stack.joined or stack.says()):
            following = stack.chunks[step + 1]
            if following.kind not in ("noun", "date"):
                return False
            step += 2
        elif stack.joined and len(phrase.members) > 1 and chunk.word == "," and stack.ahead.verb_at(step + 1):
            step += 1  # "and two more, A and B, were left"
        elif (stack.comma or stack.joined) and chunk.word == "," and stack.ahead.aside_to(step) is not None:
            step = stack.ahead.aside_to(step) or step
        else:
            return False
    return False


def _reports(stack: Stack) -> bool:
    """``said A and B had been taken``: right after a verb of saying that has no hearer."""
    verb = stack.current.verb
    return verb is not None and stack.says() and not stack.joined and verb.word not in listed("heard", "speech")


def _object_of_relative(stack: Stack) -> bool:
    """``The wall that crosses the territory is ...``: the noun completes the relative clause's verb."""
    clause = stack.current
    lacks = clause.kind == "relative" and clause.verb is not None and not clause.objects and not clause.verb.passive
    return lacks and not stack.free() and stack.waiting() is not None


def _next_clause(stack: Stack, index: int) -> Clause:
    """The clause of a subject that stands after a verb: a reported one, the main one, or a coordinated one."""
    clause = stack.current
    if (
        stack.says()
        and not stack.joined
        and clause.kind != "participle"
        and not (stack.comma and not _dated(stack, index))
    ):
        stack.current = stack.open("that", index, parent=clause)
        stack.current.governor = clause.verb
    elif (stack.comma or clause.kind in ("adverbial", "participle")) and (waiting := stack.waiting()) is not None:
        stack.current = waiting
    elif stack.joined and clause.kind != "participle":
        stack.coordinate(index)
    else:
        stack.current = stack.open("main", index)
        stack.current.shares = clause
    stack.reset()
    return stack.current


def _dated(stack: Stack, index: int) -> bool:
    """``said on Sunday, 26 October, it had``: nothing but a date between commas since the verb."""
    verb = stack.current.verb
    step = index - 1
    while step >= 0 and (isinstance(stack.chunks[step], Date) or stack.chunks[step].word in (",", "on", "in")):
        step -= 1
    return step >= 0 and stack.chunks[step] is verb
