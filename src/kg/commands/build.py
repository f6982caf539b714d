"""The commands that make a dataset, and that check one."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands.options import Size, data, quiet, timeout
from kg.errors import UsageError
from kg.runtime.terminal import printable

if TYPE_CHECKING:
    from kg.pipeline.outcome import Build
    from kg.validate import Result


@click.command()
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
@click.option(
    "--document-timeout",
    type=click.FloatRange(min=0),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="Most for one document; a slower one is set aside. 0: none.",
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
    if not silent and options["shacl_engine"] == "auto":
        _tell_of_engine()
    if options.pop("engine") == "spark":
        done = _build_on_spark(sources, options)
    else:
        with progress(silent=silent, what="sources") as advance:
            done = pipeline.build(sources, advance=advance, **options)
    if not silent:
        click.echo(report.summary(done), err=True)
    for path, trace in done.traces if verbose else ():
        click.echo(printable(f"\n{path}:\n{trace}", lines=True), err=True)
    return 0 if done.conforms else 1


def _tell_of_engine() -> None:
    from kg.validate import turbo

    if not turbo.is_installed():
        click.echo("pyshacl-turbo is not installed: pySHACL validates, which takes longer", err=True)


def _build_on_spark(sources: Sequence[str], options: dict[str, Any]) -> "Build":
    """Raises UsageError for what a cluster does not do: its processes are not ours, and it keeps no cache."""
    from kg.pipeline import spark
    from kg.validate import turbo

    for name, plain in (("jobs", 1), ("nlp", False), ("cache", None)):
        if options.pop(name, plain) != plain:
            raise UsageError(f"--{name} is not for --engine spark", hint="leave one of them out")
    if options["shacl_engine"] == "auto":
        options["shacl_engine"] = "fast" if turbo.is_installed() else "pyshacl"
    return spark.build(sources, **options)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--shapes", multiple=True, metavar="FILE", help="Shapes of your own instead of kg's.")
@click.option("--shacl-engine", default="auto", show_default=True, metavar="NAME", help="auto, pyshacl or fast.")
@click.option("--context", "contexts", multiple=True, metavar="IRI=FILE", help="A copy of a remote JSON-LD context.")
@quiet
@timeout(600)
def validate(
    files: tuple[str, ...], shapes: tuple[str, ...], shacl_engine: str, contexts: tuple[str, ...], quiet: bool
) -> int:
    """Check RDF files against the shapes: Turtle, JSON-LD, N-Triples, TriG, N-Quads, RDF/XML.

    \b
    kg validate output/dataset.ttl
    kg validate mine.jsonld --shapes my-shapes.ttl
    kg validate mine.jsonld --context https://example.org/context=context.jsonld

    Nothing is fetched: what shapes import (owl:imports) is a file beside them, and the contexts of kg and of
    schema.org are known.

    The report is Turtle (sh:ValidationReport) on standard output; what it means, for a person,
    goes to standard error. Exit code 1 where something does not conform.
    """
    from kg import validate as validation
    from kg.vocabulary import BASE

    known = dict(map(_context, contexts))
    prepared = validation.prepare([Path(path) for path in shapes] or None, contexts=known)
    found = validation.validate_files([Path(path) for path in files], prepared, engine=shacl_engine, contexts=known)
    sys.stdout.buffer.write(found.to_turtle(BASE))
    if not quiet:
        for result in found.results:
            click.echo(printable(_told(result), lines=True), err=True)
        verdict = "conforms" if found.conforms else f"{len(found.results)} results"
        click.echo(f"{found.focus_nodes} nodes checked: {verdict}", err=True)
    return 0 if found.conforms else 1


def _context(setting: str) -> tuple[str, object]:
    from kg import formats

    iri, equals, path = setting.rpartition("=")
    if not equals or not iri:
        raise UsageError(f"--context {setting}: no file", hint="write --context https://example.org/context=FILE")
    return iri, formats.read_context(path)


def _told(result: "Result") -> str:
    """A result in a line: how grave it is where it is no violation, where, and what; what led to it stands below."""
    severity = result.severity.rpartition("#")[2]
    grave = "" if severity == "Violation" else f"{severity.lower()}: "
    lines = [f"{grave}{' '.join(filter(None, (result.focus, result.path, result.value)))}: {result.message}"]
    return "\n".join([*lines, *(f"  {line}" for inner in result.details for line in _told(inner).split("\n"))])


@click.command()
@data
@click.argument("named", required=False, metavar="[DIR]")
@click.option("--sources", multiple=True, metavar="PATH", help="What it was built from: files, folders, corpora.")
@click.option(
    "--gazetteer", "gazetteers", multiple=True, metavar="FILE", help="Names of your own that it was built with."
)
@quiet
def verify(
    folder: str, named: str | None, *, sources: tuple[str, ...], gazetteers: tuple[str, ...], quiet: bool
) -> int:
    """Make a dataset again from its sources and compare every byte.

    \b
    kg verify output --sources seeds
    kg verify output                             only that no file was changed since it was written

    DIR is the same as --data DIR.

    What differs, and why, is said on standard output, a sentence each; the exit code is 1 then.
    """
    from kg.pipeline.verify import verify as verified

    found = verified(Path(named or folder), sources, gazetteers=gazetteers)
    for sentence in found:
        click.echo(printable(sentence))
    if not found and not quiet:
        done = "made again from its sources: every byte is the same" if sources else "no file was changed"
        click.echo(done if sources else f"{done}; add --sources to make it again from what it was built from", err=True)
    return 1 if found else 0
