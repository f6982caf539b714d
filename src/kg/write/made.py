"""What a dataset was made with, so that anyone can make it again: kg, names, shapes, settings, and the sources."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg import __version__
from kg.config import Config
from kg.vocabulary import PROV, RDF, RDFS, SCHEMA

PARTS = ("gazetteer", "shapes", "settings", "sources")


@dataclass(frozen=True, slots=True)
class Made:
    """The version of kg, a hash of each of `PARTS`, and the settings themselves.

    ``options`` are those of the build that change its result, ``config`` is what `kg.toml` sets.
    """

    gazetteer: str
    shapes: str
    options: Mapping[str, Any]
    config: Config
    sources: str = ""
    kg: str = __version__

    @property
    def settings(self) -> str:
        """The hash of the options and of what `kg.toml` sets."""
        return sha256(repr((sorted(self.options.items()), self._set())).encode()).hexdigest()

    def _set(self) -> dict[str, Any]:
        plain = asdict(Config())
        return {name: value for name, value in sorted(asdict(self.config).items()) if value != plain[name]}

    def entry(self) -> dict[str, Any]:
        """What the manifest says of it."""
        hashes = {part: getattr(self, part) for part in PARTS}
        return {"kg": self.kg, "options": dict(self.options), "config": self._set(), **hashes}

    def triples(self, dataset: NamedNode, base: str) -> Iterator[Triple]:
        """The activity that generated the dataset, and what it used, each with its hash."""
        activity, software = NamedNode(f"{base}build"), NamedNode(f"{base}input/kg")
        yield Triple(dataset, PROV.wasGeneratedBy, activity)
        yield Triple(activity, RDF.type, PROV.Activity)
        yield Triple(activity, PROV.used, software)
        yield Triple(software, RDF.type, SCHEMA.SoftwareApplication)
        yield Triple(software, RDFS.label, Literal("kg"))
        yield Triple(software, SCHEMA.softwareVersion, Literal(self.kg))
        for part in PARTS:
            node = NamedNode(f"{base}input/{part}")
            yield Triple(activity, PROV.used, node)
            yield Triple(node, RDF.type, PROV.Entity)
            yield Triple(node, RDFS.label, Literal(part, language="en"))
            yield Triple(node, SCHEMA.sha256, Literal(getattr(self, part)))
