"""What comes of documents, of sources and of a build."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from kg.check import Finding
from kg.read import Unreadable
from kg.validate import Result
from kg.write import Bundle


@dataclass(frozen=True, slots=True)
class Accepted:
    """A document that conforms."""

    id: str
    graph: bytes  # sorted N-Triples, without the gazetteer's own
    annotations: bytes
    keys: tuple[str, ...]  # of the gazetteer, as used by the graph
    records: bytes  # the lines of `Recorded`
    counts: Counter[str]  # by `KINDS`, and sentences, "sentences without claims", unresolved


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a document does not conform, and at which words."""

    message: str
    focus: str  # IRI
    line: int | None = None  # of the stored source text, from 1
    quote: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A document that does not conform: all of it, with the reasons."""

    id: str
    title: str
    path: str
    graph: bytes
    problems: tuple[Problem, ...]
    results: tuple[Result, ...]  # the same, as SHACL has them
    trace: str = ""  # where kg itself failed, for whoever mends it; never published, for it is of one machine


@dataclass(frozen=True, slots=True)
class Processed:
    """One source with what came of its documents, in their order."""

    path: str
    slug: str
    text: str
    accepted: tuple[Accepted, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()  # what a person should know of how it was read
    sha256: str = ""  # of the bytes that were read

    @property
    def trace(self) -> str:
        """Of its documents together."""
        return "\n".join(one.trace for one in self.set_aside if one.trace)


@dataclass(frozen=True, slots=True)
class Across:
    """What some groups of records, or some findings, come to."""

    graph: Bundle  # lines of N-Triples that conform
    results: tuple[Result, ...]  # of what was left out
    counts: Counter[str]


@dataclass(frozen=True, slots=True)
class Build:
    """What a build did.

    ``counts`` are those of the manifest: sources, documents, sentences, sentences without claims, mentions,
    unresolved; event claims, figures, roles, statements; events, contested, findings, triples.
    """

    out: Path
    counts: Counter[str]
    unreadable: tuple[Unreadable, ...]
    set_aside: tuple[SetAside, ...]
    conforms: bool  # whether everything that was given could be read and published

    @property
    def traces(self) -> Iterator[tuple[str, str]]:
        """Path and traceback of each source and document over which kg itself failed."""
        of_sources = ((one.path, one.trace) for one in self.unreadable if one.trace)
        return chain(of_sources, ((one.path, one.trace) for one in self.set_aside if one.trace))
