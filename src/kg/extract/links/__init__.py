"""Which entry a name means, by the evidence of the whole document; no link where something speaks against it.

`things` sets aside what is no place, `relations` reads where the text says that places lie, `evidence` weighs an entry
against that and against what the document is about, `link` decides name by name.
"""

from kg.extract.links.decide import Link, link
from kg.extract.links.relations import is_fronted
from kg.extract.links.things import set_aside

__all__ = ["Link", "is_fronted", "link", "set_aside"]
