"""Faults of build, load and site: afterwards the old folder is there whole or the new, and the next run ends."""

import hashlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import kg
from bench.reliability import ROOT, Row
from bench.soak.apart import (
    Before,
    Ended,
    Running,
    as_anybody,
    asked,
    at_step,
    files_of,
    run,
    steps,
    without_exchange,
)

SIDES: Final = ROOT / "examples" / "two-sides"
CLOCK: Final = Path(__file__).parent / "clock.c"
_MOST: Final = 200  # steps of a swap that are tried


def digest(folder: Path) -> str:
    """The bytes of all files of a folder; of a store only what it answers is the same each time."""
    if (folder / "CURRENT").is_file():
        return asked(lambda: str(list(kg.open(folder).query("claims"))))
    stated = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        stated.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return stated.hexdigest()


class Writer:
    """Something that writes a folder in two states, and what was found of it."""

    def __init__(self, name: str, place: Path, commands: tuple[list[str], list[str]]) -> None:
        self.name, self.place, self.commands = name, place, commands
        self.states: list[str] = []
        self.seconds = 0.0
        for words in (commands[1], commands[0]):
            begun = time.monotonic()
            ended = run(words)
            self.seconds = time.monotonic() - begun
            if ended.code:
                raise RuntimeError(ended.said)
            self.states.insert(0, digest(place))
        self.state = 0

    def try_it(self, before: Before = lambda: None, *, after: float | None = None) -> tuple[str, Ended]:
        """Write the state that is not there, with a fault; what is there afterwards: old, new, or lost."""
        running = Running(self.commands[1 - self.state], before)
        if after is not None:
            time.sleep(after)
            running.kill()
        ended = running.wait()
        return self.look(), ended

    def look(self) -> str:
        """Which state is there; where folders cannot be exchanged, it may be beside its place, for the next run."""
        aside = self.place.with_name(f".{self.place.name}.kg-old")
        if not self.place.exists() and aside.exists() and digest(aside) == self.states[self.state]:
            return "old, set aside"
        found = digest(self.place) if self.place.exists() else ""
        if found not in self.states:
            with suppress(OSError):
                self.mend()
            return "lost"
        told = "old" if self.states.index(found) == self.state else "new"
        self.state = self.states.index(found)
        return told

    def mend(self) -> bool:
        """Whether the next run ends, and leaves nothing beside its folder."""
        ended = run(self.commands[1 - self.state])
        self.state = 1 - self.state
        left = [path.name for path in self.place.parent.iterdir() if path.name.startswith(f".{self.place.name}.")]
        return not ended.code and not left and digest(self.place) == self.states[self.state]


def writers(folder: Path, only: str = "") -> list[Writer]:
    """Build, load and site of two datasets, each into its own folder below ``out``."""
    (folder / "out").mkdir(exist_ok=True)
    datasets = [str(folder / "one"), str(folder / "two")]
    sources = [str(SIDES / "baku-weekly.txt")], [str(SIDES)]
    for place, some in zip(datasets, sources, strict=True):
        run(["build", *some, "--out", place, "--quiet"])
    out = {name: folder / "out" / name for name in ("build", "load", "site")}
    made = {
        "build": [["build", *some, "--out", str(out["build"]), "--quiet"] for some in sources],
        "load": [["load", "--data", one, "--to", "store", "--url", str(out["load"]), "--quiet"] for one in datasets],
        "site": [["site", "--data", one, "--out", str(out["site"]), "--quiet"] for one in datasets],
    }
    return [Writer(name, out[name], (one, two)) for name, (one, two) in made.items() if only in ("", name)]


def _row(writer: Writer, test: str, found: Counter[str], *, untold: list[str], again: bool) -> Row:
    result = ", ".join(f"{what} {found[what]}" for what in ("old", "new", *({"old, set aside"} & found.keys()), "lost"))
    result += f", the next run ended {'each time' if again else 'NOT each time'}"
    if untold:
        result += f", ended without a sentence {len(untold)}"
        print(untold[0][-1500:], file=sys.stderr)
    holds = not found["lost"] and not untold and again
    return Row(f"{writer.name}: {test}", found.total(), result, holds)


def at_random_moments(writer: Writer, count: int, chance: random.Random) -> Row:
    """Kill it; each run begins with what the last one left."""
    found, again = Counter[str](), True
    for number in range(count):
        told, _ = writer.try_it(after=chance.uniform(0, 1.05) * writer.seconds)
        found[told] += 1
        if number % 10 == 9:
            again = writer.mend() and again
    return _row(writer, "killed at random moments", found, untold=[], again=writer.mend() and again)


