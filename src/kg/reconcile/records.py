"""What reconciliation needs of a claim: small, sortable, and fit to be sent between processes."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from kg.domain import NUMBERS
from kg.ids import entity_paths
from kg.model import Entity, EventClaim, Extraction, Family, FigureClaim
from kg.reconcile.compatible import Number
from kg.text.folding import fold, slug

NAME: Final = "name/"  # how a name stands where a place does
Power = Callable[[Entity], str]
_FIELDS: Final = tuple((one.name, *one.fields) for one in NUMBERS if one.fields)


class ClaimRecord(NamedTuple):
    """An event claim, or an area of a place.

    `place`, `voice` and `actors` are paths, as `kg.rdf` mints them. An area that is stated apart from any event is a
    record without a family: it tells of the place alone. A tuple, for there are millions that are sent and stored.
    """

    place: str
    family: Family | Literal[""]
    claim: str
    document: str
    publisher: str  # or the source, where no publisher is stated
    text: str  # hash of the document's text
    voice: str = ""  # "": the document's own
    word: str = ""
    date: str = ""  # EDTF
    numbers: tuple[tuple[str, Number], ...] = ()  # by the names of `kg.domain.NUMBERS`
    actors: tuple[str, ...] = ()
    name: str = ""  # of a place that only the document knows
    powers: tuple[str, ...] = ()  # of the actors that more than the document knows: of a state's own organ, the state

    def stated(self, name: str) -> tuple[Number, ...]:
        """The numbers that it gives for one that is compared."""
        return tuple(number for of, number in self.numbers if of == name)


def order(record: ClaimRecord) -> tuple[str, str, str]:
    """The key by which records are sorted, so that those of one group stand together."""
    return record.place, record.family, record.claim


def namesake(record: ClaimRecord) -> ClaimRecord | None:
    """The record under the name of a place that only its document knows, beside which those of other documents stand.

    They may be several places, so that no event comes of them: only what they say of the name is compared.
    """
    return record._replace(place=f"{NAME}{slug(record.name)}") if record.name and record.family else None


def group(record: ClaimRecord) -> str:
    """The key under which records must come together to be reconciled."""
    return record.place or record.claim


def records(
    extraction: Extraction,
    claim_ids: Sequence[str],
    paths: Mapping[Entity, str] | None = None,
    *,
    power: Power = lambda actor: actor.key or "",
) -> tuple[ClaimRecord, ...]:
    """A record of every event and of every area of a place.

    `claim_ids` are `rdf.claim_ids(extraction)`, `paths` are `rdf.entity_paths(extraction)`, where the caller has them.
    `power` gives the path of whom an actor acts for: a state for its own armed forces, or else itself; empty where
    nobody knows.
    """
    return tuple(_records(extraction, claim_ids, entity_paths(extraction) if paths is None else paths, power))


def _records(
    extraction: Extraction, claim_ids: Sequence[str], paths: Mapping[Entity, str], power: Power
) -> Iterator[ClaimRecord]:
    document = extraction.document
    publisher, text = _origin(extraction)
    for claim, id in zip(extraction.claims, claim_ids, strict=True):
        voice = paths[claim.according_to] if claim.according_to else ""
        match claim:
            case EventClaim():
                yield ClaimRecord(
                    place=paths[claim.place] if claim.place else "",
                    family=claim.family,
                    claim=id,
                    document=document.id,
                    publisher=publisher,
                    text=text,
                    voice=voice,
                    word=claim.word or "",
                    date=claim.date or "",
                    numbers=(*_areas(claim), *_numbers(claim)),
                    actors=tuple(sorted({paths[actor] for actor in claim.actors})),
                    name=_name(claim.place),
                    powers=tuple(sorted({power(actor) for actor in claim.actors} - {""})),
                )
            case FigureClaim(kind="area", of=Entity(kind="place") as place) if claim.qualifier != "part-of":
                area = Number(claim.value, claim.qualifier, bool(claim.converted_from))
                yield ClaimRecord(
                    paths[place],
                    "",
                    id,
                    document.id,
                    publisher,
                    text,
                    voice,
                    numbers=(("area", area),),
                    name=_name(place),
                )


def _name(place: Entity | None) -> str:
    return place.name if place and not place.key else ""


def _areas(claim: EventClaim) -> Iterator[tuple[str, Number]]:
    """The whole place's area and the part's, as far as the claim gives them."""
    converted = bool(claim.area_converted_from)
    if claim.of_area_km2 is not None:
        yield "area", Number(claim.of_area_km2, converted=converted)
    if claim.area_km2 is None:
        return
    if claim.of_area_km2 is not None or claim.area_qualifier == "part-of":
        yield "part", Number(claim.area_km2, converted=converted)
    else:
        yield "area", Number(claim.area_km2, claim.area_qualifier, converted)


def _numbers(claim: EventClaim) -> Iterator[tuple[str, Number]]:
    """What else is compared, from the fields of the claim."""
    for name, value, qualifier in _FIELDS:
        if (stated := getattr(claim, value)) is not None:
            yield name, Number(stated, getattr(claim, qualifier))


def _origin(extraction: Extraction) -> tuple[str, str]:
    """By whom it is published, and a hash of what it says: documents equal in either are not independent."""
    document = extraction.document
    publisher = document.published_by[0] if document.published_by else None
    words = " ".join(document.span.of(document.source.text).split())
    return (
        f"publisher {fold(publisher)}" if publisher else f"source {document.source.slug}",
        hashlib.sha256(words.encode()).hexdigest()[:32],
    )
