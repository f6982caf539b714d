"""Measure, print the tables and write them into docs/evaluation.md: ``python -m bench.evaluation``."""

import re
from collections.abc import Iterable, Iterator

from bench.evaluation import annotated, metamorphic, scored, styles
from bench.generator import measure

PAGE = scored.ROOT / "docs" / "evaluation.md"


def main() -> None:
    """Measure every table of the page, and write it there."""
    text = PAGE.read_text(encoding="utf-8")
    for name, rows in measured():
        written = table(rows)
        print(f"{name}\n\n{written}", flush=True)
        text = put(text, name, written)
    PAGE.write_text(text, encoding="utf-8")


def measured() -> Iterator[tuple[str, Iterable[tuple[str, ...]]]]:
    """Give the name and rows of each table."""
    from kg.extract.statistical import statistical

    yield "scored", scored.rows()
    yield "styles", styles.rows_of_page()
    yield "cells", measure.cell_rows(measure.measured(measure.TEXTS)[0])
    yield "changes", metamorphic.table_rows()
    path = scored.CORPUS / "re3d" / "documents.jsonl"
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
    main()
