import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from kg.errors import InputError
from kg.runtime import folder
from kg.write import changed_files, read_manifest, replaced, write_manifest

COUNTS = {"documents": 1}


def fill(where: Path, text: str) -> None:
    (where / "sources").mkdir()
    (where / "sources" / "a.txt").write_text(text)
    write_manifest(where, version="1", rdfc10="0", counts=COUNTS)


def build(target: Any, text: Any = "new") -> None:
    with replaced(target) as new:
        fill(new, text)


def text_of(target: Any) -> Any:
    return (target / "sources" / "a.txt").read_text()


def neighbours(target: Any) -> Any:
    return sorted(path.name for path in target.parent.iterdir() if path != target)


@pytest.fixture(params=["exchange", "two renames"])
def swap(request: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of swapping; the second is what systems without renameat2 do."""
    if request.param == "two renames":
        monkeypatch.setattr(folder, "_exchange", lambda one, other: False)


@pytest.mark.usefixtures("swap")
def test_a_folder_is_made_and_then_replaced(tmp_path: Path) -> None:
    target = tmp_path / "below" / "output"
    build(target, "old")
    (target / ".DS_Store").write_text("")
    build(target, "new")
    assert text_of(target) == "new"
    assert sorted(path.name for path in target.iterdir()) == ["manifest.json", "sources"]
    assert neighbours(target) == []


@pytest.mark.usefixtures("swap")
@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, SystemExit, InputError("what")])
def test_after_a_failure_everything_is_as_it_was(tmp_path: Path, failure: Any) -> None:
    def fail(target: Any) -> None:
        with replaced(target) as new:
            fill(new, "new")
            raise failure

    target = tmp_path / "output"
    with pytest.raises((ValueError, KeyboardInterrupt, SystemExit, InputError)):
        fail(target)
    assert list(tmp_path.iterdir()) == []
    build(target, "old")
    with pytest.raises((ValueError, KeyboardInterrupt, SystemExit, InputError)):
        fail(target)
    assert text_of(target) == "old"
    assert neighbours(target) == []


def test_nobody_sees_half_a_folder(tmp_path: Path) -> None:
    target, stop, seen = tmp_path / "output", Event(), set()
    build(target, "0")

    def look() -> None:
        while not stop.is_set():
            seen.add((target / "manifest.json").exists())

    reader = Thread(target=look)
    reader.start()
    for number in range(100):
        build(target, str(number))
    stop.set()
    reader.join()
    assert seen == {True}


def run(code: Any, target: Any, **options: Any) -> Any:
    before = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom kg.runtime import folder\nreplaced = folder.replaced\n"
    )
    return subprocess.run(
        [sys.executable, "-c", before + textwrap.dedent(code), str(target)], capture_output=True, text=True, **options
    )


def test_a_killed_build_leaves_the_old_folder_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    target = tmp_path / "output"
    build(target, "old")
    killed = run(
        """
        with replaced(sys.argv[1]) as new:
            (new / "half").mkdir()
            (new / "half" / "file").write_text("x")
            (new / "manifest.json").write_text("{}")
            os.kill(os.getpid(), signal.SIGKILL)
        """,
        target,
    )
    assert killed.returncode == -signal.SIGKILL
    assert text_of(target) == "old"
    build(target, "new")
    assert sorted(path.name for path in target.iterdir()) == ["manifest.json", "sources"]
    assert neighbours(target) == []


@pytest.mark.parametrize("renames", [1, 2])
def test_a_build_killed_between_two_renames_is_repaired_by_the_next(tmp_path: Path, renames: Any) -> None:
    """With one rename done the old folder has no name of its own; with two it only waits to be removed."""
    target = tmp_path / "output"
    build(target, "old")
    killed = run(
        f"""
        folder._exchange = lambda one, other: False
        rename, done = Path.rename, []
        def counted(path, to):
            rename(path, to)
            done.append(to)
            if len(done) == {renames}:
                os.kill(os.getpid(), signal.SIGKILL)
        Path.rename = counted
        with replaced(sys.argv[1]) as new:
            (new / "sources").mkdir()
            (new / "sources" / "a.txt").write_text("new")
            (new / "manifest.json").write_text('{{"files": {{"sources/a.txt": {{}}}}}}')
        """,
        target,
    )
    assert killed.returncode == -signal.SIGKILL
    with pytest.raises(ZeroDivisionError), replaced(target):
        raise ZeroDivisionError
    assert text_of(target) == ("old" if renames == 1 else "new")
    assert neighbours(target) == []


def test_a_full_disk_leaves_the_old_folder(tmp_path: Path) -> None:
    target = tmp_path / "output"
    build(target, "old")
    full = run(
        """
        import resource
        from kg.errors import InputError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        try:
            with replaced(sys.argv[1]) as new:
                (new / "a.txt").write_text("x" * 1000)
        except InputError as error:
            print(error)
        """,
        target,
    )
    assert full.stdout.startswith(f"{target}: cannot be written: File too large. Next: free some space")
    assert text_of(target) == "old"
    assert neighbours(target) == []


def test_two_builds_into_one_folder_do_not_mix(tmp_path: Path) -> None:
    target = tmp_path / "output"
    with replaced(target) as new:
        fill(new, "first")
        with pytest.raises(InputError, match="another run of kg"), replaced(target):
            pass
        assert new.exists()
    assert text_of(target) == "first"


def test_what_kg_did_not_write_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match=r"no manifest\.json"):
        build(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize("stray", ["notes.txt", "sources/mine.txt", ".git/HEAD"])
def test_what_somebody_put_beside_our_files_is_not_deleted(tmp_path: Path, stray: Any) -> None:
    target = tmp_path / "output"
    build(target, "old")
    (target / stray).parent.mkdir(exist_ok=True)
    (target / stray).write_text("mine")
    with pytest.raises(InputError, match=f"holds {stray}, which kg did not write"):
        build(target)
    assert (target / stray).read_text() == "mine"


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"files": 1}'])
def test_a_manifest_of_something_else_does_not_make_a_folder_kg_s(tmp_path: Path, manifest: Any) -> None:
    (tmp_path / "manifest.json").write_text(manifest)
    (tmp_path / "app.js").write_text("")
    with pytest.raises(InputError):
        build(tmp_path)
    assert (tmp_path / "app.js").exists()


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    target = tmp_path / "output"
    target.mkdir()
    build(target)
    assert text_of(target) == "new"


@pytest.mark.parametrize("target", ["file", "file/output", "/proc/output"])
def test_what_cannot_be_written_is_said_before_the_work(tmp_path: Path, target: Any) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError) as error, replaced(tmp_path / target):
        pytest.fail("the work began")
    assert error.value.where == str(tmp_path / target)
    assert error.value.hint


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_without_permission_is_said_before_the_work(tmp_path: Path) -> None:
    target = tmp_path / "output"
    build(target)
    target.chmod(0o500)
    with pytest.raises(InputError), replaced(target):
        pytest.fail("the work began")


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    build(tmp_path / "real", "old")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    build(link, "new")
    assert link.is_symlink()
    assert text_of(tmp_path / "real") == "new"


# The manifest


def test_a_link_that_lies_where_the_new_folder_is_made_is_refused_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    (tmp_path / ".output.kg-new").symlink_to(tmp_path / "mine")
    with pytest.raises(InputError, match="cannot be written"), replaced(tmp_path / "output"):
        pass
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]
    assert not (tmp_path / "output").exists()


def test_the_manifest_names_every_file_with_size_and_hash(tmp_path: Path) -> None:
    build(tmp_path / "output", "abc")
    assert read_manifest(tmp_path / "output") == {
        "kg": "1",
        "counts": COUNTS,
        "dataset": {"canonicalization": "RDFC-1.0", "hash": "SHA-256", "value": "0"},
        "files": {
            "sources/a.txt": {
                "bytes": 3,
                "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            }
        },
    }


def test_the_manifest_has_no_clock_and_no_order_of_the_disk(tmp_path: Path) -> None:
    texts = []
    for name in ("one", "two"):
        where = tmp_path / name
        where.mkdir()
        for letter in "ab" if name == "one" else "ba":
            (where / letter).write_text(letter)
        os.utime(where / "a", (1, 1))
        write_manifest(where, version="1", rdfc10="0", counts={"b": 1, "a": 2}, extra={"base": "http://e/"})
        texts.append((where / "manifest.json").read_bytes())
    assert texts[0] == texts[1]


@pytest.mark.parametrize("names", [(), ("a",), ("b", "a\u2028", 'quo"te')])
def test_the_manifest_is_written_piece_by_piece_as_json_writes_it(tmp_path: Path, names: Any) -> None:
    for name in names:
        (tmp_path / name).write_text(name)
    write_manifest(tmp_path, version="1", rdfc10="0", counts={"a": 1}, extra={"x": '\n "files": {'})
    text = (tmp_path / "manifest.json").read_text()
    assert set(json.loads(text)["files"]) == set(names)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_changed_missing_and_additional_files_are_found(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_text(name)
    write_manifest(tmp_path, version="1", rdfc10="0", counts={})
    assert changed_files(tmp_path) == ()
    (tmp_path / "a").write_text("changed")
    (tmp_path / "b").unlink()
    (tmp_path / "d").write_text("new")
    assert changed_files(tmp_path) == ("a", "b", "d")


@pytest.mark.parametrize("content", [None, "", "{", "[]", "{}"])
def test_a_missing_or_broken_manifest_is_an_input_error(tmp_path: Path, content: Any) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(InputError):
        read_manifest(tmp_path)


def test_the_manifest_is_json_in_utf_8(tmp_path: Path) -> None:
    (tmp_path / "şuşa.txt").write_text("x")
    write_manifest(tmp_path, version="1", rdfc10="0", counts={})
    assert "şuşa.txt" in json.loads((tmp_path / "manifest.json").read_bytes())["files"]
