"""Random input for every reader, the extractors, gazetteers, shapes and settings: nothing may fail but as it promises.

    python -m bench.fuzz 1000000 [--seed 1] [--seconds 3600] [--jobs 2] [--write]

Each target has a share of the inputs (`TARGETS`): what is read in a blink has more than prose, whose claims are
extracted, too. Prints how many each had; ``--write`` puts that into docs/reliability.md. Of each way to fail other than
by an error of kg's own, the first input is kept in ``tests/cases/fuzz/``, where a test reads it again; the exit code
is 1.
"""

import argparse
import csv
import gzip
import hashlib
import io
import json
import logging
import os
import random
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from importlib.util import find_spec
from itertools import chain, cycle, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final, NamedTuple

import pyoxigraph as ox

from bench.reliability import Row, record
from kg import formats, gazetteer
from kg.config import read_config
from kg.dataset.sparql import asks_elsewhere, chooses_graphs, excess
from kg.errors import KGError
from kg.gazetteer import load as load_gazetteer
from kg.pipeline.document import Processor
from kg.rdf import IRIs
from kg.read import Unreadable, plan
from kg.runtime.patience import within
from kg.validate import prepare

ROOT: Final = Path(__file__).parents[1]
KEPT: Final = ROOT / "tests" / "cases" / "fuzz"
LONGEST: Final = 60.0  # seconds that an input of some hundred bytes may take, on a machine that has other work, too
PARTS: Final = tuple(
    part.encode("utf-8", "surrogatepass")
    for part in (
        *("1,835 km2 ", "3 May 1992 ", "99999999999", "Shusha ", "Шуша ", "said that ", "occupied ", "President "),
        *('"', "“”«»", "\n\n", "\r", "\0", "\ufeff", "\u202e", "\udc80", "- ", "| a | b |\n", "---\n", "```", "[a](b)"),
        *("<p>", "</p>", "<table><tr><td>", "<!--", "]]>", "&#x", '{"text": "', "}\n", "@prefix ", "sh:", "\\u"),
    )
)
SETTINGS: Final = b"""base = "https://data.example.org/"
title = "Who says what of the town"
language = "en"
license = "https://creativecommons.org/licenses/by/4.0/"
issued = 2026-11-29
keywords = ["a", "b"]
related = ["https://data.example.org/paper"]
access_rights = "public"
contact = "desk@data.example.org"
nlp = false
[publishers]
"yerevan/" = "Yerevan Courier"
"wires/2020-*.txt" = "Caspian Wire"
"""
Chance = random.Random
Seeds = list[bytes]


def _read(place: Path) -> None:
    """Reads and extracts, as a build does; what kg fails over is told as a failure of kg."""
    processor = Processor(gazetteer.load(), IRIs(), None, "none", seconds=LONGEST)
    for one in processor(list(plan([str(place)]))):
        found = [one] if isinstance(one, Unreadable) else one.set_aside
        for problem in found:
            if problem.trace:
                raise AssertionError(problem.trace)


def _query(place: Path) -> None:
    text = place.read_bytes().decode("utf-8", "replace")
    asks_elsewhere(text), chooses_graphs(text), excess(text)


def _graph(place: Path) -> None:
    for _ in formats.read(place):
        pass


def _entries(place: Path) -> None:
    load_gazetteer((place,))


def _shapes(place: Path) -> None:
    prepare([place])


def _settings(place: Path) -> None:
    read_config(place)


def mutated(chance: Chance, seeds: Seeds) -> bytes:
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


