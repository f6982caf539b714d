"""Which reading a word has where it stands: homographs are decided here, by their neighbours, and nowhere else.

Tags: ``name`` ``date`` ``figure`` (a quantity with its unit), ``det`` ``adj`` ``noun`` ``pron`` ``num``, ``prep``
``sub`` ``and``, ``aux`` ``verb`` (finite or base form) ``part`` (past tense or participle) ``ing``, ``to`` ``not``
``adv``, ``mark``.
"""

from collections.abc import Sequence
from itertools import takewhile

from kg.extract import words
from kg.extract.clauses.slots import PARTICLES, PRONOUN_TOO, Slot, slots_of
from kg.extract.clauses.verb_tags import BEFORE_NOUN, FAR, NOMINAL, opens, past_adverbs, verb_or_noun
from kg.extract.found import Found
from kg.extract.lexicon import listed
from kg.extract.reading import Reading, Sentence
from kg.text.quantities import Quantity

_BEFORE_THAT = frozenset(("in", "except", "but", "save", "than", "given"))  # "in that", before a clause
_THAT_NOUNS = frozenset(
    "day date year month time week evening night morning autumn winter spring summer same very".split()
)


def tag(reading: Reading, sentence: Sentence, group: Sequence[Found], measured: Sequence[Quantity]) -> list[Slot]:
    """The slots of a sentence, each with the one tag that its neighbours allow."""
    slots = slots_of(reading, sentence, group, measured)
    for index, slot in enumerate(slots):
        if not slot.tag:
            slot.tag = _resolve(slots, index)
        elif slot.low == "about" and 0 < index < len(slots) - 1 and slots[index + 1].tag == "figure":
            if slots[index - 1].word.lemma in listed("transitive"):
                slot.tag = "adv"  # "occupied about 36 percent"
        elif slot.low == "while" and index and slots[index - 1].tag in ("det", "adj"):
            slot.tag = "noun"  # "for a while in 1900"
        elif slot.low == "mine" and index and slots[index - 1].tag in (*BEFORE_NOUN, "noun", "name"):
            slot.tag = "noun"  # "the mine at Ard"
    return slots


def _resolve(slots: list[Slot], index: int) -> str:
    """The tag of a slot that has more than one reading."""
    slot = slots[index]
    if slot.word.closed:
        return _resolve_closed(slots, index)
    before = slots[index - 1] if index else None
    if before is not None and before.found is not None and before.found.kind == "demonym" and slot.word.noun:
        return "noun"  # "Turkish forces"
    if slot.token.capital and index and not opens(before) and not slot.token.text.isupper():
        return "noun"
    if slot.word.form == "ing":
        return _resolve_ing(slots, index)
    if slot.word.form in ("past", "participle", "past or participle"):
        return _resolve_part(slots, index)
    if slot.word.lemma:
        return verb_or_noun(slots, index)
    owned = before is not None and (before.tag in ("det", "adj") or slot.token.possessive)  # "his country's claim"
    if slot.word.adverb and not slot.word.adjective and not (slot.word.noun and owned):
        return "adv"
    return "adj" if slot.word.adjective and not slot.word.noun else "noun"


def _resolve_closed(slots: list[Slot], index: int) -> str:
    low, following = slots[index].low, slots[index + 1] if index + 1 < len(slots) else None
    if low == "to":
        return "to" if following is not None and _infinitive(slots, index + 1) else "prep"
    if low == "that":
        after = slots[index + 2].word.closed if index + 2 < len(slots) else ""
        subject = after in ("be", "have", "do", "modal")  # "warned that winter was near"
        very = following is not None and following.low in ("very", "same")  # "that very day", "that very few"
        timed = not very or (index + 2 < len(slots) and slots[index + 2].low in _THAT_NOUNS)
        if index and slots[index - 1].tag == "prep" and slots[index - 1].low not in _BEFORE_THAT:
            return "det" if following is not None and following.word.noun else "sub"  # "a ceasefire for that city"
        return "det" if following is not None and following.low in _THAT_NOUNS and not subject and timed else "sub"
    if low in _AROUND:
        after_noun = index and slots[index - 1].tag == "noun" and following is not None
        return "prep" if after_noun and following is not None and following.tag in ("name", "det") else "adj"
    if low == "following":
        return "adj" if index and slots[index - 1].tag == "det" else "prep"
    if low.endswith(("self", "selves")):
        return "adv" if index and slots[index - 1].tag in ("noun", "name") else "pron"
    if low in ("early", "late", "mid"):
        return "adv" if following is not None and following.tag == "date" else "adj"
    if low in ("both", "all", "each") and index and slots[index - 1].tag == "aux":
        return "adv"
    if low == "first":
        named = index + 2 < len(slots) and slots[index + 2].tag == "name"  # "the first thing Besk did"
        return "adj" if index and slots[index - 1].tag == "det" and not named else "adv"
    if low == "once":
        nominal = following is not None and following.tag in ("det", "noun", "pron", "name")
        return "sub" if nominal and _verb_before_mark(slots, index) else "adv"  # "Ard, once a port, fell"
    if low in PARTICLES:
        return "adv" if _particle(slots, index, following) else "prep"
    if low in PRONOUN_TOO or low == "no":
        nominal = following is not None and (
            following.tag in ("num", "name", "figure", "det") or _may_be_nominal(following)
        )
        return "det" if nominal else "pron"
    if low == "only" and index and slots[index - 1].tag == "det":
        return "adj"
    named = index > 0 and slots[index - 1].tag == "noun"  # "no city there was annexed"
    return "pron" if low == "there" and not named and following is not None and following.tag == "aux" else "adv"


