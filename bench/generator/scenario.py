"""Draws what is claimed: the values of the slots that a production's claims have, and of all others when asked."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from bench.generator.grammar import Production, data
from bench.generator.values import Body, Country, Day, Figure, Person, Value, Words
from kg import gazetteer

UNITS = {
    "area": ("km2", (300, 3000), ("sq km", "square kilometres", "sq. km", "km2")),
    "distance": ("km", (5, 150), ("km", "kilometres")),
    "height": ("m", (900, 3500), ("m", "metres")),
    "share": ("percent", (5, 95), ("percent", "per cent")),
    "count": ("", (4, 60), ()),
}


@dataclass
class Scenario:
    """One document's world: a country, a time, and nobody and nothing named twice."""

    random: Random
    known: float = 0.5  # the share of places that the gazetteer knows
    alone: bool = True  # nothing else is told: a day may go without the year that stands above
    country: dict[str, Any] = field(init=False)
    american: bool = field(init=False)
    last: date = field(init=False)
    _used: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.country = self.random.choice(data("names.toml")["country"])
        self.american = self.random.random() < 0.4
        self.last = date(self.random.randint(1985, 2015), self.random.randint(1, 4), self.random.randint(1, 28))

    def bound(self, production: Production, number: int) -> "Binding":
        """The claims of a production with their values; lists have as many items as told."""
        days = self._days(production, number)
        return Binding(self, production, number, days)

    def _days(self, production: Production, number: int) -> list[date]:
        start = self._next(1, 40)
        if "month" in production.flags:
            start = start.replace(day=self.random.randint(2, 6))
        elif start.month > 6:
            start = date(start.year + 1, self.random.randint(1, 3), self.random.randint(1, 28))
        days = [start]
        for index in range(1, max(2 * number, 4)):
            most = 2 if "month" in production.flags else 12
            step = self.random.randint(200, 500) if "years" in production.flags else self.random.randint(1, most)
            days.append(days[-1] + timedelta(days=step + (index == number and most > 2)))
        self.last = days[-1]
        return days

    def _next(self, least: int, most: int) -> date:
        return self.last + timedelta(days=self.random.randint(least, most))

    def place(self) -> Words:
        """A place of the country, or one that nobody knows."""
        names = [name for name in self.country["places"] if name not in self._used]
        if names and self.random.random() < self.known:
            return Words(self._use(self.random.choice(names)))
        while True:
            words = data("names.toml")
            name = self.random.choice(words["heads"]) + self.random.choice(words["tails"])
            if name not in self._used and not gazetteer.load().lookup(name):
                return Words(self._use(name))

    def person(self) -> Person:
        words = data("names.toml")
        given, role = self.random.choice(words["given"]), self.random.choice(words["roles"])
        return Person(given, self._fresh("family"), role)

    def figure(self, kind: str, above: Figure | None) -> Figure:
        """A figure of a kind; smaller than the one before it of its kind."""
        unit, (least, most), symbols = UNITS[kind]
        if above and above.kind == kind:
            value = self.random.randint(max(2, above.value // 9), max(3, above.value // 2))
            return Figure(kind, value, above.unit, above.symbol)
        symbol = self.random.choice(symbols or data("names.toml")["nouns"])
        return Figure(kind, self.random.randint(least, most), unit or symbol, symbol)

    def other(self, letter: str) -> Value:
        """What is no place, day, person or figure."""
        words = data("names.toml")
        if letter == "G":
            others = [each for each in words["country"] if each["name"] not in self._used]
            one = self.country if self.country in others else self.random.choice(others)
            self._used.add(one["name"])
            return Country(one["name"], one["demonym"], one["capital"])
        if letter == "O":
            first = self._fresh("body_of")
            return Body(f"{first} {self.random.choice(words['body'])}", f"{first} {self.random.choice(words['paper'])}")
        return Words(self._fresh({"X": "forces", "Q": "quotes", "C": "clauses"}[letter]))

    def _fresh(self, key: str) -> str:
        words = data("names.toml")[key]
        return self._use(self.random.choice([each for each in words if each not in self._used] or words))

    def _use(self, name: str) -> str:
        self._used.add(name)
        return name


_TOKEN = re.compile(r"^([A-Z])(\d?)(?:\.(\d+))?(?:([+-]\d+))?$")


@dataclass
class Binding:
    """The values of a production's slots: `P`, `P2`, `Ps.0`; each is drawn once, those of the claims first."""

    scenario: Scenario
    production: Production
    number: int
    days: list[date]
    values: dict[str, Value] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # of figures

    def __post_init__(self) -> None:
        for claim in self.claims():
            what = claim[1] if claim[0] == "optional" else claim[0]
            for token in claim[1:]:
                self.kinds.setdefault(token, "distance" if what not in UNITS else what)
        named = {word for claim in self.claims() for token in claim for word in re.split(r"[|/]", token)}
        for slot in sorted(filter(_TOKEN.match, named)):
            self.value(slot)

    def claims(self) -> list[list[str]]:
        """The claims as tokens, lists written out: one each, or all on what is no list."""
        found = []
        for claim in self.production.claims:
            tokens = claim.split()
            lists = any(re.fullmatch(r"[A-Z]s", token) for token in tokens)
            for index in range(self.number if lists else 1):
                found.append([re.sub(r"^([A-Z])s$", rf"\1.{index}", token) for token in tokens])
        return found

    def value(self, slot: str) -> Value:
        """What stands in a slot."""
        if slot not in self.values:
            self.values[slot] = self._drawn(slot)
        return self.values[slot]

    def _drawn(self, slot: str) -> Value:
        match = _TOKEN.match(slot)
        if match is None:
            raise ValueError(f"no such slot: {slot}")
        letter, index = match[1], int(match[3] or 0) if match[3] else int(match[2] or 1) - 1
        if letter in "DE":
            day = self.days[index + (self.number if letter == "E" else 0)]
            return Day(day + timedelta(days=int(match[4] or 0)), self.scenario.american)
        if letter == "F":
            above = self.value(f"F{index if index > 1 else ''}") if index and not match[3] else None
            return self.scenario.figure(self.kinds.get(slot, "distance"), above if isinstance(above, Figure) else None)
        if letter == "P":
            return self.scenario.place()
        return self.scenario.person() if letter == "A" else self.scenario.other("C" if self._plain(slot) else letter)

    def _plain(self, slot: str) -> bool:
        return f"{{{slot}:plain}}" in self.production.text

    def written(self, slot: str, form: str) -> str:
        """The words for a slot; `Ps` and `Ds` are lists, `n` how many they have."""
        if slot == "n":
            return ("one", "two", "three", "four", "five", "six")[self.number - 1]
        if form == "day" and "dateline" in self.production.flags and not self.scenario.alone:
            form = ""
        if slot[1:] != "s":
            return self.value(slot).written("" if form == "plain" else form)
        if form == "monthyear":
            return self.value(f"{slot[0]}.0").written(form)
        words = [self.value(f"{slot[0]}.{i}").written("dom0" if form == "doms" else form) for i in range(self.number)]
        return ", ".join(words[:-1]) + (" and " if self.number > 1 else "") + words[-1]
