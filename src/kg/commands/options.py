"""Options that many commands have."""

from collections.abc import Callable
from typing import Any

import click


def quiet(command: Callable[..., Any]) -> Callable[..., Any]:
    """``-q``, for every command."""
    return click.option("-q", "--quiet", is_flag=True, help="Say nothing but results and errors.")(command)


def data(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--data``, the folder that a build wrote."""
    return click.option(
        "--data", "folder", default="output", show_default=True, metavar="DIR", help="Folder that kg build wrote."
    )(command)
