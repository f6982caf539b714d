"""The IRIs of a dataset: one path segment after the kind, ASCII letters, digits, ``_`` and ``-`` only.

    source/{slug}                          document/{source}-{n}
    span/{document}-{start}-{end}          claim/{document}_{kind}_{main entity}_{n}
    event/{family}_{place}_{date}          event/{claim}, of one that has no place or no date
    place/{ISO 3166 code or slug}          place/{document}_{slug}, of one that no gazetteer knows
    agent/{slug}, role/{slug}              agent/{document}_{slug}, role/{document}_{slug}
    document/{symbol}                      finding/{source, event or place}_{check}_{n}

Everything but the base is a *path*, which is what the other stages pass around.
"""

import hashlib
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from kg.domain import FAMILY, FIGURE
from kg.errors import UsageError
from kg.model import Claim, Entity, EventClaim, Extraction, FigureClaim, RoleClaim, Span, Statement
from kg.text.folding import slug
from kg.vocabulary import BASE

_FOLDERS = {
    "place": "place",
    "person": "agent",
    "organization": "agent",
    "described": "agent",
    "role": "role",
    "document": "document",
}
_LONGEST = 80  # of a slug; stores were seen to cut IRIs of more than 1,880 characters


class IRIs:
    """Mints every IRI below `base`, an absolute http or https IRI that ends with a slash.

    Raises UsageError for any other base.

    >>> IRIs().span("two-1", Span(40, 80))
    <NamedNode value=https://kg.example/span/two-1-40-80>
    """

    def __init__(self, base: str = BASE) -> None:
        self.base = _checked(base)

    def __call__(self, path: str) -> NamedNode:
        return NamedNode(self.base + path)

    def source(self, slug: str) -> NamedNode:
        return NamedNode(f"{self.base}source/{slug}")

    def document(self, id: str) -> NamedNode:
        return NamedNode(f"{self.base}document/{id}")

    def span(self, document: str, span: Span) -> NamedNode:
        return NamedNode(f"{self.base}span/{document}-{span.start}-{span.end}")

    def claim(self, id: str) -> NamedNode:
        return NamedNode(f"{self.base}claim/{id}")

    def event(self, id: str) -> NamedNode:
        return NamedNode(f"{self.base}event/{id}")

    def finding(self, id: str) -> NamedNode:
        return NamedNode(f"{self.base}finding/{id}")


def entity_paths(extraction: Extraction) -> dict[Entity, str]:
    """The path of every entity that the extraction names, in the order of the text.

    A gazetteer's or a cited document's is its key. Any other is local to its document; a name whose slug an
    earlier, different name of the document has gets a hash of its own.
    """
    document = extraction.document.id
    paths: dict[Entity, str] = {}
    named: dict[str, tuple[str, str]] = {}
    for entity in extraction.entities():
        if entity not in paths:
            paths[entity] = entity.key or _local(document, entity, named)
    return paths


def gazetteer_keys(extraction: Extraction) -> tuple[str, ...]:
    """The keys, sorted, of the entities that the extraction names and does not itself describe."""
    return tuple(sorted({e.key for e in extraction.entities() if e.key and e.kind != "document"}))


def claim_ids(extraction: Extraction, paths: dict[Entity, str] | None = None) -> tuple[str, ...]:
    """One id for each of the extraction's claims: ``{document}_{kind}_{main entity}_{n}``.

    ``n`` counts the claims of one kind and entity in the order of the text, so that an edit elsewhere in the
    document leaves the id as it is. `paths` are `entity_paths(extraction)`, where the caller has them already.
    """
    document = extraction.document.id
    paths = entity_paths(extraction) if paths is None else paths
    counts: Counter[str] = Counter()
    ids = []
    for claim in extraction.claims:
        kind, entity = _topic(claim)
        topic = f"{kind}_{_segment(document, paths[entity])}" if entity else kind
        counts[topic] += 1
        ids.append(f"{document}_{topic}_{counts[topic]}")
    return tuple(ids)


KINDS = frozenset({*FAMILY, *FIGURE, "role", "statement"})
"""What the id of a claim says of its kind."""


