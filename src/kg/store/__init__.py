"""Triplestores: for now the embedded one, Oxigraph in a folder."""

from kg.store.embedded import load

__all__ = ["load"]
