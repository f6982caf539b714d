"""What kg takes from one text, as the rows that the scorer compares, without building a dataset."""

from collections import defaultdict
from collections.abc import Iterator

from bench.evaluation.score import KINDS, Row, fold
from kg import gazetteer
from kg.domain import FIGURES
from kg.extract import extract
from kg.model import Entity, EventClaim, Extraction, FigureClaim, RoleClaim, Source, Statement
from kg.read.split import documents

SYMBOLS: dict[str, str] = {figure.name: figure.symbol for figure in FIGURES}
Rows = dict[str, list[Row]]


def rows(source: Source) -> Rows:
    """The rows of a source by kind, repeated ones once."""
    found: Rows = {kind: [] for kind in ("documents", *KINDS)}
    for extraction in extractions(source):
        found["documents"].append({"published": extraction.document.published or ""})
        for kind, row in _rows(extraction):
            if row not in found[kind]:
                found[kind].append(row)
    return found


def extractions(source: Source) -> list[Extraction]:
    """What is found in each document of a source."""
    return [extract(document, gazetteer.load()) for document in documents(source)]


def _rows(extraction: Extraction) -> Iterator[tuple[str, Row]]:
    text = extraction.document.source.text
    written: dict[Entity, set[str]] = defaultdict(set)
    for mention in extraction.mentions:
        if mention.entity:
            written[mention.entity].add(fold(mention.span.of(text)))
    people: dict[str, Row] = {}
    for entity in written:
        if entity.kind == "person":
            people.setdefault(fold(entity.name), {"name": entity.name, "role": [], "of": []})
        elif entity.kind == "organization":
            yield "organizations", {"name": entity.name, "names": written[entity] | {fold(entity.name)}}
    for claim in extraction.claims:
        match claim:
            case EventClaim():
                yield "events", _event(claim)
                yield from (("figures", figure) for figure in _stated(claim))
            case FigureClaim():
                yield "figures", _figure(claim)
            case Statement():
                names = written[claim.speaker] | {fold(claim.speaker.name)} if claim.speaker else {""}
                yield "statements", {"kind": claim.kind, "text": claim.text.of(text), "speaker_names": names}
            case RoleClaim():
                empty: Row = {"name": claim.member.name, "role": [], "of": []}
                person = people.setdefault(fold(claim.member.name), empty)
                person["role"].append(claim.title)
                person["of"] += [_key(claim.organization), _name(claim.organization)]
    yield from (("people", person) for person in people.values())


def _event(claim: EventClaim) -> Row:
    called = claim.word or claim.family
    return {
        "type": called,
        "place": _key(claim.place),
        "place_name": claim.place_text or _name(claim.place),
        "date": claim.date or "",
    }


def _stated(claim: EventClaim) -> Iterator[Row]:
    """The areas and the share that are stated with an event are figures of its place."""
    stated = (
        ("area", claim.area_km2, claim.area_qualifier),
        ("area", claim.of_area_km2, "exact"),
        ("share", claim.share_percent, claim.share_qualifier),
    )
    for kind, value, qualifier in stated:
        if value is not None:
            of = {"subject": _key(claim.place), "subject_name": claim.place_text or _name(claim.place)}
            yield {**of, "kind": kind, "value": f"{value:f}", "unit": SYMBOLS[kind], "qualifier": qualifier}


def _figure(claim: FigureClaim) -> Row:
    of = claim.of
    return {
        "subject": _key(of),
        "subject_name": claim.of_text or _name(of),
        "kind": claim.kind,
        "value": f"{claim.value:f}",
        "unit": SYMBOLS[claim.kind] or claim.noun,
        "qualifier": claim.qualifier,
    }


def _key(entity: Entity | None) -> str:
    return (entity.key or entity.name) if entity else ""


def _name(entity: Entity | None) -> str:
    return entity.name if entity else ""
