"""Corpora: JSON Lines and CSV to one source a record."""

import csv
import gzip
import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Source
from kg.read import Unreadable, read
from kg.read.corpus import FIELDS, Taken

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
IDS = st.from_regex(r"(?!(con|prn|aux|nul|(com|lpt)[0-9])\Z)[a-z0-9]([a-z0-9_]{0,6}[a-z0-9])?", fullmatch=True)
"""That are slugs as they are: names of devices are none."""
RECORDS = st.lists(
    st.fixed_dictionaries({"id": IDS, "text": TEXT}),
    unique_by=lambda r: r["id"],
    min_size=1,
)


def corpus(folder: Any, content: Any, name: Any = "c.jsonl") -> Any:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read([folder / name]))


def lines(*records: Any) -> Any:
    return "".join(json.dumps(record) + "\n" for record in records)


@given(RECORDS, st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_json_lines_come_back_record_by_record(
    tmp_path_factory: pytest.TempPathFactory, records: Any, is_ascii: Any, end: Any
) -> None:
    content = end.join(json.dumps(record, ensure_ascii=is_ascii) for record in records)
    read_ = corpus(tmp_path_factory.mktemp("c"), content)
    assert [source.slug for source in read_] == [record["id"] for record in records]
    assert [source.text for source in read_] == [r["text"].replace("\r\n", "\n").replace("\r", "\n") for r in records]


@given(RECORDS, st.sampled_from(",;\t"), st.sampled_from(["utf-8-sig", "utf-8", "utf-16", "utf-32"]))
def test_csv_comes_back_record_by_record(
    tmp_path_factory: pytest.TempPathFactory, records: Any, delimiter: Any, encoding: Any
) -> None:
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, ["id", "text"], delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(records)
    read_ = corpus(tmp_path_factory.mktemp("c"), table.getvalue().encode(encoding), "c.csv")
    assert [source.slug for source in read_] == [record["id"] for record in records]
    assert [source.text for source in read_] == [r["text"].replace("\r\n", "\n").replace("\r", "\n") for r in records]


def test_every_field_finds_its_place(tmp_path: Path) -> None:
    values = ("a-1", "https://example.org/a", "Title\n two", "2020-11-20T10:00:00Z", "Text", "Daily", "en_GB")
    (source,) = corpus(tmp_path, lines(dict(zip(FIELDS, values, strict=True)) | {"other": [1]}))
    assert (source.path, source.slug, source.url) == ("c.jsonl#a-1", "a-1", "https://example.org/a")
    assert (source.title, source.published, source.text) == ("Title two", "2020-11-20", "Text")
    assert (source.publisher, source.language, source.notes) == ("Daily", "en-GB", ())


def test_a_malformed_record_is_listed_with_its_line_and_the_others_are_kept(tmp_path: Path) -> None:
    content = b'{"id":"a","text":"1"}\n\n{"id":"b"\n{"id":"c","text":5}\n{"id":"d","text":"\xff"}\n[1]\n' + b"[" * 99999
    content += (
        b'\n{"id":"e","text":"\\ud800"}\n{"id":"f","text":"\\u0000"}\n{"id":'
        + b"1" * 9999
        + b'}\n{"id":"g","text":"2"}'
    )
    first, *broken, last = corpus(tmp_path, content)
    assert [p.path for p in broken] == [f"c.jsonl, line {n}" for n in (3, 4, 5, 6, 7, 8, 9, 10)]
    assert all(isinstance(p, Unreadable) and p.reason and p.hint and not p.skipped for p in broken)
    assert (first.text, last.text) == ("1", "2")


def test_a_malformed_row_is_listed_with_its_first_line_and_the_others_are_kept(tmp_path: Path) -> None:
    content = 'id,text\n1,"a\nb"\n2\n3,"x"y\n\n4,z\n5,"open\nmore\n'
    read_ = corpus(tmp_path, content, "c.csv")
    assert [outcome.path for outcome in read_] == [
        "c.csv#1",
        "c.csv, line 4",
        "c.csv, line 5",
        "c.csv#4",
        "c.csv, line 8",
    ]
    assert read_[0].text == "a\nb"


def test_a_table_without_the_column_text_is_listed(tmp_path: Path) -> None:
    (problem,) = corpus(tmp_path, "id,body\n1,x\n", "c.csv")
    assert (problem.path, problem.reason) == ("c.csv, line 1", "names no column `text`")


def test_a_record_that_is_too_large_is_listed_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text(lines({"text": "x" * 500000}, {"text": "small"}))
    (tmp_path / "d.csv").write_text('id,text\n1,"' + "x" * 5000 + '"\n2,small\n')
    large, small, *table = read([tmp_path], limit=1000)
    assert (large.path, large.reason) == ("c.jsonl, line 1", "is larger than 1000 characters (--max-document-size)")
    assert small.text == "small"
    assert (table[0].path, table[0].reason) == ("d.csv, line 2", "is larger than 1000 characters (--max-document-size)")
    assert table[-1].text == "small"


def test_one_line_of_five_megabytes_is_a_record_like_any_other(tmp_path: Path) -> None:
    text = "Shusha was taken on 8 May 1992. " * 160_000
    assert [source.text for source in corpus(tmp_path, lines({"text": text}))] == [text]
    assert [source.text for source in corpus(tmp_path, f"text\n{text}\n", "c.csv")] == [text]


def test_a_slug_of_a_record_depends_on_its_id_alone(tmp_path: Path) -> None:
    ids = ["a-1", "A-2", "b c", "https://example.org/?q=1", "Шуша", "x" * 200, "a--b", 17]
    both = {source.path: source.slug for source in corpus(tmp_path, lines(*({"id": i, "text": str(i)} for i in ids)))}
    assert [both[f"c.jsonl#{i}"] for i in ("a-1", "A-2", "17")] == ["a-1", "A-2", "17"]
    assert len({slug.lower() for slug in both.values()}) == len(ids)
    for i in ids:
        (alone,) = corpus(tmp_path, lines({"id": i, "text": str(i)}))
        assert alone.slug == both[alone.path]


def test_an_id_that_is_taken_makes_no_record_vanish(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(lines({"id": "1", "text": "one"}, {"id": "b", "text": "like the file"}))
    (tmp_path / "b.txt").write_text("the file")
    (tmp_path / "c.jsonl").write_text(lines({"id": "1", "text": "two"}, {"id": "1", "text": "three"}))
    read_ = list(read([tmp_path]))
    assert [source.text for source in read_] == ["one", "like the file", "the file", "two", "three"]
    assert len({source.slug for source in read_}) == 5
    assert (read_[0].slug, read_[2].slug) == ("1", "b")
    assert "another source has this id" in read_[3].notes


def test_a_record_without_id_is_named_by_its_url_or_by_its_text(tmp_path: Path) -> None:
    url, text = corpus(tmp_path, lines({"url": "https://example.org/a", "text": "1"}, {"text": "2"}))
    assert url.path == "c.jsonl#https://example.org/a"
    assert corpus(tmp_path, lines({"text": "2"}))[0].slug == text.slug
    assert corpus(tmp_path, lines({"text": "3"}))[0].slug != text.slug


def test_a_date_that_is_not_plain_is_noted_and_not_guessed(tmp_path: Path) -> None:
    (source,) = corpus(tmp_path, lines({"text": "x", "published": "05/06/2020"}))
    assert source.published is None
    assert "05/06/2020" in source.notes[0]


def test_wide_encodings_that_break_are_told_and_end_the_file(tmp_path: Path) -> None:
    good = '{"id":"a","text":"1"}\n'.encode("utf-16")
    read_ = corpus(tmp_path, good + b"\x00\xd8\x00\x00\n\0")
    assert isinstance(read_[-1], Unreadable)
    assert "utf-16" in read_[-1].reason


def test_the_encoding_that_the_user_names_holds_for_corpora(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_bytes("id,text\n1,Шуша\n".encode("cp1251"))
    (source,) = read([tmp_path / "c.csv"], encoding="windows-1251")
    assert source.text == "Шуша"


def test_a_cut_packed_corpus_gives_what_was_whole(tmp_path: Path) -> None:
    packed = gzip.compress("".join(lines({"text": f"{n:x}" * 50}) for n in range(9999)).encode())
    read_ = corpus(tmp_path, packed[: len(packed) // 2], "c.jsonl.gz")
    assert isinstance(read_[0], Source)
    assert "not whole gzip" in read_[-1].reason


def test_memory_does_not_grow_with_the_corpus(tmp_path: Path) -> None:
    def peak(count: Any) -> Any:
        with (tmp_path / "c.jsonl").open("w") as stream:
            stream.writelines(lines({"id": f"r-{n}", "text": "Shusha " * 300}) for n in range(count))
        tracemalloc.start()
        assert sum(1 for _ in read([tmp_path / "c.jsonl"])) == count
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(10)
    assert peak(3000) - peak(300) < 160 * 2700  # of records of 2,100 bytes: what tells their ids apart


def test_slugs_in_use_are_told_from_free_ones() -> None:
    taken = Taken()
    names = [f"record-{n}" for n in range(5000)]
    assert all(taken.add(name) for name in names)
    assert not any(taken.add(name.upper()) for name in names)
    assert taken.add("another")
