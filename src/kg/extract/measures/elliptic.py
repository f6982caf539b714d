"""Numbers whose noun stands elsewhere: ``Of the 27 villages, 9 have no road``, ``four of them``, ``Villages: 128``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.lexicon import listed, word
from kg.extract.measures.outcomes import OBJECTS, STATES, is_person, singular, tells_outcome
from kg.extract.reading import Reading, Sentence
from kg.text.counts import counted_at
from kg.text.numbers import WORDS, is_number, number
from kg.text.quantities import COUNTED, Quantity, convert, qualifier
from kg.text.tokens import Token

_THEM = frozenset("them these those which".split())
_OPENERS = frozenset(';,:(–—-"“')
_LEADS = frozenset("the its their these those all some about around nearly almost roughly a total of".split())
_FAR = 8  # tokens between "of" and the number of the whole
_NOT_BEFORE = frozenset("at in on by since until till from to no number page article chapter plate - / $ € £".split())
_GIVES = frozenset("say give put".split())
_LABELLED = frozenset(":|–—")


class Elliptic:
    """Reads the sentences of a document, in order, since ``of them`` looks back."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._counted = _Seen()
        self._measured = _Seen()

    def read(self, sentence: Sentence, quantities: list[Quantity]) -> list[Quantity]:
        """The quantities of a sentence with those whose noun or unit stands elsewhere, in order."""
        near = sentence.index - max(self._counted.sentence, self._measured.sentence) <= 1
        if not (quantities or near or _labels(sentence)):
            return quantities
        found = [*Walk(self, sentence, quantities).parts()]
        return sorted([*quantities, *found], key=lambda one: one.start) if found else quantities

    def note(self, sentence: Sentence, quantity: Quantity) -> None:
        """Remember a number with its noun or unit, for what looks back."""
        if quantity.whole is None and quantity.kind in ("count", "area"):
            self._counted = _Seen(sentence.index, sentence.block, quantity)
        if quantity.kind in ("area", "distance"):
            self._measured = _Seen(sentence.index, sentence.block, quantity)

    def other_number(self) -> None:
        """Another number stands after the last count: ``them`` may be of that."""
        self._counted = _Seen()

    def counted(self, sentence: Sentence) -> Quantity | None:
        """What ``them`` counts: the last number with a noun, in the same sentence or the one before."""
        return self._counted.near(sentence)

    def measured(self, sentence: Sentence) -> Quantity | None:
        """The last area or length, in the same sentence or the one before."""
        return self._measured.near(sentence)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A quantity and where it was seen."""

    sentence: int = -9
    block: int = -9
    quantity: Quantity | None = None

    def near(self, sentence: Sentence) -> Quantity | None:
        return self.quantity if sentence.index - self.sentence <= 1 and sentence.block - self.block <= 1 else None


class Walk:
    """One sentence, token by token."""

    def __init__(self, elliptic: Elliptic, sentence: Sentence, quantities: Sequence[Quantity]) -> None:
        self.elliptic, self.reading, self.sentence = elliptic, elliptic.reading, sentence
        self.tokens = elliptic.reading.words(sentence)
        self.starts = {one.start: one for one in quantities}
        self.whole: Quantity | None = None  # what "Of the 27 villages" opened

    def parts(self) -> Iterator[Quantity]:
        """The numbers without a noun of their own that this sentence gives one."""
        until = -1
        for index, token in enumerate(self.tokens):
            if token.start < until:
                continue
            if (known := self.starts.get(token.start)) is not None:
                until = known.end
                self.elliptic.note(self.sentence, known)
                continue
            if token.low == "of":
                self.whole = self._opened(index) or self.whole
            if token.start in self.reading.in_date or not _numbers(token):
                continue
            bare = self._bare(index)
            found = self._found(index, *bare) if bare is not None else None
            if found is not None:
                until = found.end
                if found.whole is None:
                    self.elliptic.note(self.sentence, found)
                yield found
            elif self.whole is None:
                self.elliptic.other_number()

    def _found(self, index: int, value: Decimal, last: int) -> Quantity | None:
        start, end = self.tokens[index].start, self.tokens[last - 1].end
        if labelled := _label(self.tokens, index):
            return Quantity(start, end, "count", value, "exact", labelled)
        them = _of_them(self.tokens, last) or (self.whole is None and _is_some(self.tokens, index, last))
        of = self.elliptic.counted(self.sentence) if them else self.whole
        if of is not None and of.kind == "area" and self._is_of_people(last):
            return None
        if of is not None and (part := _in_unit(value, of)) < of.value:
            of = replace(of, start=start, end=end, whole=of.value, whole_start=of.start)
            return replace(of, value=part, qualifier="part-of")
        rival = self.elliptic.measured(self.sentence) if of is None and self._says(index, last) else None
        if rival is None:
            return None
        made = qualifier(self.reading.text, start, self.sentence.start)
        value = _in_unit(value, rival)
        if not rival.value / 2 <= value <= rival.value * 2:
            return None  # it is a number for something else
        return replace(rival, start=start, end=end, value=value, qualifier=made, whole=None, same=rival.start)

    def _is_of_people(self, last: int) -> bool:
        """``Of its 300 sq km the army holds half; 120 were killed``."""
        return any(tells_outcome(token.low) for token in self.tokens[last : last + 3])

    def _says(self, index: int, last: int) -> bool:
        """``17 sq km (the county says 16.4)``: another number for what was measured right before."""
        step = index - 1
        while step > 0 and self.tokens[step].low in _LEADS:
            step -= 1
        says = step > 0 and (word(self.tokens[step].low).lemma in _GIVES or self.tokens[step - 1].low == "it")
        return says and (last >= len(self.tokens) or self.tokens[last].kind == "p")

    def _opened(self, index: int) -> Quantity | None:
        """The whole that ``Of the 27 villages`` or ``of these`` names, where it opens a clause."""
        tokens = self.tokens
        if index and not (tokens[index - 1].text in _OPENERS or tokens[index - 1].low == "and"):
            return None
        if index + 1 < len(tokens) and tokens[index + 1].low in _THEM:
            return self.elliptic.counted(self.sentence)
        step = index + 1
        owner = step
        while owner < min(len(tokens), index + _FAR) and (tokens[owner].low == "the" or tokens[owner].capital):
            owner += 1
            step = owner if tokens[owner - 1].possessive else step  # "Of the Golan Heights' 1,800 sq km"
        while step < min(len(tokens), index + _FAR) and (tokens[step].low in _LEADS or tokens[step].possessive):
            step += 1
        whole = self.starts.get(tokens[step].start) if step < len(tokens) else None
        return whole if whole is not None and whole.kind in ("count", "area") else None

    def _bare(self, index: int) -> tuple[Decimal, int] | None:
        """A number that no noun follows, and one past its last token."""
        if index and self.tokens[index - 1].low in _NOT_BEFORE:
            return None
        value, last = self._value(index)
        if value is None or value < 2 or (last < len(self.tokens) and _is_counted(self.tokens, last)):
            return None
        return value, last

    def _value(self, index: int) -> tuple[Decimal | None, int]:
        counted = counted_at(self.tokens, index, len(self.tokens), decimal=self.reading.decimal)
        if counted is not None:
            return counted.value, counted.last
        text = self.tokens[index].text
        return (number(text), index + 1) if is_number(text) and "." in text else (None, index)


def _in_unit(value: Decimal, of: Quantity) -> Decimal:
    """A bare number in the unit of another quantity."""
    return value if of.kind == "count" else convert(value, of.unit)[1]


def _numbers(token: Token) -> bool:
    year = len(token.text) == 4 and token.text.isdecimal() and token.text[:1] in "12"
    return (token.kind == "n" and not year) or (token.low in WORDS and token.low not in ("single", "one"))


def _is_counted(tokens: Sequence[Token], index: int) -> bool:
    """Whether what follows a number may be its noun: ``9 are``, ``676 Poland,`` and ``6 without`` have none."""
    token = tokens[index]
    known = word(token.low)
    if token.text in ("%", "-", "/") or token.kind == "n":
        return True
    if token.kind != "w" or known.closed:
        return False
    if token.capital:
        return not (index + 1 == len(tokens) or tokens[index + 1].kind == "p")
    plural = known.noun and (token.low in listed("plural") or token.low.endswith("s"))
    return plural or not (known.lemma or known.adverb)


def _of_them(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index].low == "of" and tokens[index + 1].low in _THEM


def _is_some(tokens: Sequence[Token], index: int, last: int) -> bool:
    """``12 villages, and nine are empty``: a number as subject of a state, of which nothing happens to people."""
    begins = index == 0 or tokens[index - 1].low in ("and", "but", "now") or tokens[index - 1].text == ";"
    lows = [token.low for token in tokens[last : last + 4]]
    outcomes = {OBJECTS.get(word(low).lemma, STATES.get(low, "destroyed")) for low in lows}
    people = any(is_person(singular(low)) for low in lows)
    return begins and bool(lows) and lows[0] in _STATIVE and outcomes == {"destroyed"} and not people


_STATIVE = frozenset("are were have had lie lay remain remained stand stood".split())


def _labels(sentence: Sentence) -> bool:
    return not sentence.lows.isdisjoint(_LABELLED) and not sentence.lows.isdisjoint(COUNTED)


def _label(tokens: Sequence[Token], index: int) -> str:
    """The counted noun that labels a number, ``Districts: 17``."""
    marked = index >= 2 and tokens[index - 1].text in _LABELLED
    low = tokens[index - 2].low if marked else ""
    return COUNTED[low] if low.endswith("s") and low in COUNTED else ""
