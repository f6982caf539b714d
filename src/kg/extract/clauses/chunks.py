"""Slots -> chunks: noun phrases without what follows their head, verb groups, prepositions, dates and marks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.extract.clauses.slots import Slot
from kg.extract.found import Found
from kg.extract.lexicon import listed, tabled
from kg.text.dates import Dated
from kg.text.quantities import Quantity

ChunkKind = Literal["noun", "verb", "prep", "date", "mark", "and", "sub", "adverb"]
VerbForm = Literal["base", "present", "past", "participle", "past or participle", "ing"]


# No chunk is ever changed; frozen ones take twice as long to make, and a page has hundreds.
@dataclass(slots=True, unsafe_hash=True)
class Chunk:
    """Tokens ``first`` to ``last`` (excluded) that stand for one thing.

    ``word`` is what decides, in lower case: the preposition, mark, conjunction or marker; of a noun phrase its
    head; of a verb group the lemma of its main verb.
    """

    kind: ChunkKind
    first: int
    last: int
    word: str


@dataclass(slots=True, unsafe_hash=True)
class Date(Chunk):
    """A date of the text, where a clause may take it as its time."""

    dated: Dated


@dataclass(slots=True, unsafe_hash=True)
class Noun(Chunk):
    """A noun phrase up to its head: ``the two Syrian towns``, ``Aleppo's airport``, ``it``, ``20 percent``.

    ``names`` are the names in it, in order; ``name`` the one that is its head, or None where the head is a common
    noun. ``determiner`` is its first word if that is one. ``owner`` is what a possessive before the head names.
    """

    head: int
    names: tuple[Found, ...] = ()
    name: Found | None = None
    determiner: str = ""
    owner: Found | None = None
    pronoun: bool = False
    adjective: bool = False  # no noun at all: "true", "free again"
    number: bool = False  # counted: "three towns", "24 villages"
    quantity: Quantity | None = None
    words: frozenset[str] = field(default=frozenset())
    dated: Dated | None = None  # of "the 1974 invasion": the noun's, and no clause's

    @property
    def plural(self) -> bool:
        ends = self.word.endswith("s") and not self.word.endswith("ss")
        return self.word in listed("plural") or (self.name is None and ends)

    @property
    def time(self) -> bool:
        return (
            self.name is None and self.word in listed("time") and not (self.word == "end" and self.determiner == "an")
        )


@dataclass(slots=True, unsafe_hash=True)
class Verb(Chunk):
    """A verb group: auxiliaries, negation, adverbs within, and the main verb; ``word`` is its lemma.

    Where there is no main verb (``is``, ``had``, ``did``) the auxiliary is it.
    """

    main: int
    form: VerbForm
    passive: bool = False
    perfect: bool = False
    progressive: bool = False
    modal: str = ""
    infinitive: bool = False
    negated: bool = False
    auxiliary: str = ""  # the first one, as written
    adverbs: frozenset[str] = field(default=frozenset())
    lone: bool = False  # an auxiliary without a main verb

    @property
    def finite(self) -> bool:
        """Whether it has, or with a form like ``captured`` may have, a subject of its own."""
        if self.infinitive:
            return False
        return bool(self.auxiliary) or self.form in ("present", "past", "base", "past or participle")


_NOUNS = frozenset(("name", "noun", "adj", "num", "figure", "det"))
_HEADS = frozenset(("noun", "name", "figure"))
_VERBS = frozenset(("aux", "verb", "part", "ing", "to"))
_SIMPLE: dict[str, ChunkKind] = {
    "prep": "prep",
    "sub": "sub",
    "and": "and",
    "adv": "adverb",
    "mark": "mark",
    "not": "adverb",
}
_JOINED = {tuple(words.split("+")): kind for words, kind in tabled("joined").items()}
_JOINED_FIRST, _JOINED_SECOND = (frozenset(key[place] for key in _JOINED) for place in (0, 1))


_NEVER_WITHIN = frozenset("then now not never back up out off away down".split())


def chunk(slots: Sequence[Slot]) -> list[Chunk]:
    """The chunks of a sentence, in order; every slot is in one."""
    chunks: list[Chunk] = []
    index = 0
    while index < len(slots):
        slot = slots[index]
        if slot.low in _JOINED_FIRST and (joined := _joined(slots, index)) is not None:
            made, index = joined
        elif slot.tag == "date":
            assert slot.dated is not None
            made, index = Date("date", slot.first, slot.last, slot.low, slot.dated), index + 1
        elif slot.tag in _VERBS or (slot.tag == "not" and _verb_follows(slots, index)):
            made, index = _verb(slots, index)
        elif (slot.tag in ("adv", "not") and _modifies(slots, index)) or slot.tag in _NOUNS or slot.tag == "pron":
            made, index = _noun(slots, index)
        else:
            made, index = Chunk(_SIMPLE[slot.tag], slot.first, slot.last, slot.low), index + 1
        chunks.append(made)
    return chunks


def _joined(slots: Sequence[Slot], index: int) -> tuple[Chunk, int] | None:
    if index + 1 == len(slots) or slots[index + 1].low not in _JOINED_SECOND:
        return None
    for length in (3, 2):
        lows = tuple(slot.low for slot in slots[index : index + length])
        if (kind := _JOINED.get(lows)) is not None:
            last = index + len(lows)  # a sentence may end within
            return Chunk(kind, slots[index].first, slots[last - 1].last, " ".join(lows)), last  # type: ignore[arg-type]
    return None


def _verb_follows(slots: Sequence[Slot], index: int) -> bool:
    near = slots[index + 1 : index + _NEAR]
    return next((slot.tag in ("ing", "to", "part") for slot in near if slot.tag not in ("adv", "not")), False)


_NEAR = 10  # slots: how far a verb may stand from its "not"


def _modifies(slots: Sequence[Slot], index: int) -> bool:
    """``strategically important towns``, ``almost 20 percent``: an adverb within a noun phrase."""
    following = slots[index + 1] if index + 1 < len(slots) else None
    if following is None or slots[index].low in _NEVER_WITHIN:
        return False
    return following.tag in ("num", "figure") or (following.tag == "adj" and slots[index].tag == "adv")


# --- noun phrases -------------------------------------------------------------------------------------


def _noun(slots: Sequence[Slot], index: int) -> tuple[Noun, int]:
    first = index
    if slots[index].tag == "pron":
        slot = slots[index]
        return Noun(
            "noun", slot.first, slot.last, slot.low, slot.first, pronoun=True, words=frozenset((slot.low,))
        ), index + 1
    dated: Dated | None = None
    index += 1
    while index < len(slots):
        slot, before = slots[index], slots[index - 1]
        if slot.tag == "date" and _within(slots, first, index):
            dated = slot.dated
        elif slot.tag == "det":
            if not (before.tag == "det" or before.token.possessive):
                break
        elif slot.tag == "adv":
            if not (_modifies(slots, index) and before.tag in ("det", "adj", "num")):
                break
        elif slot.low == "-" and _hyphen(slots, index):
            pass  # "the Armenia-Azerbaijan conflict"
        elif (
            (before.low in listed("time") and slot.low in listed("force") and slots[first].tag == "det")
            or (slot.tag == "name" and before.tag == "noun" and _parts(slots, first, index))
            or slot.tag not in _NOUNS
            or _heard(slots, first, index)
            or (slot.tag == "num" and before.tag in _HEADS and _low(slots, index + 1) in listed("time"))
            or (before.tag == "figure" and slot.tag in ("name", "num"))
        ):
            break
        index += 1
    return _noun_of(slots[first:index], dated), index


def _low(slots: Sequence[Slot], index: int) -> str:
    return slots[index].low if index < len(slots) else ""


def _heard(slots: Sequence[Slot], first: int, index: int) -> bool:
    """``told AFP rebels had entered Ard``: a new noun phrase begins after who hears it."""
    if not first or slots[first - 1].word.lemma not in listed("heard", "speech") or slots[index - 1].tag != "name":
        return False
    following = slots[index + 1] if index + 1 < len(slots) else None
    return slots[index].tag == "noun" and following is not None and following.tag in ("aux", "verb", "part")


def _parts(slots: Sequence[Slot], first: int, index: int) -> bool:
    """Whether a name after a noun begins a phrase: ``In a joint push Syrian troops``; not ``Former Iraqi soldiers``."""
    before, found = slots[index - 1], slots[index].found
    opens = index - first == 1 and before.word.adjective
    led = first > 0 and slots[first - 1].tag == "prep" and (first == 1 or slots[first - 2].tag == "mark")
    if led and index + 1 < len(slots) and slots[index + 1].tag in ("part", "verb", "aux"):
        return True  # "In the exercise Goma fell"
    return before.low in listed("time") or (found is not None and found.kind == "demonym" and not opens)


def _hyphen(slots: Sequence[Slot], index: int) -> bool:
    """Whether a hyphen joins two names without a blank."""
    if index + 1 >= len(slots) or slots[index - 1].tag != "name" or slots[index + 1].tag != "name":
        return False
    return slots[index - 1].token.end == slots[index].token.start


def _within(slots: Sequence[Slot], first: int, index: int) -> bool:
    """``the 1974 invasion``: a date between the determiner and the head."""
    opened = slots[first].tag == "det" and all(s.tag in ("det", "adj") for s in slots[first:index])
    following = slots[index + 1] if index + 1 < len(slots) else None
    return opened and following is not None and following.tag in ("noun", "adj", "name")


def _noun_of(slots: Sequence[Slot], dated: Dated | None) -> Noun:
    first, last = slots[0], slots[-1]
    head = owner = quantity = None
    names: list[Found] = []
    lows: set[str] = set()
    number = False
    for slot in slots:
        tag = slot.tag
        if tag in _HEADS:
            head = slot
        elif tag == "num":
            number = True
        if slot.found is not None:
            names.append(slot.found)
            lows.update(slot.found.text.lower().split())
        else:
            lows.add(slot.low)
        if slot.token.possessive and slot is not last:
            owner = slot
        if quantity is None:
            quantity = slot.quantity
    head = head or last
    if head is last and head.token.possessive:
        lows.add("'s")  # "the town was Sheridan's"
    return Noun(
        "noun",
        first.first,
        last.last,
        head.low,
        head.last - 1,
        tuple(names),
        head.found,
        first.low if first.tag == "det" else "",
        owner.found if owner is not None and owner is not head else None,
        adjective=head.tag == "adj" and first.tag != "det",
        number=number,
        quantity=quantity,
        words=frozenset(lows),
        dated=dated,
    )


# --- verb groups --------------------------------------------------------------------------------------


def _verb(slots: Sequence[Slot], index: int) -> tuple[Verb, int]:
    first, last = index, index + 1
    step = index
    parts: list[Slot] = []
    adverbs: set[str] = set()
    while step < len(slots):
        slot = slots[step]
        if slot.tag in _VERBS:
            if slot.tag == "to" and parts and not _goes_on(parts):
                break
            parts.append(slot)
            last = step + 1
            if slot.tag in ("verb", "part", "ing") and not _auxiliary(slot, slots, step):
                break
        elif slot.tag in ("adv", "not") or (slot.low == "since" and _has_participle(slots, step)):
            adverbs.add(slot.low)
        elif slot.low == "but" and slots[step - 1].low == "all":
            adverbs.add("but")  # "was all but taken"
        elif slot.low == "no" and step + 1 < len(slots) and slots[step + 1].low == "longer":
            adverbs.add("no")
            step += 1
        else:
            break
        step += 1
    if adverbs:
        adverbs &= {s.low for s in slots[first:last]}
    return _verb_of(slots[first], slots[last - 1], parts, frozenset(adverbs)), last


def _has_participle(slots: Sequence[Slot], index: int) -> bool:
    """``has since conceded``, ``has since been taken``: an adverb between "have" and its participle."""
    have = index > 0 and slots[index - 1].word.closed == "have"
    return have and index + 1 < len(slots) and slots[index + 1].tag in ("part", "aux")


def _auxiliary(slot: Slot, slots: Sequence[Slot], index: int) -> bool:
    """``got taken``, ``having seized``: the word is an auxiliary of the participle after it."""
    if slot.word.lemma not in ("get", "have", "be"):
        return False
    return index + 1 < len(slots) and slots[index + 1].tag == "part"


def _goes_on(parts: Sequence[Slot]) -> bool:
    """Whether ``to`` belongs to the group: ``is to``, ``had to``, ``ought to``, ``is going to``."""
    return parts[-1].tag == "aux" and (parts[-1].word.closed in ("be", "have") or parts[-1].low == "ought")


def _verb_of(first: Slot, last: Slot, parts: Sequence[Slot], adverbs: frozenset[str]) -> Verb:
    main = parts[-1]
    auxes = parts[:-1]
    closed = [p.word.closed or p.word.lemma for p in auxes]
    participle = main.tag == "part" and main.word.form != "past"
    gone = main.low == "gone" and bool(closed) and closed[-1] == "be"  # a state: "were gone by the 13th"
    passive = participle and bool(closed) and closed[-1] in ("be", "get") and not gone
    lead = next((p for p in parts if p.tag != "to"), main)
    infinitive = parts[0].tag == "to"
    scheduled = bool(auxes) and any(p.tag == "to" for p in parts[1:])
    negated = any(p.low.endswith(("n't", "n’t")) or p.low == "cannot" for p in parts)
    return Verb(
        "verb",
        first.first,
        last.last,
        "be" if gone else main.word.lemma or main.low,
        main.first,
        _form(main),
        passive=passive,
        perfect="have" in closed,
        progressive=main.tag == "ing" and "be" in closed,
        modal=next((p.low for p in auxes if p.word.closed == "modal"), "to" if scheduled else ""),
        infinitive=infinitive,
        negated=negated or not adverbs.isdisjoint(listed("negation", "class")) or "no" in adverbs,
        auxiliary=lead.low if lead.tag == "aux" else "",
        adverbs=adverbs | {"gone"} if gone else adverbs,
        lone=main.tag == "aux" and main.word.closed != "get",
    )


def _form(main: Slot) -> VerbForm:
    if main.tag == "aux":
        return "base"
    return main.word.form or "base"
