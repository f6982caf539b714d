"""Whether a word that may be a verb or a noun is one: ``Troops seize Ard``, ``their claims``, ``Residents say``."""

from itertools import pairwise

from kg.extract import words
from kg.extract.clauses.slots import SELVES, Slot
from kg.extract.lexicon import is_saying, listed

NOMINAL = frozenset(("name", "noun", "adj", "num", "figure", "pron", "det"))
BEFORE_NOUN = frozenset(("det", "adj", "num"))
FAR = 40  # slots: no clause is longer, and a text without marks stays linear
_ROUGHLY = frozenset(
    """
    about around some roughly nearly almost over only just for at to approximately no not more less fewer than under
    """.split()
)
_OBJECTS = frozenset(("det", "name", "pron"))
_LYING = frozenset("lie stand sit cover measure span number total".split())
_RATHER_NOUN = (
    listed("facility")
    | listed("force")
    | frozenset((*words.PLACE_TYPES, *words.PLURAL_PLACE_TYPES, "parts", "groups", "members", "residents"))
)


def verb_or_noun(slots: list[Slot], index: int) -> str:
    """The tag of a word that may be a verb, by what stands around it."""
    slot = slots[index]
    step = past_adverbs(slots, index)
    before = slots[step] if step >= 0 else None
    if before is not None and before.tag in ("name", "noun", "pron", "mark", "and") and _reports(slots, index):
        return "verb"
    many = before is not None and before.tag == "name" and slot.word.form == "base" and slot.word.lemma in _LYING
    if (slot.word.form == "present" or many) and before is not None and _measured_next(slots, index):
        return "verb"  # "Shusha, Azerbaijan, covers 289 sq km", "the fields around Ard cover 74 ha"
    following = slots[index + 1].tag if index + 1 < len(slots) else ""
    if slot.word.form == "present" and before is not None and before.tag == "figure" and following in _OBJECTS:
        return "verb"  # "A park of 54 sq km surrounds the lake"
    if before is None or opens(before) or before.tag in ("and", "mark"):
        return _opening(slots, index)
    if before.tag in ("aux", "to"):
        if slot.word.form == "present":
            return _nominal(slot)
        copula = before.word.closed in ("be", "have", "get") and slot.word.form == "base"
        return ("adj" if slot.word.adjective else "noun") if copula else "verb"
    if before.tag in BEFORE_NOUN or before.token.possessive or before.tag in ("prep", "verb", "part", "ing"):
        return _nominal(slot)
    if (
        before.tag == "sub"
        and slot.word.noun
        and (slot.low in _RATHER_NOUN or before.low in ("that", "when", "where", "if"))
        and not _relative(slots, index, step)
    ):
        return "noun"
    if slot.low in _RATHER_NOUN:
        return "noun"
    if slot.word.form == "base" and before.tag in ("noun", "name") and _inverted(slots, step):
        return "verb"
    if before.tag in ("pron", "sub"):
        return "verb" if before.low not in ("them", "him", "us", "me", *SELVES) else _nominal(slot)
    if before.tag in ("noun", "name") and (not slot.word.noun or _predicate(slots, index, step)):
        return "verb"
    return _nominal(slot)


def _inverted(slots: list[Slot], index: int) -> bool:
    """``Not until May did the army take Ard``: whether an auxiliary stands before the noun phrase that ends here."""
    step, least = index, max(-1, index - FAR)
    while step > least and slots[step].tag in NOMINAL:
        step -= 1
    if step in (least, index) or slots[step].word.closed not in ("do", "modal"):
        return False
    return step == 0 or slots[step - 1].tag in ("date", "mark", "adv", "not", "and")


def _measured_next(slots: list[Slot], index: int) -> bool:
    """Whether a quantity follows, past ``about``, ``no more than``; after ``lies`` also ``two hours``."""
    step = index + 1
    while step < min(len(slots), index + 5) and slots[step].low in _ROUGHLY:
        step += 1
    if step >= len(slots) or slots[index - 1].tag in ("det", "adj", "num"):
        return False
    return slots[step].tag == "figure" or (slots[step].tag == "num" and slots[index].word.lemma in _LYING)


def _relative(slots: list[Slot], index: int, marker: int) -> bool:
    """``the wall that crosses the territory``: after a noun of no content and "that", a verb in its number."""
    holder = slots[marker - 1] if marker else None
    following = slots[index + 1] if index + 1 < len(slots) else None
    if slots[marker].low != "that" or holder is None or holder.tag != "noun" or holder.low in listed("content"):
        return False
    plural = holder.low.endswith("s") or holder.low in listed("plural")
    agrees = slots[index].word.form == ("base" if plural else "present")
    return agrees and following is not None and following.word.closed in ("determiner", "pronoun", "preposition")


def _nominal(slot: Slot) -> str:
    if slot.word.noun:
        return "noun"
    return "adj" if slot.word.adjective else "noun"


def _reports(slots: list[Slot], index: int) -> bool:
    """``says that``, ``notes that`` after a subject, its aside, or a verb with the same subject."""
    slot, following = slots[index], slots[index + 1] if index + 1 < len(slots) else None
    if following is None or not is_saying(slot.word.lemma):
        return False
    if slot.word.form == "base":
        return _subject_is_plural(slots, index) and _tells(slots, index)
    particle = slot.word.lemma == "point" and following.low == "out"
    return slot.word.form == "present" and (following.low == "that" or particle or _tells(slots, index))


