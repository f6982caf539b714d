"""In which language a text is, told by its script, its letters and its small words; short texts too.

Where these do not tell, it is undetermined (``und``, ISO 639-2): English is never assumed.
"""

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

UNDETERMINED = "und"

_WORD = re.compile(r"[^\W\d_]+(?:['’ʻ-][^\W\d_]+)*")
_PART = re.compile(r"[^\W\d_]+")
_READ = 20_000  # characters that are looked at
_CACHED = 1 << 14  # letters and words
_LETTER = 0.5  # what a word with a letter of a language counts, where a word of the language counts 1
_CERTAIN = 1.0  # what a language must reach
_AHEAD = 1.5  # and how many times the next
_SHARE = 0.08  # of the words, that English must reach: a text that quotes it is not in it
_LONG = 20  # words from which on the text counts more than what is stated
_SHORT = 12  # words, below which a text without any sign of another language may be English


@dataclass(frozen=True, slots=True)
class _Profiles:
    words: Mapping[str, tuple[str, ...]]  # each with the languages that have it
    letters: Mapping[str, tuple[str, ...]]
    scripts: Mapping[str, str]  # of those that one language has, by the first word of a letter's name


class _Told(NamedTuple):
    language: str
    words: int  # of the text
    english: float
    other: float  # what speaks against it


def language_of(text: str, *, stated: str | None = None) -> str:
    """The language of a text as a tag (BCP 47), ``und`` where it cannot be told.

    What a page or record states counts, with its region, where the text agrees or says nothing; many state
    English, or the language of their site, by default.

    >>> language_of("Şuşa azad edilib"), language_of("Ministry denies the capture"), language_of("Goma, Sake, Uvira")
    ('az', 'en', 'und')
    >>> language_of("The army took the town.", stated="en-GB"), language_of("Der Bezirk ist besetzt.", stated="en")
    ('en-GB', 'de')
    """
    told = _told(text[:_READ])
    if stated is None:
        return told.language
    base = stated.lower().partition("-")[0]
    if told.language.partition("-")[0] == base:
        return stated
    if base == "en":
        return stated if told.language == UNDETERMINED and _may_be_english(told) else told.language
    return told.language if told.language != UNDETERMINED and told.words >= _LONG else stated


def is_english(text: str) -> bool:
    """Whether a text may be English, the language that the rules read: it is, or it is short and nothing in it is of
    another language.

    >>> is_english("Shusha: 289 km2"), is_english("Schuscha ist besetzt, und der Bezirk ist klein.")
    (True, False)
    """
    told = _told(text[:_READ])
    return told.language == "en" or (told.language == UNDETERMINED and _may_be_english(told))


def _may_be_english(told: _Told) -> bool:
    return told.other <= told.english if told.words >= _SHORT else told.other <= max(told.english, _LETTER)


def _told(text: str) -> _Told:
    script, letters = _script(text)
    words = [word.lower() for word in _WORD.findall(text)]
    if script != "LATIN" and (one := _profiles().scripts.get(script)):
        return _Told(one, len(words), 0.0, float(letters))
    scores, other = _scores(words)
    english = scores.pop("en", 0.0) if script == "LATIN" else 0.0
    best, most = max(scores.items(), key=lambda pair: (pair[1], pair[0]), default=(UNDETERMINED, 0.0))
    if english >= _CERTAIN and english >= _AHEAD * other and english >= _SHARE * len(words):
        return _Told("en", len(words), english, other)
    rival = max((english, *(score for language, score in scores.items() if language != best)), default=0.0)
    is_certain = most >= _CERTAIN / 2 and most >= _AHEAD * rival
    return _Told(best if is_certain else UNDETERMINED, len(words), english, other)


def _script(text: str) -> tuple[str, int]:
    """The script of most letters, by the first word of their names in Unicode, and how many there are at the most."""
    letters = set(filter(str.isalpha, set(text)))
    if all(map(str.isascii, letters)):
        return "LATIN", len(text)  # whatever else stands between
    counted: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        if letter.isalpha():
            counted[_script_of(letter)] += count
    return counted.most_common(1)[0] if counted else ("LATIN", 0)


@lru_cache(maxsize=_CACHED)
def _script_of(letter: str) -> str:
    if letter.isascii():
        return "LATIN"
    return unicodedata.name(letter, "").partition(" ")[0]


def _scores(words: list[str]) -> tuple[dict[str, float], float]:
    """What each language reaches, and what speaks against English: words and letters of whichever others."""
    scores: dict[str, float] = defaultdict(float)
    other = 0.0
    for word, count in Counter(words).items():
        worth, against = _worth(word)
        for language, score in worth:
            scores[language] += count * score
        other += count * against
    return scores, other


@lru_cache(maxsize=_CACHED)
def _worth(word: str) -> tuple[tuple[tuple[str, float], ...], float]:
    """What a word counts for each language, itself, its parts (``al-jaysh``), its letters; and against English."""
    profiles = _profiles()
    found: dict[str, float] = defaultdict(float)
    parts = {word, *_PART.findall(word)}
    for part in parts:
        languages = profiles.words.get(part, ())
        for language in languages:
            found[language] += 1 / len(languages)
    for letter in set(word):
        languages = profiles.letters.get(letter, ())
        for language in languages:
            found[language] += _LETTER / len(languages)
    if len(word) == 1 or "en" in found:  # one letter is an initial
        against = 0.0
    else:
        against = 1.0 if any(part in profiles.words for part in parts) else _LETTER / 2 * (not word.isascii())
    return tuple(found.items()), against


@cache
def _profiles() -> _Profiles:
    table = tomllib.loads((files(__package__) / "languages.toml").read_text(encoding="utf-8"))
    scripts = table.pop("scripts")
    words: dict[str, list[str]] = defaultdict(list)
    letters: dict[str, list[str]] = defaultdict(list)
    for language, profile in table.items():
        for word in {*profile.get("words", "").split(), *profile.get("latin", "").split()}:
            words[word].append(language)
        for letter in profile.get("letters", ""):
            letters[letter].append(language)
    return _Profiles(
        {word: tuple(languages) for word, languages in words.items()},
        {letter: tuple(languages) for letter, languages in letters.items()},
        {name.upper(): language for language, names in scripts.items() for name in names.split()},
    )
