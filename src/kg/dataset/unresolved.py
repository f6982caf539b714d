"""What a build could not resolve, as a file for a person to edit: ``kg gazetteer suggest``."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, cast

from kg.dataset import Dataset
from kg.dataset.rows import Rows, Value
from kg.gazetteer import Gazetteer, Unknown, suggestions_turtle
from kg.model import MentionKind

CONTEXTS = 3  # sentences that show how a name is used


def suggestions(data: Dataset, gazetteer: Gazetteer) -> str:
    """The unresolved names of a dataset as a gazetteer file, all in comments, the most frequent first."""
    sentences = _sentences(data)
    unknown = [
        Unknown(
            name=name,
            kind=kind,
            count=len(rows),
            contexts=tuple(_context(row, sentences) for row in rows[:CONTEXTS]),
            candidates=gazetteer.suggest(name, cast(MentionKind, kind)),
        )
        for (name, kind), rows in grouped(data.query("unresolved")).items()
    ]
    return suggestions_turtle(unknown, gazetteer)


def grouped(rows: Iterable[dict[str, Value]]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The rows of the query ``unresolved`` by name and kind, in the order in which a name first stands."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[str(row["mention"]), str(row["kind"])].append(row)
    return found


def by_name(rows: Rows) -> Rows:
    """A row for each name, the most frequent first: how often it stands, in how many documents, what may be meant."""
    columns = ["mention", "kind", "times", "documents", "document", "suggestion"]
    made: list[dict[str, Any]] = [
        {
            "mention": name,
            "kind": kind,
            "times": len(of_it),
            "documents": len({row["document"] for row in of_it}),
            "document": of_it[0]["document"],
            "suggestion": of_it[0]["suggestion"],
        }
        for (name, kind), of_it in grouped(rows).items()
    ]
    made.sort(key=lambda row: (-int(row["times"]), row["mention"], row["kind"]))
    return Rows(columns, made)


def _sentences(data: Dataset) -> dict[str, list[tuple[int, str]]]:
    """Where each sentence of a document begins, with its words, in order."""
    sentences: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in data.query("coverage"):
        sentences[str(row["document"])].append((int(str(row["start"])), str(row["sentence"])))
    return sentences


def _context(row: Any, sentences: dict[str, list[tuple[int, str]]]) -> str:
    """The sentence in which a name stands, or the name alone."""
    of_document = sentences.get(str(row["document"]), [])
    place = bisect_right(of_document, int(row["start"]), key=lambda sentence: sentence[0])
    return of_document[place - 1][1] if place else str(row["mention"])
