"""The pages of one thing each: a place, an event, somebody, a claim, a document, a finding."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final

import pyoxigraph as ox

from kg.model import Span
from kg.vocabulary import DCTERMS, KG, NIF, SCHEMA
from kg.web.pages import compare
from kg.web.pages import schema_org as embedded
from kg.web.pages.cite import of_claim, of_finding
from kg.web.pages.correct import message, remedies
from kg.web.pages.draw.timeline import timeline
from kg.web.pages.homes import CLAIMS, Homes
from kg.web.pages.overviews.drawn import Drawn
from kg.web.pages.page import Page
from kg.web.pages.periods import Period
from kg.web.pages.published import Published
from kg.web.pages.text import paragraphs
from kg.web.pages.told import in_short, told_in
from kg.web.pages.view import Claim, Fact, Facts, Thing
from kg.web.pages.wording import count_words, date_words

MOST_CLAIMS: Final = 200  # on the page of one thing; the others are a search away
MOST_QUESTIONS: Final = 50  # on the page of a place; the others are on that of who says what of it


class Things:
    """Makes them, by path; None where the dataset says nothing of a thing."""

    def __init__(self, facts: Facts, published: Published, homes: Homes, drawn: Drawn) -> None:
        self.facts, self.published, self.homes, self.drawn = facts, published, homes, drawn
        self.families: Mapping[str, Callable[[str], Page | None]] = {
            "place": self.place,
            "event": self.event,
            "agent": self.agent,
            "claim": self.claim,
            CLAIMS: self.claims,
            "document": self.document,
            "finding": self.finding,
            "role": self.thing,
            "geometry": self.thing,
            "source": self.thing,
        }

    def place(self, path: str) -> Page | None:
        thing = self.described(path)
        if thing is None:
            return None
        node = ox.NamedNode(thing.iri)
        claims, left_out = self._claims(node)
        here = self._periods_of.get(thing, [])
        values = {
            **self._head(thing, node),
            "periods": here,
            "timeline": timeline([one for one in here if one.family == "control"], self.drawn.colours),
            "questions": compare.by_relation(compare.of_place(self.facts, node, most=MOST_QUESTIONS)),
            "relations": compare.RELATIONS,
            "claims": claims,
            "left_out": left_out,
            "inside": self._pointing(node, SCHEMA.containedInPlace),
            "mentioned": self._pointing(node, SCHEMA.mentions),
        }
        said = f"What documents say of {thing.name}, {thing.kind}."
        return self._page(thing, "place.html", values, said, claims)

    def event(self, path: str) -> Page | None:
        thing = self.described(path)
        if thing is None:
            return None
        node = ox.NamedNode(thing.iri)
        nodes = self.facts.ordered(self.facts.graph.subjects(KG.about, node))
        period = next(iter(self._periods_of.get(thing, ())), None)
        claims = [self.facts.claim(one) for one in nodes[:MOST_CLAIMS]]
        values = {
            "thing": thing,
            "facts": list(self.facts.said(node)),
            "period": period,
            "questions": [one for one in compare.questions(self.facts, nodes) if one.subject == thing],
            "claims": claims,
            "left_out": len(nodes) - len(claims),
        }
        said = f"{thing.name}: what {count_words(len(nodes), 'claim')} say."
        return self._page(thing, "event.html", values, said, claims, section="timeline")

    def agent(self, path: str) -> Page | None:
        thing = self.described(path)
        if thing is None:
            return None
        node = ox.NamedNode(thing.iri)
        claims, left_out = self._claims(node)
        values = {
            **self._head(thing, node),
            "roles": [one for one in claims if one.kind == "role"],
            "statements": [one for one in claims if one.text and one.speaker == thing],
            "claims": [one for one in claims if one.kind != "role" and not (one.text and one.speaker == thing)],
            "left_out": left_out,
            "mentioned": self._pointing(node, SCHEMA.mentions),
        }
        said = f"What documents say of {thing.name}, {thing.kind}, and what they quote."
        return self._page(thing, "agent.html", values, said, claims)

    def claim(self, path: str) -> Page | None:
        thing = self.described(path)
        if thing is None:
            return None
        claim = self.facts.claim(ox.NamedNode(thing.iri))
        values = {"told": self._in_full(claim), "message": message}
        shown = Thing(thing.iri, claim.title, thing.path, claim.kind)
        said = f"{claim.document.name}: {claim.quote.words}" if claim.evidence else claim.title
        return self._page(shown, "claim.html", values, said, [claim])

    def claims(self, path: str) -> Page | None:
        """All that one document alone tells of: its claims in full, and the things that no other names."""
        document = self.described("document/" + path.partition("/")[2])
        if document is None or not self.facts.graph.nodes(ox.NamedNode(document.iri), DCTERMS.isPartOf):
            return None
        claims = self.facts.claims(self.facts.graph.subjects(DCTERMS.source, ox.NamedNode(document.iri)))
        things = told_in(self.facts, self.homes, path.partition("/")[2])
        values = {
            "document": document,
            "claims": [self._in_full(claim) for claim in claims],
            "things": [in_short(self.facts, one, self._told_of(one)) for one in things if not self.facts.is_claim(one)],
            "message": message,
        }
        said = f"{count_words(len(claims), 'claim')} in full, with what only “{document.name}” tells of."
        title, iri = f"The claims of “{document.name}”", self.facts.base + path
        return Page(path, "claims.html", title, values, said, iri=iri, section="documents")

    def _in_full(self, claim: Claim) -> dict[str, Any]:
        """What is told of a claim where it stands by itself."""
        node, stated = ox.NamedNode(claim.iri), bool(claim.evidence)
        return {
            "claim": claim,
            "findings": self._pointing(node, KG.concerns),
            "method": self.facts.graph.one(node, KG.method),
            "citation": of_claim(self.facts, claim, self.published.sha256) if stated else None,
            "remedies": remedies(self.facts, claim) if stated else [],
            "contact": self.published.contact if stated else "",
        }

    def finding(self, path: str) -> Page | None:
        thing = self.described(path)
        if thing is None:
            return None
        values = self.finding_values(ox.NamedNode(thing.iri))
        title, state = self.published.title, self.published.sha256
        values["citation"] = of_finding(path, values["message"], thing.iri, title=title, state=state)
        return self._page(thing, "finding.html", values, values["message"], [], section="findings", title="Finding")

    def document(self, path: str) -> Page | None:
        thing = self.described(path)
        if thing is None:
            return None
        graph, node = self.facts.graph, ox.NamedNode(thing.iri)
        claims = self.facts.claims(graph.subjects(DCTERMS.source, node))
        stated = (graph.span(span) for span in graph.nodes(node, KG.publisherEvidence))  # who publishes it
        spans = sorted({*stated, *(one.span for claim in claims for one in claim.evidence)})
        text = self.facts.text_of(thing)
        begin, end = graph.one(node, NIF.beginIndex), graph.one(node, NIF.endIndex)
        noted = {span: found for span in spans if (found := _noted(claims, span))}
        values = {
            "thing": thing,
            "facts": self._about(node),
            "paragraphs": list(paragraphs(text, self.facts.graph.span(node), spans))
            if text and begin and end
            else None,
            "noted": noted,
            "said": {span for span, found in noted.items() if all(claim.text for claim in found)},
            "claims": claims,
            "source": self.facts.one(node, DCTERMS.isPartOf),
            "mentions": self.facts.things(node, SCHEMA.mentions),
            "language": graph.one(node, SCHEMA.inLanguage) or "en",
        }
        said = f"The text with {count_words(len(claims), 'claim')} in it."
        data = embedded.document(self.facts, thing, claims)
        return Page(path, "document.html", thing.name, values, said, iri=thing.iri, data=data, section="documents")

    def thing(self, path: str) -> Page | None:
        thing = self.described(path)
        if thing is None:
            return None
        node = ox.NamedNode(thing.iri)
        claims, left_out = self._claims(node)
        values = {
            **self._head(thing, node),
            "claims": claims,
            "left_out": left_out,
            "parts_of": self._pointing(node, DCTERMS.isPartOf),
        }
        return self._page(thing, "thing.html", values, thing.name, claims)

    @cached_property
    def _periods_of(self) -> dict[Thing, list[Period]]:
        """Those of each event and each place."""
        found: dict[Thing, list[Period]] = {}
        for period in self.drawn.periods:
            for thing in filter(None, (period.event, period.place)):
                found.setdefault(thing, []).append(period)
        return found

    def _head(self, thing: Thing, node: ox.NamedNode) -> dict[str, Any]:
        """What the page of every entity begins with."""
        return {
            "thing": thing,
            "labels": self.facts.labels(node),
            "facts": self._about(node),
            "elsewhere": self._elsewhere(node),
        }

    def _page(
        self,
        thing: Thing,
        template: str,
        values: Mapping[str, Any],
        description: str,
        claims: list[Claim],
        *,
        section: str = "names",
        title: str = "",
    ) -> Page:
        data = embedded.thing(self.facts, thing, claims)
        return Page(thing.path, template, title or thing.name, values, description, thing.iri, data, section=section)

    def described(self, path: str) -> Thing | None:
        """The thing at a path, if the dataset says anything of it."""
        try:
            node = self.facts.node(path)
        except ValueError:
            return None
        return self.facts.thing(node.value) if node in self.facts.graph else None

    def _claims(self, node: ox.NamedNode) -> tuple[list[Claim], int]:
        nodes = self.facts.claims_about(node)
        return [self.facts.claim(one) for one in nodes[:MOST_CLAIMS]], max(0, len(nodes) - MOST_CLAIMS)

    def _pointing(self, node: ox.NamedNode, predicate: ox.NamedNode) -> list[Thing]:
        return [self.facts.thing(one.value) for one in self.facts.graph.subjects(predicate, node)[:MOST_CLAIMS]]

    def _elsewhere(self, node: ox.NamedNode) -> list[str]:
        return [one.value for one in self.facts.graph.nodes(node, SCHEMA.sameAs)]

    def _told_of(self, node: ox.NamedNode) -> list[Fact]:
        return list(self.facts.said(node)) if self.facts.path(node.value).startswith("event/") else self._about(node)

    def _about(self, node: ox.NamedNode) -> list[Fact]:
        """What the dataset itself says of a thing that is no claim."""
        found = []
        for word, predicate in _ABOUT.items():
            values: list[str | Thing] = [
                self.facts.thing(value.value) if isinstance(value, ox.NamedNode) else _plain(predicate, value.value)
                for value in self.facts.graph.objects(node, predicate)
            ]
            if values:
                found.append(Fact(word, tuple(values)))
        return found

    def finding_values(self, node: ox.NamedNode, *, claims: bool = True) -> dict[str, Any]:
        """A finding, with the claims that it is about where these are shown."""
        concerned = self.facts.graph.nodes(node, KG.concerns)[:MOST_CLAIMS] if claims else []
        return {
            "thing": self.facts.thing(node.value),
            "message": self.facts.graph.one(node, KG.message),
            "check": self.facts.graph.one(node, KG.check),
            "severity": self.facts.graph.one(node, KG.severity),
            "claims": self.facts.claims(concerned),
        }


def _noted(claims: list[Claim], span: Span) -> list[Claim]:
    """The claims that are told beside a piece of evidence; words within a claim's own quote need no telling again."""
    found = [
        (not one.main, claim)
        for claim in claims
        for one in claim.evidence
        if one.span == span and (one.main or span not in claim.quote.span)
    ]
    return [claim for _, claim in sorted(found, key=lambda entry: entry[0])]  # those that quote it first


def _plain(predicate: ox.NamedNode, value: str) -> str:
    return date_words(value) if predicate == SCHEMA.datePublished else value


_ABOUT: Final = {
    "within": SCHEMA.containedInPlace,
    "ISO 3166": KG.iso,
    "area cited by the gazetteer, km²": KG.citedAreaKm2,
    "latitude": SCHEMA.latitude,
    "longitude": SCHEMA.longitude,
    "published": SCHEMA.datePublished,
    "publisher": SCHEMA.publisher,
    "publisher known from": KG.publisherFrom,
    "language": SCHEMA.inLanguage,
    "part of": DCTERMS.isPartOf,
    "file": KG.path,
    "address": SCHEMA.url,
    "format": SCHEMA.encodingFormat,
    "encoding": KG.encoding,
    "characters": KG.characters,
    "SHA-256 of the original": SCHEMA.sha256,
    "SHA-256 of the text": KG.textSha256,
    "identifier": SCHEMA.identifier,
    "note": KG.note,
}
