"""Folders of documents with gold, each scored with the rules alone and with the model."""

from collections.abc import Iterator
from pathlib import Path

import kg
from bench.evaluation.score import Build, plain_build, score

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "corpus"
SHOWN = ("events", "figures", "people", "organizations", "statements", "statements+speaker")


def folders() -> list[Path]:
    """Every folder of documents with gold, by name."""
    return sorted(path for path in CORPUS.iterdir() if any(path.glob("*.json")))


def with_model(folder: Path, out: Path) -> None:
    """Build with the rules, and then the statistical model."""
    kg.build([folder], out, nlp=True)


WAYS: dict[str, Build] = {"rules": plain_build, "with `nlp`": with_model}


def rows() -> Iterator[tuple[str, ...]]:
    """F1 of each kind, a line for each folder and way of reading; the first is the head."""
    yield "documents", "read by", *SHOWN
    for folder in folders():
        for way, build in WAYS.items():
            scored = score(folder, build)
            yield f"tests/corpus/{folder.name}", way, *(f"{scored.f1(row):.3f}" for row in SHOWN)
