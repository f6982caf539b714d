"""Words, numbers and signs, each with its characters."""

import re

_TOKEN = re.compile(
    r"(?P<w>(?:[^\W\d_]\.){2,}(?![^\W\d_])|[^\W\d_]+(?:[-‐’'ʼ][^\W\d_]+|-?\d+(?![\d.,]))*)|(?P<n>\d+(?:[.,]\d+)*)|(?P<p>[^\w\s]|_)"
)
_POSSESSIVE = ("'s", "’s", "ʼs", "'S", "’S")


class Token:
    """A word, number or sign; ``low`` is its lower case without a possessive ending."""

    __slots__ = ("end", "kind", "low", "possessive", "start", "text")

    def __init__(self, start: int, end: int, text: str, kind: str, possessive: bool) -> None:
        self.start, self.end, self.text, self.kind, self.possessive = start, end, text, kind, possessive
        self.low = text.lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    def __repr__(self) -> str:
        return f"{self.text}@{self.start}"


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Tokens between two offsets; ``Baku's`` is the token ``Baku``, marked possessive."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word, kind, first, last = match[0], match.lastgroup or "p", match.start(), match.end()
        if kind == "p" and word in "’'" and tokens and tokens[-1].possessive and tokens[-1].end == first:
            continue
        possessive = False
        if kind == "w":
            if word.endswith(_POSSESSIVE):
                word, last, possessive = word[:-2], last - 2, True
            elif word[-1] in "sS" and text[last : last + 2] in ("’ ", "' "):
                possessive = True
        if word:
            tokens.append(Token(first, last, word, kind, possessive))
    return tokens
