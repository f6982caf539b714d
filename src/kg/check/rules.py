"""The rules: each lays claims of one source side by side. A new rule is a function and its line in `RULES`."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kg.check.findings import Finding, Severity, called, counted, number, severity
from kg.check.page import Page, Places, Said
from kg.domain import FAMILY, LEAVES, REGAINS, TAKES
from kg.ids import claim_ids, finding_id
from kg.model import Claim, Entity, EventClaim, Extraction, FigureClaim, Statement
from kg.reconcile import Number
from kg.text import edtf

ENDS = REGAINS | LEAVES


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding that has no id yet."""

    severity: Severity
    message: str
    claims: tuple[str, ...]


def check(
    extractions: Sequence[Extraction], places: Places, ids: Iterable[Sequence[str]] | None = None
) -> tuple[Finding, ...]:
    """What is to notice in the documents of one source, in the order of the rules and of the text.

    `extractions` are all of the source's; without any there is nothing to notice. `ids` are `rdf.claim_ids` of
    each, where the caller has them.
    """
    page = Page(extractions, places, map(claim_ids, extractions) if ids is None else ids)
    counts: Counter[str] = Counter()
    findings = []
    for name, rule in RULES.items():
        for noted in rule(page):
            counts[name] += 1
            id = finding_id(extractions[0].document.source.slug, name, counts[name])
            findings.append(Finding(id, name, noted.severity, noted.message, noted.claims))
    return tuple(findings)


def count(page: Page) -> Iterator[Noted]:
    """How many places of a kind a list names, against how many another document counts."""
    for one, said in page.pairs():
        claim = said.claim
        if isinstance(claim, FigureClaim) and claim.kind == "count" and page.is_of_control(said):
            named = one.of_type(claim.noun)
            rows = [row for row in named if not row.inside]
            if rows:
                yield Noted(
                    severity(_allows(claim.value, claim.qualifier, Decimal(len(rows)), slack=Decimal(0))),
                    f"{called(one.document, 'The')} names {counted(len(rows), claim.noun)}{one.left_out(named)}; "
                    f"{called(said.document)} counts {number(claim.value, claim.qualifier)}.",
                    (said.id, *(row.id for row in rows)),
                )


def sum_of_areas(page: Page) -> Iterator[Noted]:
    """What a list's areas add up to, against the share of the whole that another document states."""
    for one, said in page.pairs():
        share, qualifier, whole = _share(said.claim)
        if share is None or not whole or not whole.key:
            continue
        under = one.under([whole.key])
        areas = {row.id: row.claim.area_km2 for row in under if not row.inside and row.claim.area_km2 is not None}
        area, cited = _area(whole.key, page)
        if len(areas) < 2 or not area:
            continue
        total = sum(areas.values(), Decimal(0))
        percent = Decimal(f"{total / area * 100:.1f}")  # not `quantize`, which refuses what is very large
        yield Noted(
            severity(_allows(share, qualifier, percent, slack=_half_a_digit(share))),
            f"The areas in {called(one.document)} add up to {number(total)} km2{one.left_out(under)}, which is "
            f"{percent} percent of the {number(area)} km2 of {whole.name} ({cited}); {called(said.document)} states "
            f"{number(share, qualifier)} percent.",
            (said.id, *areas),
        )


def years(page: Page) -> Iterator[Noted]:
    """The years over which a list dates the parts of a place, against the date of the whole elsewhere."""
    for one, said in page.pairs():
        claim = said.claim
        if not isinstance(claim, EventClaim) or claim.family != "control":
            continue
        first, last = _bounds(claim.date)
        rows = one.under(place.key for place in (claim.place, *claim.includes) if place and place.key)
        days = {row.id: _bounds(row.claim.date) for row in rows}
        begins, ends = [b for b, e in days.values() if b and e], [e for b, e in days.values() if b and e]
        if not first or not last or len(begins) < 2:
            continue
        begin, end = min(begins), max(ends)
        if begin < first or last < end:
            span = f"{begin.year}" if begin.year == end.year else f"from {begin.year} to {end.year}"
            yield Noted(
                "warning",
                f"{called(said.document, 'The')} dates {_what(claim)} to {claim.date}; {called(one.document)} dates "
                f"that of {counted(len(begins), 'place')} there {span}.",
                (said.id, *(id for id, (b, e) in days.items() if b and e)),
            )


