"""Names that no gazetteer knows, or that fit several entries, with the entries that may be meant: for a person."""

from collections.abc import Iterable, Sequence
from typing import Final

from kg.dataset.rows import Rows, Value
from kg.dataset.unresolved import grouped
from kg.model import Span
from kg.web.pages.table import Answer
from kg.web.pages.view import Facts, Thing
from kg.web.pages.wording import shortened

_SHOWN: Final = 3  # documents in which a name stands
_COLUMNS: Final = ["name", "kind", "times", "may_be", "stands_in"]
_TITLE: Final = 60  # characters of a document's


def names(rows: Iterable[dict[str, Value]]) -> Rows:
    """A row for each name in the rows of the query ``unresolved``, the most frequent first."""
    made = [_name(words, kind, group) for (words, kind), group in grouped(rows).items()]
    return Rows(_COLUMNS, sorted(made, key=lambda one: (-int(str(one["times"])), one["name"], one["kind"])))


def _name(words: str, kind: str, rows: Sequence[dict[str, Value]]) -> dict[str, Value]:
    meant = dict.fromkeys(iri for row in rows for iri in str(row["suggestion"] or "").split())
    places = {str(row["document"]): f"{row['document']}#{row['start']}-{row['end']}" for row in reversed(rows)}
    documents = list(dict.fromkeys(str(row["document"]) for row in rows))
    stands_in = " ".join(places[one] for one in documents[:_SHOWN])
    return {"name": words, "kind": kind, "times": len(rows), "may_be": " ".join(meant) or None, "stands_in": stands_in}


class Unresolved(Answer):
    """These rows as a table: the entries that may be meant by their names, and each place by its document."""

    def _thing(self, iri: str, name: str) -> str | Thing:
        document, stands, place = iri.partition("#")
        if not stands:
            return super()._thing(iri, name)
        address = _where(self.facts, document, Span(*map(int, place.split("-"))))
        return Thing(address, _document(self.facts, document), self.facts.path(address))


def _where(facts: Facts, document: str, name: Span) -> str:
    """The address of the least evidence that holds a name, or of the document where no claim rests on it."""
    around = next((span for span in facts.spans(document) if name in span), None)
    return f"{document}#{around.start}-{around.end}" if around else document


def _document(facts: Facts, document: str) -> str:
    """Who publishes a document, and what it is called."""
    title, publisher = shortened(facts.thing(document).name, _TITLE), facts.publisher(document)
    return f"{publisher}: {title}" if publisher else title
