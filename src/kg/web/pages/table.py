"""Rows of a query as a page shows them."""

from kg.dataset.rows import Rows
from kg.web.pages.view import Facts, Thing

MOST_ROWS = 5000  # that are asked for a page
MOST_SHOWN = 500


def bounded(query: str) -> str:
    """A named query that gives its first rows; each ends with ORDER BY."""
    return f"{query}\nLIMIT {MOST_ROWS}"


class Table:
    """Rows as cells: each a list of things and pieces of text."""

    def __init__(self, facts: Facts, rows: Rows, *, most: int = MOST_SHOWN) -> None:
        self.columns = rows.columns
        self.all, self.more = len(rows), len(rows) == MOST_ROWS
        self.rows = [[_cell(facts, row[name]) for name in rows.columns] for row in rows[:most]]


def _cell(facts: Facts, value: object) -> list[str | Thing]:
    if value is None:
        return []
    words = str(value).split(" ") if isinstance(value, str) and value.startswith(("http://", "https://")) else []
    if words and all(word.startswith(("http://", "https://")) for word in words):
        return [Thing(word, facts.short(word), facts.path(word)) for word in words]
    return [str(value)]
