"""Triplestores: the embedded one, Oxigraph in a folder, and any that speaks SPARQL 1.1 (`kg.store.remote`)."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.dataset import Dataset


def load(data: "Dataset", folder: Path) -> int:
    """`kg.store.embedded.load`, which is imported when it is used."""
    from kg.store import embedded

    return embedded.load(data, folder)
