"""Words that stand for somebody whom the text names elsewhere: ``he``, ``I``, a country's name for its state."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.extract.statistical.passages import Passage
from kg.model import Claim, Entity, Mention, RoleClaim, Span, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

CONFIDENCE_OF_NAME = Decimal("0.7")
CONFIDENCE_OF_PRONOUN = Decimal("0.4")
CONFIDENCE_OF_STATE = Decimal("0.5")
SUBJECTS = frozenset({"nsubj"})
THIRD = frozenset({"he", "she", "him"})
NEAR = 600  # characters within which a pronoun looks back for a person


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody, the words that stand for them, and how sure it is that they do."""

    entity: Entity
    span: Span
    confidence: Decimal


def _speaker(entity: Entity | None, span: Span, confidence: Decimal) -> Speaker | None:
    return Speaker(entity, span, confidence) if entity else None


def _subject(verb: "Token") -> "Token | None":
    """The grammatical subject of a verb, or of the verb that it continues, or what a relative clause is about."""
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            return verb.head if child.lower_ in ("who", "which") and verb.dep_ == "relcl" else child
    return _subject(verb.head) if verb.dep_ == "conj" and verb.head != verb else None


class Who:
    """The people and organizations that a document names, by where; and by their offices."""

    def __init__(self, mentions: Iterable[Mention], read: Iterable[Passage], claims: Iterable[Claim]) -> None:
        self._named = sorted(
            ((m.span, m.entity) for m in mentions if m.entity is not None and m.kind in ("person", "organization")),
            key=lambda pair: pair[0],
        )
        self._starts = [span.start for span, _ in self._named]
        self._subjects = {
            found[1].start
            for passage in read
            for token in passage.parsed
            if token.dep_ in SUBJECTS and (found := self.at(passage.span_of(token)))
        }
        self._offices: dict[str, Entity | None] = {}  # None: of several people
        for claim in claims:
            if isinstance(claim, RoleClaim):
                head = claim.title.lower().split(" of ")[0].split()[-1]
                if self._offices.setdefault(head, claim.member) != claim.member:
                    self._offices[head] = None

    def at(self, span: Span) -> tuple[Entity, Span] | None:
        """Who is named there, and the whole name's characters."""
        index = bisect_right(self._starts, span.start) - 1
        if index >= 0 and span in self._named[index][0]:
            return self._named[index][1], self._named[index][0]
        return None

    def before(self, offset: int) -> Entity | None:
        """The person who was a subject last before a pronoun, else the one named last; not too far back."""
        nearest = None
        for index in range(bisect_left(self._starts, offset) - 1, -1, -1):
            span, entity = self._named[index]
            if offset - span.end > NEAR:
                break
            if entity.kind == "person":
                if span.start in self._subjects:
                    return entity
                nearest = nearest or entity
        return nearest

    def speaker(self, verb: "Token", passage: Passage, subject: "Token | None" = None) -> "Speaker | None":
        """Whom the subject of a verb means: by name, in apposition (``a spokesman, John Smith``), pronoun, office."""
        subject = subject or _subject(verb)
        if subject is None:
            return None
        span = passage.span_of(subject)
        if subject.lower_ in THIRD:
            return _speaker(self.before(span.start), span, CONFIDENCE_OF_PRONOUN)
        for token in (subject, *(child for child in subject.children if child.dep_ in ("appos", "compound"))):
            if found := self.at(passage.span_of(token)):
                return Speaker(*found, CONFIDENCE_OF_NAME)
        return _speaker(self._offices.get(subject.lower_), span, CONFIDENCE_OF_PRONOUN)


def pronouns(read: Iterable[Passage], who: Who, claims: Sequence[Claim]) -> Iterator[Mention]:
    """``I`` in somebody's words is the speaker; ``he`` outside of them the person named last."""
    spoken = sorted(
        ((claim.text, claim.speaker) for claim in claims if isinstance(claim, Statement) and claim.kind == "direct"),
        key=lambda pair: pair[0],
    )
    starts = [text.start for text, _ in spoken]
    for passage in read:
        for token in passage.parsed:
            if token.lower_ not in THIRD and token.text != "I":
                continue
            span = passage.span_of(token)
            index = bisect_right(starts, span.start) - 1
            speaker = spoken[index][1] if index >= 0 and span in spoken[index][0] else None
            if token.text == "I":
                entity = speaker if speaker and speaker.kind == "person" else None
            else:
                entity = None if speaker else who.before(span.start)
            if entity is not None:
                yield Mention(span, "person", entity, method="model", confidence=CONFIDENCE_OF_PRONOUN)


def states(read: Iterable[Passage], mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Beside the territory an organization, where a country's name is the subject of a verb: ``Iraq signed``.

    Such a mention has no entity: which state acts is for rules to say, with what it does.
    """
    countries = {
        mention.span.end: mention.span
        for mention in mentions
        if mention.entity is not None and mention.entity.type == "country"
    }
    for passage in read:
        for token in filter(_acts, passage.parsed):
            if (span := countries.get(passage.span_of(token).end)) and token.pos_ == "PROPN":
                yield Mention(span, "organization", method="model", confidence=CONFIDENCE_OF_STATE)


def _acts(token: "Token") -> bool:
    return token.dep_ == "nsubj" or (token.dep_ == "conj" and _acts(token.head))
