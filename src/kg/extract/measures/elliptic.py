"""Numbers whose noun stands elsewhere: ``Of the 27 villages, 9 have no road``, ``four of them``, ``Villages: 128``."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.extract.lexicon import listed, word
from kg.extract.reading import Reading, Sentence
from kg.model import Qualifier
from kg.text.counts import counted_at
from kg.text.quantities import COUNTED, WORDS, Quantity, convert, is_number, number, qualifier
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
        self._last: tuple[int, Quantity] | None = None  # the last whole, with its sentence
        self._measure: tuple[int, Quantity | None] = (-9, None)  # the last area or length, likewise

    def read(self, sentence: Sentence, quantities: list[Quantity]) -> list[Quantity]:
        """The quantities of a sentence with those whose noun or unit stands elsewhere, in order."""
        tokens = self.reading.words(sentence)
        looks_back = self._last is not None and not sentence.lows.isdisjoint(_THEM)
        if quantities or looks_back or sentence.index - self._measure[0] == 1 or _labels(sentence):
            found = [*self._parts(sentence, tokens, quantities)]
            taken = {one.start for one in quantities}
            quantities = sorted([*quantities, *(one for one in found if one.start not in taken)], key=_start)
        wholes = [one for one in quantities if one.kind in ("count", "area") and one.whole is None]
        if wholes:
            self._last = sentence.index, wholes[-1]
        if measures := [one for one in quantities if one.kind in ("area", "distance")]:
            self._measure = sentence.index, measures[-1]
        return quantities

    def _parts(self, sentence: Sentence, tokens: Sequence[Token], quantities: Sequence[Quantity]) -> Iterator[Quantity]:
        known = [*quantities]
        whole: Quantity | None = None
        for index, token in enumerate(tokens):
            if token.low == "of" and (opened := self._opened(sentence, tokens, index, known)) is not None:
                whole = opened
            bare = self._bare(tokens, index) if not any(one.start <= token.start < one.end for one in known) else None
            if bare is None:
                continue
            number, last = bare
            end = tokens[last - 1].end
            if labelled := _label(tokens, index):
                known.append(Quantity(token.start, end, "count", number, "exact", labelled))
                yield known[-1]
                continue
            of = self._before(sentence, tokens, index, known) if _of_them(tokens, last) else whole
            if of is not None and (value := _in_unit(number, of)) < of.value:
                part: Qualifier = "part-of"
                yield replace(
                    of, start=token.start, end=end, value=value, qualifier=part, whole=of.value, whole_start=of.start
                )
            elif of is None and (rival := self._rival(sentence, tokens, index, last, known)) is not None:
                yield replace(
                    rival,
                    start=token.start,
                    end=end,
                    value=_in_unit(number, rival),
                    qualifier=qualifier(self.reading.text, token.start, sentence.start),
                    whole=None,
                    same=rival.start,
                )

    def _rival(
        self, sentence: Sentence, tokens: Sequence[Token], index: int, last: int, known: Sequence[Quantity]
    ) -> Quantity | None:
        """``17 sq km (the county says 16.4)``: another number for what was measured right before."""
        step = index - 1
        while step > 0 and tokens[step].low in _LEADS:
            step -= 1
        says = step > 0 and (word(tokens[step].low).lemma in _GIVES or tokens[step - 1].low == "it")
        ends = last >= len(tokens) or tokens[last].kind == "p"
        measured = [one for one in known if one.end <= tokens[index].start and one.kind in ("area", "distance")]
        if not (says and ends):
            return None
        if measured:
            return measured[-1]
        number, measure = self._measure
        return measure if sentence.index - number <= 1 else None

    def _opened(
        self, sentence: Sentence, tokens: Sequence[Token], index: int, quantities: Sequence[Quantity]
    ) -> Quantity | None:
        """The whole that ``Of the 27 villages`` or ``of these`` names, where it opens a clause."""
        if index and not (tokens[index - 1].text in _OPENERS or tokens[index - 1].low == "and"):
            return None
        if index + 1 < len(tokens) and tokens[index + 1].low in _THEM:
            return self._before(sentence, tokens, index, quantities)
        step = index + 1
        while step < min(len(tokens), index + _FAR) and (tokens[step].low in _LEADS or tokens[step].possessive):
            step += 1
        start = tokens[step].start if step < len(tokens) else -1
        return next((one for one in quantities if one.start == start and one.kind in ("count", "area")), None)

    def _before(
        self, sentence: Sentence, tokens: Sequence[Token], index: int, quantities: Sequence[Quantity]
    ) -> Quantity | None:
        """What ``them`` counts: the last number with a noun, in the same sentence or the one before."""
        here = [one for one in quantities if one.end <= tokens[index].start and one.whole is None]
        counted = [one for one in here if one.kind in ("count", "area")]
        if counted:
            between = [t for t in tokens[:index] if t.start >= counted[-1].end]
            return counted[-1] if here[-1] is counted[-1] and not any(map(_numbers, between)) else None
        if self._last is None or any(map(_numbers, tokens[:index])):
            return None
        number, whole = self._last
        earlier = self.reading.sentences[number]
        near = sentence.index - number <= 1 and sentence.block - earlier.block <= 1
        after = self.reading.tokens_in(whole.end, earlier.end) if number < sentence.index else ()
        return whole if near and not any(map(_numbers, after)) else None

    def _bare(self, tokens: Sequence[Token], index: int) -> tuple[Decimal, int] | None:
        """A number that no noun follows, and one past its last token."""
        token = tokens[index]
        if token.start in self.reading.in_date or not _numbers(token):
            return None
        if index and tokens[index - 1].low in _NOT_BEFORE:
            return None
        value, last = self._value(tokens, index)
        if value is None or value < 2 or (last < len(tokens) and _is_counted(tokens, last)):
            return None
        return value, last

    def _value(self, tokens: Sequence[Token], index: int) -> tuple[Decimal | None, int]:
        counted = counted_at(tokens, index, len(tokens), decimal=self.reading.decimal)
        if counted is not None:
            return counted.value, counted.last
        token = tokens[index]
        return (number(token.text), index + 1) if is_number(token.text) and "." in token.text else (None, index)


def _in_unit(value: Decimal, of: Quantity) -> Decimal:
    """A bare number in the unit of another quantity."""
    return value if of.kind == "count" else convert(value, of.unit)[1]


def _start(one: Quantity) -> int:
    return one.start


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


def _labels(sentence: Sentence) -> bool:
    return not sentence.lows.isdisjoint(_LABELLED) and not sentence.lows.isdisjoint(COUNTED)


def _label(tokens: Sequence[Token], index: int) -> str:
    """The counted noun that labels a number, ``Districts: 17``."""
    marked = index >= 2 and tokens[index - 1].text in _LABELLED
    low = tokens[index - 2].low if marked else ""
    return COUNTED[low] if low.endswith("s") and low in COUNTED else ""


