"""What is read out of one file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a file and what it says about itself; the fields are those of `kg.model.Source`."""

    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()
    body: int = 0
