"""The entity-annotated set: strict span F1 of mentions, and what is missed.

A mention is right where the set has one of its kind at the same characters; what cuts a word in two is left out. The
set's habits are not kg's, so its kinds are made of kg's mentions first (`converted`); nothing is converted that would
be wrong to say of the text.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from kg import gazetteer
from kg.extract import Extractor, extract, words
from kg.gazetteer import Gazetteer
from kg.model import Extraction, Mention, Source, Span
from kg.read.split import documents

KINDS = ("Location", "Person", "Organisation", "Temporal")
_KIND_OF = {"place": "Location", "person": "Person", "organization": "Organisation", "date": "Temporal"}
Found = set[tuple[str, Span]]


@dataclass
class Score:
    """Of one kind: how many the set has, how many were found, how many of those are right; and which are not."""

    gold: int = 0
    found: int = 0
    right: int = 0
    missed: dict[str, Counter[str]] = field(default_factory=dict)  # by why: the words
    extra: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 1.0


def scores(path: Path, extractors: Sequence[Extractor] = ()) -> dict[str, Score]:
    """The score of each kind over all documents of the set."""
    names = gazetteer.load()
    score = {kind: Score() for kind in KINDS}
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = record["text"]
        spans = ((entity["type"], Span(entity["start"], entity["end"])) for entity in record["entities"])
        gold = {(kind, span) for kind, span in spans if not _cuts_a_word(span, text)}
        source = Source("record.txt", "record", text)
        found: Found = set()
        for document in documents(source):
            found |= converted(extract(document, names, extractors=extractors), names)
        for kind, one in score.items():
            _count(one, {span for k, span in gold if k == kind}, {span for k, span in found if k == kind}, text)
    return score


def _cuts_a_word(span: Span, text: str) -> bool:
    """``the camp`` of ``the campaign``, which the set has as a place: nobody reads that."""
    return text[span.end : span.end + 1].isalpha() or text[max(0, span.start - 1) : span.start].isalpha()


def _count(score: Score, gold: set[Span], found: set[Span], text: str) -> None:
    score.gold += len(gold)
    score.found += len(found)
    score.right += len(gold & found)
    for span in sorted(gold - found):
        why = next(name for name, fits in REASONS.items() if fits(span, text, found))
        score.missed.setdefault(why, Counter())[" ".join(span.of(text).split())] += 1
    score.extra.update(span.of(text) for span in found - gold)


_PRONOUNS = frozenset("i me my he him his she her we us our they them their it its".split())

REASONS: dict[str, Callable[[Span, str, set[Span]], bool]] = {
    "a pronoun": lambda span, text, found: span.of(text).lower() in _PRONOUNS,
    "found with other bounds, or inside of another": lambda span, text, found: any(span.overlaps(f) for f in found),
    "a phrase without a name": lambda span, text, found: (
        not any(word[0].isupper() and word.lower() not in words.STARTERS for word in span.of(text).split())
    ),
    "a name, or a phrase with one": lambda span, text, found: True,
}


def rows(ways: dict[str, dict[str, Score]]) -> Iterator[tuple[str, ...]]:
    """A line for each kind and way of reading; the first is the head."""
    yield "kind", "read by", "in the set", "found", "right", "precision", "recall", "F1"
    for kind in KINDS:
        for way, score in ((way, of_kind[kind]) for way, of_kind in ways.items()):
            counts = (str(score.gold), str(score.found), str(score.right))
            yield kind, way, *counts, f"{score.precision:.2f}", f"{score.recall:.2f}", f"{score.f1:.2f}"


def missed(scores: dict[str, Score]) -> Iterator[tuple[str, ...]]:
    """How many of each kind are missed for which reason, with the most frequent."""
    yield "kind", "missed because it is", "count", "such as"
    for kind in KINDS:
        for why in (name for name in REASONS if name in scores[kind].missed):
            phrases = scores[kind].missed[why]
            most = sorted(phrases.items(), key=lambda pair: (-pair[1], pair[0]))[:6]
            yield kind, why, str(phrases.total()), ", ".join(f"`{text}`" for text, _ in most)


def converted(extraction: Extraction, names: Gazetteer) -> Found:
    """What kg found, as the set annotates it.

    Demonyms are not places; a people is an organization, and a state is one too where the text does not speak of
    its territory. A person stands twice, with title and without; so does an organization, with its article and with the
    noun for its people, and a place, with the word that says what it is and with what it lies in.
    """
    text = extraction.document.source.text
    found: Found = set()
    for mention in extraction.mentions:
        for kind in _kinds(mention, text, names):
            found.update((kind, span) for span in VARIANTS[kind](mention.span, text))
    found.update(("Location", span) for span in _within(extraction.mentions, text))
    return found


def _kinds(mention: Mention, text: str, names: Gazetteer) -> Iterator[str]:
    kind = _KIND_OF.get(mention.kind)
    if kind != "Location":
        yield from filter(None, [kind])
        return
    known = {name.kind for name in names.lookup(mention.span.of(text))}
    if "demonym" in known:
        return
    if "people" in known:
        yield "Organisation"
    else:
        state = mention.entity is not None and mention.entity.type == "country"
        if state and not _is_territory(mention.span, text):
            yield "Organisation"
        if not _modifies(mention.span, text):
            yield kind


_TERRITORY = re.compile(
    r"\b(?:in|into|inside|within|across|throughout|from|to|of|near|around|over|outside|at|between|northern|southern"
    r"|eastern|western|through|leaving|central)\s(?:both\s)?(?:the\s)?(?:[\w.]+(?:,\s|,?\sand\s)(?:the\s)?)*$",
    re.IGNORECASE,
)


def _is_territory(span: Span, text: str) -> bool:
    """Whether a state's name is that of its land: after ``in``, ``from``, ``of``, after the name of a city."""
    if _modifies(span, text):
        return False
    before = text[max(0, span.start - 80) : span.start]
    return bool(_TERRITORY.search(before)) or bool(re.search(r"[A-Z]\w+, $", before))


