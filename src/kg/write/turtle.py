"""Turtle for people and for `git diff`: sorted, grouped, without a single escaped name."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from kg.vocabulary import RDF, XSD
from kg.write.arrange import arrange, predicates
from kg.write.nodes import Node, nodes
from kg.write.ntriples import Graph

_SAFE_LOCAL: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_TYPE: Final = str(RDF.type)
_WIDTH: Final = 100  # characters, beyond which each of several values has a line, and a line in a diff
# Datatypes that Turtle may write bare (section 2.5.2), and the texts that every reader gives back
# unchanged: some make a number of it, so that 007 would come back as 7, and 0.0000001 as 1E-7.
_BARE: Final = {
    str(XSD.integer): re.compile(r"0|-?[1-9][0-9]*"),
    str(XSD.decimal): re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{1,6}"),
    str(XSD.boolean): re.compile(r"true|false"),
}


def turtle(graph: Graph, *, prefixes: Mapping[str, str], base: str) -> bytes:
    """The graph as Turtle 1.1, the same bytes for the same triples.

    Documents come in order, each with its source, its claims and their spans, then places,
    agents, roles, cited documents, events and findings; ``base`` tells which IRIs these are.
    ``prefixes`` maps names to namespaces; those in use are declared. A name is shortened only where
    its local part is letters, digits, ``_`` and ``-``: some stores read escapes wrongly.
    """
    by_subject = nodes(graph)
    shorten, used = _shortener(prefixes)
    body = [line for part in _blocks(by_subject, base, shorten) for line in part]
    header = [f"@prefix {name}: <{prefixes[name]}> ." for name in prefixes if name in used]
    return "\n".join([*header, *body, ""]).encode()


def _blocks(by_subject: Mapping[str, Node], base: str, shorten: Callable[[str], str]) -> Iterator[list[str]]:
    blocks = list(arrange(by_subject, base).blocks())
    for title, subjects in blocks:
        if len(blocks) > 1:
            yield ["", f"# {title}"]
        for subject in subjects:
            yield ["", *_node(subject, by_subject[subject], shorten)]


def _node(subject: str, node: Node, shorten: Callable[[str], str]) -> list[str]:
    first, *rest = (_statement(_verb(p, shorten), [shorten(value) for value in node[p]]) for p in predicates(node))
    lines = [f"{shorten(subject)} {first}", *(f"    {statement}" for statement in rest)]
    return [f"{line} ;" for line in lines[:-1]] + [f"{lines[-1]} ."]


def _statement(verb: str, values: list[str]) -> str:
    line = f"{verb} {', '.join(values)}"
    if len(values) == 1 or len(line) <= _WIDTH:
        return line
    return f"{verb}\n        " + ",\n        ".join(values)


def _verb(predicate: str, shorten: Callable[[str], str]) -> str:
    return "a" if predicate == _TYPE else shorten(predicate)


def _shortener(prefixes: Mapping[str, str]) -> tuple[Callable[[str], str], set[str]]:
    """A function from an N-Triples term to the Turtle for it, and the prefixes that it has used so far."""
    names = {namespace: name for name, namespace in prefixes.items()}
    used: set[str] = set()
    known: dict[str, str] = {}

    def short_iri(term: str) -> str:
        end = max(term.rfind("/"), term.rfind("#")) + 1
        name, local = names.get(term[1:end]), term[end:-1]
        if name is None or not _SAFE_LOCAL.fullmatch(local):
            return term
        used.add(name)
        return f"{name}:{local}"

    def short_literal(term: str) -> str:
        text, mark, datatype = term.rpartition('"^^')
        if not mark or datatype[-1:] != ">":
            return term
        bare = _BARE.get(datatype)
        if bare and bare.fullmatch(text, 1):
            return text[1:]
        return f'{text}"^^{short_iri(datatype)}'

    def shorten(term: str) -> str:
        if term[0] == '"':
            return short_literal(term) if term[-1] == ">" else term
        found = known.get(term)
        if found is None:
            found = known[term] = short_iri(term) if term[0] == "<" else term
        return found

    return shorten, used
