"""The build on a Spark cluster gives the bytes of the build on one machine, whatever happens to its tasks."""

import gzip
import importlib
import json
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import kg
from bench.corpus import pages
from kg.errors import InputError, UsageError

pytest.importorskip("pyspark", reason="the extra spark is not installed: make test-all has it")
pytestmark = [
    pytest.mark.server,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # sockets of the gateway
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
if not shutil.which("java"):
    pytest.skip("Spark needs Java", allow_module_level=True)

ROOT = Path(__file__).parents[1]
FAILING = """
def failing(reading, extraction):
    if "BREAKS" in extraction.document.source.text:
        raise KeyError("sepember")
    return extraction
"""
COUNT = int(os.environ.get("KG_SPARK_PAGES", "300"))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    scratch = tmp_path_factory.mktemp("spark")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.local.dir": str(scratch),
        "spark.sql.warehouse.dir": str(scratch),
        "spark.sql.shuffle.partitions": "4",
    }
    builder = SparkSession.builder.master("local[2,4]").appName("kg")  # a task may fail three times
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files and corpora, with ids that come twice, a record that comes three times, and what cannot be read."""
    folder = tmp_path_factory.mktemp("corpus")
    made = list(pages(COUNT))
    again = {**made[3], "text": "Other words under the same id."}
    lines = [json.dumps(page, ensure_ascii=False) for page in [*made, again, made[5], made[5], made[5]]]
    (folder / "news.jsonl").write_text("\n".join([*lines[:7], "", "no json", *lines[7:]]) + "\n", encoding="utf-8")
    (folder / "more.csv").write_text('id,text\nrow-1,"Shusha: may 08, 1992, territory 289 km2"\nbaku-weekly,Taken.\n')
    for path in (ROOT / "examples" / "two-sides").glob("*.txt"):
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def local(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    kg.build([corpus], tmp_path_factory.mktemp("local") / "out", shacl_engine="fast")
    return tmp_path_factory.getbasetemp() / "local0" / "out"


def lines(folder: Path, stem: str) -> bytes:
    whole = folder / f"{stem}.nt"
    if whole.is_file():
        return whole.read_bytes()
    return b"".join(gzip.decompress(path.read_bytes()) for path in sorted(folder.glob(f"{stem}-*.nt.gz")))


def texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "sources").iterdir()}


def counts(folder: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads((folder / "manifest.json").read_text())["counts"]
    return found


def children(process: int) -> Iterator[int]:
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, path.read_text().split()):
            yield child
            yield from children(child)


def kill_a_task(killed: list[int], stop: threading.Event) -> None:
    """Kill one Python process that works for Spark, once it has something to do."""
    while not killed and not stop.is_set():
        time.sleep(0.1)
        for process in children(os.getpid()):
            try:
                command = Path(f"/proc/{process}/cmdline").read_bytes()
                ticks = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11])
                leaf = not list(children(process))
            except (OSError, ValueError):
                continue
            if b"pyspark" in command and b"daemon" in command and leaf and ticks > 50:
                os.kill(process, signal.SIGKILL)
                killed.append(process)
                return


@pytest.mark.parametrize("partitions", [1, 5])
def test_the_lines_are_the_same_bytes_as_on_one_machine(
    session: Any, corpus: Any, local: Any, tmp_path: Path, partitions: Any
) -> None:
    from kg.pipeline import spark

    built = spark.build([corpus], tmp_path / "out", session=session, partitions=partitions)
    for stem in ("dataset", "annotations"):
        assert lines(tmp_path / "out", stem) == lines(local, stem)
    assert texts(tmp_path / "out") == texts(local)
    assert counts(tmp_path / "out") == counts(local)
    assert not built.conforms  # of one line is no JSON
    assert {one.reason for one in built.unreadable} >= {"repeats an earlier record, id and text"}
    assert not list((tmp_path / "out").glob(".*"))


def test_a_document_over_which_kg_fails_is_set_aside_as_on_one_machine(
    session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.pipeline import document, spark

    module = tmp_path / "failing_extractor.py"  # a file of its own, for every node must have it
    module.write_text(FAILING)
    session.sparkContext.addPyFile(str(module))
    monkeypatch.syspath_prepend(tmp_path)
    failing = importlib.import_module("failing_extractor").failing
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text("Shusha fell on 8 May 1992." + " BREAKS" * (number == 3))
    rules = document.extract  # type: ignore[attr-defined]  # as the module sees it
    with monkeypatch.context() as patched:
        patched.setattr(document, "extract", lambda one, names, extractors: rules(one, names, extractors=(failing,)))
        here = kg.build([folder], tmp_path / "here", shacl_engine="fast")
    monkeypatch.setattr(spark, "Processor", partial(document.Processor, extractors=(failing,)))
    there = spark.build([folder], tmp_path / "there", session=session)
    assert not there.conforms
    assert [path for path, _ in there.traces] == [path for path, _ in here.traces] == ["3.txt"]
    for name in ("3-1.md", "3.txt"):
        assert (tmp_path / "there/set-aside" / name).read_bytes() == (tmp_path / "here/set-aside" / name).read_bytes()
    assert lines(tmp_path / "there", "dataset") == lines(tmp_path / "here", "dataset")


def test_a_task_that_is_killed_is_done_again(session: Any, corpus: Any, local: Any, tmp_path: Path) -> None:
    from kg.pipeline import spark

    killed: list[int] = []
    stop = threading.Event()
    killer = threading.Thread(target=kill_a_task, args=(killed, stop))
    killer.start()
    try:
        spark.build([corpus], tmp_path / "out", session=session, partitions=6)
    finally:
        stop.set()
        killer.join()
    assert killed
    assert lines(tmp_path / "out", "dataset") == lines(local, "dataset")


def test_the_result_is_a_dataset_like_any_other(session: Any, local: Any, tmp_path: Path) -> None:
    from kg.pipeline import spark

    spark.build([ROOT / "examples" / "two-sides"], (tmp_path / "out").as_uri(), session=session, partitions=2)
    kg.build([ROOT / "examples" / "two-sides"], tmp_path / "small")
    assert list(kg.open(tmp_path / "out").query("events")) == list(kg.open(tmp_path / "small").query("events"))
    statistics = (tmp_path / "out" / "catalog.ttl").read_text(), (tmp_path / "small" / "catalog.ttl").read_text()
    for term in ("void:triples", "void:entities", "void:distinctSubjects", "void:classPartition"):
        one, other = (next(line for line in text.splitlines() if line.strip().startswith(term)) for text in statistics)
        assert one == other


def test_where_nodes_share_no_folder_texts_are_shards_too(
    session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.pipeline import spark
    from kg.pipeline.spark_folder import Folder

    monkeypatch.setattr(Folder, "local", None)
    spark.build([ROOT / "examples" / "two-sides"], tmp_path / "out", session=session, partitions=2)
    shards = sorted((tmp_path / "out").glob("sources-*.jsonl.gz"))
    records = [json.loads(line) for path in shards for line in gzip.decompress(path.read_bytes()).splitlines()]
    assert {one["path"]: one["text"] for one in records} == {
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / "examples" / "two-sides").glob("*.txt")
    }
    assert list((tmp_path / "out").glob("set-aside-*.jsonl.gz"))


def test_a_folder_that_is_not_ours_is_refused_and_a_failure_leaves_nothing(session: Any, tmp_path: Path) -> None:
    from kg.pipeline import spark

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear friend")
    with pytest.raises(InputError, match="not an output of kg"):
        spark.build([ROOT / "seeds"], tmp_path / "mine", session=session)
    (tmp_path / "empty.jsonl").write_text("no json\n")
    with pytest.raises(InputError, match="nothing could be read"):
        spark.build([tmp_path / "empty.jsonl"], tmp_path / "out", session=session)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.jsonl", "mine"]


def test_settings_that_ask_for_the_model_are_refused(session: Any, tmp_path: Path) -> None:
    from kg.pipeline import spark

    (tmp_path / "kg.toml").write_text("nlp = true\n")
    with pytest.raises(UsageError, match="does not run on Spark"):
        spark.build([ROOT / "seeds"], tmp_path / "out", session=session, config=tmp_path / "kg.toml")


def test_an_unknown_engine_is_refused(session: Any, tmp_path: Path) -> None:
    from kg.pipeline import spark

    with pytest.raises(UsageError, match="pyshacl, fast, none"):
        spark.build([ROOT / "seeds"], tmp_path / "out", session=session, shacl_engine="magic")