def at_steps_of_the_swap(writer: Writer, count: int, chance: random.Random) -> Row:
    """Kill it before each step from the exchange of the folders on, and as on a system that has no exchange."""
    found, again = Counter[str](), True
    for prepare in (lambda: None, without_exchange):
        total, first = steps(writer.commands[1 - writer.state])
        writer.look()
        wanted = range(max(0, first - 3), total + 1)
        for number in wanted if len(wanted) <= min(count, _MOST) else sorted(chance.sample(wanted, min(count, _MOST))):

            def before(number: int = number, prepare: Callable[[], None] = prepare) -> None:
                prepare()
                at_step(number, lambda: os.kill(os.getpid(), 9))()

            told, _ = writer.try_it(before)
            found[told] += 1
            if number % 10 == 0:
                again = writer.mend() and again
    return _row(writer, "killed at the steps of the swap", found, untold=[], again=writer.mend() and again)


def _with_faults(writer: Writer, test: str, faults: list[Before], after: Before = lambda: None) -> Row:
    found, untold, again = Counter[str](), list[str](), True
    for number, fault in enumerate(faults):
        ended = run(writer.commands[1 - writer.state], fault)
        after()
        told = writer.look()
        found[told] += 1
        if not ended.is_told or (ended.code == 0) != (told == "new"):
            untold.append(f"{ended.code}: {ended.said}")
        if number % 10 == 9:
            again = writer.mend() and again
    return _row(writer, test, found, untold=untold, again=writer.mend() and again)


def on_a_full_disk(writer: Writer, count: int, chance: random.Random) -> Row:
    """No file can grow beyond a size below that of its largest."""
    largest = max(path.stat().st_size for path in writer.place.rglob("*") if path.is_file())
    faults = [files_of(int(chance.uniform(0, 1) ** 2 * largest)) for _ in range(count)]
    return _with_faults(writer, "no space for a file", faults)


def without_permission(writer: Writer, count: int, chance: random.Random) -> Row:
    """The folder above, or the new one, cannot be written any more from a random step on."""
    total, _ = steps(writer.commands[1 - writer.state])
    writer.look()
    new = writer.place.with_name(f".{writer.place.name}.kg-new")

    def fault(number: int, which: Path) -> Before:
        def forbid() -> None:
            with suppress(FileNotFoundError):
                which.chmod(0o500)

        def before() -> None:
            at_step(number, forbid)()
            as_anybody()

        return before

    def allow() -> None:
        for place in (writer.place.parent, writer.place, new):
            with suppress(FileNotFoundError):
                place.chmod(0o755)

    faults = [fault(chance.randrange(total), chance.choice([writer.place.parent, new])) for _ in range(count)]
    return _with_faults(writer, "permissions taken away midway", faults, allow)


def while_the_clock_jumps(writer: Writer, count: int, chance: random.Random) -> Row:
    """A clock that jumps by years to and fro changes no byte."""
    found, wrong = Counter[str](), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        library = f"{folder}/clock.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, str(CLOCK), "-ldl"], check=True)
        for _ in range(count):
            command = [sys.executable, "-m", "kg", *writer.commands[1 - writer.state]]
            given = os.environ | {"LD_PRELOAD": library, "KG_CLOCK_SEED": str(chance.randrange(1, 1 << 30))}
            done = subprocess.run(command, env=given, capture_output=True, text=True, check=False)
            told = writer.look()
            found[told] += 1
            if done.returncode or told != "new":
                wrong.append(f"{done.returncode}: {done.stderr}")
    return _row(writer, "a clock that jumps by years", found, untold=wrong, again=writer.mend())


def two_at_once(writer: Writer, count: int, chance: random.Random) -> Row:
    """One of them is there whole, and who may not write says so."""
    found, untold = Counter[str](), list[str]()
    for _ in range(count):
        ends = [running.wait() for running in [Running(words) for words in writer.commands]]
        found[writer.look()] += 1
        untold += [f"{one.code}: {one.said}" for one in ends if not one.is_told or one.code not in (0, 2)]
        untold += ["nobody wrote"] if not any(one.code == 0 for one in ends) else []
    return _row(writer, "two at once", found, untold=untold, again=writer.mend())


TESTS: Final = {
    at_random_moments: 1.0,
    at_steps_of_the_swap: 1.0,
    on_a_full_disk: 0.25,
    without_permission: 0.25,
    while_the_clock_jumps: 0.05,
    two_at_once: 0.25,
}
"""How many times each is done, as a share of the count that is asked for."""
