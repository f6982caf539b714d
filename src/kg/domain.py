"""The words of the domain, each once: what kg can say happened, what a number is of, and what claims are compared on.

Everything else that knows these words is made from the rows below: the code reads them, and ``scripts/write_domain.py``
writes them into the ontology, the shapes and the queries, which a test holds to them. A new word is a row here (and its
name in the type above the table), and a run of that script.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Family = Literal["control", "conflict", "ceasefire", "negotiation", "interview", "adoption"]
ControlWord = Literal["occupation", "capture", "recapture", "liberation", "withdrawal", "handover", "annexation"]
FigureKind = Literal[
    "area",
    "share",
    "count",
    "distance",
    "killed",
    "wounded",
    "missing",
    "captured",
    "displaced",
    "returned",
    "population",
    "destroyed",
]
Compared = Literal["date", "actor", "area", "part", "share"]
Effect = Literal["takes", "regains", "leaves", "confirms"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of the domain: its name in ids, columns and code, its term in the ontology, and what it means."""

    name: str
    term: str  # of the ontology, in its namespace
    label: str  # as a person reads it
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyWord(Word):
    """A family of events, which is neutral: it judges nothing that a document says."""

    name: Family
    topic: str  # in a sentence: the date of the {topic} in a place
    has_words: bool = False  # whether a document's own word for it is one of `CONTROL_WORDS`


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTerm(Word):
    """What a document calls a change of control; never more than its word says.

    `effect` is what it does to who holds the place: a new holder takes it, one regains it from who took it, a holder
    leaves it, or claims for good what is held. The actor of one that leaves is who leaves.
    """

    name: ControlWord
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTerm(Word):
    """What a number is of: a quantity in a unit, or a count of what a noun names."""

    name: FigureKind
    unit: str = ""  # term of QUDT; empty: it counts, and a noun says what
    symbol: str = ""  # in columns
    shown: str = ""  # on pages


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedTerm:
    """What claims on one event, or on one place, can agree or differ on.

    Dates and actors are compared in ways of their own; all else is a number. A number of a whole event is what claims
    give in the fields of `kg.model.EventClaim` that are named here; an area is the place's or a part's, as the claim
    says.
    """

    name: Compared
    term: str  # the property of what is compared
    scope: Literal["event", "part", "place"] = "event"  # what has it: the event, a part of its place, the whole place
    figure: FigureKind | None = None  # the figures that state it too
    qualifier: str = ""  # the property that says how exact a number is; empty: it is no number
    fields: tuple[str, str] | None = None  # the number and its qualifier in a claim
    highest: int | None = None
    label: str = ""
    unit: str = ""  # in sentences and columns
    shown: str = ""  # on pages
    meaning: str = ""


