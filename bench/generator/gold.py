"""The gold of what was drawn, in the format of tests/corpus, each item with the characters that say it (`at`)."""

import re
from collections.abc import Iterator
from typing import Any

from bench.generator.scenario import UNITS, Binding
from bench.generator.values import Body, Country, Day, Figure, Person

Item = dict[str, Any]
TYPES = {
    "capture": ["capture", "occupation"],
    "liberation": ["liberation", "recapture"],
    "withdrawal": ["withdrawal", "handover"],
    "handover": ["withdrawal", "liberation", "handover"],
    "ceasefire": ["ceasefire"],
    "adoption": ["adoption"],
    "interview": ["interview"],
}
QUALIFIERS = {"part": "part-of", "most": ["less-than", "about"], "more": ["more-than", "about", "exact"]}
SAID = {"direct", "indirect"}


def items(binding: Binding) -> Iterator[tuple[str, Item, list[str]]]:
    """The kind of each claim, its gold, and its slots; kinds begin with `optional ` where readers may differ."""
    for claim in binding.claims():
        optional = claim[0] == "optional"
        what, *tokens = claim[optional:]
        kind, item = _item(binding, what, tokens)
        yield ("optional " if optional else "") + kind, item, tokens


def _item(binding: Binding, what: str, tokens: list[str]) -> tuple[str, Item]:
    if what in TYPES:
        *place, day = tokens
        return "events", {"types": TYPES[what], "place": _names(binding, place), "date": _date(binding, day)}
    if what in UNITS:
        return "figures", _figure(binding, tokens)
    if what == "person":
        return "people", _person(binding, tokens)
    if what == "published":
        return "published", {"date": _date(binding, tokens[0])}
    speaker, said = binding.value(tokens[0]), binding.value(tokens[1])
    names = [speaker.paper] if isinstance(speaker, Body) else [speaker.name] if isinstance(speaker, Person) else []
    return "statements", {"kind": what, "speaker": names, "text": [said.written("")]}


def _names(binding: Binding, tokens: list[str]) -> list[str]:
    """The names of a place of several words, `the fort above P2|P2`: any of them."""
    words = " ".join(tokens)
    if words == "-":
        return []
    written = re.sub(r"\b[PG]\d?(?:\.\d+)?(?![\w])", lambda match: binding.value(match[0]).written(""), words)
    return written.split("|")


def _date(binding: Binding, token: str) -> str | list[str] | None:
    """EDTF, a list where readers may differ (`D|../D`); `-` is no date."""
    if token == "-":
        return None
    dates = ["/".join(_day(binding, part) for part in each.split("/")) for each in token.split("|")]
    return dates if len(dates) > 1 else dates[0]


def _day(binding: Binding, part: str) -> str:
    if part in ("..", ""):
        return part
    day = binding.value(part)
    assert isinstance(day, Day)
    return day.value.isoformat()


def _figure(binding: Binding, tokens: list[str]) -> Item:
    slot, *of = tokens
    qualifier = QUALIFIERS[of.pop()] if of and of[-1] in QUALIFIERS else "exact"
    figure = binding.value(slot)
    assert isinstance(figure, Figure)
    kind = "distance" if figure.kind == "height" else figure.kind
    names = _names(binding, of)
    return {
        "kind": kind, "value": str(figure.value), "unit": figure.unit, "qualifier": qualifier, "subject": names,
    }  # fmt: skip


def _person(binding: Binding, tokens: list[str]) -> Item:
    person = binding.value(tokens[0])
    assert isinstance(person, Person)
    if len(tokens) == 1:
        return {"name": person.name, "role": "", "of": ""}
    *role, body = tokens[1:]
    of = binding.value(body)
    name = of.name if isinstance(of, (Body, Country)) else of.written("")
    return {"name": person.name, "role": person.role if role == ["role"] else " ".join(role), "of": [name]}
