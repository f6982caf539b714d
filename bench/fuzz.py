"""Random input for every reader, the extractors, gazetteers, shapes and settings: nothing may fail but as it promises.

    python -m bench.fuzz 1000000 [--seed 1] [--seconds 3600] [--write]

Prints how many inputs each target had; ``--write`` puts that into docs/reliability.md. An input that ends in another
error than kg's own is kept in ``tests/cases/fuzz/``, where a test reads it again, and the exit code is 1.
"""

import argparse
import hashlib
import random
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from bench.reliability import Row, record
from kg import formats, gazetteer
from kg.config import read_config
from kg.dataset.sparql import asks_elsewhere, chooses_graphs, excess
from kg.errors import KGError
from kg.gazetteer import load as load_gazetteer
from kg.pipeline.document import Processor
from kg.rdf import IRIs
from kg.read import Unreadable, plan
from kg.validate import prepare

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "tests" / "cases" / "fuzz"
PARTS = tuple(
    part.encode("utf-8", "surrogatepass")
    for part in (
        *("1,835 km2 ", "3 May 1992 ", "99999999999", "Shusha ", "Шуша ", "said that ", "occupied ", "President "),
        *('"', "“”«»", "\n\n", "\r", "\0", "\ufeff", "\u202e", "\udc80", "- ", "| a | b |\n", "---\n", "```", "[a](b)"),
        *("<p>", "</p>", "<table><tr><td>", "<!--", "]]>", "&#x", '{"text": "', "}\n", "@prefix ", "sh:", "\\u"),
    )
)
Target = Callable[[Path], None]


def _read(place: Path) -> None:
    """Reads and extracts, as a build does; what kg fails over is told as a failure of kg."""
    processor = Processor(gazetteer.load(), IRIs(), None, "none")
    for one in processor(list(plan([str(place)]))):
        found = [one] if isinstance(one, Unreadable) else one.set_aside
        for problem in found:
            if problem.trace:
                raise AssertionError(problem.trace)


def _query(place: Path) -> None:
    text = place.read_bytes().decode("utf-8", "replace")
    asks_elsewhere(text), chooses_graphs(text), excess(text)


TARGETS: dict[str, tuple[str, Target]] = {
    "text": (".txt", _read),
    "html": (".html", _read),
    "markdown": (".md", _read),
    "json lines": (".jsonl", _read),
    "csv": (".csv", _read),
    "gzip": (".txt.gz", _read),
    "turtle": (".ttl", lambda place: _all(formats.read(place))),
    "json-ld": (".jsonld", lambda place: _all(formats.read(place))),
    "rdf/xml": (".rdf", lambda place: _all(formats.read(place))),
    "gazetteer": (".ttl", lambda place: _none(load_gazetteer((place,)))),
    "shapes": (".ttl", lambda place: _none(prepare([place]))),
    "kg.toml": (".toml", lambda place: _none(read_config(place))),
    "sparql": (".rq", _query),
}


def _all(some: Iterator[object]) -> None:
    for _ in some:
        pass


def _none(_: object) -> None:
    return


def _seeds(suffix: str) -> list[bytes]:
    found = [path for folder in ("seeds", "examples", "shapes", "tests/cases") for path in (ROOT / folder).rglob("*")]
    same = [path.read_bytes()[:4000] for path in found if path.is_file() and path.name.endswith(suffix)]
    texts = [path.read_bytes()[:4000] for path in found if path.is_file() and path.suffix == ".txt"]
    return same or texts


def mutated(chance: random.Random, seeds: list[bytes]) -> bytes:
    """A seed, or nothing, in which pieces are cut, doubled, swapped with others, or replaced by what is hostile."""
    data = bytearray(chance.choice([b"", *seeds]))
    start = chance.randrange(len(data) + 1)
    data = data[start : start + chance.randrange(600)]
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0:
                data[at : at + chance.randrange(20)] = b""
            case 1:
                data[at:at] = data[at : at + chance.randrange(60)] * chance.randrange(1, 5)
            case 2:
                data[at:at] = chance.choice(PARTS) * chance.randrange(1, 6)
            case 3:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case _:
                data[at:at] = chance.choice(seeds)[at : at + 100]
    return bytes(data)


def failure(target: Target, place: Path) -> str | None:
    """How a target fails over a file, otherwise than it promises."""
    try:
        with suppress(KGError):
            target(place)
    except Exception:  # noqa: BLE001  what nobody expected is what is looked for
        return traceback.format_exc()
    return None


def run(count: int, seed: int, kept: Path = KEPT, *, seconds: float = float("inf")) -> tuple[Counter[str], list[str]]:
    """So many inputs, or what there is time for, the targets in turn; what fails is kept, and told."""
    begun, chance, done, failures = time.monotonic(), random.Random(seed), Counter[str](), []
    seeds = {name: _seeds(suffix) for name, (suffix, _) in TARGETS.items()}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            if time.monotonic() - begun > seconds:
                break
            name = list(TARGETS)[number % len(TARGETS)]
            suffix, target = TARGETS[name]
            place = Path(folder, f"input{suffix}")
            place.write_bytes(data := mutated(chance, seeds[name]))
            done[name] += 1
            if trace := failure(target, place):
                case = kept / f"{re.sub('[ /]', '-', name)}--{hashlib.sha256(data).hexdigest()[:12]}{suffix}"
                kept.mkdir(parents=True, exist_ok=True)
                case.write_bytes(data)
                failures.append(f"{case.name}: {trace.strip().splitlines()[-1]}")
    return done, failures


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    done, failures = run(given.count, given.seed, seconds=given.seconds)
    rows = [Row(f"random input: {name}", number, "", not failures) for name, number in done.items()]
    total = Row(
        "random input for all that reads", done.total(), f"other errors than promised {len(failures)}", not failures
    )
    for row in (*rows, total):
        print(f"{row.test:32} {row.times:>9,} {row.result}", flush=True)
    if given.write:
        record([total])
    for told in failures:
        print(told)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
