"""The commands that read a dataset: what they print, where, and with which exit code."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

import kg.gazetteer
from kg.commands import cli, main
from kg.dataset import Dataset

Result = tuple[int, str, str]


class Run:
    """Runs a command of kg in this process."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self.capture = capture

    def __call__(self, *arguments: str | Path) -> Result:
        with pytest.raises(SystemExit) as exited:
            main([str(argument) for argument in arguments])
        out, err = self.capture.readouterr()
        assert isinstance(exited.value.code, int)
        return exited.value.code, out, err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys)


def commands() -> dict[str, click.Command]:
    """Every command by its words, those of groups included."""
    found = {}
    for name, command in cli.commands.items():
        inner = command.commands if isinstance(command, click.Group) else {}
        found |= {f"{name} {word}": one for word, one in inner.items()} or {name: command}
    return found


def test_every_command_teaches_by_example(run: Run) -> None:
    for name, command in commands().items():
        code, out, _ = run(*name.split(), "--help")
        assert code == 0
        assert f"kg {name}" in out.split("Options:")[0].split("\n", 1)[1], name
        assert "-q, --quiet" in out, name
        assert all(option.help for option in command.params if isinstance(option, click.Option)), name


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    _, out, err = run()
    assert "kg build seeds" in out + err


def test_query_lists_the_queries(run: Run) -> None:
    code, out, _ = run("query")
    assert code == 0
    assert "disagreements" in out


def test_query_prints_csv_on_standard_output_and_nothing_else(run: Run, by_hand_seed: Dataset) -> None:
    code, out, err = run("query", "statements", "--data", by_hand_seed.folder, "--format", "csv")
    assert (code, err) == (0, "")
    table = list(csv.DictReader(io.StringIO(out, newline="")))
    assert {row["kind"] for row in table} == {"direct", "indirect"}


def test_query_prints_results_json(run: Run, by_hand_seed: Dataset) -> None:
    _, out, _ = run("query", "places", "--data", by_hand_seed.folder, "--format", "json")
    assert json.loads(out)["results"]["bindings"][0]["place"]["type"] == "uri"


def test_query_prints_a_plain_table_where_there_is_no_terminal(run: Run, by_hand_seed: Dataset) -> None:
    _, out, err = run("query", "events", "--data", by_hand_seed.folder)
    assert "place:AZ-SUS" in out
    assert "\x1b" not in out + err


def test_query_takes_parameters(run: Run, by_hand_sides: Dataset) -> None:
    arguments = ("--data", by_hand_sides.folder, "--set", "place=place:AZ-SUS", "--set", "property=date")
    _, out, _ = run("query", "compare", *arguments, "--format", "csv")
    assert len(out.splitlines()) == 4


def test_query_takes_text_a_file_and_standard_input(
    run: Run, by_hand_sides: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "SELECT ?event { ?event kg:sources ?n }"
    file = tmp_path / "mine.rq"
    file.write_text(text, encoding="utf-8")
    data = ("--data", by_hand_sides.folder, "--format", "csv")
    expected = run("query", text, *data)
    assert expected[0] == 0
    assert run("query", file, *data) == expected
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert run("query", "-", *data) == expected


def test_query_prints_a_construct_as_turtle(run: Run, by_hand_sides: Dataset) -> None:
    _, out, _ = run("query", "CONSTRUCT WHERE { ?e kg:sources ?n }", "--data", by_hand_sides.folder)
    assert "ontology#sources" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["evnts"], "did you mean 'events'"),
        (["SELECT ?s { ?s"], "query, line 1, column"),
        (["DELETE WHERE { ?s ?p ?o }"], "only read"),
        (["missing.rq"], "missing.rq: cannot be read"),
        (["compare", "--set", "place"], "no value"),
        (["compare", "--set", "=x"], "no value"),
        (["events", "--format", "xml"], "'xml' is not one of"),
    ],
)
def test_a_wrong_query_exits_with_2_and_says_what_to_do(
    run: Run, by_hand_seed: Dataset, arguments: list[str], message: str
) -> None:
    code, out, err = run("query", *arguments, "--data", by_hand_seed.folder)
    assert (code, out) == (2, "")
    assert message in err


