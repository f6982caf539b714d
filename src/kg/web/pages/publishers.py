"""One colour for each publisher, the same wherever it speaks."""

from collections.abc import Mapping
from typing import Final

NAMED: Final = 8  # publishers that have a colour of their own


class Publishers:
    """The assignment for a dataset: who publishes the most documents first. A colour is the name of a CSS class."""

    def __init__(self, documents: Mapping[str, int]) -> None:
        ranked = sorted(documents, key=lambda name: (-documents[name], name))[:NAMED]
        self._of_name = {name: f"by-{number}" for number, name in enumerate(ranked)}

    def of(self, name: str) -> str:
        """The colour of a publisher; those after the eighth share one, and so do documents that name none."""
        return self._of_name.get(name, "by-others" if name else "by-none")