def kind_of(claim: str) -> str:
    """The kind of a claim by its id, with or without its number and whatever stands before: ``control``, ``area`` ...

    >>> kind_of("https://kg.example/claim/two-1_control_AZ-SUS_1"), kind_of("two_a-1_share")
    ('control', 'share')
    """
    parts = claim.rpartition("/")[2].split("_")
    return next((part for part in reversed(parts) if part in KINDS), parts[-1])


def topic_of(claim: str) -> str:
    """The id of a claim without its number: its document, kind and main entity."""
    return claim.rpartition("_")[0]


def event_id(family: str, place: str, date: str) -> str:
    """The id of an event: its family, the last segment of its place's path, and the name of its date."""
    return f"{family}_{_last(place)}_{date}"


def told_apart(id: str, by: str) -> str:
    """An id that another thing has already, made one of its own by what only this one has."""
    return f"{id}-{_hash(by)}"


def finding_id(subject: str, check: str, number: int = 0) -> str:
    """The id of a finding: the source, event or place that it is about, the check, and its number where there are many.

    >>> finding_id("page", "count", 2), finding_id("place/AZ-LAC", "area")
    ('page_count_2', 'AZ-LAC_area')
    """
    return f"{_last(subject)}_{check}" + (f"_{number}" if number else "")


def is_local(path: str, document: str) -> bool:
    """Whether a path is of what only the document knows."""
    return path.partition("/")[2].startswith(f"{document}_")


def told_by(path: str, known: Callable[[str], bool]) -> str:
    """The document in whose name a thing's own begins, so that it alone tells of it; empty where none is `known`.

    >>> told_by("claim/two_a-1_control_AZ-SUS_1", {"two_a-1"}.__contains__)
    'two_a-1'
    >>> told_by("event/control_two-1_glen_1992", {"two-1"}.__contains__)
    'two-1'
    >>> told_by("place/AZ-SUS", {"two-1"}.__contains__)
    ''
    """
    family, _, name = path.partition("/")
    parts = name.split("_")
    for begin in (0, 1) if family == "event" else (0,):  # an event that has a place and a date begins with its family
        for end in range(len(parts) - 1, begin, -1):
            if "-" in parts[end - 1] and known(document := "_".join(parts[begin:end])):
                return document
    return ""


def _last(path: str) -> str:
    return path.partition("/")[2].replace("/", "-") if "/" in path else path


def _topic(claim: Claim) -> tuple[str, Entity | None]:
    """What kind of claim it is, and the entity that it is mainly about."""
    match claim:
        case EventClaim():
            return claim.family, claim.place or next(iter(claim.actors), None)
        case FigureClaim():
            return claim.kind, claim.of
        case RoleClaim():
            return "role", claim.member
        case Statement():
            return "statement", claim.speaker
    raise TypeError(f"{type(claim).__name__} is not a kind of claim")


def _segment(document: str, path: str) -> str:
    # Without underscores an id can be read from its end: number, entity, kind, document.
    return path.partition("/")[2].removeprefix(f"{document}_").replace("_", "-").replace("/", "-")


def _local(document: str, entity: Entity, named: dict[str, tuple[str, str]]) -> str:
    identity = (entity.kind, entity.name)
    path = f"{_FOLDERS[entity.kind]}/{document}_{_short(slug(entity.name))}"
    while named.setdefault(path, identity) != identity:
        path = f"{path}-{_hash(':'.join(identity))}"
    return path


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip('-_')}-{_hash(text)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _checked(base: str) -> str:
    hint = f"pass an IRI such as {BASE}"
    try:
        NamedNode(base)
        parts = urlsplit(base)
    except ValueError as error:
        raise UsageError(str(error), where=f"base {base!r}", hint=hint) from error
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or not base.endswith("/"):
        raise UsageError("not an absolute http(s) IRI that ends with /", where=f"base {base!r}", hint=hint)
    if parts.fragment or "#" in base or "?" in base:
        raise UsageError("a base has no query and no fragment", where=f"base {base!r}", hint=hint)
    return base
