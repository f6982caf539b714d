"""Measure, print the tables and write them into docs/evaluation.md: ``python -m bench.evaluation CORPUS``.

CORPUS holds `score.py`, the documents `dev/` and the annotated set `re3d/documents.jsonl`.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.evaluation import annotated, scored

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "evaluation.md"


def main(corpus: Path) -> None:
    """Every table of the page, as it is measured now."""
    text = PAGE.read_text(encoding="utf-8")
    for name, rows in measured(corpus):
        written = table(rows)
        print(f"{name}\n\n{written}", flush=True)
        text = put(text, name, written)
    PAGE.write_text(text, encoding="utf-8")


def measured(corpus: Path) -> Iterator[tuple[str, Iterable[tuple[str, ...]]]]:
    """The name and rows of each table."""
    from kg.extract.statistical import statistical

    own = sorted(path for path in (ROOT / "tests" / "corpus").iterdir() if any(path.glob("*.json")))
    folders = {"CORPUS/dev": corpus / "dev"} | {f"tests/corpus/{path.name}": path for path in own}
    yield "scored", scored.rows(corpus / "score.py", folders)
    path = corpus / "re3d" / "documents.jsonl"
    ways = {"rules": annotated.scores(path), "with `nlp`": annotated.scores(path, [statistical()])}
    yield "annotated", annotated.rows(ways)
    yield "missed", annotated.missed(ways["with `nlp`"])


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown; the first row is its head."""
    head, *lines = rows
    return "".join(f"| {' | '.join(line)} |\n" for line in (head, ["---"] * len(head), *lines))


def put(text: str, name: str, written: str) -> str:
    """The page with a table between ``<!-- name -->`` and ``<!-- end -->``."""
    return re.sub(rf"(?<=<!-- {name} -->\n).*?(?=<!-- end -->)", lambda _: written, text, count=1, flags=re.DOTALL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
