"""A server under load with faults: its memory, its answers, and that nobody is starved."""

import http.client
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median, quantiles
from typing import Final
from urllib.parse import quote

from bench.reliability import ROOT, Row
from bench.soak.apart import run

SIDES: Final = ROOT / "examples" / "two-sides"
_LONG: Final = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
_WIDE: Final = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
_EXPECTED: Final = {200, 429, 503}
_PAUSE: Final = 0.05  # seconds of a client between two requests
_EVERY: Final = 5.0  # seconds between two faults
_WORK: Final = 500_000  # numbers that are added, to see how busy the machine is

REQUESTS: Final[dict[str, list[str]]] = {
    "pages": ["/", "/map", "/timeline", "/documents", "/names", "/compare", "/findings", "/downloads", "/ontology"],
    "search": [f"/search?q={word}" for word in ("shusha", "lachin", "army", "a", "1992")],
    "named queries": [f"/queries/{name}" for name in ("events", "claims", "control", "figures")],
    "quick queries": [f"/sparql?query={quote(f'SELECT ?s {{ ?s ?p ?o }} LIMIT {n}')}" for n in range(1, 40)],
    "long queries": [f"/sparql?query={quote(_LONG)}"],
    "wide queries": [f"/sparql?query={quote(_WIDE)}"],
}
CLIENTS: Final = {
    **{f"reader {number}": (["pages", "search", "named queries"], f"127.0.1.{number}") for number in range(1, 4)},
    **{f"asker {number}": (["quick queries"], f"127.0.2.{number}") for number in range(1, 4)},
    **{f"greedy {number}": (["long queries", "wide queries"], f"127.0.3.{1 + number // 3}") for number in range(6)},
}
"""What each client asks, and from where: those of one address count as one client."""


