"""Names, and times, that the model sees where no rule saw one."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from kg.extract import words
from kg.extract.statistical.passages import Passage
from kg.gazetteer import Gazetteer
from kg.model import Entity, Extraction, Mention, MentionKind, Span, Unresolved
from kg.names import fold

KINDS: dict[str, MentionKind] = {
    "PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place",
    "DATE": "date", "TIME": "date",
}  # fmt: skip
# How many of a hundred additions were right on the development documents (docs/evaluation.md).
CONFIDENCE: dict[MentionKind, Decimal] = {
    "person": Decimal("0.7"), "organization": Decimal("0.5"), "place": Decimal("0.5"), "date": Decimal("0.6"),
}  # fmt: skip
_ARTICLE = re.compile(r"(?:the|a|an|this|that|these|those|its|his|her|their|our)\s+", re.IGNORECASE)
_EDGES = " \t\n.,;:!?\"“”«»()[]-–—'‘’"
_POSSESSIVE = re.compile(r"['’]s?$")
_TIME = re.compile(
    r"(?i)\b(?:1[5-9]\d\d|20\d\d|(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|months?|years?|decades?|centur(?:y|ies)"
    r"|morning|noon|afternoon|evening|midnight|dawn|dusk|today|tonight|yesterday|tomorrow|spring|summer|autumn|winter"
    r"|[ap]\.?m\b|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september"
    r"|october|november|december))(?!\w)"
)
_AGE = re.compile(r"(?i).*\b(?:\d+-year-old|years? old|aged|daily|weekly|monthly|annual|annually|quarterly)\b")
_PERSON = re.compile(r"[^\W\d_][^\d\n\"“”,;:()/]*")
MOST_WORDS = 8  # a longer "name" is a stretch of capitals


class Known:
    """The names of a document that the rules settled, and the gazetteer's."""

    def __init__(self, gazetteer: Gazetteer, extraction: Extraction) -> None:
        self.gazetteer = gazetteer
        self.taken = Taken(mention.span for mention in extraction.mentions)
        self.names: dict[str, Entity] = {}
        self.surnames: dict[str, Entity | None] = {}  # None: of several people
        for mention in extraction.mentions:
            if mention.entity is not None:
                self.add(mention.entity)
        self.countries = frozenset(
            entity.key.removeprefix("place/")
            for entity in self.names.values()
            if entity.type == "country" and entity.key
        )

    def add(self, entity: Entity) -> None:
        self.names.setdefault(fold(entity.name), entity)
        if entity.kind == "person":
            surname = fold(entity.name).split(" ")[-1]
            if self.surnames.setdefault(surname, entity) != entity:
                self.surnames[surname] = None


class Taken:
    """Which characters belong to a mention already."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._taken: set[int] = set()
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> None:
        self._taken.update(range(span.start, span.end))

    def __contains__(self, span: Span) -> bool:
        return not self._taken.isdisjoint(range(span.start, span.end))


def names(read: Iterable[Passage], known: Known) -> tuple[list[Mention], list[Unresolved]]:
    """The mentions that the model adds, and those of their names that no gazetteer knows, or knows several of."""
    mentions: list[Mention] = []
    unresolved: list[Unresolved] = []
    for passage in read:
        for kind, span, text in _candidates(passage):
            if span in known.taken:
                continue
            if kind == "date":
                mentions.append(Mention(span, kind, method="model", confidence=CONFIDENCE[kind]))
                continue
            entity, keys = _entity(kind, text, known)
            if entity is not None:
                known.add(entity)
                mentions.append(Mention(span, _kind(entity), entity, method="model", confidence=CONFIDENCE[kind]))
            if keys or (entity is not None and entity.key is None):
                unresolved.append(Unresolved(span, kind, keys))
            known.taken.add(span)
    return mentions, unresolved


def _candidates(passage: Passage) -> Iterator[tuple[MentionKind, Span, str]]:
    """What the model takes for a name or a time, without article, title and marks; implausible ones left out."""
    for found in passage.parsed.ents:
        kind = KINDS.get(found.label_)
        if kind is None:
            continue
        text = found.text
        start = passage.span_of(found).start
        if kind != "date":
            text, start = _bare(text, start, kind)
        if text and _plausible(kind, text):
            yield kind, Span(start, start + len(text)), text


def _bare(text: str, start: int, kind: MentionKind) -> tuple[str, int]:
    """A name without article, title, possessive and marks, and where it starts then."""
    if match := _ARTICLE.match(text):
        text, start = text[match.end() :], start + match.end()
    stripped = text.lstrip(_EDGES)
    start += len(text) - len(stripped)
    text = _POSSESSIVE.sub("", stripped.rstrip()).rstrip(_EDGES)
    while kind == "person" and " " in text:
        first, _, rest = text.partition(" ")
        if first.rstrip(".").lower() not in words.TITLES | words.ROLE_HEADS:
            break
        start += len(text) - len(rest.lstrip())
        text = rest.lstrip()
    return text, start


def _plausible(kind: MentionKind, text: str) -> bool:
    if kind == "date":
        return _TIME.search(text) is not None and not _AGE.match(text)
    if all(word.rstrip(".").lower() in words.TITLES for word in text.split()):
        return False
    if len(text) < 2 or len(text.split()) > MOST_WORDS or not any(char.isupper() for char in text):
        return False
    return kind != "person" or _PERSON.fullmatch(text) is not None


def _entity(kind: MentionKind, text: str, known: Known) -> tuple[Entity | None, tuple[str, ...]]:
    """What a name stands for: what the document or the gazetteer knows by it, else somebody of this document alone.

    Nothing, with the keys of the candidates, where the gazetteer leaves several; nothing at all for an office or a
    demonym.
    """
    folded = fold(text)
    if not folded:
        return None, ()
    if folded in known.names:
        return known.names[folded], ()
    if kind == "person" and " " not in folded and (person := known.surnames.get(folded)):
        return person, ()
    candidates = known.gazetteer.lookup(text)
    if not candidates:
        return Entity(kind, text), ()  # type: ignore[arg-type]
    if candidates[0].entry.kind == "role" or candidates[0].kind in ("demonym", "people"):
        return None, ()
    resolved = known.gazetteer.resolve(candidates, countries=known.countries)
    if resolved is not None:
        return resolved.entry.entity(), ()
    return None, tuple(dict.fromkeys(name.entry.key for name in candidates))


def _kind(entity: Entity) -> MentionKind:
    return entity.kind  # type: ignore[return-value]
