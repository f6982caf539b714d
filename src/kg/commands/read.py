"""The commands that read a dataset: its rows, who says what in which words, and what was read out of each sentence."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands.complete import parameters, query_names
from kg.commands.options import data, quiet, timeout
from kg.errors import InputError, UsageError
from kg.runtime.regular import content
from kg.runtime.terminal import printable

if TYPE_CHECKING:
    from kg.dataset import Dataset


_MOST_ROWS = 200_000  # of a table, whose columns are as wide as their widest cell: all are held


@click.command()
@click.argument("query", required=False, metavar="[NAME|SPARQL|FILE|-]", shell_complete=query_names)
@data
@click.option(
    "--format",
    type=click.Choice(["table", "csv", "tsv", "json"]),
    default="table",
    show_default=True,
    help="csv, tsv and json are those of SPARQL 1.1.",
)
@click.option(
    "--spreadsheet",
    is_flag=True,
    help="CSV for Excel: its mark of UTF-8 first, and no cell is a formula: ' stands before = + - @.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=parameters,
    help="A parameter of the query.",
)
@quiet
@timeout(300)
def query(
    query: str | None, folder: str, format: str, spreadsheet: bool, settings: tuple[str, ...], quiet: bool
) -> None:
    """Ask a named query, SPARQL text, a .rq file, or - for standard input.

    \b
    kg query                                     the named queries
    kg query events --format csv
    kg query compare --set place=place:AZ-SUS --set property=date
    kg query 'SELECT ?name { ?place a schema:AdministrativeArea ; rdfs:label ?name }'

    The dataset's prefixes (claim:, place:, kg:, sem: ...) need no declaration.
    """
    if query is None:
        _list_queries()
        return
    from kg import dataset
    from kg.dataset import rows as results

    opened = dataset.open(folder)
    found = opened.solve(_query_text(query), _pairs(settings))
    if format == "table" and isinstance(found, results.SOLUTIONS):
        rows = results.rows(found, most=_MOST_ROWS)
        if query == "unresolved":  # a row for each name; the other formats have one for each mention
            from kg.dataset.unresolved import by_name

            rows = by_name(rows)
        _print_table(rows, opened.prefixes)
        if not quiet and sys.stdout.isatty():
            click.echo(f"{len(rows)} rows", err=True)
    else:
        results.write(found, sys.stdout.buffer, format="csv" if format == "table" else format, spreadsheet=spreadsheet)


@click.command()
@click.argument("iri")
@data
@click.option("--trace", is_flag=True, help="Of one claim: how its sentence was read, layer by layer.")
@click.option("--gazetteer", "files", multiple=True, metavar="FILE", help="Names of your own that the build was given.")
@quiet
def explain(iri: str, folder: str, trace: bool, files: tuple[str, ...], quiet: bool) -> None:
    """Show who says something, where, and in which words.

    \b
    kg explain place:AZ-SUS                      everything said of a place
    kg explain claim/two_1_control_AZ-SUS_1      one claim with its sentence
    kg explain Shusha                            a name does, where only one thing has it
    kg explain claim/... --trace                 the clause, its frame, what filled each role, why a name is linked

    --trace reads the stored text again, by the rules of this version of kg.
    """
    from kg import dataset
    from kg.dataset.explain import explain as explained

    opened = dataset.open(folder)
    for line in explained(opened, iri):
        click.echo(line.styled() if sys.stdout.isatty() else line.plain())
    if trace:
        click.echo()
        for told in _trace(opened, iri, files):
            click.echo(printable(told))


@click.command()
@data
@click.option("--without-claims", is_flag=True, help="Only the sentences that yield nothing.")
@quiet
def coverage(folder: str, without_claims: bool, quiet: bool) -> None:
    """Show every sentence with the number of claims that it yields, document by document.

    \b
    kg coverage
    kg coverage --without-claims
    """
    from kg import dataset
    from kg.dataset.coverage import coverage as covered

    for line in covered(dataset.open(folder), only_without=without_claims):
        click.echo(line.styled() if sys.stdout.isatty() else line.plain())


def _trace(opened: "Dataset", iri: str, files: Sequence[str]) -> Iterator[str]:
    """How the sentence of a claim was read.

    Raises UsageError where it is no claim, or its text was not published or is another one now.
    """
    from kg import gazetteer
    from kg.extract.trace import trace
    from kg.model import Source, Span
    from kg.read.split import documents

    wanted = opened.iri(iri)
    claims = [row for row in opened.query("claims") if row["claim"] == wanted]
    if not claims:
        raise UsageError(f"{iri} is no claim", hint="--trace is for one claim: kg query claims lists them")
    claim = claims[0]
    (about,) = (row for row in opened.query("documents") if row["document"] == claim["document"])
    slug = str(about["source"]).rpartition("/")[2]
    text = opened.text(str(about["source"]))
    if text is None:
        raise UsageError("the text was not published", hint="build without --no-text")
    marked = str(about["file"]).endswith((".md", ".html", ".htm"))  # the stored text has the blocks of Markdown
    source = Source(
        str(about["file"]),
        slug,
        text,
        media_type="text/markdown" if marked else "text/plain",
        published=str(about["published"] or "") or None,
        publisher=str(about["publisher"] or "") or None,
    )
    name = str(claim["document"]).rpartition("/")[2]
    document = next((one for one in documents(source) if one.id == name), None)
    if document is None:
        raise UsageError(f"this kg finds no document {name} in its source", hint="build again with this version")
    yield from trace(
        document, gazetteer.load(tuple(map(Path, files))), Span(int(str(claim["start"])), int(str(claim["end"])))
    )


def _list_queries() -> None:
    from kg.dataset import queries
    from kg.dataset import rows as results

    rows: list[dict[str, results.Value]] = [
        {"query": named.name, "parameters": " ".join(p.name for p in named.parameters), "answers": named.title}
        for named in map(queries.load, queries.names())
    ]
    _print_table(results.Rows(["query", "parameters", "answers"], rows), {})


def _print_table(rows: Any, prefixes: dict[str, str]) -> None:
    from kg.dataset import rows as results

    if sys.stdout.isatty():
        results.print_table(rows, prefixes)
    else:
        for line in results.plain_table(rows, prefixes):
            click.echo(line)


def _query_text(query: str) -> str:
    """SPARQL or the name of a query, whichever was meant by the argument."""
    if query == "-":
        return sys.stdin.buffer.read().decode("utf-8", errors="replace")
    path = Path(query)
    if query.endswith((".rq", ".sparql")):
        try:
            return content(path).decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot be read: {error}", where=query) from None
    return query


def _pairs(settings: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name:
            raise UsageError(f"--set {setting}: no value", hint="write --set place=place:AZ-SUS")
        pairs[name] = value
    return pairs
