"""The subject of a verb: the head of a noun phrase that no preposition, comma or relative clause subordinates.

All works on the chunks of one sentence and decides by form alone; who a phrase means is asked in `speakers`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.clauses.chunks import Chunk, Date, Noun, Verb

_RELATIVE = frozenset("who whom which whose that where when whoever".split())
_ASIDE = frozenset("while although though if as whereas".split()) | _RELATIVE
_BRACKETS = {"(": ")", "[": "]"}
_DASHES = frozenset("–—-")
_OPENING, _CLOSING = frozenset('“«"„'), frozenset('”»"')
_MOST = 60  # chunks that are looked back or ahead, so that a long line stays linear


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase with what belongs to it.

    ``complements`` are the prepositional phrases after its head, ``apposed`` what it is besides, ``joined`` what is
    coordinated with it. ``last`` is the index of the chunk after it all, asides included.
    """

    noun: Noun
    complements: tuple[tuple[str, Noun], ...] = ()
    apposed: tuple[Noun, ...] = ()
    joined: tuple[Noun, ...] = ()
    last: int = 0

    @property
    def end(self) -> int:
        """The token after the head and its complements."""
        return self.complements[-1][1].last if self.complements else self.noun.last


def noun_at(chunks: Sequence[Chunk], index: int) -> Noun | None:
    chunk = chunks[index] if 0 <= index < len(chunks) else None
    return chunk if isinstance(chunk, Noun) else None


def verb_at(chunks: Sequence[Chunk], index: int) -> Verb | None:
    chunk = chunks[index] if 0 <= index < len(chunks) else None
    return chunk if isinstance(chunk, Verb) else None


def mark_at(chunks: Sequence[Chunk], index: int) -> str:
    """The mark, preposition or conjunction at an index; empty for nouns, verbs, dates and past the end."""
    chunk = chunks[index] if 0 <= index < len(chunks) else None
    return "" if chunk is None or chunk.kind in ("noun", "verb", "date") else chunk.word


def past_adverbs(chunks: Sequence[Chunk], index: int, end: int) -> int:
    """Past adverbs, dates and ``on Friday``."""
    while index < end:
        if chunks[index].kind == "adverb" or isinstance(chunks[index], Date):
            index += 1
        elif chunks[index].kind == "prep" and index + 1 < end and isinstance(chunks[index + 1], Date):
            index += 2
        else:
            break
    return index


# --- forward: what belongs to a phrase ---------------------------------------------------------------------------


def phrase_from(chunks: Sequence[Chunk], index: int, end: int) -> Subject | None:
    """The noun phrase that begins at a chunk, with its asides, as far as ``end``."""
    noun = noun_at(chunks, index)
    if noun is None:
        return None
    end = min(end, index + _MOST)
    complements, index = _complements(chunks, index + 1, end)
    apposed: list[Noun] = []
    joined: list[Noun] = []
    limit = min(end, index + _MOST)
    while index < limit:
        word = mark_at(chunks, index)
        if word in _BRACKETS:
            index = _past_bracket(chunks, index, limit, apposed)
        elif (
            (beside := noun_at(chunks, index)) is not None
            and beside.name is not None
            and mark_at(chunks, index - 1) != ","
        ):
            apposed.append(beside)
            _, index = _complements(chunks, index + 1, end)
        elif word == "and" and not complements and _same_rank(noun, noun_at(chunks, index + 1)):
            joined.append(chunks[index + 1])  # type: ignore[arg-type]
            _, index = _complements(chunks, index + 2, end)
        elif word == "," and (after := _past_aside(chunks, index, limit, apposed)) > index:
            index = after
            while (
                index < limit
                and mark_at(chunks, index - 1) == ","
                and (more := _more(chunks, index, limit, apposed)) > index
            ):
                index = more
        else:
            break
    return Subject(noun, complements, tuple(apposed), tuple(joined), index)