@pytest.mark.parametrize("command", [["query", "events"], ["explain", "place:AZ"], ["coverage"]])
def test_a_missing_folder_exits_with_2(run: Run, tmp_path: Path, command: list[str]) -> None:
    for folder, message in ((tmp_path / "none", "no such folder"), (tmp_path, "manifest.json is missing")):
        code, out, err = run(*command, "--data", folder)
        assert (code, out) == (2, "")
        assert message in err
        assert "Next:" in err


def test_a_broken_dataset_is_named_by_file(run: Run, tmp_path: Path, by_hand_seed: Dataset) -> None:
    shutil.copytree(by_hand_seed.folder, tmp_path / "data")
    (tmp_path / "data" / "dataset.nt").write_bytes(b"this is no triple\n")
    code, _, err = run("query", "events", "--data", tmp_path / "data")
    assert code == 2
    assert "dataset.nt" in err
    shutil.copy(by_hand_seed.folder / "dataset.nt", tmp_path / "data")
    (tmp_path / "data" / "manifest.json").write_bytes(b"{")
    code, _, err = run("query", "events", "--data", tmp_path / "data")
    assert code == 2
    assert "manifest.json" in err


def test_explain_shows_the_sentence_of_a_claim_and_its_neighbours(run: Run, by_hand_seed: Dataset) -> None:
    claim = "claim/000_99131d23c14bfa34-1_control_AZ-SUS_1"
    code, out, _ = run("explain", claim, "--data", by_hand_seed.folder)
    assert code == 0
    assert "[Shusha: may 08, 1992, territory 289 km2]" in out
    assert "Lachin: may 18, 1992" in out
    assert "000_99131d23c14bfa34.txt" in out
    assert "the document in its own voice" in out


def test_explain_names_who_says_it(run: Run, by_hand_seed: Dataset) -> None:
    claims = [row["claim"] for row in by_hand_seed.query("claims") if row["kind"] == "distance"]
    _, out, _ = run("explain", str(claims[0]), "--data", by_hand_seed.folder)
    assert "said by: Elmar Mammadyarov (agent:elmar-mammadyarov)" in out


@pytest.mark.parametrize("short", ["place:AZ-SUS", "place/AZ-SUS", "https://kg.example/place/AZ-SUS", "Shusha", "Şuşa"])
def test_explain_takes_an_iri_in_any_form_or_a_name(run: Run, by_hand_sides: Dataset, short: str) -> None:
    code, out, _ = run("explain", short, "--data", by_hand_sides.folder)
    assert code == 0
    assert out.startswith("place:AZ-SUS  Shusha\n")
    assert "3 claims" in out
    for word in ("occupied", "liberated", "captured"):
        assert word in out


def test_explain_works_for_every_iri_of_a_dataset(run: Run, by_hand_seed: Dataset) -> None:
    subjects = by_hand_seed.query("SELECT DISTINCT ?s { ?s ?p ?o }")
    assert len(subjects) > 60
    for row in subjects:
        code, out, err = run("explain", str(row["s"]), "--data", by_hand_seed.folder)
        assert (code, err) == (0, "")
        assert out.strip()


def test_explain_suggests_the_nearest_iri(run: Run, by_hand_seed: Dataset) -> None:
    code, _, err = run("explain", "place:AZ-SUSS", "--data", by_hand_seed.folder)
    assert code == 2
    assert "did you mean place:AZ-SUS" in err
    assert run("explain", "Atlantis", "--data", by_hand_seed.folder)[0] == 2


def test_explain_does_without_the_texts(run: Run, tmp_path: Path, by_hand_sides: Dataset) -> None:
    shutil.copytree(by_hand_sides.folder, tmp_path / "data", ignore=shutil.ignore_patterns("sources"))
    code, out, _ = run("explain", "claim/one-1_control_AZ-SUS_1", "--data", tmp_path / "data")
    assert code == 0
    assert "[Shusha was occupied on 8 May 1992.]" in out


def test_coverage_shows_every_sentence(run: Run, by_hand_seed: Dataset) -> None:
    code, out, _ = run("coverage", "--data", by_hand_seed.folder)
    assert code == 0
    for row in by_hand_seed.query("coverage"):
        assert " ".join(str(row["sentence"]).split()) in out
    _, fewer, _ = run("coverage", "--without-claims", "--data", by_hand_seed.folder)
    assert 0 < len(fewer) < len(out)


