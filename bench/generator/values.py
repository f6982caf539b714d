"""What a scenario is made of: days, figures, people, bodies, countries, and how each is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

MONTHS = "January February March April May June July August September October November December".split()
ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()


def _ordinal(day: int) -> str:
    return f"{day}{'th' if day in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


@dataclass(frozen=True, slots=True)
class Day:
    """A day; `american`: written with the month first where the form leaves that open."""

    value: date
    american: bool = False

    def written(self, form: str) -> str:
        return _DAY[form](self.value, self.american)


_DAY: dict[str, Callable[[date, bool], str]] = {
    "": lambda d, us: f"{MONTHS[d.month - 1]} {d.day}, {d.year}" if us else f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "day": lambda d, us: f"{MONTHS[d.month - 1]} {d.day}" if us else f"{d.day} {MONTHS[d.month - 1]}",
    "monthyear": lambda d, us: f"{MONTHS[d.month - 1]} {d.year}",
    "year": lambda d, us: str(d.year),
    "dots": lambda d, us: f"{d.day}.{d.month}.{d.year}",
    "roman": lambda d, us: f"{d.day}.{ROMAN[d.month - 1]}.{d.year}",
    "dom": lambda d, us: f"the {_ordinal(d.day)}",
    "dom0": lambda d, us: str(d.day),
    "brackets": lambda d, us: f"{d.day} {MONTHS[d.month - 1]} {'[' if us else '('}{d.year}{']' if us else ')'}",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its kind and unit, as the gold has it and as it is written."""

    kind: str
    value: int
    unit: str
    symbol: str  # the unit as written

    def written(self, form: str) -> str:
        number = f"{self.value:,}"
        return {"": f"{number} {self.symbol}", "number": number, "noun": self.symbol}[form]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a role in a body."""

    given: str
    family: str
    role: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    def written(self, form: str) -> str:
        return {"": self.name, "last": self.family, "role": self.role, "upper": self.name.upper()}[form]


@dataclass(frozen=True, slots=True)
class Body:
    """An organization; `paper` in the form of a newspaper's name."""

    name: str
    paper: str

    def written(self, form: str) -> str:
        return self.paper if form == "paper" else self.name


@dataclass(frozen=True, slots=True)
class Country:
    """A country, its adjective and its seat of government."""

    name: str
    demonym: str
    capital: str

    def written(self, form: str) -> str:
        return {"": self.name, "country": self.name, "demonym": self.demonym, "capital": self.capital}[form]


@dataclass(frozen=True, slots=True)
class Words:
    """What is written as it is: a place, a force, a quotation."""

    text: str

    def written(self, form: str) -> str:
        return self.text


Value = Day | Figure | Person | Body | Country | Words
