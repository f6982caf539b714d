"""Noun phrases that speak of a place or an organization without naming one: ``the camp``, ``rebel fighters``."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from kg.extract import words
from kg.extract.statistical.passages import Passage
from kg.model import Mention, MentionKind, Span

CONFIDENCE = Decimal("0.5")
_PLACES = """
building buildings compound facility facilities headquarters hospital site sites location locations position positions
tunnel road roads route routes bridge bridges station stations checkpoint checkpoints airstrip warehouse depot
neighborhood neighborhoods neighbourhood neighbourhoods infrastructure terrain border borders front frontline
marketplace market mosque church school prison refinery
""".split()
_ORGANIZATIONS = """
forces troops army military militia militias militants fighters insurgents rebels terrorists soldiers government
governments regime authorities coalition alliance allies partners enemy opposition community leadership parties
organization organizations organisation organisations group groups council ministry parliament police unit units
battalion brigade brigades squadron division command cell network members civilians families people
journalists reporters personnel
""".split()
HEADS: dict[str, MentionKind] = {
    **dict.fromkeys([*words.PLACE_TYPES, *words.PLURAL_PLACE_TYPES, *_PLACES], "place"),
    **dict.fromkeys(_ORGANIZATIONS, "organization"),
}


def phrases(read: Iterable[Passage], mentions: Iterable[Mention]) -> Iterator[Mention]:
    """A mention without an entity for each such phrase whose head is no part of a name."""
    named = {offset for mention in mentions for offset in range(mention.span.start, mention.span.end)}
    for passage in read:
        for phrase in passage.parsed.noun_chunks:
            kind = HEADS.get(phrase.root.lower_)
            head: Span = passage.span_of(phrase.root)
            if kind and phrase.root.pos_ != "PROPN" and head.start not in named:
                yield Mention(passage.span_of(phrase), kind, method="model", confidence=CONFIDENCE)
