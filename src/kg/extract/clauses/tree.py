"""Chunks -> clauses with their subject, object and adjuncts.

One pass from left to right over a stack of clauses that are still open. Coordinated and gapped predicates share the
arguments of the clause that they continue. A clause is built once and only read from then on.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.extract.clauses.chunks import Chunk, Date, Noun, Verb
from kg.extract.clauses.clause import Adjunct, Clause, ClauseKind
from kg.extract.clauses.phrases import Phrase, phrase_at
from kg.extract.clauses.settle import settle
from kg.extract.lexicon import listed

_RELATIVE = frozenset(("which", "who", "whom", "whose", "where"))
_CONTENT_MARKS = frozenset(("that", "whether", "how", "why", "what"))
_DASHES = frozenset(("–", "—", "-", "--"))
_QUOTES = frozenset("“”\"‘’'«»„")
_LISTED = frozenset(("from", "in", "at", "near", "into", "out of", "of"))  # places after these may be dated one by one
_SAID = frozenset("add ask cry explain note remark reply say think write".split())
_NOMINATIVE = frozenset(("they", "he", "she", "we", "i"))
_DEEP = 12  # clauses within clauses: what is deeper is not read


class Builder:
    """Builds the clauses of one sentence."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.chunks = chunks
        self.clauses: list[Clause] = []
        self.current = self._open("main", 0)
        self.comma = False
        self.joined = ""  # the conjunction just before
        self.held = ""  # an adverb after it, of the verb to come
        self.prep: Chunk | None = None
        self.closing: dict[int, Clause] = {}  # index of a closing bracket or dash -> the clause that goes on after it
        self.last_phrase: tuple[Phrase, int] | None = None  # with the index after it

    def build(self) -> tuple[Clause, ...]:
        """Read all chunks."""
        index = 0
        chunks, end = self.chunks, len(self.chunks)
        while index < end:
            chunk = chunks[index]
            index = _READ[chunk.kind](self, chunk, index)
            last = chunks[index - 1].last
            if last > self.current.last:
                self.current.last = last
        settle(self.clauses)
        return tuple(self.clauses)

    # --- the stack ---------------------------------------------------------------------------------

    def _open(self, kind: ClauseKind, index: int, *, marker: str = "", parent: Clause | None = None) -> Clause:
        first = self.chunks[index].first if index < len(self.chunks) else 0
        clause = Clause(kind, first, parent, marker, first)
        self.clauses.append(clause)
        return clause

    def _depth(self) -> int:
        return sum(1 for _ in self.current.above())

    def _waiting(self) -> Clause | None:
        """The nearest clause around the current one that still lacks its verb."""
        return next((c for c in self.current.above() if c.verb is None and c.kind not in ("label", "gapped")), None)

    def _reset(self) -> None:
        self.comma, self.joined, self.prep = False, "", None

    # --- marks ---------------------------------------------------------------------------------------

    def mark(self, chunk: Chunk, index: int) -> int:
        """Commas, semicolons, colons, dashes, brackets, quotation marks, the end."""
        word = chunk.word
        if word == "," and index in self.closing:
            self.current = self.closing[index]
            self._reset()
            self.comma = True
        elif word == ",":
            self.comma = True
        elif word == ";":
            self._new_main(index + 1)
            self.current.marker = ";"
        elif word == ":":
            return self._colon(index)
        elif word in _DASHES:
            return self._dash(index)
        elif word in "([":
            self._aside(index, ")" if word == "(" else "]")
        elif word in ")]" and index in self.closing:
            self.current = self.closing[index]
            self._reset()
        elif word == "?":
            for clause in self.clauses:
                clause.question = True
        elif word in _QUOTES:
            self.prep = None
        return index + 1

    def _new_main(self, index: int) -> None:
        before = self.current
        while before.parent is not None and before.kind != "aside":
            before = before.parent
        self.current = self._open("main", index)
        self.current.shares = before
        self._reset()

    def _colon(self, index: int) -> int:
        clause, end = self.current, index + 1
        if clause.verb is None and clause.kind == "main":
            clause.kind = "label"
            self.current = self._open("main", index + 1)
            self.current.shares = clause
        elif self._only_nouns(index + 1):
            clause.listed, end = phrase_at(self.chunks, index + 1, own_verb=True)
        else:
            self.current = self._open("main", index + 1)
        self._reset()
        return end

    def _only_nouns(self, index: int) -> bool:
        if index >= len(self.chunks) or not isinstance(self.chunks[index], Noun):
            return False
        return not any(isinstance(chunk, Verb) for chunk in self.chunks[index:])

    def _dash(self, index: int) -> int:
        if index in self.closing:
            self.current = self.closing[index]
            self._reset()
            return index + 1
        close = next((i for i in range(index + 1, len(self.chunks)) if self.chunks[i].word in _DASHES), None)
        if close is not None and self.chunks[index].first and not self._label():
            self.closing[close] = self.current
            self.current = self._open("aside", index + 1, parent=self.current)
            self._reset()
            return index + 1
        return self._colon(index)

    def _label(self) -> bool:
        """Whether nothing but nouns and dates has been read: the fields of a row, no sentence."""
        return (
            self.current.verb is None
            and self.current.kind == "main"
            and self.current.parent is None
            and len(self.clauses) < 3
            and (not self.current.subject or self.current.first == self.chunks[0].first)
            and not any(isinstance(c, Verb) for c in self.chunks)
        )

    def _aside(self, index: int, sign: str) -> None:
        close = next((i for i in range(index + 1, len(self.chunks)) if self.chunks[i].word == sign), None)
        if close is None:
            return
        self.closing[close] = self.current
        self.current = self._open("aside", index + 1, parent=self.current)
        self._reset()

    # --- words that open a clause ----------------------------------------------------------------------

    def conjunction(self, chunk: Chunk, index: int) -> int:
        self.joined = chunk.word
        return index + 1

    def adverb(self, chunk: Chunk, index: int) -> int:
        """An adverb of the clause; ``not in 2008`` after the verb is a contrast and says nothing of it."""
        following = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        if chunk.word in listed("negation", "class") and self.current.verb is not None:
            contrasts = following is not None and following.kind in ("prep", "date", "noun")
            if contrasts and not self.current.verb.lone:
                return self._contrast(index + 1)
        if self.joined and isinstance(following, Verb):
            self.held = chunk.word  # "and so did Ard"
        else:
            self.current.adverbs.add(chunk.word)
        return index + 1

    def _contrast(self, index: int) -> int:
        index += self.chunks[index].kind == "prep"
        if index < len(self.chunks) and isinstance(self.chunks[index], Noun):
            return phrase_at(self.chunks, index, own_verb=False)[1]
        return min(index + 1, len(self.chunks))

    def subordinator(self, chunk: Chunk, index: int) -> int:
        """``that``, ``which``, ``when``, ``if``: a clause within the current one."""
        if self._depth() >= _DEEP:
            return index + 1
        word, previous = chunk.word, self.chunks[index - 1] if index else None
        adjacent = self._phrase_before(index)
        noun = previous if isinstance(previous, Noun) and not previous.adjective else None
        if noun is not None and noun.time and self.last_phrase is not None and self.last_phrase[1] >= index - 1:
            noun = self.last_phrase[0].head  # "rumours last week that ..."
        content = adjacent.head if adjacent is not None and adjacent.head.word in listed("content") else None
        if content is not None:
            noun = content  # "the view of the press that ...", "rumours in 1996 that ..."
        if word == "that" and noun is not None and noun.word not in listed("content") and adjacent:
            kind: ClauseKind = "relative"
        elif word in _CONTENT_MARKS:
            kind = "that"
        elif word in _RELATIVE and adjacent is not None:
            kind = "relative"
        else:
            kind = "adverbial"
        parent = self.current
        if (
            kind == "that"
            and self.joined
            and parent.kind == "that"
            and parent.verb is not None
            and parent.parent is not None
        ):
            parent = parent.parent  # "said that A and that B"
        clause = self._open(kind, index, marker=word, parent=parent)
        clause.beside = self.comma
        if kind == "relative":
            clause.antecedent = self._who(adjacent, parent) if word == "who" else adjacent
            if self.prep is not None and word == "which":
                clause.adjuncts.append(Adjunct(self.prep.word, self.prep.first, adjacent))  # "from which they left"
        elif kind == "that":
            clause.governor = noun or (previous if isinstance(previous, Verb) else parent.verb)
        self.current = clause
        self._reset()
        return index + 1

    def _who(self, adjacent: Phrase | None, parent: Clause) -> Phrase | None:
        """``refugees in Turkey who left Ard``: who left is no country."""
        led = adjacent is not None and any(adjacent is adjunct.phrase for adjunct in parent.adjuncts[-1:])
        place = led and adjacent is not None and adjacent.head.name is not None and adjacent.head.name.kind == "place"
        return (parent.object or parent.subject or adjacent) if place else adjacent

    def _phrase_before(self, index: int) -> Phrase | None:
        """The phrase that ends right before, a comma and prepositions between left out."""
        if self.last_phrase is None:
            return None
        phrase, end = self.last_phrase
        between = self.chunks[end:index]
        return phrase if all(c.word in (",", "(", ")", "[") or c.kind in ("prep", "date") for c in between) else None

    def preposition(self, chunk: Chunk, index: int) -> int:
        """``after`` and its like open a clause where a subject and a finite verb follow, else they wait for a noun."""
        if self.comma:
            self._leave_beside()
        sooner = chunk.word == "than" and "no sooner" in self.clauses[0].adverbs
        if (
            (sooner or chunk.word in listed("clause_or_phrase"))
            and self._clause_follows(index + 1)
            and self._depth() < _DEEP
        ):
            self.current = self._open("adverbial", index, marker=chunk.word, parent=self._holder())
            self._reset()
        else:
            self.prep = chunk
        return index + 1

    def _leave_beside(self) -> None:
        """``..., which lies far off, in 1995``: a relative clause after a comma ends at the next, and all in it."""
        for clause in (self.current, *self.current.above()):
            if clause.kind == "relative" and clause.beside and clause.verb is not None and clause.parent is not None:
                self.current = clause.parent
                return

    def _holder(self) -> Clause:
        """Where an adverbial clause hangs: the clause that has its verb, or the one that waits for it."""
        return self.current

    def _clause_follows(self, index: int) -> bool:
        if index < len(self.chunks) and self.chunks[index].word == ",":
            index = self._past_dated_aside(index)
        while index < len(self.chunks) and self.chunks[index].kind in ("adverb", "date"):
            index += 1
        if index >= len(self.chunks) or not isinstance(self.chunks[index], Noun):
            return False
        _, step = phrase_at(self.chunks, index, own_verb=True)
        while step < len(self.chunks) and self.chunks[step].kind in ("adverb", "prep"):
            if self.chunks[step].kind == "prep":
                step += step + 1 < len(self.chunks) and self.chunks[step + 1].kind == "prep"  # "from across the river"
                if step + 1 >= len(self.chunks) or not isinstance(self.chunks[step + 1], Noun):
                    return False
                step += 1
            step += 1
        verb = self.chunks[step] if step < len(self.chunks) else None
        return isinstance(verb, Verb) and verb.finite and not self._agent(step)

    def _past_dated_aside(self, index: int) -> int:
        """``until, on 6 September, gunmen seized it``: the index after the date between commas."""
        end = index + 1 + (index + 1 < len(self.chunks) and self.chunks[index + 1].kind == "prep")
        closed = end + 1 < len(self.chunks) and isinstance(self.chunks[end], Date) and self.chunks[end + 1].word == ","
        return end + 2 if closed else index

    def _when_follows(self, index: int) -> bool:
        """``and on the 16th, when Ard fell, he was ...``"""
        return [chunk.word for chunk in self.chunks[index : index + 2]] == [",", "when"]

    def _agent(self, index: int) -> bool:
        named = index + 2 < len(self.chunks) and isinstance(self.chunks[index + 2], Noun)
        return named and self.chunks[index + 1].word == "by" and not self.chunks[index].auxiliary  # type: ignore[attr-defined]

    # --- arguments -----------------------------------------------------------------------------------

    def date(self, chunk: Chunk, index: int) -> int:
        assert isinstance(chunk, Date)
        clause = self.current
        preposition = self.prep.word if self.prep is not None else ""
        first = self.prep.first if self.prep is not None else chunk.first
        if (
            self.comma
            and clause.verb is not None
            and clause.kind in ("adverbial", "relative")
            and self._clause_follows(index + 1)
        ):
            clause = self._leave(clause)
        elif (
            self.joined
            and clause.verb is not None
            and (self._clause_follows(index + 1) or self._when_follows(index + 1))
        ):
            clause = self._coordinate(index)  # "... and on 18 May they captured B"
        clause.adjuncts.append(Adjunct(preposition, first, date=chunk.dated))
        self.prep = None
        return index + 1

    def _leave(self, clause: Clause) -> Clause:
        waiting = self._waiting()
        self.current = waiting if waiting is not None else clause
        return self.current

    def _coordinate(self, index: int) -> Clause:
        before = self.current
        self.current = self._open(
            "main" if before.kind in ("main", "gapped") else before.kind, index, parent=before.parent
        )
        self.current.marker, self.current.governor = before.marker, before.governor
        self.current.shares = before
        self._reset()
        return self.current

    def noun(self, chunk: Chunk, index: int) -> int:
        """A subject, an object, or what a preposition waits for."""
        if self.prep is not None:
            return self._prepositional(index)
        clause = self.current
        head = self.chunks[index]
        assert isinstance(head, Noun)
        if head.time and not self._verb_after(index):
            clause.adjuncts.append(
                Adjunct("", head.first, phrase_at(self.chunks, index, own_verb=False, several=False)[0])
            )
            return index + 1
        if self.comma and (clause.subject is not None or clause.verb is not None) and self._beside(head, index):
            clause = self.current
        elif (clause.verb is not None or clause.kind == "gapped") and self._gaps(index):
            clause = self._coordinate(index)
            clause.kind = "gapped"
        elif clause.verb is not None and self._subject_here(index):
            clause = self._next_clause(index)
        own = clause.verb is None
        phrase, end = phrase_at(self.chunks, index, own_verb=own, dated=clause.kind != "gapped")
        if own:
            if clause.subject is None or not self.comma or clause.subject.head.name is None:
                clause.subject = phrase
            self._reset()
        elif clause.objects and self.joined:  # "Bailundo and, the same day, Andulo"
            clause.objects[-1] = Phrase((*clause.objects[-1].members, *phrase.members))
            self._reset()
        else:
            clause.objects.append(phrase)
            self._reset()
        self.last_phrase = (phrase, end)
        return end

    def _verb_after(self, index: int) -> bool:
        following = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        return (
            isinstance(following, Verb)
            and following.finite
            and self.current.verb is None
            and self.current.subject is None
        )

    def _beside(self, head: Noun, index: int) -> bool:
        """``Lalibela, famous for its churches, ...``, ``Manbij, 30 km off, ...``: open an aside, to its comma."""
        if not (head.adjective or head.quantity is not None or head.word.isdigit()) or index in self.closing:
            return False
        close = next(
            (i for i in range(index + 1, min(len(self.chunks), index + 16)) if self.chunks[i].word == ","), None
        )
        if close is None or close in self.closing or any(c.kind == "sub" for c in self.chunks[index:close]):
            return False
        self.closing[close] = self.current
        self.current = self._open("aside", index, parent=self.current)
        self._reset()
        return True

    def _gaps(self, index: int) -> bool:
        """``A was taken on 3 May, B on 9 May and C on the 12th``: a noun with a date, and no verb of its own."""
        clause = self.current
        if not (self.comma or self.joined) or clause.kind not in ("main", "gapped", "that", "relative"):
            return False
        if not any(True for _ in clause.dates()):
            return False
        step = phrase_at(self.chunks, index, own_verb=False, dated=False)[1]
        while step < len(self.chunks):
            chunk = self.chunks[step]
            if isinstance(chunk, Date):
                return True
            if chunk.kind == "sub" and self.chunks[step - 1].word == ",":
                closed = self._aside_to(step - 1)  # "and Vendmouth, where the Duke was, on the 17th"
                if closed is None:
                    return False
                step = closed
                continue
            if isinstance(chunk, Verb) or chunk.kind == "sub" or chunk.word in (";", ":", "."):
                return False
            if chunk.kind == "and" and not isinstance(self.chunks[step - 1], Noun):
                return False
            step += 1
        return False

    def _prepositional(self, index: int) -> int:
        assert self.prep is not None
        clause, preposition = self.current, self.prep
        own = clause.verb is None and clause.subject is not None
        phrase, end = phrase_at(self.chunks, index, own_verb=own, dated=preposition.word in _LISTED)
        if self.joined and clause.verb is not None and phrase.head.time and self._clause_follows(end):
            clause = self._coordinate(index)  # "... and by nightfall the city was theirs"
        dated = phrase.head.dated if phrase.head.time and len(phrase.members) == 1 else None
        clause.adjuncts.append(Adjunct(preposition.word, preposition.first, None if dated else phrase, dated))
        self._reset()
        self.last_phrase = (phrase, end)
        return end

    def _subject_here(self, index: int) -> bool:
        """Whether a noun after a verb is the subject of a verb of its own."""
        phrase, step = phrase_at(self.chunks, index, own_verb=False)
        named = self.chunks[step] if step < len(self.chunks) else None
        if isinstance(named, Verb) and not named.auxiliary and named.word in listed("naming") and not self.comma:
            return False  # "took a knoll named Hill 40"
        if phrase.head.word in _NOMINATIVE:
            return True
        if self.comma and not self._verb_at(step):
            step = phrase_at(self.chunks, index, own_verb=True, dated=False)[1]
        while step < len(self.chunks):
            chunk = self.chunks[step]
            if isinstance(chunk, Verb):
                if self._object_of_relative():
                    return False
                return chunk.finite and not self._agent(step) and not (self._reduced(step) and not self._free())
            if chunk.kind == "adverb":
                step += 1
            elif chunk.kind == "prep" and step + 1 < len(self.chunks) and (self.comma or self.joined or self._says()):
                following = self.chunks[step + 1]
                if following.kind not in ("noun", "date"):
                    return False
                step += 2
            elif self.comma and chunk.word == "," and self._aside_to(step) is not None:
                step = self._aside_to(step) or step
            else:
                return False
        return False

    def _verb_at(self, index: int) -> bool:
        return index < len(self.chunks) and isinstance(self.chunks[index], Verb)

    def _object_of_relative(self) -> bool:
        """``The wall that crosses the territory is ...``: the noun completes the relative clause's verb."""
        clause = self.current
        lacks = clause.kind == "relative" and clause.verb is not None and not clause.objects and not clause.verb.passive
        return lacks and not self._free() and self._waiting() is not None

    def _aside_to(self, index: int) -> int | None:
        """Past ``, which fell in May,`` after a possible subject: the index after the closing comma."""
        following = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        if following is None or not (following.word in _RELATIVE or isinstance(following, Verb)):
            return None
        close = next(
            (i for i in range(index + 1, min(len(self.chunks), index + 20)) if self.chunks[i].word == ","), None
        )
        return close + 1 if close is not None else None

    def _reduced(self, index: int) -> bool:
        """``the town captured in May``: a form like ``captured`` with no object after it."""
        verb = self.chunks[index]
        assert isinstance(verb, Verb)
        if verb.auxiliary or verb.form != "past or participle":
            return False
        following = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        return not isinstance(following, Noun) and verb.word not in listed("intransitive")

    def _free(self) -> bool:
        return bool(self.comma or self.joined or self._says())

    def _says(self) -> bool:
        verb = self.current.verb
        return verb is not None and verb.word in listed("saying", "reality") and not self.current.objects

    def _next_clause(self, index: int) -> Clause:
        """The clause of a subject that stands after a verb: a reported one, the main one, or a coordinated one."""
        clause = self.current
        if (
            self._says()
            and not self.joined
            and clause.kind != "participle"
            and not (self.comma and not self._dated(index))
        ):
            self.current = self._open("that", index, parent=clause)
            self.current.governor = clause.verb
        elif (self.comma or clause.kind in ("adverbial", "participle")) and (waiting := self._waiting()) is not None:
            self.current = waiting
        elif self.joined and clause.kind != "participle":
            self._coordinate(index)
        else:
            self.current = self._open("main", index)
            self.current.shares = clause
        self._reset()
        return self.current

    def _dated(self, index: int) -> bool:
        """``said on Sunday, 26 October, it had``: nothing but a date between commas since the verb."""
        verb = self.current.verb
        step = index - 1
        while step >= 0 and (isinstance(self.chunks[step], Date) or self.chunks[step].word in (",", "on", "in")):
            step -= 1
        return step >= 0 and self.chunks[step] is verb

    # --- verbs -----------------------------------------------------------------------------------------

    def verb(self, chunk: Chunk, index: int) -> int:
        assert isinstance(chunk, Verb)
        if chunk.infinitive and self.current.inverted and self.current.verb is None:
            self._finite(chunk, index)  # "were the army to take Ard"
        elif chunk.infinitive:
            self._infinitive(chunk, index)
        elif chunk.form == "ing" and not chunk.auxiliary:
            self._participle(chunk, index)
        elif chunk.auxiliary.endswith("ing") and (chunk.auxiliary != "being" or self.prep is not None):
            self._participle(chunk, index)  # "having been captured"
        elif self._is_participle(chunk, index):
            self._participle(chunk, index)
        else:
            self._finite(chunk, index)
        self._reset()
        return index + 1

    def _is_participle(self, verb: Verb, index: int) -> bool:
        """``Ard, taken by X``, ``seized on 3 May, Ard ...``: a participle that is not the verb of its subject."""
        if verb.auxiliary or verb.form not in ("participle", "past or participle") or verb.lone:
            return False
        clause = self.current
        if clause.verb is None and clause.inverted:
            return False
        named = verb.word in listed("naming") and clause.verb is not None and self._adjacent(index)
        if verb.form == "participle" or named or self._agent(index):
            return True
        if self.joined and clause.kind == "participle" and not isinstance(self._after(index), Noun):
            return True
        if clause.verb is not None and not self.joined:
            waiting = self._waiting()
            free = waiting is None or waiting.subject is None
            return not isinstance(self._after(index), Noun) and (self.comma or self._adjacent(index)) and free
        if clause.verb is None and clause.subject is None:
            return clause.kind not in ("relative", "that") and self.joined == ""
        follows = self._after(index)
        if isinstance(follows, Noun) or clause.kind == "relative":
            return False
        if verb.word in listed("intransitive"):
            return self._finite_later(index, commas=self.comma)
        return verb.word in listed("transitive") or self._finite_later(index)

    def _after(self, index: int) -> Chunk | None:
        step = index + 1
        while step < len(self.chunks) and self.chunks[step].kind == "adverb":
            step += 1
        return self.chunks[step] if step < len(self.chunks) else None

    def _adjacent(self, index: int) -> bool:
        return self.last_phrase is not None and self.last_phrase[1] == index

    def _finite_later(self, index: int, *, commas: bool = True) -> bool:
        """Whether a finite verb follows that has no subject of its own, so that this one is no main verb."""
        for step in range(index + 1, min(len(self.chunks), index + 24)):
            chunk = self.chunks[step]
            dates = step + 1 < len(self.chunks) and isinstance(self.chunks[step + 1], Date)
            if chunk.word == "," and not commas:
                return False
            if chunk.kind == "sub" or (chunk.kind == "and" and not dates) or chunk.word in (";", ":"):
                return False
            if isinstance(chunk, Verb) and chunk.finite:
                before = self.chunks[step - 1]
                prepositional = isinstance(before, Noun) and step > 1 and self.chunks[step - 2].kind == "prep"
                return not isinstance(before, Noun) or prepositional
        return False

    def _participle(self, verb: Verb, index: int) -> None:
        parent = self.current
        marker = self.prep.word if self.prep is not None else ""
        if verb.form != "ing" and not marker and self.comma and not self._adjacent(index):
            before = parent.verb
            if before is not None and parent.kind == "participle" and before.form != "ing":
                clause = self._coordinate(index)  # "taken by X on 3 May, recovered by Y"
                clause.verb, clause.subject, clause.antecedent = verb, None, parent.antecedent
                return
            named = index > 1 and isinstance(self.chunks[index - 2], Noun)  # "by resolution 690, adopted on ..."
            if before is not None and before.passive and parent.subject is not None and not named:
                self._coordinate(index).verb = replace(verb, passive=True)
                return
        if self.joined and parent.kind == "participle" and parent.verb is not None and not marker:
            clause = self._coordinate(index)
            clause.subject, clause.antecedent = None, parent.antecedent
        else:
            if self._depth() >= _DEEP:
                return
            clause = self._open("participle", index, marker=marker, parent=parent)
            if not marker and not self._said_by(parent) and self._is_about(verb, index, parent):
                clause.antecedent = self._phrase_before(index)
        clause.verb = verb
        self.current = clause

    def _is_about(self, verb: Verb, index: int, parent: Clause) -> bool:
        """Whether a participle is about the phrase before it: not ``went along the river, taking Ard``."""
        if self.comma:
            return verb.form != "ing" or parent.verb is None or parent.subject is None
        return self._adjacent(index) or self._bracketed(index)

    def _said_by(self, clause: Clause) -> bool:
        """``..., said Papa, annexed with four pins``: whether the phrase before is who said it."""
        said = clause.verb is not None and clause.verb.word in _SAID and clause.subject is not None and self.comma
        return said and clause.object is not None and clause.object.head.name is not None

    def _bracketed(self, index: int) -> bool:
        """``the fort of Ard (returned in May)``"""
        return index > 0 and self.chunks[index - 1].word in ("(", "[")

    def _infinitive(self, verb: Verb, index: int) -> None:
        parent = self.current
        if self._depth() >= _DEEP:
            return
        if self.joined and parent.kind == "infinitive" and parent.parent is not None:
            parent = parent.parent
        previous = self.chunks[index - 1] if index else None
        only = previous is not None and previous.word == "only"
        clause = self._open("infinitive", index, marker="only to" if only else "to", parent=parent)
        clause.governor = (
            previous if isinstance(previous, Noun) and previous.name is None and not previous.pronoun else parent.verb
        )
        clause.verb = verb
        self.current = clause

    def _finite(self, verb: Verb, index: int) -> None:
        held, self.held = self.held, ""
        while self.joined and self.current.kind in ("participle", "infinitive") and self.current.parent is not None:
            if self.current.kind == "infinitive" and verb.form == "base":
                break
            self.current = self.current.parent  # "answered by occupying A and lost B"
        clause = self.current
        if clause.verb is None and clause.inverted:
            clause.verb = verb
        elif clause.verb is None:
            clause.verb = verb
            if verb.lone and clause.subject is None and self._inverts(verb, index):
                clause.verb, clause.inverted = None, True
        elif self.joined and not (self.comma and self._waiting() is not None and clause.kind == "relative"):
            self._go_on(verb, index)
        elif (waiting := self._waiting()) is not None:
            self.current = waiting
            waiting.verb = verb
        else:
            self._go_on(verb, index)
        if held:
            self.current.adverbs.add(held)

    def _go_on(self, verb: Verb, index: int) -> None:
        """A coordinated predicate: in the passive, where the one before is and no object follows ("and lost again")."""
        before = self.current.verb
        bare = not verb.auxiliary and verb.form == "past or participle" and verb.word not in listed("intransitive")
        if before is not None and before.passive and bare and not isinstance(self._after(index), Noun):
            verb = replace(verb, passive=True)
        self._coordinate(index).verb = verb

    def _inverts(self, verb: Verb, index: int) -> bool:
        """``Did Ard fall?``, ``Had Ard fallen, ...``: the subject stands after the auxiliary."""
        following = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        if not isinstance(following, Noun):
            return False
        end = phrase_at(self.chunks, index + 1, own_verb=True)[1]
        return end < len(self.chunks) and isinstance(self.chunks[end], Verb)


_READ: dict[str, Callable[[Builder, Chunk, int], int]] = {
    "mark": Builder.mark,
    "and": Builder.conjunction,
    "adverb": Builder.adverb,
    "sub": Builder.subordinator,
    "prep": Builder.preposition,
    "date": Builder.date,
    "noun": Builder.noun,
    "verb": Builder.verb,
}
