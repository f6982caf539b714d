"""Noun phrases that speak of somebody or something without naming it: ``the camp``, ``rebel fighters``.

They say where a text speaks of a place, an organization or a person, not of which: such a mention has no entity, but
for ``the city of Mosul``, which is Mosul.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.extract import words
from kg.extract.statistical.passages import Passage
from kg.model import Mention, MentionKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Words

CONFIDENCE = Decimal("0.5")
_PLACES = """
airport airstrip base bases border borders bridge bridges building buildings camp camps capital checkpoint checkpoints
church compound country depot facilities facility headquarters hospital hospitals infrastructure location locations
market marketplace mosque neighborhood neighborhoods neighbourhood neighbourhoods position positions prison refinery
road roads route routes school schools site sites station stations territory territories town tunnel village warehouse
""".split()
_NOT_PLACES = frozenset(
    "settlement settlements communities division department field post pass park state bank sector stretch".split()
)
_ORGANIZATIONS = """
agency alliance allies army authorities battalion brigade brigades coalition command committee community council enemy
fighters forces government governments group groups insurgents leadership militants military militia militias ministry
navy network opposition organisation organisations organization organizations parliament parties partners personnel
police rebels regime regiment soldiers squadron terrorists troops unit units workforce
""".split()
HEADS: dict[str, MentionKind] = {
    **dict.fromkeys({*words.PLACE_TYPES, *words.PLURAL_PLACE_TYPES, *_PLACES} - _NOT_PLACES, "place"),
    **dict.fromkeys(_ORGANIZATIONS, "organization"),
    **dict.fromkeys(words.ROLE_HEADS - {"general", "major", "head", "chief", "member", "resident"}, "person"),
}


def phrases(read: Iterable[Passage], mentions: Iterable[Mention]) -> Iterator[Mention]:
    """A mention for each such phrase, where its head is not a part of a name."""
    named = {offset: mention for mention in mentions for offset in range(mention.span.start, mention.span.end)}
    for passage in read:
        for phrase in passage.parsed.noun_chunks:
            kind = HEADS.get(phrase.root.lower_)
            if kind is None or passage.span_of(phrase.root).start in named:
                continue
            span, complement = _whole(phrase, passage)
            if kind != "organization" and span == passage.span_of(phrase.root):
                continue  # "territory" alone is a word, "commander" a title
            same = named.get(complement.start) if complement else None
            entity = same.entity if same and same.kind == kind == "place" and same.span.end == span.end else None
            yield Mention(span, kind, entity, method="model", confidence=CONFIDENCE)


def _whole(phrase: "Words", passage: Passage) -> tuple[Span, Span | None]:
    """A noun phrase with its complement, ``the commander of the brigade``, and the complement's head."""
    span = passage.span_of(phrase)
    for child in phrase.root.children:
        if child.lower_ == "of" and child.i == phrase.end:
            for head in child.children:
                if head.dep_ == "pobj":
                    return Span(span.start, passage.span_of(head).end), passage.span_of(head)
    return span, None
