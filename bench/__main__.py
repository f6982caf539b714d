"""Run every benchmark, or those that are named: ``python -m bench [NAME...]``."""

import platform
import sys
from importlib import import_module
from pathlib import Path


def main(names: list[str]) -> None:
    """Each module of this folder has ``TITLE`` and ``rows()``: the lines of its table, the first its head."""
    known = sorted(p.stem for p in Path(__file__).parent.glob("*.py") if "\nTITLE = " in p.read_text(encoding="utf-8"))
    print(f"{platform.machine()}, {platform.python_implementation()} {platform.python_version()}")
    for name in names or known:
        module = import_module(f"bench.{name}")
        head, *lines = module.rows()
        print(f"\n## {module.TITLE}\n\n| {' | '.join(head)} |\n| {' | '.join('---' for _ in head)} |")
        for line in lines:
            print(f"| {' | '.join(line)} |", flush=True)


main(sys.argv[1:])
