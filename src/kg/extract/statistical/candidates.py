"""What the model takes for names and times, without what it is known to confuse."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract import words
from kg.extract.statistical.passages import Passage
from kg.model import MentionKind, Span
from kg.text.folding import fold

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

KINDS: dict[str, MentionKind] = {
    "PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place",
    "DATE": "date", "TIME": "date",
}  # fmt: skip
MOST_WORDS = 8  # a longer "name" is a stretch of capitals
_MANNER = frozenset(
    "murmured muttered mumbled repeated offered wondered ventured snapped mused confided confessed confesses".split()
)
SAYING = frozenset(words.SAY) | words.SAY_ONLY_QUOTE | _MANNER
_LOCATIVE = words.PLACE_PREPOSITIONS | frozenset("across above along through throughout".split())
_STREETS = frozenset("road street avenue square reef shoal line".split())
_ARTICLE = re.compile(r"(?:the|a|an|this|that|these|those|its|his|her|their|our)\s+", re.IGNORECASE)
_EDGES = " \t\n.,;:!?\"“”«»()[]-–—'‘’"
_TRAILING = re.compile(r"['’]s?$|\s+(?:and|of|the|in|for)$")
_TIME = re.compile(
    r"\b(?:1[5-9]\d\d|20\d\d|(?:second|minute|hour|day|night|week|weekend|month|year|decade)s?|centur(?:y|ies)"
    r"|morning|noon|afternoon|evening|midnight|dawn|dusk|today|tonight|yesterday|tomorrow|spring|summer|autumn|winter"
    r"|[ap]\.?m|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august"
    r"|september|october|november|december)(?!\w)",
    re.IGNORECASE,
)
_RECURRING = re.compile(r"year-old|years? old|aged|daily|weekly|monthly|annual|annually|quarterly", re.IGNORECASE)
_VAGUE = re.compile(r"(?:the|a|an|one|that|each|every|all)\s+\w+", re.IGNORECASE)  # "the day", "one night"
_PERSON = re.compile(r"[^\W\d_][^\d\n\"“”,;:()/]*")
_ADJECTIVE = re.compile(r"-(?:led|held|backed|based|run|controlled|era)$")
_VESSEL = re.compile(r"[A-Z]{2,4} [A-Z][a-z]")  # HMS Ocean
_ACRONYM = re.compile(r"[A-Z][A-Z&-]{2,7}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name, or a time: what it may be, where, its words, and whether they look the part on their own."""

    kind: MentionKind
    span: Span
    text: str
    plausible: bool