def _tells(slots: list[Slot], index: int) -> bool:
    """``Moscow says it took Ard``, ``The ministry claims troops took``: what they tell stands without "that"."""
    teller, following = slots[index - 1], slots[index + 1]
    bare = slots[index].word.form == "present" and teller.tag == "noun" and teller.low.endswith("s")
    if teller.tag not in ("name", "noun") or bare or teller.token.possessive:
        return False
    if slots[index].word.lemma == "say" and following.tag != "mark":
        return True
    named = teller.tag == "name" and (following.word.closed == "determiner" or following.tag == "name")
    subject = following.low in _SUBJECTS or named
    return subject and _verb_near(slots, index)


def _subject_is_plural(slots: list[Slot], index: int) -> bool:
    """``Residents of Goma say``: the number of the first noun of the phrase before a word, past its prepositions."""
    heads = []
    for step in range(index - 1, max(-1, index - FAR), -1):
        if slots[step].tag not in NOMINAL and slots[step].tag != "prep":
            break
        following = slots[step + 1]
        if step + 1 == index or following.tag == "prep":
            heads.append(slots[step])
    return bool(heads) and (heads[-1].low.endswith("s") or heads[-1].low in listed("plural"))


_SUBJECTS = frozenset(("it", "he", "she", "they", "we", "its", "his", "their"))


_CLOSING = frozenset(')]”»"’')


def _opening(slots: list[Slot], index: int) -> str:
    """After a mark or ``and``: a verb that shares the subject of a verb before, else a noun."""
    slot = slots[index]
    following = slots[index + 1] if index + 1 < len(slots) else None
    if not slot.word.noun and slot.word.form != "base":
        return "verb"
    if slot.word.form == "present" and slot.word.lemma in listed("rather_verb") and not _verb_near(slots, index):
        return "verb"  # "Huambo, the second city, falls to ..."
    finite = any(s.tag in ("verb", "aux") for s in slots[max(0, index - 12) : index])
    finite = finite or (slot.word.form == "present" and slots[index - 1].low in _CLOSING)
    objects = following is not None and (
        following.tag in ("det", "name", "pron") or following.word.closed in ("pronoun", "determiner")
    )
    return "verb" if finite and objects else _nominal(slot)


def _predicate(slots: list[Slot], index: int, subject: int) -> bool:
    """Whether a word that may be a noun is the verb of the subject before it: ``Troops seize Shusha``."""
    slot, holder = slots[index], slots[subject]
    following = slots[index + 1] if index + 1 < len(slots) else None
    plural = (holder.low.endswith("s") and not holder.low.endswith("ss")) or holder.low in listed("plural")
    if (slot.word.form == "base") != plural and holder.tag != "name":
        return slot.word.form == "present" and _of_noun_before(slots, index, subject) and not _verb_near(slots, index)
    if slot.word.form == "base" and holder.tag == "name" and slot.word.lemma not in listed("rather_verb"):
        return False
    wished = slot.word.form == "present" and slot.word.lemma in listed("unreal", "reality")
    if wished and holder.tag == "name" and following is not None and following.tag in ("name", "det", "pron"):
        return True  # "Ankara wants Manbij cleared"
    if _verb_near(slots, index):
        return False
    if slot.word.form == "present" and holder.found is not None and holder.found.kind == "person":
        return True
    if slot.word.lemma in listed("rather_verb"):
        return True
    if following is not None and following.tag == "mark" and slot.word.form == "present":
        return False
    return (
        following is None
        or following.tag in ("det", "name", "pron", "prep", "date", "adv", "num", "mark", "figure")
        or following.word.closed in ("determiner", "pronoun", "preposition", "adverb")
        or not following.word.noun
    )


def _of_noun_before(slots: list[Slot], index: int, holder: int) -> bool:
    """``a town with three languages needs no owner``: of the singular before the preposition, with an object."""
    while holder > 0 and slots[holder].tag in ("noun", "adj", "num", "det"):
        holder -= 1
    following = slots[index + 1].word.closed if index + 1 < len(slots) else ""
    joined = holder > 0 and slots[holder].low in ("with", "of", "without") and slots[holder - 1].tag == "noun"
    return following == "determiner" and joined


def _verb_near(slots: list[Slot], index: int) -> bool:
    """Whether the stretch without marks around a word has a certain verb."""
    for step in range(index - 1, max(-1, index - FAR), -1):
        if slots[step].tag in ("mark", "sub", "and"):
            break
        if slots[step].tag in ("part", "verb") or (slots[step].tag == "aux" and step and slots[step - 1].tag != "mark"):
            return True
    for before, slot in pairwise(slots[index : index + FAR]):
        if slot.tag in ("mark", "sub", "and") or slot.word.closed in ("subordinator", "conjunction"):
            return False
        attribute = before.word.closed == "determiner"  # "the left bank"
        if slot.tag == "aux" or (slot.word.form in ("past", "past or participle") and not attribute):
            return True
    return False


def past_adverbs(slots: list[Slot], index: int) -> int:
    """The index of the slot before, past adverbs and the "since" of ``has since gone``; -1 where there is none."""
    step = index - 1
    while step >= 0 and (
        slots[step].tag in ("adv", "not") or (slots[step].low == "since" and _after_have(slots, step))
    ):
        step -= 1
    return step


def opens(slot: Slot | None) -> bool:
    return slot is None or (slot.tag == "mark" and slot.low not in (",", "-", "/"))


def _after_have(slots: list[Slot], index: int) -> bool:
    return index > 0 and slots[index - 1].word.closed == "have"
