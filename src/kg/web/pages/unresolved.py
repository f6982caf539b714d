"""Names that no gazetteer knows, or that fit several entries, with the entries that may be meant: for a person."""

from collections.abc import Iterable, Sequence
from typing import Final

from kg import gazetteer
from kg.dataset.rows import Rows, Value
from kg.dataset.unresolved import grouped
from kg.model import Span
from kg.web.pages.view import Facts
from kg.web.pages.wording import shortened

_SHOWN: Final = 3  # documents in which a name stands
_COLUMNS: Final = ["name", "kind", "times", "may_be", "may_be_name", "stands_in", "stands_in_name"]
_TITLE: Final = 60  # characters of a document's


def names(facts: Facts, rows: Iterable[dict[str, Value]]) -> Rows:
    """A row for each name in the rows of the query ``unresolved``, the most frequent first."""
    made = [_name(facts, words, kind, group) for (words, kind), group in grouped(rows).items()]
    return Rows(_COLUMNS, sorted(made, key=lambda one: (-int(str(one["times"])), one["name"], one["kind"])))


def _name(facts: Facts, words: str, kind: str, rows: Sequence[dict[str, Value]]) -> dict[str, Value]:
    meant = dict.fromkeys(iri for row in rows for iri in str(row["suggestion"] or "").split())
    first = {str(row["document"]): row for row in reversed(rows)}
    documents = dict.fromkeys(str(row["document"]) for row in rows)
    places = {_where(facts, first[one]): _document(facts, first[one]) for one in list(documents)[:_SHOWN]}
    return {
        "name": words,
        "kind": kind,
        "times": len(rows),
        "may_be": " ".join(meant) or None,
        "may_be_name": " | ".join(_candidate(facts, iri) for iri in meant),
        "stands_in": " ".join(places),
        "stands_in_name": " | ".join(places.values()),
    }


def _where(facts: Facts, row: dict[str, Value]) -> str:
    """The address of the least evidence that holds a name, or of the document where no claim rests on it."""
    document, name = str(row["document"]), Span(int(str(row["start"])), int(str(row["end"])))
    around = next((span for span in facts.spans(document) if name in span), None)
    return f"{document}#{around.start}-{around.end}" if around else document


def _document(facts: Facts, row: dict[str, Value]) -> str:
    """Who publishes a document, and what it is called."""
    title = shortened(facts.thing(str(row["document"])).name.replace(" | ", " / "), _TITLE)
    return f"{row['publisher']}: {title}" if row["publisher"] else title


def _candidate(facts: Facts, iri: str) -> str:
    """What an entry of the gazetteer is called."""
    if facts.known(iri):
        return facts.thing(iri).name
    entry = gazetteer.load().entry(iri.removeprefix(facts.base))
    if entry is None:
        return facts.short(iri)
    return f"{entry.name} ({entry.type}{f', {entry.country}' if entry.country else ''})"
