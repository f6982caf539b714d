"""Names, and times, that the model sees where no rule saw one."""

from collections.abc import Iterable
from decimal import Decimal

from kg.extract.found import PEOPLES
from kg.extract.statistical.candidates import Candidate, Taken, candidates
from kg.extract.statistical.passages import Passage
from kg.gazetteer import Gazetteer
from kg.model import Entity, Extraction, Mention, MentionKind, Unresolved
from kg.text.folding import fold

# Roughly how many of a model's additions were right where they could be compared (docs/evaluation.md).
CONFIDENCE: dict[MentionKind, Decimal] = {
    "person": Decimal("0.6"), "organization": Decimal("0.5"), "place": Decimal("0.5"), "date": Decimal("0.6"),
}  # fmt: skip


class Known:
    """The names of a document that are settled, and the gazetteer's."""

    def __init__(self, gazetteer: Gazetteer, extraction: Extraction) -> None:
        self.gazetteer = gazetteer
        self.names: dict[str, Entity] = {}
        self.surnames: dict[str, Entity | None] = {}  # None: of several people
        for mention in extraction.mentions:
            if mention.entity is not None:
                self.add(mention.entity)
        self.countries = frozenset(
            entity.key.removeprefix("place/")
            for entity in self.names.values()
            if entity.type == "country" and entity.key
        )

    def add(self, entity: Entity) -> None:
        self.names.setdefault(fold(entity.name), entity)
        if entity.kind == "person":
            surname = fold(entity.name).split(" ")[-1]
            if self.surnames.setdefault(surname, entity) != entity:
                self.surnames[surname] = None


def names(
    read: Iterable[Passage], extraction: Extraction, gazetteer: Gazetteer
) -> tuple[list[Mention], list[Unresolved]]:
    """The mentions that the model adds, and those of their names that no gazetteer knows, or knows several of."""
    known = Known(gazetteer, extraction)
    mentions: list[Mention] = []
    unresolved: list[Unresolved] = []
    taken = Taken(mention.span for mention in extraction.mentions)
    for candidate in candidates(read, taken, known.names.keys() | known.surnames.keys()):
        kind, span = candidate.kind, candidate.span
        if kind == "date":
            mentions.append(Mention(span, kind, method="model", confidence=CONFIDENCE[kind]))
            continue
        entity, keys = _entity(candidate, known)
        if entity is not None and entity.kind != "role" and entity.kind != "described":
            known.add(entity)
            kind = entity.kind
            mentions.append(
                Mention(span, kind, entity, method="model", confidence=CONFIDENCE.get(kind, Decimal("0.5")))
            )
        if keys or (entity is not None and entity.key is None):
            unresolved.append(Unresolved(span, kind, keys))
    return mentions, unresolved


def _entity(candidate: Candidate, known: Known) -> tuple[Entity | None, tuple[str, ...]]:
    """What a name stands for: what the document or the gazetteer knows by it, else somebody of this document alone.

    Nothing, with the keys of the candidates, where the gazetteer leaves several; nothing at all for an office or a
    demonym.
    """
    kind, folded = candidate.kind, fold(candidate.text)
    if folded in known.names:
        return known.names[folded], ()
    if " " not in folded and (person := known.surnames.get(folded)):
        return person, ()
    listed = known.gazetteer.lookup(candidate.text)
    if not listed:
        return (Entity(kind, candidate.text) if folded and kind in ("person", "organization", "place") else None), ()
    if listed[0].entry.kind == "role" or listed[0].kind in PEOPLES:
        return None, ()
    resolved = known.gazetteer.resolve(listed, countries=known.countries)
    if resolved is not None:
        return resolved.entry.entity(), ()
    return None, tuple(dict.fromkeys(name.entry.key for name in listed))
