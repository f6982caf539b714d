"""The Tab key, in bash, zsh and fish themselves: what a person types is made whole."""

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

_READY: Final = "ready> "
_START: Final[dict[str, tuple[list[str], str]]] = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source {script}"),
    "zsh": (["zsh", "-f", "-i"], "fpath=({folder} $fpath); autoload -Uz compinit; compinit -u -D"),
}
_FILE: Final = {"bash": "kg.bash", "zsh": "_kg", "fish": "kg.fish"}


@pytest.fixture
def kg_at_hand(tmp_path: Path) -> Mapping[str, str]:
    """A `kg` on the path, and the scripts of the shells beside it."""
    command = tmp_path / "kg"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    for shell, name in _FILE.items():
        done = subprocess.run([command, "completion", shell, "-q"], capture_output=True, check=True)
        (tmp_path / name).write_bytes(done.stdout)
    path = f"{tmp_path}:{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "TERM": "dumb", "HOME": str(tmp_path), "HISTFILE": "", "PS1": _READY}


def typed(shell: str, line: str, folder: Path, env: Mapping[str, str]) -> str:
    """What a shell at a terminal makes of a line, its words each in angle brackets: the line is given to printf."""
    command, setup = _START[shell]
    ours, its = pty.openpty()
    try:
        process = subprocess.Popen(command, stdin=its, stdout=its, stderr=its, env=env, start_new_session=True)
    finally:
        os.close(its)
    said = b""
    begin = "\x01"  # to the beginning of the line
    lines = [setup.format(script=folder / _FILE[shell], folder=folder), f"{line}{begin}printf '<%s>' ", "exit"]
    with process, os.fdopen(ours, "r+b", buffering=0) as terminal:
        for one in lines:
            prompts = said.count(_READY.encode())
            while said.count(_READY.encode()) == prompts:
                said += terminal.read(4096)
            terminal.write(f"{one}\r".encode())
        try:
            while more := terminal.read(4096):
                said += more
        except OSError:  # a terminal whose program has ended
            pass
    return said.decode(errors="replace")


@pytest.mark.parametrize(
    "shell",
    [pytest.param("bash", marks=pytest.mark.tool("bash")), pytest.param("zsh", marks=pytest.mark.tool("zsh"))],
)
@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("kg que\tev\t", "<kg><query><events>"),
        ("kg query compare --set property=da\t", "<compare><--set><property=date>"),
        ("kg query compare --set pro\tda\t", "<compare><--set><property=date>"),
        ("kg export --format nano\t", "<--format><nanopub>"),
        ("kg nothing-of-the-kind\t", "<kg><nothing-of-the-kind>"),
    ],
)
def test_the_tab_key_makes_a_word_whole(
    shell: str, line: str, wanted: str, tmp_path: Path, kg_at_hand: Mapping[str, str]
) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")  # `make test` needs none; scripts/services.sh brings them
    assert wanted in typed(shell, line, tmp_path, kg_at_hand)


@pytest.mark.tool("fish")
@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")  # scripts/services.sh brings it
@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("kg que", ["query"]),
        ("kg query ev", ["events"]),
        ("kg query compare --set property=", [f"property={one}" for one in ("actor", "area", "date", "share")]),
        ("kg nothing-of-the-kind", []),
    ],
)
def test_fish_offers_what_begins_so(
    line: str, wanted: list[str], tmp_path: Path, kg_at_hand: Mapping[str, str]
) -> None:
    asked = f"source {tmp_path / _FILE['fish']}; complete -C '{line}'"
    done = subprocess.run(["fish", "--no-config", "-c", asked], env=kg_at_hand, capture_output=True, text=True)
    assert [one.partition("\t")[0] for one in done.stdout.splitlines()] == wanted
