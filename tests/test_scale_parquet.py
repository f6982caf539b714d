"""Parquet files are corpora like those of JSON Lines."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.model import Source
from kg.read import Unreadable, read

pyarrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed: make test-all has it")
parquet = pytest.importorskip("pyarrow.parquet")

ROOT = Path(__file__).parents[1]
RECORDS = [
    {
        "id": path.stem,
        "title": None,
        "published": date(1992, 5, 20 + number),
        "publisher": "The Paper",
        "text": path.read_text(encoding="utf-8"),
        "shelf": number,
    }
    for number, path in enumerate(sorted((ROOT / "examples" / "two-sides").glob("*.txt")))
]


def written(folder: Path, records: list[Any] = RECORDS) -> Path:
    parquet.write_table(pyarrow.Table.from_pylist(records), folder / "news.parquet")
    return folder / "news.parquet"


def test_rows_are_sources(tmp_path: Path) -> None:
    found = list(read([written(tmp_path)]))
    assert [one.slug for one in found] == [record["id"] for record in RECORDS]
    for one, record in zip(found, RECORDS, strict=True):
        assert isinstance(one, Source)
        assert (one.text, one.published, one.publisher) == (
            record["text"], record["published"].isoformat(), "The Paper"
        )  # fmt: skip


def test_the_dataset_is_that_of_the_same_records_as_json_lines(tmp_path: Path) -> None:
    lines = [json.dumps(record, default=str, ensure_ascii=False) for record in RECORDS]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    graphs = []
    for path in (written(tmp_path), tmp_path / "news.jsonl"):
        kg.build([path], tmp_path / path.suffix[1:])
        text = (tmp_path / path.suffix[1:] / "dataset.nt").read_text(encoding="utf-8")
        graphs.append([line.replace(path.name, "news") for line in text.splitlines() if "sha256" not in line])
    assert graphs[0] == graphs[1]


def test_many_rows_are_read_in_order(tmp_path: Path) -> None:
    records = [{"id": f"row-{number}", "text": f"Text {number}."} for number in range(500)]
    assert [one.slug for one in read([written(tmp_path, records)])] == [record["id"] for record in records]


@pytest.mark.parametrize(
    ("records", "path", "reason"),
    [
        ([{"id": "a", "body": "no text"}], "news.parquet", "has no column `text`"),
        ([{"id": "a", "text": None}], "news.parquet, row 1", "has no text"),
        ([{"id": "a", "text": 7}], "news.parquet, row 1", "has no text"),
    ],
)
def test_what_is_no_record_is_said(tmp_path: Path, records: Any, path: Any, reason: Any) -> None:
    (found,) = read([written(tmp_path, records)])
    assert isinstance(found, Unreadable)
    assert (found.path, found.reason) == (path, reason)


def test_a_file_that_is_no_parquet_is_said(tmp_path: Path) -> None:
    (tmp_path / "news.parquet").write_bytes(b"PAR1 not at all")
    (found,) = read([tmp_path / "news.parquet"])
    assert isinstance(found, Unreadable)
    assert "is not Parquet" in found.reason


def test_a_row_that_is_not_utf_8_or_has_no_day_of_the_calendar_is_listed_alone(tmp_path: Path) -> None:
    texts = pyarrow.array([b"Shusha fell.", b"Shusha \xff fell.", b"Lachin fell.", b"Kelbajar fell."], pyarrow.binary())
    table = pyarrow.table(
        {
            "text": pyarrow.Array.from_buffers(
                pyarrow.string(), 4, texts.buffers()
            ),  # as what does not check writes it
            "published": pyarrow.array([0, 0, 10**14, 0], pyarrow.timestamp("s")),
        }
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    first, second, third, last = read([tmp_path / "a.parquet"])
    assert isinstance(first, Source)
    assert isinstance(second, Unreadable)
    assert (second.path, second.reason) == ("a.parquet, row 2", "is not UTF-8: byte ff in a text")
    assert isinstance(third, Unreadable)
    assert third.path == "a.parquet, row 3"
    assert isinstance(last, Source)
    assert (first.text, last.text) == ("Shusha fell.", "Kelbajar fell.")
