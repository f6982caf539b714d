"""What kg reads and what it says: sources, documents, spans, mentions and claims.

Plain, frozen and free of RDF, so that they can be made on any process or cluster node and
compared with ``==``. All offsets are characters of the stored source text
(`Source.text`, written to ``sources/{slug}.txt``), never of a document or a sentence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from kg.domain import ControlWord as ControlWord
from kg.domain import Family as Family
from kg.domain import FigureKind as FigureKind

Qualifier = Literal["exact", "about", "less-than", "more-than", "part-of"]
EntityKind = Literal["place", "person", "organization", "described", "document", "role"]
MentionKind = Literal["person", "organization", "place", "date", "quantity", "document"]
Method = Literal["rules", "model"]
PublisherFrom = Literal["text", "metadata", "settings"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` (included) to ``end`` (excluded) of the stored source text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Source:
    """One stored text: a file, or one record of a corpus.

    ``text`` is what every offset refers to: decoded, without BOM, line ends as ``\\n``; of HTML
    the main text, its structure kept as Markdown blocks (``# ``, ``- ``, ``| a | b |``).
    ``path`` is POSIX, below the folder that was given; a record's is ``corpus.jsonl#id``.
    """

    path: str
    slug: str
    text: str
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    sha256_original: str = ""
    sha256_text: str = ""
    title: str | None = None
    published: str | None = None  # ISO date, from metadata of the page or record
    publisher: str | None = None
    language: str | None = None  # BCP 47
    url: str | None = None
    notes: tuple[str, ...] = ()  # what a person should know of how it was read
    body: int = 0  # where the text begins, below what it says about itself (front matter)


@dataclass(frozen=True, slots=True)
class Document:
    """One article or list of a source; a source holds one or more."""

    source: Source
    number: int  # 1.. in the source
    span: Span
    kind: Literal["article", "report"]
    headlines: tuple[Span, ...] = ()  # the first is the headline, others repeat it
    language: str = "und"  # BCP 47
    published: str | None = None  # EDTF, where the text or its metadata states it
    published_span: Span | None = None
    publisher: str | None = None
    publisher_span: Span | None = None  # where the text states it
    publisher_from: PublisherFrom = "text"  # the page or record itself, or the user's settings

    @property
    def id(self) -> str:
        """The document's segment of an IRI, the same whatever else is read."""
        return f"{self.source.slug}-{self.number}"

    @property
    def title(self) -> str | None:
        if self.headlines:
            return self.headlines[0].of(self.source.text)
        return self.source.title if self.number == 1 else None

    @property
    def published_by(self) -> tuple[str, PublisherFrom] | None:
        """By whom the document is published, and from where that is known; None where nothing says it."""
        if self.publisher:
            return self.publisher, self.publisher_from
        return (self.source.publisher, "metadata") if self.source.publisher else None


@dataclass(frozen=True, slots=True)
class Entity:
    """A place, person, organization, role or cited document that a text speaks of, or somebody whom it only describes.

    ``key`` is its path below the base (``place/AZ-SUS``, ``agent/un-security-council``,
    ``role/foreign-minister``, ``document/S-RES-822-1993``) where a gazetteer or a symbol identifies
    it; None: known only to this document, by ``name``. A state that acts is an
    organization (``agent/state-AZ``), not its territory (``place/AZ``). Who is ``described``, and speaks or acts, has
    no name: ``name`` is the text's own words ("a soldier", "rebels", "it was claimed"), and it is never known to
    another document.
    """

    kind: EntityKind
    name: str
    key: str | None = None
    type: str = ""  # finer, lower case: district, city, state, armed-forces, media, resolution


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names something."""

    span: Span
    kind: MentionKind
    entity: Entity | None = None
    value: str = ""  # EDTF of a date; canonical number and unit of a quantity
    method: Method = "rules"
    confidence: Decimal | None = None  # only what a statistical model found has one


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that no gazetteer knows, or that fits several entries equally well."""

    span: Span
    kind: MentionKind
    candidates: tuple[str, ...] = ()  # keys, for an ambiguous name


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing that one document says.

    ``evidence[0]`` is the span to quote (a row, a sentence, a quotation); others complete it,
    such as the heading that says what a list is of.
    """

    evidence: tuple[Span, ...]
    according_to: Entity | None = None  # None: the document's own voice
    method: Method = "rules"
    confidence: Decimal | None = None  # only what a statistical model found has one


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClaim(Claim):
    """An event as a document reports it."""

    family: Family
    word: ControlWord | None = None  # for control: what the document calls it
    called_as: str = ""  # the document's own word, as written
    called_as_language: str = "en"
    place: Entity | None = None
    actors: tuple[Entity, ...] = ()  # who does it: the new holder, or the one who leaves; interviewer and interviewee
    date: str | None = None  # EDTF
    area_km2: Decimal | None = None
    area_qualifier: Qualifier = "exact"
    area_converted_from: str = ""  # unit as written, where the areas were converted ("sq mi")
    of_area_km2: Decimal | None = None  # the whole, where the area is a part
    share_percent: Decimal | None = None
    share_qualifier: Qualifier = "exact"
    includes: tuple[Entity, ...] = ()  # places that the document names as included
    place_text: str = ""  # the place as written, where its known label is another spelling and nobody has checked it


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureClaim(Claim):
    """A number with what it is of."""

    kind: FigureKind
    value: Decimal  # in the unit of its kind, or a count
    of: Entity | None = None
    of_text: str = ""  # what it is of, as written, where that is not an entity
    noun: str = ""  # of what has no unit: the counted noun, singular, lower case (civilian, house)
    qualifier: Qualifier = "exact"
    converted_from: str = ""  # unit as written, where the value was converted ("ha")
    demands: ControlWord | None = None  # of counted or cited resolutions: what they demand
    not_implemented_by: Entity | None = None  # who, says the document, has not carried them out


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleClaim(Claim):
    """Who holds which office where."""

    member: Entity
    title: str  # as written
    role: Entity | None = None
    organization: Entity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Claim):
    """What somebody says, as quoted or as reported.

    ``text`` is an exact slice of the source: between the quotation marks, or the reported clause
    without the words of attribution. ``according_to`` is who reports it, where that is not the document.
    """

    kind: Literal["direct", "indirect"]
    text: Span
    speaker: Entity | None
    said_to: Entity | None = None
    said_at: str | None = None  # EDTF
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document yields; claims in the order of their first character, the rules' before a model's."""

    document: Document
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    sentences: tuple[Span, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def entities(self) -> Iterator[Entity]:
        """Every entity that a claim or a mention names, with repetitions."""
        for mention in self.mentions:
            if mention.entity:
                yield mention.entity
        for claim in self.claims:
            yield from claim_entities(claim)


def claim_entities(claim: Claim) -> Iterator[Entity]:
    """The entities of a claim, its speaker included."""
    found: tuple[Entity | None, ...]
    match claim:
        case EventClaim():
            found = (claim.place, *claim.actors, *claim.includes)
        case FigureClaim():
            found = (claim.of, claim.not_implemented_by)
        case RoleClaim():
            found = (claim.member, claim.role, claim.organization)
        case Statement():
            found = (claim.speaker, claim.said_to)
        case _:
            found = ()
    yield from (entity for entity in (claim.according_to, *found) if entity)
