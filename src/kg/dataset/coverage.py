"""What was read out of each sentence, document by document."""

from collections.abc import Iterator
from itertools import groupby

from kg.dataset import Dataset
from kg.dataset.rows import shorten
from kg.runtime.terminal import Line, line


def coverage(data: Dataset, *, only_without: bool = False) -> Iterator[Line]:
    """The lines of every document: its title, how many sentences yield claims, and the sentences.

    ``only_without`` leaves out the sentences that yield a claim.
    """
    titles = {row["document"]: row for row in data.query("documents")}
    for document, group in groupby(data.query("coverage"), key=lambda row: row["document"]):
        rows = list(group)
        found = titles[document]
        yield line(
            (str(found["title"] or ""), "title"),
            f"  {found['file']}  ",
            (shorten(str(document), data.prefixes), "name"),
        )
        yielding = sum(row["claims"] is not None for row in rows)
        yield line((f"  {yielding} of {len(rows)} sentences yield claims", "quiet"))
        for row in rows:
            claims = len(str(row["claims"] or "").split())
            if not (only_without and claims):
                words = " ".join(str(row["sentence"]).split())
                yield line(f"  {claims or '-':>3}  ", (words, "plain" if claims else "missed"))
        yield line()
