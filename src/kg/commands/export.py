"""The commands that write a dataset in another form, or what tells two versions of it apart."""

import sys

import click

from kg.commands.options import data, quiet


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--format",
    type=click.Choice(["text", "json", "patch", "update"]),
    default="text",
    show_default=True,
    help="patch is RDF Patch, update is SPARQL Update.",
)
@quiet
def diff(old: str, new: str, format: str, quiet: bool) -> None:
    """Show which claims came, changed and went between two builds, and what became contested.

    \b
    kg diff output-2026 output
    kg diff output-2026 output --format update > update.ru      SPARQL that turns OLD into NEW
    """
    from kg import dataset
    from kg.dataset.diff import WRITERS, versions

    with versions(dataset.open(old), dataset.open(new)) as both:
        for piece in WRITERS[format](both):
            sys.stdout.buffer.write(piece)


@click.command()
@data
@click.option(
    "--format",
    type=click.Choice(["nanopub", "annotations", "geojson"]),
    required=True,
    help="Nanopublications (TriG), W3C Web Annotations (JSON-LD), or places and events (GeoJSON).",
)
@click.option("--out", required=True, metavar="FILE", help="File to write.")
@quiet
def export(folder: str, format: str, out: str, quiet: bool) -> None:
    """Write claims as nanopublications, their evidence as annotations, or places and events for a map.

    \b
    kg export --format nanopub --out claims.trig
    kg export --format annotations --out evidence.jsonld
    kg export --format geojson --out map.geojson
    """
    from kg import dataset
    from kg.dataset.export import export as exported

    exported(dataset.open(folder), format, out)