def _verb_before_mark(slots: list[Slot], index: int) -> bool:
    """Whether a word that may be a finite verb comes before the next mark."""
    ahead = takewhile(lambda slot: slot.tag != "mark", slots[index + 1 : index + FAR])
    return any(slot.tag == "aux" or slot.word.form not in ("", "ing", "base") for slot in ahead)


_AROUND = frozenset(("surrounding", "adjoining", "neighbouring"))  # "the hills surrounding Ard"


def _particle(slots: list[Slot], index: int, following: Slot | None) -> bool:
    """``handed over on 3 May``, ``took over the town``: part of the verb, where no noun follows or the verb is such."""
    before = slots[index - 1] if index else None
    if following is not None and following.tag == "sub":
        return slots[index].low in ("over", "off")  # "the day on which"
    if following is None or following.tag in ("prep", "mark", "and", "aux") or following.word.closed == "preposition":
        return True
    return slots[index].low == "over" and before is not None and before.word.lemma in ("take", "hand", "turn", "sign")


def _may_be_nominal(slot: Slot) -> bool:
    known = slot.word
    if slot.tag in ("aux", "prep", "sub", "and", "mark", "date", "not", "adv", "pron"):
        return False
    return known.noun or known.adjective or known.form in ("participle", "past or participle") or slot.tag in NOMINAL


def _infinitive(slots: list[Slot], index: int) -> bool:
    """Whether ``to`` leads to a verb: ``to hold the line``, not ``returned to control of B``."""
    while index < len(slots) and (slots[index].tag in ("adv", "not") or (slots[index].low.endswith("ly"))):
        index += 1
    if index >= len(slots):
        return False
    slot = slots[index]
    if slot.word.closed:
        return slot.low in ("be", "have", "do", "get")
    if slot.tag or slot.token.capital or slot.word.form not in ("base", "past or participle"):
        return False
    if slot.word.form != "base" and slot.low not in listed("unchanging"):
        return False
    following = slots[index + 1] if index + 1 < len(slots) else None
    return not (slot.word.noun and following is not None and following.low in ("of", "by"))


def _resolve_ing(slots: list[Slot], index: int) -> str:
    step = past_adverbs(slots, index)
    before = slots[step] if step >= 0 else None
    following = slots[index + 1] if index + 1 < len(slots) else None
    if before is not None and before.tag == "aux":
        return "ing"
    if slots[index].low in listed("time"):
        return "noun"  # "by evening"
    if following is not None and slots[index].low in words.ROLE_MODIFIERS and following.low in words.ROLE_HEADS:
        return "adj"  # "X, acting head of the council"
    opens = before is None or (step == 0 and before.word.adjective)
    tells = following is not None and (following.tag == "aux" or following.word.form in ("past", "past or participle"))
    if opens and tells and slots[index].low in listed("fighting"):
        return "noun"  # "Heavy fighting broke out"
    nominal = following is not None and not following.word.closed and _may_be_nominal(following)
    demonym = following is not None and following.found is not None and following.found.kind == "demonym"
    if before is not None and (before.tag in BEFORE_NOUN or before.token.possessive):
        return "adj" if nominal else "noun"
    if demonym:
        return "adj"
    if before is not None and before.tag in ("prep", "noun") and slots[index].word.noun:
        ends = (
            following is None
            or following.low in ("of", ",", ".", ";")
            or following.tag in ("aux", "part", "prep", "date")
        )
        return "noun" if ends else "ing"
    return "ing"


def _resolve_part(slots: list[Slot], index: int) -> str:
    """``the captured town``, ``in occupied Luhansk`` are adjectives; ``the Fallen`` is a noun; all else a verb."""
    step = past_adverbs(slots, index)
    before = slots[step] if step >= 0 else None
    following = slots[index + 1] if index + 1 < len(slots) else None
    nominal = (
        following is not None and not following.word.closed and following.tag != "mark" and _may_be_nominal(following)
    )
    said = slots[index].word.lemma in listed("saying", "reality")
    opening = (before is None or before.tag == "mark") and not said
    if opening and following is not None and following.low in words.ROLE_HEADS:
        return "adj"  # "Retired Brigadier Nihal Wickramanayake", not "..., said spokesman Oleh Berg"
    if before is None or before.tag == "aux":
        plural = following is not None and not following.tag and following.word.noun and following.low.endswith("s")
        return "adj" if before is None and plural else "part"
    if before.tag in BEFORE_NOUN or before.token.possessive:
        known = slots[index].word
        is_noun = known.form == "participle" or before.low == "the" or (before.low in ("a", "an") and known.noun)
        return "adj" if nominal else "noun" if is_noun else "part"  # "without a shot"
    if before.tag == "prep" and slots[index].word.form != "past":
        return "adj" if nominal else "noun" if before.low == "for" else "part"  # "took it for granted"
    if before.tag in ("part", "verb") and nominal and step == index - 1:
        return "adj"  # "liberated occupied land"
    return "part"
