"""From triples that differ to claims that changed.

A claim is matched with one of the same document, kind and entity (its IRI says them) that says the same; what is
left over in between is matched in order. So an edited sentence is a change, a moved one is the same claim at another
place, and a claim put before another of its kind is the one that came.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

import pyoxigraph as ox

from kg.dataset.diff.triples import Versions
from kg.ids import kind_of, topic_of
from kg.vocabulary import DCTERMS, KG, NIF, PROV, SCHEMA

Values = tuple[str, ...]
Terms = dict[str, set[str]]  # predicate to objects, as N-Triples terms

_ABOUT, _CONTESTED, _SOURCE, _ANCHOR, _HEADLINE, _PART = (
    str(term).encode()
    for term in (KG.about, KG.contested, DCTERMS.source, NIF.anchorOf, SCHEMA.headline, DCTERMS.isPartOf)
)
_MAIN, _DERIVED = str(KG.mainEvidence), str(PROV.wasDerivedFrom)
_NOT_SAID: Final = frozenset({str(KG.about), _MAIN, _DERIVED})  # where it stands, and what comes of it
_NUMBER: Final = re.compile(r"_([0-9]+)>$")


@dataclass(frozen=True, slots=True)
class OneSided:
    """A claim that only one version has: came, or went."""

    claim: str
    kind: str
    quote: str


@dataclass(frozen=True, slots=True)
class Change:
    """A claim of both versions that says something else now, or stands elsewhere.

    ``values`` are (property, old, new); empty where the same words stand at another place.
    """

    claim: str
    was: str  # its IRI in the old version
    kind: str
    quote: str
    old_quote: str
    values: tuple[tuple[str, Values, Values], ...]

    @property
    def is_moved(self) -> bool:
        return not self.values and self.quote == self.old_quote


@dataclass(slots=True)
class OfDocument:
    """What changed in one document."""

    title: str = ""
    added: list[OneSided] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    withdrawn: list[OneSided] = field(default_factory=list)
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two versions; everything is sorted."""

    documents: dict[str, OfDocument]
    documents_added: Values
    documents_removed: Values
    contested: tuple[tuple[str, str], ...]  # subject, property: which sources now differ about
    uncontested: tuple[tuple[str, str], ...]
    triples_added: int
    triples_removed: int

    def __bool__(self) -> bool:
        return bool(self.triples_added or self.triples_removed)


def changes(versions: Versions) -> Changes:
    """The claims that came, changed and went between the versions, by their document."""
    touched = _Touched(versions)
    old, new = _Side(versions, touched, new=False), _Side(versions, touched, new=True)
    documents: dict[str, OfDocument] = defaultdict(OfDocument)
    for group in sorted(touched.groups, key=_natural):
        _match(old, new, group, documents)
    for document, found in documents.items():
        found.title = new.titles.get(document) or old.titles.get(document, "")
    contested, uncontested = _contested(versions, touched)
    return Changes(
        documents=dict(sorted(documents.items(), key=lambda item: _natural(item[0]))),
        documents_added=tuple(sorted(touched.documents[True])),
        documents_removed=tuple(sorted(touched.documents[False])),
        contested=contested,
        uncontested=uncontested,
        triples_added=touched.counts[True],
        triples_removed=touched.counts[False],
    )


class _Touched:
    """Which groups of claims (a document's claims of one kind and entity), documents and events differ at all."""

    def __init__(self, versions: Versions) -> None:
        self.start = f"<{versions.base}claim/".encode()
        self.groups: set[str] = set()
        self.counts = {False: 0, True: 0}
        self.documents: dict[bool, set[str]] = {False: set(), True: set()}
        self.contested: dict[bool, set[tuple[bytes, bytes]]] = {False: set(), True: set()}
        spans: set[bytes] = set()
        for old, new in versions.differing():
            is_new, line = old is None, old or new or b""
            self.counts[is_new] += 1
            subject, predicate, value = _split(line)
            if subject.startswith(self.start) and predicate != _ABOUT:
                self.groups.add(topic_of(subject.decode()))
            elif predicate == _ANCHOR:
                spans.add(subject)
            elif predicate == _PART:
                self.documents[is_new].add(_iri(subject.decode()))
            elif predicate == _CONTESTED:
                self.contested[is_new].add((subject, value))
        if spans:
            self._of_spans(versions, spans)

    def _of_spans(self, versions: Versions, spans: set[bytes]) -> None:
        """Claims whose words changed, though not their place."""
        for new in (False, True):
            for subject, _, value in map(_split, versions.lines(new=new)):
                if value in spans and subject.startswith(self.start):
                    self.groups.add(topic_of(subject.decode()))


