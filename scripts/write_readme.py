"""Write the parts of README.md that come from the code: tables, and what the commands print.

    python scripts/write_readme.py          # make docs

The commands of each ``console`` block are run, in order, in a new folder that has `seeds` and `examples`, and
what they print is written below them. Between ``<!-- name -->`` and ``<!-- end -->`` stands a table.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
_CONSOLE = re.compile(r"(?<=```console\n)(.*?)(?=^```)", re.DOTALL | re.MULTILINE)


def rendered(text: str) -> str:
    """The page with every output and table as the code gives it now."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("seeds", "examples"):
            Path(folder, name).symlink_to(ROOT / name)
        text = _CONSOLE.sub(lambda block: _run(block[1], Path(folder)), text)
    for name, table in TABLES.items():
        pattern = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- end -->)", re.DOTALL)
        written = table()
        text = pattern.sub(lambda _, written=written: written, text, count=1)  # type: ignore[misc]  # a default
    return text


def _run(block: str, folder: Path) -> str:
    """A console block with the output of its commands; ``$`` begins one, ``>`` continues it."""
    lines = block.splitlines()
    written: list[str] = []
    while lines:
        line = lines.pop(0)
        if not line.startswith("$ "):
            continue
        command = [line]
        while lines and lines[0].startswith("> "):
            command.append(lines.pop(0))
        written += command
        written += _printed("\n".join(part[2:] for part in command), folder)
    return "".join(f"{line}\n" for line in written)


def _printed(command: str, folder: Path) -> list[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    printed = done.stdout.decode()
    if done.returncode:
        raise SystemExit(f"{command}\nexited with {done.returncode}:\n{printed}")
    return printed.rstrip("\n").splitlines()


def _queries() -> str:
    from kg.dataset import queries

    lines = ["| query | rows | parameters |", "| --- | --- | --- |"]
    for query in map(queries.load, queries.names()):
        parameters = ", ".join(f"`{parameter.name}`" for parameter in query.parameters)
        lines.append(f"| `{query.name}` | {' '.join(query.description.split())} | {parameters} |")
    return "".join(f"{line}\n" for line in lines)


def _commands() -> str:
    from kg.commands import cli

    lines = ["| command | |", "| --- | --- |"]
    lines += [f"| `kg {name}` | {command.get_short_help_str(100)} |" for name, command in sorted(cli.commands.items())]
    return "".join(f"{line}\n" for line in lines)


TABLES: dict[str, Callable[[], str]] = {"queries": _queries, "commands": _commands}


if __name__ == "__main__":
    README.write_text(rendered(README.read_text(encoding="utf-8")), encoding="utf-8")
