"""How well kg reads: against documents with gold, and against a set that others annotated (``make eval``)."""
