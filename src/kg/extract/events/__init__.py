"""Events in prose: what the frames of a sentence's clauses tell, as claims.

`control` reads changes of control; `occasions` reads ceasefires, adoptions, beginnings of conflicts, negotiations.
"""

from kg.extract import frames
from kg.extract.clauses.discourse import Context, Discourse
from kg.extract.events.actors import Actors
from kg.extract.events.control import Control
from kg.extract.events.occasions import Occasions
from kg.extract.events.syntax import Syntax
from kg.extract.events.themes import Themes
from kg.extract.names import Found
from kg.extract.places import Places
from kg.extract.reading import Reading, Sentence
from kg.model import EventClaim
from kg.text.quantities import Quantity


class Events:
    """Reads the events of a document, sentence by sentence, in order."""

    def __init__(
        self, reading: Reading, found: list[list[Found]], places: Places, quantities: list[list[Quantity]]
    ) -> None:
        self.discourse = Discourse(reading, places)
        themes = Themes(reading, places, self.discourse)
        self.actors = Actors(reading)
        self.control = Control(reading, themes, self.actors, self.discourse)
        self.occasions = Occasions(Syntax(reading, found, places, quantities))
        self.used, self.with_area = self.control.used, self.control.with_area

    def read(self, sentence: Sentence, context: Context) -> list[EventClaim]:
        """The events of a sentence; the places it speaks of become topics for what follows."""
        made: list[EventClaim] = []
        if frames.worth_reading(sentence.lows):
            made += self.control.read(sentence, context)
        changed = [claim.place for claim in made if claim.place is not None]
        made += self.occasions.ceasefires(sentence)
        made += self.occasions.adoptions(sentence)
        made += self.occasions.conflicts(sentence)
        made += self.occasions.negotiations(sentence)
        self.discourse.note(sentence, changed)
        return made


__all__ = ["Context", "Events"]
