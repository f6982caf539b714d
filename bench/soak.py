"""Kills at random moments of what writes, and two of it at once: afterwards the old is there whole, or the new.

    python -m bench.soak 200 [--seed 1] [--only build] [--write]

Prints a row for each test; ``--write`` makes them docs/reliability.md. The exit code is 1 where something was lost.
"""

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import kg

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "reliability.md"
SIDES = ROOT / "examples" / "two-sides"


class Row(NamedTuple):
    """A test with its count, and what it found."""

    test: str
    times: int
    result: str
    holds: bool


def digest(folder: Path) -> str:
    """The bytes of all files of a folder; of a store only what it answers is the same each time."""
    if (folder / "CURRENT").is_file():
        return str(list(kg.open(folder).query("claims")))
    stated = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        stated.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return stated.hexdigest()


def _kg(*words: str) -> list[str]:
    return [sys.executable, "-m", "kg", *words, "--quiet"]


class Writer(NamedTuple):
    """Something that writes a folder, in an old and in a new state."""

    name: str
    old: list[str]
    new: list[str]


def writers(folder: Path) -> list[Writer]:
    """Build, load and site of two datasets, each into its own folder below ``out``."""
    datasets = [folder / "one", folder / "two"]
    for place, sources in zip(datasets, ([SIDES / "baku-weekly.txt"], [SIDES]), strict=True):
        kg.build([str(source) for source in sources], place)
    one, two = map(str, datasets)
    store, site = str(folder / "out" / "load"), str(folder / "out" / "site")
    build = _kg("build", "--out", str(folder / "out" / "build"))
    return [
        Writer("build", [*build, str(SIDES / "baku-weekly.txt")], [*build, str(SIDES)]),
        Writer("load", *(_kg("load", "--data", data, "--to", "store", "--url", store) for data in (one, two))),
        Writer("site", *(_kg("site", "--data", data, "--out", site) for data in (one, two))),
    ]


def kills(writer: Writer, place: Path, count: int, chance: random.Random) -> Row:
    """Kill the writer at random moments of its time, and let the next run end."""
    states = {}
    for name, command in (("new", writer.new), ("old", writer.old)):
        begun = time.monotonic()
        subprocess.run(command, check=True)
        taken, states[digest(place)] = time.monotonic() - begun, name
    found = {"old": 0, "new": 0, "lost": 0}
    for _ in range(count):
        process = subprocess.Popen(writer.new)
        try:
            process.wait(chance.uniform(0.2, 1.1) * taken)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        found[states.get(digest(place) if place.exists() else "", "lost")] += 1
        subprocess.run(writer.old, check=True)
        if states.get(digest(place)) != "old" or any(path.name.startswith(".") for path in place.parent.iterdir()):
            found["lost"] += 1
    result = f"old {found['old']}, new {found['new']}, lost {found['lost']}"
    return Row(f"kill of {writer.name}, then another run", count, result, not found["lost"])


def at_once(writer: Writer, place: Path, count: int, chance: random.Random) -> Row:
    """Two of it at once: one of them is there whole, and who may not write says so."""
    states = set()
    for command in (writer.old, writer.new):
        subprocess.run(command, check=True)
        states.add(digest(place))
    refused = lost = 0
    for _ in range(count):
        processes = [subprocess.Popen(each, stderr=subprocess.DEVNULL) for each in (writer.old, writer.new)]
        codes = [process.wait() for process in processes]
        refused += codes.count(2)
        lost += digest(place) not in states or not set(codes) <= {0, 2} or 0 not in codes
    return Row(f"two of {writer.name} at once", count, f"refused {refused}, lost {lost}", not lost)


def run(count: int, seed: int, only: str = "") -> list[Row]:
    """Every test so many times, of one writer or of all."""
    chance = random.Random(seed)
    tests: list[Callable[[Writer, Path, int, random.Random], Row]] = [kills, at_once]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "out").mkdir()
        all_writers = [one for one in writers(Path(folder)) if only in ("", one.name)]
        return [test(one, Path(folder, "out", one.name), count, chance) for test in tests for one in all_writers]


def report(rows: list[Row], day: str) -> str:
    """The rows as docs/reliability.md."""
    lines = [f"| {row.test} | {row.times:,} | {row.result} | {day} |" for row in rows]
    head = "# Reliability\n\nWritten by `make soak`; what each test does is in `bench/soak.py`.\n"
    return "\n".join([head, "| test | count | result | date |", "| --- | --- | --- | --- |", *lines, ""])


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="build, load or site")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rows = run(given.count, given.seed, given.only)
    text = report(rows, f"{datetime.now(UTC):%Y-%m-%d}")
    print(text)
    if given.write:
        REPORT.write_text(text, encoding="utf-8")
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
