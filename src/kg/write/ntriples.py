"""Sorted N-Triples: the form in which kg passes graphs on, merges them, compares and hashes them."""

import hashlib
from collections.abc import Iterable

from pyoxigraph import RdfFormat, Triple, serialize

from kg.runtime.lines import distinct

Graph = bytes | Iterable[Triple]
"""Triples, or canonical N-Triples such as `ntriples` writes (in any order, lines repeated or not)."""


def ntriples(graph: Graph) -> bytes:
    """The graph as canonical N-Triples, lines sorted by their bytes, each once.

    The form of a line is RDF 1.1 N-Triples, section 4 (canonical form). UTF-8 sorts as code
    points do, so without blank nodes this is also the canonical N-Quads of RDFC-1.0.
    """
    return b"".join(line + b"\n" for line in lines(graph))


def lines(graph: Graph) -> list[bytes]:
    """The sorted lines of `ntriples`, without their line ends."""
    data = graph if isinstance(graph, bytes) else serialized(graph)
    return distinct(filter(None, data.split(b"\n")))


def serialized(triples: Iterable[Triple]) -> bytes:
    """The triples as N-Triples in the order in which they come."""
    data = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert data is not None  # serialize gives bytes where it is given no file
    return data


def merge(*graphs: bytes) -> bytes:
    """One graph of several, each as `ntriples` writes it."""
    return ntriples(b"".join(graphs))


def canonical_hash(graph: Graph) -> str:
    """The RDFC-1.0 hash of a graph without blank nodes, as lower-case hexadecimal SHA-256.

    RDF Dataset Canonicalization 1.0, section 4.4.3: without blank nodes no identifier is issued,
    and what remains is step 7, the quads in canonical N-Quads form, sorted in code point order.
    The hash is that of these bytes. Raises ValueError where there is a blank node.
    """
    canonical = ntriples(graph)
    if any(line.startswith(b"_:") or b" _:" in line.split(b'"', 1)[0] for line in canonical.split(b"\n")):
        raise ValueError("the graph has blank nodes: their canonical names are not computed here")
    return hashlib.sha256(canonical).hexdigest()
