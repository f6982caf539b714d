"""A dataset is made again from its sources, elsewhere, and what differs is told with its reason."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg.write.made
from kg import pipeline
from kg.commands import main
from kg.errors import InputError
from kg.pipeline.verify import verify
from kg.vocabulary import BASE

TEXT = "Shusha fell on 8 May 1992.\n\nLachin was occupied on 18 May 1992 by Armenian armed forces.\n"
NAMES = """@prefix schema: <https://schema.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://kg.example/agent/a-newspaper> a schema:Organization ; rdfs:label "The Hill Courier"@en .
"""


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder with ``sources`` and the ``dataset`` of them."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "sources" / "two.txt").write_text("Kalbajar fell on 2 April 1993.\n", encoding="utf-8")
    (tmp_path / "kg.toml").write_text('title = "Hills"\nkeywords = ["a", "b"]\n[publishers]\n"one" = "A"\n', "utf-8")
    pipeline.build([tmp_path / "sources"], tmp_path / "dataset", config=tmp_path / "kg.toml")
    return tmp_path


def test_a_dataset_is_what_its_sources_give_wherever_they_lie(built: Path) -> None:
    shutil.copytree(built / "sources", built / "elsewhere" / "sources")
    assert verify(built / "dataset", [built / "elsewhere" / "sources"]) == []
    assert verify(built / "dataset") == []


def test_a_byte_that_changed_in_a_source_is_told_with_its_source(built: Path) -> None:
    (built / "sources" / "one.txt").write_text(TEXT.replace("8 May", "9 May"), encoding="utf-8")
    found = verify(built / "dataset", [built / "sources"])
    assert found[0].startswith("the source one.txt has other bytes than it had")
    assert any(one.startswith("dataset.nt differs from line ") for one in found)
    assert not any("two.txt" in one and "source " in one for one in found)


def test_sources_that_came_or_went_are_told(built: Path) -> None:
    (built / "sources" / "two.txt").rename(built / "sources" / "three.txt")
    found = verify(built / "dataset", [built / "sources"])
    assert "the source three.txt was not read for it" in found
    assert "the source two.txt was read for it and is not among these sources" in found


def test_another_gazetteer_is_told(built: Path) -> None:
    (built / "names.ttl").write_text(NAMES, encoding="utf-8")
    (found, *_) = verify(built / "dataset", [built / "sources"], gazetteers=[built / "names.ttl"])
    assert found.startswith("it was made with other names")


def test_the_names_that_come_with_kg_are_part_of_the_gazetteer(built: Path) -> None:
    stated = json.loads((built / "dataset" / "manifest.json").read_text("utf-8"))
    stated["made"]["gazetteer"] = "0" * 64  # as if another list of towns had come with the kg that made it
    (built / "dataset" / "manifest.json").write_text(json.dumps(stated), "utf-8")
    (found,) = verify(built / "dataset", [built / "sources"])
    assert found.startswith("it was made with other names")


def interpreters() -> list[str]:
    """Other versions of Python that have what kg needs."""
    found = os.environ.get("KG_PYTHONS", "").split(os.pathsep)
    named = [shutil.which(f"python3.{minor}") or "" for minor in range(11, 15) if minor != sys.version_info.minor]
    needed = ["-c", "import click, lxml, pyoxigraph, pyshacl, pyshacl_turbo, rapidfuzz, rdflib, rich, webencodings"]
    return [
        one for one in (*found, *named) if one and not subprocess.run([one, *needed], capture_output=True).returncode
    ]


@pytest.mark.slow
def test_a_dataset_is_the_same_bytes_on_another_version_of_python_in_another_folder(tmp_path: Path) -> None:
    others = interpreters()
    if not others:
        pytest.skip("no other Python here has what kg needs: KG_PYTHONS names one")
    root = Path(__file__).parents[1]
    shutil.copytree(root / "seeds", tmp_path / "elsewhere" / "seeds")
    shutil.copytree(root / "output", tmp_path / "elsewhere" / "published")
    paths = os.environ | {"PYTHONPATH": str(root / "src")}
    command = ["-m", "kg", "verify", "--data", "published", "--sources", "seeds"]
    for other in others:
        done = subprocess.run([other, *command], cwd=tmp_path / "elsewhere", env=paths, capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (0, ""), other
        assert "every byte is the same" in done.stderr


def test_another_kg_is_told(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = built / "dataset" / "manifest.json"
    stated = json.loads(path.read_text("utf-8"))
    version = stated["made"]["kg"]
    stated["made"]["kg"] = stated["kg"] = "0.0.1"
    path.write_text(json.dumps(stated), "utf-8")
    assert verify(built / "dataset", [built / "sources"]) == [f"kg 0.0.1 made it, and this is kg {version}"]


def test_a_file_that_was_changed_is_told_without_the_sources(built: Path) -> None:
    with (built / "dataset" / "tables" / "events.csv").open("ab") as file:
        file.write(b"a,b\r\n")
    (found,) = verify(built / "dataset")
    assert found.startswith("tables/events.csv is not as it was written")


def test_a_file_that_came_or_went_is_told(built: Path) -> None:
    (built / "dataset" / "tables" / "events.csv").unlink()
    (built / "dataset" / "more.txt").write_text("x", encoding="utf-8")
    assert sorted(verify(built / "dataset")) == [
        "more.txt was not written with it: manifest.json does not name it",
        "tables/events.csv is missing: manifest.json names it",
    ]


@pytest.mark.parametrize(
    ("old", "new"), [('"documents": 2', '"documents": 3'), ("{", "{ "), ('"options"', '"more": 1, "options"')]
)
def test_a_manifest_that_was_changed_is_told(built: Path, old: str, new: str) -> None:
    path = built / "dataset" / "manifest.json"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = verify(built / "dataset", [built / "sources"])
    assert [one for one in found if one.startswith("manifest.json differs from line")] == found != []


def test_what_does_not_say_how_it_was_made_is_refused(built: Path) -> None:
    (built / "dataset" / "manifest.json").write_text('{"files": {}}', "utf-8")
    with pytest.raises(InputError, match="does not say how it was made"):
        verify(built / "dataset")


def test_the_catalogue_says_with_what_it_was_generated(built: Path) -> None:
    made = json.loads((built / "dataset" / "manifest.json").read_text("utf-8"))["made"]
    store = ox.Store()
    store.load(path=str(built / "dataset" / "catalog.ttl"), format=ox.RdfFormat.TURTLE)
    query = f"""PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX schema: <https://schema.org/>
      PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      SELECT ?name ?said {{ <{BASE}dataset> prov:wasGeneratedBy [ a prov:Activity ; prov:used ?it ] .
        ?it rdfs:label ?name ; schema:sha256|schema:softwareVersion ?said }}"""
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    said = {row["name"].value: row["said"].value for row in rows}
    assert said == {name: made[name] for name in ("kg", *kg.write.made.PARTS)}


def test_the_command_says_what_differs_and_fails(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (built / "sources" / "one.txt").write_text("Nothing.\n", encoding="utf-8")
    for named in (["--data", str(built / "dataset")], [str(built / "dataset")]):
        with pytest.raises(SystemExit) as ended:
            main(["verify", *named, "--sources", str(built / "sources")])
        assert ended.value.code == 1
        assert "the source one.txt has other bytes" in capsys.readouterr().out
