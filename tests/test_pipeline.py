"""Builds: what is published, what is set aside, what is refused, and that nothing is left half done."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import pipeline
from kg.commands import main
from kg.config import read_config
from kg.errors import InputError, UsageError
from kg.model import Source
from kg.pipeline import document as process
from kg.pipeline import outcome
from kg.read import Unreadable
from kg.runtime.workers import Workers
from kg.validate import prepare
from kg.vocabulary import DCTERMS, KG, RDF, SH
from kg.write import changed_files

ROOT = Path(__file__).parents[1]
SEEDS, SIDES = ROOT / "seeds", ROOT / "examples" / "two-sides"


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two sides, built."""
    folder = tmp_path_factory.mktemp("built") / "sides"
    assert kg.build([SIDES], folder).conforms
    return folder


def digest(folder: Path) -> dict[str, str]:
    """Every file below a folder with its hash."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as exited:
        main([str(argument) for argument in arguments])
    assert isinstance(exited.value.code, int)
    return exited.value.code


# What is published


def test_a_build_holds_the_files_of_the_contract(sides: Path) -> None:
    files = set(digest(sides))
    expected = {"dataset.ttl", "dataset.jsonld", "dataset.nt", "annotations.nt", "catalog.ttl", "validation.ttl"}
    assert expected | {"report.md", "manifest.json", "tables/events.csv", "tables/claims.csv"} <= files
    assert {name for name in files if name.startswith("sources/")} == {
        "sources/baku-weekly.txt",
        "sources/tri-agency.txt",
        "sources/yerevan-courier.txt",
    }
    assert not any(name.startswith("set-aside") for name in files)


def test_the_manifest_knows_every_file(sides: Path) -> None:
    assert changed_files(sides) == ()
    manifest = json.loads((sides / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["base"] == "https://kg.example/"
    assert manifest["counts"]["documents"] == 3
    assert set(manifest["files"]) == set(digest(sides)) - {"manifest.json"}


def test_the_three_formats_hold_one_graph(sides: Path) -> None:
    graphs = []
    for name, syntax in (
        ("dataset.nt", ox.RdfFormat.N_TRIPLES),
        ("dataset.ttl", ox.RdfFormat.TURTLE),
        ("dataset.jsonld", ox.RdfFormat.JSON_LD),
    ):
        graphs.append({str(quad) for quad in ox.parse((sides / name).read_bytes(), format=syntax)})
    assert graphs[0] == graphs[1] == graphs[2]


def test_no_contested_value_is_on_any_event(sides: Path) -> None:
    rows = kg.open(sides).query("SELECT ?event { ?event kg:sources ?n ; kg:contested ?property ; ?property ?value }")
    assert not list(rows)


def test_the_sides_differ_on_days_words_and_an_area(sides: Path) -> None:
    data = kg.open(sides)
    shusha = data.query("compare", place="place:AZ-SUS", property="date")
    said = {(row["value"], row["called_as"]) for row in shusha}
    assert {("1992-05-08", "occupied"), ("1992-05-09", "liberated")} <= said
    assert {("2020-11-08", "liberated"), ("2020-11-09", "occupied")} <= said
    areas = {row["value"] for row in data.query("compare", place="place:AZ-LAC", property="area")}
    assert areas == {"1840", "1835"}
    properties = {(str(row["subject"]).rpartition("/")[2], row["property"]) for row in data.query("disagreements")}
    assert ("AZ-LAC", "area") in properties
    assert ("control_AZ-SUS_1992-05-08", "date") in properties


def test_the_report_says_what_was_read_found_and_contested(sides: Path) -> None:
    text = (sides / "report.md").read_text(encoding="utf-8")
    for part in (
        "baku-weekly.txt",
        "## Contested",
        "1992-05-09",
        "## Unresolved names",
        "## Sentences without a claim",
    ):
        assert part in text


def test_the_base_is_that_of_every_own_iri(tmp_path: Path) -> None:
    base = "http://127.0.0.1:8000/"
    kg.build([SIDES], tmp_path / "out", base=base)
    data = kg.open(tmp_path / "out")
    assert data.base == base
    assert data.query("compare", place="place:AZ-SUS")
    assert b"kg.example/place" not in (tmp_path / "out" / "dataset.nt").read_bytes()


def test_texts_can_be_kept_back(tmp_path: Path) -> None:
    kg.build([SIDES], tmp_path / "out", no_text=True)
    assert not (tmp_path / "out" / "sources").exists()


def test_the_settings_are_in_the_catalogue(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(
        'title = "Two sides"\nlicense = "https://creativecommons.org/licenses/by/4.0/"\nissued = 2026-01-02\n'
        'base = "https://data.example.org/"\n',
        encoding="utf-8",
    )
    kg.build([SIDES], tmp_path / "out", config=tmp_path / "kg.toml")
    catalog = (tmp_path / "out" / "catalog.ttl").read_text(encoding="utf-8")
    assert '"Two sides"@en' in catalog
    assert "2026-01-02" in catalog
    assert "https://data.example.org/" in catalog
    assert (tmp_path / "out" / "report.md").read_text(encoding="utf-8").startswith("# Two sides\n")


def test_the_settings_say_who_publishes_which_files(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('[publishers]\n"yerevan*" = "Courier"\n"*" = "An Archive"\n', encoding="utf-8")
    kg.build([SIDES], tmp_path / "out", config=tmp_path / "kg.toml")
    rows = kg.open(tmp_path / "out").query("documents")
    assert {row["file"]: row["publisher"] for row in rows} == {
        "baku-weekly.txt": "An Archive",
        "tri-agency.txt": "An Archive",
        "yerevan-courier.txt": "Courier",
    }
    stated = (tmp_path / "out" / "dataset.nt").read_text(encoding="utf-8").splitlines()
    assert sum('publisherFrom> "settings"' in line for line in stated) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("publishers = 'x'", "a table of file patterns and names"),
        ("[publishers]\n'a/' = 3", "must be a name"),
        ("[title]\nx = 'y'", "its type is str"),
        ("titel = 'x'", "there is no setting 'titel'"),
        ("title = 3", "its type is str"),
        ("license = 'no iri'", "license"),
        ("issued = 'soon'", "issued"),
        ("title = ", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "kg.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_config(tmp_path / "kg.toml")


# The same bytes


def test_the_result_does_not_depend_on_the_number_of_processes(sides: Path, tmp_path: Path) -> None:
    kg.build([SIDES], tmp_path / "out", jobs=2)
    assert digest(tmp_path / "out") == digest(sides)


def test_the_result_does_not_depend_on_the_order_of_the_files(sides: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for path in sorted(SIDES.iterdir(), reverse=True):
        shutil.copy(path, texts)
    kg.build([texts], tmp_path / "out")
    assert digest(tmp_path / "out") == digest(sides)


def test_many_batches_on_many_processes_come_back_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 2)
    work = [Unreadable(f"{number}.txt", "a test") for number in range(50)]
    processor = process.Processor(None, None, None)  # no source is processed
    with Workers(3, processor) as workers:
        assert list(pipeline.process(work, workers)) == work


# What is set aside


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A shape that no document from Yerevan passes, in place of our own."""
    shape = tmp_path / "shape.ttl"
    shape.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://kg.example/ontology#> .
        <https://kg.example/shapes#Test> a sh:NodeShape ; sh:targetSubjectsOf kg:calledAs ;
          sh:property [ sh:path kg:calledAs ; sh:not [ sh:hasValue "liberated"@en ] ;
                        sh:message "This test does not like that word." ] .
        <https://kg.example/shapes#Rest> a sh:NodeShape ; sh:targetSubjectsOf kg:path .""",
        encoding="utf-8",
    )
    shapes = prepare([shape])
    monkeypatch.setattr(pipeline, "prepare", lambda part: shapes)


