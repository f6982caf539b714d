"""`kg serve` and `kg site`."""

from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands.options import data, quiet
from kg.commands.progress import progress
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.dataset import Dataset

_NEEDED = ("httptools", "jinja2", "starlette", "uvicorn")

previous_state = click.option(
    "--previous", metavar="DIR", help="An earlier build of it: there is a page and a feed of what changed since."
)


@click.command()
@data
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any that is free.")
@click.option("--workers", type=click.IntRange(min=1), default=2, show_default=True, help="Queries at a time.")
@click.option("--seconds", type=click.FloatRange(min=0.1), default=10.0, show_default=True, help="Most for one query.")
@click.option("--megabytes", type=click.IntRange(min=16), default=1024, show_default=True, help="Most for one query.")
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A name by which it is reached, besides its own and that of the dataset's IRIs.",
)
@click.option(
    "--cors", "origins", multiple=True, metavar="ORIGIN", help="A site whose pages may read it from a browser; *: all."
)
@previous_state
@quiet
def serve(
    folder: str,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
    previous: str | None,
    quiet: bool,
    **limits: Any,
) -> None:
    """Serve a dataset: pages, linked data, a SPARQL endpoint.

    \b
    kg serve
    kg serve --data two-sides --port 8080
    kg serve --host 0.0.0.0 --allow-host data.example.org --cors '*'

    Pages at http://127.0.0.1:8000/, SPARQL at /sparql, every IRI of the dataset at its path. Read only;
    a query that takes too long is stopped. Ctrl-C ends it.
    """
    _check_extra()
    import socket

    import uvicorn

    from kg import dataset
    from kg.runtime.memory import share_one_heap
    from kg.web.app import application
    from kg.web.connection import Connection, Server
    from kg.web.posture import known_as
    from kg.web.sparql.limits import Limits

    share_one_heap()
    data = dataset.open(folder)
    earlier = _earlier(previous, data)
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError(
            f"cannot listen: {error.strerror}", where=f"{host}:{port}", hint="try another --port"
        ) from None
    names, told = known_as(host, data.base, hosts), _told(quiet=quiet)
    app = application(data, limits=Limits(**limits), hosts=names, origins=origins, previous=earlier, told=told)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/  (Ctrl-C ends it)"
    config = uvicorn.Config(
        app,
        http=Connection,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
        ws="none",
    )
    with suppress(KeyboardInterrupt):  # it has ended in order
        Server(config, begins=lambda: told(address)).run(sockets=[listening])


@click.command()
@data
@click.option("--out", default="public", show_default=True, metavar="DIR", help="Folder to write; replaced as a whole.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes.")
@click.option(
    "--format",
    "beside",
    multiple=True,
    type=click.Choice(["turtle", "jsonld", "ntriples"]),
    help="What stands beside the page of each thing; all of them where none is named.",
)
@previous_state
@quiet
def site(folder: str, out: str, jobs: int, beside: tuple[str, ...], previous: str | None, quiet: bool) -> None:
    """Write the pages as files, for any static host.

    \b
    kg site --out public --jobs 2
    python -m http.server --directory public

    Everything that kg serve shows, with each thing as Turtle, JSON-LD and N-Triples beside its page;
    queries run in the browser. What one document alone tells of, its claims first, stands on one page; at the IRIs of
    these the host's page for what is not there (404.html) leads to it. --format turtle makes fewer files.
    """
    _check_extra()
    from kg import dataset, formats
    from kg.web.static_site import write

    data = dataset.open(folder)
    with progress(silent=quiet, what="pages", done="written") as advance:
        count = write(
            data,
            Path(out),
            previous=_earlier(previous, data),
            jobs=jobs,
            beside=[one for one in formats.BESIDE if not beside or one.name in beside],
            advance=advance,
            told=_told(quiet=quiet),
        )
    if not quiet:
        click.echo(f"{count:,} pages in {out}", err=True)


def _told(*, quiet: bool) -> Callable[[str], None]:
    """Where the lines go that say what takes long."""
    return lambda words: None if quiet else click.echo(words, err=True)


def _earlier(folder: str | None, data: "Dataset") -> "Dataset | None":
    """The earlier state; raises where the two cannot be compared."""
    if folder is None:
        return None
    from kg import dataset
    from kg.dataset.diff import check_comparable

    earlier = dataset.open(folder)
    check_comparable(earlier, data)
    return earlier


def _check_extra() -> None:
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise UsageError(f"{', '.join(missing)} is not installed", hint="pip install 'kg[web]'")