def _same_rank(noun: Noun, other: Noun | None) -> bool:
    """``Berg and Lund``, ``the mayor and the police``: both named, or both not."""
    return other is not None and not other.pronoun and not other.time and (noun.name is None) == (other.name is None)


def _complements(chunks: Sequence[Chunk], index: int, end: int) -> tuple[tuple[tuple[str, Noun], ...], int]:
    found: list[tuple[str, Noun]] = []
    while index + 1 < end and chunks[index].kind == "prep" and chunks[index].word != "according to":
        inner = noun_at(chunks, index + 1)
        if inner is None or inner.time:
            break
        found.append((chunks[index].word, inner))
        index += 2
        while (
            mark_at(chunks, index) == "and"
            and index + 1 < end
            and (other := noun_at(chunks, index + 1)) is not None
            and (other.name is None) == (inner.name is None)
        ):
            found.append(("and", other))
            index += 2
    return tuple(found), index


def _past_bracket(chunks: Sequence[Chunk], index: int, end: int, apposed: list[Noun]) -> int:
    closing = _BRACKETS[mark_at(chunks, index)]
    close = next((i for i in range(index + 1, end) if mark_at(chunks, i) == closing), None)
    if close is None:
        return end
    apposed += [c for c in chunks[index + 1 : close] if isinstance(c, Noun)][:1]
    return close + 1


def _past_aside(chunks: Sequence[Chunk], comma: int, end: int, apposed: list[Noun]) -> int:
    """Past what stands between a comma and the next, where it says something of the phrase; else the comma."""
    index = comma + 1
    if index >= end:
        return comma
    first = chunks[index]
    close = next((i for i in range(index + 1, end) if mark_at(chunks, i) in (",", ";")), end)
    if isinstance(first, Noun) and not first.pronoun:
        if any(
            isinstance(c, Verb) and c.finite and not _relative_before(chunks, index, i)
            for i, c in _range(chunks, index, close)
        ):
            return comma
        apposed.append(first)
        return close + (mark_at(chunks, close) == "," and close < end)
    gerund = verb_at(chunks, index + 1) is not None  # "according to X, dredging has added land"
    if (noun := _once(chunks, index, close)) is not None:
        apposed.append(noun)
        return close + (mark_at(chunks, close) == "," and close < end)
    told = first.kind in ("prep", "adverb", "date") and _clause(chunks, index, close)  # "more than a million have fled"
    aside = first.word in _ASIDE or first.kind in ("prep", "adverb", "date") or (_reduced(first) and not gerund)
    aside = aside and not told
    return close + (mark_at(chunks, close) == "," and close < end) if aside else comma


def _more(chunks: Sequence[Chunk], index: int, limit: int, apposed: list[Noun]) -> int:
    """Past a further aside that no noun opens: ``once a pilot, today treasurer``, ``in turn``."""
    return (
        index if chunks[index].kind in ("noun", "verb") else max(index, _past_aside(chunks, index - 1, limit, apposed))
    )


def _once(chunks: Sequence[Chunk], index: int, close: int) -> Noun | None:
    """``once a pilot``, ``today treasurer of the Lake Society``: what somebody was or is, in an aside."""
    opened = noun_at(chunks, index + 1)
    if chunks[index].word == "at" and opened is not None and opened.words & {"present", "first", "last"}:
        return opened if opened.word not in ("present", "first", "last") else None  # "at present chairman of"
    step = past_adverbs(chunks, index + (chunks[index].word == "once"), close)
    noun = noun_at(chunks, step) if step > index else None
    verbs = any(isinstance(chunk, Verb) for chunk in chunks[index:close])
    return noun if noun is not None and not verbs and not noun.pronoun else None


def _reduced(chunk: Chunk) -> bool:
    """A participle without an auxiliary: ``speaking in London``, ``elected in May``."""
    return isinstance(chunk, Verb) and not chunk.auxiliary and (chunk.form == "ing" or "participle" in chunk.form)


def _range(chunks: Sequence[Chunk], first: int, last: int) -> list[tuple[int, Chunk]]:
    return list(enumerate(chunks[first:last], first))


