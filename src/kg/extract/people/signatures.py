"""Who has signed: a line that is a name, and below it a line that is an office."""

from collections.abc import Iterator, Sequence

from kg.extract.found import Found
from kg.extract.people.lists import whose
from kg.extract.people.organizations import make_organization
from kg.extract.people.persons import looks_personal
from kg.extract.people.registry import Office
from kg.extract.reading import Reading


def find_signatures(reading: Reading, found: Sequence[list[Found]]) -> Iterator[Office]:
    """A line that is a name, and below it a line that is an office: who has signed."""
    for above, below, names, offices in zip(reading.sentences, reading.sentences[1:], found, found[1:], strict=False):
        if len(names) != 1 or not offices or below.block != above.block + 1 or reading.blocks[below.block].gap:
            continue
        one, role = names[0], offices[0]
        alone = (
            one.last == above.last
            and one.first - above.first <= 2
            and one.kind in ("name", "person")
            and one.words >= 2
        )
        if not alone or role.kind != "role" or role.first != below.first or not looks_personal(reading, one):
            continue
        whole = offices[1] if len(offices) > 1 else None
        of, until = None, role.last
        if whole and whole.first - role.last <= 3 and whole.kind in ("organization", "place", "name"):
            if whole.kind == "name" and whole.words >= 2:
                make_organization(whole)
            of, until = whose(reading, whole), whole.last
        one.kind = "person"
        yield Office(one, role, of, below, until)
