"""What follows in a sentence: questions about the chunks ahead, whatever has been read before."""

from collections.abc import Sequence

from kg.extract.clauses.chunks import Chunk, Date, Noun, Verb
from kg.extract.clauses.phrases import phrase_at
from kg.extract.lexicon import listed

RELATIVE = frozenset(("which", "who", "whom", "whose", "where"))
HEDGING = frozenset("assume fear guess hope imagine presume reckon rumour suppose surmise suspect think".split())


class Ahead:
    """Looks ahead in the chunks of one sentence."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.chunks = chunks

    def only_nouns(self, index: int) -> bool:
        if index >= len(self.chunks) or not isinstance(self.chunks[index], Noun):
            return False
        return not any(isinstance(chunk, Verb) for chunk in self.chunks[index:])

    def clause_follows(self, index: int) -> bool:
        if index < len(self.chunks) and self.chunks[index].word == ",":
            index = self.past_dated_aside(index)
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
        return self._finite_at(step)

    def verb_follows(self, index: int) -> bool:
        """Whether a finite verb comes next, past a comma, that goes on with the subject before."""
        return self._finite_at(index + (index < len(self.chunks) and self.chunks[index].word == ","))

    def _finite_at(self, index: int) -> bool:
        verb = self.chunks[index] if index < len(self.chunks) else None
        return isinstance(verb, Verb) and verb.finite and not self.agent(index)

    def said_until(self, index: int) -> int | None:
        """``..., its bakers say, ...``, ``..., the ministry is glad to announce, ...``: the comma that closes it."""
        step = phrase_at(self.chunks, index, own_verb=True)[1]
        verb = self.chunks[step] if step < len(self.chunks) else None
        if not isinstance(verb, Verb) or not verb.finite:
            return None
        if verb.lone and step + 2 < len(self.chunks) and isinstance(self.chunks[step + 2], Verb):
            step, verb = step + 2, self.chunks[step + 2]  # "is glad to announce"
        closes = step + 2 < len(self.chunks) and self.chunks[step + 1].word == ","
        told = verb.word in listed("saying", "reality") or verb.word in HEDGING
        return step + 1 if closes and told else None

    def past_dated_aside(self, index: int) -> int:
        """``until, on 6 September, gunmen seized it``: the index after the date between commas."""
        end = index + 1 + (index + 1 < len(self.chunks) and self.chunks[index + 1].kind == "prep")
        closed = end + 1 < len(self.chunks) and isinstance(self.chunks[end], Date) and self.chunks[end + 1].word == ","
        return end + 2 if closed else index

    def when_follows(self, index: int) -> bool:
        """``and on the 16th, when Ard fell, he was ...``"""
        return [chunk.word for chunk in self.chunks[index : index + 2]] == [",", "when"]

    def agent(self, index: int) -> bool:
        """``seized by gunmen``: whether who did it follows a verb without an auxiliary; not ``left by lorry``."""
        if index + 2 >= len(self.chunks):
            return False
        verb, by, who = self.chunks[index : index + 3]
        named = isinstance(who, Noun) and who.word not in listed("means")
        return named and by.word == "by" and isinstance(verb, Verb) and not verb.auxiliary

    def verb_at(self, index: int) -> bool:
        return index < len(self.chunks) and isinstance(self.chunks[index], Verb)

    def aside_to(self, index: int) -> int | None:
        """Past ``, which fell in May,``, ``, by then a ruin,`` after a possible subject: the index after the comma."""
        inside = range(index + 1, min(len(self.chunks), index + 20))
        close = next((i for i in inside if self.chunks[i].word == ","), None)
        if close is None or close == index + 1:
            return None
        following, after = self.chunks[index + 1], self.after(close)
        opens = following.word in RELATIVE or isinstance(following, Verb)
        verbs = (i for i in range(index + 1, close) if isinstance(self.chunks[i], Verb))
        own = isinstance(after, Verb) and after.finite and all(map(self.reduced, verbs))
        listed_on = isinstance(following, Noun) and not (following.adjective or following.quantity)
        return close + 1 if opens or (own and not listed_on) else None

    def reduced(self, index: int) -> bool:
        """``the town captured in May``: a form like ``captured`` with no object after it."""
        verb = self.chunks[index]
        assert isinstance(verb, Verb)
        if verb.auxiliary or verb.form != "past or participle":
            return False
        following = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        return not isinstance(following, Noun) and verb.word not in listed("intransitive")

    def after(self, index: int) -> Chunk | None:
        step = index + 1
        while step < len(self.chunks) and self.chunks[step].kind == "adverb":
            step += 1
        return self.chunks[step] if step < len(self.chunks) else None

    def finite_later(self, index: int, *, commas: bool = True) -> bool:
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

    def inverts(self, verb: Verb, index: int) -> bool:
        """``Did Ard fall?``, ``Had Ard fallen, ...``: the subject stands after the auxiliary."""
        following = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        if not isinstance(following, Noun):
            return False
        end = phrase_at(self.chunks, index + 1, own_verb=True)[1]
        return end < len(self.chunks) and isinstance(self.chunks[end], Verb)
