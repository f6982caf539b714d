"""Extractions written by hand, as extraction should yield them: the seed, and short texts that differ."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from kg.model import (
    Claim,
    ControlWord,
    Document,
    Entity,
    EventClaim,
    Extraction,
    FigureClaim,
    Mention,
    RoleClaim,
    Source,
    Span,
    Statement,
    Unresolved,
)

SEED = Path(__file__).parents[1] / "seeds" / "000_99131d23c14bfa34.txt"

AZ = Entity("place", "Azerbaijan", "place/AZ", "country")
KARABAKH = Entity("place", "Nagorno-Karabakh", "place/nagorno-karabakh", "region")
SHUSHA = Entity("place", "Shusha", "place/AZ-SUS", "district")
LACHIN = Entity("place", "Lachin", "place/AZ-LAC", "district")
FORCES = Entity("organization", "Armenian armed forces", "agent/armenian-armed-forces", "armed-forces")
ARMENIA = Entity("organization", "Armenia", "agent/state-AM", "state")
AZERBAIJAN = Entity("organization", "Azerbaijan", "agent/state-AZ", "state")
MINISTER = Entity("person", "Elmar Mammadyarov", "agent/elmar-mammadyarov")
TRT = Entity("organization", "TRT World", "agent/trt-world", "media")
COUNCIL = Entity("organization", "UN Security Council", "agent/un-security-council")
ROWS = (
    (KARABAKH, "Nagorno-Karabakh: 1988-1992, territory 4400 km2", "1988/1992", 4400),
    (SHUSHA, "Shusha: may 08, 1992, territory 289 km2", "1992-05-08", 289),
    (LACHIN, "Lachin: may 18, 1992, territory 1840 km2", "1992-05-18", 1840),
    ("AZ-KAL", "Kalbajar: april 2, 1993, territory 3054 km2", "1993-04-02", 3054),
    ("AZ-AGM", "Aghdam: july 23, 1993, territory 1150 km2", "1993-07-23", 1150),
    ("AZ-FUZ", "Fizuli: august 23, 1993, territory 1390 km2", "1993-08-23", 1390),
    ("AZ-CAB", "Jabrayil: august 23, 1993, territory 1050 km2", "1993-08-23", 1050),
    ("AZ-QBI", "Gubadli: august 31, 1993, territory 802 km2", "1993-08-31", 802),
    ("AZ-ZAN", "Zangilan: october 29, 1993, territory 707 km2", "1993-10-29", 707),
)


@dataclass(frozen=True, slots=True)
class Place:
    """An entry, as far as a check looks at it."""

    name: str
    type: str
    within: tuple[str, ...] = ()
    area_km2: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Places:
    entries: dict[str, Place]

    def entry(self, key: str) -> Place | None:
        return self.entries.get(key)


PLACES = Places(
    {
        "place/AZ": Place("Azerbaijan", "country", (), Decimal(86600)),
        "place/nagorno-karabakh": Place("Nagorno-Karabakh", "region", ("place/AZ",)),
        "place/AZ-SUS": Place("Shusha District", "district", ("place/nagorno-karabakh",)),
        "place/AZ-LAC": Place("Lachin District", "district", ("place/AZ",)),
    }
    | {f"place/{row[0]}": Place(row[1].partition(":")[0], "district", ("place/AZ",)) for row in ROWS[3:]}
)


@dataclass(slots=True)
class Writer:
    """Collects the claims of one document; spans are given by the words that stand there."""

    document: Document
    claims: list[Claim] = field(default_factory=list)

    def span(self, words: str, after: str = "") -> Span:
        text = self.document.source.text
        begin = text.index(after, self.document.span.start) if after else self.document.span.start
        start = text.index(words, begin)
        return Span(start, start + len(words))

    def says(self, claim: Claim) -> None:
        self.claims.append(claim)

    def extraction(
        self, mentions: Iterable[Mention] = (), sentences: Iterable[Span] = (), unresolved: Iterable[Unresolved] = ()
    ) -> Extraction:
        claims = tuple(sorted(self.claims, key=lambda claim: claim.evidence[0]))
        return Extraction(self.document, claims, tuple(mentions), tuple(sentences), tuple(unresolved))


def source(text: str, slug: str, publisher: str | None = None, language: str | None = None) -> Source:
    path, digest = f"{slug}.txt", sha256(text.encode()).hexdigest()
    return Source(path, slug, text, sha256_original=digest, sha256_text=digest, publisher=publisher, language=language)


def article(text: str, slug: str, publisher: str | None = None, language: str = "en") -> Writer:
    """A document that is the whole of its text, and has no headline."""
    page = source(text, slug, publisher, language)
    return Writer(Document(page, 1, Span(0, len(text)), "article", language=language))


def seed() -> tuple[Extraction, Extraction]:
    """The two documents of the seed page."""
    page = source(SEED.read_text(encoding="utf-8"), SEED.stem)
    cut = page.text.index("Azerbaijani FM")
    return _list(page, cut), _article(page, cut)


def _list(page: Source, end: int) -> Extraction:
    heading = Span(0, len("The Occupation in Figures"))
    writer = Writer(Document(page, 1, Span(0, end), "report", (heading,), "en"))
    for place, row, date, area in ROWS:
        entity = (
            place if isinstance(place, Entity) else Entity("place", row.split(":")[0], f"place/{place}", "district")
        )
        writer.says(
            EventClaim(
                evidence=(writer.span(row), heading),
                family="control",
                word="occupation",
                called_as="Occupation",
                place=entity,
                date=date,
                area_km2=Decimal(area),
            )
        )
    return writer.extraction(sentences=(heading, writer.span("; ".join(row for _, row, _, _ in ROWS) + ".")))


def _article(page: Source, start: int) -> Extraction:
    headline = "Azerbaijani FM: We need to redouble or triple efforts to solve Karabakh conflict"
    heading = Span(start, start + len(headline))
    repeated = Span(page.text.rindex(headline), page.text.rindex(headline) + len(headline))
    writer = Writer(Document(page, 2, Span(start, len(page.text)), "article", (heading, repeated), "en"))
    span = writer.span
    writer.says(
        Statement(
            evidence=(heading,),
            kind="direct",
            text=span(headline.partition(": ")[2]),
            speaker=MINISTER,
            headline=True,
        )
    )
    writer.says(
        RoleClaim(
            evidence=(span("Azerbaijan’s Foreign Minister Elmar Mammadyarov"),),
            member=MINISTER,
            title="Foreign Minister",
            role=Entity("role", "foreign minister", "role/foreign-minister"),
            organization=AZERBAIJAN,
        )
    )
    writer.says(
        EventClaim(
            evidence=(span("in an interview with TRT World"),),
            family="interview",
            called_as="interview",
            actors=(TRT, MINISTER),
        )
    )
    writer.says(
        Statement(
            evidence=(span("He noted that the situation on the line of contact is not so good."),),
            kind="indirect",
            text=span("the situation on the line of contact is not so good"),
            speaker=MINISTER,
            said_to=TRT,
        )
    )
    writer.says(
        FigureClaim(
            evidence=(span("Sometimes the distance between the trenches is less than 100 meters."),),
            according_to=MINISTER,
            kind="distance",
            value=Decimal(100),
            of_text="the distance between the trenches",
            qualifier="less-than",
        )
    )
    conflict = span("The conflict between the two South Caucasus countries began in 1988")
    writer.says(EventClaim(evidence=(conflict,), family="conflict", called_as="conflict", date="1988/.."))
    occupied = span(
        "As a result of the ensuing war, in 1992 Armenian armed forces occupied 20 percent of Azerbaijan, including "
        "the Nagorno-Karabakh region and seven surrounding districts."
    )
    writer.says(
        EventClaim(
            evidence=(occupied,),
            family="control",
            word="occupation",
            called_as="occupied",
            place=AZ,
            actors=(FORCES,),
            date="1992",
            share_percent=Decimal(20),
            includes=(KARABAKH,),
        )
    )
    writer.says(
        FigureClaim(
            evidence=(occupied,), kind="count", value=Decimal(7), noun="district", of_text="surrounding districts"
        )
    )
    writer.says(
        EventClaim(
            evidence=(span("The 1994 ceasefire agreement"),),
            family="ceasefire",
            called_as="ceasefire agreement",
            date="1994",
        )
    )
    resolutions = span("Armenia has not yet implemented four UN Security Council resolutions on withdrawal")
    writer.says(
        FigureClaim(
            evidence=(resolutions,),
            kind="count",
            value=Decimal(4),
            of=COUNCIL,
            noun="resolution",
            demands="withdrawal",
            not_implemented_by=ARMENIA,
        )
    )
    line = span("line of contact")
    return writer.extraction(
        mentions=(
            Mention(span("TRT World"), "organization", TRT),
            Mention(span("1988"), "date", value="1988"),
            Mention(span("South Caucasus"), "place", Entity("place", "South Caucasus", "place/south-caucasus")),
        ),
        sentences=(heading, occupied, span("Trenches on the line of contact are very near to each other.")),
        unresolved=(Unresolved(line, "place"),),
    )


def two_sides() -> tuple[Extraction, ...]:
    """Two parties and an agency on Shusha and Lachin: 8 and 9 May, 1,840 and 1,835 km2."""
    return (
        _side("one", "Shusha was occupied on 8 May 1992. Lachin, 1,840 sq km, fell.", "1992-05-08", "occupied", 1840),
        _side("two", "Shushi was liberated on 9 May 1992. Lachin has 1,835 km2.", "1992-05-09", "liberated", 1835),
        _side("wire", "Shusha was captured in May 1992.", "1992-05", "captured", None),
    )


def _side(slug: str, text: str, date: str, word: str, area: int | None) -> Extraction:
    writer = article(text, slug, publisher=f"Outlet {slug}")
    words: dict[str, ControlWord] = {"occupied": "occupation", "liberated": "liberation", "captured": "capture"}
    writer.says(
        EventClaim(
            evidence=(writer.span(text.partition(".")[0] + "."),),
            family="control",
            word=words[word],
            called_as=word,
            place=SHUSHA,
            actors=(FORCES,),
            date=date,
        )
    )
    if area:
        writer.says(
            FigureClaim(evidence=(writer.span(text.partition(". ")[2]),), kind="area", value=Decimal(area), of=LACHIN)
        )
    return writer.extraction()
