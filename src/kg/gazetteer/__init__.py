"""Known places, organizations, people and roles, and the names under which texts speak of them."""

from kg.gazetteer.curate import Unknown, suggestions_turtle
from kg.gazetteer.entries import Entry, Name, NameKind
from kg.gazetteer.load import load
from kg.gazetteer.lookup import Gazetteer

__all__ = ["Entry", "Gazetteer", "Name", "NameKind", "Unknown", "load", "suggestions_turtle"]
