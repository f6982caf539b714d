"""JSON-LD of schema.org for each page, so that search engines know what it is about."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyoxigraph as ox

from kg.vocabulary import KG, RDF, SCHEMA
from kg.web.pages.published import Published
from kg.web.pages.view import Claim, Facts, Thing

_CONTEXT: Final = "https://schema.org"
_MOST: Final = 20
_TYPES: Final = {
    "place": "Place",
    "agent": "Organization",
    "event": "Event",
    "document": "CreativeWork",
    "claim": "Claim",
    "finding": "Comment",
    "role": "DefinedTerm",
    "source": "DigitalDocument",
}


def thing(facts: Facts, about: Thing, claims: Sequence[Claim]) -> Mapping[str, Any]:
    """What a page is about, and the documents that speak of it."""
    node = ox.NamedNode(about.iri)
    kind = _TYPES.get(about.path.partition("/")[0], "Thing")
    found_types = facts.graph.nodes(node, RDF.type)
    if SCHEMA.Person in found_types or KG.DescribedSpeaker in found_types:
        kind = "Person" if SCHEMA.Person in found_types else "Thing"
    documents = {claim.document.iri: claim.document.name for claim in claims}
    found: dict[str, Any] = {"@context": _CONTEXT, "@id": about.iri, "@type": kind, "name": about.name}
    if same := [one.value for one in facts.graph.nodes(node, SCHEMA.sameAs)]:
        found["sameAs"] = same
    if documents:
        relation = "appearance" if kind == "Claim" else "subjectOf"
        found[relation] = [
            {"@type": "CreativeWork", "@id": iri, "headline": name} for iri, name in sorted(documents.items())[:_MOST]
        ]
    return found


def document(facts: Facts, about: Thing, claims: Sequence[Claim]) -> Mapping[str, Any]:
    """A document with what it is about."""
    node = ox.NamedNode(about.iri)
    subjects = {one.iri: one.name for claim in claims for one in (claim.place, claim.speaker) if one}
    found = {
        "@context": _CONTEXT,
        "@id": about.iri,
        "@type": "NewsArticle" if SCHEMA.NewsArticle in facts.graph.nodes(node, RDF.type) else "Report",
        "headline": about.name,
        "inLanguage": facts.graph.one(node, SCHEMA.inLanguage),
        "datePublished": facts.graph.one(node, SCHEMA.datePublished),
        "about": [{"@id": iri, "name": name} for iri, name in sorted(subjects.items())[:_MOST]],
    }
    return {name: value for name, value in found.items() if value}


def dataset(published: Published, base: str) -> Mapping[str, Any]:
    """The dataset with its downloads, as dataset search engines read it."""
    found = {
        "@context": _CONTEXT,
        "@id": published.node.value,
        "@type": "Dataset",
        "name": published.title,
        "description": published.description,
        "license": published.license,
        "version": published.version,
        "datePublished": published.issued,
        "publisher": {"@type": "Organization", "name": published.publisher} if published.publisher else "",
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": base + file.path,
                "encodingFormat": file.format,
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
            }
            for file in published.files
            if file.path.startswith("dataset")
        ],
    }
    return {name: value for name, value in found.items() if value}
