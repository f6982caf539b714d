"""One batch of sources, from text to validated triples: the step that runs anywhere.

A `Processor` holds what every batch needs (gazetteer, shapes, base) and nothing that changes. What it returns is
small and can be pickled: sorted N-Triples, records for reconciliation, findings and counts.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from sys import intern
from typing import Final, NamedTuple

from kg.check import Finding, check
from kg.domain import ORGANS
from kg.errors import Failure, attempt
from kg.extract import Extractor, extract
from kg.gazetteer import Gazetteer
from kg.model import (
    Claim,
    Document,
    Entity,
    EventClaim,
    Extraction,
    FigureClaim,
    MentionKind,
    RoleClaim,
    Source,
    Span,
    Statement,
)
from kg.pipeline.outcome import Accepted, Problem, Processed, SetAside
from kg.pipeline.seen import seen_of_claims
from kg.rdf import IRIs, Names, annotation_graph, document_graph, evidence, gazetteer_keys
from kg.read import Item, Unreadable, read_item
from kg.read.outcome import failed
from kg.read.publisher import Publishers
from kg.read.split import documents
from kg.reconcile import ClaimRecord, Number, namesake, order, records
from kg.runtime.patience import within
from kg.validate import AUTO, Report, Result, Shapes, load_fast_engine, prepare, validate_documents
from kg.write.ntriples import serialized

KINDS: dict[type[Claim], str] = {
    EventClaim: "event claims",
    FigureClaim: "figures",
    RoleClaim: "roles",
    Statement: "statements",
}
_KEY: Final = 3  # fields of a record that `order` gives: place, family, claim


class Recorded(NamedTuple):
    """A claim as reconciliation sees it, with what the shapes of events see of it."""

    record: ClaimRecord
    shaped: str  # lines: the place of a predicate in `Processor.seen`, a space, and an object

    def line(self) -> bytes:
        """One line, with its end; lines sort by `kg.reconcile.order`. As JSON: half of what pickling takes."""
        record = self.record
        value = json.dumps((*record[_KEY:], self.shaped), ensure_ascii=False, separators=(",", ":"), default=str)
        return "\t".join((*order(record), value)).encode() + b"\n"

    @classmethod
    def of(cls, line: bytes) -> "Recorded":
        """The claim of a line."""
        place, family, claim, value = line.decode().split("\t")
        document, publisher, text, voice, word, date, numbers, actors, name, powers, shaped = json.loads(value)
        record = ClaimRecord(
            # A place may have a million records: what many of them say is held once.
            intern(place),
            intern(family),  # type: ignore[arg-type]  # a `Family` when it was written: json knows no literal types
            claim,
            document,
            intern(publisher),
            text,
            intern(voice),
            intern(word),
            intern(date),
            tuple((intern(of), _number(*number)) for of, number in numbers),
            tuple(map(intern, actors)),
            intern(name),
            tuple(map(intern, powers)),
        )
        return cls(record, shaped)


@lru_cache(maxsize=1 << 12)
def _number(value: str, qualifier: str, converted: bool) -> Number:
    return Number(Decimal(value), qualifier, converted)


_OPTION: Final = "--document-timeout"
DOCUMENT_TIMEOUT: Final = 300.0  # seconds


@dataclass(frozen=True)
class Processor:
    """The per-document work; the same sources give the same results on any process."""

    gazetteer: Gazetteer
    iris: IRIs
    shapes: Shapes | None  # None: nothing is validated
    engine: str = AUTO
    extractors: tuple[Extractor, ...] = ()  # what adds to the rules
    publishers: Publishers = ()  # what the settings say of who publishes which files
    event_shapes: Shapes | None = None  # other than our own
    seconds: float = 0  # most for reading one source and for extracting from one document; 0: any number

    def __post_init__(self) -> None:
        if self.shapes:
            _ = self.seen  # shapes that cannot be applied are refused before anything is read

    @cached_property
    def of_events(self) -> Shapes:
        """The shapes that events and findings are held to."""
        return self.event_shapes or prepare(part="events")

    @cached_property
    def seen(self) -> tuple[bytes, ...]:
        """The predicates of a claim that those shapes look at; raises InputError where they look further."""
        return seen_of_claims(self.of_events)

    def load(self) -> None:
        """Load what the work needs and has not yet, before processes are forked that share it."""
        self.gazetteer.load()
        if self.shapes and self.engine != "pyshacl":
            for shapes in (self.shapes, self.of_events):
                load_fast_engine(shapes)

    def __call__(self, batch: Sequence[Item | Source | Unreadable]) -> list[Processed | Unreadable]:
        """What comes of each source of the batch, in its order; a document over which kg fails is set aside alone."""
        sources = [self._read(item) for item in batch]
        readable = [source for source in sources if isinstance(source, Source)]
        together = attempt(lambda: self._judged((source, self._documents(source)) for source in readable))
        processed = map(self._apart, readable) if isinstance(together, Failure) else iter(together)
        return [next(processed) if isinstance(source, Source) else source for source in sources]

    def _documents(self, source: Source) -> tuple[Document, ...]:
        with within(self.seconds, _OPTION):
            return documents(source, publishers=self.publishers)

    def _judged(self, sources: Iterable[tuple[Source, Iterable[Document]]]) -> list[Processed]:
        return self.judge([(source, [self._extract(document) for document in some]) for source, some in sources])

    def _apart(self, source: Source) -> Processed | Unreadable:
        """What comes of a source without those of its documents over which kg fails."""
        found = attempt(lambda: self._documents(source))
        if isinstance(found, Failure):
            return Unreadable.of_failure(source.path, found)
        failures = {one.id: tried for one in found if isinstance(tried := self._attempted(source, [one]), Failure)}
        rest = self._attempted(source, [one for one in found if one.id not in failures])
        if isinstance(rest, Failure):
            return Unreadable.of_failure(source.path, rest)
        lost = (self._failed(one, failures[one.id]) for one in found if one.id in failures)
        return replace(rest, set_aside=(*rest.set_aside, *lost))

    def _attempted(self, source: Source, some: Sequence[Document]) -> Processed | Failure:
        return attempt(lambda: self._judged([(source, some)])[0])

    def _failed(self, document: Document, failure: Failure) -> SetAside:
        problem = Problem(failed(failure), self.iris.document(document.id).value)
        title = document.title or ""
        return SetAside(document.id, title, document.source.path, b"", (problem,), (), failure.trace)

    def _read(self, item: Item | Source | Unreadable) -> Source | Unreadable:
        with within(self.seconds, _OPTION):
            return read_item(item)

    def _extract(self, document: Document) -> Extraction:
        with within(self.seconds, _OPTION):
            return extract(document, self.gazetteer, extractors=self.extractors)

    def judge(self, extracted: Sequence[tuple[Source, Sequence[Extraction]]]) -> list[Processed]:
        """Which of the documents of each source conform, and what they come to as triples."""
        with within(self.seconds, _OPTION):  # together; where they take longer, each has as much
            drafts = [[self._draft(extraction) for extraction in extractions] for _, extractions in extracted]
            reports = iter(self._validate([draft for group in drafts for draft in group]))
            return [
                self._processed(source, [(draft, next(reports)) for draft in group])
                for (source, _), group in zip(extracted, drafts, strict=True)
            ]

    def _draft(self, extraction: Extraction) -> "_Draft":
        names = Names(extraction, self.iris)
        return _Draft(names, document_graph(names), gazetteer_keys(extraction))

    def _validate(self, drafts: list["_Draft"]) -> "Iterable[Report | None]":
        if self.shapes is None or not drafts:
            return [None] * len(drafts)
        graphs = [draft.graph + serialized(self.gazetteer.triples(draft.keys, self.iris.base)) for draft in drafts]
        return validate_documents(graphs, self.shapes, engine=self.engine)

    def _processed(self, source: Source, drafts: "list[tuple[_Draft, Report | None]]") -> Processed:
        accepted = [draft for draft, report in drafts if report is None or report.conforms]
        return Processed(
            path=source.path,
            slug=source.slug,
            text=source.text,
            accepted=tuple(map(self._accepted, accepted)),
            set_aside=tuple(
                self._set_aside(draft, report) for draft, report in drafts if report and not report.conforms
            ),
            findings=self._check(accepted),
            notes=tuple(dict.fromkeys([*source.notes, *(n for draft, _ in drafts for n in draft.extraction.notes)])),
            sha256=source.sha256_original,
        )

    def _check(self, drafts: "Sequence[_Draft]") -> tuple[Finding, ...]:
        names = [draft.names for draft in drafts]
        return check([one.extraction for one in names], self.gazetteer, [one.claim_ids for one in names])

    def _accepted(self, draft: "_Draft") -> Accepted:
        extraction, names = draft.extraction, draft.names
        return Accepted(
            id=extraction.document.id,
            graph=draft.graph,
            annotations=annotation_graph(names, suggest=self._suggest),
            keys=draft.keys,
            records=self._recorded(draft.graph, records(extraction, names.claim_ids, names.paths, power=self._power)),
            counts=_counts(names),
        )

    def _recorded(self, graph: bytes, records: Iterable[ClaimRecord]) -> bytes:
        shaped: dict[bytes, list[str]] = {}
        seen = {predicate: number for number, predicate in enumerate(self.seen if self.shapes else ())}
        for line in graph.splitlines():
            subject, predicate, value = line.split(b" ", 2)
            if (number := seen.get(predicate)) is not None:
                shaped.setdefault(subject, []).append(f"{number} {value[:-2].decode()}")
        iris = ((record, str(self.iris.claim(record.claim)).encode()) for record in records)
        lines = []
        for record, iri in iris:
            lines.append(Recorded(record, "\n".join(shaped.get(iri, ()))).line())
            if other := namesake(record):
                lines.append(Recorded(other, "").line())
        return b"".join(lines)

    def _set_aside(self, draft: "_Draft", report: Report) -> SetAside:
        document = draft.extraction.document
        places = _Places(draft.names)
        return SetAside(
            id=document.id,
            title=document.title or "",
            path=document.source.path,
            graph=draft.graph,
            problems=tuple(places.problem(result) for result in report.results),
            results=report.results,
        )

    def _power(self, actor: Entity) -> str:
        """Whom an actor acts for: of a state's own organ, the state; empty for one that only a document knows."""
        entry = self.gazetteer.entry(actor.key) if actor.key else None
        if entry and entry.country and entry.type in ORGANS:
            return f"agent/state-{entry.country}"
        return actor.key or ""

    def _suggest(self, text: str, kind: MentionKind) -> list[str]:
        return [key for key, _ in self.gazetteer.suggest(text, kind)]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A document on its way: not yet known to conform."""

    names: Names
    graph: bytes  # sorted N-Triples
    keys: tuple[str, ...]

    @property
    def extraction(self) -> Extraction:
        return self.names.extraction


@dataclass(frozen=True)
class _Places:
    """Where in the text the nodes of a document's graph come from."""

    names: Names
    spans: dict[str, Span] = field(default_factory=dict)

    def __post_init__(self) -> None:
        extraction, names = self.names.extraction, self.names
        document = extraction.document
        self.spans[names.document.value] = document.headlines[0] if document.headlines else document.span
        for node, claim in zip(names.claims, extraction.claims, strict=True):
            for span in evidence(claim):
                self.spans[names.span(span).value] = span
            if claim.evidence:
                self.spans[node.value] = claim.evidence[0]

    def problem(self, result: Result) -> Problem:
        focus = result.focus.strip("<>")
        span, text = self.spans.get(focus), self.names.content
        if span is None:
            return Problem(result.message, focus)
        return Problem(result.message, focus, text.count("\n", 0, span.start) + 1, span.of(text))


def _counts(names: Names) -> Counter[str]:
    extraction = names.extraction
    counts = Counter(KINDS[type(claim)] for claim in extraction.claims)
    counts["sentences"] = len(extraction.sentences)
    counts["sentences without claims"] = sum(not claims for _, claims in names.sentences)
    counts["mentions"] = len(extraction.mentions)
    counts["unresolved"] = len(extraction.unresolved)
    return counts
