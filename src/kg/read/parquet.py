"""Parquet as a corpus: a row is a record, as `kg.read.corpus` describes it."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from kg.model import Source
from kg.read.item import TOO_LARGE, Item, opened
from kg.read.outcome import Refused, Unreadable, outcome

ROWS = 64  # in memory at once


def read_parquet(item: Item, fields: Sequence[str], source: Callable[..., Source]) -> Iterator[Source | Unreadable]:
    """Every row in the order of the file, `source` of it; columns that are no `fields` are not read.

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
            for number, row in enumerate(_rows(file, fields), 1):
                yield outcome(f"{item.path}, row {number}", partial(_source, item, row, source))
    except (pyarrow.ArrowException, OSError) as error:
        yield Unreadable(item.path, f"is not Parquet that can be read ({error})", "write the file again")


def record_of(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its dates as text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _rows(file: Any, fields: Sequence[str]) -> Iterator[Any]:
    """Each row as a batch of one: what is wrong with it is found when it is read, and is no matter of the others."""
    columns = [name for name in file.schema_arrow.names if name in fields]
    if "text" not in columns:
        raise Refused("has no column `text`", f"name the columns as kg does: {', '.join(fields)}")
    for batch in file.iter_batches(batch_size=ROWS, columns=columns):
        yield from (batch.slice(row, 1) for row in range(batch.num_rows))


def _source(item: Item, row: Any, source: Callable[..., Source]) -> Source:
    try:
        record = record_of(row.to_pylist()[0])
    except UnicodeDecodeError as error:
        raise Refused(
            f"is not UTF-8: byte {error.object[error.start]:02x} in a text", "write the file again"
        ) from error
    except (ValueError, OverflowError) as error:  # a time outside the calendar, such as of the year 20000
        raise Refused(f"holds a value that cannot be read ({error})", "write the file again") from error
    text = record.get("text")
    if isinstance(text, str) and len(text) > item.limit:
        raise Refused(f"is larger than {item.limit} characters (--max-document-size)", TOO_LARGE)
    original = json.dumps(record, ensure_ascii=False, sort_keys=True, default=str)
    return source(record, path=item.path, original=original)
