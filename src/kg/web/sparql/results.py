"""The answer of a worker, read back for a page."""

import json
from typing import Any

from kg.dataset.rows import Rows, Value


def read_rows(body: bytes) -> Rows:
    """The rows of SPARQL 1.1 Query Results JSON; an ASK is one row with ``answer``."""
    found: dict[str, Any] = json.loads(body)
    if "boolean" in found:
        return Rows(["answer"], [{"answer": "yes" if found["boolean"] else "no"}])
    columns: list[str] = found["head"]["vars"]
    rows: list[dict[str, Value]] = [
        {name: _text(binding[name]) if name in binding else None for name in columns}
        for binding in found["results"]["bindings"]
    ]
    return Rows(columns, rows)


def _text(term: dict[str, Any]) -> str:
    value = term["value"]
    return value if isinstance(value, str) else json.dumps(value)  # a triple term has parts