@pytest.mark.slow
def test_suggest_writes_a_gazetteer_file_to_edit(run: Run, tmp_path: Path, by_hand_seed: Dataset) -> None:
    code, out, err = run("gazetteer", "suggest", "--data", by_hand_seed.folder)
    assert (code, err) == (0, "")
    for row in by_hand_seed.query("unresolved"):
        assert f"# {row['mention']} ({row['kind']}, " in out
    (tmp_path / "names.ttl").write_text(out, encoding="utf-8")
    assert kg.gazetteer.load((tmp_path / "names.ttl",)).names == kg.gazetteer.load().names


@pytest.fixture(scope="module")
def invalid(tmp_path_factory: pytest.TempPathFactory, by_hand_sides: Dataset) -> Path:
    """The two sides without the evidence of one claim."""
    path = tmp_path_factory.mktemp("invalid") / "invalid.nt"
    lines = (by_hand_sides.folder / "dataset.nt").read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "one-1_control" not in line or "wasDerived" not in line))
    return path


def test_validate_accepts_what_a_build_wrote(run: Run, by_hand_sides: Dataset) -> None:
    for name in ("dataset.ttl", "dataset.jsonld", "dataset.nt"):
        code, out, err = run("validate", by_hand_sides.folder / name)
        assert code == 0, err
        assert "conforms> true" in out or "sh:conforms true" in out
        assert "conforms" in err
        assert run("validate", "--quiet", by_hand_sides.folder / name)[2] == ""


def test_validate_says_which_node_does_not_conform_and_why(run: Run, invalid: Path) -> None:
    code, out, err = run("validate", invalid)
    assert code == 1
    assert "sh:conforms false" in out
    assert "claim/one-1_control_AZ-SUS_1" in err


def test_validate_takes_shapes_of_ones_own(run: Run, tmp_path: Path, by_hand_sides: Dataset) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://kg.example/ontology#> .\n"
        "<urn:s> a sh:NodeShape ; sh:targetSubjectsOf kg:calledAs ; sh:property "
        '[ sh:path kg:confidence ; sh:minCount 1 ; sh:message "How sure?" ] .',
        encoding="utf-8",
    )
    code, _, err = run("validate", by_hand_sides.folder / "dataset.ttl", "--shapes", shapes)
    assert code == 1
    assert "How sure?" in err


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.ttl", "", 1),
        ("other.ttl", "<urn:a> <urn:b> <urn:c> .", 1),
        ("broken.ttl", "<urn:a> <urn:b> .", 2),
        ("broken.jsonld", "{", 2),
        ("unknown.xyz", "x", 2),
    ],
)
def test_validate_fails_where_there_is_nothing_to_check(
    run: Run, tmp_path: Path, name: str, content: str, code: int
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    found, _, err = run("validate", tmp_path / name)
    assert found == code
    assert err


def test_validate_names_broken_shapes_and_missing_files(run: Run, tmp_path: Path, by_hand_sides: Dataset) -> None:
    data = by_hand_sides.folder / "dataset.ttl"
    (tmp_path / "syntax.ttl").write_text("<urn:s> a", encoding="utf-8")
    (tmp_path / "none.ttl").write_text("<urn:s> a <urn:t> .", encoding="utf-8")
    for shapes in ("syntax.ttl", "none.ttl", "missing.ttl"):
        code, _, err = run("validate", data, "--shapes", tmp_path / shapes)
        assert code == 2
        assert shapes in err
    code, _, err = run("validate", tmp_path / "missing.nt")
    assert code == 2
    assert "missing.nt" in err
    assert run("validate", data, "--shacl-engine", "guess")[0] == 2


def test_a_store_on_disk_answers_like_the_folder(run: Run, tmp_path: Path, by_hand_seed: Dataset) -> None:
    store = tmp_path / "store"
    code, out, err = run("load", "--data", by_hand_seed.folder, "--to", "store", "--url", store)
    assert (code, out) == (0, "")
    assert f"{by_hand_seed.manifest['counts']['triples']} triples" in err
    for name in ("events", "mentions", "coverage", "timeline"):
        from_folder = run("query", name, "--data", by_hand_seed.folder, "--format", "csv")
        assert run("query", name, "--data", store, "--format", "csv") == from_folder


def test_loading_again_replaces_what_the_store_held(
    run: Run, tmp_path: Path, by_hand_seed: Dataset, by_hand_sides: Dataset
) -> None:
    store = tmp_path / "store"
    for data in (by_hand_seed, by_hand_sides):
        assert run("load", "--data", data.folder, "--to", "store", "--url", store, "-q") == (0, "", "")
    assert run("query", "events", "--data", store)[1] == run("query", "events", "--data", by_hand_sides.folder)[1]


def test_a_folder_that_is_no_store_is_left_alone(run: Run, tmp_path: Path, by_hand_seed: Dataset) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    code, _, err = run("load", "--data", by_hand_seed.folder, "--to", "store", "--url", tmp_path)
    assert code == 3
    assert "something other than a store" in err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_store_cannot_be_loaded_from_a_store(run: Run, tmp_path: Path, by_hand_seed: Dataset) -> None:
    run("load", "--data", by_hand_seed.folder, "--to", "store", "--url", tmp_path / "store")
    code, _, err = run("load", "--data", tmp_path / "store", "--to", "store", "--url", tmp_path / "other")
    assert code == 2
    assert "is a store already" in err


def started(*arguments: str | Path, **options: Any) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


def test_a_reader_that_leaves_is_no_error(by_hand_seed: Dataset) -> None:
    process = started(
        "query",
        "SELECT ?a ?b ?c { ?a ?p ?o . ?b ?q ?r . ?c ?s ?t } LIMIT 200000",
        "--data",
        by_hand_seed.folder,
        "--format",
        "csv",
    )
    assert process.stdout
    assert process.stderr
    process.stdout.read(100)
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), error) == (0, b"")


