"""Samples of `make fuzz` and `make soak`, the inputs that once failed, and the bill of materials."""

import asyncio
import json
import os
import random
import re
import socket
import subprocess
import sys
import weakref
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import audit
import pytest
import write_sbom
from this_machine import REACHED

from bench import fuzz, reliability
from bench.reliability import Row
from bench.soak.__main__ import FAILS
from kg import dataset, pipeline
from kg.web.app import _Server
from kg.web.live import Live, _stamp
from kg.web.snapshot import Snapshot
from kg.web.sparql.limits import Limits

ROOT = Path(__file__).parents[1]
APART = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])}
CASES = sorted(path for path in fuzz.KEPT.glob("*") if path.is_file())


def test_a_sample_of_random_input_fails_only_as_promised(tmp_path: Path) -> None:
    done = fuzz.run(120, seed=len(CASES) + 2, kept=tmp_path)
    assert set(done.inputs) == set(fuzz.TARGETS)
    assert done.cases == {}


def test_inputs_are_shared_out_as_stated() -> None:
    shares = {name: target.share for name, target in fuzz.TARGETS.items()}
    total = sum(shares.values())
    found = Counter(fuzz.turns(len(shares) + 3 * total))
    assert found == {name: 3 * share + 1 for name, share in shares.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_what_failed_once_does_not_fail_again(case: Path) -> None:
    title = case.name.partition("--")[0]
    (target,) = (one for name, one in fuzz.TARGETS.items() if re.sub("[ /]", "-", name) == title)
    assert fuzz.failure(target.read, case) is None


def test_an_input_that_fails_is_kept_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(place: Path) -> None:
        raise ValueError("unexpected")

    monkeypatch.setattr(fuzz, "TARGETS", {"text": fuzz.Target(1, ".txt", fail)})
    done = fuzz.run(3, seed=1, kept=tmp_path)
    assert done.inputs["text"] == done.failed["text"] == 3
    assert len(done.cases) == len(list(tmp_path.iterdir())) == 1  # they fail in one way
    assert all(told.endswith("ValueError: unexpected") for told in done.cases.values())
    assert [row.holds for row in done.rows()] == [False, False]


def apart(*words: str) -> tuple[str, str]:
    """What Python says with these words: what forks must not do so from a process that has threads, as this one may."""
    command = [sys.executable, *words]
    done = subprocess.run(command, cwd=ROOT, env=APART, capture_output=True, text=True, timeout=900, check=False)
    return done.stdout, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("only", ["build", "load", "site", "server"])
def test_a_sample_of_faults_loses_nothing(only: str) -> None:
    seed = str(random.SystemRandom().randrange(1 << 30))
    told, errors = apart("-m", "bench.soak", "2", "--seed", seed, "--only", only, "--minutes", "0.5")
    lines = told.splitlines()
    assert lines, errors
    # Half a minute does not tell how memory grows, nor how long a busy machine takes: `make soak` does.
    failing = [line for line in lines if FAILS in line and "p99" not in line and "server: memory" not in line]
    assert failing == [], f"with --seed {seed}: {errors}"


def test_rows_of_a_report_are_replaced_one_by_one(tmp_path: Path) -> None:
    place = tmp_path / "report.md"
    reliability.record([Row("b", 1000, "lost 1"), Row("a", 1, "lost 0")], place)
    reliability.record([Row("b", 2000, "lost 0")], place)
    lines = place.read_text(encoding="utf-8").splitlines()
    assert [line.rpartition(" | ")[0] for line in lines[-2:]] == ["| a | 1 | lost 0", "| b | 2,000 | lost 0"]
    assert (
        "".join(place.read_text(encoding="utf-8").partition("| test |")[:1])
        == reliability.HEAD.partition("| test |")[0]
    )


LOSING = """
import random, sys
from pathlib import Path
from bench.soak import writers
(writer,) = writers.writers(Path(sys.argv[1]), "build")
print(writers.two_at_once(writer, 1, random.Random(1)).holds)
spoil = lambda: (writer.place / "dataset.nt").write_bytes(b"")
print(writers._with_faults(writer, "spoiled", [lambda: None], spoil).holds)
print(writers._with_faults(writer, "untold", [lambda: 1 / 0]).holds)
"""


@pytest.mark.slow
def test_a_writer_that_loses_something_is_told(tmp_path: Path) -> None:
    assert apart("-c", LOSING, str(tmp_path))[0].split() == ["True", "False", "False"]


def test_the_bill_of_materials_names_all_that_is_pinned(tmp_path: Path) -> None:
    write_sbom.main(str(tmp_path))
    found = json.loads((tmp_path / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    pinned = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert {one["purl"] for one in found["components"]} == {f"pkg:pypi/{name.lower()}@{at}" for name, at in pinned}
    refs = {one["bom-ref"] for one in found["components"]}
    assert set(found["dependencies"][0]["dependsOn"]) == refs
    assert "not stated" not in (tmp_path / "licences.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("page", "least"), [("security.md", 20), ("pages.md", 25)])
def test_every_threat_and_promise_names_a_test_that_is_there(page: str, least: int) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    heads = ("| threat", "| promise", "| ---")
    rows = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith(heads)]
    assert len(rows) > least
    for row in rows:
        named = re.findall(r"`(tests/\w+\.py)::(test_\w+)`", row.rpartition(" | ")[2])
        assert named, row
        for place, test in named:
            assert re.search(rf"^(?:async )?def {test}\(", (ROOT / place).read_text(encoding="utf-8"), re.MULTILINE), (
                row
            )


def test_a_state_that_was_replaced_leaves_nothing(tmp_path: Path) -> None:
    sides = ROOT / "examples" / "two-sides"
    pipeline.build([str(sides)], tmp_path / "out")

    async def run() -> weakref.ref[Any]:
        opened = dataset.open(tmp_path / "out")
        live = Live(opened, lambda state: _Server(Snapshot(state), Limits(seconds=0.1), None), patience=1.1)
        assert isinstance(live.server, _Server)
        old = weakref.ref(live.server)
        await live.server.pool.start()
        live.server.begin()
        live.server.site.search.index(None)
        pipeline.build([str(sides / "baku-weekly.txt")], tmp_path / "out")
        await live._renew(_stamp(live.folder))
        assert live.server is not old()
        assert isinstance(live.server, _Server)
        live.server.site.search.index(None)
        await live.server.pool.stop()
        live.server.close()
        return old

    assert asyncio.run(run())() is None


@pytest.mark.parametrize("act", [lambda: socket.create_connection(("192.0.2.1", 9)), lambda: urlopen("http://kg.org/")])
def test_no_test_reaches_another_machine(act: Callable[[], object]) -> None:
    with pytest.raises(OSError, match="tests reach this machine alone"):
        act()
    assert REACHED.pop().rpartition(" ")[2] in ("192.0.2.1", "kg.org")


def test_an_audit_says_what_it_could_not_know() -> None:
    bad = {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
    fine, skipped = {"name": "b", "version": "1", "vulns": []}, {"name": "c", "skip_reason": "not found"}
    assert audit.told({"dependencies": [fine]}) == (0, ["1 packages audited, 0 known vulnerabilities"])
    assert audit.told({"dependencies": [fine, skipped]})[0] == 2
    code, lines = audit.told({"dependencies": [bad, skipped]})
    assert code == 1
    assert lines[0] == "a 1: PYSEC-1, mended in ['2']"
    assert lines[-1].startswith("1 packages NOT audited")
