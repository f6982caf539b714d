"""Rows and datasets where they are looked at in a notebook: as HTML, and as pandas DataFrames with a type a column."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any, Final

from kg.errors import UsageError
from kg.runtime.terminal import visible
from kg.text import edtf

Row = Mapping[str, object]
SHOWN: Final = 50  # rows of a table
_LONGEST: Final = 300  # characters of a cell
_PRECISIONS: Final = ("interval", "year", "month", "day")


def table(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """The first rows as a table, every text escaped, IRIs as links; below it how many there are."""
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{_cell(row[name])}</td>' for name in columns)}</tr>" for row in rows[:SHOWN])
    more = f", {len(rows) - SHOWN} not shown" if len(rows) > SHOWN else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{len(rows)} rows{more}</p>"


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = str(value)
    shown = escape(visible(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"))
    is_link = text.startswith(("http://", "https://")) and " " not in text
    return f'<a href="{escape(text)}">{shown.rpartition("/")[2] or shown}</a>' if is_link else shown


def dataset(where: str, base: str, counts: Mapping[str, int], queries: Iterable[str]) -> str:
    """What a dataset is: where, how much of what, and the queries that it answers."""
    said = [f"<p><b>Dataset</b> in <code>{escape(where)}</code>, below <code>{escape(base)}</code></p>"]
    if counts:
        numbers = "".join(f"<tr><td>{escape(name)}</td><td>{number}</td></tr>" for name, number in counts.items())
        said.append(f"<table><tbody>{numbers}</tbody></table>")
    said.append(f"<p>Named queries: {', '.join(f'<code>{escape(name)}</code>' for name in queries)}</p>")
    return "".join(said)


def dataframe(columns: Sequence[str], rows: Sequence[Row], *, dates: Collection[str]) -> Any:
    """The rows as a pandas DataFrame: numbers, texts and truth values in pandas' own types, NA where nothing is said.

    A column of dates has the first day that each allows, and beside it ``{column}_precision`` (day, month, year or
    interval) and ``{column}_text``, the date as it is written. Raises UsageError where pandas is not installed.
    """
    try:
        import pandas
    except ModuleNotFoundError:
        raise UsageError("pandas is not installed", hint="pip install 'kg[dataframe]'") from None
    typed: dict[str, Any] = {}
    for name in columns:
        values = [row[name] for row in rows]
        if name in dates:
            texts = [None if value is None else str(value) for value in values]
            typed[name] = pandas.Series([_first_day(text) for text in texts], dtype="datetime64[s]")
            typed[f"{name}_precision"] = pandas.Series([_precision(text) for text in texts], dtype="string")
            typed[f"{name}_text"] = pandas.Series(texts, dtype="string")
        else:
            typed[name] = pandas.Series(_plain(values), dtype=_dtype(values))
    return pandas.DataFrame(typed)


def _dtype(values: Sequence[object]) -> str:
    """The narrowest type of pandas that holds every value of a column."""
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, bool) for value in known):
        return "boolean"
    if known and all(isinstance(value, int) and not isinstance(value, bool) for value in known):
        return "Int64" if all(abs(value) < 2**63 for value in known if isinstance(value, int)) else "string"
    if known and all(isinstance(value, int | float | Decimal) and not isinstance(value, bool) for value in known):
        return "Float64"
    return "string"


def _plain(values: Sequence[object]) -> list[Any]:
    if (dtype := _dtype(values)) == "string":
        return [None if value is None else str(value) for value in values]
    return [float(value) if isinstance(value, int | Decimal) and dtype == "Float64" else value for value in values]


def _first_day(text: str | None) -> Any:
    """None where a date has no first day, or is none."""
    try:
        first = edtf.bounds(text)[0] if text else None
    except ValueError:
        return None
    return first.isoformat() if first else None


def _precision(text: str | None) -> str | None:
    return _PRECISIONS[edtf.precision(text)] if text and edtf.is_valid(text) else None
