"""The results of a query: rows for Python, and the formats of the command line.

csv and tsv follow the SPARQL 1.1 Query Results CSV and TSV Formats, json the SPARQL 1.1 Query
Results JSON Format; pyoxigraph writes them. ``table`` is for people: IRIs are shortened, numbers
stand right, and nothing is cut off where the output is not a terminal.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import IO, Any, overload

import pyoxigraph as ox

from kg.dataset import notebook
from kg.errors import UsageError
from kg.rdf.values import INTEGERS
from kg.runtime.terminal import printable
from kg.text.edtf import DATATYPE
from kg.text.lexical import is_well_formed

Value = str | int | float | bool | Decimal | None
SOLUTIONS = ox.QuerySolutions
Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATES = frozenset({*(_XSD + name for name in ("date", "gYear", "gYearMonth")), DATATYPE})
_PYTHON: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys((_XSD + name for name in INTEGERS), int),
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": lambda text: text in ("true", "1"),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # OWASP, CSV Injection
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
SPARQL_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
}
_READABLE = 24  # characters of a column of text that can still be read
FORMATS = ("table", *SPARQL_FORMATS)


class Rows(Sequence[dict[str, Value]]):
    """The solutions of a SELECT: dictionaries by column, None where a variable is unbound."""

    def __init__(self, columns: Sequence[str], rows: Sequence[dict[str, Value]], *, dates: Iterable[str] = ()) -> None:
        self.columns = tuple(columns)
        self.dates = frozenset(dates)  # the columns of which every value is a date
        self._rows = list(rows)

    @overload
    def __getitem__(self, index: int) -> dict[str, Value]: ...
    @overload
    def __getitem__(self, index: slice) -> "Rows": ...
    def __getitem__(self, index: int | slice) -> "dict[str, Value] | Rows":
        return (
            Rows(self.columns, self._rows[index], dates=self.dates) if isinstance(index, slice) else self._rows[index]
        )

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return f"<Rows {len(self)} x ({', '.join(self.columns)})>"

    def dataframe(self) -> Any:
        """The rows as a pandas DataFrame with a type a column, as `kg.dataset.notebook.dataframe` says."""
        return notebook.dataframe(self.columns, self._rows, dates=self.dates)

    def _repr_html_(self) -> str:
        return notebook.table(self.columns, self._rows)


def rows(solutions: ox.QuerySolutions, *, most: int | None = None) -> Rows:
    """All solutions, read once; raises UsageError where they are more than ``most``."""
    columns = [variable.value for variable in solutions.variables]
    types: dict[str, set[str]] = {name: set() for name in columns}
    found: list[dict[str, Value]] = []
    for solution in solutions:
        if len(found) == most:
            what, hint = f"the answer has more than {most:,} rows", "add LIMIT, or --format csv, which holds none"
            raise UsageError(what, hint=hint)
        terms = {name: solution[name] for name in columns}
        for name, term in terms.items():
            if term is not None:
                types[name].add(term.datatype.value if isinstance(term, ox.Literal) else "")
        found.append({name: _value(term) for name, term in terms.items()})
    return Rows(columns, found, dates=[name for name, held in types.items() if held and held <= _DATES])


def write(result: Result, output: IO[bytes], *, format: str, spreadsheet: bool = False) -> None:
    """Write a result in one of `SPARQL_FORMATS`; the triples of a CONSTRUCT are always Turtle.

    With ``spreadsheet`` CSV begins with a byte order mark, and no cell is a formula where Excel opens it (`as_text`).
    """
    if isinstance(result, ox.QueryTriples):
        ox.serialize(sorted(result, key=str), output, format=ox.RdfFormat.TURTLE)
    elif spreadsheet and format == "csv" and isinstance(result, SOLUTIONS):
        text = io.TextIOWrapper(output, encoding="utf-8-sig", newline="")  # without the mark Excel reads no UTF-8
        write_table([variable.value for variable in result.variables], cells(result), text)
        text.flush()
        text.detach()
    else:
        result.serialize(output, format=SPARQL_FORMATS[format])


def as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what would begin one.

    >>> as_text('=HYPERLINK("http://e/")'), as_text("-5.5"), as_text("– a dash")
    ('\\'=HYPERLINK("http://e/")', '-5.5', '– a dash')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def cells(solutions: ox.QuerySolutions) -> Iterator[list[str]]:
    """The rows as SPARQL 1.1 Query Results CSV has them, one after the other: no row is held."""
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield ["" if (term := solution[name]) is None else _text(term) for name in names]


def write_table(columns: Sequence[str], table: Iterable[Sequence[str]], output: IO[str]) -> None:
    """Write rows as CSV of which no cell is a formula where a spreadsheet opens it (`as_text`)."""
    writer = csv.writer(output)
    writer.writerow(columns)
    writer.writerows(map(as_text, row) for row in table)


def plain_table(found: Rows, prefixes: Mapping[str, str]) -> Iterator[str]:
    """The lines of a table in plain text, the columns aligned; first the names of the columns."""
    lines = [list(found.columns), *([cell(row[name], prefixes) for name in found.columns] for row in found)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    numeric = [_is_numeric(found, name) for name in found.columns]
    for line in lines:
        padded = (
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(line, widths, numeric, strict=True)
        )
        yield "  ".join(padded).rstrip()


def print_table(found: Rows, prefixes: Mapping[str, str], *, title: str = "") -> None:
    """The rows on a terminal, within its width: a table where that can be read, else a block of lines for each row.

    What is empty in every row is left out, and so is an IRI beside which its name stands; other IRIs come last.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    names = _telling(found)
    lines = [[cell(row[name], prefixes) for name in names] for row in found]
    if not _fits([names, *lines], console.width):
        _print_blocks(names, lines, console)
        return
    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(name, justify="right" if _is_numeric(found, name) else "left", overflow="fold")
    for line in lines:
        table.add_row(*map(Text, line))
    console.print(table)


