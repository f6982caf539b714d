"""Marks -> what they do to the open clauses: commas, semicolons, colons, dashes, brackets, the end."""

from kg.extract.clauses.chunks import Chunk, Verb
from kg.extract.clauses.phrases import phrase_at
from kg.extract.clauses.stack import Stack

_DASHES = frozenset(("–", "—", "-", "--"))
_QUOTES = frozenset("“”\"‘’'«»„")


def mark(stack: Stack, chunk: Chunk, index: int) -> int:
    """Commas, semicolons, colons, dashes, brackets, quotation marks, the end."""
    word = chunk.word
    if word == "," and index in stack.closing:
        stack.current = stack.closing[index]
        stack.reset()
        stack.comma = True
    elif word == ",":
        stack.comma = True
    elif word == ";":
        stack.new_main(index + 1)
        stack.current.marker = ";"
    elif word == ":":
        return _colon(stack, index)
    elif word in _DASHES:
        return _dash(stack, index)
    elif word in "([":
        _aside(stack, index, ")" if word == "(" else "]")
    elif word in ")]" and index in stack.closing:
        stack.current = stack.closing[index]
        stack.reset()
    elif word == "?":
        for clause in stack.clauses:
            clause.question = True
    elif word in _QUOTES:
        stack.prep = None
    return index + 1


def _colon(stack: Stack, index: int) -> int:
    clause, end = stack.current, index + 1
    if clause.verb is None and clause.kind == "main":
        clause.kind = "label"
        stack.current = stack.open("main", index + 1)
        stack.current.shares = clause
    elif stack.ahead.only_nouns(index + 1):
        clause.listed, end = phrase_at(stack.chunks, index + 1, own_verb=True)
    else:
        stack.current = stack.open("main", index + 1)
    stack.reset()
    return end


def _dash(stack: Stack, index: int) -> int:
    if index in stack.closing:
        stack.current = stack.closing[index]
        stack.reset()
        return index + 1
    close = next((i for i in range(index + 1, len(stack.chunks)) if stack.chunks[i].word in _DASHES), None)
    if close is not None and stack.chunks[index].first and not _label(stack):
        stack.closing[close] = stack.current
        stack.current = stack.open("aside", index + 1, parent=stack.current)
        stack.reset()
        return index + 1
    return _colon(stack, index)


def _label(stack: Stack) -> bool:
    """Whether nothing but nouns and dates has been read: the fields of a row, no sentence."""
    return (
        stack.current.verb is None
        and stack.current.kind == "main"
        and stack.current.parent is None
        and len(stack.clauses) < 3
        and (not stack.current.subject or stack.current.first == stack.chunks[0].first)
        and not any(isinstance(c, Verb) for c in stack.chunks)
    )


def _aside(stack: Stack, index: int, sign: str) -> None:
    close = next((i for i in range(index + 1, len(stack.chunks)) if stack.chunks[i].word == sign), None)
    if close is None:
        return
    stack.closing[close] = stack.current
    stack.current = stack.open("aside", index + 1, parent=stack.current)
    stack.reset()
