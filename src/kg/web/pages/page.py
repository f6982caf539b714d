"""One page before it is written: where it is, its template, and what that shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """``path`` is below the site's root; ``iri`` is what the page is about, ``data`` its JSON-LD for search engines."""

    path: str
    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    iri: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    section: str = ""  # of the navigation
