"""Parquet as a corpus: a row is a record, as `kg.read.corpus` describes it."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from kg.model import Source
from kg.read.corpus import FIELDS, source
from kg.read.item import Item, opened
from kg.read.outcome import Refused, Unreadable

ROWS = 64  # in memory at once


def read_parquet(item: Item) -> Iterator[Source | Unreadable]:
    """Every row in the order of the file; columns that kg does not know are not read.

    A row's hash is that of its known columns as JSON with sorted keys: it has no text of its own.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        yield Unreadable(item.path, "is Parquet", "pip install 'kg[parquet]'")
        return
    try:
        with opened(item) as stream:
            file = parquet.ParquetFile(stream)
            for number, record in enumerate(_records(file), 1):
                yield _source(item, record, number)
    except Refused as refused:
        yield Unreadable(item.path, refused.reason, refused.hint)
    except (pyarrow.ArrowException, OSError) as error:
        yield Unreadable(item.path, f"is not Parquet that can be read ({error})", "write the file again")


def record_of(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its dates as text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _records(file: Any) -> Iterator[dict[str, Any]]:
    columns = [name for name in file.schema_arrow.names if name in FIELDS]
    if "text" not in columns:
        raise Refused("has no column `text`", f"name the columns as kg does: {', '.join(FIELDS)}")
    for batch in file.iter_batches(batch_size=ROWS, columns=columns):
        yield from map(record_of, batch.to_pylist())


def _source(item: Item, record: dict[str, Any], number: int) -> Source | Unreadable:
    try:
        text = record.get("text")
        if isinstance(text, str) and len(text) > item.limit:
            raise Refused(f"is larger than {item.limit} characters", "split it, or raise the limit")
        original = json.dumps(record, ensure_ascii=False, sort_keys=True, default=str)
        return source(record, path=item.path, original=original)
    except Refused as refused:
        return Unreadable(f"{item.path}, row {number}", refused.reason, refused.hint)