FAMILIES: Final = (
    FamilyWord(
        name="control",
        term="ControlChange",
        label="change of control",
        topic="change of control",
        has_words=True,
        meaning="A place, or a part of it, comes under other control. The type of every event of this family, whatever "
        "the documents call it.",
    ),
    FamilyWord(
        name="conflict",
        term="ArmedConflict",
        label="armed conflict",
        topic="conflict",
        meaning="Fighting, or a conflict that is fought.",
    ),
    FamilyWord(
        name="ceasefire",
        term="Ceasefire",
        label="ceasefire",
        topic="ceasefire",
        meaning="A ceasefire, truce or armistice that was agreed or took effect.",
    ),
    FamilyWord(
        name="negotiation",
        term="Negotiation",
        label="negotiation",
        topic="negotiations",
        meaning="Talks between parties.",
    ),
    FamilyWord(
        name="interview",
        term="Interview",
        label="interview",
        topic="interview",
        meaning="Somebody is asked in public; both sides are actors.",
    ),
    FamilyWord(
        name="adoption",
        term="Adoption",
        label="adoption",
        topic="adoption",
        meaning="A resolution or another document is adopted.",
    ),
)
CONTROL_WORDS: Final = (
    ControlTerm(
        name="occupation",
        term="Occupation",
        label="occupation",
        effect="takes",
        meaning="The document calls it an occupation. Used for claims only.",
    ),
    ControlTerm(
        name="capture",
        term="Capture",
        label="capture",
        effect="takes",
        meaning="The document calls it a capture, seizure or taking. Used for claims only.",
    ),
    ControlTerm(
        name="recapture",
        term="Recapture",
        label="recapture",
        effect="regains",
        meaning="The document calls it a recapture, or says that a place was retaken or regained, whoever does it. "
        "Used for claims only.",
    ),
    ControlTerm(
        name="liberation",
        term="Liberation",
        label="liberation",
        effect="regains",
        meaning="The document calls it a liberation. Used for claims only.",
    ),
    ControlTerm(
        name="withdrawal",
        term="Withdrawal",
        label="withdrawal",
        effect="leaves",
        meaning="The document says that forces left; the actor is the one who leaves. Used for claims, and for what "
        "cited resolutions demand.",
    ),
    ControlTerm(
        name="handover",
        term="Handover",
        label="handover",
        effect="leaves",
        meaning="The document says that a place was handed over, returned or given back; the actor is the one who "
        "hands it over. Used for claims, and for what cited resolutions demand.",
    ),
    ControlTerm(
        name="annexation",
        term="Annexation",
        label="annexation",
        effect="confirms",
        meaning="The document calls it an annexation: a state declares a place its own. Used for claims only.",
    ),
)
FIGURES: Final = (
    FigureTerm(
        name="area",
        term="Area",
        label="area",
        unit="KiloM2",
        symbol="km2",
        shown="km²",
        meaning="Square kilometres (unit:KiloM2).",
    ),
    FigureTerm(
        name="share",
        term="Share",
        label="share",
        unit="PERCENT",
        symbol="percent",
        shown="percent",
        meaning="Percent of a whole (unit:PERCENT).",
    ),
    FigureTerm(
        name="count", term="Count", label="count", meaning="A number of things of no kind below; kg:countOf names them."
    ),
    FigureTerm(
        name="distance",
        term="Distance",
        label="distance",
        unit="M",
        symbol="m",
        shown="m",
        meaning="Metres (unit:M).",
    ),
    FigureTerm(
        name="killed",
        term="Killed",
        label="killed",
        meaning="How many died, as the document says; kg:countOf names who, such as civilian or soldier.",
    ),
    FigureTerm(
        name="wounded",
        term="Wounded",
        label="wounded",
        meaning="How many were wounded or injured; kg:countOf names who.",
    ),
    FigureTerm(
        name="missing",
        term="Missing",
        label="missing",
        meaning="How many are missing; kg:countOf names who.",
    ),
    FigureTerm(
        name="captured",
        term="Captured",
        label="captured",
        meaning="How many were captured, detained or taken hostage; kg:countOf names who.",
    ),
    FigureTerm(
        name="displaced",
        term="Displaced",
        label="displaced",
        meaning="How many fled, or were evacuated or expelled; kg:countOf names who.",
    ),
    FigureTerm(
        name="returned",
        term="Returned",
        label="returned",
        meaning="How many of the displaced came back; kg:countOf names who.",
    ),
    FigureTerm(
        name="population",
        term="Population",
        label="population",
        meaning="How many live, or lived, in a place; kg:countOf names who.",
    ),
    FigureTerm(
        name="destroyed",
        term="Destroyed",
        label="destroyed",
        meaning="How many were destroyed or damaged; kg:countOf names what, such as house or school.",
    ),
)
COMPARED: Final = (
    ComparedTerm(name="date", term="kg:date", label="date"),
    ComparedTerm(name="actor", term="sem:hasActor", label="actor"),
    ComparedTerm(
        name="area",
        term="kg:areaKm2",
        scope="place",
        figure="area",
        qualifier="kg:areaQualifier",
        label="area",
        unit="km2",
        shown="km²",
        meaning="Square kilometres. On a claim: of the place, or of the part of it if kg:ofAreaKm2 or the qualifier "
        "“part-of” says so. On an event: of the whole place.",
    ),
    ComparedTerm(
        name="part",
        term="kg:partKm2",
        scope="part",
        qualifier="kg:partQualifier",
        label="part",
        unit="km2",
        shown="km²",
        meaning="Of an event: the square kilometres of the part of the place that it concerns.",
    ),
    ComparedTerm(
        name="share",
        term="kg:sharePercent",
        figure="share",
        qualifier="kg:shareQualifier",
        fields=("share_percent", "share_qualifier"),
        highest=100,
        label="share",
        unit="percent",
        shown="percent",
        meaning="Percent of the place that the event concerns.",
    ),
)

FAMILY: Final[Mapping[str, FamilyWord]] = {word.name: word for word in FAMILIES}
CONTROL: Final[Mapping[str, ControlTerm]] = {word.name: word for word in CONTROL_WORDS}
FIGURE: Final[Mapping[str, FigureTerm]] = {word.name: word for word in FIGURES}
PROPERTY: Final[Mapping[str, ComparedTerm]] = {one.name: one for one in COMPARED}

NUMBERS: Final = tuple(one for one in COMPARED if one.qualifier)
TERMS: Final = (
    *(word.term for words in (FAMILIES, CONTROL_WORDS, FIGURES) for word in words),
    *(term.removeprefix("kg:") for one in NUMBERS for term in (one.term, one.qualifier)),
)
UNITS: Final = tuple(dict.fromkeys(figure.unit for figure in FIGURES if figure.unit))
EFFECT: Final[Mapping[str, Effect]] = {word.name: word.effect for word in CONTROL_WORDS}
REGAINS: Final = frozenset(word.name for word in CONTROL_WORDS if word.effect == "regains")
TAKES: Final = frozenset(word.name for word in CONTROL_WORDS if word.effect == "takes")
LEAVES: Final = frozenset(word.name for word in CONTROL_WORDS if word.effect == "leaves")
ORGANS: Final = frozenset({"armed-forces", "government", "government-body", "ministry", "parliament"})
"""Types of organizations that are a state's own: what they do, the state does."""
