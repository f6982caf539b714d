"""How long a command takes from nothing, beside Python itself: medians of nine runs, in turn."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

TITLE = "Start"
ROOT = Path(__file__).parents[1]
RUNS = 9
KG = str(Path(sys.executable).parent / "kg")
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "kg --help": [KG, "--help"],
    "kg query events": [KG, "query", "events", "--data", str(ROOT / "output")],
    "kg query coverage": [KG, "query", "coverage", "--data", str(ROOT / "output")],
    "kg explain place:AZ-SUS": [KG, "explain", "place:AZ-SUS", "--data", str(ROOT / "output")],
    "python -c 'import rdflib'": [sys.executable, "-c", "import rdflib"],
}
LIMITS = {"kg --help": 150, "kg query events": 300}  # ms more than bare Python


def rows() -> Iterator[tuple[str, ...]]:
    """Each command with its time, and how much that is more than bare Python's."""
    taken = times()
    python = taken["python -c pass"]
    yield "command", "ms", "more than bare Python", "limit"
    for name, milliseconds in taken.items():
        limit = LIMITS.get(name)
        yield name, f"{milliseconds:.0f}", f"{milliseconds - python:.0f}", f"{limit}" if limit else ""


def times(runs: int = RUNS) -> dict[str, float]:
    """The median milliseconds of each command."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(runs):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            taken[name].append((time.perf_counter() - start) * 1000)
    return {name: median(each) for name, each in taken.items()}
