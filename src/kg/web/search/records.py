"""What of a dataset is searched: its names, documents and claims, as the words and values of an index."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.text.folding import fold
from kg.vocabulary import DCTERMS, KG, NIF, ORG, PROV, RDF, RDFS, SCHEMA, SEM
from kg.web.pages.view import Facts, kind_of

FACETS: Final = ("place", "actor", "kind", "year", "publisher", "speaker")
"""By what claims are narrowed, in the order in which a person reads it."""
_LINKED: Final = {  # the predicates of a claim that name somebody or something, and the facet of those
    SEM.hasPlace: "place",
    KG.includesPlace: "place",
    KG.figureOf: "place",
    SEM.hasActor: "actor",
    KG.speaker: "speaker",
    KG.accordingTo: "speaker",
    KG.saidTo: "",
    KG.notImplementedBy: "",
    ORG.member: "actor",
    ORG.organization: "",
}
_SAID: Final = frozenset({KG.calledAs, KG.roleTitle, KG.subjectText, SCHEMA.text})
_DAYS: Final = (SEM.hasEarliestBeginTimeStamp, SEM.hasLatestEndTimeStamp, KG.saidAt)
_KINDS: Final = (RDF.type, KG.figureKind)
_MOST_YEARS: Final = 12  # that a claim with a coarse date is listed under
_NAMED: Final = ("place", "agent", "role")


@dataclass(frozen=True, slots=True)
class Name:
    """A place, somebody, or an office: how it is called here, and every other way."""

    path: str
    name: str
    kind: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its folded text; ``named`` are the paths of what it mentions."""

    path: str
    title: str
    kind: str
    publisher: str
    published: str
    language: str
    source: str
    file: str
    words: str
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A claim: its folded words, the day on which what it tells begins, and its values by facet."""

    path: str
    place: int  # the first character of its evidence
    begins: str  # ISO 8601, or empty
    words: str
    named: tuple[str, ...]  # paths
    values: tuple[tuple[str, str], ...]  # facet, value


def read(facts: Facts) -> tuple[Iterator[Name], Iterator[tuple[Document, list[Record]]]]:
    """The names of a dataset, and its documents with their claims."""
    found = ((one, claims(facts, facts.node(one.path), one.publisher)) for one in documents(facts))
    return names(facts), found


def names(facts: Facts) -> Iterator[Name]:
    """Everything that has a page and a name of its own."""
    for node in facts.graph.subjects(RDFS.label):
        if facts.path(node.value).partition("/")[0] in _NAMED:
            thing = facts.thing(node.value)
            spelled = dict.fromkeys(name for name, _ in facts.labels(node))
            others = tuple(name for name in spelled if name != thing.name and not thing.name.startswith(f"{name} ("))
            yield Name(thing.path, thing.name, thing.kind, others)


def documents(facts: Facts) -> Iterator[Document]:
    """Every document, by its path."""
    graph = facts.graph
    for node in graph.subjects(DCTERMS.isPartOf):
        thing = facts.thing(node.value)
        source = next(iter(graph.nodes(node, DCTERMS.isPartOf)))
        publisher = graph.one(node, SCHEMA.publisher)
        yield Document(
            path=thing.path,
            title=thing.name,
            kind=thing.kind,
            publisher=publisher,
            published=graph.one(node, SCHEMA.datePublished),
            language=graph.one(node, SCHEMA.inLanguage),
            source=facts.path(source.value),
            file=graph.one(source, KG.path),
            words=fold(f"{thing.name}\n{publisher}\n{_text(facts, node, source)}"),
            named=tuple(facts.path(one.value) for one in graph.nodes(node, SCHEMA.mentions)),
        )


def claims(facts: Facts, document: ox.NamedNode, publisher: str) -> list[Record]:
    """The claims of a document, in the order of its characters."""
    found = [_record(facts, node, publisher) for node in facts.graph.subjects(DCTERMS.source, document)]
    return sorted(found, key=lambda record: (record.place, record.path))


def _record(facts: Facts, node: ox.NamedNode, publisher: str) -> Record:
    words, named, days, types, place = [publisher], dict[str, None](), dict[ox.NamedNode, str](), set[object](), 0
    values = dict[tuple[str, str], None]()
    for predicate, value in facts.graph.said(node):
        if isinstance(value, ox.Literal):
            if predicate in _SAID:
                words.append(value.value)
            elif predicate in _DAYS:
                days[predicate] = value.value
        elif not isinstance(value, ox.NamedNode):
            continue
        elif predicate in _LINKED:
            thing = facts.thing(value.value)
            named[thing.path] = None
            if facet := _LINKED[predicate]:
                values[facet, thing.name] = None
        elif predicate == PROV.wasDerivedFrom:
            words.append(facts.graph.one(value, NIF.anchorOf))
        elif predicate == KG.mainEvidence:
            place = _begin(value)
        elif predicate in _KINDS:
            types.add(value)
    kind = kind_of(types)
    begins, ends, said = (days.get(one, "") for one in _DAYS)
    values |= {("kind", kind): None, **({("publisher", publisher): None} if publisher else {})}
    values |= {("year", year): None for year in years(begins or said, ends)}
    folded = fold("\n".join([kind, *words]))
    return Record(facts.path(node.value), place, begins or said, folded, tuple(named), tuple(values))


def _begin(span: ox.NamedNode) -> int:
    """The first character of a span, as its IRI tells."""
    return int(span.value.rsplit("-", 2)[1])


def years(begins: str, ends: str) -> list[str]:
    """The years that a claim may speak of, where these are not too many to say that.

    >>> years("1992-05-08", "1992-05-08"), years("1988-01-01", "1990-12-31"), years("1901-01-01", "2000-12-31")
    (['1992'], ['1988', '1989', '1990'], [])
    >>> years("1994-05-12", ""), years("", "1994-05-12"), years("XXXX-05-09", "")
    (['1994'], ['1994'], [])
    """
    known = [int(day[:4]) for day in (begins, ends) if day[:4].isdigit()]
    if not known or known[-1] - known[0] >= _MOST_YEARS:
        return []
    return [f"{year:04}" for year in range(known[0], known[-1] + 1)]


def _text(facts: Facts, node: ox.NamedNode, source: ox.NamedNode) -> str:
    """The stored text of a document; empty where it is not published."""
    text = facts.text(source.value)
    if not text or not facts.graph.one(node, NIF.beginIndex):
        return ""
    span = facts.graph.span(node)
    return text[span.start : span.end]