class Seen:
    """The answers of a run: when, by whom, to what, how long they took, and what is wrong with them."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.answers: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.wrong: list[str] = []
        self.memory: list[tuple[float, int]] = []
        self.machine: list[tuple[float, float]] = []

    @property
    def now(self) -> float:
        return time.monotonic() - self.begun

    def p99(self, kind: str, first: float, last: float) -> float:
        """Seconds within which 99 of 100 answers came, in a part of the run."""
        took = [seconds for at, seconds in self.answers[kind] if first <= at < last]
        return quantiles(took, n=100)[98] if len(took) > 1 else float("nan")

    def machine_p99(self, first: float, last: float) -> float:
        """The same of a piece of work that does not concern the server: what else the machine does, it feels too."""
        took = [seconds for at, seconds in self.machine if first <= at < last]
        return quantiles(took, n=100)[98] if len(took) > 1 else float("nan")

    def work(self) -> None:
        begun = time.monotonic()
        sum(range(_WORK))
        self.machine.append((self.now, time.monotonic() - begun))

    def held(self, first: float, last: float) -> float:
        return median([size for at, size in self.memory if first <= at < last] or [0])


def _client(name: str, port: int, seen: Seen, end: threading.Event) -> None:
    kinds, address = CLIENTS[name]
    chance = random.Random(name)
    while not end.wait(_PAUSE):
        kind = chance.choice(kinds)
        begun = time.monotonic()
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=(address, 0))
            link.request("GET", chance.choice(REQUESTS[kind]), headers={"Accept": "text/html, */*;q=0.5"})
            answer = link.getresponse()
            answer.read()
            link.close()
        except (OSError, http.client.HTTPException) as error:
            # A worker that was killed in the midst of an answer ends its connection: no part is taken for the whole.
            if not (kind == "wide queries" and isinstance(error, http.client.IncompleteRead)) and not end.is_set():
                seen.wrong.append(f"{seen.now:.0f} s, {name}, {kind}: {type(error).__name__} {error}")
            continue
        status, greedy = answer.status, name.startswith("greedy")
        if status not in _EXPECTED or (status != 200 and not greedy):
            seen.wrong.append(f"{seen.now:.0f} s, {name}, {kind}: {status}")
        seen.answers[name.partition(" ")[0] if greedy else kind].append((seen.now, time.monotonic() - begun))
        seen.answers[name].append((seen.now, 0.0))


def family(process: int) -> list[int]:
    """A process and all that come of it."""
    found = [process]
    for one in found:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, children.read_text().split())
    return found


def memory(process: int) -> int:
    """Bytes that a process and its children have, each page counted once."""
    size = 0
    for one in family(process):
        with suppress(OSError, AttributeError):
            size += 1024 * int(re.search(r"Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text())[1])  # type: ignore[index]
    return size


class Faults:
    """What is done to a server, one after the other."""

    def __init__(self, process: int, port: int, folder: Path, chance: random.Random) -> None:
        self.process, self.port, self.folder, self.chance = process, port, folder, chance
        self.open: list[socket.socket] = []
        self.builds = 0
        self.done = 0

    def all(self) -> tuple[Callable[[], None], ...]:
        return self.kill_a_worker, self.endless_head, self.half_open, self.leave, self.trickle, self.rebuild

    def _connect(self, said: bytes) -> socket.socket:
        link = socket.create_connection(("127.0.0.1", self.port), 10, (f"127.0.4.{self.chance.randrange(1, 5)}", 0))
        link.sendall(said)
        return link

    def kill_a_worker(self) -> None:
        """One that answers queries; the long ones that it is at get 503."""
        with suppress(OSError, IndexError):
            os.kill(self.chance.choice(family(self.process)[2:]), signal.SIGKILL)

    def endless_head(self) -> None:
        with suppress(OSError), self._connect(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n") as link:
            for _ in range(2000):
                link.sendall(b"X-A: " + b"a" * 1000 + b"\r\n")

    def half_open(self) -> None:
        with suppress(OSError):
            self.open += [self._connect(b"GET / HT") for _ in range(50)]

    def leave(self) -> None:
        """Clients that go before their answer is there."""
        for _ in range(10):
            with suppress(OSError):
                self._connect(f"GET /sparql?query={quote(_WIDE)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()).close()

    def trickle(self) -> None:
        with suppress(OSError):
            self.open.append(self._connect(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\nq"))

    def rebuild(self) -> None:
        """The folder becomes another."""
        self.builds += 1
        some = [SIDES, SIDES / "baku-weekly.txt"][self.builds % 2]
        run(["build", str(some), "--out", str(self.folder), "--quiet"])


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[int, int]]:
    """The process and the port of ``kg serve``."""
    command = [sys.executable, "-m", "kg", "serve", "--data", str(folder), "--port", "0", "--seconds", "3"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            found = re.search(r":(\d+)/", process.stderr.readline())
            assert found
            threading.Thread(target=process.stderr.read, daemon=True).start()
            yield process.pid, int(found[1])
        finally:
            process.terminate()
            process.wait(30)


def _run(folder: Path, seconds: float, chance: random.Random) -> tuple[Seen, int]:
    run(["build", str(SIDES), "--out", str(folder), "--quiet"])
    with _serving(folder) as (process, port):
        seen, end = Seen(), threading.Event()
        threads = [threading.Thread(target=_client, args=(name, port, seen, end)) for name in CLIENTS]
        for thread in threads:
            thread.start()
        faults, next_fault = Faults(process, port, folder, chance), _EVERY
        while seen.now < seconds:
            time.sleep(1)
            seen.memory.append((seen.now, memory(process)))
            seen.work()
            if seen.now > next_fault:
                faults.all()[faults.done % len(faults.all())]()
                faults.done += 1
                next_fault = seen.now + _EVERY
        end.set()
        for thread in threads:
            thread.join()
        for link in faults.open:
            link.close()
    shutil.rmtree(folder)
    return seen, faults.done


def rows(place: Path, minutes: float, chance: random.Random) -> Iterator[Row]:
    """What a run of so many minutes shows: the first fifth of it is to warm up."""
    seconds = 60 * minutes
    seen, faults = _run(place / "served", seconds, chance)
    begin, fifth = seconds / 5, seconds / 5
    before, after = seen.held(begin, begin + fifth), seen.held(seconds - fifth, seconds)
    answers = sum(len(seen.answers[name]) for name in CLIENTS)
    told = f"{minutes:g} minutes, {faults} faults, other answers than promised {len(seen.wrong)}"
    for one in seen.wrong[:10]:
        print(one, file=sys.stderr)
    yield Row("server: requests under load and faults", answers, told, not seen.wrong)
    growth = after / before if before else float("nan")
    told = f"{before / 2**20:.0f} MB after warming up, {after / 2**20:.0f} MB at the end ({growth:.2f})"
    yield Row("server: memory", len(seen.memory), told, growth <= 1.1)
    slower = seen.machine_p99(seconds - fifth, seconds) / seen.machine_p99(begin, begin + fifth)
    for kind in ("pages", "search", "named queries", "quick queries"):
        early, late = seen.p99(kind, begin, begin + fifth), seen.p99(kind, seconds - fifth, seconds)
        told = f"p99 {early:.2f} s after warming up, {late:.2f} s at the end (other work: {slower:.1f} times as long)"
        yield Row(f"server: {kind}", len(seen.answers[kind]), told, late <= max(2 * early, 1.0))
    parts = [(seconds * part / 10, seconds * (part + 1) / 10) for part in range(10)]
    least = {name: min(sum(a <= at < b for at, _ in seen.answers[name]) for a, b in parts) for name in CLIENTS}
    polite = {name: number for name, number in least.items() if not name.startswith("greedy")}
    name = min(polite, key=polite.__getitem__)
    told = f"the fewest answers in a tenth of the run had {name}: {polite[name]}"
    yield Row("server: clients that were not starved", len(polite), told, polite[name] > 0)
