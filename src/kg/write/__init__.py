"""Files of a dataset: sorted N-Triples, Turtle and JSON-LD, the manifest, and the folder that holds them."""

from kg.runtime.bundle import Bundle
from kg.runtime.folder import replaced
from kg.runtime.sort import Sorted
from kg.write.jsonld import jsonld
from kg.write.manifest import changed_files, read_manifest, write_manifest
from kg.write.ntriples import Graph, canonical_hash, merge, ntriples
from kg.write.shards import pack, write_shards
from kg.write.turtle import turtle

__all__ = [
    "Bundle",
    "Graph",
    "Sorted",
    "canonical_hash",
    "changed_files",
    "jsonld",
    "merge",
    "ntriples",
    "pack",
    "read_manifest",
    "replaced",
    "turtle",
    "write_manifest",
    "write_shards",
]
