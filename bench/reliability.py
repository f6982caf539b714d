"""docs/reliability.md: what the runs of `make fuzz` and `make soak` found, each row written by its run."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs" / "reliability.md"
HEAD = """# Reliability

Written by `make fuzz` and `make soak`; what each test does is in `bench/fuzz.py` and `bench/soak/`.

| test | count | result | date |
| --- | --- | --- | --- |
"""


class Row(NamedTuple):
    """A test with its count, and what it found."""

    test: str
    times: int
    result: str
    holds: bool = True

    def line(self, day: str) -> str:
        return f"| {self.test} | {self.times:,} | {self.result} | {day} |"


def today() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d}"


def record(rows: list[Row], place: Path = REPORT) -> None:
    """Put rows into the report, each in the place of the row of the same test."""
    before = place.read_text(encoding="utf-8").partition("| --- |")[2] if place.exists() else ""
    lines = {line.split("|")[1].strip(): line for line in before.splitlines()[1:]}
    lines |= {row.test: row.line(today()) for row in rows}
    place.write_text(HEAD + "".join(f"{lines[test]}\n" for test in sorted(lines)), encoding="utf-8")