def _relative_before(chunks: Sequence[Chunk], first: int, index: int) -> bool:
    return any(chunk.word in _RELATIVE for chunk in chunks[first:index] if chunk.kind == "sub")


# --- backward: from a verb to its subject ------------------------------------------------------------------------


def subject_before(chunks: Sequence[Chunk], verb: int, floor: int = 0) -> Subject | None:
    """The subject of a verb that stands before it; None where the verb has none there."""
    floor = max(floor, verb - _MOST)
    index = _back(chunks, verb - 1, floor)
    if index < floor:
        return None
    before = chunks[index]
    head: int | None
    if before.kind == "sub" and before.word == "who" and (cleft := _cleft(chunks, floor, index)) is not None:
        head = cleft
    elif before.kind == "and":
        head = _shared(chunks, index, floor)
    elif before.kind == "sub":
        head = _antecedent(chunks, index, floor) if before.word in ("who", "which", "that") else None
    elif before.word in (",", ")", "]") or before.word in _DASHES:
        head = _past_asides(chunks, index, floor)
    elif (comma := _own_part(chunks, index, floor)) is not None:
        head = _past_asides(chunks, comma, floor)
    else:
        head = _head(chunks, index, floor)
    return phrase_from(chunks, head, verb) if head is not None else None


def _back(chunks: Sequence[Chunk], index: int, floor: int) -> int:
    """Back over adverbs, dates, and ``on Friday``."""
    while index >= floor:
        chunk = chunks[index]
        if chunk.kind == "adverb":
            index -= 1
        elif isinstance(chunk, Date):
            index -= 2 if index > floor and chunks[index - 1].kind == "prep" else 1
        else:
            break
    return index


def _own_part(chunks: Sequence[Chunk], index: int, floor: int) -> int | None:
    """The comma before ``for her part``, ``in his turn``, where no comma closes it."""
    noun = noun_at(chunks, index)
    if noun is None or noun.word not in ("part", "turn") or index - 2 < floor or chunks[index - 1].kind != "prep":
        return None
    return index - 2 if mark_at(chunks, index - 2) == "," else None


def _head(chunks: Sequence[Chunk], index: int, floor: int) -> int | None:
    """The head of the noun phrase that ends at a chunk: no complement, no object of its relative clause."""
    if noun_at(chunks, index) is None:
        return None
    while index > floor:
        before = chunks[index - 1]
        if before.kind == "prep":
            if noun_at(chunks, index - 2) is not None and index - 2 >= floor:
                index -= 2
                continue
            if index - 2 >= floor and _reduced(chunks[index - 2]) and noun_at(chunks, index - 3) is not None:
                index -= 3  # "the soldiers billeted with her"
                continue
            return None
        doing = isinstance(before, Verb) and before.form == "ing" and not before.auxiliary  # "a mission observing it"
        if (before.word == "and" or doing) and noun_at(chunks, index - 2) is not None and index - 2 >= floor:
            index -= 2
            continue
        break
    return index


def _cleft(chunks: Sequence[Chunk], floor: int, sub: int) -> int | None:
    """``It was X, and not Y, who said``: X."""
    it, verb = noun_at(chunks, floor), verb_at(chunks, floor + 1)
    clefted = it is not None and it.word == "it" and verb is not None and verb.word == "be" and not verb.negated
    return floor + 2 if clefted and floor + 2 < sub and noun_at(chunks, floor + 2) is not None else None


def _antecedent(chunks: Sequence[Chunk], sub: int, floor: int) -> int | None:
    """``X, a teacher from Ard, who``: what a relative pronoun stands for."""
    if sub <= floor:
        return None
    if chunks[sub - 1].word == ",":
        beside = sub - 2 if noun_at(chunks, sub - 2) is not None and sub - 2 >= floor else None  # "he met X, who said"
        head = _past_asides(chunks, sub - 1, floor) if sub - 1 > floor else None
        return head if head is not None else beside
    return _head(chunks, sub - 1, floor)


