"""Turtle for people and for `git diff`: sorted, grouped, without a single escaped name."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from kg.vocabulary import RDF, XSD
from kg.write.nodes import Node, nodes
from kg.write.ntriples import Graph
from kg.write.reading_order import arrange, predicates

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
    short = _Short(prefixes)
    body = [line for block in _blocks(by_subject, base, short) for line in block]
    header = [f"@prefix {name}: <{prefixes[name]}> ." for name in prefixes if name in short.used]
    return "\n".join([*header, *body, ""]).encode()


def _blocks(by_subject: Mapping[str, Node], base: str, short: "_Short") -> Iterator[list[str]]:
    blocks = list(arrange(by_subject, base).blocks())
    for title, subjects in blocks:
        if len(blocks) > 1:
            yield ["", f"# {title}"]
        for subject in subjects:
            yield ["", _node(subject, by_subject[subject], short)]


def _node(subject: str, node: Node, short: "_Short") -> str:
    statements = [
        _statement("a" if predicate == _TYPE else short[predicate], [short[value] for value in node[predicate]])
        for predicate in predicates(node)
    ]
    return f"{short[subject]} " + " ;\n    ".join(statements) + " ."


def _statement(verb: str, values: list[str]) -> str:
    line = f"{verb} {', '.join(values)}"
    if len(values) == 1 or len(line) <= _WIDTH:
        return line
    return f"{verb}\n        " + ",\n        ".join(values)


class _Short(dict[str, str]):
    """From an N-Triples term to the Turtle for it, made when it is first asked for; `used` are the prefixes so far."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self.names = {namespace: name for name, namespace in prefixes.items()}
        self.used: set[str] = set()

    def __missing__(self, term: str) -> str:
        if term[0] == '"':
            return self._literal(term)  # not kept: few texts come twice, and they are long
        found = self[term] = self._iri(term) if term[0] == "<" else term
        return found

    def _iri(self, term: str) -> str:
        end = max(term.rfind("/"), term.rfind("#")) + 1
        name, local = self.names.get(term[1:end]), term[end:-1]
        if name is None or not _SAFE_LOCAL.fullmatch(local):
            return term
        self.used.add(name)
        return f"{name}:{local}"

    def _literal(self, term: str) -> str:
        if term[-1] != ">":
            return term
        text, mark, datatype = term.rpartition('"^^')
        if not mark:
            return term
        bare = _BARE.get(datatype)
        return text[1:] if bare and bare.fullmatch(text, 1) else f'{text}"^^{self[datatype]}'
