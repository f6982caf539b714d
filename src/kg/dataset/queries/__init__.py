"""The named queries: one ``.rq`` file each, runnable as it stands and described by its own header.

The header is the run of comment lines at the top. Without their ``#`` they are Turtle in the form
of the SIB SPARQL examples (``sh:SPARQLSelectExecutable``, ``rdfs:label`` the title, ``rdfs:comment``,
``schema:keywords``, ``sh:parameter``); `HEADER_PREFIXES` are understood. ``dcterms:requires
<annotations.nt>`` says that the query reads the annotations too. A parameter is a variable that has its default
in ``VALUES ?name { ... }``, so that a file is standard SPARQL 1.1 for any store; `NamedQuery.bind` puts values there.
Where a row may lack what the parameter asks for, it is ``VALUES ?name_is { ... }`` and a filter: an unbound column
would take any value.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Literal

import pyoxigraph as ox

from kg.errors import UsageError

Kind = Literal["iri", "date", "text"]

HEADER_PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_HEADER_BASE = "https://kg.example/queries/"
_RDFS, _SH, _XSD = HEADER_PREFIXES["rdfs"], HEADER_PREFIXES["sh"], HEADER_PREFIXES["xsd"]
_KINDS: dict[str, Kind] = {_SH + "IRI": "iri", _XSD + "date": "date", _XSD + "string": "text"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a query that the caller may set."""

    name: str
    description: str
    kind: Kind
    optional: bool
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with what a person or a page needs to offer it."""

    name: str
    title: str
    description: str
    keywords: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    annotations: bool  # whether it reads annotations.nt
    text: str

    @property
    def required(self) -> tuple[str, ...]:
        """The parameters that must be given."""
        return tuple(parameter.name for parameter in self.parameters if not parameter.optional)

    def bind(self, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
        """The text with these values in place of the defaults of its parameters."""
        text = self.text
        for name, value in values.items():
            text = _default(name).sub(lambda found, value=value: f"{found[1]}{{ {value} }}", text)  # type: ignore[misc]
        return text


@cache
def names() -> tuple[str, ...]:
    """The names of all queries, sorted."""
    found = (entry.name for entry in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".rq") for name in found if name.endswith(".rq")))


@cache
def load(name: str) -> NamedQuery:
    """The query of this name; raises UsageError, with the nearest name, where there is none."""
    if name not in names():
        raise UsageError(f"there is no query {name!r}", hint=_nearest(name))
    text = (files(__package__) / f"{name}.rq").read_text(encoding="utf-8")
    return parse(name, text)


def _default(parameter: str) -> re.Pattern[str]:
    return re.compile(rf"(VALUES \?{parameter}(?:_is)? )\{{[^}}]*\}}")


def parse(name: str, text: str) -> NamedQuery:
    """A query from the text of its file; raises ValueError where the header lacks something."""
    header = _Header(name, text)
    query = ox.NamedNode(_HEADER_BASE + name)
    parameters = sorted(map(header.parameter, header.nodes(query, _SH + "parameter")), key=lambda each: each.name)
    for parameter in parameters:
        if not _default(parameter.name).search(text):
            raise ValueError(f"{name}.rq: no VALUES ?{parameter.name} {{ ... }} for its parameter")
    return NamedQuery(
        name=name,
        title=header.one(query, _RDFS + "label"),
        description=" ".join(header.one(query, _RDFS + "comment").split()),
        keywords=tuple(sorted(header.all(query, HEADER_PREFIXES["schema"] + "keywords"))),
        parameters=tuple(parameters),
        annotations=bool(header.nodes(query, HEADER_PREFIXES["dcterms"] + "requires")),
        text=text,
    )


class _Header:
    """The triples of a header, by subject and predicate."""

    def __init__(self, name: str, text: str) -> None:
        comments = takewhile(lambda line: line.startswith("#"), text.splitlines())
        prefixes = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in HEADER_PREFIXES.items()]
        turtle = "\n".join([*prefixes, *(line.removeprefix("#").strip() for line in comments)])
        self.name = name
        self.triples = [
            (quad.subject, quad.predicate.value, quad.object)
            for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=_HEADER_BASE)
        ]

    def nodes(self, subject: object, predicate: str) -> list[object]:
        return [o for s, p, o in self.triples if s == subject and p == predicate]

    def all(self, subject: object, predicate: str) -> list[str]:
        return [o.value for o in self.nodes(subject, predicate) if isinstance(o, ox.Literal | ox.NamedNode)]

    def one(self, subject: object, predicate: str) -> str:
        values = self.all(subject, predicate)
        if len(values) != 1:
            raise ValueError(f"{self.name}.rq: {len(values)} values of {predicate}, not one")
        return values[0]

    def parameter(self, node: object) -> Parameter:
        kinds = self.all(node, _SH + "nodeKind") + self.all(node, _SH + "datatype")
        return Parameter(
            name=self.one(node, _SH + "name"),
            description=self.one(node, _SH + "description"),
            kind=_KINDS[kinds[0]],
            optional=self.all(node, _SH + "optional") == ["true"],
            choices=tuple(sorted(self._members(node))),
        )

    def _members(self, node: object) -> list[str]:
        rdf, found = HEADER_PREFIXES["rdf"], []
        for head in self.nodes(node, _SH + "in"):
            while self.nodes(head, rdf + "first"):
                found += self.all(head, rdf + "first")
                head = self.nodes(head, rdf + "rest")[0]
        return found


def _nearest(name: str) -> str:
    from rapidfuzz.process import extractOne

    match = extractOne(name, names(), score_cutoff=60)
    known = f"one of {', '.join(names())}"
    return f"did you mean {match[0]!r}? Otherwise {known}" if match else f"{known}; or a file, or SPARQL"
