"""Events in prose: what the frames of a sentence's clauses tell, as claims.

`control` reads changes of control; `occasions` reads ceasefires, adoptions, talks, conflicts.
"""

from itertools import pairwise

from kg.extract import frames
from kg.extract.clauses import clauses_of
from kg.extract.clauses.discourse import Context, Discourse
from kg.extract.clauses.slots import is_plain_word
from kg.extract.events.actors import Actors
from kg.extract.events.control import Control
from kg.extract.events.occasions import Occasions
from kg.extract.events.themes import Themes
from kg.extract.lexicon import sites
from kg.extract.places import Places
from kg.extract.reading import Reading, Sentence
from kg.extract.words import PLACE_TYPES
from kg.model import Entity, EventClaim


class Events:
    """Reads the events of a document, sentence by sentence, in order."""

    def __init__(self, reading: Reading, places: Places) -> None:
        self.discourse = Discourse(reading, places)
        self.reading, self.themes = reading, Themes(reading, places, self.discourse)
        themes = self.themes
        self.actors = Actors(reading)
        self.control = Control(reading, themes, self.actors, self.discourse)
        self.occasions = Occasions(reading, themes, self.actors)
        self.used, self.with_area = self.control.used, self.control.with_area

    def read(self, sentence: Sentence, context: Context) -> list[EventClaim]:
        """The events of a sentence; the places it speaks of become topics for what follows."""
        made: list[EventClaim] = []
        told = self._told(sentence, bare=not context.date and self._is_bare(sentence))
        made += self.control.read(sentence, told, context)
        changed = self.control.spoken_of() if made else []
        made += self.occasions.read(sentence, told, context)
        self.discourse.note(sentence, changed, () if changed else self._sites(sentence))
        return made

    def _is_bare(self, sentence: Sentence) -> bool:
        """Whether neither a date nor the name or kind of a place stands in a sentence."""
        if sentence.dates or not sentence.lows.isdisjoint(PLACE_TYPES):
            return False
        found = (one for one in self.reading.found[sentence.index] if one.kind in ("place", "name"))
        return all(is_plain_word(self.reading, one) for one in found)

    def _told(self, sentence: Sentence, *, bare: bool) -> frames.Told:
        """The clauses of a sentence that may tell of something, each with what its frames find in it."""
        told = self.control.told_before(sentence)
        whose = told and self._says_whose(sentence)
        if not whose and not frames.worth_reading(sentence.lows, bare=bare, told=told):
            return []
        if sentence.dates and not whose:
            words = (token for token in self.reading.words(sentence) if token.start not in self.reading.in_date)
            if not frames.worth_reading(frozenset([token.low for token in words]), told=told):
                return []  # "on 3 March"
        return [(clause, tuple(frames.instances(clause))) for clause in clauses_of(self.reading, sentence)]

    def _says_whose(self, sentence: Sentence) -> bool:
        """``By sundown the town was Sheridan's``: whether a possessive stands alone."""
        words = self.reading.words(sentence)
        return any(one.possessive and after.kind != "w" for one, after in pairwise(words))

    def _sites(self, sentence: Sentence) -> list[tuple[Entity, str]]:
        """The buildings and posts that a sentence is about, with what it calls them: ``The base at Kamina``."""
        named = any(one.kind in ("place", "name") for one in self.reading.found[sentence.index])
        if not named or sentence.lows.isdisjoint(sites()):
            return []
        spoken_of = (self.themes.spoken_of(clause) for clause in clauses_of(self.reading, sentence))
        return [site for site in spoken_of if site is not None]


__all__ = ["Context", "Events"]
