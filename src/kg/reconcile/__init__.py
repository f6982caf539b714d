"""Claims of many documents to events, with what is contested: the only step that sees more than one document.

Claims of one family and place speak of one event where their beginnings lie within 31 days, or where the coarser
date contains the other. An event carries a value only where every claim that gives one is compatible with it; where
claims differ, the event says so and carries none. Nothing is averaged and nothing is picked.

The work is one sort and one group-by on the place, so that it streams from disk and runs as a distributed group-by:
`order` sorts records, `group` names a record's group, `reconcile_group` works on one group (`contested_area` and
`family_events` on a large one family by family), and `reconcile` does it all for records in memory. The result does not
depend on the order in which they come.
"""

from kg.reconcile.compatible import Number
from kg.reconcile.events import (
    Event,
    PlaceArea,
    Reconciled,
    contested_area,
    family_events,
    reconcile,
    reconcile_group,
)
from kg.reconcile.records import NAME, ClaimRecord, group, namesake, order, records

__all__ = [
    "NAME",
    "ClaimRecord",
    "Event",
    "Number",
    "PlaceArea",
    "Reconciled",
    "contested_area",
    "family_events",
    "group",
    "namesake",
    "order",
    "reconcile",
    "reconcile_group",
    "records",
]