class _Side:
    """The touched claims of one version."""

    def __init__(self, versions: Versions, touched: _Touched, *, new: bool) -> None:
        self.groups: dict[str, dict[str, Terms]] = defaultdict(dict)
        self.quotes: dict[bytes, str] = {}
        self.titles: dict[str, str] = {}
        wanted: set[bytes] = set()
        for subject, predicate, value in map(_split, versions.lines(new=new)):
            if subject.startswith(touched.start) and (group := topic_of(subject.decode())) in touched.groups:
                terms = self.groups[group].setdefault(subject.decode(), defaultdict(set))
                terms[predicate.decode()].add(value.decode())
                wanted.add(value)
        for subject, predicate, value in map(_split, versions.lines(new=new)):
            if subject in wanted and predicate == _ANCHOR:
                self.quotes[subject] = _plain(value.decode())
            elif subject in wanted and predicate == _HEADLINE:
                self.titles[_iri(subject.decode())] = _plain(value.decode())

    def claims(self, group: str) -> list[str]:
        """Its claims in the order of the text."""
        return sorted(self.groups.get(group, {}), key=_natural)

    def said(self, group: str, claim: str) -> tuple[tuple[str, Values], ...]:
        """What a claim says, wherever it stands."""
        terms = self.groups[group][claim]
        return tuple(sorted((name, tuple(sorted(found))) for name, found in terms.items() if name not in _NOT_SAID))

    def quote(self, group: str, claim: str) -> str:
        spans = self.groups[group][claim].get(_MAIN, ())
        return " ".join(self.quotes.get(span.encode(), "") for span in sorted(spans))

    def places(self, group: str, claim: str) -> set[str]:
        return self.groups[group][claim].get(_DERIVED, set())

    def document(self, group: str, claim: str) -> str:
        return _iri(min(self.groups[group][claim].get(_SOURCE.decode(), {"<>"})))


def _match(old: _Side, new: _Side, group: str, documents: dict[str, OfDocument]) -> None:
    before, after = old.claims(group), new.claims(group)
    same = SequenceMatcher(
        None, [old.said(group, claim) for claim in before], [new.said(group, claim) for claim in after], autojunk=False
    )
    for _, begin, end, start, stop in same.get_opcodes():
        pairs = list(zip(before[begin:end], after[start:stop], strict=False))
        for was, now in pairs:
            _pair(old, new, group, was, now, documents)
        for claim in before[begin + len(pairs) : end]:
            documents[old.document(group, claim)].withdrawn.append(_one(old, group, claim))
        for claim in after[start + len(pairs) : stop]:
            documents[new.document(group, claim)].added.append(_one(new, group, claim))


def _pair(old: _Side, new: _Side, group: str, was: str, now: str, documents: dict[str, OfDocument]) -> None:
    says, said = dict(new.said(group, now)), dict(old.said(group, was))
    values = tuple(
        (_iri(name), tuple(map(_plain, said.get(name, ()))), tuple(map(_plain, says.get(name, ()))))
        for name in sorted({*says, *said})
        if says.get(name) != said.get(name)
    )
    change = Change(_iri(now), _iri(was), kind_of(group), new.quote(group, now), old.quote(group, was), values)
    document = new.document(group, now)
    if not change.is_moved:
        documents[document].changed.append(change)
    elif new.places(group, now) != old.places(group, was):
        documents[document].moved += 1


def _one(side: _Side, group: str, claim: str) -> OneSided:
    return OneSided(_iri(claim), kind_of(group), side.quote(group, claim))


def _contested(versions: Versions, touched: _Touched) -> tuple[tuple[tuple[str, str], ...], ...]:
    """What only one version contests. An event is the same where it has a claim in common, whatever its IRI."""
    events = {subject for pairs in touched.contested.values() for subject, _ in pairs}
    claims: dict[bool, dict[bytes, bytes]] = {False: {}, True: {}}
    if events:
        for new in (False, True):
            about = (parts for parts in map(_split, versions.lines(new=new)) if parts[1] == _ABOUT)
            claims[new] = {subject: value for subject, _, value in about if value in events}
    found = []
    for new in (True, False):
        others = {
            (claim, what)
            for claim, event in claims[not new].items()
            for who, what in touched.contested[not new]
            if who == event
        }
        mine: dict[bytes, set[bytes]] = defaultdict(set)
        for claim, event in claims[new].items():
            mine[event].add(claim)
        found.append(
            tuple(
                sorted(
                    (_iri(subject.decode()), _iri(what.decode()))
                    for subject, what in touched.contested[new]
                    if not any((claim, what) in others for claim in mine[subject])
                )
            )
        )
    return found[0], found[1]


def _split(line: bytes) -> tuple[bytes, bytes, bytes]:
    subject, predicate, rest = line.split(b" ", 2)
    return subject, predicate, rest[:-2]


def _iri(term: str) -> str:
    return term.strip("<>")


def _plain(term: str) -> str:
    """The text of an N-Triples term."""
    if term.startswith("<"):
        return term[1:-1]
    quad = next(iter(ox.parse(f"<urn:s> <urn:p> {term} .", format=ox.RdfFormat.N_TRIPLES)))
    assert isinstance(quad.object, ox.Literal)
    return quad.object.value


def _natural(claim: str) -> tuple[str, int, str]:
    """Claims of one kind count as people do: 2 before 10."""
    number = _NUMBER.search(claim)
    return (claim[: number.start()], int(number[1]), claim) if number else (claim, 0, claim)
