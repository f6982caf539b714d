"""Claims to triples; the one place where IRIs are minted.

Triples are pyoxigraph's. Nothing here reads another document, a clock or the network, no node is blank,
and the same extraction gives the same triples in the same order everywhere.
"""

from kg.rdf.annotations import Suggest, annotation_triples
from kg.rdf.documents import document_triples
from kg.rdf.events import event_triples, finding_triples
from kg.rdf.iris import IRIs, claim_ids, entity_paths, gazetteer_keys

__all__ = [
    "IRIs",
    "Suggest",
    "annotation_triples",
    "claim_ids",
    "document_triples",
    "entity_paths",
    "event_triples",
    "finding_triples",
    "gazetteer_keys",
]