class Taken:
    """Which characters belong to a mention already."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._taken: set[int] = set()
        for span in spans:
            self._taken.update(range(span.start, span.end))

    def __contains__(self, span: Span) -> bool:
        return not self._taken.isdisjoint(range(span.start, span.end))

    def before(self, span: Span) -> Span:
        """The part of a span that comes before what is taken in it."""
        return Span(span.start, next((o for o in range(span.start, span.end) if o in self._taken), span.end))


def candidates(read: Iterable[Passage], taken: Taken, familiar: Iterable[str]) -> list[Candidate]:
    """What the model sees where nothing is taken, in the order of the text.

    What does not look like a name of its kind is left out, but where it is `familiar`, folded: a name or surname that
    the document gives elsewhere. One name is of one kind throughout a document: of that which it is most often.
    """
    found = [
        candidate
        for passage in read
        for named in passage.parsed.ents
        if (candidate := _candidate(named, passage, taken)) is not None
    ]
    people = {fold(one.text).split(" ")[-1] for one in found if one.kind == "person" and one.plausible}
    found = [one for one in found if one.plausible or fold(one.text) in people.union(familiar)]
    votes: dict[str, Counter[MentionKind]] = {}
    for candidate in found:
        votes.setdefault(fold(candidate.text), Counter())[candidate.kind] += 1
    return [replace(candidate, kind=votes[fold(candidate.text)].most_common(1)[0][0]) for candidate in found]


def _candidate(named: "Words", passage: Passage, taken: Taken) -> Candidate | None:
    """A candidate, or nothing.

    Of ``10 a.m. Nov. 29``, where a rule read the day, the hour is left.
    """
    kind = KINDS.get(named.label_)
    text, start = named.text, passage.span_of(named).start
    if kind == "date":
        text = text[: taken.before(passage.span_of(named)).end - start].rstrip(" ,")
    elif kind is not None:
        text, start = _bare(text, start, kind)
        kind = _kind(kind, named, text)
    span = Span(start, start + len(text))
    if kind is None or not text or span in taken:
        return None
    return Candidate(kind, span, text, PLAUSIBLE[kind](text, named))


def _bare(text: str, start: int, kind: MentionKind) -> tuple[str, int]:
    """A name without article, title, possessive and marks, and where it starts then."""
    if match := _ARTICLE.match(text):
        text, start = text[match.end() :], start + match.end()
    stripped = text.lstrip(_EDGES)
    start += len(text) - len(stripped)
    text = _TRAILING.sub("", stripped.rstrip()).rstrip(_EDGES)
    while kind == "person" and " " in text and _is_office(text.partition(" ")[0]):
        rest = text.partition(" ")[2].lstrip()
        text, start = rest, start + len(text) - len(rest)
    return text, start


def _kind(kind: MentionKind, named: "Words", text: str) -> MentionKind:
    """What stands after ``in`` or ``near``, or ends in ``Ridge``, is a place, unless its name says otherwise."""
    root = named.root
    located = root.dep_ == "pobj" and root.head.lower_ in _LOCATIVE
    last = text.split(" ")[-1].lower()
    geographic = " " in text and (last in words.PLACE_TYPES or last in words.NAME_TYPES or last in _STREETS)
    return "place" if (located or geographic) and not _has_head(text) else kind


def _is_time(text: str, named: "Words") -> bool:
    return _TIME.search(text) is not None and not _RECURRING.search(text) and not _VAGUE.fullmatch(text)


def _is_name(text: str) -> bool:
    parts = text.split()
    return (
        len(text) > 1
        and len(parts) <= MOST_WORDS
        and any(char.isupper() for char in text)
        and not _ADJECTIVE.search(text)
        and not all(map(_is_office if len(parts) > 1 else _is_title, parts))
    )


def _is_place(text: str, named: "Words") -> bool:
    return _is_name(text) and not _VESSEL.match(text)


def _is_person(text: str, named: "Words") -> bool:
    """Two words or more, or one that does something or that a title precedes."""
    if not _is_name(text) or _VESSEL.match(text) or not _PERSON.fullmatch(text):
        return False
    return " " in text or _does(named.root) or any(_is_office(child.text) for child in named.root.children)


def _is_organization(text: str, named: "Words") -> bool:
    """A name that says so, an acronym, or one that does something; the model calls much else an organization."""
    if not _is_name(text):
        return False
    neighbours = named.doc[max(0, named.start - 1) : named.end + 1]
    if _ACRONYM.fullmatch(text):
        return not any(token.like_num for token in neighbours)  # "0900 GMT", "HIST 204"
    return _has_head(text) or _does(named.root)


PLAUSIBLE = {"date": _is_time, "place": _is_place, "person": _is_person, "organization": _is_organization}


def _does(token: "Token") -> bool:
    """Whether it is the subject of an active verb."""
    return bool(token.dep_ == "nsubj" and token.head.pos_ == "VERB")


def _has_head(text: str) -> bool:
    return " " in text and any(word.lower() in words.ORGANIZATION_HEADS for word in text.split())


def _is_title(word: str) -> bool:
    return word.rstrip(".").lower() in words.TITLES


def _is_office(word: str) -> bool:
    return _is_title(word) or word.lower() in words.ROLE_HEADS