def reworded(chance: Chance, seeds: Seeds) -> bytes:
    """A seed with words of another: most of these are well-formed, so that what they say is looked at."""
    words, others = (re.split(rb"(\s+)", chance.choice(seeds)) for _ in range(2))
    for _ in range(chance.randrange(1, 6)):
        words[2 * chance.randrange((len(words) + 1) // 2)] = others[2 * chance.randrange((len(others) + 1) // 2)]
    return b"".join(words)


def prose(chance: Chance, seeds: Seeds) -> bytes:
    """Some sentences with words of others."""
    text = chance.choice(seeds)
    start = chance.randrange(max(1, len(text) - 400))
    return reworded(chance, [text[start : start + chance.randrange(100, 500)], chance.choice(seeds)])


def either(chance: Chance, seeds: Seeds) -> bytes:
    return chance.choice((mutated, reworded))(chance, seeds)


def json_lines(chance: Chance, seeds: Seeds) -> bytes:
    """Records whose fields hold anything, or what is hardly a record."""
    if chance.randrange(2):
        return mutated(chance, seeds)
    names = ("text", "id", "title", "date", "publisher", "language", "url", chance.choice(("", "@id", "text", "a")))
    some = [
        {name: _value(chance, seeds) for name in names if name == "text" or chance.randrange(3) == 0}
        for _ in range(chance.randrange(1, 4))
    ]
    return b"\n".join(
        json.dumps(one, ensure_ascii=bool(chance.randrange(2))).encode("utf-8", "replace") for one in some
    )


def _value(chance: Chance, seeds: Seeds) -> object:
    if chance.randrange(5):
        return mutated(chance, seeds).decode("utf-8", "surrogateescape" if chance.randrange(9) == 0 else "replace")
    return chance.choice((None, True, -1, 10**40, 1e300, [], {}, [["a"]], {"text": "b"}, ""))


def table(chance: Chance, seeds: Seeds) -> bytes:
    """Rows whose cells hold anything, or what is hardly a table."""
    if chance.randrange(2):
        return mutated(chance, seeds)
    held, names = io.StringIO(), ("text", "id", "title", "date", "publisher", "a")
    columns = chance.sample(names, chance.randrange(1, 6))
    writer = csv.writer(held, delimiter=chance.choice((",", "\t", ";")), escapechar="\\")
    writer.writerow(["text", *columns])
    for _ in range(chance.randrange(1, 4)):
        writer.writerow([str(_value(chance, seeds)) for _ in range(chance.randrange(len(columns) + 3))])
    return held.getvalue().encode("utf-8", "replace")


def packed(chance: Chance, seeds: Seeds) -> bytes:
    """Compressed text, with the damage of a disk or a line."""
    data = bytearray(gzip.compress(mutated(chance, seeds), 1, mtime=0))
    for _ in range(chance.randrange(4)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data[: chance.randrange(len(data))] if chance.randrange(5) == 0 else data)


def columnar(chance: Chance, seeds: Seeds) -> bytes:
    """A Parquet file, with damage."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    held = io.BytesIO()
    pq.write_table(pa.table({"text": [mutated(chance, seeds).decode("utf-8", "replace") for _ in range(2)]}), held)
    data = bytearray(held.getvalue())
    for _ in range(chance.randrange(3)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


class Target(NamedTuple):
    """What reads files of a name, its share of a thousand inputs, and how these are made."""

    share: int
    suffix: str
    read: Callable[[Path], None]
    make: Callable[[Chance, Seeds], bytes] = either


TARGETS: dict[str, Target] = {
    "text": Target(30, ".txt", _read, mutated),
    "extractors": Target(15, ".txt", _read, prose),
    "html": Target(15, ".html", _read),
    "markdown": Target(15, ".md", _read),
    "json lines": Target(30, ".jsonl", _read, json_lines),
    "csv": Target(70, ".csv", _read, table),
    "tsv": Target(40, ".tsv", _read, table),
    "gzip": Target(40, ".txt.gz", _read, packed),
    "turtle": Target(100, ".ttl", _graph),
    "n-triples": Target(90, ".nt", _graph),
    "trig": Target(70, ".trig", _graph),
    "n-quads": Target(70, ".nq", _graph),
    "json-ld": Target(100, ".jsonld", _graph),
    "rdf/xml": Target(90, ".rdf", _graph),
    "gazetteer": Target(4, ".ttl", _entries),
    "shapes": Target(15, ".ttl", _shapes),
    "kg.toml": Target(110, ".toml", _settings),
    "sparql": Target(90, ".rq", _query),
}
if find_spec("pyarrow"):
    TARGETS["parquet"] = Target(3, ".parquet", _read, columnar)


@cache
def _texts() -> tuple[bytes, ...]:
    found = [path for folder in ("seeds", "examples", "tests/corpus") for path in (ROOT / folder).rglob("*.txt")]
    return tuple(path.read_bytes()[:4000] for path in sorted(found))


def _of(folder: str, pattern: str) -> Seeds:
    """The beginnings of files, up to the end of a statement or line."""
    found = [path.read_bytes() for path in sorted((ROOT / folder).rglob(pattern))]
    return [data if len(data) <= 4000 else data[: data.rfind(b"\n", 0, 4000) + 1] for data in found]


def _written(format: formats.Format) -> Seeds:
    """A few claims of the published dataset in a format."""
    lines = (ROOT / "output" / "dataset.nt").read_bytes().splitlines(keepends=True)
    some = [b"".join(lines[at : at + 12]) for at in range(0, len(lines), max(1, len(lines) // 8))]
    graphs = [list(ox.parse(one, format=ox.RdfFormat.N_TRIPLES)) for one in some]
    return [ox.serialize((quad.triple for quad in graph), format=format.syntax) or b"" for graph in graphs]


def _entries_of_gazetteer() -> Seeds:
    """Three entries each, below the prefixes of their file."""
    text = (ROOT / "src" / "kg" / "gazetteer" / "organizations.ttl").read_text(encoding="utf-8")
    head = "\n".join(line for line in text.splitlines() if line.startswith("@prefix"))
    entries = re.findall(r"(?m)^(?:agent|place):(?:.*\n)+?.* \.$", text)
    return ["\n".join([head, *entries[at : at + 3]]).encode() for at in range(0, min(len(entries), 90), 3)]


def seeds_of(name: str) -> Seeds:
    """What the inputs of a target are made from."""
    target = TARGETS[name]
    format = formats.by_path(f"a{target.suffix}")
    by_name: dict[str, Callable[[], Seeds]] = {
        "gazetteer": _entries_of_gazetteer,
        "shapes": lambda: _of("shapes", "*.ttl"),
        "kg.toml": lambda: [SETTINGS],
        "sparql": lambda: _of("src/kg/dataset/queries", "*.rq"),
        "html": lambda: _of("tests/corpus", "*.html"),
        "markdown": lambda: _of("tests/corpus", "*.md"),
    }
    if make := by_name.get(name):
        return make()
    return _written(format) if target.read is _graph and format else list(_texts())


def turns(count: int) -> Iterator[str]:
    """Whose turn it is, so many times: each target once, and then as its share says."""
    shares = {name: target.share for name, target in TARGETS.items()}
    total = sum(shares.values())
    wheel = sorted(((k + 0.5) / share, name) for name, share in shares.items() for k in range(share))
    assert len(wheel) == total
    return islice(chain(TARGETS, cycle(name for _, name in wheel)), count)


def failure(target: Callable[[Path], None], place: Path, *, longest: float = 0) -> str | None:
    """How a target fails over a file, otherwise than it promises."""
    try:
        with within(longest, "the longest"), suppress(KGError):
            target(place)
    except Exception:  # noqa: BLE001  what nobody expected is what is looked for
        return traceback.format_exc()
    return None


def _signature(trace: str) -> str:
    """Where something failed, and of what kind: its inputs are one case."""
    lines = trace.strip().splitlines()
    places = [line for line in lines if line.lstrip().startswith("File ")]
    return f"{places[-1] if places else ''} {lines[-1].partition(':')[0]}"


def run(count: int, seed: int, kept: Path = KEPT, *, seconds: float = float("inf"), longest: float = 0) -> "Done":
    """So many inputs, or what there is time for; the first that fails in its way is kept, and all are counted."""
    begun, chance, done = time.monotonic(), random.Random(seed), Done(Counter(), Counter(), {})
    seeds = {name: seeds_of(name) for name in TARGETS}
    with tempfile.TemporaryDirectory() as folder:
        for name in turns(count):
            if time.monotonic() - begun > seconds:
                break
            target = TARGETS[name]
            place = Path(folder, f"input{target.suffix}")
            place.unlink(missing_ok=True)  # to write over a file makes some file systems wait for the disk
            place.write_bytes(data := target.make(chance, seeds[name]))
            done.inputs[name] += 1
            if done.inputs.total() % 50_000 == 0:
                print(f"{done.inputs.total():,} inputs, {len(done.cases)} faults", file=sys.stderr, flush=True)
            if trace := failure(target.read, place, longest=longest):
                done.failed[name] += 1
                if _signature(trace) not in done.cases:
                    done.cases[_signature(trace)] = f"{_keep(kept, name, data)}: {trace.strip().splitlines()[-1]}"
    return done


def run_in_parts(count: int, seed: int, jobs: int, *, seconds: float) -> "Done":
    """The same by so many processes, each with chances of its own."""
    parts = [(count * (part + 1) // jobs - count * part // jobs, seed + part) for part in range(jobs)]
    work = partial(run, seconds=seconds, longest=LONGEST)
    if jobs == 1:
        return work(*parts[0])
    with get_context("fork").Pool(jobs) as pool:
        done = pool.starmap(work, parts)
    cases = {kind: told for one in done for kind, told in one.cases.items()}
    return Done(sum((one.inputs for one in done), Counter()), sum((one.failed for one in done), Counter()), cases)


class Done(NamedTuple):
    """How many inputs each target had, how many of them failed, and the first of each way to fail."""

    inputs: Counter[str]
    failed: Counter[str]
    cases: dict[str, str]

    def rows(self) -> list[Row]:
        """A row for each target, and one for all."""
        rows = [self._row(f"random input: {name}", self.inputs[name], self.failed[name]) for name in self.inputs]
        return [*rows, self._row("random input for all that reads", self.inputs.total(), self.failed.total())]

    def _row(self, test: str, inputs: int, failed: int) -> Row:
        return Row(test, inputs, f"other errors than promised {failed}", not failed)


def _keep(kept: Path, name: str, data: bytes) -> str:
    kept.mkdir(parents=True, exist_ok=True)
    suffix = TARGETS[name].suffix
    case = kept / f"{re.sub('[ /]', '-', name)}--{hashlib.sha256(data).hexdigest()[:12]}{suffix}"
    case.write_bytes(data)
    return case.name


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    logging.disable()  # pySHACL tells what is wrong with shapes twice
    done = run_in_parts(given.count, given.seed, given.jobs, seconds=given.seconds)
    for row in done.rows():
        print(f"{row.test:32} {row.times:>9,} {row.result}", flush=True)
    if given.write:
        record(done.rows())
    for told in done.cases.values():
        print(told)
    return 1 if done.cases else 0


if __name__ == "__main__":
    sys.exit(main())
