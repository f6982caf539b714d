"""A page that grows: what a production says, and where the gold of it stands."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from bench.generator import gold
from bench.generator.grammar import Production, chosen, data, filled, spread
from bench.generator.scenario import Scenario
from kg.model import Source

KINDS = ("events", "figures", "people", "statements")
Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """What one production says: a text, or a question and its answer, with its gold by kind."""

    text: str
    items: tuple[tuple[str, Item], ...]
    question: str = ""
    turns: bool = False  # it has its speakers' names itself


def passage(scenario: Scenario, production: Production, number: int) -> Passage:
    """Say the claims of a production."""
    binding = scenario.bound(production, number)
    text, where = filled(spread(chosen(production.text, scenario.random), number), binding.written)
    question, turns = "", text.startswith("TURNS:")
    cut = len("TURNS:") if turns else 0
    if text.startswith("QA:"):
        question, _, text_after = text.removeprefix("QA:").partition("|")
        cut = len(text) - len(text_after)
    found = []
    for kind, item, slots in gold.items(binding):
        spans = [span for slot in slots for span in where.get(slot, where.get(slot[0] + "s", []))]
        spans = [span for span in spans if span[0] >= cut] or [(cut, len(text))]
        item["at"] = [min(start for start, _ in spans) - cut, max(end for _, end in spans) - cut]
        if item.get("kind") == "indirect":  # as a clause, or with the words of attribution
            item["text"].append(_sentence(text, item["text"][0]))
        found.append((kind, item))
    body = text[cut:]
    return Passage(body[:1].upper() + body[1:], tuple(found), question, turns)


def _sentence(text: str, clause: str) -> str:
    start = text.index(clause)
    return text[text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0 : start + len(clause) + 1]


_THAT = re.compile(r"[^.]*? that ([^.,]+)\.")


def _reported(match: re.Match[str]) -> Item:
    """A clause with `that` may be read as what the one who says it says, in whatever words he is described."""
    return {"kind": "indirect", "speaker": [], "text": [match[0].strip(), match[1]]}


@dataclass
class Page:
    """A text that grows, with the gold of what was put into it."""

    style: str
    published: str | None = None
    text: str = ""
    found: dict[str, list[Item]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    optional: dict[str, list[Item]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    @property
    def is_markdown(self) -> bool:
        """Whether it has a table or headings."""
        return "| --- |" in self.text or "## " in self.text

    def source(self) -> Source:
        """The page as it would be read from a file."""
        if self.is_markdown:
            return Source("page.md", "page", self.text, media_type="text/markdown")
        return Source("page.txt", "page", self.text)

    def write(self, words: str) -> None:
        self.text += words

    def say(self, said: Passage) -> None:
        """Add a passage, and its gold with the characters where it stands now."""
        start = len(self.text)
        self.text += said.text
        self.optional["statements"] += [_reported(match) for match in _THAT.finditer(said.text)]
        for kind, item in said.items:
            at = {"at": [start + end for end in item["at"]]}
            if kind == "published":
                self.published = item["date"]
            elif kind.startswith("optional "):
                self.optional[kind.removeprefix("optional ")].append({**item, **at})
            else:
                self.found[kind].append({**item, **at})

    def speaks(self, name: str, text: str) -> None:
        """A turn of somebody: readers may take the whole of it for a statement, and him for a person."""
        self.optional["statements"].append({"kind": ["direct", "indirect"], "speaker": [name], "text": [text]})
        self.optional["people"].append({"name": name, "role": "", "of": ""})

    def gold(self) -> Item:
        """The gold in the format of tests/corpus."""
        anything: Item = {"value": "*", "unit": "*", "qualifier": "exact", "subject": []}
        optional = {kind: list(items) for kind, items in self.optional.items()}
        optional["events"].append({"types": ["conflict", "negotiation"], "place": [], "date": "*"})
        optional["figures"].append({"kind": "count", **anything})
        bodies = {name for item in self.found["people"] for name in item["of"] if name}
        return {
            "documents": 1,
            "published": self.published,
            **self.found,
            "organizations": sorted(bodies - {each["name"] for each in data("names.toml")["country"]}),
            "optional": optional,
        }

    def gold_text(self) -> str:
        """The gold as the text of its file."""
        return json.dumps(self.gold(), ensure_ascii=False, indent=1) + "\n"