def order(page: Page) -> Iterator[Noted]:
    """Words that tell how a place was taken and then left, with dates the other way round.

    Only within one sentence or row: elsewhere a place that is left in one year may well be taken in a later one.
    """
    taken: dict[tuple[str, Entity | None, Entity], tuple[Said, EventClaim]] = {}
    for said in page.said:
        claim = said.claim
        if not isinstance(claim, EventClaim) or not claim.place:
            continue
        voice = (said.document.id, claim.according_to, claim.place)
        if claim.word in TAKES:
            taken[voice] = said, claim
        elif claim.word in ENDS and voice in taken:
            before, taking = taken[voice]
            last, first = _bounds(claim.date)[1], _bounds(taking.date)[0]
            if last and first and last < first and claim.evidence[0].overlaps(taking.evidence[0]):
                yield Noted(
                    "warning",
                    f"{called(said.document, 'The')} dates the {claim.word} of {claim.place.name} to {claim.date}, "
                    f"before its {taking.word}, {taking.date}.",
                    (before.id, said.id),
                )


def publication(page: Page) -> Iterator[Noted]:
    """An event, or words, dated after the publication of the document that reports them."""
    for said in page.said:
        value = _date(said.claim)
        begin, published = _bounds(value)[0], _bounds(said.document.published)[1]
        if begin and published and begin > published:
            yield Noted(
                "warning",
                f"{called(said.document, 'The')}, published on {said.document.published}, dates {_what(said.claim)} "
                f"to {value}.",
                (said.id,),
            )


def whole(page: Page) -> Iterator[Noted]:
    """A part that is larger than its whole."""
    for said in page.said:
        claim = said.claim
        share, _, _ = _share(claim)
        if share is not None and share > 100:
            yield Noted("warning", f"{called(said.document, 'The')} states {number(share)} percent.", (said.id,))
        match claim:
            case EventClaim(area_km2=Decimal() as part, of_area_km2=Decimal() as all_of_it) if part > all_of_it:
                message = f"{called(said.document, 'The')} states {number(part)} km2 of {number(all_of_it)} km2."
                yield Noted("warning", message, (said.id,))


RULES: dict[str, Callable[[Page], Iterator[Noted]]] = {
    "count": count,
    "sum": sum_of_areas,
    "years": years,
    "order": order,
    "publication": publication,
    "whole": whole,
}


# What claims state


def _share(claim: Claim) -> tuple[Decimal | None, str, Entity | None]:
    match claim:
        case EventClaim():
            return claim.share_percent, claim.share_qualifier, claim.place
        case FigureClaim(kind="share"):
            return claim.value, claim.qualifier, claim.of
    return None, "", None


def _area(key: str, page: Page) -> tuple[Decimal | None, str]:
    """The area of a whole place and who says so: a document of the source, or else the gazetteer."""
    if key in page.areas:
        area, document = page.areas[key]
        return area, f"as {called(document)} states"
    entry = page.places.entry(key)
    return (entry.area_km2, "as the gazetteer cites") if entry else (None, "")


def _date(claim: Claim) -> str | None:
    match claim:
        case EventClaim():
            return claim.date
        case Statement():
            return claim.said_at
    return None


def _what(claim: Claim) -> str:
    """``the occupation of Azerbaijan``"""
    if not isinstance(claim, EventClaim):
        return "words"
    noun = claim.word or FAMILY[claim.family].label
    return f"the {noun} of {claim.place.name}" if claim.place else f"the {noun}"


def _bounds(value: str | None) -> tuple[date | None, date | None]:
    return edtf.bounds(value) if value and edtf.is_valid(value) else (None, None)


def _allows(stated: Decimal, qualifier: str, found: Decimal, *, slack: Decimal) -> bool:
    """Whether a number that was found is one that the number stated allows."""
    low, high = Number(stated, qualifier).range
    return low - slack <= found <= high + slack


def _half_a_digit(stated: Decimal) -> Decimal:
    """By how much a number may differ from what it was rounded to: 20 percent is 19.5 to 20.5."""
    exponent = stated.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0)) / 2 if isinstance(exponent, int) else Decimal(0)
