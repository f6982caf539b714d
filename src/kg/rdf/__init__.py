"""Claims to triples.

Graphs are sorted N-Triples. Nothing here reads another document, a clock or the network, no node is blank,
and the same extraction gives the same bytes everywhere.
"""

from kg.ids import IRIs, claim_ids, entity_paths, gazetteer_keys
from kg.rdf.annotations import Suggest, annotation_graph
from kg.rdf.documents import Names, document_graph, evidence
from kg.rdf.events import event_graph, finding_graph

__all__ = [
    "IRIs",
    "Names",
    "Suggest",
    "annotation_graph",
    "claim_ids",
    "document_graph",
    "entity_paths",
    "event_graph",
    "evidence",
    "finding_graph",
    "gazetteer_keys",
]