@pytest.mark.usefixtures("strict")
def test_a_document_that_does_not_conform_is_set_aside_with_line_and_quote(tmp_path: Path) -> None:
    done = kg.build([SIDES], tmp_path / "out")
    assert not done.conforms
    assert [one.path for one in done.set_aside] == ["baku-weekly.txt", "yerevan-courier.txt"]
    folder = tmp_path / "out" / "set-aside"
    text = (folder / "yerevan-courier-1.md").read_text(encoding="utf-8")
    assert "The day of Shushi" in text
    assert "line 5: This test does not like that word." in text
    assert "> Armenian armed forces liberated Shushi on 9 May 1992." in text
    graph = {
        str(quad) for quad in ox.parse((folder / "yerevan-courier-1.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    }
    assert any("1992-05-09" in triple for triple in graph)
    report = (folder / "yerevan-courier-1.report.ttl").read_text(encoding="utf-8")
    assert "This test does not like that word." in report


@pytest.mark.usefixtures("strict")
def test_what_is_set_aside_is_nowhere_in_the_dataset(tmp_path: Path) -> None:
    kg.build([SIDES], tmp_path / "out")
    data = kg.open(tmp_path / "out")
    assert [row["file"] for row in data.query("documents")] == ["tri-agency.txt"]
    assert b"yerevan-courier" not in (tmp_path / "out" / "dataset.nt").read_bytes()
    assert b"yerevan-courier" not in (tmp_path / "out" / "annotations.nt").read_bytes()
    report = kg.open(tmp_path / "out").folder / "validation.ttl"
    results = [
        quad for quad in ox.parse(report.read_bytes(), format=ox.RdfFormat.TURTLE) if quad.predicate == SH.result
    ]
    assert len(results) == 3  # "liberated", twice in one document and once in another


@pytest.mark.usefixtures("strict")
def test_a_text_of_which_no_document_conforms_is_set_aside_too(tmp_path: Path) -> None:
    kg.build([SIDES], tmp_path / "out")
    assert [path.name for path in (tmp_path / "out" / "sources").iterdir()] == ["tri-agency.txt"]
    text = (tmp_path / "out" / "set-aside" / "yerevan-courier.txt").read_bytes()
    assert text == (SIDES / "yerevan-courier.txt").read_bytes()


def test_an_event_that_does_not_conform_is_left_out_with_all_that_points_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shape = tmp_path / "shape.ttl"
    shape.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://kg.example/ontology#> .
        <https://kg.example/shapes#Test> a sh:NodeShape ; sh:targetSubjectsOf kg:sources ;
          sh:property [ sh:path kg:contested ; sh:maxCount 0 ; sh:message "This test wants peace." ] .""",
        encoding="utf-8",
    )
    shapes = prepare([shape])
    monkeypatch.setattr(process, "prepare", lambda part: shapes)
    done = kg.build([SIDES], tmp_path / "out")
    assert not done.conforms
    data = kg.open(tmp_path / "out")
    assert not data.query("SELECT ?event { ?event kg:sources ?n ; kg:contested ?p }")
    assert data.query("timeline")
    assert all(row["event"] is None for row in data.query("events") if "AZ-SUS" in str(row["place"]))
    assert "This test wants peace." in (tmp_path / "out" / "validation.ttl").read_text(encoding="utf-8")


@pytest.mark.usefixtures("strict")
def test_a_build_that_set_something_aside_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", SIDES, "--out", tmp_path / "out") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "set aside: yerevan-courier.txt" in err
    assert "line 5" in err


def test_nothing_is_validated_without_an_engine(tmp_path: Path) -> None:
    assert kg.build([SIDES], tmp_path / "out", shacl_engine="none").conforms
    assert not (tmp_path / "out" / "validation.ttl").exists()


def test_the_result_does_not_depend_on_the_size_of_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 1)
    kg.build([SIDES], tmp_path / "one")
    monkeypatch.setattr(pipeline, "BATCH", 100)
    kg.build([SIDES], tmp_path / "all")
    assert digest(tmp_path / "one") == digest(tmp_path / "all")


@pytest.mark.slow
def test_every_document_with_gold_conforms(tmp_path: Path) -> None:
    done = kg.build(sorted((ROOT / "tests" / "corpus").glob("*/")), tmp_path / "out", jobs=2)
    assert [(one.path, one.problems) for one in done.set_aside] == []
    assert done.counts["documents"] > 50


# What cannot be read


def test_what_cannot_be_read_is_listed_and_the_rest_is_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = tmp_path / "texts"
    shutil.copytree(SIDES, texts)
    (texts / "broken.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    assert run("build", texts, "--out", tmp_path / "out") == 1
    assert "not read: broken.txt" in capsys.readouterr().err
    assert len(kg.open(tmp_path / "out").query("documents")) == 3
    assert "broken.txt" in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")


def test_the_report_says_which_text_is_in_another_language_or_empty(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    text = "Azərbaycan Ordusu bu şəhəri tərk etdi və bu barədə bir çox məlumat var. Bu sənəd ingilis dilində deyil."
    (tmp_path / "in" / "az.txt").write_text(text, encoding="utf-8")
    (tmp_path / "in" / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "in" / "en.txt").write_text("On May 8, 1992, Shusha was occupied.", encoding="utf-8")
    assert kg.build([tmp_path / "in"], tmp_path / "out").conforms
    section = (tmp_path / "out" / "report.md").read_text(encoding="utf-8").split("\n## ")[1]
    assert section.startswith("What to know of the reading")
    assert [line.split("`")[1] for line in section.splitlines() if line.startswith("- ")] == ["az.txt", "empty.txt"]
    assert 'inLanguage> "az"' in (tmp_path / "out" / "dataset.nt").read_text(encoding="utf-8")


def test_a_document_larger_than_is_allowed_is_listed_and_the_rest_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("On May 8, 1992, Shusha was occupied.", encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text("word " * 300, encoding="utf-8")
    record = '{"text": "On May 18, 1992, Lachin was occupied."}\n{"text": "' + "word " * 300 + '"}\n'
    (tmp_path / "in" / "c.jsonl").write_text(record, encoding="utf-8")
    out = str(tmp_path / "out")
    assert run("build", tmp_path / "in", "--out", out, "--max-document-size", "1k") == 1
    error = capsys.readouterr().err
    assert error.count("is larger than 1024") == 2
    assert "--max-document-size" in error
    assert len(kg.open(out).query("documents")) == 2
    assert run("build", tmp_path / "in", "--out", out, "--max-document-size", "2000") == 0
    assert len(kg.open(out).query("documents")) == 4
    for size in ("0", "-1", "1T", "much"):
        assert run("build", tmp_path / "in", "--out", out, "--max-document-size", size) == 2


def test_a_text_on_standard_input_is_read(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "build", "-", "--out", str(tmp_path / "out"), "--quiet"]
    subprocess.run(command, input=b"Lachin was occupied on 18 May 1992.\n", check=True)
    assert [row["date"] for row in kg.open(tmp_path / "out").query("events")] == ["1992-05-18"]


@pytest.mark.slow
def test_a_line_of_a_million_characters_is_read_and_the_report_stays_readable(tmp_path: Path) -> None:
    text = "Lachin was occupied on 18 May 1992 " + "and nothing else happened there " * 30_000
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    kg.build([tmp_path / "long.txt"], tmp_path / "out")
    assert (tmp_path / "out" / "report.md").stat().st_size < 10_000


def test_files_of_another_kind_are_skipped_without_complaint(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    shutil.copytree(SIDES, texts)
    (texts / "picture.png").write_bytes(b"\x89PNG")
    done = kg.build([texts], tmp_path / "out")
    assert done.conforms
    assert [one.path for one in done.unreadable] == ["picture.png"]


# What is refused


def wrong_sources(folder: Path) -> dict[str, list[str | Path]]:
    """Command lines that cannot be done, by what is wrong with them."""
    (folder / "empty").mkdir()
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    (folder / "latin.txt").write_bytes("Şuşa café".encode("latin-1", errors="replace") + b"\xe9\xe8")
    (folder / "blank.txt").write_text(" \n", encoding="utf-8")
    (folder / "broken.ttl").write_text("<a> <b> .", encoding="utf-8")
    (folder / "kg.toml").write_text("titel = 1", encoding="utf-8")
    return {
        "an empty folder": [folder / "empty"],
        "a missing file": [folder / "missing.txt"],
        "a binary file": [folder / "binary.txt"],
        "an unreadable encoding": [folder / "latin.txt"],
        "an unknown encoding": [SIDES, "--encoding", "utf-9"],
        "no text at all": [folder / "blank.txt"],
        "a broken gazetteer": [SIDES, "--gazetteer", folder / "broken.ttl"],
        "a missing gazetteer": [SIDES, "--gazetteer", folder / "missing.ttl"],
        "a broken setting": [SIDES, "--config", folder / "kg.toml"],
        "a missing setting": [SIDES, "--config", folder / "missing.toml"],
        "a base that is no IRI": [SIDES, "--base", "here"],
        "an unknown engine": [SIDES, "--shacl-engine", "guess"],
        "no processes": [SIDES, "--jobs", "0"],
    }


CASES = (
    "an empty folder", "a missing file", "a binary file", "an unreadable encoding", "an unknown encoding",
    "no text at all", "a broken gazetteer", "a missing gazetteer", "a broken setting", "a missing setting",
    "a base that is no IRI", "an unknown engine", "no processes",
)  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_done_exits_with_2_and_leaves_the_output_as_it_was(
    tmp_path: Path, sides: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    shutil.copytree(sides, tmp_path / "out")
    before = digest(tmp_path / "out")
    assert run("build", *wrong_sources(tmp_path)[case], "--out", tmp_path / "out") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") <= 6
    assert "Traceback" not in err
    assert digest(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_every_wrong_command_line_is_tried(tmp_path: Path) -> None:
    assert set(wrong_sources(tmp_path)) == set(CASES)


def test_a_folder_of_something_else_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    assert run("build", SIDES, "--out", tmp_path) == 2
    assert "not an output of kg" in capsys.readouterr().err
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "dear"


def test_an_output_below_a_file_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run("build", SIDES, "--out", tmp_path / "file" / "out") == 2
    assert "Next:" in capsys.readouterr().err


def test_a_full_disk_is_an_error_and_leaves_the_old_output(tmp_path: Path, sides: Path) -> None:
    shutil.copytree(sides, tmp_path / "out")
    before = digest(tmp_path / "out")
    code = (
        "import resource, kg.commands; resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000)); "
        f"kg.commands.main(['build', {str(SIDES)!r}, '--out', {str(tmp_path / 'out')!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "cannot be written: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert digest(tmp_path / "out") == before


def test_if_every_document_kills_its_process_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(process.Processor, "judge", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(InputError, match=r"the process that worked on it was ended by signal 9 \(SIGKILL\)"):
        kg.build([SIDES], tmp_path / "out", jobs=2)
    assert not (tmp_path / "out").exists()


def test_an_unknown_engine_is_named_before_anything_is_read() -> None:
    with pytest.raises(UsageError, match="pyshacl, fast, none"):
        kg.build(["no such folder at all"], shacl_engine="guess")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_build_leaves_the_old_output(tmp_path: Path, sides: Path, jobs: str) -> None:
    shutil.copytree(sides, tmp_path / "out")
    before = digest(tmp_path / "out")
    texts = tmp_path / "texts"
    texts.mkdir()
    article = (SIDES / "baku-weekly.txt").read_text(encoding="utf-8")
    for number in range(3000):
        (texts / f"{number}.txt").write_text(article.replace("Shusha", f"Shusha{number}"), encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", str(texts), "--out", str(tmp_path / "out"), "--jobs", jobs]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 60
    while not (tmp_path / ".out.kg-new" / "sources").exists():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: every process of the group
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"kg: interrupted; nothing was changed\n")
    assert digest(tmp_path / "out") == before
    assert not (tmp_path / ".out.kg-new").exists()


# The seed


def test_a_span_is_the_characters_of_the_stored_source(sides: Path) -> None:
    data = kg.open(sides)
    for row in data.query("claims"):
        source = str(row["document"]).replace("/document/", "/source/").rpartition("-")[0]
        text = data.text(source)
        assert text
        assert text[int(str(row["start"])) : int(str(row["end"]))] == row["quote"]


def test_every_claim_has_document_and_evidence(sides: Path) -> None:
    store = kg.open(sides).store
    claims = {quad.subject for quad in store.quads_for_pattern(None, KG.method, None)}
    assert claims
    for claim in claims:
        assert next(store.quads_for_pattern(claim, DCTERMS.source, None), None)
        assert next(store.quads_for_pattern(claim, KG.mainEvidence, None), None)
        assert next(store.quads_for_pattern(claim, RDF.type, None), None)


def test_a_source_can_be_processed_anywhere(sides: Path) -> None:
    import pickle

    from kg import gazetteer
    from kg.rdf import IRIs

    text = (SIDES / "baku-weekly.txt").read_text(encoding="utf-8")
    processor = process.Processor(gazetteer.load(), IRIs(), None)
    (here,) = processor([Source("baku-weekly.txt", "baku-weekly", text)])
    assert isinstance(here, outcome.Processed)
    assert pickle.loads(pickle.dumps(here)) == here
    assert here.accepted[0].graph.endswith(b"\n")
