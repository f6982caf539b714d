"""JSON-LD of schema.org for each page, so that search engines know what it is about."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyoxigraph as ox

from kg.vocabulary import KG, RDF, SCHEMA
from kg.web.pages.published import File, Published
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
    if SCHEMA.Person in found_types:
        kind = "Person"
    elif KG.DescribedSpeaker in found_types or KG.DescribedActor in found_types:
        kind = "Thing"
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
        "url": base,
        "identifier": published.identifier or published.node.value,
        "license": published.license,
        "version": published.version or published.sha256[:12],
        "datePublished": published.issued,
        "keywords": published.keywords,
        "publisher": _agent("Organization", published.publisher, published.publisher_url),
        "creator": _agent("Person", published.creator, published.creator_url)
        or _agent("Organization", published.publisher, published.publisher_url),
        "conditionsOfAccess": published.access_rights,
        "isAccessibleForFree": published.access_rights.endswith("/PUBLIC") or "",
        "isRelatedTo": [{"@id": iri} for iri in published.related],
        "spatialCoverage": [{"@type": "Place", "@id": iri} for iri in published.places[:_MOST]],
        "temporalCoverage": "/".join(published.days) if all(published.days) else "",
        "measurementTechnique": f"{base}ontology",
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": f"{base}catalogue"} if published.publisher else "",
        "distribution": [_download(file, base) for file in published.files if file.path.startswith("dataset")],
    }
    return {name: value for name, value in found.items() if value}


def _agent(kind: str, name: str, page: str) -> Mapping[str, str]:
    """Who made or publishes it; nothing where nobody is named."""
    return {"@type": kind, "name": name} | ({"@id": page, "url": page} if page else {}) if name else {}


def _download(file: File, base: str) -> Mapping[str, str]:
    return {
        "@type": "DataDownload",
        "name": file.path,
        "contentUrl": base + file.path,
        "encodingFormat": file.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }
