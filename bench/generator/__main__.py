"""Write documents with gold: ``python -m bench.generator --seed N --style S --out DIR``; the same for the same seed."""

import argparse
from pathlib import Path

from bench.generator.document import of_style
from bench.generator.grammar import STYLES


def main() -> None:
    parser = argparse.ArgumentParser(description="Write documents with gold by construction, as tests/corpus has them.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--style", choices=STYLES, action="append", help="one or more; all where none is given")
    parser.add_argument("--count", type=int, default=4, help="documents of each style")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for style in given.style or STYLES:
        for number in range(given.count):
            page = of_style(style, number, seed=given.seed)
            path = given.out / f"{style}-{number:02}.{'md' if page.is_markdown else 'txt'}"
            path.write_text(page.text, encoding="utf-8")
            path.with_suffix(".json").write_text(page.gold_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
