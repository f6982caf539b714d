"""Files and folders to sources."""

import gzip
import hashlib
import io
import os
import pickle
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Source
from kg.read import EXTENSIONS, Item, Unreadable, find, plan, read, read_item
from kg.text.folding import slug


def written(folder: Any, files: Any) -> Any:
    """A folder with these files; a list of them gets its name as content."""
    for name in files:
        file = os.path.join(os.fsencode(folder), os.fsencode(name))
        os.makedirs(os.path.dirname(file), exist_ok=True)
        content = files[name] if isinstance(files, dict) else os.fsencode(name)
        with open(file, "wb") as stream:
            stream.write(content)
    return folder


def sources(*paths: Any, **options: Any) -> Any:
    return [source for source in read(paths, **options) if isinstance(source, Source)]


def problems(*paths: Any, **options: Any) -> Any:
    return [outcome for outcome in read(paths, **options) if isinstance(outcome, Unreadable)]


def slugs(*paths: Any) -> Any:
    return {source.path: source.slug for source in sources(*paths)}


def test_every_file_of_a_folder_is_read_in_the_order_of_its_path(tmp_path: Path) -> None:
    written(tmp_path, ["b.txt", "a/x.md", "a-b.txt", ".hidden.txt", "a/.git/y.txt"])
    read_ = sources(tmp_path)
    assert [source.path for source in read_] == ["a-b.txt", "a/x.md", "b.txt"]
    assert [source.slug for source in read_] == ["a-b", "a-x", "b"]
    assert list(read(tmp_path)) == list(read(str(tmp_path))) == read_
    assert [source.text for source in read_] == ["a-b.txt", "a/x.md", "b.txt"]


@given(st.lists(st.text("ab-/.Zé", min_size=1, max_size=9), max_size=12), st.randoms())
@settings(max_examples=examples(40))
def test_the_order_is_that_of_the_whole_paths_however_the_files_came(
    tmp_path_factory: pytest.TempPathFactory, names: Any, chance: Any
) -> None:
    folder = tmp_path_factory.mktemp("order")
    wanted = sorted({"/".join(f"n{part.strip('.')}" for part in name.split("/")) + ".txt" for name in names})
    shuffled = list(wanted)
    chance.shuffle(shuffled)
    written(folder, [*shuffled, "z.txt"])
    assert [source.path for source in sources(folder)] == [*wanted, "z.txt"]


def test_the_seed_is_named_by_its_file(tmp_path: Path) -> None:
    written(tmp_path, ["000_99131d23c14bfa34.txt", "sub/folder/a.txt", "Caps.md"])
    assert list(slugs(tmp_path).values()) == ["000_99131d23c14bfa34", "Caps", "sub-folder-a"][:0] or slugs(
        tmp_path
    ) == {
        "000_99131d23c14bfa34.txt": "000_99131d23c14bfa34",
        "Caps.md": "Caps",
        "sub/folder/a.txt": "sub-folder-a",
    }


@pytest.mark.parametrize(
    "rivals",
    [("a.txt", "a.md"), ("a b.txt", "a-b.txt"), ("A.txt", "a.txt"), ("s/a.txt", "s-a.txt"), ("é.txt", "e.txt")],
)
def test_rivals_get_different_slugs_and_nobody_else_changes(tmp_path: Path, rivals: Any) -> None:
    written(tmp_path, ["other.txt", rivals[0]])
    alone = slugs(tmp_path)
    written(tmp_path, [rivals[1]])
    both = slugs(tmp_path)
    assert len({value.lower() for value in both.values()}) == 3
    assert both["other.txt"] == alone["other.txt"] == "other"
    assert all("--" in both[name] for name in rivals)
    written(tmp_path, ["more.txt", "a/n/d.txt"])
    assert both.items() <= slugs(tmp_path).items()


