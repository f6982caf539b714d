"""The command line: thin commands over the library, and the only place that exits.

Results go to standard output, everything else to standard error. Exit codes: 0 done; 1 something
does not conform (the rest was published); 2 bad input or usage; 3 a store or server cannot be
reached, or it refused.
"""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kg.commands.exchange import COMMANDS
from kg.commands.options import Size, data, quiet
from kg.commands.web import serve, site
from kg.errors import InputError, KGError, UsageError

if TYPE_CHECKING:
    from kg.pipeline.outcome import Build

INTERRUPTED = 128 + signal.SIGINT


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and exit with its code."""
    try:
        # Not cli.main(), which turns a broken pipe into exit code 1.
        with cli.make_context("kg", list(sys.argv[1:] if arguments is None else arguments)) as context:
            code = cli.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except KGError as error:
        click.echo(f"kg: {error}", err=True)
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("kg: interrupted; nothing was changed", err=True)
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that the last flush is quiet too
        code = 0
    sys.exit(code or 0)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kg", message="kg %(version)s")
def cli() -> None:
    """Documents about territorial conflicts in, linked data that can be trusted out.

    \b
    kg build seeds --out output          read, extract, validate, write
    kg query events                      what the documents say, as a table
    kg explain place:AZ-SUS              who says it, where, in which words
    kg query disagreements               where the sources differ
    """


for command in (*COMMANDS, serve, site):
    cli.add_command(command)


@cli.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--out", default="output", show_default=True, metavar="DIR", help="Folder to write; replaced as a whole.")
@click.option("--base", metavar="IRI", help="What the dataset's IRIs begin with.  [default: https://kg.example/]")
@click.option("--config", metavar="FILE", help="Title, licence, publisher: a kg.toml.")
@click.option("--gazetteer", "gazetteers", multiple=True, metavar="FILE", help="Names of your own, in Turtle.")
@click.option("--encoding", metavar="NAME", help="Encoding of text that is not UTF-8.")
@click.option(
    "--max-document-size",
    type=Size(),
    default="64M",
    show_default=True,
    metavar="SIZE",
    help="Bytes of a file or record, unpacked; a larger one is listed and not read.",
)
@click.option("--follow-links", is_flag=True, help="Read what links in a folder lead to outside it.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes.")
@click.option(
    "--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True, help="spark needs kg[spark]."
)
@click.option("--cache", metavar="DIR", help="Keep there what each source came to; unchanged ones are not read anew.")
@click.option("--no-text", is_flag=True, help="Do not publish the full texts.")
@click.option("--shacl-engine", default="auto", show_default=True, metavar="NAME", help="auto, pyshacl, fast or none.")
@click.option(
    "--nlp", is_flag=True, help="Let a statistical model add what the rules missed, marked as such (kg[nlp])."
)
@click.option("--verbose", is_flag=True, help="Show where kg failed over a document, as a traceback to report.")
@quiet
def build(sources: tuple[str, ...], **options: Any) -> int:
    """Build a dataset from documents: files, folders, corpora, or - for standard input.

    \b
    kg build seeds --out output
    kg build articles/ corpus.jsonl.gz --out output --jobs 2
    kg build page.html --base http://127.0.0.1:8000/ --gazetteer names.ttl
    kg build s3a://bucket/corpus.jsonl --out s3a://bucket/dataset --engine spark

    What does not conform is set aside with document, line and quote, and so is a document over
    which kg itself fails; the rest is published and the exit code is 1.
    """
    from kg import pipeline
    from kg.commands.progress import progress
    from kg.pipeline import report

    silent, verbose = options.pop("quiet"), options.pop("verbose")
    if options.pop("engine") == "spark":
        done = _build_on_spark(sources, options)
    else:
        with progress(silent=silent) as advance:
            done = pipeline.build(sources, advance=advance, **options)
    if not silent:
        click.echo(report.summary(done), err=True)
    for path, trace in done.traces if verbose else ():
        click.echo(f"\n{path}:\n{trace}", err=True)
    return 0 if done.conforms else 1


def _build_on_spark(sources: Sequence[str], options: dict[str, Any]) -> "Build":
    """Raises UsageError for what a cluster does not do: its processes are not ours, and it keeps no cache."""
    from kg.pipeline import spark

    for name, plain in (("jobs", 1), ("nlp", False), ("cache", None)):
        if options.pop(name, plain) != plain:
            raise UsageError(f"--{name} is not for --engine spark", hint="leave one of them out")
    if options["shacl_engine"] == "auto":
        options["shacl_engine"] = "fast"
    return spark.build(sources, **options)


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--shapes", multiple=True, metavar="FILE", help="Shapes of your own instead of kg's.")
@click.option("--shacl-engine", default="auto", show_default=True, metavar="NAME", help="auto, pyshacl or fast.")
@quiet
def validate(files: tuple[str, ...], shapes: tuple[str, ...], shacl_engine: str, quiet: bool) -> int:
    """Check RDF files against the shapes: Turtle, JSON-LD, N-Triples, TriG, N-Quads, RDF/XML.

    \b
    kg validate output/dataset.ttl
    kg validate mine.jsonld --shapes my-shapes.ttl

    The report is Turtle (sh:ValidationReport) on standard output; what it means, for a person,
    goes to standard error. Exit code 1 where something does not conform.
    """
    from kg import validate as validation
    from kg.vocabulary import BASE

    prepared = validation.prepare([Path(path) for path in shapes] or None)
    found = validation.validate_files([Path(path) for path in files], prepared, engine=shacl_engine)
    sys.stdout.buffer.write(found.to_turtle(BASE))
    if not quiet:
        for result in found.results:
            click.echo(f"{result.focus}: {result.message}", err=True)
        verdict = "conforms" if found.conforms else f"{len(found.results)} results"
        click.echo(f"{found.focus_nodes} nodes checked: {verdict}", err=True)
    return 0 if found.conforms else 1


@cli.command()
@click.argument("query", required=False, metavar="[NAME|SPARQL|FILE|-]")
@data
@click.option(
    "--format",
    type=click.Choice(["table", "csv", "tsv", "json"]),
    default="table",
    show_default=True,
    help="csv, tsv and json are those of SPARQL 1.1.",
)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A parameter of the query.")
@quiet
def query(query: str | None, folder: str, format: str, settings: tuple[str, ...], quiet: bool) -> None:
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
        results.write(found, sys.stdout.buffer, format="csv" if format == "table" else format)


@cli.command()
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


@cli.command()
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


@cli.group()
def gazetteer() -> None:
    """Names that kg knows, and names that it does not.

    \b
    kg gazetteer suggest > names.ttl
    """


@gazetteer.command()
@data
@click.option("--gazetteer", "files", multiple=True, metavar="FILE", help="Names of your own, in Turtle.")
@quiet
def suggest(folder: str, files: tuple[str, ...], quiet: bool) -> None:
    """Write the names that a build could not resolve as Turtle, to edit and to give to --gazetteer.

    \b
    kg gazetteer suggest > names.ttl
    kg build articles/ --gazetteer names.ttl
    """
    from kg import dataset
    from kg import gazetteer as names
    from kg.dataset.unresolved import suggestions

    click.echo(suggestions(dataset.open(folder), names.load(tuple(map(Path, files)))), nl=False)


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
