"""What each triplestore is like: where it answers, and how much one request may carry. What each of them guarantees
to readers is in docs/stores.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kg.errors import UsageError

Auth = Literal["basic", "digest"]


@dataclass(frozen=True, slots=True)
class Profile:
    """The ways of one store. Paths are below the URL that the user gives; ``data`` is its Graph Store Protocol."""

    name: str
    title: str
    url: str  # what a user writes, for the help
    query: str
    update: str
    data: str | None  # None: data goes through SPARQL Update alone
    auth: Auth = "basic"
    default_graph: bool | None = True  # whether there is one apart from the union of all graphs; None: to be tried
    atomic: bool = True  # whether one request is one transaction
    # As a stream, how many triples one request may carry and stay atomic; beyond, they are staged.
    whole_insert: int = 5_000_000
    whole_update: int = 200_000
    batch: int = 50_000  # triples of one request where many are sent
    page: int | None = None  # rows that an answer may have; None: any number, by one GET of the graph
    media: str = "application/n-triples"  # of the data that it is sent
    opening: bytes = b""  # what comes before the data
    mark: tuple[str, str] = ("", "")  # a header of its answers, and how its value begins
    dropped: str = "DROP SILENT GRAPH <{}>"
    large: str = ""  # begins an update of more than `whole_update` triples
    together: int = 1  # requests at once
    pairs: str = ""  # the media type of rows in which two IRIs come for less than a triple
    bulk: str = ""  # a parameter of data for an empty graph


OXIGRAPH: Final = Profile(
    "oxigraph", "Oxigraph server", "http://127.0.0.1:7878", "/query", "/update", "/store",
    mark=("server", "Oxigraph"), bulk="&no_transaction",  # its bulk loader, which shows nothing until it has all
)  # fmt: skip
FUSEKI: Final = Profile(
    "fuseki", "Apache Jena Fuseki", "http://127.0.0.1:3030/ds", "/query", "/update", "/data",
    mark=("fuseki-request-id", ""),
)  # fmt: skip
VIRTUOSO: Final = Profile(
    "virtuoso", "Virtuoso", "http://127.0.0.1:8890", "/sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth",
    auth="digest", default_graph=False, atomic=False, batch=50_000, page=10_000, together=2,
    pairs="text/tab-separated-values",
    mark=("server", "Virtuoso"),
    dropped="CLEAR SILENT GRAPH <{}>",
    # A prefix first: 7.2.5 takes a long first line for something else than Turtle.
    media="text/turtle", opening=b"@prefix kg: <urn:kg> .\n",
    # Row by row and logged: a transaction is aborted where its log passes TransactionAfterImageLimit, 50 MB by default.
    large="DEFINE sql:log-enable 3 ",
)  # fmt: skip
RDF4J: Final = Profile(
    "rdf4j", "RDF4J, GraphDB", "http://127.0.0.1:8080/rdf4j-server/repositories/kg", "",
    # What names no graph is removed from every graph, unless the request says that the default graph is meant.
    "/statements?remove-graph-uri=null",
    "/rdf-graphs/service",
    mark=("content-disposition", "attachment; filename=query-result"),
)  # fmt: skip
GENERIC: Final = Profile(
    "generic", "any SPARQL 1.1 endpoint", "http://127.0.0.1:3030/sparql", "", "", None,
    default_graph=None, atomic=False, batch=5_000, page=10_000,
)  # fmt: skip

PROFILES: Final = {profile.name: profile for profile in (OXIGRAPH, FUSEKI, VIRTUOSO, RDF4J, GENERIC)}


def by_name(name: str) -> Profile:
    """The profile of that name; raises UsageError, naming those that there are."""
    if profile := PROFILES.get(name):
        return profile
    raise UsageError(f"there is no profile {name!r}", hint=f"one of store, {', '.join(PROFILES)}")


def by_headers(headers: Mapping[str, str]) -> Profile | None:
    """The profile of a store by the headers of an answer (in lower case); None where they do not tell."""
    for profile in PROFILES.values():
        name, value = profile.mark
        if name in headers and headers[name].startswith(value):
            return profile
    return None
