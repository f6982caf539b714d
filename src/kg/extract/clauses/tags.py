"""Which reading a word has where it stands: homographs are decided here, by their neighbours, and nowhere else.

Tags: ``name`` ``date`` ``figure`` (a quantity with its unit), ``det`` ``adj`` ``noun`` ``pron`` ``num``, ``prep``
``sub`` ``and``, ``aux`` ``verb`` (finite or base form) ``part`` (past tense or participle) ``ing``, ``to`` ``not``
``adv``, ``mark``.
"""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from kg.extract import words
from kg.extract.clauses.slots import PARTICLES, PRONOUN_TOO, SELVES, Slot, slots_of
from kg.extract.found import Found
from kg.extract.lexicon import listed
from kg.extract.reading import Reading, Sentence
from kg.text.quantities import Quantity

_NOMINAL = frozenset(("name", "noun", "adj", "num", "figure", "pron", "det"))
_BEFORE_NOUN = frozenset(("det", "adj", "num"))
_BEFORE_THAT = frozenset(("in", "except", "but", "save", "than", "given"))  # "in that", before a clause
_THAT_NOUNS = frozenset(
    "day date year month time week evening night morning autumn winter spring summer same very".split()
)


_FAR = 40  # slots: no clause is longer, and a text without marks stays linear


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
        elif slot.low == "mine" and index and slots[index - 1].tag in (*_BEFORE_NOUN, "noun", "name"):
            slot.tag = "noun"  # "the mine at Ard"
    return slots


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


def _resolve(slots: list[Slot], index: int) -> str:
    """The tag of a slot that has more than one reading."""
    slot = slots[index]
    if slot.word.closed:
        return _resolve_closed(slots, index)
    before = slots[index - 1] if index else None
    if before is not None and before.found is not None and before.found.kind == "demonym" and slot.word.noun:
        return "noun"  # "Turkish forces"
    if slot.token.capital and index and not _opens(before) and not slot.token.text.isupper():
        return "noun"
    if slot.word.form == "ing":
        return _resolve_ing(slots, index)
    if slot.word.form in ("past", "participle", "past or participle"):
        return _resolve_part(slots, index)
    if slot.word.lemma:
        return _resolve_verb(slots, index)
    owned = before is not None and (before.tag in ("det", "adj") or slot.token.possessive)  # "his country's claim"
    if slot.word.adverb and not slot.word.adjective and not (slot.word.noun and owned):
        return "adv"
    return "adj" if slot.word.adjective and not slot.word.noun else "noun"


def _opens(slot: Slot | None) -> bool:
    return slot is None or (slot.tag == "mark" and slot.low not in (",", "-", "/"))


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
    ahead = takewhile(lambda slot: slot.tag != "mark", slots[index + 1 : index + _FAR])
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
    return known.noun or known.adjective or known.form in ("participle", "past or participle") or slot.tag in _NOMINAL


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


def _past_adverbs(slots: list[Slot], index: int) -> int:
    """The index of the slot before, past adverbs and the "since" of ``has since gone``; -1 where there is none."""
    step = index - 1
    while step >= 0 and (
        slots[step].tag in ("adv", "not") or (slots[step].low == "since" and _after_have(slots, step))
    ):
        step -= 1
    return step


def _after_have(slots: list[Slot], index: int) -> bool:
    return index > 0 and slots[index - 1].word.closed == "have"


def _resolve_ing(slots: list[Slot], index: int) -> str:
    step = _past_adverbs(slots, index)
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
    if before is not None and (before.tag in _BEFORE_NOUN or before.token.possessive):
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
    step = _past_adverbs(slots, index)
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
    if before.tag in _BEFORE_NOUN or before.token.possessive:
        known = slots[index].word
        is_noun = known.form == "participle" or before.low == "the" or (before.low in ("a", "an") and known.noun)
        return "adj" if nominal else "noun" if is_noun else "part"  # "without a shot"
    if before.tag == "prep" and slots[index].word.form != "past":
        return "adj" if nominal else "noun" if before.low == "for" else "part"  # "took it for granted"
    if before.tag in ("part", "verb") and nominal and step == index - 1:
        return "adj"  # "liberated occupied land"
    return "part"


def _resolve_verb(slots: list[Slot], index: int) -> str:
    slot = slots[index]
    step = _past_adverbs(slots, index)
    before = slots[step] if step >= 0 else None
    if before is not None and before.tag in ("name", "noun", "pron", "mark", "and") and _reports(slots, index):
        return "verb"
    many = before is not None and before.tag == "name" and slot.word.form == "base" and slot.word.lemma in _LYING
    if (slot.word.form == "present" or many) and before is not None and _measured_next(slots, index):
        return "verb"  # "Shusha, Azerbaijan, covers 289 sq km", "the fields around Ard cover 74 ha"
    following = slots[index + 1].tag if index + 1 < len(slots) else ""
    if slot.word.form == "present" and before is not None and before.tag == "figure" and following in _OBJECTS:
        return "verb"  # "A park of 54 sq km surrounds the lake"
    if before is None or _opens(before) or before.tag in ("and", "mark"):
        return _opening(slots, index)
    if before.tag in ("aux", "to"):
        if slot.word.form == "present":
            return _nominal(slot)
        copula = before.word.closed in ("be", "have", "get") and slot.word.form == "base"
        return ("adj" if slot.word.adjective else "noun") if copula else "verb"
    if before.tag in _BEFORE_NOUN or before.token.possessive or before.tag in ("prep", "verb", "part", "ing"):
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
    step, least = index, max(-1, index - _FAR)
    while step > least and slots[step].tag in _NOMINAL:
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
    if following is None or slot.word.lemma not in listed("saying", "reality") | listed("denied", "reality"):
        return False
    if slot.word.form == "base":
        return _subject_is_plural(slots, index) and _tells(slots, index)
    particle = slot.word.lemma == "point" and following is not None and following.low == "out"
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
    for step in range(index - 1, max(-1, index - _FAR), -1):
        if slots[step].tag not in (*_NOMINAL, "prep", "det"):
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
    for step in range(index - 1, max(-1, index - _FAR), -1):
        if slots[step].tag in ("mark", "sub", "and"):
            break
        if slots[step].tag in ("part", "verb") or (slots[step].tag == "aux" and step and slots[step - 1].tag != "mark"):
            return True
    for before, slot in pairwise(slots[index : index + _FAR]):
        if slot.tag in ("mark", "sub", "and") or slot.word.closed in ("subordinator", "conjunction"):
            return False
        attribute = before.word.closed == "determiner"  # "the left bank"
        if slot.tag == "aux" or (slot.word.form in ("past", "past or participle") and not attribute):
            return True
    return False
