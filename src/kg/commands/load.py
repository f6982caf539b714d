"""The command that loads a dataset into a triplestore."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands.options import data, quiet
from kg.errors import UsageError
from kg.store.profiles import PROFILES, by_name

if TYPE_CHECKING:
    from kg.store import remote
    from kg.store.client import Client, Login
    from kg.store.profiles import Profile

PASSWORD = "KG_PASSWORD"


@click.command()
@data
@click.option(
    "--to",
    "profile",
    type=click.Choice(["store", *PROFILES]),
    help="What the store is; store: Oxigraph in a folder. Without it the store is asked.",
)
@click.option("--url", required=True, metavar="URL|PATH", help="Address of the store, or folder of an embedded one.")
@click.option("--update-url", metavar="URL", default="", help="Where a generic store takes updates, if elsewhere.")
@click.option("--graph", metavar="IRI", help="Named graph to fill.  [default: the default graph]")
@click.option("--user", metavar="NAME", help=f"User; the password is ${PASSWORD}, or asked for.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=600.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a store may say nothing.",
)
@quiet
def load(
    folder: str,
    profile: str | None,
    url: str,
    update_url: str,
    graph: str | None,
    user: str | None,
    timeout: float,
    quiet: bool,
) -> None:
    """Load a dataset into a triplestore. Loaded again, only what changed is sent.

    \b
    kg load --to store --url store/                        then: kg query events --data store/
    kg load --to oxigraph --url http://127.0.0.1:7878
    kg load --to fuseki --url http://127.0.0.1:3030/ds --graph https://example.org/claims
    KG_PASSWORD=... kg load --to virtuoso --url http://127.0.0.1:8890 --user dba

    What the store holds afterwards is read back and compared by value. A load that broke off is
    finished by running the same command again. Exit code 3: the store cannot be reached, refuses,
    or did not keep what it was given.
    """
    from kg import dataset, store

    opened = dataset.open(folder)
    if profile == "store":
        count = store.load(opened, Path(url))
        if not quiet:
            click.echo(f"{count} triples in {url}", err=True)
        return
    from kg.commands.progress import progress
    from kg.store import remote

    if graph is not None:
        _check_graph(graph)
    ways = {"login": _login(user), "update_url": update_url, "timeout": timeout}
    with (
        _client(url, profile, ways) as client,
        progress(silent=quiet, what="triples", done="sent") as told,
    ):
        done = remote.load(opened, client, graph=graph, advance=told)
    if not quiet:
        for line in _account(done, client.profile):
            click.echo(line, err=True)


def _check_graph(graph: str) -> None:
    import pyoxigraph as ox

    try:
        ox.NamedNode(graph)
    except ValueError:
        raise UsageError(f"--graph {graph!r} is not an IRI", hint="write it in full") from None


def _client(url: str, name: str | None, ways: dict[str, Any]) -> "Client":
    """A client with the profile that was named, if the store does not say that it is another one."""
    from kg.store.client import Client
    from kg.store.route import shown

    named = by_name(name or "generic")
    with Client(url, named, **ways) as client:
        found = client.detect() if name != "generic" else None
    if name is None and found is None:
        raise UsageError(f"{shown(url)} does not say what it is", hint=f"add --to, one of {', '.join(PROFILES)}")
    if found and name and found is not named:
        raise UsageError(
            f"{shown(url)} is {found.title}, not {named.title}", hint=f"--to {found.name}, or --to generic"
        )
    return Client(url, found or named, **ways)


def _login(user: str | None) -> "Login | None":
    from kg.store.client import Login

    if user is None:
        return None
    password = os.environ.get(PASSWORD)
    if password is None:
        if not sys.stdin.isatty():
            raise UsageError("there is no password", hint=f"set {PASSWORD} in the environment")
        password = click.prompt("Password", hide_input=True, err=True)
    return Login(user, str(password))


def _account(done: "remote.Loaded", profile: "Profile") -> list[str]:
    where = f"{done.triples} triples in {profile.title}, read back and compared"
    if not done.added and not done.removed:
        lines = [f"{where}: nothing had changed"]
    else:
        lines = [f"{where}: {done.added} added, {done.removed} removed"]
    if done.rewritten:
        kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(done.rewritten.items()))
        lines.append(f"kept in another form with the same value: {kinds}")
    return lines
