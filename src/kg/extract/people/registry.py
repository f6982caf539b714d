"""The people of a document by name: full names, then surnames, variants of one name."""

from dataclasses import dataclass, field
from typing import NamedTuple

from kg.extract.found import Found
from kg.extract.reading import Sentence
from kg.model import Entity
from kg.text.folding import fold


@dataclass(slots=True)
class Person:
    """Somebody whom the document names, with the offices that it gives them."""

    entity: Entity
    name: str
    surname: str  # folded
    gender: str = ""  # f, m, or not known
    roles: list[tuple[str, str, Entity | None]] = field(default_factory=list)  # title (lower), head, of
    first: int = 0  # offset where the name first stands
    titles: set[str] = field(default_factory=set)  # ranks and titles that stand before the name, lower case
    credited: bool = False  # in a byline: who writes is not who is written about
    kin: bool = False  # named as somebody's: ``his daughter Ana Mora`` is not the Mora whom the text speaks of


@dataclass(slots=True)
class People:
    """The document's people, by the order in which it introduces them."""

    all: list[Person] = field(default_factory=list)
    by_name: dict[str, Person] = field(default_factory=dict)
    by_surname: dict[str, list[Person]] = field(default_factory=dict)
    by_given: dict[str, list[Person]] = field(default_factory=dict)

    def add(self, name: str, entity: Entity, offset: int) -> Person:
        key = fold(name)
        person = self.by_name.get(key) or self._variant(key, name)
        if person is None:
            person = Person(entity, name, surname_of(name), first=offset)
            self.all.append(person)
            self.by_given.setdefault(key.split(" ")[0], []).append(person)
            for surname in {person.surname: 0, person.surname.split()[-1]: 0}:
                self.by_surname.setdefault(surname, []).append(person)
        self.by_name[key] = person
        return person

    def _variant(self, key: str, name: str) -> Person | None:
        """The same surname, and a first name that differs by a letter: ``Maria`` and ``Mariya``; or a middle name
        more.
        """
        parts = key.split()
        for person in self.by_surname.get(surname_of(name), []):
            known = fold(person.name).split()
            if (
                len(parts) > 1
                and len(known) > 1
                and (
                    _near(parts[0], known[0]) or (parts[0][:1] == known[0][:1] and 1 in (len(parts[0]), len(known[0])))
                )
            ):
                return person
        return None

    def of_surname(self, text: str) -> Person | None:
        """The one person of a surname (or of a single given name)."""
        key = fold(text)
        if found := self.by_name.get(key):
            return found
        found_all = self.by_surname.get(key, [])
        if len(found_all) == 1:
            return found_all[0]
        given = self.by_given.get(key, [])
        return given[0] if len(given) == 1 and not found_all else None


def surname_of(name: str) -> str:
    """The last word of a name, folded, with its particle: ``al abadi``, ``van der merwe``, ``hoxha leka``."""
    parts = [fold(part) for part in name.split()]
    for index in range(1, len(parts) - 1):
        if parts[index] in ("al", "el", "bin", "van", "von", "de", "der", "ibn", "ter", "ben"):
            return " ".join(parts[index:])
    return parts[-2] if len(parts) > 1 and parts[-1] in ("jr", "sr", "ii", "iii", "iv") else parts[-1] if parts else ""


def _near(one: str, other: str) -> bool:
    """Equal but for one letter; ``Paul`` and ``Paula`` are two."""
    if f"{one}a" == other or one == f"{other}a":
        return False
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 4:
        return one == other
    index = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return (
        one[index + 1 :] == other[index + 1 :] or one[index:] == other[index + 1 :] or one[index + 1 :] == other[index:]
    )


class Office(NamedTuple):
    """An office that the text gives to somebody; the evidence ends before the token ``until``."""

    named: Found
    role: Found
    of: Entity | None
    sentence: Sentence
    until: int
