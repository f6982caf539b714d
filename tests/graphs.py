"""Whole graphs for tests of writing and validation, made of what is written by hand, and how they are compared."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pyoxigraph as ox
from by_hand import ARMENIA, AZ, FORCES, LACHIN, SHUSHA, TRT, Writer, article, seed, two_sides

from kg import gazetteer, rdf, reconcile
from kg.check import Finding
from kg.model import Entity, EventClaim, Extraction, FigureClaim, Mention, RoleClaim, Statement
from kg.rdf import IRIs
from kg.vocabulary import BASE

IRI = IRIs()
BRIDGE = Entity("place", "the old bridge")
EDITOR = Entity("person", "A. Editor")
SOLDIER = Entity("described", "a soldier")
REBELS = Entity("described", "the rebels")
RESOLUTION = Entity("document", "S/RES/822 (1993)", "document/S-RES-822-1993", "resolution")
TEXT = (
    "On 20 November 1993 about 350 of the 1,094 sq km of Lachin and less than 20 percent of Azerbaijan were seized, "
    "the old bridge included. A. Editor, head of TRT World, told Armenia on Monday: “We read resolution 822.” "
    "It covers 12 percent and roughly 2 sq miles. “All of them left,” a soldier said."
)


def everything() -> Extraction:
    """A document in which every property occurs that a document, claim or local entity may have."""
    writer: Writer = article(TEXT, "everything", publisher="Outlet")
    span = writer.span
    whole = span(TEXT.partition(". A")[0])
    writer.says(
        EventClaim(
            evidence=(whole,), according_to=EDITOR, method="model", confidence=Decimal("0.75"), family="control",
            word="capture", called_as="seized", place=LACHIN, actors=(FORCES,), date="1993-11-20",
            area_km2=Decimal(350), area_qualifier="about", of_area_km2=Decimal(1094), area_converted_from="sq mi",
            share_percent=Decimal(20), share_qualifier="less-than", includes=(BRIDGE,),
        )
    )  # fmt: skip
    writer.says(
        EventClaim(
            evidence=(span("were seized"),), family="adoption", called_as="adopted", date="1994/..", actors=(REBELS,)
        )
    )
    writer.says(
        RoleClaim(
            evidence=(span("A. Editor, head of TRT World"),), member=EDITOR, title="head",
            role=Entity("role", "head"), organization=TRT,
        )
    )  # fmt: skip
    for words, kind in (("We read resolution 822.", "direct"), ("resolution 822", "indirect")):
        writer.says(
            Statement(
                evidence=(span("told Armenia on Monday: “We read resolution 822.”"),), kind=kind,
                text=span(words), speaker=EDITOR, said_to=ARMENIA, said_at="1993-11-22", headline=kind == "direct",
            )
        )  # fmt: skip
    said = span("“All of them left,” a soldier said.")
    writer.says(Statement(evidence=(said,), kind="direct", text=span("All of them left"), speaker=SOLDIER))
    writer.says(
        FigureClaim(
            evidence=(said,), according_to=SOLDIER, kind="displaced", value=Decimal(9), noun="person", of=LACHIN
        )
    )
    ends = span("It covers 12 percent and roughly 2 sq miles.")
    writer.says(FigureClaim(evidence=(ends,), kind="share", value=Decimal(12), of=AZ, of_text="It"))
    writer.says(
        FigureClaim(
            evidence=(ends,),
            kind="area",
            value=Decimal("5.18"),
            of=SHUSHA,
            qualifier="about",
            converted_from="sq miles",
        )
    )
    writer.says(
        FigureClaim(
            evidence=(ends,), kind="count", value=Decimal(1), of=RESOLUTION, noun="resolution", demands="withdrawal",
            not_implemented_by=ARMENIA,
        )
    )  # fmt: skip
    found = writer.extraction([Mention(span("resolution 822"), "document", RESOLUTION)])
    source = replace(found.document.source, url="https://news.example/1", notes=("Read from a page.",))
    document = replace(
        found.document,
        source=source,
        headlines=(span("A. Editor"),),
        published="1993-11-23",
        publisher="TRT World",
        publisher_span=span("TRT World"),
    )
    return replace(found, document=document, notes=("Read in part.",))


def triples_of(graph: bytes) -> list[ox.Triple]:
    """N-Triples as another reader understands them."""
    return [quad.triple for quad in ox.parse(graph, format=ox.RdfFormat.N_TRIPLES)]


def described(extraction: Extraction, iris: IRIs = IRI) -> list[ox.Triple]:
    """What the dataset holds of a document."""
    return triples_of(rdf.document_graph(rdf.Names(extraction, iris)))


def annotated(extraction: Extraction, iris: IRIs = IRI, suggest: rdf.Suggest | None = None) -> list[ox.Triple]:
    """What the annotations hold of a document."""
    return triples_of(rdf.annotation_graph(rdf.Names(extraction, iris), suggest=suggest))


def document_graph(extraction: Extraction, base: str = BASE) -> list[ox.Triple]:
    """What a document is validated with: its own nodes and the gazetteer's that it uses."""
    own = described(extraction, IRIs(base))
    return [*own, *gazetteer.load().triples(rdf.gazetteer_keys(extraction), base)]


def dataset_graph(*extractions: Extraction, base: str = BASE) -> list[ox.Triple]:
    """The documents with their events and a finding."""
    iris = IRIs(base)
    ids = [rdf.claim_ids(extraction) for extraction in extractions]
    records = [r for extraction, its in zip(extractions, ids, strict=True) for r in reconcile.records(extraction, its)]
    finding = Finding("all_count_1", "count", "warning", "The list names two, the article three.", ids[0][:2])
    triples = [triple for extraction in extractions for triple in document_graph(extraction, base)]
    triples += triples_of(rdf.event_graph(reconcile.reconcile(records), iris))
    return list(dict.fromkeys([*triples, *triples_of(rdf.finding_graph([finding], iris))]))


@cache
def rich() -> tuple[ox.Triple, ...]:
    """The seed, two sides that differ, and a document with every property."""
    return tuple(dataset_graph(*seed(), *two_sides(), everything()))


def canonical(quads: Iterable[ox.Quad | ox.Triple]) -> bytes:
    """RDFC-1.0 by Oxigraph: the sorted canonical N-Quads."""
    dataset = ox.Dataset(quad if isinstance(quad, ox.Quad) else ox.Quad(*quad) for quad in quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS).splitlines(keepends=True)
    return b"".join(sorted(lines))