@given(st.text())
def test_a_slug_made_different_is_never_the_plain_slug_of_another(text: Any) -> None:
    plain = find.plain_slug(text, "")
    assert "--" not in slug(text, keep_case=True)
    assert "--" in find.with_hash(plain, text)
    assert len(plain) <= 112
    assert all(c.isascii() and (c.isalnum() or c in "_-") for c in plain)


def test_one_path_below_two_folders_stays_two_sources(tmp_path: Path) -> None:
    written(tmp_path, ["one/x.txt", "two/x.txt", "two/y.txt"])
    found = slugs(tmp_path / "one", tmp_path / "two")
    assert list(found) == ["one/x.txt", "two/x.txt", "y.txt"]
    assert len(set(found.values())) == 3
    assert found["y.txt"] == "y"
    assert found == slugs(tmp_path / "two", tmp_path / "one")


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    written(tmp_path, ["a.txt", "b/c.txt"])
    assert list(slugs(tmp_path, tmp_path / "a.txt", tmp_path / "b", tmp_path)) == ["a.txt", "b/c.txt"]
    assert list(slugs(tmp_path / "a.txt", tmp_path / "a.txt")) == ["a.txt"]


def test_a_hidden_file_is_read_when_it_is_named(tmp_path: Path) -> None:
    written(tmp_path, ["a.txt", ".b.txt"])
    assert sorted(slugs(tmp_path, tmp_path / ".b.txt")) == [".b.txt", "a.txt"]


def test_a_file_of_another_kind_is_listed_as_skipped_and_read_as_text_when_it_is_named(tmp_path: Path) -> None:
    written(tmp_path, {"a.txt": b"a", "b.png": b"\x89PNG\0", "README": b"hello"})
    assert [(p.path, p.skipped) for p in problems(tmp_path)] == [("README", True), ("b.png", True)]
    assert [source.text for source in sources(tmp_path / "README")] == ["hello"]
    (png,) = problems(tmp_path / "b.png")
    assert not png.skipped
    assert "binary (PNG)" in png.reason


def test_every_extension_is_read_whatever_its_case_and_packed_too(tmp_path: Path) -> None:
    record = {"application/x-ndjson": b'{"text":"x"}', "text/csv": b"text\nx", "text/tab-separated-values": b"text\nx"}
    texts = {extension: kind for extension, kind in EXTENSIONS.items() if extension != ".parquet"}
    for extension, media_type in texts.items():
        content = record.get(media_type, b"x")
        written(tmp_path, {f"{extension[1:]}-plain{extension.upper()}": content})
        written(tmp_path, {f"{extension[1:]}-packed{extension}.gz": gzip.compress(content)})
    outcomes = list(read([tmp_path]))
    assert [outcome.text for outcome in outcomes] == ["x"] * 2 * len(texts)
    assert len({outcome.slug for outcome in outcomes}) == len(outcomes)


def test_hashes_are_those_of_the_bytes_and_of_the_stored_text(tmp_path: Path) -> None:
    original = b"\xef\xbb\xbfa\r\nb"
    written(tmp_path, {"a.txt": original, "b.txt.gz": gzip.compress(b"a\nb")})
    first, second = sources(tmp_path)
    assert first.sha256_original == hashlib.sha256(original).hexdigest()
    assert first.sha256_text == hashlib.sha256(b"a\nb").hexdigest() == second.sha256_text == second.sha256_original


def test_an_empty_file_is_a_source_that_says_so(tmp_path: Path) -> None:
    written(tmp_path, {"a.txt": b"", "b.md": b" \n", "c.html": b"", "d.txt": b"\xef\xbb\xbf"})
    assert [source.notes for source in sources(tmp_path)] == [("empty",)] * 4


