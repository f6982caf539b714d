"""The grammar as data: cells, each with the ways in which its claims are said; templates are expanded here."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).parent
PROSE = ("wire", "encyclopedia", "feature", "report", "letter", "qa", "transcript", "caption")
WRITTEN = tuple(style for style in PROSE if style not in ("qa", "transcript"))
"""Where nobody speaks but whom a passage quotes: an answer is a statement as a whole."""
STYLES = (*PROSE, "log", "ledger")


@dataclass(frozen=True, slots=True)
class Production:
    """One way to say some claims: a template, the claims with their slots, and the styles that it suits."""

    cell: int
    mechanism: str
    claims: tuple[str, ...]
    text: str
    styles: tuple[str, ...]
    flags: frozenset[str]  # month: all days in one month; years: each in another year; dateline: the year is said there
    voice: str = ""

    @property
    def shape(self) -> tuple[str, ...]:
        """What is said, whatever the slots are called: productions of one shape can say the same."""
        return tuple(sorted(re.sub(r"\d+$", "", claim) for claim in self.claims))


@cache
def data(name: str) -> dict[str, Any]:
    """A file of data beside this module."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def productions(file: str = "grammar.toml") -> tuple[Production, ...]:
    """Every way to say something, in the order of the file; those of held.toml are to measure on."""
    return tuple(_production(cell, text) for cell in data(file)["cell"] for text in cell["text"])


def _production(cell: dict[str, Any], text: dict[str, Any]) -> Production:
    both = {**cell, **text}
    flags = frozenset(flag for flag in ("month", "years", "dateline") if both.get(flag))
    claims = tuple(text["claims"])
    spoken = any(claim.startswith(("direct ", "indirect ")) for claim in claims)
    styles = tuple(both.get("styles", WRITTEN if spoken else PROSE))
    return Production(both["number"], both["mechanism"], claims, both["text"], styles, flags, both.get("voice", ""))


_CHOICE = re.compile(r"(?<!\\)\[((?:\\.|[^\[\]\\])*)(?<!\\)\]")
_RULE = re.compile(r"<(\w+)>")


def chosen(template: str, random: Random) -> str:
    """The template with its rules and alternatives chosen; slots and lists are left."""
    rules = data("grammar.toml")["rules"]
    while match := _RULE.search(template):
        template = template[: match.start()] + random.choice(rules[match[1]]) + template[match.end() :]
    while match := _CHOICE.search(template):
        choice = random.choice(re.split(r"(?<!\\)\|", match[1]))
        template = template[: match.start()] + choice + template[match.end() :]
    return re.sub(r"\\([\[\]|])", r"\1", template)


_EACH = re.compile(r"\(\*(.*?)\*\)", re.DOTALL)


def spread(template: str, number: int) -> str:
    """The template with each list written out: its slots numbered from 0, as in `{P.0}`."""

    def items(match: re.Match[str]) -> str:
        body, _, marks = match[1].rpartition("||")
        between, _, last = marks.partition("|") if "|" in marks else (marks, "", marks)
        each = [re.sub(r"\{(\w+)", rf"{{\1.{index}", body) for index in range(number)]
        return between.join(each[:-1]) + (last if number > 1 else "") + each[-1]

    return _EACH.sub(items, template)


_SLOT = re.compile(r"\{(\^?)([\w.+#-]+?)(?::(\w+))?\}")
Write = Callable[[str, str], str]
"""Gives the words for a slot in a form."""


def filled(template: str, write: Write) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """The text, and where each slot stands in it. The first letter is large."""
    out, at, where = "", 0, dict[str, list[tuple[int, int]]]()
    for match in _SLOT.finditer(template):
        out += template[at : match.start()]
        words = write(match[2], match[3] or "")
        if match[1] or not out:
            words = words[:1].upper() + words[1:]
        where.setdefault(match[2], []).append((len(out), len(out) + len(words)))
        out += words
        at = match.end()
    return out + template[at:], where