def _telling(found: Rows) -> list[str]:
    """The columns that say something, IRIs after what a person reads; all where there are no rows."""

    def is_said_by_name(name: str) -> bool:
        named = f"{name}_name"
        return named in found.columns and all(row[named] for row in found if row[name])

    filled = [name for name in found.columns if any(row[name] not in (None, "") for row in found)]
    told = [name for name in filled if not is_said_by_name(name)]
    return sorted(told, key=lambda name: _is_iri(found, name)) or list(found.columns)


def _is_iri(found: Rows, name: str) -> bool:
    return all(str(row[name]).startswith(("http://", "https://")) for row in found if row[name])


def _fits(lines: Sequence[Sequence[str]], width: int) -> bool:
    """Whether a table has room for its longest words, and for texts in a few lines each."""
    columns = list(zip(*lines, strict=True))
    least = [max(min(len(text), max(map(len, text.split()), default=0)) for text in column) for column in columns]
    wanted = [min(max(map(len, column)), _READABLE) for column in columns]
    return sum(map(max, least, wanted)) + 2 * len(columns) <= width


def _print_blocks(names: Sequence[str], lines: Sequence[Sequence[str]], console: Any) -> None:
    from rich.table import Table
    from rich.text import Text

    for line in lines:
        block = Table.grid(padding=(0, 2), pad_edge=False)
        block.add_column(style="dim", no_wrap=True, width=max(map(len, names)))
        block.add_column(overflow="fold")
        for name, text in zip(names, line, strict=True):
            if text:
                block.add_row(name, Text(text))
        console.print(block)
        console.print()


def cell(value: Value, prefixes: Mapping[str, str]) -> str:
    """A value on one line, IRIs shortened."""
    if value is None:
        return ""
    if isinstance(value, str):
        return printable(" ".join(shorten(word, prefixes) for word in value.split()))
    return str(value)


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI by its prefix, the longest namespace that fits; other text as it is.

    >>> shorten("https://kg.example/place/AZ-SUS", {"place": "https://kg.example/place/"})
    'place:AZ-SUS'
    """
    if not iri.startswith(("http://", "https://")):
        return iri
    fitting = [(len(namespace), prefix) for prefix, namespace in prefixes.items() if iri.startswith(namespace)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Value:
    if term is None:
        return None
    if isinstance(term, ox.Literal) and (made := _PYTHON.get(term.datatype.value)):
        try:
            return made(term.value) if is_well_formed(term.value, term.datatype.value) else term.value
        except ValueError:  # Python reads no number of 5,000 digits
            return term.value
    return _text(term)


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _is_numeric(found: Rows, name: str) -> bool:
    values = [row[name] for row in found if row[name] is not None]
    return bool(values) and all(isinstance(value, int | float | Decimal) for value in values)
