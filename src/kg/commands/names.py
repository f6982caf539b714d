"""The commands for the names that kg knows, and those that it does not."""

from pathlib import Path

import click

from kg.commands.options import data, quiet


@click.group()
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
