"""Folders of documents with gold, each scored with the rules alone and with the model."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

COMMANDS = {"rules": f"{sys.executable} -m kg", "with `nlp`": f"{sys.executable} -m bench.evaluation.with_model"}
SHOWN = ("events", "figures", "people", "organizations", "statements", "statements+speaker")
_LINE = re.compile(r"(?P<row>[a-z.+]+)" + r"\s+(\d+)" * 3 + r"\s+([\d.]+)\s+([\d.]+)\s+(?P<f1>[\d.]+)")


def rows(script: Path, folders: Mapping[str, Path]) -> Iterator[tuple[str, ...]]:
    """F1 of each kind, a line for each folder and way of reading; the first is the head."""
    yield "documents", "read by", *SHOWN
    for label, folder in folders.items():
        for name, command in COMMANDS.items():
            f1 = scores(script, folder, command)
            yield label, name, *(f"{f1[row]:.3f}" for row in SHOWN)


def scores(script: Path, folder: Path, command: str) -> dict[str, float]:
    """The F1 of every row that the script prints.

    Raises CalledProcessError where it cannot use the command or the folder.
    """
    done = subprocess.run(
        [sys.executable, str(script), str(folder), command], stdout=subprocess.PIPE, text=True, check=True
    )
    return {match["row"]: float(match["f1"]) for match in map(_LINE.match, done.stdout.splitlines()) if match}