def test_the_same_bytes_in_any_locale_and_under_any_hash_seed(by_hand_seed: Dataset) -> None:
    outputs = set()
    for seed, locale in (("0", "C"), ("1", "tr_TR.UTF-8"), ("random", "C.UTF-8")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONUTF8": "0"}
        process = started("explain", "place:AZ-SUS", "--data", by_hand_seed.folder, env=environment)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")
        outputs.add(out)
    assert len(outputs) == 1


def test_the_example_of_the_help_of_query_returns_rows(run: Run, by_hand_seed: Dataset) -> None:
    (example,) = re.findall(r"kg query '(SELECT [^']+)'", commands()["query"].help or "")
    assert len(by_hand_seed.query(example)) > 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_given_the_script_by_which_it_asks_kg(run: Run, shell: str) -> None:
    code, out, _ = run("completion", shell)
    assert code == 0
    assert f"_KG_COMPLETE={shell}_complete" in out
    if program := shutil.which(shell):
        assert subprocess.run([program, "-n", "-c", out], capture_output=True).returncode == 0


@pytest.mark.parametrize(
    ("words", "wanted", "unwanted"),
    [
        ("kg que", "query", "build"),
        ("kg query ti", "timeline", "events"),
        ("kg query compare --set prop", "property=date", "place="),
        ("kg query compare --set pl", "place=", "property=date"),
        ("kg export --format geo", "geojson", "nanopub"),
        ("kg query events --form", "--format", "--set"),
    ],
)
def test_commands_queries_and_their_parameters_are_completed(words: str, wanted: str, unwanted: str) -> None:
    asked = {"_KG_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run([sys.executable, "-m", "kg"], env=os.environ | asked, capture_output=True, text=True)
    offered = [line.partition(",")[2] for line in done.stdout.splitlines()]
    assert wanted in offered
    assert unwanted not in offered


def test_names_that_nobody_knows_are_a_row_each_on_a_table_and_a_row_for_each_mention_elsewhere(
    run: Run, tmp_path: Path
) -> None:
    text = "Fighting was reported in the village of Qarazim. The village of Qarazim burned.\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "b.txt").write_text("The village of Oltavar was shelled. The village of Qarazim is near.\n", "utf-8")
    kg.build([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "out", shacl_engine="none")
    _, shown, _ = run("query", "unresolved", "--data", tmp_path / "out")
    _, listed, _ = run("query", "unresolved", "--data", tmp_path / "out", "--format", "csv")
    first = shown.splitlines()[1].split()
    assert first[:4] == ["Qarazim", "place", "3", "2"]
    assert sum("Qarazim" in line.split(",")[0] for line in listed.splitlines()) == 3
    assert sum(line.startswith("Qarazim") for line in shown.splitlines()) == 1
