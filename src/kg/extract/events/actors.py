"""Who does it: the subject of an active verb, ``by`` and ``to`` in the passive."""

from collections.abc import Sequence

from kg.extract import words
from kg.extract.events.syntax import (
    ADVERBS,
    HAVE,
    Syntax,
    Trigger,
)
from kg.extract.names import Found, state_of
from kg.extract.reading import Sentence
from kg.model import Entity
from kg.text.tokens import Token


class Actors:
    """Finds who takes, or who leaves."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.reading, self.found, self.places = syntax.reading, syntax.found, syntax.places
        self.quantities, self.tokens = syntax.quantities, syntax.tokens

    def of(self, sentence: Sentence, trigger: Trigger, left: int, right: int) -> list[Entity]:
        """Who does it: the subject of an active verb, ``by`` and ``to`` in the passive."""
        tokens, group = self.tokens, self.found[sentence.index]
        if trigger.passive:
            marks = ("by", "to") if trigger.kind == "fell" else ("by",)
            for index in range(trigger.last, min(right, trigger.last + 14)):
                if tokens[index].low in marks:
                    return self._actors_from(sentence, index + 1, right)
            return []
        if trigger.kind == "noun":
            by = next((i for i in range(trigger.last, right) if tokens[i].low == "by"), None)
            return self._actors_from(sentence, by + 1, right) if by is not None else []
        end = trigger.index
        while end > left and (
            tokens[end - 1].low in ADVERBS or tokens[end - 1].low in HAVE or tokens[end - 1].low.endswith("ly")
        ):
            end -= 1
        for one in reversed(group):
            if one.last <= end and one.first >= left:
                if one.kind in ("organization", "demonym", "place"):
                    gap = tokens[one.last : end]
                    if (
                        len(gap) <= 3
                        and all(t.kind == "w" for t in gap)
                        and not any(t.low in ("in", "of", "on") for t in gap)
                    ):
                        entity = self._actor(one, gap)
                        return [entity] if entity else []
                return []
        return []

    def named_after(self, sentence: Sentence, index: int, right: int, *, to: bool) -> list[Entity]:
        """Who is named after ``by`` and, of what is lost or falls, ``to``, in the field of a row."""
        for step in range(index, right):
            if self.tokens[step].low == "by" or (to and self.tokens[step].low == "to"):
                return self._actors_from(sentence, step + 1, right)
        return []

    def _actors_from(self, sentence: Sentence, index: int, right: int) -> list[Entity]:
        tokens = self.tokens
        while index < right and tokens[index].low in ("the", "a", "its"):
            index += 1
        actors: list[Entity] = []
        for one in self.found[sentence.index]:
            if one.first < index or one.first >= right:
                continue
            if one.first > index + (2 if actors else 0):
                break
            following = tokens[one.last : min(right, one.last + 3)]
            entity = self._actor(one, following)
            if entity:
                actors.append(entity)
            index = one.last
            while index < right and (
                tokens[index].low in ("and", ",")
                or tokens[index].low in words.FORCE_NOUNS
                or tokens[index].low in words.FORCE_MODIFIERS
            ):
                index += 1
        return actors

    def _actor(self, one: Found, following: Sequence[Token]) -> Entity | None:
        if one.kind == "organization":
            return one.entity
        if one.entity is None or one.entity.key is None:
            return None
        if any(t.low in words.FORCE_NOUNS for t in following[:3]) or one.kind == "demonym":
            forces = self.reading.gazetteer.lookup(f"{one.text} armed forces")
            for name in forces:
                if name.entry.kind == "organization":
                    return name.entry.entity()
        return state_of(self.reading, one.entity.key)