def test_what_is_not_there_or_holds_nothing_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    written(tmp_path, {"pictures/a.png": b""})
    for path, words in (
        (tmp_path / "no", "no such"),
        (tmp_path / "empty", "there is nothing in"),
        (tmp_path / "pictures", "there is nothing in"),
    ):
        with pytest.raises(InputError, match=words) as error:
            read([path])
        assert error.value.hint
        assert str(path) in error.value.where
    with pytest.raises(InputError, match="nothing to read"):
        read([])
    with pytest.raises(InputError, match="no encoding of files 'klingon'"):
        read([tmp_path], encoding="klingon")
    for name in ("hex", "unicode_escape", "utf-7", "undefined", "\0"):
        with pytest.raises(InputError, match="no encoding of files"):
            read([tmp_path], encoding=name)


def test_a_file_that_is_too_large_is_listed_and_is_not_unpacked_whole(tmp_path: Path) -> None:
    written(tmp_path, {"a.txt": b"x" * 101, "b.txt": b"x" * 100, "c.txt.gz": gzip.compress(bytes(10**8))})
    assert [source.path for source in sources(tmp_path, limit=100)] == ["b.txt"]
    assert [p.reason for p in problems(tmp_path, limit=100)] == ["is larger than 100 bytes (--max-document-size)"] * 2


@pytest.mark.parametrize("end", [10, -1])
def test_a_packed_file_that_is_cut_is_listed(tmp_path: Path, end: Any) -> None:
    written(
        tmp_path,
        {"a.txt.gz": gzip.compress(random.Random(1).randbytes(999).hex().encode())[:end], "b.txt.gz": b"plain"},
    )
    assert ["not whole gzip" in p.reason for p in problems(tmp_path)] == [True, True]


