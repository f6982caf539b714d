"""What a curator edits where a claim is wrong: each thing that it rests on, where that is, and what to write."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from kg.vocabulary import DCTERMS, KG, SCHEMA
from kg.web.pages.view import Claim, Facts, Thing


@dataclass(frozen=True, slots=True)
class Remedy:
    """What may be wrong, what is edited then, and what to write or run there."""

    wrong: str
    edit: str
    write: str
    file: str = ""  # of the dataset, that is to be read for it
    thing: Thing | None = None


def remedies(facts: Facts, claim: Claim) -> list[Remedy]:
    """The remedies for a claim, in the order of what it rests on."""
    return [*_words(facts, claim), *_names(claim), *_document(facts, claim)]


def message(claim: Claim, contact: str, *, root: str, state: str) -> str:
    """The address that tells the curator: mail, or a page that takes ``title`` and ``body``; none without a contact."""
    if not contact:
        return ""
    span = claim.quote.span
    title = f"Wrong: {claim.title}"
    lines = (
        f"Claim: {claim.iri}",
        f"Words: “{' '.join(claim.quote.words.split())}”",
        f"Document: {claim.document.iri}, characters {span.start}-{span.end}",
        f"Read at: {root}{claim.quote.path}",
        f"State: {state}" if state else "",
        "",
        "What is wrong: ",
    )
    body = "\n".join(lines)
    if "://" in contact:
        return f"{contact}{'&' if '?' in contact else '?'}{urlencode({'title': title, 'body': body}, quote_via=quote)}"
    return f"mailto:{contact}?{urlencode({'subject': title, 'body': body}, quote_via=quote)}"


def _words(facts: Facts, claim: Claim) -> Iterator[Remedy]:
    document = ox.NamedNode(claim.document.iri)
    source = next(iter(facts.graph.nodes(document, DCTERMS.isPartOf)), None)
    path = facts.graph.one(source, KG.path) if source else ""
    text = facts.text_of(claim.document) or ""
    line = f", line {text.count(chr(10), 0, claim.quote.span.start) + 1}" if text else ""
    stored = f"sources/{facts.path(source.value).partition('/')[2]}.txt" if source and text else ""
    published = {} if facts.data.is_store else facts.data.manifest["files"]
    yield Remedy(
        "The text has a mistake", f"{path}{line}" if path else "the document", "", stored * (stored in published)
    )
    yield Remedy(
        "The text does not say this",
        "the rule that read it",
        f"kg explain {claim.iri} --trace",
    )


def _names(claim: Claim) -> Iterator[Remedy]:
    things = [*([claim.place] if claim.place else []), *claim.actors, *([claim.speaker] if claim.speaker else [])]
    for thing in dict.fromkeys(things):
        yield Remedy(
            f"“{thing.name}” is somebody or something else here",
            "a gazetteer file, for kg build --gazetteer FILE",
            "kg gazetteer suggest > names.ttl",
            thing=thing,
        )


def _document(facts: Facts, claim: Claim) -> Iterator[Remedy]:
    document = ox.NamedNode(claim.document.iri)
    source = next(iter(facts.graph.nodes(document, DCTERMS.isPartOf)), None)
    path = facts.graph.one(source, KG.path) if source else ""
    published = facts.graph.one(document, SCHEMA.datePublished)
    yield Remedy(
        f"{claim.publisher} did not publish it" if claim.publisher else "Its publisher is known",
        "kg.toml",
        f'[publishers]\n"{path}" = "NAME"',
    )
    if path.endswith((".md", ".markdown")) or published:
        yield Remedy(
            "Its date of publication is another", "the document's front matter or metadata", "date: YYYY-MM-DD"
        )
