"""The clauses of a sentence while it is read: which are open, and what has just been read."""

from collections.abc import Sequence

from kg.extract.clauses.ahead import Ahead
from kg.extract.clauses.chunks import Chunk
from kg.extract.clauses.clause import Adjunct, Clause, ClauseKind
from kg.extract.clauses.phrases import Phrase
from kg.extract.lexicon import is_saying

DEEP = 12  # clauses within clauses: what is deeper is not read


class Stack:
    """The clauses read so far, the one that is current, and the marks since its last chunk."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.chunks, self.ahead = chunks, Ahead(chunks)
        self.clauses: list[Clause] = []
        self.current = self.open("main", 0)
        self.comma = False
        self.joined = ""  # the conjunction just before
        self.held = ""  # an adverb after it, of the verb to come
        self.pending: Adjunct | None = None  # a date after it, of the verb to come
        self.prep: Chunk | None = None
        self.closing: dict[int, Clause] = {}  # index of a closing bracket or dash -> the clause that goes on after it
        self.last_phrase: tuple[Phrase, int] | None = None  # with the index after it

    def open(self, kind: ClauseKind, index: int, *, marker: str = "", parent: Clause | None = None) -> Clause:
        first = self.chunks[index].first if index < len(self.chunks) else 0
        clause = Clause(kind, first, parent, marker, first)
        self.clauses.append(clause)
        return clause

    def depth(self) -> int:
        return sum(1 for _ in self.current.above())

    def waiting(self) -> Clause | None:
        """The nearest clause around the current one that still lacks its verb."""
        return next((c for c in self.current.above() if c.verb is None and c.kind not in ("label", "gapped")), None)

    def reset(self) -> None:
        self.comma, self.joined, self.prep = False, "", None

    def new_main(self, index: int) -> None:
        before = self.current
        while before.parent is not None and before.kind != "aside":
            before = before.parent
        self.current = self.open("main", index)
        self.current.shares = before
        self.reset()

    def coordinate(self, index: int) -> Clause:
        before = self.current
        self.current = self.open(
            "main" if before.kind in ("main", "gapped") else before.kind, index, parent=before.parent
        )
        self.current.marker, self.current.governor = before.marker, before.governor
        self.current.shares = before
        self.reset()
        return self.current

    def leave(self, clause: Clause) -> Clause:
        waiting = self.waiting()
        self.current = waiting if waiting is not None else clause
        return self.current

    def phrase_before(self, index: int) -> Phrase | None:
        """The phrase that ends right before, a comma and prepositions between left out."""
        if self.last_phrase is None:
            return None
        phrase, end = self.last_phrase
        between = self.chunks[end:index]
        return phrase if all(c.word in (",", "(", ")", "[") or c.kind in ("prep", "date") for c in between) else None

    def adjacent(self, index: int) -> bool:
        return self.last_phrase is not None and self.last_phrase[1] == index

    def free(self) -> bool:
        return bool(self.comma or self.joined or self.says())

    def says(self) -> bool:
        verb = self.current.verb
        return verb is not None and is_saying(verb.word) and not self.current.objects