_NEXT_WORD = re.compile(r" ([A-Za-z]+)")
_FUNCTION = frozenset(
    "and or but is was were are has had have will would can could may must to in on at of for from with by as that "
    "which who when while after before said says also".split()
)


def _modifies(span: Span, text: str) -> bool:
    """``U.S. forces``: a country's abbreviation before a noun, or without an article, is an adjective."""
    if not _LETTERS.fullmatch(span.of(text)):
        return False
    after = _NEXT_WORD.match(text, span.end)
    named = _ARTICLE.search(text, max(0, span.start - 5), span.start)
    return named is None or (after is not None and after[1] not in _FUNCTION)


_LETTERS = re.compile(r"(?:[A-Z]\.)+")
_ARTICLE = re.compile(r"(?<!\w)[Tt]he $")
_DIRECTION = re.compile(
    r"(?<!\w)(?:" + "|".join(sorted(words.DIRECTIONS - {"new", "old"}, key=len, reverse=True)) + r") $"
)
_KIND_OF_PLACE = re.compile(
    r"(?<!\w)the (?:[\w-]+ ){0,2}(?:" + "|".join(sorted(words.PLACE_TYPES, key=len, reverse=True)) + r") of $"
)
_WITH_ARTICLE = frozenset("Sea Gulf Ocean River Strait West East Region".split())


def _place(span: Span, text: str) -> Iterator[Span]:
    """With its direction and its kind: ``northern Iraq``, ``Idlib province``, ``the city of Raqqah``."""
    start, end = span.start, span.end
    if match := _KIND_OF_PLACE.search(text, max(0, start - 40), start):
        yield Span(match.start(), end)
    if match := _DIRECTION.search(text, max(0, start - 16), start):
        start = match.start()
    after = _NEXT_WORD.match(text, end)
    if after and after[1].lower() in words.PLACE_TYPES.keys() | words.PLURAL_PLACE_TYPES.keys():
        end = after.end()
    if text[start:end].split(" ")[-1] in _WITH_ARTICLE:
        yield from _with_article(Span(start, end), text)
    yield Span(start, end)


_PEOPLE = re.compile(r" (?:fighters|terrorists|militants|operatives|forces|troops|officials|partners)\b")


def _organization(span: Span, text: str) -> Iterator[Span]:
    """With its article and without, with the noun for its people and without: ``ISIL fighters``."""
    yield span
    yield from _with_article(span, text)
    if people := _PEOPLE.match(text, span.end):
        yield Span(span.start, people.end())


def _with_article(span: Span, text: str) -> Iterator[Span]:
    match = _ARTICLE.search(text, max(0, span.start - 5), span.start)
    yield Span(match.start(), span.end) if match else span


_CAPITALS = re.compile(r"(?<![\w.])(?:(?:[A-Z][\w.’'-]*|of|for|1st|2nd)[ \u200e]+){1,7}$")
_OFFICES = words.TITLES | words.ROLE_HEADS


def _person(span: Span, text: str) -> Iterator[Span]:
    """With its title and without."""
    yield span
    if titled := _with_title(span, text):
        yield titled


def _with_title(span: Span, text: str) -> Span | None:
    before = _CAPITALS.search(text, max(0, span.start - 80), span.start)
    title = list(re.finditer(r"\S+", before[0])) if before else []
    stops = [number for number, word in enumerate(title) if _ends_sentence(word[0])]
    title = title[stops[-1] + 1 :] if stops else title
    while title and title[0][0].lower() in words.STARTERS:
        title.pop(0)
    if before and any(word[0].strip(".").lower() in _OFFICES for word in title):
        return Span(before.start() + title[0].start(), span.end)
    return None


def _ends_sentence(word: str) -> bool:
    return word.endswith(".") and word[:-1].lower() not in words.TITLES and "." not in word[:-1] and len(word) > 2


_PREPOSITION = re.compile(r"(?:on|in|by|since|until|at|during)\s+", re.IGNORECASE)
_RANGE = re.compile(r"\s?[-–]\s?\d{1,2}$")
_RELATIVE = re.compile(r"(?<!\w)(?:last|next|early|late|this)\s+$", re.IGNORECASE)


def _time(span: Span, text: str) -> Iterator[Span]:
    """Without its preposition, with what it is counted from, ``last December``; of two days the first as well."""
    before = _PREPOSITION.match(text, span.start, span.end)
    start = before.end() if before else span.start
    if match := _RELATIVE.search(text, max(0, start - 10), start):
        start = match.start()
    yield Span(start, span.end)
    if match := _RANGE.search(text, start, span.end):
        yield Span(start, match.start())


VARIANTS = {"Location": _place, "Organisation": _organization, "Person": _person, "Temporal": _time}


def _within(mentions: Iterable[Mention], text: str) -> Iterator[Span]:
    """``Sarmada, Syria`` as one place."""
    places = [mention for mention in mentions if mention.kind == "place" and mention.entity is not None]
    for one, other in pairwise(places):
        country = other.entity is not None and other.entity.type == "country"
        apart = one.entity is not None and one.entity.type != "country"
        if country and apart and text[one.span.end : other.span.start] == ", ":
            yield Span(one.span.start, other.span.end)
