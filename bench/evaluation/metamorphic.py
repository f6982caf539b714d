"""Changes of a text that change its claims in a known way: read again, they must map one to one. No gold is needed.

    python -m bench.evaluation.metamorphic [--show CHANGE]

Texts are the documents of the folders whose misses are read, and generated ones. Of each change the share of claims
that are kept is measured: those found before, mapped, that are found after as well, of the greater number of both.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bench.evaluation import styles
from bench.evaluation.changes import CHANGES, Changed, Claim, Text, text
from bench.generator import voices
from bench.generator.document import of_cell, of_style
from bench.generator.grammar import STYLES
from bench.generator.measure import CELLS
from bench.generator.read import rows
from kg.model import Source
from kg.read import read

SAMPLE = 6  # each so many-th text is in the sample


def claims(source: Source) -> Counter[Claim]:
    """Events, figures and people of a source, as what a change can map."""
    found = rows(source)
    events = [("event", row["type"], row["place_name"], row["date"]) for row in found["events"]]
    figures = [("figure", row["kind"], row["value"], row["unit"], row["subject_name"]) for row in found["figures"]]
    return Counter(events + figures + [("person", row["name"]) for row in found["people"]])


@dataclass(frozen=True, slots=True)
class Kept:
    """How many claims a text had at most before and after a change, how many are kept, and what differs."""

    where: str
    claims: int
    kept: int
    differ: tuple[str, ...]


def kept(text: Text, changed: Changed) -> Kept:
    """Compare the claims of a text with those after a change."""
    source = replace(text.source, text=changed.text)
    before = Counter({changed.mapped(claim): number for claim, number in claims(text.source).items()})
    return compared(text.source.path, before, claims(source))


def compared(where: str, before: Counter[Claim], after: Counter[Claim]) -> Kept:
    """Compare the claims that must be there with those that are."""
    lost = [f"lost {' '.join(claim)}" for claim in (before - after).elements()]
    new = [f"new {' '.join(claim)}" for claim in (after - before).elements()]
    return Kept(where, max(before.total(), after.total()), (before & after).total(), (*lost, *new))


def texts(every: int = 1) -> Iterator[Source]:
    """The documents whose misses are read, pages left out, and generated texts; each so many-th of them."""
    read_folders, _ = styles.table()
    paths = [path for path in styles.documents() if path.parent.name in read_folders and path.suffix != ".html"]
    for path in paths[::every]:
        yield from (each for each in read([path]) if isinstance(each, Source))
    for cell in CELLS[::every]:
        for number in range(4):
            page = of_cell(cell, number, seed=11)
            yield replace(page.source(), path=f"cell {cell}, text {number}")
    for style in STYLES[::every]:
        for number in range(2):
            yield replace(of_style(style, number, seed=11).source(), path=f"{style} {number}")


@cache
def measured(every: int = 1) -> dict[str, list[Kept]]:
    """What is kept by each change, text by text, where it applies."""
    found: dict[str, list[Kept]] = {name: [] for name in CHANGES}
    for source in texts(every):
        read_text = text(source)
        for name, change in CHANGES.items():
            if changed := change(read_text):
                found[name].append(kept(read_text, changed))
    found["active to passive"] = [
        compared(f"pair {number}", claims(one), claims(other)) for number, one, other in voices.pairs(60 // every)
    ]
    return found


def share(results: Sequence[Kept]) -> float:
    """Of all claims, those that are kept."""
    total = sum(each.claims for each in results)
    return sum(each.kept for each in results) / total if total else 1.0


def figures(every: int = 1) -> dict[str, float]:
    """The share that each change keeps."""
    return {name: share(results) for name, results in measured(every).items()}


def table_rows() -> Iterator[tuple[str, ...]]:
    """A line for each change; the first is the head."""
    yield "change", "texts", "claims", "kept", "texts that keep all"
    for name, results in measured().items():
        whole = sum(not each.differ for each in results)
        yield name, str(len(results)), str(sum(each.claims for each in results)), f"{share(results):.3f}", str(whole)


def main() -> None:
    from bench.evaluation.__main__ import table

    parser = argparse.ArgumentParser(description="Change texts in known ways, and see which claims are kept.")
    parser.add_argument("--show", choices=(*CHANGES, "active to passive"), help="what one change loses and adds")
    given = parser.parse_args()
    print(table(table_rows()))
    for each in measured()[given.show] if given.show else ():
        print("".join(f"{each.where}: {line}\n" for line in each.differ), end="")


if __name__ == "__main__":
    main()
