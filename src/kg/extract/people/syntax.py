"""How names stand to each other."""

from collections.abc import Sequence

from kg.extract.found import Found
from kg.text.tokens import Token


def coordinated(tokens: Sequence[Token], left: Found, right: Found) -> bool:
    """Whether two names stand in one enumeration: only commas, ``and``, ``or``, ``the`` between them."""
    between = tokens[left.last : right.first]
    return (
        0 < len(between) <= 3
        and all(t.text in (",", ";", "&") or t.low in ("and", "or", "the", "as", "well") for t in between)
        and not any(t.low in ("as", "well") for t in between[:1])
    )
