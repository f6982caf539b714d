"""The gold itself keeps the rules of README.md; what kg makes of the documents is measured by `make eval`."""

import html
import json
import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent
DOCUMENTS = sorted(path for path in FOLDER.glob("*/*") if path.with_suffix(".json").exists() and path.suffix != ".json")
KEYS = {
    "events": {"types", "place", "date"},
    "figures": {"kind", "value", "unit", "qualifier", "subject"},
    "people": {"name", "role", "of"},
    "statements": {"kind", "speaker", "text"},
}
UNREAD = re.compile(r"(?s)<(script|style|head|nav|footer|aside)\b.*?</\1>")


def gold_of(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return gold


def read(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = html.unescape(re.sub(r"<[^>]+>", "", UNREAD.sub("", text)))
    return " ".join(text.split())


def options(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_gold_has_every_key_and_no_other(path: Path) -> None:
    gold = gold_of(path)
    required = {"documents", "published", "organizations", *KEYS}
    assert required <= set(gold) <= {*required, "optional"}
    for part in (gold, gold.get("optional", {})):
        for kind, keys in KEYS.items():
            assert all(set(item) == keys for item in part.get(kind, []))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_statements_are_slices_and_names_are_written(path: Path) -> None:
    gold, text = gold_of(path), read(path)
    statements = gold["statements"] + gold.get("optional", {}).get("statements", [])
    slices = chain.from_iterable(options(item["text"]) for item in statements)
    assert [piece for piece in slices if " ".join(piece.split()) not in text] == []
    whole = html.unescape(path.read_text(encoding="utf-8")).casefold()  # a publisher may stand outside of the text
    organizations = [n for n in gold["organizations"] if not any(each.casefold() in whole for each in options(n))]
    assert organizations == []
