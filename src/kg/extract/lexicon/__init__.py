"""What a word may be: the one home of word classes.

Open classes come from WordNet's verbs, adjectives, adverbs and common nouns (``wordnet.txt``, with its licence) and
English morphology; closed classes and the classes of meaning from ``closed.toml``. A word that no list knows is a noun.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

Form = Literal["base", "present", "past", "participle", "past or participle", "ing"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word's possible readings, before its context is asked.

    ``closed`` is its closed class, if it has one; ``lemma`` and ``form`` its reading as a verb, empty where it is
    none; ``noun``, ``adjective`` and ``adverb`` whether it may be one.
    """

    closed: str = ""
    lemma: str = ""
    form: Form | Literal[""] = ""
    noun: bool = True
    adjective: bool = False
    adverb: bool = False


@cache
def _closed() -> dict[str, Any]:
    data: dict[str, Any] = tomllib.loads(files(__name__).joinpath("closed.toml").read_text("utf-8"))
    return data


@cache
def listed(key: str, section: str = "words") -> frozenset[str]:
    """The words of a list of ``closed.toml``; ``=name`` in it stands for those of another list of its section."""
    found = frozenset(_closed()[section][key].split())
    others = {one for one in found if one.startswith("=")}
    return found.difference(others).union(*(listed(one[1:], section) for one in others))


def is_facility(low: str) -> bool:
    """Whether a noun names a building, a post or another site, in the singular or plural.

    >>> is_facility("toll-house"), is_facility("fortresses"), is_facility("town")
    (True, True, False)
    """
    low = low.rpartition("-")[2]
    return not sites().isdisjoint((low, low.removesuffix("s"), low.removesuffix("es")))


@cache
def sites() -> frozenset[str]:
    """Nouns for a building, a post or another site."""
    return listed("facility") | listed("site")


def is_saying(lemma: str) -> bool:
    """Whether a verb says something, or denies it."""
    return lemma in listed("saying", "reality") or lemma in listed("denied", "reality")


def tabled(section: str) -> dict[str, str]:
    """Word -> what it is, of a table of ``closed.toml``, which has it the other way round."""
    return {word: name for name, words in _closed()[section].items() for word in words.split()}


@cache
def _closed_class() -> dict[str, str]:
    return {word: name for name, words in reversed(_closed()["class"].items()) for word in words.split()}


@cache
def _open() -> tuple[dict[str, str], dict[str, str]]:
    """Word -> tags (v, n, a, r), and irregular form -> lemma."""
    tags: dict[str, str] = {}
    irregular: dict[str, str] = {}
    for line in files(__name__).joinpath("wordnet.txt").read_text("utf-8").splitlines():
        head, _, rest = line.partition(" ")
        if head == "=":
            form, _, lemma = rest.partition(" ")
            irregular[form] = lemma
        elif head != "#":
            tags.update(dict.fromkeys(rest.split(" "), head))
    return tags, irregular


@lru_cache(maxsize=1 << 13)
def word(low: str) -> Word:
    """The readings of a word in lower case.

    >>> word("retaken").lemma, word("retaken").form, word("attacks").lemma, word("of").closed
    ('retake', 'participle', 'attack', 'preposition')
    """
    closed = _closed_class().get(low, "")
    if not closed and low.endswith(("n't", "n’t")):
        closed = _closed_class().get(low[:-3], "") or ("modal" if low[:2] in ("wo", "ca", "sh") else "")
    if closed:
        return Word(closed, noun=False, lemma=_AUXILIARY.get(closed, ""), adverb=closed == "adverb")
    tags = _open()[0]
    here = tags.get(low, "")
    lemma, form = _verb(low)
    noun = not (lemma or here) or "n" in here or (form == "present" and "n" in tags.get(lemma, ""))
    adverb = "r" in here or (low.endswith("ly") and "a" in tags.get(low[:-2], "") and not noun)
    return Word("", lemma, form, noun and not (adverb and low.endswith("ly")), "a" in here, adverb)


def is_common(low: str) -> bool:
    """Whether plain text has a word in lower case for something else than a name, in the singular or plural.

    >>> is_common("night"), is_common("bridges"), is_common("shusha")
    (True, True, False)
    """
    tags = _open()[0]
    return (
        low in tags
        or bool(_verb(low)[0])
        or any(low.endswith(end) and low[: -len(end)] + to in tags for end, to in _PLURALS)
    )


_PLURALS = (("s", ""), ("es", ""), ("ies", "y"), ("men", "man"))
_AUXILIARY = {"be": "be", "have": "have", "do": "do", "get": "get", "modal": "modal"}
_PREFIX = re.compile(r"re-?|over|under|with|out|fore|mis|un")


def _verb(low: str) -> tuple[str, Form | Literal[""]]:
    """The lemma and form of a word as a verb; empty where it is none."""
    tags, irregular = _open()
    if (lemma := irregular.get(low)) is not None and "v" in tags.get(lemma, ""):
        return lemma, _irregular_form(low, lemma)
    if "v" in tags.get(low, ""):
        return low, "past or participle" if low in listed("unchanging") else "base"
    for ending, form in _ENDINGS:
        if low.endswith(ending):
            for lemma in _stems(low[: -len(ending)], ending):
                if "v" in tags.get(lemma, ""):
                    return lemma, form
    if low.startswith("re") and len(low) > 5:  # re-enter, reoccupy: of any verb
        again = _verb(low[3:] if low[2] == "-" else low[2:])
        return (f"re{again[0]}", again[1]) if again[0] else again
    return "", ""


_ENDINGS: tuple[tuple[str, Form], ...] = (
    ("ies", "present"),
    ("es", "present"),
    ("s", "present"),
    ("ied", "past or participle"),
    ("ed", "past or participle"),
    ("ing", "ing"),
)


def _stems(stem: str, ending: str) -> tuple[str, ...]:
    if ending in ("ies", "ied"):
        return (f"{stem}y",)
    if ending == "s":
        return (stem,)
    undoubled = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else ""
    if len(stem) < 2:
        return ()
    return tuple(filter(None, (f"{stem}e", stem, undoubled) if ending != "es" else (stem, f"{stem}e")))


def _irregular_form(low: str, lemma: str) -> Form:
    if low.endswith("ing"):
        return "ing"
    if low.endswith("s") and not lemma.endswith("s"):
        return "present"
    bare = _PREFIX.sub("", low, count=1) if _PREFIX.match(low) else low
    if {low, bare} & listed("past_only"):
        return "past"
    return "participle" if {low, bare} & listed("participle_only") else "past or participle"


@cache
def given_names(*genders: Literal["male", "female"]) -> frozenset[str]:
    """Common given names of some genders, or of any, folded."""
    data: dict[str, str] = tomllib.loads(files(__name__).joinpath("given_names.toml").read_text("utf-8"))
    return frozenset(name for gender in genders or data for name in data[gender].split())
