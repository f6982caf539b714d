"""Words that open a clause or say how it goes on: conjunctions, adverbs, subordinators, prepositions."""

from kg.extract.clauses.ahead import RELATIVE
from kg.extract.clauses.chunks import Chunk, Date, Noun, Verb
from kg.extract.clauses.clause import Adjunct, Clause, ClauseKind
from kg.extract.clauses.phrases import Phrase, phrase_at
from kg.extract.clauses.stack import DEEP, Stack
from kg.extract.lexicon import listed

_CONTENT_MARKS = frozenset(("that", "whether", "how", "why", "what"))


def conjunction(stack: Stack, chunk: Chunk, index: int) -> int:
    stack.joined = chunk.word
    return index + 1


def adverb(stack: Stack, chunk: Chunk, index: int) -> int:
    """An adverb of the clause; ``not in 2008`` after the verb is a contrast and says nothing of it."""
    following = stack.chunks[index + 1] if index + 1 < len(stack.chunks) else None
    if chunk.word in listed("negation", "class") and stack.current.verb is not None:
        contrasts = following is not None and following.kind in ("prep", "date", "noun")
        if contrasts and not stack.current.verb.lone:
            return _contrast(stack, index + 1)
    if stack.joined and isinstance(following, Verb):
        stack.held = chunk.word  # "and so did Ard"
    else:
        stack.current.adverbs.add(chunk.word)
    return index + 1


def _contrast(stack: Stack, index: int) -> int:
    index += stack.chunks[index].kind == "prep"
    if index < len(stack.chunks) and isinstance(stack.chunks[index], Noun):
        stack.last_phrase = phrase_at(stack.chunks, index, own_verb=False)
        return stack.last_phrase[1]
    return min(index + 1, len(stack.chunks))


def subordinator(stack: Stack, chunk: Chunk, index: int) -> int:
    """``that``, ``which``, ``when``, ``if``: a clause within the current one."""
    if stack.depth() >= DEEP:
        return index + 1
    word, previous = chunk.word, stack.chunks[index - 1] if index else None
    adjacent = stack.phrase_before(index)
    noun = previous if isinstance(previous, Noun) and not previous.adjective else None
    if noun is not None and noun.time and stack.last_phrase is not None and stack.last_phrase[1] >= index - 1:
        noun = stack.last_phrase[0].head  # "rumours last week that ..."
    content = adjacent.head if adjacent is not None and adjacent.head.word in listed("content") else None
    if content is not None:
        noun = content  # "the view of the press that ...", "rumours in 1996 that ..."
    if word == "that" and _is_heard(stack, adjacent) and not stack.ahead.verb_at(index + 1):
        noun, adjacent = None, None
    kind = _kind(word, noun, adjacent)
    parent = stack.current
    on = kind == "that" and stack.joined and parent.kind == "that" and parent.verb is not None
    if on and parent.parent is not None:
        parent = parent.parent  # "said that A and that B"
    clause = stack.open(kind, index, marker=word, parent=parent)
    clause.beside = stack.comma or (adjacent is not None and bool(adjacent.members[-1].apposition))
    if kind == "relative":
        clause.antecedent = _antecedent(stack, adjacent, parent, index)
        if stack.prep is not None and word == "which":
            clause.adjuncts.append(Adjunct(stack.prep.word, stack.prep.first, adjacent))  # "from which they left"
    elif kind == "that":
        clause.governor = noun or (previous if isinstance(previous, Verb) else parent.verb)
    stack.current = clause
    stack.reset()
    return index + 1


def _kind(word: str, noun: Noun | None, adjacent: Phrase | None) -> ClauseKind:
    """What a subordinator opens, by what stands before it."""
    if word == "that" and noun is not None and noun.word not in listed("content") and adjacent:
        return "relative"
    if word in _CONTENT_MARKS:
        return "that"
    return "relative" if word in RELATIVE and adjacent is not None else "adverbial"


def _is_heard(stack: Stack, adjacent: Phrase | None) -> bool:
    """``told reporters that rebels took Ard``: whether a phrase is who hears what a clause after it tells."""
    verb = stack.current.verb
    told = verb is not None and verb.word in listed("heard", "speech")
    return told and adjacent is not None and adjacent is stack.current.object


def _antecedent(stack: Stack, adjacent: Phrase | None, parent: Clause, index: int) -> Phrase | None:
    """``refugees in Turkey who left Ard``, ``areas around Ard, which were occupied``: what a place cannot be."""
    name = adjacent.head.name if adjacent is not None and len(adjacent.members) == 1 else None
    if name is None or name.kind != "place" or adjacent in (parent.object, parent.subject):
        return adjacent
    before = [c.object or c.subject for c in (parent, *parent.above())]
    if stack.chunks[index].word == "that":  # said of no name: "two towns in Syria that they had occupied"
        plain = (
            phrase for phrase in before if phrase is not None and phrase.head.name is None and not phrase.head.pronoun
        )
        return next(plain, adjacent)
    if stack.chunks[index].word == "who":
        return parent.object or parent.subject or adjacent
    verb = stack.chunks[index + 1] if index + 1 < len(stack.chunks) else None
    if isinstance(verb, Verb) and verb.auxiliary in ("were", "are", "have"):
        return next((phrase for phrase in before if phrase is not None and phrase.head.plural), adjacent)
    return adjacent


def preposition(stack: Stack, chunk: Chunk, index: int) -> int:
    """``after`` and its like open a clause where a subject and a finite verb follow, else they wait for a noun."""
    if stack.comma:
        _leave_beside(stack, index)
    sooner = chunk.word == "than" and "no sooner" in stack.clauses[0].adverbs
    if (
        (sooner or chunk.word in listed("clause_or_phrase"))
        and stack.ahead.clause_follows(index + 1)
        and stack.depth() < DEEP
    ):
        stack.current = stack.open("adverbial", index, marker=chunk.word, parent=stack.current)
        stack.current.beside = stack.comma
        stack.reset()
    else:
        stack.prep = chunk
    return index + 1


def _leave_beside(stack: Stack, index: int) -> None:
    """``..., which lies far off, in 1995``: a clause after a comma ends at the next, and all in it.

    Not ``which fell a month later, on 3 June``: a day that says again when.
    """
    before = stack.chunks[index - 2] if index > 1 else None
    if isinstance(before, Date) and (before.dated.relative or not before.dated.value):
        return
    for clause in (stack.current, *stack.current.above()):
        told = clause.verb is not None and (clause.objects or not clause.verb.lone)
        if clause.beside and told and clause.parent is not None:
            stack.current = clause.parent
            return
