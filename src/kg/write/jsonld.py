"""Compact JSON-LD 1.1, nested as a person would expect: documents, in them claims, in them the evidence."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

from pyoxigraph import NamedNode

from kg.context import CLAIMS, CLASSES, TERMS, Term, context
from kg.vocabulary import KG, PREFIXES, RDF, XSD
from kg.write.nodes import Node, nodes
from kg.write.ntriples import Graph
from kg.write.reading_order import EVIDENCE, SAYS, Arrangement, arrange, predicates

Json: TypeAlias = "str | list[Json] | dict[str, Json]"  # a str is JSON text already, such as '"Shusha"' or '289'

_TYPE: Final = str(RDF.type)
_STATED: Final = str(KG.publisherEvidence)
_TERMS: Final = {str(term.predicate): term for term in TERMS}
_CLASSES: Final = {str(term): f'"{term.value.rpartition("#")[2]}"' for term in CLASSES}
_NAMES: Final = {namespace: name for name, namespace in PREFIXES.items()}
_SAFE_LOCAL: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_SAFE_PATH: Final = re.compile(r"[A-Za-z0-9_-]+/[A-Za-z0-9_-]+")
_FEW: Final = 3  # entries, and
_SHORT: Final = 100  # characters of them, that stand on one line
# What JSON can say itself, where every reader gives the same literal back: exact integers, true and false.
_NATIVE: Final = {
    XSD.integer: re.compile(r"0|-?[1-9][0-9]{0,14}"),
    XSD.nonNegativeInteger: re.compile(r"0|[1-9][0-9]{0,14}"),
    XSD.boolean: re.compile(r"true|false"),
}


def jsonld(graph: Graph, *, base: str) -> bytes:
    """The graph as JSON-LD 1.1 with our context written into it, the same bytes for the same triples.

    IRIs below ``base`` are paths (``place/AZ-SUS``). A document holds its ``claims`` and a claim its
    ``evidence``; the other nodes follow in the order of the Turtle. A value that does not have the
    type that its word promises stands under the prefixed name of the predicate: nothing is lost.
    """
    writer = _Writer(nodes(graph), base)
    listed = [_render(node, 2) for node in writer.top_level()]
    body = ",\n".join(f"  {node}" for node in listed)
    return f'{{\n "@context": {_head(base)},\n "@graph": [\n{body}\n ]\n}}\n'.encode()


@lru_cache(maxsize=8)
def _head(base: str) -> str:
    """The context as it stands in a file: of a thousand small graphs the same."""
    return _render(_encode(context(base)), 1)


class _Writer:
    """One graph on its way to JSON."""

    def __init__(self, by_subject: Mapping[str, Node], base: str) -> None:
        self.nodes, self.base = by_subject, base
        self.arranged: Arrangement = arrange(by_subject, base)
        self.known: dict[str, str] = {}

    def top_level(self) -> Iterator[Json]:
        arranged = self.arranged
        for document, claims in arranged.claims.items():
            if source := arranged.sources.get(document):
                yield self.node(source)
            node = self.node(document)
            inside = self.write_out(_STATED, node, self.nodes[document])
            if claims:
                node[CLAIMS] = [self.claim(claim, document) for claim in claims]
            yield node
            yield from (self.node(span) for span in arranged.spans.get(document, ()) if span not in inside)
        for subjects in arranged.sections.values():
            yield from (self.node(subject) for subject in subjects)

    def claim(self, claim: str, document: str) -> Json:
        """A claim without the link to the document that it stands in, with its spans written out.

        A span that supports several claims is repeated in each: a claim can be read alone.
        """
        node = dict(self.nodes[claim])
        node[SAYS] = [said for said in node[SAYS] if said != document]
        if not node[SAYS]:
            del node[SAYS]
        written = self.node(claim, node)
        self.write_out(EVIDENCE, written, node)
        return written

    def write_out(self, predicate: str, written: dict[str, Json], node: Node) -> list[str]:
        """Put the spans that a predicate names in place of their references; returns them."""
        evidence = [span for span in node.get(predicate, ()) if span in self.nodes]
        if evidence:
            others = [self.reference(term) for term in node[predicate] if term not in self.nodes and term[0] != '"']
            entries: list[Json] = [*map(self.node, evidence), *others]
            written[_TERMS[predicate].word] = entries if _TERMS[predicate].many else _one_or_many(entries)
        return evidence

    def node(self, subject: str, node: Node | None = None) -> dict[str, Json]:
        node = self.nodes[subject] if node is None else node
        written: dict[str, Json] = {"id": self.reference(subject)}
        for predicate in predicates(node):
            written.update(self.values(predicate, node[predicate]))
        return written

    def values(self, predicate: str, values: list[str]) -> Iterator[tuple[str, Json]]:
        """The entries of one predicate: under its word what fits that, the rest under its prefixed name."""
        if predicate == _TYPE:
            yield "type", _one_or_many([_CLASSES.get(term) or self.compact(term) for term in values])
            return
        term = _TERMS.get(predicate)
        fitting = dict.fromkeys(_fitting(term, values)) if term else {}
        if term and fitting:
            yield term.word, self.coerced(term, list(fitting))
        if rest := [value for value in values if value not in fitting]:
            yield json.loads(self.compact(predicate)), _one_or_many([self.explicit(value) for value in rest])

    def coerced(self, term: Term, values: list[str]) -> Json:
        if term.values == "language":
            return _language_map(values)
        written: list[Json]
        if term.values == "id":
            written = [self.reference(value) for value in values]
        elif term.values == "text":
            written = list(values)
        else:
            written = [_typed(value, term.values) for value in values]
        return written if term.many else _one_or_many(written)

    def explicit(self, term: str) -> Json:
        """A value that says its type itself."""
        if term[0] != '"':
            return {"id": self.reference(term)}
        end = term.rindex('"') + 1
        text, suffix = term[:end], term[end:]
        if suffix.startswith("@"):
            return {"@value": text, "@language": f'"{suffix[1:]}"'}
        return {"@value": text, "@type": self.compact(suffix[2:])} if suffix else {"@value": text}

    def reference(self, term: str) -> str:
        found = self.known.get(term)
        if found is None:
            path = term[1 + len(self.base) : -1] if term.startswith(f"<{self.base}") else ""
            found = self.known[term] = f'"{path}"' if _SAFE_PATH.fullmatch(path) else self.compact(term)
        return found

    def compact(self, term: str) -> str:
        """An IRI as prefixed name where it has one of our prefixes, as JSON string."""
        if term[0] != "<":
            return f'"{term}"'
        end = max(term.rfind("/"), term.rfind("#")) + 1
        name, local = _NAMES.get(term[1:end]), term[end:-1]
        return (
            f'"{name}:{local}"' if name and _SAFE_LOCAL.fullmatch(local) else json.dumps(term[1:-1], ensure_ascii=False)
        )


def _fitting(term: Term, values: list[str]) -> list[str]:
    if term.values == "id":
        return [value for value in values if value[0] != '"']
    if term.values == "text":
        return [value for value in values if value[0] == value[-1] == '"']
    if term.values == "language":
        return [value for value in values if value[0] == '"' and value[-1] not in '">']
    return [value for value in values if value.endswith(f'"^^{term.values}')]


def _typed(value: str, datatype: NamedNode) -> str:
    text = value[: value.rindex('"') + 1]
    native = _NATIVE.get(datatype)
    return text[1:-1] if native and native.fullmatch(text, 1, len(text) - 1) else text


def _language_map(values: list[str]) -> Json:
    texts: dict[str, list[Json]] = {}
    for value in values:
        text, _, language = value.rpartition('"@')
        texts.setdefault(language, []).append(f'{text}"')
    return {language: _one_or_many(texts[language]) for language in sorted(texts)}


def _one_or_many(values: Sequence[Json]) -> Json:
    return values[0] if len(values) == 1 else list(values)


def _encode(value: object) -> Json:
    if isinstance(value, Mapping):
        return {key: _encode(entry) for key, entry in value.items()}
    return json.dumps(value, ensure_ascii=False)


def _render(value: Json, depth: int) -> str:
    """JSON text, indented by one space a level; one entry a line, except where few short ones fit on one."""
    if isinstance(value, str):
        return value
    inner = " " * (depth + 1)
    if isinstance(value, dict):
        entries, begin, end = [f'"{key}": {_render(entry, depth + 1)}' for key, entry in value.items()], "{", "}"
    else:
        entries, begin, end = [_render(entry, depth + 1) for entry in value], "[", "]"
    if len(entries) <= _FEW and sum(map(len, entries)) <= _SHORT and not any("\n" in entry for entry in entries):
        return f"{begin}{', '.join(entries)}{end}"
    separator = f",\n{inner}"
    return f"{begin}\n{inner}{separator.join(entries)}\n{' ' * depth}{end}"
