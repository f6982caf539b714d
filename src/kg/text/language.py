"""Whether a text is in English, the language that the rules read."""

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
_READ = 200_000  # characters that are looked at
_A_THE = 250  # characters of English to one "the", at the least
_LEAST = 12  # words, below which nothing is said
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0259]")

# The commonest function words of each language; those that two languages share count for none of them.
_ENGLISH = frozenset(
    "the of and to in is was were that for on with by from it his her as at are has had have be not".split()
)
_OTHERS = frozenset(
    # Azerbaijani, Turkish, Spanish, French, German, Italian, Portuguese, Dutch, Polish, Romanian, Swedish, Indonesian
    "və bir ki bu ilə üçün olan da də ve ile için olarak el los las del que por una con se le les des du est une dans "
    "pour sur der die das und den von ist mit dem nicht il di che della per non sono gli um os do da em não com uma "
    "het een van en zijn niet voor na nie się jest w z şi din pe cu och att det som på av yang dan dengan untuk".split()
)


def is_english(text: str) -> bool:
    """Whether the text may be English: not if most of its letters are of another script, or its small words of
    another language. A list of names and numbers may.

    >>> is_english("Shusha: May 8, 1992, territory 289 km2")
    True
    >>> is_english("Der Bezirk wurde am 8. Mai 1992 besetzt, und das Gebiet ist mit dem Umland nicht klein.")
    False
    """
    text = text[:_READ]
    if text.count(" the ") * _A_THE > len(text):
        return True  # most texts, at once
    words = Counter(word.lower() for word in _WORD.findall(text))
    total = words.total()
    if total < _LEAST:
        return True
    if 2 * sum(count for word, count in words.items() if _LATIN.match(word)) < total:
        return False
    english, others = (sum(words[word] for word in known) for known in (_ENGLISH, _OTHERS))
    return others <= english or others * 20 < total


def language_of(text: str, *, stated: str | None) -> str:
    """The stated language; but many pages state English by default, and texts state nothing."""
    stated = stated or "en"
    return stated if not stated.lower().startswith("en") or is_english(text) else "und"
