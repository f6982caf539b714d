"""Faults of all that writes and serves, so many times; a row for each test.

    python -m bench.soak 200 [--seed 1] [--only build] [--test two_at_once] [--minutes 10] [--write]

``--write`` puts the rows into docs/reliability.md as they are found. The exit code is 1 where something was lost.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

from bench.reliability import Row, record
from bench.soak import server, writers

FAILS = "does not hold"


def rows(count: int, seed: int, only: str = "", *, tests: Collection[str] = (), minutes: float = 10) -> Iterator[Row]:
    """Every test of a writer, or those of these names, of one thing or of all."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        if only != "server":
            for writer in writers.writers(Path(folder), only):
                for test, share in writers.TESTS.items():
                    if tests and test.__name__ not in tests:
                        continue
                    yield test(writer, max(1, round(share * count)), chance)
        if only in ("", "server") and minutes:
            yield from server.rows(Path(folder), minutes, chance)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", choices=["", "build", "load", "site", "server"])
    names = [test.__name__ for test in writers.TESTS]
    parser.add_argument("--test", action="append", default=[], choices=names, help="of a writer; all without it")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    holds = True
    for row in rows(given.count, given.seed, given.only, tests=given.test, minutes=given.minutes):
        print(row.line("" if row.holds else FAILS), flush=True)
        holds = holds and row.holds
        if given.write:
            record([row])
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
