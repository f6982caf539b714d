"""A Markdown file: its text as it is, and what its front matter states about it.

Front matter is what site generators read above the text: YAML between lines of ``---``, TOML between lines of
``+++``. It stays in the stored text, so that every offset is one of the file, but it is no text of the document.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from kg.read.metadata import iso_date, language, one_line
from kg.read.page import Page

_YAML = re.compile(r"\s*---[ \t]*\n(?P<fields>(?:[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(?P<fields>(?:[^\n]*\n)*?)\+\+\+[ \t]*(?:\n|$)")
# One entry of a block mapping whose value is a scalar on its line (YAML 1.2.2, sections 7.3 and 8.2.2). Values over
# several lines are those of fields that kg does not ask for.
_ENTRY = re.compile(r"(?P<name>[\w.:-]+?)[ \t]*:(?:[ \t]+(?P<value>[^\n]*))?")
_SCALAR = re.compile(
    r"""'(?P<single>(?:[^']|'')*)'|"(?P<double>(?:[^"\\]|\\.)*)"|(?P<plain>[^'"\[{>|&*!#][^\n]*?)(?=\s+#|\s*$)"""
)
_LONGEST = 200  # lines

_FIELDS = {
    "title": ("title", "headline", "og:title"),
    "published": (
        "published", "date", "pubdate", "publishdate", "publish_date", "published_at", "datepublished", "date_published"
    ),
    "publisher": ("publisher", "site_name", "og:site_name", "sitename", "outlet"),
    "language": ("language", "lang", "locale"),
    "url": ("url", "canonical", "canonical_url", "source_url"),
}  # fmt: skip


def read_markdown(text: str) -> Page:
    """The text, what its front matter states, and where the text below it begins."""
    said, body = _front_matter(text)
    found = {field: next((said[name] for name in names if name in said), None) for field, names in _FIELDS.items()}
    notes = () if text[body:].strip() else ("empty",)
    published = found["published"]
    return Page(
        text,
        title=found["title"],
        published=iso_date(published) if published else None,
        publisher=found["publisher"],
        language=language(found["language"] or ""),
        url=found["url"],
        notes=notes,
        body=body,
    )


def _front_matter(text: str) -> tuple[Mapping[str, str], int]:
    """The fields by their names in lower case, and the offset below them; none and 0 where there is no front matter."""
    head = "".join(text.splitlines(keepends=True)[:_LONGEST]) if text.lstrip()[:3] in ("---", "+++") else ""
    if match := _TOML.match(head):
        return _toml(match["fields"]), match.end()
    if (match := _YAML.match(head)) and (fields := _yaml(match["fields"])):
        return fields, match.end()
    return {}, 0


def _toml(fields: str) -> dict[str, str]:
    try:
        table = tomllib.loads(fields)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {name.lower(): words for name, value in table.items() if (words := _words(value))}


def _words(value: Any) -> str | None:
    if isinstance(value, date):
        value = value.isoformat()
    return one_line(value) if isinstance(value, str) else None


def _yaml(fields: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for line in fields.splitlines():
        entry = _ENTRY.fullmatch(line)
        scalar = _SCALAR.match(entry["value"] or "") if entry else None
        if entry and (words := _words(_unquoted(scalar)) if scalar else ""):
            said.setdefault(entry["name"].lower(), words)
        elif entry:
            said.setdefault(entry["name"].lower(), "")
    return {name: value for name, value in said.items() if value} or ({"": ""} if said else {})


def _unquoted(scalar: re.Match[str]) -> str:
    if scalar["single"] is not None:
        return scalar["single"].replace("''", "'")
    if scalar["double"] is not None:
        return re.sub(r"\\(.)", r"\1", scalar["double"])
    return scalar["plain"]
