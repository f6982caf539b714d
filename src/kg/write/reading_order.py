"""The order in which a person reads a dataset: documents with what they claim, then whom and what they speak of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.vocabulary import DCTERMS, KG, KINDS, NIF, PROV, RDF, RDFS, SCHEMA
from kg.write.nodes import Node, in_order, natural

IS_PART_OF: Final = str(DCTERMS.isPartOf)
SAYS: Final = str(DCTERMS.source)  # claim -> the document that makes it
EVIDENCE: Final = str(PROV.wasDerivedFrom)
CONTEXT_OF: Final = str(NIF.referenceContext)
BEGIN: Final = str(NIF.beginIndex)

# What comes first in a node; the other predicates follow by their IRI.
_FIRST: Final = {
    str(term): rank
    for rank, term in enumerate(
        (
            RDF.type, RDFS.label, SCHEMA.name, SCHEMA.headline, DCTERMS.title, KG.message, DCTERMS.source,
            NIF.referenceContext, NIF.beginIndex, NIF.endIndex, NIF.anchorOf, KG.calledAs, KG.date,
        )
    )
}  # fmt: skip

_SECTIONS: Final = {
    "place": "Places",
    "geometry": "Points of places",
    "agent": "Agents",
    "role": "Roles",
    "document": "Cited documents",
    "event": "Events",
    "finding": "Findings",
    "source": "Other sources",
    "claim": "Other claims",
    "span": "Other spans",
    "": "Others",
}


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Every subject of a graph, once: below its document, or in a section.

    Terms are written as in N-Triples. A source stands with the first of its documents, a span
    with the first claim that it supports.
    """

    sources: Mapping[str, str]  # first document -> its source
    claims: Mapping[str, list[str]]  # document -> its claims, in the order of the text
    spans: Mapping[str, list[str]]  # claim, or document for the rest -> spans, in the order of the text
    sections: Mapping[str, list[str]]  # title -> subjects

    def blocks(self) -> Iterator[tuple[str, list[str]]]:
        """Titles with the subjects to write below each, empty ones left out."""
        for document, claims in self.claims.items():
            block = [self.sources[document]] if document in self.sources else []
            block.append(document)
            for claim in claims:
                block += [claim, *self.spans.get(claim, ())]
            yield "Document", block + self.spans.get(document, [])
        yield from ((title, subjects) for title, subjects in self.sections.items() if subjects)


def arrange(nodes: Mapping[str, Node], base: str) -> Arrangement:
    """Arrange the subjects of a graph whose own IRIs stand below ``base``; others come last."""
    of_kind = _by_kind(nodes, base)
    documents = [term for term in of_kind["document"] if IS_PART_OF in nodes[term]]
    claims: dict[str, list[str]] = {document: [] for document in documents}
    for claim in of_kind["claim"]:
        if documents_of := [said for said in nodes[claim].get(SAYS, ()) if said in claims]:
            claims[documents_of[0]].append(claim)
    for listed in claims.values():
        listed.sort(key=lambda claim: _place_in_text(nodes, claim))
    sources = _first_documents(nodes, documents)
    spans = _spans(nodes, claims, of_kind["span"])
    placed = {
        *sources.values(),
        *claims,
        *(c for cs in claims.values() for c in cs),
        *(s for ss in spans.values() for s in ss),
    }
    sections = {title: [term for term in of_kind[kind] if term not in placed] for kind, title in _SECTIONS.items()}
    return Arrangement(sources, claims, spans, sections)


def predicates(node: Node) -> tuple[str, ...]:
    """The predicates of a node in reading order: what it is, what it is called, then the rest."""
    return _in_reading_order(tuple(node))


@lru_cache(maxsize=4096)  # few combinations make up a dataset, and sorting them was a third of the time
def _in_reading_order(predicates: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(predicates, key=lambda predicate: (_FIRST.get(predicate, len(_FIRST)), predicate)))


def _by_kind(nodes: Mapping[str, Node], base: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {kind: [] for kind in (*KINDS, "")}
    start = f"<{base}"
    for term in nodes:
        kind, slash, _ = term[len(start) :].partition("/") if term.startswith(start) else ("", "", "")
        found[kind if slash and kind in found else ""].append(term)
    return {kind: in_order(terms) for kind, terms in found.items()}


def _first_documents(nodes: Mapping[str, Node], documents: list[str]) -> dict[str, str]:
    sources: dict[str, str] = {}
    for document in documents:
        source = nodes[document][IS_PART_OF][0]
        if source in nodes and source not in sources:
            sources[source] = document
    return {document: source for source, document in sources.items()}


def _spans(nodes: Mapping[str, Node], claims: Mapping[str, list[str]], spans: list[str]) -> dict[str, list[str]]:
    placed: set[str] = set()
    found: dict[str, list[str]] = {}
    for claim in (claim for listed in claims.values() for claim in listed):
        new = [span for span in nodes[claim].get(EVIDENCE, ()) if span in nodes and span not in placed]
        placed.update(new)
        found[claim] = sorted(new, key=lambda span: (_begin(nodes[span]), span))
    for span in spans:
        for document in nodes[span].get(CONTEXT_OF, ()):
            if span not in placed and document in claims:
                placed.add(span)
                found.setdefault(document, []).append(span)
    return found


def _place_in_text(nodes: Mapping[str, Node], claim: str) -> tuple[object, ...]:
    """Claims share their heading but not their row: all their beginnings decide, from the first on."""
    begins = sorted(_begin(nodes[span]) for span in nodes[claim].get(EVIDENCE, ()) if span in nodes)
    return begins, natural(claim)


def _begin(span: Node) -> int:
    digits = next(iter(span.get(BEGIN, ())), '""').split('"')[1]
    return int(digits) if digits.isdecimal() and len(digits) < 19 else 0
