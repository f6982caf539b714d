"""Whom a pronoun means: the person who was last the subject, or spoke, of fitting gender; never the nearest name."""

from collections.abc import Iterator, Sequence
from itertools import islice

from kg.extract import words
from kg.extract.clauses import Chunk, Noun
from kg.extract.people import People
from kg.extract.people.registry import Person
from kg.extract.reading import Reading
from kg.model import Entity

_NEAR = 600  # characters: how far back a subject outranks a name that stood in another role
_MOST = 200  # people spoken of that are looked back at, so that a long text stays linear


class Focus:
    """The people whom a document speaks of, in order, each as a subject or in another role."""

    def __init__(self, reading: Reading, people: People) -> None:
        self.reading, self.people = reading, people
        self._of: dict[int, Person] = {}
        self._spoken: list[tuple[int, Person, bool]] = []  # offset, person, whether as a subject

    def person(self, entity: Entity | None) -> Person | None:
        """The person of an entity."""
        if len(self._of) != len(self.people.all):
            self._of = {id(person.entity): person for person in self.people.all}
        return self._of.get(id(entity))

    def speak(self, offset: int, entity: Entity) -> None:
        """Somebody says something: they are the subject of what follows."""
        if person := self.person(entity):
            self._spoken.append((offset, person, True))

    def read(self, chunks: Sequence[Chunk]) -> None:
        """Put the people of a sentence in focus: its first free noun phrase last, since a subject outranks the rest."""
        named: list[tuple[int, Person, bool]] = []
        free = True
        for index, chunk in enumerate(chunks):
            if not isinstance(chunk, Noun):
                continue
            before = chunks[index - 1] if index else None
            if before is None or before.word != "," or chunk.name is None:
                free = before is None or before.kind not in ("prep", "verb")  # what is apposed is as what it explains
            if chunk.name is not None and (person := self.person(chunk.name.entity)) is not None:
                named.append((self.reading.tokens[chunk.first].start, person, free))
        named.sort(key=lambda one: (one[2], -one[0]))
        self._spoken += named

    def before(self, offset: int) -> Iterator[Person]:
        """The people spoken of before an offset, those who matter most first."""
        seen = [one for one in islice(reversed(self._spoken), _MOST) if one[0] < offset]
        near = [one for one in seen if one[2] and offset - one[0] < _NEAR]
        yield from (person for _, person, _ in near)
        yield from (person for _, person, _ in seen)

    def pronoun(self, low: str, offset: int) -> Entity | None:
        """Whom ``he``, ``him``, ``she`` or ``her`` means at an offset."""
        gender = "f" if low in words.FEMALE else "m"
        person = next((person for person in self.before(offset) if person.gender in ("", gender)), None)
        if person is None:
            return None
        person.gender = person.gender or gender
        return person.entity
