"""Words, numbers and signs, each with its characters."""

import re
from functools import lru_cache

_TOKEN = re.compile(
    r"(?P<w>[^\W\d_](?:(?:\.[^\W\d_])+\.(?![^\W\d_])"  # U.S.
    r"|[^\W\d_]*(?:[-‐’'ʼ][^\W\d_]+|-?\d+(?![\d.,]))*))"
    r"|(?P<n>\d+(?:[.,]\d+)*)|(?P<p>[^\w\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|_)"
)
_POSSESSIVE = ("'s", "’s", "ʼs", "'S", "’S")
_AFTER_S = ("’ ", "' ")


_CONTRACTED = ("'ve", "'ll", "'re", "'m", "'d", "n't", "’ve", "’ll", "’re", "’m", "’d", "n’t")
_ARTICLES = ("al-", "el-", "an-", "as-", "ash-", "at-", "ad-", "ar-", "az-", "ul-", "ould-")  # of Arabic names


_ELIDED = ("d'", "d’", "l'", "l’")  # d'Harcourt, l'Observateur


class Token:
    """A word, number or sign; a mark of direction is none.

    ``low`` is its lower case without a possessive ending; ``naming`` whether it may stand first in a name.
    """

    __slots__ = ("capital", "end", "kind", "low", "naming", "possessive", "start", "text")

    def __init__(self, start: int, end: int, text: str, kind: str, possessive: bool) -> None:
        self.start, self.end, self.text, self.kind, self.possessive = start, end, text, kind, possessive
        self.low, self.capital, self.naming = _form(text)

    def __repr__(self) -> str:
        return f"{self.text}@{self.start}"


@lru_cache(maxsize=1 << 13)
def _form(text: str) -> tuple[str, bool, bool]:
    """Lower case, whether it begins with a capital, and whether a name may begin with it. Words come again and
    again.
    """
    low, capital = text.lower(), text[0].isupper()
    if capital:
        return low, True, not low.endswith(_CONTRACTED)
    article = low.startswith(_ARTICLES) and len(text) > 4 and text[text.index("-") + 1].isupper()
    return low, False, article or (low.startswith(_ELIDED) and low[2:] != text[2:])


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Tokens between two offsets; ``Baku's`` is the token ``Baku``, marked possessive."""
    tokens: list[Token] = []
    before: Token | None = None
    for match in _TOKEN.finditer(text, start, end):
        word, kind = match[0], match.lastgroup or "p"
        first, last = match.span()
        possessive = False
        if kind == "w":
            if word[-1] in "sS":
                if word.endswith(_POSSESSIVE):
                    word, last, possessive = word[:-2], last - 2, True
                else:
                    possessive = text.startswith(_AFTER_S, last)
        elif kind == "p" and word in "’'" and before and before.possessive and before.end == first:
            continue
        if word:
            before = Token(first, last, word, kind, possessive)
            tokens.append(before)
    return tokens
