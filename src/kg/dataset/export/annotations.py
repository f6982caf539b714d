"""The evidence of each claim as W3C Web Annotations (https://www.w3.org/TR/annotation-model/)."""

import json
from collections.abc import Iterator
from typing import Any, Final

import pyoxigraph as ox

from kg.dataset import Dataset
from kg.dataset.graph import Graph
from kg.model import Span
from kg.vocabulary import DCTERMS, NIF, PROV
from kg.write.nodes import natural

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_AROUND: Final = 32  # characters before and after a quote, by which it is found again in a text that changed


def annotations(data: Dataset) -> Iterator[bytes]:
    """One page of annotations in JSON-LD: the body is the claim, the targets are its spans of the source's text.

    Positions are characters of the stored text of the source (section 4.2.5); quotes have what stands around them
    (section 4.2.4) where the texts were published.
    """
    graph = Graph(data.store)
    claims = sorted(set(graph.subjects(DCTERMS.source)), key=lambda node: natural(str(node)))
    page = {"@context": _CONTEXT, "id": f"{data.base}annotations.jsonld", "type": "AnnotationPage"}
    yield _json(page).removesuffix(b"}") + b', "items": [\n'
    for number, claim in enumerate(claims):
        yield (b",\n" if number else b"") + _json(_annotation(graph, data, claim))
    yield b"\n]}\n"


def _annotation(graph: Graph, data: Dataset, claim: ox.NamedNode) -> dict[str, Any]:
    spans = sorted(graph.nodes(claim, PROV.wasDerivedFrom), key=lambda node: graph.span(node))
    return {
        "id": f"{data.base}annotation/{claim.value.rpartition('/')[2]}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": claim.value,
        "target": [_target(graph, data, span) for span in spans],
    }


def _target(graph: Graph, data: Dataset, node: ox.NamedNode) -> dict[str, Any]:
    document = graph.nodes(node, NIF.referenceContext)[0]
    source = graph.nodes(document, DCTERMS.isPartOf)[0].value
    span = graph.span(node)
    quote: dict[str, Any] = {"type": "TextQuoteSelector", "exact": graph.one(node, NIF.anchorOf)}
    if text := data.text(source):
        quote |= _around(text, span)
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {"source": source, "selector": [position, quote]}


def _around(text: str, span: Span) -> dict[str, str]:
    return {"prefix": text[max(0, span.start - _AROUND) : span.start], "suffix": text[span.end : span.end + _AROUND]}


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
