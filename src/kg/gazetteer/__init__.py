"""Known places, organizations, people and roles, and the names under which texts speak of them."""

from kg.gazetteer.entries import Entry, Name
from kg.gazetteer.load import load
from kg.gazetteer.lookup import Gazetteer

__all__ = ["Entry", "Gazetteer", "Name", "load"]
