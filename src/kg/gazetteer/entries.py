"""What a gazetteer holds: entries, and the names under which a text may speak of them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kg.model import Entity, EntityKind

NameKind = Literal["name", "acronym", "demonym", "people"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A known place, organization, person or role.

    ``key`` is its path below a base (``place/AZ-SUS``), ``name`` its English label, ``country`` an
    ISO 3166-1 code or empty, ``within`` the keys of what directly contains it. ``area_km2`` is
    stated only with a source. ``curated``: written by hand, or the user's own.
    """

    key: str
    kind: EntityKind
    type: str
    name: str
    country: str = ""
    within: tuple[str, ...] = ()
    area_km2: Decimal | None = None
    population: int = 0
    curated: bool = False
    latitude: Decimal | None = None
    longitude: Decimal | None = None

    @property
    def is_located(self) -> bool:
        """Whether its coordinates are known."""
        return self.latitude is not None and self.longitude is not None

    def entity(self, name: str = "") -> Entity:
        """The entry as the model speaks of it."""
        return Entity(self.kind, name or self.name, self.key, self.type)


@dataclass(frozen=True, slots=True)
class Name:
    """One way to name an entry.

    ``acronym``: only where the text has it in capitals. ``demonym``: the adjective
    (``Azerbaijani``); ``people``: the plural noun (``Azerbaijanis``). The entry of both is the place.
    """

    entry: Entry
    kind: NameKind = "name"