def test_links_to_folders_are_not_followed_and_links_to_files_are(tmp_path: Path) -> None:
    written(tmp_path, ["a/x.txt"])
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "a" / "link.txt").symlink_to(tmp_path / "a" / "x.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert list(slugs(tmp_path)) == ["a/link.txt", "a/x.txt"]
    assert {p.path: p.reason for p in problems(tmp_path)} == {
        "a/loop": "is a link to a folder",
        "dangling.txt": "is not a regular file",
        "pipe.txt": "is not a regular file",
    }


def test_a_link_that_leads_to_itself_is_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    written(tmp_path, ["a.txt", "z.txt"])
    (tmp_path / "b.txt").symlink_to(tmp_path / "c.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "d").symlink_to(tmp_path / "d")
    assert list(slugs(tmp_path)) == ["a.txt", "z.txt"]
    assert {p.path for p in problems(tmp_path)} == {"b.txt", "c.txt", "d"}


def test_links_out_of_the_folder_are_followed_only_when_asked(tmp_path: Path) -> None:
    written(tmp_path, {"secret.txt": b"not to be published", "in/a.txt": b"a", "in/sub/b.txt": b"b"})
    (tmp_path / "in" / "out.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "same.txt").symlink_to(tmp_path / "in" / "sub" / "b.txt")
    (tmp_path / "in-too").symlink_to(tmp_path / "in")
    within = {"a.txt", "same.txt", "sub/b.txt"}
    assert set(slugs(tmp_path / "in")) == set(slugs(tmp_path / "in-too")) == within
    (listed,) = problems(tmp_path / "in")
    assert (listed.path, listed.skipped) == ("out.txt", True)
    assert "--follow-links" in listed.reason
    followed = {source.path for source in sources(tmp_path / "in", follow_links=True)}
    assert followed == within | {"out.txt"}
    assert [source.text for source in sources(tmp_path / "in" / "out.txt")] == ["not to be published"]  # it was named


@pytest.mark.parametrize("place", ["pipe.txt", "/dev/zero", "/dev/null", "link.txt"])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, place: str) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to("/dev/zero")
    (outcome,) = problems(tmp_path / place)
    assert "not a regular file" in outcome.reason
    assert not outcome.skipped


def test_what_is_no_file_in_a_folder_is_listed_as_what_nobody_chose_and_the_rest_is_read(tmp_path: Path) -> None:
    written(tmp_path, ["a.txt"])
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to("/dev/zero")
    found = problems(tmp_path)
    assert [(one.path, one.reason, one.skipped) for one in found] == [
        (name, "is not a regular file", True) for name in ("link.txt", "pipe.txt")
    ]
    assert slugs(tmp_path) == {"a.txt": "a"}


@pytest.mark.skipif(not Path("/proc/version").is_file(), reason="no /proc here")
def test_what_the_system_makes_up_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "link.txt").symlink_to("/proc/version")
    read = [read_item(item) for item in plan([tmp_path], follow_links=True)]
    assert [one.reason.partition(":")[0] for one in read if isinstance(one, Unreadable)] == ["is no file of a disk"]
    assert len(read) == 2


def test_a_file_that_became_a_pipe_after_it_was_listed_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    written(tmp_path, ["a.txt"])
    (item,) = plan([tmp_path])
    (tmp_path / "a.txt").unlink()
    os.mkfifo(tmp_path / "a.txt")
    outcome = read_item(item)
    assert isinstance(outcome, Unreadable)
    assert (outcome.reason, outcome.hint) == ("is not a regular file", "pipe it: kg build -")


def test_any_file_name_can_be_read_and_printed(tmp_path: Path) -> None:
    written(
        tmp_path,
        {
            b"\xff\xfe.txt": b"1",
            b"a\nb c.txt": b"2",
            "Шуша.txt".encode(): b"3",
            b"x" * 250 + b".txt": b"4",
            b"...txt": b"5",
        },
    )
    read_ = sources(tmp_path)
    assert sorted(source.text for source in read_) == ["1", "2", "3", "4"]
    assert len({source.slug for source in read_}) == 4
    for source in read_:
        source.path.encode()
        assert 0 < len(source.slug) <= 112


def test_a_file_that_goes_away_between_plan_and_read_is_listed(tmp_path: Path) -> None:
    written(tmp_path, ["a.txt", "b.txt"])
    items = list(plan([tmp_path]))
    (tmp_path / "a.txt").unlink()
    gone, there = map(read_item, items)
    assert isinstance(gone, Unreadable)
    assert "No such file" in gone.reason
    assert isinstance(there, Source)


def test_what_is_planned_may_be_read_in_another_process_with_the_same_result(tmp_path: Path) -> None:
    written(tmp_path, {"a.txt": b"a", "b.html": b"<p>b", "c.jsonl": b'{"text":"c"}\n{', "d.png": b""})
    items = list(plan([tmp_path]))
    assert any(isinstance(item, Item) for item in items)
    travelled = pickle.loads(pickle.dumps(items))
    assert [read_item(item) for item in travelled] == list(read([tmp_path]))


@pytest.mark.parametrize(
    ("data", "media_type", "text"),
    [
        (b"plain\r\ntext", "text/plain", "plain\ntext"),
        (b"\n<!DOCTYPE html><p>x", "text/html", "x"),
        (b'{"id": "r-1", "text": "x"}\n', "text/plain", "x"),
    ],
)
def test_standard_input_is_told_apart_by_its_first_bytes(
    monkeypatch: pytest.MonkeyPatch, data: Any, media_type: Any, text: Any
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
    (source,) = read(["-"])
    assert (source.media_type, source.text) == (media_type, text)


def test_the_same_folder_is_read_the_same_under_any_locale_and_hash_seed(tmp_path: Path) -> None:
    written(tmp_path, ["b.txt", "A.txt", "ä/z.txt", "ı.md", "z.png"])
    script = f"from kg.read import read\nfor s in read([{str(tmp_path)!r}]): print(ascii(s))"
    seen = set()
    for locale, seed in (("C", "0"), ("tr_TR.UTF-8", "1"), ("C.UTF-8", "2")):
        environment = {"LC_ALL": locale, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        seen.add(
            subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True).stdout
        )
    assert len(seen) == 1
    assert b"A.txt" in seen.pop()
