"""A dataset that kg built, opened for reading: SPARQL, rows, rdflib.

>>> import kg                                                   # doctest: +SKIP
>>> data = kg.open("output")                                    # doctest: +SKIP
>>> data.query("events")[1]["date"]                             # doctest: +SKIP
'1992-05-08'
"""

import gzip
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from kg.dataset import notebook, queries
from kg.dataset import rows as results
from kg.dataset.graph import Graph, Term
from kg.dataset.mistakes import mistake
from kg.dataset.sparql import asks_elsewhere, chooses_graphs, excess
from kg.errors import InputError, UsageError
from kg.model import Span
from kg.runtime.folder import MANIFEST
from kg.text.edtf import is_valid
from kg.vocabulary import BASE, DCTERMS, NIF, RDF, RDFS, SCHEMA, prefixes
from kg.write.manifest import read_manifest

if TYPE_CHECKING:
    import rdflib

STORE_MARK = "CURRENT"  # the file by which RocksDB, and so Oxigraph, knows a folder as its own
ANNOTATIONS = "annotations"  # below the base: the graph of a store that holds them


def open(folder: str | Path = "output") -> "Dataset":
    """The dataset in a folder that `kg build` wrote, or in a store that `kg load --to store` filled.

    Raises InputError where there is none.
    """
    place = Path(folder)
    if not place.is_dir():
        raise InputError("there is no such folder", where=str(place), hint=f"kg build SOURCES --out {place}")
    if not (place / STORE_MARK).is_file() and not (place / MANIFEST).is_file():
        what = f"the folder holds no dataset: {MANIFEST} is missing"
        raise InputError(what, where=str(place), hint="name the folder that kg build wrote")
    return Dataset(place)


