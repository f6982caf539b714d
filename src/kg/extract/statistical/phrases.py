"""Noun phrases that speak of a place or an organization without naming one: ``the camp``, ``ISIL fighters``."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kg.extract import words
from kg.extract.statistical.names import Taken
from kg.extract.statistical.passages import Passage
from kg.gazetteer import Gazetteer
from kg.model import Mention, MentionKind, Span

CONFIDENCE = Decimal("0.5")
HEADS: dict[str, MentionKind] = {}
