"""Options that many commands have."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from kg.runtime.patience import ended_after
from kg.runtime.signals import nothing_to_put_away


def quiet(command: Callable[..., Any]) -> Callable[..., Any]:
    """``-q``, for every command."""
    return click.option("-q", "--quiet", is_flag=True, help="Say nothing but results and errors.")(command)


def data(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--data``, the folder that a build wrote."""
    return click.option(
        "--data", "folder", default="output", show_default=True, metavar="DIR", help="Folder that kg build wrote."
    )(command)


def timeout(seconds: float) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """``--timeout``, for a command that only reads: past it, and by any signal, it ends in the midst of its work."""

    def limited(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def run(*, timeout: float, **given: Any) -> Any:
            with nothing_to_put_away(), ended_after(timeout, "--timeout"):
                return command(**given)

        return click.option(
            "--timeout",
            type=click.FloatRange(min=0),
            default=seconds,
            show_default=True,
            metavar="SECONDS",
            help="Most that it may take. 0: any time.",
        )(run)

    return limited


_SIZES = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30}


class Size(click.ParamType[int]):
    """A number of bytes: ``64M``."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number of bytes; K, M and G are 1024 times the one before."""
        if isinstance(value, int):
            return value
        match = re.fullmatch(r"(\d{1,15})([KMG]?)", value.strip().upper(), re.ASCII)
        if not match or not int(match[1]):
            self.fail(f"{value!r} is no size such as 64M", param, ctx)
        return int(match[1]) * _SIZES[match[2]]