class Dataset:
    """One graph with its named queries; nothing is read before it is asked for."""

    def __init__(
        self, folder: Path, *, base: str = "", in_one_store: bool = False, store: ox.Store | None = None
    ) -> None:
        self.folder = folder
        self._in_one_store = in_one_store  # the annotations are among what every query is asked
        self._given = store  # opened elsewhere, with the annotations in a graph of their own
        self.is_store = (folder / STORE_MARK).is_file()
        if base:  # known while the folder is still written
            self.base = base

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """What the build wrote about itself."""
        return read_manifest(self.folder)

    @cached_property
    def base(self) -> str:
        """The IRI below which the dataset's own IRIs stand."""
        if self.is_store:
            return _base_of(self.store)
        return str(self.manifest["base"])

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that queries may use without declaring them."""
        return prefixes(self.base)

    @cached_property
    def store(self) -> ox.Store:
        """The graph without the annotations, in memory or on disk."""
        if self._given is not None:
            return self._given
        if self._in_one_store:
            return self.annotated_store
        if self.is_store:
            try:
                return ox.Store.read_only(str(self.folder))
            except OSError as error:
                raise InputError(f"is not a readable store: {error}", where=str(self.folder)) from None
        store = ox.Store()
        self._fill(store, self.files("dataset"))
        return store

    @cached_property
    def annotated_store(self) -> ox.Store:
        """The graph together with mentions, sentences and unresolved names."""
        if self.is_store or self._given is not None:
            return self.store  # which has them in a graph of their own
        store = ox.Store()
        self._fill(store, [*self.files("dataset"), *self.files("annotations")])
        return store

    def files(self, stem: str) -> list[Path]:
        """The N-Triples files of a part, ``dataset`` or ``annotations``: one, or the shards in order."""
        whole = self.folder / f"{stem}.nt"
        return [whole] if whole.is_file() else sorted(self.folder.glob(f"{stem}-*.nt.gz"))

    def solve(self, query: str, parameters: Mapping[str, str] | None = None) -> results.Result:
        """The answer of a named query or of SPARQL text, as pyoxigraph gives it.

        Raises UsageError for an unknown name, a malformed query, an update, SERVICE, or a parameter
        that is missing, unknown or of the wrong kind.
        """
        given = dict(parameters or {})
        if _is_sparql(query):
            return self._ask(self.store, query, {name: self._term(value) for name, value in given.items()})
        named = queries.load(query)
        text = self.bound(query, given)
        return self._ask(self.annotated_store if named.annotations else self.store, text, union=named.annotations)

    def bound(self, name: str, parameters: Mapping[str, str]) -> str:
        """The SPARQL of a named query with its parameters set; raises UsageError as `solve` does."""
        named = queries.load(name)
        return named.bind(self._values(named, dict(parameters)))

    def query(self, query: str, **parameters: str) -> results.Rows:
        """The rows of a named query or of a SELECT; an ASK is one row, a CONSTRUCT a row per triple."""
        found = self.solve(query, parameters)
        if isinstance(found, ox.QuerySolutions):
            return results.rows(found)
        if isinstance(found, ox.QueryBoolean):
            return results.Rows(["answer"], [{"answer": bool(found)}])
        names = ["subject", "predicate", "object"]
        triples = sorted([_text(term) for term in triple] for triple in found)
        return results.Rows(names, [dict(zip(names, triple, strict=True)) for triple in triples])

    def rdflib(self, *, annotations: bool = False) -> "rdflib.Graph":
        """The graph as an `rdflib.Graph` with the dataset's prefixes bound."""
        import rdflib

        graph = rdflib.Graph()
        for prefix, namespace in self.prefixes.items():
            graph.bind(prefix, namespace, override=True, replace=True)
        for path in [*self.files("dataset"), *(self.files("annotations") if annotations else [])]:
            graph.parse(data=_read(path), format="nt")
        return graph

    def text(self, source: str) -> str | None:
        """The stored text of a source, to which every offset refers; None where it was not published."""
        path = self.folder / "sources" / f"{source.rpartition('/')[2]}.txt"
        return path.read_bytes().decode("utf-8") if path.is_file() else None

    def sentences(self, document: str) -> list[Span]:
        """The sentences of a document, in order; none where the annotations were not kept."""
        if document not in self._sentences:
            self._sentences[document] = sorted(self._read_sentences(document))
        return self._sentences[document]

    @cached_property
    def _sentences(self) -> dict[str, list[Span]]:
        return {}

    def _read_sentences(self, document: str) -> Iterator[Span]:
        """Sentences are read from the lines about one document: annotations can be large."""
        wanted = f"<{document}>".encode()
        local = document.rpartition("/")[2].encode() + b"-"
        lines = (line for path in self.files("annotations") for line in _lines(path) if wanted in line or local in line)
        store = ox.Store()
        store.bulk_load(b"".join(lines), format=ox.RdfFormat.N_TRIPLES)
        graph = Graph(store)
        for node in graph.subjects(RDF.type, NIF.Sentence):
            if ox.NamedNode(document) in graph.objects(node, NIF.referenceContext):
                yield graph.span(node)

    def _repr_html_(self) -> str:
        counts = {} if self.is_store else self.manifest.get("counts", {})
        return notebook.dataset(str(self.folder), self.base, counts, queries.names())

    def iri(self, text: str) -> str:
        """A full IRI from ``place:AZ-SUS``, ``place/AZ-SUS``, ``<...>`` or the IRI itself.

        Raises UsageError where it is none of them.
        """
        text = text.strip().removeprefix("<").removesuffix(">")
        if "://" in text:
            return text
        prefix, colon, local = text.partition(":")
        if colon and prefix in self.prefixes:
            return self.prefixes[prefix] + local
        if "/" in text and " " not in text:
            return self.base + text
        raise UsageError(f"{text!r} is not an IRI", hint="write it as place:AZ-SUS, place/AZ-SUS or in full")

    def _fill(self, store: ox.Store, files: list[Path]) -> None:
        if not files:
            raise InputError("the dataset's N-Triples are missing", where=str(self.folder), hint="build it again")
        for path in files:
            try:
                with opened(path) as lines:
                    store.bulk_load(lines, format=ox.RdfFormat.N_TRIPLES)
            except (OSError, SyntaxError) as error:
                raise InputError(f"cannot be read: {error}", where=str(path), hint="build the dataset again") from None

    def _values(self, named: queries.NamedQuery, given: dict[str, str]) -> dict[str, Term]:
        known = {parameter.name: parameter for parameter in named.parameters}
        for name in given:
            if name not in known:
                hint = f"it takes {', '.join(known)}" if known else "it takes none"
                raise UsageError(f"the query {named.name} has no parameter {name!r}", hint=hint)
        for name in named.required:
            if name not in given:
                hint = f"add --set {name}=..., {known[name].description}"
                raise UsageError(f"the query {named.name} needs {name}", hint=hint)
        return {name: self._parameter(known[name], value) for name, value in given.items()}

    def _parameter(self, parameter: queries.Parameter, value: str) -> Term:
        if parameter.choices and value not in parameter.choices:
            raise UsageError(f"{parameter.name}={value!r}", hint=f"one of {', '.join(parameter.choices)}")
        match parameter.kind:
            case "iri":
                return _node(self._entity(value))
            case "date":
                if not is_valid(value) or len(value) != 10:
                    raise UsageError(f"{parameter.name}={value!r} is not a day", hint="write it as 1993-09-01")
                return ox.Literal(value, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
            case "text":
                return ox.Literal(value)

    def _entity(self, value: str) -> str:
        """An IRI as `iri` reads it, or the one entity of this name."""
        try:
            return self.iri(value)
        except UsageError:
            found = self.named(value)
            if len(found) != 1:
                several = f"several: {', '.join(found)}" if found else "nothing in the dataset has that name"
                raise UsageError(f"{value!r}: {several}", hint="write an IRI, such as place:AZ-SUS") from None
            return found[0]

    def named(self, name: str) -> list[str]:
        """The IRIs of the entities with this name, spelled as `kg.text.folding.fold` compares, sorted."""
        from kg.text.folding import fold

        wanted = fold(name)
        graph = Graph(self.store)
        labelled = (pair for term in (RDFS.label, SCHEMA.alternateName) for pair in graph.pairs(term))
        return sorted({node.value for node, label in labelled if fold(label.value) == wanted})

    def _term(self, value: str) -> Term:
        try:
            return ox.NamedNode(self.iri(value))
        except (UsageError, ValueError):
            return ox.Literal(value)

    def _ask(
        self, store: ox.Store, text: str, values: Mapping[str, Term] | None = None, *, union: bool = False
    ) -> results.Result:
        if asks_elsewhere(text):
            raise UsageError("SERVICE asks another server", hint="kg answers from this dataset alone")
        if much := excess(text):
            raise UsageError(much, where="query", hint="ask it in several queries, or give values with VALUES")
        if chooses_graphs(text) and next(store.named_graphs(), None) is None:
            raise UsageError("FROM names a graph, and a dataset is one graph without a name", hint="leave FROM out")
        substitutions: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {}
        try:
            substitutions = {ox.Variable(name): term for name, term in (values or {}).items()}
            return store.query(
                text, prefixes=self.prefixes, substitutions=substitutions, use_default_graph_as_union=union
            )
        except SyntaxError as error:
            raise _malformed(text, str(error), self.prefixes) from None
        except ValueError as error:
            raise UsageError(str(error), hint="write --set NAME=VALUE with a variable's name") from None
        except RuntimeError as error:  # a variable that is not selected cannot be set (SPARQL-dev SEP-0007)
            raise UsageError(str(error), hint="select the variable that --set gives a value") from None


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise UsageError(f"{iri!r} is not an IRI", hint="write it as place:AZ-SUS, place/AZ-SUS or in full") from None


def _is_sparql(query: str) -> bool:
    return any(mark in query for mark in "{ \n")


def _malformed(text: str, message: str, prefixes: Mapping[str, str]) -> UsageError:
    """The error for a query that does not parse, and where."""
    found = mistake(text, message, prefixes)
    return UsageError(found.what, where=", ".join(filter(None, ("query", found.where))), hint=found.hint)


def _base_of(store: ox.Store) -> str:
    """The base of a store, which has no manifest: what stands before a claim's document."""
    for document, _ in Graph(store).pairs(DCTERMS.isPartOf):
        return document.value.rpartition("document/")[0]
    return BASE


def opened(path: Path) -> IO[bytes]:
    """A file of N-Triples, packed or not, for reading."""
    return cast(IO[bytes], gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _lines(path: Path) -> Iterator[bytes]:
    with opened(path) as lines:
        yield from lines


def _read(path: Path) -> bytes:
    with opened(path) as file:
        return file.read()


def _text(term: Any) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
