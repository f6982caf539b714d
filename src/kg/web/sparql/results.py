"""The answer of a worker, read back for a page."""

import pyoxigraph as ox

from kg.dataset.rows import Rows, rows


def read_rows(body: bytes) -> Rows:
    """The rows of SPARQL 1.1 Query Results JSON, numbers as such; an ASK is one row with ``answer``."""
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return Rows(["answer"], [{"answer": "yes" if found else "no"}])
    assert isinstance(found, ox.QuerySolutions)  # the format has no triples
    return rows(found)
