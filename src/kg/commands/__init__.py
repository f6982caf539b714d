"""The command line: thin commands over the library, and the only place that exits.

Results go to standard output, everything else to standard error. Exit codes: 0 done; 1 something
does not conform (the rest was published); 2 bad input or usage; 3 a store or server cannot be
reached, or it refused.
"""

import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from kg.commands.build import build, validate, verify
from kg.commands.complete import answer, completion
from kg.commands.export import diff, export
from kg.commands.load import load
from kg.commands.names import gazetteer
from kg.commands.read import coverage, explain, query
from kg.commands.web import serve, site
from kg.errors import KGError
from kg.runtime.signals import Ended, end_in_order
from kg.runtime.terminal import printable

INTERRUPTED = 128 + signal.SIGINT


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and exit with its code."""
    answer(cli)
    end_in_order()
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
        click.echo(f"kg: {printable(str(error), lines=True)}", err=True)
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort) as asked:
        click.echo("kg: interrupted; nothing was changed", err=True)
        code = asked.code if isinstance(asked, Ended) else INTERRUPTED
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


for command in (
    build, validate, query, explain, coverage, gazetteer, load, diff, export, serve, site, verify, completion
):  # fmt: skip
    cli.add_command(command)
