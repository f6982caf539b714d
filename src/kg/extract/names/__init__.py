"""Names in text: gazetteer entries, and by their form organizations, people and places that no gazetteer knows.

First every run of capitals in a sentence is cut into segments (`find_names`), each of one class. Then the document
as a whole decides what a name is: a surname after a full name, an acronym after its words in full, a name that
elsewhere has a title, an office or a place word (`kg.extract.people`, `settle`).
"""

from kg.extract.names.known import described, span_of, state_of, text_of
from kg.extract.names.offices import PLURAL_HEADS
from kg.extract.names.segments import find_names

__all__ = ["PLURAL_HEADS", "described", "find_names", "span_of", "state_of", "text_of"]
