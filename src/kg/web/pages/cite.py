"""How a claim, a finding or a query is cited: by its words, their place, its IRI, and the state of the dataset."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.vocabulary import SCHEMA
from kg.web.pages.view import Claim, Facts
from kg.web.pages.wording import date_words

_STATE: Final = 16  # characters of the hash: enough to tell any two states apart
_ESCAPED: Final = {  # what BibTeX and TeX read as marks
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited. ``shown`` is the address, below the site's root, that shows it, the words highlighted."""

    key: str
    words: str  # the sentence, or what a finding or query says
    title: str  # of the document, or of the dataset
    author: str = ""  # who publishes the document
    published: str = ""  # EDTF
    where: str = ""  # at which characters
    iri: str = ""
    state: str = ""  # RDFC-1.0 hash of the dataset; empty for a store, which is none
    shown: str = ""

    def text(self, root: str) -> str:
        """One line for a person, with the address of the site under which it is read."""
        day = f" ({date_words(self.published)})" if self.published else ""
        said = f"{self.author}, “{self.title}”{day}" if self.author else f"“{self.title}”{day}"
        parts = (f"“{self.words}”", said, self.where, self.iri, self._stated, root + self.shown)
        return _sentences(parts)

    def bibtex(self, root: str) -> str:
        """A ``@misc`` entry."""
        note = _sentences((f"“{self.words}”", self.where, self.iri, self._stated))
        fields = {
            "title": _tex(self.title),
            "author": f"{{{_tex(self.author)}}}" if self.author else "",
            "year": self.published[:4] if self.published[:4].isdigit() else "",
            "note": _tex(note),
            "url": root + self.shown,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{self.key},", *lines, "}"])

    @property
    def _stated(self) -> str:
        return f"Dataset state {self.state[:_STATE]} (RDFC-1.0)" if self.state else ""


def of_claim(facts: Facts, claim: Claim, state: str) -> Citation:
    """By the sentence that says it, and the characters of its document."""
    document, quote = ox.NamedNode(claim.document.iri), claim.quote
    return Citation(
        key=_key(claim.path),
        words=" ".join(quote.words.split()),
        title=claim.document.name,
        author=claim.publisher,
        published=facts.graph.one(document, SCHEMA.datePublished),
        where=f"Characters {quote.span.start}–{quote.span.end}",
        iri=claim.iri,
        state=state,
        shown=quote.path,
    )


def of_finding(path: str, message: str, iri: str, *, title: str, state: str) -> Citation:
    """By its message; the claims that it is about are cited by themselves."""
    return Citation(key=_key(path), words=message, title=title, iri=iri, state=state, shown=path)


def of_query(path: str, asked: str, given: Mapping[str, str], *, title: str, state: str) -> Citation:
    """By its title and what was set in it."""
    said = ", ".join(f"{name} = {value}" for name, value in given.items())
    words = f"{asked} ({said})" if said else asked
    return Citation(key=_key(path), words=words, title=title, state=state, shown=path)


def _key(path: str) -> str:
    return "".join(
        letter if letter.isascii() and letter.isalnum() else "-" for letter in path.partition("/")[2] or path
    )


def _sentences(parts: Iterable[str]) -> str:
    """The parts, each ended by one full stop."""
    said = [part for part in parts if part]
    ended = (part if part.endswith((".”", "?”", "!”")) else f"{part}." for part in said[:-1])
    return " ".join([*ended, *said[-1:]])


def _tex(words: str) -> str:
    return "".join(_ESCAPED.get(letter, letter) for letter in words)