def _shared(chunks: Sequence[Chunk], conjunction: int, floor: int) -> int | None:
    """``Zintani thanked the ministry and said``: the subject of the verb before, not its object."""
    for index in range(conjunction - 1, floor - 1, -1):
        chunk = chunks[index]
        if chunk.word in (";", ":"):
            return None
        if isinstance(chunk, Verb) and chunk.finite and not _participial(chunks, index):
            subject = subject_before(chunks, index, floor)
            return chunks.index(subject.noun) if subject is not None else None
    return None


def _participial(chunks: Sequence[Chunk], index: int) -> bool:
    """``Resolution 900, adopted by the Council``: no predicate of its own; ``X, a lawyer, called the news`` has one."""
    return _reduced(chunks[index]) and mark_at(chunks, index - 1) == "," and noun_at(chunks, index + 1) is None


def _past_asides(chunks: Sequence[Chunk], close: int, floor: int) -> int | None:
    """The head before one or more asides, the last of which ends at ``close``."""
    candidate: int | None = None
    end = close
    while end > floor:
        begin = _segment(chunks, end, floor)
        first = past_adverbs(chunks, begin, end)
        opening = chunks[first] if first < end else None
        if opening is not None and isinstance(opening, Noun) and not opening.pronoun:
            if _clause(chunks, first, end):
                return candidate
            candidate = _head(chunks, end - 1, first) if not _relative_in(chunks, first, end) else first
            candidate = first if candidate is None else candidate
        elif isinstance(opening, Noun):
            return first if candidate is None and not _clause(chunks, first, end) else candidate
        elif opening is not None and not (opening.word in _ASIDE or opening.kind == "prep" or _reduced(opening)):
            return candidate
        elif opening is not None and candidate is not None:
            return candidate  # "In Geneva, the minister,"
        end = begin - 1
    return candidate


def _segment(chunks: Sequence[Chunk], end: int, floor: int) -> int:
    """Where the stretch without a comma or dash begins that ends before ``end``; brackets are no part of it."""
    index = end
    depth = 0
    while index > floor:
        word = mark_at(chunks, index - 1)
        if word in _CLOSING and (opening := _title(chunks, index - 1, floor)) is not None:
            index = opening
            continue
        if word in (")", "]"):
            depth += 1
        elif word in _BRACKETS:
            depth -= 1
            if depth < 0:
                return index
        elif not depth and (word in (",", ";", ":") or word in _DASHES or word in _OPENING or word in _CLOSING):
            return index
        index -= 1
    return index + (chunks[index].kind == "and" and index < end - 1)  # "But X, an aid worker,"


def _title(chunks: Sequence[Chunk], close: int, floor: int) -> int | None:
    """The opening mark of a name in marks, ``"Ararat Press"``: no quotation."""
    for index in range(close - 1, max(floor, close - 5) - 1, -1):
        if isinstance(chunks[index], Verb):
            return None
        if mark_at(chunks, index) in _OPENING:
            return index
    return None


def _clause(chunks: Sequence[Chunk], first: int, end: int) -> bool:
    """Whether a stretch has a finite verb of its own: more of them than relative clauses."""
    verbs = sum(
        isinstance(chunk, Verb) and chunk.finite and (not _reduced(chunk) or _contact(chunks, first, index))
        for index, chunk in _range(chunks, first, end)
    )
    return verbs > sum(chunk.kind == "sub" and chunk.word in _RELATIVE for chunk in chunks[first:end])


def _contact(chunks: Sequence[Chunk], first: int, verb: int) -> bool:
    """``a building the group squatted``: a relative clause without a pronoun."""
    return verb - 2 >= first and noun_at(chunks, verb - 1) is not None and noun_at(chunks, verb - 2) is not None


def _relative_in(chunks: Sequence[Chunk], first: int, end: int) -> bool:
    return _relative_before(chunks, first, end)
