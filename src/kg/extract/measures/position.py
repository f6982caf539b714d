"""Where a quantity stands among the chunks of its sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.extract.clauses import Chunk, Noun, Verb
from kg.extract.lexicon import listed
from kg.extract.measures.named import Namer
from kg.extract.reading import Reading, Sentence
from kg.text.quantities import Quantity

ATTRIBUTES = frozenset(
    """
    area areas territory size extent surface length width breadth height depth altitude elevation distance radius
    total land share
    """.split()
)
"""Nouns that a quantity is a value of; what has the attribute is what it is of."""
ROUGHLY = listed("roughly")
FAR = 24  # chunks that a quantity and the noun or verb it belongs to may be apart


@dataclass
class Place:
    """A quantity among the chunks of its sentence."""

    reading: Reading
    sentence: Sentence
    quantity: Quantity
    namer: Namer
    moved: bool = False  # asked of another chunk than its own

    @cached_property
    def chunks(self) -> Sequence[Chunk]:
        return self.namer.chunks(self.sentence)

    @cached_property
    def index(self) -> int:
        """Of the chunk that the quantity is in; -1 where it is in none."""
        token = self.reading.token_index(self.quantity.start)
        return self.namer.chunk_at(self.sentence, token)

    @cached_property
    def first(self) -> int:
        return self.reading.token_index(self.quantity.start)

    @cached_property
    def last(self) -> int:
        return self.reading.token_index(self.quantity.end)

    @property
    def floor(self) -> int:
        """The chunk after the label of an answer, ``A:``; else the first."""
        return 2 if self.noun(0) is not None and self.word(1) == ":" else 0

    def chunk_of(self, quantity: Quantity) -> int:
        return self.namer.chunk_at(self.sentence, self.reading.token_index(quantity.start))

    @property
    def chunk(self) -> Chunk:
        return self.chunks[self.index]

    @cached_property
    def left(self) -> int:
        """The chunk before the quantity and what says how exact it is; -1 where none is."""
        token, floor = self.first - 1, max(self.sentence.first, self.first - 7)
        while token >= floor and self.reading.tokens[token].low in ROUGHLY:
            token -= 1
        return self.namer.chunk_at(self.sentence, token) if token >= self.sentence.first else -1

    def at(self, index: int) -> Chunk | None:
        return self.chunks[index] if 0 <= index < len(self.chunks) else None

    def word(self, index: int) -> str:
        """Of a mark, preposition or other word that is no noun and no verb."""
        chunk = self.at(index)
        return chunk.word if chunk is not None and chunk.kind not in ("noun", "verb") else ""

    def lead(self, index: int) -> str:
        """What decides of the chunk at an index, whatever its kind."""
        chunk = self.at(index)
        return chunk.word if chunk is not None else ""

    def noun(self, index: int) -> Noun | None:
        chunk = self.at(index)
        return chunk if isinstance(chunk, Noun) else None

    def lows(self, first: int, last: int) -> list[str]:
        return [token.low for token in self.reading.tokens[first:last]]

    @property
    def is_distance(self) -> bool:
        return self.quantity.kind == "distance"

    def verb_left(self) -> tuple[Verb, int] | None:
        """The verb that the quantity completes: nothing but measures, adverbs and prepositions stand between."""
        for step in range(self.index - 1, max(-1, self.index - FAR), -1):
            chunk = self.chunks[step]
            if isinstance(chunk, Verb):
                return chunk, step
            noun = self.noun(step)
            if chunk.word in (";", ":", "(") or (noun and not self._transparent(noun)):
                return None
        return None

    def _transparent(self, noun: Noun) -> bool:
        return noun.adjective or noun.quantity is not None or noun.word in ATTRIBUTES or noun.words <= ROUGHLY


def opens(place: Place) -> bool:
    """Whether the sentence begins with the quantity: ``About 70 km from the border.``"""
    return all(low in ROUGHLY for low in place.lows(place.sentence.first, place.first))
