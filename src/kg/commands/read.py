"""The commands that read a dataset: its rows, who says what in which words, and what was read out of each sentence."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kg.commands.options import data, quiet
from kg.errors import InputError, UsageError


@click.command()
@click.argument("query", required=False, metavar="[NAME|SPARQL|FILE|-]")
@data
@click.option(
    "--format",
    type=click.Choice(["table", "csv", "tsv", "json"]),
    default="table",
    show_default=True,
    help="csv, tsv and json are those of SPARQL 1.1.",
)
@click.option("--spreadsheet", is_flag=True, help="In csv, no cell is a formula: ' stands before = + - @.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A parameter of the query.")
@quiet
def query(
    query: str | None, folder: str, format: str, spreadsheet: bool, settings: tuple[str, ...], quiet: bool
) -> None:
    """Ask a named query, SPARQL text, a .rq file, or - for standard input.

    \b
    kg query                                     the named queries
    kg query events --format csv
    kg query compare --set place=place:AZ-SUS --set property=date
    kg query 'SELECT ?name { ?place a schema:AdministrativeArea ; schema:name ?name }'

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
        rows = results.rows(found)
        _print_table(rows, opened.prefixes)
        if not quiet and sys.stdout.isatty():
            click.echo(f"{len(rows)} rows", err=True)
    else:
        results.write(found, sys.stdout.buffer, format="csv" if format == "table" else format, spreadsheet=spreadsheet)


@click.command()
@click.argument("iri")
@data
@quiet
def explain(iri: str, folder: str, quiet: bool) -> None:
    """Show who says something, where, and in which words.

    \b
    kg explain place:AZ-SUS                      everything said of a place
    kg explain claim/two_1_control_AZ-SUS_1      one claim with its sentence
    kg explain Shusha                            a name does, where only one thing has it
    """
    from kg import dataset
    from kg.dataset.explain import explain as explained

    for line in explained(dataset.open(folder), iri):
        click.echo(line.styled() if sys.stdout.isatty() else line.plain())


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
            return path.read_text(encoding="utf-8")
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
