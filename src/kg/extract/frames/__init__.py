"""Which clause or noun tells of what: the table ``frames.toml``, and its instances in a clause."""

from kg.extract.frames.arguments import agent_of, is_passive, patient_of, subject_of
from kg.extract.frames.beings import beings, is_force, is_undone
from kg.extract.frames.instances import OWNING, Instance, Told, instances, is_expelled, is_of, phrases_in
from kg.extract.frames.table import Frame, frames, noun_word, stated, tells, worth_reading

__all__ = [
    "OWNING",
    "Frame",
    "Instance",
    "Told",
    "agent_of",
    "beings",
    "frames",
    "instances",
    "is_expelled",
    "is_force",
    "is_of",
    "is_passive",
    "is_undone",
    "noun_word",
    "patient_of",
    "phrases_in",
    "stated",
    "subject_of",
    "tells",
    "worth_reading",
]
